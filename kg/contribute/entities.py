"""What the graph knows by a name: every entity that bears it, with what tells one from the other."""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Store

from kg import terms
from kg.contribute.ledger import Ledger
from kg.errors import KgError
from kg.gazetteer.names import fold
from kg.graph.nodes import ALT_LABEL, DERIVED, FACT_CLASSES, PREF_LABEL, RDF_TYPE, bkg, short

_CODES = (bkg("iso3166"), bkg("iso3166alpha3"))
_NAMES = (PREF_LABEL, ALT_LABEL, *_CODES)
_COUNTRY, _SAME_AS = bkg("country"), NamedNode(terms.OWL + "sameAs")
_MEANT = 4  # entities that a message names


@dataclass(frozen=True, slots=True)
class Known:
    """An entity and what tells it from others: its class, state, codes, links to other data sets, further names, and how many facts name it."""

    iri: str
    label: str
    kind: str
    country: str
    codes: tuple[str, ...]
    links: tuple[str, ...]
    names: tuple[str, ...]
    facts: int


def find_known(ledger: Ledger, text: str) -> list[Known]:
    """The entities that bear this name, those whose label or code it is first; else those whose names hold it as a word, sorted."""
    names = entity_names(ledger.store)
    wanted = _folded(text)
    exact = {node for name, nodes in names.items() if _folded(name) == wanted for node in nodes}
    found = exact or {node for name, nodes in names.items() if set(wanted.split()) <= set(_folded(name).split()) for node in nodes}
    known = [describe(ledger.store, node) for node in found]
    return sorted(known, key=lambda each: (_folded(each.label) != wanted, -each.facts, each.iri))


def find_entity(ledger: Ledger, text: str) -> NamedNode:
    """The one entity of this IRI, ``ent:...``, label, spelling or code; of a merged one what it became.

    Raises `KgError` where none is called so (with near names), or several are (with what tells them apart).
    """
    iri = _iri(text)
    if iri:
        iri = ledger.decisions.merged.get(iri, iri)
        node = _named(text, iri)
        if next(ledger.store.quads_for_pattern(node, PREF_LABEL, None, None), None) is None:
            near = difflib.get_close_matches(iri, [n.value for nodes in entity_names(ledger.store).values() for n in nodes], 3, 0.6)
            raise KgError(
                f"no entity {text} in the graph",
                remedy=f"did you mean {' or '.join(dict.fromkeys(map(short, near)))}?" if near else "find it: kg entity find NAME",
            )
        return node
    names = entity_names(ledger.store)
    wanted = _folded(text)
    found = {node for name, nodes in names.items() if _folded(name) == wanted for node in nodes}
    if not found:
        near = [tell_apart(each) for each in find_known(ledger, text)[:_MEANT]]
        shown = {_folded(name): name for name in sorted(names)}
        near = near or [repr(shown[each]) for each in difflib.get_close_matches(wanted, shown, 3, 0.7)]
        raise KgError(
            f"no entity is called {text!r}",
            remedy=f"did you mean {' or '.join(near)}?" if near else "find it: kg entity find WORD",
        )
    labelled = {node for node in found if any(_folded(t) == wanted for t in _texts(ledger.store, node, PREF_LABEL))}
    meant = labelled if len(labelled) == 1 else found
    if len(meant) > 1:
        each = "; ".join(tell_apart(describe(ledger.store, node)) for node in sorted(meant, key=str)[:_MEANT])
        raise KgError(f"{text!r} names {len(meant)} entities", remedy=f"say which: {each}")
    return meant.pop()


def describe(store: Store, node: NamedNode) -> Known:
    """What the graph knows of an entity."""
    kinds = [q.object.value for q in store.quads_for_pattern(node, RDF_TYPE, None, None) if isinstance(q.object, NamedNode)]
    return Known(
        node.value,
        next(iter(_texts(store, node, PREF_LABEL)), ""),
        min((kind.removeprefix(terms.BKG) for kind in kinds if kind.startswith(terms.BKG)), default=""),
        ", ".join(short(iri) for iri in _iris(store, node, _COUNTRY)),
        tuple(text for code in _CODES for text in _texts(store, node, code)),
        tuple(iri for iri in _iris(store, node, _SAME_AS) if not iri.startswith(terms.ENT)),
        tuple(_texts(store, node, ALT_LABEL)),
        len(facts_naming(store, node)),
    )


def facts_naming(store: Store, node: NamedNode) -> list[NamedNode]:
    """The standing facts that name the entity in a role or as speaker, sorted."""
    subjects = {
        q.subject for q in store.quads_for_pattern(None, None, node, None)
        if q.graph_name != DERIVED and isinstance(q.subject, NamedNode) and q.predicate.value.startswith(terms.BKG)
    }  # fmt: skip
    return sorted((s for s in subjects if any(q.object in FACT_CLASSES for q in store.quads_for_pattern(s, RDF_TYPE, None, None))), key=str)


def entity_names(store: Store) -> dict[str, set[NamedNode]]:
    """Every label, spelling and code with the entities that bear it."""
    found: dict[str, set[NamedNode]] = defaultdict(set)
    for predicate in _NAMES:
        for quad in store.quads_for_pattern(None, predicate, None, None):
            if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(terms.ENT) and isinstance(quad.object, Literal):
                found[quad.object.value].add(quad.subject)
    return found


def tell_apart(known: Known) -> str:
    """The entity in one line with what tells it from others of its name."""
    more = [known.kind, known.country, *known.codes, f"{known.facts} fact{'s' * (known.facts != 1)}"]
    return f"{short(known.iri)} ({known.label}; {', '.join(part for part in more if part)})"


def find_shared_names(store: Store) -> list[tuple[str, tuple[Known, ...]]]:
    """Names that several entities of one class bear as label or alias, with these; sorted."""
    found = []
    for name, nodes in sorted(entity_names(store).items()):
        known = [describe(store, node) for node in sorted(nodes, key=str)] if len(nodes) > 1 else []
        counts = Counter(each.kind for each in known)
        alike = tuple(each for each in known if counts[each.kind] > 1)
        if alike:
            found.append((name, alike))
    return found


def _iri(text: str) -> str:
    bare = text.strip("<>")
    if bare.startswith("ent:"):
        return terms.ENT + bare.removeprefix("ent:")
    return bare if bare.startswith(("http://", "https://")) else ""


def _named(text: str, iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError:
        raise KgError(f"{text!r} is no IRI", remedy="leave out blanks, quotes and brackets") from None


def _texts(store: Store, node: NamedNode, predicate: NamedNode) -> list[str]:
    return sorted({q.object.value for q in store.quads_for_pattern(node, predicate, None, None) if isinstance(q.object, Literal)})


def _iris(store: Store, node: NamedNode, predicate: NamedNode) -> Iterable[str]:
    return sorted({q.object.value for q in store.quads_for_pattern(node, predicate, None, None) if isinstance(q.object, NamedNode)})


def _folded(text: str) -> str:
    return " ".join(fold(text).casefold().split())
