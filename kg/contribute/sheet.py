"""Rows of a CSV, TSV or XLSX file as texts. Bounded: rows, columns, length of a cell, size of an unpacked workbook."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from kg.contribute.read import LONGEST, read_bytes
from kg.errors import KgError

MOST_ROWS, MOST_COLUMNS = 200_000, 200
MOST_UNPACKED = 512 * 1024 * 1024
FORMULA = "\N{NULL}formula"
"""Stands for a cell that a spreadsheet would compute."""


def read_rows(path: Path) -> tuple[bytes, list[tuple[int, list[str]]]]:
    """The bytes of the file, and its rows with their numbers, from 1; empty rows and those that begin with # left out.

    Raises `KgError` where the file is broken or too large.
    """
    data = read_bytes(path)
    rows = _workbook(data, path) if path.suffix.lower() == ".xlsx" else _text(data, path)
    found = []
    for number, cells in rows:
        if len(cells) > MOST_COLUMNS or number > MOST_ROWS:
            raise KgError(f"more than {MOST_ROWS:,} rows or {MOST_COLUMNS} columns", file=path, line=number, remedy="split the table")
        if any(cells) and not cells[0].startswith("#"):
            found.append((number, cells))
    return data, found


def _text(data: bytes, path: Path) -> list[tuple[int, list[str]]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise KgError("is no UTF-8", file=path, line=line, remedy="save it as UTF-8") from None
    header = next((line for line in text.splitlines() if line.strip() and not line.lstrip('"').startswith("#")), "")
    mark = "\t" if path.suffix.lower() == ".tsv" else max(",;\t", key=header.count)
    csv.field_size_limit(LONGEST)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    rows: list[tuple[int, list[str]]] = []
    try:
        before = 0
        for cells in reader:
            rows.append((before + 1, [cell.strip() for cell in cells]))
            before = reader.line_num
    except csv.Error as error:
        raise KgError(f"broken table ({error})", file=path, line=reader.line_num, remedy="check quotes and separators") from None
    return rows


def _workbook(data: bytes, path: Path) -> list[tuple[int, list[str]]]:
    try:
        import defusedxml  # noqa: F401 - openpyxl reads through it where it is there
        import openpyxl
    except ImportError:
        raise KgError("tables of spreadsheets need openpyxl", file=path, remedy="pip install 'bilateral-kg[tables]', or save it as CSV") from None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            size = sum(each.file_size for each in packed.infolist())
        if size > MOST_UNPACKED:
            raise KgError(f"unpacks to {size // 1_000_000:,} MB", file=path, remedy="split the table")
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        rows = []
        for number, cells in enumerate(sheet.iter_rows(), 1):
            if number > MOST_ROWS:
                break
            rows.append((number, [_cell(cell) for cell in cells[: MOST_COLUMNS + 1]]))
        return rows
    except KgError:
        raise
    except Exception as error:  # whatever the library makes of a broken or hostile workbook
        reason = " ".join(str(error).split())[:120] or type(error).__name__
        raise KgError(f"is no workbook that can be read ({reason})", file=path, remedy="save it anew as .xlsx, or as CSV") from None


def _cell(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f" or (isinstance(value, str) and value.startswith("=")):
        return FORMULA
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d") if value.year >= 1000 else value.isoformat()[:10]
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return format(Decimal(str(value)).normalize(), "f")
    return str(value).strip()
