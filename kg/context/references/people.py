"""Who "he", "his host", "the envoy" are: people told of without their office."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.context.clauses import Clauses
from kg.context.references.memory import WINDOW, Memory, Seen, distinct
from kg.model import Entity, Mention
from kg.words import closed

__all__ = ["one_spoken_of", "other_person", "person_pronoun"]


def person_pronoun(
    memory: Memory, m: Mention, gender: str, low: list[str], clauses: Clauses, speakers: tuple[Entity, ...]
) -> tuple[Entity, ...]:
    """Who "he", "she", "his" and "her" are; ``gender`` is "m" or "f", ``speakers`` are nobody of whom they speak."""
    barred = {s.iri for s in speakers}

    def people(entries: Iterable[Seen]) -> list[Seen]:
        return [
            s
            for s in entries
            if s.kind == "person"
            and not s.plural
            and s.entities[0].kind == "person"
            and s.entities[0].iri not in barred
            and memory.fits(s.entities[0], gender)
        ]

    here = people(memory.before(m))
    if low[m.first] in ("he", "she") and not any(g.form == "finite" and g.first < m.first for g in clauses.groups):
        if low[0] in closed.PREPOSITIONS:
            here = [s for s in here if low[s.first - 1] not in ("with", "against", "to", "from", "alongside")]  # "In talks with Mr Sato he": somebody else
        here = [s for s in here if not {"host", "guest", "counterpart", "colleague", "predecessor"} & set(low[max(0, s.first - 2) : s.first])]
    if here:
        found = distinct(here)
        if len(found) == 1:
            return memory.gendered(found[0], gender)
        if near := _clause_subject(here, m, low, clauses):
            return memory.gendered(near, gender)
        subjects = distinct([s for s in here if s.subject])
        if len(subjects) == 1:
            return memory.gendered(subjects[0], gender)
        start = clauses.segment(m.first).first
        inside = distinct([s for s in here if s.first >= start])
        return memory.gendered(inside[0], gender) if len(inside) == 1 else ()
    for back in range(1, WINDOW + 1):
        index = memory.index - back
        if not memory.near(index):
            break
        before = people(memory.told(index))
        if not before:
            continue
        subjects = distinct([s for s in before if s.subject])
        if len(subjects) == 1:
            return memory.gendered(subjects[0], gender)
        if len(subjects) > 1:
            return ()
        found = distinct([s for s in before if s.acting]) or distinct(before)
        return memory.gendered(found[0], gender) if len(found) == 1 else ()
    return ()


def _clause_subject(here: Sequence[Seen], m: Mention, low: list[str], clauses: Clauses) -> Entity | None:
    """The person right before the last verb before the pronoun, or joined to it: "A and her advisers", "A said B
    saw his".
    """
    if m.first >= 2 and low[m.first - 1] == "and":
        joined = [s for s in here if m.first - 4 <= s.first < m.first]
        if len(distinct(joined)) == 1:
            return joined[0].entities[0]
    for group in reversed([g for g in clauses.groups if g.form == "finite" and g.last <= m.first]):
        before = [
            s
            for s in here
            if s.first < group.first
            and group.first - s.first <= 5
            and not any(w in closed.PUNCTUATION or w in closed.CONJUNCTIONS for w in low[s.first : group.first])
        ]
        if before:
            return before[-1].entities[0]
    return None


def one_spoken_of(memory: Memory, speakers: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """ "The visitor", "the envoy": who acts in the sentence before, where he is the only one."""
    barred = {s.iri for s in speakers}
    for back in (1, 2):
        index = memory.index - back
        if not memory.near(index):
            return ()
        people = [s for s in memory.told(index) if s.is_person and s.entities[0].iri not in barred]
        if len(distinct(people)) > 1:  # who is at home where they are is no guest
            reach = max(s.first for s in people)
            here = {e.iri if e.kind == "state" else e.state for s in memory.told(index) if s.placed and s.first < reach and s.kind in ("place", "state")
                    for e in s.entities}
            people = [s for s in people if memory.state_of(s.entities[0]) not in here - {""}] or people
        if people:
            acting = distinct(s for s in people if s.subject)
            found = acting if len(acting) == 1 else distinct(people)
            return (found[0],) if len(found) == 1 else ()
    return ()


def other_person(memory: Memory, m: Mention, done: Sequence[Mention]) -> tuple[Entity, ...]:
    """ "His host": the only other person just told of."""
    him = {e.iri for o in done if o.kind == "pronoun" and o.first == m.first for e in o.entities}
    if len(him) != 1:
        return ()
    for back in (1, 3):
        others = [e for e in distinct(s for s in memory.lately(back) if s.kind == "person")
                  if e.kind == "person" and e.iri not in him]
        if others:
            return (others[0],) if len(others) == 1 else ()
    return ()
