"""Invented documents in every kind of input that `kg extract` reads, good and hostile, and what compares its output."""

from __future__ import annotations

import contextlib
import gzip
import json
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from kg.graph import Quads, Violation
from kg.graph.nodes import RDF_TYPE, bkg
from tests.invented import LineExtractor

STATES = ("Peru", "Chile", "Kenya", "France", "Norway", "Ghana", "India", "Japan", "Mexico", "Turkey")


def texts(count: int) -> list[dict[str, str]]:
    """So many documents as rows, each about two states, with figures of its own."""
    rows = []
    for number in range(count):
        one, other = STATES[number % 10], STATES[(number + 1 + number // 10 % 9) % 10]
        year, amount = 1990 + number % 30, 100 + number
        rows.append({
            "text": f"Trade between {one} and {other} reached {amount} million dollars in {year}.\n\nThe two countries signed an agreement on "
            f"river transport in {year + 1}. The president of {one} visited {other} in May {year + 2}. {one} exported {amount - 60} million "
            f"dollars of goods to {other} in {year}.",
            "url": f"https://example.org/{number}", "title": f"{one} and {other}, {number}", "date": f"{year + 3}-02-01",
        })  # fmt: skip
    return rows


def write_lines(file: Path, rows: Iterable[object]) -> Path:
    """A file of JSON lines; a row that is a text stands there as it is."""
    lines = (row if isinstance(row, str) else json.dumps(row) for row in rows)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes("".join(f"{line}\n" for line in lines).encode("utf-8", "surrogatepass"))
    return file


def warc_record(kind: str, address: str, content: bytes, media: str, http: str = "") -> bytes:
    """A record of a web archive, as crawlers write one: a gzip member of its own. `http` is a status line for a fetched page."""
    if http:
        content = f"{http}\r\nContent-Type: {media}\r\nContent-Length: {len(content)}\r\n\r\n".encode() + content
        media = "application/http; msgtype=response"
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2026-01-02T03:04:05Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{len(address):012}>\r\nContent-Type: {media}\r\n"
        f"Content-Length: {len(content)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + content + b"\r\n\r\n", mtime=0)


def write_archive(file: Path, records: Sequence[bytes]) -> Path:
    """A web archive of these records."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"".join(records))
    return file


def files_of(folder: Path) -> Mapping[str, bytes]:
    """The files of an extraction, or of a graph but its store and what spares the next build some work, by their path."""
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.relative_to(folder).parts[0] not in ("store", "done", "beside", "cache.sqlite", "standing.jsonl")
    }


T = TypeVar("T")


def await_that(ask: Callable[[], T], seconds: float = 600) -> T:
    """The first answer that is true; fails where there is none for so long."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := ask():
            return answer
        time.sleep(0.02)
    raise AssertionError("it did not come to pass")


def below_of(pid: int) -> list[int]:
    """The processes below a process, sorted; of Linux."""
    parents = {}
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    below, waiting = set(), {pid}
    while waiting:
        waiting = {each for each, parent in parents.items() if parent in waiting} - below
        below |= waiting
    return sorted(below)


class PlainExtractor(LineExtractor):
    """Its base, for a graph without a gazetteer."""

    gazetteer = None


def refuse_nineteen(quads: Quads) -> Iterable[Violation]:
    """A shape that no fact with the amount 19 conforms to."""
    facts = {quad.subject for quad in quads if quad.predicate == RDF_TYPE and quad.object == bkg("TradeFigure")}
    bad = {q.subject for q in quads if q.predicate == bkg("amount") and q.object.value == "19" and q.subject in facts}  # type: ignore[union-attr]
    return [Violation(node.value, "bkg:NoNineteen", "19 is refused") for node in bad]  # type: ignore[union-attr]
