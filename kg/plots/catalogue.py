"""All plots by name, and the drawing of one."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import QueryError
from kg.plots.activity import draw_activity
from kg.plots.by_year import draw_indicators, draw_investment, draw_trade
from kg.plots.drawing import Drawing, Plot
from kg.plots.network import draw_network
from kg.plots.projects import draw_projects
from kg.plots.readings import saved_queries
from kg.plots.timeline import draw_timeline
from kg.queries import Parameter, find_query
from kg.queries.parameters import find_value
from kg.terms import ENT

if TYPE_CHECKING:
    from kg.queries.engine import Store

_KINDS = (
    ("trade", "Trade of two states by year, each source's figures side by side", ("trade-by-year",), draw_trade),
    ("investment", "Investment, loans and grants between two states by year", ("investment-by-year",), draw_investment),
    ("indicators", "Any other figures about a subject by year", ("indicators-by-year",), draw_indicators),
    ("timeline", "Agreements and meetings of two states in time", ("agreements-of-a-pair", "meetings-of-a-pair"), draw_timeline),
    ("projects", "Where the projects of two states stand, stage by stage", ("projects-of-a-pair",), draw_projects),
    ("network", "Which actors the facts connect, and how often", ("network-of-actors",), draw_network),
    ("activity", "How many facts of each type there are for each year", ("facts-by-year",), draw_activity),
)


def load_plots() -> tuple[Plot, ...]:
    """All plots in the order in which a list shows them; their parameters are those of their saved queries."""
    saved = saved_queries()

    def parameters(names: tuple[str, ...]) -> tuple[Parameter, ...]:
        found = {p.name: p for name in reversed(names) for p in find_query(name, saved).parameters}
        return tuple(found.values())

    return tuple(Plot(name, title, queries, parameters(queries), draw) for name, title, queries, draw in _KINDS)


def find_plot(name: str) -> Plot:
    """The plot of this name. Raises `QueryError` with the nearest names."""
    known = {plot.name: plot for plot in load_plots()}
    if name not in known:
        near = get_close_matches(name, known, 2, 0.5)
        raise QueryError(f"no plot is called {name!r}", remedy=f"did you mean {near[0]!r}?" if near else f"one of {', '.join(known)}")
    return known[name]


def make_drawing(store: Store, name: str, params: Mapping[str, str] | None = None, *, base_url: str = "") -> Drawing:
    """The plot of this name, drawn from the graph; the same graph and parameters give the same drawing.

    `params` are texts as a user writes them. With `base_url` the marks lead to the facts' pages below it, else to
    their IRIs. Raises `QueryError` for an unknown plot or parameter, and for a value that names nothing in the graph.
    """
    plot = find_plot(name)
    given = dict(params or {})
    for key in given:
        if key not in {p.name for p in plot.parameters}:
            takes = ", ".join(p.name for p in plot.parameters)
            raise QueryError(f"the plot {name} has no parameter {key!r}", remedy=f"it takes {takes}")
    return plot.draw(store, _resolve(store, plot, given), base_url)


def _resolve(store: Store, plot: Plot, given: Mapping[str, str]) -> dict[str, str]:
    """The parameters with IRIs for names, so that a name is looked up once and not by each query and title."""
    terms = {p.name: find_value(store, p, given[p.name]) for p in plot.parameters if p.name in given}
    return {name: f"<{t.value}>" if isinstance(t, ox.NamedNode) and t.value.startswith(ENT) else given[name] for name, t in terms.items()}
