"""Every shape in which one sentence may hold a frame: at its verb, at the noun of its verb, as an apposition."""

from __future__ import annotations

from collections.abc import Iterator

from kg.cards import Slot
from kg.match.frames.frame import Frame, lemmas_of
from kg.match.frames.nouns import noun_matches
from kg.match.frames.slots import Slots
from kg.match.frames.subjects import Subjects
from kg.match.frames.verbs import VerbMatcher
from kg.match.linear import LinearMatcher
from kg.match.linear.verbs import verb_end
from kg.match.records import State
from kg.match.tables import verb_table
from kg.match.view import SentenceView
from kg.words import WordClasses

__all__ = ["FrameMatcher"]


class FrameMatcher:
    """Matches frames in one sentence."""

    def __init__(self, view: SentenceView, classes: WordClasses, linear: LinearMatcher) -> None:
        self.view = view
        self.classes = classes
        self.subjects = Subjects(view)
        self._slots = Slots(view, classes, linear)
        self._verbs = VerbMatcher(self._slots, self.subjects)

    def matches(self, frame: Frame) -> Iterator[tuple[State, str]]:
        """Every match of the frame: its state and the shape in which it stands."""
        lemmas = lemmas_of(self.classes, frame.verb)
        for index, group in enumerate(self.view.groups) if not lemmas.isdisjoint(self.view.lemmas) else ():
            if group.lemma in lemmas:
                end = verb_end(self.view, self.classes, frame.verb, group)
                if end:
                    yield from self._verbs.matches(frame, index, group, end)
                elif group.voice == "active" and frame.object is not None and isinstance(frame.object.items[-1], Slot):
                    yield from self._verbs.parted(frame, index, group)
            for front in self.view.fronts(index):
                if front.lemma in lemmas:
                    end = verb_end(self.view, self.classes, frame.verb, front)
                    bare = frame.object is None and not frame.chunks and end == front.last  # "the plant started feeding the grid" has not begun
                    if end and (front.lemma != "be" or end > front.last) and not bare:
                        yield from self._verbs.matches(frame, index, front, end)
        yield from noun_matches(self._slots, frame)
        yield from self._apposed(frame)

    def _apposed(self, frame: Frame) -> Iterator[tuple[State, str]]:
        """What an apposition says as "be" would: "Peru, long the biggest buyer of Chilean wine, ..." for "Peru is the biggest buyer"."""
        if frame.subject is None or frame.object is None or frame.object.optional or frame.subject.optional or frame.verb.voice != "active" or (
                ("be",) not in verb_table(self.classes, frame.verb).get("be", ())):
            return
        for phrase, start, stop in self.view.appositions:
            state = self._slots.heads(frame.subject, (phrase.first, phrase.last), State().add(start, start, anchor=(start, start + 1)))
            for after in self._slots.behind_verb(frame.object, (start, stop), state) if state is not None else ():
                done = self._slots.chunks(frame, [(start, stop)], after)
                if done is not None:
                    yield done, "apposition"
                    break
