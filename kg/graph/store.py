"""The graph directory: opened for reading, locked while it is built, swapped whole when its successor is complete.

    graph/store/           the quads, an Oxigraph database
    graph/manifest.json    what it was made from
    graph/quarantine.json  what was kept out, and why
    graph/documents/       the kept text of each document, by its SHA-256
    graph/contributions/   Turtle files of facts that people added; they outlive every build
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Store

from kg.errors import StoreError
from kg.graph.manifest import NAME, STORE, is_store, read_manifest
from kg.graph.nodes import GAZETTEER, ONTOLOGY

DOCUMENTS, CONTRIBUTIONS, QUARANTINE = "documents", "contributions", "quarantine.json"

_SWAP_SECONDS = 2.0  # a swap is two renames; who finds no graph between them waits this long at most


def open_store(directory: str | Path) -> Store:
    """The quads of a finished graph, read-only. Raises `StoreError` where there is none, a broken or an older one."""
    directory = Path(directory)
    _await_swap(directory)
    read_manifest(directory)
    if not (directory / STORE).is_dir():
        raise StoreError("the graph is broken (its store is missing)", file=directory, remedy="build it anew: kg build")
    try:
        return Store.read_only(str(directory / STORE))
    except (OSError, ValueError, RuntimeError) as error:
        raise StoreError(f"the graph is broken ({error})", file=directory, remedy="build it anew: kg build") from None


def said_quads(store: Store) -> list[Quad]:
    """What documents and contributions say, and what follows from it: all but the ontology and the gazetteer."""
    graphs = {name for name in store.named_graphs() if isinstance(name, NamedNode)} - {ONTOLOGY, GAZETTEER}
    return [q for graph in sorted(graphs, key=str) for q in store.quads_for_pattern(None, None, None, graph)]


def document_text(directory: str | Path, sha256: str) -> str:
    """The kept text of a document of the graph, in which the offsets of its evidence hold. Raises `StoreError`."""
    file = Path(directory) / DOCUMENTS / f"{sha256}.txt"
    try:
        return file.read_bytes().decode()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise StoreError(f"the text cannot be read ({reason})", file=file, remedy="build the graph anew: kg build") from None


@contextlib.contextmanager
def replacing(directory: Path) -> Iterator[Path]:
    """An empty directory beside the graph, put in its place when the block ends well and removed when it does not.

    Holds the lock against a second build meanwhile, and clears away what a killed build left. Contributions move along.
    Raises `StoreError` where another build runs, where something other than a graph stands there, or the disk is full.
    """
    directory = directory.resolve()
    try:
        directory.parent.mkdir(parents=True, exist_ok=True)
        with locked(directory):
            _clear_remains(directory)
            _check_replaceable(directory)
            fresh = directory.with_name(f"{directory.name}.building-{os.getpid()}")
            try:
                fresh.mkdir()
                yield fresh
                _swap(directory, fresh)
            except BaseException:
                shutil.rmtree(fresh, ignore_errors=True)
                raise
    except OSError as error:
        raise StoreError(
            f"the graph cannot be written ({error.strerror or error})",
            file=directory,
            remedy="free some space or choose another --graph; what stood there before is unharmed",
        ) from error


@contextlib.contextmanager
def locked(directory: Path) -> Iterator[None]:
    """Only one process at a time is in this block for a graph; the lock dies with the process. Raises `StoreError`."""
    file = directory.with_name(f".{directory.name}.lock")
    while True:
        handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o644)
        if not _lock(handle):
            os.close(handle)
            raise StoreError(
                "another build of this graph is running", file=directory, remedy="wait, or choose another --graph"
            )
        with contextlib.suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(handle), file.stat()):
                break
        os.close(handle)  # its holder removed the file just now: what we locked is nobody's
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            file.unlink()
        os.close(handle)


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


def _remains(directory: Path, kind: str) -> list[Path]:
    """Sibling directories of this graph that a build made: "building", or "old"."""
    form = re.compile(re.escape(directory.name) + rf"\.{kind}-\d+")
    with contextlib.suppress(OSError):
        return sorted(path for path in directory.parent.iterdir() if form.fullmatch(path.name))
    return []


def _clear_remains(directory: Path) -> None:
    """Removes what killed builds left. Only under the lock: then no living build owns any of it."""
    old = _remains(directory, "old")
    if old and not directory.exists():  # killed between the two renames of a swap
        old.pop().rename(directory)
    for path in [*old, *_remains(directory, "building")]:
        shutil.rmtree(path, ignore_errors=True)


def _check_replaceable(directory: Path) -> None:
    if not directory.exists():
        return
    if not directory.is_dir():
        raise StoreError("is a file, not a graph", file=directory, remedy="choose another --graph")
    ours = {CONTRIBUTIONS}
    if is_store(directory / STORE):  # a graph that lost its manifest
        ours |= {STORE, DOCUMENTS, QUARANTINE}
    if not (directory / NAME).exists() and any(path.name not in ours for path in directory.iterdir()):
        raise StoreError(
            "holds other files, but no graph", file=directory, remedy="choose another --graph, or empty the folder"
        )


def _swap(directory: Path, fresh: Path) -> None:
    kept = directory / CONTRIBUTIONS
    if kept.is_dir():
        shutil.copytree(kept, fresh / CONTRIBUTIONS, symlinks=True, ignore=_special, dirs_exist_ok=True)
    if not directory.exists():
        fresh.rename(directory)
        return
    old = directory.with_name(f"{directory.name}.old-{os.getpid()}")
    directory.rename(old)
    try:
        fresh.rename(directory)
    except BaseException:
        old.rename(directory)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _special(folder: str, names: list[str]) -> list[str]:
    """Pipes and devices, which cannot be copied."""
    paths = {name: Path(folder, name) for name in names}
    return [name for name, path in paths.items() if not (path.is_symlink() or path.is_file() or path.is_dir())]


def _await_swap(directory: Path) -> None:
    """Waits while the graph is just being swapped; puts it back where a build was killed in mid-swap."""
    directory = directory.resolve()
    end = time.monotonic() + _SWAP_SECONDS
    while not directory.exists() and _remains(directory, "old"):
        if time.monotonic() > end:
            with contextlib.suppress(OSError, StoreError), locked(directory):
                _clear_remains(directory)
            return
        time.sleep(0.05)
