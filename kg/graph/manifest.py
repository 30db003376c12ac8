"""What a finished graph says of itself: made from what, by which versions. No times, no paths: the same bytes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import StoreError

FORMAT = 2
"""The version of the graph directory's layout and terms; a store of another one is built anew."""

NAME, STORE = "manifest.json", "store"


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """One document of the graph. ``sha256`` is of its kept text, ``characters`` counts code points; the rest as in `Document`.

    With the kept text it is all that is needed to read the document again.
    """

    identifier: str
    sha256: str
    characters: int
    facts: int
    title: str = ""
    creator: str = ""
    publisher: str = ""
    issued: str = ""
    source: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Manifest:
    """The content of ``manifest.json``."""

    package: str
    rules: str
    documents: tuple[DocumentEntry, ...]
    contributions: tuple[str, ...]
    facts: int
    quads: int
    format: int = FORMAT

    def text(self) -> str:
        """The manifest as JSON, keys sorted, a line for each document."""
        said = {name: _line(value) for name, value in fields_of(self).items()}
        said["documents"] = "[\n  " + ",\n  ".join(map(_line, self.documents)) + "\n ]" if self.documents else "[]"
        return "{\n " + ",\n ".join(f"{_line(name)}: {said[name]}" for name in sorted(said)) + "\n}\n"


def read_accepted(directory: Path) -> set[str]:
    """The SHA-256 of each contribution that the manifest counts, whatever its version; none where it cannot be read."""
    try:
        accepted = json.loads((directory / NAME).read_text(encoding="utf-8"))["contributions"]
    except (OSError, ValueError, KeyError, TypeError):
        return set()
    return {each for each in accepted if isinstance(each, str)} if isinstance(accepted, list) else set()


def _line(value: Any) -> str:
    return json.dumps(value, default=fields_of, sort_keys=True, ensure_ascii=False)


def fields_of(record: Any) -> dict[str, Any]:
    """The fields of a record (a dataclass with slots) by name, as `json.dumps` asks for them: ten times as fast as `asdict`, which copies."""
    return {name: getattr(record, name) for name in record.__slots__}


def is_store(folder: Path) -> bool:
    """Whether an Oxigraph database lies in this folder."""
    return (folder / "CURRENT").is_file()


def read_manifest(directory: Path) -> Manifest:
    """The manifest of a graph directory.

    Raises `StoreError` where there is no graph, or one of another version, or a broken one.
    """
    file = directory / NAME
    if directory.exists() and not directory.is_dir():
        raise StoreError("is a file, not a graph", file=directory, remedy="choose another --graph")
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if is_store(directory / STORE):
            raise StoreError("the graph is broken (no manifest)", file=file, remedy="build it anew: kg build") from None
        raise StoreError("there is no graph here", file=directory, remedy="make one: kg build") from None
    except PermissionError:
        raise StoreError("the graph cannot be read (Permission denied)", file=file, remedy="change its permissions, or ask its owner") from None
    except (OSError, ValueError) as error:
        raise StoreError(f"the graph is broken ({error})", file=file, remedy="build it anew: kg build") from None
    found = content.get("format") if isinstance(content, dict) else None
    if found is None:
        raise StoreError("the graph is broken (no manifest)", file=file, remedy="build it anew: kg build")
    if found != FORMAT:
        raise StoreError(
            f"the graph is of version {found}, this program reads version {FORMAT}",
            file=directory,
            remedy="kg doctor --repair makes it one of this version, from its kept texts and contributions"
            if isinstance(found, int) and found < FORMAT else "install a newer program, or build it anew: kg build",
        )
    try:
        documents = tuple(DocumentEntry(**entry) for entry in content.pop("documents"))
        return Manifest(documents=documents, contributions=tuple(content.pop("contributions")), **content)
    except (KeyError, TypeError) as error:
        raise StoreError(f"the graph is broken ({error})", file=file, remedy="build it anew: kg build") from None
