"""Runs pySHACL on the data and its context, and turns its report into ours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import pyoxigraph as ox
import pyshacl
from rdflib import RDF, RDFS, SH, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from kg import terms
from kg.errors import KgError
from kg.validate.context import Context, load_context
from kg.validate.convert import Triple, make_graph, quiet_rdflib, to_rdflib
from kg.validate.files import read_triples
from kg.validate.report import Report, ShapeCount, Violation
from kg.validate.shapes import Shapes, load_shapes, name_of

_DERIVED_FROM = URIRef(terms.PROV + "wasDerivedFrom")
_SELECTOR = URIRef(terms.OA + "hasSelector")
_EXACT = URIRef(terms.OA + "exact")
_TYPES = {URIRef(terms.BKG + name) for name in terms.FACT_TYPES}
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


def validate_files(files: Sequence[Path], *, shapes: Shapes | None = None, context: Context | None = None) -> Report:
    """The report on the files taken together, held against the shapes with ontology and gazetteer behind them.

    Raises: `KgError` where no file is given, or one is missing or broken.
    """
    if not files:
        raise KgError("no file was given", remedy="name at least one RDF file")
    return validate_graph([t for file in files for t in read_triples(Path(file))], shapes=shapes, context=context)


def validate_graph(
    data: Iterable[ox.Quad | ox.Triple | Triple] | Graph,
    *,
    shapes: Shapes | None = None,
    context: Context | None = None,
) -> Report:
    """The report on the data: pyoxigraph quads or triples (an Oxigraph store too), or an rdflib graph.

    Named graphs are merged. Nodes of the gazetteer that the data name are looked at too; their faults count, but no
    fact is blamed for them.
    """
    shapes, context = shapes or load_shapes(), context or load_context()
    triples = _triples_of(data)
    graph = make_graph([*triples, *context.needed_by(triples)])
    with quiet_rdflib():
        conforms, result, _ = pyshacl.validate(graph, shacl_graph=shapes.graph, inplace=True, inference="none")
    if not isinstance(result, Graph):
        raise KgError(f"pySHACL cannot use the shapes: {result}", remedy="mend ontology/shapes.ttl")
    own = {to_rdflib(subject) for subject, _, _ in triples}
    focus = {name: shapes.focus_nodes(shape, graph) for name, shape in shapes.targeted.items()}
    violations = _Reader(shapes, graph, focus, own).read(result)
    counts: dict[str, int] = defaultdict(int)
    for violation in violations:
        counts[violation.shape] += 1
    return Report(
        bool(conforms), tuple(ShapeCount(name, len(focus[name]), counts[name]) for name in sorted(focus)), violations
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


class _Reader:
    """Reads pySHACL's report with the data beside it."""

    def __init__(self, shapes: Shapes, graph: Graph, focus: dict[str, set[Node]], own: set[Node]) -> None:
        self._shapes, self._graph, self._focus, self._own = shapes, graph, focus, own

    def read(self, result: Graph) -> tuple[Violation, ...]:
        """All results of the report, sorted, each once."""
        return tuple(sorted({self._violation(result, node) for node in result.objects(None, SH.result)}))

    def _violation(self, result: Graph, node: Node) -> Violation:
        focus, source = result.value(node, SH.focusNode), result.value(node, SH.sourceShape)
        path, value = result.value(node, SH.resultPath), result.value(node, SH.value)
        component = str(result.value(node, SH.sourceConstraintComponent))
        constraint = _constraint_name(component.removeprefix(terms.SH).removesuffix("ConstraintComponent"))
        assert focus is not None and source is not None
        facts = self._facts_behind(focus)
        about = focus if focus in facts or not facts else facts[0]
        return Violation(
            shape=self._owner(source, focus),
            focus=str(focus),
            source=name_of(source),
            constraint=constraint,
            path=_short(path),
            value=_short(value),
            label=str(self._graph.value(about, RDFS.label) or self._graph.value(about, SKOS.prefLabel) or ""),
            sentence=self._sentence(about),
            message=self._message(constraint, focus, path, value),
            remedy=str(self._shapes.graph.value(source, SH.message) or ""),
            severity=name_of(result.value(node, SH.resultSeverity) or SH.Violation).removeprefix(terms.SH),
            facts=tuple(str(fact) for fact in facts),
        )

    def _owner(self, source: Node, focus: Node) -> str:
        names = sorted(name_of(shape) for shape in self._shapes.owners(source))
        return next((name for name in names if focus in self._focus[name]), name_of(source))

    def _message(self, constraint: str, focus: Node, path: Node | None, value: Node | None) -> str:
        spoken = _SPOKEN.get(constraint, f"breaks sh:{constraint}")
        if path is None:
            return f"{_short(focus)} {spoken}"
        here = [*self._graph.objects(focus, path)] if isinstance(path, URIRef) else []
        if constraint == "minCount":
            return f"{_short(path)} is missing" if not here else f"{_short(path)} stands only {len(here)} times"
        if constraint == "maxCount":
            return f"{_short(path)} stands {len(here)} times: {', '.join(sorted(map(_short, here)))}"
        return f"{_short(path)} {_short(value)} {spoken}" if value is not None else f"{_short(path)} {spoken}"

    def _facts_behind(self, focus: Node) -> list[Node]:
        """The facts that fall with this node: itself, or those that lead to it through nodes of the data."""
        if focus not in self._own:
            return []
        seen, waiting = {focus}, [focus]
        facts: set[Node] = set()
        while waiting:
            node = waiting.pop()
            if any(kind in _TYPES for kind in self._graph.objects(node, RDF.type)):
                facts.add(node)
                continue
            for subject in self._graph.subjects(None, node):
                if subject in self._own and subject not in seen:
                    seen.add(subject)
                    waiting.append(subject)
        return sorted(facts, key=str)

    def _sentence(self, node: Node) -> str:
        quotes = {
            str(exact)
            for evidence in (node, *self._graph.objects(node, _DERIVED_FROM))
            for selector in self._graph.objects(evidence, _SELECTOR)
            for exact in self._graph.objects(selector, _EXACT)
        }
        return " … ".join(sorted(quotes))


def _constraint_name(component: str) -> str:
    return component[:1].lower() + component[1:]


def _short(node: Node | None) -> str:
    """An IRI with its prefix, a literal as Turtle writes it."""
    if node is None:
        return ""
    if isinstance(node, Literal):
        tail = f"@{node.language}" if node.language else f"^^{_short(node.datatype)}" if node.datatype else ""
        return f'"{node}"{tail}'
    iri = str(node)
    for prefix, base in terms.PREFIXES.items():
        if iri.startswith(base):
            return f"{prefix}:{iri[len(base) :]}"
    return iri
