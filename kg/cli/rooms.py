"""What the build takes from the room of validation, and the report of ``kg validate``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from kg.graph import Quads, Violation, open_store, said_quads

if TYPE_CHECKING:
    from kg.contribute.decide import Makers


def find_violations(quads: Quads) -> Iterable[Violation]:
    """What breaks a shape, as the build wants it told; warnings of the shapes keep nothing out."""
    from kg.validate import validate_graph

    return [
        Violation(each.focus, each.shape, f"{each.message} - {each.remedy}" if each.remedy else each.message)
        for each in validate_graph(quads).violations
        if each.severity == "Violation"
    ]


def validation_report(graph: Path, form: str, engine: str = "auto") -> tuple[str, bool]:
    """The report on what the graph says, as text; and whether all conforms."""
    from kg.validate import render, validate_graph

    report = validate_graph(said_quads(open_store(graph)), engine=engine)
    return render(report, form), report.conforms


def makers() -> Makers:
    """What contributions take from the rooms of queries and validation."""
    from kg.contribute.decide import Makers
    from kg.queries import derive

    return Makers(derive, find_violations)
