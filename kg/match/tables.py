"""What words stand for in patterns: the forms of a word, the phrases of a class, the verbs that an element names."""

from __future__ import annotations

import re
from functools import cache

from kg.cards import Verb, Word
from kg.words import WordClasses
from kg.words.forms import forms_of

_PIECES = re.compile(r"[^\s\-/]+|[-/]")


@cache
def pieces(text: str) -> tuple[str, ...]:
    """A word of a pattern cut as the tokens of a text are: "long-term" is three."""
    if text.startswith(("'", "n't")) or text in (",", ".", ";", ":"):
        return (text,)
    parts = _PIECES.findall(text)
    if text.endswith("'s") and len(text) > 2:
        return (*_PIECES.findall(text[:-2]), "'s")
    return tuple(parts)


@cache
def class_table(classes: WordClasses, name: str) -> dict[str, tuple[tuple[frozenset[str], ...], ...]]:
    """The phrases of a class by the forms of their first token, longest first: for each token the words that may stand there."""
    table: dict[str, list[tuple[frozenset[str], ...]]] = {}
    for phrase in classes.phrases(name):
        allowed: list[frozenset[str]] = []
        for number, text in enumerate(phrase.words):
            inflects = phrase.inflects and number in (0, len(phrase.words) - 1)
            allowed += [frozenset({part}) | (forms_of(part) if inflects else frozenset()) for part in pieces(text)]
        for form in allowed[0]:
            table.setdefault(form, []).append(tuple(allowed))
    return {form: tuple(phrases) for form, phrases in table.items()}


@cache
def verb_table(classes: WordClasses, item: Verb) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The verbs that an element names, by base form, those with the longest particles first."""
    options = [tuple(word.split()) for word in item.words]
    for name in item.classes:
        options += [phrase.words for phrase in classes.phrases(name)]
    options = [(words[0], *(piece for word in words[1:] for piece in pieces(word))) for words in options]  # "give the go-ahead to"
    table: dict[str, list[tuple[str, ...]]] = {}
    for words in sorted(options, key=len, reverse=True):
        table.setdefault(words[0], []).append(words)
    return {base: tuple(found) for base, found in table.items()}


@cache
def allowed_words(item: Word) -> tuple[frozenset[str], ...]:
    """For each token that a word of a pattern covers the words that may stand there."""
    return tuple(frozenset({part}) | (forms_of(part) if item.inflects else frozenset()) for part in pieces(item.text))
