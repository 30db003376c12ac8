"""The words before a date that belong to it: its weekday, "the end of"; "since" and "until" make an open period."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.model import Value
from kg.values.dates import WEEKDAYS
from kg.values.forms import Place
from kg.values.tense import is_future

__all__ = ["with_date_words"]

_WEEKDAY = re.compile(rf"\b(?:{'|'.join(WEEKDAYS)}),?\s$")
_PART = re.compile(
    r"\b(?:(?:the\s)?(?:very\s)?(?:end|beginning|start|middle|close|turn|spring|summer|autumn|fall|winter)\sof\s(?:the\syear\s|the\s)?"
    r"|(?:early|late)(?:\sin)?\s|mid[\s-]|the\syear\s|(?:spring|summer|autumn|winter)\s|(?:earlier|later)\s)$", re.I)
_FROM = re.compile(r"\b(?:(?:ever\s)?since|after)\s(?:the\s)?$", re.I)
_AS_OF = re.compile(r"\b(?:as\s(?:of|from)|starting(?:\s(?:from|in|on))?|with\seffect\sfrom|effective(?:\sfrom)?)\s(?:the\s)?$", re.I)
_UNTIL = re.compile(r"\b(?:until|till|up\sto|through\sto)\s(?:the\s)?$", re.I)
_EXTENDED_TO = re.compile(
    r"\b(?:extend(?:ed|s|ing)?|prolong(?:ed|s|ing)?|renew(?:ed|s|ing)?|valid|lasts?|lasting|runs?|running|lease)\s(?P<to>(?:up\s)?to\s)$",
    re.I)
_BEFORE = re.compile(r"(?<!by\sor\s)\b(?:prior\sto|before)\s(?:the\s)?$", re.I)
_FROM_TO = re.compile(r"\b(?:from|between)\s(?:the\s)?$", re.I)
_ALONE_FROM = re.compile(r"\((?P<from>(?:as\s)?from\s)$", re.I)
_LINKED = re.compile(r"\s(?:to|through|till|until|and)\s")
_ON = re.compile(r"\s(?:on(?:wards?)?|onwards?)\b(?!\s(?:the|a)\b)", re.I)
_ONWARDS = re.compile(r"\sonwards?\b", re.I)


def with_date_words(value: Value, place: Place) -> Value:
    """The date or period with these words in its span; open at one end where they say so.

    "By 2015" and "before the end of this year" stay dates; their preposition is left out, as is that of "in 2015".
    """
    start = value.start
    for expression in (_WEEKDAY, _PART, _PART):
        if words := expression.search(place.before(start)):
            start -= len(words.group())
    value, before = replace(value, start=start), place.before(start)
    if value.start_date and value.end_date and _LINKED.search(place.text, value.start, value.end):
        words = _FROM_TO.search(before)
        return replace(value, start=start - len(words.group())) if words else value
    if words := _FROM.search(before):
        return _open(value, start - len(words.group()), value.end, begins=True)
    if words := _UNTIL.search(before):
        return _open(value, start - len(words.group()), value.end, begins=False)
    if words := _EXTENDED_TO.search(before):
        return _open(value, start - len(words["to"]), value.end, begins=False)
    if (words := _BEFORE.search(before)) and "end of" not in place.text[start:value.end].lower() and not is_future(place, start):
        return _open(value, start - len(words.group()), value.end, begins=False)
    if (words := _AS_OF.search(before)) and is_future(place, start):
        return _open(value, start - len(words.group()), value.end, begins=True)
    if before.lower().endswith((" from ", "from ")) and (words := _ON.match(place.text, value.end, place.end)):
        return _open(value, start - len("from "), words.end(), begins=True)
    if (words := _ALONE_FROM.search(before)) and place.text[value.end : value.end + 1] == ")" and value.date:
        return _open(value, start - len(words["from"]), value.end, begins=True)  # "(from July 2018)"
    if words := _ONWARDS.match(place.text, value.end, place.end):
        return _open(value, start, words.end(), begins=True)
    return value


def _open(value: Value, start: int, end: int, *, begins: bool) -> Value:
    if begins:
        return Value(start, end, "period", start_date=value.start_date or value.date, earliest=value.earliest)
    return Value(start, end, "period", end_date=value.end_date or value.date, latest=value.latest)
