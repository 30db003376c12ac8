"""When a fact that `kg` makes says what a fact marked by hand says. Same leniency as the project's scorer, on kg's own records.

A marked fact names its ``key`` roles: those must be right, without surplus values, and the status (Planned and Hypothetical
count as one). Names are right in any spelling that the gazetteer or the text has; texts and names of things where half of their
words are shared; numbers within half a percent.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from kg.gazetteer import Gazetteer
from kg.model import Concept, Entity, Fact, Span, Term, Value
from kg.terms import SYMMETRIC_KINDS, role_of

Marked = Mapping[str, Any]  # one fact of gold/*.json or of sentences.jsonl, or one of its `alt` readings

LONGEST_SPAN = 1000  # code points: evidence longer than that supports nothing in particular
SURPLUS = 2  # values more than marked that a list may hold
TOLERANCE = 0.005  # share of a number by which it may be off
NAMED_LOOSELY = {"target", "topic", "agreement", "project", "event", "body", "property", "asset"}
OTHER_SIDE = {"subject": "object", "object": "subject", "reporter": "partner", "partner": "reporter"}
WORDS_OF_ALL = frozenset(
    "treaty agreement accord convention protocol memorandum programme program plan project pipeline railway corridor joint venture "
    "commission committee council year relations cooperation".split()
)
SMALL_WORDS = frozenset("the a an of and in on for to republic with its by".split())


def normal(text: str) -> str:
    """Lower case, no accents, no punctuation, no leading article."""
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
    return re.sub(r"^the ", "", re.sub(r"[^\w]+", " ", text).strip())


def same_words(a: str, b: str) -> bool:
    """Whether two texts share half of their words (Dice), words that any such name bears not counted."""
    first, second = (set(normal(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", t)).split()) - SMALL_WORDS for t in (a, b))
    if first - WORDS_OF_ALL and second - WORDS_OF_ALL:
        first, second = first - WORDS_OF_ALL, second - WORDS_OF_ALL
    return bool(first and second) and 4 * len(first & second) >= len(first) + len(second)


class Comparer:
    """Compares facts with marked ones, by the names of one gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def names(self, term: Term) -> list[str]:
        """Every name of what a role holds."""
        if isinstance(term, Entity):
            known = self._gazetteer.entities.get(term.iri)
            return [term.label, *term.names, *((known.label, *known.names) if known else ()), term.iri.rsplit("/", 1)[-1]]
        if isinstance(term, Concept):
            spelt = self._gazetteer.concept_words(term.scheme)
            return [term.word, *(name for name, word in spelt.items() if word == term.word)]
        return [str(term)]

    def role_right(self, fact: Fact, role: str, wanted: Any) -> bool:
        """Whether the fact holds in this role what is wanted: every one of a list, in any of its `|` spellings."""
        if role in ("date", "startDate", "endDate"):
            return _date(fact, role) in str(wanted).split("|")
        terms = fact.values(role)
        known = role_of(fact.type, role)
        if not terms or known is None:
            return False
        if known.kind == "number":
            return any(_near(number, wanted) for number in _numbers(terms))
        have = [name for term in terms for name in self.names(term)]
        loose = known.kind == "text" or known.open or role in NAMED_LOOSELY or role in ("office", "indicator")
        return all(_named(str(one).split("|"), have, loose) for one in (wanted if isinstance(wanted, list) else [wanted]))

    def key_right(self, fact: Fact, role: str, wanted: Mapping[str, Any]) -> bool:
        """Whether a key role is right and holds nothing more; the sides of a symmetric fact may stand in either order."""
        if self.role_right(fact, role, wanted[role]):
            marked = wanted[role]
            return not isinstance(marked, list) or len(fact.values(role)) <= len(marked) + SURPLUS
        other = OTHER_SIDE.get(role, "")
        kinds = set(str(wanted.get("kind", "")).split("|"))
        total = fact.type == "TradeFigure" and wanted.get("flow") == "total"
        symmetric = kinds <= SYMMETRIC_KINDS if fact.type == "Relationship" else total
        return bool(symmetric and other and self.role_right(fact, other, wanted[role]))

    def agreement(self, fact: Fact, marked: Marked) -> tuple[bool, float]:
        """Whether the fact says what is marked, in the reading that fits best, and the share of key roles and status right."""
        return max((self._reading(fact, reading, marked) for reading in (marked, *marked.get("alt", ()))), default=(False, -1.0))

    def _reading(self, fact: Fact, reading: Marked, marked: Marked) -> tuple[bool, float]:
        if fact.type != reading["type"]:
            return False, -1.0
        keys = reading.get("key", list(reading["roles"]))
        keys = [k for k in keys if k != "indicator"] or keys
        right = sum(self.key_right(fact, k, reading["roles"]) for k in keys)
        status = any(_same_status(fact.status, s) for s in reading.get("status", marked["status"]).split("|"))
        return right == len(keys) and status, (right + status) / (len(keys) + 1)


def overlaps(fact: Fact, places: Sequence[Span]) -> bool:
    """Whether evidence and quote share half of the shorter of the two."""
    return any(
        min(e.end, p.end) - max(e.start, p.start) >= 0.5 * min(e.end - e.start, p.end - p.start) > 0 and e.end - e.start <= LONGEST_SPAN
        for e in fact.evidence
        for p in places
    )


def assign(fits: Mapping[int, Sequence[int]]) -> dict[int, int]:
    """A largest one-to-one assignment of marked facts (keys, best served first) to the facts that fit them."""
    taken: dict[int, int] = {}

    def place(marked: int, seen: set[int]) -> bool:
        for fact in fits[marked]:
            if fact not in seen:
                seen.add(fact)
                if fact not in taken or place(taken[fact], seen):
                    taken[fact] = marked
                    return True
        return False

    for marked in fits:
        place(marked, set())
    return {marked: fact for fact, marked in taken.items()}


def _named(alternatives: Sequence[str], have: Sequence[str], loose: bool) -> bool:
    exact = {normal(name).replace(" ", "") for name in have}
    if any(normal(a).replace(" ", "") in exact for a in alternatives):
        return True
    return loose and any(same_words(a, name) for a in alternatives for name in have)


def _numbers(terms: Iterable[Term]) -> Iterable[float]:
    for term in terms:
        if isinstance(term, Decimal):
            yield float(term)
        elif isinstance(term, Value) and term.number is not None:
            yield float(term.number)
        elif isinstance(term, str) and re.fullmatch(r"-?\d+(\.\d+)?", term):
            yield float(term)


def _near(number: float, wanted: Any) -> bool:
    return abs(number - float(wanted)) <= TOLERANCE * max(1.0, abs(float(wanted)))


def _date(fact: Fact, role: str) -> str:
    return {"date": fact.date, "startDate": fact.start_date, "endDate": fact.end_date}[role]


def _same_status(made: str, marked: str) -> bool:
    future = {"Planned", "Hypothetical"}
    return made == marked or {made, marked} <= future
