"""The graph, or a part of it, as a file."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TextIO

from pyoxigraph import Store

from kg.errors import KgError, StoreError
from kg.graph.quotes import without_quotes
from kg.graph.select import select
from kg.graph.void import describe_quads
from kg.graph.write import SUFFIXES, WRITERS


def export(
    store: Store,
    out: Path | TextIO,
    format: str | None = None,
    *,
    document: str | None = None,
    type: str | None = None,
    pair: tuple[str, str] | None = None,
    quotes: bool = True,
) -> int:
    """The number of quads written to `out`: sorted, with prefixes, the same bytes for the same graph.

    `format` is a key of `WRITERS`; without one the ending of the file says it; a stream, a pipe or a terminal gets Turtle. TriG, N-Quads and JSON-LD
    keep the named graphs apart, the others join them. Without `quotes`
    see `without_quotes`. The whole graph comes with its description in VoID. A file is complete or not there. Raises `KgError` on an unknown
    format, document, type or name, `StoreError` where the file cannot be written.
    """
    name = format or format_of(out)
    if name not in WRITERS:
        raise KgError(f"no format {name!r}", remedy=f"one of {', '.join(WRITERS)}")
    quads = select(store, document=document, type=type, pair=pair)
    if not quotes:
        quads = without_quotes(quads)
    if document is None and type is None and pair is None:
        quads = [*quads, *describe_quads(quads)]
    text = WRITERS[name](quads)
    if isinstance(out, Path):
        write_whole(out, text)
    else:
        out.write(text)
    return len(quads)


def format_of(out: Path | TextIO, known: Mapping[str, str] = SUFFIXES) -> str:
    """The format that the ending of a file name asks for; Turtle for what has no name that tells. Raises `KgError`."""
    if not isinstance(out, Path) or (out.exists() and not out.is_file() and not out.is_dir()):  # a stream, a pipe, a terminal
        return "turtle"
    suffix = out.suffix.lower()
    if suffix not in known:
        what = f"no format has the ending {suffix!r}" if suffix else "the name has no ending that tells the format"
        raise KgError(what, file=out, remedy=f"end it in {', '.join(known)}, or name the format")
    return known[suffix]


def write_whole(path: Path, content: str | bytes) -> None:
    """Writes the file complete or not at all: beside it first, then under its name. Raises `StoreError`."""
    data = content.encode() if isinstance(content, str) else content
    if path.exists() and not path.is_file():  # a pipe, a terminal: there is nothing to put in its place
        path.write_bytes(data)
        return
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        if not path.parent.is_dir():
            raise StoreError(f"cannot be written: there is no folder {path.parent}", file=path, remedy="make the folder, or write elsewhere") from error
        remedy = "check the permissions of its folder" if isinstance(error, PermissionError) else "free some space"
        raise StoreError(f"cannot be written ({error.strerror})", file=path, remedy=f"{remedy}, or write elsewhere") from error
