"""What the readers of the graph hand to the templates: plain, frozen, small enough to come back from a worker."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FIGURES = frozenset({"TradeFigure", "InvestmentFigure", "Indicator", "Lease", "ProjectStatus"})
_LONG_NUMBER = re.compile(r"(?<![\w.,-])\d{5,}(?=[ .)]|$)")  # with a unit or nothing behind it, and no year


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the graph with the label that people know it by."""

    iri: str
    label: str


def without_bracket(label: str) -> str:
    """The label of a fact without the bracket at its end, which tells date, status and speaker."""
    depth = 0
    for place in range(len(label) - 1, 0, -1) if label.endswith(")") else ():
        depth += {")": 1, "(": -1}.get(label[place], 0)
        if depth == 0:
            return label[:place].rstrip() or label
    return label


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact as a line of a list.

    ``type`` and ``status`` are the local names of the model ("TradeFigure", "Planned"), ``when`` the date or period in
    words, ``roles`` the roles that the page's own entity has in it, ``number`` its place in a numbered list, ``contributed`` whether
    somebody handed it in (then ``documents`` may be sources without text), not a rule read it.
    """

    iri: str
    type: str
    label: str
    status: str
    when: str
    by: tuple[Node, ...]
    documents: tuple[Node, ...]
    order: str
    roles: tuple[str, ...] = ()
    number: int = 0
    contributed: bool = False

    @property
    def short(self) -> str:
        """The label as people read it: large numbers with their thousands parted, and without the bracket at its end that
        repeats date, status and speaker, which stand beside it.
        """
        told = self.when or self.by or self.status != "Asserted"
        label = without_bracket(self.label) if told else self.label
        return _LONG_NUMBER.sub(lambda match: f"{int(match[0]):,}", label) if self.type in _FIGURES else label


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table. ``kind``: number, text, status, type (of fact; ``iri`` its local name), fact, contribution (a fact handed in),
    document or node (its IRI)."""

    text: str
    kind: str = "text"
    iri: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the variable of the query, its heading, and whether its cells are numbers."""

    name: str
    title: str
    numeric: bool


@dataclass(frozen=True, slots=True)
class Table:
    """The answer of a query. ``total`` counts all rows, of which ``rows`` may be the first."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same facts: the numbers of the facts whose span covers it, and of those that end with it."""

    text: str
    start: int
    facts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, or part of one. Offsets: 0-based code points of the document's kept text, end exclusive."""

    start: int
    end: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """What the graph says of a node with one property: the property's name, and its values as cells."""

    name: str
    values: tuple[Cell, ...]
