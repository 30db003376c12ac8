"""Extracted facts as JSON and back, nothing lost: what is kept of an extraction whose graph is made later or elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import fields
from decimal import Decimal
from typing import Any

from kg.errors import KgError
from kg.model import Activity, Concept, Entity, Evidence, Fact, Term, Value

_NUMBERS = ("number", "number_min", "number_max")


def facts_to_json(facts: Iterable[Fact]) -> str:
    """The facts, in their order, as one line of JSON; the same facts give the same bytes."""
    return json.dumps([_fact(fact) for fact in facts], ensure_ascii=False, separators=(",", ":"))


def facts_from_json(text: str) -> tuple[Fact, ...]:
    """The facts of `facts_to_json`. Raises `KgError` where the text is something else."""
    try:
        content = json.loads(text)
        if not isinstance(content, list):
            raise TypeError(f"a {type(content).__name__}, not a list")
        return tuple(_read_fact(said) for said in content)
    except (ValueError, TypeError, KeyError, ArithmeticError) as error:
        raise KgError(f"these are no facts ({type(error).__name__}: {error})", remedy="extract the documents again") from None


def entity_to_list(entity: Entity) -> list[Any]:
    """The entity as a list for JSON."""
    return [entity.iri, entity.label, entity.kind, entity.known, entity.state, list(entity.names)]


def entity_from_list(said: Sequence[Any]) -> Entity:
    """The entity of `entity_to_list`."""
    iri, label, kind, known, state, names = said
    return Entity(iri, label, kind, known, state, tuple(names))


def _fact(fact: Fact) -> dict[str, Any]:
    activity = fact.activity
    said: dict[str, Any] = {
        "type": fact.type,
        "roles": [[name, _term(term)] for name, term in fact.roles],
        "status": fact.status,
        "evidence": [[span.start, span.end] for span in fact.evidence],
        "activity": [activity.rule, activity.version, [list(pair) for pair in activity.captured], list(activity.notes)],
    }
    texts = {name: getattr(fact, name) for name in _TEXTS if getattr(fact, name)}
    return said | texts | ({"stated_by": [entity_to_list(entity) for entity in fact.stated_by]} if fact.stated_by else {})


_TEXTS = ("label", "date", "start_date", "end_date", "earliest", "latest", "document")


def _read_fact(said: dict[str, Any]) -> Fact:
    rule, version, captured, notes = said["activity"]
    return Fact(
        type=said["type"],
        roles=tuple((name, _read_term(term)) for name, term in said["roles"]),
        status=said["status"],
        evidence=tuple(Evidence(start, end) for start, end in said["evidence"]),
        activity=Activity(rule, version, tuple((name, words) for name, words in captured), tuple(notes)),
        stated_by=tuple(entity_from_list(entity) for entity in said.get("stated_by", ())),
        **{name: said.get(name, "") for name in _TEXTS},
    )


def _term(term: Term) -> str | dict[str, Any]:
    match term:
        case Entity():
            return {"entity": entity_to_list(term)}
        case Concept():
            return {"concept": [term.scheme, term.word]}
        case Value():
            return {"value": _value(term)}
        case Decimal():
            return {"number": str(term)}
        case str():
            return term


def _value(value: Value) -> dict[str, Any]:
    said = {each.name: getattr(value, each.name) for each in fields(value)}
    return {name: str(part) if isinstance(part, Decimal) else part for name, part in said.items() if part not in ("", None)}


def _read_term(said: str | dict[str, Any]) -> Term:
    if isinstance(said, str):
        return said
    (kind, content), = said.items()
    match kind:
        case "entity":
            return entity_from_list(content)
        case "concept":
            scheme, word = content
            return Concept(scheme, word)
        case "value":
            return Value(**content | {name: Decimal(content[name]) for name in _NUMBERS if name in content})
        case "number":
            return Decimal(content)
    raise ValueError(f"{kind} is no kind of term")
