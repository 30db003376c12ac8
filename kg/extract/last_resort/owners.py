"""Whose a figure is that no rule has told: of whom its words say that it comes, who acts in its clause, where that takes place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extract.reading import Reading
from kg.extract.words import words
from kg.match import SentenceView
from kg.match.frames.subjects import Subjects
from kg.match.tables import class_table
from kg.model import Entity, Fact, Mention
from kg.terms import ENT
from kg.words import WordClasses, slug_of
from kg.words.closed import DETERMINERS, PREPOSITIONS, is_adverb

__all__ = ["Owners", "phrase_at"]

_HAVING = frozenset({"state", "company", "organisation", "institution", "facility", "project", "body", "pair", "group", "pronoun"})
_THINGS = frozenset({"facility", "project", "company", "organisation", "institution", "body"})
_OWN_KINDS = _THINGS | {"state"}
_PERSONS = words("leftover", "persons")
_THING_CLASSES = ("owned-thing", "works-thing")
_PLACED = frozenset({"in", "at", "near", "outside", "of", "on"})
_BACK = 3  # sentences that "the plant" may look back
_POINTING = frozenset({"the", "this", "that"})
_NAMING = ("project", "subject", "organisation", "asset", "property", "body")
_STATE_WORDS = words("leftover", "state-word")
_BORDERS = words("leftover", "border")


def phrase_at(view: SentenceView, at: int) -> tuple[int, int] | None:
    """The base noun phrase that holds a token."""
    return next(((p.first, p.last) for p in view.phrases if p.first <= at < p.last), None)


class Owners:
    """Finds whose the figures of one sentence are."""

    def __init__(self, reading: Reading, view: SentenceView, classes: WordClasses, facts: Sequence[Fact]) -> None:
        self.reading = reading
        self.view = view
        self.classes = classes
        self.facts = facts
        self.subjects = Subjects(view)

    # in the words of the figure ---------------------------------------------------------------------------------

    def inside(self, first: int, last: int) -> Mention | None:
        """The state that the counted phrase itself names: "40 Kenyan nurses", "40 nurses from Kenya", "4 tonnes of Kenyan tea"."""
        view = self.view
        for m in view.mentions:
            if m.kind == "state" and len(m.entities) == 1 and first <= m.first < last and m.form == "adjective" and view.word(m.last) != "-":
                return m
        if view.word(last) in ("from", "of"):
            at = last + 1 + (view.word(last + 1) in DETERMINERS)
            place = next((m for m in view.by_first.get(at, ()) if m.kind == "place" and len(m.entities) == 1), None) if view.word(last) == "from" else None
            if place is not None and (state := self._state(place.entities[0])) is not None:
                return Mention(place.start, place.end, place.first, place.last, "state", place.text, "name", (state,))  # "refugees from Aleppo"
            return next(
                (
                    m
                    for m in view.by_first.get(at, ())
                    if m.kind == "state" and len(m.entities) == 1 and m.form != "adjective" and view.word(m.last) != "'s"
                ),
                None,
            )
        return None

    def possessor(self, first: int) -> Mention | None:
        """Whose the counted things are by the word in front of their number: "its 120 stations", "Eni's 12 fields"."""
        view = self.view
        if view.word(first - 1) == "'s":
            return next((m for m in view.mentions if m.last == first - 1 and self.may_have(m)), None)
        return next(
            (
                m
                for m in view.by_first.get(first - 1, ())
                if m.kind == "pronoun" and m.last == first and self.may_have(m) and view.word(first - 1) in ("its", "their")
            ),
            None,
        )

    def owner_behind(self, first: int, last: int) -> Mention | None:
        """Whose that is of which the figure is a part: "60 of its 80 officers", "a third of Chad's cotton"."""
        view = self.view
        if view.word(first) != "of":
            return None
        at = first + 1 + (view.word(first + 1) == "the")
        if view.word(at) in ("its", "their"):
            return next((m for m in view.by_first.get(at, ()) if m.kind == "pronoun" and self.may_have(m)), None)
        return next((m for m in view.by_first.get(at, ()) if view.word(m.last) == "'s" and m.last < last and self.may_have(m)), None)

    # in its clause ------------------------------------------------------------------------------------------------

    def acting(self, index: int) -> tuple[Mention | None, bool]:
        """Who or what acts in the clause of a verb group, and whether nobody else can be asked for the figure (a person acts)."""
        for first, last in self.subjects.regions(index)[:2]:
            found, closed = self._named(first, last)
            if found is not None or closed:
                return found, closed
        return None, False

    def _named(self, first: int, last: int) -> tuple[Mention | None, bool]:
        view = self.view
        while first < last and (view.word(first) == "," or is_adverb(view.word(first)) or view.word(first) in ("and", "but", "that", "both")):
            first += 1
        phrase = phrase_at(view, first)
        if view.word(first) in PREPOSITIONS:  # "For the jetty | Germany delivered 22 pylons"
            right = [
                m
                for m in view.mentions
                if m.last == last
                and m.first > first + 1
                and m.form == "name"
                and self.may_have(m)
                and view.word(m.first - 1) not in (*PREPOSITIONS, *DETERMINERS)
            ]
            return (right[0] if right and len({m.entities for m in right}) == 1 else None), False
        if phrase is None:
            return None, False
        if view.word(first) == "we" or (view.word(first) == "our" and view.word(phrase[1] - 1) not in _PERSONS and not any(
                m.kind in ("person", "pair", "company", "organisation") and first <= m.first < phrase[1] for m in view.mentions)):
            return self._we(first), True
        end = min(phrase[1], last)
        cut = [m for m in view.mentions if m.kind in ("date", "period") and phrase[0] < m.first < end]
        end = min([end, *(m.first for m in cut)])
        head = end - 1
        held = sorted((m for m in view.mentions if m.first < end <= m.last <= max(last, end) and m.first >= phrase[0] and self.may_have(m)),
                      key=lambda m: (m.first, -m.last))
        if any(m.kind in ("person", "office", "agreement", "event") and m.first < end <= m.last for m in view.mentions):
            return None, True
        if held:
            return held[0], False
        named = next(
            (
                m
                for m in view.mentions
                if m.first in (phrase[0], phrase[0] + 1)
                and m.last < end
                and m.form == "name"
                and m.kind in _THINGS
                and self.may_have(m)
                and all(view.tokens[k].text[:1].isupper() for k in range(m.first, end))
            ),
            None,
        )
        if named is not None:
            return named, False  # "NLB Prishtina"
        if view.word(head) in _PERSONS or view.word(head).rstrip("s") in _PERSONS:
            return None, True
        if view.word(head) in _BORDERS and view.word(phrase[0]) in ("the", "our", "their") and head - phrase[0] < 3 and len(self.reading.pair) == 2:
            return Mention(view.tokens[head].start, view.tokens[head].end, head, head + 1, "pair", view.word(head), "reference", self.reading.pair), False
        told = self._pointed(phrase[0], head)
        if told is not None:
            return told, False
        made = self._described(phrase[0], end, last)
        if made is not None:
            return made, False
        owner = next(
            (
                m
                for m in view.mentions
                if phrase[0] <= m.first and m.last < end and m.kind in _HAVING and view.word(m.last) == "'s" and self.may_have(m)
            ),
            None,
        )
        owner = owner or next(
            (
                m
                for m in view.by_first.get(phrase[0], ())
                if m.kind == "pronoun" and view.word(phrase[0]) in ("its", "their") and self.may_have(m)
            ),
            None,
        )
        demonym = next((m for m in view.mentions if phrase[0] <= m.first < end and m.form == "adjective" and m.kind == "state" and len(m.entities) == 1), None)
        if owner is None and demonym is None and view.word(phrase[0]) in _POINTING and end - phrase[0] < 4 and self._is_thing(head):
            return self._bare(phrase[0] + 1, head), False
        return owner or demonym, False

    def _bare(self, first: int, head: int) -> Mention | None:
        """The thing that "the pipeline" is of which nothing was told before; None where several can be meant."""
        view, noun = self.view, self.view.word(head)
        at = self.reading.places[view.sentence.start]
        near = {e.iri for v in self.reading.views[max(0, at - _BACK):at + 1] for m in v.mentions for e in m.entities
                if e.kind in _THINGS and m.form != "reference" and noun in e.label.lower().replace("-", " ").split()}
        if len(near) > 1 or noun.endswith("s"):
            return None
        text = view.text(first, head + 1)
        return self._mention(first, head + 1, Entity(f"{ENT}facility-{slug_of(text)}", text, "facility", False))

    def beside(self, first: int, last: int) -> Mention | None:
        """Whose a figure is that stands in brackets or between commas behind a name: "the Omo dam (300 megawatts)", "Eni, with 40 wells,"."""
        view = self.view
        at = first - 1 - (view.word(first - 1) in ("with", "of", "has", "now"))
        if view.word(at) not in (",", "(") or (at == first - 1 and view.word(at) == "," and view.word(last) == "and"):
            return None  # "built the Omo dam, | six huts and a clinic": a list
        return next((m for m in view.mentions if m.last == at and m.form == "name" and m.kind in _HAVING and self.may_have(m)), None)

    def counted_before(self, at: int) -> Fact | None:
        """The count that "of them" goes back to: the one told last in the sentence, or else in the one before."""
        here = self.reading.places[self.view.sentence.start]
        start = self.reading.sentences[max(0, here - 1)].start
        return max((f for f in self.facts if f.type == "Indicator" and f.values("value") and start <= f.evidence[0].start and f.evidence[0].end <= at),
                   key=lambda f: f.evidence[0].end, default=None)

    def of_fact(self, fact: Fact, at: int) -> Mention | None:
        """The subject of a fact as a mention at a token."""
        subject = next((t for t in fact.values("subject") if isinstance(t, Entity)), None)
        return self._mention(at, at + 1, subject) if subject is not None else None

    def by_agent(self, first: int, last: int) -> Mention | None:
        """Who does what a passive tells: "were treated by the clinic"."""
        return self._behind(first, last, ("by",))

    def at_place(self, first: int, last: int) -> Mention | None:
        """The thing at which it takes place: "were treated at the clinic in Kisumu"."""
        found = self._behind(first, last, ("at", "in", "through", "aboard", "on", "via"))
        return found if found is not None and any(e.kind in _THINGS for e in found.entities) else None

    def _behind(self, first: int, last: int, leads: tuple[str, ...]) -> Mention | None:
        for at in range(first, last):
            if self.view.word(at) in leads:
                found, _ = self._named(at + 1, last)
                if found is not None:
                    return found
        return None

    def between(self, first: int, last: int) -> Mention | None:
        """The pair, where it goes on between the two: "between Oslo and Nairobi"."""
        view = self.view
        for at in range(first, last):
            if view.word(at) not in ("between", "from"):
                continue
            ends = [m for m in view.mentions if at < m.first <= at + 6 and m.kind in ("state", "place") and m.form != "adjective" and len(m.entities) == 1]
            states = [s for m in ends[:2] if (s := self._state(m.entities[0])) is not None]
            if len(states) == 2 and set(states) == set(self.reading.pair) and view.word(ends[1].first - 1) in ("and", "to", "the"):
                return Mention(
                    ends[0].start,
                    ends[1].end,
                    ends[0].first,
                    ends[1].last,
                    "pair",
                    view.text(ends[0].first, ends[1].last),
                    "reference",
                    tuple(states),
                )
        return None

    def land(self, first: int, last: int) -> Mention | None:
        """The state in which it takes place: "in Peru", "in Lima"; both where it is between them."""
        view = self.view
        found = [m for m in view.mentions if first <= m.first < last and len(m.entities) == 1 and m.kind in ("state", "place") and m.form != "adjective" and (
            view.word(m.first - 1) in ("in", "at") or (view.word(m.first - 1) == "the" and view.word(m.first - 2) in ("in", "at")))]
        for m in found:
            state = self._state(m.entities[0])
            if state is not None and state in self.reading.pair:
                return Mention(m.start, m.end, m.first, m.last, "state", m.text, "name", (state,))
        return None

    def other(self, first: int, last: int, subject: Mention) -> Mention | None:
        """The other side: the other of the pair that stands behind "in", "to", "from" in the clause."""
        view = self.view
        own = {self._state(e) for e in subject.entities}
        found = [
            m
            for m in view.mentions
            if first <= m.first < last
            and m.kind == "state"
            and len(m.entities) == 1
            and m.form != "adjective"
            and m.entities[0] in self.reading.pair
            and view.word(m.first - 1) in ("in", "to", "from", "into", "with", "for")
            and view.word(m.last) != "'s"
        ]
        return found[0] if len(found) == 1 and found[0].entities[0] not in own and None not in own else None

    # what can have figures ----------------------------------------------------------------------------------------

    def may_have(self, m: Mention) -> bool:
        """Whether a mention names what can have figures, and of the pair."""
        if m.kind not in _HAVING or m.form == "adjective" or not m.entities or any(e.kind not in _OWN_KINDS for e in m.entities):
            return False
        return self.belongs(m)

    def belongs(self, m: Mention) -> bool:
        """Whether what a mention names is one of the pair, lies in one, or is nobody's that is known."""
        pair = {s.iri for s in self.reading.pair}
        states = [e.iri if e.kind == "state" else e.state or self.reading.gazetteer.state_of(e.iri) for e in m.entities]
        return all(not s or s in pair for s in states)

    def _state(self, entity: Entity) -> Entity | None:
        if entity.kind == "state":
            return entity
        iri = entity.state or self.reading.gazetteer.state_of(entity.iri)
        return self.reading.gazetteer.entity(iri) if iri else None

    def _we(self, at: int) -> Mention | None:
        token = self.view.tokens[at]
        side = self.reading.side_at(token.start)
        return Mention(token.start, token.end, at, at + 1, "state", token.text, "reference", (side,)) if side is not None else None

    def _is_thing(self, head: int) -> bool:
        """Whether a noun for something built, owned or run ends at a token."""
        view = self.view
        return any(k + len(allowed) == head + 1 and all(view.word(k + j) in forms for j, forms in enumerate(allowed))
                   for name in _THING_CLASSES if name in self.classes
                   for k in range(max(head - 3, 0), head + 1) for allowed in class_table(self.classes, name).get(view.word(k), ()))

    def _pointed(self, first: int, head: int) -> Mention | None:
        """What "the plant" was, of what facts told and words named at most three sentences back; None where two can be meant."""
        view, noun = self.view, self.view.word(head)
        if view.word(first) not in _POINTING or not noun.isalpha():
            return None
        at = self.reading.places[view.sentence.start]
        for back in range(_BACK + 1):
            if at < back:
                break
            sentence = self.reading.sentences[at - back]
            stop = sentence.end if back else view.tokens[first].start
            named = (
                e
                for m in self.reading.views[at - back].mentions
                if m.end <= stop and m.kind in _THINGS and m.form != "reference"
                for e in m.entities
                if e.kind in _THINGS
            )
            found = {e.iri: e for e in (*self._told_in(sentence.start, stop), *named) if noun in e.label.lower().replace("-", " ").split()}
            if found:
                only = next(iter(found.values()))
                return self._mention(first, head + 1, only) if len(found) == 1 else None
        return None

    def _told_in(self, start: int, end: int) -> Iterator[Entity]:
        for fact in self.facts:
            if any(start <= e.start < end for e in fact.evidence):
                yield from (t for role in _NAMING for t in fact.values(role) if isinstance(t, Entity) and t.kind in _THINGS)

    def _described(self, first: int, end: int, last: int) -> Mention | None:
        """A thing that its words name: a noun of things with a place, an owner's adjective or a name in front ("the Irish eye clinic in Lamu")."""
        view, head = self.view, end - 1
        if all(view.tokens[k].text[:1].isupper() or view.word(k) in ("-", "'s", "of", "&") for k in range(first + 1, end)) and end - first > 2:
            name = first + (view.word(first) in DETERMINERS)
            return self._mention(name, end, Entity(f"{ENT}organisation-{slug_of(view.text(name, end))}", view.text(name, end), "organisation", False))
        if (
            any(m.kind == "number" and first <= m.first < end for m in view.mentions)
            or not view.word(head).isalpha()
            or not self._is_thing(head)
            or (view.word(head).endswith("s") and view.word(first) not in _POINTING)
        ):
            return None
        place = next(
            (
                m
                for m in view.mentions
                if end < m.first <= end + 1 + (view.word(end + 1) == "the")
                and m.last <= last
                and m.kind == "place"
                and view.word(end) in _PLACED
            ),
            None,
        )
        while first < head and view.word(first) in DETERMINERS:
            first += 1
        marked = any(view.tokens[k].text[:1].isupper() for k in range(first + (first == 0), end))
        if place is None and not marked:
            return None
        states = {
            s.iri
            for m in view.mentions
            if m.kind == "place" and (m is place or (first <= m.first < end))
            for e in m.entities
            if (s := self._state(e)) is not None
        }
        text = view.text(first, place.last if place is not None else end)
        home = states.pop() if len(states) == 1 else ""
        return self._mention(first, place.last if place is not None else end, Entity(f"{ENT}facility-{slug_of(text)}", text, "facility", False, home))

    def _mention(self, first: int, last: int, entity: Entity) -> Mention:
        view = self.view
        return Mention(view.tokens[first].start, view.tokens[last - 1].end, first, last, entity.kind, view.text(first, last), "name", (entity,))
