"""Unknown places in a list behind a preposition of place: "consulates in Piura, Loja and Hua Hin"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.mentions.line import COMMON, PREPOSITIONS, SMALL, Line
from kg.mentions.memory import Memory
from kg.mentions.words import lists, with_plurals

__all__ = ["add_place_lists"]

_LOCATIVE = lists("small")["organisations-locative"]
_MONTHS = lists("small")["organisations-months"]
_INSIDE = lists("place_lists")["inside"]
_BEHIND = lists("place_lists")["behind"] | PREPOSITIONS
_ORGANISATIONS = frozenset(with_plurals("nouns", "organisation"))
_NO_PLACE = ("organisation", "company", "agreement", "event", "office", "sector", "facility", "project", "date", "period")
_SHARED = lists("organisations")["shared"] | lists("place_lists")["invest"]
_LONGEST = 4  # words of a place's name


def add_place_lists(line: Line, memory: Memory) -> None:
    """Adds what stands in a list of places and is known by no name; to be called before people are looked for."""
    if line.titled:
        return
    for i, word in enumerate(line.low):
        if i and word in _LOCATIVE and line.cap(i + 1) and line.word(i - 1) not in _SHARED:
            items = list(_items(line, i + 1))
            if len(items) > 1 and all(_may_be_place(line, first, last) for first, last in items):
                for first, last in items:
                    _add(line, first, last, memory)


def _items(line: Line, k: int) -> Iterator[tuple[int, int]]:
    """The items of a list "A, B and C" that begins at token k and ends its phrase; none where it is no such list."""
    found: list[tuple[int, int]] = []
    joined = False
    while True:
        first = k
        while (
            k < len(line)
            and k - first < _LONGEST
            and ((line.cap(k) and line.alpha(k)) or (k > first and (line.hyphen(k) or line.low[k] in _INSIDE) and line.cap(k + 1)))
        ):
            k += 1
        if k == first:
            return
        found.append((first, k))
        if joined:
            break
        if line.word(k) == ",":
            k += 1
        joined = line.word(k) == "and"
        k += joined
    if (not line.alpha(k) and line.word(k) not in ("'", "’", "-", "–")) or line.word(k) in _BEHIND:
        yield from found


def _may_be_place(line: Line, first: int, last: int) -> bool:
    texts = [line.tokens[k].text for k in range(first, last)]
    if any(len(text) > 1 and text.isupper() for text in texts) or line.low[first] in COMMON | SMALL | _MONTHS:
        return False
    if any(line.low[k] in _ORGANISATIONS or k in line.values for k in range(first, last)):
        return False
    whole = [m for m in line.mentions if m.first < last and first < m.last]
    return not any(m.kind in _NO_PLACE or (m.kind == "person" and m.first <= first and last <= m.last) for m in whole)


def _add(line: Line, first: int, last: int, memory: Memory) -> None:
    inside = [m for m in line.mentions if m.first < last and first < m.last]
    if any(m.kind in ("place", "state") for m in inside):
        return
    for m in inside:
        line.drop(m)  # "Chiang" of "Chiang Mai" is nobody
    label = " ".join(line.slice(first, last).split())
    known = memory.named(label)
    entity = known if known is not None and known.kind == "place" else memory.make("place", label)
    line.add(first, last, "place", "name", (entity,), head=label, busy=True)
