"""Evidence from the words of a document of the graph."""

from __future__ import annotations

from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from kg import terms
from kg.contribute.handed import Statement
from kg.contribute.known import Known
from kg.contribute.read import shown
from kg.errors import KgError
from kg.graph import nodes
from kg.graph.facts import CONTEXT
from kg.graph.nodes import HAS_SOURCE, RDF_TYPE


def quote_statements(known: Known, document: str, words: str) -> tuple[NamedNode, list[Statement]]:
    """The evidence that these words of a document make, and what describes it.

    Raises `KgError` where there is no such document in the graph, or the words do not stand in it exactly once.
    """
    found = known.documents(document) if known.directory is not None else []
    if len(found) != 1:
        raise KgError(f"{'several documents are' if found else 'no document of the graph is'} called {shown(document)!r}",
                      remedy="give its identifier: the file's name without ending")  # fmt: skip
    text = known.text_of(found[0])
    start = text.find(words)
    if start < 0 or text.find(words, start + 1) >= 0:
        where = "do not stand" if start < 0 else "stand more than once"
        raise KgError(f"the words {shown(words, 40)!r} {where} in {document}", remedy="quote it exactly, and enough of it")
    end = start + len(words)
    sha256 = found[0].value.removeprefix(terms.DOC)
    iri = f"{terms.EVIDENCE}{sha256[:12]}-{start}-{end}"
    node, position, quote = NamedNode(iri), NamedNode(iri + "-position"), NamedNode(iri + "-quote")

    def oa(name: str) -> NamedNode:
        return NamedNode(terms.OA + name)

    return node, [
        (node, RDF_TYPE, oa("SpecificResource")), (node, HAS_SOURCE, found[0]),
        (node, oa("hasSelector"), position), (node, oa("hasSelector"), quote),
        (position, RDF_TYPE, oa("TextPositionSelector")),
        (position, oa("start"), nodes.number(Decimal(start))), (position, oa("end"), nodes.number(Decimal(end))),
        (quote, RDF_TYPE, oa("TextQuoteSelector")), (quote, oa("exact"), Literal(words)),
        (quote, oa("prefix"), Literal(text[max(0, start - CONTEXT) : start])), (quote, oa("suffix"), Literal(text[end : end + CONTEXT])),
    ]  # fmt: skip
