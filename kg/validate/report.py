"""What a validation found: frozen records without RDF."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One result: a node that is not as a shape wants it.

    ``shape`` is the node shape that the node was held against; ``source`` the shape that failed: this or one of its
    property shapes; ``constraint`` the kind of constraint ("minCount", "in", "or"). ``focus`` is the node; ``label``
    and ``sentence`` are of the fact concerned, "" where there is none; ``path`` and ``value`` are shortened with the
    known prefixes. ``message`` says what is wrong, ``remedy`` what to do. ``facts`` are the IRIs of the facts that fall
    with it; none where the fault lies in the gazetteer.
    """

    shape: str
    focus: str
    source: str
    constraint: str
    path: str
    value: str
    label: str
    sentence: str
    message: str
    remedy: str
    severity: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShapeCount:
    """How many nodes a shape looked at, and how many results they gave."""

    shape: str
    focus_nodes: int
    violations: int


@dataclass(frozen=True, slots=True)
class Report:
    """The whole result: whether the graph conforms, each shape's counts (zeros too), each violation; sorted."""

    conforms: bool
    shapes: tuple[ShapeCount, ...]
    violations: tuple[Violation, ...]

    @property
    def idle_shapes(self) -> tuple[str, ...]:
        """The shapes that found nothing to look at: for them "conforms" says nothing."""
        return tuple(count.shape for count in self.shapes if not count.focus_nodes)


def violating_facts(report: Report) -> frozenset[str]:
    """The IRIs of the facts that must be kept out: those with a violation of their own, or in their evidence, activity,
    document or in an entity that only the data describe."""
    return frozenset(fact for violation in report.violations for fact in violation.facts)
