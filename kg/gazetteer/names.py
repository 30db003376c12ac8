"""Finds known names in a text: a hash of first words, then the longest name that stands there.

Comparison is on a copy of the text in which every letter has lost its accents and every dash, quote and blank is the
plain one; the copy is as long as the text, so offsets hold.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable

from kg.gazetteer.records import Candidate, Name

__all__ = ["Entries", "NameIndex", "fold", "longest_name", "spellings"]

_FORMS = {"name": 0, "adjective": 1, "people": 2, "metonym": 3}
_KINDS = {"state": 0, "organisation": 1, "place": 2, "person": 3}
_SPECIAL = {
    "’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "`": "'", "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "\n": " ",
    "\t": " ", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ł": "l", "Ł": "L",
    "ı": "i", "ə": "e", "Ə": "E", "ß": "s", "æ": "a", "Æ": "A", "œ": "o", "ð": "d", "þ": "t",
}


def _plain_letters() -> dict[int, str]:
    table = {ord(old): new for old, new in _SPECIAL.items()}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if code not in table and base != chr(code):
            table[code] = base
    return table


_PLAIN = _plain_letters()
_WORD = re.compile(r"\w+")

# British and American spellings of the words that names are made of; each is also tried as its other.
_PAIRS = (
    ("Organisation", "Organization"), ("Programme", "Program"), ("Defence", "Defense"), ("Centre", "Center"),
    ("Co-operation", "Cooperation"), ("Co-operative", "Cooperative"), ("Neighbourly", "Neighborly"),
    ("Neighbourliness", "Neighborliness"), ("Neighbouring", "Neighboring"), ("Labour", "Labor"), ("Theatre", "Theater"),
    ("Colour", "Color"), ("Honour", "Honor"), ("Harbour", "Harbor"), ("and", "&"), ("St.", "St"),
)
_OTHER = {
    **{one: two for one, two in _PAIRS}, **{two: one for one, two in _PAIRS},
    **{one.lower(): two.lower() for one, two in _PAIRS}, **{two.lower(): one.lower() for one, two in _PAIRS},
}
_SPELT = re.compile(r"(?<!\S)(?:" + "|".join(sorted(map(re.escape, _OTHER), key=len, reverse=True)) + r")(?![^\s,)])")


def fold(text: str) -> str:
    """The text without accents and with plain dashes, quotes and blanks; as long as the text."""
    return text if text.isascii() and "\n" not in text and "\t" not in text else text.translate(_PLAIN)


def spellings(name: str) -> set[str]:
    """The name in its British and American spellings, itself included.

    >>> sorted(spellings("World Trade Organisation"))
    ['World Trade Organisation', 'World Trade Organization']
    """
    if not _SPELT.search(name):
        return {name}
    found = {""}
    done = 0
    for match in _SPELT.finditer(name):
        between = name[done : match.start()]
        found = {begun + between + word for begun in found for word in (match[0], _OTHER[match[0]])}
        done = match.end()
    return {begun + name[done:] for begun in found}


def _numbers(words: str) -> tuple[str, ...]:
    """Words in the singular and the plural, as far as regular English goes.

    Short single words lose no "s": the singular of "wells" or "orders" is a common word of another meaning.
    """
    if words.endswith(("ss", "us", "is", "ics")):
        return (words, words + "es") if words.endswith("ss") else (words,)
    if words.endswith("s") and len(words) < 8 and " " not in words:
        return (words,)
    if words.endswith("ies"):
        return words, words[:-3] + "y"
    if words.endswith("s"):
        return words, words[:-1]
    if words.endswith("y") and words[-2:-1] not in "aeiou":
        return words, words[:-1] + "ies"
    return words, words + ("es" if words.endswith(("x", "ch", "sh", "z")) else "s")


class NameIndex:
    """Every name with what it can mean, ready to be found in texts."""

    def __init__(self) -> None:
        self._open: dict[str, dict[tuple[str, bool], dict[Candidate, None]]] = defaultdict(lambda: defaultdict(dict))
        self._first: dict[str, Entries] = {}

    def add(self, name: str, candidate: Candidate) -> None:
        """A name of an entity: its first word must be written so, the further words of several in any case.

        Names of persons are exact throughout. Words of four letters or more are also found in capitals.
        """
        for spelling in spellings(fold(name)):
            loose = candidate.kind != "person" and " " in spelling
            first = spelling[: _end_of_first(spelling)]
            self._put(first, spelling.lower() if loose else spelling, loose, candidate)
            if len(spelling) > 3 and not candidate.weak and spelling != spelling.upper():
                self._put(first.upper(), spelling.lower() if loose else spelling.upper(), loose, candidate)

    def add_words(self, words: str, candidate: Candidate) -> None:
        """Words for a concept, in any case, singular or plural. Short words in capitals (IT) are exact."""
        words = fold(words)
        if len(words) <= 4 and words.isupper():
            self._put(words, words, False, candidate)
            return
        for number in {n for spelling in spellings(words) for n in _numbers(spelling.lower())}:
            first = number[: _end_of_first(number)]
            for key in {first, first.capitalize(), first.upper()}:
                self._put(key, number, True, candidate)

    def _put(self, first: str, compared: str, loose: bool, candidate: Candidate) -> None:
        self._open[first][compared, loose][candidate] = None

    def close(self) -> None:
        """Sorts the names behind their first words, longest first; call once, after the last name."""
        for first, names in self._open.items():
            by_size: dict[int, _SameSize] = {}
            for (compared, loose), candidates in names.items():
                by_size.setdefault(len(compared), ({}, {}))[loose][compared] = _ranked(candidates)
            self._first[first] = tuple(sorted(by_size.items(), reverse=True, key=lambda item: item[0]))
        self._open.clear()

    def having(self, wanted: Callable[[Candidate], bool]) -> dict[str, Entries]:
        """The names behind each first word that begins one with a candidate that is wanted."""
        return {first: entries for first, entries in self._first.items()
                if any(wanted(c) for _, tables in entries for table in tables for candidates in table.values() for c in candidates)}

    def find(self, text: str) -> list[Name]:
        """All longest names of the text, in text order, none inside another."""
        plain = fold(text)
        entries_of = self._first.get
        names: list[Name] = []
        busy = 0  # end of the last name found
        for match in _WORD.finditer(plain):
            entries = entries_of(match[0])
            if entries is not None and match.start() >= busy:
                name = longest_name(plain, match.start(), entries)
                if name is not None:
                    names.append(name)
                    busy = name.end
        return names


_SameSize = tuple[dict[str, tuple[Candidate, ...]], dict[str, tuple[Candidate, ...]]]  # as written; in any case
Entry = tuple[int, _SameSize]  # by their length in code points
Entries = tuple[Entry, ...]  # the names behind one first word, longest first


def longest_name(plain: str, start: int, entries: Entries) -> Name | None:
    """The longest name that begins at a place of a folded text, of those behind one first word; None where none stands there."""
    for size, (exact, loose) in entries:
        there = plain[start : start + size]
        found = exact.get(there, ())
        if loose:
            found += loose.get(there.lower(), ())
        if found and not _cut(plain, start + size):
            return Name(start, start + size, _ranked(dict.fromkeys(found)) if exact and loose else found)
    return None


def _ranked(candidates: dict[Candidate, None]) -> tuple[Candidate, ...]:
    return tuple(sorted(candidates, key=_rank) if len(candidates) > 1 else candidates)


def _cut(plain: str, end: int) -> bool:
    # Whether a word goes on at this place.
    return end < len(plain) and _is_word(plain[end]) and _is_word(plain[end - 1])


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _end_of_first(name: str) -> int:
    match = _WORD.match(name)
    return match.end() if match else len(name)


def _rank(candidate: Candidate) -> tuple[bool, int, int, str]:
    # Strong before weak, names before adjectives, states before the rest; the IRI makes the order total.
    return candidate.weak, _FORMS[candidate.form], _KINDS.get(candidate.kind, 9), candidate.iri
