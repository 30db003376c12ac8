"""Amounts: a number or a range of two, and what stands behind it: percent, a currency, a unit, a length of time, or nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from kg.model import Value
from kg.values.years import COUNTED
from kg.values.durations import FREQUENCY, PER_AFTER, TIME_UNIT, make_duration, read_frequency
from kg.values.forms import FIGURE, SIGN, Form, Place, named_before
from kg.values.money import CODES, CURRENCY_AFTER, CURRENCY_BEFORE, currency_code
from kg.values.numbers import MULTIPLIER, NUMBER, NUMBER_WORDS, multiplier, read_number, small_number, tidy
from kg.values.quantities import UNIT, read_unit

__all__ = ["AMOUNT_FORMS", "with_surroundings"]

# --- qualifiers: the words before an amount ---

QUALIFIERS = {
    "moreThan": r"(?:(?:slightly|significantly|much|a\slittle|well)\s)?(?:more\sthan|greater\sthan|higher\sthan|over|above|in\sexcess\sof|upwards\sof|beyond)",
    "atLeast": r"at\sleast|(?:no|not)\s(?:less|fewer)\sthan|a\sminimum\sof|minimum",
    "atMost": r"(?:no|not)\smore\sthan|up\sto|at\smost|as\smany\sas|as\smuch\sas|a\smaximum\sof|maximum",
    "lessThan": r"(?:less|fewer|lower)\sthan|under|below",
    "almost": r"almost|nearly|close\sto|just\sunder|just\sshort\sof",
    "approximately": r"(?:at\s)?(?:approximately|about|around|roughly|some|approx\.?|circa|c\.|in\sthe\sregion\sof|an?\sestimated|estimated\sat)",
}
_BEFORE = re.compile(
    r"(?:" + "|".join(rf"(?P<{word}>(?<![\w])(?:{form}))" for word, form in [("atMost", QUALIFIERS["atMost"]), ("atLeast", QUALIFIERS["atLeast"]),
                      *((w, f) for w, f in QUALIFIERS.items() if w not in ("atMost", "atLeast"))])
    + r")(?:\s(?:an?\s(?:total\sof\s)?|the\s|some\s|about\s|around\s|approximately\s|another\s)?|(?<=[.])\s?)$|(?P<tilde>[~≈])\s?$", re.I)
_RAISED = re.compile(r"(?i:\b(?:br(?:ing|ings|ought)|rais(?:e|es|ed|ing)|increas(?:e|es|ed|ing)|r[io]se|gr[eo]w|went|go)\b[^.,;]{0,30}\bup\sto$)")
_VERB_BEFORE = re.compile(r"(?i:\b(?:exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|topp(?:ed|ing)|tops))\s(?:the\s|an?\s)?$")
_AFTER = re.compile(r"(?P<atLeast>\s(?:or\s(?:more|above|higher)|and\s(?:more|above))\b|\+(?!\d))|(?P<atMost>\s(?:or\s(?:less|fewer|below)|at\smost)\b)|(?P<approximately>\sor\sso\b)")

# --- the parts of an amount ---

_ONE = rf"(?P<sign>{CURRENCY_BEFORE})?(?P<n>{NUMBER})(?P<m>{MULTIPLIER})?"
_TWO = (
    rf"{_ONE}(?P<between>\s?%|\sper\s?cent)?(?P<link>\s?[-–—‑]\s?|\s(?:to|or|and)\s)"
    rf"(?P<sign2>{CURRENCY_BEFORE})?(?P<n2>{NUMBER})(?P<m2>{MULTIPLIER})?"
)
_TAIL = (
    rf"(?:(?P<points>[\s-]percentage[\s-]points?|\s?pp\b)"
    rf"|(?P<percent>\s?%(?!\w)|[\s-]?per\s?cent\b|\spct\b)"
    rf"|(?P<currency>{CURRENCY_AFTER})"
    rf"|(?P<unit>{UNIT})"
    rf"|[\s-](?P<time>{TIME_UNIT})s?\b(?P<age>(?:\sof\sage|[\s-]olds?\b|['’]s?\sold))?(?:[\s-]long\b)?)?"
)
_FRACTION_NAMES = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "tenth": 10}
_NAMED = "|".join(_FRACTION_NAMES)


def _is_range(match: re.Match[str], place: Place) -> bool:
    """Whether the two numbers are one range: not "from 3 to 5" (a change), "3 and 5", "3-1", nor two years."""
    link = match["link"].strip().lower()
    before = place.before(match.start(), 24).lower()
    if all(re.fullmatch(r"(?:1[5-9]|20)\d\d", match[group]) for group in ("n", "n2")) and not (match["sign"] or _tail(match)):
        return False
    if link == "and":
        return bool(re.search(r"\bbetween\s$", before))
    if link == "to":
        return not re.search(r"\bfrom\s(?:the\scurrent\s|about\s|around\s)?$", before)
    first, second = _numbers(match)
    return link == "or" or (second is not None and first < second)


def _tail(match: re.Match[str]) -> bool:
    return any(match[group] for group in ("m", "points", "percent", "currency", "unit", "time"))


_LABEL = re.compile(
    r"(?:\b(?i:no\.?|nos\.?|art\.|vol\.|pp?\.|pages?|articles?|sections?|chapters?|paragraphs?|clause|annex|resolutions?|decree|isbn|room|flight|tel\.?"
    r"|fax|phone|ext\.?|number|footnote|table|fig\.|figure|volume|issue)[\s:]{0,2}(?:no\.?\s?)?|\b(?:Volume|Issue|Phase|Stage|Part|Type|Class|Category|Level|Act|Law|Order"
    r"|Block|Unit|Route|Highway|Channel|Protocol|Directive|Regulation|Group\sof|Big|Model|Box|Lot|Line|Item|Point|Rule|Goal|Tier)\s|[#№§]\s?)$")
_NO_COUNT_BEHIND = re.compile(r"[-–](?:ways?|fold|sided|time|off|to|on|by|third|thirds|stop|star)\b|\s?°|\s?(?:BC|B\.C\.|o['’]clock)\b|[-–/:.]\d|[A-Za-z]|\)\s*[-–]?\d|\s?[x×]\s?\d")


def _is_count(match: re.Match[str], place: Place) -> bool:
    """Whether a number with nothing behind it counts something: no label, name, list number, time or code."""
    before, after = place.before(match.start()), place.after(match.end())
    figures = match.group()[0].isdigit()
    if _LABEL.search(before) or _NO_COUNT_BEHIND.match(after) or named_before(place, match.start()):
        return False
    if not before.strip(" \t\n-–—•*#") and figures and not match["m"] and (re.match(r"[.)](?:\s|$)", after) or "." in match["n"]):
        return False
    if figures and before[-1:] in "([" and after[:1] in ")]" and not match["m"]:
        return False
    if not figures and match["n"][0].isupper() and re.match(r"\s[A-Z]", after):
        return False
    if not figures and match["n"][0].isupper() and before.strip() and not re.search(r"[.:;\"“”'‘’(]\s*$|^\s*$", before):
        return False
    return match["n"].lower() != "one" or bool(match["m"] or match.groupdict().get("link"))


def _amount(match: re.Match[str], place: Place) -> Value | None:
    """The value of a number and what stands behind it."""
    first, last = _numbers(match)
    groups = match.groupdict()
    value = Value(*match.span(), "number", number=tidy(first))
    if last is not None:
        value = replace(value, number_min=tidy(min(first, last)), number_max=tidy(max(first, last)))
    sign = match["sign"] or groups.get("sign2")
    if sign or match["currency"]:
        return _money(value, match, currency_code(sign or ""), currency_code(match["currency"] or ""))
    letter = (groups.get("m2") or match["m"] or "").strip()
    if letter in ("m", "b", "M", "B") and not match["unit"] and not re.match(rf"\s(?:[\w-]+\s)?{COUNTED}", place.after(match.end())):
        return None
    if match["points"] or match["age"]:
        return None
    if match["percent"]:
        return replace(value, kind="percent")
    if match["unit"]:
        unit, factor, per = read_unit(match["unit"])
        return _times(replace(value, kind="quantity", unit=unit, per=per), factor)
    if match["time"]:
        duration = make_duration(first, match["time"].lower())
        return replace(value, kind="duration", duration=duration, number=None, number_min=None, number_max=None) if duration else None
    return value if not groups.get("between") and _is_count(match, place) else None


def _money(value: Value, match: re.Match[str], sign: str, name: str) -> Value | None:
    """"$48.5 million USD" is one value; a name says more than a bare dollar sign; other words behind a sign are no part of it."""
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


def _fraction(match: re.Match[str], place: Place) -> Value | None:
    """"One-third", "a quarter of", "half of": percent, to two decimals."""
    name = match["name"].lower()
    count = small_number(match["count"] or "") or 1
    parts = _FRACTION_NAMES[name.removesuffix("s") if name != "halves" else "half"]
    if count >= parts:
        return None
    share = (Decimal(100) * count / parts).quantize(Decimal("0.01"))
    return Value(*match.span(), "percent", number=tidy(share))


def _is_share(match: re.Match[str], place: Place) -> bool:
    """Whether "a third", "half" are shares: behind a hyphen or a number, before "of", after "more than", "by"."""
    if match["count"] and match["count"].lower() not in ("a", "an"):
        return True
    if re.match(r"\s(?:of\s(?!(?:\d{4}|this|last|next|the\syear)\b)|the\s|its\s|their\s|all\s|his\s|that\s)", place.after(match.end())):
        return not re.search(r"(?i:\b(?:first|second|other|latter|each|a)\s)$", place.before(match.start()))
    before = place.before(match.start())
    return bool(_BEFORE.search(before) or re.search(r"(?i:\bby\s)$", before)) and not re.match(r"\s(?:a|an|year|century|time)\b|-", place.after(match.end()))


def _ordinal(match: re.Match[str], place: Place) -> Value | None:
    figures = re.match(r"\d+", match.group())
    return Value(*match.span(), "ordinal", number=Decimal(int(figures.group()) if figures else ORDINALS[re.sub(r"[\s-]+", "-", match.group().lower())]))


_IDIOM_BEFORE = re.compile(r"(?i:\b(?:for\sthe|at|the\svery|per|a|every|each|in\sthe)\s)$")


def _is_ordinal(match: re.Match[str], place: Place) -> bool:
    """No idiom ("at first", "third countries"), no part of a name ("First Channel" within a sentence), no fraction."""
    before, after = place.before(match.start()), place.after(match.end())
    word = match.group()
    if word[0].isdigit():
        return True
    if word[0].isupper() and before.strip(" \t\n-•\"“"):
        return False
    if re.match(r"(?i:\s(?:[a-z]+ed\b|of\sall|and\sforemost|place,|thing|time,|lady)|,|\sparty|\sparties|\scountries|\scountry\b|\sworld\b|-(?:rate|class|hand|degree|ever|time|party))", after):
        return False
    if word.lower() in ("first", "second") and (re.match(r"\stime\b", after) or re.search(r"(?i:\b(?:at|per|a|every|each)\s)$", before)):
        return False
    return not re.search(r"(?i:\b(?:one|two|three|four)[\s-]$)", before)


def _frequency(match: re.Match[str], place: Place) -> Value | None:
    per = read_frequency(match.group())
    return Value(*match.span(), "duration", per=per) if per else None


def with_surroundings(value: Value, place: Place) -> Value:
    """The amount with the words around it: "more than" before, "a year" or "or more" behind.

    The span grows over both, but not over a verb ("exceeded $5 billion") or "of fuel oil a month".
    """
    start, end, qualifier, per = value.start, value.end, value.qualifier, value.per
    before = place.before(start, 34)
    if words := _BEFORE.search(before):
        qualifier, start = words.lastgroup or "", start - len(words.group())
        qualifier = "approximately" if qualifier == "tilde" else qualifier
        if _RAISED.search(place.before(start + len("up to"), 60)):  # "brought its capacity up to 480 megawatts"
            start, qualifier = value.start, ""
    elif _VERB_BEFORE.search(before):
        qualifier = "moreThan"
    elif value.number_max is not None and " and " in place.text[start:end].lower() and before.lower().endswith("between "):
        start -= len("between ")
    if not per and value.kind != "duration" and (often := PER_AFTER.match(place.text, end, place.end)):
        per = read_frequency(often.group())
        end = often.end() if often["own"] else end
    if words := _AFTER.match(place.text, end, place.end):
        qualifier, end = words.lastgroup or "", words.end()
    return replace(value, start=start, end=end, qualifier=qualifier, per=per)


ORDINALS = {word: count for count, word in enumerate(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth "
    "seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth "
    "twenty-seventh twenty-eighth twenty-ninth thirtieth".split(), 1)} | {"fortieth": 40, "fiftieth": 50, "sixtieth": 60, "hundredth": 100}
_SPELLED = "|".join(word.replace("-", r"[\s-]") for word in sorted(ORDINALS, key=len, reverse=True))
_NUMERIC = {FIGURE, "a", "an", "half", *NUMBER_WORDS}
_CURRENCY_FIRST = {SIGN, "us", "u", "rs", "rur", "rmb", "au", "ca", "can", "nz", "hk", "nt", "mex", "r", "c", "s", *(code.lower() for code in CODES)}

AMOUNT_FORMS = (
    Form.of("one-third", {*NUMBER_WORDS, "half", "a", "an"},
            rf"(?i:(?:(?P<count>one|two|three|four|five|seven|an?)[\s-])?(?P<name>(?:{_NAMED})s?))\b", _fraction, _is_share),
    Form.of("fifth", {word.split("-")[0] for word in ORDINALS} | {FIGURE}, rf"(?:\d+(?:st|nd|rd|th)\b|(?i:{_SPELLED})\b)", _ordinal, _is_ordinal),
    Form.of("every four years", {"once", "twice", "thrice", "every", "each", "per", "annually", "biennially", "yearly", "monthly", "weekly", "daily",
                                 "quarterly", *NUMBER_WORDS, FIGURE}, f"(?i:{FREQUENCY.pattern})", _frequency),
    Form.of("$19 billion", _NUMERIC | _CURRENCY_FIRST, f"(?i:{_ONE}{_TAIL})", _amount),
    Form.of("5-6 billion", _NUMERIC | _CURRENCY_FIRST, f"(?i:{_TWO}{_TAIL})", _amount, _is_range),
)
