"""The subject of a verb: in front of it, over an aside, or that of the verb before."""

from __future__ import annotations

from kg.extract.words import words
from kg.match import SentenceView
from kg.match.frames.antecedents import antecedent
from kg.words import VerbGroup
from kg.words.closed import PREPOSITIONS, is_adverb
from kg.words.verbs import verb_tags

__all__ = ["JOINTS", "OPENING", "before_aside", "behind_aside", "own_subject", "seems_finite", "subject_of"]

JOINTS = frozenset({"and", "but", "then", ",", ";"})
OPENING = words("subjects", "opening")


def subject_of(view: SentenceView, g: VerbGroup) -> tuple[int, int] | None:
    """The noun phrase in front of a verb, or that of the verb before where none stands there."""
    finite = [v for v in view.groups if v is g or (v.form == "finite" and v.first < g.first)]
    while finite:
        verb = finite.pop()
        start = verb.first
        while start > 0 and is_adverb(view.word(start - 1)):
            start -= 1
        if view.word(start - 1) == "," and (aside := before_aside(view, start - 1)):
            return own_subject(view, aside)
        if any(p.last == start for p in view.phrases):
            return own_subject(view, start)
        joint = next((i for i in range(start - 1, max(start - 8, -1), -1) if view.word(i) in JOINTS), -1)
        before = finite[-1] if finite else None
        if joint < 0 or before is None or any(view.word(i) in OPENING for i in range(before.last, start)):
            return None
    return None


def own_subject(view: SentenceView, end: int) -> tuple[int, int] | None:
    """The subject that ends in front of a token, without the date that opens its clause; None where it is governed by a preposition."""
    region = antecedent(view, end)
    if region is None or any(m.kind in ("date", "period") and m.first <= region[0] and region[1] <= m.last for m in view.mentions):
        return None
    first = region[0]
    when = next((m for m in view.by_first.get(first, ()) if m.kind in ("date", "period") and m.last < region[1]), None)
    if when is not None:
        first = when.last  # "In 1978 | Benin lent"
    elif view.word(first - 1) in PREPOSITIONS:
        return None
    return (first, region[1]) if region[1] - first <= 14 else None


def before_aside(view: SentenceView, comma: int) -> int:
    """Where the aside between commas begins that ends at this comma: a relative clause or participle behind the subject; 0 where none does."""
    for k in range(comma - 1, 0, -1):
        if view.word(k) in (";", ":", ".", "(") or (
            view.word(k) == ","
            and view.in_group[k + 1] < 0
            and view.word(k + 1) not in OPENING | {"with", "in", "of", "for", "under", "to"} | PREPOSITIONS
            and not is_adverb(view.word(k + 1))
        ):
            return 0
        if view.word(k) == ",":
            opened = any(o.first >= k and o.first <= k + 4 for o in view.groups) or view.word(k + 1) in OPENING
            if opened and any(m.kind in ("date", "period") and m.last == k for m in view.mentions) and "," in view.words[:k]:
                continue  # "An accord, negotiated since 2009 | , initialled in 2012 and signed in 2014, was"
            return k if opened and any(p.last == k for p in view.phrases) else 0
    return 0


def behind_aside(view: SentenceView, g: VerbGroup) -> bool:
    """Whether what looks like a participle is the verb behind an aside that ends with a date: "The commission, set up in 1995, met"."""
    return g.form == "participle" and g.voice == "passive" and any(m.kind == "date" and m.last == g.first - 1 for m in view.mentions) and not any(
        v.form == "finite" and not seems_finite(view, v) for v in view.groups)


def seems_finite(view: SentenceView, g: VerbGroup) -> bool:
    """Whether a verb with one form for past and participle opens an aside: "The commission, set up in 1995, met"."""
    word = view.words[g.first]
    alike = g.last == g.first + 1 and g.voice == "active" and {"past", "pp"} <= {tag for _, tag in verb_tags(word)} and not word.endswith("ed")
    return alike and view.word(g.first - 1) == "," and any(o.first > g.last and view.word(o.first - 1) == "," for o in view.groups)
