"""Empty tables with explanations: what each column of a fact type wants."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from kg import terms
from kg.contribute.table import MANY
from kg.errors import KgError
from kg.graph.export import write_whole
from kg.terms import Role, words_of

_COLUMNS = {
    "type": "the fact type",
    "status": "asserted, planned, hypothetical or denied",
    "date": "2019, 2019-05 or 2019-05-03: as precise as known; or startDate and endDate for a period",
    "startDate": "first day, month or year of a period",
    "endDate": "last day, month or year of a period",
    "statedBy": "who says so, where the source quotes somebody",
    "source": "where it stands: an address or a citation (or kg add --source for the whole table)",
    "document": "or a document of the graph, by its file name without ending, with",
    "quote": "the words of that document, exactly",
    "id": "an IRI of your own for the fact; else one is made",
    "label": "a sentence that says the fact; else one is made",
}


def columns_of(kind: str) -> list[tuple[str, str]]:
    """The columns of a table for one fact type, each with its explanation."""
    roles = [(role.name, _explain(kind, role)) for role in terms.FACT_TYPES[kind]]
    head = [(name, _COLUMNS[name]) for name in ("type", "status")]
    return [*head, *roles, *((name, text) for name, text in _COLUMNS.items() if name not in ("type", "status"))]


def template_csv(kind: str) -> str:
    """An empty table: explanations as rows that begin with # (they are not read), the header, and one row with the type."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    columns = columns_of(kind)
    writer.writerow([f"# {kind}: one fact a row. Names as the graph knows them, ISO 3166 codes, or new KIND: name for something new."])
    for name, text in columns:
        writer.writerow([f"# {name}: {text}"])
    writer.writerow([name for name, _ in columns])
    writer.writerow([kind, *[""] * (len(columns) - 1)])
    return out.getvalue()


def write_workbook(kind: str, path: Path) -> None:
    """Writes the same as a workbook: the table on the first sheet, the explanations on the second. Raises `KgError`."""
    try:
        import openpyxl
    except ImportError:
        raise KgError("tables of spreadsheets need openpyxl", remedy="pip install 'bilateral-kg[tables]', or --format csv") from None
    book = openpyxl.Workbook()
    sheet = book.active
    columns = columns_of(kind)
    sheet.title = kind
    sheet.append([name for name, _ in columns])
    sheet.append([kind])
    notes = book.create_sheet("explanations")
    for row in columns:
        notes.append(row)
    made = io.BytesIO()
    book.save(made)
    write_whole(path, made.getvalue())


def _explain(kind: str, role: Role) -> str:
    words = words_of(kind, role.name)
    said = {
        "entity": "a name" + (" or other words" if role.open else ""),
        "concept": "one of " + ", ".join(words) if words else f"a {role.scheme} of the ontology" + (", or other words" if role.open else ""),
        "number": "a plain number: 19 billion is 19000000000",
        "text": "text", "date": "a date", "duration": "an xsd:duration: P1Y is a year, P6M six months",
        "currency": "its ISO 4217 code, such as USD",
    }[role.kind]  # fmt: skip
    many = f"; several with {MANY} between them" if role.many else ""
    return said + many + (" (identifies the fact)" if role.key else "")
