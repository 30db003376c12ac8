"""Whom an office speaks for: a minister acts for a state, somebody who held the office once, a senator or a scholar does not."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kg.model import Entity, Mention
from kg.words.sections import read_sections

__all__ = ["acting_entities", "speaks_for_state"]


@cache
def _words(section: str) -> frozenset[str]:
    return frozenset(read_sections(Path(__file__).parent / "voices.words")[section])


def acting_entities(mention: Mention) -> tuple[Entity, ...]:
    """Who acts or speaks by this mention: an office without a name stands for its state, not for the place where it sits
    ("the Chilean consul in Lima"), and for nobody where its holder speaks for himself ("a former Chilean minister").
    """
    if mention.kind != "office":
        return mention.entities
    found = tuple(e for e in mention.entities if e.kind != "place") or mention.entities
    return () if all(e.kind == "state" for e in found) and not speaks_for_state(mention.text, mention.head) else found


def speaks_for_state(office: str, head: str) -> bool:
    """Whether who holds an office in a state acts for it: a minister, no senator and nobody who was one."""
    words = office.lower().replace("-", " ").split()
    return not _words("no-longer").intersection(words) and not _words("own-voice").intersection(head.lower().split()[-1:])
