"""Entities, facts and documents as the tools show them."""

from __future__ import annotations

from difflib import SequenceMatcher

from pyoxigraph import Literal, NamedNode, Store

from kg import terms
from kg.errors import QueryError
from kg.graph import document_text
from kg.graph.manifest import read_manifest
from kg.graph.nodes import DERIVED_FROM, FACT_CLASSES, GENERATED_BY, HAS_SOURCE, RDF_TYPE, RDFS_LABEL, bkg
from kg.mcp.graph import OpenGraph
from kg.mcp.records import DocumentInfo, EntityHit, FactEvidence, Passage
from kg.queries import Parameter
from kg.queries.engine import compact
from kg.queries.names import find_facts, find_labels, find_names, find_types
from kg.queries.parameters import find_value
from kg.text import find_sentences
from kg.words import search_key

RESOURCE = "bilateral-kg://document/"
_FACT = Parameter("fact", "fact")
_DATES = ("date", "startDate", "endDate", "earliest", "latest")


def search_entities(graph: OpenGraph, name: str, limit: int) -> list[EntityHit]:
    """The entities with a name like this: the same, one that begins so, one that holds its words, one that is near."""
    wanted = search_key(name)
    if not wanted:
        raise QueryError("there is no name to look for", remedy="give a name, or a part of one")
    store = graph.store
    best: dict[NamedNode, tuple[float, int, str]] = {}
    for each in find_names(store, "entity"):
        score = _likeness(wanted, search_key(each.text))
        if score:
            best[each.term] = min(best.get(each.term, (9.0, 9, "")), (score, each.rank, each.text))
    ranked = sorted(best, key=lambda node: (*best[node][:2], -_count(store, node), node.value))[: max(1, min(limit, 50))]
    labels = find_labels(store, ranked)
    return [
        EntityHit(
            compact(node), labels.get(node, compact(node)), [kind.removeprefix("bkg:") for kind in find_types(store, node)],
            best[node][2], _count(store, node),
        )
        for node in ranked
    ]  # fmt: skip


def show_fact(graph: OpenGraph, fact: str) -> FactEvidence:
    """The fact of this IRI, or of the first characters of it. Raises `QueryError` where there is none."""
    store = graph.store
    node = find_value(store, _FACT, fact)
    assert isinstance(node, NamedNode)
    kinds = [FACT_CLASSES[kind] for kind in _nodes(store, node, RDF_TYPE) if kind in FACT_CLASSES]
    if not kinds:
        raise QueryError(f"{fact!r} is no fact", remedy="take the fact's IRI from the answer of a query")
    roles = {role.name: _words(store, node, bkg(role.name)) for role in terms.FACT_TYPES[kinds[0]]}
    activity = next(iter(_nodes(store, node, GENERATED_BY)), None)
    return FactEvidence(
        fact=compact(node), label=_text(store, node, RDFS_LABEL), type=kinds[0],
        status=next((status.value.removeprefix(terms.BKG) for status in _nodes(store, node, bkg("status"))), ""),
        stated_by=_words(store, node, bkg("statedBy")), roles={name: words for name, words in roles.items() if words},
        dates={name: text for name in _DATES if (text := _text(store, node, bkg(name)))},
        passages=[_passage(graph, store, each) for each in sorted(_nodes(store, node, DERIVED_FROM), key=str)],
        rule=_text(store, activity, bkg("rule")) if activity else "",
        contributed_by=_text(store, activity, NamedNode(terms.DCTERMS + "creator")) if activity else "",
    )  # fmt: skip


def list_documents(graph: OpenGraph) -> list[DocumentInfo]:
    """All documents, by identifier."""
    store, found = graph.store, []
    for entry in read_manifest(graph.directory).documents:
        node = NamedNode(terms.DOC + entry.sha256)
        title, publisher, issued = (_text(store, node, NamedNode(terms.DCTERMS + name)) for name in ("title", "publisher", "issued"))
        found.append(DocumentInfo(entry.identifier, title, publisher, issued, entry.facts, entry.characters, RESOURCE + entry.sha256))
    return found


def read_text(graph: OpenGraph, sha256: str) -> str:
    """The kept text of a document, by its SHA-256 or its identifier. Raises `QueryError` where there is none."""
    documents = read_manifest(graph.directory).documents
    known = {entry.sha256: entry.sha256 for entry in documents} | {entry.identifier: entry.sha256 for entry in documents}
    if sha256 not in known:
        raise QueryError(f"no document {sha256!r} in the graph", remedy="the resources' list names them")
    return document_text(graph.directory, known[sha256])


def _passage(graph: OpenGraph, store: Store, evidence: NamedNode) -> Passage:
    document = next(iter(_nodes(store, evidence, HAS_SOURCE)), evidence)
    found: dict[str, str] = {}
    for selector in _nodes(store, evidence, NamedNode(terms.OA + "hasSelector")):
        for name in ("start", "end", "exact"):
            found[name] = _text(store, selector, NamedNode(terms.OA + name)) or found.get(name, "")
    start, end = int(found.get("start") or 0), int(found.get("end") or 0)
    sha256 = document.value.removeprefix(terms.DOC)
    kept = start < end  # of a source that somebody names the graph has no text
    text = document_text(graph.directory, sha256) if kept else ""
    inside = [s for s in find_sentences(text) if s.start < end and start < s.end] if text else []
    sentence = text[inside[0].start : inside[-1].end] if inside else found.get("exact", "")
    return Passage(
        found.get("exact", ""), sentence, start, end, compact(document), _text(store, document, NamedNode(terms.DCTERMS + "title")),
        _text(store, document, NamedNode(terms.DCTERMS + "issued")), RESOURCE + sha256 if kept else "",
    )  # fmt: skip


def _nodes(store: Store, subject: NamedNode, predicate: NamedNode) -> list[NamedNode]:
    found = {q.object for q in store.quads_for_pattern(subject, predicate, None, None) if isinstance(q.object, NamedNode)}
    return sorted(found, key=lambda node: node.value)


def _text(store: Store, subject: NamedNode, predicate: NamedNode) -> str:
    texts = {q.object.value for q in store.quads_for_pattern(subject, predicate, None, None) if isinstance(q.object, Literal)}
    return min(texts, default="")


def _words(store: Store, subject: NamedNode, predicate: NamedNode) -> list[str]:
    """The values of a role: "Russia (ent:russia)", or a text as it is."""
    values = {q.object for q in store.quads_for_pattern(subject, predicate, None, None)}
    labels = find_labels(store, [value for value in values if isinstance(value, NamedNode)])
    return sorted(
        f"{labels.get(v, v.value)} ({compact(v)})" if isinstance(v, NamedNode) else v.value
        for v in values if isinstance(v, (NamedNode, Literal))
    )  # fmt: skip


def _count(store: Store, node: NamedNode) -> int:
    """The number of facts that name the entity in a role."""
    names = {q.subject for q in store.quads_for_pattern(None, None, node, None) if isinstance(q.subject, NamedNode)}
    return len(find_facts(store, names))


def _likeness(wanted: str, name: str) -> float:
    """0 for not alike, else the smaller the nearer."""
    if name == wanted:
        return 1.0
    if name.startswith(wanted):
        return 2.0
    if set(wanted.split()) <= set(name.split()) or (len(wanted) > 2 and wanted in name):
        return 3.0
    ratio = SequenceMatcher(None, wanted, name, autojunk=False)
    return 5.0 - ratio.ratio() if ratio.real_quick_ratio() >= 0.75 and ratio.ratio() >= 0.75 else 0.0
