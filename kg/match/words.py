"""The word lists of this room, read once from its ``.words`` files, each named as the module or folder that asks for it."""

from __future__ import annotations

from pathlib import Path

from kg.words.sections import words_in

__all__ = ["words"]

words = words_in(Path(__file__).parent)
