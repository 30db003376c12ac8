"""The ontology and the gazetteer, as they stand in their files, for their graphs in the store."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph.nodes import GAZETTEER, ONTOLOGY

GENID = "https://w3id.org/bilateral-kg/.well-known/genid/"


def vocabulary_quads(folder: Path) -> list[ox.Quad]:
    """All quads of ``*.ttl`` (but not the shapes) and ``gazetteer/*.ttl`` of an ontology folder, without blank nodes.

    Raises `StoreError` with file and line where one of them is broken.
    """
    files = [(path, ONTOLOGY) for path in sorted(folder.glob("*.ttl")) if path.name != "shapes.ttl"]
    files += [(path, GAZETTEER) for path in sorted((folder / "gazetteer").glob("*.ttl"))]
    return sorted({quad for path, graph in files for quad in _read(path, graph)}, key=str)


def read_turtle(path: Path, graph: ox.NamedNode) -> list[ox.Quad]:
    """The triples of a Turtle file as quads of this graph. Raises `StoreError` with file and line."""
    try:
        triples = ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
        return [ox.Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples]
    except SyntaxError as error:
        raise StoreError(f"broken Turtle ({error.msg})", file=path, line=error.lineno, remedy="mend the line") from None
    except (OSError, ValueError) as error:
        raise StoreError(f"cannot be read ({error})", file=path, remedy="check the file") from None


def _read(path: Path, graph: ox.NamedNode) -> list[ox.Quad]:
    """The file's quads; blank nodes (OWL has no other way to write a list) get IRIs made from what they say."""
    quads = read_turtle(path, graph)
    if not any(isinstance(node, ox.BlankNode) for quad in quads for node in (quad.subject, quad.object)):
        return quads
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    space = f"{GENID}{path.stem}-"

    def named(node: object) -> object:
        return ox.NamedNode(space + node.value) if isinstance(node, ox.BlankNode) else node

    return [ox.Quad(named(q.subject), q.predicate, named(q.object), graph) for q in dataset]  # type: ignore[arg-type]


