"""A damaged or older graph is made anew from what it keeps: its documents' texts and its contributions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kg.contribute.decide import Makers
from kg.contribute.reading import make_extractor
from kg.errors import KgError
from kg.graph import BuildReport, read_contributions
from kg.graph.build import rebuild
from kg.graph.health import Fault
from kg.graph.lock import locked

ASIDE = ".broken"
"""The ending that a broken contribution gets when the graph is repaired without it."""


def repair(directory: Path, faults: Sequence[Fault], makers: Makers, *, leave_out: bool = False) -> BuildReport:
    """The report of the graph made anew. Broken contributions are kept aside, under another ending, where `leave_out` allows it.

    Raises `KgError` where something would be lost that `leave_out` does not allow, `StoreError` where nothing can be read again.
    """
    if not directory.is_dir():
        raise KgError("there is nothing to repair: no graph is here", file=directory, remedy="make one: kg build PATH...")
    lost = [fault for fault in faults if not fault.repairable and not fault.note]
    if lost and not leave_out:
        raise KgError(
            f"the graph cannot be made anew without loss: {lost[0].what}" + (f", and {len(lost) - 1} more" if lost[1:] else ""),
            file=lost[0].file, remedy=f"{lost[0].remedy.split(';')[0]}, or add --leave-out to go on without it",
        )
    if leave_out:
        with locked(directory.resolve()):
            _set_aside(lost)
    contributions, broken = read_contributions(directory)
    if broken:
        raise broken[0]
    extractor = make_extractor(contributions)
    return rebuild(
        directory, extractor=extractor, gazetteer=extractor.gazetteer, validate=makers.validate, derive=makers.derive,
        ontology=makers.ontology, forget=leave_out,
    )  # fmt: skip


def _set_aside(lost: Sequence[Fault]) -> None:
    for fault in lost:
        path = Path(fault.file)
        if fault.part == "contribution" and path.exists():
            path.rename(path.with_name(path.name + ASIDE))
