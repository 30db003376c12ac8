"""Which stretches of a text are about states at all: a first look at the names, long before any rule.

Package documentation, licences, novels name a state now and then; a text on relations between states names them all the time. Rules
run only where a window of the text holds enough names of states, so that foreign text costs little and gives no facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.gazetteer import Name
from kg.model import Span

WINDOW = 6_000  # characters
LEAST_PER_THOUSAND = 4.0  # names of states in a thousand words
LEAST_NAMES = 2  # in a window of more than SHORT words
SHORT = 150  # words: a text as short as this needs one name only


def relevant_spans(text: str, names: Sequence[Name]) -> tuple[Span, ...]:
    """The windows of a text in which states (or international organisations) are named often enough, joined where they touch."""
    out: list[Span] = []
    places = [name.start for name in names if _tells(name)]
    for start in range(0, max(len(text), 1), WINDOW):
        end = min(start + WINDOW, len(text))
        words = len(text[start:end].split())
        found = sum(start <= place < end for place in places) if len(places) < 500 else _count(places, start, end)
        if not found or (words > SHORT and (found < LEAST_NAMES or found * 1000 < LEAST_PER_THOUSAND * words)):
            continue
        if out and out[-1].end == start:
            out[-1] = Span(out[-1].start, end)
        else:
            out.append(Span(start, end))
    return tuple(out)


def _tells(name: Name) -> bool:
    """Whether a name says that the text is about states; words of concepts and doubtful surnames do not."""
    return any(c.kind in ("state", "organisation", "person") and not c.weak and not c.surname for c in name.candidates)


def _count(places: list[int], start: int, end: int) -> int:
    from bisect import bisect_left

    return bisect_left(places, end) - bisect_left(places, start)


def inside(spans: Iterable[Span], place: int) -> bool:
    """Whether a place of the text lies in one of the spans."""
    return any(span.start <= place < span.end for span in spans)
