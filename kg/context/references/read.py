"""The references of a sentence, each handed to the room that knows what its words mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kg.context.clauses import Clauses
from kg.context.dyad import Dyad
from kg.context.references.addressed import addressed_in, is_addressed
from kg.context.references.countries import country
from kg.context.references.elsewhere import home, neighbour, ruled, there
from kg.context.references.it import it
from kg.context.references.memory import Memory
from kg.context.references.officials import by_office, counterpart, holder_of, owned
from kg.context.references.pairs import one_of_two, pair_meant, they
from kg.context.references.people import one_spoken_of, other_person, person_pronoun
from kg.context.references.speakers import first_person, second_person
from kg.context.references.things import thing, unnamed
from kg.context.references.works import note_works, the_works
from kg.context.subjects import outer_mentions
from kg.context.words import words
from kg.gazetteer import Gazetteer
from kg.model import Entity, Mention, Sentence, replace
from kg.words import closed

__all__ = ["References"]

_HE = words("references", "he")
_SHE = words("references", "she")
_IT = words("references", "it")
_THEY = words("references", "they")
# Words for anybody who goes somewhere or speaks for a state.
_ANYBODY = words("references", "anybody")
_THANKING = words("references", "thanking")


@dataclass(slots=True)
class References:
    """The references of one document, read sentence after sentence."""

    gazetteer: Gazetteer
    dyad: Dyad
    issued: str = ""
    _memory: Memory = field(init=False)

    def __post_init__(self) -> None:
        self._memory = Memory(self.gazetteer, self.dyad, self.issued)

    def read(
        self,
        sentence: Sentence,
        clauses: Clauses,
        mentions: Iterable[Mention],
        speakers: tuple[Entity, ...] = (),
    ) -> tuple[Mention, ...]:
        """The sentence's mentions with references filled in, except those of the first person. Sentences in order.

        ``speakers`` are those of the turn that the sentence stands in: "he" is none of them.
        """
        memory = self._memory
        low = [t.lower for t in sentence.tokens]
        ordered = sorted(mentions, key=lambda m: (m.first, -m.last))
        finite = [g for g in clauses.groups if g.form == "finite"]
        done: list[Mention] = []
        memory.open(sentence, ordered)
        for m in ordered:
            memory.learn(m, ordered, low)
        ordered += the_works(memory, sentence, ordered, clauses)
        note_works(memory, sentence, ordered, clauses)
        for m in ordered:
            if m.form == "reference" and not m.entities:
                found = ruled(memory, m, ordered) or _subject_ahead(memory, m, ordered, low, clauses) or _resolve(memory, m, low, clauses, done, speakers)
                m = replace(m, entities=found)
                if m.head == "there" and found and found[0].kind == "state":
                    m = replace(m, kind="state")
                state = home(memory, m, low, sentence)
                if state is not None or (state := neighbour(memory, m, low, sentence, ordered)) is not None:
                    done.append(state)
                    memory.see(state, low, finite)
            elif m.form == "office" and m.kind == "office":
                m = owned(memory, m, low, speakers)
                person = holder_of(memory, m, ordered, low, speakers)
                if person is not None:
                    done.append(replace(m, kind="person", form="reference", entities=(person,)))
                    memory.see(done[-1], low, finite)
            done.append(m)
            if m.entities and m.kind != "office":
                memory.see(m, low, finite)
            elif m.kind == "agreement" and m.form == "reference" and low[m.first] == "the" and not low[m.last - 1].endswith("s"):
                memory.see(replace(m, entities=(unnamed(m),)), low, finite)  # "The pact was signed": "it" is that one
        return tuple(sorted(done, key=lambda m: (m.first, -m.last)))

    def look_ahead(self, sentences: Sequence[Sentence], mentions: Sequence[Sequence[Mention]]) -> None:
        """Learns beforehand who is named anywhere with which office: the invited president may be named last."""
        ahead = Memory(self.gazetteer, self.dyad, self.issued)
        for sentence, here in zip(sentences, mentions, strict=True):
            ordered = sorted(here, key=lambda m: (m.first, -m.last))
            ahead.open(sentence, ordered)
            if any(m.kind == "person" for m in ordered) and any(m.kind == "office" for m in ordered):
                low = [t.lower for t in sentence.tokens]
                for m in ordered:
                    ahead.learn(m, ordered, low)
        self._memory.foretold, self._memory.people = ahead.offices, dict(ahead.people)

    @property
    def homes(self) -> dict[str, str]:
        """The states whose officials people are told to be by the heading or side below which they are listed, by IRI."""
        return self._memory.homes

    def second_person(self, speakers: tuple[Entity, ...], side: Entity | None) -> tuple[Entity, ...]:
        """What "your country", "your exports" mean: the state of the pair for which the speaker does not speak."""
        return second_person(self._memory, speakers, side)

    def addressed(self, text: str, speakers: tuple[Entity, ...], side: Entity | None) -> tuple[Entity, ...]:
        """Whom "you" means in the speech of one (its ``text``): who is addressed there by his office, or his state."""
        return addressed_in(self._memory, text, self.second_person(speakers, side)) if is_addressed(text) else ()

    def first_person(
        self, m: Mention, low: list[str], speakers: tuple[Entity, ...], side: Entity | None, *, joint: bool = False
    ) -> tuple[Entity, ...]:
        """What "we", "our", "I" mean here: the speaker, his state, or both states (in a `joint` paper always both)."""
        return first_person(self._memory, m, low, speakers, side, joint=joint)


def _resolve(
    memory: Memory, m: Mention, low: list[str], clauses: Clauses, done: Sequence[Mention], speakers: tuple[Entity, ...]
) -> tuple[Entity, ...]:
    """What a reference stands for; ``done`` are the mentions of the sentence read before it."""
    head = m.head.lower() or m.text.lower()
    if (
        m.last - m.first > 1
        and low[m.first] == "the"
        and low[m.first + 1] in ("latter", "former")
        and (m.last - m.first < 4 or m.kind != "state")
        and m.kind in ("pronoun", "state", "company", "organisation")
    ):
        return one_of_two(memory, m, low[m.first + 1])
    if m.kind == "pronoun":
        if head in ("its", "his", "her", "their") and (thanked := _thanked(m, low, done)):
            return thanked
        if head in _HE or head in _SHE:
            return person_pronoun(memory, m, "f" if head in _SHE else "m", low, clauses, speakers)
        if head in _IT:
            return it(memory, m, low, clauses)
        if head in _THEY:
            return they(memory, m)
        return ()
    if m.kind == "pair":
        return pair_meant(memory, m, head, low)
    if m.kind == "state":
        return country(memory, m, head, low, clauses)
    if head == "there":
        return there(memory, m)
    if m.kind == "person":
        if "counterpart" in head:
            return counterpart(memory, m, done)
        if head in ("host", "guest", "visitor", "interlocutor") and low[m.first] != "the":
            return other_person(memory, m, done)
        return by_office(memory, head, "", speakers) or (one_spoken_of(memory, speakers) if head in _ANYBODY else ())
    if m.kind in ("agreement", "facility", "project", "body", "organisation", "company", "event", "place"):
        return thing(memory, m, head, low, clauses)
    return ()


def _subject_ahead(memory: Memory, m: Mention, mentions: Sequence[Mention], low: list[str], clauses: Clauses) -> tuple[Entity, ...]:
    """ "During *her* visit to Lima, the minister X said": a sentence that begins with a phrase names its subject
    later.
    """
    word = low[m.first]
    if word not in ("his", "her", "its", "their") or low[0] not in closed.PREPOSITIONS or m.first > 6:
        return ()
    first = next((g for g in clauses.groups if g.form == "finite"), None)
    if (
        first is None
        or first.first < m.last
        or any(o.entities and o.last <= m.first and o.kind in ("person", "state") for o in mentions)
    ):
        return ()
    comma = next((i for i in range(m.last, first.first) if low[i] == ","), -1)
    if comma < 0:
        return ()
    ahead = [o for o in outer_mentions(mentions) if comma < o.first and o.last <= first.first and o.entities]
    ahead = [o for o in ahead if o.kind == "person"] or ahead
    if word in ("his", "her"):
        people = [
            o for o in ahead if o.kind == "person" and memory.fits(o.entities[0], "f" if word == "her" else "m")
        ]
        return people[0].entities if len(people) == 1 else ()
    found = tuple(dict.fromkeys(e for o in ahead for e in o.entities))
    return found if (len(found) == 1) == (word == "its") and found else ()


def _thanked(m: Mention, low: list[str], done: Sequence[Mention]) -> tuple[Entity, ...]:
    """Whose "its" is in "congratulated Chad on its election", "thanked the minister for his help": that of the one named just before."""
    if m.first < 2 or low[m.first - 1] not in ("on", "for"):
        return ()
    kinds = ("person",) if low[m.first] in ("his", "her") else ("state", "organisation", "company") if low[m.first] == "its" else ()
    whom = [o for o in done if o.last == m.first - 1 and o.kind in kinds and len(o.entities) == 1]
    return whom[-1].entities if whom and any(word in _THANKING for word in low[max(0, whom[-1].first - 4) : whom[-1].first]) else ()
