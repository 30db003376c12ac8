"""Files of word lists: lines "section: words", those of one section add up, "#" begins a comment."""

from __future__ import annotations

from functools import cache
from pathlib import Path

__all__ = ["read_sections"]


@cache
def read_sections(file: Path) -> dict[str, tuple[str, ...]]:
    """The sections of a ``.words`` file: section to its words, as they stand there."""
    found: dict[str, tuple[str, ...]] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            section, _, listed = line.partition(":")
            found[section] = found.get(section, ()) + tuple(listed.split())
    return found
