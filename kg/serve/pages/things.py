"""What the graph knows of one node - entity, concept, claim, evidence, activity - and the facts that name it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Store

from kg import terms
from kg.graph.nodes import DERIVED_FROM, FACT_CLASSES, HAS_SOURCE, PREF_LABEL, RDF_TYPE, RDFS_LABEL, bkg
from kg.serve.pages.passages import Context, read_contexts
from kg.serve.pages.reading import fact_lines, is_in, labelled, spans_of, texts
from kg.serve.pages.records import Cell, FactLine, Node, Statement
from kg.serve.pages.tables import make_cell
from kg.serve.pages.words import TYPE_TITLES, role_title, type_title, when_words
from kg.serve.problems import HttpError
from kg.serve.settings import HOME
from kg.serve.worker import Graph

MOST = 25
"""So many facts of one type stand on an entity's page; the rest a link away."""

_MOST_OF_TYPE = 2000
_HIDDEN = {RDF_TYPE.value, PREF_LABEL.value, RDFS_LABEL.value, terms.BKG + "claim"}
_FIRST = (terms.SKOS + "definition", terms.SKOS + "altLabel", terms.BKG + "people", terms.BKG + "demonym", terms.BKG + "metonym",
          terms.BKG + "iso3166", terms.BKG + "iso3166alpha3", terms.BKG + "country", terms.OWL + "sameAs")
_TITLES = {terms.SKOS + "altLabel": "also called", terms.OWL + "sameAs": "the same elsewhere", terms.SKOS + "definition": "meaning"}
_WIKIDATA = "http://www.wikidata.org/"  # an item's label is not ours to give
_EARLIEST, _LATEST = bkg("earliest"), bkg("latest")


@dataclass(frozen=True, slots=True)
class Group:
    """The facts of one type: the first in time order, how many there are, how many in all."""

    type: str
    title: str
    lines: tuple[FactLine, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Thing:
    """One node as a page. ``kinds`` are the labels of its classes, ``tenures`` the dated offices that the gazetteer knows."""

    node: Node
    kinds: tuple[str, ...]
    statements: tuple[Statement, ...]
    tenures: tuple[tuple[Cell, ...], ...]
    groups: tuple[Group, ...]
    contexts: tuple[Context, ...]
    total: int


def read_thing(graph: Graph, path: str, only: str = "") -> Thing:
    """What is known of the node of this path ("entity/kazakhstan"); `only` one type of fact, then all of them.

    Raises `HttpError` 404 where the graph does not name it.
    """
    store, node = graph.store, _node(path)
    if node is None or not is_in(store, node):
        raise HttpError(404, f"the graph knows nothing called {path}", "search for its name")
    roles = facts_naming(store, node) | facts_of_source(store, node)
    evidence = [span for fact in roles for span in spans_of(store, NamedNode(fact)) if span.iri == node.value]
    own = labelled(store, [node])[node.value]
    return Thing(
        own, _kinds(store, node), statements_of(store, node), _tenures(store, node), group_facts(store, roles, only),
        read_contexts(graph, list(dict.fromkeys(evidence))), len(roles),
    )


def _node(path: str) -> NamedNode | None:
    try:
        return NamedNode(HOME + path)
    except ValueError:  # no IRI has such characters
        return None


def facts_naming(store: Store, node: NamedNode) -> dict[str, tuple[str, ...]]:
    """The facts that have this node in a role (or as evidence, claim, activity), with those roles."""
    found: dict[str, set[str]] = {}
    for quad in store.quads_for_pattern(None, None, node, None):
        if isinstance(quad.subject, NamedNode) and is_fact(store, quad.subject):
            found.setdefault(quad.subject.value, set()).add(quad.predicate.value)
    return {fact: tuple(sorted(role_title(r.removeprefix(terms.BKG)) for r in roles if r.startswith(terms.BKG)))
            for fact, roles in found.items()}


def is_fact(store: Store, node: NamedNode) -> bool:
    """Whether this is a fact: by its IRI, or by its class where a contribution gave it another."""
    return node.value.startswith(terms.FACT) or any(q.object in FACT_CLASSES for q in store.quads_for_pattern(node, RDF_TYPE, None, None))


def facts_of_source(store: Store, node: NamedNode) -> dict[str, tuple[str, ...]]:
    """The facts whose evidence is in this document or source; they have it in no role."""
    evidence = {quad.subject for quad in store.quads_for_pattern(None, HAS_SOURCE, node, None)}
    facts = {quad.subject for each in evidence for quad in store.quads_for_pattern(None, DERIVED_FROM, each, None)}
    return {fact.value: () for fact in facts if isinstance(fact, NamedNode)}


def group_facts(store: Store, roles: Mapping[str, tuple[str, ...]], only: str = "", most: int = MOST) -> tuple[Group, ...]:
    """The facts grouped by type, in the order of `TYPE_TITLES`, in time order within."""
    by_type: dict[str, list[tuple[str, NamedNode]]] = {}
    for iri in roles:
        fact = NamedNode(iri)
        kinds = (quad.object for quad in store.quads_for_pattern(fact, RDF_TYPE, None, None))
        name = next((FACT_CLASSES[kind] for kind in kinds if isinstance(kind, NamedNode) and kind in FACT_CLASSES), "")
        day = next(iter(texts(store, fact, _EARLIEST) or texts(store, fact, _LATEST)), "9999-12-31")
        by_type.setdefault(name, []).append((f"{day} {iri}", fact))
    order = list(TYPE_TITLES)
    names = sorted((n for n in by_type if n and (not only or n == only)), key=lambda n: (order.index(n) if n in order else 99, n))
    limit = _MOST_OF_TYPE if only else most
    groups = []
    for name in names:
        facts = [fact for _, fact in sorted(by_type[name], key=lambda pair: pair[0])]
        groups.append(Group(name, type_title(name), fact_lines(store, facts[:limit], roles), len(facts)))
    return tuple(groups)


def statements_of(store: Store, node: NamedNode, hidden: frozenset[str] = frozenset()) -> tuple[Statement, ...]:
    """What the graph says of a node itself, property by property: names and codes first, then by the property's label."""
    values: dict[NamedNode, dict[NamedNode | Literal, None]] = {}
    for quad in store.quads_for_pattern(node, None, None, None):
        if quad.predicate.value not in _HIDDEN | hidden and isinstance(quad.object, (NamedNode, Literal)):
            values.setdefault(quad.predicate, {})[quad.object] = None
    found = {term for terms_ in values.values() for term in terms_ if isinstance(term, NamedNode)} | set(values)
    nodes = labelled(store, found)
    labels = {NamedNode(iri): node.label for iri, node in nodes.items() if not iri.startswith(_WIKIDATA)}
    rank = {iri: place for place, iri in enumerate(_FIRST)}
    statements = []
    for predicate in sorted(values, key=lambda p: (rank.get(p.value, 99), labels[p])):
        cells = sorted((make_cell(term, labels) for term in values[predicate]), key=lambda cell: (cell.text, cell.iri))
        statements.append(Statement(_TITLES.get(predicate.value, labels[predicate].rpartition(":")[2]), tuple(cells)))
    return tuple(statements)


def _kinds(store: Store, node: NamedNode) -> tuple[str, ...]:
    classes = {quad.object for quad in store.quads_for_pattern(node, RDF_TYPE, None, None) if isinstance(quad.object, NamedNode)}
    return tuple(sorted(kind.label for kind in labelled(store, classes).values()))


def _tenures(store: Store, node: NamedNode) -> tuple[tuple[Cell, ...], ...]:
    """Office, of whom, period: the offices of a person that the gazetteer gives, in time order."""
    rows: list[tuple[str, NamedNode | None, NamedNode | None, str]] = []
    for quad in store.quads_for_pattern(None, bkg("person"), node, None):
        if not isinstance(quad.subject, NamedNode) or quad.subject.value.startswith(terms.FACT):
            continue
        start, end = (next(iter(texts(store, quad.subject, bkg(name))), "") for name in ("startDate", "endDate"))
        rows.append((start, _one(store, quad.subject, "office"), _one(store, quad.subject, "of"), f"{start or '..'}/{end or '..'}"))
    nodes = labelled(store, {term for row in rows for term in row[1:3] if isinstance(term, NamedNode)})
    labels = {NamedNode(iri): found.label for iri, found in nodes.items()}
    ordered = sorted(rows, key=lambda row: (row[0], row[3], str(row[1])))
    return tuple((make_cell(office, labels), make_cell(of, labels), Cell("" if when == "../.." else when_words(when)))
                 for _, office, of, when in ordered)


def _one(store: Store, subject: NamedNode, name: str) -> NamedNode | None:
    found = (quad.object for quad in store.quads_for_pattern(subject, bkg(name), None, None))
    return next((node for node in found if isinstance(node, NamedNode)), None)
