"""Rule files to Rule records."""

from kg.cards.pattern import Choice, ClassRef, Element, Gap, Optional_, Pattern, PatternError, Slot, Start, Verb, Word, read_pattern
from kg.cards.read import Example, Given, Rule, read_rule_file, read_rules, slots_of

__all__ = [
    "Choice", "ClassRef", "Element", "Example", "Gap", "Given", "Optional_", "Pattern", "PatternError", "Rule", "Slot", "Start",
    "Verb", "Word", "read_pattern", "read_rule_file", "read_rules", "slots_of",
]
