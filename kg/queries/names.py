"""Names to terms: what "Kazakhstan", "KZ" or "exports" stands for in a graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import QueryError
from kg.queries.engine import ask, compact, written
from kg.terms import BKG, FACT, FACT_TYPES
from kg.words import search_key

if TYPE_CHECKING:
    from kg.queries.engine import Store

# What a name may stand in, best first: a label beats an alias, an alias a code, a code a demonym.
_LEVELS: tuple[tuple[str, ...], ...] = (
    ("skos:prefLabel",),
    ("skos:altLabel", "dcterms:identifier", "dcterms:title", "bkg:iso3166", "bkg:iso3166alpha3"),
    ("bkg:name", "bkg:demonym", "bkg:people", "bkg:metonym"),
)
_RANK = {predicate: level for level, predicates in enumerate(_LEVELS) for predicate in predicates}

_HOME = FACT.removesuffix("fact/")

_STATE = "VALUES ?class { bkg:State bkg:FormerState bkg:Country } ?x a ?class ."
_GROUPS: Mapping[str, tuple[str, str]] = {
    "state": (_STATE, "state"),
    "document": ("?x a bkg:Document .", "document"),
    "concept": ("?x skos:inScheme ?scheme .", "concept"),
    "entity": (
        "MINUS { ?x skos:inScheme ?scheme } MINUS { ?x a skos:ConceptScheme } MINUS { ?x a bkg:Document }", "entity"),
}


@dataclass(frozen=True, slots=True)
class Name:
    """One name of one thing. ``rank`` 0 is its label, 1 an alias or code, 2 a demonym, metonym or former name."""

    text: str
    term: ox.NamedNode
    rank: int


def find_names(store: Store, group: str, scheme: str = "") -> tuple[Name, ...]:
    """All names of a group ("state", "entity", "document", "concept"; of one scheme), sorted."""
    pattern, _ = _GROUPS[group]
    if scheme:
        pattern = f"?x skos:inScheme con:{scheme} ."
    predicates = " ".join(_RANK)
    result = ask(store, f"SELECT DISTINCT ?x ?p ?name WHERE {{ VALUES ?p {{ {predicates} }} ?x ?p ?name . {pattern} }}")
    names = {
        Name(name.value, x, _RANK[compact(p)])
        for x, p, name in result.rows
        if isinstance(x, ox.NamedNode) and name is not None and p is not None
    }
    return tuple(sorted(names, key=lambda n: (n.text, n.rank, n.term.value)))


def find_term(store: Store, text: str, group: str, scheme: str = "") -> ox.NamedNode:
    """The term of a group that this name stands for: exact spelling before any case and accents, labels before aliases.

    Raises `QueryError` with the nearest names, or with all candidates where the name is ambiguous.
    """
    names = find_names(store, group, scheme)
    wanted = search_key(text)
    alike = [name for name in names if name.text == text] or [name for name in names if search_key(name.text) == wanted]
    if not alike:
        slug = wanted.replace(" ", "-")
        alike = [name for name in names if name.term.value.rpartition("/")[2] in (slug, f"{scheme}-{slug}")]
    best = min((name.rank for name in alike), default=0)
    terms = sorted({name.term for name in alike if name.rank == best}, key=lambda term: term.value)
    if len(terms) == 1:
        return terms[0]
    kind = f"{scheme} concept" if scheme else _GROUPS[group][1]
    if terms:
        raise QueryError(f"{text!r} names {len(terms)} of the graph's {_plural(kind)}",
                         remedy="write one of " + ", ".join(_shown(term, names) for term in terms))
    near = nearest(text, names)
    raise QueryError(f"no {kind} of the graph is called {text!r}",
                     remedy=f"did you mean {', '.join(near)}?" if near else _nothing_near(kind, names))


def _nothing_near(kind: str, names: Sequence[Name]) -> str:
    best = min((name.rank for name in names), default=0)
    some = sorted({name.text for name in names if name.rank == best})
    if not some:
        return f"the graph holds no {kind} at all"
    return f"the graph's {_plural(kind)} are, for example, {', '.join(some[:5])}"


def nearest(text: str, names: Iterable[Name], count: int = 3) -> list[str]:
    """The names most like this text, each with its IRI in short: those that hold it as a whole word come first."""
    by_text: dict[str, Name] = {}
    for name in sorted(names, key=lambda name: name.rank):
        by_text.setdefault(search_key(name.text), name)
    wanted = search_key(text)
    near = [folded for folded in by_text if wanted and set(wanted.split()) <= set(folded.split())][:count]
    near += get_close_matches(wanted, by_text, count, 0.6)
    near += [folded for folded in sorted(by_text) if len(wanted) > 3 and wanted in folded and folded not in near]
    found: dict[ox.NamedNode, str] = {}
    for folded in near:
        name = by_text[folded]
        found.setdefault(name.term, f"{name.text!r} ({compact(name.term)})")
    return list(found.values())[:count]


def find_types(store: Store, term: ox.NamedNode) -> tuple[str, ...]:
    """The classes that the graph gives this node, in short form, sorted."""
    result = ask(store, f"SELECT DISTINCT ?class WHERE {{ VALUES ?x {{ {written(term)} }} ?x a ?class }}")
    return tuple(sorted(compact(row[0]) for row in result.rows))


def is_known(store: Store, term: ox.NamedNode) -> bool:
    """Whether any triple of the graph has this term as subject or object."""
    return bool(ask(store, f"ASK {{ {{ {written(term)} ?p ?o }} UNION {{ ?s ?p {written(term)} }} }}").answer)


def label_of(store: Store, term: ox.NamedNode) -> str:
    """The label of a node (``skos:prefLabel``, else ``rdfs:label``, else ``dcterms:title``), else its short form."""
    return find_labels(store, [term]).get(term, compact(term))


def find_labels(store: Store, terms: Iterable[ox.NamedNode]) -> dict[ox.NamedNode, str]:
    """The labels of these nodes, English before others, of a document without title its identifier; others are left out."""
    wanted = sorted({written(term) for term in terms})
    found: dict[ox.NamedNode, tuple[int, bool, str]] = {}
    for first in range(0, len(wanted), 500):
        result = ask(store, f"""SELECT DISTINCT ?x ?p ?label WHERE {{
            VALUES ?x {{ {' '.join(wanted[first:first + 500])} }}
            VALUES ?p {{ skos:prefLabel rdfs:label dcterms:title dcterms:identifier }}
            ?x ?p ?label }}""")
        for x, p, label in result.rows:
            if isinstance(x, ox.NamedNode) and isinstance(label, ox.Literal):
                order = ("skos:prefLabel", "rdfs:label", "dcterms:title", "dcterms:identifier").index(compact(p))
                candidate = (order, (label.language or "en") != "en", label.value)
                found[x] = min(candidate, found.get(x, candidate))
    return {term: label for term, (_, _, label) in found.items()}


def find_facts(store: Store, terms: Iterable[ox.NamedNode]) -> set[ox.NamedNode]:
    """Those of these nodes that are facts: by their IRI, or by their class where a contribution gave them another."""
    wanted = set(terms)
    found = {term for term in wanted if term.value.startswith(FACT)}
    others = sorted(written(term) for term in wanted - found if not term.value.startswith(_HOME))
    classes = " ".join(f"bkg:{name}" for name in FACT_TYPES)
    for first in range(0, len(others), 500):
        result = ask(store, f"""SELECT DISTINCT ?x WHERE {{
            VALUES ?x {{ {' '.join(others[first:first + 500])} }} ?x a ?class . VALUES ?class {{ {classes} }} }}""")
        found |= {row[0] for row in result.rows if isinstance(row[0], ox.NamedNode)}
    return found


def fact_type(text: str, known: Iterable[str]) -> ox.NamedNode | None:
    """The class of a fact type named in any spelling ("trade figure", "bkg:TradeFigure"), None if none."""
    wanted = text.removeprefix("bkg:").removeprefix(BKG).replace(" ", "").replace("-", "").replace("_", "").lower()
    return next((ox.NamedNode(BKG + name) for name in known if name.lower() == wanted), None)


def _shown(term: ox.NamedNode, names: Iterable[Name]) -> str:
    label = next((name.text for name in names if name.term == term and name.rank == 0), "")
    return f"{compact(term)} ({label})" if label else compact(term)


def _plural(kind: str) -> str:
    return kind[:-1] + "ies" if kind.endswith("y") else kind + "s"
