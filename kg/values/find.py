"""Finding the values of a sentence: each form is tried where it may begin, the longest wins, neighbours are joined."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.model import Value
from kg.values.amounts import AMOUNT_FORMS
from kg.values.around_dates import with_date_words
from kg.values.calendar import valid_date
from kg.values.dates import DATE_FORMS, MONTH_WORDS
from kg.values.forms import FIGURE, SIGN, Form, Place
from kg.values.money import SYMBOLS
from kg.values.neighbours import join_neighbours
from kg.values.relative import RELATIVE_FORMS
from kg.values.shares import SHARE_FORMS
from kg.values.surroundings import with_surroundings
from kg.values.years import YEAR_FORMS

__all__ = ["FORMS", "find_values"]

FORMS: tuple[Form, ...] = (*DATE_FORMS, *YEAR_FORMS, *RELATIVE_FORMS, *SHARE_FORMS, *AMOUNT_FORMS)
"""All forms. Of two that match equally far the earlier one is read."""

_FIRST_WORDS = sorted({word for form in FORMS for word in form.first})
_STARTS = {first: tuple(form for form in FORMS if first in form.first) for first in _FIRST_WORDS}
_SIGNS = re.escape("".join(SYMBOLS))
_PLACES = re.compile(rf"(?P<sign>[{_SIGNS}])|(?P<figure>\d)[\d.,]*|[A-Za-z]+")
_GLUED = re.compile(r"[\w./#№@=_:]$|\w\+$|(?<![Mm]id)(?<=[A-Za-z0-9])[-‑]$|\w–$")

# --- the quick look that most sentences get ---

# Words that begin values and yet say nothing alone; the words that must follow them are in _TELLING.
FREQUENT = """
    a an this last next past current that same previous following preceding outgoing every each per end
    all top try can cup mad
"""
FOLLOWING = """
    hundred thousand million billion trillion dozen quarter third week month year decade days weeks months years decades
    hour hours spring summer autumn winter fall morning afternoon evening night weekend
"""
_CAPITALISED = frozenset(spelling for word in MONTH_WORDS for spelling in (word.capitalize(), word.upper()))
_ALL_WORDS = {word for word in _FIRST_WORDS if word.isalpha() and len(word) > 2} - {*FREQUENT.split()} - MONTH_WORDS
_ALL_WORDS |= {*FOLLOWING.split()}
_TELLING = _CAPITALISED | {spelling for word in _ALL_WORDS for spelling in (word, word.capitalize(), word.upper())}
_FIGURES = re.compile(rf"[\d{_SIGNS}]")
_WORD = re.compile(r"[A-Za-z]+")

# Never values, whatever they look like.
NEVER = {
    "address": r"https?://\S+|www\.\S+|\S+@\S+\.\w+",
    "time of day": (
        r"\b\d{1,2}[:.]\d\d(?::\d\d)?\s?(?:[ap]\.?m\b\.?|hrs\b|hours\b|GMT\b|UTC\b)"
        r"|\b\d{1,2}:\d\d(?::\d\d)?\b|\b\d{1,2}\s?[ap]\.?m\b\.?"
    ),
    "telephone": (
        r"\+\d[\d ().-]{6,}\d|\(\d{2,5}\)\s?\d[\d -]{4,}\d|\b(?:tel|phone|fax)\b[.:]?\s?[\d+()][\d ()-]+"
        r"|\b(?!(?:19|20)\d\d-[01]\d-[0-3]\d\b|[0-3]\d-[01]\d-(?:1[89]|20)\d\d\b)\d{2,4}(?:-\d{2,4}){2,}\b"
    ),
    "version": r"\b\d{1,2}(?:\.\d{1,2}){2,}\b(?!\.)",
    "24/7": r"\b\d{1,2}/\d{1,2}\b(?!/)",
    "footnote": r"\[\d+\]",
    "50-50": r"\b(\d+)-\1\b",
}
_NEVER = re.compile("|".join(NEVER.values()), re.I)


def find_values(text: str, start: int, end: int, issued: str, *, anchor: str = "", peoples: frozenset[str] = frozenset(),
                told: str = "", headed: str = "") -> tuple[Value, ...]:
    """The dates, amounts, durations and ordinals of text[start:end] (one sentence), in text order, none in another.

    Offsets: 0-based code points of ``text``, end exclusive. ``issued``: the document's date as precise as known, ""
    where not; what it cannot resolve gives no value. ``anchor``: the last date named before, for "the next day", "two
    days later"; a date named earlier in the same sentence goes before it. ``peoples``, ``told`` and ``headed``: see `Place`.

    >>> values = find_values("Trade fell by 12 percent last year.", 0, 35, "2013")
    >>> [(value.kind, value.date or value.number) for value in values]
    [('percent', Decimal('12')), ('date', '2012')]
    """
    figures = bool(_FIGURES.search(text, start, end))
    if not figures and _TELLING.isdisjoint(_WORD.findall(text, start, end)):
        return ()
    place = Place(
        text,
        start,
        end,
        issued if valid_date(issued) else "",
        anchor if valid_date(anchor) else "",
        peoples,
        of_history(told, issued) if valid_date(told) else "",
        headed if valid_date(headed) else "",
    )
    return tuple(join_neighbours(_scan(place, figures), place))


_HISTORY = 15  # years


def of_history(date: str, issued: str) -> str:
    """A date from which what follows goes on to tell ("In 1918 ... In February ..."): so long before the document's; else ""."""
    return date if len(date) >= 4 and len(issued) >= 4 and int(date[:4]) <= int(issued[:4]) - _HISTORY else ""


def _scan(place: Place, figures: bool) -> list[Value]:
    text, position = place.text, place.start
    values: list[Value] = []
    never = [match.span() for match in _NEVER.finditer(text, place.start, place.end)] if figures else []
    for found in _PLACES.finditer(text, place.start, place.end):
        begin = found.start()
        if begin < position:
            continue
        skipped = next((last for first, last in never if first <= begin < last), 0)
        if skipped:
            position = skipped
            continue
        forms = _STARTS.get(FIGURE if found["figure"] else SIGN if found["sign"] else found.group().lower())
        if not forms or (found["figure"] and _GLUED.search(text, max(place.start, begin - 4), begin)):
            continue
        best, form = _longest(forms, begin, place)
        if not best or not form:
            continue
        value = form.read(best, place)
        position = max(best.end(), value.end if value else 0)
        if value:
            wider = _with_words_around(value, place)
            if values and wider.start < values[-1].end:
                wider = replace(wider, start=value.start)
            position = wider.end
            values.append(wider)
            if not value.date and value.end_date and value.start_date[:4] == value.end_date[:4]:
                place = replace(place, anchor=value.end_date)  # "on 9 and 10 June 2016"
            elif value.date:
                aside = text[value.end:value.end + 1] == "," and "," in text[place.start:value.start]  # "relations, suspended in 2003, were resumed on 7 May"
                place = replace(place, anchor=value.date, told="" if aside else of_history(value.date, place.issued))
    return values


def _longest(forms: tuple[Form, ...], begin: int, place: Place) -> tuple[re.Match[str] | None, Form | None]:
    best: re.Match[str] | None = None
    winner: Form | None = None
    for form in forms:
        match = form.expression.match(place.text, begin, place.end)
        if match and (best is None or match.end() > best.end()) and (form.fits is None or form.fits(match, place)):
            best, winner = match, form
    return best, winner


def _with_words_around(value: Value, place: Place) -> Value:
    if value.kind in ("date", "period"):
        return with_date_words(value, place)
    return value if value.kind == "ordinal" else with_surroundings(value, place)
