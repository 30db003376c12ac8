"""English words: inflection, verb groups, noun phrases, and the word classes that rules share."""

from kg.words.classes import WordClasses, load_classes
from kg.words.forms import forms_of, verb_forms
from kg.words.phrases import noun_phrases
from kg.words.verbs import VerbGroup, find_verb_groups

__all__ = ["VerbGroup", "WordClasses", "find_verb_groups", "forms_of", "load_classes", "noun_phrases", "verb_forms"]
