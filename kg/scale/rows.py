"""Documents as rows of Arrow tables: what travels between the tasks, and what the shards keep."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from kg.errors import DocumentError
from kg.model import Document
from kg.scale.reading import Read

if TYPE_CHECKING:
    import pyarrow as pa

TEXTS = ("sha256", "identifier", "text", "file_sha256", "path", "title", "creator", "publisher", "issued", "source", "language")
"""The fields of a document, each a column of text."""

SPARK_PAGES = "part int, error string, remedy string, " + ", ".join(f"{name} string" for name in TEXTS)
"""The schema of `page_batches` as Spark writes one."""

_ROWS, _CHARACTERS = 64, 4_000_000  # of a batch at most, but for a single longer document


def pages_schema() -> pa.Schema:
    """The schema of `page_batches`."""
    import pyarrow as pa

    return pa.schema([("part", pa.int32()), ("error", pa.string()), ("remedy", pa.string()), *((name, pa.string()) for name in TEXTS)])


def page_batches(read: Read, parts: int) -> Iterator[pa.RecordBatch]:
    """What was read as batches of rows, each with the part that it belongs to: a matter of its text alone.

    A document that could not be read is a row with ``error`` and ``remedy``, and its name as ``path``.
    """
    import pyarrow as pa

    schema = pages_schema()
    rows: list[dict[str, object]] = []
    size = 0
    for found in read:
        row = page_row(found, parts)
        rows.append(row)
        size += len(str(row["text"]))
        if len(rows) >= _ROWS or size >= _CHARACTERS:
            yield pa.RecordBatch.from_pylist(rows, schema)
            rows, size = [], 0
    if rows:
        yield pa.RecordBatch.from_pylist(rows, schema)


def page_row(found: Document | DocumentError, parts: int) -> dict[str, object]:
    """The row of a document, or of why there is none."""
    if isinstance(found, DocumentError):
        key = hashlib.sha256(f"{found.where}\n{found.what}".encode("utf-8", "replace")).hexdigest()
        said = {**dict.fromkeys(TEXTS, ""), "sha256": key, "path": whole(found.where)}
        return {"part": part_of(key, parts), "error": whole(found.what), "remedy": found.remedy, **said}
    texts = {name: whole(getattr(found, name)) for name in TEXTS}
    return {"part": part_of(found.sha256, parts), "error": "", "remedy": "", **texts}


def part_of(sha256: str, parts: int) -> int:
    """The part, counted from 0, that a document with this hash belongs to."""
    return int(sha256[:8], 16) % parts


def documents_of(rows: Iterable[dict[str, Any]]) -> Iterator[Document | DocumentError]:
    """The documents and errors of such rows, in their order."""
    for row in rows:
        if row["error"]:
            yield DocumentError(row["error"], file=row["path"], remedy=row["remedy"])
        else:
            yield Document(**{name: row[name] for name in TEXTS})


def rows_of(batches: Iterable[pa.RecordBatch]) -> Iterator[dict[str, Any]]:
    """The rows of the batches, one by one."""
    for batch in batches:
        yield from batch.to_pylist()


def whole(text: str) -> str:
    """The text with a ? for what UTF-8 cannot say: names of files may hold it."""
    return text.encode("utf-8", "replace").decode()
