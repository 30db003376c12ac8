"""Rules to matches: one index over all patterns, a sentence in, matches out."""

from kg.match.index import RuleIndex
from kg.match.records import Binding, Match
from kg.match.types import event_sort
from kg.match.view import SentenceView, noun_places

__all__ = ["Binding", "Match", "RuleIndex", "SentenceView", "event_sort", "noun_places"]
