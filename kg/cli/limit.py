"""A limit on the time that a command may take."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator
from types import FrameType

from kg.errors import KgError


@contextlib.contextmanager
def at_most(seconds: int) -> Iterator[None]:
    """Ends the block with a `KgError` after so many seconds; 0 is no limit. Only where the system has alarms, on the main thread."""
    if seconds <= 0 or not hasattr(signal, "SIGALRM"):
        yield
        return

    def stop(signum: int, frame: FrameType | None) -> None:
        raise KgError(f"took longer than {seconds} s", remedy="hand in less at a time, or give it more: --seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
