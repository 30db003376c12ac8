"""Frames at the noun of their verb: "the signing of the treaty by X", "X's visit to Y", "the Kazakh visit"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.cards import Slot
from kg.match.frames.frame import Chunk, Frame, led_by, nouns_of, steps_of
from kg.match.frames.slots import Slots
from kg.match.records import State
from kg.match.view import SentenceView
from kg.match.words import words
from kg.words.closed import CONJUNCTIONS, DETERMINERS

__all__ = ["noun_matches"]

_BETWEEN_NOUN = frozenset({",", "in", "on", "at", "during", "by", "last", "yesterday", "today"})
_GIVING = words("frames", "giving")


def noun_matches(slots: Slots, frame: Frame) -> Iterator[tuple[State, str]]:
    """The matches of a frame at the nouns of its verb, with their shape."""
    view = slots.view
    nouns = nouns_of(slots.classes, frame.verb)
    if frame.verb.voice == "not" or nouns.isdisjoint(view.words):
        return
    for i, word in enumerate(view.words):
        if word not in nouns or (view.in_group[i] >= 0 and view.groups[view.in_group[i]].head == i):
            continue
        start = State().add(i, i + 1, anchor=(i, i + 1))
        end = view.clause_end(i + 1)
        stop = next((k for k in range(i + 1, end) if view.in_group[k] >= 0 and view.groups[view.in_group[k]].form == "finite"), end)
        right = (i + 1, stop)
        state: State | None = start
        if frame.object is not None:
            state = None
            if isinstance(frame.object.items[0], Slot):
                for after in _object_of_noun(slots, frame.object, i, right, start):
                    state = after
                    break
            if state is None and frame.object.optional:
                state = start
        if state is None:
            continue
        if frame.subject is not None:
            with_subject = _subject_of_noun(slots, frame.subject, i, right, state)
            if with_subject is None:
                continue
            state = with_subject
        done = slots.chunks(frame, [right], state)
        if done is not None:
            yield done, "nominal"


def _object_of_noun(slots: Slots, chunk: Chunk, i: int, right: tuple[int, int], state: State) -> Iterator[State]:
    steps = steps_of(chunk, slots.classes)
    if slots.view.word(i + 1) == "of":
        for _, after in slots.linear.sequence(steps, i + 2, state, right[1]):
            yield after
    elif slots.view.word(i + 1) in _BETWEEN_NOUN and slots.view.word(i - 1) in DETERMINERS | CONJUNCTIONS | {",", ""}:
        for k in range(i + 3, min(i + 12, right[1])):  # "the signing, during the visit, of a treaty", "the signing in Paris of a treaty"
            if slots.view.word(k) == "of":
                for _, after in slots.linear.sequence(steps, k + 1, state, right[1]):
                    yield after
                    return


def _subject_of_noun(slots: Slots, subject: Chunk, i: int, right: tuple[int, int], state: State) -> State | None:
    """"X's visit", "the Kazakh visit", "the visit of X", "the signing by X"; the state as it was where the subject may lack."""
    view = slots.view
    for word in ("by", "of"):
        after = slots.anywhere(led_by(word, subject), [right], state)
        if after is not state and word == "of" and not _of_this_noun(view, i, state, after):
            continue
        if after is not state and word == "by" and _behind_passive(view, i):
            continue
        if after is not state:
            return after
    phrase = next((p for p in view.phrases if p.first <= i < p.last), None)
    if phrase is not None:
        steps = steps_of(subject, slots.classes)
        for at in range(phrase.first, i):
            for end, after in slots.linear.sequence(steps, at, state, i):
                if view.word(end) != "'s" and _is_given(view, phrase.first, at):
                    continue
                if view.word(end) == "'s" or end == i or all(view.word(k).isalnum() or view.word(k) == "-" for k in range(end, i)):
                    return after
    return state if subject.optional else None


def _behind_passive(view: SentenceView, i: int) -> bool:
    """Whether a passive stands just before the noun and its preposition, so that "by" names who did that: "was represented at the talks by X"."""
    phrase = next((p for p in view.phrases if p.first <= i < p.last), None)
    first = phrase.first if phrase is not None else i
    return any(g.voice == "passive" and g.last in (first - 1, first - 2) for g in view.groups)


def _of_this_noun(view: SentenceView, i: int, state: State, after: State) -> bool:
    """Whether the "of" found belongs to the noun of the verb: "the visit to Rome of X", not "the visit at the invitation of X"."""
    at = min(a for a, _ in after.spans[len(state.spans):])
    if at == i + 1:
        return True
    return any(m.last == at and m.kind in ("place", "state", "date", "period", "facility") for m in view.mentions)


def _is_given(view: SentenceView, first: int, at: int) -> bool:
    """Whether a name in a noun phrase right behind a verb of giving is to whom something is given: "promised | the Chadians investments"."""
    return any(g.last == first and g.lemma in _GIVING for g in view.groups) and any(
        m.kind in ("state", "company", "organisation", "person") and m.form != "adjective"
        for m in (*view.by_first.get(at, ()), *view.by_first.get(at + 1, ()))
    )
