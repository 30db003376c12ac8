"""Entities that only the texts name: one name and one state for each, whichever documents it stands in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

from kg.graph.facts import facts_entities
from kg.graph.nodes import digest
from kg.model import Entity, Fact, replace

Seen = tuple[str, str, str, str]
"""A new entity as one document has it: IRI, label, kind, IRI of its state or ""."""

Agreed = Callable[[str], tuple[str, str, str] | None]
"""Label, kind and state for a new entity by its IRI; None where nothing is agreed on it."""


def newcomers_of(facts: Iterable[Fact]) -> list[Seen]:
    """The new entities of one document, sorted; one that it spells in several ways once for each."""
    return sorted((e.iri, e.label, e.kind, e.state) for e in {e for e in facts_entities(facts) if not e.known})


class Newcomers:
    """The new entities of all documents. First `add` those of every document, then ask."""

    def __init__(self) -> None:
        self._seen: dict[str, tuple[Counter[str], Counter[str], Counter[str]]] = defaultdict(lambda: (Counter(), Counter(), Counter()))
        self._agreed: dict[str, tuple[str, str, str]] = {}

    def add(self, seen: Iterable[Seen]) -> None:
        """Takes in the new entities of one document."""
        for iri, label, kind, state in seen:
            labels, kinds, states = self._seen[iri]
            labels[label] += 1
            kinds[kind] += 1
            if state:
                states[state] += 1

    def agreed(self, iri: str) -> tuple[str, str, str]:
        """Label, kind and state for a new entity: those that most documents use, of several the longest."""
        found = self._agreed.get(iri)
        if found is None:
            labels, kinds, states = self._seen[iri]
            found = self._agreed[iri] = (_most_used(labels), _most_used(kinds), _most_used(states))
        return found

    def agreement(self, seen: Iterable[Seen]) -> str:
        """Digits made from what is agreed on the new entities of one document."""
        return digest([part for iri in sorted({each[0] for each in seen}) for part in (iri, *self.agreed(iri))], 16)

    def rename(self, facts: Iterable[Fact]) -> tuple[Fact, ...]:
        """The facts of one document with what is agreed on; its own labels become further names."""
        return rename(facts, self.agreed)


def rename(facts: Iterable[Fact], agreed: Agreed) -> tuple[Fact, ...]:
    """The facts of one document with what is agreed on its new entities; one of which nothing is agreed on stays as it is."""
    return tuple(_renamed(fact, agreed) for fact in facts)


def _renamed(fact: Fact, agreed: Agreed) -> Fact:
    if not any(isinstance(term, Entity) and not term.known for _, term in fact.roles) and all(entity.known for entity in fact.stated_by):
        return fact
    roles = tuple((name, _same(term, agreed) if isinstance(term, Entity) else term) for name, term in fact.roles)
    return replace(fact, roles=roles, stated_by=tuple(_same(entity, agreed) for entity in fact.stated_by))


def _same(entity: Entity, agreed: Agreed) -> Entity:
    found = None if entity.known else agreed(entity.iri)
    if found is None:
        return entity
    label, kind, state = found
    names = tuple(sorted({*entity.names, entity.label} - {label}))
    return replace(entity, label=label, kind=kind, state=state, names=names)


def _most_used(counts: Counter[str]) -> str:
    return min(counts, key=lambda word: (-counts[word], -len(word), word), default="")
