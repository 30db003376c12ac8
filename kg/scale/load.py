"""Shards become outcomes again, for a graph: the same as `kg build` makes of the same documents."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from kg.errors import DocumentError, KgError
from kg.graph.pool import Outcome
from kg.scale.libraries import check_installed
from kg.scale.records import read_records
from kg.scale.shards import FAILURES, RECORDS, ShardManifest, check_files


def read_shards(folders: Sequence[tuple[Path, ShardManifest]]) -> Iterator[Outcome]:
    """The extracted documents of several extractions, one by one; one text may come from several of them.

    Raises `StoreError` where a shard is not as it was written.
    """
    check_installed("pyarrow")
    for folder, manifest in folders:
        yield from chain.from_iterable(batch for file in check_files(folder, manifest, RECORDS) for batch in read_records(file))


def read_failures(folders: Sequence[tuple[Path, ShardManifest]]) -> Iterator[KgError]:
    """The documents that could not be read or extracted; what broke a shape is judged anew. Raises `StoreError` as `read_shards`."""
    for folder, manifest in folders:
        for file in check_files(folder, manifest, FAILURES):
            for line in file.read_text(encoding="utf-8").splitlines():
                said = json.loads(line)
                if said["kind"] == "unread":
                    yield DocumentError(said["what"], file=said["file"], remedy=said["remedy"])
