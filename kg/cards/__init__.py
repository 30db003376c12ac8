"""Rule files to Rule records."""

from kg.cards.pattern import (
    Choice,
    ClassRef,
    Element,
    End,
    Gap,
    Optional_,
    Pattern,
    PatternError,
    Put,
    Slot,
    Start,
    Verb,
    Word,
    read_pattern,
)
from kg.cards.read import Example, Given, Rule, read_rule_file, read_rules, slots_of

__all__ = [
    "Choice", "ClassRef", "Element", "End", "Example", "Gap", "Given", "Optional_", "Pattern", "PatternError", "Put", "Rule", "Slot", "Start",
    "Verb", "Word", "read_pattern", "read_rule_file", "read_rules", "slots_of",
]
