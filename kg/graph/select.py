"""Which part of the graph an export holds: facts, what they rest on, and what they name."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import NamedNode, Quad, Store

from kg import terms
from kg.graph.names import check_type, find_document, find_entity
from kg.graph.nodes import DERIVED, FACT_CLASSES, GAZETTEER, HAS_SOURCE, ONTOLOGY, RDF_TYPE, bkg

Index = dict[NamedNode, list[Quad]]

_ROLES = frozenset(bkg(role.name) for roles in terms.FACT_TYPES.values() for role in roles)
_TOP_CONCEPT = NamedNode(terms.SKOS + "hasTopConcept")
_COUNTRY = bkg("country")


def select(
    store: Store, *, document: str | None = None, type: str | None = None, pair: tuple[str, str] | None = None
) -> list[Quad]:
    """The quads of the facts that pass every filter, with evidence, documents, derived statements and what they name.

    Without a filter: all facts. Entities and concepts that no fact names stay out; those that are named bring along
    what their own description names. Raises `KgError` where a filter names nothing.
    """
    said = [quad for graph in _fact_graphs(store) for quad in store.quads_for_pattern(None, None, None, graph)]
    derived = list(store.quads_for_pattern(None, None, None, DERIVED))
    if document is not None or type is not None or pair is not None:
        index = _index(said)
        facts = {q.subject: q.object for q in said if q.predicate == RDF_TYPE and q.object in FACT_CLASSES}
        chosen = {node for node in facts if isinstance(node, NamedNode)}
        if document is not None:
            chosen &= _facts_of_documents(index, chosen, set(find_document(store, document)))
        if type is not None:
            wanted = bkg(check_type(type))
            chosen = {node for node in chosen if facts[node] == wanted}
        if pair is not None:
            chosen &= _facts_of_pair(store, index, chosen, pair)
        others = {node for node in facts if isinstance(node, NamedNode)} - chosen
        said = _reach(index, chosen, stop=others)
        derived = _derived_from(derived, chosen)
    named = _reach(_descriptions(store), _nodes([*said, *derived]), stop=set())
    return [*said, *derived, *named]


def _fact_graphs(store: Store) -> list[NamedNode]:
    """The graphs that say something of their own: documents and contributions."""
    names = (name for name in store.named_graphs() if isinstance(name, NamedNode))
    spaces = (terms.GRAPH + "document-", terms.GRAPH + "contribution-")
    return sorted((name for name in names if name.value.startswith(spaces)), key=str)


def _descriptions(store: Store) -> Index:
    """What gazetteer and ontology say of entities and concepts; a scheme does not list its concepts."""
    spaces = (terms.ENT, terms.CON)
    quads = (
        quad
        for graph in (GAZETTEER, ONTOLOGY)
        for quad in store.quads_for_pattern(None, None, None, graph)
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(spaces)
        and quad.predicate != _TOP_CONCEPT
    )  # fmt: skip
    return _index(quads)


def _index(quads: Iterable[Quad]) -> Index:
    found: Index = {}
    for quad in quads:
        if isinstance(quad.subject, NamedNode):
            found.setdefault(quad.subject, []).append(quad)
    return found


def _nodes(quads: Iterable[Quad]) -> set[NamedNode]:
    """Every IRI that the quads hold, as subject, property or value."""
    parts = (part for quad in quads for part in (quad.subject, quad.predicate, quad.object))
    return {part for part in parts if isinstance(part, NamedNode)}


def _reach(index: Index, starts: set[NamedNode], *, stop: set[NamedNode]) -> list[Quad]:
    """What is said of the starts, of what they name, and so on, but not of the nodes of `stop`."""
    seen, waiting, found = set(stop), [node for node in starts if node in index], []
    while waiting:
        node = waiting.pop()
        if node in seen:
            continue
        seen.add(node)
        found += index[node]
        waiting += [q.object for q in index[node] if isinstance(q.object, NamedNode) and q.object in index]
    return found


def _facts_of_documents(index: Index, facts: set[NamedNode], documents: set[NamedNode]) -> set[NamedNode]:
    return {
        fact
        for fact in facts
        if any(
            quad.predicate == HAS_SOURCE and quad.object in documents
            for link in index[fact]
            if isinstance(link.object, NamedNode)
            for quad in index.get(link.object, ())
        )
    }


def _facts_of_pair(store: Store, index: Index, facts: set[NamedNode], pair: tuple[str, str]) -> set[NamedNode]:
    """Facts whose roles name both: each by itself, or by something or someone of it (its president, its company)."""
    sides = [_of(store, find_entity(store, name)) for name in pair]

    def named(fact: NamedNode) -> set[object]:
        return {quad.object for quad in index[fact] if quad.predicate in _ROLES}

    return {fact for fact in facts if all(named(fact) & side for side in sides)}


def _of(store: Store, entity: NamedNode) -> set[object]:
    return {entity} | {quad.subject for quad in store.quads_for_pattern(None, _COUNTRY, entity, None)}


def _derived_from(derived: list[Quad], facts: set[NamedNode]) -> list[Quad]:
    """Claims of these facts, and the plain statements whose node (an rdf:Statement or the like) names one of them."""
    index = _index(derived)
    of_facts = [quad for fact in facts for quad in index.get(fact, ())]
    nodes = {quad.object for quad in of_facts if isinstance(quad.object, NamedNode)}
    nodes |= {quad.subject for quad in derived if quad.object in facts and isinstance(quad.subject, NamedNode)}
    kept = list(of_facts)
    plain: set[tuple[object, object, object]] = set()
    for node in nodes:
        said = index.get(node, [])
        kept += [quad for quad in said if not _names_another_fact(quad, facts)]
        parts = {quad.predicate.value.removeprefix(terms.RDF): quad.object for quad in said}
        if {"subject", "predicate", "object"} <= parts.keys():
            plain.add((parts["subject"], parts["predicate"], parts["object"]))
    kept += [quad for quad in derived if (quad.subject, quad.predicate, quad.object) in plain]
    known = {quad.subject for quad in kept}
    conflicts = bkg("conflictsWith")
    return sorted({quad for quad in kept if quad.predicate != conflicts or quad.object in known}, key=str)


def _names_another_fact(quad: Quad, facts: set[NamedNode]) -> bool:
    value = quad.object
    return isinstance(value, NamedNode) and value.value.startswith(terms.FACT) and value not in facts
