"""A query's answer as bytes, written inside the worker by the engine's own writers and held to the limits."""

from __future__ import annotations

import contextlib
import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.queries import Result, render, with_origin
from kg.queries.engine import MODEL_PREFIXES, has_graph
from kg.queries.header import find_query, syntax_error
from kg.queries.parameters import bind, substitute
from kg.queries.run import check_text
from kg.queries.tokens import SparqlToken
from kg.serve.formats import GRAPH_WRITERS, ROW_WRITERS, Format
from kg.serve.jobs import saved_queries
from kg.serve.limits import AnswerLimitError, FormatError
from kg.serve.worker import Graph

_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")


@dataclass(frozen=True, slots=True)
class Question:
    """SPARQL text with the dataset that it is asked of, and the formats that the client takes (None: none of that kind).

    ``default`` and ``named`` are IRIs of graphs; both empty means the query's own FROM, or else all graphs together.
    """

    text: str
    rows_as: Format | None
    graph_as: Format | None
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """How long an answer may be, in rows (or triples) and in bytes."""

    rows: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Answer:
    """The bytes of an answer."""

    format: Format
    body: bytes


def answer_question(graph: Graph, question: Question, limits: Limits) -> Answer:
    """The whole answer. Raises `QueryError`, `FormatError`, `AnswerLimitError`."""
    tokens = check_text(graph.store, question.text)
    for iri in (*question.default, *question.named):
        if not has_graph(graph.store, iri):
            raise QueryError(f"no graph of this store is called <{iri}>", remedy="GET /sparql without a query lists the graphs")
    form = next((token.word for token in tokens if token.word in _FORMS), "")
    format = question.rows_as if form in {"SELECT", "ASK", ""} else question.graph_as
    if format is None:
        raise FormatError(form)
    with _faults(question.text):
        return Answer(format, _write(_ask(graph.store, question, tokens), format, limits))


def saved_text(graph: Graph, name: str, params: dict[str, str]) -> bytes:
    """The text of a saved query with these parameters in their places. Raises `QueryError` where one names nothing."""
    return _text_of(graph, name, tuple(sorted(params.items()))).encode()


@lru_cache(maxsize=4096)
def _text_of(graph: Graph, name: str, params: tuple[tuple[str, str], ...]) -> str:
    """The text; finding what a name stands for takes longer than most queries, so it is done once for each worker."""
    query = find_query(name, saved_queries())
    return substitute(query.text, bind(graph.store, query, dict(params)), query.name)


def answer_saved(graph: Graph, name: str, params: dict[str, str], format: Format, limits: Limits) -> bytes:
    """The answer of a saved query in a format that fits its kind. Raises as `saved_text` does, and `AnswerLimitError`."""
    text = _text_of(graph, name, tuple(sorted(params.items())))
    with _faults(text):
        found = graph.store.query(text, use_default_graph_as_union=True)
        if isinstance(found, ox.QuerySolutions) and "fact" in (columns := tuple(v.value for v in found.variables)):
            return _write_facts(graph.store, columns, found, format, limits)
        return _write(found, format, limits)


def _write_facts(store: ox.Store, columns: tuple[str, ...], found: ox.QuerySolutions, format: Format, limits: Limits) -> bytes:
    """Rows about facts, each told to be extracted or contributed, as `kg query` writes them."""
    rows = tuple(tuple(row) for row in islice(found, limits.rows + 1))
    if len(rows) > limits.rows:
        raise too_many(limits.rows)
    sink = _Sink(limits.bytes)
    sink.write(render(with_origin(store, Result("select", columns, rows)), format.name).encode())
    return sink.getvalue()


@contextlib.contextmanager
def _faults(text: str) -> Iterator[None]:
    """The engine's exceptions as `KgError`s."""
    try:
        yield
    except SyntaxError as error:
        raise syntax_error(error, text, "the query") from error
    except (RuntimeError, ValueError, OSError) as error:
        if isinstance(error, OSError) or str(error).startswith("Corruption"):
            raise StoreError(f"the graph is broken ({error})", remedy="build it anew: kg build") from error
        raise QueryError(f"the query failed: {error}", remedy="simplify it") from error


def _ask(store: ox.Store, question: Question, tokens: tuple[SparqlToken, ...]) -> object:
    if question.default or question.named:
        return store.query(
            question.text, prefixes=MODEL_PREFIXES, default_graph=[ox.NamedNode(iri) for iri in question.default],
            named_graphs=[ox.NamedNode(iri) for iri in question.named],
        )
    own = any(token.word == "FROM" for token in tokens)
    return store.query(question.text, prefixes=MODEL_PREFIXES, use_default_graph_as_union=not own)


def _write(found: object, format: Format, limits: Limits) -> bytes:
    if isinstance(found, ox.QueryTriples):
        return _write_graph(found, format, limits)
    sink = _Sink(limits.bytes)
    if isinstance(found, (ox.QuerySolutions, ox.QueryBoolean)):
        found.serialize(sink, format=ROW_WRITERS[format.name])
    body = sink.getvalue()
    if isinstance(found, ox.QuerySolutions) and len(body) > limits.rows and _count_rows(body, format) > limits.rows:
        raise too_many(limits.rows)
    return body


def _write_graph(triples: ox.QueryTriples, format: Format, limits: Limits) -> bytes:
    """The triples without doubles, each subject's together: the same graph gives the same bytes."""
    kept: set[ox.Triple] = set()
    for triple in triples:
        kept.add(triple)
        if len(kept) > limits.rows:
            raise too_many(limits.rows, "triples")
    sink = _Sink(limits.bytes)
    write_triples(kept, format, sink)
    return sink.getvalue()


def write_triples(triples: set[ox.Triple], format: Format, output: io.BytesIO) -> None:
    """Write the triples, sorted, with the prefixes that they use."""
    used = {t.value for triple in triples for t in triple if isinstance(t, ox.NamedNode)}
    used |= {t.object.datatype.value for t in triples if isinstance(t.object, ox.Literal)}
    prefixes = {name: iri for name, iri in sorted(MODEL_PREFIXES.items()) if any(u.startswith(iri) for u in used)}
    ox.serialize(sorted(triples, key=str), output, format=GRAPH_WRITERS[format.name], prefixes=prefixes)


def too_many(most: int, what: str = "rows") -> AnswerLimitError:
    """The refusal of an answer that has more than so many rows."""
    return AnswerLimitError(f"the answer has more than {most:,} {what}", remedy="add LIMIT and OFFSET to the query, or count")


def _count_rows(body: bytes, format: Format) -> int:
    if format.name == "json":
        return len(json.loads(body)["results"]["bindings"])
    if format.name == "xml":
        return body.count(b"<result>")
    if format.name == "tsv":
        return body.count(b"\n") - 1
    return sum(1 for _ in csv.reader(io.StringIO(body.decode(), newline=""))) - 1


class _Sink(io.BytesIO):
    """Takes so many bytes and no more."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._left = most

    def write(self, data: bytes, /) -> int:  # type: ignore[override]
        self._left -= len(data)
        if self._left < 0:
            raise AnswerLimitError("the answer is too long", remedy="add LIMIT and OFFSET to the query, or count")
        return super().write(data)
