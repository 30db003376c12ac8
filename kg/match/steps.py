"""Patterns laid out for matching: each element with what follows it and the words that it can begin with, worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import count

from kg.cards import Choice, ClassRef, Element, Optional_, Put, Slot, Word
from kg.cards.pattern import TEXT_TYPES
from kg.match.tables import allowed_words, class_table
from kg.words import WordClasses

# Slot types that may take words where no mention begins.
WORDY = TEXT_TYPES | {"field", "undertaking", "panel", "holding", "gift"}
_numbers = count()


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """A sequence of elements: its first one, the steps behind it, and where it can begin: at one of ``words``, at a mention that
    fits one of ``types``, or ``anywhere``. ``inner`` holds the sequences inside of an optional element or a choice."""

    number: int
    head: Element
    rest: Steps | None
    inner: tuple[Steps, ...]
    words: frozenset[str]
    types: tuple[str, ...]
    anywhere: bool


@cache
def make_steps(items: tuple[Element, ...], classes: WordClasses) -> Steps | None:
    """The steps of a sequence of elements, None for an empty one; the same elements give the same steps."""
    if not items:
        return None
    head, rest = items[0], make_steps(items[1:], classes)
    inner = _inner(head, classes)
    words, types, anywhere = _beginnings(head, rest, inner, classes)
    return Steps(next(_numbers), head, rest, inner, words, types, anywhere)


def _inner(head: Element, classes: WordClasses) -> tuple[Steps, ...]:
    options = (head.items,) if isinstance(head, Optional_) else head.options if isinstance(head, Choice) else ()
    return tuple(steps for option in options if (steps := make_steps(option, classes)) is not None)


def _beginnings(head: Element, rest: Steps | None, inner: tuple[Steps, ...], classes: WordClasses) -> tuple[frozenset[str], tuple[str, ...], bool]:
    """The words and slot types that a sequence can begin with, and whether it can begin with anything."""
    everything: tuple[frozenset[str], tuple[str, ...], bool] = (frozenset(), (), True)
    if isinstance(head, Word):
        return (everything if head.text == "'s" else (allowed_words(head)[0], (), False))
    if isinstance(head, ClassRef):
        return frozenset(class_table(classes, head.name)), (), False
    if isinstance(head, Slot):
        return everything if head.type in WORDY else (frozenset(), (head.type,), False)
    if isinstance(head, Put) and rest is not None:
        return rest.words, rest.types, rest.anywhere
    if not inner:
        return everything
    ways = list(inner)
    if isinstance(head, Optional_):
        if rest is None:
            return everything
        ways.append(rest)
    if any(way.anywhere for way in ways):
        return everything
    return frozenset().union(*(way.words for way in ways)), tuple(dict.fromkeys(kind for way in ways for kind in way.types)), False
