"""The word lists of this room, read once from its ``.words`` files."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kg.words.forms import verb_forms as forms_of_verb
from kg.words.sections import read_sections

__all__ = ["Lists", "lists", "plural"]

Lists = dict[str, frozenset[str]]
_FOLDER = Path(__file__).parent
_ODD_PLURALS = {
    "memorandum": "memoranda",
    "person": "people",
    "child": "children",
    "man": "men",
    "spaceman": "spacemen",
    "head of state": "heads of state",
    "head of government": "heads of government",
    "forum": "forums",
    "memorandum of understanding": "memoranda of understanding",
    "congressman": "congressmen",
    "chairman": "chairmen",
    "spokesman": "spokesmen",
    "businessman": "businessmen",
    "statesman": "statesmen",
    "secretary of state": "secretaries of state",
    "gas": "gases",
    "work": "works",
    "attache": "attaches",
}


def plural(noun: str) -> str:
    """The plural of a noun or noun phrase (its last word, or as listed).

    >>> plural("free trade agreement"), plural("monopoly"), plural("head of state")
    ('free trade agreements', 'monopolies', 'heads of state')
    """
    odd = _ODD_PLURALS.get(noun)
    if odd:
        return odd
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return noun + "es"
    return noun + "s"


@cache
def lists(name: str) -> Lists:
    """The sections of ``<name>.words``: section name to its words, "+" read as a blank."""
    found = read_sections(_FOLDER / f"{name}.words")
    return {section: frozenset(word.replace("+", " ") for word in words) for section, words in found.items()}


@cache
def with_plurals(name: str, section: str) -> dict[str, str]:
    """Each word of a section and its plural, with the word itself (the singular)."""
    words = lists(name)[section]
    return {plural(word): word for word in sorted(words)} | {word: word for word in sorted(words)}


@cache
def verb_classes() -> tuple[frozenset[str], frozenset[str]]:
    """Forms that always end a noun phrase, and base forms and -s forms that are as often nouns."""
    table = lists("function")
    nouns = {form for word in table["noun-too"] for form in (word, plural(word))}
    return verb_forms(table["verb"]) - nouns, frozenset(nouns)


def verb_forms(verbs: frozenset[str]) -> frozenset[str]:
    """All forms of verbs given as base forms."""
    return frozenset(form for verb in verbs for form in forms_of_verb(verb))
