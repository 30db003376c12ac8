"""What every form of a value shares: where it may begin, its expression, and the function that reads its match."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kg.model import Value
from kg.values.calendar import date_bounds, period_bounds

__all__ = ["FIGURE", "SIGN", "Form", "Place", "date_value", "named_before", "period_value"]

FIGURE = "0"
"""Stands in `Form.first` for: begins with a figure."""
SIGN = "$"
"""Stands in `Form.first` for: begins with a currency sign."""


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence in its text, the document's date, and the date that "the next day" counts from ("" where unknown).

    ``peoples``: the adjectives of the states that the document is about, whose "rupees" are meant where it says no more.
    """

    text: str
    start: int
    end: int
    issued: str
    anchor: str
    peoples: frozenset[str] = frozenset()
    told: str = ""  # a date long before the document's, from which the sentence before goes on to tell: "in February" is one of that year
    headed: str = ""  # the year that the text above gives the day with which this paragraph opens: "2004", "Diary of 2004"

    def before(self, position: int, most: int = 40) -> str:
        """The text of the sentence before this position, at most so many code points."""
        return self.text[max(self.start, position - most):position]

    def after(self, position: int, most: int = 40) -> str:
        """The text of the sentence from this position on, at most so many code points."""
        return self.text[position:min(self.end, position + most)]

    @property
    def line_year(self) -> str:
        """The year with which the line begins that this is: "1981 – Signing of the agreement (15 September)"; "" where it does with none."""
        found = _LINE_YEAR.match(self.text, self.start, self.end)
        return found[1] if found else ""


_LINE_YEAR = re.compile(r"((?:18|19|20)\d\d)\s?[:–—|-]\s")

Reader = Callable[[re.Match[str], Place], Value | None]
Condition = Callable[[re.Match[str], Place], bool]


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a value.

    ``first``: the lower-case words (or FIGURE, SIGN) with which it can begin. ``read`` gives the value, or None where
    the words are of this form and yet name no value ("Aug. 12" in a document without a date): nothing else is then read
    there. ``fits`` says whether the words are of this form at all, where the expression alone cannot.
    """

    name: str
    first: frozenset[str]
    expression: re.Pattern[str]
    read: Reader
    fits: Condition | None = None

    @classmethod
    def of(cls, name: str, first: Iterable[str], expression: str, read: Reader, fits: Condition | None = None) -> Form:
        """A form from the text of its expression (upper and lower case as written)."""
        return cls(name, frozenset(first), re.compile(expression), read, fits)


def date_value(start: int, end: int, date: str) -> Value | None:
    """The value of a date as precise as given; None for ""."""
    earliest, latest = date_bounds(date)
    return Value(start, end, "date", date=date, earliest=earliest, latest=latest) if earliest else None


def period_value(start: int, end: int, first: str, last: str) -> Value | None:
    """The value of a period, open where ``first`` or ``last`` is ""; None where both are or it ends too early."""
    earliest, latest = period_bounds(first, last)
    if not (earliest or latest) or (earliest and latest and earliest > latest):
        return None
    return Value(start, end, "period", start_date=first, end_date=last, earliest=earliest, latest=latest)


_OPENING_WORDS = """
    a about above after all almost also among an and another approximately around as at before between but by currently
    during each every exactly from for here if in its just last late like nearly next no now of on one only or our over
    roughly since so some still that the their then there these they this those to today under until up we when where
    which while with within throughout spring summer autumn winter both year years early late mid more less through till
"""
_OPENING = frozenset(_OPENING_WORDS.split())
_NAME = re.compile(r"(?P<word>[A-Z][\w’'.]*)[ \u00a0-]$")


def named_before(place: Place, position: int, *, opening: bool = False) -> bool:
    """Whether a name stands directly before, so that the number belongs to it ("EXPO 2017", "Article 5").

    A capital at the beginning of the sentence makes a name only with ``opening`` ("Vision 2030", but "Employing 2030").
    """
    match = _NAME.search(place.before(position, 30))
    if not match or match["word"].lower() in _OPENING:
        return False
    if opening:
        return True
    begin = position - len(match.group())
    return bool(place.text[place.start:begin].strip(" \t\n-–—•*“\"‘'(")) or match["word"].isupper()
