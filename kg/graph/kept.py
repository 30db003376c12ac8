"""The documents that a graph keeps: their texts and what is known of them, enough to read them again without their files."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from kg.errors import DocumentError, KgError, StoreError
from kg.graph.manifest import NAME, DocumentEntry
from kg.graph.store import DOCUMENTS
from kg.model import Document


def entry_of(document: Document, facts: int) -> DocumentEntry:
    """The manifest's entry of a document with so many facts in the current view."""
    return DocumentEntry(
        document.identifier, document.sha256, len(document.text), facts, document.title, document.creator,
        document.publisher, document.issued, document.source, document.language,
    )  # fmt: skip


def read_kept_documents(directory: Path) -> tuple[list[Document], list[KgError]]:
    """The documents of a graph directory from its manifest and kept texts, and what is wrong with those that cannot be used.

    A text whose hash is not its name was changed since, and counts as broken. A manifest of any version will do: an older one knows
    less of its documents. Raises `StoreError` where there is no readable manifest.
    """
    found, failures = [], []
    for entry in _entries(directory):
        try:
            found.append(_read(directory, entry))
        except DocumentError as error:
            failures.append(error)
    return sorted(found, key=lambda each: (each.identifier, each.sha256)), list(failures)


def _entries(directory: Path) -> list[dict[str, object]]:
    file = directory / NAME
    try:
        entries = json.loads(file.read_text(encoding="utf-8"))["documents"]
        return [entry for entry in entries if isinstance(entry["sha256"], str) and isinstance(entry["identifier"], str)]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(
            f"says not of which documents the graph is made ({type(error).__name__}: {error})", file=file,
            remedy="build it from the documents' files: kg build PATH...; contributions stay",
        ) from None


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
    return Document(str(entry["identifier"]), data.decode(), sha256, path=str(file), **known)
