"""Where a name or a reference stands in its sentence: behind a preposition, as the object of its verb."""

from __future__ import annotations

from kg.context.clauses import Clauses
from kg.model import Mention
from kg.words import closed

__all__ = ["behind_preposition", "is_object"]


def behind_preposition(first: int, low: list[str]) -> bool:
    """Whether a name that begins here stands behind a preposition of its own phrase."""
    for i in range(first - 1, max(-1, first - 8), -1):
        if closed.ends_date(low[i]):
            return False
        if low[i] in closed.PREPOSITIONS:
            return True
        if low[i] in closed.PUNCTUATION or low[i] in closed.CONJUNCTIONS:
            return False
    return False


def is_object(m: Mention, low: list[str], clauses: Clauses) -> bool:
    """Whether a reference stands behind the verb of its clause and neither acts itself nor owns what follows."""
    behind = next((i for i in range(m.last, len(low)) if not closed.is_adverb(low[i])), len(low))
    acts = any(g.form == "finite" and g.first in (m.last, behind) for g in clauses.groups)
    return not acts and low[m.last : m.last + 1] != ["'s"] and any(g.form == "finite" and g.last <= m.first for g in clauses.groups)
