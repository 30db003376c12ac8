"""One writer at a time: a lock beside the graph that dies with the process, and tells who holds it."""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from kg.errors import StoreError

_LOOK_AGAIN = 0.1  # seconds


@contextlib.contextmanager
def locked(directory: Path, wait: float = 0.0) -> Iterator[None]:
    """Only one process at a time is in this block for a folder. Waits at most `wait` seconds for the one that is.

    Raises `StoreError` that names the holder: process, user, since when; or for the root, beside which nothing can stand.
    """
    if not directory.name:
        raise StoreError("is the root of the disk", file=directory, remedy="choose a folder below it")
    file = directory.with_name(f".{directory.name}.lock")
    end = time.monotonic() + wait
    while True:
        handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o644)
        if not _lock(handle):
            os.close(handle)
            if time.monotonic() < end:
                time.sleep(_LOOK_AGAIN)
                continue
            until = "wait until that is done" + (" (--wait SECONDS does)" if wait else "")  # commands that never wait have no such option
            raise StoreError(f"somebody else is writing here{_holder(file)}", file=directory, remedy=f"{until}, or choose another folder")
        with contextlib.suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(handle), file.stat()):
                break
        os.close(handle)  # its holder removed the file just now: what we locked is nobody's
    with contextlib.suppress(OSError):  # a full disk: nobody will know who holds the lock, but it is held
        _sign(handle)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            file.unlink()
        os.close(handle)


def holder_of(directory: Path) -> str:
    """Who is writing to the graph, as text in brackets behind a blank; "" where nobody is."""
    file = directory.with_name(f".{directory.name}.lock")
    try:
        handle = os.open(file, os.O_RDWR)
    except OSError:
        return ""
    try:
        return "" if _lock(handle) else _holder(file) or " (nobody says who)"
    finally:
        os.close(handle)


def _sign(handle: int) -> None:
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # a container without names
        user = str(os.getuid()) if hasattr(os, "getuid") else ""
    holder = {"pid": os.getpid(), "user": user, "since": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}
    os.ftruncate(handle, 0)
    os.write(handle, json.dumps(holder).encode())


def _holder(file: Path) -> str:
    """Who signed the lock, in brackets; "" where nobody did."""
    try:
        holder = json.loads(file.read_text(encoding="utf-8"))
        return f" (process {holder['pid']} of {holder['user']}, since {holder['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _lock(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
