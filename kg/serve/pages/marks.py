"""Spans into text: a document's paragraphs cut where a fact's evidence begins or ends, so that overlaps can be shown.

Offsets count Unicode code points, as Python's strings do; nothing of the text is lost or changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.serve.pages.records import Passage, Piece

_BREAK = re.compile(r"\n[^\S\n]*\n\s*")


@dataclass(frozen=True, slots=True)
class Marked:
    """A span of the text under the number of its fact; several facts may have the same span, one fact several."""

    start: int
    end: int
    number: int


def mark_passages(text: str, spans: Sequence[Marked], start: int = 0, end: int | None = None) -> tuple[Passage, ...]:
    """The paragraphs of a stretch of the text (all of it by default), each cut at the bounds of the spans.

    Blank lines part the paragraphs and belong to none.
    """
    end = len(text) if end is None else end
    passages = []
    for first, last in _paragraphs(text, start, end):
        passages.append(Passage(first, last, _pieces(text, spans, first, last)))
    return tuple(passages)


def _paragraphs(text: str, start: int, end: int) -> list[tuple[int, int]]:
    bounds = [start]
    for found in _BREAK.finditer(text, start, end):
        bounds += [found.start(), found.end()]
    bounds.append(end)
    pairs = zip(bounds[::2], bounds[1::2], strict=True)
    return [(first, last) for first, last in pairs if text[first:last].strip()]


def _pieces(text: str, spans: Sequence[Marked], first: int, last: int) -> tuple[Piece, ...]:
    here = [span for span in spans if span.start < last and first < span.end]
    cuts = {first, last, *(span.start for span in here if span.start > first), *(span.end for span in here if span.end < last)}
    bounds = sorted(cuts)
    pieces = []
    for start, end in pairwise(bounds):
        over = {span.number for span in here if span.start <= start and end <= span.end}
        # A span that ends with the blank lines behind a paragraph ends, for the reader, with the paragraph.
        ends = {span.number for span in here if span.end == end or (end == last and start < span.end and not text[end:span.end].strip())}
        pieces.append(Piece(text[start:end], start, tuple(sorted(over)), tuple(sorted(ends & over))))
    return tuple(pieces)
