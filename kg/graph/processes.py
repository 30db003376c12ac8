"""Processes of this machine for tasks that share what their parent had loaded before they were made."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any

from kg.errors import KgError

FORKS = sys.platform == "linux"
"""Whether a process inherits what its parent has, without a copy made for it; only Linux forks safely."""

Submit = Callable[..., Future[Any]]


@contextmanager
def processes(jobs: int | None, begin: Callable[[], None] = lambda: None) -> Iterator[Submit]:
    """What takes a function with its arguments to run in one of `jobs` processes, by default one a core; they end with the block.

    `begin` is run in each of them first. Raises `KgError` where one is killed.
    """
    context = multiprocessing.get_context("fork" if FORKS else "spawn")
    pool = ProcessPoolExecutor(jobs or os.cpu_count() or 1, context, initializer=_begin, initargs=(begin,))
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


def _begin(begin: Callable[[], None]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # a forked worker would answer it as the parent does
    threading.Thread(target=_end_with_parent, daemon=True).start()
    begin()


def _end_with_parent() -> None:
    """Ends this process as soon as its parent is gone: it would wait for work for ever."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
