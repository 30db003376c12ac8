"""The title of a text that brings none."""

from __future__ import annotations

import re

__all__ = ["find_title"]

TITLE_CHARACTERS = 150

_MARKS = re.compile(r"^#{1,6}\s+|\s+#+$|[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}")
_FURNITURE = re.compile(
    r"(?i)accessibility links|breaking news|skip to .{3,30}|share|print|menu|home|search|news|advertisement|[^\w]+"
)
_SENTENCE_END = (".", ",", ";", ":", "!", ".”", '."', ".)")


def find_title(text: str) -> str:
    """The first line but page furniture, where it can be a title: at most 150 characters, no full stop; else ""."""
    lines = (line.strip() for line in text[:20_000].split("\n"))
    first = next((line for line in lines if line and not _FURNITURE.fullmatch(line)), "")
    plain = " ".join(_MARKS.sub("", first).split())
    if not 2 < len(plain) <= TITLE_CHARACTERS or not any(c.isalpha() for c in plain):
        return ""
    if first.startswith("#"):
        return plain
    return "" if plain.endswith(_SENTENCE_END) or plain.startswith(("-", "•", "|")) else plain
