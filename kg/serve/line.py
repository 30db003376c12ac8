"""The server's end of one worker process: start it, give it a job, await the answer, end it."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import pickle
import socket
import time
from collections.abc import Sequence
from multiprocessing.process import BaseProcess
from typing import Any

from kg.errors import KgError, StoreError
from kg.serve.limits import MemoryLimitError
from kg.serve.settings import Settings
from kg.serve.worker import LENGTH, Job, Preparation, work

_METHOD = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
_PRELOAD = ["kg.serve.app", "kg.serve.worker", "kg.serve.preloaded"]  # what every worker needs is read once, before the forks


class WorkerDied(Exception):
    """The process ended in mid-job; its exit code tells why."""


class WorkerFault(Exception):
    """A fault of the program inside of a worker, with its traceback; for the log, not for the user."""


class Line:
    """One worker and the socket to it. Not shared: whoever holds it awaits the answer before the next job."""

    def __init__(self, process: BaseProcess, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.process, self.reader, self.writer = process, reader, writer
        self.state = ""
        self.niceness = 0

    async def ask(self, job: Job) -> Any:
        """What the job returns. Raises what it raises: `KgError`, or `WorkerFault` for any other exception."""
        body = pickle.dumps(job, pickle.HIGHEST_PROTOCOL)
        self.writer.write(LENGTH.pack(len(body)) + body)
        return await self.answer()

    async def answer(self) -> Any:
        """The next message of the worker. Raises `WorkerDied` where none comes any more."""
        try:
            head = await self.reader.readexactly(LENGTH.size)
            word, value = pickle.loads(await self.reader.readexactly(LENGTH.unpack(head)[0]))
        except (asyncio.IncompleteReadError, ConnectionError):
            self.writer.close()  # and no kill: it would hide the exit code
            raise WorkerDied from None
        if word == "done":
            return value
        if word == "memory":
            raise MemoryLimitError()
        if word == "error" and isinstance(value, KgError):
            raise value
        raise WorkerFault(value)

    def processor_seconds(self) -> float:
        """The processor time that the process has used so far; where the system does not tell, the time of day."""
        try:
            return time.clock_gettime((~(self.process.pid or 0) << 3) | 2)  # Linux: the CPU clock of another process
        except (OSError, OverflowError):
            return time.monotonic()

    def yield_to_others(self, niceness: int) -> None:
        """Let other processes go first from now on."""
        self.niceness = niceness
        with contextlib.suppress(AttributeError, OSError):  # not on Windows; or the process has just died
            os.setpriority(os.PRIO_PROCESS, self.process.pid or 0, niceness)

    @property
    def usable(self) -> bool:
        """Whether the worker can take another job."""
        return not self.writer.is_closing() and not self.reader.at_eof()

    async def exit_code(self) -> int | None:
        """How the process ended, as `multiprocessing` counts (the negative number of a signal); waits for the end."""
        await asyncio.to_thread(self.process.join)
        return self.process.exitcode

    def end(self) -> None:
        """End the process at once, whatever it is doing."""
        if not self.writer.is_closing():
            self.writer.close()
        if self.process.is_alive():
            self.process.kill()


async def open_line(settings: Settings, preparations: Sequence[Preparation] = ()) -> Line:
    """A worker with the graph open, which makes these preparations before its first job if that lets it.

    Raises `StoreError` where the graph cannot be opened.
    """
    ours, theirs = socket.socketpair()
    process = await asyncio.to_thread(_start, theirs, settings, tuple(preparations))
    theirs.close()
    line = Line(process, *await asyncio.open_connection(sock=ours, limit=1 << 20))
    try:
        line.state = await line.answer()
    except WorkerDied:
        raise StoreError(f"a worker ended as it opened the graph (exit code {await line.exit_code()})",
                         remedy="allow more --memory, or build the graph anew: kg build") from None
    except BaseException:
        line.end()
        raise
    return line


def _start(theirs: socket.socket, settings: Settings, preparations: Sequence[Preparation]) -> BaseProcess:
    context = multiprocessing.get_context(_METHOD)
    if _METHOD == "forkserver":
        context.set_forkserver_preload(_PRELOAD)
    arguments = (theirs, str(settings.graph), settings.seconds, settings.memory, preparations)
    process = context.Process(target=work, args=arguments, daemon=True, name="kg worker")  # type: ignore[attr-defined]
    process.start()
    return process  # type: ignore[no-any-return]
