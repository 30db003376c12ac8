"""Verb groups: the verbs of a sentence with their auxiliaries, negations and catenatives.

A verb group is "has not yet signed", "is expected to be ratified", "agreed to open", "signed" (finite or participle), "to sign", "signing".
No tagger is at work: closed classes, a list of verbs with their forms, and what stands left and right of a form.
"""

from kg.words.verbs.group import VerbGroup
from kg.words.verbs.groups import find_verb_groups
from kg.words.verbs.lexicon import also_noun, catenatives, verb_tags

__all__ = ["VerbGroup", "also_noun", "catenatives", "find_verb_groups", "verb_tags"]
