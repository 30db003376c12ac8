"""The three plots of figures by year: trade, investment, indicators. They differ in what a panel is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from kg.plots.drawing import Draw, Drawing
from kg.plots.figures import Figure, draw_figures
from kg.plots.links import fact_link
from kg.plots.readings import Reading, ask, read_facts
from kg.plots.words import count, question_of, title_of, why_empty

if TYPE_CHECKING:
    from kg.queries.engine import Store

_TIMES = {"P1D": "a day", "P7D": "a week", "P1M": "a month", "P3M": "a quarter", "P1Y": "a year"}


@dataclass(frozen=True, slots=True)
class _Kind:
    """One of the plots. ``measures`` are the columns with numbers and what they are called behind the panel's name."""

    name: str
    query: str
    title: str
    measures: tuple[tuple[str, str], ...]
    panel: Callable[[Reading], str]
    told: Callable[[Reading], str]
    unit: str = "currency"


def _draw(kind: _Kind, store: Store, params: Mapping[str, str], base_url: str) -> Drawing:
    result = ask(store, kind.query, params)
    readings = sorted(read_facts(store, result), key=lambda reading: reading.local("flow") not in ("", "total"))
    figures = [figure for reading in readings for figure in _figures(kind, reading, base_url)]
    question, title = question_of(store, kind.query, params), title_of(store, kind.title, kind.query, params)
    wanted = _either([name or kind.measures[0][0] for _, name in kind.measures])
    if not figures:
        why = why_empty(store, kind.query, params, readings, wanted)
        return Drawing(kind.name, title, question, "vega-lite", {}, result, why_empty=why)
    bare = len(readings) - len({figure.fact for figure in figures})
    notes = ["Each bar is one figure of one source; nothing is added up or averaged."]
    notes += [f"Not drawn: {count(bare, 'fact')} without {wanted}."] if bare else []
    return Drawing(kind.name, title, question, "vega-lite", draw_figures(figures, title, question, notes), result, tuple(notes))


def _figures(kind: _Kind, reading: Reading, base_url: str) -> Iterable[Figure]:
    for column, measure in kind.measures:
        value = reading.number(column)
        if value is None:
            continue
        main = not measure  # bounds, "about" and the unit belong to the main number, not to its change
        yield Figure(
            panel=": ".join(part for part in (kind.panel(reading), measure) if part),
            unit=_unit(reading, kind.unit) if main else "%", value=value,
            low=reading.number("min") if main else None, high=reading.number("max") if main else None,
            qualifier=reading.local("qualifier") if main else "", period=reading.period, status=reading.local("status"),
            source=reading.source, told=kind.told(reading), fact=reading.fact, link=fact_link(reading.fact, base_url),
        )  # fmt: skip


def _unit(reading: Reading, column: str) -> str:
    """Currency or unit, with the time that the figure is for: "USD", "tonnes a year", "%"."""
    per = reading.text("per")
    unit = {"percent": "%"}.get(reading.text(column), reading.text(column))
    return " ".join(part for part in (unit, _TIMES.get(per, per)) if part)


def _either(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"


def _goods(reading: Reading) -> str:
    """The goods' direction: what one side reports as exports the other reports as imports."""
    reporter, partner, flow = reading.text("reporter"), reading.text("partner"), reading.local("flow")
    if flow == "total":
        name = f"Trade of {' and '.join(sorted((reporter, partner)))}, both directions"
    else:
        seller, buyer = (reporter, partner) if flow == "exports" else (partner, reporter)
        name = f"From {seller} to {buyer}"
    commodity = reading.text("commodity")
    return f"{name}: {commodity}" if commodity else name


def _reported(reading: Reading) -> str:
    flow = reading.local("flow")
    return f"trade of {reading.text('reporter')}" if flow == "total" else f"{flow} of {reading.text('reporter')}"


def _money(reading: Reading) -> str:
    kind = reading.text("kind")
    name = f"{_capital(kind)} from {reading.text('investor')} {'in' if kind == 'investment' else 'to'} {reading.text('recipient')}"
    return ": ".join(part for part in (name, reading.text("sector")) if part)


def _counted(reading: Reading) -> str:
    counterpart = reading.text("counterpart")
    return _capital(reading.text("indicator")) + (f", with {counterpart}" if counterpart else "")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


draw_trade: Draw = partial(_draw, _Kind(
    "trade", "trade-by-year", "Trade of {a} and {b} by year",
    (("amount", ""), ("change", "change"), ("share", "share of all trade")), _goods, _reported,
))  # fmt: skip
draw_investment: Draw = partial(_draw, _Kind(
    "investment", "investment-by-year", "Investment between {a} and {b} by year",
    (("amount", ""), ("change", "change")), _money, lambda reading: reading.text("kind"),
))  # fmt: skip
draw_indicators: Draw = partial(_draw, _Kind(
    "indicators", "indicators-by-year", "Figures about {subject} by year",
    (("value", ""), ("change", "change")), _counted, lambda reading: reading.text("indicator"), "unit",
))  # fmt: skip
