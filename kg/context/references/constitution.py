"""Of which of two states somebody is an official, where only one of the two has such an office: a kingdom has no president."""

from __future__ import annotations

from collections.abc import Sequence

from kg.context.words import words
from kg.model import Entity
from kg.terms import ENT

__all__ = ["may_have", "state_with"]

_MONARCHIES = words("references", "monarchies")
_NO_PREMIER = words("references", "no-prime-minister")
_SECRETARIES = words("references", "foreign-secretaries")
_MONARCHS = words("references", "monarchs")
_PRESIDENTS = frozenset({"president", "vice-president", "president-elect"})
_PREMIERS = frozenset({"prime-minister", "deputy-prime-minister", "premier"})


def state_with(office: str, pair: Sequence[Entity]) -> str:
    """The one state of a pair that has the office, "" where both or neither have. ``office``: its word, "prime-minister"."""
    if len(pair) != 2:
        return ""
    having = [s.iri for s in pair if _has(office, s.iri.removeprefix(ENT))]
    return having[0] if len(having) == 1 else ""


def may_have(office: str, state: str) -> bool:
    """Whether a state can have a ruler of this title at all: a republic has no king. ``state``: its address."""
    return office not in _MONARCHS or _has(office, state.removeprefix(ENT))


def _has(office: str, state: str) -> bool:
    if office in _PRESIDENTS:
        return state not in _MONARCHIES
    if office in _PREMIERS:
        return state not in _NO_PREMIER
    if office == "foreign-secretary":
        return state in _SECRETARIES
    return office not in _MONARCHS or state in _MONARCHIES or state == "spain"
