"""A document read: sentences with their mentions, references resolved, speeches known."""

from __future__ import annotations

from dataclasses import dataclass

from kg.context import Reader
from kg.gazetteer import Gazetteer
from kg.match import SentenceView
from kg.mentions import Memory, find_mentions
from kg.model import Document, Entity, Sentence
from kg.text import find_sentences
from kg.values import find_values


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known of a document before any rule is tried."""

    document: Document
    sentences: tuple[Sentence, ...]
    views: tuple[SentenceView, ...]
    reader: Reader

    @property
    def pair(self) -> tuple[Entity, ...]:
        """The two states that the document is about, fewer where it does not say."""
        return self.reader.dyad


def read(document: Document, gazetteer: Gazetteer, *, pair: tuple[Entity, ...] = (), side: Entity | None = None) -> Reading:
    """The reading of a document; `pair` and `side` where the caller knows them better than the document says."""
    reader = Reader(document, gazetteer, pair=pair, side=side)
    memory = Memory(gazetteer, document.issued, reader.dyad)
    sentences = find_sentences(document.text)
    names = gazetteer.find_names(document.text)
    found = []
    anchor = ""
    at = 0
    for sentence in sentences:
        values = find_values(document.text, sentence.start, sentence.end, document.issued, anchor=anchor)
        for value in values:
            if len(value.date) == 10:
                anchor = value.date
        while at < len(names) and names[at].start < sentence.start:
            at += 1
        stop = at
        while stop < len(names) and names[stop].start < sentence.end:
            stop += 1
        found.append(find_mentions(sentence, document.text, names[at:stop], values, memory))
        at = stop
    resolved = reader.read_all(sentences, found)
    views = tuple(SentenceView(s, m, document.text) for s, m in zip(sentences, resolved, strict=True))
    return Reading(document, sentences, views, reader)
