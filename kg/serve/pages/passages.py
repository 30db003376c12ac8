"""Evidence in its context: the sentences around a span, the span marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg import terms
from kg.graph import document_text
from kg.graph.nodes import IDENTIFIER
from kg.serve.pages.marks import Marked, mark_passages
from kg.serve.pages.reading import Span, labelled, text
from kg.serve.pages.records import Node, Passage
from kg.serve.pages.words import when_words
from kg.serve.worker import Graph
from kg.text import find_sentences

_AROUND = 1  # sentences before and behind that are shown as well


@dataclass(frozen=True, slots=True)
class Context:
    """One span in its document: who published it when, and the passage that holds it with the span as piece number 1.

    ``cut`` says whether text of the document stands before and behind the passage.
    """

    span: Span
    document: Node
    identifier: str
    publisher: str
    issued: str
    passages: tuple[Passage, ...]
    cut: tuple[bool, bool]


def read_contexts(graph: Graph, spans: Sequence[Span]) -> tuple[Context, ...]:
    """The spans in their context, in the order given. Raises `StoreError` where a document's text is missing."""
    labels = labelled(graph.store, {NamedNode(span.document) for span in spans})
    return tuple(_context(graph, span, labels[span.document]) for span in spans)


def _context(graph: Graph, span: Span, document: Node) -> Context:
    whole = document_text(graph.directory, span.document.removeprefix(terms.DOC))
    first, last = _bounds(whole, span)
    node = NamedNode(span.document)
    return Context(
        span, document, text(graph.store, node, IDENTIFIER), text(graph.store, node, NamedNode(terms.DCTERMS + "publisher")),
        when_words(text(graph.store, node, NamedNode(terms.DCTERMS + "issued"))),
        mark_passages(whole, [Marked(span.start, span.end, 1)], first, last),
        (bool(whole[:first].strip()), bool(whole[last:].strip())),
    )


def _bounds(whole: str, span: Span) -> tuple[int, int]:
    """Where the sentences of the span begin and end, with those around them."""
    sentences = find_sentences(whole)
    touched = [i for i, sentence in enumerate(sentences) if sentence.start < span.end and span.start < sentence.end]
    if not touched:
        return span.start, span.end
    first, last = sentences[max(0, touched[0] - _AROUND)], sentences[min(len(sentences) - 1, touched[-1] + _AROUND)]
    return min(first.start, span.start), max(last.end, span.end)
