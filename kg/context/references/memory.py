"""What was named so far, sentence after sentence, and what was learnt of the people: office, state, he or she."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kg.context.dyad import Dyad
from kg.context.openings import opening_day
from kg.context.references.constitution import state_with
from kg.context.references.listed import headed_state, side_state
from kg.context.references.position import behind_preposition
from kg.context.subjects import after_phrase
from kg.context.words import words
from kg.gazetteer import Gazetteer
from kg.model import Entity, Mention, Sentence
from kg.words import closed

__all__ = ["BREAKS", "TOP_OFFICES", "WINDOW", "Memory", "Seen", "distinct", "office_word", "plain_word", "states_among", "two_among"]

WINDOW = 3  # sentences that a description may look back
BREAKS = re.compile(r"[^a-z0-9]+")  # what parts the words of a label or an office
TOP_OFFICES = ("president", "king", "emir", "sultan", "emperor", "prime-minister", "chancellor", "supreme-leader", "pope")
_BEFORE_NAME = frozenset({",", "his", "her", "excellency", "h.e.", "mr", "mr.", "mrs", "mrs.", "dr", "dr."})
_MALE = words("references", "male")
_FEMALE = words("references", "female")
_FEMALE_NAMES = words("references", "female-name")
_MALE_NAMES = words("references", "male-name")
# "The minister" is no prime minister, "the president" no vice-president.
_OTHERS = {"minister": ("prime-minister",), "president": ("vice-president",)}
_BENEATH = words("references", "beneath")
_ANY_RANK = frozenset({"minister", "director", "governor", "secretary", "chairman"})  # as texts call a deputy too
_CENTURIES = ("16", "17", "18", "19", "20")


@dataclass(slots=True)
class Seen:
    """An entity named somewhere: where, as what, whether as subject, with which others."""

    entities: tuple[Entity, ...]
    kind: str
    sentence: int
    first: int
    subject: bool
    words: frozenset[str] = frozenset()
    plural: bool = False
    adjective: bool = False
    placed: bool = False  # behind a preposition
    lead: str = ""  # the preposition right in front, "" where none stands there
    people: bool = False  # "the Kenyans"
    acting: bool = False  # a person right before a verb: ", the minister said after talks with another"

    @property
    def is_person(self) -> bool:
        """Whether one person is named, no state or company that a pronoun of people stands for."""
        return self.kind == "person" and not self.plural and self.entities[0].kind == "person"


@dataclass(slots=True)
class Memory:
    """The memory of what was named, sentence after sentence."""

    gazetteer: Gazetteer
    dyad: Dyad
    issued: str = ""
    seen: list[Seen] = field(default_factory=list)
    works: list[Seen] = field(default_factory=list)  # things built without a name
    offices: dict[str, set[tuple[str, str]]] = field(default_factory=dict)  # person -> (office words, state)
    gender: dict[str, str] = field(default_factory=dict)
    titles: dict[str, set[tuple[str, str]]] = field(default_factory=dict)  # the same with the words of the text
    foretold: dict[str, set[tuple[str, str]]] = field(default_factory=dict)  # the offices of all whom the document names, person -> as above
    people: dict[str, Entity] = field(default_factory=dict)  # whose offices are told, by IRI
    index: int = -1  # of the sentence that is being read
    homes: dict[str, str] = field(default_factory=dict)  # person -> the state whose official a list or heading tells him to be
    below: str = ""  # the one state that the heading above names
    year: str = ""  # that the sentence names first
    day: str = ""  # with which the paragraph opens
    inner: set[tuple[int, int]] = field(default_factory=set)  # states inside longer names of this sentence
    _listed: bool = False  # whether this sentence is an item of a list that names no state
    _paragraphs: list[int] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)  # of each sentence in ``seen``

    # writing ------------------------------------------------------------------------------------------------

    def open(self, sentence: Sentence, mentions: Sequence[Mention]) -> None:
        """Turns to the next sentence, with its mentions in text order."""
        self.index += 1
        self.year = next((t.text for t in sentence.tokens if len(t.text) == 4 and t.text.isdigit() and t.text[:2] in _CENTURIES), "")
        self.inner = {
            (m.first, m.last)
            for m in mentions
            for o in mentions
            if m.kind == "state"
            and o.entities
            and o.kind in ("organisation", "company", "institution", "group", "body", "agreement")
            and o.first <= m.first
            and (m.last < o.last or (m.last == o.last and o.kind == "company" and o.first < m.first))
        }
        self._listed = sentence.kind == "item" and not any(m.kind == "state" for m in mentions)
        if sentence.kind == "heading":
            self.below = headed_state(sentence, mentions)
        if sentence.paragraph not in self._paragraphs[-1:]:
            opening = opening_day([t.lower for t in sentence.tokens], mentions)
            self.day = opening[0].date or opening[0].start_date if opening is not None else ""
        self._paragraphs.append(sentence.paragraph)
        self._starts.append(len(self.seen))

    def see(self, m: Mention, low: list[str], finite: Sequence[object]) -> None:
        """Keeps what a mention with entities names. ``finite`` are the finite verb groups of its sentence."""
        if m.kind in ("name", "sector", "indicator"):
            return
        start = getattr(finite[0], "first", len(low)) if finite else len(low)
        placed = behind_preposition(m.first, low)
        subject = (m.first < start and (m.first, m.last) not in self.inner
                   and (not placed or (start < len(low) and after_phrase(m, low, 0, start))))
        words = frozenset(BREAKS.split(f"{m.text} {m.head}".lower()))
        plural = len(m.entities) > 1
        if m.form == "reference" and m.kind == "pronoun":
            kind = "pair" if plural else m.entities[0].kind
        else:
            kind = m.kind
        acting = m.kind == "person" and not placed and any(getattr(g, "first", -1) == m.last for g in finite)
        before = m.first - 1 - (m.first > 1 and low[m.first - 1] in ("the", "neighbouring"))
        lead = low[before] if before >= 0 and low[before] in closed.PREPOSITIONS else ""
        self.seen.append(Seen(m.entities, kind, self.index, m.first, subject, words, plural, m.form == "adjective", placed, lead, m.form == "people", acting))

    def learn(self, m: Mention, mentions: Sequence[Mention], low: list[str]) -> None:
        """Keeps a person's office, state and gender from what stands at the name."""
        if m.kind != "person" or len(m.entities) != 1 or m.form == "reference":
            return
        iri = m.entities[0].iri
        self.people[iri] = m.entities[0]
        home = side_state(m, mentions, low) or (
            self.below if self._listed and any(o.kind == "office" and m.first <= o.last and o.first <= m.last for o in mentions) else ""
        )
        if home and not m.entities[0].state:
            self.homes.setdefault(iri, home)
        around = set(low[max(0, m.first - 1) : m.last])
        if "excellency" in low[max(0, m.first - 2) : m.first + 1]:
            around |= {{"his": "mr", "her": "mrs"}.get(w, "") for w in low[max(0, m.first - 3) : m.first]}  # "Her Excellency Rokeya Islam"
        if around & _MALE:
            self.gender.setdefault(iri, "m")
        elif around & _FEMALE:
            self.gender.setdefault(iri, "f")
        for o in mentions:
            if o.kind != "office" or not (
                (m.first <= o.first and o.last <= m.last) or 0 <= m.first - o.last <= 1 or 0 <= o.first - m.last <= 2
                or (0 <= m.first - o.last <= 5 and set(low[o.last : m.first]) <= _BEFORE_NAME)
            ):
                continue
            inside = (o.first >= m.first and o.last <= m.last) or o.last <= m.first
            if o.last < m.first and any(p.kind == "person" and p.form == "name" and p.entities != m.entities and 0 <= o.first - p.last <= 2
                                        and not _fronted(p, mentions) for p in mentions):
                continue  # "Ana Lima, Minister of Peru, Ivo Novak": the office of the one before
            if o.first >= m.last and _is_of_next(o, m, mentions, low):
                continue
            if o.first >= m.last and _fronted(m, mentions) and any(
                    p.kind == "person" and p.form == "name" and p.entities != m.entities and 0 <= p.first - o.last <= 4
                    and set(low[o.last : p.first]) <= _BEFORE_NAME for p in mentions):
                continue  # "the Prime Minister, Ana Lima, the President of Peru, His Excellency Ivo Novak": that of the one behind
            if not inside and low[m.last : o.first] not in ([","], ["-"], ["–"], [",", "the"], [",", "a"], [",", "an"]):
                continue
            state = next((e.iri for e in o.entities if e.kind == "state"), "") or next(
                (e.state for e in o.entities if e.kind in ("organisation", "institution") and e.state), ""
            )
            office, plain = office_word(o), plain_word(o)
            if not o.entities and "of" not in low[o.first : o.last]:
                state = state or m.entities[0].state or self.homes.get(iri, "") or state_with(office, self.dyad.states[:2])
            self.offices.setdefault(iri, set()).add((office, state or m.entities[0].state))
            self.titles.setdefault(iri, set()).add((plain, state or m.entities[0].state))

    # what was named where ------------------------------------------------------------------------------------

    def told(self, index: int) -> list[Seen]:
        """What a sentence named, in the order read; nothing where there is no such sentence."""
        if not 0 <= index <= self.index:
            return []
        return self.seen[self._starts[index] : self._starts[index + 1] if index < self.index else len(self.seen)]

    def before(self, m: Mention) -> list[Seen]:
        """What this sentence named before a mention."""
        return [s for s in self.told(self.index) if s.first < m.first]

    def lately(self, back: int) -> list[Seen]:
        """What this sentence and the ``back`` sentences before it named."""
        return self.seen[self._starts[max(0, self.index - back)] :]

    def near(self, index: int) -> bool:
        """Whether there is such a sentence, and in this paragraph or the one before."""
        return index >= 0 and self._paragraphs[index] >= self._paragraphs[self.index] - 1

    def in_paragraph(self, index: int) -> bool:
        """Whether there is such a sentence in this paragraph."""
        return index >= 0 and self._paragraphs[index] == self._paragraphs[self.index]

    def hidden(self, here: Sequence[Seen]) -> set[tuple[int, int]]:
        """Where states stand that only are a part of a longer name."""
        return {(s.sentence, s.first) for s in here if s.kind == "state" and any(a <= s.first < b for a, b in self.inner)}

    def several(self) -> bool:
        """Whether more than two actors were just named together: "the presidents" are then more than the two of the pair."""
        return any(len(s.entities) > 2 and s.kind in ("state", "pair", "person") for s in self.lately(2))

    # who is who ----------------------------------------------------------------------------------------------

    def fits(self, person: Entity, gender: str) -> bool:
        """Whether nothing speaks against a person being a man ("m") or a woman ("f")."""
        known = self.gender.get(person.iri)
        if known is None and person.label.split()[:1]:
            first = person.label.split()[0].lower()
            known = "f" if first in _FEMALE_NAMES else "m" if first in _MALE_NAMES else None
        return known in (None, gender)

    def gendered(self, person: Entity, gender: str) -> tuple[Entity, ...]:
        """The person alone, henceforth known as "he" ("m") or "she" ("f") unless known before."""
        self.gender.setdefault(person.iri, gender)
        return (person,)

    def offices_of(self, person: Entity) -> set[tuple[str, str]]:
        """The offices of a person with the states in which they are held, "" where unknown."""
        known = (
            {(t.office, t.of) for t in self.gazetteer.offices_of(person.iri, self.issued)} if person.known else set()
        )
        return known | self.offices.get(person.iri, set())

    def holds(self, person: Entity, office: str, state: str) -> bool:
        """Whether a person holds an office, of this state where one is given."""
        held = self.offices_of(person)
        if office.endswith("-minister") and any(have.endswith("-minister") for have, _ in held):
            held = {(have, of) for have, of in held if have != "minister"}  # "the Minister" of works is no minister of energy
        for have, of in held:
            same = (
                have == office
                or (office == "minister" and have.startswith("minister-"))
                or (have.endswith("-" + office) and not have.endswith(_OTHERS.get(office, ())) and (office in _ANY_RANK or not _is_beneath(have, office)))
                or (office.endswith("-" + have) and not _is_beneath(office, have))
                or (office not in TOP_OFFICES and have.startswith((f"{office}-of-", f"{office}-for-", f"{office}-in-")))
                or (office in ("leader", "head-of-state") and (have in TOP_OFFICES or have.endswith("leader")))
            )
            if same and (not state or of == state or (not of and person.state == state)):
                return True
        return False

    def named_holder(self, office: str, state: str) -> Entity | None:
        """The only one whom the document, here or further on, names as holding an office of a state."""
        found = [iri for iri, held in self.foretold.items() if (office, state) in held]
        return self.people.get(found[0]) if len(found) == 1 else None

    def state_of(self, person: Entity) -> str:
        """The state of a person, by descent or by the offices, "" where unknown or where these are of several."""
        states = {of for _, of in self.offices_of(person) if of}
        return person.state or (states.pop() if len(states) == 1 else "")

    def home_of(self, entity: Entity) -> str:
        """The state of a company, a place, a person: as the text tells, else as the gazetteer knows; "" where unknown."""
        return entity.state or self.gazetteer.state_of(entity.iri)

    def state_inside(self, m: Mention) -> str:
        """The state whose name or adjective stands in a mention, "" where none does."""
        for name in self.gazetteer.find_names(m.text):
            if candidate := name.of_kind("state"):
                return candidate.iri
        return ""

    def other_of_pair(self, states: Sequence[Entity]) -> tuple[Entity, ...]:
        """The other state of the pair, where one of it alone is given."""
        others = [e for e in self.dyad.states[:2] if e.iri not in {s.iri for s in states}]
        return (others[0],) if len(others) == 1 and len(self.dyad.states) >= 2 and len(states) == 1 else ()


def _is_of_next(o: Mention, m: Mention, mentions: Sequence[Mention], low: list[str]) -> bool:
    """Whether the office behind a name is that of the name behind it: "the Prime Minister of Chad, Ms Lima, the President of Togo, Mr Soto"."""
    titled = any(t.kind == "office" and 0 <= m.first - t.last <= 1 and t.first < m.first for t in mentions) or any(
        t.kind == "office" and m.first <= t.first and t.last < m.last for t in mentions)
    return titled and any(p.kind == "person" and p.form == "name" and p.entities != m.entities and (
        (p.first <= o.first and o.last < p.last) or (p.first == o.last + 1 and low[o.last] == ",")) for p in mentions)


def _is_beneath(long: str, short: str) -> bool:
    """Whether the longer of two offices is one beneath the shorter: "deputy-prime-minister" beneath "prime-minister"."""
    return bool(_BENEATH.intersection(long.removesuffix(short).split("-")))


def _fronted(person: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether a person's office stands in front of the name: "the Prime Minister of Chad, Ana Lima"."""
    return any(o.kind == "office" and (0 <= person.first - o.last <= 2 or (person.first <= o.first and o.last < person.last)) for o in mentions)


def distinct(entries: Iterable[Seen]) -> list[Entity]:
    """The entities of several entries, each once, in their order."""
    return list({e.iri: e for s in entries for e in s.entities}.values())


def states_among(entries: Iterable[Seen]) -> list[Entity]:
    """The states of several entries, each once, in their order."""
    return [e for e in distinct(s for s in entries if s.kind in ("state", "pair")) if e.kind == "state"]


def two_among(entries: Iterable[Seen]) -> tuple[Entity, ...]:
    """Two states named side by side, the only ones, and not the document's pair with a third."""
    states = states_among(entries)
    return tuple(states) if len(states) == 2 else ()


def office_word(m: Mention) -> str:
    """The office of a mention as one word: "prime-minister"."""
    if m.concept is not None and not (m.concept.word == "minister" and {"of", "for"} & set(m.text.lower().split())):
        return m.concept.word  # "Minister of Water and Irrigation" is no trade minister
    return BREAKS.sub("-", m.head.lower().removeprefix("the ")).strip("-")


def plain_word(m: Mention) -> str:
    """The office of a mention as the text words it, without what it is of: "undersecretary" of a deputy minister."""
    words = m.head.lower().removeprefix("the ").split()
    end = next((i for i, word in enumerate(words) if word in ("of", "for", "to", "in", "at")), len(words))
    return BREAKS.sub("-", " ".join(words[:end])).strip("-")
