"""What the graph says of one node, as triples: its own statements, those of its parts, those that name it, and labels."""

from __future__ import annotations

import io
from collections.abc import Iterable

import pyoxigraph as ox

from kg.serve.answer import too_many, write_triples
from kg.serve.formats import Format
from kg.serve.worker import Graph
from kg.terms import ACTIVITY, CONTRIBUTION, DCTERMS, EVIDENCE, GRAPH, OA, PROV, RDFS, SKOS

_PARTS = (EVIDENCE, ACTIVITY, CONTRIBUTION)
"""Nodes that belong to what names them: a fact's evidence with its selectors, the activity or contribution that made it."""

_LABELS = tuple(ox.NamedNode(iri) for iri in (SKOS + "prefLabel", RDFS + "label", DCTERMS + "title"))
_SOURCE, _DERIVED = ox.NamedNode(OA + "hasSource"), ox.NamedNode(PROV + "wasDerivedFrom")


def describe_node(graph: Graph, iri: str, format: Format, most: int) -> bytes:
    """The triples of this node, b"" where the graph does not know it. Raises `AnswerLimitError` past so many.

    Of a named graph: all its triples.
    """
    try:
        node = ox.NamedNode(iri)
    except ValueError:
        return b""
    found = _content(graph.store, node) if iri.startswith(GRAPH) else _description(graph.store, node)
    kept: set[ox.Triple] = set()
    for triple in found:
        kept.add(triple)
        if len(kept) > most:
            raise too_many(most, "triples")
    output = io.BytesIO()
    write_triples(kept, format, output)
    return output.getvalue() if kept else b""


def _content(store: ox.Store, graph: ox.NamedNode) -> Iterable[ox.Triple]:
    return (quad.triple for quad in store.quads_for_pattern(None, None, None, graph))


def _description(store: ox.Store, node: ox.NamedNode) -> Iterable[ox.Triple]:
    own = list(_said_of(store, node))
    named_by = [quad.triple for quad in store.quads_for_pattern(None, None, node, None)]
    said = [*own, *named_by, *_facts_of_source(store, named_by)]
    others = {term for triple in said for term in (triple.subject, triple.object) if isinstance(term, ox.NamedNode)}
    return [*said, *(triple for other in others - {node} for triple in _labels(store, other))]


def _said_of(store: ox.Store, node: ox.NamedNode, depth: int = 3) -> Iterable[ox.Triple]:
    """What is said of the node, and of its parts, and of theirs."""
    for quad in store.quads_for_pattern(node, None, None, None):
        yield quad.triple
        value = quad.object
        if depth and isinstance(value, ox.NamedNode) and value.value.startswith(_PARTS):
            yield from _said_of(store, value, depth - 1)


def _facts_of_source(store: ox.Store, named_by: Iterable[ox.Triple]) -> Iterable[ox.Triple]:
    """From a document over its evidence to the facts that rest on it."""
    for triple in named_by:
        if triple.predicate == _SOURCE:
            yield from (quad.triple for quad in store.quads_for_pattern(None, _DERIVED, triple.subject, None))


def _labels(store: ox.Store, node: ox.NamedNode) -> Iterable[ox.Triple]:
    for label in _LABELS:
        yield from (quad.triple for quad in store.quads_for_pattern(node, label, None, None))
