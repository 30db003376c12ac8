"""How many claims of each type there are for each year: what the graph holds, and where it is silent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from kg.plots import canvas
from kg.plots.drawing import Drawing
from kg.plots.readings import ask
from kg.plots.theme import GRID, INK, MUTED, Json, key, page
from kg.plots.words import question_of, title_of, why_empty
from kg.terms import FACT_TYPES

if TYPE_CHECKING:
    from kg.queries.engine import Store, Term

QUERY = "facts-by-year"
_SHADES = ("#deebf7", "#9ecae1", "#2171b5", "#08306b")
_NAME, _CELL, _LINE, _MOST = 150, 30, 22, 36  # pixels, and years that have a column of their own
_UNDATED = "no date"


def draw_activity(store: Store, params: Mapping[str, str], base_url: str) -> Drawing:
    """The counts of `facts-by-year`: a row for each type, a column for each year or, in a long time, for several."""
    result = ask(store, QUERY, params)
    question = question_of(store, QUERY, params)
    about = " about {actor}" if "actor" in params else ""
    title = title_of(store, f"Facts{about} by type and year", QUERY, params)
    counts: Counter[tuple[str, str]] = Counter()
    for type_, _, year, claims in result.rows:
        name = _value(type_).rpartition("#")[2]
        if name in FACT_TYPES:
            counts[name, _value(year)] += int(_value(claims))
    if not counts:
        why = why_empty(store, QUERY, params, [], "")
        return Drawing("activity", title, question, "vega-lite", {}, result, why_empty=why)
    notes = ["What several documents say alike counts once. A fact counts for the year in which it begins."]
    columns = _columns({year for _, year in counts})
    width = _NAME + _CELL * len(columns) + 40
    views = [_cells(counts, columns, width), key([], [], notes, width)]
    return Drawing("activity", title, question, "vega-lite", page(title, question, views, width), result, tuple(notes))


def _value(term: Term | None) -> str:
    return term.value if term is not None else ""


def _columns(years: set[str]) -> dict[str, tuple[str, ...]]:
    """The columns by name, each with its years: all years from the first to the last, in fives or tens where they are many."""
    known = sorted(int(year) for year in years if year)
    columns: dict[str, tuple[str, ...]] = {}
    if known:
        step = next(step for step in (1, 5, 10, 50, 100, 1000) if (known[-1] - known[0]) / step <= _MOST)
        first = known[0] // step * step
        for year in range(first, known[-1] + 1, step):
            name = str(year) if step == 1 else f"{year}–{year + step - 1}"
            columns[name] = tuple(f"{each:04}" for each in range(year, year + step))
    return columns | ({_UNDATED: ("",)} if "" in years else {})


def _cells(counts: Counter[tuple[str, str]], columns: Mapping[str, tuple[str, ...]], width: int) -> Json:
    types = [name for name in FACT_TYPES if any(kind == name for kind, _ in counts)]
    sums = {(t, c): sum(counts[t, year] for year in years) for t in types for c, years in columns.items()}
    most, top = max(sums.values()), 7.0 * max(len(column) for column in columns) + 14
    boxes, numbers = [], []
    for (type_, column), number in sums.items():
        x, y = _NAME + _CELL * list(columns).index(column) + (12 if column == _UNDATED else 0), top + _LINE * types.index(type_)
        if number:
            shade = min(3, 4 * number // (most + 1))
            boxes.append({"x": x + 1, "x2": x + _CELL - 1, "y": y + 1, "y2": y + _LINE - 1, "colour": _SHADES[shade]})
            numbers.append({"x": x + _CELL / 2, "y": y + _LINE / 2, "text": f"{number}", "colour": "white" if shade > 1 else INK})
    names = [{"x": 0, "y": top + _LINE * (i + 0.5), "text": _spaced(type_)} for i, type_ in enumerate(types)]
    rules = [{"x": 0, "x2": width, "y": top + _LINE * i, "y2": top + _LINE * i, "colour": GRID} for i in range(len(types) + 1)]
    heads = [
        {"x": _NAME + _CELL * (i + 0.5) + (12 if name == _UNDATED else 0), "y": top - 6, "text": name, "colour": MUTED}
        for i, name in enumerate(columns)
    ]  # fmt: skip
    upright = canvas.texts(heads, size=10)
    upright["mark"] |= {"angle": 270}
    layers = [canvas.lines(rules), canvas.boxes(boxes), canvas.texts(numbers, align="center", size=10), canvas.texts(names), upright]
    return canvas.view(width, top + _LINE * len(types), layers)


def _spaced(name: str) -> str:
    return "".join(f" {c.lower()}" if c.isupper() and i else c for i, c in enumerate(name))
