"""A first look for names: one Aho-Corasick pass over a text for the words that names begin with, where ahocorasick-rs is installed.

No name can begin anywhere else, so that most foreign text is done with at the speed of the pass; `kg.gazetteer.names` reads the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from kg.gazetteer.names import Entries, fold, longest_name
from kg.gazetteer.records import Name

__all__ = ["NameScan"]

_WORDS = re.compile(r"\w+")
# Letters that are folded to others, or to what parts words.
_FOLDED = re.compile(r"[\u00c0-\u02ff\u1e00-\u1eff]")
_MOST = 200  # code points of the longest name


class NameScan:
    """The names behind some first words, found by one pass for these words."""

    def __init__(self, entries: Mapping[str, Entries]) -> None:
        self._entries = {first: names for first, names in entries.items() if _WORDS.fullmatch(first)}
        self._firsts = sorted(self._entries)
        self._find = _automaton(self._firsts)

    def names(self, text: str) -> Iterator[Name]:
        """Every name that begins with one of the words, in text order; they may overlap."""
        entries, firsts = self._entries, self._firsts
        text = _FOLDED.sub(lambda letter: fold(letter[0]), text)  # a dash or quote parts words as it stands
        for which, start, end in self._find(text):
            if _is_word(text[end : end + 1]) or (start and _is_word(text[start - 1])):
                continue
            name = longest_name(fold(text[start : start + _MOST]), 0, entries[firsts[which]])
            if name is not None:
                yield Name(start, start + name.end, name.candidates)


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _automaton(words: list[str]) -> Callable[[str], list[tuple[int, int, int]]]:
    """What finds the words in a text: (number of the word, start, end), the longest at each place, none overlapping."""
    try:
        from ahocorasick_rs import AhoCorasick, MatchKind
    except ImportError:
        numbers = {word: number for number, word in enumerate(words)}

        def find(text: str) -> list[tuple[int, int, int]]:
            return [(numbers[m[0]], m.start(), m.end()) for m in _WORDS.finditer(text) if m[0] in numbers]

        return find
    finder: Callable[[str], list[tuple[int, int, int]]] = AhoCorasick(words, matchkind=MatchKind.LeftmostLongest).find_matches_as_indexes
    return finder
