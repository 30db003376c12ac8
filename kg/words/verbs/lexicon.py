"""The verbs that are known, with their forms."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kg.words.forms import IRREGULAR, gerund, participle, past, third_person, verb_forms

__all__ = ["also_noun", "base_of", "catenatives", "noun_like", "told_by_some", "verb_tags"]

_FOLDER = Path(__file__).resolve().parent


def _read_words(name: str) -> list[str]:
    lines = (_FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]


@cache
def _lexicon() -> tuple[dict[str, tuple[tuple[str, str], ...]], frozenset[str]]:
    """Form -> ((base, tag), ...) with tags base, s, past, pp, ing; and the bases that are as often nouns."""
    table: dict[str, list[tuple[str, str]]] = {}
    nouns = set()
    bases = []
    for word in _read_words("verbs.words"):
        base, _, mark = word.partition("~")
        bases.append(base)
        if mark:
            nouns.add(base)
    for base in dict.fromkeys(bases + list(IRREGULAR)):
        forms = [(base, "base"), (third_person(base), "s"), (past(base), "past"), (participle(base), "pp"), (gerund(base), "ing")]
        known = {form for form, _ in forms}
        for form in verb_forms(base) - known:  # British doubling, forms of be
            forms += [(form, "ing")] if form.endswith("ing") else [(form, "past"), (form, "pp")]
        for form, tag in forms:
            entry = table.setdefault(form, [])
            if (base, tag) not in entry:
                entry.append((base, tag))
    return {form: tuple(tags) for form, tags in table.items()}, frozenset(nouns)


@cache
def told_by_some() -> frozenset[str]:
    """The verbs by which "some" and "many" tell what they think."""
    return frozenset(_read_words("telling.words"))


@cache
def catenatives() -> frozenset[str]:
    """Bases that may stand before "to" + verb in one verb group."""
    return frozenset(_read_words("catenatives.words"))


def verb_tags(word: str) -> tuple[tuple[str, str], ...]:
    """(base, tag) pairs of a lower-case word that may be a verb; empty where it is none. Tags: base, s, past, pp, ing."""
    return _lexicon()[0].get(word, ())


def noun_like() -> frozenset[str]:
    """The bases whose forms are as often nouns (visit, plan)."""
    return _lexicon()[1]


def also_noun(base: str) -> bool:
    """Whether the forms of a verb are as often nouns (visit, plan)."""
    return base in noun_like()


def base_of(word: str, *tags: str) -> str:
    return next((base for base, tag in verb_tags(word) if tag in tags), "")
