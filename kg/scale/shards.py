"""The folder of an extraction: shards by what the documents say, the same bytes whoever makes them; a manifest when all is done.

    DIR/shards.json                  what was made, from what, with a digest of every file
    DIR/records/part-00000.parquet   documents with their texts and facts as they were extracted: what `kg load` takes
    DIR/facts/part-00000.nq.gz       facts with evidence as N-Quads, sorted by document and line: what any triple store takes
    DIR/facts/part-00000.parquet     the same facts, one row each
    DIR/failures/part-00000.jsonl    documents and facts that were left out, and why
    DIR/done/                        which run it is, and what its tasks tell of finished shards: a broken one goes on from there
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kg.errors import StoreError

FORMAT = 1
NAME = "shards.json"  # no name that a graph has, so that neither is ever taken for the other
RECORDS, FACTS, FAILURES, DONE, BESIDE = "records", "facts", "failures", "done", "beside"
_OURS = {NAME, RECORDS, FACTS, FAILURES, DONE, BESIDE}


@dataclass(frozen=True, slots=True)
class ShardManifest:
    """The content of ``shards.json``. ``reader`` tells the version of code, gazetteer and rules; ``files`` maps paths to SHA-256."""

    package: str
    reader: str
    parts: int
    documents: int
    facts: int
    quads: int
    failures: int
    rejected: int
    files: dict[str, str]
    format: int = FORMAT

    def text(self) -> str:
        """The manifest as JSON, keys sorted."""
        return json.dumps(asdict(self), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def read_manifest(directory: Path) -> ShardManifest:
    """The manifest of a finished extraction. Raises `StoreError` where there is none, or not a whole one."""
    file = directory / NAME
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        if content.get("format") != FORMAT:
            raise StoreError(f"holds shards of version {content.get('format')}, this program reads version {FORMAT}", file=directory, remedy="extract again")
        return ShardManifest(**content)
    except FileNotFoundError:
        what = "holds an unfinished extraction" if (directory / DONE).is_dir() else "holds no shards of an extraction"
        raise StoreError(what, file=directory, remedy="make them: kg extract PATH... -o DIR; the same command again finishes a broken one") from None
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise StoreError(f"the manifest is broken ({error})", file=file, remedy="extract again") from None


def check_files(directory: Path, manifest: ShardManifest, folder: str) -> list[Path]:
    """The files of a folder of the extraction, sorted, each with the digest that it was written with. Raises `StoreError`."""
    found = []
    for name, digest in sorted(manifest.files.items()):
        if name.startswith(folder + "/"):
            file = directory / name
            try:
                good = digest_of(file) == digest
            except OSError as error:
                raise StoreError(f"a shard is missing ({error.strerror})", file=file, remedy="extract again") from None
            if not good:
                raise StoreError("the shard was changed or damaged", file=file, remedy="take it away and extract again")
            found.append(file)
    return found


def digest_of(file: Path) -> str:
    """The SHA-256 of a file's bytes."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def check_ours(directory: Path) -> None:
    """Nothing where the folder is free for an extraction, or holds one. Raises `StoreError` where it holds something else."""
    if directory.exists() and not directory.is_dir():
        raise StoreError("is a file", file=directory, remedy="choose another folder for the shards")
    with _writing(directory):
        found = {each.name for each in directory.iterdir()} if directory.is_dir() else set()
        others = found - _OURS if any((directory / DONE).glob("key-*")) else found
        if others:
            raise StoreError(f"holds other files ({min(others)})", file=directory, remedy="choose another folder for the shards, or empty it")


def prepare(directory: Path, key: str) -> None:
    """Makes the folder ready for an extraction: what is finished of the same one stays, of another one it goes.

    Raises `StoreError` where the folder cannot be written.
    """
    with _writing(directory):
        (directory / NAME).unlink(missing_ok=True)
        if not (directory / DONE / key).is_file():
            for name in sorted(_OURS - {NAME}):
                shutil.rmtree(directory / name, ignore_errors=True)
        shutil.rmtree(directory / BESIDE, ignore_errors=True)
        for name in (RECORDS, FACTS, FAILURES, DONE, BESIDE):
            (directory / name).mkdir(parents=True, exist_ok=True)
        (directory / DONE / key).touch()


@contextlib.contextmanager
def writing(directory: Path, name: str) -> Iterator[Path]:
    """A file to be written beside, and put in its place in the folder, whole, when the block ends well.

    Two tasks may write the same file at once: they write the same bytes.
    """
    file = directory / name
    beside = directory / BESIDE / f"{file.name}.{uuid.uuid4().hex}"
    with _writing(file):
        beside.parent.mkdir(parents=True, exist_ok=True)
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            yield beside
            os.replace(beside, file)
        finally:
            beside.unlink(missing_ok=True)


@contextlib.contextmanager
def _writing(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(f"cannot be written ({error.strerror or error})", file=file, remedy="free some space or write elsewhere") from error


def tell_done(directory: Path, stage: str, part: int, **said: Any) -> None:
    """Notes that a stage is done with a part, and what there is to tell of it."""
    with writing(directory, f"{DONE}/{stage}-{part:05}.json") as beside:
        beside.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")


def read_done(directory: Path, stage: str, part: int) -> dict[str, Any] | None:
    """What was told of a finished part; None where it is not finished, or its files are not as they were written."""
    try:
        said: dict[str, Any] = json.loads((directory / DONE / f"{stage}-{part:05}.json").read_text(encoding="utf-8"))
        whole = all(digest_of(directory / name) == digest for name, digest in said["files"].items())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return said if whole else None


def shard(folder: str, part: int, suffix: str) -> str:
    """The name of a shard below its folder's directory."""
    return f"{folder}/part-{part:05}{suffix}"


def finish(directory: Path, manifest: ShardManifest) -> None:
    """Writes the manifest and clears away what only an unfinished run needs."""
    with writing(directory, NAME) as beside:
        beside.write_text(manifest.text(), encoding="utf-8")
    shutil.rmtree(directory / BESIDE, ignore_errors=True)
    for told in (directory / DONE).glob("*-*.json"):
        told.unlink()


def finished(directory: Path, key: str) -> ShardManifest | None:
    """The manifest where this very extraction is done and its files are as they were written, else None."""
    try:
        manifest = read_manifest(directory)
        for folder in (RECORDS, FACTS, FAILURES):
            check_files(directory, manifest, folder)
    except StoreError:
        return None
    return manifest if (directory / DONE / key).is_file() else None
