"""Figures by period, the sources' bars side by side: one panel for each thing measured and each unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.plots.periods import Period
from kg.plots.sources import Sources, sources_of
from kg.plots.theme import INK, MUTED, STATUS_DASHES, Json, key, page

_SCALES = ((Decimal(10) ** 12, "trillion"), (Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million"), (Decimal(1000), "thousand"))
_SIGNS = {
    "approximately": "≈ ", "moreThan": "> ", "lessThan": "< ", "atLeast": "≥ ", "atMost": "≤ ", "almost": "almost ",
}  # fmt: skip
_MOST_YEARS = 60  # axes longer than this leave out the years without figures
_SLOT, _WIDEST, _NARROW, _WIDE = 26, 48, 480, 1180  # pixels: a bar at least and at most, a plot at least and at most
_LEAST = 15  # pixels that a number needs
_ROOM = 0.16  # share of the height kept above and below the bars, for their labels


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of one source. ``panel`` says what it measures, ``unit`` in what ("USD", "%"), ``told`` how it is put."""

    panel: str
    unit: str
    value: Decimal
    low: Decimal | None
    high: Decimal | None
    qualifier: str
    period: Period | None
    status: str
    source: str
    told: str
    fact: str
    link: str


def draw_figures(figures: Sequence[Figure], title: str, question: str, notes: Sequence[str]) -> Json:
    """The specification of these figures. Nothing is summed or averaged: every figure is one bar."""
    periods = _axis(figures)
    panels = sorted(dict.fromkeys((f.panel, f.unit) for f in figures), key=lambda panel: panel[1] == "%")
    sources = sources_of(f.source for f in figures)
    most = max(len(group) for group in _groups(figures).values())
    width = max(_NARROW, min(_WIDE, len(periods) * (most * _SLOT + 16)))
    views = [_panel([f for f in figures if (f.panel, f.unit) == panel], panel, periods, sources, most, width) for panel in panels]
    statuses = [s for s in STATUS_DASHES if any(f.status == s for f in figures)]
    foot = key(sources.key(), statuses if statuses != ["Asserted"] else [], list(notes), width)
    return page(title, question, [*views, foot], width)


def _axis(figures: Sequence[Figure]) -> list[Period | None]:
    """The periods of all figures in the order of time, the years between them, and None at the end for "no date"."""
    found = {f.period for f in figures if f.period}
    years = [p.year for p in found if p.year]
    if years and max(years) - min(years) < _MOST_YEARS:
        found |= {Period(f"{y:04}-01-01", f"{y:04}-12-31", str(y)) for y in range(min(years), max(years) + 1)}
    undated: list[Period | None] = [None] if any(f.period is None for f in figures) else []
    return [*sorted(found), *undated]


def _groups(figures: Sequence[Figure]) -> dict[tuple[str, str, Period | None], list[Figure]]:
    groups: dict[tuple[str, str, Period | None], list[Figure]] = {}
    for figure in sorted(figures, key=lambda f: (f.source, tuple(STATUS_DASHES).index(f.status), f.value, f.fact)):
        groups.setdefault((figure.panel, figure.unit, figure.period), []).append(figure)
    return groups


def _panel(
    figures: list[Figure], panel: tuple[str, str], periods: list[Period | None], sources: Sources, most: int, width: int
) -> Json:
    name, unit = panel
    factor, word = _scale(figures, unit)
    rows = []
    slot = min(0.86 / most, _WIDEST * len(periods) / width)
    for (_, _, period), group in _groups(figures).items():
        middle = periods.index(period)
        for place, figure in enumerate(group):
            x = middle + (place - (len(group) - 1) / 2) * slot
            rows.append(_row(figure, x, slot, factor, word, sources))
    names = [p.words if p else "no date" for p in periods]
    slanted = width / len(names) < max(6.5 * len(n) for n in names) + 6
    axis = {
        "values": list(range(len(names))), "labelExpr": f"{names!r}[datum.value]", "title": None, "grid": False,
        "labelAngle": -45 if slanted else 0, "labelAlign": "right" if slanted else "center", "tickCount": len(names),
        "labelOverlap": False,
    }  # fmt: skip
    x_scale = {"domain": [-0.5, len(names) - 0.5], "nice": False, "zero": False}
    unit_words = " ".join(part for part in (word, unit) if part)
    y_axis = {"title": unit_words or "number", "tickCount": 5, "domain": False, "minExtent": 44, "ticks": False, "labelPadding": 6}
    y = {"field": "shown", "type": "quantitative", "axis": y_axis, "scale": {"domain": _domain(rows), "nice": False}}
    return {
        "title": name,
        "width": width,
        "height": 190,
        "data": {"values": rows},
        "encoding": {"x": {"field": "x", "type": "quantitative", "scale": x_scale, "axis": axis}},
        "layer": [
            *[_bars(status, y) for status in STATUS_DASHES if any(f.status == status for f in figures)],
            *([_ranges()] if any(f.low is not None for f in figures) else []),
            {"mark": {"type": "rule", "color": MUTED}, "data": {"values": [{}]}, "encoding": {"x": None, "y": {"datum": 0}}},
            *[_labels(above, 1 if len(sources.words) == 1 else 2, slot * width / len(periods)) for above in (True, False)],
        ],
    }


def _row(figure: Figure, x: float, slot: float, factor: Decimal, word: str, sources: Sources) -> Json:
    def scaled(value: Decimal) -> float:
        return float(value / factor)

    letter = sources.letter(figure.source)
    half = slot * 0.44
    row: Json = {
        "x": round(x, 4), "x1": round(x - half, 4), "x2": round(x + half, 4), "shown": scaled(figure.value),
        "label": f"{_SIGNS.get(figure.qualifier, '')}{_short(scaled(figure.value))}" + (f"\n{letter}" if letter else ""),
        "letter": letter, "figure": f"{figure.value:,} {figure.unit}", "period": figure.period.words if figure.period else "no date",
        "status": figure.status, "source": figure.source, "told": figure.told, "colour": sources.colour(figure.source),
        "fact": figure.fact, "link": figure.link,
    }  # fmt: skip
    if figure.low is not None and figure.high is not None:
        row |= {"low": scaled(figure.low), "high": scaled(figure.high)}
    return row


def _short(value: float) -> str:
    """Three digits, or all before the point; never with an exponent."""
    return f"{value:,.0f}" if abs(value) >= 999.5 else f"{value:.3g}"


def _bars(status: str, y: Json) -> Json:
    fill = {"field": "colour", "type": "nominal", "scale": None} if status == "Asserted" else {"value": "white"}
    return {
        "transform": [{"filter": f"datum.status === '{status}'"}],
        "mark": {"type": "rect", "strokeWidth": 1.5, "strokeDash": STATUS_DASHES[status]},
        "encoding": {
            "x": {"field": "x1", "type": "quantitative"}, "x2": {"field": "x2"}, "y": y, "y2": {"datum": 0}, "fill": fill,
            "stroke": {"field": "colour", "type": "nominal", "scale": None},
            "href": {"field": "link"}, "tooltip": _tooltip(),
        },
    }  # fmt: skip


def _tooltip() -> list[Json]:
    return [{"field": name, "title": name} for name in ("figure", "period", "status", "source", "told")]


def _ranges() -> Json:
    return {
        "transform": [{"filter": "isValid(datum.low)"}],
        "mark": {"type": "rule", "strokeWidth": 2, "color": INK},
        "encoding": {"y": {"field": "low", "type": "quantitative"}, "y2": {"field": "high"}},
    }


def _domain(rows: list[Json]) -> list[float]:
    """The lowest and highest value to show, always with zero, and room for the labels."""
    values = [row[name] for row in rows for name in ("shown", "low", "high") if name in row]
    low, high = min(0.0, *values), max(0.0, *values)
    room = (high - low or 1.0) * _ROOM
    return [low - room if low else 0.0, high + room if high or not low else 0.0]


def _labels(above: bool, lines: int, room: float) -> Json:
    """The numbers with their sources' letters, smaller where a bar has less room; below that only the letters."""
    size = 10 if room >= 25 else 8
    text = "label" if room >= _LEAST or lines == 1 else "letter"
    lines = lines if text == "label" else 1
    return {
        "transform": [{"filter": "datum.shown >= 0" if above else "datum.shown < 0"}],
        "mark": {
            "type": "text", "baseline": "bottom" if above else "top", "dy": 8 - 11 * lines if above else 3, "lineBreak": "\n",
            "fontSize": size, "lineHeight": 11, "color": INK,
        },
        "encoding": {"y": {"field": "shown", "type": "quantitative"}, "text": {"field": text}},
    }  # fmt: skip


def _scale(figures: Sequence[Figure], unit: str) -> tuple[Decimal, str]:
    largest = max(abs(f.value) for f in figures)
    if unit == "%":
        return Decimal(1), ""
    return next(((factor, word) for factor, word in _SCALES if largest >= factor), (Decimal(1), ""))
