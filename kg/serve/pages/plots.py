"""Plots on pages: the specification of `kg.plots` for the script that draws it, and the table of the same facts beneath."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kg.errors import QueryError
from kg.plots import Plot, find_plot, load_plots, make_drawing
from kg.queries import SavedQuery, find_query
from kg.serve.jobs import saved_queries
from kg.serve.pages.frame import read, show
from kg.serve.pages.pair import Pair
from kg.serve.pages.questions import Field, make_fields, usual_values
from kg.serve.pages.records import Table
from kg.serve.pages.resolve import resolve
from kg.serve.pages.tables import make_table
from kg.serve.pages.words import reason_words
from kg.serve.problems import HttpError
from kg.serve.worker import Graph

_ROWS = 500
_OF_PAIR = ("trade", "investment", "timeline")


@dataclass(frozen=True, slots=True)
class Picture:
    """One plot on a page. ``why_empty`` stands where nothing can be drawn; ``given`` are its parameters as given."""

    name: str
    title: str
    question: str
    notes: tuple[str, ...]
    why_empty: str
    table: Table
    given: tuple[tuple[str, str], ...]
    fields: tuple[Field, ...] = ()

    @property
    def parameters(self) -> str:
        """The parameters as the end of an address."""
        return urlencode(self.given)


def read_picture(graph: Graph, name: str, params: Mapping[str, str], *, form: bool) -> Picture:
    """The plot with its table; with `form` also the fields of its parameters, the needed ones filled in.

    Raises `QueryError` for an unknown plot, parameter or value.
    """
    plot = find_plot(name)
    query = _as_query(plot)
    given = {**usual_values(graph, query), **{key: value for key, value in params.items() if value.strip()}}
    drawing = make_drawing(graph.store, name, _resolved(graph, plot, given))
    table = make_table(graph.store, drawing.table, _ROWS, sparse=True)
    fields = make_fields(graph, query, given) if form else ()
    return Picture(name, drawing.title, drawing.question, drawing.notes, reason_words(drawing.why_empty), table, tuple(given.items()), fields)


def read_specification(graph: Graph, name: str, params: Mapping[str, str], base_url: str) -> tuple[str, dict[str, Any]]:
    """Grammar and specification of a plot, its marks leading to pages below `base_url`."""
    plot = find_plot(name)
    given = {**usual_values(graph, _as_query(plot)), **{key: value for key, value in params.items() if value.strip()}}
    drawing = make_drawing(graph.store, name, _resolved(graph, plot, given), base_url=base_url)
    return drawing.grammar, dict(drawing.specification)


def _resolved(graph: Graph, plot: Plot, given: Mapping[str, str]) -> dict[str, str]:
    kinds = {parameter.name: parameter for parameter in plot.parameters}
    return {name: resolve(graph, kinds[name], value) if name in kinds else value for name, value in given.items()}


def _as_query(plot: Plot) -> SavedQuery:
    """The first query of a plot with all of the plot's parameters, as forms want it."""
    query = find_query(plot.queries[0], saved_queries())
    return SavedQuery(query.name, plot.title, query.question, query.kind, query.tags, plot.parameters, query.sample, (), query.text, query.file)


async def plots_page(request: Request) -> Response:
    """All plots."""
    return show(request, "plots.html", plots=load_plots())


async def plot_page(request: Request) -> Response:
    """One plot: form, picture, table."""
    name = _known(request.path_params["name"])
    picture = await read(request, read_formed, name, dict(request.query_params))
    return show(request, "plot.html", picture=picture)


async def plot_specification(request: Request) -> Response:
    """The specification of one plot as JSON, for the script of the page and for other tools."""
    settings = request.app.state.settings
    grammar, specification = await read(
        request, read_specification, _known(request.path_params["name"]), dict(request.query_params), settings.path("/")
    )
    return JSONResponse({"grammar": grammar, "specification": specification})


def _known(name: str) -> str:
    """The name of a plot. Raises `HttpError` 404 where none is called so."""
    try:
        return find_plot(name).name
    except QueryError as error:
        raise HttpError(404, error.what, error.remedy) from None


def read_formed(graph: Graph, name: str, params: Mapping[str, str]) -> Picture:
    """The plot with its table and form."""
    return read_picture(graph, name, params, form=True)


def read_pictures(graph: Graph, names: tuple[str, ...], params: Mapping[str, str]) -> tuple[Picture, ...]:
    """Those of these plots that have something to draw."""
    pictures = (read_picture(graph, name, params, form=False) for name in names)
    return tuple(picture for picture in pictures if not picture.why_empty)


async def plots_of_pair(request: Request, pair: Pair) -> dict[str, Picture]:
    """The plots of two states that have something to draw, by name."""
    names = tuple(plot.name for plot in load_plots() if plot.name in _OF_PAIR)
    given = {"a": pair.a.iri, "b": pair.b.iri}
    pictures = await read(request, read_pictures, names, given)
    return {picture.name: picture for picture in pictures}
