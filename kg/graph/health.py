"""What is wrong with a graph on disk, part by part, and what to do about it."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import RdfFormat, Store, parse

from kg.errors import KgError, StoreError
from kg.graph.contributions import read_contribution
from kg.graph.lock import holder_of
from kg.graph.manifest import FORMAT, NAME, STORE, Manifest, read_manifest
from kg.graph.store import CONTRIBUTIONS, DOCUMENTS, ORIGINALS, identity_of, remains_of

_TRIES = 5
REPAIR = "kg doctor --repair makes the graph anew from its kept texts and contributions"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong. ``part``: "graph", "manifest", "store", "document", "contribution", "original", "lock", "remains".

    ``repairable`` says whether `kg doctor --repair` mends it without losing anything; ``note`` that it is no harm.
    """

    part: str
    what: str
    file: str
    remedy: str
    repairable: bool = True
    note: bool = False


def examine(directory: Path) -> list[Fault]:
    """The faults of a graph directory, the gravest part first; none where it is whole. Reads every file of it."""
    for _ in range(_TRIES):
        before = identity_of(directory)
        faults = _examine(directory)
        if identity_of(directory) == before:
            break  # else a writer put another graph in its place meanwhile: what was found is of neither
    return faults


def _examine(directory: Path) -> list[Fault]:
    if not directory.is_dir():
        there = "is a file" if directory.exists() else "there is no graph here"
        return [Fault("graph", there, str(directory), "make one: kg build PATH...", False)]
    manifest, faults = _manifest(directory)
    faults += _store(directory, manifest)
    faults += _documents(directory)
    faults += _contributions(directory, manifest)
    faults += _originals(directory)
    faults += _around(directory)
    return faults


def _manifest(directory: Path) -> tuple[Manifest | None, list[Fault]]:
    try:
        return read_manifest(directory), []
    except StoreError as error:
        older = f"version {FORMAT}" in error.what
        texts = any((directory / DOCUMENTS).glob("*.txt"))
        remedy = REPAIR if older or texts else "build it from the documents' files: kg build PATH..."
        return None, [Fault("manifest", error.what, error.file or str(directory / NAME), remedy, older or texts)]


def _store(directory: Path, manifest: Manifest | None) -> list[Fault]:
    folder = directory / STORE
    if not folder.is_dir():
        return [Fault("store", "is missing", str(folder), REPAIR)]
    try:
        store = Store.read_only(str(folder))
        counts = _counts(store)
    except (OSError, ValueError, RuntimeError) as error:
        return [Fault("store", f"cannot be read ({str(error).splitlines()[0]})", str(folder), REPAIR)]
    if len(counts) > 1:
        return [Fault("store", f"its indexes differ: {' and '.join(f'{n:,}' for n in sorted(counts))} statements", str(folder), REPAIR)]
    count = counts.pop()
    if manifest is not None and count != manifest.quads:
        return [Fault("store", f"holds {count:,} statements, the manifest says {manifest.quads:,}", str(folder), REPAIR)]
    return []


def _counts(store: Store) -> set[int]:
    """How many statements the store holds by each of its indexes; read whole, so that a flipped byte shows wherever it is."""
    quads = list(store)
    predicates, objects, graphs = ({getattr(q, name) for q in quads} for name in ("predicate", "object", "graph_name"))

    def count(*patterns: tuple[object, ...]) -> int:
        return len({quad for pattern in patterns for quad in store.quads_for_pattern(*pattern)})  # type: ignore[arg-type]

    return {
        len(quads),
        count(*((subject, None, None, None) for subject in {q.subject for q in quads})),
        count(*((None, predicate, None, None) for predicate in predicates)),
        count(*((None, None, value, None) for value in objects)),
        count(*((None, None, None, graph) for graph in graphs)),
        count(*((None, predicate, None, graph) for predicate in predicates for graph in graphs)),
        count(*{(None, None, q.object, q.graph_name) for q in quads}),
    }


def _documents(directory: Path) -> list[Fault]:
    faults = []
    remedy = "give its file to kg build again; kg doctor --repair goes on without it"
    for sha256, identifier in _entries(directory):
        file = directory / DOCUMENTS / f"{sha256}.txt"
        try:
            damaged = hashlib.sha256(file.read_bytes()).hexdigest() != sha256
        except OSError as error:
            faults.append(Fault("document", f"the kept text of {identifier} cannot be read ({error.strerror})", str(file), remedy, False))
            continue
        if damaged:
            faults.append(Fault("document", f"the kept text of {identifier} was changed or damaged", str(file), remedy, False))
    return faults


def _entries(directory: Path) -> list[tuple[str, str]]:
    """Hash and identifier of each document, by the manifest, or where it is unreadable by the files' names."""
    try:
        entries = json.loads((directory / NAME).read_text(encoding="utf-8"))["documents"]
        return [(str(entry["sha256"]), str(entry["identifier"])) for entry in entries]
    except (OSError, ValueError, KeyError, TypeError):
        return [(path.stem, path.stem[:12]) for path in sorted((directory / DOCUMENTS).glob("*.txt"))]


def _contributions(directory: Path, manifest: Manifest | None) -> list[Fault]:
    faults, found = [], set()
    for path in sorted((directory / CONTRIBUTIONS).glob("*.ttl")):
        try:
            contribution = read_contribution(path)
        except KgError as error:
            line = f"line {error.line}: " if error.line else ""
            faults.append(Fault("contribution", f"{line}{error.what}", str(path), _MEND, False))
            continue
        if len(path.stem) == 64 and path.stem != contribution.sha256:
            faults.append(Fault("contribution", "was changed since it was accepted: its hash is not its name", str(path), _MEND, False))
            continue
        found.add(contribution.sha256)
    for sha256 in sorted(set(manifest.contributions if manifest else ()) - found):
        if not any(sha256 in fault.file for fault in faults):
            faults.append(Fault("contribution", "an accepted contribution is missing", str(directory / CONTRIBUTIONS / f"{sha256}.ttl"), _MEND, False))
    waiting = sorted(found - set(manifest.contributions if manifest else found))
    if waiting:
        what = f"{len(waiting)} file{'s' * (len(waiting) != 1)} of the folder are not in the graph yet ({', '.join(each[:12] for each in waiting[:3])})"
        faults.append(Fault("contribution", what, str(directory / CONTRIBUTIONS), "kg doctor --repair, or kg build, takes them in", note=True))
    return faults


_MEND = "put the file back from a copy; kg doctor --repair goes on without it, and keeps it aside"


def _originals(directory: Path) -> list[Fault]:
    faults = []
    for path in sorted((directory / ORIGINALS).glob("*.nq")):
        try:
            if not any(True for _ in parse(path=str(path), format=RdfFormat.N_QUADS)):
                raise ValueError("it is empty")
        except (OSError, ValueError, SyntaxError) as error:
            faults.append(Fault("original", f"what a document stated cannot be read ({error})", str(path), REPAIR))
    return faults


def _around(directory: Path) -> list[Fault]:
    faults = []
    holder = holder_of(directory)
    if holder:
        faults.append(Fault("lock", f"somebody is writing to the graph{holder}", str(directory), "wait until it is done", False, note=True))
    elif remains_of(directory):
        names = ", ".join(path.name for path in remains_of(directory))
        faults.append(Fault("remains", f"a killed writer left {names}", str(directory.parent), "the next writer clears it away", note=True))
    if not os.access(directory, os.W_OK) or not os.access(directory.parent, os.W_OK):
        faults.append(Fault("graph", "cannot be written by this user", str(directory), "change its permissions, or those of its folder", False, note=True))
    return faults
