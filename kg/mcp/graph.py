"""The graph that the tools ask: opened once, and again when a build has put another in its place."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Store

from kg.errors import StoreError
from kg.graph import open_store
from kg.graph.manifest import NAME


class OpenGraph:
    """A graph directory with its store. `store` raises `StoreError` where there is no graph, or a broken one."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._store: Store | None = None
        self._state = ""

    @property
    def store(self) -> Store:
        """The quads of the graph that stands there now."""
        state = self._look()
        if self._store is None or state != self._state:
            self._store, self._state = open_store(self.directory), state
        return self._store

    def _look(self) -> str:
        try:
            found = (self.directory / NAME).stat()
        except OSError:
            raise StoreError("there is no graph here", file=self.directory, remedy="make one: kg build") from None
        return f"{found.st_ino}-{found.st_mtime_ns}-{found.st_size}"
