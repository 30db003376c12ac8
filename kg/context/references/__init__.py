"""What "he", "the two countries", "his Russian counterpart", "the facility" mean: the nearest named thing that fits,
or nothing.
"""

from kg.context.references.constitution import may_have, state_with
from kg.context.references.read import References
from kg.context.references.speakers import FIRST_PERSON, SECOND_PERSON, is_deed, is_inclusive

__all__ = ["FIRST_PERSON", "SECOND_PERSON", "References", "is_deed", "is_inclusive", "may_have", "state_with"]
