"""What "he", "the two countries", "his Russian counterpart", "the facility" mean: the nearest named thing that fits,
or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kg.context.clauses import Clauses
from kg.context.dyad import Dyad
from kg.context.subjects import after_phrase, outer_mentions
from kg.context.words import words
from kg.gazetteer import Gazetteer
from kg.model import Entity, Mention, Sentence, replace
from kg.terms import ENT
from kg.words import closed, slug_of
from kg.words.regions import region_end, states_called

__all__ = ["References", "is_inclusive"]

_HE = words("references", "he")
_SHE = words("references", "she")
_IT = words("references", "it")
_THEY = words("references", "they")
_WE = words("references", "we")
_I = words("references", "i")
_MALE = words("references", "male")
_FEMALE = words("references", "female")
_FEMALE_NAMES = words("references", "female-name")
_MALE_NAMES = words("references", "male-name")
_SHARED = words("references", "shared")
_OWN = words("references", "own")
_TOGETHER = words("references", "together")
_IMPERSONAL = words("references", "impersonal")
_TOP = ("president", "king", "emir", "sultan", "emperor", "prime-minister", "chancellor", "supreme-leader", "pope")
_STATE_HEADS = words("references", "state-heads")
# "The minister" is no prime minister, "the president" no vice-president.
_OTHERS = {"minister": ("prime-minister",), "president": ("vice-president",)}
_GENERIC = words("references", "generic")
_PLACE_PREPOSITIONS = words("references", "place-preposition")
_HOMES = words("references", "home")
# Beside an office: not the one who holds it at the time told of.
_NOT_NOW = words("references", "not-now")
_ALIKE = {
    noun: frozenset(kin.split()) for noun, kin in {
        "line": "railway railroad pipeline metro interconnector cable tramway link", "route": "railway railroad pipeline metro interconnector cable tramway road highway corridor",
        "road": "highway motorway expressway corridor", "railroad": "railway", "railway": "railroad line corridor", "link": "railway line cable interconnector bridge",
        "plant": "refinery factory smelter mill station complex steelworks brewery reactor works", "factory": "plant mill", "refinery": "complex", "dam": "complex cascade",
        "port": "harbour harbor seaport terminal", "harbour": "port seaport", "station": "plant", "bridge": "crossing", "mine": "deposit", "field": "deposit oilfield gasfield",
        "deposit": "mine field", "pipeline": "interconnector line", "complex": "plant refinery smelter", "cable": "line interconnector link", "airport": "terminal",
    }.items()
}
_OUR_PEOPLE = words("references", "our-people")
_RULERS = words("references", "rulers")
# Words for anybody who goes somewhere or speaks for a state.
_ANYBODY = words("references", "anybody")
_THITHER = frozenset("in to at into from near inside across throughout via through with on of for outside against toward towards within".split())
_BESIDE = words("references", "beside")
_BOUNDS = closed.PUNCTUATION | closed.CONJUNCTIONS | closed.SUBORDINATORS | closed.SUBJECT_PRONOUNS - {"the"}
_WINDOW = 3  # sentences that a description may look back
_OPENING = 3  # tokens before the subject of a sentence that speaks of one thing: "In 2010 the firm"
_OWN_GROUND = frozenset({"across", "throughout", "around", "inside", "within", "outside", "over"})
_SLUG = re.compile(r"[^a-z0-9]+")
_RUNNING = re.compile(r" (?:between|from|to|linking|connecting) ")


def is_inclusive(following: Sequence[str], word: str = "our") -> bool | None:
    """Whether "we/our" with these lower-case words behind it means both states; None where the words do not tell.

    >>> is_inclusive(["bilateral", "trade"]), is_inclusive(["country"])
    (True, False)
    """
    for w in following[: 4 if word == "our" else 6]:
        if word == "our" and w in _OWN:
            return False
        if w in _SHARED:
            return True
        if word != "our" and (
            w in _TOGETHER
            or w.removesuffix("ed") in _TOGETHER
            or w.removesuffix("d") in _TOGETHER
            or w in ("met", "held")
        ):
            return True
        if w in closed.PUNCTUATION or (word == "our" and w in closed.PREPOSITIONS):
            break
    return None


_ALONGSIDE = frozenset("together along alongside besides unlike apart jointly beside".split())


@dataclass(slots=True)
class _Seen:
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


@dataclass(slots=True)
class References:
    """The memory of what was named, sentence after sentence."""

    gazetteer: Gazetteer
    dyad: Dyad
    issued: str = ""
    seen: list[_Seen] = field(default_factory=list)
    offices: dict[str, set[tuple[str, str]]] = field(default_factory=dict)  # person -> (office words, state)
    gender: dict[str, str] = field(default_factory=dict)
    paragraphs: list[int] = field(default_factory=list)
    _index: int = -1
    _year: str = ""  # that the sentence names first
    _inner: set[tuple[int, int]] = field(default_factory=set)  # states inside longer names of this sentence

    # one sentence -------------------------------------------------------------------------------------------

    def read(
        self,
        sentence: Sentence,
        clauses: Clauses,
        mentions: Iterable[Mention],
        speakers: tuple[Entity, ...] = (),
        addressees: tuple[Entity, ...] = (),
    ) -> tuple[Mention, ...]:
        """The sentence's mentions with references filled in, except those of the first person. Sentences in order.

        ``speakers`` are those of the turn that the sentence stands in: "he" is none of them.
        """
        self._index += 1
        self._year = next((t.text for t in sentence.tokens if len(t.text) == 4 and t.text.isdigit() and t.text[:2] in ("16", "17", "18", "19", "20")), "")
        self.paragraphs.append(sentence.paragraph)
        low = [t.lower for t in sentence.tokens]
        ordered = sorted(mentions, key=lambda m: (m.first, -m.last))
        finite = [g for g in clauses.groups if g.form == "finite"]
        done: list[Mention] = []
        self._inner = {
            (m.first, m.last)
            for m in ordered
            for o in ordered
            if m.kind == "state"
            and o.entities
            and o.kind in ("organisation", "company", "institution", "group", "body", "agreement")
            and o.first <= m.first
            and (m.last < o.last or (m.last == o.last and o.kind == "company" and o.first < m.first))
        }
        for m in ordered:
            self._learn(m, ordered, low)
        for m in ordered:
            if m.form == "reference" and not m.entities:
                found = self._ruled(m, ordered) or self._ahead(m, ordered, low, clauses) or self._resolve(m, low, clauses, done, speakers)
                m = replace(m, entities=found)
                if m.head == "there" and found and found[0].kind == "state":
                    m = replace(m, kind="state")
                home = self._home(m, low, sentence)
                if home is not None or (home := self._neighbour(m, low, sentence, ordered)) is not None:
                    done.append(home)
                    self._see(home, low, finite)
            elif m.form == "office" and m.kind == "office":
                m = self._owned(m, low, speakers)
                person = self._holder(m, ordered, low, speakers)
                if person is not None:
                    done.append(replace(m, kind="person", form="reference", entities=(person,)))
                    self._see(done[-1], low, finite)
            done.append(m)
            if m.entities and m.kind != "office":
                self._see(m, low, finite)
            elif m.kind == "agreement" and m.form == "reference" and low[m.first] == "the" and not low[m.last - 1].endswith("s"):
                self._see(replace(m, entities=(_unnamed(m),)), low, finite)  # "The pact was signed": "it" is that one
        return tuple(sorted(done, key=lambda m: (m.first, -m.last)))

    def _ahead(self, m: Mention, mentions: Sequence[Mention], low: list[str], clauses: Clauses) -> tuple[Entity, ...]:
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
                o for o in ahead if o.kind == "person" and self._fits(o.entities[0], "f" if word == "her" else "m")
            ]
            return people[0].entities if len(people) == 1 else ()
        found = tuple(dict.fromkeys(e for o in ahead for e in o.entities))
        return found if (len(found) == 1) == (word == "its") and found else ()

    def _ruled(self, m: Mention, mentions: Sequence[Mention]) -> tuple[Entity, ...]:
        """ "Ms Sato's government": the state in which she holds an office."""
        if m.kind != "state":
            return ()
        leader = next((o for o in mentions if o.kind == "person" and o.first == m.first and o.last < m.last and o.entities), None)
        state = self._state_of(leader.entities[0]) if leader is not None else ""
        return (self.gazetteer.entity(state),) if state else ()

    def _home(self, m: Mention, low: list[str], sentence: Sentence) -> Mention | None:
        """ "his country": the state of the person."""
        if (
            low[m.first] not in ("his", "her", "their")
            or len(m.entities) != 1
            or low[m.last : m.last + 1] == []
            or low[m.last] not in _HOMES
        ):
            return None
        try:
            state = m.entities[0] if m.entities[0].kind == "state" else self.gazetteer.entity(self._state_of(m.entities[0]))
        except KeyError:
            return None
        end = sentence.tokens[m.last].end
        text = m.text + " " + sentence.tokens[m.last].text
        return Mention(m.start, end, m.first, m.last + 1, "state", text, "reference", (state,), head=low[m.last])

    def _see(self, m: Mention, low: list[str], finite: Sequence[object]) -> None:
        if m.kind in ("name", "sector", "indicator"):
            return
        start = getattr(finite[0], "first", len(low)) if finite else len(low)
        subject = (m.first < start and (m.first, m.last) not in self._inner
                   and (not self._behind_preposition(m.first, low) or (start < len(low) and after_phrase(m, low, 0, start))))
        words = frozenset(_SLUG.split(f"{m.text} {m.head}".lower()))
        plural = len(m.entities) > 1
        if m.form == "reference" and m.kind == "pronoun":
            kind = "pair" if plural else m.entities[0].kind
        else:
            kind = m.kind
        placed = self._behind_preposition(m.first, low)
        acting = m.kind == "person" and not placed and any(getattr(g, "first", -1) == m.last for g in finite)
        before = m.first - 1 - (m.first > 1 and low[m.first - 1] in ("the", "neighbouring"))
        lead = low[before] if before >= 0 and low[before] in closed.PREPOSITIONS else ""
        self.seen.append(_Seen(m.entities, kind, self._index, m.first, subject, words, plural, m.form == "adjective", placed, lead, m.form == "people", acting))

    def _behind_preposition(self, first: int, low: list[str]) -> bool:
        for i in range(first - 1, max(-1, first - 8), -1):
            if closed.ends_date(low[i]):
                return False
            if low[i] in closed.PREPOSITIONS:
                return True
            if low[i] in closed.PUNCTUATION or low[i] in closed.CONJUNCTIONS:
                return False
        return False

    def _learn(self, m: Mention, mentions: Sequence[Mention], low: list[str]) -> None:
        """Keeps a person's office, state and gender from what stands at the name."""
        if m.kind != "person" or len(m.entities) != 1 or m.form == "reference":
            return
        iri = m.entities[0].iri
        around = set(low[max(0, m.first - 1) : m.last])
        if around & _MALE:
            self.gender.setdefault(iri, "m")
        elif around & _FEMALE:
            self.gender.setdefault(iri, "f")
        for o in mentions:
            if o.kind != "office" or not (
                (m.first <= o.first and o.last <= m.last) or 0 <= m.first - o.last <= 1 or 0 <= o.first - m.last <= 2
            ):
                continue
            inside = (o.first >= m.first and o.last <= m.last) or o.last <= m.first
            if o.last < m.first and any(p.kind == "person" and p.form == "name" and p.entities != m.entities and 0 <= o.first - p.last <= 2
                                        for p in mentions):
                continue  # "Ana Lima, Minister of Peru, Ivo Novak": the office of the one before
            if not inside and low[m.last : o.first] not in ([","], ["-"], ["–"], [",", "the"], [",", "a"], [",", "an"]):
                continue
            state = next((e.iri for e in o.entities if e.kind == "state"), "") or next((e.state for e in o.entities if e.kind in ("organisation", "institution") and e.state), "")
            self.offices.setdefault(iri, set()).add((self._office(o), state or m.entities[0].state))

    def _office(self, m: Mention) -> str:
        if m.concept is not None and not (m.concept.word == "minister" and {"of", "for"} & set(m.text.lower().split())):
            return m.concept.word  # "Minister of Water and Irrigation" is no trade minister
        return _SLUG.sub("-", m.head.lower().removeprefix("the ")).strip("-")

    # which kind of reference --------------------------------------------------------------------------------

    def _resolve(
        self, m: Mention, low: list[str], clauses: Clauses, done: Sequence[Mention], speakers: tuple[Entity, ...]
    ) -> tuple[Entity, ...]:
        head = m.head.lower() or m.text.lower()
        if m.last - m.first > 1 and low[m.first] == "the" and low[m.first + 1] in ("latter", "former") and (m.last - m.first < 4 or m.kind != "state") and m.kind in ("pronoun", "state", "company", "organisation"):
            return self._one_of_two(m, low[m.first + 1])
        if m.kind == "pronoun":
            if head in ("its", "his", "her", "their") and (thanked := _thanked(m, low, done)):
                return thanked
            if head in _HE or head in _SHE:
                return self._person_pronoun(m, "f" if head in _SHE else "m", low, clauses, speakers)
            if head in _IT:
                return self._it(m, low, clauses)
            if head in _THEY:
                return self._they(m, low, clauses)
            return ()
        if m.kind == "pair":
            return self._pair(m, head, low, clauses)
        if m.kind == "state":
            return self._the_country(m, head, low, clauses)
        if head == "there":
            return self._there(m, low)
        if m.kind == "person":
            if "counterpart" in head:
                return self._counterpart(m, done, speakers)
            if head in ("host", "guest", "visitor", "interlocutor") and low[m.first] != "the":
                return self._other_person(m, done)
            return self._by_office(head, "", speakers) or (self._one_spoken_of(speakers) if head in _ANYBODY else ())
        if m.kind in ("agreement", "facility", "project", "body", "organisation", "company", "event", "place"):
            return self._thing(m, head, low, clauses)
        return ()

    def _one_of_two(self, m: Mention, which: str) -> tuple[Entity, ...]:
        """ "The former", "the latter country": the first or last of the only two of one kind just named."""
        kinds = {"state": ("state",), "company": ("company",), "organisation": ("organisation",)}.get(m.kind, ("person", "state", "company", "organisation", "facility", "project"))
        for index in (self._index, self._index - 1):
            near = [s for s in self.seen if s.sentence == index and (index < self._index or s.first < m.first)]
            two = [found for kind in kinds if len(found := self._distinct(s for s in near if s.kind == kind and not s.plural)) == 2]
            if not two:
                two = [list(pair) for pair in dict.fromkeys(s.entities for s in near if s.plural and len(s.entities) == 2 and s.entities[0].kind in kinds)]
            if two:
                return (two[0][which == "latter"],) if len(two) == 1 else ()
        return ()

    # people -------------------------------------------------------------------------------------------------

    def _fits(self, person: Entity, gender: str) -> bool:
        known = self.gender.get(person.iri)
        if known is None and person.label.split()[:1]:
            first = person.label.split()[0].lower()
            known = "f" if first in _FEMALE_NAMES else "m" if first in _MALE_NAMES else None
        return known in (None, gender)

    def _person_pronoun(
        self, m: Mention, gender: str, low: list[str], clauses: Clauses, speakers: tuple[Entity, ...]
    ) -> tuple[Entity, ...]:
        barred = {s.iri for s in speakers}

        def people(entries: Iterable[_Seen]) -> list[_Seen]:
            return [
                s
                for s in entries
                if s.kind == "person"
                and not s.plural
                and s.entities[0].kind == "person"
                and s.entities[0].iri not in barred
                and self._fits(s.entities[0], gender)
            ]

        here = people(s for s in self.seen if s.sentence == self._index and s.first < m.first)
        if low[m.first] in ("he", "she") and not any(g.form == "finite" and g.first < m.first for g in clauses.groups):
            if low[0] in closed.PREPOSITIONS:
                here = [s for s in here if low[s.first - 1] not in ("with", "against", "to", "from", "alongside")]  # "In talks with Mr Sato he": somebody else
            here = [s for s in here if not {"host", "guest", "counterpart", "colleague", "predecessor"} & set(low[max(0, s.first - 2) : s.first])]
        if here:
            found = self._distinct(here)
            if len(found) == 1:
                return self._gendered(found[0], gender)
            if near := self._clause_subject(here, m, low, clauses):
                return self._gendered(near, gender)
            subjects = self._distinct([s for s in here if s.subject])
            if len(subjects) == 1:
                return self._gendered(subjects[0], gender)
            start = clauses.segment(m.first).first
            inside = self._distinct([s for s in here if s.first >= start])
            return self._gendered(inside[0], gender) if len(inside) == 1 else ()
        for back in range(1, _WINDOW + 1):
            index = self._index - back
            if index < 0 or (self.paragraphs[index] < self.paragraphs[self._index] - 1):
                break
            before = people(s for s in self.seen if s.sentence == index)
            if not before:
                continue
            subjects = self._distinct([s for s in before if s.subject])
            if len(subjects) == 1:
                return self._gendered(subjects[0], gender)
            if len(subjects) > 1:
                return ()
            found = self._distinct([s for s in before if s.acting]) or self._distinct(before)
            return self._gendered(found[0], gender) if len(found) == 1 else ()
        return ()

    def _clause_subject(self, here: Sequence[_Seen], m: Mention, low: list[str], clauses: Clauses) -> Entity | None:
        """The person right before the last verb before the pronoun, or joined to it: "A and her advisers", "A said B
        saw his".
        """
        if m.first >= 2 and low[m.first - 1] == "and":
            joined = [s for s in here if m.first - 4 <= s.first < m.first]
            if len(self._distinct(joined)) == 1:
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

    def _gendered(self, person: Entity, gender: str) -> tuple[Entity, ...]:
        self.gender.setdefault(person.iri, gender)
        return (person,)

    def _distinct(self, entries: Iterable[_Seen]) -> list[Entity]:
        return list({e.iri: e for s in entries for e in s.entities}.values())

    def _offices_of(self, person: Entity) -> set[tuple[str, str]]:
        known = (
            {(t.office, t.of) for t in self.gazetteer.offices_of(person.iri, self.issued)} if person.known else set()
        )
        return known | self.offices.get(person.iri, set())

    def _matches(self, person: Entity, office: str, state: str) -> bool:
        for have, of in self._offices_of(person):
            same = (
                have == office
                or (office == "minister" and have.startswith("minister-"))
                or (have.endswith("-" + office) and not have.endswith(_OTHERS.get(office, ())))
                or office.endswith("-" + have)
                or (office in ("leader", "head-of-state") and (have in _TOP or have.endswith("leader")))
            )
            if same and (not state or of == state or (not of and person.state == state)):
                return True
        return False

    def _by_office(self, office: str, state: str, speakers: tuple[Entity, ...] = ()) -> tuple[Entity, ...]:
        office = _SLUG.sub("-", office).strip("-")
        last: _Seen | None = None
        for s in reversed(self.seen):
            if last is not None and s.sentence < last.sentence:
                break
            if (
                s.kind == "person"
                and not s.plural
                and s.entities[0].kind == "person"
                and (last is None or s.acting or s.subject)
                and self._matches(s.entities[0], office, state)
                and s.entities[0].iri not in {p.iri for p in speakers}
                and (last is None or not (last.acting or last.subject))
            ):
                last = s  # who acts in a sentence rather than who is met there
        return last.entities if last is not None else ()

    def _one_spoken_of(self, speakers: tuple[Entity, ...]) -> tuple[Entity, ...]:
        """ "The visitor", "the envoy": who acts in the sentence before, where he is the only one."""
        barred = {s.iri for s in speakers}
        for back in (1, 2):
            index = self._index - back
            if index < 0 or self.paragraphs[index] < self.paragraphs[self._index] - 1:
                return ()
            people = [s for s in self.seen if s.sentence == index and s.kind == "person" and not s.plural and s.entities[0].kind == "person" and s.entities[0].iri not in barred]
            if len(self._distinct(people)) > 1:  # who is at home where they are is no guest
                reach = max(s.first for s in people)
                here = {e.iri if e.kind == "state" else e.state for s in self.seen if s.sentence == index and s.placed and s.first < reach and s.kind in ("place", "state")
                        for e in s.entities}
                people = [s for s in people if self._state_of(s.entities[0]) not in here - {""}] or people
            if people:
                acting = self._distinct(s for s in people if s.subject)
                found = acting if len(acting) == 1 else self._distinct(people)
                return (found[0],) if len(found) == 1 else ()
        return ()

    def _holder(
        self, m: Mention, mentions: Sequence[Mention], low: list[str], speakers: tuple[Entity, ...]
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
        office = self._office(m)
        if not state and low[m.first] != "the":
            return None
        found = self._by_office(office, state, speakers if not state else ())
        when = self._day_told(mentions)
        if found and not self._was_another(found[0], office, state, when):
            return found[0]
        if not state:
            return None
        offices = _TOP if office in ("leader", "head-of-state") else (office,)
        for word in offices:
            if holder := self.gazetteer.holder(word, state, when or self.issued):
                return holder
        return None

    def _owned(self, m: Mention, low: list[str], speakers: tuple[Entity, ...]) -> Mention:
        """The office in "our foreign minister", "your president" with the state whose it is."""
        whose = low[m.first - 1] if m.first and not m.entities else ""
        if whose not in ("our", "my", "your") or (low[m.last - 1].endswith("s") and not low[m.last - 1].endswith(("ss", "affairs"))):
            return m
        mine = self._mine(speakers, self.dyad.side)
        states = self.second_person(speakers, self.dyad.side) if whose == "your" else (mine,) if mine is not None else ()
        return replace(m, entities=states)

    @staticmethod
    def _day_told(mentions: Sequence[Mention]) -> str:
        """The one date that a sentence gives, "" where it gives none or several."""
        dates = {o.value.date for o in mentions if o.kind == "date" and o.value is not None and o.value.date}
        return dates.pop() if len(dates) == 1 else ""

    def _was_another(self, person: Entity, office: str, state: str, when: str) -> bool:
        """Whether somebody else is known to have held the office then: a successor's act is not the predecessor's."""
        if not when or not state:
            return False
        holder = self.gazetteer.holder(office, state, when)
        return holder is not None and holder.iri != person.iri and any(t.person == person.iri for t in self.gazetteer.tenures(office, state))

    def _counterpart(self, m: Mention, done: Sequence[Mention], speakers: tuple[Entity, ...]) -> tuple[Entity, ...]:
        named = [o for o in done if o.kind == "person" and o.first == m.first and o.entities]
        if named:
            return named[0].entities
        states = [
            e.iri for o in done if o.kind == "state" and m.first <= o.first and o.last <= m.last for e in o.entities
        ]
        # the state stands behind the possessive and may come later in the list
        state = states[0] if states else self._state_inside(m)
        if not state:
            return ()
        return self._counterpart_of(state, m) or ((self.gazetteer.entity(state),) if m.text.lower().endswith(("counterpart", "colleague", "homologue", "opposite number")) else ())

    def _other_person(self, m: Mention, done: Sequence[Mention]) -> tuple[Entity, ...]:
        """ "His host": the only other person just told of."""
        him = {e.iri for o in done if o.kind == "pronoun" and o.first == m.first for e in o.entities}
        if len(him) != 1:
            return ()
        for back in (1, 3):
            others = [e for e in self._distinct(s for s in self.seen if s.kind == "person" and s.sentence >= self._index - back)
                      if e.kind == "person" and e.iri not in him]
            if others:
                return (others[0],) if len(others) == 1 else ()
        return ()

    def _counterpart_of(self, state: str, m: Mention) -> tuple[Entity, ...]:
        """Who of this state holds the office of the one named last, else the one official of this state just spoken of."""
        mine = [s for s in self.seen if s.kind == "person" and not s.plural and s.sentence >= self._index - 1]
        subjects = [s for s in mine if s.subject and s.sentence == self._index] or mine[-1:]
        if not subjects:
            return ()
        for office, of in sorted(self._offices_of(subjects[-1].entities[0])):
            if of == state:
                continue
            found = self._by_office(office, state) or (
                (h,) if (h := self.gazetteer.holder(office, state, self.issued)) else ()
            )
            if found:
                return found
        if any(office in _TOP for office, _ in self._offices_of(subjects[-1].entities[0])):
            return self._by_office("leader", state)
        near = self._distinct([s for s in self.seen if s.kind == "person" and not s.plural and s.sentence >= self._index - 8])
        of_state = [e for e in near if self._state_of(e) == state and any("minister" in o or "secretary" in o for o, _ in self._offices_of(e))]
        own = self._offices_of(subjects[-1].entities[0])
        return (of_state[0],) if len(of_state) == 1 and any("minister" in o or "secretary" in o for o, _ in own) else ()

    def _state_inside(self, m: Mention) -> str:
        for name in self.gazetteer.find_names(m.text):
            if candidate := name.of_kind("state"):
                return candidate.iri
        return ""

    # pairs --------------------------------------------------------------------------------------------------

    def _pair(self, m: Mention, head: str, low: list[str], clauses: Clauses) -> tuple[Entity, ...]:
        head = (
            {"people": "people"}.get(head) or head.replace("heads of", "head of").removesuffix("s")
            if head != "heads"
            else head
        )
        if low[m.first] == "our" and low[m.last - 1] in words("references", "own-many"):
            return ()
        if low[m.last - 1] in ("men", "women", "statesmen", "two", "pair", "duo"):
            here = [s for s in self.seen if s.sentence == self._index and s.first < m.first]
            if low[m.last - 1] in ("two", "pair", "duo") and any(s.kind == "state" and s.subject for s in here) and not any(s.kind == "person" for s in here):
                return self._two_states(m)  # "Chile is no member of the bank, but the two cooperate"
            for back in (1, 3):
                told = self._distinct([s for s in self.seen if s.kind == "person" and s.sentence >= self._index - back])
                if len(told) == 2 and all(e.kind == "person" for e in told):
                    return tuple(told)
            return () if low[m.last - 1] not in ("two", "pair", "duo") or told else self._two_states(m)
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
            if low[m.first] == "the" and "two" not in low[m.first:m.last] and self._several():
                return ()
            return self._two_people(head) or self.dyad.states[:2]
        if head.endswith(("minister", "premier", "chancellor", "king", "ambassador", "envoy", "secretary", "governor", "chief")) or "minister of" in head:
            return self._holders(m, head, low, clauses)
        if head in ("company", "companie", "region"):
            found = self._distinct(
                [
                    s
                    for s in self.seen
                    if s.kind in ("company", "organisation", "region") and s.sentence >= self._index - 1
                ]
            )
            return tuple(found) if len(found) == 2 and head != "region" else ()
        if head == "each other":
            plural = [s for s in self.seen if s.sentence == self._index and s.first < m.first]
            together = self._together(plural)
            return together or self.dyad.states[:2]
        if (low[m.first] == "our" or head == "both of us") and len(self.dyad.states) >= 2:
            return self.dyad.states[:2]
        if low[0] in _ALONGSIDE and low[m.first - 1] == "," and len(self.dyad.states) >= 2 and not any(w == "," for w in low[: m.first - 1]):
            return self.dyad.states[:2]  # "Together with Brunei and Oman, the two countries founded"
        return self._two_states(m)

    def _holders(self, m: Mention, head: str, low: list[str], clauses: Clauses) -> tuple[Entity, ...]:
        """ "The energy ministers": the two of whom the text told, else the two states; nobody where three sides are spoken of."""
        if low[m.first] == "their":
            return self._they(m, low, clauses)
        if self._several():
            return ()
        pair = self._two_states(m)
        people = self._told(head) if not head.startswith(("deputy", "vice")) else ()
        return people if people and {self._state_of(p) for p in people} == {s.iri for s in pair} else pair

    def _several(self) -> bool:
        """Whether more than two actors were just named together: "the presidents" are then more than the two of the pair."""
        return any(len(s.entities) > 2 and s.kind in ("state", "pair", "person") for s in self.seen if s.sentence >= self._index - 2)

    def _told(self, head: str) -> tuple[Entity, ...]:
        """The last two holders of an office of whom the text told, of different states."""
        people: dict[str, Entity] = {}
        for s in reversed([s for s in self.seen if s.kind == "person" and s.sentence >= self._index - 12]):
            for e in s.entities:
                if e.kind == "person" and self._matches(e, _SLUG.sub("-", head), "") and self._state_of(e) not in people and len(people) < 2:
                    people[self._state_of(e)] = e
        return tuple(reversed(people.values())) if len(people) == 2 else ()

    def _leaders(self) -> tuple[Entity, ...]:
        """The last two heads of state, of government or of a party of whom the text told, of different states."""
        people: dict[str, Entity] = {}
        for s in reversed([s for s in self.seen if s.kind == "person" and s.sentence >= self._index - 12]):
            for e in s.entities:
                held = [o for o, _ in self._offices_of(e)] if e.kind == "person" else []
                if any(o in _TOP or "leader" in o or o in ("general-secretary", "first-secretary") for o in held) and self._state_of(e) not in people:
                    people[self._state_of(e)] = e
            if len(people) == 2:
                break
        return tuple(reversed(people.values())) if len(people) == 2 and "" not in people else ()

    def _two_people(self, head: str) -> tuple[Entity, ...]:
        office = _SLUG.sub("-", head)
        if office == "leader" and len(top := self._leaders()) == 2:
            return top
        people: dict[str, Entity] = {}
        heads = office == "head-of-state" and len({e.iri for s in self.seen if s.kind == "person" and s.sentence >= self._index - 12 for e in s.entities
                                                   if e.kind == "person" and any(o in _STATE_HEADS for o, _ in self._offices_of(e))}) >= 2
        for s in reversed(self.seen):
            if s.sentence < self._index - 12:
                break
            if s.kind != "person":
                continue
            for e in s.entities:
                if e.kind != "person" or e.iri in people:
                    continue
                offices = self._offices_of(e)
                if heads and not any(o in _STATE_HEADS for o, _ in offices):
                    continue
                fits = (
                    (
                        office in ("leader", "counterpart")
                        and any(o in _TOP or "minister" in o or "leader" in o for o, _ in offices)
                    )
                    or self._matches(e, office, "")
                    or (office == "minister" and any("minister" in o for o, _ in offices))
                )
                others = [self._state_of(p) for p in people.values()]
                if fits and (not self._state_of(e) or self._state_of(e) not in others):
                    people[e.iri] = e
            if len(people) == 2:
                break
        if len(people) == 2:
            return tuple(reversed(people.values()))
        if self._year and self.issued and int(self._year) < int(self.issued[:4]) - 12:
            return ()  # "which the two foreign ministers discussed in 1940"
        found = []
        for state in self.dyad.states[:2]:
            words = _TOP[:2] if office in ("leader", "head-of-state", "monarch") else (office,)
            holder = next((h for w in words if (h := self.gazetteer.holder(w, state.iri, self.issued))), None)
            if holder is not None:
                found.append(holder)
        return tuple(found) if len(found) == 2 else ()

    def _state_of(self, person: Entity) -> str:
        return person.state or next((of for _, of in self._offices_of(person) if of), "")

    def _two_states(self, m: Mention) -> tuple[Entity, ...]:
        here = self._together([s for s in self.seen if s.sentence == self._index and s.first < m.first])
        if here:
            return here
        for back in (1, 2):
            index = self._index - back
            if index < 0 or self.paragraphs[index] < self.paragraphs[self._index] - 1:
                break
            before = [s for s in self.seen if s.sentence == index]
            states = self._states(before)
            if len(states) == 2 and self._side_by_side(before, states) and (
                len(self.dyad.states) < 2 or not {s.iri for s in states} & {s.iri for s in self.dyad.states[:2]} or (back == 1 and self._joined(before, states))
            ):
                return tuple(states)
            if states:
                break
        if len(self.dyad.states) >= 2:
            return self.dyad.states[:2]
        recent = self._states([s for s in self.seen if s.sentence >= self._index - 2])
        return tuple(recent) if len(recent) == 2 else ()

    def _states(self, entries: Iterable[_Seen]) -> list[Entity]:
        return [e for e in self._distinct(s for s in entries if s.kind in ("state", "pair")) if e.kind == "state"]

    def _side_by_side(self, entries: Iterable[_Seen], states: Sequence[Entity]) -> bool:
        """Whether the two are named as a pair ("Chile and Peru", "Chile's trade with Peru"), not each in a clause of its own."""
        places = [[s.first for s in entries if e in s.entities] for e in states]
        return min(abs(a - b) for a in places[0] for b in places[1]) <= 3

    def _joined(self, entries: Iterable[_Seen], states: Sequence[Entity]) -> bool:
        """Whether the two are the subject, joined by one word: "Chile and Togo have much in common"."""
        places = [[s.first for s in entries if e in s.entities and s.subject] for e in states]
        return any(abs(a - b) == 2 for a in places[0] for b in places[1])

    def _together(self, entries: Iterable[_Seen]) -> tuple[Entity, ...]:
        """Two states named side by side, the only ones, and not the document's pair with a third."""
        states = self._states(entries)
        return tuple(states) if len(states) == 2 else ()

    def _fitting(self, m: Mention, low: list[str]) -> list[Entity] | None:
        """The states that "the Gulf emirate" may be, of the pair or just spoken of, [] where none is; None where its words tell nothing or too little."""
        called = states_called(low[m.first : m.last])
        if called is None:
            return None

        acting = [s for s in self.seen if s.sentence == self._index and s.subject and s.kind == "state" and not s.adjective and s.first < m.first]
        barred = {e.iri for s in acting for e in s.entities if not any(w in _BOUNDS for w in low[s.first : m.first])}

        def fits(state: Entity) -> bool:
            return state.iri.rpartition("/")[2] in called and state.iri not in barred

        pair = [e for e in self.dyad.states[:2] if fits(e)]
        hidden = self._hidden(self.seen)
        for back in (1, 3):
            near = [s for s in self.seen if s.sentence >= self._index - back and (s.sentence, s.first) not in hidden]
            recent = [e for e in self._states(near) if fits(e)]
            if len(recent) == 1:
                return recent
            if recent and (len(pair) != 1 or pair[0] not in recent):
                return None
            if recent:
                return []
        return pair if len(pair) == 1 else None if pair else []

    def _peoples_republic(self) -> tuple[Entity, ...]:
        """The only state spoken of whose full name begins so."""
        told = {e for s in self.seen for e in s.entities} | set(self.dyad.states)
        found = [e for e in told if any(name.startswith("People's Republic of ") for name in e.names)]
        return tuple(found) if len(found) == 1 else ()

    def _the_country(self, m: Mention, head: str, low: list[str], clauses: Clauses) -> tuple[Entity, ...]:
        before = low[m.first - 1] if m.first else ""
        own = low[m.first] in ("our", "my", "your")
        if own:
            return ()
        if low[m.last - 3 : m.last] == ["people", "'s", "republic"] and (named := self._peoples_republic()):
            return named
        if head == "colony":
            return self._not_these([self.gazetteer.entity(owner)]) if (owner := self._state_inside(m)) else ()
        fitting = self._fitting(m, low)
        if fitting is not None:
            return tuple(fitting)
        here = [s for s in self.seen if s.sentence == self._index and s.first < m.first]
        if before == "it" and low[m.first - 2] in ("make", "makes", "made", "making") and (acting := self._states(s for s in here if s.subject)):
            return self._not_these(acting)  # "Japan lent Laos $1 billion, which makes it the country's largest donor"
        if before in ("in", "to", "into") and len(here) == 1 and here[0].subject and here[0].kind == "state" and not here[0].plural and not here[0].adjective and not (
                here[0].words & set(_SLUG.split(here[0].entities[0].label.lower()))) and (others := self._not_these(here[0].entities)):
            return others  # "The emirate invested in the country"
        if {"neighbouring", "neighboring"} & set(low[m.first : m.last]):
            return self._not_these(self._states(s for s in here if s.subject))
        rulers = head in _RULERS
        here = [s for s in here if (s.sentence, s.first) not in self._hidden(here)]  # "the Bank of India" names no country
        if not rulers and (spoken_of := self._spoken_of_before(m, low, here, clauses)):
            return spoken_of
        if before in _PLACE_PREPOSITIONS and low[m.last : m.last + 1] != ["'s"] and not rulers and (foreign := self._host_of(here)):
            return foreign
        found = self._one_state(here, before in _PLACE_PREPOSITIONS and low[m.last : m.last + 1] != ["'s"] and not rulers, head, rulers)
        if found is not None:
            return found or self._abroad(m, low)
        for back in (1, 2):
            index = self._index - back
            if index < 0 or self.paragraphs[index] < self.paragraphs[self._index] - 1:
                break
            found = self._one_state([s for s in self.seen if s.sentence == index], False, head, rulers or low[m.first] == "that")
            if found is not None:
                return found or self._abroad(m, low)
        return ()

    def _is_object(self, m: Mention, low: list[str], clauses: Clauses) -> bool:
        """Whether a reference stands behind the verb of its clause and neither acts itself nor owns what follows."""
        behind = next((i for i in range(m.last, len(low)) if not closed.is_adverb(low[i])), len(low))
        acts = any(g.form == "finite" and g.first in (m.last, behind) for g in clauses.groups)
        return not acts and low[m.last : m.last + 1] != ["'s"] and any(g.form == "finite" and g.last <= m.first for g in clauses.groups)

    def _spoken_of_before(self, m: Mention, low: list[str], here: Sequence[_Seen], clauses: Clauses) -> tuple[Entity, ...]:
        """The one other state of the sentence before, where somebody else does something to it: "Mali is poor. India gave the country loans"."""
        index = self._index - 1
        if index < 0 or self.paragraphs[index] != self.paragraphs[self._index] or not self._is_object(m, low, clauses):
            return ()
        acting = {e.iri if e.kind == "state" else e.state or self.gazetteer.state_of(e.iri) for s in here for e in s.entities} - {""}
        told = self._states(s for s in self.seen if s.sentence == index and not s.adjective and not s.people)
        others = [e for e in told if e.iri not in acting]
        before = low[m.first - 1] if m.first else ""
        own = before in _OWN_GROUND or (before in _PLACE_PREPOSITIONS and len(others) < len(told))  # its own: "schools across the country"
        return (others[0],) if acting and len(others) == 1 and not own else ()

    def _there(self, m: Mention, low: list[str]) -> tuple[Entity, ...]:
        """Where "there" is: the place or state last told of behind a preposition that is not the subject, else the other state of the pair."""
        for index in (self._index, self._index - 1):
            if index < 0 or self.paragraphs[index] < self.paragraphs[self._index] - 1:
                return ()
            near = [s for s in self.seen if s.sentence == index and s.first < (m.first if index == self._index else len(low) + 1000) and s.kind in ("state", "place")
                    and not s.plural and not s.adjective and (s.sentence, s.first) not in self._hidden(self.seen)]
            doing = {e.iri for s in near if s.subject and not s.placed for e in s.entities}
            if placed := [s for s in near if s.lead in _THITHER and not {e.iri for e in s.entities} & doing]:
                return placed[-1].entities
            if index == self._index and (town := self._town_before()):
                return town  # "Paris is close. The two signed the treaty there"
            rest = self._distinct(s for s in near if not s.subject and s.lead not in ("after", "before", "than", "like", "unlike", "behind"))
            if index == self._index and len(rest) == 1 and rest[0].iri not in doing:
                return (rest[0],)  # "visited Togo and opened an embassy there"
            if index == self._index and len(doing) == 1 and len(others := self._not_these([e for s in near for e in s.entities if e.iri in doing])) == 1 and any(
                    s.sentence >= index - 1 and others[0] in s.entities for s in self.seen):
                return others
            if index < self._index and len(near) == 1:
                return near[0].entities
        people = self._distinct(s for s in self.seen if s.sentence == self._index and s.kind == "person" and s.subject and not s.plural)
        homes = [e for e in self.dyad.states[:2] if e.iri in {self._state_of(p) or self.gazetteer.state_of(p.iri) for p in people}]
        others = self._not_these(homes)  # "The Dutch prime minister will travel there"
        return others if any(s.sentence >= self._index - 2 and others[0] in s.entities for s in self.seen if others) else ()

    def _town_before(self) -> tuple[Entity, ...]:
        """The one place of which the sentence before spoke, by its name as its subject."""
        index = self._index - 1
        if index < 0 or self.paragraphs[index] != self.paragraphs[self._index]:
            return ()
        towns = self._distinct(s for s in self.seen if s.sentence == index and s.kind == "place")
        return (towns[0],) if len(towns) == 1 and any(s.subject and towns[0] in s.entities for s in self.seen if s.sentence == index) else ()

    def _not_these(self, states: Sequence[Entity]) -> tuple[Entity, ...]:
        """The other state of the pair, where one of it alone is given."""
        others = [e for e in self.dyad.states[:2] if e.iri not in {s.iri for s in states}]
        return (others[0],) if len(others) == 1 and len(self.dyad.states) >= 2 and len(states) == 1 else ()

    def _neighbour(self, m: Mention, low: list[str], sentence: Sentence, mentions: Sequence[Mention]) -> Mention | None:
        """ "Its landlocked neighbour": the other state of the pair, where no name follows."""
        if low[m.first] not in ("its", "their", "his", "her") or m.last - m.first != 1:
            return None
        k = m.last
        while k < len(low) and k - m.last < 5 and (low[k] in _BESIDE or region_end(low, k) > k or low[k] == "-" or low[k - 1] == "-"):
            k = max(k + 1, region_end(low, k))
        called = states_called(low[m.last : k])
        if low[k : k + 1] not in (["neighbour"], ["neighbor"]) and (called is None or low[k : k + 1] not in (["ally"], ["partner"], ["rival"], ["foe"], ["friend"])):
            return None
        named = low[k + 2 :] if low[k + 1 : k + 2] == [","] else low[k + 1 :]
        behind = sentence.tokens[len(low) - len(named)].text if named else ""
        if behind[:1].isupper() or (low[k + 1 : k + 2] == ["'s"]) or low[k + 1 : k + 2] == ["and"]:
            return None
        owners = [e for e in m.entities if e.kind == "state"]
        if not m.entities:
            owners = self._states(s for s in self.seen if s.sentence == self._index and s.first < m.first) or [
                e for s in self.seen if s.sentence == self._index and s.first < m.first and s.kind == "group" for e in s.entities if e.kind == "state"]
        elif not owners:
            of = {e.state or self.gazetteer.state_of(e.iri) for e in m.entities} - {""}
            owners = [e for e in self.dyad.states if e.iri in of]
        if not owners:  # "Its eastern neighbour exported power to Chad"
            behind_it = [e for o in mentions if o.first > k and o.kind == "state" and o.form == "name" for e in o.entities if e in self.dyad.states[:2]]
            owners = behind_it if low[m.first] == "its" and m.first == 0 and low[k] in ("neighbour", "neighbor") else []
        found = self._not_these(list(dict.fromkeys(owners)))
        if not found or owners[0] not in self.dyad.states[:2] or (called is not None and found[0].iri.rpartition("/")[2] not in called):
            return None
        text = sentence.tokens[m.first : k + 1]
        return Mention(m.start, text[-1].end, m.first, k + 1, "state", " ".join(t.text for t in text), "reference", found, head="neighbour")

    def _abroad(self, m: Mention, low: list[str]) -> tuple[Entity, ...]:
        """Where the firms, investors or citizens of one of the pair just spoken of are: "in the country" is the other one."""
        if low[m.first - 1 : m.first] != ["in"] or len(self.dyad.states) != 2:
            return ()
        if self.dyad.side in self.dyad.states and any(a == "our" and b in _OUR_PEOPLE for a, b in pairwise(low[: m.first])):
            homes = [self.dyad.side]
        else:
            groups = [s for s in self.seen if s.kind == "group" and (s.sentence, s.first) >= (self._index - 1, 0)]
            here = [s for s in groups if s.sentence == self._index]
            homes = [e for s in here or groups for e in s.entities]
        others = [state for state in self.dyad.states if state.iri not in {h.iri for h in homes}]
        return (others[0],) if len(others) == 1 else ()

    def _host_of(self, here: Sequence[_Seen]) -> tuple[Entity, ...]:
        """The other state of the pair, where a company or people of one of them do something "in the country"."""
        pair = self.dyad.states[:2]
        subjects = [s for s in here if (s.subject and s.kind in ("company", "organisation", "institution", "person")) or (s.kind == "state" and s.adjective and s.first <= 2)]
        of = {e.iri if e.kind == "state" else e.state or self.gazetteer.state_of(e.iri) for s in subjects for e in s.entities} - {""}
        named = {e.iri for s in here if not s.adjective for e in s.entities if e.kind == "state" and (s.sentence, s.first) not in self._hidden(here)}
        if len(pair) == 2 and len(of) == 1 and of <= {p.iri for p in pair} and not named - of:
            return tuple(p for p in pair if p.iri not in of)
        return ()

    def _hidden(self, here: Sequence[_Seen]) -> set[tuple[int, int]]:
        """Where states stand that only are a part of a longer name."""
        return {(s.sentence, s.first) for s in here if s.kind == "state" and any(a <= s.first < b for a, b in self._inner)}

    def _one_state(self, entries: list[_Seen], other: bool, head: str, far: bool = False) -> tuple[Entity, ...] | None:
        """The state that "the country" is, () where several could be, None where none is named."""
        states = self._states(entries)
        if head in ("kingdom", "republic", "emirate", "sultanate") and len(states) > 1:
            named = [e for e in states if any(head in n.lower() for n in (e.label, *e.names))]
            states = named or states
        loose = all(s.adjective or s.kind == "group" for s in entries if states and states[0] in s.entities)
        if len(states) == 1 and (far or not loose):
            return (states[0],)
        people = [e for e in self._distinct(s for s in entries if s.kind == "person" and s.subject and not s.plural)]
        if not states:
            of = {self._state_of(p) for p in people} - {""}
            of |= {e.state or self.gazetteer.state_of(e.iri) for s in entries if s.kind == "place" for e in s.entities} - {""} if of else set()
            if len(of) > 1:
                return ()  # "Ms Clark travelled to Apia. The country": hers or the other one
            if len(of) == 1:
                try:
                    return (self.gazetteer.entity(of.pop()),)
                except KeyError:
                    return None
            return None
        subjects = self._states(s for s in entries if s.subject and not s.adjective)
        if not subjects:
            of = {self._state_of(p) for p in people} - {""}
            subjects = [e for e in states if e.iri in of]
        if len(subjects) != 1:
            return ()
        if not other:
            return (subjects[0],)
        rest = [e for e in states if e.iri != subjects[0].iri]
        return (rest[0],) if len(rest) == 1 else ()

    # it, they, things ---------------------------------------------------------------------------------------

    _SINGLE = frozenset({"state", "organisation", "company", "institution", "facility", "agreement", "project", "body"})

    def _it(self, m: Mention, low: list[str], clauses: Clauses) -> tuple[Entity, ...]:
        head = low[m.first]
        if head == "it" and self._expletive(m, low, clauses):
            return ()
        finite = [g for g in clauses.groups if g.form == "finite"]
        here = [
            s
            for s in self.seen
            if s.sentence == self._index and s.first < m.first and not s.plural and s.kind in self._SINGLE
        ]
        if head == "its" and m.first > 1 and low[m.first - 1] == ",":  # "ties with Azerbaijan, its closest partner": not its own
            beside = [s for s in here if s.kind == "state" and not s.adjective and m.first - 3 <= s.first < m.first - 1]
            others = self._distinct([s for s in here if s not in beside and s.kind == "state" and not any(e in b.entities for b in beside for e in s.entities)])
            if beside and len(others) == 1 and len(self._distinct(beside)) == 1:
                return (others[0],)
        if head == "it":  # "in Peru it has invested": not the place
            here = [s for s in here if s.subject or s.kind != "state" or not self._behind_preposition(s.first, low)]
        opener = clauses.groups[0] if clauses.groups else None
        opened = head == "it" and opener is not None and opener.first == 0 and opener.form in ("participle", "gerund") and low[m.first - 1] == ","
        if opened:
            here = []  # "Built by Vinci in 1990, it carries": what the sentence before spoke of
        start = clauses.segment(m.first).first
        subjects = self._distinct([s for s in here if s.subject])
        own = clauses.segment(m.first).groups
        if own and start:  # the subject of the pronoun's own clause
            inside = self._distinct(
                [
                    s
                    for s in here
                    if start <= s.first < clauses.groups[own[0]].first
                    and not s.adjective
                    and not self._behind_preposition(s.first, low[: s.first])
                ]
            )
            if len(inside) == 1 and clauses.groups[own[0]].last <= m.first:
                return (inside[0],)
        object_of = next((g for g in finite if head == "it" and (g.last == m.first or (low[m.first - 1] == "of" and 0 < m.first - g.last <= 5))), None)
        if object_of is not None:  # "Italy supports it": nobody who does it himself
            doing = next((g.first for g in finite if g.first >= start), object_of.first)
            here = [s for s in here if not start <= s.first < doing]
            if len(things := self._distinct(s for s in here if s.kind != "state")) == 1:
                return (things[0],)  # "welcomed the railway and agreed to complete it"
            subjects = self._distinct([s for s in here if s.subject])
        if head == "it" and m.first and low[m.first - 1] == "of" and len(works := self._distinct(s for s in here if s.kind in ("project", "facility", "agreement"))) == 1:
            return (works[0],)  # "Abengoa is building a plant; the first part of it was opened"
        if head == "it" and self._is_object(m, low, clauses) and (topic := self._topic_before(here)):
            return topic  # "Enel is a power company. Eni owns 40 percent of it"
        if here and head == "it" and object_of is None and (fitting := self._what_is_said_of(m, clauses, here)):
            return fitting  # "They signed a treaty; it was renewed in 2010"
        if here:
            if len(subjects) == 1:
                return (subjects[0],)
            if len(subjects) > 1:
                near = self._distinct([s for s in here if s.first >= start])
                return (near[0],) if len(near) == 1 and near[0] in subjects else ()
            found = self._distinct([s for s in here if s.first >= start])
            return (found[0],) if len(found) == 1 and len(self._distinct(here)) == 1 else ()
        told = [g for g in finite if g.first < m.first and not any(w in ('"', "”", "»") for w in low[g.last : m.first])]  # not what is quoted before
        if told and object_of is None and not opened:
            return ()
        index = self._index - 1
        if index < 0 or self.paragraphs[index] < self.paragraphs[self._index] - 1:
            return ()
        before = [s for s in self.seen if s.sentence == index and s.kind in self._SINGLE and not s.plural]
        if object_of is not None:
            before = [s for s in before if s.kind != "state"]
        elif head == "it" and (fitting := self._what_is_said_of(m, clauses, before)):
            return fitting
        subjects = self._distinct([s for s in before if s.subject])
        if len(subjects) == 1:
            return (subjects[0],)
        found = self._distinct(before)
        if len(subjects) > 1 and head == "it" and len(things := self._distinct(s for s in before if s.kind != "state")) == 1:
            return (things[0],)  # "Chad and Togo signed a pact. It has": not the two
        if head == "it" and any(s.kind == "state" and s.placed for s in before):
            return ()  # "Vale came to Peru. It has invested": somebody else
        return (found[0],) if len(found) == 1 and not subjects else ()

    def _topic_before(self, here: Sequence[_Seen]) -> tuple[Entity, ...]:
        """The one subject of the sentence before, where it does not act in this one and nothing else of its kind was named since."""
        index = self._index - 1
        if index < 0 or self.paragraphs[index] != self.paragraphs[self._index]:
            return ()
        before = [s for s in self.seen if s.sentence == index and s.subject and s.first <= _OPENING and s.kind in self._SINGLE and not (s.plural or s.adjective or s.placed)]
        topics = self._distinct(before)
        if len(topics) != 1 or any(topics[0] in s.entities or (s.kind == before[0].kind and not s.subject) for s in here):
            return ()
        return (topics[0],) if len(self._distinct(s for s in here if s.kind == before[0].kind)) < 2 else ()

    _OF_PAPERS = frozenset(
        "renew ratify amend extend sign initial terminate prolong conclude denounce supersede expire lapse stipulate enter come replace regulate abolish".split())
    _OF_WORKS = frozenset(
        "build complete inaugurate commission construct finish mothball shelve generate carry link connect transport supply cost employ produce run open handle irrigate".split())

    def _what_is_said_of(self, m: Mention, clauses: Clauses, before: Sequence[_Seen]) -> tuple[Entity, ...]:
        """The one agreement or work of the sentence before, where the verb behind "it" is said of such: "It was ratified", "It will carry oil"."""
        group = next((g for g in clauses.groups if g.form == "finite" and m.last <= g.first <= m.last + 1), None)
        if group is None:
            return ()
        papers = group.lemma in self._OF_PAPERS and (group.voice == "passive" or group.lemma in ("expire", "lapse", "stipulate", "regulate", "replace", "supersede", "abolish") or (
            group.lemma in ("enter", "come") and "force" in [t.lower for t in clauses.tokens[group.last : group.last + 3]]))
        kinds: tuple[str, ...] = ("agreement",) if papers else ()
        if group.lemma in self._OF_WORKS and not (group.voice == "active" and group.lemma in ("build", "complete", "inaugurate", "commission", "construct", "finish", "open")):
            kinds = ("project", "facility")
        found = self._distinct(s for s in before if s.kind in kinds and not s.plural)
        return (found[0],) if len(found) == 1 else ()

    def _expletive(self, m: Mention, low: list[str], clauses: Clauses) -> bool:
        after = low[m.last : m.last + 5]
        if after[:1] and after[0] in closed.BE | closed.MODALS | {
            "'s",
            "seems",
            "remains",
            "became",
            "has",
            "appears",
            "makes",
            "takes",
        }:
            cleft = after[1:2] != [] and after[1] in closed.PREPOSITIONS and "that" in low[m.last : m.last + 14]
            return cleft or any(w in _IMPERSONAL for w in after[1:])
        return False

    def _they(self, m: Mention, low: list[str], clauses: Clauses) -> tuple[Entity, ...]:
        for index in (self._index, self._index - 1):
            if index < 0 or self.paragraphs[index] < self.paragraphs[self._index] - 1:
                return ()
            entries = [
                s
                for s in self.seen
                if s.sentence == index and (index != self._index or s.first < m.first) and s.kind not in ("group",)
            ]
            plural = [s for s in entries if s.plural and s.subject]
            if plural:
                return plural[-1].entities
            subjects = [s for s in entries if s.subject and s.kind in ("state", "person")]
            kinds = {s.kind for s in subjects}
            found = self._distinct(subjects)
            if len(kinds) == 1 and 2 <= len(found) <= 4:
                return tuple(found)
            if len(subjects) == 1 and subjects[0].people:
                return subjects[0].entities  # "The Kenyans ... their country"
            people = self._distinct(s for s in entries if s.kind == "person" and not s.plural)
            if index < self._index and kinds == {"person"} and len(found) == 1 and len(people) == 2 and all(e.kind == "person" for e in people):
                return tuple(people)  # "Ms Lima received Mr Soto. They discussed trade."
            if entries and subjects:
                return ()
        return ()

    def _land_of(self, m: Mention) -> str:
        """The state whose adjective stands in a reference, "" where none does."""
        return next((e.iri for s in self.seen if s.sentence == self._index and s.adjective and m.first < s.first < m.last for e in s.entities), "")

    def _thing(self, m: Mention, head: str, low: list[str], clauses: Clauses) -> tuple[Entity, ...]:
        if m.kind == "agreement" and low[m.last : m.last + 1] in (["with"], ["between"]) and low[m.first] == "the":
            return ()  # "the treaty with Chad": told by whom it binds, not by what stood before
        kinds = {m.kind}
        if m.kind == "project":
            kinds |= {"agreement", "facility"}
        if m.kind in ("organisation", "company", "body"):
            kinds |= {"organisation", "company", "body", "institution"} - (
                {"company"} if m.kind == "organisation" and head in ("union", "bloc") else set()
            )
        if m.kind == "facility":
            kinds |= {"project"}
        many = low[m.first] in ("these", "those") or (
            low[m.last - 1].endswith("s") and not head.endswith("s") and low[m.first] != "this"
        )
        word = head.split()[-1]
        candidates = [s for s in self.seen if s.kind in kinds and (s.sentence < self._index or s.first < m.first)]
        if m.kind in ("company", "organisation") and self._is_object(m, low, clauses):  # "Fiat bought the company": another one
            doing = {e.iri for s in candidates if s.sentence == self._index and s.subject and s.kind == m.kind for e in s.entities}
            candidates = [s for s in candidates if not doing & {e.iri for e in s.entities}]
        if m.kind == "company" and (land := self._land_of(m)):  # "the Qatari company"
            candidates = [s for s in candidates if all(e.state == land for e in s.entities)] or [s for s in candidates if not any(e.state for e in s.entities)]
            if len(self._distinct(s for s in candidates if s.sentence >= self._index - _WINDOW)) > 1 and not candidates[-1].entities[0].state:
                return ()
        if many:
            for back in range(0, _WINDOW + 1):
                near = self._distinct([s for s in candidates if s.sentence == self._index - back])
                if len(near) >= 2:
                    return tuple(near)
                if near:
                    return ()
            return ()
        if m.kind in ("company", "organisation") and (home := self._state_inside(m)):  # "the Croatian company": no other one's
            candidates = [s for s in candidates if all(e.state in ("", home) for e in s.entities)]
            candidates = [s for s in candidates if s.sentence >= self._index - _WINDOW and all(e.state == home for e in s.entities)] or candidates
        reach = 5 if m.kind == "place" else 10_000
        named = [
            s
            for s in candidates
            if not s.plural
            and self._index - s.sentence <= reach
            and (word in s.words or any(word in _SLUG.split(e.label.lower()) for e in s.entities))
            and not (m.kind == "facility" and s.entities and all(_only_end(word, e.label.lower()) for e in s.entities))
        ] or [
            s
            for s in candidates
            if m.kind == "facility" and not s.plural and self._index - s.sentence <= _WINDOW and _ALIKE.get(word, frozenset()) & s.words
        ]
        if named:
            last = named[-1]
            same = self._distinct([s for s in named if s.sentence == last.sentence and s.subject == last.subject])
            if m.kind == "event":  # "the 13th Nordic Forum", which holds the name of the Nordic Forum
                same = [e for e in same if not any(o is not e and e.label.lower() in o.label.lower() for o in same)]
                if len(same) == 1:
                    return (same[0],)
            return (last.entities[0],) if len(same) == 1 or m.kind == "place" else ()
        if (word not in _GENERIC and m.kind != "place" and not (m.kind == "company" and self._land_of(m))) or (m.kind == "facility" and "new" in low[m.first : m.last]):
            return ()
        for back in range(_WINDOW + 1):
            entries = [s for s in candidates if s.sentence == self._index - back and not s.plural and (
                s.kind == m.kind or {s.kind, m.kind} == {"project", "facility"} or (word == "group" and {s.kind, m.kind} <= {"company", "organisation"}))]
            things = self._distinct(entries)
            if len(things) > 1:
                things = self._distinct(s for s in entries if s.subject)
            if entries:
                return (things[0],) if len(things) == 1 else ()
        return ()

    # first and second person --------------------------------------------------------------------------------

    def _mine(self, speakers: tuple[Entity, ...], side: Entity | None) -> Entity | None:
        """The state for which the speakers speak, or ``side`` where they have none; None where they have several."""
        states = (
            [self._state_of(s) for s in speakers if s.kind == "person"]
            + [s.iri for s in speakers if s.kind == "state"]
            + [s.state for s in speakers if s.kind not in ("state", "person") and s.state]
        )
        states = list(dict.fromkeys(iri for iri in states if iri))
        if len(states) == 1:
            try:
                return self.gazetteer.entity(states[0])
            except KeyError:
                return None
        return None if states else side

    def second_person(self, speakers: tuple[Entity, ...], side: Entity | None) -> tuple[Entity, ...]:
        """What "your country", "your exports" mean: the state of the pair for which the speaker does not speak."""
        mine = self._mine(speakers, side)
        return self._not_these((mine,)) if mine is not None and mine in self.dyad.states[:2] else ()

    def first_person(
        self, m: Mention, low: list[str], speakers: tuple[Entity, ...], side: Entity | None, *, joint: bool = False
    ) -> tuple[Entity, ...]:
        """What "we", "our", "I" mean here: the speaker, his state, or both states (in a `joint` paper always both)."""
        head = m.head.lower() or m.text.lower()
        if head in _I:
            return tuple([s for s in speakers if s.kind == "person"][:1])
        mine = self._mine(speakers, side) if not joint else None
        if m.kind == "state":
            return (mine,) if mine is not None else ()
        if joint and len(self.dyad.states) == 2:
            return self.dyad.states
        if head == "we" and m.first and low[m.first - 1] in ("together", "jointly"):
            pair = self.dyad.states[:2]
            return pair if len(pair) == 2 else ()
        inclusive = is_inclusive(low[m.last : m.last + 8], "our" if head in ("our", "ours") else "we")
        if head == "us" and m.first and low[m.first - 1] in ("between", "both"):
            inclusive = True
        if head == "us" and m.first and low[m.first - 1] not in closed.PREPOSITIONS | {"both"} and low[m.last : m.last + 1] not in (["both"], ["all"]):
            inclusive = False  # "India has given us more than two billion dollars"
        pair = self.dyad.states[:2]
        if inclusive and len(pair) == 2 and (mine is None or mine.iri in {p.iri for p in pair}):
            with_other = any(w in ("with",) for w in low[m.last : m.last + 7])
            return pair if not (with_other and mine is not None) else (mine,)
        return (mine,) if mine is not None else ()


def _unnamed(m: Mention) -> Entity:
    """What "the pact" that nothing named before stands for."""
    label = " ".join(m.text.split()[1:])
    return Entity(f"{ENT}agreement-{slug_of(label)}", label, "agreement", known=False)


def _only_end(word: str, label: str) -> bool:
    """Whether a name holds a word only where it says what the thing runs to: the port of "the line from Kayes to Dakar port"."""
    head, *rest = _RUNNING.split(label, maxsplit=1)
    return bool(rest) and word in _SLUG.split(rest[0]) and word not in _SLUG.split(head)


def _thanked(m: Mention, low: list[str], done: Sequence[Mention]) -> tuple[Entity, ...]:
    """Whose "its" is in "congratulated Chad on its election", "thanked the minister for his help": that of the one named just before."""
    if m.first < 2 or low[m.first - 1] not in ("on", "for"):
        return ()
    kinds = ("person",) if low[m.first] in ("his", "her") else ("state", "organisation", "company") if low[m.first] == "its" else ()
    whom = [o for o in done if o.last == m.first - 1 and o.kind in kinds and len(o.entities) == 1]
    return whom[-1].entities if whom and any(word in _THANKING for word in low[max(0, whom[-1].first - 4) : whom[-1].first]) else ()


_THANKING = words("references", "thanking")
FIRST_PERSON = _WE | _I
SECOND_PERSON = words("references", "you")
