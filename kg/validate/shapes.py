"""The SHACL shapes: read once, checked against SHACL and the ontology, and who targets what.

"Conforms" must be earned: a misspelt sh:targetClass or sh:mincount would let every graph pass.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rdflib import RDF, RDFS, SH, BNode, Graph, URIRef
from rdflib.term import Node

from kg import terms
from kg.errors import KgError
from kg.resources import folder as package_folder
from kg.validate.context import Context, load_context
from kg.validate.convert import make_graph
from kg.validate.files import read_triples

SHAPE = "https://w3id.org/bilateral-kg/shape/"

_TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)
_LISTS = (SH["in"], SH["or"], SH["and"], SH.xone, SH.languageIn, SH.ignoredProperties)
_CLASSES = (SH.targetClass, SH["class"])


@dataclass(frozen=True, slots=True)
class Shapes:
    """The shapes graph and the shapes in it that have targets, by name."""

    graph: Graph
    targeted: dict[str, URIRef]

    def focus_nodes(self, shape: URIRef, data: Graph) -> set[Node]:
        """The nodes of `data` that the shape targets, by SHACL's rules; subclasses are those that `data` holds."""
        found: set[Node] = set()
        for target in self.graph.objects(shape, SH.targetClass):
            for kind in data.transitive_subjects(RDFS.subClassOf, target):
                found.update(data.subjects(RDF.type, kind))
        for path in self.graph.objects(shape, SH.targetSubjectsOf):
            found.update(data.subjects(path, None))
        for path in self.graph.objects(shape, SH.targetObjectsOf):
            found.update(data.objects(None, path))
        found.update(self.graph.objects(shape, SH.targetNode))
        return found

    def owners(self, source: Node) -> set[URIRef]:
        """The targeted shapes that this shape is, or is a property shape of."""
        having = {source, *self.graph.subjects(SH.property, source)}
        return {shape for shape in self.targeted.values() if shape in having}


@lru_cache(maxsize=4)
def load_shapes(path: Path | None = None, ontology: Path | None = None) -> Shapes:
    """The shapes of a Turtle file, those of the package where none is given; read and checked once.

    Raises: `KgError` where the file is broken, or a shape could never find a fault (`find_faults`).
    """
    file = path or (ontology or package_folder("ontology")) / "shapes.ttl"
    shapes = make_shapes(make_graph(read_triples(file)))
    for fault in find_faults(shapes, load_context(ontology)):
        raise KgError(fault, file=file, line=_line_of(file, fault), remedy="mend the shape")
    return shapes


def make_shapes(graph: Graph) -> Shapes:
    """The shapes of a graph, unchecked."""
    targeted = {subject for target in _TARGETS for subject in graph.subjects(target, None)}
    return Shapes(graph, {name_of(shape): shape for shape in sorted(targeted, key=str) if isinstance(shape, URIRef)})


def name_of(shape: Node) -> str:
    """The shape's name: the last part of its IRI."""
    return str(shape).removeprefix(SHAPE)


def find_faults(shapes: Shapes, context: Context) -> Iterator[str]:
    """What would let a graph pass untested, one sentence each.

    No shapes; terms that SHACL lacks; classes, properties or concepts that the ontology lacks; shapes without a name, a
    path or a message; empty lists.
    """
    graph = shapes.graph
    if not shapes.targeted:
        yield "no shape has a target"
    for term in sorted({term for triple in graph for term in triple if isinstance(term, URIRef)}):
        if term.startswith(terms.SH) and str(term)[len(terms.SH) :] not in SH:
            yield f"SHACL has no term sh:{str(term)[len(terms.SH) :]}"
        elif str(term).startswith((terms.BKG, terms.CON)) and str(term) not in context.terms:
            yield f"the ontology does not define {term}"
    for predicate in _CLASSES:
        for shape, kind in sorted(graph.subject_objects(predicate), key=str):
            if str(kind) not in context.classes:
                yield f"{name_of(shape)}: the ontology has no class {kind}"
    properties = {*graph.objects(None, SH.property), *graph.subjects(RDF.type, SH.PropertyShape)}
    for shape in sorted(properties, key=str):
        if not isinstance(graph.value(shape, SH.path), URIRef):
            yield f"{name_of(shape)}: a property shape needs one sh:path"
        if not graph.value(shape, SH.message):
            yield f"{name_of(shape)}: sh:message is missing"
    for name, shape in shapes.targeted.items():
        if not any(graph.objects(shape, SH.message)) or not any(graph.objects(shape, SH.severity)):
            yield f"{name}: sh:message or sh:severity is missing"
    lists = {node for predicate in _LISTS for node in graph.objects(None, predicate)}
    if any(isinstance(node, BNode) and (node, RDF.first, None) not in graph for node in graph.subjects()):
        yield "a shape has no name: give it an IRI"
    if any(not list(graph.items(node)) for node in lists):
        yield "an empty list lets nothing pass, or everything"


def _line_of(file: Path, fault: str) -> int | None:
    """The line where the shape or term that the fault names first stands."""
    wanted = fault.split(":")[0] if ": " in fault else fault.rsplit(" ", 1)[-1].rsplit("#", 1)[-1].rsplit("/", 1)[-1]
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if f":{wanted.removeprefix('sh:')} " in line + " ":
            return number
    return None

