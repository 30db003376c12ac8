"""A graph at one moment, as far as its facts go: of a graph directory, or of a file that `kg export` wrote."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg import terms
from kg.errors import KgError
from kg.graph import open_store, said_quads
from kg.graph.nodes import ALT_LABEL, IDENTIFIER
from kg.graph.stated import Stated, read_stated

_SUFFIXES = "a graph directory, or an export that ends in .ttl, .trig, .nq, .nt, .jsonld or .rdf"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The facts of a graph by IRI; the hashes of its documents by identifier; all that it says, by subject."""

    facts: Mapping[str, Stated]
    documents: Mapping[str, frozenset[str]]
    said: Mapping[str, list[ox.Quad]]

    @property
    def aliases(self) -> list[ox.Quad]:
        """The further names that contributions give to entities."""
        space = terms.GRAPH + "contribution-"
        return [
            quad for node, said in self.said.items() if node.startswith(terms.ENT) for quad in said
            if quad.predicate == ALT_LABEL and isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value.startswith(space)
        ]  # fmt: skip


def read_snapshot(path: Path) -> Snapshot:
    """The snapshot of a graph directory or an exported file. Raises `KgError` where it is neither, or broken."""
    return make_snapshot(said_quads(open_store(path)) if path.is_dir() else _read_export(path))


def make_snapshot(quads: Iterable[ox.Quad]) -> Snapshot:
    """The snapshot of these quads."""
    quads = tuple(quads)
    documents: dict[str, set[str]] = defaultdict(set)
    said: dict[str, list[ox.Quad]] = defaultdict(list)
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode):
            said[quad.subject.value].append(quad)
        if quad.predicate == IDENTIFIER and isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
            documents[quad.object.value].add(quad.subject.value.removeprefix(terms.DOC))
    return Snapshot(read_stated(quads), {name: frozenset(hashes) for name, hashes in documents.items()}, said)


def _read_export(path: Path) -> list[ox.Quad]:
    if not path.exists():
        raise KgError("is not there", file=path, remedy=f"give {_SUFFIXES}")
    form = ox.RdfFormat.from_extension(path.suffix.lstrip("."))
    if form is None:
        raise KgError("is no export of a graph", file=path, remedy=f"give {_SUFFIXES}")
    try:
        return list(ox.parse(path=str(path), format=form))
    except SyntaxError as error:
        raise KgError(f"is broken ({error.msg})", file=path, line=error.lineno, remedy="export the graph anew: kg export -o FILE") from None
    except (OSError, ValueError) as error:
        raise KgError(f"cannot be read ({error})", file=path, remedy="check the file") from None
