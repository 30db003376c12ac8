"""pyoxigraph's terms as rdflib's: the only place of this room that knows both."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from kg import terms

_STRING = terms.XSD + "string"

Triple = tuple[ox.NamedNode | ox.BlankNode, ox.NamedNode, ox.NamedNode | ox.BlankNode | ox.Literal]


def to_rdflib(term: ox.NamedNode | ox.BlankNode | ox.Literal) -> Node:
    """The same term, its lexical form as written; a plain string has no datatype (rdflib tells the two apart)."""
    match term:
        case ox.NamedNode():
            return URIRef(term.value)
        case ox.BlankNode():
            return BNode(term.value)
        case ox.Literal():
            if term.language:
                return Literal(term.value, lang=term.language)
            datatype = None if term.datatype.value == _STRING else URIRef(term.datatype.value)
            return Literal(term.value, datatype=datatype, normalize=False)
    raise TypeError(f"no term of RDF 1.1: {term!r}")


def make_graph(triples: Iterable[Triple]) -> Graph:
    """An in-memory graph of the triples."""
    graph = Graph(bind_namespaces="none")
    with quiet_rdflib():
        for subject, predicate, value in triples:
            graph.add((to_rdflib(subject), to_rdflib(predicate), to_rdflib(value)))
    return graph


@contextmanager
def quiet_rdflib() -> Iterator[None]:
    """Without rdflib's log lines about impossible dates and numbers: the shapes say it better."""
    logger = logging.getLogger("rdflib.term")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)
