"""A frame pattern cut into its parts: the subject slot, the verb, the object, and chunks led by words that may stand anywhere behind."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.cards import Choice, ClassRef, Element, Optional_, Pattern, Slot, Verb, Word
from kg.match.steps import Steps, make_steps
from kg.match.tables import verb_table
from kg.words import WordClasses
from kg.words.closed import PREPOSITIONS

__all__ = ["Chunk", "Frame", "has_words", "led_by", "lemmas_of", "make_frame", "nominals", "nouns_of", "steps_of"]

_BOUND = (Word("of"), Word("from"))
_WORDS = Path(__file__).resolve().parents[2] / "words"


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """Words and a slot that belong together; ``optional`` chunks may be absent."""

    items: tuple[Element, ...]
    optional: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame cut into its parts."""

    subject: Chunk | None
    verb: Verb
    object: Chunk | None
    chunks: tuple[Chunk, ...]


@cache
def nominals() -> dict[str, tuple[str, ...]]:
    """Base form of a verb -> its nouns."""
    out = {}
    for line in (_WORDS / "nominals.words").read_text(encoding="utf-8").splitlines():
        verb, _, nouns = line.partition(":")
        if nouns and not line.startswith("#"):
            out[verb.strip()] = tuple(nouns.split())
    return out


@cache
def lemmas_of(classes: WordClasses, verb: Verb) -> frozenset[str]:
    """First words of all verbs that a frame names."""
    return frozenset(verb_table(classes, verb))


@cache
def steps_of(chunk: Chunk, classes: WordClasses) -> Steps:
    """A chunk laid out for matching."""
    steps = make_steps(chunk.items, classes)
    assert steps is not None
    return steps


@cache
def led_by(word: str, chunk: Chunk) -> Chunk:
    """The chunk behind a preposition: "by" + who."""
    return Chunk((Word(word), *chunk.items), True)


@cache
def nouns_of(classes: WordClasses, verb: Verb) -> frozenset[str]:
    """The nouns of the verbs; none of those that only mean it with more words: "withdrawal" is no "withdraw from service"."""
    table = nominals()
    return frozenset(noun for base, told in verb_table(classes, verb).items() if min(map(len, told)) < 3 for noun in table.get(base, ()))


def _led_by_preposition(item: Element) -> bool:
    if isinstance(item, Word):
        return item.text in PREPOSITIONS
    if isinstance(item, Choice):
        return all(_led_by_preposition(option[0]) for option in item.options)
    if isinstance(item, Optional_):
        return _led_by_preposition(item.items[0])
    return False


def _bound_to_noun(item: Element, before: list[Element]) -> bool:
    """Whether an element is the "of" of the words in front of it, so that nothing may part them: "met | officials of {actor}"."""
    if not before or isinstance(before[-1], Optional_) or any(isinstance(i, Slot) for i in before) or _led_by_preposition(before[-1]):
        return False
    leads = [option[0] for option in item.options] if isinstance(item, Choice) else [item]
    return Word("of") in leads and all(lead in _BOUND for lead in leads)


def has_words(items: tuple[Element, ...]) -> bool:
    """Whether words that a rule asks for stand among the items, not only slots."""
    return any(isinstance(i, (Word, ClassRef)) or (isinstance(i, Choice) and all(has_words(option) for option in i.options)) for i in items)


@cache
def make_frame(pattern: Pattern) -> Frame:
    """The parts of a frame pattern."""
    at = next(k for k, item in enumerate(pattern) if isinstance(item, Verb))
    verb = pattern[at]
    assert isinstance(verb, Verb)
    before, after = pattern[:at], pattern[at + 1:]
    subject = None
    if before:
        inner = before[0].items if len(before) == 1 and isinstance(before[0], Optional_) else before
        subject = Chunk(inner, len(before) == 1 and isinstance(before[0], Optional_))
    obj = None
    chunks: list[Chunk] = []
    current: list[Element] = []
    direct: list[Element] = []
    k = 0
    while k < len(after) and (not _led_by_preposition(after[k]) or _bound_to_noun(after[k], direct)):
        direct.append(after[k])
        k += 1
    if direct:
        only = direct[0] if len(direct) == 1 else None
        if isinstance(only, Optional_):
            obj = Chunk(only.items, True)
        else:
            obj = Chunk(tuple(direct), False)
    for item in after[k:]:
        if isinstance(item, Optional_) and current and not any(isinstance(i, Slot) for i in current) and not _led_by_preposition(item):
            current.append(item)  # "to [a record] {amount}"
        elif isinstance(item, Optional_):
            if current:
                chunks.append(Chunk(tuple(current), False))
                current = []
            chunks.append(Chunk(item.items, True))
        else:
            if current and _led_by_preposition(item) and not _bound_to_noun(item, current):
                chunks.append(Chunk(tuple(current), False))
                current = []
            current.append(item)
    if current:
        chunks.append(Chunk(tuple(current), False))
    return Frame(subject, verb, obj, tuple(chunks))
