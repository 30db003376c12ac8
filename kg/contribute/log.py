"""What was contributed and decided, in order; and the history of one fact or one contribution."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.contribute.ledger import Ledger, facts_of
from kg.graph import Contribution
from kg.graph.decisions import INTO, MERGES, RETRACTS, SPLITS, decisions_of, name_of
from kg.graph.nodes import ALT_LABEL, short
from kg.graph.stated import Stated

_WORDS = {"retracted": "retracts", "corrected": "corrects", "accepted": "accepts", "rejected": "rejects", "moved": "moves"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One contribution of the log. ``does`` are lines that say what it does; ``withdrawn`` names the one that retracted it, "" else."""

    number: int
    name: str
    file: str
    kind: str
    who: str
    when: str
    source: str
    why: str
    does: tuple[str, ...]
    withdrawn: str


@dataclass(frozen=True, slots=True)
class Story:
    """The history of one fact: where it comes from, whether it stands, and the contributions that speak of it, the first first."""

    fact: str
    type: str
    label: str
    origin: str
    stands: bool
    entries: tuple[Entry, ...]


def find_entries(ledger: Ledger) -> list[Entry]:
    """All contributions of the graph, in the order in which they were accepted."""
    return [_entry(ledger, each) for each in ledger.contributions]


def find_story(ledger: Ledger, fact: Stated) -> Story:
    """The history of a fact."""
    source = next((each for each in ledger.contributions if each.graph.value == fact.graph), None)
    about = {id(decision.contribution) for decision in ledger.decided(fact)}
    about |= {
        id(each) for each in ledger.contributions
        if any(isinstance(q.object, NamedNode) and q.object.value == fact.iri for q in each.quads)
    }  # fmt: skip
    about |= {id(source)} if source else set()
    entries = tuple(_entry(ledger, each) for each in ledger.contributions if id(each) in about)
    if source is not None:
        origin = f"contributed by {source.header.who if source.header else source.file.name}"
    else:
        origin = f"extracted from {', '.join(fact.identifiers)} by the rule {fact.rule}, version {fact.version}"
    return Story(fact.iri, fact.type, fact.label, origin, ledger.hidden_by(fact) is None, entries)


def entry_of(ledger: Ledger, contribution: Contribution) -> Entry:
    """One contribution, with every fact that it states."""
    return _entry(ledger, contribution, most=None)


def _entry(ledger: Ledger, contribution: Contribution, most: int | None = 5) -> Entry:
    header, name = contribution.header, name_of(contribution)
    by = ledger.decisions.withdrawn.get(name)
    does = _does(contribution)
    if most is not None and len(does) > most:
        does = [*does[:most], f"... and {len(does) - most} more"]
    withdrawn = short(name_of(by)) if by else ""
    if header is None:
        return Entry(0, name, contribution.file.name, "addition", "", "", "", "", tuple(does), withdrawn)
    return Entry(
        header.sequence, name, contribution.file.name, header.kind, header.who, header.when, header.source, header.note,
        tuple(does), withdrawn,
    )  # fmt: skip


def _does(contribution: Contribution) -> list[str]:
    lines = []
    labels = {q.object.value: "" for q in contribution.quads if q.predicate == RETRACTS and isinstance(q.object, NamedNode)}
    for decision in decisions_of(contribution):
        labels.pop(decision.target.fact, None)
        lines.append(f"{_WORDS[decision.kind]} {short(decision.target.fact)} {decision.target.label}".rstrip())
    for iri in labels:
        lines.append(f"retracts {short(iri)}")
    old, new = (_values(contribution, predicate) for predicate in (MERGES, INTO))
    lines += [f"merges {short(one)} into {short(other)}" for one in old for other in new]
    lines += [f"splits {short(one)}: some of its facts mean {short(other)}" for one in _values(contribution, SPLITS) for other in new]
    if contribution.header and contribution.header.kind == "entityDecision" and not lines:
        lines += [
            f"names {short(q.subject.value)} {q.object.value!r} too"  # type: ignore[union-attr]
            for q in contribution.quads if q.predicate == ALT_LABEL
        ]  # fmt: skip
    return lines + [f"adds {short(fact.iri)} {fact.label}" for fact in facts_of(contribution)]


def _values(contribution: Contribution, predicate: NamedNode) -> list[str]:
    return sorted(q.object.value for q in contribution.quads if q.predicate == predicate and isinstance(q.object, NamedNode))
