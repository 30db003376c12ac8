"""Files read once: what a file of the same bytes and name gave before is taken from the cache."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache as once
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kg.graph.cache import Cache
from kg.graph.nodes import digest
from kg.graph.packing import pack, unpack
from kg.model import Document, replace
from kg.text import read_document
from kg.text.files import FILE_BYTES

_FORMAT = "file 2"
_READERS = {".html": ("trafilatura", "lxml"), ".htm": ("trafilatura", "lxml"), ".pdf": ("pypdfium2",), ".docx": ("python-docx", "lxml")}


class FileReader:
    """Reads files with the same metadata and originals (see `read_document`)."""

    def __init__(self, metadata: Mapping[str, str] | None, originals: Mapping[str, Mapping[str, str]], cache: Cache | None) -> None:
        self._metadata, self._originals, self._cache = metadata, originals, cache
        self._given = json.dumps([dict(metadata or {}), {key: dict(value) for key, value in originals.items()}], sort_keys=True)

    def read(self, path: Path) -> Document:
        """The document that the file holds. Raises `DocumentError`."""
        key = self._key(path) if self._cache is not None else ""
        if self._cache is None or not key:
            return read_document(path, metadata=self._metadata, originals=self._originals)
        found = _document(self._cache.get(key), path)
        if found is None:
            found = read_document(path, metadata=self._metadata, originals=self._originals)
            self._cache.put(key, pack(asdict(replace(found, path=""))))
        return found

    def _key(self, path: Path) -> str:
        """The key of the file's document, "" for what is no readable file: to be read, and told what is wrong with it."""
        from kg.extract.versions import code_version  # here: who only asks a graph needs no extraction

        try:
            if not path.is_file() or path.stat().st_size > FILE_BYTES:  # refused anyway
                return ""
            data = path.read_bytes()
        except OSError:
            return ""
        parts = [_FORMAT, hashlib.sha256(data).hexdigest(), ascii(path.name), self._given, code_version(), _reader(path.suffix.lower())]
        return digest(parts, 64)


def _document(data: bytes | None, path: Path) -> Document | None:
    try:
        found = Document(**{**(known := unpack(data)), "notes": tuple(known["notes"])}) if data is not None else None
    except (KeyError, TypeError, ValueError):
        return None
    if found is None or hashlib.sha256(found.text.encode()).hexdigest() != found.sha256:
        return None
    return replace(found, path=str(path))


@once
def _reader(suffix: str) -> str:
    """The versions of the libraries that read files of this kind."""
    return " ".join(f"{name} {_version(name)}" for name in _READERS.get(suffix, ()))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"
