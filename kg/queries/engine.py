"""The one place that speaks to an RDF engine: pyoxigraph's own store, a store elsewhere, or an rdflib Dataset. Terms are pyoxigraph's.

A query sees the union of all named graphs. Oxigraph's union names a triple twice that stands in two graphs, hence the
DISTINCT in every saved query.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import pyoxigraph as ox

from kg.endpoint import Answer, Endpoint, EndpointError
from kg.errors import QueryError, StoreError
from kg.queries.header import syntax_error
from kg.queries.tokens import find_tokens, has_unicode_escapes
from kg.terms import PREFIXES

if TYPE_CHECKING:
    import rdflib

    Store: TypeAlias = ox.Store | Endpoint | rdflib.Graph

Term: TypeAlias = ox.NamedNode | ox.Literal | ox.BlankNode
Row: TypeAlias = tuple[Term | None, ...]

_MAY_BE_FROM = re.compile(r"(?<![?$\w])FROM\b", re.IGNORECASE)  # spares most queries the tokenizer
_BACKSLASH_U = re.compile(r"\\\\([uU])")

MODEL_PREFIXES: dict[str, str] = {**PREFIXES, "wd": "http://www.wikidata.org/entity/"}
_DECLARED = " ".join(f"PREFIX {prefix}: <{start}>" for prefix, start in MODEL_PREFIXES.items())


@dataclass(frozen=True, slots=True)
class Result:
    """What a query gave.

    ``form`` is "select", "construct" (also of DESCRIBE: columns subject, predicate, object) or "ask" (no rows,
    ``answer`` says yes or no). Rows of a select stand in the query's order, None where unbound; triples are sorted.
    """

    form: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    answer: bool | None = None


def ask(store: Store, text: str, file: str = "the query") -> Result:
    """The result of one query over the union of all graphs.

    Prefixes of the model need no declaration. Raises `QueryError` with line and column where the query is no SPARQL.
    """
    if isinstance(store, ox.Store):
        return _ask_oxigraph(store, text, file)
    if isinstance(store, Endpoint):
        return _ask_endpoint(store, text, file)
    return _ask_rdflib(store, text, file)


def stream(store: Store, text: str, file: str = "the query") -> Iterator[Row]:
    """The rows of `ask`, in no order and perhaps more than once; a pyoxigraph store hands over each as it finds it."""
    if not isinstance(store, ox.Store):
        yield from ask(store, text, file).rows
        return
    with _told(text, file):
        answer = _query_oxigraph(store, text, file)
        if isinstance(answer, ox.QueryTriples):
            for triple in answer:
                yield _plain(triple.subject), triple.predicate, _plain(triple.object)
        else:
            yield from _result(answer).rows


def _ask_oxigraph(store: ox.Store, text: str, file: str) -> Result:
    with _told(text, file):
        return _result(_query_oxigraph(store, text, file))


def _query_oxigraph(store: ox.Store, text: str, file: str) -> Answer | ox.QueryTriples:
    own_dataset = _MAY_BE_FROM.search(text) is not None and any(token.word == "FROM" for token in find_tokens(text, file))
    return store.query(text, prefixes=MODEL_PREFIXES, use_default_graph_as_union=not own_dataset)


@contextmanager
def _told(text: str, file: str) -> Iterator[None]:
    """What pyoxigraph raises, as errors of this package."""
    try:
        yield
    except SyntaxError as error:
        raise syntax_error(error, text, file) from error
    except (RuntimeError, ValueError, OSError) as error:
        if isinstance(error, OSError) or str(error).startswith("Corruption"):
            raise StoreError(f"the graph is broken ({error})", remedy="build it anew: kg build") from error
        raise QueryError(f"the query failed: {error}", file=file, remedy="simplify it") from error


def _ask_endpoint(store: Endpoint, text: str, file: str) -> Result:
    try:
        ox.Store().query(text, prefixes=MODEL_PREFIXES)  # what is no SPARQL is told with its line, and not sent
    except SyntaxError as error:
        raise syntax_error(error, text, file) from error
    own_dataset = any(token.word == "FROM" for token in find_tokens(text, file))
    try:
        return _result(store.ask(f"{_DECLARED} {text}", own_dataset=own_dataset))
    except EndpointError as error:
        if error.status == 400:
            raise QueryError(f"the query failed: {error.what}", file=file, remedy="this store may not know all of SPARQL 1.1") from error
        raise


def _result(answer: Answer | ox.QueryTriples) -> Result:
    if isinstance(answer, ox.QuerySolutions):
        columns = tuple(variable.value for variable in answer.variables)
        rows = tuple([tuple([term if type(term) in _PLAIN else _plain(term) for term in row]) for row in answer])
        return Result("select", columns, rows)
    if isinstance(answer, ox.QueryBoolean):
        return Result("ask", (), (), bool(answer))
    return _triples((_plain(t.subject), t.predicate, _plain(t.object)) for t in answer)


_PLAIN = frozenset({ox.NamedNode, ox.Literal, ox.BlankNode, type(None)})


def _plain(term: object) -> Term | None:
    if term is None or isinstance(term, (ox.NamedNode, ox.Literal, ox.BlankNode)):
        return term
    raise QueryError("the query made a triple term", remedy="leave << >> out: statements here have IRIs of their own")


def _triples(triples: Iterable[Row]) -> Result:
    return Result("construct", ("subject", "predicate", "object"), tuple(sorted(set(triples), key=sort_key)))


def sort_key(row: Row) -> tuple[str, ...]:
    """The key that sorts rows or triples alike on every machine; ``rdf:type`` is the first predicate of its subject."""
    return tuple("" if term is None else "<" if term.value.endswith("#type") else str(term) for term in row)


def _ask_rdflib(store: rdflib.Graph, text: str, file: str) -> Result:
    import rdflib
    import rdflib.plugins.sparql as sparql

    sparql.SPARQL_LOAD_GRAPHS = False
    try:
        answer: Any = store.query(text, initNs=MODEL_PREFIXES)
        if answer.type == "ASK":
            return Result("ask", (), (), bool(answer.askAnswer))
        if answer.type == "SELECT":
            columns = tuple(str(variable) for variable in answer.vars)
            return Result("select", columns, tuple(tuple(_from_rdflib(t, rdflib) for t in row) for row in answer))
        return _triples(tuple(_from_rdflib(t, rdflib) for t in triple) for triple in answer.graph)
    except QueryError:
        raise
    except Exception as error:
        # rdflib raises pyparsing errors, bare Exception and more for the same thing: a query that it cannot run.
        raise QueryError(f"the query failed: {error}", file=file, remedy="look at the place named") from error


def _from_rdflib(term: Any, rdflib: Any) -> Term | None:
    if term is None:
        return None
    if isinstance(term, rdflib.URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, rdflib.BNode):
        return ox.BlankNode(str(term))
    if term.language:
        return ox.Literal(str(term), language=term.language)
    return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype))) if term.datatype else ox.Literal(str(term))


def has_graph(store: Store, iri: str) -> bool:
    """Whether a named graph of the store has this IRI."""
    if not isinstance(store, ox.Store | Endpoint):
        return any(str(graph.identifier) == iri for graph in getattr(store, "graphs", list)())
    try:
        graph = ox.NamedNode(iri)
    except ValueError:  # no IRI at all, or a relative one
        return False
    if isinstance(store, ox.Store):
        return store.contains_named_graph(graph)
    return bool(store.ask(f"ASK {{ GRAPH {written(graph)} {{ ?s ?p ?o }} }}"))


def check_escapes(store: Store, text: str, file: str = "the query") -> None:
    r"""Raise `QueryError` for ``\u`` escapes on rdflib, which expands them before it knows what is a string."""
    if not isinstance(store, ox.Store | Endpoint) and has_unicode_escapes(text):
        raise QueryError("\\u escapes are not read safely by rdflib", file=file, remedy="write the character itself")


def compact(term: Term | None, prefixes: Mapping[str, str] = MODEL_PREFIXES) -> str:
    """A term as people write it: ``ent:france``, ``<http://…>``, the bare text of a literal, "" where unbound."""
    if term is None:
        return ""
    if not isinstance(term, ox.NamedNode):
        return term.value
    for prefix, start in prefixes.items():
        local = term.value[len(start):]
        if term.value.startswith(start) and local and all(c.isalnum() or c in "-_" for c in local):
            return f"{prefix}:{local}"
    return f"<{term.value}>"


def written(term: Term) -> str:
    r"""The term as a SPARQL token: an IRI in full, a literal with every sign escaped that could end it.

    A backslash before "u" writes the u as ``\U00000075``: rdflib expands ``\u0022`` even behind an escaped backslash.
    """
    if isinstance(term, ox.NamedNode):
        return f"<{term.value}>"
    if isinstance(term, ox.BlankNode):
        raise QueryError("a blank node cannot be asked for", remedy="give an IRI")
    text = term.value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    text = _BACKSLASH_U.sub(lambda match: rf"\\\U{ord(match[1]):08X}", text)
    if term.language:
        return f'"{text}"@{term.language}'
    if term.datatype.value.endswith("#string"):
        return f'"{text}"'
    return f'"{text}"^^<{term.datatype.value}>'
