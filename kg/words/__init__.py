"""English words: inflection, verb groups, noun phrases, and the word classes that rules share."""

from kg.words.classes import WordClasses, load_classes
from kg.words.forms import forms_of, verb_forms
from kg.words.phrases import noun_phrases
from kg.words.spelling import SMALL_WORDS, fold_name, search_key, slug_of
from kg.words.verbs import VerbGroup, find_verb_groups

__all__ = [
    "SMALL_WORDS", "VerbGroup", "WordClasses", "find_verb_groups", "fold_name", "forms_of", "load_classes", "noun_phrases", "search_key", "slug_of",
    "verb_forms",
]  # fmt: skip
