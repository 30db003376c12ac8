"""The engine of one machine: a pool of processes, which share the rules that were loaded before they were made."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kg.errors import KgError
from kg.graph.conform import Validate
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

    def write_records(self, job: Extraction, pieces: Sequence[Piece], progress: Progress) -> None:
        """Reads all pieces, each into a file of its own; then extracts part by part."""
        load_extractor(job.aliases)
        spill = Path(job.out) / SPILL
        spill.mkdir(parents=True, exist_ok=True)
        with self._pool() as submit:
            reading = [submit(_read, piece, str(spill / f"{number:06}"), job.parts) for number, piece in enumerate(pieces)]
            parts = sorted(set().union(*_results(reading, "reading", progress)))
            _results([submit(_extract, job, part, str(spill)) for part in parts], "extracting", progress)

    def write_facts(self, job: Extraction, parts: Sequence[int], agreed: AgreedNames, validate: Validate, progress: Progress) -> None:
        """Writes the facts part by part."""
        with self._pool() as submit:
            _results([submit(write_facts, job, part, agreed, validate) for part in parts], "writing", progress)

    def close(self) -> None:
        """Nothing to do: each step ends its own processes."""

    @contextmanager
    def _pool(self) -> Iterator[Callable[..., Future[set[int]]]]:
        # A forked worker needs no copy of the rules made for it; only Linux forks safely.
        context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
        pool = ProcessPoolExecutor(self.jobs or os.cpu_count() or 1, context, initializer=_begin)
        try:
            yield pool.submit
        except BrokenProcessPool:
            remedy = "run the same command again: it goes on with what is finished; fewer --jobs take less memory"
            raise KgError("a worker process was killed, perhaps for want of memory", remedy=remedy) from None
        except BaseException:
            for process in list(multiprocessing.active_children()):
                process.kill()
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _results(futures: Sequence[Future[set[int]]], what: str, progress: Progress) -> list[set[int]]:
    """What the tasks gave; the first that fails ends all."""
    for number, future in enumerate(as_completed(futures), 1):
        future.result()
        progress(what, number, len(futures))
    return [future.result() for future in futures]


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # a forked worker would answer it as the parent does
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Ends this process as soon as its parent is gone: it would wait for work for ever."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _read(piece: Piece, file: str, parts: int) -> set[int]:
    return write_spill(Path(file), read_piece(piece), parts)


def _extract(job: Extraction, part: int, spill: str) -> None:
    write_records(job, part, documents_of(read_spilled(Path(spill), part)))
