"""The peers of extraction: a bare scan for names, spaCy's matchers with the words of the same rules, spaCy's small English pipeline."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from typing import Any

from kg.cards import Choice, ClassRef, Element, Gap, Pattern, Rule, Slot, Verb, Word
from kg.match.tables import allowed_words, class_table
from kg.words import WordClasses
from kg.words.forms import verb_forms

Work = Callable[[], object]


def bare_scan(texts: Sequence[str], names: Sequence[str]) -> Work | None:
    """One Aho-Corasick pass over each text; None where ahocorasick-rs is missing."""
    try:
        from ahocorasick_rs import AhoCorasick
    except ImportError:
        return None
    automaton = AhoCorasick(names)
    return lambda: [automaton.find_matches_as_indexes(text) for text in texts]


def spacy_pipeline(texts: Sequence[str], name: str) -> Work | None:
    """The pipeline over each text; None where spaCy or the pipeline is missing."""
    try:
        nlp = importlib.import_module("spacy").load(name)
    except (ImportError, OSError):
        return None
    return lambda: [nlp(text) for text in texts]


def spacy_matchers(texts: Sequence[str], rules: Sequence[Rule], classes: WordClasses, names: Sequence[str]) -> Work | None:
    """spaCy's tokenizer, PhraseMatcher for the names and Matcher for the rules; None where spaCy is missing.

    Each pattern is a row of tokens: the forms of its words, the first words of its classes, the forms of its verbs; a slot or a gap is one token of
    any sort that may lack (with one to six, as names have them, two documents took more than ten minutes), optional parts are left out. It
    knows no mentions, clauses, voices or context, so it does less than the rules ask for.
    """
    try:
        spacy = importlib.import_module("spacy")
        matching = importlib.import_module("spacy.matcher")
    except ImportError:
        return None
    nlp = spacy.blank("en")
    nlp.max_length = 10**8
    known, matcher = matching.PhraseMatcher(nlp.vocab), matching.Matcher(nlp.vocab)
    known.add("name", list(nlp.tokenizer.pipe(names)))
    for rule in rules:
        rows = [_row(pattern, classes) for pattern in (*rule.whens, *rule.frames)]
        matcher.add(rule.name, [row for row in rows if any("LOWER" in token for token in row)])

    def work() -> int:
        return sum(len(known(doc)) + len(matcher(doc)) for doc in map(nlp.make_doc, texts))

    return work


def _row(pattern: Pattern, classes: WordClasses) -> list[dict[str, Any]]:
    """The pattern as a row of token descriptions; a choice by the words that its options begin with."""
    return [token for item in pattern for token in _tokens(item, classes)]


def _tokens(item: Element, classes: WordClasses) -> list[dict[str, Any]]:
    if isinstance(item, (Slot, Gap)):
        return [{"OP": "?"}]
    words = _words(item, classes)
    return [{"LOWER": {"IN": words}}] if words else []


def _words(item: Element, classes: WordClasses) -> list[str]:
    """The words that an element can begin with, in any form; none for a slot."""
    if isinstance(item, Word):
        return sorted(allowed_words(item)[0])
    if isinstance(item, ClassRef):
        return sorted(class_table(classes, item.name))
    if isinstance(item, Verb):
        bases = {word.split()[0] for word in item.words} | {phrase.words[0] for name in item.classes for phrase in classes.phrases(name)}
        return sorted(form for base in bases for form in verb_forms(base))
    if isinstance(item, Choice):
        return sorted({word for option in item.options for word in _words(option[0], classes)})
    return []
