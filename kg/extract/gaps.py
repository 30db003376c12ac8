"""Sentences that tell of figures or of actors and that no fact stands on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.figures import FIGURES
from kg.extract.reading import Reading
from kg.model import Fact, Sentence


@dataclass(frozen=True, slots=True)
class Gap:
    """A sentence with figures or two actors that gave no fact. ``weight`` counts what is in it."""

    start: int
    end: int
    text: str
    weight: int


def find_gaps(reading: Reading, facts: Sequence[Fact]) -> tuple[Gap, ...]:
    """Sentences with figures or two actors that no fact's evidence touches, most telling first."""
    out: list[Gap] = []
    for view in reading.views:
        sentence: Sentence = view.sentence
        if any(e.start < sentence.end and sentence.start < e.end for f in facts for e in f.evidence):
            continue
        figures = sum(m.kind in FIGURES for m in view.mentions)
        actors = {e.iri for m in view.mentions for e in m.entities if e.kind in ("state", "person", "organisation", "company")}
        if figures or len(actors) >= 2:
            out.append(Gap(sentence.start, sentence.end, reading.document.text[sentence.start:sentence.end], 3 * figures + len(actors)))
    return tuple(sorted(out, key=lambda g: (-g.weight, g.start)))
