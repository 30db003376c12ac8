"""A document as a node: what it is called, who made it, when, and what its text hashes to."""

from __future__ import annotations

from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Quad

from kg import terms
from kg.graph.nodes import IDENTIFIER, RDF_TYPE, address, bkg, date, document_graph, document_node, number
from kg.model import Document
from kg.terms import DCTERMS


def describe_document(document: Document) -> list[Quad]:
    """The triples of the document's own node, in the document's graph; unknown metadata give none."""
    node, graph = document_node(document.sha256), document_graph(document.sha256)
    found: list[tuple[NamedNode, NamedNode | Literal]] = [
        (RDF_TYPE, bkg("Document")),
        (RDF_TYPE, NamedNode(terms.SCHEMA + "CreativeWork")),
        (IDENTIFIER, Literal(document.identifier)),
        (bkg("sha256"), Literal(document.sha256)),
        (bkg("characters"), number(Decimal(len(document.text)))),
    ]
    texts = {
        "title": document.title, "creator": document.creator, "publisher": document.publisher,
        "language": document.language,
    }  # fmt: skip
    found += [(NamedNode(DCTERMS + name), Literal(text)) for name, text in texts.items() if text]
    if document.issued:
        found.append((NamedNode(DCTERMS + "issued"), date(document.issued)))
    if document.source:
        found.append((NamedNode(DCTERMS + "source"), address(document.source)))
    return [Quad(node, predicate, value, graph) for predicate, value in found]
