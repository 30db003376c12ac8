"""What the build takes from the room of validation, and the report of ``kg validate``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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


def validation_report(graph: Path, files: Sequence[Path], form: str) -> tuple[str, bool]:
    """The report on the files, or on what the graph says where none is given, as text; and whether all conforms."""
    from kg.validate import render, validate_files, validate_graph

    report = validate_files(files) if files else validate_graph(said_quads(open_store(graph)))
    return render(report, form), report.conforms


def makers() -> Makers:
    """What contributions take from the rooms of queries and validation."""
    from kg.contribute.decide import Makers
    from kg.queries import derive

    return Makers(derive, find_violations)
