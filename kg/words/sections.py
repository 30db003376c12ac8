"""Files of word lists: lines "section: words", those of one section add up, "#" begins a comment."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

__all__ = ["phrases_in", "read_sections", "words_in"]


@cache
def read_sections(file: Path) -> dict[str, tuple[str, ...]]:
    """The sections of a ``.words`` file: section to its words, as they stand there."""
    found: dict[str, tuple[str, ...]] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            section, _, listed = line.partition(":")
            found[section] = found.get(section, ()) + tuple(listed.split())
    return found


def words_in(folder: Path) -> Callable[[str, str], frozenset[str]]:
    """What gives the words of a section of ``<name>.words`` in a room or a folder below it; "+" in a word stands for a blank."""
    files = {path.stem: path for path in folder.rglob("*.words")}

    @cache
    def words(name: str, section: str) -> frozenset[str]:
        return frozenset(word.replace("+", " ") for word in read_sections(files[name])[section])

    return words


def phrases_in(folder: Path) -> Callable[[str, str], frozenset[tuple[str, ...]]]:
    """The same for phrases, each as its words in order."""
    files = {path.stem: path for path in folder.rglob("*.words")}

    @cache
    def phrases(name: str, section: str) -> frozenset[tuple[str, ...]]:
        return frozenset(tuple(word.split("+")) for word in read_sections(files[name])[section])

    return phrases
