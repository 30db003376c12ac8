"""Reading the store node by node: values, labels, lines of facts. Quick look-ups, no SPARQL but for labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Store

from kg import terms
from kg.graph.nodes import DERIVED_FROM, FACT_CLASSES, GENERATED_BY, HAS_SOURCE, RDF_TYPE, RDFS_LABEL, bkg
from kg.queries.engine import compact
from kg.queries.names import find_labels
from kg.serve.pages.records import FactLine, Node
from kg.serve.pages.words import when_words

SELECTOR, START, END = (NamedNode(terms.OA + name) for name in ("hasSelector", "start", "end"))
_WIKIDATA = "http://www.wikidata.org/entity/"
STATED_BY, STATUS = bkg("statedBy"), bkg("status")


@dataclass(frozen=True, slots=True)
class Span:
    """One piece of evidence: its own IRI, its document's, and where it stands there."""

    iri: str
    document: str
    start: int
    end: int


def nodes(store: Store, subject: NamedNode, predicate: NamedNode) -> list[NamedNode]:
    """The nodes that a subject has for a property, in the order of their IRIs."""
    found = {quad.object for quad in store.quads_for_pattern(subject, predicate, None, None)}
    return sorted((node for node in found if isinstance(node, NamedNode)), key=lambda node: node.value)


def texts(store: Store, subject: NamedNode, predicate: NamedNode) -> list[str]:
    """The literals that a subject has for a property, sorted."""
    found = {quad.object for quad in store.quads_for_pattern(subject, predicate, None, None)}
    return sorted(value.value for value in found if isinstance(value, Literal))


def text(store: Store, subject: NamedNode, predicate: NamedNode) -> str:
    """The first literal that a subject has for a property, "" where it has none."""
    return next(iter(texts(store, subject, predicate)), "")


def is_in(store: Store, node: NamedNode) -> bool:
    """Whether the graph says anything of this node, or with it."""
    return any(True for _ in store.quads_for_pattern(node, None, None, None)) or any(
        True for _ in store.quads_for_pattern(None, None, node, None))


def short_iri(node: NamedNode) -> str:
    """How a node without label is called: its short form, an item of Wikidata as such."""
    return "Wikidata " + node.value.removeprefix(_WIKIDATA) if node.value.startswith(_WIKIDATA) else compact(node).strip("<>")


def labelled(store: Store, found: Iterable[NamedNode]) -> dict[str, Node]:
    """The nodes with their labels, by IRI; what has no label is called by its short form."""
    wanted = set(found)
    labels = find_labels(store, wanted)
    return {node.value: Node(node.value, labels.get(node, short_iri(node))) for node in wanted}


def spans_of(store: Store, fact: NamedNode) -> list[Span]:
    """The evidence of a fact, in the order of documents and of their texts."""
    spans = []
    for evidence in nodes(store, fact, DERIVED_FROM):
        for document in nodes(store, evidence, HAS_SOURCE):
            start = end = -1
            for selector in nodes(store, evidence, SELECTOR):
                start = int(text(store, selector, START) or start)
                end = int(text(store, selector, END) or end)
            if 0 <= start < end:
                spans.append(Span(evidence.value, document.value, start, end))
    return sorted(spans, key=lambda span: (span.document, span.start, span.end))


def fact_lines(store: Store, facts: Iterable[NamedNode], roles: Mapping[str, tuple[str, ...]] | None = None) -> tuple[FactLine, ...]:
    """The facts as lines, in time order: by the first day that they can mean, those without a date last."""
    said = {fact: _statements(store, fact) for fact in set(facts)}
    sources = {fact: _sources(store, fact) for fact in said}
    speakers = {node for statements in said.values() for node in statements.get(STATED_BY.value, []) if isinstance(node, NamedNode)}
    labels = labelled(store, speakers.union(*sources.values()))
    lines = [_line(fact, statements, sources[fact], labels, (roles or {}).get(fact.value, ())) for fact, statements in said.items()]
    return tuple(sorted((line for line in lines if line), key=lambda line: (line.order, line.label, line.iri)))


def _statements(store: Store, fact: NamedNode) -> dict[str, list[object]]:
    found: dict[str, list[object]] = {}
    for quad in store.quads_for_pattern(fact, None, None, None):
        values = found.setdefault(quad.predicate.value, [])
        if quad.object not in values:
            values.append(quad.object)
    return found


def _sources(store: Store, fact: NamedNode) -> list[NamedNode]:
    found = {document for evidence in nodes(store, fact, DERIVED_FROM) for document in nodes(store, evidence, HAS_SOURCE)}
    return sorted(found, key=lambda node: node.value)


def _line(
    fact: NamedNode, said: Mapping[str, list[object]], sources: list[NamedNode], labels: Mapping[str, Node], roles: tuple[str, ...]
) -> FactLine | None:
    def literal(predicate: str) -> str:
        return next((value.value for value in said.get(predicate, []) if isinstance(value, Literal)), "")

    kind = next((FACT_CLASSES[c] for c in said.get(RDF_TYPE.value, []) if isinstance(c, NamedNode) and c in FACT_CLASSES), "")
    if not kind:
        return None
    status = next((node.value for node in said.get(STATUS.value, []) if isinstance(node, NamedNode)), terms.BKG + "Asserted")
    start, end = literal(terms.BKG + "startDate"), literal(terms.BKG + "endDate")
    when = literal(terms.BKG + "date") or (f"{start or '..'}/{end or '..'}" if start or end else "")
    by = sorted((labels[n.value] for n in said.get(STATED_BY.value, []) if isinstance(n, NamedNode)), key=lambda node: node.label)
    return FactLine(
        fact.value, kind, literal(RDFS_LABEL.value) or fact.value, status.removeprefix(terms.BKG), when_words(when), tuple(by),
        tuple(labels[node.value] for node in sources), literal(terms.BKG + "earliest") or literal(terms.BKG + "latest") or "9999-12-31",
        roles, contributed=any(isinstance(n, NamedNode) and n.value.startswith(terms.CONTRIBUTION) for n in said.get(GENERATED_BY.value, [])),
    )
