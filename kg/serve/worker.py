"""One worker process: it has the graph open, does one job after the other, and dies of any that breaks its limits.

While it has no job it makes itself ready: it reads what most jobs look up.

Limits hold in the process itself, whatever becomes of its parent: the kernel ends it when a job's time is up
(no Python signal handler runs inside of a query), and allocation fails past the memory limit.
"""

from __future__ import annotations

import contextlib
import pickle
import select
import signal
import socket
import struct
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import pyoxigraph as ox

from kg.errors import KgError, StoreError
from kg.graph import open_store
from kg.graph.manifest import NAME

LENGTH = struct.Struct("!Q")
"""What stands before each message on the wire: its length in bytes."""

_LONG = 0.1  # the share of a job's time that one preparation may take; who comes in mid-preparation waits for it
_GRACE = 2.0  # seconds that the parent has for killing a worker whose time is up, before the kernel does


@dataclass(frozen=True, slots=True)
class Graph:
    """The graph that a job works on. ``state`` changes when a build has swapped another graph in."""

    directory: Path
    store: ox.Store
    state: str


Job: TypeAlias = tuple[Callable[..., Any], tuple[Any, ...]]
Preparation: TypeAlias = Callable[[Graph], object]
"""A function that reads from the graph what it keeps for later calls."""


def graph_state(directory: Path) -> str:
    """What tells one built graph in this directory from the next; "" where there is none."""
    try:
        found = (directory / NAME).stat()
    except OSError:
        return ""
    return f"{found.st_ino:x}-{found.st_mtime_ns:x}-{found.st_size:x}"


def work(line: socket.socket, directory: str, seconds: float, memory: int, preparations: Sequence[Preparation] = ()) -> None:
    """Say which graph is open, then answer jobs until the line is closed; make the preparations while there is no job."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's to handle
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    limit_memory(memory)
    line.setblocking(True)
    try:
        graph = _open(Path(directory))
    except KgError as error:
        _send(line, ("error", error))
        return
    _send(line, ("done", graph.state))
    left = list(preparations)
    while True:
        while left and not _has_message(line):
            left = left[1:] if _prepare(graph, left[0], seconds) else []
        if (message := _receive(line)) is None:
            return
        signal.setitimer(signal.ITIMER_REAL, seconds + _GRACE)
        answer = _answer(graph, message)
        signal.setitimer(signal.ITIMER_REAL, 0)
        _send(line, answer)


def _open(directory: Path) -> Graph:
    """The graph, opened between two looks at its state: a swap in between means opening again."""
    while True:
        state = graph_state(directory)
        store = open_store(directory)
        if state and state == graph_state(directory):
            return Graph(directory, store, state)


def _answer(graph: Graph, message: bytes) -> tuple[str, Any]:
    try:
        function, arguments = pickle.loads(message)
        return "done", function(graph, *arguments)
    except KgError as error:
        return "error", error
    except MemoryError:
        return "memory", None
    except RuntimeError as error:
        if str(error).startswith("Corruption"):  # what Oxigraph says in mid-reading
            return "error", StoreError(f"the graph is broken ({error})", remedy="build it anew: kg build")
        return "fault", traceback.format_exc()
    except Exception:
        return "fault", traceback.format_exc()


def _prepare(graph: Graph, preparation: Preparation, seconds: float) -> bool:
    """Whether the preparation was made, in a time that nobody minds; what fails here fails again in the job that needs it."""
    begun = time.monotonic()
    with contextlib.suppress(Exception):
        preparation(graph)
    return time.monotonic() - begun < seconds * _LONG


def _has_message(line: socket.socket) -> bool:
    return bool(select.select([line], [], [], 0)[0])


def _send(line: socket.socket, answer: tuple[str, Any]) -> None:
    try:
        body = pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        body = pickle.dumps(("memory", None))
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        line.sendall(LENGTH.pack(len(body)) + body)


def _receive(line: socket.socket) -> bytes | None:
    """The next message, None when the server has gone."""
    head = _read(line, LENGTH.size)
    return _read(line, LENGTH.unpack(head)[0]) if head else None


def _read(line: socket.socket, count: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < count:
        try:
            part = line.recv(min(count - len(parts), 1 << 20))
        except ConnectionResetError:
            return None
        if not part:
            return None
        parts += part
    return bytes(parts)


def limit_memory(memory: int) -> None:
    """Bound the address space of this process to so many bytes, where the system can."""
    if sys.platform == "win32":
        return
    import resource

    with contextlib.suppress(ValueError, OSError):  # a tighter limit holds already
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
