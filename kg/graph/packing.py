"""Facts as bytes and back, for the cache: JSON, so that a file from elsewhere can do no harm; nothing of a fact is lost."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import astuple, fields
from decimal import Decimal
from typing import Any

from kg.model import Activity, Concept, Entity, Evidence, Fact, Term, Value

_NUMBERS = [number for number, field in enumerate(fields(Value)) if field.name.startswith("number")]


def pack(content: object) -> bytes:
    """Any JSON content as compressed bytes."""
    return zlib.compress(json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "surrogatepass"), 1)


def unpack(data: bytes) -> Any:
    """The content of `pack`. Raises ValueError where these are no such bytes."""
    try:
        return json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass"))
    except zlib.error as error:
        raise ValueError(str(error)) from None


def plain_facts(facts: Sequence[Fact]) -> list[object]:
    """The facts as lists of texts and numbers."""
    return [_plain_fact(fact) for fact in facts]


def read_facts(plain: Sequence[Any]) -> tuple[Fact, ...]:
    """The facts of `plain_facts`. Raises ValueError, TypeError or KeyError where these are none."""
    return tuple(_read_fact(each) for each in plain)


def _plain_fact(fact: Fact) -> list[object]:
    made = fact.activity
    return [
        fact.type, [[role, _plain_term(term)] for role, term in fact.roles], fact.status, [[e.start, e.end] for e in fact.evidence],
        [made.rule, made.version, made.captured, made.notes], fact.label, [_plain_term(entity) for entity in fact.stated_by],
        fact.date, fact.start_date, fact.end_date, fact.earliest, fact.latest, fact.document,
    ]  # fmt: skip


def _read_fact(plain: Sequence[Any]) -> Fact:
    kind, roles, status, evidence, (rule, version, captured, notes), label, stated_by, *rest = plain
    made = Activity(rule, version, tuple((role, words) for role, words in captured), tuple(notes))
    return Fact(
        kind, tuple((role, _read_term(term)) for role, term in roles), status, tuple(Evidence(*span) for span in evidence), made,
        label, tuple(_read_entity(entity) for entity in stated_by), *rest,
    )  # fmt: skip


def _plain_term(term: Term) -> object:
    match term:
        case str():
            return term
        case Entity():
            return ["entity", term.iri, term.label, term.kind, term.known, term.state, term.names]
        case Concept():
            return ["concept", term.scheme, term.word]
        case Decimal():
            return ["number", str(term)]
        case Value():
            return ["value", *(str(part) if isinstance(part, Decimal) else part for part in astuple(term))]


def _read_term(plain: Any) -> Term:
    if isinstance(plain, str):
        return plain
    kind, *parts = plain
    match kind:
        case "entity":
            return _read_entity(plain)
        case "concept":
            return Concept(*parts)
        case "number":
            return Decimal(parts[0])
        case "value":
            for number in _NUMBERS:
                parts[number] = None if parts[number] is None else Decimal(parts[number])
            return Value(*parts)
    raise ValueError(f"no kind of term: {kind!r}")


def _read_entity(plain: Any) -> Entity:
    _, iri, label, kind, known, state, names = plain
    return Entity(iri, label, kind, known, state, tuple(names))
