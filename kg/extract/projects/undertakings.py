"""Works of which a scene only says that they are planned: it gives way wherever the text tells more of them."""

from __future__ import annotations

from collections.abc import Sequence

from kg.match import Match, SentenceView
from kg.model import Concept, Entity, Fact

__all__ = ["drop_told_better", "drop_under_way", "told_here"]

_DONE = frozenset({"completed", "operating"})
_TOLD_BY = frozenset({"ProjectStatus", "Ownership", "Lease"})


def told_here(match: Match, view: SentenceView, facts: Sequence[Fact]) -> bool:
    """Whether a fact of the sentence tells already where the work stands that a scene has caught."""
    spans = [(view.tokens[b.first].start, view.tokens[b.last - 1].end) for b in match.bindings if b.role == "project" and b.last > b.first]
    return bool(spans) and any(fact.type in _TOLD_BY and e.start < end and start < e.end for fact in facts for e in fact.evidence for start, end in spans)


def drop_told_better(facts: Sequence[Fact], last_resort: frozenset[str]) -> list[Fact]:
    """The facts without those of last resort about works of which another fact says more."""
    told = {name for fact in facts if fact.activity.rule not in last_resort for name in _works(fact)}
    return [fact for fact in facts if fact.activity.rule not in last_resort or not any(name in told for name in _works(fact))]


def drop_under_way(facts: Sequence[Fact]) -> list[Fact]:
    """The facts without those that a work went on, where the same words tell of all its doers that it is done: "the dam, financed by Chile, was completed"."""
    done = [f for f in facts if f.type == "ProjectStatus" and f.status == "Asserted" and _stages(f) & _DONE]
    return [f for f in facts if not (f.type == "ProjectStatus" and f.status == "Asserted" and not f.date and _in_it(f, done))]


def _in_it(fact: Fact, done: Sequence[Fact]) -> bool:
    return _stages(fact) == {"underway"} and any(
        other.values("project") == fact.values("project") and set(fact.values("participant")) <= set(other.values("participant")) and any(
            a.start < b.end and b.start < a.end for a in other.evidence for b in fact.evidence) for other in done)


def _stages(fact: Fact) -> set[str]:
    return {term.word for term in fact.values("stage") if isinstance(term, Concept)}


def _works(fact: Fact) -> list[str]:
    """The names of the works that a fact tells of, without their epithets."""
    return [term.label.lower() for role in ("project", "asset") for term in fact.values(role) if isinstance(term, Entity)]
