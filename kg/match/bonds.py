"""How a noun phrase hangs together with a verb or a noun of its clause, for scenes: whose subject or object it is, which noun governs it.

`does`: the subject of an active verb ("the treaty, the first of its kind, provides for"). `undergoes`: the object of an active verb, also behind
adverbials and asides ("concluded with its neighbour a treaty"), or the subject of a passive. `over`: what stands behind the "on", "over" of a verb of talking ("bargain with Chad over
the terms of a contract"). `behind`: the complement of a noun ("work on the text of
a treaty") or right in front of it ("the treaty talks", "the treaty's ratification"). Words for a part or a version of a text ("the draft of", "the terms
of") may stand between.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.match.frames.subjects import Subjects
from kg.match.view import SentenceView, is_opener
from kg.match.words import words
from kg.words.closed import CONJUNCTIONS, DETERMINERS, PREPOSITIONS, RELATIVES, is_adverb

__all__ = ["Bonds"]

_OVER = frozenset({"on", "over", "about", "for", "towards", "toward"})
_PARTS = words("bonds", "parts")
_LEADING = words("bonds", "leading")
_APART = RELATIVES | frozenset({";", "(", ")", "while", "whereas", "because", "after", "before", "although", "though", "if", "when", "as"})
_FAR = 24  # words between a verb and what it governs
_NEAR = 12  # words between a noun and what it governs


class Bonds:
    """Finds the verbs and nouns of one sentence that a noun phrase hangs together with."""

    def __init__(self, view: SentenceView, subjects: Subjects) -> None:
        self.view = view
        self.subjects = subjects

    def begins(self, bond: str, caught: tuple[int, int]) -> Iterator[int]:
        """The tokens at which the verb or noun may begin, the likeliest first."""
        first, last = caught
        if bond == "behind":
            yield from (k for k in range(last, min(last + 3, len(self.view))))
            yield from (k for k in range(first - 1, max(first - _NEAR, -1), -1))
            return
        before = [g.first for g in self.view.groups if g.last <= first]
        behind = [g.first for g in self.view.groups if g.first >= last]
        yield from (behind[:3] if bond == "does" else [*before[:-4:-1], *behind[:3]])

    def joins(self, bond: str, caught: tuple[int, int], begin: int, end: int) -> int | None:
        """The index of the verb group that tells of the phrase where the verb or noun at [begin, end) hangs together with it (-1: none does); None where it does not."""
        if bond == "behind":
            return self._behind(caught, begin, end)
        index = self.view.group_at.get(begin)
        if index is None:
            return None
        if bond == "does":
            return index if self.view.groups[index].voice == "active" and self._is_subject(caught, index) else None
        if bond == "over":
            return index if self.view.groups[index].voice == "active" and self._is_object(caught[0], max(end, self.view.groups[index].last), True) else None
        return index if self._undergoes(caught, index, end) else None

    def _undergoes(self, caught: tuple[int, int], index: int, end: int) -> bool:
        group = self.view.groups[index]
        if group.first >= caught[1]:
            return group.voice == "passive" and self._is_subject(caught, index)
        return group.voice == "active" and self._is_object(caught[0], max(end, group.last))

    def _is_subject(self, caught: tuple[int, int], index: int) -> bool:
        """Whether the phrase heads the subject of a verb group."""
        first, last = caught
        start = self._past_parts(first)
        if self.view.word(start - 1) in PREPOSITIONS or self.view.word(last) == "'s":
            return False
        region = next(iter(self.subjects.regions(index)), None)
        return region is not None and region[0] <= first and last <= max(region[1], first + 1) + 1 and not any(
            g.form == "finite" and last <= g.first and g.last <= self.view.groups[index].first and self.view.word(g.first - 1) not in RELATIVES and not (
                "," in self.view.words[last:g.first] and "," in self.view.words[g.last:self.view.groups[index].first]) for g in self.view.groups)

    def _is_object(self, first: int, end: int, over: bool = False) -> bool:
        """Whether the phrase that begins at a token is the object of the active verb whose words end at another."""
        view = self.view
        start = self._past_parts(first)
        if start < end or start - end > _FAR:
            return False
        if start == end:
            return not over
        between, commas = view.words[end:start], [k for k in range(end, start) if view.word(k) == ","]
        aside = range(commas[0], commas[-1]) if len(commas) > 1 else ()
        if any(
                view.word(k) in _APART for k in range(end, start) if k not in aside) or any(view.in_group[k] >= 0 for k in range(end, start) if k not in aside):
            return False
        before = view.word(start - 1)
        if over:
            return before in _OVER and (start == end + 1 or view.word(end) not in _OVER)
        if before in PREPOSITIONS:
            return False
        if before in CONJUNCTIONS or (before == "," and len(commas) < 2):
            return any(m.kind == "agreement" and end <= self._past_parts(m.first) and m.last <= start and (
                view.word(self._past_parts(m.first) - 1) not in PREPOSITIONS) for m in view.mentions)
        return view.word(end) in PREPOSITIONS or view.word(end) == "," or all(is_adverb(word) or is_opener(word) for word in between)

    def _past_parts(self, first: int) -> int:
        """The token at which the noun phrase begins that names a part or version of the thing at a token: "the final draft of | a treaty"."""
        view, at = self.view, self._past_openers(first)
        for _ in range(3):
            if view.word(at - 1) not in ("of", "to", "for", "in") or view.word(at - 2) not in _PARTS:
                return at
            at = self._past_openers(at - 2)
        return at

    def _past_openers(self, first: int) -> int:
        view = self.view
        at = first
        while (
            at > 0
            and view.in_group[at - 1] < 0
            and (
                view.word(at - 1) in DETERMINERS
                or is_opener(view.word(at - 1))
                or (
                    any(p.first < at <= p.last for p in view.phrases)
                    and at not in {p.first for p in view.phrases}
                    and view.word(at - 1) not in PREPOSITIONS | CONJUNCTIONS
                    and view.word(at - 1)[:1].isalnum()
                )
            )
        ):
            at -= 1
        return at

    def _behind(self, caught: tuple[int, int], begin: int, end: int) -> int | None:
        view = self.view
        first, last = caught
        if begin >= last:
            if (begin > last and view.word(last) not in ("'s", "'")) or begin > last + 1:
                return None
        else:
            start = self._past_parts(first)
            start = start if end <= start else self._past_openers(first)
            if end > start or view.word(end) not in _LEADING or any(
                    view.word(k) not in _LEADING and view.word(k) not in DETERMINERS and not is_opener(view.word(k)) for k in range(end, start)):
                return None
            if any(view.in_group[k] >= 0 for k in range(begin, end)):
                return None
        at = min(begin, first)
        return next((k for k, g in enumerate(view.groups) if g.form == "finite" and any(a <= at < b for a, b in self.subjects.regions(k)[:1])), next(
            (k for k in range(len(view.groups) - 1, -1, -1) if view.groups[k].last <= at and view.clause_end(view.groups[k].last) > at), -1))
