"""The word lists of this room, read once from its ``.words`` files, each named as the module that asks for it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kg.words.sections import read_sections

__all__ = ["phrases", "words"]

_FOLDER = Path(__file__).parent


@cache
def words(name: str, section: str) -> frozenset[str]:
    """The words of a section of ``<name>.words``; "+" in a word stands for a blank."""
    return frozenset(word.replace("+", " ") for word in read_sections(_FOLDER / f"{name}.words")[section])


@cache
def phrases(name: str, section: str) -> tuple[tuple[str, ...], ...]:
    """The phrases of a section, word by word, in alphabetical order."""
    return tuple(sorted(tuple(word.split("+")) for word in read_sections(_FOLDER / f"{name}.words")[section]))
