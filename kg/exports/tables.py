"""The graph as tables: one for each fact type, and what facts name - entities, concepts, documents, evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal as Kind
from typing import TypeAlias

from kg import terms
from kg.exports.nodes import Nodes

Cell: TypeAlias = str | int | Decimal | tuple[str, ...] | None
DataType: TypeAlias = Kind["string", "integer", "number", "date", "duration", "iri"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``many`` cells are tuples of strings; ``refers`` names the table whose key its cells hold.

    ``property`` is the IRI of what the column says of the row, ``space`` the IRI before its cells where they are ends of IRIs.
    """

    name: str
    title: str
    type: DataType = "string"
    many: bool = False
    refers: str = ""
    property: str = ""
    space: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table, its rows sorted. ``key`` is its first column, which identifies the row, "" where none does."""

    name: str
    title: str
    key: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


_DATES = ("date", "startDate", "endDate")
_BOUNDS = ("earliest", "latest")
_TYPES: dict[str, DataType] = {"number": "number", "duration": "duration"}


def make_tables(nodes: Nodes) -> tuple[Table, ...]:
    """All tables that have rows: facts, each fact type, roles, evidence, then entities, concepts, documents."""
    typed = [_type_table(nodes, name) for name in terms.FACT_TYPES if nodes.facts(name)]
    rest = [_facts(nodes), *typed, _roles(nodes), _evidence(nodes), _entities(nodes), _concepts(nodes), _documents(nodes)]
    return tuple(table for table in rest if table.rows)


def make_flat_table(nodes: Nodes, type_: str = "") -> Table:
    """All facts, or those of one type, in one table: what every fact has, its words, and a column for each role that any of them fills.

    Cells hold labels rather than keys: this table stands alone.
    """
    facts = nodes.facts(type_)
    used = {role for fact in facts for role in nodes.roles(fact)}
    roles = [role for role in _all_roles() if role.name in used]
    shared = _shared_columns(with_type=True)
    columns = [
        *(Column(c.name, c.title, c.type, c.many, "", c.property, "") for c in shared),
        *(Column(r.name, _words(r.name), _TYPES.get(r.kind, "string"), _is_list(r), "", terms.BKG + r.name) for r in roles),
        Column("document", "title of the document"), Column("start", "first character of the evidence, from 0", "integer"),
        Column("end", "character behind the evidence", "integer"), Column(nodes.quote_name, _quote_title(nodes)),
    ]  # fmt: skip
    rows = []
    for fact in facts:
        first = min(nodes.evidence(fact), key=lambda e: (e.document, e.start or 0, e.end or 0), default=None)
        proof: list[Cell] = [None] * 4
        if first:
            proof = [nodes.document_title(first.document), first.start, first.end, first.quote]
        cells = [_role_cell(nodes, role, nodes.roles(fact).get(role.name, ())) for role in roles]
        rows.append((*_shared_cells(nodes, fact, labels=True, with_type=True), *cells, *proof))
    return Table(type_ or "facts", "Facts with their roles, sources and words", "fact", tuple(columns), tuple(rows))


def _all_roles() -> list[terms.Role]:
    """Every role once; one that repeats in some type, or is open in some, counts as that."""
    found: dict[str, terms.Role] = {}
    for roles in terms.FACT_TYPES.values():
        for role in roles:
            known = found.get(role.name, role)
            kind = known.kind if known.kind == role.kind else "text"
            found[role.name] = terms.Role(role.name, kind, role.scheme, known.many or role.many, False, known.open or role.open)
    return list(found.values())


def _is_list(role: terms.Role) -> bool:
    return role.many or role.kind not in ("number", "duration")


def _role_cell(nodes: Nodes, role: terms.Role, values: Sequence[str]) -> Cell:
    if not _is_list(role):
        return _scalar(_TYPES[role.kind], values)
    return tuple(nodes.words(value) for value in values) or None


def _scalar(type_: DataType, values: Iterable[str]) -> Cell:
    """The first value, typed; a text where the graph holds no number in its place."""
    text = next(iter(values), None)
    if text is None or type_ not in ("number", "integer"):
        return text
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return int(number) if type_ == "integer" else number


def _shared_columns(*, with_type: bool) -> list[Column]:
    """What every fact has."""
    kind = [Column("type", "type of fact", "iri", property=terms.RDF + "type", space=terms.BKG)] if with_type else []
    return [
        Column("fact", "fact", "iri", refers="" if with_type else "facts", space=terms.FACT),
        *kind,
        Column("label", "what the fact says", property=terms.RDFS + "label"),
        Column("status", "Asserted, Planned, Hypothetical or Denied", "iri", property=terms.BKG + "status", space=terms.BKG),
        Column("statedBy", "whom the text cites", "iri", True, "entities", terms.BKG + "statedBy", terms.ENT),
        Column("provenance", "extracted from a document, or contributed by a person"),
        *(Column(name, _words(name) + ", as precise as the text", property=terms.BKG + name) for name in _DATES),
        *(Column(name, f"{name} day that it can mean", "date", property=terms.BKG + name) for name in _BOUNDS),
    ]


def _shared_cells(nodes: Nodes, fact: str, *, labels: bool, with_type: bool) -> list[Cell]:
    speakers = tuple(nodes.label(each) if labels else nodes.short(each) for each in nodes.values(fact, terms.BKG + "statedBy"))
    return [
        nodes.short(fact),
        *([nodes.type_of(fact)] if with_type else []),
        nodes.value(fact, terms.RDFS + "label"),
        nodes.short(nodes.value(fact, terms.BKG + "status") or ""),
        speakers or None,
        nodes.provenance(fact),
        *(nodes.value(fact, terms.BKG + name) for name in (*_DATES, *_BOUNDS)),
    ]


def _facts(nodes: Nodes) -> Table:
    columns = [
        *_shared_columns(with_type=True),
        Column("claim", "facts of the same claim say the same", "iri", property=terms.BKG + "claim", space=terms.CLAIM),
        Column("rule", "the rule that read it"),
    ]
    rows = [
        (*_shared_cells(nodes, fact, labels=False, with_type=True), nodes.short(nodes.value(fact, terms.BKG + "claim") or "") or None,
         nodes.value(nodes.value(fact, terms.PROV + "wasGeneratedBy") or "", terms.BKG + "rule"))
        for fact in nodes.facts()
    ]  # fmt: skip
    return Table("facts", "All facts", "fact", tuple(columns), tuple(rows))


def _type_table(nodes: Nodes, type_: str) -> Table:
    """The facts of one type: a node role has a column with keys and one with labels; an open one a third with words."""
    columns = _shared_columns(with_type=False)
    for role in terms.FACT_TYPES[type_]:
        columns += _role_columns(role)
    rows = []
    for fact in nodes.facts(type_):
        cells = _shared_cells(nodes, fact, labels=False, with_type=False)
        for role in terms.FACT_TYPES[type_]:
            cells += _role_cells(nodes, role, nodes.roles(fact).get(role.name, ()))
        rows.append(tuple(cells))
    return Table(type_, f"Facts of type {type_}", "fact", tuple(columns), tuple(rows))


def _role_columns(role: terms.Role) -> list[Column]:
    words, iri = _words(role.name), terms.BKG + role.name
    if role.kind not in ("entity", "concept"):
        return [Column(role.name, words, _TYPES.get(role.kind, "string"), role.many, "", iri)]
    refers, space = ("entities", terms.ENT) if role.kind == "entity" else ("concepts", terms.CON)
    return [
        Column(role.name, words, "iri", role.many, refers, iri, space),
        Column(role.name + "Label", f"label of {words}", "string", role.many),
        *([Column(role.name + "Text", f"{words}, in the words of the text", "string", role.many, "", iri)] if role.open else []),
    ]


def _role_cells(nodes: Nodes, role: terms.Role, values: Sequence[str]) -> list[Cell]:
    def cell(found: list[str]) -> Cell:
        return (tuple(found) or None) if role.many else next(iter(found), None)

    if role.kind not in ("entity", "concept"):
        return [cell(list(values)) if role.many else _scalar(_TYPES.get(role.kind, "string"), values)]
    known = [value for value in values if nodes.is_iri(value)]
    texts = [nodes.words(value) for value in values if not nodes.is_iri(value)]
    cells = [cell([nodes.short(value) for value in known]), cell([nodes.label(value) for value in known])]
    return [*cells, *([cell(texts)] if role.open else [])]


def _roles(nodes: Nodes) -> Table:
    """Every role of every fact in a row of its own: for joins, and for programs that import edges."""
    columns = (
        Column("fact", "fact", "iri", refers="facts", space=terms.FACT), Column("role", "role", "iri", space=terms.BKG),
        Column("entity", "the entity in the role", "iri", refers="entities", space=terms.ENT),
        Column("concept", "the concept in the role", "iri", refers="concepts", space=terms.CON),
        Column("value", "number, text or duration in the role"), Column("label", "what stands in the role, in words"),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for fact in nodes.facts():
        for role, values in nodes.roles(fact).items():
            for value in values:
                concept = value if nodes.is_iri(value) and value.startswith(terms.CON) else None
                entity = value if nodes.is_iri(value) and not concept else None
                plain = None if entity or concept else nodes.words(value)
                shorts = [nodes.short(each) if each else None for each in (entity, concept)]
                rows.append((nodes.short(fact), role, *shorts, plain, nodes.words(value)))
    return Table("roles", "Every role of every fact, one in a row", "", columns, tuple(rows))


def _evidence(nodes: Nodes) -> Table:
    columns = (
        Column("fact", "fact", "iri", refers="facts", space=terms.FACT),
        Column("document", "SHA-256 of the document's text", "iri", refers="documents", space=terms.DOC),
        Column("start", "first character, from 0, in Unicode code points", "integer", property=terms.OA + "start"),
        Column("end", "the character behind the last", "integer", property=terms.OA + "end"),
        Column(nodes.quote_name, _quote_title(nodes)),
    )  # fmt: skip
    rows = [
        (nodes.short(fact), nodes.short(each.document), each.start, each.end, each.quote)
        for fact in nodes.facts() for each in sorted(nodes.evidence(fact), key=lambda e: (e.document, e.start or 0, e.end or 0))
    ]  # fmt: skip
    return Table("evidence", "The words that support each fact", "", columns, tuple(rows))


def _quote_title(nodes: Nodes) -> str:
    return "the words of the document" if nodes.quotes else "SHA-256 of the words of the document"


def _entities(nodes: Nodes) -> Table:
    bkg = terms.BKG
    columns = (
        Column("entity", "entity", "iri", space=terms.ENT), Column("kind", "kind", "iri", property=terms.RDF + "type", space=bkg),
        Column("label", "label", property=terms.SKOS + "prefLabel"),
        Column("altLabels", "further names", "string", True, "", terms.SKOS + "altLabel"),
        Column("iso3166", "ISO 3166 code of two letters", property=bkg + "iso3166"),
        Column("iso3166alpha3", "ISO 3166 code of three letters", property=bkg + "iso3166alpha3"),
        Column("country", "the state that it is of", "iri", True, "entities", bkg + "country", terms.ENT),
        Column("wikidata", "Wikidata item", "iri", property=terms.OWL + "sameAs", space="http://www.wikidata.org/entity/"),
    )  # fmt: skip
    rows = []
    for node in nodes.entities():
        same = next((v for v in nodes.values(node, terms.OWL + "sameAs") if "wikidata.org/entity/" in v), None)
        rows.append((
            nodes.short(node), nodes.kind_of(node), nodes.label(node), nodes.plain(node, terms.SKOS + "altLabel") or None,
            nodes.value(node, bkg + "iso3166"), nodes.value(node, bkg + "iso3166alpha3"),
            tuple(nodes.short(v) for v in nodes.values(node, bkg + "country") if nodes.is_entity(v)) or None,
            nodes.short(same) if same else None,
        ))  # fmt: skip
    return Table("entities", "States, organisations, people, places, agreements, projects and others", "entity", columns, tuple(rows))


def _concepts(nodes: Nodes) -> Table:
    columns = (
        Column("concept", "concept", "iri", space=terms.CON), Column("scheme", "scheme", "iri", property=terms.SKOS + "inScheme", space=terms.CON),
        Column("label", "label", property=terms.SKOS + "prefLabel"), Column("definition", "definition", property=terms.SKOS + "definition"),
    )  # fmt: skip
    rows = [
        (nodes.short(node), nodes.short(nodes.value(node, terms.SKOS + "inScheme") or "") or None, nodes.label(node),
         nodes.value(node, terms.SKOS + "definition"))
        for node in nodes.concepts()
    ]  # fmt: skip
    return Table("concepts", "Flows, stages, sectors and other concepts", "concept", columns, tuple(rows))


def _documents(nodes: Nodes) -> Table:
    dc = terms.DCTERMS
    names = ("identifier", "title", "creator", "publisher", "issued", "source", "language")
    columns = (
        Column("document", "SHA-256 of the text", "iri", space=terms.DOC),
        *(Column(name, name, property=dc + name) for name in names),
        Column("characters", "length in Unicode code points", "integer", property=terms.BKG + "characters"),
    )  # fmt: skip
    rows = [
        (nodes.short(node), *(nodes.value(node, dc + name) for name in names),
         _scalar("integer", nodes.values(node, terms.BKG + "characters")))
        for node in nodes.documents()
    ]  # fmt: skip
    return Table("documents", "The documents", "document", columns, tuple(rows))


def _words(name: str) -> str:
    return "".join(f" {c.lower()}" if c.isupper() else c for c in name)
