"""Extraction in worker processes: each document within limits of time and memory, be it one or thousands."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkContext, SpawnContext
from multiprocessing.process import BaseProcess
from typing import Protocol

from kg.errors import DocumentError, KgError
from kg.model import Document, Fact

SECONDS = 30.0
"""What one document may take, and one second more for every 20,000 code points."""

MEMORY = 2 * 1024**3
"""Bytes of address space that one worker may take."""


class Extractor(Protocol):
    """What makes facts from a document."""

    def analyse(self, document: Document) -> tuple[Sequence[Fact], Sequence[object]]:
        """The facts of the document, and its sentences with figures or two actors that give no fact."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document: its facts and the number of its gaps, or the error that it failed with."""

    document: Document
    facts: tuple[Fact, ...] = ()
    gaps: int = 0
    error: DocumentError | None = None


def extract_all(
    documents: Sequence[Document],
    extractor: Extractor,
    *,
    seconds: float = SECONDS,
    memory: int = MEMORY,
    jobs: int | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> list[Outcome]:
    """The outcome of each document, in the order given; one that fails does not stop the others.

    In `jobs` processes, by default one a core; never in this one: a page of text can hang or exhaust it as well as a book.
    Raises `KgError` where not a document but the extractor is at fault.
    """
    workers = min(jobs or os.cpu_count() or 1, len(documents))
    return _Pool(extractor, seconds, memory).run(documents, workers, progress)


def _extract(document: Document, extractor: Extractor) -> Outcome:
    try:
        facts, gaps = extractor.analyse(document)
        return Outcome(document, tuple(facts), len(gaps))
    except DocumentError as error:
        return Outcome(document, error=error)
    except KgError:
        raise
    except MemoryError:
        return _failed(document, "takes more memory than there is", "split it")
    except Exception as error:  # one document must never stop the others
        return _failed(document, f"breaks the extraction ({type(error).__name__}: {error})", "please report it")


def _failed(document: Document, what: str, remedy: str) -> Outcome:
    return Outcome(document, error=DocumentError(what, file=document.path or document.identifier, remedy=remedy))


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    connection: Connection[object, object]
    index: int
    deadline: float


class _Pool:
    """Workers that can be killed: a pool of the standard library loses its whole job with one of them."""

    def __init__(self, extractor: Extractor, seconds: float, memory: int) -> None:
        self.extractor = extractor
        self.seconds = seconds
        self.memory = memory
        # A forked worker needs no copy of the rules made for it; only Linux forks safely.
        self.forks = sys.platform == "linux"
        self.context: ForkContext | SpawnContext = (
            multiprocessing.get_context("fork") if self.forks else multiprocessing.get_context("spawn")
        )

    def run(self, documents: Sequence[Document], workers: int, progress: Callable[[int], None]) -> list[Outcome]:
        outcomes: dict[int, Outcome] = {}
        waiting = iter(range(len(documents)))
        running: list[_Worker] = []
        try:
            for index in _take(waiting, workers):
                running.append(self._start(index, documents))
            while running:
                for worker, outcome in self._finished(running, documents):
                    outcomes[worker.index] = outcome
                    progress(len(outcomes))
                    alive = worker.process.is_alive() and outcome.error is None
                    following = next(waiting, None)
                    if alive and following is not None:
                        self._give(worker, following, documents)
                        continue
                    running.remove(worker)
                    _stop(worker)
                    if following is not None:
                        running.append(self._start(following, documents))
        finally:
            for worker in running:
                _stop(worker)
        return [outcomes[index] for index in range(len(documents))]

    def _start(self, index: int, documents: Sequence[Document]) -> _Worker:
        ours, theirs = self.context.Pipe()
        inherited = ours if self.forks else None
        arguments = (theirs, inherited, self.extractor, self.memory, self.seconds)
        process = self.context.Process(target=_work, args=arguments, daemon=True)
        process.start()
        theirs.close()
        worker = _Worker(process, ours, index, 0.0)
        self._give(worker, index, documents)
        return worker

    def _give(self, worker: _Worker, index: int, documents: Sequence[Document]) -> None:
        worker.index = index
        worker.deadline = time.monotonic() + _allowed(documents[index], self.seconds)
        with contextlib.suppress(OSError):  # it died between two documents: its end of the pipe tells
            worker.connection.send(documents[index])

    def _finished(
        self, running: Sequence[_Worker], documents: Sequence[Document]
    ) -> Iterator[tuple[_Worker, Outcome]]:
        now = time.monotonic()
        ready = wait([worker.connection for worker in running], max(0.0, min(w.deadline for w in running) - now))
        for worker in list(running):
            document = documents[worker.index]
            if worker.connection in ready:
                yield worker, _receive(worker, document)
            elif time.monotonic() >= worker.deadline:
                worker.process.kill()
                what = f"takes more than {_allowed(document, self.seconds):.0f} seconds"
                yield worker, _failed(document, what, "split it or leave it out")


def _receive(worker: _Worker, document: Document) -> Outcome:
    try:
        answer = worker.connection.recv()
    except (EOFError, OSError):
        return _failed(document, "takes more memory than it may", "split it or leave it out")
    if isinstance(answer, KgError):
        raise answer
    assert isinstance(answer, Outcome)
    return answer


def _stop(worker: _Worker) -> None:
    worker.connection.close()
    worker.process.kill()
    worker.process.join()


def _take(indices: Iterator[int], count: int) -> list[int]:
    return [index for _, index in zip(range(count), indices, strict=False)]


def _work(
    connection: Connection[object, object],
    inherited: Connection[object, object] | None,
    extractor: Extractor,
    memory: int,
    seconds: float,
) -> None:
    """The life of a worker: a document in, its outcome out, until the other end closes."""
    if inherited is not None:
        inherited.close()  # else this worker itself would keep the other end open, and outlive a killed parent
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # a forked worker would answer it as the parent does
    with contextlib.suppress(ImportError, ValueError, OSError):  # no such limit here, or a tighter one already
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    with contextlib.suppress(EOFError, OSError):
        while True:
            document = connection.recv()
            assert isinstance(document, Document)
            _set_alarm(_allowed(document, seconds) + 5)  # should the parent be gone, nobody else ends it
            try:
                answer: Outcome | KgError = _extract(document, extractor)
            except KgError as error:
                answer = error
            _set_alarm(0)
            connection.send(answer)


def _allowed(document: Document, seconds: float) -> float:
    return seconds + len(document.text) / 20_000


def _set_alarm(seconds: float) -> None:
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)
