"""What a user calls an entity, a document or a fact type, found in the graph; near names for what names nothing."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Store

from kg import terms
from kg.errors import KgError
from kg.graph.nodes import ALT_LABEL, IDENTIFIER, PREF_LABEL, bkg

_NAMES = (PREF_LABEL, ALT_LABEL, bkg("iso3166"), bkg("iso3166alpha3"))


def find_entity(store: Store, name: str) -> NamedNode:
    """The entity of this IRI (also ``ent:kazakhstan``), label, spelling or ISO code.

    Raises `KgError` with near names where nothing or more than one thing is called so.
    """
    iri = _expand(name, "ent", terms.ENT)
    if iri is not None:
        if next(store.quads_for_pattern(iri, None, None, None), None) is None:
            known = _entities(store)
            near = _near(iri.value, (node.value for nodes in known.values() for node in nodes))
            raise KgError(f"no entity {name}", remedy=near or "look it up with kg queries")
        return iri
    known = _entities(store)
    found = {node for spelling, nodes in known.items() if spelling.casefold() == name.casefold() for node in nodes}
    if not found:
        raise KgError(f"no entity is called {name!r}", remedy=_near(name, known) or "check the spelling")
    preferred = {node for node in found if _is_preferred(store, node, name)} or found
    if len(preferred) > 1:
        choice = ", ".join(sorted(node.value.replace(terms.ENT, "ent:") for node in preferred))
        raise KgError(f"{name!r} names several entities", remedy=f"say which: {choice}")
    return preferred.pop()


def find_document(store: Store, name: str) -> list[NamedNode]:
    """The documents of this identifier (several files may share a stem), SHA-256 (its first 8 digits do) or IRI."""
    documents: dict[NamedNode, str] = {
        quad.subject: quad.object.value
        for quad in store.quads_for_pattern(None, IDENTIFIER, None, None)
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(terms.DOC)
        and isinstance(quad.object, Literal)
    }  # fmt: skip
    key = name.removeprefix(terms.DOC).removeprefix("doc:")
    found = [node for node, identifier in documents.items() if identifier == name]
    found = found or [n for n in documents if len(key) >= 8 and n.value.startswith(terms.DOC + key)]
    if not found:
        raise KgError(
            f"no document {name!r} in the graph",
            remedy=_near(name, documents.values()) or "the identifier is the file's name without its ending",
        )
    return sorted(found, key=str)


def check_type(name: str) -> str:
    """The fact type of this name, whatever its capitals (also ``bkg:Meeting``)."""
    bare = name.removeprefix(terms.BKG).removeprefix("bkg:")
    known = {each.casefold(): each for each in terms.FACT_TYPES}
    if bare.casefold() not in known:
        raise KgError(
            f"no fact type {name!r}", remedy=_near(bare, known.values()) or f"one of {', '.join(known.values())}"
        )
    return known[bare.casefold()]


def _expand(name: str, prefix: str, space: str) -> NamedNode | None:
    if name.startswith(f"{prefix}:"):
        return NamedNode(space + name.removeprefix(f"{prefix}:"))
    if name.startswith(("http://", "https://")):
        try:
            return NamedNode(name)
        except ValueError as error:
            raise KgError(f"{name!r} is no IRI", remedy="check the spelling") from error
    return None


def _entities(store: Store) -> dict[str, set[NamedNode]]:
    found: dict[str, set[NamedNode]] = {}
    for predicate in _NAMES:
        for quad in store.quads_for_pattern(None, predicate, None, None):
            if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(terms.ENT):
                spelling = quad.object.value if isinstance(quad.object, Literal) else ""
                found.setdefault(spelling, set()).add(quad.subject)
    return found


def _is_preferred(store: Store, node: NamedNode, name: str) -> bool:
    labels = store.quads_for_pattern(node, PREF_LABEL, None, None)
    return any(isinstance(q.object, Literal) and q.object.value.casefold() == name.casefold() for q in labels)


def _near(name: str, names: Iterable[str]) -> str:
    spelt = {each.casefold(): each for each in sorted(names)}
    near = difflib.get_close_matches(name.casefold(), spelt, n=3, cutoff=0.6)
    return f"did you mean {' or '.join(repr(spelt[each]) for each in near)}?" if near else ""
