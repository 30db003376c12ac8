"""Dates counted from the document's date ("last year", "27 years ago") or from one named before ("the next day")."""

from __future__ import annotations

import re
from datetime import timedelta

from kg.model import Value
from kg.values.calendar import add_days, add_months, add_years, full_day, make_partial
from kg.values.dates import MONTH, WEEKDAYS, month_number
from kg.values.forms import FIGURE, Form, Place, date_value, period_value
from kg.values.numbers import NUMBER, NUMBER_WORDS, read_number
from kg.values.ordinals import ORDINALS
from kg.values.tense import is_future, is_scheduled

__all__ = ["RELATIVE_FORMS"]

_STEPS = {"this": 0, "current": 0, "outgoing": 0, "last": -1, "past": -1, "next": 1, "coming": 1, "upcoming": 1}
_DAYS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "day before yesterday": -2, "day after tomorrow": 2}


def _week(span: tuple[int, int], day: str, weeks: int) -> Value | None:
    """A week, Monday to Sunday: its date is the month of its Monday."""
    there = full_day(day)
    if not there:
        return None
    monday = there - timedelta(days=there.weekday()) + timedelta(weeks=weeks)
    sunday = monday + timedelta(days=6)
    return Value(*span, "date", date=monday.isoformat()[:7], earliest=monday.isoformat(), latest=sunday.isoformat())


def _step(span: tuple[int, int], date: str, unit: str, count: int) -> Value | None:
    """The day, week, month or year so many on, as precise as the unit."""
    if unit == "week":
        return _week(span, date, count)
    if unit == "day":
        return date_value(*span, add_days(date, count))
    if unit == "month":
        return date_value(*span, add_months(date, count))
    return date_value(*span, add_years(date, count * (10 if unit == "decade" else 1)))


def _day_word(match: re.Match[str], place: Place) -> Value | None:
    return date_value(*match.span(), add_days(place.issued, _DAYS[" ".join(match.group().lower().split())]))


def _this_year(match: re.Match[str], place: Place) -> Value | None:
    return _step(match.span(), place.issued, match["unit"].lower(), _STEPS[match["which"].lower()])


def _season(match: re.Match[str], place: Place) -> Value | None:
    """"This summer" is a part of this year; which days, the text does not say."""
    return date_value(*match.span(), add_years(place.issued, 0))


def _part_of_day(match: re.Match[str], place: Place) -> Value | None:
    """"This morning", "last night": the document's day, or the day before."""
    return date_value(*match.span(), add_days(place.issued, -1 if match["last"] else 0))


def _year_before_last(match: re.Match[str], place: Place) -> Value | None:
    return date_value(*match.span(), add_years(place.issued, -2))


_HOLIDAYS = ("Black ", "Bloody ", "Cyber ", "Easter ", "Good ", "Holy ", "Palm ", "Ash ")
_DATE_OR_NAME = re.compile(rf",?\s(?:\d|(?:the\s)?{MONTH}\s\d)|\s[A-Z]")


_NAME_BEHIND = re.compile(rf"\s(?!(?:Times|Express|Telegraph|Mirror|Mail|Herald|Post|Club|Market|School|Mass|Independent|Morning|Night)\b|{MONTH}\s\d)[A-Z]")


def _is_weekday(match: re.Match[str], place: Place) -> bool:
    """Whether no date follows, to which the weekday would belong, and no name."""
    before = place.before(match.start(), 8)
    if before.lower().endswith("on ") and _NAME_BEHIND.match(place.after(match.end())) and not before.endswith((*_HOLIDAYS, "-")):
        return True  # "On Monday President Sato arrived"
    return not (_DATE_OR_NAME.match(place.after(match.end())) or before.endswith((*_HOLIDAYS, "-")))


def _weekday(match: re.Match[str], place: Place) -> Value | None:
    issued, which = full_day(place.issued), (match["which"] or "").lower()
    if not issued:
        return None
    ahead = (WEEKDAYS.index(match["day"]) - issued.weekday()) % 7
    if which == "next" or (which != "last" and (is_future(place, match.start()) or is_scheduled(place, match.start()))):
        return date_value(*match.span(), add_days(place.issued, ahead or (7 if which == "next" else 0)))
    back = (issued.weekday() - WEEKDAYS.index(match["day"])) % 7
    return date_value(*match.span(), add_days(place.issued, -(back or (7 if which == "last" else 0))))


def _last_month(match: re.Match[str], place: Place) -> Value | None:
    """"Last October", "next July", "this January": never the document's own month, except "this"."""
    month, which, issued = month_number(match["m"]), match["which"].lower(), place.issued
    if which == "this":
        return date_value(*match.span(), make_partial(int(issued[:4]), month)) if issued else None
    if len(issued) < 7:
        return None
    year, own = int(issued[:4]), int(issued[5:7])
    year += (month <= own) if which == "next" else -(month >= own)
    return date_value(*match.span(), make_partial(year, month))


def _ago(match: re.Match[str], place: Place) -> Value | None:
    count = read_number(match["n"]) if match["n"] else 1
    if count != int(count):
        return None
    return _step(match.span(), place.issued, match["unit"].lower(), -int(count))


def _half_a_year(match: re.Match[str], place: Place) -> Value | None:
    side = match["side"].lower()
    date = place.issued if side == "ago" else place.anchor
    return _step(match.span(), date, "month", 6 if side == "later" else -6) if len(date) >= 7 else None


def _weekend(match: re.Match[str], place: Place) -> Value | None:
    """"Last weekend": its date is the month of its Saturday."""
    there = full_day(place.issued)
    if not there:
        return None
    ahead = match["which"].lower() in ("next", "coming") or is_future(place, match.start())
    saturday = there + timedelta(days=5 - there.weekday() - (0 if ahead else 7 if there.weekday() < 5 else 0))
    sunday = saturday + timedelta(days=1)
    return Value(*match.span(), "date", date=saturday.isoformat()[:7], earliest=saturday.isoformat(), latest=sunday.isoformat())


def _part_of_own_year(match: re.Match[str], place: Place) -> Value | None:
    """"In the first quarter", "over the first eight months" of a text that speaks of its own year: that part of it, once it is over."""
    if len(place.issued) < 7 or (place.anchor and place.anchor[:4] != place.issued[:4]):
        return None
    part = (match["part"] or match["months"]).lower()
    months = {"half": 6, "quarter": 3}.get(part) or int(read_number(part))
    nth = ORDINALS[match["nth"].lower()]
    if nth * months > 12 or (match["months"] and nth > 1):
        return None
    year = int(place.issued[:4])
    first, last = make_partial(year, (nth - 1) * months + 1), make_partial(year, nth * months)
    return period_value(*match.span(), first, last) if last <= place.issued[:7] or is_future(place, match.start()) else None


_IN_THE = re.compile(r"(?i:\b(?:in|during|over|for|within)\sthe\s)$")


def _year_end(match: re.Match[str], place: Place) -> Value | None:
    """"By year-end", "since the beginning of the year": the document's year."""
    return date_value(*match.span(), add_years(place.issued, 0))


_WILL = re.compile(
    r"(?i:\b(?:will|shall|would|going\sto|is\sto|are\sto|plans?\sto|could|can|expects?|expected|(?:agreed|decided|pledged|promised|undertook|intends?|wants?|aims?|hopes?)\sto)\b)"
)


def _is_ahead(match: re.Match[str], place: Place) -> bool:
    return bool(_WILL.search(place.text, place.start, place.end))


def _in_years(match: re.Match[str], place: Place) -> Value | None:
    """"In five years" of what is to come; of what has been, it is a duration and left to that form."""
    count = read_number(match["n"])
    return _step(match.span(), place.issued, match["unit"].lower(), int(count)) if count == int(count) else None


def _past_years(match: re.Match[str], place: Place) -> Value | None:
    """"The last 25 years", "over the past year": so many years up to the document's."""
    count = read_number(match["n"]) if match["n"] else 1
    unit = (match["unit"] or match["units"]).lower().rstrip("s")
    if count != int(count) or not place.issued:
        return None
    if unit == "month":
        first = add_months(place.issued, -int(count))
        return period_value(*match.span(), first, place.issued[:7]) if first else None
    years = int(count) * (10 if unit == "decade" else 1)
    return period_value(*match.span(), add_years(place.issued, -years), place.issued[:4])


_BEHIND_IN = re.compile(r"(?i:\b(?:(?:in|for|by|until|since|during|before|after)\sthe|in)\s)$")
_COMPARED = re.compile(r"(?i:\b(?:on|than|than\sin|compared\sto|compared\swith|against|over|from|of|versus)\sthe\s)$")
_SIDES = {"next": 1, "following": 1, "same": 0, "that": 0, "previous": -1, "preceding": -1}


def _from_anchor(match: re.Match[str], place: Place) -> Value | None:
    if match["side"].lower() in ("previous", "preceding") and _COMPARED.search(place.before(match.start())):
        return None  # "up 21% on the previous year": what is compared with, not when
    return _step(match.span(), place.anchor, match["unit"].lower(), _SIDES[match["side"].lower()])


def _month_beside(match: re.Match[str], place: Place) -> Value | None:
    """"The following July" of a text that spoke of 2016: the first July after that; "that July": the one of that year."""
    if len(place.anchor) < 4:
        return None
    month, side, year = month_number(match["m"]), _SIDES[match["side"].lower()], int(place.anchor[:4])
    own = int(place.anchor[5:7]) if len(place.anchor) >= 7 else 0
    if side > 0:
        year += month <= own or not own
    elif side < 0:
        year -= month >= own or not own
    return date_value(*match.span(), make_partial(year, month))


def _season_beside(match: re.Match[str], place: Place) -> Value | None:
    """"The following spring": a part of the next year; "that spring" of the same."""
    return date_value(*match.span(), add_years(place.anchor[:4], _SIDES[match["side"].lower()])) if place.anchor else None


def _bare_season(match: re.Match[str], place: Place) -> Value | None:
    """"In the autumn": of the document's year."""
    return date_value(*match.span(), add_years(place.issued, 0))


def _the_year_before(match: re.Match[str], place: Place) -> Value | None:
    """"The year before", "the day after": counted from the date named before, unless something is compared with it."""
    if _COMPARED.search(place.before(match.start() - 4 if place.before(match.start()).lower().endswith("the ") else match.start()) + "the "):
        return None
    return _step(match.span(), place.anchor, match["unit"].lower(), 1 if match["side"].lower() in ("after", "afterwards") else -1)


def _later(match: re.Match[str], place: Place) -> Value | None:
    count = read_number(match["n"])
    if count != int(count):
        return None
    sign = -1 if match["side"].lower() in ("earlier", "before") else 1
    return _step(match.span(), place.anchor, match["unit"].lower(), sign * int(count))


def _end_of_year(match: re.Match[str], place: Place) -> Value | None:
    """"By the end of the year" of a sentence about what is to come."""
    return date_value(*match.span(), add_years(place.issued, 0)) if is_future(place, match.start()) else None


_WEEKDAY = "|".join(WEEKDAYS)
_UNITS = r"(?P<unit>(?i:year|month|week|day|decade))s?\b"
_COUNTS = frozenset({FIGURE, "a", "an", "one", *NUMBER_WORDS})
_NUM = rf"(?P<n>(?i:{NUMBER}|an?\b))"

RELATIVE_FORMS = (
    Form.of("today", {"today", "tonight", "yesterday", "tomorrow"}, r"(?i:today|tonight|yesterday|tomorrow)\b", _day_word),
    Form.of("the day before yesterday", {"day"}, r"(?i:day\s(?:before\syesterday|after\stomorrow))\b", _day_word),
    Form.of(
        "last year",
        {"this", "last", "next", "current", "outgoing", "coming", "upcoming"},
        r"(?P<which>(?i:this|last|next|current|outgoing|coming|upcoming))\s(?P<unit>(?i:year|month|week))\b(?!-)",
        _this_year,
    ),
    Form.of("of the past year", {"past"}, r"(?<=of\sthe\s)(?P<which>past)\s(?P<unit>year)\b", _this_year),
    Form.of(
        "this morning", {"this", "last"}, r"(?i:this\s(?:morning|afternoon|evening)|(?P<last>last)\s(?:night|evening))\b", _part_of_day
    ),
    Form.of("this summer", {"this"}, r"(?i:this)\s(?:spring|summer|autumn|fall|winter)\b", _season),
    Form.of("the year before last", {"year"}, r"(?i:year\sbefore\slast)\b", _year_before_last),
    Form.of("on Monday", {day.lower() for day in WEEKDAYS}, rf"(?P<which>\b)(?P<day>{_WEEKDAY})\b", _weekday, _is_weekday),
    Form.of("last Monday", {"last", "next", "this"}, rf"(?P<which>(?i:last|next|this))\s(?P<day>{_WEEKDAY})\b", _weekday, _is_weekday),
    Form.of(
        "last October", {"last", "next", "this", "past"}, rf"(?P<which>(?i:last|next|this|past))\s(?P<m>{MONTH})(?!\s?\d)", _last_month
    ),
    Form.of("half a year ago", {"half"}, r"(?i:half\sa\syear)\s(?P<side>(?i:ago|earlier|later|before))\b", _half_a_year),
    Form.of("27 years ago", _COUNTS, rf"{_NUM}[\s-]{_UNITS}\sago\b", _ago),
    Form.of("in five years", _COUNTS, rf"(?:(?<=\b[Ii]n\s)|(?<=\b[Ww]ithin\s)){_NUM}\s{_UNITS}(?!['’]|\sof\b)", _in_years, _is_ahead),
    Form.of(
        "the last 25 years",
        {"last", "past"},
        rf"(?<=the\s)(?i:last|past)\s(?:(?P<n>(?i:{NUMBER}))\s(?P<units>years|months|decades)|(?P<unit>year|month|decade))\b"
        r"(?!['’])",
        _past_years,
    ),
    Form.of(
        "the next day",
        set(_SIDES),
        r"(?P<side>(?i:next(?=\sday)|following|same|that|previous|preceding))\s(?P<unit>(?i:day|month|week|year))\b(?!['’])",
        _from_anchor,
    ),
    Form.of(
        "the following July",
        set(_SIDES) - {"next"},
        rf"(?P<side>(?i:following|same|that|previous|preceding))\s(?P<m>{MONTH})(?!\s?\d)",
        _month_beside,
    ),
    Form.of(
        "the following spring",
        set(_SIDES) - {"next"},
        r"(?P<side>(?i:following|same|that|previous|preceding))\s(?:spring|summer|autumn|winter)\b",
        _season_beside,
    ),
    Form.of(
        "in the autumn",
        {"spring", "summer", "autumn", "winter"},
        r"(?:(?<=\bthe\s)|(?<=\b[Ii]n\s))(?i:spring|summer|autumn|winter)\b(?!\s(?:of|\w+ing|[A-Z0-9])|[\s-](?:school|season|olympic|camp|palace|break|recess|time|home|house|session|solstice|residence))",
        _bare_season,
        lambda match, place: bool(_BEHIND_IN.search(place.before(match.start()))) and place.before(match.start()).strip().lower() != "in",
    ),
    Form.of(
        "the year before",
        {"year", "month", "week", "day"},
        r"(?<=\bthe\s)(?P<unit>(?i:year|month|week|day))\s(?P<side>(?i:before|after|earlier))\b(?=\s*(?:[.,;:)–—]|$|\s(?:and|but|by|in|with)\b))",
        _the_year_before,
    ),
    Form.of("two days later", _COUNTS, rf"{_NUM}\s{_UNITS}\s(?P<side>(?i:later|earlier|before|afterwards))\b", _later),
    Form.of("last weekend", {"last", "this", "next", "past", "coming"}, r"(?P<which>(?i:last|this|next|past|coming))\sweekend\b", _weekend),
    Form.of(
        "the first quarter",
        {"first", "second", "third", "fourth"},
        r"(?P<nth>(?i:first|second|third|fourth))[\s-](?:(?P<part>(?i:half|quarter))|(?P<months>(?i:two|three|four|five|six|seven|eight|nine|ten|eleven))\smonths)"
        r"(?=[\s]?[,.;:()–—]|$|\s(?:and|but|by|to|with|after|alone|when|while|as|from|it|the|exports|imports|trade|turnover)\b)",
        _part_of_own_year,
        lambda match, place: bool(_IN_THE.search(place.before(match.start()))),
    ),
    Form.of("year-end", {"year"}, r"(?i:year(?:-|['’]s\s)end)\b", _year_end),
    Form.of("the beginning of the year", {"beginning", "start"}, r"(?i:beginning|start)\sof\sthe\syear\b(?!\s\d)", _year_end),
    Form.of("the end of the year", {"end"}, r"(?i:end\sof\sthe\syear)\b(?!\s\d)", _end_of_year),
)
