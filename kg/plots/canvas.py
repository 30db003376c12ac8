"""Layers of a view whose marks stand at pixels: for plots that are laid out here and not by a scale."""

from __future__ import annotations

from collections.abc import Sequence

from kg.plots.theme import INK, STATUS_DASHES, Json

_SYMBOL = 80  # square pixels
_TOOLTIP = ("what", "kind", "claims", "when", "status", "source")


def view(width: float, height: float, layers: Sequence[Json]) -> Json:
    """One view of this size, in pixels; x and y of its marks count from the upper left corner."""
    return {"width": width, "height": max(1.0, height), "layer": list(layers)}


def texts(rows: Sequence[Json], *, align: str = "left", size: int = 11, baseline: str = "middle", bold: bool = False) -> Json:
    """Words: each row has x, y, text, and colour where it is not ink."""
    rows = [{"colour": INK, **row} for row in rows]
    mark = {"type": "text", "align": align, "baseline": baseline, "fontSize": size, "fontWeight": "bold" if bold else "normal"}
    return {
        "data": {"values": rows},
        "mark": mark,
        "encoding": {**_place(), "text": {"field": "text"}, "color": _own("colour"), **_linked(rows)},
    }


def halo(rows: Sequence[Json], *, align: str = "left", size: int = 11) -> Json:
    """White borders for the words of `texts`, so that they can be read above lines."""
    mark = {"type": "text", "align": align, "baseline": "middle", "fontSize": size, "stroke": "white", "strokeWidth": 3.5}
    return {"data": {"values": list(rows)}, "mark": mark, "encoding": {**_place(), "text": {"field": "text"}, "color": {"value": "white"}}}


def lines(rows: Sequence[Json]) -> Json:
    """Straight lines: x, y, x2, y2, colour, and thick where it is not one pixel."""
    rows = [{"thick": 1, **row} for row in rows]
    ends = {"x2": {"field": "x2"}, "y2": {"field": "y2"}}
    thick = {"field": "thick", "type": "quantitative", "scale": None, "legend": None}
    return {"data": {"values": rows}, "mark": "rule", "encoding": {**_place(), **ends, "color": _own("colour"), "strokeWidth": thick}}


def boxes(rows: Sequence[Json], *, opacity: float = 1.0) -> Json:
    """Filled rectangles: x, y, x2, y2, colour."""
    ends = {"x2": {"field": "x2"}, "y2": {"field": "y2"}}
    mark = {"type": "rect", "opacity": opacity}
    return {"data": {"values": list(rows)}, "mark": mark, "encoding": {**_place(), **ends, "color": _own("colour"), **_linked(rows)}}


def symbols(rows: Sequence[Json]) -> Json:
    """One symbol a row: x, y, shape, colour, status (hollow and dashed where it is not Asserted), its tooltip, its size."""
    rows = [{"size": _SYMBOL, **row, "fill": row["colour"] if row["status"] == "Asserted" else "white"} for row in rows]
    dashes = {"domain": list(STATUS_DASHES), "range": list(STATUS_DASHES.values())}
    return {
        "data": {"values": rows},
        "mark": {"type": "point", "filled": False, "strokeWidth": 1.6, "opacity": 1},
        "encoding": {
            **_place(), "shape": _own("shape"), "stroke": _own("colour"), "fill": _own("fill"),
            "size": {"field": "size", "type": "quantitative", "scale": None, "legend": None},
            "strokeDash": {"field": "status", "type": "nominal", "scale": dashes, "legend": None}, **_linked(rows),
        },
    }  # fmt: skip


def _place() -> Json:
    return {axis: {"field": axis, "type": "quantitative", "scale": None, "axis": None} for axis in ("x", "y")}


def _own(field: str) -> Json:
    """The value of the field as it is: a colour, a shape."""
    return {"field": field, "type": "nominal", "scale": None, "legend": None}


def _linked(rows: Sequence[Json]) -> Json:
    if not rows or "link" not in rows[0]:
        return {}
    return {"href": {"field": "link"}, "tooltip": [{"field": name, "title": name} for name in _TOOLTIP if name in rows[0]]}
