"""Shards become a graph: the same as `kg build` makes of the same documents."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from kg.errors import DocumentError, KgError
from kg.graph.pool import Outcome
from kg.scale.extraction import sorted_aliases
from kg.scale.records import order, read_records
from kg.scale.run import aliases_digest, program_digest
from kg.scale.shards import FAILURES, RECORDS, ShardManifest, check_files, read_manifest


def read_shards(directories: Iterable[str | Path]) -> tuple[list[Outcome], list[KgError], list[ShardManifest]]:
    """The extracted documents of several extractions, each text once; what was left out there; and their manifests.

    Raises `StoreError` where a folder holds no finished extraction, or a shard is not as it was written.
    """
    folders = [Path(directory) for directory in directories]
    manifests = [read_manifest(folder) for folder in folders]
    found: dict[str, Outcome] = {}
    failures: list[KgError] = []
    for folder, manifest in zip(folders, manifests, strict=True):
        files = check_files(folder, manifest, RECORDS)
        for outcome in chain.from_iterable(batch for file in files for batch in read_records(file)):
            other = found.get(outcome.document.sha256)
            if other is None or order(outcome.document) < order(other.document):
                found[outcome.document.sha256] = outcome
        for file in check_files(folder, manifest, FAILURES):
            failures += _left_out(file)
    return list(found.values()), failures, manifests


def _left_out(file: Path) -> Iterator[KgError]:
    """The documents that could not be read or extracted; what broke a shape is judged anew."""
    for line in file.read_text(encoding="utf-8").splitlines():
        said = json.loads(line)
        if said["kind"] == "unread":
            yield DocumentError(said["what"], file=said["file"], remedy=said["remedy"])


def notes_on(manifests: Iterable[ShardManifest], aliases: Mapping[str, Sequence[str]]) -> list[str]:
    """What makes the graph another than a build by this program would make, of a graph in which people gave these names."""
    manifests = list(manifests)
    notes = []
    if any(each.program != program_digest() for each in manifests):
        notes.append("the facts were extracted by another version of program or rules - extract again for those of this one")
    if any(each.aliases != aliases_digest(sorted_aliases(aliases)) for each in manifests):
        notes.append("the facts were extracted with other names than those that people gave in this graph - extract again with --graph")
    return notes
