"""A pool of worker processes: a job that takes long leaves its place to the next and runs on beside.

Of the jobs of strangers only so many run on, at low priority, and one that works long while they do is refused; so slow
queries delay neither each other nor the quick ones. A worker whose job breaks a limit is ended and replaced. When a build
has swapped a new graph in, the workers that have the old one open are replaced as well.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar

from kg.errors import StoreError
from kg.serve.limits import BusyError, CrashError, MemoryLimitError, TimeLimitError
from kg.serve.line import Line, WorkerDied, open_line
from kg.serve.settings import Settings
from kg.serve.worker import Graph, Job, Preparation, graph_state

_STRANGER, _SLOW = 5, 15  # niceness; at 19 a busy machine would give a slow job no time at all
_OPENINGS = 3

P = ParamSpec("P")
T = TypeVar("T")


class Pool:
    """Runs functions on the graph. `start` before use, `stop` after it, both in the loop that uses it.

    Jobs are `trusted` where they are known to end; other processes go before those of strangers. New workers make the
    `preparations` while they have no job.
    """

    def __init__(self, settings: Settings, trusted: bool, preparations: Sequence[Preparation] = ()) -> None:
        self.settings, self.trusted, self.preparations = settings, trusted, preparations
        self._places = asyncio.Semaphore(settings.workers)
        self._idle: list[Line] = []
        self._all: set[Line] = set()
        self._slow = 0
        self._waiting = 0
        self._tasks: set[asyncio.Task[Any]] = set()
        self._stopped = False

    async def start(self) -> None:
        """Open the graph. Raises `StoreError` where there is none, or none that can be read."""
        self._idle.append(await self._open())
        for _ in range(self.settings.workers - 1):
            self._refill()

    def renew(self) -> None:
        """Replace the idle workers that have the graph of an earlier build open, before a job has to wait for it."""
        state = self.state
        stale = [line for line in self._idle if state and line.state != state]
        self._idle = [line for line in self._idle if line not in stale]
        for line in stale:
            self._drop(line)
            self._refill()

    async def stop(self) -> None:
        """End all workers, and wait for their end."""
        self._stopped = True
        lines = list(self._all)
        for line in lines:
            self._drop(line)
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def state(self) -> str:
        """What tells the graph of this moment from the one of another build ("" while there is none)."""
        return graph_state(self.settings.graph)

    async def call(self, function: Callable[Concatenate[Graph, P], T], *args: P.args, **none: P.kwargs) -> T:
        """What `function(graph, *args)` returns, called in a worker.

        The function stands at the top of a module, and arguments and answer can be pickled. It may ask the store as
        often as it likes: one call for a page is cheaper than one for each of its queries.

        Raises the function's own `KgError`; `TimeLimitError`, `MemoryLimitError` when it was stopped, `BusyError` when
        too much else goes on, `StoreError` when the graph cannot be read.
        """
        assert not none, "keyword arguments do not reach the worker"
        state, job = self.state, (function, args)
        try:
            return await self._try(job)  # type: ignore[no-any-return]
        except StoreError:
            if self.state == state:
                raise
            return await self._try(job)  # type: ignore[no-any-return]  # it was swapped under our feet

    async def _try(self, job: Job) -> Any:
        """What the job returns; a worker that somebody killed costs a second try."""
        for _ in range(2):
            died = await self._run(job)
            if not isinstance(died, _Died):
                return died
            if died.exit_code == -signal.SIGABRT:  # what Rust and C++ do when they get no memory
                raise MemoryLimitError()
            if died.exit_code == -getattr(signal, "SIGALRM", signal.SIGABRT):
                raise TimeLimitError(self.settings.seconds)
        raise CrashError("the query broke off its worker process", remedy="nest it less deeply; if that is not it, please report it")

    async def _run(self, job: Job) -> Any:
        """What the job returns, or how its worker died of it."""
        await self._enter()
        turn = _Turn(self)
        line: Line | None = None
        try:
            line = await self._take()
            answer = asyncio.ensure_future(line.ask(job))
            try:
                return await self._await(answer, line, turn)
            except WorkerDied:
                return _Died(await line.exit_code())
            finally:
                if not answer.done():
                    answer.cancel()
                    line.end()
        finally:
            turn.leave()
            if line is not None:
                self._give_back(line)

    async def _await(self, answer: asyncio.Future[Any], line: Line, turn: _Turn) -> Any:
        settings, loop = self.settings, asyncio.get_running_loop()
        end, used = loop.time() + settings.seconds, line.processor_seconds()
        while not answer.done() and loop.time() < end:
            await asyncio.wait({answer}, timeout=min(settings.patience, end - loop.time()))
            if not answer.done() and not turn.slow:
                self._make_way(line, turn, line.processor_seconds() - used)
        if answer.done():
            return await answer
        raise TimeLimitError(settings.seconds)

    def _make_way(self, line: Line, turn: _Turn, used: float) -> None:
        """Let the next job begin, or refuse this one: if it works hard (and not just waits for the processor) it must."""
        if self._slow < self.settings.slow:
            turn.make_way()
            if not self.trusted:
                line.yield_to_others(_SLOW)
            self._refill()
        elif not self.trusted and used >= self.settings.patience:
            raise BusyError("the query takes long, and other long ones are running already",
                            remedy="try again in a few seconds, or name a type, a state or a date in it")

    async def _enter(self) -> None:
        if self._waiting >= self.settings.waiting:
            raise BusyError("too many queries are waiting", remedy="try again in a few seconds")
        self._waiting += 1
        try:
            await self._places.acquire()
        finally:
            self._waiting -= 1

    async def _take(self) -> Line:
        """An idle worker that has the graph of this moment open, else a new one."""
        state = self.state
        while self._idle:
            line = self._idle.pop()
            if line.usable and line.state in {state, state or line.state}:
                return line
            self._drop(line)
        return await self._open()

    async def _open(self) -> Line:
        line = await self._start_line()
        if not self.trusted:
            line.yield_to_others(_STRANGER)
        self._all.add(line)
        return line

    async def _start_line(self) -> Line:
        """A new worker; one that died while it opened the graph, near its limit of memory, is followed by another."""
        for _ in range(_OPENINGS - 1):
            with contextlib.suppress(StoreError):
                return await open_line(self.settings, self.preparations)
        return await open_line(self.settings, self.preparations)

    def _give_back(self, line: Line) -> None:
        fresh = line.niceness == (0 if self.trusted else _STRANGER)
        current = line.state in {self.state, self.state or line.state}
        if line.usable and fresh and current and not self._stopped and len(self._idle) < self.settings.workers:
            self._idle.append(line)
        else:
            self._drop(line)
            self._refill()

    def _drop(self, line: Line) -> None:
        self._all.discard(line)
        line.end()
        self._later(line.exit_code())

    def _refill(self) -> None:
        """Start a worker in the background, so that the next job finds one."""
        if not self._stopped:
            self._later(self._add_idle())

    async def _add_idle(self) -> None:
        busy = len(self._all) - len(self._idle) - self._slow
        if self._stopped or len(self._idle) + busy >= self.settings.workers:
            return
        with contextlib.suppress(StoreError):  # the next job says so
            self._give_back(await self._open())

    def _later(self, work: Coroutine[Any, Any, Any]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _leave(self, slow: bool) -> None:
        if slow:
            self._slow -= 1
        else:
            self._places.release()


@dataclass(frozen=True, slots=True)
class _Died:
    """How a worker ended in mid-job."""

    exit_code: int | None


class _Turn:
    """A job's place among the quick ones, until it makes way for the next."""

    def __init__(self, pool: Pool) -> None:
        self.pool, self.slow = pool, False

    def make_way(self) -> None:
        self.slow = True
        self.pool._slow += 1
        self.pool._places.release()

    def leave(self) -> None:
        self.pool._leave(self.slow)
