"""What a person hands in: statements and the place in a file where each stands; and what is found wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

Node = ox.NamedNode | ox.BlankNode
Term = ox.NamedNode | ox.BlankNode | ox.Literal
Statement = tuple[Node, ox.NamedNode, Term]

ERROR, WARNING, NOTE = "error", "warning", "note"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: a line of a file, or a row (and column) of a table. Both count from 1, 0 where unknown.

    The header of a table is row 1, as a spreadsheet counts.
    """

    file: str = ""
    line: int = 0
    row: int = 0
    column: str = ""

    def __str__(self) -> str:
        if self.row:
            return f"{self.file}, row {self.row}" + (f", column {self.column}" if self.column else "")
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that the reader should know: ``severity`` error keeps the fact out, warning and note do not.

    ``code`` names the check or the shape; ``subject`` is the IRI of what it is about; ``beside`` are lines on what the
    graph holds already, to be shown beside the fact.
    """

    place: Place
    severity: str
    code: str
    subject: str
    label: str
    message: str
    remedy: str
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table as it was given, and the node that stands for its fact."""

    number: int
    node: ox.BlankNode
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Handed:
    """The content of one file.

    ``places`` are those of subjects, ``property_places`` of what is said of them. A table also keeps its header and rows.
    ``findings`` are on nodes of this file that could not be read at all.
    """

    file: str
    sha256: str
    statements: tuple[Statement, ...]
    places: Mapping[Node, Place]
    property_places: Mapping[tuple[Node, ox.NamedNode], Place]
    findings: tuple[tuple[Node, Finding], ...] = ()
    header: tuple[str, ...] = ()
    rows: tuple[Row, ...] = field(default=())

    def place(self, node: Node, path: ox.NamedNode | None = None) -> Place:
        """Where the property of the node stands, else the node itself, else the file."""
        found = self.property_places.get((node, path)) if path is not None else None
        return found or self.places.get(node) or Place(self.file)
