"""Makes, for every constraint of every shape, nodes that break it, from nodes that do not.

The constraints are read from the shapes graph itself: one that nobody here knows how to break is an error, so that no
constraint stands untested.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from rdflib import RDF, RDFS, SH, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from kg import terms
from kg.validate.shapes import Shapes, name_of

BKG, CON, ENT, OA = Namespace(terms.BKG), Namespace(terms.CON), Namespace(terms.ENT), Namespace(terms.OA)
DCTERMS = Namespace(terms.DCTERMS)
NOBODY, NO_WORD = ENT["nobody-at-all"], CON["nothing-of-the-kind"]

_NO_CONSTRAINTS = {
    RDF.type, SH.path, SH.message, SH.severity, SH.targetClass, SH.targetSubjectsOf, SH.property, SH.ignoredProperties,
    SH.qualifiedValueShape,
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A broken node and the constraint that must catch it. ``detail`` tells cases of one constraint apart."""

    shape: str
    source: str
    constraint: str
    detail: str
    focus: Node

    @property
    def name(self) -> str:
        return f"{self.shape} {self.source} {self.constraint} {self.detail}".strip()


Edit = Callable[[Graph, Node], None]


def put(path: URIRef, *values: Node) -> Edit:
    """Leaves exactly these values at the path; none removes it."""

    def edit(graph: Graph, node: Node) -> None:
        graph.remove((node, path, None))
        for value in values:
            graph.add((node, path, value))

    return edit


def add(path: URIRef, *values: Node) -> Edit:
    """Adds the values at the path."""

    def edit(graph: Graph, node: Node) -> None:
        for value in values:
            graph.add((node, path, value))

    return edit


def both(*edits: Edit) -> Edit:
    """One edit after the other."""

    def edit(graph: Graph, node: Node) -> None:
        for each in edits:
            each(graph, node)

    return edit


def day(text: str) -> Literal:
    return Literal(text, datatype=XSD.date, normalize=False)


def typed(text: str, datatype: URIRef) -> Literal:
    return Literal(text, datatype=datatype, normalize=False)


# What a value must be like to fail one constraint of a shape that stands in sh:or or sh:node of a property shape.
_UNFIT: dict[tuple[str, str], Node] = {
    ("is-integer", "datatype"): Literal("12"),
    ("is-decimal", "datatype"): typed("1.5", XSD.double),
    ("is-day", "datatype"): day("2024-02-30"),
    ("is-day", "pattern"): day("2024-01-01Z"),
    ("is-month", "datatype"): Literal("2024-01"),
    ("is-month", "pattern"): typed("2024-13", XSD.gYearMonth),
    ("is-year", "datatype"): Literal("2024"),
    ("is-year", "pattern"): typed("24", XSD.gYear),
    ("is-moment", "datatype"): typed("yesterday", XSD.dateTime),
    ("is-text", "datatype"): Literal(True),
    ("is-text", "minLength"): Literal(""),
    ("is-entity", "class"): NOBODY,
    ("is-concept", "class"): NO_WORD,
    ("is-sector", "class"): CON["sector-unheard-of"],
    ("is-indicator", "class"): CON["indicator-unheard-of"],
    ("is-office", "class"): CON["office-unheard-of"],
    ("scheme-sector", "hasValue"): CON["trend-rising"],
    ("scheme-indicator", "hasValue"): CON["trend-rising"],
    ("scheme-office", "hasValue"): CON["trend-rising"],
}
# The same for shapes in sh:or of a node shape: what to do to the node.
_ODD_DATE = put(BKG.date, Literal("2020", datatype=XSD.gYear))
_NO_DATES = both(*(put(BKG[name]) for name in ("date", "startDate", "endDate", "earliest", "latest")))
_CONTRIBUTED = both(
    put(RDF.type, URIRef(terms.PROV + "Activity"), BKG.Contribution),
    put(DCTERMS.creator, Literal("A. Reader")), put(DCTERMS.created, day("2024-05-06")),
)  # fmt: skip
_EXTRACTED = both(
    put(RDF.type, URIRef(terms.PROV + "Activity"), BKG.Extraction),
    put(BKG.rule, Literal("some-rule")), put(BKG.ruleVersion, Literal("1")),
)  # fmt: skip
_BROKEN_NODES: dict[tuple[str, str, str], Edit] = {
    ("DatedFact", "lacks-date", "maxCount"): both(_NO_DATES, _ODD_DATE),
    ("DatedFact", "dated-earliest", "minCount"): both(_NO_DATES, _ODD_DATE, put(BKG.latest, day("2020-12-31"))),
    ("DatedFact", "dated-latest", "minCount"): both(_NO_DATES, _ODD_DATE, put(BKG.earliest, day("2020-01-01"))),
    ("StartedFact", "lacks-startDate", "maxCount"): both(_NO_DATES, put(BKG.startDate, day("2020-01-01"))),
    ("StartedFact", "has-earliest", "minCount"): both(_NO_DATES, put(BKG.startDate, typed("2020", XSD.gYear))),
    ("EndedFact", "lacks-endDate", "maxCount"): both(_NO_DATES, put(BKG.endDate, day("2020-01-01"))),
    ("EndedFact", "has-latest", "minCount"): both(_NO_DATES, put(BKG.endDate, typed("2020", XSD.gYear))),
    ("UndatedFact", "lacks-earliest", "maxCount"): both(_NO_DATES, put(BKG.earliest, day("2020-01-01"))),
    ("UndatedFact", "lacks-latest", "maxCount"): both(_NO_DATES, put(BKG.latest, day("2020-01-01"))),
    ("QuotedWords", "has-exact", "minCount"): put(OA.exact),
    ("QuotedWords", "has-quoteSha256", "minCount"): both(put(OA.exact), put(BKG.captured, Literal("a"))),
    ("Activity", "is-extraction", "class"): put(RDF.type, URIRef(terms.PROV + "Activity")),
    ("Activity", "is-contribution", "class"): both(_CONTRIBUTED, put(RDF.type, URIRef(terms.PROV + "Activity"))),
    ("Activity", "extraction-rule", "minCount"): both(_EXTRACTED, put(BKG.rule)),
    ("Activity", "extraction-rule", "maxCount"): both(_EXTRACTED, put(BKG.rule, Literal("a"), Literal("b"))),
    ("Activity", "extraction-rule", "datatype"): both(_EXTRACTED, put(BKG.rule, Literal(7))),
    ("Activity", "extraction-rule", "minLength"): both(_EXTRACTED, put(BKG.rule, Literal(""))),
    ("Activity", "extraction-version", "minCount"): both(_EXTRACTED, put(BKG.ruleVersion)),
    ("Activity", "extraction-version", "maxCount"): both(_EXTRACTED, add(BKG.ruleVersion, Literal("2"))),
    ("Activity", "extraction-version", "datatype"): both(_EXTRACTED, put(BKG.ruleVersion, Literal(7))),
    ("Activity", "extraction-version", "minLength"): both(_EXTRACTED, put(BKG.ruleVersion, Literal(""))),
    ("Activity", "contribution-creator", "minCount"): both(_CONTRIBUTED, put(DCTERMS.creator)),
    ("Activity", "contribution-created", "minCount"): both(_CONTRIBUTED, put(DCTERMS.created)),
    ("Activity", "contribution-created", "or"): both(_CONTRIBUTED, put(DCTERMS.created, Literal("yesterday"))),
    ("Activity", "is-day", "datatype"): both(_CONTRIBUTED, put(DCTERMS.created, day("2024-02-30"))),
    ("Activity", "is-day", "pattern"): both(_CONTRIBUTED, put(DCTERMS.created, day("2024-02-03Z"))),
    ("Activity", "is-moment", "datatype"): both(
        _CONTRIBUTED, put(DCTERMS.created, typed("2024-02-03T25:00:00", XSD.dateTime))
    ),
}


class Breaker:
    """Breaks copies of the nodes of a valid graph, constraint by constraint, and collects them in one graph."""

    def __init__(self, shapes: Shapes, valid: Graph) -> None:
        self.shapes, self.valid = shapes, valid
        self.data = Graph()
        for triple in valid:
            self.data.add(triple)
        self.cases: list[Case] = []
        for name, shape in shapes.targeted.items():
            self._break_shape(name, shape)

    def _break_shape(self, name: str, shape: URIRef) -> None:
        for parameter, value in self._constraints(shape):
            for detail, edit in self._node_edits(name, shape, parameter, value):
                self._add_case(name, shape, parameter, detail, edit, None)
        for source in sorted(self.shapes.graph.objects(shape, SH.property), key=str):
            path = self.shapes.graph.value(source, SH.path)
            assert isinstance(path, URIRef)
            for parameter, value in self._constraints(source):
                for detail, edit in self._property_edits(source, path, parameter, value):
                    self._add_case(name, source, parameter, detail, edit, path)

    def _constraints(self, shape: Node) -> list[tuple[str, Node]]:
        found = [(p, o) for p, o in self.shapes.graph.predicate_objects(shape) if p not in _NO_CONSTRAINTS]
        return sorted((str(p).removeprefix(terms.SH), o) for p, o in found)

    def _add_case(
        self, name: str, source: Node, parameter: str, detail: str, edit: Edit, path: URIRef | None
    ) -> None:
        base = self._base(self.shapes.targeted[name], path)
        number = len(self.cases)
        focus: Node = BNode(f"broken{number}") if detail == "a blank node" else URIRef(f"{base}-broken-{number}")
        for _, predicate, value in self.valid.triples((base, None, None)):
            self.data.add((focus, predicate, value))
        edit(self.data, focus)
        self.cases.append(Case(name, name_of(source), parameter, detail, focus))

    def _base(self, shape: URIRef, path: URIRef | None) -> Node:
        """A node of the valid graph that the shape targets; one that has the path, if there is one."""
        nodes = sorted(self.shapes.focus_nodes(shape, self.valid), key=str)
        assert nodes, f"no valid node for {shape}"
        return next((node for node in nodes if path and (node, path, None) in self.valid), nodes[0])

    # Constraints of node shapes

    def _node_edits(self, name: str, shape: URIRef, parameter: str, value: Node) -> Iterator[tuple[str, Edit]]:
        if parameter == "nodeKind":
            yield "a blank node", lambda graph, node: None
        elif parameter == "closed":
            yield "a property of nobody's", add(BKG.nonsense, Literal("x"))
        elif parameter == "not":
            kind = self.shapes.graph.value(value, SH["class"])
            assert kind is not None
            subclasses = sorted(self.valid.transitive_subjects(RDFS.subClassOf, kind), key=str)
            yield f"also {name_of(subclasses[0])}", add(RDF.type, subclasses[0])
        elif parameter == "or":
            yield from self._alternatives(name, list(self.shapes.graph.items(value)))
        else:
            raise NotImplementedError(f"how is sh:{parameter} of {shape} broken?")

    def _alternatives(self, name: str, alternatives: list[Node]) -> Iterator[tuple[str, Edit]]:
        graph = self.shapes.graph
        paths = [graph.value(each, SH.path) for each in alternatives]
        if all(paths) and all((each, SH.minCount, Literal(1)) in graph for each in alternatives):
            yield "none of them", both(*(put(path) for path in paths if isinstance(path, URIRef)))
            return
        for each in alternatives:
            for part, parameter in self._parts(each):
                if name == "UndatedFact" and part.startswith("has-"):
                    continue  # none of them is given in the cases of the other alternatives
                yield f"{part} {parameter}", _BROKEN_NODES[name, part, parameter]

    def _parts(self, shape: Node) -> Iterator[tuple[str, str]]:
        """The constraints of a shape without target, and of the shapes it is made of."""
        for parameter, value in self._constraints(shape):
            yield name_of(shape), parameter
            if parameter == "or":
                for each in self.shapes.graph.items(value):
                    yield from self._parts(each)
        for part in sorted(self.shapes.graph.objects(shape, SH.property), key=str):
            yield from self._parts(part)

    # Constraints of property shapes

    def _property_edits(
        self, source: Node, path: URIRef, parameter: str, value: Node
    ) -> Iterator[tuple[str, Edit]]:
        graph = self.shapes.graph
        datatype = graph.value(source, SH.datatype)
        match parameter:
            case "minCount":
                assert isinstance(value, Literal)
                yield "too few", put(path, *[ENT.norway][: int(value) - 1])
            case "maxCount":
                assert isinstance(value, Literal)
                yield "too many", add(path, *(Literal(f"number {n}") for n in range(int(value) + 1)))
            case "datatype":
                yield "another", put(path, Literal(True))
                if value in (XSD.date, XSD.integer):
                    assert isinstance(value, URIRef)
                    yield "impossible", put(path, typed("2023-02-29" if value == XSD.date else "many", value))
            case "class":
                yield "nobody", put(path, NOBODY)
                yield "a text", put(path, Literal("somebody"))
            case "nodeKind":
                yield "a text", put(path, Literal("somebody"))
            case "in":
                yield "unknown word", put(path, NO_WORD)
                yield "a text", put(path, Literal("signed"))
            case "pattern":
                yield "bad form", put(path, Literal("?", datatype=datatype, normalize=False))  # type: ignore[arg-type]
            case "minInclusive":
                assert isinstance(value, Literal)
                yield "one less", put(path, Literal(int(value) - 1))
            case "maxInclusive":
                assert isinstance(value, Literal)
                yield "a tenth more", put(path, Literal(Decimal(int(value)) + Decimal("0.1")))
            case "minLength":
                yield "empty", put(path, Literal(""))
            case "lessThan" | "lessThanOrEquals":
                yield from self._order_edits(path, parameter, value)
            case "disjoint":
                assert isinstance(value, URIRef)
                yield "both sides", both(put(path, ENT.norway), put(value, ENT.norway))
            case "uniqueLang":
                yield "two in English", put(path, Literal("one", lang="en"), Literal("two", lang="en"))
            case "languageIn":
                yield "German", put(path, Literal("eins", lang="de"))
            case "qualifiedMinCount":
                yield "none of the kind", self._no_such_kind(source, path)
            case "qualifiedMaxCount":
                yield "two of the kind", add(path, BKG.Meeting, BKG.Lease)
            case "or" | "node":
                parts = list(graph.items(value)) if parameter == "or" else [value]
                for part, inner in (found for each in parts for found in self._parts(each)):
                    yield f"{part} {inner}", put(path, _UNFIT[part, inner])
            case _:
                raise NotImplementedError(f"how is sh:{parameter} of {source} broken?")

    def _order_edits(self, path: URIRef, parameter: str, other: Node) -> Iterator[tuple[str, Edit]]:
        assert isinstance(other, URIRef)
        low, high = (
            (day("2024-01-01"), day("2024-01-02")) if path == BKG.earliest else (Literal(4), Literal(5))
        )  # fmt: skip
        yield "the wrong way round", both(put(path, high), put(other, low))
        if parameter == "lessThan":
            yield "equal", both(put(path, high), put(other, high))

    def _no_such_kind(self, source: Node, path: URIRef) -> Edit:
        if path == RDF.type:
            return put(path, BKG.Fact)
        kind = self.shapes.graph.value(self.shapes.graph.value(source, SH.qualifiedValueShape), SH["class"])
        others = {OA.TextPositionSelector, OA.TextQuoteSelector} - {kind}
        return put(path, *sorted(self.valid.subjects(RDF.type, others.pop()), key=str)[:2])
