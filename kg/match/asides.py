"""What commas, dashes or brackets part from a clause: "Chad, for its part, rejects", "Russia, he said, is", and the verb or subject past it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.match.words import words
from kg.words import VerbGroup
from kg.words.closed import DASHES, PREPOSITIONS, RELATIVES, is_adverb

if TYPE_CHECKING:
    from kg.match.view import SentenceView

__all__ = ["SENTENCE_END", "aside_start", "before_aside", "closes_parenthesis", "comma_before", "opening_dash", "verb_behind_aside"]

SENTENCE_END = frozenset({";", ":"}) | DASHES
_SAID = words("frames", "said")
_SAID_WORDS = 4  # words of "it was announced", "officials said" between commas
_OPENERS = RELATIVES | frozenset("as when while though although".split())  # what has a verb of its own
_LISTING = words("frames", "listing")
_ASIDE_BREAKS = frozenset({";", ":", "which", "who", "that"})


def comma_before(view: SentenceView, at: int, far: int, stops: frozenset[str] = frozenset()) -> int:
    """The comma less than ``far`` tokens in front of a token and of the first, no verb and no stop word between; 0 where there is none."""
    for k in range(at - 1, max(at - far, 0), -1):
        if view.words[k] == ",":
            return k
        if view.in_group[k] >= 0 or view.words[k] in stops:
            return 0
    return 0


def before_aside(view: SentenceView, at: int) -> int:
    """The token in front of which the subject of the finite verb at `at` ends: that of the comma where an aside between commas parts them."""
    if view.word(at - 1) != ",":
        return at
    comma = comma_before(view, at - 1, 12, _ASIDE_BREAKS)
    if comma > 1 and view.words[comma - 1] in ("and", "but"):
        opener = view.words[comma + 1]
        if opener in PREPOSITIONS or is_adverb(opener) or opener == "together":
            return comma  # "provided aid and, together with Norway, | supported"
    comma = comma_before(view, at - 1, 7)
    stop = next((k for k in range(comma - 1, 0, -1) if view.words[k] == ";" or view.in_group[k] >= 0), 0)
    return comma if stop and view.words[stop] == ";" and view.words[comma + 1] in PREPOSITIONS else at  # "...; Chad, | for its part, rejects"


def verb_behind_aside(view: SentenceView, i: int) -> int:
    """The finite verb right behind what two commas or dashes part from a subject that ends at i ("Kenya, as expected, | broke"); 0 where none is."""
    mark = view.word(i)
    if not (mark == "," or mark in DASHES) or i == 0 or not view.word(i - 1)[-1:].isalnum() or view.in_group[i - 1] >= 0:
        return 0
    if mark == "," and view.word(i + 1).isdigit() and view.word(i + 2) == ",":
        i += 2  # "Ana Lima, 52, a former mayor, | was named"
    relative = view.word(i + 1) in _OPENERS
    for k in range(i + 2, min(i + 25, len(view.words) - 1)):
        word = view.words[k]
        if word == mark or (mark in DASHES and word in DASHES):
            if view.begins_finite(k + 1):
                return k + 1
            if not relative and view.word(i + 1) not in _LISTING:
                return 0
        elif word in SENTENCE_END or (k - i > _SAID_WORDS and view.in_group[k] >= 0 and view.groups[view.in_group[k]].form == "finite" and not relative):
            return 0
    return 0


def closes_parenthesis(view: SentenceView, comma: int) -> bool:
    """Whether the comma closes an apposition or relative clause ("X, the head of Y, signed")."""
    for k in range(comma - 1, 0, -1):
        if view.word(k) == ",":
            if view.word(k + 2) in ("which", "whom", "whose"):
                return True  # "the mill, in which Eni holds 35 percent, has been closed"
            if view.word(k + 1) not in ("who", "which", "whose", "where", "what", "as") and any(
                    g.form == "finite" and k < g.first < comma and not any(view.word(i) in RELATIVES for i in range(k + 1, g.first)) for g in view.groups):
                return _says_aside(view, comma)  # "In Rome, they met envoys, signed a pact": what stands between the commas is a clause
            if view.word(k + 1) in PREPOSITIONS and any(
                    p.last == k and view.word(p.first - 1) in ("", ",", "and", "but", "while", "that") for p in view.phrases):
                return True  # "..., and Russia, for its part, is ready"
            if view.word(k + 1) not in PREPOSITIONS and any(
                p.last == k and view.word(p.first - 1) in ("and", "but", "while") and view.word(p.first - 2) == "," for p in view.phrases
            ):
                return True  # "..., and a Togolese fintech, Sika, is in talks"
            if view.word(k + 1) in ("of", "from") and comma - k <= 5 and view.in_group[k - 1] < 0 and all(
                    view.tokens[i].text[:1].isupper() for i in (k - 1, comma - 1)):
                return True  # "and Hochtief, of Essen, employs"
            if view.word(k + 1) in ("in", "aged", "on") and any(m.last == k and m.kind in ("person", "office") and m.entities and view.word(m.first - 1) in (
                    "", ",", "and", "but", "while", "that") for m in view.mentions):
                return True  # "The Kazakh head of state, in office since 1991, also met"
            return (
                view.word(k + 1)
                in (
                    "who",
                    "which",
                    "whose",
                    "where",
                    "what",
                    "the",
                    "a",
                    "an",
                    "then",
                    "along",
                    "together",
                    "as",
                    "like",
                    "his",
                    "its",
                    "her",
                    "former",
                    "speaking",
                    "including",
                    "among",
                    "some",
                    "most",
                    "many",
                    "all",
                    "both",
                    "each",
                    "one",
                    "chiefly",
                    "mainly",
                    "mostly",
                    "notably",
                    "namely",
                    "worth",
                    "due",
                    "still",
                    "now",
                    "once",
                    "long",
                    "first",
                    "formerly",
                    "originally",
                    "not",
                    "except",
                    "two",
                    "three",
                )
                or bool(view.by_first.get(k + 1))
                or k + 1 in view.group_at
                or _listed_before(view, k)
            )
        if view.word(k) in (";", ":"):
            return False
    return False


def _listed_before(view: SentenceView, comma: int) -> bool:
    """Whether a comma parts items of a list in an aside: "exports, mainly tea | , wool and fish,"."""
    for k in range(comma - 1, max(comma - 16, 0), -1):
        if view.words[k] in SENTENCE_END or (view.in_group[k] >= 0 and view.groups[view.in_group[k]].form == "finite"):
            return False
        if view.words[k] == "," and view.words[k + 1] in _LISTING:
            return True
    return False


def _says_aside(view: SentenceView, comma: int) -> bool:
    """Whether "X said" stands between commas, the second of them at token `comma`: "But Russia, he said, is the main partner"."""
    group = next((g for g in view.groups if g.last == comma), None)
    return group is not None and group.form == "finite" and group.lemma in _SAID and aside_start(view, group) > 0


def aside_start(view: SentenceView, group: VerbGroup) -> int:
    """The comma in front of "X said", no verb between; 0 where there is none."""
    return comma_before(view, group.first, 6)


def opening_dash(view: SentenceView, closing: int, at: int) -> int:
    """The dash that opens what the one right before token at closes ("Venezuela – a great exporter – sells"), -1 where none does."""
    if closing != at - 1:
        return -1
    for k in range(closing - 1, max(0, closing - 25), -1):
        if view.word(k) in DASHES:
            return k
        if view.word(k) in (";", ":") or (view.in_group[k] >= 0 and view.groups[view.in_group[k]].form == "finite"):
            return -1
    return -1
