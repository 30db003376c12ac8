"""Companies that their legal form tells: "Baltic Star Ltd.", "Zanko Foods (Uganda) Inc.", "PT Semen Merah"."""

from __future__ import annotations

from kg.mentions.line import DETERMINERS, PREPOSITIONS, SMALL, Line
from kg.mentions.memory import Memory
from kg.mentions.words import lists, with_plurals
from kg.model import Entity

__all__ = ["add_incorporated"]

_WORDS = lists("incorporated")
_BEHIND = _WORDS["behind"]
_BEFORE = _WORDS["before"]
_PEOPLE = lists("people")
_OFFICES = frozenset(with_plurals("people", "office")) | _PEOPLE["title"]
_HEADS = frozenset(with_plurals("nouns", "organisation"))
_HEAD_FIRST = _WORDS["head-first"]
_LONGEST = 7  # words of a firm's name
_PARTICLES = _WORDS["particle"]
_GIVEN = lists("given")["given"]
_DESCRIBING = lists("nouns")["company-word"] - _PEOPLE["trade"] - _WORDS["no-describing"]


def add_incorporated(line: Line, memory: Memory) -> None:
    """Adds the companies whose names end in a legal form or begin with one."""
    if line.titled or line.sentence.kind == "row":
        return
    for i in range(len(line)):
        if _is_form(line, i, _BEHIND) and not _is_form(line, i + 1, _BEHIND) and not line.hyphen(i + 1):
            first = _beginning(line, i)
            if first < i:
                _add(line, first, i + 1, memory)
        elif _is_form(line, i, _BEFORE) and line.tokens[i].text.isupper():
            last = _end(line, i)
            if last > i + 1:
                _add(line, i, last, memory)
        elif line.low[i] in _HEAD_FIRST and line.cap(i) and not line.busy[i] and not (i and line.cap(i - 1) and line.alpha(i - 1)):
            last = _end(line, i)
            if last > i + 1 and line.low[i + 1] not in _HEADS and not line.busy[i + 1]:
                _add(line, i, last, memory)  # "Bank Nusantara"
        elif (last := _described(line, i)) > i + 1:
            _add(line, i + 1, last, memory)


def _end(line: Line, i: int) -> int:
    """The token behind the name that begins with the legal form or head at token i."""
    last = i + 1
    while last - i < _LONGEST:
        behind = _past_particles(line, last)
        if not _is_part(line, behind):
            break
        last = behind + 1
    return last


def _past_particles(line: Line, i: int) -> int:
    """The token behind small words of other tongues inside a name: "Casa | de la | Luna"."""
    k = i
    while k < i + 2 and line.word(k) in _PARTICLES and not line.cap(k):
        k += 1
    return k


def _described(line: Line, i: int) -> int:
    """The token behind a name that token i says to be a firm's and that reads otherwise: "the retailer | Casa de la Luna"; i + 1 where none is."""
    begin = i + 1
    if line.cap(i) or line.low[i] not in _DESCRIBING or not line.cap(begin) or not line.alpha(begin) or begin in line.values or line.low[begin] in _OFFICES:
        return begin
    last = _end(line, begin)
    small = any(not line.cap(k) for k in range(begin, last))
    like_people = (
        last - begin > 1 and line.low[i] in _WORDS["no-people"] and (line.low[begin] in _GIVEN or line.low[begin] in SMALL)
    )  # "the construction firm | Per Lindqvist"
    return last if (small or like_people) and not any(line.busy[k] for k in range(begin, last)) else begin


def _bare(word: str) -> str:
    return word.replace(".", "")


def _is_form(line: Line, i: int, forms: frozenset[str]) -> bool:
    """Whether token i is a legal form as such are written: "Ltd.", "S.A.", "AG", never "Sa" or "ag"."""
    word = _bare(line.word(i))
    if word not in forms or not line.cap(i):
        return False
    text = line.tokens[i].text
    return len(word) > 3 or word in _WORDS["short"] or text.isupper() or "." in text[:-1]


def _is_part(line: Line, k: int) -> bool:
    return (
        line.cap(k) and line.alpha(k) and line.low[k] not in DETERMINERS and line.low[k] not in PREPOSITIONS and line.low[k] not in _OFFICES
        and not (line.low[k] in SMALL and len(line.low[k]) > 1) and k not in line.values
    )  # fmt: skip


def _beginning(line: Line, i: int) -> int:
    """The token at which the name begins that the legal form at token i ends."""
    first = i
    while _is_form(line, first - 1, _BEHIND):
        first -= 1  # "Co. Ltd."
    if line.word(first - 1) == ")" and line.word(first - 3) == "(" and line.cap(first - 2):
        first -= 3  # "(Uganda) Ltd"
    begin = first
    while first > 0 and begin - first < _LONGEST:
        if _is_part(line, first - 1):
            first -= 1
        elif (line.word(first - 1) == "&" and _is_part(line, first - 2)) or (line.hyphen(first - 1) and line.cap(first - 2)):
            first -= 2
        elif line.word(first - 1) == "of" and line.word(first - 2) in _HEADS and _is_part(line, first - 2):
            first -= 2  # "Development Bank of Kenya Ltd"
        elif line.word(first - 1) == "and" and begin - first == 1 and _is_part(line, first - 2) and _is_part(line, first - 3):
            first -= 2  # "Trakia Glass and Ceramics Ltd"
        else:
            break
    land = line.here(first, ("state",))
    if land is not None and land.form == "adjective" and line.word(first - 1) == "the" and begin - land.last >= 2 and not any(
            line.low[k] in _HEADS for k in range(land.last, begin)):
        return land.last  # "the Mongolian Altan Khishig LLC": whose firm it is, no part of its name
    if first == 0 and land is None and line.word(0) in SMALL:
        first += 1
    return first if first < begin else i


def _add(line: Line, first: int, last: int, memory: Memory) -> None:
    if line.crosses(first, last):
        return
    label = " ".join(line.slice(first, last).split())
    short = _short(line, first, last)
    lands = [m.entities[0] for m in line.mentions if m.kind == "state" and m.entities and ((first <= m.first and m.last <= last) or m.last == first)]
    line.add(first, last, "company", "name", (_entity(memory, label, short, lands[0].iri if lands else ""),), head="company", busy=True)


def _entity(memory: Memory, label: str, short: str, state: str) -> Entity:
    """The firm known by its name, with or without the legal form; else a new one of the state that the name tells."""
    for name in (label, short):
        known = [e for e in memory.gazetteer.by_label(name) if e.kind == "company"] if memory.gazetteer is not None and name else []
        named = memory.named(name) if name else None
        if known or (named is not None and named.kind in ("company", "organisation")):
            return known[0] if known else named  # type: ignore[return-value]
    entity = memory.make("company", label, state)
    return memory.call(entity, short) if short else entity


def _short(line: Line, first: int, last: int) -> str:
    """The name without its legal form."""
    end = last
    while end > first and _is_form(line, end - 1, _BEHIND):
        end -= 1
    begin = first + (_is_form(line, first, _BEFORE) and end == last)
    return " ".join(line.slice(begin, end).split())
