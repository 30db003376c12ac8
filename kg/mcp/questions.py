"""Saved queries and SPARQL as the tools offer them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import QueryError
from kg.graph.manifest import STORE
from kg.mcp.graph import OpenGraph
from kg.mcp.records import ParameterInfo, QueryInfo, Rows
from kg.queries import (
    Parameter,
    Result,
    SavedQuery,
    explain_empty,
    explain_no_rows,
    find_query,
    load_queries,
    run_limited,
    run_query,
    with_origin,
)
from kg.queries.engine import compact
from kg.queries.names import find_labels, find_names
from kg.terms import FACT_TYPES, STATUSES, XSD

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.queries.engine import Term

SECONDS = 20.0
"""How long a query of the assistant's own may take."""

MOST_ROWS = 500
LARGEST = 20_000
"""Rows of the largest answer that is looked at; of what is shown `limit` says how much."""

_NUMBERS = {XSD + name: kind for name, kind in (("integer", int), ("decimal", float), ("double", float), ("float", float))}


@lru_cache(maxsize=1)
def _saved() -> tuple[SavedQuery, ...]:
    return load_queries()


def list_queries(graph: OpenGraph, words: str) -> list[QueryInfo]:
    """The saved questions whose name, question or tags hold all the words, with their parameters."""
    wanted = words.lower().split()
    found = []
    for query in _saved():
        text = " ".join((query.name, query.title, query.question, *query.tags)).lower()
        if query.kind == "question" and all(word in text for word in wanted):
            parameters = [_parameter(graph.store, each) for each in query.parameters]
            found.append(QueryInfo(query.name, query.question, list(query.tags), parameters, query.note))
    return found


def ask_saved(graph: OpenGraph, name: str, parameters: Mapping[str, str], limit: int) -> Rows:
    """The rows of a saved query; where there are none, why. Raises `QueryError`."""
    store = graph.store
    try:
        query = find_query(name, _saved())
    except QueryError as error:
        raise QueryError(error.what, remedy=error.remedy.replace("kg queries", "list_queries")) from None
    result = run_query(store, query, parameters)
    note = "" if result.rows else explain_empty(store, query, parameters)
    return _rows(store, with_origin(store, result), limit, note)


def ask_sparql(graph: OpenGraph, text: str, limit: int) -> Rows:
    """The rows of a query in a process of its own that is ended when its time is up. Raises `QueryError`."""
    store = graph.store
    result = run_limited(graph.directory / STORE, text, seconds=SECONDS, most=LARGEST)
    if result.form == "ask":
        return Rows(["answer"], [["yes" if result.answer else "no"]], {}, 1)
    return _rows(store, result, limit, "" if result.rows else explain_no_rows(store, text))


def _parameter(store: Store, parameter: Parameter) -> ParameterInfo:
    allowed: list[str] = []
    if parameter.type == "status":
        allowed = list(STATUSES)
    elif parameter.type == "type":
        allowed = list(FACT_TYPES)
    elif parameter.type == "concept" and parameter.scheme:
        allowed = sorted({name.text for name in find_names(store, "concept", parameter.scheme) if name.rank == 0})
    return ParameterInfo(parameter.name, parameter.type, parameter.default, parameter.note, allowed)


def _rows(store: Store, result: Result, limit: int, note: str) -> Rows:
    shown = result.rows[: max(1, min(limit, MOST_ROWS))]
    nodes = {term for row in shown for term in row if isinstance(term, ox.NamedNode)}
    labels = {compact(node): label for node, label in find_labels(store, nodes).items()}
    cut = len(shown) < len(result.rows)
    if cut:
        note = f"{len(shown)} of {len(result.rows)} rows: ask for more with limit (at most {MOST_ROWS}), or narrow the question"
    rows = [[_cell(term) for term in row] for row in shown]
    return Rows(list(result.columns), rows, dict(sorted(labels.items())), len(result.rows), cut, note)


def _cell(term: Term | None) -> str | int | float | None:
    if term is None:
        return None
    if isinstance(term, ox.Literal):
        kind = _NUMBERS.get(term.datatype.value)
        return kind(term.value) if kind else term.value
    return compact(term)
