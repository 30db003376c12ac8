"""Days and months that the text names: with their year, or without it and then resolved by the document's date."""

from __future__ import annotations

import re

from kg.model import Value
from kg.values.calendar import make_partial
from kg.values.forms import FIGURE, Form, Place, date_value, named_before, period_value
from kg.values.ordinals import ORDINALS
from kg.values.tense import resolve_day, resolve_month
from kg.values.years import OF_YEAR, TO, WHICH_YEAR, YEAR, which_year

__all__ = ["DATE_FORMS", "MONTH", "MONTHS", "MONTH_WORDS", "WEEKDAYS", "month_number"]

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)
SHORT_MONTHS = {
    "Jan": 1, "Feb": 2, "Mar": 3, "Apr": 4, "Jun": 6, "Jul": 7, "Aug": 8, "Sep": 9, "Sept": 9, "Oct": 10, "Nov": 11,
    "Dec": 12,
}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTH_WORDS = frozenset(name.lower() for name in (*MONTHS, *SHORT_MONTHS))

_LONG = "|".join(spelling for name in MONTHS for spelling in (name, name.upper()))
_SHORT = "|".join(sorted(SHORT_MONTHS, key=len, reverse=True))
MONTH = rf"(?:(?:{_LONG})\b|(?:{_SHORT})\b\.?)"
DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d,]*\d)"


def month_number(name: str) -> int:
    """1 to 12 for "Nov.", "november", "NOVEMBER"."""
    return SHORT_MONTHS[name[:3].capitalize()] if name[:3].lower() != "may" else 5


def _number(text: str) -> int:
    return ORDINALS.get(text.lower()) or int(re.sub(r"\D", "", text))


def _day(year: str, month: str, day: str) -> str:
    return make_partial(int(year), month_number(month), _number(day))


_BRACKETED = re.compile(r"[(,]\s?$")  # where a day stands that has its year at the head of the line

_OPENS = re.compile(rf"\W*(?:(?:{'|'.join(WEEKDAYS)}),?\s)?")  # what may stand in front of the day with which a paragraph opens


def _ymd(match: re.Match[str], place: Place) -> Value | None:
    return date_value(*match.span(), make_partial(int(match["y"]), int(match["n"]), int(match["d"])))


def _slashed(match: re.Match[str], place: Place) -> Value | None:
    """Day and month only where one of the two can be no month, or both are the same number."""
    first, second = int(match["a"]), int(match["b"])
    if first <= 12 and second <= 12 and first != second:
        return None
    day, month = (first, second) if first > 12 or first == second else (second, first)
    return date_value(*match.span(), make_partial(int(match["y"]), month, day))


def _full(match: re.Match[str], place: Place) -> Value | None:
    return date_value(*match.span(), _day(match["y"], match["m"], match["d"]))


def _year_above(place: Place, position: int) -> str:
    """The year above a paragraph for the day with which it opens; "" for any other day."""
    return place.headed if _OPENS.fullmatch(place.before(position)) else ""


def _without_year(match: re.Match[str], place: Place) -> Value | None:
    if year := _year_above(place, match.start()):
        return date_value(*match.span(), _day(year, match["m"], match["d"]))
    if place.line_year and _BRACKETED.search(place.before(match.start())):
        return date_value(*match.span(), _day(place.line_year, match["m"], match["d"]))
    return date_value(*match.span(), resolve_day(place, match.start(), month_number(match["m"]), _number(match["d"])))


def _relative_year(match: re.Match[str], place: Place) -> Value | None:
    year, day = which_year(place, match["which"].lower()), match.groupdict().get("d")
    month = month_number(match["m"])
    return date_value(*match.span(), make_partial(int(year), month, _number(day) if day else 0)) if year else None


def _days(match: re.Match[str], place: Place) -> Value | None:
    """Two days: of one month or two, with the year behind the last or none."""
    month, month2 = match["m"], match.groupdict().get("m2") or match["m"]
    if match["y"]:
        last = _day(match["y"], month2, match["d2"])
        first = _day(match["y"], month, match["d"])
    elif year := _year_above(place, match.start()):
        last, first = _day(year, month2, match["d2"]), _day(year, month, match["d"])
    elif place.line_year and _BRACKETED.search(place.before(match.start())):
        last = _day(place.line_year, month2, match["d2"])
        first = _day(place.line_year, month, match["d"])
    else:
        last = resolve_day(place, match.start(), month_number(month2), _number(match["d2"]))
        first = _day(last[:4], month, match["d"]) if last else ""
    if first > last:
        first = _day(str(int(last[:4]) - 1), month, match["d"])
    return period_value(*match.span(), first, last) if first and last else None


def _month_year(match: re.Match[str], place: Place) -> Value | None:
    return date_value(*match.span(), make_partial(int(match["y"]), month_number(match["m"])))


def _months(match: re.Match[str], place: Place) -> Value | None:
    """Two months: "September-October", "January–August of this year"."""
    first, last = month_number(match["m"]), month_number(match["m2"])
    if match["y"]:
        end = make_partial(int(match["y"]), last)
    elif match["which"]:
        year = which_year(place, match["which"].lower())
        end = make_partial(int(year), last) if year else ""
    else:
        end = resolve_month(place, match.start(), last)
    if not end:
        return None
    return period_value(*match.span(), make_partial(int(end[:4]) - (first > last), first), end)


_BARE_MONTH = re.compile(
    r"(?i:\b(?:in|since|until|till|by|during|through|of|from|for|before|after|and|early|late|mid|on)[\s-](?:early\s|late\s|mid-?\s?)?)$"
)
_SHARED_YEAR = re.compile(rf"(?:,\s{MONTH})*,?\s(?:and|or)\s{MONTH}\s(?P<y>{YEAR})\b")  # "in May and September 1987"
_UNMISTAKABLE = frozenset({1, 2, 7, 9, 10, 11, 12})


def _bare_month(match: re.Match[str], place: Place) -> Value | None:
    """A month alone: behind a preposition, or where the word can mean nothing else and is no part of a name."""
    month = month_number(match["m"])
    if (shared := _SHARED_YEAR.match(place.after(match.end()))) is not None:
        return date_value(*match.span(), make_partial(int(shared["y"]), month))
    if place.line_year and _BRACKETED.search(place.before(match.start())) and place.after(match.end())[:1] == ")":
        return date_value(*match.span(), make_partial(int(place.line_year), month))
    if not _BARE_MONTH.search(place.before(match.start())):
        follows = re.match(r"\s[A-Z]", place.after(match.end()))
        if month not in _UNMISTAKABLE or follows or named_before(place, match.start()) or "." in match["m"]:
            return None
    return date_value(*match.span(), resolve_month(place, match.start(), month))


_FIRST = frozenset({FIGURE})
_DAY_WORDS = sorted((word for word, count in ORDINALS.items() if count <= 31), key=len, reverse=True)
_D, _M, _Y = rf"(?P<d>{DAY})", rf"(?P<m>{MONTH})", rf"(?P<y>{YEAR})"
_D2, _M2, _MAYBE_YEAR = rf"(?P<d2>{DAY})", rf"(?P<m2>{MONTH})", rf"(?:,?\s{_Y})?"

DATE_FORMS = (
    Form.of("first of July 1992", {word.split("-")[0] for word in _DAY_WORDS}, rf"(?P<d>{'|'.join(_DAY_WORDS)})\sof\s{_M},?\s{_Y}", _full),
    Form.of("first of July", {word.split("-")[0] for word in _DAY_WORDS}, rf"(?P<d>{'|'.join(_DAY_WORDS)})\sof\s{_M}", _without_year),
    Form.of("2018-12-21", _FIRST, r"(?P<y>\d{4})-(?P<n>\d\d)-(?P<d>\d\d)(?!\d)", _ymd),
    Form.of("1992, 10-13 May", _FIRST, rf"{_Y},\s{_D}{TO}{_D2}\s{_M}(?=\s?[:–-])", _days),
    Form.of("1992, 25 May", _FIRST, rf"{_Y},\s{_D}\s{_M}(?=\s?[:–-])", _full),
    Form.of("1992, May 25", _FIRST, rf"{_Y},?\s{_M}\s{_D}(?=\s?[:–-]\s)", _full),
    Form.of("1992, May", _FIRST, rf"{_Y},?\s{_M}(?=\s?[:–-]\s)", _month_year),
    Form.of("21-12-2018", _FIRST, r"(?P<d>\d\d)-(?P<n>\d\d)-(?P<y>(?:1[89]|20)\d\d)(?!\d)", _ymd),
    Form.of("21.12.2018", _FIRST, rf"(?P<d>\d\d?)\.(?P<n>\d\d?)\.{_Y}", _ymd),
    Form.of("21/12/2018", _FIRST, rf"(?P<a>\d\d?)/(?P<b>\d\d?)/{_Y}", _slashed),
    Form.of("25 May 1992", _FIRST, rf"{_D}(?:\sof|\sday\sof)?[\s-]{_M},?[\s-]{_Y}", _full),
    Form.of("25 May this year", _FIRST, rf"{_D}(?:\sof)?\s{_M}\s(?:of\s)?{WHICH_YEAR}", _relative_year),
    Form.of("25 May", _FIRST, rf"{_D}(?:\sof)?\s{_M}", _without_year),
    Form.of("10-13 May 1992", _FIRST, rf"{_D}(?:{TO}|\sand\s){_D2}(?:\sof)?\s{_M}{_MAYBE_YEAR}", _days),
    Form.of("25 May to 2 June 1992", _FIRST, rf"{_D}\s{_M}{TO}{_D2}\s{_M2}{_MAYBE_YEAR}", _days),
    Form.of("May 25, 1992", MONTH_WORDS, rf"{_M}\s(?:the\s)?{_D},?\s{_Y}", _full),
    Form.of("May 25 this year", MONTH_WORDS, rf"{_M}\s{_D},?\s(?:of\s)?{WHICH_YEAR}", _relative_year),
    Form.of("May 25", MONTH_WORDS, rf"{_M}\s{_D}(?![\d%]|[-–]\d|\s(?:percent|million|billion))", _without_year),
    Form.of("May 10-13, 1992", MONTH_WORDS, rf"{_M}\s{_D}(?:{TO}|\sand\s){_D2}{_MAYBE_YEAR}", _days),
    Form.of("May 25 - June 2, 1992", MONTH_WORDS, rf"{_M}\s{_D}{TO}{_M2}\s{_D2}{_MAYBE_YEAR}", _days),
    Form.of("May 1992", MONTH_WORDS, rf"{_M}(?:,?\s|\sof\s|[-–]){_Y}", _month_year),
    Form.of("January this year", MONTH_WORDS, rf"{_M}(?:,?\sof)?\s{WHICH_YEAR}", _relative_year),
    Form.of("January-August", MONTH_WORDS, rf"{_M}{TO}{_M2}(?:{OF_YEAR})?", _months),
    Form.of("in May", MONTH_WORDS, rf"{_M}(?!\s?\d)", _bare_month),
)
