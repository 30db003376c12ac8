"""The word lists of this room, read once from its ``.words`` files."""

from __future__ import annotations

from functools import cache
from pathlib import Path

__all__ = ["cues", "read_sections", "words"]

_FOLDER = Path(__file__).parent


@cache
def read_sections(name: str) -> dict[str, tuple[str, ...]]:
    """The sections of ``<name>.words``: section -> its words as they stand there; lines of one section add up."""
    found: dict[str, tuple[str, ...]] = {}
    for line in (_FOLDER / f"{name}.words").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            section, _, listed = line.partition(":")
            found[section] = found.get(section, ()) + tuple(listed.split())
    return found


@cache
def words(name: str, section: str) -> frozenset[str]:
    """The words of a section; "+" in a word stands for a blank."""
    return frozenset(word.replace("+", " ") for word in read_sections(name)[section])


@cache
def cues(name: str, section: str) -> frozenset[tuple[str, ...]]:
    """The cues of a section, each as its words in order."""
    return frozenset(tuple(word.split("+")) for word in read_sections(name)[section])
