"""Documents: the list of them, and one with its kept text and every fact's span marked in it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pyoxigraph import NamedNode

from kg import terms
from kg.graph import document_text, read_manifest
from kg.graph.nodes import DERIVED_FROM, HAS_SOURCE, RDF_TYPE, bkg
from kg.queries.names import find_facts
from kg.serve.pages.fact import fact_iri
from kg.serve.pages.marks import Marked, mark_passages
from kg.serve.pages.reading import fact_lines, is_in, labelled, spans_of, text
from kg.serve.pages.records import FactLine, Node, Passage, Statement
from kg.serve.pages.things import statements_of
from kg.serve.pages.words import when_words
from kg.serve.problems import HttpError
from kg.serve.worker import Graph

_HIDDEN = frozenset({terms.DCTERMS + "title", terms.BKG + "sha256", terms.BKG + "characters"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list of documents. ``facts`` counts those that it supports."""

    node: Node
    identifier: str
    publisher: str
    issued: str
    order: str
    characters: int
    facts: int


@dataclass(frozen=True, slots=True)
class DocumentText:
    """A document as a page: its facts numbered in text order, its text with their spans. ``chosen`` is the number asked for, 0 if none."""

    node: Node
    sha256: str
    statements: tuple[Statement, ...]
    characters: int
    lines: tuple[FactLine, ...]
    passages: tuple[Passage, ...]
    chosen: int


def read_documents(graph: Graph) -> tuple[Entry, ...]:
    """All documents of the graph, the oldest first, those without a date last."""
    store = graph.store
    facts = {entry.sha256: entry.facts for entry in read_manifest(graph.directory).documents}
    found = {q.subject for q in store.quads_for_pattern(None, RDF_TYPE, bkg("Document"), None) if isinstance(q.subject, NamedNode)}
    labels = labelled(store, found)
    entries = []
    for node in found:
        said = {name: text(store, node, NamedNode(terms.DCTERMS + name)) for name in ("identifier", "publisher", "issued")}
        entries.append(Entry(
            labels[node.value], said["identifier"], said["publisher"], when_words(said["issued"]), said["issued"] or "9999",
            int(text(store, node, bkg("characters")) or 0), facts.get(node.value.removeprefix(terms.DOC), 0),
        ))
    return tuple(sorted(entries, key=lambda entry: (entry.order, entry.node.label, entry.identifier)))


def read_document(graph: Graph, name: str, chosen: str = "") -> DocumentText:
    """The document of this hash (or identifier); `chosen` is the name of a fact to point out.

    Raises `HttpError` 404 where there is none, `StoreError` where its text is missing.
    """
    store = graph.store
    sha256 = _find(graph, name)
    node = NamedNode(terms.DOC + sha256)
    evidence = {quad.subject for quad in store.quads_for_pattern(None, HAS_SOURCE, node, None)}
    facts = {quad.subject for each in evidence for quad in store.quads_for_pattern(None, DERIVED_FROM, each, None)}
    places = {
        fact.value: [span for span in spans_of(store, fact) if span.document == node.value]
        for fact in find_facts(store, {fact for fact in facts if isinstance(fact, NamedNode)})
    }
    ordered = sorted((iri for iri in places if places[iri]), key=lambda iri: (places[iri][0].start, places[iri][0].end, iri))
    numbers = {iri: number for number, iri in enumerate(ordered, 1)}
    lines = (replace(line, number=numbers[line.iri]) for line in fact_lines(store, [NamedNode(iri) for iri in ordered]))
    spans = [Marked(span.start, span.end, numbers[iri]) for iri in ordered for span in places[iri]]
    whole = document_text(graph.directory, sha256)
    return DocumentText(
        labelled(store, [node])[node.value], sha256, statements_of(store, node, _HIDDEN), len(whole),
        tuple(sorted(lines, key=lambda line: line.number)), mark_passages(whole, spans), numbers.get(fact_iri(chosen), 0),
    )


def is_source(graph: Graph, name: str) -> bool:
    """Whether this names a source that somebody's contribution rests on: the graph has no text of it."""
    try:
        return is_in(graph.store, NamedNode(terms.DOC + name)) and name not in {e.sha256 for e in read_manifest(graph.directory).documents}
    except ValueError:  # no IRI has such characters
        return False


def _find(graph: Graph, name: str) -> str:
    for entry in read_manifest(graph.directory).documents:
        if name in (entry.sha256, entry.identifier):
            return entry.sha256
    raise HttpError(404, f"the graph has no document {name!r}", "choose one from the list of documents")
