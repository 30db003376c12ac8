"""Holds the data and its context against the shapes, and tells each result with the fact that it concerns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import pyoxigraph as ox
from rdflib import SH, Graph, URIRef

from kg import terms
from kg.errors import KgError
from kg.validate.context import Context, load_context
from kg.validate.convert import Triple
from kg.validate.data import TYPE, Data, Node, Term
from kg.validate.engine import Result, find_results
from kg.validate.files import read_triples
from kg.validate.report import Report, ShapeCount, Violation
from kg.validate.shapes import Shapes, load_shapes, name_of

_DERIVED_FROM = ox.NamedNode(terms.PROV + "wasDerivedFrom")
_SELECTOR = ox.NamedNode(terms.OA + "hasSelector")
_EXACT = ox.NamedNode(terms.OA + "exact")
_LABELS = (ox.NamedNode(terms.RDFS + "label"), ox.NamedNode(terms.SKOS + "prefLabel"))
_TYPES = {ox.NamedNode(terms.BKG + name) for name in terms.FACT_TYPES}
_SPOKEN = {
    "minCount": "too few", "maxCount": "too many", "datatype": "has the wrong datatype", "class": "is of another class",
    "in": "is no allowed word", "pattern": "is written in the wrong form", "minInclusive": "is too small",
    "maxInclusive": "is too large", "minLength": "is empty", "lessThan": "is not before the end",
    "lessThanOrEquals": "is after the end", "disjoint": "is both sides at once", "nodeKind": "is no IRI",
    "hasValue": "is another scheme's", "node": "is no such concept", "not": "is what it must not be",
    "or": "fits none of the alternatives", "uniqueLang": "stands twice in one language",
    "languageIn": "is in another language", "qualifiedMinCount": "lacks one of the required kind",
    "qualifiedMaxCount": "has more than one of the kind", "closed": "does not belong here",
}  # fmt: skip


def validate_files(
    files: Sequence[Path], *, shapes: Shapes | None = None, context: Context | None = None, engine: str = "auto"
) -> Report:
    """The report on the files taken together, held against the shapes with ontology and gazetteer behind them.

    Raises: `KgError` where no file is given, or one is missing or broken.
    """
    if not files:
        raise KgError("no file was given", remedy="name at least one RDF file")
    triples = [t for file in files for t in read_triples(Path(file))]
    return validate_graph(triples, shapes=shapes, context=context, engine=engine)


def validate_graph(
    data: Iterable[ox.Quad | ox.Triple | Triple] | Graph,
    *,
    shapes: Shapes | None = None,
    context: Context | None = None,
    engine: str = "auto",
    beside: Collection[Triple] = (),
) -> Report:
    """The report on the data: pyoxigraph quads or triples (an Oxigraph store too), or an rdflib graph.

    Named graphs are merged. Nodes of the gazetteer that the data name are looked at too; their faults count, but no
    fact is blamed for them. `beside` are further triples that the data lean on: they are believed, not judged.
    """
    shapes, context = shapes or load_shapes(), context or load_context()
    triples = _triples_of(data)
    whole = dict.fromkeys([*triples, *beside, *context.needed_by([*triples, *beside])])
    results = find_results(whole, shapes, engine)
    index = Data(whole)
    own = {subject for subject, _, _ in triples}
    believed = {subject for subject, _, _ in beside} - own
    focus = {name: _focus_nodes(shapes, shape, index) - believed for name, shape in shapes.targeted.items()}
    reader = _Reader(shapes, index, focus, own)
    violations = tuple(sorted({reader.violation(each) for each in results if each.focus not in believed}))
    counts: dict[str, int] = defaultdict(int)
    for violation in violations:
        counts[violation.shape] += 1
    return Report(
        not violations, tuple(ShapeCount(name, len(focus[name]), counts[name]) for name in sorted(focus)), violations
    )


def _triples_of(data: Iterable[ox.Quad | ox.Triple | Triple] | Graph) -> list[Triple]:
    if isinstance(data, Graph):
        text = data.serialize(format="nt", encoding="utf-8")
        return [(quad.subject, quad.predicate, quad.object) for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES)]
    plain: dict[Triple, None] = {}
    for item in data:
        triple = item if isinstance(item, tuple) else (item.subject, item.predicate, item.object)
        if isinstance(triple[0], ox.Triple) or isinstance(triple[2], ox.Triple):
            raise KgError("a statement about a statement (RDF 1.2)", remedy="give it a node of its own")
        plain[triple] = None  # type: ignore[index]
    return list(plain)


def _focus_nodes(shapes: Shapes, shape: URIRef, data: Data) -> set[Node]:
    """The nodes that the shape targets, by SHACL's rules."""
    found: set[Node] = set()
    for target in shapes.graph.objects(shape, SH.targetClass):
        found |= data.of_class(ox.NamedNode(str(target)))
    for path in shapes.graph.objects(shape, SH.targetSubjectsOf):
        found |= data.subjects_of(ox.NamedNode(str(path)))
    for path in shapes.graph.objects(shape, SH.targetObjectsOf):
        values = (value for said in data.said.values() for value in said.get(ox.NamedNode(str(path)), ()))
        found |= {value for value in values if not isinstance(value, ox.Literal)}
    found |= {ox.NamedNode(str(node)) for node in shapes.graph.objects(shape, SH.targetNode)}
    return found


class _Reader:
    """Reads an engine's results with the data beside it."""

    def __init__(self, shapes: Shapes, data: Data, focus: dict[str, set[Node]], own: set[Node]) -> None:
        self._shapes, self._data, self._focus, self._own = shapes, data, focus, own
        self._remedies: dict[str, str] = {}
        self._owners: dict[str, list[str]] = {}

    def violation(self, result: Result) -> Violation:
        """The result as people are told it."""
        constraint = _constraint_name(result.component.removeprefix(terms.SH).removesuffix("ConstraintComponent"))
        facts = self._facts_behind(result.focus)
        about = result.focus if result.focus in facts or not facts else facts[0]
        return Violation(
            shape=self._owner(result.source, result.focus),
            focus=result.focus.value,
            source=name_of(URIRef(result.source)),
            constraint=constraint,
            path=_short_iri(result.path),
            value=_short(result.value),
            label=self._data.first(about, *_LABELS),
            sentence=self._sentence(about),
            message=self._message(constraint, result),
            remedy=self._remedy(result.source),
            severity=result.severity.removeprefix(terms.SH),
            facts=tuple(fact.value for fact in facts),
        )

    def _owner(self, source: str, focus: Node) -> str:
        if source not in self._owners:
            self._owners[source] = sorted(name_of(shape) for shape in self._shapes.owners(URIRef(source)))
        return next((name for name in self._owners[source] if focus in self._focus[name]), name_of(URIRef(source)))

    def _remedy(self, source: str) -> str:
        if source not in self._remedies:
            self._remedies[source] = str(self._shapes.graph.value(URIRef(source), SH.message) or "")
        return self._remedies[source]

    def _message(self, constraint: str, result: Result) -> str:
        spoken = _SPOKEN.get(constraint, f"breaks sh:{constraint}")
        if not result.path:
            return f"{_short(result.focus)} {spoken}"
        path, value = _short_iri(result.path), _short(result.value)
        here = self._data.objects(result.focus, ox.NamedNode(result.path))
        if constraint == "minCount":
            return f"{path} is missing" if not here else f"{path} stands only {len(here)} times"
        if constraint == "maxCount":
            return f"{path} stands {len(here)} times: {', '.join(sorted(map(_short, here)))}"
        return f"{path} {value} {spoken}" if result.value is not None else f"{path} {spoken}"

    def _facts_behind(self, focus: Node) -> list[Node]:
        """The facts that fall with this node: itself, or those that lead to it through nodes of the data."""
        if focus not in self._own:
            return []
        seen, waiting = {focus}, [focus]
        facts: set[Node] = set()
        while waiting:
            node = waiting.pop()
            if any(kind in _TYPES for kind in self._data.objects(node, TYPE)):
                facts.add(node)
                continue
            for subject in self._data.naming(node):
                if subject in self._own and subject not in seen:
                    seen.add(subject)
                    waiting.append(subject)
        return sorted(facts, key=lambda fact: fact.value)

    def _sentence(self, node: Node) -> str:
        quotes = {
            exact.value
            for evidence in (node, *self._data.objects(node, _DERIVED_FROM))
            for selector in self._data.objects(evidence, _SELECTOR)
            for exact in self._data.objects(selector, _EXACT)
            if isinstance(exact, ox.Literal)
        }
        return " … ".join(sorted(quotes))


def _constraint_name(component: str) -> str:
    return component[:1].lower() + component[1:]


def _short(node: Term | None) -> str:
    """An IRI with its prefix, a literal as Turtle writes it."""
    if node is None:
        return ""
    if isinstance(node, ox.Literal):
        if node.language:
            return f'"{node.value}"@{node.language}'
        plain = node.datatype.value == terms.XSD + "string"
        return f'"{node.value}"' if plain else f'"{node.value}"^^{_short(node.datatype)}'
    return _short_iri(node.value)


def _short_iri(iri: str) -> str:
    for prefix, base in terms.PREFIXES.items():
        if iri.startswith(base):
            return f"{prefix}:{iri[len(base) :]}"
    return iri
