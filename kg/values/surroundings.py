"""The words around an amount that belong to it: "more than" before, "a year" or "or more" behind."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.model import Value
from kg.values.durations import PER_AFTER, read_frequency
from kg.values.forms import Place

__all__ = ["qualified", "with_surroundings"]

# In this order, since "no more than" ends like "more than".
QUALIFIERS = {
    "atMost": r"(?:no|not)\smore\sthan|up\sto|at\smost|as\smany\sas|as\smuch\sas|a\smaximum\sof|maximum",
    "atLeast": r"at\sleast|(?:no|not)\s(?:less|fewer)\sthan|a\sminimum\sof|minimum",
    "moreThan": (
        r"(?:(?:slightly|significantly|much|a\slittle|well|just|somewhat|comfortably)\s)?"
        r"(?:more\sthan|greater\sthan|higher\sthan|over|above|in\sexcess\sof|upwards?\sof|north\sof|beyond)"
    ),
    "lessThan": r"(?:less|fewer|lower)\sthan|under|below|short\sof",
    "almost": r"almost|nearly|close\sto|(?:just|slightly|a\slittle)\s(?:under|below|short\sof|less\sthan)|close\son|not\squite|practically|virtually|all\sbut|nigh\son|approaching",
    "approximately": (
        r"(?:approximately|about|around|roughly|some|approx\.?|circa|somewhere\saround|in\sthe\sorder\sof|of\sthe\sorder\sof|in\sthe\srange\sof|a\sround|perhaps|c\.|in\sthe\sregion\sof"
        r"|an?\sestimated|estimated\sat)"
    ),
}
_FILLER = r"(?:an?\s(?:total\sof\s)?|the\s|some\s|about\s|around\s|approximately\s|another\s)?"
_WORDS = "|".join(f"(?P<{word}>{form})" for word, form in QUALIFIERS.items())
_BEFORE = re.compile(rf"(?<!\w)(?:{_WORDS})(?:\s{_FILLER}|(?<=[.])\s?)$|(?P<tilde>[~≈])\s?$", re.I)
_VERB_BEFORE = re.compile(r"\b(?:exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|topp(?:ed|ing)|tops)\s(?:the\s)?$", re.I)
_TURNED = re.compile(r"\b(?:hand|turn|t[ao]k|sign|giv|gav|cross|mov)(?:s|es|e|ed|ing|en|ee)?\sover\s$", re.I)
_FRAMED = re.compile(r"\b(?:under\s(?:an?|the)|over\san?)\s$", re.I)
_RAISED = re.compile(
    r"\b(?:brings?|bringing|brought|rais(?:e|es|ed|ing)|increas(?:e|es|ed|ing)|r[io]se|gr[eo]w|went|go|add(?:s|ed|ing)?|creeps?|crept|climb(?:s|ed|ing)?"
    r"|edg(?:es?|ed|ing)|inch(?:es|ed|ing)?|shoots?|shot|mov(?:es?|ed|ing)|tick(?:s|ed)?|push(?:es|ed|ing)?|picks?|picked|ramp(?:s|ed|ing)?"
    r"|scal(?:es?|ed|ing)|step(?:s|ped|ping)?)\b[^.,;]{0,30}"
    r"\bup\sto$", re.I)
_PIECES = re.compile(r"\s(?:nos?|pcs)\.?(?=\s[A-Za-z])")  # "7,500 nos. test kits"
_BEHIND = re.compile(
    r"(?P<atLeast>\s(?:or\s(?:more|above|higher)|and\s(?:more|above))\b|\+(?!\d))"
    r"|(?P<atMost>\s(?:or\s(?:less|fewer|below)|at\smost)\b)"
    r"|(?P<approximately>\sor\sso\b|,?\sor\sthereabouts\b|-odd\b|-ish\b)|(?P<moreThan>-plus\b|\splus\b(?=\s[a-z]))")


def qualified(before: str) -> bool:
    """Whether this text ends with a qualifier."""
    return bool(_BEFORE.search(before))


def with_surroundings(value: Value, place: Place) -> Value:
    """The amount with its qualifier and its "per"; the span grows over them.

    Not over a verb ("exceeded $5 billion"), nor over "of fuel oil a month", where the unit is not at its side.
    """
    start, end, qualifier, per = value.start, value.end, value.qualifier, value.per
    before = place.before(start, 34)
    if words := _BEFORE.search(before):
        qualifier, start = words.lastgroup or "", start - len(words.group())
        qualifier = "approximately" if qualifier == "tilde" else qualifier
        if (qualifier == "moreThan" and _TURNED.search(before)) or _FRAMED.search(before):  # "handed over 40 buses", "under a 20-year lease"
            start, qualifier = value.start, ""
        if _RAISED.search(place.before(start + len("up to"), 60)):  # "brought its capacity up to 480 megawatts"
            start, qualifier = value.start, ""
    elif _VERB_BEFORE.search(before):
        qualifier = "moreThan"
    elif value.number_max is not None and _with_and(place.text[start:end]) and before.lower().endswith("between "):
        start -= len("between ")
    if not per and value.kind != "duration" and (often := PER_AFTER.match(place.text, end, place.end)):
        per = read_frequency(often.group())
        end = often.end() if often["own"] else end
    if value.kind == "number" and (pieces := _PIECES.match(place.text, end, place.end)):
        end = pieces.end()
    if words := _BEHIND.match(place.text, end, place.end):
        qualifier, end = words.lastgroup or "", words.end()
    return replace(value, start=start, end=end, qualifier=qualifier, per=per)


def _with_and(text: str) -> bool:
    return " and " in text.lower()
