"""Patterns of words in a row, matched by backtracking over one sentence.

Adverbs, brackets and quotation marks may stand between any two elements; articles and a few epithets before any slot.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.cards import Choice, ClassRef, Element, End, Gap, Optional_, Put, Slot, Start, Verb, Word
from kg.cards.pattern import TEXT_TYPES
from kg.match.records import Binding, State
from kg.match.types import fits
from kg.match.view import LIST_JOINTS, SentenceView, is_opener
from kg.model import Mention
from kg.words import VerbGroup, WordClasses
from kg.words.classes import Phrase
from kg.words.forms import forms_of

MOST_STEPS = 20_000
_PIECES = re.compile(r"[^\s\-/]+|[-/]")
_TEXT_STOPS = frozenset({",", ";", ":", ".", "(", ")"})


@cache
def pieces(text: str) -> tuple[str, ...]:
    """A word of a pattern cut as the tokens of a text are: "long-term" is three."""
    if text.startswith(("'", "n't")) or text in (",", ".", ";", ":"):
        return (text,)
    parts = _PIECES.findall(text)
    if text.endswith("'s") and len(text) > 2:
        return (*_PIECES.findall(text[:-2]), "'s")
    return tuple(parts)


class TooManySteps(Exception):
    """A pattern that does not come to an end on this sentence: it is given up."""


class LinearMatcher:
    """Matches element sequences; one object serves one sentence."""

    def __init__(self, view: SentenceView, classes: WordClasses) -> None:
        self.view = view
        self.classes = classes
        self.steps = 0
        self.reached = 0

    def sequence(self, items: tuple[Element, ...], i: int, state: State, limit: int | None = None) -> Iterator[tuple[int, State]]:
        """All ways to match the items from token i on: (end, state), preferred ones first."""
        if not items:
            yield i, state
            return
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise TooManySteps
        head, rest = items[0], items[1:]
        if isinstance(head, Optional_):
            for end, after in self.sequence(head.items, i, state, limit):
                yield from self.sequence(rest, end, after, limit)
            yield from self.sequence(rest, i, state, limit)
            return
        if isinstance(head, Choice):
            for option in head.options:
                for end, after in self.sequence(option, i, state, limit):
                    yield from self.sequence(rest, end, after, limit)
            return
        if isinstance(head, Gap):
            for end in self._gap(head, i):
                yield from self.sequence(rest, end, state, limit)
            return
        if isinstance(head, Put):
            yield from self.sequence(rest, i, state.add(i, i, binding=Binding(head.role, "put", "", False, i, i, (head.word,))), limit)
            return
        if isinstance(head, Start):
            if all(not w[:1].isalnum() for w in self.view.words[:i]):
                yield from self.sequence(rest, i, state, limit)
            return
        if isinstance(head, End):
            if all(not w[:1].isalnum() for w in self.view.words[i:]):
                yield from self.sequence(rest, i, state, limit)
            return
        starts = self.view.skip_positions(i) if state.spans else [i]
        for at in starts:
            if limit is not None and at >= limit:
                continue
            for end, after in self.element(head, at, state, rest):
                if limit is not None and end > limit:
                    continue
                self.reached = max(self.reached, end)
                yield from self.sequence(rest, end, after, limit)

    def _gap(self, gap: Gap, i: int) -> Iterator[int]:
        for k in range(i, min(i + gap.most, len(self.view)) + 1):
            yield k
            if k >= len(self.view):
                return
            word = self.view.words[k]
            if word in (";", ":", ".", "--", "–", "—", "?", "!") and not (word == "." and k < len(self.view) - 2):
                return
            if gap.inside == "phrase" and (word == "," or self.view.in_group[k] >= 0):
                return

    def element(self, item: Element, i: int, state: State, rest: tuple[Element, ...] = ()) -> Iterator[tuple[int, State]]:
        """All ways to match one element that is no bracket at token i."""
        if isinstance(item, Word):
            end = self._word(item, i)
            if end > i:
                yield end, state.add(i, end, anchor=(i, end))
        elif isinstance(item, ClassRef):
            for phrase in self.classes.phrases(item.name):
                end = self._phrase(phrase, i)
                if end > i:
                    yield end, state.add(i, end, anchor=(i, end))
        elif isinstance(item, Verb):
            group_index = self.view.group_at.get(i)
            if group_index is not None:
                group = self.view.groups[group_index]
                end = self.verb_end(item, group)
                if end and voice_fits(item, group):
                    yield end, state.add(i, end, anchor=(group.first, group.last), group=group)
        elif isinstance(item, Slot):
            yield from self.slot(item, i, state, rest)

    def verb_end(self, item: Verb, group: VerbGroup) -> int:
        """The token behind the group and its particle where its verb is one of these; 0 where it is not."""
        options = [tuple(word.split()) for word in item.words]
        for name in item.classes:
            options += [phrase.words for phrase in self.classes.phrases(name)]
        for words in sorted(options, key=len, reverse=True):
            if words[0] != group.lemma:
                continue
            end = group.last
            for word in words[1:]:
                while word not in (self.view.word(end),) and end < len(self.view) and end in self.view.skip_positions(end)[1:]:
                    end += 1
                positions = self.view.skip_positions(end)
                found = next((p for p in positions if self.view.word(p) == word), -1)
                if found < 0:
                    end = 0
                    break
                end = found + 1
            if end:
                return end
        return 0

    def _word(self, item: Word, i: int) -> int:
        parts = pieces(item.text)
        for k, part in enumerate(parts):
            word = self.view.word(i + k)
            if word == part:
                continue
            if item.inflects and word in forms_of(part):
                continue
            return i
        return i + len(parts)

    def _phrase(self, phrase: Phrase, i: int) -> int:
        at = i
        for number, text in enumerate(phrase.words):
            for part in pieces(text):
                word = self.view.word(at)
                if word != part and not (phrase.inflects and number == 0 and word in forms_of(part)) and not (
                        phrase.inflects and number == len(phrase.words) - 1 and word in forms_of(part)):
                    return i
                at += 1
        return at

    def slot(self, item: Slot, i: int, state: State, rest: tuple[Element, ...] = ()) -> Iterator[tuple[int, State]]:
        """All ways to fill a slot at token i, longest mention first."""
        if item.type in TEXT_TYPES or item.type == "field":
            ways = self._text_lists(item, i, rest) if item.many else ((f, e, (t,)) for f, e, t in self._text_items(item, i, rest))
            for first, last, items in ways:
                yield last, state.add(first, last, binding=Binding(item.role, item.type, item.many, item.negative, first, last, items))
            return
        for mention in self._mentions_at(item.type, i):
            lists = self._lists(item.type, mention) if item.many else [((mention,), mention.last)]
            for mentions, last in lists:
                binding = Binding(item.role, item.type, item.many, item.negative, mention.first, last, mentions)
                yield last, state.add(mention.first, last, binding=binding)

    def _text_items(self, item: Slot, i: int, rest: tuple[Element, ...]) -> Iterator[tuple[int, int, Mention | str]]:
        """One item of a text slot at token i: (first, last, mention or words)."""
        if item.type == "field":
            found = False
            for mention in self._mentions_at("sector", i):
                found = True
                yield mention.first, mention.last, mention
            if found:
                return
        for first, last in self._texts(item, i, rest):
            if item.type != "field" or last - first <= 6:
                yield first, last, self.view.text(first, last)

    def _text_lists(self, item: Slot, i: int, rest: tuple[Element, ...]) -> Iterator[tuple[int, int, tuple[Mention | str, ...]]]:
        """Coordinated items of a text slot, the longest list first."""
        start = next(self._text_items(item, i, rest), None)
        if start is None:
            return
        first, last, one = start
        found: list[tuple[int, tuple[Mention | str, ...]]] = [(last, (one,))]
        while len(found) < 30:
            step = self._next_text(item, found[-1][0], rest)
            if step is None:
                break
            found.append((step[1], (*found[-1][1], step[2])))
        for end, items in reversed(found):
            yield first, end, items

    def _next_text(self, item: Slot, i: int, rest: tuple[Element, ...]) -> tuple[int, int, Mention | str] | None:
        for at in self.view.skip_positions(i)[:2]:
            for joint in LIST_JOINTS:
                if joint in (("-",), ("–",), ("/",)):
                    continue
                if all(self.view.word(at + k) == word for k, word in enumerate(joint)):
                    return next(self._text_items(item, at + len(joint), ()), None)
        return None

    def _mentions_at(self, kind: str, i: int) -> Iterator[Mention]:
        at = i
        for _ in range(4):
            for mention in self.view.by_first.get(at, ()):
                if fits(mention, kind):
                    yield mention
            word = self.view.word(at)
            if not (is_opener(word) or word in ('"', "“", "'", "‘", "both")):
                return
            if any(m.kind == "pronoun" and fits(m, kind) for m in self.view.by_first.get(at, ())):
                return
            at += 1

    def _lists(self, kind: str, first: Mention) -> Iterator[tuple[tuple[Mention, ...], int]]:
        """Coordinated mentions from the first on, the longest list first."""
        found = [(first,)]
        last = first.last
        while True:
            step = self._next_in_list(kind, last)
            if step is None:
                break
            found.append((*found[-1], step))
            last = step.last
        for mentions in reversed(found):
            yield mentions, mentions[-1].last

    def _next_in_list(self, kind: str, i: int) -> Mention | None:
        for at in self.view.skip_positions(i)[:2]:
            for joint in LIST_JOINTS:
                if all(self.view.word(at + k) == word for k, word in enumerate(joint)):
                    for mention in self._mentions_at(kind, at + len(joint)):
                        if joint in (("-",), ("–",), ("/",)) and kind not in ("state", "demonym", "land", "states"):
                            continue
                        return mention
        return None

    def _texts(self, item: Slot, i: int, rest: tuple[Element, ...]) -> Iterator[tuple[int, int]]:
        view = self.view
        first = i
        while view.word(first) in ("the", "a", "an", '"', "“", "‘") and item.type in ("np", "words", "field"):
            first += 1
        if first >= len(view) or view.word(first) in _TEXT_STOPS:
            return
        if item.type in ("np", "field"):
            end = view.phrase_end(first)
            while end > first:
                yield first, end
                shorter = next((p.last for p in reversed(view.phrases) if first < p.last < end), 0)
                if not rest or shorter <= first:
                    return
                end = shorter
        elif item.type == "words":
            for end in range(first + 1, min(first + 8, len(view)) + 1):
                yield first, end
                if end < len(view) and (view.word(end) in _TEXT_STOPS or view.in_group[end] >= 0):
                    return
        elif item.type == "phrase":
            end = view.coordinate_end(first, view.clause_end(first))
            while end > first and view.word(end - 1) in (",", ".", '"', "“", "”"):
                end -= 1
            if end > first:
                yield first, end
        else:
            end = len(view)
            while end > first and view.word(end - 1) in (".", ",", ";", "!", "?", '"', "”"):
                end -= 1
            if end > first:
                yield first, end


def voice_fits(item: Verb, group: VerbGroup) -> bool:
    """Whether the group stands in the voice that the pattern asks for."""
    return item.voice == "any" or group.voice == item.voice
