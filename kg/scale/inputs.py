"""What there is to read: files of documents, JSON lines, Parquet tables and web archives, in pieces that one task reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import DocumentError, KgError
from kg.text import SUFFIXES as TEXT_SUFFIXES
from kg.text import Unread, find_files, is_there, keeps_texts, walk

LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
TABLES = (".parquet",)
ARCHIVES = (".warc", ".warc.gz", ".wet", ".wet.gz", ".warc.wet.gz")

_FILES_OF_A_PIECE = 200
_KINDS = {"lines": LINES, "table": TABLES, "archive": ARCHIVES}


@dataclass(frozen=True, slots=True)
class Piece:
    """Files that one task reads, of one kind: "files" (a document each), "lines", "table" or "archive"; with their bytes in all."""

    kind: str
    paths: tuple[str, ...]
    bytes: int


def find_pieces(paths: Iterable[str | Path]) -> tuple[list[Piece], list[KgError]]:
    """The pieces below these paths, sorted, each file once; and what of the paths cannot be read.

    Files named directly and files in folders alike; hidden ones and other kinds in folders are passed over.
    """
    files: dict[Path, Path] = {}
    failures: list[KgError] = []
    for name in paths:
        path = Path(name)
        try:
            files |= {file.resolve(): file for file in (_below(path, failures.append) if str(name) else find_files([name]))}
        except DocumentError as error:
            failures.append(error)
        except OSError as error:
            failures.append(DocumentError(f"cannot be read: {error.strerror or error}", file=path, remedy="check its name and permissions"))
    found = sorted(files.values(), key=lambda file: (file.name, str(file)))
    pieces = [Piece(kind, (str(file),), _size(file)) for file in found if (kind := kind_of(file)) != "files"]
    texts = [file for file in found if kind_of(file) == "files"]
    for first in range(0, len(texts), _FILES_OF_A_PIECE):
        members = texts[first : first + _FILES_OF_A_PIECE]
        pieces.append(Piece("files", tuple(map(str, members)), sum(map(_size, members))))
    return pieces, failures


def kind_of(path: Path) -> str:
    """The kind of a file by the end of its name; "" where it is none that can be read."""
    name = path.name.lower()
    kinds = (kind for kind, endings in _KINDS.items() if name.endswith(endings))
    return next(kinds, "files" if name.endswith(TEXT_SUFFIXES) else "")


def _below(path: Path, unread: Unread) -> Iterator[Path]:
    if path.is_dir():
        below = [file for file in walk(path, unread) if kind_of(file) and is_there(file, path, unread)]
        ours = {parent for parent in {file.parent for file in below} - {path} if keeps_texts(parent) or _shards(parent)}
        yield from (file for file in below if file.parent not in ours and not _hidden(file.relative_to(path)))
    elif kind_of(path) in _KINDS and path.is_file():
        yield path
    elif path.exists() and not kind_of(path):
        readable = ", ".join((*TEXT_SUFFIXES, *LINES, *TABLES, *ARCHIVES))
        raise DocumentError(f"{path.suffix or 'a name without suffix'} is nothing that holds documents", file=path, remedy=f"give {readable}")
    else:
        yield from find_files([path])  # with its errors


def _shards(folder: Path) -> bool:
    """Whether an extraction writes here: what it wrote is no input of the next."""
    return folder.name in ("records", "facts", "failures") and (folder.parent / "done").is_dir()


def _hidden(file: Path) -> bool:
    spark_own = file.name.startswith("_") and kind_of(file) != "files"  # such as _metadata beside a table's parts
    return spark_own or any(part.startswith(".") for part in file.parts)


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0
