"""A flat table: one fact a row, columns named by the roles of the model, cells with names, codes, words and numbers."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode

from kg import terms
from kg.contribute.handed import ERROR, WARNING, Finding, Handed, Node, Place, Row, Statement, Term
from kg.contribute.naming import Naming
from kg.contribute.quote import quote_statements
from kg.contribute.read import control_in, shown
from kg.contribute.sheet import FORMULA, read_rows
from kg.errors import KgError
from kg.graph import nodes
from kg.graph.facts import CLASSES
from kg.graph.nodes import DERIVED_FROM, PREF_LABEL, RDF_TYPE, RDFS_LABEL, bkg
from kg.terms import Role
from kg.words import search_key, slug_of

COLUMNS = ("type", "id", "label", "status", "statedBy", "date", "startDate", "endDate", "source", "document", "quote")
"""Columns that every type has, besides its roles."""

MANY = ";"
"""What stands between several values in one cell."""

_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?")
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_ROLES = {role.name for roles in terms.FACT_TYPES.values() for role in roles}
_BY_FOLD = {re.sub(r"[ _-]", "", name).lower(): name for name in (*COLUMNS, *sorted(_ROLES), "comment")}


class _CellError(Exception):
    """What is wrong with a cell, and what to do."""

    def __init__(self, code: str, message: str, remedy: str) -> None:
        self.code, self.message, self.remedy = code, message, remedy
        super().__init__(message)


def read_table(path: Path, naming: Naming) -> Handed:
    """The facts of a table, and what cannot be read of it. Raises `KgError` where there is no header, or a column of no role."""
    data, rows = read_rows(path)
    if not rows:
        raise KgError("is empty", file=path, remedy="kg template TYPE writes one with a header")
    header_row, cells = rows[0]
    header = [_column(cell, path, header_row) for cell in cells]
    for name in filter(None, header):
        if header.count(name) > 1:  # else the last would count, and the others be lost
            raise KgError(f"the column {name!r} stands there twice", file=path, line=header_row, remedy="several values of a cell stand with ; between them")
    if "type" not in header:
        raise KgError("has no column 'type'", file=path, line=header_row, remedy="kg template TYPE writes a header")
    table = _Table(str(path), header, naming)
    for number, row in rows[1:]:
        table.read(number, row)
    return Handed(
        str(path), hashlib.sha256(data).hexdigest(), tuple(dict.fromkeys(table.statements)), table.places, table.property_places,
        tuple(table.findings), tuple(cells), tuple(table.rows),
    )  # fmt: skip


def _column(cell: str, path: Path, row: int) -> str:
    """The model's name of a column, "" for one that is not read."""
    if not cell or cell.startswith("#") or cell.lower() == "comment":
        return ""
    name = _BY_FOLD.get(re.sub(r"[ _-]", "", cell).lower())
    if name is None:
        import difflib

        near = difflib.get_close_matches(cell.lower(), _BY_FOLD, 1, 0.7)
        guess = f"did you mean {_BY_FOLD[near[0]]}?" if near else "see kg template TYPE; a column that begins with # is not read"
        raise KgError(f"no column {shown(cell)!r} in the model", file=path, line=row, remedy=guess)
    return name


class _Table:
    def __init__(self, file: str, header: list[str], naming: Naming) -> None:
        self.file, self.header, self.naming = file, header, naming
        self.statements: list[Statement] = []
        self.places: dict[Node, Place] = {}
        self.property_places: dict[tuple[Node, NamedNode], Place] = {}
        self.findings: list[tuple[Node, Finding]] = []
        self.rows: list[Row] = []
        self.newcomers: dict[str, NamedNode] = {}

    def read(self, number: int, cells: list[str]) -> None:
        """Takes one row in."""
        said = {name: cell for name, cell in zip(self.header, cells, strict=False) if name and cell}
        blank = BlankNode(f"row{number}")
        self.rows.append(Row(number, blank, tuple(cells)))
        self.places[blank] = Place(self.file, row=number)
        kind = self._type(blank, number, said.get("type", ""))
        if kind is None:
            return
        node = self._node(blank, number, said.get("id", ""))
        self.statements.append((node, RDF_TYPE, bkg(kind)))
        for name, cell in said.items():
            place = Place(self.file, row=number, column=name)
            path = RDFS_LABEL if name == "label" else bkg(name)
            self.property_places[node, path] = place
            try:
                self.statements += list(self._cell(node, kind, name, cell, said))
            except _CellError as error:
                self._tell(node, place, ERROR, error.code, error.message, error.remedy)
            except KgError as error:
                self._tell(node, place, ERROR, "ambiguous-name" if "several" in error.what else "cell", error.what, error.remedy)

    def _tell(self, node: Node, place: Place, severity: str, code: str, message: str, remedy: str) -> None:
        self.findings.append((node, Finding(place, severity, code, "", "", message, remedy)))

    def _type(self, node: Node, number: int, cell: str) -> str | None:
        known = {name.lower(): name for name in terms.FACT_TYPES}
        wanted = cell.removeprefix("bkg:").removeprefix(terms.BKG).replace(" ", "").lower()
        if wanted not in known:
            import difflib

            near = difflib.get_close_matches(wanted, known, 1, 0.6)
            guess = f"did you mean {known[near[0]]}?" if near else f"one of {', '.join(terms.FACT_TYPES)}"
            self._tell(node, Place(self.file, row=number, column="type"), ERROR, "no-type", f"no fact type {shown(cell)!r}", guess)
            return None
        return known[wanted]

    def _node(self, blank: BlankNode, number: int, cell: str) -> Node:
        if not cell:
            return blank
        place = Place(self.file, row=number, column="id")
        if re.fullmatch(r"fact:[A-Za-z0-9_-]+|https?://[^\s<>\"{}|\\^`]+", cell) and "/../" not in cell and len(cell) < 2000:
            node = NamedNode(terms.FACT + cell.removeprefix("fact:") if cell.startswith("fact:") else cell)
            self.places.setdefault(node, place)
            return node
        self._tell(blank, place, ERROR, "id", f"{shown(cell)!r} is no IRI for a fact", "write fact:some-name or https://..., or leave it empty")
        return blank

    def _cell(self, node: Node, kind: str, name: str, cell: str, said: dict[str, str]) -> Iterator[Statement]:
        _check(cell)
        if name in ("type", "id", "document"):
            return
        if name == "label":
            yield node, RDFS_LABEL, nodes.english(cell)
        elif name == "status":
            yield node, bkg(name), self._status(cell)
        elif name in ("date", "startDate", "endDate"):
            yield node, bkg(name), _date(cell)
        elif name == "source":
            yield node, nodes.SOURCE, nodes.address(cell)
        elif name == "quote":
            if not said.get("document"):
                raise _CellError("quote", "a quote without a document", "name the document of the graph in the column document")
            evidence, statements = quote_statements(self.naming.known, said["document"], cell)
            yield from statements
            yield node, DERIVED_FROM, evidence
        elif name == "statedBy":
            for part in _parts(cell, True):
                yield from self._entity(node, Role(name, "entity"), part)
        else:
            role = terms.role_of(kind, name)
            if role is None:
                roles = ", ".join(each.name for each in terms.FACT_TYPES[kind])
                raise _CellError("role", f"{kind} has no role {name}", f"leave the cell empty; its roles are {roles}")
            for part in _parts(cell, role.many):
                yield from self._role(node, kind, role, part)

    def _role(self, node: Node, kind: str, role: Role, text: str) -> Iterator[Statement]:
        path = bkg(role.name)
        match role.kind:
            case "entity":
                yield from self._entity(node, role, text)
            case "concept":
                yield node, path, self._concept(node, role, text)
            case "number":
                yield node, path, _number(text)
            case "duration":
                yield node, path, nodes.duration(text)
            case "currency":
                yield node, path, Literal(text.upper() if len(text) == 3 else text)
            case _:
                yield node, path, Literal(text)

    def _status(self, cell: str) -> Term:
        words = {name.lower(): name for name in terms.STATUSES}
        word = cell.removeprefix("bkg:").lower()
        if word not in words:
            raise _CellError("status", f"no status {shown(cell)!r}", f"one of {', '.join(words)}")
        return bkg(words[word])

    def _entity(self, node: Node, role: Role, text: str) -> Iterator[Statement]:
        path = bkg(role.name)
        if text.lower().startswith("new "):
            yield from self._newcomer(node, path, text[4:])
            return
        found = self.naming.entity(text) or self.newcomers.get(search_key(text))
        if found is not None:
            yield node, path, found
            return
        guess = self.naming.did_you_mean(text)
        if role.open and not text.startswith(("ent:", "http")):
            yield node, path, self._words(node, role, text, guess)
            return
        raise _CellError("unknown-name", f"nothing is called {shown(text)!r}",
                         guess or "check the spelling, or say what it is: new person: Ana Silva (new company:, new agreement:, ...)")

    def _newcomer(self, node: Node, path: NamedNode, text: str) -> Iterator[Statement]:
        kind, colon, label = (part.strip() for part in text.partition(":"))
        if kind not in CLASSES or not colon or not label:
            raise _CellError("newcomer", f"new {shown(text)!r} cannot be read", f"write new KIND: name, with KIND one of {', '.join(CLASSES)}")
        entity = NamedNode(f"{terms.ENT}{kind}-{slug_of(label)}")
        self.newcomers[search_key(label)] = entity
        yield node, path, entity
        yield entity, RDF_TYPE, bkg(CLASSES[kind])
        yield entity, PREF_LABEL, nodes.english(label)
        self.places.setdefault(entity, self.places.get(node) or Place(self.file))

    def _words(self, node: Node, role: Role, text: str, guess: str) -> Literal:
        """The words as they are, where the role takes words; with a warning where they look like a name misspelt."""
        if guess:
            place = self.property_places.get((node, bkg(role.name)), Place(self.file))
            self._tell(node, place, WARNING, "words", f"{shown(text)!r} names nothing known and is kept as words", guess)
        return Literal(text)

    def _concept(self, node: Node, role: Role, text: str) -> Term:
        found = self.naming.concept(text, role.scheme)
        if found is not None:
            return found
        guess = self.naming.did_you_mean(text, role.scheme)
        if role.open:
            return self._words(node, role, text, guess)
        raise _CellError("unknown-word", f"{role.name} has no word {shown(text)!r}", guess or "kg template TYPE lists the words")


def _check(cell: str) -> None:
    if cell == FORMULA or cell.startswith(("=", "@")) or (cell[:1] in "+-" and not _NUMBER.fullmatch(cell)):
        what = "a formula" if cell == FORMULA else shown(cell)
        raise _CellError("formula", f"{what} is a formula, or would be one in a spreadsheet", "write the value itself")
    if bad := control_in(cell):
        raise _CellError("invisible", f"the invisible character U+{ord(bad):04X} in {shown(cell)!r}", "take it out")


def _parts(cell: str, many: bool) -> list[str]:
    parts = [part.strip() for part in cell.split(MANY)] if many else [cell]
    return [part for part in parts if part]


def _number(text: str) -> Literal:
    if not _NUMBER.fullmatch(text):
        raise _CellError("number", f"{shown(text)!r} is no plain number", "write digits: 19 billion is 19000000000")
    from decimal import Decimal

    return nodes.number(Decimal(text.replace(",", "")))


def _date(text: str) -> Literal:
    if not _DATE.fullmatch(text):
        raise _CellError("date", f"{shown(text)!r} is no date", "write 2019, 2019-05 or 2019-05-03")
    return nodes.date(text)
