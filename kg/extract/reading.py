"""A document read: sentences with their mentions, references resolved, speeches known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.context import Dyad, Reader, Status, author_of, find_dyad
from kg.context import Reading as ContextReading
from kg.extract.openings import Years
from kg.extract.relevance import inside
from kg.gazetteer import Gazetteer, Name
from kg.match import SentenceView, noun_places
from kg.mentions import Memory, find_mentions
from kg.model import Document, Entity, Mention, Sentence, Span, Value, replace
from kg.text import find_sentences
from kg.values import find_values, share_currency
from kg.words import find_verb_groups

_PRICED_BACK = 3  # sentences for which the currency of an amount holds


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known of a document before any rule is tried."""

    document: Document
    views: tuple[SentenceView, ...]
    pair: tuple[Entity, ...]
    side: Entity | None
    author: tuple[Entity, ...]
    context: ContextReading
    gazetteer: Gazetteer
    places: Mapping[int, int]  # offset of a sentence -> its number
    memory: Memory  # what the document has named

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences, headings, items and rows in text order."""
        return self.context.sentences

    def speakers_at(self, start: int, end: int) -> tuple[Entity, ...]:
        """Who says this stretch; empty where the text says it in its own voice."""
        return self.context.speakers_at(start, end)

    def in_turn(self, start: int) -> bool:
        """Whether this place lies in somebody's speech or statement as it stands, not in a sentence that only quotes."""
        return any(s.kind == "turn" and s.start <= start < s.end for s in self.context.speeches)

    def is_question(self, start: int) -> bool:
        """Whether a place stands in what somebody unnamed asks."""
        return any(s.kind == "question" and s.start <= start < s.end for s in self.context.speeches)

    def side_at(self, start: int) -> Entity | None:
        """The state that "we" is at this place: the speaker's inside a speech, else the author's."""
        speakers = self.context.speakers_at(start, start + 1)
        states = {_state_of(s, self.gazetteer) for s in speakers} - {""}
        if len(states) == 1:
            return self.gazetteer.entity(states.pop())
        return None if speakers else self.side

    def status(self, view: SentenceView, first: int, last: int, event: bool | None = None) -> Status:
        """The status of what these tokens say; `event` says whether a noun there names something that happens."""
        return self.context.status(self.places[view.sentence.start], first, last, event=event)


def _next_anchor(anchor: str, value: Value, issued: str) -> str:
    """The date that "the next day" and "two years later" count from behind this value; a vague one does not hide a day of that time."""
    date = value.date or (value.end_date if value.start_date[:4] == value.end_date[:4] else "")  # "on 9 and 10 June 2016"
    if not date or anchor.startswith(date):
        return anchor
    return date if len(date) == 10 or date[:4] < issued[:4] else anchor


def _state_of(entity: Entity, gazetteer: Gazetteer) -> str:
    if entity.kind == "state":
        return entity.iri
    return entity.state or gazetteer.state_of(entity.iri)


def read(document: Document, gazetteer: Gazetteer, *, pair: tuple[Entity, ...] = (), side: Entity | None = None,
         spans: tuple[Span, ...] | None = None, names: Sequence[Name] | None = None, memory: Memory | None = None) -> Reading:
    """The reading of a document; `pair` and `side` where the caller knows them better than the document says.

    Outside of `spans` (where given) no mentions are looked for, so that no rule finds anything there. `names` are those of the whole
    text, where they have been found already; `memory` what was named before.
    """
    names = gazetteer.find_names(document.text) if names is None else names
    reader = Reader(document, gazetteer, Dyad(pair, side) if pair else find_dyad(document, gazetteer, names))
    memory = memory or Memory(gazetteer, document.issued, reader.dyad)
    sentences = find_sentences(document.text)
    peoples = frozenset(word for state in reader.dyad for word in gazetteer.adjectives(state.iri))
    found: list[tuple[Mention, ...]] = []
    anchor = ""
    years = Years(document.text)
    anchored = -2  # the sentence in which a date was named last
    at = 0
    currency, priced = "", 0  # of the last amount, and the sentence that it stands in
    for number, sentence in enumerate(sentences):
        if spans is not None and not inside(spans, sentence.start):
            found.append(())
            continue
        told = anchor if number - anchored == 1 and sentences[anchored].paragraph == sentence.paragraph else ""
        values = find_values(document.text, sentence.start, sentence.end, document.issued, anchor=anchor, peoples=peoples, told=told,
                             headed=years.above(sentence))
        values = share_currency(values, document.text, sentence.start, sentence.end, currency if number - priced <= _PRICED_BACK else "")
        currency, priced = next(((v.currency, number) for v in reversed(values) if v.kind == "money" and v.currency), (currency, priced))
        years.note(sentence, values)
        anchored = number if any(value.date for value in values) else anchored
        for value in values:
            anchor = _next_anchor(anchor, value, document.issued)
        while at < len(names) and names[at].start < sentence.start:
            at += 1
        stop = at
        while stop < len(names) and names[stop].start < sentence.end:
            stop += 1
        found.append(find_mentions(sentence, document.text, names[at:stop], values, memory))
        at = stop
    found = [tuple(replace(m, entities=tuple(memory.latest(e) for e in m.entities)) if m.entities else m for m in ms) for ms in found]
    places = [noun_places(s, m) for s, m in zip(sentences, found, strict=True)]
    groups = [find_verb_groups(s.tokens, *p) for s, p in zip(sentences, places, strict=True)]
    context = reader.read_all(sentences, found, groups)
    views = tuple(SentenceView(s, m, document.text, g if noun_places(s, m) == p else None)
                  for s, m, g, p in zip(sentences, context.mentions, groups, places, strict=True))
    author = author_of(document.creator, gazetteer, reader.side)
    return Reading(document, views, reader.dyad, reader.side, author, context, gazetteer, {s.start: k for k, s in enumerate(sentences)}, memory)
