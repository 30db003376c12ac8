"""Noun phrases by closed classes: a run of words without verb, preposition, conjunction or punctuation."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kg.model import Token
from kg.words import closed
from kg.words.verbs import VerbGroup

_DUG = frozenset(
    "oil gas water exploration appraisal first second third fourth fifth new another deep a the test production exploratory".split()
)  # in front of a "well" in the ground
_STOPS = (closed.PREPOSITIONS | closed.CONJUNCTIONS | closed.PUNCTUATION | closed.RELATIVES
          | frozenset(["when", "while", "because", "if", "although", "though", "whether"])) - {"-", "/", "'", "&"}


_SENTENCE_ADVERBS = frozenset({"early", "only"})
_COMPASS = frozenset("north south east west northeast northwest southeast southwest upstream downstream".split())
_PRONOUNS = frozenset({"i", "we", "you", "he", "she", "it", "they"})


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """A base noun phrase: token indices, last exclusive, determiner included; ``head`` is the index of its last word."""

    first: int
    last: int

    @property
    def head(self) -> int:
        return self.last - 1


# Nouns that a number or letter behind them tells apart: "Phase I", "Unit 3".
NUMBERED = frozenset(
    "phase phases stage unit units block line lot section part package tranche reactor war chapter annex volume category class level tier".split()
)


def is_numeral(tokens: Sequence[Token], i: int) -> bool:
    """Whether the "I" at token i is a Roman number: "Phase I of the metro"."""
    return tokens[i].text == "I" and i > 0 and tokens[i - 1].lower in NUMBERED


def noun_phrases(
    tokens: Sequence[Token], groups: Sequence[VerbGroup], solid: Sequence[tuple[int, int]] = (), begun: Collection[int] = ()
) -> tuple[NounPhrase, ...]:
    """The base noun phrases of a sentence in order; a `solid` stretch (a name of several words) is never cut, at
    a `begun` token one always begins."""
    inside = [False] * (len(tokens) + 1)
    kept = [False] * (len(tokens) + 1)
    for first, last in solid:
        for i in range(first, last):
            kept[i] = True
    for group in groups:
        for i in range(group.first, group.last):
            if not kept[i]:
                inside[i] = True
    out: list[NounPhrase] = []
    opening = {first for first, _ in solid}  # "As at 31 March 2016 | the centre"
    start = -1
    for i, token in enumerate(tokens):
        word = token.lower
        sunk = word == "well" and i > 0 and tokens[i - 1].lower in _DUG
        stop = not kept[i] and (
            inside[i]
            or word in _STOPS
            or (closed.is_adverb(word) and not sunk and word not in ("all", "most", "more", "both", "each", "first", "here", "there"))
        )
        if word == "'s" and start >= 0:
            stop = False
        if word == "–" and start >= 0 and i + 1 < len(tokens) and tokens[i - 1].end == token.start and token.end == tokens[i + 1].start:
            stop = False  # "the Astana–Vilnius flight"
        if word.endswith("ly") and token.text[:1].isupper() and i > 0 and stop and not inside[i] and word[:-2] + "ly" not in _SENTENCE_ADVERBS:
            stop = False  # the firm Geely
        if (
            word in _COMPASS
            and start >= 0
            and i + 1 < len(tokens)
            and tokens[i + 1].lower == "of"
            and tokens[i - 1].lower not in closed.DETERMINERS
            and not kept[i]
        ):
            stop = True  # "the plant | north of | Poti"
        if stop:
            if start >= 0:
                out.append(NounPhrase(start, i))
            start = -1
        elif start < 0:
            start = i
        elif word in _PRONOUNS and not kept[i] and token.text not in ("IT", "US") and not is_numeral(tokens, i):
            out.append(NounPhrase(start, i))  # "the contract | we signed"
            start = i
        elif i in begun:
            out.append(NounPhrase(start, i))  # "After the flood of 2004 | Turkey gave"
            start = i
        elif (
            word in closed.DETERMINERS
            and (not kept[i] or i in opening)
            and word not in ("other", "such", "many", "few", "most", "several", "various", "certain", "numerous", "both", "all")
        ):
            out.append(NounPhrase(start, i))
            start = i
    if start >= 0:
        out.append(NounPhrase(start, len(tokens)))
    return tuple(out)
