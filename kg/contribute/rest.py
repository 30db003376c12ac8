"""What was not accepted, with the reasons, in a file that can be corrected and handed in again."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kg.contribute.handed import ERROR, Finding, Handed, Statement, Term
from kg.contribute.judge import Judged
from kg.errors import KgError
from kg.graph.export import write_whole
from kg.graph.write import write_turtle

REASONS = "# reasons"
"""The column of the reasons in a table; columns that begin so are not read."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_rest(handed: Sequence[Handed], judged: Judged, path: Path | None) -> Path:
    """The file written: a table where one table was handed in, else Turtle with the reasons as comments.

    Raises `StoreError` where it cannot be written.
    """
    tables = [each for each in handed if each.rows]
    stem = Path(handed[0].file).stem
    if len(handed) == 1 and tables:
        target = path or Path(f"{stem}-rest.csv")
        write_whole(target, _table(tables[0], judged))
        return target
    if tables:
        raise KgError("tables and other files together have no rest", remedy="hand in one table at a time with --partial")
    target = path or Path(f"{stem}-rest.ttl")
    write_whole(target, _turtle(judged))
    return target


def _table(handed: Handed, judged: Judged) -> str:
    bad = {judged.completed.names[fact] for fact in judged.bad} | {node for node, finding in handed.findings if finding.severity == ERROR}
    reasons: dict[int, list[str]] = {}
    for finding in judged.findings:
        if finding.severity == ERROR:
            reasons.setdefault(finding.place.row, []).append(_reason(finding))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*handed.header, REASONS])
    for row in handed.rows:
        if row.node in bad or row.number in reasons:
            writer.writerow([*map(neutral, row.cells), "; ".join(reasons.get(row.number, ()))])
    return out.getvalue()


def neutral(cell: str) -> str:
    """The cell as a spreadsheet shows it and does not compute it."""
    number = cell[1:].replace(".", "", 1).isdigit() and cell[0] in "+-"
    return "'" + cell if cell.startswith(_FORMULA) and not number else cell


def _reason(finding: Finding) -> str:
    return f"{finding.message} - {finding.remedy}" if finding.remedy else finding.message


def _turtle(judged: Judged) -> str:
    """The statements as they were handed in: of the bad facts and of what only they name."""
    accepted = {subject for subject, _, _ in judged.keep}
    origin = judged.completed.names
    left = {origin.get(fact, fact) for fact in judged.bad} | {
        node for name, node in origin.items() if name not in accepted and name not in judged.standing and name not in judged.completed.facts
    }  # fmt: skip
    statements = [each for each in judged.handed.statements if each[0] in left]
    lines = [f"# {finding.place}: {_reason(finding)}\n" for finding in judged.findings if finding.severity == ERROR]
    return "".join(lines).replace("\r", " ") + write_turtle(Quad(*_named(each, judged)) for each in statements)


def _named(statement: Statement, judged: Judged) -> tuple[NamedNode, NamedNode, NamedNode | Literal]:
    names = {node: name for name, node in judged.completed.names.items() if isinstance(node, BlankNode)}

    def named(term: Term) -> NamedNode | Literal:
        if isinstance(term, BlankNode):
            return names.get(term) or NamedNode(f"urn:unnamed:{term.value}")
        return term

    subject = named(statement[0])
    assert isinstance(subject, NamedNode)
    return subject, statement[1], named(statement[2])
