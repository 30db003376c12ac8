"""Agreements and meetings of two states in the order of time: a row for each, a mark where its days are known."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.plots import canvas
from kg.plots.drawing import Drawing
from kg.plots.links import fact_link
from kg.plots.periods import Period, is_open
from kg.plots.readings import Reading, ask, read_facts
from kg.plots.sources import Sources, sources_of
from kg.plots.theme import COLOURS, GRID, MUTED, STATUS_DASHES, Json, key, page
from kg.plots.words import question_of, spoken, title_of, why_empty
from kg.queries import Result

if TYPE_CHECKING:
    from kg.queries.engine import Row, Store

AGREEMENTS, MEETINGS = "agreements-of-a-pair", "meetings-of-a-pair"
COLUMNS = ("when", "event", "status", "by", "document", "fact")
_SHAPES = {"agreement": ("square", COLOURS[0]), "meeting": ("circle", COLOURS[1])}
_TAIL = re.compile(r" \((?:\d{4}|planned|hypothetical|denied|since|until|according)[^)]*\)")
_ROW, _WORDS, _AXIS, _AFTER = 21, 330, 560, 170  # pixels: a row's height, the widths of its words, of the axis, of the date


@dataclass(frozen=True, slots=True)
class _Event:
    """One row: what happened, when, as which sources say it."""

    words: str
    shape: str
    period: Period | None
    status: str
    readings: tuple[Reading, ...]


def draw_timeline(store: Store, params: Mapping[str, str], base_url: str) -> Drawing:
    """The facts of the two queries; facts of several sources with the same words, days and status share a row."""
    agreements, meetings = ask(store, AGREEMENTS, params), ask(store, MEETINGS, params)
    readings = {"agreement": read_facts(store, agreements), "meeting": read_facts(store, meetings)}
    table = Result("select", COLUMNS, tuple(_row(r, shape) for shape, found in readings.items() for r in found))
    title = title_of(store, "Agreements and meetings of {a} and {b}", AGREEMENTS, params)
    question = f"{question_of(store, AGREEMENTS, params)} {question_of(store, MEETINGS, params)}"
    events = _events(readings)
    if not events:
        reasons = (line for name in (AGREEMENTS, MEETINGS) for line in why_empty(store, name, params, [], "").splitlines())
        why = "\n".join(dict.fromkeys(reasons))  # what holds of both queries is said once
        return Drawing("timeline", title, question, "vega-lite", {}, table, why_empty=why)
    sources = sources_of(reading.source for event in events for reading in event.readings)
    undated = sum(event.period is None for event in events)
    notes = [f"Rows without a mark: the documents give no date ({undated} of {len(events)})."] if undated else []
    return Drawing(
        "timeline", title, question, "vega-lite", _specification(events, sources, title, question, notes, base_url), table, tuple(notes)
    )


def _row(reading: Reading, shape: str) -> Row:
    def first(column: str) -> ox.NamedNode | ox.Literal | None:
        return next((t for t in reading.columns.get(column, ()) if isinstance(t, (ox.NamedNode, ox.Literal))), None)

    when, words = ox.Literal(reading.text("when")), ox.Literal(_words(reading, shape))
    return (when, words, first("status"), first("by"), first("document"), ox.NamedNode(reading.fact))


def _words(reading: Reading, shape: str) -> str:
    """What happened; without the date and status that a label ends with, for the row gives both."""
    if shape == "meeting":
        return _TAIL.sub("", reading.text("says"))
    return f"{reading.text('agreement')}: {spoken(reading.text('action'))}"


def _events(readings: Mapping[str, Sequence[Reading]]) -> list[_Event]:
    """All rows, in the order of time, those without a date at the end."""
    found: dict[tuple[str, str, Period | None, str], list[Reading]] = {}
    for shape, facts in readings.items():
        for reading in facts:
            found.setdefault((_words(reading, shape), shape, reading.period, reading.local("status")), []).append(reading)
    events = [_Event(*parts, tuple(facts)) for parts, facts in found.items()]
    return sorted(events, key=lambda e: (e.period is None, e.period or Period("", "", ""), e.words, e.status))


@dataclass(frozen=True, slots=True)
class _Axis:
    """The years from the first day of one to the last of another, on the pixels between `left` and `right`."""

    first: int
    last: int
    left: float = _WORDS
    right: float = _WORDS + _AXIS

    def day(self, day: str, *, after: bool = False) -> float:
        """The pixel at which a day begins, or at which it ends; days off the axis stand at its ends."""
        if day < f"{self.first:04}":
            return self.left
        if day > f"{self.last + 1:04}":
            return self.right
        moment = date.fromisoformat(day)
        return self._at(moment.year + (moment.timetuple().tm_yday - (not after)) / 366)

    def ticks(self) -> list[tuple[int, float]]:
        """Round years, ten at most, with their pixels."""
        years = self.last + 1 - self.first
        step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if years / step <= 10)
        return [(year, self._at(year)) for year in range(-(-self.first // step) * step, self.last + 2, step)]

    def _at(self, year: float) -> float:
        return round(self.left + (self.right - self.left) * (year - self.first) / (self.last + 1 - self.first), 1)


def _specification(
    events: list[_Event], sources: Sources, title: str, question: str, notes: list[str], base_url: str
) -> Json:
    axis, width = _axis(events), _WORDS + _AXIS + _AFTER
    statuses = [status for status in STATUS_DASHES if any(event.status == status for event in events)]
    letters = [(letter, "", words) for letter, _, words in sources.key()]  # the colours tell agreements from meetings here
    foot = key(letters, statuses if statuses != ["Asserted"] else [], notes, width)
    rows = canvas.view(width, _ROW * len(events) + 24, _rows(events, sources, axis, base_url))
    return page(title, question, [rows, canvas.view(width, 36, _legend()), foot], width)


def _rows(events: list[_Event], sources: Sources, axis: _Axis, base_url: str) -> list[Json]:
    names, bars, marks, dates = [], [], [], []
    for place, event in enumerate(events):
        y, told = (place + 0.5) * _ROW, _told(event, base_url)
        shape, colour = _SHAPES[event.shape]
        letters = ", ".join(sorted({sources.letter(reading.source) for reading in event.readings} - {""}))
        names.append({"x": _WORDS - 12, "y": y, "text": _short(event.words), **told})
        end = axis.left
        if event.period:
            start, end = axis.day(event.period.start), axis.day(event.period.end, after=True)
            bars.append({"x": start, "x2": end, "y": y - 4, "y2": y + 4, "colour": colour, **told})
            marks.append({"x": _known(event.period, start, end), "y": y, "shape": shape, "colour": colour, **told})
        when = told["when"] if event.status == "Asserted" else f"{told['when']}, {event.status.lower()}"
        dates.append({"x": end + 10, "y": y, "text": f"{when} [{letters}]" if letters else when, "colour": MUTED, **told})
    height = _ROW * len(events)
    grid = [{"x": x, "x2": x, "y": 0, "y2": height + 4, "colour": GRID} for _, x in axis.ticks()] if marks else []
    years = [{"x": x, "y": height + 14, "text": str(year)} for year, x in axis.ticks()] if marks else []
    return [
        canvas.lines(grid), canvas.texts(years, align="center"), canvas.boxes(bars, opacity=0.35), canvas.symbols(marks),
        canvas.texts(names, align="right"), canvas.texts(dates),
    ]  # fmt: skip


def _known(period: Period, start: float, end: float) -> float:
    """Where the mark stands: in the middle of the period, or on its one side that is known."""
    return (start + end) / 2 if not is_open(period) else start if period.start > "0001" else end


def _told(event: _Event, base_url: str) -> Json:
    return {
        "what": event.words, "when": event.period.words if event.period else "no date", "status": event.status,
        "source": "; ".join(sorted({reading.source for reading in event.readings})), "fact": event.readings[0].fact,
        "link": fact_link(event.readings[0].fact, base_url),
    }  # fmt: skip


def _legend() -> list[Json]:
    shapes = [(name, 10 + 18 * place, *drawn) for place, (name, drawn) in enumerate(_SHAPES.items())]
    marks = [{"x": 7, "y": y, "shape": shape, "colour": colour, "status": "Asserted"} for _, y, shape, colour in shapes]
    return [canvas.symbols(marks), canvas.texts([{"x": 20, "y": y, "text": name} for name, y, _, _ in shapes])]


def _axis(events: Sequence[_Event]) -> _Axis:
    """The axis that holds all periods; open sides add no year to it."""
    days = [day for event in events if event.period for day in (event.period.start, event.period.end)]
    years = [int(day[:4]) for day in days if "0001" <= day[:4] <= "9998"]
    return _Axis(min(years, default=2000), max(years, default=2000))


def _short(words: str) -> str:
    return words if len(words) <= 56 else words[:54].rstrip() + " …"
