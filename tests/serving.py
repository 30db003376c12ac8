"""Graphs and clients for the tests of the server."""

from __future__ import annotations

import atexit
import contextlib
import functools
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from starlette.testclient import TestClient

from kg.cli import main
from kg.graph.manifest import NAME, STORE, Manifest
from kg.serve.app import make_app
from kg.serve.settings import Settings


@functools.cache
def seeds_graph() -> Path:
    """The graph that `kg build` makes of the documents of `seeds/`, built once for all tests."""
    folder = Path(tempfile.mkdtemp(prefix="kg-serve-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    assert main(["build", "--graph", str(folder / "graph")]) == 0
    return folder / "graph"


def make_graph(folder: Path, trig: str) -> Path:
    """A graph directory with these named graphs and nothing else."""
    folder.mkdir(parents=True, exist_ok=True)
    store = ox.Store(str(folder / STORE))
    store.bulk_load(trig.encode(), format=ox.RdfFormat.TRIG)
    store.flush()
    (folder / NAME).write_text(Manifest("0", "0", (), (), 0, len(store)).text())
    return folder


@contextlib.contextmanager
def serving(graph: Path, **settings: Any) -> Iterator[TestClient]:
    """A client of the application on this graph; redirects are shown, not followed."""
    given: dict[str, Any] = {"workers": 1, "seconds": 60, "warm": False} | settings  # a machine under load is no slow query
    app = make_app(Settings(graph, **given))
    with TestClient(app, base_url=given.get("base_url") or "http://testserver", follow_redirects=False, raise_server_exceptions=False) as client:
        yield client


@contextlib.contextmanager
def started(graph: Path, *more: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """The process of `kg serve` on a port of its own, ready to answer."""
    command = [sys.executable, "-m", "kg", "serve", "--graph", str(graph), "--port", "0", "--workers", "1", *more]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        try:
            first = process.stderr.readline()
            port = int(re.search(r"at http://127\.0\.0\.1:(\d+)/", first)[1])  # type: ignore[index]
            while "startup complete" not in process.stderr.readline():
                assert process.poll() is None
            yield process, port
        finally:
            process.kill()
