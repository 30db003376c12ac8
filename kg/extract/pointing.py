"""What "it" is in "Chad supports the toll, but Togo opposes it": the thing told of last, in that sentence or the one before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extract.reading import Reading
from kg.extract.words import words
from kg.model import Entity, Fact, Term

__all__ = ["POINTING", "name_pointed"]

# The target of a Position that only points at what was told before.
POINTING = words("stances", "pointing")
_TOLD = {"Position": "target", "ProjectStatus": "project", "AgreementAction": "agreement"}


def name_pointed(reading: Reading, facts: Sequence[Fact]) -> list[Fact]:
    """The facts, each Position about "it" with the thing meant as its target, and without those of which nothing tells what it is."""
    out: list[Fact] = []
    for fact in facts:
        if not _points(fact) and not _points_at_actor(reading, fact, facts):
            out.append(fact)
        elif (meant := _meant(reading, fact, facts)) is not None:
            out.append(replace(fact, roles=tuple((role, meant if role == "target" else term) for role, term in fact.roles)))
    return out


def _points(fact: Fact) -> bool:
    return fact.type == "Position" and all(isinstance(t, str) and t.lower() in POINTING for t in fact.values("target"))


def _points_at_actor(reading: Reading, fact: Fact, facts: Sequence[Fact]) -> bool:
    """Whether "it" was taken for a state that has just proposed something: "Chad proposed a toll. Togo rejected it"."""
    targets = [t.iri for t in fact.values("target") if isinstance(t, Entity) and t.kind == "state"] if fact.type == "Position" else []
    said = reading.document.text[fact.evidence[0].start:fact.evidence[0].end].lower().split() if targets else []
    if not POINTING.intersection(said):
        return False
    here = _sentence_at(reading, fact.evidence[0].start)
    return any(other.type == "Position" and set(targets) & set(_actors(other)) and here - _sentence_at(reading, other.evidence[0].start) in (0, 1)
               and other.evidence[0].start < fact.evidence[0].start for other in facts)


def _meant(reading: Reading, fact: Fact, facts: Sequence[Fact]) -> Term | None:
    """What the nearest fact before tells of, in the same sentence or the one before; nothing where its actor is the same."""
    here = _sentence_at(reading, fact.evidence[0].start)
    near = [other for other in facts if other.type in _TOLD and not _points(other) and other.evidence[0].start < fact.evidence[0].start
            and here - _sentence_at(reading, other.evidence[0].start) in (0, 1) and other.values(_TOLD[other.type])
            and not (other.type == "Position" and set(_actors(other)) & set(_actors(fact)))]
    if not near:
        return None
    last = max(near, key=lambda other: (other.evidence[0].start, other.type == "Position"))
    return last.values(_TOLD[last.type])[0]


def _actors(fact: Fact) -> list[str]:
    return [term.iri if isinstance(term, Entity) else str(term) for term in fact.values("actor")]


def _sentence_at(reading: Reading, start: int) -> int:
    return max((number for number, sentence in enumerate(reading.sentences) if sentence.start <= start), default=0)
