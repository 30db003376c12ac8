"""Scenes: what a clause holds, in whatever order. `scene (%lending) ({amount:money}) [subject {investor:actor}] [to|for {recipient:actor}]`.

Each bracket is a piece of its own; the round ones must be found in one clause, the square ones may. A piece whose roles are filled
already is not looked for, and `subject` in front of a piece asks for it in the subject of the clause's active verb (`patient`: of its passive verb). `about` asks
that the piece hold the word of the class `topic` that governs the first piece's figure ("exports" in "exports of $3 billion, and $2
billion in imports"), `toward` the same for the class `direction` (rising, falling).
`does`, `undergoes`, `over`, `behind` ask for a verb that the first piece is the subject of, for one that it is the object of (or a passive's subject), for a verb
with "on" or "over" before it, for a noun that
governs it ("talks on the text of a treaty", "the treaty's ratification"): see `kg.match.bonds`. A scene says
less surely than a frame who did what, so its facts give way wherever another rule has made something of the same figure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from kg.cards import Choice, Element, Optional_, Pattern, Slot, Word
from kg.match.bonds import Bonds
from kg.match.frames.subjects import Subjects
from kg.match.linear import LinearMatcher
from kg.match.records import State
from kg.match.steps import Steps, make_steps
from kg.match.tables import class_table
from kg.match.view import SentenceView
from kg.words import VerbGroup, WordClasses
from kg.words.closed import DETERMINERS, PREPOSITIONS, is_adverb


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """One bracket of a scene."""

    items: tuple[Element, ...]
    optional: bool
    subject: bool
    patient: bool = False  # the subject of a passive verb
    bond: str = ""  # how the first piece hangs together with it: does, undergoes, over, behind
    governs: str = ""  # the class whose word, of all in the sentence the one that governs the figure, the piece must hold

    @property
    def roles(self) -> frozenset[str]:
        """The roles that its slots fill."""
        return frozenset(item.role for item in self.items if isinstance(item, Slot) and item.role)


_GRADING = frozenset({"more", "less"})  # "fell more sharply": no direction
_KEYWORDS = {"subject": "", "patient": "", "about": "topic", "toward": "direction", "does": "", "undergoes": "", "over": "", "behind": ""}
_BONDS = frozenset({"does", "undergoes", "over", "behind"})
_PARTING = frozenset(["on", "for", "from", "by", "to", "at", ",", "and", "while", "whereas", "but", "(", ")", ":", "against", "from"])
_FIGURES = frozenset({"money", "percent", "quantity", "number"})


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
        keyword = items[0].text if isinstance(items[0], Word) and items[0].text in _KEYWORDS else ""
        pieces.append(Piece(items[1:] if keyword else items, optional, keyword in ("subject", "patient"), keyword == "patient",
                            keyword if keyword in _BONDS else "", _KEYWORDS.get(keyword, "")))
    if pieces[0].optional:
        raise ValueError("the first piece of a scene cannot lack")
    return tuple(pieces)


def plain(scene: tuple[Piece, ...]) -> Pattern:
    """The pieces of a scene that must stand, without their keywords, as one pattern: what a sentence must hold."""
    return tuple(Choice((piece.items,)) for piece in scene if not piece.optional)


class SceneMatcher:
    """Matches scenes in one sentence."""

    def __init__(self, view: SentenceView, linear: LinearMatcher, subjects: Subjects) -> None:
        self.view = view
        self.classes = linear.classes
        self.linear = linear
        self.subjects = subjects
        self.bonds = Bonds(view, subjects)

    def matches(self, scene: tuple[Piece, ...]) -> Iterator[State]:
        """One state for each place where the first piece stands and the other pieces are found round it."""
        if self.view.sentence.kind in ("row", "heading"):
            return
        first = _steps(scene[0], self.linear.classes)
        places = self.linear.places(first, False) & (1 << len(self.view)) - 1
        while places:
            at = (places & -places).bit_length() - 1
            places &= places - 1
            found = next(iter(self.linear.sequence(first, at, State())), None)
            if found is None:
                continue
            end, state = found
            done = self._bound(scene, at, state) if any(piece.bond for piece in scene) else self._round(scene, at, state)
            if done is not None:
                yield done
            places = places >> end << end

    def _bound(self, scene: tuple[Piece, ...], at: int, state: State) -> State | None:
        """The state with the verb or noun that the first piece hangs together with, and the other pieces of that verb's clause."""
        bound = next(piece for piece in scene if piece.bond)
        caught = next(((b.first, b.last) for b in state.bindings if b.last > b.first), state.spans[0])
        steps = _steps(bound, self.classes)
        for begin in self.bonds.begins(bound.bond, caught):
            if not self.linear.begins(steps, begin, True):
                continue
            for end, after in self.linear.sequence(steps, begin, replace(state, anchor=None), len(self.view)):
                index = self.bonds.joins(bound.bond, caught, begin, end)
                if index is None:
                    continue
                done = self._others(scene, after, index)
                if done is None:
                    continue
                group = self.view.groups[index] if index >= 0 else None
                return State(done.bindings, done.spans, (begin, end) if bound.bond == "behind" or group is None else (group.first, group.last), group)
        return None

    def _others(self, scene: tuple[Piece, ...], state: State, index: int) -> State | None:
        """The state with the pieces that are neither the first nor bound to it, in the clause of a verb group."""
        region, subjects = self._regions(index)
        for piece in scene[1:]:
            if piece.bond or (piece.optional and piece.roles & {b.role for b in state.bindings}):
                continue
            after = self._anywhere(piece, subjects if piece.subject else [region], state)
            if after is None and not piece.optional:
                return None
            state = after or state
        return state

    def _round(self, scene: tuple[Piece, ...], at: int, state: State) -> State | None:
        return next((done for index in self._verbs_of(at) if (done := self._in_clause(scene, at, state, index)) is not None), None)

    def _in_clause(self, scene: tuple[Piece, ...], at: int, state: State, index: int) -> State | None:
        """The state with all pieces that stand in the clause of a verb group (-1: in the sentence)."""
        region, subjects = self._regions(index)
        wide = region
        if region[0] > 0 and self.view.words[region[0] - 1] == ":" and not any(g.form == "finite" and g.last < region[0] for g in self.view.groups):
            wide = (0, region[1])  # "Korea's aid to Ghana: grants of $3 million"
        if index < 0 and ":" not in self.view.words[:at] and ";" not in self.view.words:
            subjects = self._main_subjects(at)  # "With $3 billion in investment, Austria heads the list"
        for piece in scene[1:]:
            if piece.optional and piece.roles & {b.role for b in state.bindings}:
                continue
            if piece.patient and (index < 0 or self.view.groups[index].voice != "passive"):
                after = None
            elif piece.patient:
                after = self._anywhere(piece, self.subjects.regions(index)[:1], state)
            elif piece.governs:
                after = self._governing(piece, region, state)
            else:
                after = self._anywhere(piece, subjects if piece.subject else [wide if piece.optional else region], state)
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
                if not self.linear.begins(steps, at, started) or at in self.view.titled or (piece.subject and self._hangs(at, first)):
                    continue
                for _, after in self.linear.sequence(steps, at, state, last):
                    new = after.bindings[len(state.bindings) :]
                    if not any(a < b.last and b.first < end for b in new for a, end in taken) and not (
                        piece.subject and any(self._is_half(b.last) for b in new)
                    ):
                        return after
        return None

    def _is_half(self, end: int) -> bool:
        """Whether what ends here is the first half of an adjective: the subject of "the Lima-based builder" is not Lima."""
        return self.view.word(end) == "-" and end + 1 < len(self.view) and self.view.tokens[end + 1].text.islower()

    def _governing(self, piece: Piece, region: tuple[int, int], state: State) -> State | None:
        """The state with the piece that holds the word which governs the figure of the first piece."""
        figure = next(((b.first, b.last) for b in state.bindings if b.last > b.first), state.spans[0])
        words = [(cost, first, last) for first, last in self._phrases_of(piece.governs)
                 if region[0] <= first and last <= region[1] and (cost := self._distance(first, last, *figure)) is not None]
        if not words:
            return None
        _, first, last = min(words)
        for at in range(max(region[0], first - 8), last):
            for _, after in self.linear.sequence(_steps(piece, self.classes), at, state, region[1]):
                new = after.spans[len(state.spans):]
                if any(a < last <= b for a, b in new) and not any(a < figure[1] and figure[0] < b for a, b in new):
                    return after
        return None

    def _phrases_of(self, name: str) -> list[tuple[int, int]]:
        """Where phrases of a class stand, the longest ones, none inside another or in a title."""
        out: list[tuple[int, int]] = []
        if name not in self.classes:
            return out
        table, at = class_table(self.classes, name), 0
        while at < len(self.view):
            ends = [at + len(allowed) for allowed in table.get(self.view.words[at], ())
                    if all(self.view.word(at + k) in allowed[k] for k in range(1, len(allowed)))]
            if ends and at not in self.view.titled and not (name == "direction" and self.view.words[at] in _GRADING and self.view.word(at + 1).endswith("ly")):
                out.append((at, max(ends)))
            at = max([at + 1, *ends])
        return out

    def _distance(self, first: int, last: int, start: int, end: int) -> float | None:
        """How far a word is from governing the figure at [start, end): right behind it ("$3 billion in exports") nearest, then in front of it
        ("exports of $3 billion"), a noun that hangs on another by a preposition less; nothing across a semicolon."""
        view = self.view
        gap = view.words[end:first] if first >= end else view.words[last:start]
        if ";" in gap or (first < end and start < last):
            return None
        other = any(m.kind in _FIGURES and m.first >= min(end, last) and m.last <= max(start, first) for m in view.mentions)
        if first >= end:
            close = len(gap) <= 5 and not other and not any(word in _PARTING for word in gap) and not any(view.in_group[k] >= 0 for k in range(end, first))
            return len(gap) / 20 if close else 3 + len(gap) / 10
        phrase = next((p for p in view.phrases if p.first <= first < p.last), None)
        hangs = phrase is not None and view.word(phrase.first - 1) in PREPOSITIONS
        return 1 + len(gap) / 10 + 0.7 * hangs + 0.3 * other

    def _main_subjects(self, at: int) -> list[tuple[int, int]]:
        """Where the subject of the first finite verb behind a fronted phrase may stand, or of the last one before a trailing one."""
        group = next((k for k, group in enumerate(self.view.groups) if group.first > at and group.form == "finite"), -1)
        if group < 0:  # "China ranks first, having invested $5 billion in 140 projects"
            group = next((k for k in range(len(self.view.groups) - 1, -1, -1) if self.view.groups[k].form == "finite" and self.view.groups[k].first < at), -1)
        return self.subjects.regions(group)[:1] if group >= 0 and self.view.groups[group].voice == "active" else []

    def _hangs(self, at: int, first: int) -> bool:
        """Whether a preposition within the subject stands before what begins at a token: "the community in Portugal"."""
        k = at - 1
        while k > first and (self.view.words[k] in DETERMINERS or is_adverb(self.view.words[k])):
            k -= 1
        return k >= first and self.view.words[k] in PREPOSITIONS

    def _verbs_of(self, at: int) -> list[int]:
        """The finite verbs in whose clause the token may stand, the likeliest first: the last one in front of it; [-1] where there is none."""
        around = [index for index, group in enumerate(self.view.groups)
                  if group.form == "finite" and self._start(index) <= at < self.view.clause_end(group.last)]
        before = [index for index in around if self.view.groups[index].first <= at]
        return [*reversed(before), *(index for index in around if index not in before)] or [-1]

    def _start(self, index: int) -> int:
        regions = self.subjects.regions(index)
        return min([self.view.groups[index].first, *(first for first, _ in regions)])

    def _regions(self, index: int) -> tuple[tuple[int, int], list[tuple[int, int]]]:
        """The clause of the verb, and where its subject stands if it acts."""
        if index < 0:
            return (0, len(self.view)), []
        group: VerbGroup = self.view.groups[index]
        clause = (min(self._start(index), self.subjects.clause_start(index)), self.view.clause_end(group.last))
        return clause, self.subjects.regions(index)[:1] if group.voice == "active" else []
