"""Whether a document would be read today as it was read before: what its facts depend on, told apart by the words of its text.

A rule is tried only where one of the words that call for it stands. So the facts of a document depend on its text, on the code, the
gazetteer and the word lists, and of the rules on those whose words it holds.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

import kg
from kg.cards import Choice, ClassRef, Rule, Verb
from kg.words import WordClasses

_ROOMS = ("text", "values", "gazetteer", "words", "cards", "mentions", "match", "context", "extract")
_FILES = ("model.py", "terms.py", "resources.py")
_RUN = re.compile(r"[^\W_]+")
_NAMED, _BEGUN = re.compile(r'"([a-z][a-z0-9-]*)"'), re.compile(r'"([a-z]+)-\{')  # word classes, as code writes their names


Calls = Mapping[str, Sequence[Sequence[frozenset[str]]]]
"""The patterns of each rule by name, each as the sets of words of which a sentence must hold one (`RuleIndex.calls`)."""


class Versions:
    """The versions of what one extractor reads documents with.

    ``base`` stands for all that can change any document: code, gazetteer, word lists, and word classes that the code asks for itself;
    ``whole`` for all rules, in their order.
    """

    def __init__(self, rules: Sequence[Rule], classes: WordClasses, calls: Calls, gazetteer: str) -> None:
        phrases = {name: f"{name}: {classes.phrases(name)!r}" for name in classes.names()}
        asked = {rule.name: classes_of(rule) for rule in rules}
        self.base = _digest([gazetteer, code_version(), *(phrases[name] for name in _classes_of_code(classes, asked.values()))])
        self._rules = [_digest([rule.name, rule.version, *(phrases[name] for name in asked[rule.name])]) for rule in rules]
        self.whole = _digest(self._rules)
        self._bits: dict[frozenset[str], int] = {}
        self._needs = [_least([self._need(pattern) for pattern in calls.get(rule.name, ((),))]) for rule in rules]
        self._held: dict[str, int] = {}  # by a run of letters and digits: the sets that it stands in, as bits
        for runs, bit in self._bits.items():
            for run in runs:
                self._held[run] = self._held.get(run, 0) | bit
        self._told: dict[int, str] = {}

    def _need(self, pattern: Sequence[frozenset[str]]) -> int:
        """The sets of one pattern as bits, without those that a mark alone can meet."""
        found = 0
        for words in pattern:
            runs = frozenset(map(_longest_run, words))
            if "" not in runs:
                found |= self._bits.setdefault(runs, 1 << len(self._bits))
        return found

    def rules_for(self, words: Iterable[str]) -> str:
        """The version of the rules that a text of these words (`words_of`) can call for: names, contents and order count."""
        held, held_by = 0, self._held
        for word in words:
            held |= held_by.get(word, 0)
        told = self._told.get(held)
        if told is None:
            called = [any(need & held == need for need in needs) for needs in self._needs]
            told = self._told[held] = _digest(version for version, is_called in zip(self._rules, called, strict=True) if is_called)
        return told


@cache
def _longest_run(word: str) -> str:
    return max(_RUN.findall(word), key=len, default="")


def _least(needs: Sequence[int]) -> tuple[int, ...]:
    """Without the needs that hold another one: they are never met alone."""
    distinct = sorted(set(needs), key=int.bit_count)
    return tuple(need for i, need in enumerate(distinct) if not any(other & need == other for other in distinct[:i]))


def words_of(text: str) -> frozenset[str]:
    """All runs of letters and digits of a text, casefolded: whatever its tokens are, their runs are among these."""
    return frozenset(_RUN.findall(text.casefold()))


def classes_of(rule: Rule) -> tuple[str, ...]:
    """The names of the word classes that the rule's patterns ask for, sorted."""
    found: set[str] = set()
    waiting: list[object] = [rule.whens, rule.frames, rule.unless, rule.scenes, rule.headings]
    while waiting:
        element = waiting.pop()
        if isinstance(element, tuple):
            waiting += element
        elif isinstance(element, ClassRef):
            found.add(element.name)
        elif isinstance(element, Verb):
            found.update(element.classes)
        elif isinstance(element, Choice):
            waiting += element.options
        elif (items := getattr(element, "items", None)) is not None:
            waiting += items
    return tuple(sorted(found))


def _classes_of_code(classes: WordClasses, asked: Iterable[tuple[str, ...]]) -> list[str]:
    """The classes that the code names (as "given-thing" or by their first part, "column-{kind}"), and those that no rule asks for."""
    by_rules = {name for names in asked for name in names}
    code = "".join(file.read_text(encoding="utf-8") for file in _code() if file.suffix == ".py")
    named, begun = set(_NAMED.findall(code)), set(_BEGUN.findall(code))
    return [name for name in classes.names() if name not in by_rules or name in named or name.split("-")[0] in begun]


@cache
def code_version() -> str:
    """Digits made from the code and word lists of the rooms that read documents, and from Python's own version."""
    return _digest([f"{sys.version_info.major}.{sys.version_info.minor}", *(file.read_text(encoding="utf-8") for file in _code())])


def _code() -> list[Path]:
    package = Path(kg.__file__).parent
    rooms = [file for room in _ROOMS for file in sorted((package / room).rglob("*")) if file.suffix in (".py", ".words")]
    return [*rooms, *(package / name for name in _FILES)]


def _digest(parts: Iterable[str]) -> str:
    whole = hashlib.sha256()
    for part in parts:
        whole.update(f"{len(part)}:".encode())
        whole.update(part.encode())
    return whole.hexdigest()[:32]
