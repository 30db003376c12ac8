"""Tables as Parquet: typed columns, lists as lists, for pandas, DuckDB, Spark."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kg.errors import KgError
from kg.exports.tables import Cell, Column, Table

if TYPE_CHECKING:
    import pyarrow as pa


def write_parquet(table: Table) -> bytes:
    """The table as a Parquet file. Numbers are doubles (integers where the model counts), days are dates, other dates texts.

    Raises `KgError` where pyarrow (the extra "tables") is missing.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise KgError("Parquet needs a package that is not installed", remedy="pip install 'bilateral-kg[tables]'") from None
    schema = pa.schema([_field(pa, column) for column in table.columns], metadata={"title": table.title})
    cells = {c.name: [_value(c, row[i]) for row in table.rows] for i, c in enumerate(table.columns)}
    out = io.BytesIO()
    pq.write_table(pa.table(cells, schema=schema), out, compression="zstd", store_schema=True)
    return out.getvalue()


def _field(pa: Any, column: Column) -> pa.Field:
    types = {"integer": pa.int64(), "number": pa.float64(), "date": pa.date32()}
    kind = types.get(column.type, pa.string())
    return pa.field(column.name, pa.list_(kind) if column.many else kind, metadata={"description": column.title})


def _value(column: Column, cell: Cell) -> object:
    if isinstance(cell, tuple):
        return list(cell)
    if column.type == "date" and isinstance(cell, str):
        try:
            return date.fromisoformat(cell)
        except ValueError:
            return None
    return float(cell) if isinstance(cell, Decimal) else cell
