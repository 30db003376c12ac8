"""Tables as an Excel workbook, for people: a sheet for each table, every text a text and never a formula."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kg.errors import KgError
from kg.exports.tables import Cell, Table
from kg.exports.zips import make_zip

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MOST_ROWS = 1_048_576
"""Rows of a sheet, its head among them."""

_LONGEST = 32_767  # characters of a cell
_WIDEST = 60  # characters of a column's width
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_MADE = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_BEGINNING = datetime(1980, 1, 1)
SEPARATOR = "; "
"""Stands between the values of a cell that holds several."""


def write_workbook(tables: Sequence[Table]) -> bytes:
    """The workbook as .xlsx: heads in bold that stay in sight, filters, numbers as numbers, dates as texts (2018-05).

    The same tables give the same bytes. Raises `KgError` where openpyxl (the extra "tables") is missing, or a table is too long.
    """
    try:
        from openpyxl import Workbook
    except ImportError:
        raise KgError("a workbook needs openpyxl", remedy="pip install 'bilateral-kg[tables]'") from None
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    workbook.properties.creator = "bilateral-kg"
    workbook.properties.created = _BEGINNING
    for table in tables:
        if len(table.rows) >= MOST_ROWS:
            raise KgError(f"a sheet has no room for {len(table.rows):,} facts", remedy="choose a part with --type or --pair, or export CSV")
        _fill(workbook.create_sheet(table.name), table)
    out = io.BytesIO()
    try:
        workbook.save(out)
    except Exception as error:  # lxml tells of a full disk by an error of its own
        if not str(error).startswith("IO_"):
            raise
        remedy = "free some space there, or set TMPDIR to another folder"
        raise KgError(f"the workbook cannot be made here ({error})", file=tempfile.gettempdir(), remedy=remedy) from None
    return _timeless(out)


def _fill(sheet: Worksheet, table: Table) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    for place, column in enumerate(table.columns, 1):
        _put(sheet, 1, place, column.name)
        sheet.cell(1, place).font = Font(bold=True)
        widths = [len(column.name), *(len(str(_value(row[place - 1]))) for row in table.rows)]
        sheet.column_dimensions[get_column_letter(place)].width = min(max(widths) + 2, _WIDEST)
    for at, row in enumerate(table.rows, 2):
        for place, cell in enumerate(row, 1):
            _put(sheet, at, place, _value(cell))
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions


def _put(sheet: Worksheet, row: int, column: int, value: str | int | Decimal) -> None:
    if value == "":
        return
    cell: Any = sheet.cell(row, column)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # else what begins with "=" would be computed


def _value(cell: Cell) -> str | int | Decimal:
    if isinstance(cell, int | Decimal):
        return cell
    text = SEPARATOR.join(cell) if isinstance(cell, tuple) else cell or ""
    text = _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _timeless(workbook: io.BytesIO) -> bytes:
    """The workbook without the time at which it was saved."""
    with zipfile.ZipFile(workbook) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["docProps/core.xml"] = _MADE.sub(rb"\g<1>1980-01-01T00:00:00Z", files["docProps/core.xml"])
    return make_zip(files)
