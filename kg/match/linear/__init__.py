"""Patterns of words in a row, matched by backtracking over one sentence.

Adverbs, brackets and quotation marks may stand between any two elements; articles and a few epithets before any slot.
"""

from kg.match.linear.matcher import LinearMatcher, TooManySteps

__all__ = ["LinearMatcher", "TooManySteps"]
