"""A number or a range of two, and what stands behind: percent, a currency, a unit, a time, or nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from kg.model import Value
from kg.values.durations import TIME_UNIT, make_duration
from kg.values.forms import FIGURE, SIGN, Form, Place, named_before
from kg.values.money import CODES, CURRENCY_AFTER, CURRENCY_BEFORE, DOLLARS, LETTERS, currency_code
from kg.values.numbers import MULTIPLIER, NUMBER, NUMBER_WORDS, multiplier, read_number, tidy
from kg.values.quantities import UNIT, read_unit
from kg.values.years import COUNTED

__all__ = ["AMOUNT_FORMS"]

_ONE = rf"(?P<sign>{CURRENCY_BEFORE})?(?P<n>{NUMBER})(?P<m>{MULTIPLIER})?"
_TWO = (
    rf"{_ONE}(?P<between>\s?%|\sper\s?cent)?(?P<link>\s?[-–—‑]\s?|\s(?:to|or|and)\s)"
    rf"(?P<sign2>{CURRENCY_BEFORE})?(?P<n2>{NUMBER})(?P<m2>{MULTIPLIER})?"
)
_TAIL = (
    rf"(?:(?P<points>[\s-]percentage[\s-]points?|\s?pp\b)"
    rf"|(?P<percent>\s?%(?!\w)|[\s-]?per\s?cent\b|\spct\b|\sp\.c\.|\s?pc\b)"
    rf"|(?P<currency>{CURRENCY_AFTER})"
    rf"|(?P<unit>{UNIT})"
    rf"|[\s-](?P<time>{TIME_UNIT})s?\b(?P<age>(?:\sof\sage|[\s-]olds?\b|['’]s?\sold))?(?:[\s-]long\b)?)?"
)


_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_CHANGE = re.compile(r"\bfrom\s(?:the\scurrent\s|about\s|around\s)?$", re.I)


def _is_range(match: re.Match[str], place: Place) -> bool:
    """Whether the two numbers are one range: not "from 3 to 5" (a change), "3 and 5", "3-1", nor two years."""
    link, before = match["link"].strip().lower(), place.before(match.start(), 24)
    years = _YEAR.fullmatch(match["n"]) and _YEAR.fullmatch(match["n2"])
    if years and not (match["sign"] or _tail(match)):
        return False
    if _YEAR.fullmatch(match["n"]) and not (match["sign"] or match["m"]) and (match["sign2"] or match["m2"] or re.search(r"\b(?:in|since|during)\s$", before)):
        return False  # "in 2010 to $80 million"
    if match["between"] and not match["percent"]:
        return False  # "rose by 20% to $1.2 billion"
    if link == "and":
        return before.lower().endswith("between ")
    if link == "to":
        return not _CHANGE.search(before)
    first, second = _numbers(match)
    return link == "or" or (second is not None and first < second)


def _tail(match: re.Match[str]) -> bool:
    return any(match[group] for group in ("m", "points", "percent", "currency", "unit", "time"))


# --- numbers that count nothing ---

_LABEL_WORDS = (
    r"no\.?|nos\.?|art\.|vol\.|pp?\.|pages?|articles?|sections?|chapters?|paragraphs?|clause|annex|resolutions?|decree|isbn|room"
    r"|flight|tel\.?|fax|phone|ext\.?|number|footnote|table|fig\.|figure|volume|issue"
)
_CAPITAL_LABELS = (
    "Phase|Stage|Part|Type|Class|Category|Level|Act|Law|Order|Block|Unit|Route|Highway|Channel|Protocol|Directive|Regulation"
    r"|Group\sof|Big|Model|Box|Lot|Line|Item|Point|Rule|Goal|Tier"
)
_LABEL = re.compile(rf"(?:\b(?i:{_LABEL_WORDS})[\s:]{{0,2}}(?:no\.?\s?)?|\b(?:{_CAPITAL_LABELS})\s|[#№§]\s?)$")
_NO_COUNT_BEHIND = re.compile(
    r"[-–](?:ways?|sided|time|off|to|on|by|third|thirds|stop|star)\b|\s?°|\s?(?:BC|B\.C\.|o['’]clock)\b"
    r"|[-–/:.]\d|[A-Za-z]|\)\s*[-–]?\d|\s?[x×]\s?\d")
_LIST_MARKS = " \t\n-–—•*#"
_CLAUSE_START = re.compile(r"[.:;\"“”'‘’(]\s*$")


_PEOPLE_BEHIND = re.compile(r"\s[A-Z][a-z]+(?:an|ans|ese|ish|i|is|ch|eks?|ic|nes|ns|ds)\s[a-z]{3}")  # "Thirty Malian officers"


_RECEIVER = re.compile(
    r"(?i:\b(?:giv(?:es?|en|ing)|gave|offer(?:s|ed|ing)?|grant(?:s|ed|ing)?|lend|lent|send|sent|sold|sell|allocat(?:es?|ed)|hand(?:s|ed)|award(?:s|ed)?"
    r"|donat(?:es?|ed)|cost|promis(?:es?|ed)|bring|brought|deliver(?:s|ed)))\s(?:the\s)?(?:[A-Z][\w’'.]*\s){1,3}$"
)


_OWNER = re.compile(r"[a-z]['’]s\s$|[a-z]s['’]\s$")


def _is_count(match: re.Match[str], place: Place) -> bool:
    """Whether a number with nothing behind it counts something: no label, name, list number, time or code."""
    before, after = place.before(match.start()), place.after(match.end())
    named = named_before(place, match.start(), opening=bool(_YEAR.fullmatch(match.group())))
    if named and _RECEIVER.search(before) and re.match(r"\s[a-z-]{3,}", after):
        named = False  # "has given Ghana 500 scholarships"
    if named and _OWNER.search(before) and re.match(r"\s[\w-]{3,}", after):
        named = False  # "of Oman's 700,000 foreigners"
    numbered = _LABEL.search(before) and not ("," in match.group() and before.rstrip().endswith("number"))  # "Poles in Belarus number 280,000"
    if named or numbered or _NO_COUNT_BEHIND.match(after):
        return False
    if match["m"]:
        return True
    if match.group()[0].isdigit():
        listed = not before.strip(_LIST_MARKS) and (re.match(r"[.)](?:\s|$)", after) or "." in match["n"])
        return not listed and not (before[-1:] in ("(", "[") and after[:1] in (")", "]"))
    within = bool(before.strip()) and not _CLAUSE_START.search(before)
    if match["n"][0].isupper() and (within or (re.match(r"\s[A-Z]", after) and not _PEOPLE_BEHIND.match(after))):
        return False
    return match["n"].lower() != "one" or bool(match.groupdict().get("link"))


# --- readers ---

_COUNTED = re.compile(rf"\s(?:[\w-]+\s)?{COUNTED}")


def _amount(match: re.Match[str], place: Place) -> Value | None:
    """The value of a number and what stands behind it."""
    first, last = _numbers(match)
    groups = match.groupdict()
    value = Value(*match.span(), "number", number=tidy(first))
    if last is not None:
        value = replace(value, number_min=tidy(min(first, last)), number_max=tidy(max(first, last)))
    sign = match["sign"] or groups.get("sign2")
    if sign or match["currency"]:
        return _money(value, match, currency_code(sign or "", place.peoples), currency_code(match["currency"] or "", place.peoples))
    letter = (groups.get("m2") or match["m"] or "").strip().lower()
    if letter in ("m", "b") and not match["unit"] and not _COUNTED.match(place.after(match.end())):
        return None  # metres? "110m tons" and "19m people" are millions
    if match["points"] or match["age"]:
        return None
    if match["percent"]:
        return replace(value, kind="percent")
    if match["unit"]:
        unit, factor, per = read_unit(match["unit"])
        return _times(replace(value, kind="quantity", unit=unit, per=per), factor)
    if match["time"]:
        duration = make_duration(first, match["time"].lower())
        return Value(*match.span(), "duration", duration=duration) if duration else None
    return value if not groups.get("between") and _is_count(match, place) else None


def _money(value: Value, match: re.Match[str], sign: str, name: str) -> Value | None:
    """A name says more than a bare dollar sign ("$48.5 million USD"); what else stands behind is no part of it."""
    if not (sign or name):
        return None
    code = name if name and sign in ("", "USD") else sign
    tail = next((group for group in ("points", "percent", "unit", "time") if match[group]), "")
    return replace(value, kind="money", currency=code, end=match.start(tail) if tail else value.end)


def _numbers(match: re.Match[str]) -> tuple[Decimal, Decimal | None]:
    """The number, and the second of a range; "500-600 million" means millions both times."""
    groups = match.groupdict()
    factor = multiplier(groups["m"] or "")
    first = read_number(groups["n"] or "")
    if not groups.get("n2"):
        return first * factor, None
    second, factor2 = read_number(groups["n2"] or ""), multiplier(groups["m2"] or "")
    if not groups["m"]:
        factor = factor2
    return first * factor, second * factor2


def _times(value: Value, factor: int) -> Value:
    if factor == 1 or value.number is None:
        return value
    return replace(
        value, number=tidy(value.number * factor),
        number_min=None if value.number_min is None else tidy(value.number_min * factor),
        number_max=None if value.number_max is None else tidy(value.number_max * factor))


_FIRST = {
    FIGURE, SIGN, "a", "an", "half", *NUMBER_WORDS, *(code.lower() for code in CODES),
    "us", "u", "rur", "rmb", *(re.match(r"[A-Za-z]+", word).group().lower() for word in (*DOLLARS, *LETTERS)),  # type: ignore[union-attr]  # "US$", "R$"
    "dollar", "dollars", "euro", "euros", "taka", "naira", "yen", "ringgit", "baht", "rupiah",
}

AMOUNT_FORMS = (
    Form.of("$19 billion", _FIRST, f"(?i:{_ONE}{_TAIL})", _amount),
    Form.of("5-6 billion", _FIRST, f"(?i:{_TWO}{_TAIL})", _amount, _is_range),
)
