"""The sources of a plot: each has a letter and a colour, by which marks and key name it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.plots.theme import COLOURS


@dataclass(frozen=True, slots=True)
class Sources:
    """The sources in the order of their words; a single one needs no letter."""

    words: tuple[str, ...]

    def letter(self, source: str) -> str:
        """a, b, … z, aa, ab …; "" where there is only one source."""
        if len(self.words) == 1:
            return ""
        place, letters = self.words.index(source), ""
        while place >= 0:
            letters = chr(ord("a") + place % 26) + letters
            place = place // 26 - 1
        return letters

    def colour(self, source: str) -> str:
        """The source's colour; from the ninth source on they come again, and the letters tell them apart."""
        return COLOURS[self.words.index(source) % len(COLOURS)]

    def key(self) -> list[tuple[str, str, str]]:
        """Letter, colour and words of each."""
        return [(self.letter(words), self.colour(words), words) for words in self.words]


def sources_of(words: Iterable[str]) -> Sources:
    """The sources that these words name, each once."""
    return Sources(tuple(sorted(set(words))))
