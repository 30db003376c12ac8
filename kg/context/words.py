"""The word lists of this room, read once from its ``.words`` files."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kg.words import sections

__all__ = ["cues", "read_sections", "words"]

_FOLDER = Path(__file__).parent


def read_sections(name: str) -> dict[str, tuple[str, ...]]:
    """The sections of ``<name>.words``: section -> its words as they stand there; lines of one section add up."""
    return sections.read_sections(_FOLDER / f"{name}.words")


@cache
def words(name: str, section: str) -> frozenset[str]:
    """The words of a section; "+" in a word stands for a blank."""
    return frozenset(word.replace("+", " ") for word in read_sections(name)[section])


@cache
def cues(name: str, section: str) -> frozenset[tuple[str, ...]]:
    """The cues of a section, each as its words in order."""
    return frozenset(tuple(word.split("+")) for word in read_sections(name)[section])
