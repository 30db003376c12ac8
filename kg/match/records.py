"""What the matcher gives: matches with their bound slots."""

from __future__ import annotations

from dataclasses import dataclass

from kg.cards import Rule
from kg.model import Mention
from kg.words import VerbGroup


@dataclass(frozen=True, slots=True)
class Binding:
    """What one slot caught: mentions, or words of the text, at token range [first, last)."""

    role: str
    type: str
    many: str
    negative: bool
    first: int
    last: int
    items: tuple[Mention | str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """One match of one rule in one sentence. Token indices; ``anchor`` is the token range that carries the meaning."""

    rule: Rule
    first: int
    last: int
    bindings: tuple[Binding, ...]
    anchor: tuple[int, int]
    group: VerbGroup | None = None
    way: str = "when"
    reached: int = 0
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """A partial match on the way through a pattern."""

    bindings: tuple[Binding, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    anchor: tuple[int, int] | None = None
    group: VerbGroup | None = None

    def add(self, first: int, last: int, *, binding: Binding | None = None, anchor: tuple[int, int] | None = None,
            group: VerbGroup | None = None) -> State:
        """This state with one more element matched at [first, last)."""
        spans = (*self.spans, (first, last)) if last > first else self.spans
        bindings = (*self.bindings, binding) if binding is not None else self.bindings
        keep = self.anchor if self.group is not None or (self.anchor is not None and group is None) else None
        return State(bindings, spans, keep or anchor or self.anchor, self.group or group)
