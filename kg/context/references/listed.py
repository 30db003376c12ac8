"""Of which state those are who stand in a list: below "Overview of Peru", behind "On the Peruvian side:"."""

from __future__ import annotations

from collections.abc import Sequence

from kg.context.words import words
from kg.model import Mention, Sentence

__all__ = ["headed_state", "side_state"]

_AWAY = words("references", "away")
_SENT = words("references", "sent")


def headed_state(sentence: Sentence, mentions: Sequence[Mention]) -> str:
    """The one state whose officials a heading leads one to expect below it, "" where it names none, several, or one that is gone to."""
    low = [t.lower for t in sentence.tokens]
    states = {e.iri for m in mentions if m.kind in ("state", "pair") for e in m.entities}
    joined = any(m.kind == "state" and low[m.last : m.last + 1] in (["and"], ["-"], ["–"]) for m in mentions)
    return states.pop() if len(states) == 1 and not joined and not _AWAY.intersection(low) else ""


def side_state(m: Mention, mentions: Sequence[Mention], low: list[str]) -> str:
    """The state behind whose side's name and a colon somebody is listed: "On the Peruvian side: Ana Lima; Ivo Soto"."""
    before = [o for o in mentions if o.kind == "state" and o.last <= m.first and len(o.entities) == 1]
    sides = [o for o in before if low[o.last] == ":" or (low[o.last] in _SENT and low[o.last + 1 : o.last + 2] == [":"])]
    if not sides or any(o.entities != sides[-1].entities for o in before if o.first > sides[-1].last):
        return ""
    return sides[-1].entities[0].iri
