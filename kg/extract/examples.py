"""The examples of rule cards as tests: what a rule must make, must not make, and does not make yet."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.cards import Example, Rule
from kg.errors import RuleError
from kg.extract.extractor import Extractor
from kg.extract.reading import read
from kg.model import Concept, Document, Entity, Fact, Term, Value
from kg.terms import ENT
from kg.words import slug_of

_IGNORED = frozenset({"officeTitle"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one example showed: "" in ``fault`` where it is as the card says. ``actual`` gives the facts made, as `=>` lines."""

    rule: Rule
    example: Example
    fault: str
    actual: tuple[str, ...]


def example_document(example: Example, extractor: Extractor) -> Document:
    """The example's text as a document of the date and pair that its card gives."""
    labels = [_label(word, extractor) for word in example.given.between]
    title = example.given.title or (f"{labels[0]} and {labels[1]} relations" if len(labels) == 2 else "")
    sha = hashlib.sha256(example.text.encode()).hexdigest()
    return Document("example", example.text, sha, title=title, creator=example.given.creator, issued=example.given.date)


def _label(slug: str, extractor: Extractor) -> str:
    try:
        return extractor.gazetteer.entity(ENT + slug).label
    except KeyError:
        return slug.replace("-", " ").title()


def example_facts(example: Example, extractor: Extractor, only: frozenset[str] | None = None) -> tuple[Fact, ...]:
    """The facts that the extractor makes of an example."""
    given = example.given
    states = tuple(_given_entity(slug, example, extractor) for slug in given.between)
    side = _given_entity(given.side, example, extractor) if given.side else None
    reading = read(example_document(example, extractor), extractor.gazetteer, pair=states, side=side)
    return extractor.extract_reading(reading, only)


def _given_entity(slug: str, example: Example, extractor: Extractor) -> Entity:
    try:
        return extractor.gazetteer.entity(ENT + slug)
    except KeyError:
        raise RuleError(f"`given` names {slug!r}, which the gazetteer does not know", line=example.line, remedy="write its slug") from None


def check_example(rule: Rule, example: Example, extractor: Extractor) -> Outcome:
    """Whether the rule makes of the example what its card says; with all rules on, no other fact of its type may come."""
    text = example.text
    alone = example_facts(example, extractor, frozenset({rule.name}))
    actual = tuple(f"{write_fact(f)}    <{'> <'.join(text[e.start:e.end] for e in f.evidence)}>" for f in alone)
    if example.kind == "no":
        return Outcome(rule, example, "the rule makes a fact of a `no`" if alone else "", actual)
    fault = _compare(rule, example, alone)
    if not fault and not rule.topic:
        together = [f for f in example_facts(example, extractor) if f.type == rule.type]
        surplus = [
            f
            for f in together
            if not any(_same(expected, f, rule) for expected in example.facts)
            and not any(_same(other, f, None) for other in example.others)
        ]
        if surplus:
            fault = f"with all rules on there is one more: {write_fact(surplus[0])} (rule {surplus[0].activity.rule})"
        elif len(together) < len(alone):
            fault = "with all rules on a fact is lost"
    if example.kind == "todo":
        return Outcome(rule, example, "" if fault else "the `todo` passes: make it a `yes`", actual)
    return Outcome(rule, example, fault, actual)


def _compare(rule: Rule, example: Example, facts: Sequence[Fact]) -> str:
    if len(facts) != len(example.facts):
        return f"{len(example.facts)} facts wanted, {len(facts)} made"
    left = list(facts)
    for wanted in example.facts:
        found = next((f for f in left if _same(wanted, f, rule)), None)
        if found is None:
            return f"no fact like: {' '.join(f'{r}={v}' for r, v in wanted)}"
        left.remove(found)
    spans = sorted({(e.start, e.end) for f in facts for e in f.evidence})
    if spans != sorted(set(example.spans)):
        shown = " ".join(f"<{example.text[a:b]}>" for a, b in spans)
        return f"the evidence is {shown}"
    return ""


def _same(wanted: Iterable[tuple[str, str]], fact: Fact, rule: Rule | None) -> bool:
    """Whether a fact has just the roles wanted; what `makes` fixes need not be said again."""
    want = sorted((role, _plain(value)) for role, value in wanted)
    fixed = {(role, _plain(value)) for role, value in rule.fixed} if rule is not None else set()
    have = sorted(pair for pair in _spelled(fact) if pair[0] not in _IGNORED)
    named = {role for role, _ in want}
    have = [pair for pair in have if pair not in fixed or pair in want]
    have = [pair for pair in have if not (pair == ("status", "asserted") and "status" not in named)]
    return have == want


def _spelled(fact: Fact) -> list[tuple[str, str]]:
    out = [(role, _plain(_spell(term))) for role, term in fact.roles]
    out.append(("status", fact.status.lower()))
    out += [("statedBy", _plain(_spell(e))) for e in fact.stated_by]
    out += [(r, d) for r, d in (("date", fact.date), ("startDate", fact.start_date), ("endDate", fact.end_date)) if d]
    return out


def _spell(term: Term) -> str:
    if isinstance(term, Entity):
        return term.iri.removeprefix(ENT) if term.known else slug_of(term.label, 40)
    if isinstance(term, Concept):
        return term.word
    if isinstance(term, Decimal):
        return format(term.normalize(), "f") if term != term.to_integral() else str(term.to_integral())
    if isinstance(term, Value):
        return term.date
    return str(term)


def _plain(text: str) -> str:
    if re.fullmatch(r"-?[0-9][0-9.]*|P[0-9TYMWDHS]+|\d{4}(-\d\d){0,2}", text):
        return text
    return slug_of(text, 40) if not re.fullmatch(r"[a-zA-Z]+", text) else text.lower()


def write_fact(fact: Fact) -> str:
    """The fact as a `=>` line of a rule card."""
    parts = []
    for role, term in fact.roles:
        if role in _IGNORED:
            continue
        value = _spell(term)
        parts.append(f'{role}="{value}"' if " " in value else f"{role}={value}")
    parts += [f"{r}={d}" for r, d in (("date", fact.date), ("startDate", fact.start_date), ("endDate", fact.end_date)) if d]
    if fact.status != "Asserted":
        parts.append(f"status={fact.status}")
    parts += [f"statedBy={_spell(e)}" for e in fact.stated_by]
    return "=> " + " ".join(parts)
