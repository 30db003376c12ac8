"""Dates as precise as a text gives them ("2018", "2018-05", "2018-05-25"): their bounds, and counting on from them."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

__all__ = [
    "add_days", "add_months", "add_years", "date_bounds", "full_day", "make_partial", "period_bounds", "valid_date",
]

_PARTIAL = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def valid_date(text: str) -> bool:
    """Whether this is "2018", "2018-05" or "2018-05-25", and such a day exists.

    >>> valid_date("2024-02-29"), valid_date("2023-02-29"), valid_date("2023-2")
    (True, False, False)
    """
    match = _PARTIAL.fullmatch(text)
    if not match:
        return False
    year, month, day = (int(part) if part else 1 for part in match.groups())
    return year >= 1 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def date_bounds(partial: str) -> tuple[str, str]:
    """The first and last day that a date can mean; two empty texts for "" and for what is no date.

    >>> date_bounds("2018-05"), date_bounds("2018")
    (('2018-05-01', '2018-05-31'), ('2018-01-01', '2018-12-31'))
    """
    if not valid_date(partial):
        return "", ""
    if len(partial) == 4:
        return f"{partial}-01-01", f"{partial}-12-31"
    if len(partial) == 7:
        return f"{partial}-01", f"{partial}-{monthrange(int(partial[:4]), int(partial[5:]))[1]:02}"
    return partial, partial


def period_bounds(start: str, end: str) -> tuple[str, str]:
    """The first and last day of a period; "" on the side that is open.

    >>> period_bounds("2012", "2017-06"), period_bounds("2013", "")
    (('2012-01-01', '2017-06-30'), ('2013-01-01', ''))
    """
    return date_bounds(start)[0], date_bounds(end)[1]


def make_partial(year: int, month: int = 0, day: int = 0) -> str:
    """A date of these numbers, 0 for what is not known; "" where no such day exists."""
    text = f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if month and day else "")
    return text if valid_date(text) else ""


def full_day(partial: str) -> date | None:
    """The day, if the date is given to the day."""
    return date.fromisoformat(partial) if len(partial) == 10 and valid_date(partial) else None


def add_days(partial: str, days: int) -> str:
    """The day so many days on; "" unless the date is given to the day."""
    day = full_day(partial)
    return (day + timedelta(days=days)).isoformat() if day else ""


def add_months(partial: str, months: int) -> str:
    """The month so many months on; "" unless the date is given to the month."""
    if len(partial) < 7 or not valid_date(partial):
        return ""
    count = int(partial[:4]) * 12 + int(partial[5:7]) - 1 + months
    return make_partial(count // 12, count % 12 + 1)


def add_years(partial: str, years: int) -> str:
    """The year so many years on; "" where no date is given."""
    return make_partial(int(partial[:4]) + years) if valid_date(partial) else ""
