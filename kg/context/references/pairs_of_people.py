"""Who "the two presidents", "the leaders", "the energy ministers" are: the two holders of an office of whom the text told last."""

from __future__ import annotations

from collections.abc import Sequence

from kg.context.references.memory import BREAKS, TOP_OFFICES, Memory, distinct
from kg.context.words import words
from kg.model import Entity

__all__ = ["told_as", "told_holders", "two_people"]

_COMPARING = frozenset({"since", "unlike", "than"})  # "the first to come since X", who is none of the two
_REACH = 12  # sentences that "the leaders" look back
_STATE_HEADS = words("references", "state-heads")


def two_people(memory: Memory, head: str) -> tuple[Entity, ...]:
    """The last two of different states who hold an office ("president", "leader", "counterpart"), else those of the document's pair at its date."""
    office = BREAKS.sub("-", head)
    if office in ("leader", "counterpart") and (met := _just_met(memory)):
        return met
    if office == "leader" and len(top := _leaders(memory)) == 2:
        return top
    people: dict[str, Entity] = {}
    heads = office == "head-of-state" and len({e.iri for s in memory.lately(_REACH) if s.kind == "person" for e in s.entities
                                               if e.kind == "person" and any(o in _STATE_HEADS for o, _ in memory.offices_of(e))}) >= 2
    for s in reversed(memory.lately(_REACH)):
        if s.kind != "person" or s.lead in _COMPARING:
            continue
        for e in s.entities:
            if e.kind != "person" or e.iri in people:
                continue
            offices = memory.offices_of(e)
            if heads and not any(o in _STATE_HEADS for o, _ in offices):
                continue
            fits = (
                (
                    office in ("leader", "counterpart")
                    and any(o in TOP_OFFICES or "minister" in o or "leader" in o for o, _ in offices)
                )
                or memory.holds(e, office, "")
                or (office == "minister" and any("minister" in o for o, _ in offices))
            )
            others = [memory.state_of(p) for p in people.values()]
            if fits and (not memory.state_of(e) or memory.state_of(e) not in others):
                people[e.iri] = e
        if len(people) == 2:
            break
    if len(people) == 2:
        return tuple(reversed(people.values()))
    if memory.year and memory.issued and int(memory.year) < int(memory.issued[:4]) - 12:
        return ()  # "which the two foreign ministers discussed in 1940"
    found = []
    when = memory.year if memory.year and memory.issued and memory.year < memory.issued[:4] else memory.issued  # "in 2006 our presidents signed"
    for state in memory.dyad.states[:2]:
        ranks = TOP_OFFICES[:2] if office in ("leader", "head-of-state", "monarch") else (office,)
        holder = told_as(memory, ranks, state.iri) or next((h for w in ranks if (h := memory.gazetteer.holder(w, state.iri, when))), None)
        if holder is not None:
            found.append(holder)
    return tuple(found) if len(found) == 2 else ()


def _just_met(memory: Memory) -> tuple[Entity, ...]:
    """The only two people of the sentence before, of different states: "Vice-President A held talks with Prime Minister B. The two leaders ..."."""
    people = [e for e in distinct(s for s in memory.told(memory.index - 1) if s.is_person) if memory.offices_of(e) and memory.state_of(e)]
    return tuple(people) if len(people) == len({memory.state_of(e) for e in people}) == 2 and memory.in_paragraph(memory.index - 1) else ()


def told_as(memory: Memory, ranks: Sequence[str], state: str) -> Entity | None:
    """Who the text says holds one of these offices in a state, the one named last; None where it names nobody."""
    people = distinct(s for s in reversed(memory.seen) if s.is_person)
    return next((e for word in ranks for e in people if (word, state) in memory.offices.get(e.iri, set())), None)


def _leaders(memory: Memory) -> tuple[Entity, ...]:
    """The last two heads of state, of government or of a party of whom the text told, of different states."""
    sides = [state.iri for state in memory.dyad.states[:2]]
    own = _last_leaders(memory, sides) if len(sides) == 2 else ()
    return own if len(own) == 2 else _last_leaders(memory, ())  # "Chad's and Togo's leaders praised the UN's. The leaders": the first two


def _last_leaders(memory: Memory, of: Sequence[str]) -> tuple[Entity, ...]:
    """The last two leaders, of these states only where any are given."""
    people: dict[str, Entity] = {}
    for s in reversed([s for s in memory.lately(_REACH) if s.kind == "person" and s.lead not in _COMPARING]):
        for e in s.entities:
            if of and memory.state_of(e) not in of:
                continue
            held = [o for o, _ in memory.offices_of(e)] if e.kind == "person" else []
            if any(o in TOP_OFFICES or "leader" in o or o in ("general-secretary", "first-secretary") for o in held) and memory.state_of(e) not in people:
                people[memory.state_of(e)] = e
        if len(people) == 2:
            break
    return tuple(reversed(people.values())) if len(people) == 2 and "" not in people else ()


def told_holders(memory: Memory, head: str) -> tuple[Entity, ...]:
    """The last two holders of an office of whom the text told, of different states."""
    people: dict[str, Entity] = {}
    for s in reversed([s for s in memory.lately(_REACH) if s.kind == "person"]):
        for e in s.entities:
            if e.kind == "person" and memory.holds(e, BREAKS.sub("-", head), "") and memory.state_of(e) not in people and len(people) < 2:
                people[memory.state_of(e)] = e
    return tuple(reversed(people.values())) if len(people) == 2 else ()
