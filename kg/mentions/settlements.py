"""Places and states with the noun that says what they are: "the Indonesian city of Bandung", "the island nation of Fiji"."""

from __future__ import annotations

from kg.mentions.line import DETERMINERS, Line
from kg.mentions.words import lists

__all__ = ["add_settlements"]

_NOUNS = lists("settlements")["nouns"]
_LANDS = lists("settlements")["lands"]
_SIDES = lists("settlements")["sides"]
_LONGEST = 4  # words between the article and the noun


def add_settlements(line: Line) -> None:
    """Adds the whole of "the ... city of Bandung" as the place that it is, of "the ... nation of Fiji" as the state; to be called when places and states are found."""
    for i, word in enumerate(line.low):
        kind = "place" if word in _NOUNS else "state" if word in _LANDS else ""
        if not kind or line.cap(i) or line.word(i + 1) != "of":
            continue
        named = line.here(i + 2, (kind,))
        first = _begin(line, i)
        if named is not None and named.form == "name" and len(named.entities) == 1 and first >= 0:
            line.add(first, named.last, kind, "name", named.entities, head=word)


def _begin(line: Line, i: int) -> int:
    """Where the phrase begins whose noun stands at i; -1 where it begins with neither an article nor a name of a state."""
    k = i
    while k > 0 and i - k < _LONGEST and (line.low[k - 1] in _SIDES or line.hyphen(k - 1)):
        k -= 1
    owner = line.before(k, ("state",))
    if owner is not None and owner.form == "adjective":
        k = owner.first
        while k > 0 and line.low[k - 1] in _SIDES:
            k -= 1
    return k - 1 if line.word(k - 1) in DETERMINERS else -1
