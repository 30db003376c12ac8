"""The states that a text may mean by where they lie or what they are: "the Andean country", "the Gulf emirate"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

__all__ = ["region_end", "states_called"]

_LONGEST = 3  # words of an entry


@cache
def _regions() -> dict[tuple[str, ...], frozenset[str]]:
    found: dict[tuple[str, ...], set[str]] = {}
    for line in (Path(__file__).parent / "regions.words").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, states = line.partition(":")
            found.setdefault(tuple(name.replace("'s", " 's").replace("-", " - ").replace("+", " ").split()), set()).update(states.split())
    return {name: frozenset(states) for name, states in found.items()}


def region_end(low: Sequence[str], i: int) -> int:
    """The token behind the name of a region or a kind of state that begins at token i; i where none stands there.

    >>> region_end(["the", "west", "african", "country"], 1), region_end(["the", "country"], 1)
    (3, 1)
    """
    for size in range(min(_LONGEST, len(low) - i), 0, -1):
        if tuple(low[i : i + size]) in _regions():
            return i + size
    return i


def states_called(low: Sequence[str]) -> frozenset[str] | None:
    """The states (the ends of their addresses) that all regions and kinds among these words fit; None where there are none.

    >>> sorted(states_called("the baltic country".split())), states_called(["the", "country"])
    (['estonia', 'latvia', 'lithuania'], None)
    """
    found: frozenset[str] | None = None
    i = 0
    while i < len(low):
        end = region_end(low, i)
        if end > i:
            states = _regions()[tuple(low[i:end])]
            found = states if found is None else found & states
        i = max(end, i + 1)
    return found
