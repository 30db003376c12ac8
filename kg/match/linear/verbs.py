"""Verbs of patterns and the verb groups of a sentence: the particle behind the group ("carry out"), the rest of it further on, the voice."""

from __future__ import annotations

from collections.abc import Iterator

from kg.cards import Verb
from kg.match.tables import verb_table
from kg.match.view import SentenceView
from kg.match.words import words
from kg.words import VerbGroup, WordClasses

__all__ = ["verb_end", "verb_tails", "voice_fits"]

_PARTICLES = words("linear", "particles")


def verb_end(view: SentenceView, classes: WordClasses, item: Verb, group: VerbGroup) -> int:
    """The token behind the group and its particle where its verb is one of these; 0 where it is not."""
    for parts in verb_table(classes, item).get(group.lemma, ()):
        if len(parts) > 1 and not view.vocabulary.issuperset(parts[1:]):
            continue
        end = group.last
        for word in parts[1:]:
            while word != view.word(end) and end < len(view) and end in view.skip_positions(end)[1:]:
                end += 1
            positions = view.skip_positions(end)
            found = next((p for p in positions if view.word(p) == word), -1)
            if found < 0 and end == group.last:  # "voted every year against", "called on Tuesday for"
                when = next((m for k in (end, end + 1) for m in view.by_first.get(k, ()) if m.kind in ("date", "period", "duration") and (
                    k == end or view.word(end) in ("on", "in", "at"))), None)
                found = when.last if when is not None and view.word(when.last) == word else -1
            if found < 0:
                end = 0
                break
            end = found + 1
        if end:
            return end
    return 0


def verb_tails(view: SentenceView, classes: WordClasses, item: Verb, group: VerbGroup, end: int) -> Iterator[tuple[int, int]]:
    """Where the rest of a verb of several words stands apart from it: "on hold" of "put the dam on hold"."""
    for parts in verb_table(classes, item).get(group.lemma, ()):
        tail = parts[1:]
        if not tail or (len(tail) == 1 and tail[0] not in _PARTICLES):
            continue
        for k in range(group.last + 1, end - len(tail) + 1):
            if view.word(k) == tail[0] and tuple(view.words[k : k + len(tail)]) == tail and all(view.in_group[j] < 0 for j in range(group.last, k)):
                yield k, k + len(tail)
                break


def voice_fits(item: Verb, group: VerbGroup) -> bool:
    """Whether the group stands in the voice that the pattern asks for."""
    return group.negated if item.voice == "not" else item.voice == "any" or group.voice == item.voice
