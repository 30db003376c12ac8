"""An export for another tool, written whole: one file, a folder or a ZIP."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from pyoxigraph import Store

from kg.errors import KgError, StoreError
from kg.exports.csvw import METADATA, write_csv, write_metadata
from kg.exports.graphml import write_graphml
from kg.exports.nodes import Nodes
from kg.exports.parquet import write_parquet
from kg.exports.tables import Table, make_flat_table, make_tables
from kg.exports.workbook import write_workbook
from kg.exports.zips import make_zip
from kg.graph.export import write_whole
from kg.graph.quotes import without_quotes
from kg.graph.select import select
from kg.terms import FACT_TYPES

_TABLES = (*FACT_TYPES, "facts", "roles", "evidence", "entities", "concepts", "documents")
_OURS = {METADATA, *(f"{name}.{ending}" for name in _TABLES for ending in ("csv", "parquet"))}  # what an export may replace

FORMATS = ("csv", "xlsx", "graphml", "parquet")
SUFFIXES = {".csv": "csv", ".zip": "csv", ".xlsx": "xlsx", ".graphml": "graphml", ".parquet": "parquet"}
"""The format that a file name's ending asks for; a ZIP holds CSV unless a format is named."""

_TITLE = "Facts about relations between states"


def export_tables(
    store: Store,
    out: Path,
    format: str,
    *,
    document: str | None = None,
    type: str | None = None,
    pair: tuple[str, str] | None = None,
    quotes: bool = True,
    facts_as: str = "nodes",
) -> int:
    """The number of facts written to `out`; the same bytes for the same graph.

    CSV and Parquet: a name with the format's own ending is one table of all facts, `.zip` or any other name a ZIP or
    folder with a table for each type, and entities, concepts, documents and evidence beside; CSV comes with CSVW
    metadata. XLSX is one workbook with a sheet of all facts and one for each type. GraphML is one file; `facts_as` is "nodes" or "edges". Filters and `quotes` as in `kg.graph.export`.
    Raises `KgError`, and `StoreError` where nothing can be written.
    """
    if SUFFIXES.get(out.suffix.lower(), format) != format and out.suffix.lower() != ".zip":
        raise KgError(f"the ending {out.suffix!r} is not that of {format}", file=out, remedy=f"end it in .{format}, or leave --format out")
    quads = select(store, document=document, type=type, pair=pair)
    nodes = Nodes(quads if quotes else without_quotes(quads), quotes=quotes)
    if format == "graphml":
        write_whole(out, write_graphml(nodes, facts_as=facts_as))
    elif format == "xlsx":
        if out.suffix.lower() != ".xlsx":
            raise KgError("a workbook is one file", file=out, remedy="end its name in .xlsx")
        write_whole(out, write_workbook(_sheets(nodes)))
    elif out.suffix.lower() == f".{format}":
        _write_flat(nodes, out, format)
    elif out.suffix.lower() == ".zip":
        write_whole(out, make_zip(_files(nodes, format)))
    else:
        _write_folder(out, _files(nodes, format))
    return len(nodes.facts())


def _write_flat(nodes: Nodes, out: Path, format: str) -> None:
    table = make_flat_table(nodes)
    if format == "parquet":
        write_whole(out, write_parquet(table))
        return
    write_whole(out, write_csv(table))
    write_whole(out.with_name(f"{out.name}-metadata.json"), write_metadata([table], _TITLE, [out.name]))


def _sheets(nodes: Nodes) -> list[Table]:
    """All facts, then those of each type with the columns that they fill."""
    return [make_flat_table(nodes), *(make_flat_table(nodes, name) for name in FACT_TYPES if nodes.facts(name))]


def _files(nodes: Nodes, format: str) -> dict[str, bytes]:
    tables = make_tables(nodes)
    names = [f"{table.name}.{format}" for table in tables]
    if format == "parquet":
        return {name: write_parquet(table) for name, table in zip(names, tables, strict=True)}
    files = {name: write_csv(table).encode() for name, table in zip(names, tables, strict=True)}
    return files | {METADATA: write_metadata(tables, _TITLE, names).encode()}


def _write_folder(out: Path, files: Mapping[str, bytes]) -> None:
    """Writes the folder beside its place first, so that it is complete or not there. An earlier export is replaced."""
    if out.exists() and not out.is_dir():
        raise KgError("is a file, not a folder", file=out, remedy="end the name in .csv, .parquet or .zip, or name a folder")
    strangers = [path.name for path in sorted(out.iterdir()) if path.name not in _OURS] if out.is_dir() else []
    if strangers:
        raise KgError(f"holds other files ({strangers[0]}, ...)", file=out, remedy="name a new folder")
    beside = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        beside.mkdir(parents=True)
        for name, content in files.items():
            (beside / name).write_bytes(content)
        if out.is_dir():
            shutil.rmtree(out)
        beside.replace(out)
    except OSError as error:
        shutil.rmtree(beside, ignore_errors=True)
        reason = f"cannot be written ({error.strerror})"
        raise StoreError(reason, file=out, remedy="free some space or write elsewhere") from error
