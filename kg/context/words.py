"""The word lists of this room, read once from its ``.words`` files."""

from __future__ import annotations

from pathlib import Path

from kg.words import sections

__all__ = ["cues", "read_sections", "words"]

_FOLDER = Path(__file__).parent


def read_sections(name: str) -> dict[str, tuple[str, ...]]:
    """The sections of ``<name>.words``: section -> its words as they stand there; lines of one section add up."""
    return sections.read_sections(_FOLDER / f"{name}.words")


words = sections.words_in(_FOLDER)
cues = sections.phrases_in(_FOLDER)
