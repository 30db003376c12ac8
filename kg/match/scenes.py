"""Scenes: what a clause holds, in whatever order. `scene (%lending) ({amount:money}) [subject {investor:actor}] [to|for {recipient:actor}]`.

Each bracket is a piece of its own; the round ones must be found in one clause, the square ones may. A piece whose roles are filled
already is not looked for, and `subject` in front of a piece asks for it in the subject of the clause's active verb. A scene says
less surely than a frame who did what, so its facts give way wherever another rule has made something of the same figure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.cards import Choice, Element, Optional_, Pattern, Slot, Word
from kg.match.frames import FrameMatcher
from kg.match.linear import LinearMatcher
from kg.match.records import State
from kg.match.steps import Steps, make_steps
from kg.match.view import SentenceView
from kg.words import VerbGroup, WordClasses


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """One bracket of a scene."""

    items: tuple[Element, ...]
    optional: bool
    subject: bool

    @property
    def roles(self) -> frozenset[str]:
        """The roles that its slots fill."""
        return frozenset(item.role for item in self.items if isinstance(item, Slot) and item.role)


@cache
def _steps(piece: Piece, classes: WordClasses) -> Steps:
    steps = make_steps(piece.items, classes)
    assert steps is not None
    return steps


def make_scene(pattern: Pattern) -> tuple[Piece, ...]:
    """The pieces of a scene. Raises ValueError where something stands outside of brackets."""
    pieces = []
    for element in pattern:
        if isinstance(element, Optional_):
            items, optional = element.items, True
        elif isinstance(element, Choice) and len(element.options) == 1:
            items, optional = element.options[0], False
        else:
            raise ValueError("a scene holds nothing but pieces in brackets")
        subject = isinstance(items[0], Word) and items[0].text == "subject"
        pieces.append(Piece(items[1:] if subject else items, optional, subject))
    if pieces[0].optional:
        raise ValueError("the first piece of a scene cannot lack")
    return tuple(pieces)


class SceneMatcher:
    """Matches scenes in one sentence."""

    def __init__(self, view: SentenceView, linear: LinearMatcher, frames: FrameMatcher) -> None:
        self.view = view
        self.linear = linear
        self.frames = frames

    def matches(self, scene: tuple[Piece, ...]) -> Iterator[State]:
        """One state for each place where the first piece stands and the other pieces are found round it."""
        if self.view.sentence.kind in ("row", "heading"):
            return
        first = _steps(scene[0], self.linear.classes)
        at = 0
        while at < len(self.view):
            if not self.linear.begins(first, at, False):
                at += 1
                continue
            found = next(iter(self.linear.sequence(first, at, State())), None)
            if found is None:
                at += 1
                continue
            end, state = found
            done = self._round(scene, at, state)
            if done is not None:
                yield done
            at = max(end, at + 1)

    def _round(self, scene: tuple[Piece, ...], at: int, state: State) -> State | None:
        index = self._verb_of(at)
        region, subjects = self._regions(index)
        for piece in scene[1:]:
            if piece.optional and piece.roles & {b.role for b in state.bindings}:
                continue
            after = self._anywhere(piece, subjects if piece.subject else [region], state)
            if after is None and not piece.optional:
                return None
            state = after or state
        if index < 0:
            return state
        group = self.view.groups[index]
        return State(state.bindings, state.spans, (group.first, group.last), group)

    def _anywhere(self, piece: Piece, regions: list[tuple[int, int]], state: State) -> State | None:
        """The state with the piece where it first stands; its words may be those of another piece, what its slots catch may not."""
        started = bool(state.spans)
        taken = [(b.first, b.last) for b in state.bindings]
        steps = _steps(piece, self.linear.classes)
        for first, last in regions:
            for at in range(max(first, 0), last):
                if not self.linear.begins(steps, at, started) or self.frames.in_title(at):
                    continue
                for _, after in self.linear.sequence(steps, at, state, last):
                    new = after.bindings[len(state.bindings) :]
                    if not any(a < b.last and b.first < end for b in new for a, end in taken):
                        return after
        return None

    def _verb_of(self, at: int) -> int:
        """The finite verb in whose clause the token stands, -1 where there is none."""
        for index in range(len(self.view.groups) - 1, -1, -1):
            group = self.view.groups[index]
            if group.form == "finite" and self._start(index) <= at < self.view.clause_end(group.last):
                return index
        return -1

    def _start(self, index: int) -> int:
        regions = self.frames.subject_regions(index)
        return min([self.view.groups[index].first, *(first for first, _ in regions)])

    def _regions(self, index: int) -> tuple[tuple[int, int], list[tuple[int, int]]]:
        """The clause of the verb, and where its subject stands if it acts."""
        if index < 0:
            return (0, len(self.view)), []
        group: VerbGroup = self.view.groups[index]
        clause = (min(self._start(index), self.frames.clause_start(index)), self.view.clause_end(group.last))
        return clause, self.frames.subject_regions(index)[:1] if group.voice == "active" else []
