"""Tables as CSV with CSV on the Web metadata: types, keys, lists and IRIs for programs that read it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from kg.exports.tables import Cell, Column, Table
from kg.graph.nodes import number

SEPARATOR = " | "
"""Stands between the values of a cell that holds several; within a value "/" stands for the bar."""

METADATA = "csv-metadata.json"
_TYPES = {"string": "string", "iri": "string", "integer": "integer", "number": "decimal", "date": "date", "duration": "duration"}


def write_csv(table: Table) -> str:
    """The table as CSV (RFC 4180): a header, UTF-8, an empty cell where there is no value."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows([_text(cell) for cell in row] for row in table.rows)
    return out.getvalue()


def write_metadata(tables: Sequence[Table], title: str, files: Sequence[str]) -> str:
    """The metadata (W3C Tabular Metadata) of these tables in these files, as JSON."""
    names = {table.name for table in tables}
    by_table = dict(zip((table.name for table in tables), files, strict=True))
    keys = {table.name: table.key for table in tables}
    content = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": title,
        "dc:conformsTo": "https://w3id.org/bilateral-kg/ontology",
        "dialect": {"encoding": "utf-8", "header": True, "delimiter": ",", "quoteChar": '"', "doubleQuote": True},
        "tables": [_table(table, by_table, names, keys) for table in tables],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _text(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case tuple():
            return SEPARATOR.join(value.replace("|", "/") for value in cell)
        case Decimal():
            return number(cell).value
        case _:
            return str(cell)


def _table(table: Table, files: dict[str, str], names: set[str], keys: dict[str, str]) -> dict[str, Any]:
    schema: dict[str, Any] = {"columns": [_column(table, column) for column in table.columns]}
    if table.key:
        schema["primaryKey"] = table.key
        first = table.columns[0]
        if first.space and _all_within(table, first):
            schema["aboutUrl"] = f"{first.space}{{{first.name}}}"
    foreign = [
        {"columnReference": c.name, "reference": {"resource": files[c.refers], "columnReference": keys[c.refers]}}
        for place, c in enumerate(table.columns)
        if c.refers in names and not c.many and c.refers != table.name and all(row[place] is not None for row in table.rows)
    ]  # strict readers refuse a foreign key with an empty cell, so it stands only where every row has one
    if foreign:
        schema["foreignKeys"] = foreign
    return {"url": files[table.name], "dc:title": table.title, "tableSchema": schema}


def _all_within(table: Table, column: Column) -> bool:
    """Whether every cell of the column is the end of an IRI of its space; a node of others has its whole IRI there."""
    place = table.columns.index(column)
    cells = (row[place] for row in table.rows)
    return not any(":" in value for cell in cells if cell for value in (cell if isinstance(cell, tuple) else (str(cell),)))


def _column(table: Table, column: Column) -> dict[str, Any]:
    found: dict[str, Any] = {"name": column.name, "titles": column.name, "dc:description": column.title, "datatype": _TYPES[column.type]}
    if column.many:
        found["separator"] = SEPARATOR
    if column.property:
        found["propertyUrl"] = column.property
    if column.space and column.property and _all_within(table, column):
        found["valueUrl"] = f"{column.space}{{{column.name}}}"
    return found
