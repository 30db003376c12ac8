"""Two engines that judge alike: pySHACL, the reference, and `shacl`, written in Rust, some hundred times as fast.

The tests hold them against each other on every constraint of the shapes and on random facts (tests/test_engines.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from weakref import WeakKeyDictionary

import pyoxigraph as ox
from rdflib import SH, BNode, Graph, Literal, URIRef
from rdflib.term import Node as RdflibNode

from kg import terms
from kg.errors import KgError
from kg.validate.convert import Triple, make_graph, quiet_rdflib
from kg.validate.data import Node, Term
from kg.validate.shapes import Shapes

ENGINES = ("auto", "pyshacl", "fast")
"""What `--engine` may say; auto is fast where it is installed and can be used, else pyshacl."""

_COMPILED: WeakKeyDictionary[Graph, object] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Result:
    """One result of an engine: `source` and `component` are IRIs of the shape and of the kind of constraint."""

    focus: Node
    source: str
    component: str
    path: str
    value: Term | None
    severity: str


def find_results(triples: Iterable[Triple], shapes: Shapes, engine: str = "auto") -> list[Result]:
    """What breaks a shape in these triples. Raises `KgError` where the engine is missing or cannot use the shapes."""
    triples = list(triples)
    blank = any(isinstance(part, ox.BlankNode) for triple in triples for part in (triple[0], triple[2]))
    if engine not in ENGINES:
        raise KgError(f"no engine {engine!r}", remedy=f"one of {', '.join(ENGINES)}")
    if engine == "fast" and not has_fast():
        raise KgError("the fast engine is not installed", remedy="pip install 'bilateral-kg[fast]', or --engine pyshacl")
    if blank or engine == "pyshacl" or not has_fast():  # the fast engine renames blank nodes
        return _without_followers(_pyshacl(triples, shapes))
    try:
        return _without_followers(_fast(triples, shapes))
    except ValueError as error:  # a pattern that only Python's regular expressions know
        if engine == "auto":
            return _without_followers(_pyshacl(triples, shapes))
        raise KgError(f"the fast engine cannot use the shapes: {error}", remedy="--engine pyshacl can") from error


def has_fast() -> bool:
    """Whether the fast engine is installed."""
    return find_spec("shacl") is not None


def _without_followers(results: list[Result]) -> list[Result]:
    """Without results on the order of values that are at fault themselves: the engines compare them differently."""
    wrong = {r.focus for r in results if r.component == terms.SH + "DatatypeConstraintComponent"}
    order = {terms.SH + "LessThanConstraintComponent", terms.SH + "LessThanOrEqualsConstraintComponent"}
    return [r for r in results if not (r.component in order and r.focus in wrong)]


def _pyshacl(triples: list[Triple], shapes: Shapes) -> list[Result]:
    import pyshacl

    with quiet_rdflib():
        _, report, _ = pyshacl.validate(make_graph(triples), shacl_graph=shapes.graph, inplace=True, inference="none")
    if not isinstance(report, Graph):
        raise KgError(f"pySHACL cannot use the shapes: {report}", remedy="mend ontology/shapes.ttl")
    found = []
    for node in report.objects(None, SH.result):
        focus, value, path = report.value(node, SH.focusNode), report.value(node, SH.value), report.value(node, SH.resultPath)
        found.append(Result(
            _to_oxigraph(focus),  # type: ignore[arg-type]
            str(report.value(node, SH.sourceShape)), str(report.value(node, SH.sourceConstraintComponent)),
            str(path or ""), None if value is None else _to_oxigraph(value), str(report.value(node, SH.resultSeverity)),
        ))  # fmt: skip
    return found


def _to_oxigraph(term: RdflibNode | None) -> Term:
    match term:
        case URIRef():
            return ox.NamedNode(str(term))
        case BNode():
            return ox.BlankNode(str(term))
        case Literal():
            if term.language:
                return ox.Literal(str(term), language=term.language)
            return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype))) if term.datatype else ox.Literal(str(term))
    raise TypeError(f"no term of RDF 1.1: {term!r}")


def _fast(triples: list[Triple], shapes: Shapes) -> list[Result]:
    import shacl

    compiled = _COMPILED.get(shapes.graph)
    if compiled is None:
        compiled = _COMPILED[shapes.graph] = shacl.Shapes.from_text(shapes.graph.serialize(format="nt"), format="ntriples")
    assert isinstance(compiled, shacl.Shapes)
    texts = [(str(s), str(p), str(o)) for s, p, o in triples]
    report = compiled.validate_text("".join(f"{s} {p} {o} .\n" for s, p, o in texts), format="ntriples")
    named = {text for each in report.results for text in (each.focus_node, each.value)}
    terms_of: dict[str, Term] = {}
    for (subject, _, value), triple in zip(texts, triples, strict=True):
        if subject in named:
            terms_of[subject] = triple[0]
        if value in named:
            terms_of[value] = triple[2]
    return [
        Result(
            terms_of[each.focus_node], _bare(each.source_shape), _bare(each.component_iri), _bare(each.path),  # type: ignore[arg-type]
            None if each.value is None else terms_of.get(each.value, ox.Literal(each.value_plain or "")), _bare(each.severity_iri),
        )
        for each in report.results
    ]  # fmt: skip


def _bare(text: str | None) -> str:
    return (text or "").removeprefix("<").removesuffix(">")
