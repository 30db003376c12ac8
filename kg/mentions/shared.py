"""Lists in which one head is said for all: "agreements on customs (1992), double taxation (1996) and health (2001)"."""

from __future__ import annotations

from kg.mentions.line import CONJUNCTIONS, SMALL, Line
from kg.mentions.memory import Memory
from kg.mentions.words import plural
from kg.model import Entity, Mention

__all__ = ["add_shared_heads"]

_LONGEST = 8  # words of one item
_SORTS = frozenset({"understanding", "cooperation", "co-operation", "intent"})  # "memoranda of | understanding"
_WORKING = frozenset({"cooperation", "co-operation", "collaboration", "partnership", "operation"})
_FIELD = frozenset({"field", "fields", "area", "areas", "sphere", "spheres", "sector", "domain"})
_MANY = frozenset({"documents", "texts", "instruments", "papers"})
_LEADS = frozenset({".", ",", ":", "(", "namely", "those", "–"})
_ARTICLES = frozenset({"a", "an", "the", "its", "their", "another", "one", "also", "finally", "lastly", "new"})
_TELLING = 18  # words between those counted and the list of them
_INSIDE = frozenset({"of", "for", "the", "-", "–", "/", "against", "from"})


def add_shared_heads(line: Line, memory: Memory) -> None:
    """Makes of "agreements on A, B and C" three agreements, of "another on B" one; to be called when all others are found."""
    _add_further(line, memory)
    for m in [m for m in line.mentions if m.kind == "agreement" and m.head and not (m.entities and m.entities[0].known)]:
        noun = next((k for k in range(m.first, m.last - 1) if line.low[k] in _several(m.head) and "on" in (line.low[k + 1], *(
            (line.word(k + 3),) if line.low[k + 1] == "of" and line.word(k + 2) in _SORTS else ()))), -1)
        on = noun + 1 + 2 * (noun >= 0 and line.low[noun + 1] == "of")
        if on <= 0 or line.sentence.kind == "row":
            continue
        start = on + 1 + (line.word(on + 1) == "the")
        items = _items(line, start, _topic_end(line, start), two=line.low[max(noun - 2, 0):noun].count("two") > 0)
        if items and items[-1][1] < m.last:
            continue
        if len(items) > 1:
            line.drop(m)
            line.busy[m.first : m.last] = bytes(m.last - m.first)
            for n, (first, last) in enumerate(items):
                _add(line, m.first if n == 0 else first, first, last, m, memory, " ".join(line.low[noun + 1:on]))
    _add_told_behind(line, memory)


def _add_told_behind(line: Line, memory: Memory) -> None:
    """Lets "three memoranda were signed, namely on A, on B and on C", "four documents were signed: a treaty on A, ..." stand for each of those
    told behind the mark."""
    if line.sentence.kind == "row":
        return
    for m in [m for m in line.mentions if m.kind == "agreement" and m.form != "reference" and len(m.entities) < 2]:
        noun = next((k for k in range(m.first, m.last) if line.low[k] in _MANY or (m.head and line.low[k] in _several(m.head))), -1)
        if noun < 0 or "on" in line.low[noun:m.last] or (m.entities and m.entities[0].known):
            continue
        mark = _mark_behind(line, m.last)
        if mark < 0 or line.low[noun] == "minutes" or any(o.kind == "agreement" and m.last <= o.first < mark for o in line.mentions):
            continue
        first = next(k for k in range(mark, len(line) + 1) if line.word(k) not in _LEADS)
        if line.word(first) == "on":
            sort = " ".join(line.low[noun + 1:m.last])
            start = first + 1 + (line.word(first + 1) == "the")
            items = _items(line, start, _topic_end(line, start), two=True)
            told = [_add(line, a, a, b, m, memory, sort).entities[0] for a, b in items] if len(items) > 1 else []
        else:
            told = _listed_agreements(line, first, m)
        if len(told) > 1:
            line.drop(m)
            line.add(m.first, m.last, "agreement", "description", tuple(told), head=m.head, busy=True)


def _mark_behind(line: Line, i: int) -> int:
    """Behind what says that a list of those just counted follows, over the verb that tells of them; -1 where none does."""
    for k in range(i, min(i + _TELLING, len(line))):
        word = line.low[k]
        if word in (":", "namely", "viz", "viz.", "i.e", "i.e."):
            return k + 1
        if word == "on" and (line.low[k - 1] in (",", "(", "–", "-") or (line.verb(k - 1) and k > i)):
            return k
        if word in ("one", "an", "a") and line.low[k - 1] in (",", "–", "(") and k > i:
            return k
        if word in (";", ".", "and", "which", "that", "who") and not (word == "." and line.low[k - 1] == "viz"):
            return -1
    return -1


def _listed_agreements(line: Line, first: int, several: Mention) -> list[Entity]:
    """The agreements that a list names one by one."""
    found: list[Entity] = []
    at = first
    for m in sorted((m for m in line.mentions if m.kind == "agreement" and m.first >= first and m.form != "reference"), key=lambda m: (m.first, -m.last)):
        if m is several or m.first < at or len(m.entities) != 1:
            continue
        before = m.first - 1
        while before >= first and line.low[before] in _ARTICLES:
            before -= 1
        if before >= first and line.low[before] not in (",", ";", "and", "–", ")"):
            continue
        if before < first and m.first > first + 2:
            return []
        found.append(m.entities[0])
        at = m.last
    return found


def _several(head: str) -> tuple[str, ...]:
    """How a text names several of what has this head: "memorandum of understanding" -> "memoranda", "memorandums"."""
    noun = head.partition(" of ")[0]
    return (plural(noun), noun if noun.endswith("s") or noun == "memoranda" else f"{noun}s")


_FURTHER = (("another",), ("one",), ("a", "second"), ("a", "third"), ("the", "other"), ("the", "second"), ("the", "third"))


def _add_further(line: Line, memory: Memory) -> None:
    """Adds "another on tourism", "one on mining and the other on customs" behind an agreement that tells what they are."""
    heads = [m for m in line.mentions if m.kind == "agreement" and m.head and m.form != "reference" and line.sentence.kind != "row"]
    for i in range(1, len(line)):
        words = next((w for w in _FURTHER if tuple(line.low[i : i + len(w)]) == w and line.word(i + len(w)) == "on"), ())
        before = [m for m in heads if m.last <= i]
        if (
            not words
            or not before
            or line.word(i - 1) not in ("and", ",", "them", "including", ":")
            or (any(line.verb(k) for k in range(before[-1].last, i)) and not (line.word(i - 1) == ":" or (line.word(i) == "one" and line.word(i - 1) == ",")))
            or not line.free(i, i + len(words))
        ):
            continue
        first = i + len(words) + 1
        last = _topic_end(line, first)
        if last > first:
            heads.append(_add(line, i, first, last, before[-1], memory))


def _items(line: Line, first: int, last: int, *, two: bool = False) -> list[tuple[int, int]]:
    """The topics of the list whose first one stands there (``two``: so many are counted); empty where it may be no list of that kind."""
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
        k += line.word(k) == "the"
        end = _topic_end(line, k)
        if end == k:
            return []
        items.append((k, end))
        k = end
    if all(dated):
        return items
    if len(items) < 3 and not two and "on" not in line.low[first:k]:
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
        named = line.alpha(end) and word not in SMALL and end not in line.values
        named = named and (not line.verb(end) or (end == k and line.word(k - 1) in ("the", "on")))  # "the training of pilots"
        if line.hyphen(end) or (end > k and word in _INSIDE) or named or (end > k and word == "in" and _in_field(line, end)):
            end += 1
        else:
            break
    while end > k and line.low[end - 1] in _INSIDE:
        end -= 1
    return end


def _in_field(line: Line, i: int) -> bool:
    """Whether "in" at token i says in what is worked together: "on cooperation | in the field of mining"."""
    return line.word(i - 1) in _WORKING or (line.word(i + 1) == "the" and line.word(i + 2) in _FIELD and line.word(i + 3) == "of")


def _add(line: Line, begin: int, first: int, last: int, shared: Mention, memory: Memory, sort: str = "") -> Mention:
    head, _, behind = shared.head.partition(" of ")
    head = "memorandum" if head.startswith("memorand") else head.removesuffix("s") if begin > shared.first or behind else shared.head
    label = f"{head} {sort + ' ' if sort else ''}on {' '.join(line.slice(first, last).split())}"
    marker = " ".join(sorted(s.label for s in memory.pair))
    like = memory.find_like("agreement", label, shared.head)
    if like is None or like.label.lower().startswith(plural(shared.head)):
        like = memory.make("agreement", label, marker=marker, head=shared.head)
    begin = begin - 1 if line.word(begin - 1) == "on" and begin == first else begin
    return line.add(begin, last, "agreement", "description", (like,), head=shared.head, busy=True)
