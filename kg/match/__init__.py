"""Rules to matches: one index over all patterns, a sentence in, matches out."""

from kg.match.index import RuleIndex
from kg.match.records import Binding, Match
from kg.match.view import SentenceView

__all__ = ["Binding", "Match", "RuleIndex", "SentenceView"]
