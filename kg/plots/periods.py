"""What the saved queries write under `when`, as a period with its days and the words of an axis."""

from __future__ import annotations

from dataclasses import dataclass

from kg.values import date_bounds

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_FIRST, _LAST = "0000-01-01", "9999-12-31"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """First and last day (ISO dates; of an open side the first or last day that can be written) and the words for it."""

    start: str
    end: str
    words: str

    @property
    def year(self) -> int | None:
        """The one year that the period is, None where it is more, less or open."""
        whole = self.start[4:] == "-01-01" and self.end == self.start[:4] + "-12-31"
        return int(self.start[:4]) if whole else None


def read_period(when: str) -> Period | None:
    """The period of a text such as "2018", "2018-01/2018-06", "2015/.."; None for "" and for what is no date."""
    first, _, last = when.partition("/")
    known = [part for part in (first, last or first) if part != ".."]
    if not known or not all(date_bounds(part)[0] for part in known):
        return None
    if not last:
        return Period(*date_bounds(first), _words(first))
    if first == "..":
        return Period(_FIRST, date_bounds(last)[1], f"until {_words(last)}")
    if last == "..":
        return Period(date_bounds(first)[0], _LAST, f"since {_words(first)}")
    return Period(date_bounds(first)[0], date_bounds(last)[1], _span(first, last))


def is_open(period: Period) -> bool:
    """Whether the period has no first or no last day."""
    return period.start == _FIRST or period.end == _LAST


def _words(date: str) -> str:
    year, *rest = date.split("-")
    if not rest:
        return year
    month = f"{_MONTHS[int(rest[0]) - 1]} {year}"
    return f"{int(rest[1])} {month}" if len(rest) > 1 else month


def _span(first: str, last: str) -> str:
    """ "Jan–Jun 2018" rather than "Jan 2018–Jun 2018"."""
    one, other = _words(first), _words(last)
    if first[:4] == last[:4] and " " in one and " " in other:
        one = one.rpartition(" ")[0]
    return f"{one}–{other}"
