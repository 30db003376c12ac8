"""How every plot looks: colours that colour-blind readers tell apart, sizes, and the words of each status."""

from __future__ import annotations

import textwrap
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]

VEGA_LITE = "https://vega.github.io/schema/vega-lite/v6.json"
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
INK, MUTED, GRID = "#1a1a1a", "#595959", "#e3e3e3"

COLOURS = ("#0072b2", "#d55e00", "#009e73", "#b3478b", "#8a6d00", "#3a86b8", "#6b4fa0", "#5f5f5f")
"""Okabe and Ito's palette, its light colours darkened to 3:1 against white. Letters go with them: nothing rests on colour alone."""

STATUS_DASHES = {"Asserted": [1, 0], "Planned": [5, 3], "Hypothetical": [1.5, 2.5], "Denied": [8, 2, 1.5, 2]}
STATUS_WORDS = {
    "Asserted": "given as true", "Planned": "planned or forecast", "Hypothetical": "possible, wished or proposed",
    "Denied": "denied",
}  # fmt: skip

_LINE = 15  # pixels between two lines of the key


def config() -> Json:
    """The configuration of every Vega-Lite specification."""
    text = {"labelColor": INK, "titleColor": INK, "labelFontSize": 11, "titleFontSize": 11, "titleFontWeight": "normal"}
    return {
        "font": FONT,
        "axis": {**text, "gridColor": GRID, "domainColor": MUTED, "tickColor": MUTED, "labelLimit": 0},
        "title": {"anchor": "start", "color": INK, "fontSize": 12, "fontWeight": "bold"},
        "view": {"stroke": None},
        "concat": {"spacing": 14},
    }


def page(title: str, question: str, views: list[Json], width: int) -> Json:
    """The whole specification: title, question, then the views from top to bottom."""
    return {
        "$schema": VEGA_LITE,
        "background": "white",
        "padding": 14,
        "title": heading(title, question, width),
        "config": config(),
        "vconcat": views,
    }


def heading(title: str, question: str, width: int) -> Json:
    """Title with the question below it, wrapped."""
    return {
        "text": wrap(title, width, 16), "subtitle": wrap(question, width, 12), "anchor": "start", "fontSize": 16,
        "subtitleFontSize": 12, "subtitleColor": MUTED, "subtitlePadding": 4, "offset": 12,
    }  # fmt: skip


def wrap(text: str, width: int, size: int = 11) -> list[str]:
    """The text in lines of so many pixels at most, letters taken as half as wide as high."""
    return textwrap.wrap(" ".join(text.split()), max(20, int(width / (size * 0.54)))) or [""]


def key(sources: list[tuple[str, str, str]], statuses: list[str], notes: list[str], width: int) -> Json:
    """The view below the plot: each source (letter, colour or "", words), each status by its outline, then the notes."""
    swatches: list[Json] = []
    texts: list[Json] = []
    y = 8.0

    def lines(words: str, indent: int, colour: str = INK) -> None:
        nonlocal y
        for line in wrap(words, width - indent, 11):
            texts.append({"x": indent, "y": y, "text": line, "colour": colour})
            y += _LINE

    if sources:
        lines("Sources" if len(sources) > 1 else "Source", 0, MUTED)
    for letter, colour, words in sources:
        if colour:
            swatches.append({"x": 0, "x2": 14, "y": y - 5, "y2": y + 5, "colour": colour, "fill": colour, "dash": [1, 0]})
        lines(f"{letter}  {words}" if letter else words, 20 if colour else 0)
    for status in statuses:
        fill = MUTED if status == "Asserted" else "white"
        swatches.append(
            {"x": 0, "x2": 14, "y": y - 5, "y2": y + 5, "colour": MUTED, "fill": fill, "dash": STATUS_DASHES[status]}
        )
        lines(STATUS_WORDS[status], 20)
    for note in notes:
        lines(note, 0, MUTED)
    return {"width": width, "height": max(1.0, y), "layer": [*_swatches(swatches), _texts(texts)]}


def _swatches(swatches: list[Json]) -> list[Json]:
    """One layer for each dash: a dash pattern cannot be read from the data without a scale."""
    return [
        {
            "data": {"values": [each]},
            "mark": {"type": "rect", "strokeWidth": 1.5, "strokeDash": each["dash"]},
            "encoding": {
                **{name: _pixels(name) for name in ("x", "x2", "y", "y2")},
                "stroke": {"value": each["colour"]},
                "fill": {"value": each["fill"]},
            },
        }
        for each in swatches
    ]  # fmt: skip


def _texts(texts: list[Json]) -> Json:
    return {
        "data": {"values": texts},
        "mark": {"type": "text", "align": "left", "baseline": "middle", "fontSize": 11},
        "encoding": {
            "x": _pixels("x"), "y": _pixels("y"), "text": {"field": "text"},
            "color": {"field": "colour", "type": "nominal", "scale": None},
        },
    }  # fmt: skip


def _pixels(field: str) -> Json:
    return {"field": field} if field in ("x2", "y2") else {"field": field, "type": "quantitative", "scale": None, "axis": None}
