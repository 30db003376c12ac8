"""Lists in which one head is said for all: "agreements on customs (1992), double taxation (1996) and health (2001)"."""

from __future__ import annotations

from kg.mentions.line import CONJUNCTIONS, SMALL, Line
from kg.mentions.memory import Memory
from kg.mentions.words import plural
from kg.model import Mention

__all__ = ["add_shared_heads"]

_LONGEST = 8  # words of one item
_INSIDE = frozenset({"of", "for", "the", "-", "–", "/"})


def add_shared_heads(line: Line, memory: Memory) -> None:
    """Makes of "agreements on A, B and C" three agreements; to be called when all others are found."""
    for m in [m for m in line.mentions if m.kind == "agreement" and m.head and not (m.entities and m.entities[0].known)]:
        on = next((k for k in range(m.first, m.last - 1) if line.low[k] == plural(m.head) and line.low[k + 1] == "on"), -1) + 1
        if on <= 0 or line.sentence.kind == "row":
            continue
        items = _items(line, on + 1, _topic_end(line, on + 1))
        if items and items[-1][1] < m.last:
            continue
        if len(items) > 1:
            line.drop(m)
            line.busy[m.first : m.last] = bytes(m.last - m.first)
            for n, (first, last) in enumerate(items):
                _add(line, m.first if n == 0 else first, first, last, m, memory)


def _items(line: Line, first: int, last: int) -> list[tuple[int, int]]:
    """The topics of the list whose first one stands there; empty where it may be no list of that kind."""
    items, dated = [(first, last)], []
    k = last
    closed = False
    while True:
        behind = _past_date(line, k)
        dated.append(behind > k)
        k = behind
        if closed or line.word(k) not in (",", ";", "and"):
            break
        closed = line.word(k) == "and" or line.word(k + 1) == "and"
        k += 2 if line.word(k) in (",", ";") and line.word(k + 1) == "and" else 1
        k += line.word(k) == "on"
        end = _topic_end(line, k)
        if end == k:
            return []
        items.append((k, end))
        k = end
    if all(dated):
        return items
    if len(items) < 3 and "on" not in line.low[first:k]:
        return []  # "on trade and payments" may be one
    tells = line.verb(k) or (closed and line.word(k) in CONJUNCTIONS)
    return items if not any(dated) and closed and (not tells or _begins(line, first)) else []


def _begins(line: Line, first: int) -> bool:
    """Whether the list is the subject of its clause: what the verb behind it tells is told of all."""
    return not any(line.verb(k) for k in range(max(0, first - 12), first))


def _past_date(line: Line, k: int) -> int:
    """The token behind a bracket with a date at token k; k where there is none."""
    if line.word(k) != "(" or not any(i in line.values and line.values[i].kind in ("date", "period") for i in (k + 1, k + 2)):
        return k
    close = next((i for i in range(k + 1, min(k + 10, len(line))) if line.word(i) == ")"), -1)
    return close + 1 if close > 0 else k


def _topic_end(line: Line, k: int) -> int:
    end = k
    while end < len(line) and end - k < _LONGEST:
        word = line.low[end]
        if line.hyphen(end) or (end > k and word in _INSIDE) or (line.alpha(end) and word not in SMALL and not line.verb(end) and end not in line.values):
            end += 1
        else:
            break
    while end > k and line.low[end - 1] in _INSIDE:
        end -= 1
    return end


def _add(line: Line, begin: int, first: int, last: int, shared: Mention, memory: Memory) -> None:
    label = f"{shared.head} on {' '.join(line.slice(first, last).split())}"
    marker = " ".join(sorted(s.label for s in memory.pair))
    like = memory.find_like("agreement", label, shared.head)
    if like is None or like.label.lower().startswith(plural(shared.head)):
        like = memory.make("agreement", label, marker=marker, head=shared.head)
    begin = begin - 1 if line.word(begin - 1) == "on" and begin == first else begin
    line.add(begin, last, "agreement", "description", (like,), head=shared.head, busy=True)
