"""What was read of a piece, on disk, such that each part's share of it can be taken out: the local engine's way to sort documents."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.scale.reading import Read
from kg.scale.rows import page_row, pages_schema

_CHARACTERS = 50_000_000  # kept in memory at most before they are written


def write_spill(file: Path, read: Read, parts: int) -> set[int]:
    """The parts of which the file, written here with an index beside it, holds documents or failures."""
    import pyarrow as pa

    schema = pages_schema()
    index: list[int] = []
    with pa.OSFile(str(file), "wb") as sink, pa.ipc.new_file(sink, schema) as writer:
        for part, rows in _runs(read, parts):
            writer.write_batch(pa.RecordBatch.from_pylist(rows, schema))
            index.append(part)
    file.with_suffix(".json").write_text(json.dumps(index), encoding="ascii")
    return set(index)


def read_spilled(folder: Path, part: int) -> Iterator[dict[str, Any]]:
    """The rows of one part from all files of the folder, sorted by SHA-256."""
    import pyarrow as pa

    batches: list[pa.RecordBatch] = []
    for index in sorted(folder.glob("*.json")):
        mine = [number for number, owner in enumerate(json.loads(index.read_text(encoding="ascii"))) if owner == part]
        if mine:
            # Not mapped into memory: the address space of who extracts them is bounded.
            with pa.OSFile(str(index.with_suffix(""))) as source, pa.ipc.open_file(source) as reader:
                batches += [reader.get_batch(number) for number in mine]
    order = sorted((sha256, number, row) for number, batch in enumerate(batches) for row, sha256 in enumerate(batch["sha256"].to_pylist()))
    for _, number, row in order:
        yield from batches[number].slice(row, 1).to_pylist()


def _runs(read: Read, parts: int) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """Rows of one part each, as many as memory allows."""
    waiting: dict[int, list[dict[str, Any]]] = defaultdict(list)
    size = 0
    for found in read:
        row = page_row(found, parts)
        waiting[int(str(row["part"]))].append(row)
        size += len(str(row["text"]))
        if size >= _CHARACTERS:
            yield from sorted(waiting.items())
            waiting.clear()
            size = 0
    yield from sorted(waiting.items())
