"""Clauses of a sentence, by segments and finite verb groups: as much syntax as scope needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.model import Token
from kg.words import VerbGroup, closed

__all__ = ["Clauses", "Segment", "find_clauses"]

CONDITIONS = frozenset({"if", "unless", "provided", "whether"})
_INVERTED = frozenset({"should", "had", "were"})  # "Should the talks fail, ..."
_TIME = frozenset({"when", "while", "after", "before", "since", "until", "till", "as", "once"})
_SUB = frozenset({"because", "although", "though", "whereas", "lest"}) | CONDITIONS
_RELATIVE = frozenset({"which", "who", "whom", "whose", "where", "wherein", "that"})
_MARKS = frozenset({",", ";", ":", "(", ")", "[", "]"}) | closed.DASHES
_INTERRUPTING = frozenset({",", "(", ")"}) | closed.DASHES
_COORDINATORS = frozenset({"and", "but", "or", "nor", "yet", "so"})


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of tokens between clause marks. ``opener`` is the word that introduces it ("which", "if", "and", ";",
    "").
    """

    first: int
    last: int
    opener: str
    groups: tuple[int, ...]  # indices of finite groups

    @property
    def dependent(self) -> bool:
        """Whether a relative or a subordinator opens it."""
        return self.opener in _RELATIVE or self.opener in _SUB or self.opener in _TIME


@dataclass(frozen=True, slots=True)
class Clauses:
    """The segments of a sentence, and its verb groups."""

    tokens: tuple[Token, ...]
    groups: tuple[VerbGroup, ...]
    segments: tuple[Segment, ...]

    def segment(self, index: int) -> Segment:
        """The segment that holds a token."""
        return self.segments[self.segment_index(index)]

    def segment_index(self, index: int) -> int:
        """The place of the segment that holds a token."""
        for place, segment in enumerate(self.segments):
            if segment.first <= index < segment.last:
                return place
        return max(0, len(self.segments) - 1)

    def opening(self, index: int) -> int:
        """The place of the segment that opens the clause of a finite verb: past what stands between commas behind the subject.

        "If the tunnel, 7 km long, was opened", "that Oman, which borders Yemen, took": the verb's own segment holds no subject,
        the one that "if" or "that" opens no verb.
        """
        place = self.segment_index(index)
        segment = self.segments[place]
        listed = place
        while listed > 0 and self.segments[listed].opener in ("and", "or", ",") and not self.segments[listed - 1].groups:
            listed -= 1
        if listed < place and segment.opener != "," and self.segments[listed].opener in _SUB | {"that"}:
            return listed  # "that India and Oman signed": "and" opens no clause
        bare = all(not t.text[:1].isalnum() or closed.is_adverb(t.lower) for t in self.tokens[segment.first : index])
        if not bare or segment.opener not in _INTERRUPTING or place < 2:
            return place
        behind = place - 1
        while behind >= 0 and (self.segments[behind].opener in _RELATIVE - {"that"} or (
                not self.segments[behind].groups and self.segments[behind].opener in _INTERRUPTING)):
            behind -= 1
        if behind < 0 or self.segments[behind].groups or behind == place - 1:
            return place
        return behind

    def group_at(self, first: int, last: int) -> int:
        """The verb group that a stretch touches, finite ones first; -1 where it touches none."""
        met = [k for k, g in enumerate(self.groups) if g.first < last and first < g.last]
        finite = [k for k in met if self.groups[k].form == "finite"]
        return (finite or met or [-1])[0]

    def governor(self, index: int, says: frozenset[int] = frozenset()) -> int:
        """The finite group whose clause a token outside verb groups belongs to, -1 where there is none.

        ``says`` are groups behind which a new clause may begin without "that"."""
        place = self.segment_index(index)
        if not self.segments:
            return -1
        segment = self.segments[place]
        if not segment.groups:
            return self._borrowed(place)
        before = [k for k in segment.groups if self.groups[k].last <= index]
        after = [k for k in segment.groups if self.groups[k].first > index]
        if not before:
            return self._subject_of(index, after)
        if not after:
            return before[-1]
        return after[0] if before[-1] in says else before[-1]

    def _subject_of(self, index: int, after: list[int]) -> int:
        if len(after) > 1 and self._contact(index, self.groups[after[0]].first):
            return after[1]
        return after[0]

    def _contact(self, index: int, verb: int) -> bool:
        # "the contract we signed today will": a second subject stands between the noun and the first verb.
        between = [t.lower for t in self.tokens[index + 1 : verb]]
        return any(w in closed.SUBJECT_PRONOUNS - {"there", "that"} for w in between)

    def _borrowed(self, place: int) -> int:
        behind = [s for s in self.segments[place + 1 :] if s.groups and not s.dependent]
        ahead = [s for s in self.segments[:place] if s.groups]
        if not ahead:
            return behind[0].groups[0] if behind else next((s.groups[0] for s in self.segments if s.groups), -1)
        own = [s for s in ahead if not s.dependent]
        near = self.segments[place - 1]
        if near.groups:
            return near.groups[-1]
        return (own or ahead)[-1].groups[-1]

    def opener_of(self, group: int) -> str:
        """The word that opens the segment of a finite group, looking past bare ones ("if, after all, it joins")."""
        g = self.groups[group]
        segment = self.segment(g.first)
        if segment.groups and segment.groups[0] == group:
            return self.segments[self.opening(g.first)].opener
        earlier = [k for k in segment.groups if k < group]
        if earlier:  # a second verb of one segment
            words = {t.lower for t in self.tokens[self.groups[earlier[-1]].last : g.first]}
            return "" if not words & (_RELATIVE | CONDITIONS) else next(iter(words & (_RELATIVE | CONDITIONS)))
        return segment.opener


def find_clauses(tokens: Sequence[Token], groups: Sequence[VerbGroup]) -> Clauses:
    """The segments of a sentence: cut at clause marks, subordinators, relatives, and conjunctions before a new verb."""
    finite = [k for k, g in enumerate(groups) if g.form == "finite"]
    inside = {i for g in groups for i in range(g.first, g.last)}
    inverted = tokens and tokens[0].lower in _INVERTED and not any(g.first == 0 and g.modal for g in groups)
    cuts: list[tuple[int, str]] = [(0, "if" if inverted else "")]
    for i, token in enumerate(tokens):
        word = token.lower
        if i in inside:
            continue
        after = tokens[i + 1].lower if i + 1 < len(tokens) else ""
        if word in _MARKS:
            if word == "," and after in _COORDINATORS | _SUB | _RELATIVE | _TIME:
                continue
            cuts.append((i, word))
        elif word in _RELATIVE:
            if word == "that" and not _opens(tokens, i, groups, finite):
                continue
            cuts.append((i, word))
        elif (
            word in _SUB
            or (word in _TIME and _opens(tokens, i, groups, finite))
            or (word in _COORDINATORS and _new_clause(tokens, i, groups, finite))
        ):
            cuts.append((i, word))
    segments: list[Segment] = []
    for place, (start, opener) in enumerate(cuts):
        end = cuts[place + 1][0] if place + 1 < len(cuts) else len(tokens)
        if end <= start:
            continue
        own = tuple(k for k in finite if start <= groups[k].first < end)
        segments.append(Segment(start, end, _effective(tokens, start, end, opener), own))
    return Clauses(tuple(tokens), tuple(groups), tuple(segments))


def _effective(tokens: Sequence[Token], start: int, end: int, opener: str) -> str:
    """ ", which" and "and if" open by their last word."""
    for i in range(start, min(end, start + 3)):
        word = tokens[i].lower
        if word in _RELATIVE - {"that"} or word in _SUB:
            return word
        if word not in _MARKS and word not in _COORDINATORS and not closed.is_adverb(word):
            break
    return opener


def _opens(tokens: Sequence[Token], i: int, groups: Sequence[VerbGroup], finite: Sequence[int]) -> bool:
    """Whether a verb follows before the next mark, so that this word opens a clause and is no preposition or
    determiner.
    """
    for j in range(i + 1, min(len(tokens), i + 30)):
        word = tokens[j].lower
        if word == "," and tokens[i].lower == "that":
            return _resumes(tokens, j, groups, finite)
        if word in (",", ";", ":", ".", "?", "!") and j > i + 1:
            return False
        if any(groups[k].first == j for k in finite):
            return True
    return False


def _resumes(tokens: Sequence[Token], comma: int, groups: Sequence[VerbGroup], finite: Sequence[int]) -> bool:
    """Whether a finite verb stands right behind what this comma and the next one enclose."""
    close = next((j for j in range(comma + 1, min(len(tokens), comma + 20)) if tokens[j].lower in (",", ";", ":")), -1)
    if close < 0 or tokens[close].lower != ",":
        return False
    return any(0 < groups[k].first - close <= 2 and all(closed.is_adverb(t.lower) for t in tokens[close + 1 : groups[k].first]) for k in finite)


def _new_clause(tokens: Sequence[Token], i: int, groups: Sequence[VerbGroup], finite: Sequence[int]) -> bool:
    """Whether a finite verb stands behind this conjunction, at once or after a subject, before the next mark."""
    for j in range(i + 1, min(len(tokens), i + 14)):
        word = tokens[j].lower
        if word in (";", ":", "?", "!", "that", "which", "who"):
            return False
        if any(groups[k].first == j for k in finite):
            return any(groups[k].last <= i for k in finite)
        if word == "," and j > i + 1:
            return False
    return False
