"""Patterns laid out for matching: each element with what follows it and the words that it can begin with, worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import count

from kg.cards import Choice, ClassRef, Element, Optional_, Slot, Word
from kg.cards.pattern import TEXT_TYPES
from kg.match.tables import allowed_words, class_table
from kg.words import WordClasses

# Slot types that may take words where no mention begins.
WORDY = TEXT_TYPES | {"field", "fields", "undertaking", "panel", "holding", "gift", "goods", "premises", "firm", "owner"}
_numbers = count(0, 2)


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """A sequence of elements: its first one, the steps behind it, and the sequences inside of an optional element or a choice.

    A word, class or slot can begin only at one of ``words`` or at a mention that fits ``type``; what neither is given for can begin
    ``anywhere``; ``wordy`` are those that can begin at words only. Even and odd numbers are both the steps' own, for what is learnt of them at the beginning of a match and later.
    """

    number: int
    head: Element
    rest: Steps | None
    inner: tuple[Steps, ...]
    words: frozenset[str]
    type: str
    anywhere: bool
    wordy: bool


@cache
def make_steps(items: tuple[Element, ...], classes: WordClasses) -> Steps | None:
    """The steps of a sequence of elements, None for an empty one; the same elements give the same steps."""
    if not items:
        return None
    head, rest = items[0], make_steps(items[1:], classes)
    options = (head.items,) if isinstance(head, Optional_) else head.options if isinstance(head, Choice) else ()
    inner = tuple(steps for option in options if (steps := make_steps(option, classes)) is not None)
    words: frozenset[str] = frozenset()
    kind = ""
    if isinstance(head, Word):
        words = frozenset({"'s", "'", "’"}) if head.text == "'s" else allowed_words(head)[0]
    elif isinstance(head, ClassRef):
        words = frozenset(class_table(classes, head.name))
    elif isinstance(head, Slot):
        kind = "" if head.type in WORDY else head.type
    return Steps(
        next(_numbers),
        head,
        rest,
        inner,
        words,
        kind,
        isinstance(head, (Word, Slot)) and not words and not kind,
        isinstance(head, ClassRef) or bool(words),
    )
