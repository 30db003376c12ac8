"""What "the country", "the Gulf emirate", "the republic" mean: the state that is spoken of, or the other one of the pair."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kg.context.clauses import Clauses
from kg.context.references.memory import BREAKS, Memory, Seen, distinct, states_among
from kg.context.references.position import is_object
from kg.context.words import words
from kg.model import Entity, Mention
from kg.words import closed
from kg.words.regions import states_called

__all__ = ["country"]

_PLACE_PREPOSITIONS = words("references", "place-preposition")
_OUR_PEOPLE = words("references", "our-people")
_RULERS = words("references", "rulers")
_BOUNDS = closed.PUNCTUATION | closed.CONJUNCTIONS | closed.SUBORDINATORS | closed.SUBJECT_PRONOUNS - {"the"}
_OWN_GROUND = frozenset({"across", "throughout", "around", "inside", "within", "outside", "over"})


def country(memory: Memory, m: Mention, head: str, low: list[str], clauses: Clauses) -> tuple[Entity, ...]:
    """The state that "the country", "the kingdom", "the former colony", "their government" mean."""
    before = low[m.first - 1] if m.first else ""
    if low[m.first] in ("our", "my", "your"):
        return ()
    if low[m.last - 3 : m.last] == ["people", "'s", "republic"] and (named := _peoples_republic(memory)):
        return named
    if head == "colony":
        return memory.other_of_pair([memory.gazetteer.entity(owner)]) if (owner := memory.state_inside(m)) else ()
    fitting = _fitting(memory, m, low)
    if fitting is not None:
        return tuple(fitting)
    here = memory.before(m)
    if before == "it" and low[m.first - 2] in ("make", "makes", "made", "making") and (acting := states_among(s for s in here if s.subject)):
        return memory.other_of_pair(acting)  # "Japan lent Laos $1 billion, which makes it the country's largest donor"
    if (
        before in ("in", "to", "into")
        and len(here) == 1
        and here[0].subject
        and here[0].kind == "state"
        and not here[0].plural
        and not here[0].adjective
        and not (here[0].words & set(BREAKS.split(here[0].entities[0].label.lower())))
        and (others := memory.other_of_pair(here[0].entities))
    ):
        return others  # "The emirate invested in the country"
    if {"neighbouring", "neighboring"} & set(low[m.first : m.last]):
        return memory.other_of_pair(states_among(s for s in here if s.subject))
    rulers = head in _RULERS
    hidden = memory.hidden(here)
    here = [s for s in here if (s.sentence, s.first) not in hidden]  # "the Bank of India" names no country
    if not rulers and (spoken_of := _spoken_of_before(memory, m, low, here, clauses)):
        return spoken_of
    if before in _PLACE_PREPOSITIONS and low[m.last : m.last + 1] != ["'s"] and not rulers and (foreign := _host_of(memory, here)):
        return foreign
    found = _one_state(memory, here, before in _PLACE_PREPOSITIONS and low[m.last : m.last + 1] != ["'s"] and not rulers, head, rulers)
    if found is not None:
        return found or _abroad(memory, m, low)
    for back in (1, 2):
        index = memory.index - back
        if not memory.near(index):
            break
        found = _one_state(memory, memory.told(index), False, head, rulers or low[m.first] == "that")
        if found is not None:
            return found or _abroad(memory, m, low)
    return ()


def _one_state(memory: Memory, entries: list[Seen], other: bool, head: str, far: bool = False) -> tuple[Entity, ...] | None:
    """The state that "the country" is, () where several could be, None where none is named."""
    states = states_among(entries)
    if head in ("kingdom", "republic", "emirate", "sultanate") and len(states) > 1:
        named = [e for e in states if any(head in n.lower() for n in (e.label, *e.names))]
        states = named or states
    loose = all(s.adjective or s.kind == "group" for s in entries if states and states[0] in s.entities)
    if len(states) == 1 and (far or not loose):
        return (states[0],)
    people = distinct(s for s in entries if s.kind == "person" and s.subject and not s.plural)
    if not states:
        of = {memory.state_of(p) for p in people} - {""}
        of |= {memory.home_of(e) for s in entries if s.kind == "place" for e in s.entities} - {""} if of else set()
        if len(of) > 1:
            return ()  # "Ms Clark travelled to Apia. The country": hers or the other one
        if len(of) == 1:
            try:
                return (memory.gazetteer.entity(of.pop()),)
            except KeyError:
                return None
        return None
    subjects = states_among(s for s in entries if s.subject and not s.adjective)
    if not subjects:
        of = {memory.state_of(p) for p in people} - {""}
        subjects = [e for e in states if e.iri in of]
    if len(subjects) != 1:
        return ()
    if not other:
        return (subjects[0],)
    rest = [e for e in states if e.iri != subjects[0].iri]
    return (rest[0],) if len(rest) == 1 else ()


def _fitting(memory: Memory, m: Mention, low: list[str]) -> list[Entity] | None:
    """The states that "the Gulf emirate" may be, of the pair or just spoken of, [] where none is; None where its words tell nothing or too little."""
    called = states_called(low[m.first : m.last])
    if called is None:
        return None

    acting = [s for s in memory.told(memory.index) if s.subject and s.kind == "state" and not s.adjective and s.first < m.first]
    barred = {e.iri for s in acting for e in s.entities if not any(w in _BOUNDS for w in low[s.first : m.first])}

    def fits(state: Entity) -> bool:
        return state.iri.rpartition("/")[2] in called and state.iri not in barred

    pair = [e for e in memory.dyad.states[:2] if fits(e)]
    hidden = memory.hidden(memory.lately(3))
    for back in (1, 3):
        near = [s for s in memory.lately(back) if (s.sentence, s.first) not in hidden]
        recent = [e for e in states_among(near) if fits(e)]
        if len(recent) == 1:
            return recent
        if recent and (len(pair) != 1 or pair[0] not in recent):
            return None
        if recent:
            return []
    return pair if len(pair) == 1 else None if pair else []


def _peoples_republic(memory: Memory) -> tuple[Entity, ...]:
    """The only state spoken of whose full name begins so."""
    told = {e for s in memory.seen for e in s.entities} | set(memory.dyad.states)
    found = [e for e in told if any(name.startswith("People's Republic of ") for name in e.names)]
    return tuple(found) if len(found) == 1 else ()


def _spoken_of_before(memory: Memory, m: Mention, low: list[str], here: Sequence[Seen], clauses: Clauses) -> tuple[Entity, ...]:
    """The one other state of the sentence before, where somebody else does something to it: "Mali is poor. India gave the country loans"."""
    index = memory.index - 1
    if not memory.in_paragraph(index) or not is_object(m, low, clauses):
        return ()
    acting = {e.iri if e.kind == "state" else memory.home_of(e) for s in here for e in s.entities} - {""}
    told = states_among(s for s in memory.told(index) if not s.adjective and not s.people)
    others = [e for e in told if e.iri not in acting]
    before = low[m.first - 1] if m.first else ""
    own = before in _OWN_GROUND or (before in _PLACE_PREPOSITIONS and len(others) < len(told))  # its own: "schools across the country"
    return (others[0],) if acting and len(others) == 1 and not own else ()


def _abroad(memory: Memory, m: Mention, low: list[str]) -> tuple[Entity, ...]:
    """Where the firms, investors or citizens of one of the pair just spoken of are: "in the country" is the other one."""
    if low[m.first - 1 : m.first] != ["in"] or len(memory.dyad.states) != 2:
        return ()
    if memory.dyad.side in memory.dyad.states and any(a == "our" and b in _OUR_PEOPLE for a, b in pairwise(low[: m.first])):
        homes = [memory.dyad.side]
    else:
        groups = [s for s in memory.lately(1) if s.kind == "group"]
        here = [s for s in groups if s.sentence == memory.index]
        homes = [e for s in here or groups for e in s.entities]
    others = [state for state in memory.dyad.states if state.iri not in {h.iri for h in homes}]
    return (others[0],) if len(others) == 1 else ()


def _host_of(memory: Memory, here: Sequence[Seen]) -> tuple[Entity, ...]:
    """The other state of the pair, where a company or people of one of them do something "in the country"."""
    pair = memory.dyad.states[:2]
    subjects = [
        s
        for s in here
        if (s.subject and s.kind in ("company", "organisation", "institution", "person"))
        or (s.kind == "state" and s.adjective and s.first <= 2)
    ]
    of = {e.iri if e.kind == "state" else memory.home_of(e) for s in subjects for e in s.entities} - {""}
    hidden = memory.hidden(here)
    named = {e.iri for s in here if not s.adjective for e in s.entities if e.kind == "state" and (s.sentence, s.first) not in hidden}
    if len(pair) == 2 and len(of) == 1 and of <= {p.iri for p in pair} and not named - of:
        return tuple(p for p in pair if p.iri not in of)
    return ()
