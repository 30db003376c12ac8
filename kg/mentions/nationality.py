"""Whose a firm is that only the text names: "the Chinese firm Blue Star", "Blue Star, a Chinese builder"."""

from __future__ import annotations

from dataclasses import replace

from kg.mentions.line import Line
from kg.mentions.memory import Memory
from kg.mentions.words import lists
from kg.model import Entity, Mention

__all__ = ["add_nationality"]

_HEADS = lists("nouns")["company-word"] | lists("nouns")["company"]
_FARTHEST = 5  # tokens between the adjective and the name


def add_nationality(line: Line, memory: Memory) -> None:
    """Gives unknown firms the state that the words beside their names tell, here and in the sentences behind."""
    for found in [m for m in line.mentions if m.kind == "company" and m.form == "name" and len(m.entities) == 1]:
        firm = found.entities[0]
        if firm.known or firm.state:
            continue
        land = _land_before(line, found.first) or _land_behind(line, found.last)
        if land is not None:
            told = memory.belong(firm, land.iri)
            line.mentions[:] = [replace(m, entities=(told,)) if m.entities == (firm,) else m for m in line.mentions]


def _land_before(line: Line, first: int) -> Entity | None:
    """The state of "the Chinese telecom giant" in front of a name."""
    return _adjective(line, first) if line.word(first - 1) in _HEADS else None


def _land_behind(line: Line, last: int) -> Entity | None:
    """The state of ", a Chinese telecom giant" behind a name."""
    if line.word(last) != "," or line.word(last + 1) not in ("a", "an", "the"):
        return None
    head = next((k for k in range(last + 2, last + 2 + _FARTHEST) if line.word(k) in _HEADS), -1)
    return _adjective(line, head + 1) if head > 0 else None


def _adjective(line: Line, end: int) -> Entity | None:
    """The state whose adjective stands in front of the lower-case words that end before token ``end``."""
    for k in range(end - 1, max(0, end - 1 - _FARTHEST), -1):
        lands: list[Mention] = [m for m in line.ending.get(k, ()) if m.kind == "state" and m.form == "adjective" and len(m.entities) == 1]
        if lands:
            return lands[0].entities[0]
        if line.cap(k - 1) or not (line.alpha(k - 1) or line.hyphen(k - 1)):
            return None
    return None
