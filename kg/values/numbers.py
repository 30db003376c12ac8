"""Numbers in figures and words: "28,668", "3.5 million", "twenty-five", "two dozen", "half a million"."""

from __future__ import annotations

import re
from decimal import Decimal

__all__ = ["MULTIPLIER", "NUMBER", "NUMBER_WORDS", "multiplier", "read_number", "small_number", "tidy"]

_BELOW_TWENTY = """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen
"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
SMALL = {word: count for count, word in enumerate(_BELOW_TWENTY.split(), 1)}
TENS = {word: 10 * count for count, word in enumerate(_TENS.split(), 2)}
NUMBER_WORDS = SMALL | TENS

# What one of them counts. Single letters ("m", "b", "k") and the rest of the abbreviations stand behind figures only.
MULTIPLIERS = {
    "hundred": 100, "dozen": 12, "thousand": 10**3, "lakh": 10**5, "million": 10**6, "crore": 10**7, "milliard": 10**9,
    "billion": 10**9, "trillion": 10**12,
}
ABBREVIATIONS = {
    "k": 10**3, "m": 10**6, "mn": 10**6, "mil": 10**6, "mln": 10**6, "mio": 10**6, "b": 10**9, "bn": 10**9, "bln": 10**9,
    "mrd": 10**9, "tn": 10**12, "trn": 10**12,
}

_UNIT = "|".join(SMALL)
_BELOW_100 = rf"(?:(?:{'|'.join(TENS)})(?:[-\s](?:one|two|three|four|five|six|seven|eight|nine))?|{_UNIT})\b"
_BIG = "|".join(MULTIPLIERS)

FIGURES = (
    r"\d{1,2}(?:,\d{2})+,\d{3}(?!\d|,\d)"  # 1,00,000: lakhs and crores
    r"|"
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d|,\d)"
    r"|\d{1,3}(?:[\u00a0\u2009\u202f ]\d{3})+(?!\d)"
    r"|\d{1,3}(?:\.\d{3}){2,}"
    r"|\d+(?:[.,]\d{1,2}(?!\d|,\d)|\.\d+)?"
)
WORDS = (
    rf"(?:an?|{_BELOW_100})\shundred\sand\s{_BELOW_100}"
    rf"|half\sa(?=\s(?:million|billion|trillion|dozen)\b)"
    rf"|(?:an?|one|three)[\s-](?:quarters?|thirds?)\sof\sa(?=\s(?:million|billion|trillion)\b)"
    rf"|{_BELOW_100}(?:\sand\sa\shalf(?=\s(?:{_BIG})\b))?"
    rf"|an?(?=\s(?:{_BIG})\b(?!s))"
)
NUMBER = rf"(?:{FIGURES}|{WORDS})"
"""A number without its multiplier. Upper and lower case; no groups."""

MULTIPLIER = rf"[\s-]?(?:(?:hundred|thousand|lakh)\s)?(?:{_BIG})s?\b|(?<=\d)\s?(?-i:[kK](?![a-z])|[Mm]n?|[Mm]rd|[MmBb]ln|[Mm]io|[Bb]n?|BN|MN|tr?n)\b(?!/)|(?<=\d)\s?mil\b\.?"
"""A multiplier behind a number, with the space before it. No groups."""

_WORD = re.compile(r"[a-z]+")


def tidy(number: Decimal) -> Decimal:
    """The same number without trailing zeros and exponents: 3270000000, 2.5."""
    whole = number.to_integral_value()
    return whole if number == whole else number.normalize()


def small_number(words: str) -> int:
    """The count that words below one thousand name ("twenty-five", "a hundred and six"); 0 where they name none.

    >>> small_number("twenty-five"), small_number("a hundred and six"), small_number("several")
    (25, 106, 0)
    """
    total = 0
    for word in _WORD.findall(words.lower()):
        if word == "hundred":
            total = max(total, 1) * 100
        else:
            total += NUMBER_WORDS.get(word, 0)
    return total


def read_number(text: str) -> Decimal:
    """The number that these figures or words name, without multiplier.

    >>> read_number("28,668"), read_number("3,5"), read_number("1.200.000"), read_number("half a")
    (Decimal('28668'), Decimal('3.5'), Decimal('1200000'), Decimal('0.5'))
    """
    words = text.lower()
    if not words[0].isdigit():
        if words.startswith("half"):
            return Decimal("0.5")
        if words.endswith(" of a"):  # "three quarters of a million"
            return (Decimal(3) if words.startswith("three") else Decimal(1)) / (4 if "quarter" in words else 3)
        if words.endswith("half"):
            return small_number(words[:-10]) + Decimal("0.5")
        return Decimal(small_number(words) or 1)
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,2}(?:,\d{2})+,\d{3}", words):
        return Decimal(words.replace(",", ""))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}", words):
        return Decimal(words.replace(".", ""))
    return Decimal(re.sub(r"\s", "", words).replace(",", "."))


def multiplier(text: str) -> int:
    """What a multiplier counts: 10**6 for " million", "m", "-million"; 1 for ""."""
    factor = 1
    for word in _WORD.findall(text.lower()):
        factor *= MULTIPLIERS.get(word.removesuffix("s")) or ABBREVIATIONS.get(word, 1)
    return factor
