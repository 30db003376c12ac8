"""The derived layer's plain triples, made by the queries of kind derive; and the checks, the queries of kind check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.queries.header import SavedQuery, load_queries, read_query
from kg.queries.run import run_bound, stream_bound
from kg.resources import folder
from kg.terms import BKG, DERIVED_GRAPH, XSD

if TYPE_CHECKING:
    from kg.queries.engine import Result, Store, Term

STATEMENT = "https://w3id.org/bilateral-kg/statement/"
PLAIN_STATEMENT = BKG + "PlainStatement"


def derive(store: Store, *, on: date | None = None, queries: Iterable[SavedQuery] | None = None) -> Iterator[ox.Quad]:
    """The quads of the derived graph: plain triples, each with a `bkg:PlainStatement` that names its fact.

    They come one query after the other, as the store finds them: in any order, a quad that several facts make several times.
    No more than one query's answer is held, and of a store of pyoxigraph's own none.

    `on` is the day from which the graph is looked at: facts whose period ended before it make no triple. Without it no
    fact with an end makes one, so that what is derived never depends on the day of the build.
    """
    graph = ox.NamedNode(DERIVED_GRAPH)
    terms = _seen_from(on)
    made_by = _package_queries() if queries is None else _of_kind("derive", queries)
    for query in made_by:
        for s, p, o in stream_bound(store, query, terms):
            if isinstance(s, ox.NamedNode) and isinstance(p, ox.NamedNode) and o is not None:
                yield ox.Quad(s, p, o, graph)


def run_checks(
    store: Store, queries: Path | None = None, *, on: date | None = None,
) -> tuple[tuple[SavedQuery, Result], ...]:
    """Every check with its result, by name; a check without rows has found no fault. `on` as given to `derive`."""
    terms = _seen_from(on)
    return tuple((query, run_bound(store, query, terms)) for query in _of_kind("check", load_queries(queries)))


@lru_cache(maxsize=1)
def _package_queries() -> tuple[SavedQuery, ...]:
    """The package's queries of kind derive, read once: a small change of the graph needs nothing else of the folder."""
    return tuple(read_query(path) for path in sorted(folder("queries").glob("derive-*.rq")))


def _seen_from(on: date | None) -> dict[str, Term | None]:
    return {} if on is None else {"on": ox.Literal(on.isoformat(), datatype=ox.NamedNode(XSD + "date"))}


def _of_kind(kind: str, queries: Iterable[SavedQuery] | None) -> list[SavedQuery]:
    return [query for query in (load_queries() if queries is None else queries) if query.kind == kind]
