"""The day with which a paragraph opens, which holds for what it tells: "3 May. The minister flew home." """

from __future__ import annotations

from collections.abc import Sequence

from kg.model import Mention, Value

__all__ = ["opening_day"]

_SIGNS = frozenset({".", ":", "–", "—", "-", "*", "|", ",", "•"})
_CLOSING = _SIGNS - {",", "*"}


def opening_day(words: Sequence[str], mentions: Sequence[Mention]) -> tuple[Value, int] | None:
    """The day (or days) with which the first sentence of a paragraph opens, and the token behind it; None where it does with none."""
    day = next((m for m in mentions if m.kind in ("date", "period")), None)
    if day is None or day.value is None or not all(word in _SIGNS for word in words[: day.first]):
        return None
    if len(day.value.date or day.value.start_date) < 10 or (day.value.start_date and not day.value.end_date):
        return None
    return (day.value, day.last) if day.last >= len(words) or words[day.last] in _CLOSING else None
