"""Clause frames: `{by*:actor} !sign {agreement:agreement} [with {by*:actor}] [in {place:place}]` in every shape English gives it.

Active, passive, participle behind its noun, relative clause on the object or the subject, subject shared by coordinated predicates,
controlled infinitive, and the noun of the verb ("the signing of ... by ...", "X's visit to ..."). A frame is cut into the subject slot,
the verb, the object (a slot, or words such as "talks"), and chunks led by words (prepositions as a rule) that may stand anywhere
behind in the clause.
"""

from kg.match.frames.frame import Frame, make_frame, nominals
from kg.match.frames.matcher import FrameMatcher

__all__ = ["Frame", "FrameMatcher", "make_frame", "nominals"]
