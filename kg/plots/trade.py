"""Trade of two states by year: what each source gives, side by side, for each direction of the goods."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from kg.plots.drawing import Drawing
from kg.plots.figures import Figure, draw_figures
from kg.plots.links import fact_link
from kg.plots.readings import Reading, ask, read_facts
from kg.plots.words import count, question_of, title_of, why_empty

if TYPE_CHECKING:
    from kg.queries.engine import Store

QUERY = "trade-by-year"
_MEASURES = (("amount", ""), ("change", "change"), ("share", "share of all trade"))


def draw_trade(store: Store, params: Mapping[str, str], base_url: str) -> Drawing:
    """The figures of `trade-by-year`: a panel for the total and for each direction, for each currency, for changes."""
    result = ask(store, QUERY, params)
    readings = read_facts(store, result)
    totals_first = sorted(readings, key=lambda reading: reading.local("flow") != "total")
    figures = [figure for reading in totals_first for figure in _figures(reading, base_url)]
    question = question_of(store, QUERY, params)
    title = title_of(store, "Trade of {a} and {b} by year", QUERY, params)
    if not figures:
        why = why_empty(store, QUERY, params, readings, "gives an amount, a change or a share")
        return Drawing("trade", title, question, "vega-lite", {}, result, why_empty=why)
    bare = len(readings) - len({figure.fact for figure in figures})
    notes = ["Each bar is one figure of one source; nothing is added up or averaged."]
    notes += [f"Not drawn: {count(bare, 'fact')} without amount, change or share."] if bare else []
    return Drawing("trade", title, question, "vega-lite", draw_figures(figures, title, question, notes), result, tuple(notes))


def _figures(reading: Reading, base_url: str) -> Iterator[Figure]:
    for column, measure in _MEASURES:
        value = reading.number(column)
        if value is None:
            continue
        amount = column == "amount"
        yield Figure(
            panel=_panel(reading, measure), unit=_unit(reading) if amount else "%", value=value,
            low=reading.number("min") if amount else None, high=reading.number("max") if amount else None,
            qualifier=reading.local("qualifier") if amount else "", period=reading.period,
            status=reading.local("status"), source=reading.source, told=_told(reading), fact=reading.fact,
            link=fact_link(reading.fact, base_url),
        )  # fmt: skip


def _panel(reading: Reading, measure: str) -> str:
    """The goods' direction: what one side reports as exports the other reports as imports."""
    reporter, partner = reading.text("reporter"), reading.text("partner")
    flow = reading.local("flow")
    if flow == "total":
        sides = " and ".join(sorted((reporter, partner)))
        name = f"Trade of {sides}, both directions" if measure != "share of all trade" else f"Trade of {reporter} with {partner}"
    else:
        seller, buyer = (reporter, partner) if flow == "exports" else (partner, reporter)
        name = f"From {seller} to {buyer}"
    goods = reading.text("commodity")
    return ": ".join(part for part in (name, goods, measure) if part)


def _unit(reading: Reading) -> str:
    per = {"P1D": "a day", "P1M": "a month", "P1Y": "a year", "P7D": "a week"}.get(reading.text("per"), reading.text("per"))
    return " ".join(part for part in (reading.text("currency"), per) if part)


def _told(reading: Reading) -> str:
    flow = reading.local("flow")
    return "trade in both directions" if flow == "total" else f"{flow} of {reading.text('reporter')}"
