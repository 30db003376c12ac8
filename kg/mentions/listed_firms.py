"""Companies of which nothing is known but that they are listed as such: "firms operating in the country include Sawit and the bank Amanah"."""

from __future__ import annotations

from kg.mentions.firms import FIRMS, name_run
from kg.mentions.line import POSSESSIVE, VERBS, Line
from kg.mentions.memory import Memory
from kg.mentions.words import lists
from kg.model import Mention

__all__ = ["add_listed_firms"]

_WORDS = lists("listed_firms")
_KINDS, _NO_FIRM = _WORDS["kinds"], _WORDS["no-firm"]
_NAMING = tuple(tuple(phrase.split()) for phrase in sorted(_WORDS["naming"]))
_AFTER_AMONG = frozenset({"are", "were", "is", "was"})
_ASIDE = frozenset({",", "(", "-", "–", "—"})
_FAR, _DESCRIBED, _ITEMS = 14, 6, 20  # tokens from "companies" to "include"; words of what a firm is said to be; names in a list


def add_listed_firms(line: Line, memory: Memory) -> None:
    """Adds the unknown names that stand behind "companies such as", "firms in the country include", "among the banks are"."""
    if line.titled or line.sentence.kind == "row" or not any(word in _KINDS for word in line.low):
        return
    done = 0
    for i, word in enumerate(line.low):
        if i >= done and word in _KINDS and (i == 0 or not line.cap(i)) and (start := _naming(line, i)):
            done = _add_list(line, start, memory)


def _naming(line: Line, i: int) -> int:
    """The token where the names begin that words behind the kind at token i lead in; 0 where none do."""
    among = "among" in line.low[max(0, i - 6) : i]
    for k in range(i + 1, min(i + _FAR, len(line))):
        word = line.low[k]
        if word in (".", ";") or word in _KINDS:
            return 0
        for phrase in _NAMING:
            if tuple(line.low[k : k + len(phrase)]) == phrase:
                start = k + len(phrase)
                return start + 1 if line.word(start) in (",", ":") else start
        if among and word in _AFTER_AMONG:
            return k + 1
        if word not in _ASIDE and line.verb(k) and not word.endswith(("ing", "ed")):
            return 0
    return 0


def _add_list(line: Line, k: int, memory: Memory) -> int:
    """Adds the names of the list that begins at token k; the token behind it."""
    for _ in range(_ITEMS):
        first = _past_description(line, k)
        last = _name_end(line, first)
        if last == first:
            return k
        _add(line, first, last, memory)
        k = last
        if line.word(k) == "(":
            k = next((j + 1 for j in range(k + 1, min(k + 8, len(line))) if line.word(j) == ")"), k)
        if line.word(k) == "," and line.word(k + 1) in ("and", "or"):
            k += 2
        elif line.word(k) in (",", "and", "or", "&"):
            k += 1
        else:
            return k
    return k


def _past_description(line: Line, k: int) -> int:
    """The token where the name begins behind what the firm is said to be: "the oilfield services group | Samudra", "Malaysia's | Axiata"."""
    land = line.here(k, ("state", "place"))
    if land is not None and line.word(land.last) in POSSESSIVE:
        k = land.last + 1
    elif line.word(k) in ("the", "a", "an", "its", "their"):
        k += 1
        land = line.here(k, ("state",))
        k = land.last if land is not None and land.form == "adjective" else k
    start = k
    while k < len(line) and k - start < _DESCRIBED and not line.cap(k) and (line.alpha(k) or line.hyphen(k)):
        k += 1
    return k if k == start or line.low[k - 1] in _WORDS["described"] else start


def _name_end(line: Line, first: int) -> int:
    """The token behind the name at token `first`: that of a firm that is known, of one that looks like a person, or of nobody; `first` where none begins."""
    known = line.here(first, FIRMS)
    if known is not None and known.entities:
        return known.last
    person = _guessed(line, first)
    if person is not None:
        return person.last
    return name_run(line, first) if line.low[first : first + 1] and line.low[first] not in _NO_FIRM else first


def _guessed(line: Line, first: int) -> Mention | None:
    """The mention of a person whom only two capitals betray."""
    return next(
        (
            m
            for m in line.mentions
            if m.first == first
            and m.kind == "person"
            and m.form == "name"
            and len(m.entities) == 1
            and not m.entities[0].known
            and not any(o.kind == "office" and o.last in (first, first - 1) for o in line.mentions)
        ),
        None,
    )


def _add(line: Line, first: int, last: int, memory: Memory) -> None:
    known = line.here(first, FIRMS)
    if (known is not None and known.entities) or (line.low[first] in VERBS and last - first == 1):
        return
    taken = [m for m in line.mentions if m.first < last and first < m.last and m.kind not in ("sector", "indicator")]
    if any(m.entities and (m.kind not in ("person", "name") or m.entities[0].known) for m in taken):
        return
    for mention in taken:
        line.drop(mention)
    label = " ".join(line.slice(first, last).split())
    entity = memory.named(label)
    if entity is None or entity.kind not in FIRMS:
        entity = memory.make("company", label)
    line.add(first, last, entity.kind, "name", (entity,), head="company", busy=True)
