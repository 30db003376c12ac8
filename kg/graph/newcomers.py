"""Entities that only the texts name: one name and one state for each, whichever documents it stands in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kg.graph.facts import facts_entities
from kg.model import Entity, Fact, replace

Agreed = Mapping[str, tuple[str, str, str]]
"""Label, kind and state of new entities, by IRI."""


def agree_on_names(facts: Mapping[str, Sequence[Fact]]) -> dict[str, tuple[Fact, ...]]:
    """The facts of each document with the same label, kind and state for a new entity in all of them.

    The label is the one that most documents use, of several the longest; a document's own becomes a further name.
    """
    agreed = agreed_names(count_newcomers(facts.values()))
    return {document: rename(members, agreed) for document, members in facts.items()}


def count_newcomers(documents: Iterable[Iterable[Fact]]) -> Counter[Entity]:
    """In how many documents each new entity stands so: with this label, kind, state and these names."""
    return Counter(entity for facts in documents for entity in {each for each in facts_entities(facts) if not each.known})


def agreed_names(counts: Mapping[Entity, int]) -> dict[str, tuple[str, str, str]]:
    """What most documents say of each new entity."""
    seen: dict[str, list[Entity]] = defaultdict(list)
    for entity in counts:
        seen[entity.iri].append(entity)
    return {
        iri: (
            _most_used((entity.label, counts[entity]) for entity in entities),
            _most_used((entity.kind, counts[entity]) for entity in entities),
            _most_used((entity.state, counts[entity]) for entity in entities if entity.state),
        )
        for iri, entities in seen.items()
    }


def rename(facts: Iterable[Fact], agreed: Agreed) -> tuple[Fact, ...]:
    """The facts with what was agreed on for their new entities; one of which nothing was agreed stays as it is."""

    def same(entity: Entity) -> Entity:
        if entity.known or entity.iri not in agreed:
            return entity
        label, kind, state = agreed[entity.iri]
        names = tuple(sorted({*entity.names, entity.label} - {label}))
        return replace(entity, label=label, kind=kind, state=state, names=names)

    def renamed(fact: Fact) -> Fact:
        roles = tuple((name, same(term) if isinstance(term, Entity) else term) for name, term in fact.roles)
        return replace(fact, roles=roles, stated_by=tuple(same(entity) for entity in fact.stated_by))

    return tuple(renamed(fact) for fact in facts)


def _most_used(words: Iterable[tuple[str, int]]) -> str:
    counts: Counter[str] = Counter()
    for word, count in words:
        counts[word] += count
    return min(counts, key=lambda word: (-counts[word], -len(word), word), default="")
