"""The answer of a saved query as an Excel workbook, for people: labels in place of IRIs, numbers as numbers, no formula."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from importlib.util import find_spec

import pyoxigraph as ox

from kg.exports.tables import Cell, Column, Table
from kg.exports.workbook import write_workbook
from kg.queries import find_query, with_origin
from kg.queries.engine import Term
from kg.queries.names import find_facts, find_labels
from kg.serve.answer import Limits, too_many
from kg.serve.formats import Format
from kg.serve.jobs import run_saved, saved_queries
from kg.serve.limits import AnswerLimitError
from kg.serve.worker import Graph
from kg.terms import XSD

WORKBOOK = Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
_NUMBERS = {XSD + name for name in ("integer", "decimal")}
_LONGEST_NAME = 31  # characters of a sheet's name


def offers_workbooks() -> bool:
    """Whether workbooks can be written here: they need the extra "tables"."""
    return find_spec("openpyxl") is not None


def answer_workbook(graph: Graph, name: str, params: dict[str, str], limits: Limits) -> bytes:
    """The rows of a saved query as a workbook. Raises as `answer_saved` does."""
    query = find_query(name, saved_queries())
    result = with_origin(graph.store, run_saved(graph, name, params, limits.rows))
    if len(result.rows) > limits.rows:
        raise too_many(limits.rows)
    nodes = {term for row in result.rows for term in row if isinstance(term, ox.NamedNode)}
    labels = find_labels(graph.store, nodes - find_facts(graph.store, nodes))
    columns = tuple(Column(column, column) for column in result.columns)
    rows = tuple(tuple(_cell(term, labels) for term in row) for row in result.rows)
    body = write_workbook([Table(query.name[:_LONGEST_NAME], query.title, "", columns, rows)])
    if len(body) > limits.bytes:
        raise AnswerLimitError("the answer is too long", remedy="choose less, or ask for CSV")
    return body


def _cell(term: Term | None, labels: dict[ox.NamedNode, str]) -> Cell:
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return labels.get(term, term.value)
    if isinstance(term, ox.Literal) and term.datatype.value in _NUMBERS:
        try:
            return Decimal(term.value)
        except InvalidOperation:
            return term.value
    return term.value
