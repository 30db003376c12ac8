"""The verbs of saying, one list for speech, status and the rules of Remark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kg.context.words import read_sections
from kg.model import Token
from kg.words import VerbGroup, closed

__all__ = ["Saying", "find_saying", "saying_verbs", "saying_nouns"]


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
def saying_nouns() -> frozenset[str]:
    """Nouns for someone's words, with their plurals."""
    found: set[str] = set()
    for word in read_sections("saying")["noun"]:
        found |= {word, word + "s", word[:-1] + "ies", word[:-2] + "es"}
    return frozenset(found)


def find_saying(tokens: Sequence[Token], group: VerbGroup) -> Saying | None:
    """The verb of saying that this group is, None where it is none; adverbs inside a phrase are skipped."""
    for name, rest, objects in _table().get(group.lemma, ()):
        i = group.last
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
            return Saying(name, " ".join((group.lemma, *rest)), i, objects)
    return None
