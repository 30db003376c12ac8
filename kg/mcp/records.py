"""What the tools answer. Their fields, with these descriptions, are the schema that an assistant sees.

No slots: the SDK makes its schema from the class, and takes a slot for a default.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class ParameterInfo:
    """One parameter. ``type`` is what it takes: a state or entity by name, code or IRI, a date such as 2018-05, a status ..."""

    name: str
    type: str
    default: str = ""
    note: str = ""
    allowed: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class QueryInfo:
    """One saved query. A parameter with a default keeps it, or stays open, when it is not given."""

    name: str
    question: str
    tags: list[str]
    parameters: list[ParameterInfo]
    note: str = ""


@dataclass(frozen=True)
class Rows:
    """An answer. Cells are texts and numbers; nodes are short IRIs, whose names ``labels`` gives. ``total`` counts all rows."""

    columns: list[str]
    rows: list[list[str | int | float | None]]
    labels: dict[str, str]
    total: int
    cut: bool = False
    note: str = ""


@dataclass(frozen=True)
class EntityHit:
    """One entity that a search found, and the number of facts that name it."""

    entity: str
    label: str
    kinds: list[str]
    matched: str
    facts: int


@dataclass(frozen=True)
class Passage:
    """Words of a document that support a fact. Offsets count Unicode code points of the document's text.

    Without ``quote`` and ``resource`` it is a source that whoever contributed the fact named: ``title`` says which.
    """

    quote: str
    sentence: str
    start: int
    end: int
    document: str
    title: str
    issued: str
    resource: str


@dataclass(frozen=True)
class FactEvidence:
    """One fact with its roles, what it rests on, and who says it. ``status`` Planned, Hypothetical, Denied: not given as true.

    ``contributed_by`` names who handed the fact in, "" where a rule read it in a document.
    """

    fact: str
    label: str
    type: str
    status: str
    stated_by: list[str]
    roles: dict[str, list[str]]
    dates: dict[str, str]
    passages: list[Passage]
    rule: str = ""
    contributed_by: str = ""


@dataclass(frozen=True)
class DocumentInfo:
    """One document of the graph; ``resource`` is where its text can be read."""

    identifier: str
    title: str
    publisher: str
    issued: str
    facts: int
    characters: int
    resource: str
