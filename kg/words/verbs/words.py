"""The word lists of this room, read once from its ``.words`` files, each named as the module that asks for it."""

from __future__ import annotations

from pathlib import Path

from kg.words.sections import phrases_in, words_in

__all__ = ["phrases", "words"]

words = words_in(Path(__file__).parent)
phrases = phrases_in(Path(__file__).parent)
