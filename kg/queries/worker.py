"""A query in a process of its own, killed when its time is up: no signal stops one inside Oxigraph."""

from __future__ import annotations

import contextlib
import multiprocessing
from collections.abc import Mapping
from multiprocessing.connection import Connection
from pathlib import Path

import pyoxigraph as ox

from kg.errors import KgError, QueryError, StoreError
from kg.queries.engine import Result
from kg.queries.header import SavedQuery
from kg.queries.run import run_query

SECONDS = 60.0
MEMORY = 4 * 1024**3  # bytes of address space of the worker


def run_limited(
    store_folder: Path, query: SavedQuery | str, params: Mapping[str, str] | None = None, seconds: float = SECONDS,
    file: str = "the query", most: int | None = None,
) -> Result:
    """The result of `run_query` on the store in this folder, or `QueryError` after so many seconds or past `most` rows.

    Starting the process costs about 0.2 s, so a saved query, which is known to end, is better run with `run_query`.
    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(there, str(store_folder), query, dict(params or {}), file, most), daemon=True)
    process.start()
    there.close()
    try:
        if not here.poll(seconds):
            raise QueryError(f"the query was stopped after {seconds:g} s",
                             remedy="name a type, a state or a date, or add LIMIT to an inner SELECT")
        answer = here.recv()
    except EOFError:
        raise QueryError("the query was stopped: it needs too much memory", remedy="ask for less, or count") from None
    finally:
        process.kill()
        process.join()
        here.close()
    if isinstance(answer, Result):
        return answer
    kind, what, file, line, remedy = answer
    raise (StoreError if kind == "StoreError" else QueryError)(what, file=file, line=line, remedy=remedy)


def _work(
    answers: Connection, folder: str, query: SavedQuery | str, params: dict[str, str], file: str, most: int | None,
) -> None:
    """Run in the worker: send the result, or the parts of the error (exceptions lose their fields when pickled)."""
    _limit_memory()
    try:
        try:
            store = ox.Store.read_only(folder)
        except OSError as error:
            raise StoreError(f"cannot be opened: {error}", file=folder, remedy="build the graph again") from error
        result = run_query(store, query, params, file)
        if most is not None and len(result.rows) > most:
            raise QueryError(f"the answer has {len(result.rows):,} rows, and at most {most:,} are given", file=file,
                             remedy="add LIMIT and OFFSET to the query, or count")
        answers.send(result)
    except KgError as error:
        answers.send((type(error).__name__, error.what, error.file, error.line, error.remedy))


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # no such limit on this system; the time limit stands
        return
    with contextlib.suppress(ValueError, OSError):  # a tighter limit holds already
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
