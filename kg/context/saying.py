"""The verbs of saying, one list for speech, status and the rules of Remark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kg.context.words import read_sections
from kg.model import Token
from kg.words import VerbGroup, closed
from kg.words.verbs import verb_tags

__all__ = ["Saying", "find_saying", "saying_nouns", "saying_phrases", "saying_verbs"]


_NO_VERBS = ("noun", "no-clause", "agency")


@dataclass(frozen=True, slots=True)
class Saying:
    """A verb of saying at its place. ``name`` is its class, ``last`` the token after the whole phrase, ``objects``
    whether what its object names is said as well.
    """

    name: str
    verb: str
    last: int
    objects: bool


@cache
def _table() -> dict[str, tuple[tuple[str, tuple[str, ...], bool], ...]]:
    """First base form -> (class, further words, objects), longest first."""
    found: dict[str, list[tuple[str, tuple[str, ...], bool]]] = {}
    for name, listed in read_sections("saying").items():
        for word in listed if name not in _NO_VERBS else ():
            phrase, _, mark = word.partition("~")
            first, *rest = phrase.split("+")
            found.setdefault(first, []).append((name, tuple(rest), mark == "o"))
    return {first: tuple(sorted(entries, key=lambda e: -len(e[1]))) for first, entries in found.items()}


@cache
def saying_verbs(name: str = "") -> frozenset[str]:
    """Base forms of the verbs of one class ("say", "announce", "believe", "promise", "demand", "praise", "criticise",
    "deny"); of all classes for "". Phrases are left out.
    """
    return frozenset(
        first for first, entries in _table().items() for cls, rest, _ in entries if not rest and name in ("", cls)
    )


@cache
def saying_phrases(name: str) -> frozenset[str]:
    """The verbs and phrases of one class as `Saying.verb` gives them."""
    return frozenset(" ".join((first, *rest)) for first, entries in _table().items() for cls, rest, _ in entries if cls == name)


@cache
def saying_nouns() -> frozenset[str]:
    """Nouns for someone's words, with their plurals."""
    found: set[str] = set()
    for word in read_sections("saying")["noun"]:
        found |= {word, word + "s", word[:-1] + "ies", word[:-2] + "es"}
    return frozenset(found)


def _led(tokens: Sequence[Token], first: int, lead: tuple[str, ...]) -> Saying | None:
    """The verb of saying behind words that lead up to it: "was at pains | to stress", "went so far | as to say"."""
    i = first
    for word in lead:
        if i < len(tokens) and tokens[i].lower in ("the", "his", "her", "its", "their", "this"):
            i += 1
        if i >= len(tokens) or tokens[i].lower != word:
            return None
        i += 1
    base = next((base for base, _ in verb_tags(tokens[i].lower)), "") if i < len(tokens) else ""
    for name, rest, objects in _table().get(base, ()):
        behind = tuple(token.lower for token in tokens[i + 1 : i + 1 + len(rest)])
        if name in ("say", "announce", "praise", "criticise") and rest == behind:
            return Saying(name, " ".join((base, *rest)), i + 1 + len(rest), objects)
    return None


def _opens_clause(tokens: Sequence[Token], i: int) -> bool:
    """Whether a clause may begin at token i, behind "that": no bare noun in the singular ("held that | post until")."""
    near = [t.text for t in tokens[i : i + 2]]
    return any(not word.islower() or word.endswith("s") for word in near) or any(
        closed.is_adverb(word) or word in closed.DETERMINERS | closed.PREPOSITIONS | closed.SUBORDINATORS | _PRONOUNS for word in near[:1])


_PRONOUNS = frozenset("he she it they we i you there this these those all both no any nothing nobody everyone each such one two".split())


def find_saying(tokens: Sequence[Token], group: VerbGroup) -> Saying | None:
    """The verb of saying that this group is, None where it is none; adverbs inside a phrase are skipped."""
    for name, rest, objects in _table().get(group.lemma, ()):
        if name == "lead":
            if (led := _led(tokens, group.last, rest)) is not None:
                return led
            continue
        if name == "negated" and not group.negated:
            continue
        i = group.last
        if not rest and i < len(tokens) and tokens[i].lower in ("off", "down"):
            continue  # "wrote off the loan"
        for word in rest:
            while (
                i < len(tokens)
                and i < group.last + 5
                and tokens[i].lower != word
                and (
                    closed.is_adverb(tokens[i].lower)
                    or tokens[i].lower in ("the", "its", "their", "his", "her", "great", "deep", "likewise")
                )
            ):
                i += 1
            if i >= len(tokens) or tokens[i].lower != word:
                break
            i += 1
        else:
            if rest[-1:] == ("that",) and not _opens_clause(tokens, i):
                continue
            return Saying(name, " ".join((group.lemma, *rest)), i, objects)
    return None
