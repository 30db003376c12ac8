"""What a build did, for its closing table and for the quarantine file."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path

from kg.errors import KgError


@dataclass(frozen=True, slots=True)
class Violation:
    """What validation says of one node: which shape it breaks, and what to do about it."""

    focus: str
    shape: str
    message: str


@dataclass(frozen=True, slots=True, order=True)
class Rejected:
    """A fact that was kept out. ``rule`` made it, ``quote`` is its evidence, ``focus`` the node at fault."""

    document: str
    fact: str
    type: str
    label: str
    rule: str
    quote: str
    focus: str
    shape: str
    message: str


@dataclass(frozen=True, slots=True)
class BuildReport:
    """The outcome of a build that made a graph.

    ``failures`` are the documents and contributions that were left out, ``warnings`` what is worth knowing though
    nothing was lost. ``gaps`` counts sentences with figures or two actors and no fact.
    """

    graph: Path
    documents: tuple[str, ...]
    facts: Counter[str]
    entities_known: int
    entities_new: int
    rejected: tuple[Rejected, ...] = ()
    failures: tuple[KgError, ...] = ()
    warnings: tuple[str, ...] = ()
    contributions: int = 0
    gaps: int = 0
    quads: int = field(default=0)

    @property
    def exit_status(self) -> int:
        """1 where something was left out, else 0."""
        return 1 if self.failures or self.rejected else 0

    def table(self) -> str:
        """The closing table."""
        rows = [
            ("documents", len(self.documents)), ("contributions", self.contributions), ("facts", self.facts.total()),
            *((f"  {name}", count) for name, count in sorted(self.facts.items(), key=lambda item: (-item[1], item[0]))),
            ("entities of the gazetteer", self.entities_known), ("entities new", self.entities_new),
            ("violations (kept out)", len({each.fact for each in self.rejected})),
            ("sentences with figures or two actors, no fact", self.gaps), ("statements in the graph", self.quads),
        ]  # fmt: skip
        width = max(len(name) for name, _ in rows)
        return "".join(f"{name:<{width}}  {count:>8,}\n" for name, count in rows)


def quarantine_text(rejected: tuple[Rejected, ...]) -> str:
    """The quarantine file: JSON, sorted."""
    return json.dumps([asdict(each) for each in sorted(rejected)], indent=1, ensure_ascii=False) + "\n"
