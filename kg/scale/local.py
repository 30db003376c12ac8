"""The engine of one machine: a pool of processes, which share the rules that were loaded before they were made."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, as_completed
from dataclasses import dataclass
from pathlib import Path

from kg.graph.conform import Validate
from kg.graph.processes import processes
from kg.scale.extraction import AgreedNames, Extraction, load_extractor
from kg.scale.facts import write_facts
from kg.scale.inputs import Piece
from kg.scale.reading import read_piece
from kg.scale.records import write_records
from kg.scale.rows import documents_of
from kg.scale.run import Progress
from kg.scale.spill import read_spilled, write_spill

SPILL = "beside/pages"


@dataclass(frozen=True, slots=True)
class LocalEngine:
    """Processes of this machine, by default one a core."""

    jobs: int | None = None

    def start(self, job: Extraction) -> None:
        """Loads the rules that the processes share. Raises `KgError` where they are broken."""
        load_extractor(job.aliases)

    def write_records(self, job: Extraction, pieces: Sequence[Piece], progress: Progress) -> None:
        """Reads all pieces, each into a file of its own; then extracts part by part."""
        spill = Path(job.out) / SPILL
        spill.mkdir(parents=True, exist_ok=True)
        with processes(self.jobs) as submit:
            reading = [submit(_read, piece, str(spill / f"{number:06}"), job.parts) for number, piece in enumerate(pieces)]
            parts = sorted(set().union(*_results(reading, "reading", progress)))
            _results([submit(_extract, job, part, str(spill)) for part in parts], "extracting", progress)

    def write_facts(self, job: Extraction, parts: Sequence[int], agreed: AgreedNames, validate: Validate, progress: Progress) -> None:
        """Writes the facts part by part."""
        with processes(self.jobs) as submit:
            _results([submit(write_facts, job, part, agreed, validate) for part in parts], "writing", progress)

    def close(self) -> None:
        """Nothing to do: each step ends its own processes."""


def _results(futures: Sequence[Future[set[int]]], what: str, progress: Progress) -> list[set[int]]:
    """What the tasks gave; the first that fails ends all."""
    for number, future in enumerate(as_completed(futures), 1):
        future.result()
        progress(what, number, len(futures))
    return [future.result() for future in futures]


def _read(piece: Piece, file: str, parts: int) -> set[int]:
    return write_spill(Path(file), read_piece(piece), parts)


def _extract(job: Extraction, part: int, spill: str) -> None:
    write_records(job, part, documents_of(read_spilled(Path(spill), part)))
