"""Who "the president", "the Kenyan minister", "your ambassador" and "his Russian counterpart" are: people told of by their office."""

from __future__ import annotations

from collections.abc import Sequence

from kg.context.references.memory import BREAKS, TOP_OFFICES, Memory, Seen, distinct, office_word, plain_word
from kg.context.references.speakers import second_person, spoken_for
from kg.context.words import words
from kg.model import Entity, Mention, replace

__all__ = ["by_office", "counterpart", "holder_of", "owned"]

# Beside an office: not the one who holds it at the time told of.
_NOT_NOW = words("references", "not-now")


def holder_of(
    memory: Memory, m: Mention, mentions: Sequence[Mention], low: list[str], speakers: tuple[Entity, ...]
) -> Entity | None:
    """The person whom an office without a name stands for."""
    if any(
        o.kind == "person" and o.form == "name" and o.first <= m.last + 1 and m.first <= o.last + 1
        for o in mentions
    ):
        return None
    if any(o.kind == "office" and o is not m and o.first <= m.first and m.last <= o.last for o in mentions):
        return None  # the longer one decides
    if {low[m.first], low[m.first - 1] if m.first else ""} & _NOT_NOW or (low[m.first] == "the" and low[m.first + 1] in _NOT_NOW):
        return None  # "the then president", "was elected president in 1998"
    if (
        m.first
        and low[m.first] != "the"
        and low[m.first - 1] in ("a", "an", "as", "of", "former", "every", "any", "no", "new", "next", "first")
    ):
        return None
    if low[m.first] in ("a", "an") or (low[m.last - 1].endswith("s") and not low[m.last - 1].endswith("ss")):
        return None
    head = next((low[i - 1] for i in range(m.first + 1, m.last) if low[i] in ("of", "for", "to")), "")
    if head.endswith("s") and not head.endswith(("ss", "affairs")):
        return None  # "the foreign ministers of Chile, Peru and Ecuador"
    state = next((e.iri for e in m.entities if e.kind == "state"), "")
    if not state and m.entities:
        return None  # of an organisation: not known here
    office = office_word(m)
    if not state and low[m.first] != "the":
        return None
    plain = plain_word(m)
    found = (by_office(memory, plain, state, speakers if not state else (), exact=True) if plain != office else ()) or by_office(
        memory, office, state, speakers if not state else ())
    when = _day_told(mentions) or memory.day
    if found and not _was_another(memory, found[0], office, state, when):
        return found[0]
    if not state:
        return None
    offices = TOP_OFFICES if office in ("leader", "head-of-state") else (office,)
    if not when or when[:4] == memory.issued[:4]:
        ahead = next((p for word in offices if (p := memory.named_holder(word, state)) is not None), None)
        if ahead is not None:
            return ahead
    for word in offices:
        if holder := memory.gazetteer.holder(word, state, when or memory.issued):
            return holder
    return None


def by_office(memory: Memory, office: str, state: str, speakers: tuple[Entity, ...] = (), *, exact: bool = False) -> tuple[Entity, ...]:
    """Who of the people named holds an office, of this state where one is given: the one named last, rather as who acts. ``exact``: only
    who was given it in these words."""
    office = BREAKS.sub("-", office).strip("-")
    last: Seen | None = None
    for s in reversed(memory.seen):
        if last is not None and s.sentence < last.sentence:
            break
        if (
            s.is_person
            and (last is None or s.acting or s.subject)
            and (
                memory.holds(s.entities[0], office, state)
                if not exact
                else any(have == office and (not state or of == state) for have, of in memory.titles.get(s.entities[0].iri, ()))
            )
            and s.entities[0].iri not in {p.iri for p in speakers}
            and (last is None or not (last.acting or last.subject))
        ):
            last = s  # who acts in a sentence rather than who is met there
    return last.entities if last is not None else ()


def owned(memory: Memory, m: Mention, low: list[str], speakers: tuple[Entity, ...]) -> Mention:
    """The office in "our foreign minister", "your president" with the state whose it is."""
    whose = low[m.first - 1] if m.first and not m.entities else ""
    if whose not in ("our", "my", "your") or (low[m.last - 1].endswith("s") and not low[m.last - 1].endswith(("ss", "affairs"))):
        return m
    mine = spoken_for(memory, speakers, memory.dyad.side)
    states = second_person(memory, speakers, memory.dyad.side) if whose == "your" else (mine,) if mine is not None else ()
    return replace(m, entities=states)


def _day_told(mentions: Sequence[Mention]) -> str:
    """The one date that a sentence gives, "" where it gives none or several."""
    dates = {o.value.date for o in mentions if o.kind == "date" and o.value is not None and o.value.date}
    return dates.pop() if len(dates) == 1 else ""


def _was_another(memory: Memory, person: Entity, office: str, state: str, when: str) -> bool:
    """Whether somebody else is known to have held the office then: a successor's act is not the predecessor's."""
    if not when or not state:
        return False
    holder = memory.gazetteer.holder(office, state, when)
    return holder is not None and holder.iri != person.iri and any(t.person == person.iri for t in memory.gazetteer.tenures(office, state))


def counterpart(memory: Memory, m: Mention, done: Sequence[Mention]) -> tuple[Entity, ...]:
    """Who "his Russian counterpart" is, else the state that the words name."""
    named = [o for o in done if o.kind == "person" and o.first == m.first and o.entities]
    if named:
        return named[0].entities
    states = [
        e.iri for o in done if o.kind == "state" and m.first <= o.first and o.last <= m.last for e in o.entities
    ]
    # the state stands behind the possessive and may come later in the list
    state = states[0] if states else memory.state_inside(m)
    if not state:
        return ()
    return _counterpart_of(memory, state) or (
        (memory.gazetteer.entity(state),) if m.text.lower().endswith(("counterpart", "colleague", "homologue", "opposite number")) else ()
    )


def _counterpart_of(memory: Memory, state: str) -> tuple[Entity, ...]:
    """Who of this state holds the office of the one named last, else the one official of this state just spoken of."""
    mine = [s for s in memory.lately(1) if s.kind == "person" and not s.plural]
    subjects = [s for s in mine if s.subject and s.sentence == memory.index] or mine[-1:]
    if not subjects:
        return ()
    for office, of in sorted(memory.offices_of(subjects[-1].entities[0])):
        if of == state:
            continue
        found = by_office(memory, office, state) or (
            (h,) if (h := memory.gazetteer.holder(office, state, memory.issued)) else ()
        )
        if found:
            return found
    if any(office in TOP_OFFICES for office, _ in memory.offices_of(subjects[-1].entities[0])):
        return by_office(memory, "leader", state)
    near = distinct([s for s in memory.lately(8) if s.kind == "person" and not s.plural])
    of_state = [e for e in near if memory.state_of(e) == state and any("minister" in o or "secretary" in o for o, _ in memory.offices_of(e))]
    own = memory.offices_of(subjects[-1].entities[0])
    return (of_state[0],) if len(of_state) == 1 and any("minister" in o or "secretary" in o for o, _ in own) else ()
