"""A piece of the input becomes documents, one after the other; whatever cannot be read is told by name, and the rest goes on."""

from __future__ import annotations

import datetime
import gzip
import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import IO, Any

from kg import resources
from kg.errors import DocumentError
from kg.model import Document
from kg.scale.inputs import Piece
from kg.text import make_document, read_document, read_originals
from kg.text.files import FILE_BYTES
from kg.text.front_matter import check_metadata

Read = Iterator[Document | DocumentError]

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "identifier": ("identifier", "id"),
    "title": ("title",),
    "creator": ("creator", "author"),
    "publisher": ("publisher", "site", "sitename"),
    "issued": ("issued", "date", "published"),
    "source": ("source", "url", "uri"),
    "language": ("language", "lang"),
}
"""What is known of a document, and the names that a column or a key for it may have; the first with a value counts. The text is ``text``."""

_ROWS = 64  # of a table at a time
_LINE_BYTES = 2 * FILE_BYTES  # JSON escapes can double a text


def read_piece(piece: Piece) -> Read:
    """The documents of a piece in its order, and an error for each that cannot be read."""
    readers: dict[str, Callable[[str], Read]] = {"files": _read_file, "lines": _read_lines, "table": _read_table, "archive": _read_archive}
    for path in piece.paths:
        yield from readers[piece.kind](path)


def make_known_document(text: object, known: Mapping[str, str], name: str) -> Document:
    """The document of a text from a table, a line or an archive, with its line ends and metadata in order.

    Raises `DocumentError`, with `name` for the file, where it is none.
    """
    if not isinstance(text, str):
        raise DocumentError("has no text", file=name, remedy='give each document its text as "text"')
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise DocumentError(f"holds half a character at {error.start}", file=name, remedy="give the text as whole Unicode characters") from None
    if "\0" in text:
        raise DocumentError("is binary: it holds a NUL", file=name, remedy="give the text itself")
    kept = text.replace("\r\n", "\n").removeprefix("\ufeff").lstrip("\n")
    return make_document(kept, check_metadata(known, name), identifier=known.get("identifier", ""), path=name)


def _read_file(path: str) -> Read:
    try:
        yield read_document(path, originals=_originals())
    except DocumentError as error:
        yield error


@cache
def _originals() -> dict[str, dict[str, str]]:
    return read_originals(resources.folder("seeds"))


def _read_lines(path: str) -> Read:
    number = 0
    try:
        with gzip.open(path) if path.lower().endswith(".gz") else open(path, "rb") as stream:
            for number, line in enumerate(_lines(stream), 1):
                if line is None or line.strip():
                    yield _of_line(line, f"{path}:{number}")
    except (OSError, EOFError, zlib.error) as error:
        yield DocumentError(f"breaks off behind line {number} ({error})", file=path, remedy="get the file again; the lines before are read")


def _lines(stream: IO[bytes] | gzip.GzipFile) -> Iterator[bytes | None]:
    """The lines; None for one that is too long to be a document."""
    while line := stream.readline(_LINE_BYTES):
        if len(line) < _LINE_BYTES or line.endswith(b"\n"):
            yield line
            continue
        while (rest := stream.readline(_LINE_BYTES)) and not rest.endswith(b"\n"):
            pass
        yield None


def _of_line(line: bytes | None, name: str) -> Document | DocumentError:
    if line is None:
        return DocumentError(f"the line is longer than {_LINE_BYTES:,} bytes", file=name, remedy="split the document")
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return DocumentError(f"is no JSON ({error})", file=name, remedy="write one JSON object a line")
    if not isinstance(row, dict):
        return DocumentError(f"is a JSON {type(row).__name__}, not an object", file=name, remedy='write {"text": "..."}')
    return _of_row(row, name)


def _read_table(path: str) -> Read:
    import pyarrow as pa
    import pyarrow.parquet as pq

    number = 0
    try:
        with pq.ParquetFile(path) as table:
            wanted = {"text", *(name for names in COLUMNS.values() for name in names)}
            there = [name for name in table.schema_arrow.names if name in wanted]
            if "text" not in there:
                yield DocumentError("has no column text", file=path, remedy="name the column of the documents' texts so")
                return
            for batch in table.iter_batches(batch_size=_ROWS, columns=there, use_threads=False):
                for row in batch.to_pylist():
                    number += 1
                    yield _of_row(row, f"{path}: row {number}")
    except (OSError, pa.ArrowException, UnicodeDecodeError) as error:
        reason = str(error).splitlines()[0]
        yield DocumentError(f"cannot be read behind row {number} ({reason})", file=path, remedy="write the table again; the rows before are read")


def _of_row(row: Mapping[str, Any], name: str) -> Document | DocumentError:
    try:
        known = {key: value for key, names in COLUMNS.items() if (value := _first(row, names, name))}
        return make_known_document(row.get("text"), known, name)
    except DocumentError as error:
        return error


def _first(row: Mapping[str, Any], names: tuple[str, ...], name: str) -> str:
    """The first value among these columns as text: of a time its day."""
    value = next((row[each] for each in names if row.get(each) not in (None, "")), "")
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise DocumentError(f"{names[0]} is a {type(value).__name__}, not a text", file=name, remedy=f"give {names[0]} as text, or leave it out")
    if names[0] == "issued" and len(value) > 10 and value[10] in "T ":
        return value[:10]
    return value


def _read_archive(path: str) -> Read:
    from kg.scale.archives import read_archive

    return read_archive(path)
