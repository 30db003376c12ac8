"""The graph from Python: what the commands do, as calls that give records."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.contribute.accept import HandIn, Terms, check_files, hand_in
from kg.contribute.decide import Author
from kg.graph import export, open_store, read_manifest
from kg.queries import derive, find_query, load_queries, run_query, with_origin
from kg.queries.engine import compact

Files = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]


class Graph:
    """A graph directory: asked, checked against, added to.

    Nothing is kept open between calls: each sees the graph as it then is.
    """

    def __init__(self, directory: str | os.PathLike[str] = "graph") -> None:
        self.directory = Path(directory)

    def __len__(self) -> int:
        """How many statements it holds. Raises `StoreError` where there is no graph."""
        return read_manifest(self.directory).quads

    def query(self, query: str, **params: str) -> Iterator[dict[str, str]]:
        """The rows of a saved query (by name) or of SPARQL text, each by column; IRIs in short form, "" where unbound.

        A saved query on facts also has a column ``origin``: extracted or contributed. Raises `QueryError`, `StoreError`.
        """
        store = open_store(self.directory)
        saved = load_queries()
        named = any(each.name == query for each in saved) or " " not in query
        result = run_query(store, find_query(query, saved) if named else query, params)
        if named:
            result = with_origin(store, result)
        for row in result.rows:
            yield {column: compact(term) for column, term in zip(result.columns, row, strict=True)}

    def validate(self, files: Files, *, source: str = "", engine: str = "auto") -> HandIn:
        """The verdict on files that might be added; ``.judged.findings`` tell what is wrong and what to do. Raises `KgError`."""
        return check_files(_paths(files), self.directory, source=source, engine=engine)

    def add(
        self, files: Files, *, by: str, source: str = "", note: str = "", date: str = "", partial: bool = False,
        dry_run: bool = False, engine: str = "auto", wait: float = 10.0, rest: str | os.PathLike[str] | None = None,
    ) -> HandIn:  # fmt: skip
        """What came of handing files in; ``.contribution`` is None where nothing was accepted. Raises `KgError`."""
        on = Terms(source, partial, dry_run, engine, Path(rest) if rest is not None else None)
        return hand_in(_paths(files), self.directory, Author(by, note, date, wait), on, derive)

    def export(self, out: str | os.PathLike[str], format: str | None = None) -> int:
        """The number of statements written to a file, as `kg export` does. Raises `KgError`."""
        return export(open_store(self.directory), Path(out), format)


def _paths(files: Files) -> list[Path]:
    if isinstance(files, str | os.PathLike):
        return [Path(files)]
    return [Path(file) for file in files]
