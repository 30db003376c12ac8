"""Shares and ranks: "one-third", "half of", "the fifth"; and frequencies that stand alone: "every four years"."""

from __future__ import annotations

import re
from decimal import Decimal

from kg.model import Value
from kg.values.durations import FREQUENCY, TIMES, read_frequency
from kg.values.forms import FIGURE, Form, Place
from kg.values.numbers import NUMBER, NUMBER_WORDS, read_number, small_number, tidy
from kg.values.ordinals import ORDINALS
from kg.values.surroundings import qualified

__all__ = ["SHARE_FORMS"]

# Name -> into how many parts.
PARTS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "tenth": 10,
}

_OF = re.compile(
    r"\s(?:of\s(?!(?:\d{4}|this|last|next|the\syear)\b)|the\s|its\s|their\s|all\s|his\s|that\s|more\b|less\b|higher\b|lower\b|as\s(?:much|many)\b|again\b)"
)
_PART_OF_TIME = re.compile(r"\s(?:a|an|year|century|time)\b|-")
_COUNTED_HALF = re.compile(r"\b(?:first|second|other|latter|each|a)\s$", re.I)


def _fraction(match: re.Match[str], place: Place) -> Value | None:
    """Percent, to two decimals: a third is 33.33."""
    name, count = match["name"].lower(), small_number(match["count"] or "") or 1
    parts = PARTS.get(name) or PARTS[name.removesuffix("s")]
    share = (Decimal(100) * count / parts).quantize(Decimal("0.01"))
    return Value(*match.span(), "percent", number=tidy(share)) if count < parts else None


def _is_share(match: re.Match[str], place: Place) -> bool:
    """Whether "a third", "half" are shares: behind a number, before "of", after "more than" or "by"."""
    if match["count"] and match["count"].lower() not in ("a", "an"):
        return True
    before, after = place.before(match.start()), place.after(match.end())
    if _OF.match(after):
        return not _COUNTED_HALF.search(before)
    return (
        qualified(before)
        or before.lower().endswith(
            ("by ", "to ", "reached ", "exceeds ", "exceeded ", "roughly ", "constituted ", "accounted for ", "accounts for ")
        )
    ) and not _PART_OF_TIME.match(after)


def _one_in(match: re.Match[str], place: Place) -> Value | None:
    """"One in four", "nine out of ten": 25 and 90 percent."""
    few, many = (small_number(match[group]) or int(match[group]) for group in ("few", "many"))
    if not 0 < few < many:
        return None
    return Value(*match.span(), "percent", number=tidy((Decimal(100) * few / many).quantize(Decimal("0.01"))))


def _every(match: re.Match[str], place: Place) -> Value | None:
    """"Every fifth tourist": 20 percent."""
    return Value(*match.span(), "percent", number=tidy((Decimal(100) / ORDINALS[match["nth"].lower()]).quantize(Decimal("0.01"))))


def _is_every(match: re.Match[str], place: Place) -> bool:
    """Whether "every fifth" is a share: no "every second year"."""
    return not _TIMED.match(place.after(match.end())) and not _RECURRING.match(place.after(match.end()))


_RECURRING = re.compile(r"\s(?:[A-Z]|time|morning|evening|night|season|summit|meeting|session|round|step|one\b)|[.,;)]")
_TIMED = re.compile(r"\s(?:years?|months?|days?|weeks?|hours?|minutes?|decades?|attempts?|matches|games)\b|[-/.,:]\d")


def _is_one_in(match: re.Match[str], place: Place) -> bool:
    """Whether "one in four" is a share: not "two in ten years"."""
    return not _TIMED.match(place.after(match.end()))


def _ordinal(match: re.Match[str], place: Place) -> Value | None:
    figures = re.match(r"\d+", match.group())
    count = int(figures.group()) if figures else ORDINALS[re.sub(r"\s", "-", match.group().lower())]
    return Value(*match.span(), "ordinal", number=Decimal(count))


_NO_RANK_BEHIND = re.compile(
    r"\s(?:[a-z]+ed\b|of\sall|and\sforemost|place,|thing|time,|lady|party|parties|countr(?:y|ies)\b|world\b)|,"
    r"|-(?:rate|class|hand|degree|ever|time|party)", re.I)
_PLACED_BEFORE = re.compile(r"\b(?:are|is|were|was|been?|c[ao]mes?|rank(?:s|ed)?|placed?|finish(?:es|ed)|sta(?:nd|nds)|stood|remain(?:s|ed))\s$")
_FRACTION_BEFORE = re.compile(r"\b(?:one|two|three|four)[\s-]$", re.I)
_UNIT_BEFORE = re.compile(r"\b(?:at|per|a|every|each)\s$", re.I)


def _is_ordinal(match: re.Match[str], place: Place) -> bool:
    """No idiom ("at first", "third countries"), no part of a name ("First Channel" within a sentence), no fraction."""
    before, after, word = place.before(match.start()), place.after(match.end()), match.group()
    if word[0].isdigit():
        return True
    if word[0].isupper() and before.strip(" \t\n-•\"“"):
        return False
    if word.lower() in ("first", "second") and (after.startswith(" time") or _UNIT_BEFORE.search(before)):
        return False
    if after.startswith(",") and _PLACED_BEFORE.search(before):
        return True  # "Peru came third, Chile fifth"
    return not _NO_RANK_BEHIND.match(after) and not _FRACTION_BEFORE.search(before)


def _frequency(match: re.Match[str], place: Place) -> Value | None:
    per = read_frequency(match.group())
    if not per and (often := _SO_OFTEN.match(match.group())):  # "eight times a week": no whole number of days lies between
        number = Decimal(TIMES[often[1].lower()]) if often[1].lower() in TIMES else read_number(often[1])
        return Value(match.start(), match.start() + often.end(1), "number", number=number, per="P1D" if often[2].lower() == "day" else "P7D")
    return Value(*match.span(), "duration", per=per) if per else None


_SO_OFTEN = re.compile(rf"(twice|thrice|{NUMBER}(?=\stimes))(?:\stimes)?\s(?:a|per|each|every)\s(day|week)$", re.I)
_COUNT = r"(?P<count>one|two|three|four|five|six|seven|eight|nine|an?)"
_SPELLED = "|".join(word.replace("-", r"[\s-]") for word in sorted(ORDINALS, key=len, reverse=True))
_OFTEN = {
    "once", "twice", "thrice", "every", "each", "per", "annually", "biennially", "yearly", "monthly", "weekly",
    "daily", "quarterly",
}

SHARE_FORMS = (
    Form.of(
        "one-third",
        {*NUMBER_WORDS, "half", "a", "an"},
        rf"(?i:(?:{_COUNT}[\s-])?(?P<name>(?:{'|'.join(PARTS)})s?))\b",
        _fraction,
        _is_share,
    ),
    Form.of(
        "one in four",
        {*NUMBER_WORDS},
        rf"(?i:(?P<few>{'|'.join(NUMBER_WORDS)})\s(?:in|out\sof)\s(?:every\s|each\s)?(?P<many>{'|'.join(NUMBER_WORDS)}))\b(?!-)",
        _one_in,
        _is_one_in,
    ),
    Form.of("every fifth", {"every"}, rf"(?i:every\s(?P<nth>second|{'|'.join(list(ORDINALS)[2:10])}))\b(?!-)", _every, _is_every),
    Form.of(
        "fifth", {word.split("-")[0] for word in ORDINALS} | {FIGURE}, rf"\d+(?:st|nd|rd|th)\b|(?i:{_SPELLED})\b", _ordinal, _is_ordinal
    ),
    Form.of("every four years", {*_OFTEN, *NUMBER_WORDS, FIGURE}, f"(?i:{FREQUENCY.pattern})", _frequency),
)
