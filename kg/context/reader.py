"""One document read for context: its pair, its references, its speakers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kg.context.clauses import Clauses, find_clauses
from kg.context.dyad import Dyad, find_dyad
from kg.context.headed import speaker_of_headline
from kg.context.references import FIRST_PERSON, SECOND_PERSON, References, is_deed
from kg.context.sides import sides_of_speakers
from kg.context.speech import Line, Speech, find_answers, find_quotes, find_speeches, find_turns, mint_source, speech_at
from kg.context.status import Status, judge_status
from kg.context.words import words
from kg.gazetteer import Gazetteer
from kg.model import Document, Entity, Mention, Sentence, replace
from kg.terms import ENT
from kg.words import VerbGroup, find_verb_groups, slug_of

__all__ = ["Reader", "Reading", "author_of"]


# An agreement or a building says nothing, whatever pronoun seems to mean it.
_SILENT = frozenset({"agreement", "project", "event", "facility"})


@dataclass(frozen=True, slots=True)
class Reading:
    """A document read: its sentences with resolved mentions, verb groups and clauses, in parallel; its speeches in
    text order.
    """

    sentences: tuple[Sentence, ...]
    mentions: tuple[tuple[Mention, ...], ...]
    clauses: tuple[Clauses, ...]
    speeches: tuple[Speech, ...]
    homes: Mapping[str, str] = field(default_factory=dict)  # person -> the state whose official a list or heading tells him to be

    def speakers_at(self, start: int, end: int) -> tuple[Entity, ...]:
        """Who says the stretch: the innermost speech's speakers; empty where the text says it in its own voice."""
        found = speech_at(self.speeches, start, end)
        return found.speakers if found else ()

    def speech_at(self, start: int, end: int) -> Speech | None:
        """The innermost speech that holds the stretch."""
        return speech_at(self.speeches, start, end)

    def status(self, index: int, first: int, last: int, *, event: bool | None = None) -> Status:
        """The status of tokens ``first``..``last`` of sentence ``index``."""
        sentence = self.sentences[index]
        past = any(
            s.past and s.start <= sentence.tokens[first].start < s.end for s in self.speeches if s.kind == "reported"
        )
        clauses = self.clauses[index]
        return judge_status(
            sentence,
            clauses.groups,
            self.mentions[index],
            first,
            last,
            event=event,
            reported_past=past,
            clauses=clauses,
        )


_NO_NAME = re.compile(rf"\b(?:{'|'.join(sorted(words('reader', 'no-name')))})\b", re.IGNORECASE)
_NAME = re.compile(r"[A-ZÀ-ÞŁŚŻĆĐŠŽČİ][\w.'’-]+(?: [A-ZÀ-ÞŁŚŻĆĐŠŽČİ][\w.'’-]*){1,3}")


def author_of(creator: str, gazetteer: Gazetteer, side: Entity | None) -> tuple[Entity, ...]:
    """The person who wrote a document, known or named by two to four capitalised words that name no paper or office; else nobody."""
    known = gazetteer.by_label(creator) if creator else []
    if known or not _NAME.fullmatch(creator) or _NO_NAME.search(creator):
        return tuple(e for e in known if e.kind == "person")[:1]
    return (Entity(f"{ENT}person-{slug_of(creator)}", creator, "person", False, side.iri if side else ""),)


_HEAD = 400  # characters of a text in which its speakers are introduced
_JOINT = re.compile(rf"(?i)\bjoint (?:[\w-]+ )?(?:{'|'.join(sorted(words('reader', 'joint')))})\b")
_SPEECH = re.compile(
    r"(?i)\W*(?:[\w’'. -]{0,40}\b)?(?:speech|address|remarks|toast|keynote|statement|lecture|message)\b(?! on the (?:talks|meeting)| following)"
)


class Reader:
    """Reads one document. ``dyad`` is its pair of states, known at once; ``side`` the state for which its author
    speaks.
    """

    def __init__(self, document: Document, gazetteer: Gazetteer, dyad: Dyad | None = None) -> None:
        self.document = document
        self.gazetteer = gazetteer
        self._dyad: Dyad = dyad or find_dyad(document, gazetteer)
        self._addressees: dict[int, tuple[Entity, ...]] = {}  # by where their speech begins

    @property
    def dyad(self) -> tuple[Entity, ...]:
        """The two states that the document is about; fewer where it shows fewer."""
        return self._dyad.states

    @property
    def side(self) -> Entity | None:
        """The state that the author's "we" and "our country" mean, None where unknown."""
        return self._dyad.side

    def read_all(
        self,
        sentences: Sequence[Sentence],
        mentions: Sequence[Sequence[Mention]],
        groups: Sequence[Sequence[VerbGroup]] | None = None,
    ) -> Reading:
        """The document's reading. ``mentions`` and ``groups`` stand in parallel with ``sentences``; groups are found
        where not given.
        """
        text = self.document.text
        if groups is None:
            groups = [_groups(s, m) for s, m in zip(sentences, mentions, strict=True)]
        clauses = [find_clauses(s.tokens, g) for s, g in zip(sentences, groups, strict=True)]
        turns = find_turns(sentences, mentions, text) or self._whole_speech() or self._headed_speech() or find_answers(sentences, mentions, text)
        turns = self._of_states(turns)
        references = References(self.gazetteer, self._dyad, self.document.issued)
        references.look_ahead(sentences, mentions)
        lines = []
        for s, c, m in zip(sentences, clauses, mentions, strict=True):
            turn = speech_at(turns, s.start, s.end) or speech_at(turns, s.end - 1, s.end)  # behind its label
            lines.append(Line(s, c, references.read(s, c, m, turn.speakers if turn else ())))
        quotes = find_quotes(sentences, text)
        speeches = find_speeches(lines, quotes, turns, text, self._mint)
        speeches = tuple(each for each in speeches if not any(e.kind in _SILENT for e in each.speakers))
        resolved = tuple(self._first_person(line, speeches, references) for line in lines)
        return Reading(tuple(sentences), resolved, tuple(clauses), speeches, references.homes)

    def _of_states(self, turns: Sequence[Speech]) -> tuple[Speech, ...]:
        """The turns, their speakers with the state for which the title or the first lines say that they speak ("Prime Minister Lima of Peru");
        of two speakers the other one speaks for the other state."""
        turns = _of_one_name(turns)
        people = {e.iri: e for turn in turns for e in turn.speakers if e.kind == "person"}
        if len(self.dyad) != 2 or len(people) != 2:
            return tuple(turns)
        head = f"{self.document.title}\n{self.document.text[:_HEAD]}"
        served = {iri: e.state or self.gazetteer.state_of(iri) or self._named_with(e.label.split()[-1], head) for iri, e in people.items()}
        pair = [state.iri for state in self.dyad]
        for iri, other in (tuple(served), tuple(reversed(served))):
            if not served[iri] and served[other] in pair:
                served[iri] = next(state for state in pair if state != served[other])
        if not any(served.values()):
            served = dict(sides_of_speakers(self.document, self.gazetteer, turns, tuple(people), pair)) or served
        known = {iri: replace(e, state=served[iri]) for iri, e in people.items() if served[iri] in pair}
        return tuple(replace(turn, speakers=tuple(known.get(e.iri, e) for e in turn.speakers)) for turn in turns)

    def _named_with(self, surname: str, text: str) -> str:
        """The state of the pair that stands at a name: "Lima of Peru", "the Peruvian Prime Minister Lima"; "" where none or both do."""
        found = set()
        for name in self.gazetteer.find_names(text):
            state = name.of_kind("state")
            if state is None or state.iri not in {s.iri for s in self.dyad}:
                continue
            before, behind = text[: name.start], text[name.end :]
            if re.search(rf"(?i)\b{re.escape(surname)} of (?:the )?$", before) or re.match(
                rf"(?i)(?:['’]s)?(?: [\w.-]+){{1,4}} {re.escape(surname)}\b", behind
            ):
                found.add(state.iri)
        return found.pop() if len(found) == 1 else ""

    def _whole_speech(self) -> tuple[Speech, ...]:
        """The whole text as its author's turn where the title says that it is a speech."""
        if not _SPEECH.match(self.document.title):
            return ()
        author = author_of(self.document.creator, self.gazetteer, self.side)
        return (Speech(0, len(self.document.text), author, "turn"),) if author else ()

    def _headed_speech(self) -> tuple[Speech, ...]:
        """The text behind its headline as the turn of the one whose office the headline names."""
        speakers = speaker_of_headline(self.document, self.gazetteer, self._dyad)
        start = 0 if self.document.title else len(self.document.text.split("\n", 1)[0])
        return (Speech(start, len(self.document.text), speakers, "turn"),) if speakers else ()

    def _first_person(self, line: Line, speeches: Sequence[Speech], references: References) -> tuple[Mention, ...]:
        low: list[str] = []
        out = []
        for m in line.mentions:
            if m.form == "reference" and not m.entities and m.kind != "pair":
                low = low or [t.lower for t in line.sentence.tokens]
                if low[m.first] in SECOND_PERSON:
                    m = replace(m, entities=self._second_person(m, low, speeches, references))
                elif m.head.lower() in FIRST_PERSON or low[m.first] in FIRST_PERSON:
                    held = speech_at((s for s in speeches if s.kind in ("quote", "turn")), m.start, m.end)
                    speakers = held.speakers if held else self._author()
                    m = replace(m, entities=references.first_person(m, low, speakers, self._dyad.side, joint=held is None and self._is_joint))
            out.append(m)
        return tuple(out)

    @cached_property
    def _is_joint(self) -> bool:
        """Whether both sides issue the document, as its title or its first line says."""
        return bool(_JOINT.search(self.document.title) or _JOINT.search(self.document.text.lstrip().split("\n", 1)[0]))

    def _second_person(self, m: Mention, low: Sequence[str], speeches: Sequence[Speech], references: References) -> tuple[Entity, ...]:
        held = speech_at((s for s in speeches if s.kind in ("quote", "turn")), m.start, m.end)
        if low[m.first] == "you" and not (m.first and low[m.first - 1] in _TOWARDS) and not is_deed(low, m.first):
            return _addressed(speeches, m) or self._saluted(held, speeches, references)
        return references.second_person(held.speakers if held else self._author(), self._dyad.side)

    def _saluted(self, held: Speech | None, speeches: Sequence[Speech], references: References) -> tuple[Entity, ...]:
        """Whom "you" means in the only speech of a document: who is addressed there by his office."""
        if held is None or held.kind != "turn" or len(held.speakers) != 1 or len({s.speakers for s in speeches if s.kind == "turn"}) != 1:
            return ()
        if held.start not in self._addressees:
            self._addressees[held.start] = references.addressed(self.document.text[held.start:held.end], held.speakers, self._dyad.side)
        return self._addressees[held.start]

    def _author(self) -> tuple[Entity, ...]:
        return author_of(self.document.creator, self.gazetteer, self._dyad.side)

    def _mint(self, name: str) -> Entity | None:
        for entity in self.gazetteer.by_label(name):
            return None if entity.kind in ("state", "place", "person") else entity
        return mint_source(name)


def _of_one_name(turns: Sequence[Speech]) -> tuple[Speech, ...]:
    """The turns, those whose label has a part of one longer name only given to the one with that name: "Luis Soto:" to Luis Soto Arce."""
    people = {e.iri: e for turn in turns for e in turn.speakers if e.kind == "person"}
    parts = {iri: frozenset(e.label.lower().split()) for iri, e in people.items()}
    whole = {iri: [other for other in people if parts[iri] < parts[other]] for iri in people}
    full = {iri: people[longer[0]] for iri, longer in whole.items() if len(longer) == 1 and not people[iri].known}
    return tuple(replace(turn, speakers=tuple(full.get(e.iri, e) for e in turn.speakers)) for turn in turns)


_TOWARDS = frozenset({"against", "by", "for", "from", "of", "on", "to", "upon", "with"})  # "our exports to you": the country


def _addressed(speeches: Sequence[Speech], m: Mention) -> tuple[Entity, ...]:
    """Whom "you" means in a turn: the other one of two people who take turns, nobody where more or fewer do."""
    turns = [s for s in speeches if s.kind == "turn" and len(s.speakers) == 1 and s.speakers[0].kind == "person"]
    people = {s.speakers[0].iri: s.speakers[0] for s in turns}
    held = speech_at(speeches, m.start, m.end)
    if held is None or len(people) != 2 or len(held.speakers) != 1:
        return ()
    return tuple(e for iri, e in people.items() if iri != held.speakers[0].iri) if held.speakers[0].iri in people else ()


# What "the government plans", "the two sides share" begin with: a doubtful form behind them is a verb.
_REFERRED = frozenset({"pair", "state", "person", "organisation", "company"})


def _groups(sentence: Sentence, mentions: Sequence[Mention]) -> tuple[VerbGroup, ...]:
    no_verbs = ("sector", "indicator", "office", "pronoun")
    forms = ("name", "metonym", "people", "description")
    nominal = {i for m in mentions if m.kind not in no_verbs and m.form in forms for i in range(m.first, m.last)}
    nominal |= {m.last - 1 for m in mentions if m.kind in _REFERRED and m.form == "reference"}
    adjectival = frozenset(m.last - 1 for m in mentions if m.form == "adjective")
    return find_verb_groups(sentence.tokens, frozenset(nominal) - adjectival, adjectival)
