"""Adds to handed-in statements what the model wants and the hand-in need not say: IRIs, labels, days, evidence, activity.

Nothing that the file says is changed but its form: a label gets its language, a date its datatype.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from pyoxigraph import BlankNode, Literal, NamedNode

from kg import terms
from kg.contribute.handed import Node, Statement, Term
from kg.contribute.known import Known
from kg.errors import KgError
from kg.graph import make_label, nodes
from kg.graph.contributions import THIS
from kg.graph.facts import CLASSES, symmetric_sides
from kg.graph.nodes import DERIVED_FROM, FACT_CLASSES, GENERATED_BY, HAS_SOURCE, PREF_LABEL, RDF_TYPE, RDFS_LABEL, bkg
from kg.model import Activity, Concept, Entity, Fact
from kg.model import Term as FactTerm
from kg.values import date_bounds, valid_date
from kg.words import slug_of

_DATES = ("date", "startDate", "endDate", "earliest", "latest")
_CLAIM, _STATUS, _STATED_BY = bkg("claim"), bkg("status"), bkg("statedBy")
_EVIDENCE = {NamedNode(terms.OA + "SpecificResource"), bkg("Citation"), bkg("Evidence")}
_SELECTORS = {NamedNode(terms.OA + "TextPositionSelector"): "-position", NamedNode(terms.OA + "TextQuoteSelector"): "-quote"}
_KINDS = {bkg(name): kind for kind, name in CLASSES.items()}

Said = dict[NamedNode, list[Term]]


@dataclass(frozen=True, slots=True)
class Completed:
    """Statements without blank nodes. ``names`` says which node of the file each node of theirs stands for.

    ``facts`` are the facts among them; ``without_evidence`` those for which nothing vouches.
    """

    statements: tuple[Statement, ...]
    names: dict[NamedNode, Node]
    facts: frozenset[NamedNode]
    without_evidence: frozenset[NamedNode] = frozenset()
    faults: tuple[tuple[Node, str, str], ...] = field(default=())


def complete(statements: Iterable[Statement], known: Known, source: str = "") -> Completed:
    """The statements, complete: each fact with label, first and last day, evidence and the contribution as activity.

    `source` vouches for facts that bring no evidence of their own.
    """
    return _Completing(statements, known, source).run()


def source_statements(source: str) -> tuple[NamedNode, list[Statement]]:
    """The evidence that cites a source, and what describes both."""
    evidence = NamedNode(terms.EVIDENCE + nodes.digest(["citation", source]))
    work = NamedNode(f"{terms.DOC}source-{nodes.digest([source])}")
    said: list[Statement] = [
        (evidence, RDF_TYPE, bkg("Citation")),
        (evidence, HAS_SOURCE, work),
        (work, RDF_TYPE, bkg("Source")),
        (work, RDF_TYPE, NamedNode(terms.SCHEMA + "CreativeWork")),
        (work, NamedNode(terms.DCTERMS + "title"), Literal(source)),
    ]
    address = nodes.address(source)
    return evidence, [*said, *([(work, nodes.SOURCE, address)] if isinstance(address, NamedNode) else [])]


class _Completing:
    def __init__(self, statements: Iterable[Statement], known: Known, source: str) -> None:
        self.known, self.source = known, source
        self.said: dict[Node, Said] = defaultdict(lambda: defaultdict(list))
        for subject, predicate, value in dict.fromkeys(statements):
            self.said[subject][predicate].append(value)
        self.facts = {node for node, said in self.said.items() if any(kind in FACT_CLASSES for kind in said.get(RDF_TYPE, ()))}
        self.added: list[Statement] = []
        self.bare: set[Node] = set()
        self.faults: list[tuple[Node, str, str]] = []

    def run(self) -> Completed:
        for fact in self.facts:
            self._tidy(self.said[fact])
            self._vouch(fact, self.said[fact])
            self._date(self.said[fact])
        names = self._names()
        for fact in self.facts:
            self._label(fact, self.said[fact], names)
        final = [
            (names.get(s, s), p, names.get(o, o))  # type: ignore[arg-type]
            for s, said in self.said.items() for p, values in said.items() for o in values
        ]  # fmt: skip
        statements = tuple(dict.fromkeys([*final, *self.added]))
        final_name = {node: node if isinstance(node, NamedNode) else names.get(node) for node in self.said}
        back: dict[NamedNode, Node] = {}
        for node, name in final_name.items():
            if name is not None:
                back.setdefault(name, node)
        return Completed(
            tuple(each for each in statements if not _blank(each)), back,
            frozenset(name for node in self.facts if (name := final_name[node]) is not None),
            frozenset(name for node in self.bare if (name := final_name[node]) is not None), tuple(self.faults),
        )  # fmt: skip

    def _tidy(self, said: Said) -> None:
        """Forms that the model fixes: a label is English, a date as text gets its datatype, a double becomes a decimal."""
        said.pop(_CLAIM, None)
        said[GENERATED_BY] = [THIS]
        for path, values in said.items():
            name = path.value.removeprefix(terms.BKG)
            for place, value in enumerate(values):
                if not isinstance(value, Literal):
                    continue
                plain = value.datatype.value == terms.XSD + "string"
                if path == RDFS_LABEL and plain:
                    values[place] = nodes.english(value.value)
                elif name in _DATES and plain and valid_date(value.value):
                    values[place] = nodes.date(value.value)
                elif value.datatype.value in (terms.XSD + "double", terms.XSD + "float"):
                    values[place] = _plain_number(value)

    def _vouch(self, fact: Node, said: Said) -> None:
        """Evidence: what the fact names itself, else its dcterms:source, else that of the whole file."""
        cited = [value.value for value in said.pop(nodes.SOURCE, ())]
        kept: list[Term] = []
        for value in said.pop(DERIVED_FROM, ()):
            described = value in self.said or (isinstance(value, NamedNode) and self.known.describes(value))
            classes = set(self.said[value].get(RDF_TYPE, ())) if value in self.said else set()  # type: ignore[index]
            is_evidence = bool(classes & _EVIDENCE) or (isinstance(value, BlankNode) and described)
            if isinstance(value, NamedNode) and not is_evidence and described and value not in self.said:
                is_evidence = bool(self.known.classes(value) & {kind.value for kind in _EVIDENCE})
            if is_evidence or (isinstance(value, NamedNode) and value.value.startswith(terms.EVIDENCE)):
                kept.append(value)
            else:
                cited.append(value.value)
        if not kept and not cited and self.source:
            cited.append(self.source)
        for each in cited:
            evidence, statements = source_statements(each)
            kept.append(evidence)
            self.added += statements
        if kept:
            said[DERIVED_FROM] = kept
        else:
            self.bare.add(fact)

    def _date(self, said: Said) -> None:
        """The first and the last day that the date or period can mean."""
        def text(name: str) -> str:
            values = said.get(bkg(name), [])
            return values[0].value if len(values) == 1 and isinstance(values[0], Literal) else ""

        earliest = date_bounds(text("date") or text("startDate"))[0]
        latest = date_bounds(text("date") or text("endDate"))[1]
        for name, day in (("earliest", earliest), ("latest", latest)):
            if day and not said.get(bkg(name)):
                said[bkg(name)] = [nodes.date(day)]

    def _names(self) -> dict[Node, NamedNode]:
        """An IRI for each blank node, made from what it says; innermost first."""
        names: dict[Node, NamedNode] = {}
        waiting = [node for node in self.said if isinstance(node, BlankNode)]
        while waiting:
            ready = [node for node in waiting if not self._needs(node) - names.keys() - {node}]
            if not ready:
                for node in waiting:
                    self.faults.append((node, "nodes without IRIs name each other in a circle", "give them IRIs"))
                break
            for node in ready:
                try:
                    names[node] = self._name(node, names)
                except KgError as error:
                    self.faults.append((node, error.what, error.remedy))
                    names[node] = NamedNode(terms.FACT + "unnamed-" + nodes.digest([node.value]))
            waiting = [node for node in waiting if node not in names]
        return names

    def _needs(self, node: Node) -> set[Term]:
        return {value for values in self.said[node].values() for value in values if isinstance(value, BlankNode) and value in self.said}

    def _name(self, node: Node, names: dict[Node, NamedNode]) -> NamedNode:
        said = self.said[node]
        classes = set(said.get(RDF_TYPE, ()))
        if node in self.facts:
            return self._fact_name(said, names)
        parts = sorted(f"{path.value} {names.get(value, value)}" for path, values in said.items() for value in values)  # type: ignore[arg-type]
        if classes & _EVIDENCE:
            return NamedNode(terms.EVIDENCE + nodes.digest(parts))
        for kind, tail in _SELECTORS.items():
            if kind in classes:
                return NamedNode(terms.EVIDENCE + nodes.digest(parts) + tail)
        kinds = sorted(_KINDS[kind] for kind in classes if kind in _KINDS)  # type: ignore[index]
        labels = sorted(value.value for value in said.get(PREF_LABEL, ()))
        if kinds and labels:
            return NamedNode(f"{terms.ENT}{kinds[0]}-{slug_of(labels[0])}")
        raise KgError(
            "a node without an IRI that is no fact, no evidence and no entity with class and skos:prefLabel",
            remedy="give it an IRI, or its class and label",
        )

    def _fact_name(self, said: Said, names: dict[Node, NamedNode]) -> NamedNode:
        """Made from source, type, roles, speakers, status and dates: not from label or comment."""
        evidence = sorted(str(names.get(value, value)) for value in said.get(DERIVED_FROM, ()))  # type: ignore[arg-type]
        kind = next(FACT_CLASSES[each] for each in said[RDF_TYPE] if each in FACT_CLASSES)  # type: ignore[index]
        roles = {p.value.removeprefix(terms.BKG): sorted(str(names.get(v, v)) for v in values)  # type: ignore[arg-type]
                 for p, values in said.items() if p.value.startswith(terms.BKG)}  # fmt: skip
        sides: tuple[str, ...] = symmetric_sides(kind, {name: min(values) for name, values in roles.items()}) or ()
        about = sorted(f"{sides[0] if name in sides else name}={value}" for name, values in roles.items() for value in values)
        return NamedNode(terms.FACT + nodes.digest([*evidence, kind, *about]))

    def _label(self, fact: Node, said: Said, names: dict[Node, NamedNode]) -> None:
        if said.get(RDFS_LABEL):
            return
        kind = next(FACT_CLASSES[each] for each in said[RDF_TYPE] if each in FACT_CLASSES)  # type: ignore[index]
        roles = tuple(
            (role.name, self._spoken(value, names))
            for role in sorted(terms.FACT_TYPES[kind], key=lambda role: role.name) for value in said.get(bkg(role.name), ())
        )  # fmt: skip

        def text(name: str) -> str:
            return next((value.value for value in said.get(bkg(name), ())), "")

        speakers = tuple(self._entity(value, names) for value in said.get(_STATED_BY, ()))
        status = text("status").removeprefix(terms.BKG) or "Asserted"
        made = Fact(
            kind, roles, status, (), Activity("", ""), stated_by=speakers, date=text("date"), start_date=text("startDate"),
            end_date=text("endDate"),
        )  # fmt: skip
        said[RDFS_LABEL] = [nodes.english(make_label(made))]

    def _spoken(self, value: Term, names: dict[Node, NamedNode]) -> FactTerm:
        if isinstance(value, Literal):
            try:
                return Decimal(value.value) if "integer" in value.datatype.value or "decimal" in value.datatype.value else value.value
            except InvalidOperation:
                return value.value
        if value.value.startswith(terms.CON):
            scheme, _, word = value.value.removeprefix(terms.CON).partition("-")
            return Concept(scheme, word)
        return self._entity(value, names)

    def _entity(self, value: Term, names: dict[Node, NamedNode]) -> Entity:
        if isinstance(value, Literal):
            return Entity(value.value, value.value, "place")
        own = self.said[value].get(PREF_LABEL, []) if value in self.said else []
        node = names.get(value, value)
        label = min((each.value for each in own), default="") or self.known.label(node)
        return Entity(node.value, label or node.value.rpartition("/")[2], "place")


def _plain_number(value: Literal) -> Literal:
    try:
        return nodes.number(Decimal(value.value))
    except InvalidOperation:
        return value


def _blank(statement: Statement) -> bool:
    return isinstance(statement[0], BlankNode) or isinstance(statement[2], BlankNode)
