"""The pattern language of rule files: text to a tree of elements.

    {role:type}      a slot; {role*:type} a list, all in one fact; {role+:type} a list, one fact for each; {:type} fills no role;
                     {-role:type} a number counted negative; {role=word} stands for no words and puts `word` into the role
    &part            any alternative of a part (a card `part NAME` with lines `is PATTERN` in a rule file)
    word  @word      the word as it stands; every form of the word
    %class           any phrase of a word class, in every form
    !verb  !%class   a whole verb group with this head, active ("has not yet signed"); !verb.passive the passive, !verb.any both, !verb.not only negated
    a|b  (a b|c)     alternatives
    [x]              optional
    ..  ...          a gap of up to 4 words inside a phrase; of up to 10 words inside a clause
    ^  $             the beginning of the sentence; its end
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

TEXT_TYPES = frozenset({"np", "matter", "phrase", "clause", "rest", "words"})
SLOT_TYPES = TEXT_TYPES | frozenset(
    ["state", "land", "demonym", "actor", "person", "name", "org", "company", "place", "agreement", "project", "undertaking", "panel", "holding", "gift", "goods", "facility", "thing", "body", "event", "group", "office", "sector", "field", "fields", "indicator", "date", "money", "percent", "number", "quantity", "duration", "ordinal", "amount", "figure", "times", "states", "quote", "counted", "holder", "institution", "offices", "official", "gathering", "occasion", "festivity", "anniversary", "treaty", "programme", "moment", "until", "since", "premises", "tally", "countable", "distance", "power", "extent", "weight", "firm", "owner", "people"]
)


@dataclass(frozen=True, slots=True)
class Word:
    """A literal word, or every form of it."""

    text: str
    inflects: bool = False


@dataclass(frozen=True, slots=True)
class ClassRef:
    """Any phrase of a word class."""

    name: str


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb group: base forms (possibly with a particle: "call for") or a class, and a voice: active, passive, any; or "not": negated."""

    words: tuple[str, ...]
    classes: tuple[str, ...]
    voice: str = "active"


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a mention, a value or text. ``many``: "", "*" (one fact), "+" (one fact each)."""

    role: str
    type: str
    many: str = ""
    negative: bool = False


@dataclass(frozen=True, slots=True)
class Put:
    """No words of the text: puts ``word`` into ``role`` where the pattern gets here."""

    role: str
    word: str


@dataclass(frozen=True, slots=True)
class Optional_:
    """Elements that may be absent."""

    items: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several sequences."""

    options: tuple[tuple[Element, ...], ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to ``most`` words that are not looked at; ``inside`` "phrase" or "clause"."""

    most: int
    inside: str


@dataclass(frozen=True, slots=True)
class Start:
    """The beginning of the sentence."""


@dataclass(frozen=True, slots=True)
class End:
    """The end of the sentence, before its full stop."""


Element = Word | ClassRef | Verb | Slot | Put | Optional_ | Choice | Gap | Start | End
Pattern = tuple[Element, ...]


class PatternError(ValueError):
    """What is wrong with a pattern, in words."""


_TOKEN = re.compile(r"\s*(\{[^{}]*\}|\[|\]|\(|\)|\||\.\.\.|\.\.|\^|![^\s\[\](){}|]+|[@%]?[^\s\[\](){}|]+)")
_PUT = re.compile(r"\{([A-Za-z]+)=([A-Za-z0-9._-]+)\}$")
_PART = re.compile(r"&([a-z][a-z0-9-]*)")
_SLOT = re.compile(r"\{(-?)([A-Za-z]*)([*+]?):([a-z]+)\}$")


def expand_parts(text: str, parts: Mapping[str, Sequence[str]]) -> str:
    """The text of a pattern with the alternatives of its parts in place of `&part`. Raises PatternError for an unknown part."""
    def alternatives(found: re.Match[str]) -> str:
        if found.group(1) not in parts:
            raise PatternError(f"the part {found.group()!r} is unknown; known are {', '.join(sorted(parts)) or 'none'}")
        return f"({'|'.join(map(_grouped, parts[found.group(1)]))})"

    return _PART.sub(alternatives, text)


@cache
def _grouped(text: str) -> str:
    """The text with brackets around each `a|b` outside of brackets: an alternative within an alternative."""
    out, depth, start = [], 0, 0
    for at, char in enumerate(f"{text} "):
        depth += (char in "([{") - (char in ")]}")
        if depth == 0 and char.isspace():
            word, inner = text[start:at], 0
            outer = False
            for sign in word:
                inner += (sign in "([{") - (sign in ")]}")
                outer |= sign == "|" and inner == 0
            out.append(f"({word})" if outer else word)
            start = at + 1
    return " ".join(out)


def read_pattern(text: str, parts: Mapping[str, Sequence[str]] | None = None) -> Pattern:
    """The elements of a pattern. Raises PatternError with what is wrong."""
    tokens: list[str] = []
    at = 0
    text = expand_parts(text.strip(), parts or {})
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise PatternError(f"cannot read {text[at:at + 20]!r}")
        tokens.append(match.group(1))
        at = match.end()
    items, rest = _sequence(tokens, 0, "")
    if rest != len(tokens):
        raise PatternError(f"unexpected {tokens[rest]!r}")
    if not items:
        raise PatternError("the pattern is empty")
    return items


def _sequence(tokens: list[str], at: int, closing: str) -> tuple[tuple[Element, ...], int]:
    """Elements up to the closing bracket; a `|` between single elements makes alternatives of its two neighbours."""
    items: list[Element] = []
    while at < len(tokens):
        token = tokens[at]
        if token in ("]", ")") or (token == "|" and closing == ")"):
            break
        if token == "|":
            if not items or at + 1 >= len(tokens):
                raise PatternError("`|` needs something on both sides")
            right, at = _element(tokens, at + 1)
            left = items.pop()
            options = left.options if isinstance(left, Choice) and all(len(o) == 1 for o in left.options) else ((left,),)
            items.append(Choice((*options, (right,))))
            continue
        item, at = _element(tokens, at)
        items.append(item)
    return tuple(items), at


def _element(tokens: list[str], at: int) -> tuple[Element, int]:
    token = tokens[at]
    if token == "[":
        items, at = _sequence(tokens, at + 1, "]")
        if at >= len(tokens) or tokens[at] != "]":
            raise PatternError("a `[` is not closed")
        if not items:
            raise PatternError("`[]` holds nothing")
        return Optional_(items), at + 1
    if token == "(":
        options: list[tuple[Element, ...]] = []
        while True:
            items, at = _sequence(tokens, at + 1, ")")
            if not items:
                raise PatternError("an alternative is empty")
            options.append(items)
            if at >= len(tokens):
                raise PatternError("a `(` is not closed")
            if tokens[at] == ")":
                return Choice(tuple(options)), at + 1
    if token.startswith("{"):
        put = _PUT.match(token)
        if put is not None:
            return Put(put.group(1), put.group(2)), at + 1
        match = _SLOT.match(token)
        if match is None:
            raise PatternError(f"{token} is no slot: write {{role:type}}, {{role*:type}} or {{role+:type}}")
        negative, role, many, kind = match.groups()
        if kind not in SLOT_TYPES:
            raise PatternError(f"the slot type {kind!r} is unknown; known are {', '.join(sorted(SLOT_TYPES))}")
        return Slot(role, kind, many, bool(negative)), at + 1
    if token in ("]", ")", "|"):
        raise PatternError(f"unexpected {token!r}")
    if token == "...":
        return Gap(10, "clause"), at + 1
    if token == "..":
        return Gap(4, "phrase"), at + 1
    if token == "^":
        return Start(), at + 1
    if token == "$":
        return End(), at + 1
    if token.startswith("!"):
        body, _, voice = token[1:].partition(".")
        if voice not in ("", "active", "passive", "any", "not"):
            raise PatternError(f"the voice {voice!r} is unknown: write .active, .passive, .any or .not")
        words: list[str] = []
        classes: list[str] = []
        for part in body.split("/"):
            (classes if part.startswith("%") else words).append(part.lstrip("%").replace("_", " "))
        return Verb(tuple(words), tuple(classes), voice or "active"), at + 1
    if token.startswith("%"):
        return ClassRef(token[1:]), at + 1
    if token.startswith("@"):
        return Word(token[1:].lower(), inflects=True), at + 1
    return Word(token.lower()), at + 1
