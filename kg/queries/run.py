"""Running a query: a saved one with its parameters, or one that the user wrote, which is held to reading this graph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from kg.errors import QueryError
from kg.queries.engine import MODEL_PREFIXES, Result, Row, ask, check_escapes, has_graph, stream
from kg.queries.header import SavedQuery
from kg.queries.parameters import bind, free_parameters, substitute
from kg.queries.tokens import SparqlToken, refuse_forbidden

if TYPE_CHECKING:
    from kg.queries.engine import Store, Term


def run_query(
    store: Store, query: SavedQuery | str, params: Mapping[str, str] | None = None, file: str = "the query"
) -> Result:
    """The result of a saved query, or of SPARQL text, over all graphs of the store.

    `params` are texts as a user writes them ("Kazakhstan", "KZ", "2018"); each is bound as one term. There is no time
    limit here: for a query that a stranger wrote use `run_limited`. Messages about a text name `file`.

    Raises `QueryError`: SERVICE, updates, foreign FROM, syntax (with line and column), a parameter that names nothing.
    """
    if isinstance(query, str):
        return _run_text(store, query, params or {}, file)
    return run_bound(store, query, dict(bind(store, query, params or {})))


def run_bound(store: Store, query: SavedQuery, terms: Mapping[str, Term | None]) -> Result:
    """The result of a saved query whose parameters are terms already; None leaves a parameter open."""
    return ask(store, substitute(query.text, terms, query.file), query.file)


def stream_bound(store: Store, query: SavedQuery, terms: Mapping[str, Term | None]) -> Iterator[Row]:
    """The rows of `run_bound` as the store finds them: unsorted, and those of a CONSTRUCT perhaps more than once."""
    return stream(store, substitute(query.text, terms, query.file), query.file)


def check_text(store: Store, text: str, file: str = "the query") -> tuple[SparqlToken, ...]:
    """The tokens of SPARQL text that a stranger wrote and that may be run on this store.

    Raises `QueryError` for SERVICE, updates, FROM of an IRI that names no graph of the store, and an empty query.
    """
    check_escapes(store, text, file)
    tokens = refuse_forbidden(text, MODEL_PREFIXES, file, lambda iri: has_graph(store, iri))
    if not tokens:
        raise QueryError("the query is empty", file=file, remedy="write SELECT …, or the name of a saved query")
    return tokens


def _run_text(store: Store, text: str, params: Mapping[str, str], file: str) -> Result:
    check_text(store, text, file)
    places = free_parameters(text, file)
    query = SavedQuery("the query", "", "", "question", (), places, "", (), text, file)
    return ask(store, substitute(text, dict(bind(store, query, params)), file), file)
