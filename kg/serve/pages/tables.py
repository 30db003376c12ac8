"""The answer of a query as a table for people: labels for nodes, words for dates, every fact a link to its sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from pyoxigraph import Literal, NamedNode, Store

from kg.graph.labels import concept_words, duration_words
from kg.graph.nodes import bkg
from kg.queries import Result, contributed, with_origin
from kg.queries.engine import Row, Term
from kg.queries.names import find_facts, find_labels
from kg.queries.origin import CONTRIBUTED
from kg.serve.pages.reading import short_iri
from kg.serve.pages.records import Cell, Column, Table, without_bracket
from kg.serve.pages.words import column_title, number_words, when_words
from kg.terms import BKG, CON, DOC, FACT, FACT_TYPES, STATUSES, XSD

_NUMBERS = {XSD + name for name in ("integer", "decimal", "double", "float")}
_DATES = {XSD + name for name in ("date", "gYear", "gYearMonth")}
_PERIODS = frozenset({"when", "aWhen", "bWhen", "earliest", "latest", "issued"})
_QUALIFIED = ("amount", "value", "change", "share", "rent")
"""The columns of figures that a qualifier is of: of several in a row the first that is filled."""

_SAID_BESIDE = frozenset({"when", "status", "by"})
_YEARS = frozenset({"year", "rank", "start", "end"})


def make_table(store: Store, result: Result, most: int = 1000, *, sparse: bool = False) -> Table:
    """The first rows of a result with labels in place of IRIs; with `sparse`, columns without any value are left out."""
    total = len(result.rows)
    result = replace(result, rows=result.rows[:most])
    if contributed(told := with_origin(store, result)):  # people need the column only where there is something to tell apart
        result = told
    rows = result.rows
    nodes = {term for row in rows for term in row if isinstance(term, NamedNode)}
    labels, facts = find_labels(store, nodes), find_facts(store, nodes)
    kept = [i for i in range(len(result.columns)) if not sparse or any(row[i] is not None and row[i].value for row in rows)]  # type: ignore[union-attr]
    kept.sort(key=lambda i: result.columns[i] != "fact")  # the way to the sentence comes first, where no narrow screen hides it
    qualifiers = _qualifiers(store, result)
    cells = tuple(_row_cells(row, result.columns, kept, labels, facts, qualifiers) for row in rows)
    columns = tuple(
        Column(result.columns[i], column_title(result.columns[i]), _is_numeric([row[at] for row in cells])) for at, i in enumerate(kept)
    )
    return Table(columns, cells, total)


def _row_cells(
    row: Row, columns: Sequence[str], kept: Sequence[int], labels: Mapping[NamedNode, str], facts: Set[NamedNode], qualifiers: Mapping[Term, str]
) -> tuple[Cell, ...]:
    """The cells of a row; what a figure's qualifier says stands before the figure, what other columns say is not said again."""
    cells = {columns[i]: _told(make_cell(row[i], labels, columns[i]), row, facts) for i in kept}
    fact = row[columns.index("fact")] if "fact" in columns else None
    if fact is not None and fact in qualifiers and (figure := next((name for name in _QUALIFIED if name in cells and cells[name].text), "")):
        cells[figure] = replace(cells[figure], text=f"{qualifiers[fact]} {cells[figure].text}")
    if "says" in cells and _SAID_BESIDE.issubset(columns):
        cells["says"] = replace(cells["says"], text=without_bracket(cells["says"].text))
    return tuple(cells.values())


def _qualifiers(store: Store, result: Result) -> dict[Term, str]:
    """What stands before the figure of each fact of the rows that has a qualifier: "more than"."""
    if "fact" not in result.columns or not set(_QUALIFIED) & set(result.columns):
        return {}
    place, found = result.columns.index("fact"), {}
    for fact in {row[place] for row in result.rows if isinstance(row[place], NamedNode)}:
        for quad in store.quads_for_pattern(fact, bkg("qualifier"), None, None):  # type: ignore[arg-type]
            if isinstance(quad.object, NamedNode) and fact is not None:
                found[fact] = concept_words(quad.object.value.rpartition("-")[2])
    return found


def _told(cell: Cell, row: Row, facts: Set[NamedNode]) -> Cell:
    """The cell as a link to a fact where it names one, whatever its IRI; to a contribution where the row's fact is one."""
    if cell.kind not in {"node", "fact"} or NamedNode(cell.iri) not in facts:
        return cell
    return replace(cell, kind="contribution" if row[-1] == Literal(CONTRIBUTED) and cell.kind == "fact" else "fact")


def make_cell(term: Term | None, labels: Mapping[NamedNode, str], column: str = "") -> Cell:
    """The cell of one term: facts, documents and other nodes with their label and IRI, literals as they are read."""
    if term is None:
        return Cell("")
    if isinstance(term, NamedNode):
        label = labels.get(term, short_iri(term))
        return Cell(label, "fact", term.value) if column == "fact" else _node_cell(term, label)  # whatever IRI a contribution gave it
    datatype = getattr(term, "datatype", None)
    kind = datatype.value if datatype is not None else ""
    if kind in _NUMBERS:
        return Cell(term.value if column in _YEARS else number_words(term.value), "number")
    if kind == XSD + "duration":
        return Cell(duration_words(term.value))
    if kind in _DATES or column in _PERIODS:
        return Cell(when_words(term.value))
    return Cell(term.value)


def _node_cell(node: NamedNode, label: str) -> Cell:
    iri = node.value
    if iri.startswith(FACT):
        return Cell(label, "fact", iri)
    if iri.startswith(DOC):
        return Cell(label, "document", iri)
    if iri.startswith(BKG):
        name = iri.removeprefix(BKG)
        kind = "status" if name in STATUSES else "type" if name in FACT_TYPES else "text"
        return Cell(name.lower() if kind == "status" else label, kind, name if kind == "type" else iri)
    return Cell(concept_words(label) if iri.startswith(CON) else label, "node", iri)


def _is_numeric(cells: list[Cell]) -> bool:
    filled = [cell for cell in cells if cell.text]
    return bool(filled) and all(cell.kind == "number" for cell in filled)
