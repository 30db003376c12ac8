"""The records that cross rooms: frozen, slotted, no RDF, no files.

Offsets everywhere are 0-based Unicode code points into `Document.text`, end exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal

__all__ = [
    "Activity", "Concept", "Document", "Entity", "Evidence", "Fact", "Mention", "Sentence", "Span", "Term", "Token", "Value",
    "replace",
]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a document's kept text."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Document:
    """A document: its kept text and what is known of it.

    ``sha256`` is of the kept text in UTF-8; ``file_sha256`` of the file's bytes as given. ``issued`` is as precise as known:
    "2018-12-21", "2018-12", "2018" or "" where unknown. Unknown texts are "". ``notes`` say what of its file was not heeded.
    """

    identifier: str
    text: str
    sha256: str
    file_sha256: str = ""
    path: str = ""
    title: str = ""
    creator: str = ""
    publisher: str = ""
    issued: str = ""
    source: str = ""
    language: str = "en"
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or punctuation mark. ``lower`` is the casefolded text with straight apostrophes."""

    start: int
    end: int
    text: str
    lower: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, heading, list item or table row with its tokens.

    ``kind`` is "prose", "heading", "item" or "row"; ``paragraph`` counts paragraphs from 0; ``heading`` is the text of the
    heading that it stands under, "" where none.
    """

    start: int
    end: int
    tokens: tuple[Token, ...]
    paragraph: int = 0
    kind: str = "prose"
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """A date, period, amount, percentage, count, duration or ordinal that the text names.

    ``kind``: "date", "period", "money", "percent", "number", "quantity", "duration", "ordinal".
    date/period: ``date`` as precise as the text ("2018", "2018-05", "2018-05-25"), or ``start_date``/``end_date``;
    ``earliest``/``latest`` always full days, "" where the text gives none. money: ``number`` in the currency's own unit,
    ``currency`` ISO 4217. quantity: ``number`` and ``unit``. duration: ``duration`` as xsd:duration. ``per``: xsd:duration of
    "a year", "annually", "a day" behind an amount. ``qualifier``: a word of the qualifier scheme or "".
    """

    start: int
    end: int
    kind: str
    date: str = ""
    start_date: str = ""
    end_date: str = ""
    earliest: str = ""
    latest: str = ""
    number: Decimal | None = None
    number_min: Decimal | None = None
    number_max: Decimal | None = None
    currency: str = ""
    unit: str = ""
    qualifier: str = ""
    duration: str = ""
    per: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """Something with a name: known to the gazetteer (``known``), or made from the text.

    ``kind``: "state", "organisation", "company", "person", "place", "agreement", "project", "facility", "body", "event",
    "group". ``state`` is the IRI of the state that it belongs to, "" where none or unknown. ``names`` are spellings seen
    in the text besides the label.
    """

    iri: str
    label: str
    kind: str
    known: bool = True
    state: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of the ontology: ``con:scheme-word``."""

    scheme: str
    word: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a sentence where an entity, a value or a word of an open scheme is named.

    ``first``/``last`` are token indices in the sentence, last exclusive. ``kind`` is an entity kind, a value kind, or
    "office", "sector", "indicator". ``form`` says how it is named: "name", "adjective" (Kazakh), "metonym" (the Kremlin),
    "people" (Kazakhs), "office" (the minister), "reference" (the two countries), "description" (an agreement on gas).
    Several ``entities`` stand where one mention names several ("both sides"). A mention may lie inside another.
    """

    start: int
    end: int
    first: int
    last: int
    kind: str
    text: str
    form: str = "name"
    entities: tuple[Entity, ...] = ()
    value: Value | None = None
    concept: Concept | None = None
    head: str = ""


Term = Entity | Concept | Value | Decimal | str
"""What a role holds: an entity, a concept, a number, or text (also ISO dates, xsd:durations, currency codes)."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that support a fact: a span of the document's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Activity:
    """What made a fact: a rule and its version, with the slots it captured (for `kg explain`)."""

    rule: str
    version: str
    captured: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of a document, ready to be written.

    ``roles`` holds (role, term) pairs, sorted by role, several pairs for a role that repeats; the date roles stand in
    their own fields ("" where the text gives none).
    """

    type: str
    roles: tuple[tuple[str, Term], ...]
    status: str
    evidence: tuple[Evidence, ...]
    activity: Activity
    label: str = ""
    stated_by: tuple[Entity, ...] = ()
    date: str = ""
    start_date: str = ""
    end_date: str = ""
    earliest: str = ""
    latest: str = ""
    document: str = field(default="", compare=False)

    def values(self, role: str) -> tuple[Term, ...]:
        """All terms that this role holds, in order."""
        return tuple(term for name, term in self.roles if name == role)
