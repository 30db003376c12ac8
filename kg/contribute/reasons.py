"""Why a fact is in one graph and not in another: a document, a rule, a contribution, a decision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from kg.contribute.snapshot import Snapshot
from kg.graph.decisions import CORRECTS, JUDGEMENT, JUDGES, MERGES, REJECTED, RETRACTS, SPLITS
from kg.graph.nodes import COMMENT, CREATED, CREATOR, RDF_TYPE, bkg, short
from kg.graph.stated import Stated

_NAME = "name of "
_DECISIONS = {RETRACTS: "retraction", CORRECTS: "correction", MERGES: "merge", SPLITS: "split"}


@dataclass(frozen=True, slots=True, order=True)
class Reason:
    """Why: a kind ("new document", "rule changed", "retraction" ...), and a text that says which."""

    kind: str
    text: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.text}" if self.text else self.kind


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided about one fact, entity or contribution, and the facts that its contribution states."""

    reason: Reason
    successors: frozenset[str]


def find_decided(before: Snapshot, after: Snapshot) -> dict[str, Decided]:
    """What the decisions of the later graph that the earlier one lacks are about, by IRI."""
    new = _contributions(after) - _contributions(before)
    facts: dict[str, set[str]] = defaultdict(set)
    for fact in after.facts.values():
        facts[fact.activity].add(fact.iri)
    said = after.said
    found: dict[str, Decided] = {}
    for node in sorted(new):
        for quad in said[node]:
            kind = _DECISIONS.get(quad.predicate)
            if quad.predicate == JUDGES:
                kind = "rejection" if any(q.predicate == JUDGEMENT and q.object == REJECTED for q in said[node]) else "acceptance"
            if kind and isinstance(quad.object, NamedNode):
                successors = frozenset(facts[node]) if kind == "correction" else frozenset()
                if kind != "acceptance":  # an acceptance changes nothing
                    found[quad.object.value] = Decided(Reason(kind, _told(said[node])), successors)
    return _names_given(before, after) | found


def _names_given(before: Snapshot, after: Snapshot) -> dict[str, Decided]:
    """The entities that got a further name by a decision of the later graph, or lost one that the earlier still has."""
    found: dict[str, Decided] = {}
    for one, other in ((before, after), (after, before)):
        for node in sorted(_contributions(one) - _contributions(other)):
            graph = next(quad.graph_name for quad in one.said[node])
            said = (quad for quad in one.aliases if quad.graph_name == graph)
            found |= {_NAME + quad.subject.value: Decided(Reason("name", _told(one.said[node])), frozenset()) for quad in said}  # type: ignore[union-attr]
    return found


def explain_change(
    one: Stated | None, other: Stated | None, before: Snapshot, after: Snapshot, decided: Mapping[str, Decided]
) -> Reason:
    """Why the fact `one` of the earlier graph is `other` in the later; None stands for no such fact."""
    if one is not None and one.iri in decided:
        return decided[one.iri].reason
    if other is not None:
        by = _contribution_of(other, after)
        if by and (one is None or one.activity != other.activity):
            return Reason("contribution", by)
    if one is not None and other is None:
        return _why_gone(one, before, after, decided)
    if one is None and other is not None:
        return _why_new(other, before, after)
    assert one is not None and other is not None
    return _why_changed(one, other, before, after, decided)


def _why_gone(fact: Stated, before: Snapshot, after: Snapshot, decided: Mapping[str, Decided]) -> Reason:
    if fact.activity in decided:
        return decided[fact.activity].reason
    by = _contribution_of(fact, before)
    if by:
        return Reason("contribution gone", by)
    if not any(name in after.documents for name in fact.identifiers):
        return Reason("document left out", ", ".join(fact.identifiers))
    if not _same_text(fact, before, after):
        return Reason("document changed", ", ".join(fact.identifiers))
    return Reason("rule changed", fact.rule) if fact.rule else Reason("reading changed", ", ".join(fact.identifiers))


def _why_new(fact: Stated, before: Snapshot, after: Snapshot) -> Reason:
    returned = _contributions(before) - _contributions(after)
    said = before.said
    undone = next((n for n in sorted(returned) if any(q.object == NamedNode(fact.iri) for q in said[n])), None)
    if undone:
        return Reason("decision undone", _told(said[undone]))
    if not any(name in before.documents for name in fact.identifiers):
        return Reason("new document", ", ".join(fact.identifiers))
    if not _same_text(fact, before, after):
        return Reason("document changed", ", ".join(fact.identifiers))
    return Reason("rule changed", fact.rule) if fact.rule else Reason("reading changed", ", ".join(fact.identifiers))


def _why_changed(
    one: Stated, other: Stated, before: Snapshot, after: Snapshot, decided: Mapping[str, Decided]
) -> Reason:
    for _, term in sorted(set(one.roles) ^ set(other.roles)):
        name = term.strip("<>")
        about = decided.get(name if one.iri == other.iri else _NAME + name)  # a merge or split leaves the fact its IRI
        if about is not None:
            return about.reason
    if one.identifiers != other.identifiers:
        return Reason("document renamed", f"{', '.join(one.identifiers)} is now {', '.join(other.identifiers)}")
    if {words.document for words in one.words} != {words.document for words in other.words}:
        return Reason("document changed", ", ".join(other.identifiers))
    if (one.rule, one.version) != (other.rule, other.version):
        old = one.rule if one.rule != other.rule else ""
        return Reason("rule changed", f"{old} -> {other.rule}" if old else other.rule)
    if one.roles == other.roles and one.words == other.words:
        return Reason("label changed", "")
    return Reason("reading changed", ", ".join(other.identifiers))


def _same_text(fact: Stated, before: Snapshot, after: Snapshot) -> bool:
    return all(before.documents.get(name) == after.documents.get(name) for name in fact.identifiers)


def _contributions(snapshot: Snapshot) -> set[str]:
    return {node for node, said in snapshot.said.items() if _is_contribution(said)}


def _is_contribution(said: Iterable[Quad]) -> bool:
    return any(quad.predicate == RDF_TYPE and quad.object == bkg("Contribution") for quad in said)


def _contribution_of(fact: Stated, snapshot: Snapshot) -> str:
    """Who contributed the fact, "" where it was extracted."""
    if not fact.activity or fact.rule:
        return ""
    said = snapshot.said.get(fact.activity, [])
    return _told(said) if _is_contribution(said) else ""


def _told(said: Iterable[Quad]) -> str:
    """Who, when, why, which, of a contribution's own statements."""
    said = list(said)

    def text(predicate: NamedNode) -> str:
        return min((q.object.value for q in said if q.predicate == predicate and isinstance(q.object, Literal)), default="")

    why = f": {text(COMMENT)}" if text(COMMENT) else ""
    return f"{short(said[0].subject.value)} by {text(CREATOR)} on {text(CREATED)[:10]}{why}"  # type: ignore[union-attr]
