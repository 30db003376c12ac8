"""Entities that only the texts name: one name and one state for each, whichever documents it stands in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kg.graph.facts import facts_entities
from kg.model import Entity, Fact, replace


def agree_on_names(facts: Mapping[str, Sequence[Fact]]) -> dict[str, tuple[Fact, ...]]:
    """The facts of each document with the same label, kind and state for a new entity in all of them.

    The label is the one that most documents use, of several the longest; a document's own becomes a further name.
    """
    seen: dict[str, list[Entity]] = defaultdict(list)
    for members in facts.values():
        for entity in {entity for entity in facts_entities(members) if not entity.known}:
            seen[entity.iri].append(entity)
    agreed = {
        iri: (
            _most_used(entity.label for entity in entities),
            _most_used(entity.kind for entity in entities),
            _most_used(entity.state for entity in entities if entity.state),
        )
        for iri, entities in seen.items()
    }

    def same(entity: Entity) -> Entity:
        if entity.known:
            return entity
        label, kind, state = agreed[entity.iri]
        names = tuple(sorted({*entity.names, entity.label} - {label}))
        return replace(entity, label=label, kind=kind, state=state, names=names)

    def renamed(fact: Fact) -> Fact:
        roles = tuple((name, same(term) if isinstance(term, Entity) else term) for name, term in fact.roles)
        return replace(fact, roles=roles, stated_by=tuple(same(entity) for entity in fact.stated_by))

    return {document: tuple(renamed(fact) for fact in members) for document, members in facts.items()}


def _most_used(words: Iterable[str]) -> str:
    counts = Counter(words)
    return min(counts, key=lambda word: (-counts[word], -len(word), word), default="")
