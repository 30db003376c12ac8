"""Context: who says a thing, whether it is so, planned, possible or denied, and what "the two countries" or "he"
means.
"""

from kg.context.clauses import Clauses, find_clauses
from kg.context.doubt import talked_of
from kg.context.dyad import Dyad, find_dyad
from kg.context.openings import opening_day
from kg.context.reader import Reader, Reading, author_of
from kg.context.references import is_inclusive, may_have, state_with
from kg.context.saying import Saying, find_saying, saying_nouns, saying_phrases, saying_verbs
from kg.context.speech import Speech, speakers_at, speech_at
from kg.context.status import ATTENDING, GOING, NOT_UNTIL, PLACING, REPORTS, UNTRUE, Status, judge_status

__all__ = [
    "ATTENDING",
    "GOING",
    "NOT_UNTIL",
    "PLACING",
    "REPORTS",
    "UNTRUE",
    "Clauses",
    "Dyad",
    "Reader",
    "Reading",
    "Saying",
    "Speech",
    "Status",
    "author_of",
    "find_clauses",
    "find_dyad",
    "find_saying",
    "is_inclusive",
    "judge_status",
    "may_have",
    "opening_day",
    "saying_nouns",
    "saying_phrases",
    "saying_verbs",
    "speakers_at",
    "speech_at",
    "state_with",
    "talked_of",
]
