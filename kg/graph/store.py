"""The graph directory: opened for reading, locked while it is built, swapped whole when its successor is complete.

    graph/store/           the quads, an Oxigraph database
    graph/manifest.json    what it was made from
    graph/quarantine.json  what was kept out, and why
    graph/documents/       the kept text of each document, by its SHA-256
    graph/contributions/   Turtle files of what people added and decided; they outlive every build
    graph/originals/       what documents state where decisions changed the view of it, by their SHA-256
    graph/cache.sqlite     what need not be read again; it outlives every build, and may be deleted
    graph/standing.jsonl   what each document's part was made from, so that a build can change the graph rather than make it
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Store

from kg.errors import StoreError
from kg.graph.cache import NAME as CACHE
from kg.graph.lock import locked
from kg.graph.manifest import NAME, STORE, is_store, read_manifest
from kg.graph.nodes import GAZETTEER, ONTOLOGY

DOCUMENTS, CONTRIBUTIONS, QUARANTINE, ORIGINALS = "documents", "contributions", "quarantine.json", "originals"
STANDING = "standing.jsonl"

_TRIES = 5  # openings that writers may spoil, one after the other
_SWAP_SECONDS = 2.0  # a swap is two renames; who finds no graph between them waits this long at most


def open_store(directory: str | Path) -> Store:
    """The quads of a finished graph, read-only. Raises `StoreError` where there is none, a broken or an older one."""
    directory = Path(directory)
    for _ in range(_TRIES):
        _await_swap(directory)
        before = identity_of(directory)
        try:
            return _open(directory)
        except StoreError:
            if identity_of(directory) == before:
                raise  # it is no writer who took the files away while they were being opened
    return _open(directory)


def _open(directory: Path) -> Store:
    read_manifest(directory)
    if not (directory / STORE).is_dir():
        raise StoreError("the graph is broken (its store is missing)", file=directory, remedy="mend it: kg doctor --repair, or build it anew: kg build")
    try:
        return Store.read_only(str(directory / STORE))
    except (OSError, ValueError, RuntimeError) as error:
        if "Permission denied" in str(error):
            raise StoreError(f"the graph cannot be read ({error})", file=directory, remedy="change its permissions, or ask its owner") from None
        raise StoreError(f"the graph is broken ({error})", file=directory, remedy="mend it: kg doctor --repair, or build it anew: kg build") from None


def identity_of(directory: Path) -> tuple[int, int] | None:
    """What tells the graph from one that took its place; None where there is none."""
    try:
        found = directory.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


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
def replacing(directory: Path, wait: float = 0.0) -> Iterator[Path]:
    """An empty directory beside the graph, put in its place when the block ends well and removed when it does not.

    Holds the lock against a second writer meanwhile (waits for one at most `wait` seconds), and clears away what a killed
    one left. Contributions move along. Raises `StoreError` where somebody else writes, where something other than a graph
    stands there, or the disk is full.
    """
    directory = directory.resolve()
    try:
        directory.parent.mkdir(parents=True, exist_ok=True)
        with locked(directory, wait):
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
def changing(directory: Path, wait: float = 0.0) -> Iterator[Path]:
    """A copy of the graph beside it, put in its place when the block ends well. Its store is whole but for the manifest.

    Files are linked, not copied (the store never changes a file of its own, and neither must the caller: replace it),
    so that the cost does not grow with the graph. Readers keep the graph that they have open. Whoever opens the copy's
    store lets go of it before the block ends. Otherwise as `replacing`.
    """
    directory = directory.resolve()
    with replacing(directory, wait) as fresh:
        _link_tree(directory, fresh)
        open_store(directory).backup(str(fresh / STORE))
        yield fresh


def _link_tree(source: Path, target: Path) -> None:
    """Links every file of the graph but its store and manifest into the target."""
    for entry in os.scandir(source):
        if entry.name in (STORE, NAME):
            continue
        if entry.is_dir(follow_symlinks=False):
            (target / entry.name).mkdir(exist_ok=True)
            _link_tree(Path(entry.path), target / entry.name)
        elif entry.is_file(follow_symlinks=False):
            _link_or_copy(entry.path, target / entry.name)


def _link_or_copy(source: str, target: str | Path) -> str:
    try:
        os.link(source, target)
    except FileExistsError:
        pass
    except OSError:
        shutil.copy2(source, target)
    return str(target)


def remains_of(directory: Path) -> list[Path]:
    """What killed writers left beside the graph."""
    directory = directory.resolve()
    return [*_remains(directory, "building"), *_remains(directory, "old")]


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
        _remove(path)


def _remove(folder: Path) -> None:
    """Removes a folder of ours with all that is in it, also where it was protected against writing."""
    for parent, _, _ in os.walk(folder):
        with contextlib.suppress(OSError):
            os.chmod(parent, 0o700)
    shutil.rmtree(folder, ignore_errors=True)


def _check_writable(directory: Path) -> None:
    """Raises `StoreError` for a graph that is protected against writing: to put another in its place needs no leave of it."""
    for folder in (directory, *(path for path in sorted(directory.iterdir()) if path.is_dir() and not path.is_symlink())):
        if not os.access(folder, os.W_OK | os.X_OK):
            raise StoreError("the graph is protected against writing", file=folder, remedy="change its permissions, or choose another --graph")


def _check_replaceable(directory: Path) -> None:
    if not directory.exists():
        return
    if not directory.is_dir():
        raise StoreError("is a file, not a graph", file=directory, remedy="choose another --graph")
    ours = {CONTRIBUTIONS, CACHE, f"{CACHE}-journal"}
    if is_store(directory / STORE):  # a graph that lost its manifest
        ours |= {STORE, DOCUMENTS, QUARANTINE, ORIGINALS, STANDING}
    if not (directory / NAME).exists() and any(path.name not in ours for path in directory.iterdir()):
        raise StoreError(
            "holds other files, but no graph", file=directory, remedy="choose another --graph, or empty the folder"
        )
    _check_writable(directory)


def _swap(directory: Path, fresh: Path) -> None:
    kept = directory / CONTRIBUTIONS
    if kept.is_dir():
        shutil.copytree(
            kept, fresh / CONTRIBUTIONS, symlinks=True, ignore=_special, dirs_exist_ok=True, copy_function=_link_or_copy
        )
    if (directory / CACHE).is_file():
        _link_or_copy(str(directory / CACHE), fresh / CACHE)
    _sync(fresh)
    if not directory.exists():
        fresh.rename(directory)
        sync_folder(directory.parent)
        return
    old = directory.with_name(f"{directory.name}.old-{os.getpid()}")
    directory.rename(old)
    try:
        fresh.rename(directory)
    except BaseException:
        old.rename(directory)
        raise
    sync_folder(directory.parent)
    _remove(old)


def _sync(fresh: Path) -> None:
    """Makes the graph safe on the disk before it takes the place of the old one; contributions are already."""
    for folder in (fresh / STORE, fresh):
        for path in folder.iterdir() if folder.is_dir() else ():
            if path.is_file() and not path.is_symlink():
                with open(path, "rb") as handle:
                    os.fsync(handle.fileno())
        if folder.is_dir():
            sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Makes the names in a folder safe on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


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
