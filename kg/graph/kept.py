"""The documents that a graph keeps: their texts and what is known of them, enough to read them again without their files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from pyoxigraph import BlankNode, NamedNode, Store, Triple

from kg import terms
from kg.errors import DocumentError, KgError, StoreError
from kg.graph.manifest import FORMAT, NAME, STORE, DocumentEntry
from kg.graph.nodes import RDF_TYPE, bkg
from kg.graph.store import DOCUMENTS
from kg.model import Document


def entry_of(document: Document, facts: int) -> DocumentEntry:
    """The manifest's entry of a document with so many facts in the current view."""
    return DocumentEntry(
        document.identifier, document.sha256, len(document.text), facts, document.title, document.creator,
        document.publisher, document.issued, document.source, document.language,
    )  # fmt: skip


def read_kept_documents(directory: Path, keep: Callable[[Document], Document] = lambda document: document) -> tuple[list[Document], list[KgError]]:
    """The documents of a graph directory from its manifest and kept texts, and what is wrong with those that cannot be used.

    Each is given to `keep` as soon as it is read. A text whose hash is not its name was changed since, and counts as broken. A manifest of any version will do: an older one knows
    less of its documents, and the store helps out. Raises `StoreError` where neither says which documents there are.
    """
    found, failures = [], []
    for entry in _entries(directory):
        try:
            found.append(keep(_read(directory, entry)))
        except DocumentError as error:
            failures.append(error)
    return sorted(found, key=lambda each: (each.identifier, each.sha256)), list(failures)


def _entries(directory: Path) -> list[dict[str, object]]:
    """What is known of the documents: by the manifest, or where it is broken or knows too little, by the store."""
    content = _manifest(directory)
    if content.get("format") == FORMAT:
        return _usable(content.get("documents"))
    entries = _stored(directory) or _usable(content.get("documents"))
    if not entries:
        raise StoreError(
            "neither manifest nor store says of which documents the graph is made", file=directory,
            remedy="build it from the documents' files: kg build PATH...; contributions stay",
        )  # fmt: skip
    return entries


def _manifest(directory: Path) -> dict[str, object]:
    try:
        content = json.loads((directory / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _usable(entries: object) -> list[dict[str, object]]:
    found = entries if isinstance(entries, list) else []
    return [e for e in found if isinstance(e, dict) and isinstance(e.get("sha256"), str) and isinstance(e.get("identifier"), str)]


def _stored(directory: Path) -> list[dict[str, object]]:
    """What the store says of the documents; nothing where it cannot be read."""
    try:
        store = Store.read_only(str(directory / STORE))
        documents = [q.subject for q in store.quads_for_pattern(None, RDF_TYPE, bkg("Document"), None)]
        return [_described(store, node) for node in sorted(documents, key=str) if isinstance(node, NamedNode)]
    except (OSError, ValueError, RuntimeError):
        return []


def _described(store: Store, node: NamedNode) -> dict[str, object]:
    said = {q.predicate.value: q.object.value for q in store.quads_for_pattern(node, None, None, None) if not isinstance(q.object, Triple | BlankNode)}
    names = ("identifier", "title", "creator", "publisher", "issued", "source", "language")
    entry: dict[str, object] = {name: said[terms.DCTERMS + name] for name in names if terms.DCTERMS + name in said}
    return {"identifier": node.value.removeprefix(terms.DOC)[:12], **entry, "sha256": node.value.removeprefix(terms.DOC)}


def _read(directory: Path, entry: dict[str, object]) -> Document:
    sha256 = str(entry["sha256"])
    file = directory / DOCUMENTS / f"{sha256}.txt"
    remedy = "give its file to kg build again"
    try:
        data = file.read_bytes()
    except OSError as error:
        raise DocumentError(f"the kept text of {entry['identifier']} cannot be read ({error.strerror})", file=file, remedy=remedy) from None
    if hashlib.sha256(data).hexdigest() != sha256:
        raise DocumentError(f"the kept text of {entry['identifier']} was changed or damaged", file=file, remedy=remedy)
    known = {name: str(entry[name]) for name in ("title", "creator", "publisher", "issued", "source", "language") if name in entry}
    return Document(str(entry["identifier"]), data.decode(), sha256, path=str(file), **known)  # type: ignore[arg-type]  # the notes are none of these
