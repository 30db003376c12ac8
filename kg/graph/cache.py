"""What a build need not do again: an SQLite file of checked entries beside the store, kept from build to build.

    graph/cache.sqlite    entries by the hash of all that they depend on

An entry that is damaged counts as absent, a file that is none is begun anew: at worst a build takes longer. What was put in stands
after a kill, all but the last second. Entries that builds no longer ask for go when the file has outgrown its bound.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
import time
from pathlib import Path
from types import TracebackType

from kg.errors import StoreError

NAME = "cache.sqlite"

_FORMAT = 1
_BOUND = 64 * 1024**2  # bytes that unused entries may take besides as much as the last build used
_CHECK = 8  # bytes of the hash in front of each entry
_COMMIT_SECONDS = 1.0


class Cache:
    """The entries of one file; `get` and `put` by key. Use it in a `with` block, one at a time."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._since = time.monotonic()
        self._used: set[bytes] = set()
        try:
            self._open()
        except sqlite3.DatabaseError:
            self._begin_anew()

    def _open(self) -> None:
        self._connection = sqlite3.connect(self._file, isolation_level=None)
        run = self._connection.execute
        run("PRAGMA synchronous = OFF")  # entries are checked; it is the graph that must be safe on the disk
        run("PRAGMA locking_mode = EXCLUSIVE")
        if run("PRAGMA user_version").fetchone()[0] != _FORMAT:
            run("DROP TABLE IF EXISTS entry")
            run("CREATE TABLE entry (key BLOB PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID")
            run(f"PRAGMA user_version = {_FORMAT}")
        run("SELECT key FROM entry LIMIT 1").fetchall()
        run("BEGIN")

    def _begin_anew(self) -> None:
        with contextlib.suppress(AttributeError, sqlite3.Error):
            self._connection.close()
        for file in (self._file, self._file.with_name(f"{self._file.name}-journal")):
            file.unlink(missing_ok=True)
        try:
            self._open()
        except sqlite3.Error as error:
            raise self._unwritable(error) from error

    def get(self, key: str) -> bytes | None:
        """The entry of this key, None where there is none or a damaged one."""
        key_bytes = bytes.fromhex(key)
        try:
            found = self._connection.execute("SELECT value FROM entry WHERE key = ?", (key_bytes,)).fetchone()
        except sqlite3.DatabaseError:
            self._begin_anew()
            return None
        if found is None or not isinstance(found[0], bytes) or _hash(key_bytes, found[0][_CHECK:]) != found[0][:_CHECK]:
            return None
        self._used.add(key_bytes)
        return bytes(found[0][_CHECK:])

    def put(self, key: str, value: bytes) -> None:
        """Keeps an entry. Raises `StoreError` where the disk is full."""
        key_bytes = bytes.fromhex(key)
        try:
            self._connection.execute("INSERT OR REPLACE INTO entry VALUES (?, ?)", (key_bytes, _hash(key_bytes, value) + value))
            self._used.add(key_bytes)
            if time.monotonic() - self._since > _COMMIT_SECONDS:
                self._connection.execute("COMMIT")
                self._connection.execute("BEGIN")
                self._since = time.monotonic()
        except sqlite3.Error as error:
            raise self._unwritable(error) from error

    def use(self, key: str) -> None:
        """Says that an entry is still of use, without reading it."""
        self._used.add(bytes.fromhex(key))

    def is_empty(self) -> bool:
        """Whether nothing is kept."""
        try:
            return self._connection.execute("SELECT 1 FROM entry LIMIT 1").fetchone() is None
        except sqlite3.Error:
            return True

    def trim(self, bound: int = _BOUND) -> None:
        """Drops entries that were not of use since the file was opened, as far as they take more than the used ones and `bound` bytes."""
        with contextlib.suppress(sqlite3.Error):
            sizes = self._connection.execute("SELECT key, length(value) FROM entry").fetchall()
            unused = sorted((key, size) for key, size in sizes if key not in self._used)
            room = bound + sum(size for key, size in sizes if key in self._used)
            surplus = sum(size for _, size in unused) - room
            for key, size in unused:
                if surplus <= 0:
                    break
                self._connection.execute("DELETE FROM entry WHERE key = ?", (key,))
                surplus -= size

    def close(self) -> None:
        """Writes all to the disk and lets go of the file."""
        with contextlib.suppress(sqlite3.Error):
            if self._connection.in_transaction:
                self._connection.execute("COMMIT")
        self._connection.close()

    def __enter__(self) -> Cache:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _unwritable(self, error: sqlite3.Error) -> StoreError:
        return StoreError(f"the cache cannot be written ({error})", file=self._file, remedy="free some space, or delete the file")


def _hash(key: bytes, value: bytes) -> bytes:
    return hashlib.sha256(key + value).digest()[:_CHECK]
