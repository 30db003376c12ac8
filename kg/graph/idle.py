"""Decisions about facts that the documents no longer give in the same words: told, never silently dropped or carried over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pyoxigraph import Quad

from kg.graph.decisions import Decision, Target
from kg.graph.nodes import short
from kg.graph.stated import Stated, read_stated

_DONE = {
    "retracted": "the retraction", "corrected": "the correction", "accepted": "the acceptance", "rejected": "the rejection",
    "moved": "the split",
}  # fmt: skip


def idle_notes(decisions: Sequence[Decision], base: Iterable[Quad]) -> list[str]:
    """One line for each decision that applies to no fact: what it was about, why it does not apply, and what stands there now."""
    stated = tuple(read_stated(base).values())
    return sorted({_note(decision, stated) for decision in decisions})


def why_idle(target: Target, facts: Iterable[Stated]) -> str:
    """Why a decision about this target applies to none of these facts."""
    if target.contributions:
        return "its contribution is not in the graph"
    facts = [fact for fact in facts if target.identifier in fact.identifiers]
    if not facts:
        return f"the document {target.identifier} is not in the graph, or gives no facts"
    same = next((fact for fact in facts if fact.content == target.content), None)
    if same is not None:
        return f"the same fact now rests on other words ({short(same.iri)})"
    there = next((fact for fact in facts if set(fact.quotes) & set(target.quotes)), None)
    if there is not None:
        return f"the same words now give another fact ({short(there.iri)}: {there.label})"
    return f"{target.identifier} no longer gives this fact"


def _note(decision: Decision, facts: Iterable[Stated]) -> str:
    header = decision.contribution.header
    by = f" by {header.who}" if header else ""
    target = decision.target
    return (
        f"{_DONE[decision.kind]}{by} of {short(target.fact)} ({target.label}) no longer applies: {why_idle(target, facts)} - "
        "judge it again: kg review"
    )
