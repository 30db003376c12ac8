"""Lengths of time ("25 years", "two-day") and frequencies ("a year", "every four years") as xsd:duration."""

from __future__ import annotations

import re
from decimal import Decimal

from kg.values.numbers import NUMBER, read_number

__all__ = ["FREQUENCY", "PER_AFTER", "PER_BEFORE", "TIME_UNIT", "make_duration", "read_frequency"]

# Unit -> what it is in xsd:duration: designator and count.
TIME_UNITS = {
    "year": ("Y", 1), "month": ("M", 1), "week": ("D", 7), "day": ("D", 1), "hour": ("TH", 1), "minute": ("TM", 1),
    "decade": ("Y", 10), "quarter": ("M", 3), "annum": ("Y", 1),
}
ADVERBS = {
    "annually": "P1Y", "yearly": "P1Y", "monthly": "P1M", "weekly": "P7D", "daily": "P1D", "quarterly": "P3M",
    "biennially": "P2Y", "per annum": "P1Y", "p.a.": "P1Y", "hourly": "PT1H",
}
TIMES = {"once": 1, "twice": 2, "thrice": 3}

TIME_UNIT = r"(?:year|month|week|day|hour|minute|decade)"
_LATER = r"(?!\s(?:ago|earlier|later|before|after|and\sa\shalf|old|on\b)|-|'s|’s)"
_EACH = rf"(?:a|an|per|each|every)\s(?:year|month|week|day|hour|quarter|annum)\b{_LATER}"
_EVERY = rf"every\s(?:other\s|second\s|{NUMBER}\s){TIME_UNIT}s?\b"
_ADVERB = r"(?:annually|yearly|monthly|weekly|daily|quarterly|biennially|per\sannum|p\.a\.)(?!\w)"

PER_AFTER = re.compile(
    rf"(?P<own>\s?/\s?(?:year|month|week|day|hour)\b|\s(?:{_EVERY}|{_EACH}|{_ADVERB}(?=\s*(?:[.,;:)]|$|(?:and|or|to|in|from|for|on|at)\b))))"
    rf"|(?P<apart>\)?(?:\s(?:worth\sof|of|in)(?:\s[\w-]+){{1,3}}?|\)))?\s(?:{_EACH}|{_ADVERB})", re.I)
"""Directly behind an amount (group own), or after "of fuel oil" or a closing bracket."""
PER_BEFORE = re.compile(r"\b(?:annually|(?:every|each)\s(?:year|month|week|day)),?\s$", re.I)
FREQUENCY = re.compile(
    rf"(?:(?:once|twice|thrice|{NUMBER}\stimes)\s(?:{_EVERY}|{_EACH}|in\s(?:every\s)?(?:{NUMBER}\s)?{TIME_UNIT}s?\b)|{_EVERY}|(?:each|every|per)\s(?:year|month|week|day|quarter)\b{_LATER}"
    rf"|annually\b|biennially\b|per\sannum\b|(?:yearly|monthly|weekly|daily|quarterly)\b(?=\s*(?:[.,;:)]|$)))",
    re.I,
)

_SPLIT = re.compile(
    rf"(?:(?P<times>once|twice|thrice|{NUMBER}(?=\stimes))(?:\stimes)?\s)?"
    rf"(?:a|an|per|each|every)\s(?:(?P<count>other|second|{NUMBER})\s)?(?P<unit>\w+?)s?$", re.I)


def make_duration(count: Decimal, unit: str) -> str:
    """The xsd:duration of so many of this unit ("" where it cannot be written exactly).

    >>> make_duration(Decimal(2), "day"), make_duration(Decimal("1.5"), "year"), make_duration(Decimal(2), "week")
    ('P2D', 'P18M', 'P14D')
    """
    letter, factor = TIME_UNITS[unit]
    total = count * factor
    if total != int(total) and letter == "Y":
        letter, total = "M", total * 12
    if total != int(total) or not total:
        return ""
    return f"P{'T' if 'T' in letter else ''}{int(total)}{letter[-1]}"


def read_frequency(text: str) -> str:
    """How often, as xsd:duration from one time to the next; "" where it cannot be written exactly.

    >>> read_frequency("every four years"), read_frequency("twice a year"), read_frequency("annually"), read_frequency("once in two years")
    ('P4Y', 'P6M', 'P1Y', 'P2Y')
    """
    text = " ".join(text.strip(" ,)\n\t").lower().split())
    for adverb, duration in ADVERBS.items():
        if text.endswith(adverb):
            return duration
    text = text.replace("/ ", "per ").replace("/", "per ").replace(" in every ", " every ").replace(" in ", " every ")
    match = _SPLIT.search(text)
    if not match:
        return ""
    count = match["count"]
    length = Decimal(1) if not count else Decimal(2) if count in ("other", "second") else read_number(count)
    times = match["times"]
    often = Decimal(1) if not times else Decimal(TIMES[times]) if times in TIMES else read_number(times)
    if often == 1:
        return make_duration(length, match["unit"])
    if match["unit"] == "year":
        return make_duration(length * 12 / often, "month")
    if match["unit"] == "week":
        return make_duration(length * 7 / often, "day")
    return ""
