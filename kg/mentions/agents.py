"""Organisations of which only the grammar tells: who does it, with whom a deal is made, capital letters that act."""

from __future__ import annotations

from kg.mentions.firms import FIRMS, is_open, name_run
from kg.mentions.line import AUXILIARIES, COMMON, POSSESSIVE, SMALL, Line
from kg.mentions.memory import Memory
from kg.mentions.words import lists, with_plurals
from kg.words.verbs import verb_tags

__all__ = ["add_agents"]

_WORDS = lists("agents")
_NO_ORGANISATION = _WORDS["no-organisation"]
_DEALS = frozenset(with_plurals("agents", "deal-noun"))
_HANDED = _WORDS["handed"]
_GIVEN = lists("given")["given"]
_PLACES = frozenset(with_plurals("nouns", "place"))
_LETTERS = range(3, 8)  # in an abbreviation
_BACK = 6  # words between a deal and "with"


def add_agents(line: Line, memory: Memory) -> None:
    """Adds organisations that no word of their own betrays; to be called when all others are found."""
    if line.titled or line.sentence.kind == "row":
        return
    letters = [t.text for t in line.tokens if t.text.isalpha() and len(t.text) > 2]
    shouted = sum(t.isupper() for t in letters) > len(letters) // 2
    for i in range(len(line)):
        if not shouted and _is_abbreviation(line, i) and _acts(line, i):
            _add(line, i, i + 1, memory)
        if _deals(line, i):
            _add_partner(line, i + 1, memory)
    _add_beside_firms(line, memory)


def _is_abbreviation(line: Line, i: int) -> bool:
    text = line.tokens[i].text
    return (
        len(text) in _LETTERS and text.isalpha() and text.isupper() and line.low[i] not in _NO_ORGANISATION and not line.busy[i] and i not in line.values
        and not line.hyphen(i - 1) and not line.hyphen(i + 1) and not line.cap(i + 1) and not (line.cap(i - 1) and i > 1)
        and not any(m.first <= i < m.last and (m.entities or m.concept) for m in line.mentions)
    )  # fmt: skip


def _acts(line: Line, i: int) -> bool:
    """Whether a verb follows, a possessive, or what stands in front leads to somebody who acts."""
    after, before = line.word(i + 1), line.word(i - 1)
    if after in AUXILIARIES or after in POSSESSIVE or any(tag in ("s", "past") for _, tag in verb_tags(after)):
        return True
    if before == "the":
        before = line.word(i - 2)
    return before in ("by", "between")


def _deals(line: Line, i: int) -> bool:
    """Whether behind the preposition at token i the doer stands, or the one with whom a deal is made."""
    word = line.low[i]
    if word == "by":
        return any(tag == "pp" for _, tag in verb_tags(line.word(i - 1)))
    if word == "to":
        return line.word(i - 1) in _HANDED
    if word == "with":
        return any(line.word(j) in _DEALS for j in range(i - 1, max(-1, i - _BACK), -1) if line.word(j) not in (",", ";"))
    return False


def _add_partner(line: Line, k: int, memory: Memory) -> None:
    """The unknown names that begin at token k: "by the Japanese Chugoku Denki", "with Kepco and Doosan"."""
    while True:
        k = k + 1 if line.word(k) in ("the", "both") else k
        state = line.here(k, ("state",))
        k = state.last if state is not None and state.form == "adjective" else k
        known = line.here(k, FIRMS)
        last = known.last if known is not None and known.entities else name_run(line, k) if is_open(line, k) else k
        if last == k or line.cap(last) or line.word(last) in POSSESSIVE or line.hyphen(last):
            return
        if known is None and not _add(line, k, last, memory):
            return
        if line.word(last) == "," and line.word(last + 1) == "and":
            k = last + 2
        elif line.word(last) in ("and", ",", "&"):
            k = last + 1
        else:
            return


def _add_beside_firms(line: Line, memory: Memory) -> None:
    """ "Unilever, Sanofi and the local Beximco": an unknown name in one list with known firms, on both sides or at its end."""
    for known in [m for m in line.mentions if m.kind == "company" and m.form == "name" and m.entities]:
        k = known.last
        while line.word(k) in (",", "and", "&"):
            ends = line.word(k) != "," or line.word(k + 1) == "and"
            k += 1 + (line.word(k) == "," and line.word(k + 1) == "and")
            k += line.word(k) == "the"
            k += line.word(k - 1) == "the" and not line.cap(k) and line.alpha(k) and line.cap(k + 1)  # "the local Beximco", "the insurer Talanx"
            last = name_run(line, k) if is_open(line, k) and line.here(k, FIRMS) is None else k
            if last == k or line.cap(last) or not (ends or line.word(last) in (",", "and")) or _tells_place(line, last):
                break
            if not _add(line, k, last, memory, known.kind):
                break
            k = last


def _tells_place(line: Line, k: int) -> bool:
    return line.word(k) in _PLACES


def _add(line: Line, first: int, last: int, memory: Memory, kind: str = "organisation") -> bool:
    if (
        line.low[first].removesuffix("s") in _NO_ORGANISATION
        or line.low[first] in COMMON
        or line.low[first] in SMALL
        or line.low[first] in _GIVEN
        or not line.free(first, last)
        or line.crosses(first, last)
    ):
        return False
    if any(m.kind in ("person", "place", "event", "agreement") and m.first < last and first < m.last for m in line.mentions):
        return False
    label = " ".join(line.slice(first, last).split())
    entity = memory.named(label)
    if entity is None or entity.kind not in FIRMS:
        entity = memory.make(kind, label)
    line.add(first, last, entity.kind, "name", (entity,), head=entity.kind, busy=True)
    return True
