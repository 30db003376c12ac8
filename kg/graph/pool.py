"""Extraction in worker processes: each document within limits of time and memory, be it one or thousands."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkContext, SpawnContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Protocol

from kg.errors import DocumentError, KgError
from kg.model import Document, Fact

SECONDS = 30.0
"""What one document may take, and one second more for every 20,000 code points."""

MEMORY = 2 * 1024**3
"""Bytes of address space that one worker may take on top of what it begins with."""

_TOGETHER, _CHARACTERS = 32, 20_000  # short documents that a worker is given at once


class Extractor(Protocol):
    """What makes facts from a document."""

    def analyse(self, document: Document) -> tuple[Sequence[Fact], Sequence[object]]:
        """The facts of the document, and its sentences with figures or two actors that give no fact."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document: its facts and the number of its gaps, or the error that it failed with.

    ``rules`` is the version of the rules that it calls for (`Versions.rules_for`), "" where the extractor tells none.
    """

    document: Document
    facts: tuple[Fact, ...] = ()
    gaps: int = 0
    error: DocumentError | None = None
    rules: str = ""


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
    outcomes: dict[int, Outcome] = {}
    for index, outcome in extract_each(documents, range(len(documents)), extractor, seconds=seconds, memory=memory, jobs=jobs):
        outcomes[index] = outcome
        progress(len(outcomes))
    return [outcomes[index] for index in range(len(documents))]


def extract_each(
    documents: Sequence[Document],
    indices: Sequence[int],
    extractor: Extractor,
    *,
    seconds: float = SECONDS,
    memory: int = MEMORY,
    jobs: int | None = None,
) -> Iterator[tuple[int, Outcome]]:
    """The outcomes of the documents of these indices as they come, with their index; a document is asked for when its turn comes.

    Give the long ones first: then no worker is left with a long one at the end. In all else as `extract_all`.
    """
    workers = min(jobs or os.cpu_count() or 1, len(indices))
    return _Pool(extractor, seconds, memory).run(documents, indices, workers)


def _extract(document: Document, extractor: Extractor) -> Outcome:
    from kg.extract.versions import Versions, words_of  # here: who only asks a graph needs no extraction

    try:
        facts, gaps = extractor.analyse(document)
        versions = getattr(extractor, "versions", None)
        rules = versions.rules_for(words_of(document.text)) if isinstance(versions, Versions) else ""
        return Outcome(document, tuple(facts), len(gaps), rules=rules)
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
    """A process and what it has been given, in its order; the first is in work."""

    process: BaseProcess
    connection: Connection[object, object]
    given: deque[tuple[int, Document]]
    deadline: float = 0.0


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

    def run(self, documents: Sequence[Document], indices: Sequence[int], workers: int) -> Iterator[tuple[int, Outcome]]:
        import kg.extract.versions  # noqa: F401  # once for all that are forked: its time is no document's

        waiting = deque(indices)
        running: list[_Worker] = []
        try:
            while len(running) < workers and waiting:
                running.append(self._start(_take(waiting, documents, workers)))
            while running:
                for worker, outcome in self._finished(running):
                    index, _ = worker.given.popleft()
                    yield index, outcome
                    if worker.process.is_alive() and outcome.error is None:
                        if worker.given:
                            self._begin(worker)
                        elif waiting:
                            self._give(worker, _take(waiting, documents, workers))
                        if worker.given:
                            continue
                    running.remove(worker)
                    _stop(worker)
                    left = worker.given or (_take(waiting, documents, workers) if waiting else None)
                    if left:
                        running.append(self._start(left))
        finally:
            for worker in running:
                _stop(worker)

    def _start(self, given: deque[tuple[int, Document]]) -> _Worker:
        ours, theirs = self.context.Pipe()
        inherited = ours if self.forks else None
        arguments = (theirs, inherited, self.extractor, self.memory, self.seconds)
        process = self.context.Process(target=_work, args=arguments, daemon=True)
        process.start()
        theirs.close()
        worker = _Worker(process, ours, deque())
        self._give(worker, given)
        return worker

    def _give(self, worker: _Worker, given: deque[tuple[int, Document]]) -> None:
        worker.given = given
        self._begin(worker)
        with contextlib.suppress(OSError):  # it died between two documents: its end of the pipe tells
            worker.connection.send([document for _, document in given])

    def _begin(self, worker: _Worker) -> None:
        worker.deadline = time.monotonic() + _allowed(worker.given[0][1], self.seconds)

    def _finished(self, running: Sequence[_Worker]) -> Iterator[tuple[_Worker, Outcome]]:
        now = time.monotonic()
        ready = wait([worker.connection for worker in running], max(0.0, min(w.deadline for w in running) - now))
        for worker in list(running):
            document = worker.given[0][1]
            if worker.connection in ready or worker.connection.poll():  # it may have answered while another's outcome was in use
                yield worker, _receive(worker, document)
            elif time.monotonic() >= worker.deadline:
                worker.process.kill()
                what = f"takes more than {_allowed(document, self.seconds):.0f} seconds"
                yield worker, _failed(document, what, "split it or leave it out")


def _take(waiting: deque[int], documents: Sequence[Document], workers: int) -> deque[tuple[int, Document]]:
    """The next documents for a worker: one, or several short ones, so that it need not wait for each."""
    taken: deque[tuple[int, Document]] = deque()
    characters, most = 0, max(1, min(_TOGETHER, len(waiting) // (2 * workers)))
    while waiting and len(taken) < most and characters < _CHARACTERS:
        index = waiting.popleft()
        taken.append((index, documents[index]))
        characters += len(taken[-1][1].text)
    return taken


def _receive(worker: _Worker, document: Document) -> Outcome:
    try:
        answer = worker.connection.recv()
    except (EOFError, OSError):
        return _failed(document, "takes more memory than it may", "split it or leave it out")
    if isinstance(answer, KgError) and not isinstance(answer, DocumentError):
        raise answer
    if isinstance(answer, DocumentError):
        return Outcome(document, error=answer)
    assert isinstance(answer, tuple)
    return Outcome(document, *answer)


def _stop(worker: _Worker) -> None:
    worker.connection.close()
    worker.process.kill()
    worker.process.join()


def _work(
    connection: Connection[object, object],
    inherited: Connection[object, object] | None,
    extractor: Extractor,
    memory: int,
    seconds: float,
) -> None:
    """The life of a worker: documents in, the outcome of each out, until the other end closes."""
    if inherited is not None:
        inherited.close()  # else this worker itself would keep the other end open, and outlive a killed parent
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # a forked worker would answer it as the parent does
    with contextlib.suppress(ImportError, ValueError, OSError):  # no such limit here, or a tighter one already
        import resource

        limit = memory + _address_space()
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    with contextlib.suppress(EOFError, OSError):
        while True:
            given = connection.recv()
            assert isinstance(given, list)
            for document in given:
                _set_alarm(_allowed(document, seconds) + 5)  # should the parent be gone, nobody else ends it
                try:
                    outcome = _extract(document, extractor)
                    answer: object = outcome.error or (outcome.facts, outcome.gaps, None, outcome.rules)
                except KgError as error:
                    answer = error
                _set_alarm(0)
                connection.send(answer)


def _address_space() -> int:
    """Bytes that this process has mapped already, with all that it was forked with; 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0


def _allowed(document: Document, seconds: float) -> float:
    return seconds + len(document.text) / 20_000


def _set_alarm(seconds: float) -> None:
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)
