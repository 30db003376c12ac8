"""What "the two countries", "the presidents", "each other", "they" and "the latter" mean: two of those just named, or the pair of the document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.context.references.memory import Memory, Seen, distinct, states_among, two_among
from kg.context.references.pairs_of_people import told_holders, two_people
from kg.context.words import words
from kg.model import Entity, Mention

__all__ = ["one_of_two", "pair_meant", "they"]

_OWN_MANY = words("references", "own-many")
_FAR = 6  # sentences that "they" at the head of a paragraph looks back
_ALONGSIDE = frozenset("together along alongside besides unlike apart jointly beside".split())


def pair_meant(memory: Memory, m: Mention, head: str, low: list[str]) -> tuple[Entity, ...]:
    """The two whom "the two countries", "the presidents", "both companies", "each other" mean."""
    if head != "heads":
        head = head.replace("heads of", "head of").removesuffix("s")
    if low[m.first] == "our" and low[m.last - 1] in _OWN_MANY:
        return ()
    if low[m.last - 1] in ("men", "women", "statesmen", "two", "pair", "duo"):
        here = memory.before(m)
        if low[m.last - 1] in ("two", "pair", "duo") and any(s.kind == "state" and s.subject for s in here) and not any(s.kind == "person" for s in here):
            return _two_states(memory, m)  # "Chile is no member of the bank, but the two cooperate"
        for back in (1, 3):
            told = distinct([s for s in memory.lately(back) if s.kind == "person"])
            if len(told) == 2 and all(e.kind == "person" for e in told):
                return tuple(told)
        return () if low[m.last - 1] not in ("two", "pair", "duo") or told else _two_states(memory, m)
    if head in (
        "leader",
        "president",
        "minister",
        "prime minister",
        "foreign minister",
        "head of state",
        "head of government",
        "monarch",
        "counterpart",
        "speaker",
        "defence minister",
    ):
        if low[m.first] == "the" and "two" not in low[m.first:m.last] and memory.several():
            return ()
        return two_people(memory, head) or memory.dyad.states[:2]
    if head.endswith(("minister", "premier", "chancellor", "king", "ambassador", "envoy", "secretary", "governor", "chief")) or "minister of" in head:
        return _holders(memory, m, head, low)
    if head in ("company", "companie", "region"):
        found = distinct(s for s in memory.lately(1) if s.kind in ("company", "organisation", "region"))
        return tuple(found) if len(found) == 2 and head != "region" else ()
    if head == "each other":
        return two_among(memory.before(m)) or memory.dyad.states[:2]
    if (low[m.first] == "our" or head == "both of us") and len(memory.dyad.states) >= 2:
        return memory.dyad.states[:2]
    if low[0] in _ALONGSIDE and low[m.first - 1] == "," and len(memory.dyad.states) >= 2 and not any(w == "," for w in low[: m.first - 1]):
        return memory.dyad.states[:2]  # "Together with Brunei and Oman, the two countries founded"
    return _two_states(memory, m)


def _holders(memory: Memory, m: Mention, head: str, low: list[str]) -> tuple[Entity, ...]:
    """ "The energy ministers": the two of whom the text told, else the two states; nobody where three sides are spoken of."""
    if low[m.first] == "their":
        return they(memory, m)
    if memory.several():
        return ()
    pair = _two_states(memory, m)
    people = told_holders(memory, head) if not head.startswith(("deputy", "vice")) else ()
    return people if people and {memory.state_of(p) for p in people} == {s.iri for s in pair} else pair


def _two_states(memory: Memory, m: Mention) -> tuple[Entity, ...]:
    """The two states just named as a pair, else the pair of the document."""
    here = two_among(memory.before(m))
    if here:
        return here
    for back in (1, 2):
        index = memory.index - back
        if not memory.near(index):
            break
        before = memory.told(index)
        states = states_among(before)
        if len(states) == 2 and _side_by_side(before, states) and (
            len(memory.dyad.states) < 2 or not {s.iri for s in states} & {s.iri for s in memory.dyad.states[:2]} or (back == 1 and _joined(before, states))
        ):
            return tuple(states)
        if states:
            break
    if len(memory.dyad.states) >= 2:
        return memory.dyad.states[:2]
    recent = states_among(memory.lately(2))
    return tuple(recent) if len(recent) == 2 else ()


def _side_by_side(entries: Iterable[Seen], states: Sequence[Entity]) -> bool:
    """Whether the two are named as a pair ("Chile and Peru", "Chile's trade with Peru"), not each in a clause of its own."""
    places = [[s.first for s in entries if e in s.entities] for e in states]
    return min(abs(a - b) for a in places[0] for b in places[1]) <= 3


def _joined(entries: Iterable[Seen], states: Sequence[Entity]) -> bool:
    """Whether the two are the subject, joined by one word: "Chile and Togo have much in common"."""
    places = [[s.first for s in entries if e in s.entities and s.subject] for e in states]
    return any(abs(a - b) == 2 for a in places[0] for b in places[1])


def one_of_two(memory: Memory, m: Mention, which: str) -> tuple[Entity, ...]:
    """ "The former", "the latter country": the first or last of the only two of one kind just named."""
    kinds = {"state": ("state",), "company": ("company",), "organisation": ("organisation",)}.get(
        m.kind, ("person", "state", "company", "organisation", "facility", "project")
    )
    for index in (memory.index, memory.index - 1):
        near = [s for s in memory.told(index) if index < memory.index or s.first < m.first]
        two = [found for kind in kinds if len(found := distinct(s for s in near if s.kind == kind and not s.plural)) == 2]
        if not two:
            two = [list(pair) for pair in dict.fromkeys(s.entities for s in near if s.plural and len(s.entities) == 2 and s.entities[0].kind in kinds)]
        if not two:
            two = list(
                map(
                    list,
                    dict.fromkeys(
                        (a.entities[0], b.entities[0])
                        for a in near
                        for b in near
                        if a.kind == b.kind
                        and a.kind in kinds
                        and b.first == a.first + 2
                        and len(a.entities) == len(b.entities) == 1
                        and a.subject
                        and b.subject
                    ),
                )
            )  # "Chile and Togo are the largest donors in Chad"
        if two:
            return (two[0][which == "latter"],) if len(two) == 1 else ()
    return ()


def they(memory: Memory, m: Mention) -> tuple[Entity, ...]:
    """Whom "they" and "their" mean: the plural subject, several subjects of one kind, a people."""
    for index in (memory.index, memory.index - 1):
        if not memory.near(index):
            return ()
        entries = [s for s in memory.told(index) if (index < memory.index or s.first < m.first) and s.kind != "group"]
        plural = [s for s in entries if s.plural and s.subject]
        if plural:
            return plural[-1].entities
        subjects = [s for s in entries if s.subject and s.kind in ("state", "person")]
        kinds = {s.kind for s in subjects}
        found = distinct(subjects)
        if len(kinds) == 1 and 2 <= len(found) <= 4:
            return tuple(found)
        if len(subjects) == 1 and subjects[0].people:
            return subjects[0].entities  # "The Kenyans ... their country"
        people = distinct(s for s in entries if s.kind == "person" and not s.plural)
        if index < memory.index and kinds == {"person"} and len(found) == 1 and len(people) == 2 and all(e.kind == "person" for e in people):
            return tuple(people)  # "Ms Lima received Mr Soto. They discussed trade."
        if entries and subjects:
            break
    return _pair_told(memory, m)


def _pair_told(memory: Memory, m: Mention) -> tuple[Entity, ...]:
    """The pair that was the last plural subject, for the "they" that opens a paragraph: "9. The two leaders ... 10. They"."""
    if m.text != "They" or memory.in_paragraph(memory.index - 1) or memory.before(m):
        return ()
    for back in range(1, _FAR + 1):
        plural = [s for s in memory.told(memory.index - back) if s.plural and s.subject]
        if plural:
            return plural[-1].entities if plural[-1].kind == "pair" else ()
    return ()
