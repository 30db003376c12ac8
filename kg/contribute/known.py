"""What the graph knows of a node, asked of its store as little as possible: labels, classes, documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, Store

from kg import resources, terms
from kg.contribute.handed import Statement, Term
from kg.graph import document_text, open_store
from kg.graph.manifest import NAME
from kg.graph.nodes import DERIVED, IDENTIFIER, PREF_LABEL, RDF_TYPE, RDFS_LABEL
from kg.graph.vocabulary import vocabulary_quads


@dataclass(frozen=True)
class Known:
    """A graph as those see it who add to it. Without a directory: ontology and gazetteer alone."""

    store: Store
    directory: Path | None = None
    _labels: dict[str, str] = field(default_factory=dict)

    def said_of(self, node: NamedNode) -> list[Quad]:
        """What documents, contributions, gazetteer and ontology say of a node."""
        return [quad for quad in self.store.quads_for_pattern(node, None, None, None) if quad.graph_name != DERIVED]

    def describes(self, node: NamedNode) -> bool:
        """Whether anything is said of the node."""
        return any(quad.graph_name != DERIVED for quad in self.store.quads_for_pattern(node, None, None, None))

    def says(self, statement: Statement) -> bool:
        """Whether the graph says this already, in whatever layer."""
        return next(self.store.quads_for_pattern(*statement, None), None) is not None

    def label(self, node: Term) -> str:
        """The node's English label, "" where it has none."""
        if node.value not in self._labels:
            found = [
                quad.object for path in (PREF_LABEL, RDFS_LABEL)
                for quad in self.store.quads_for_pattern(node, path, None, None)  # type: ignore[arg-type]
                if isinstance(quad.object, Literal)
            ]  # fmt: skip
            english = [label.value for label in found if label.language in ("en", None)]
            self._labels[node.value] = min(english or [label.value for label in found], default="")
        return self._labels[node.value]

    def classes(self, node: NamedNode) -> set[str]:
        """The IRIs of the node's classes."""
        return {q.object.value for q in self.store.quads_for_pattern(node, RDF_TYPE, None, None) if isinstance(q.object, NamedNode)}

    def documents(self, name: str) -> list[NamedNode]:
        """The documents of this identifier."""
        quads = self.store.quads_for_pattern(None, IDENTIFIER, Literal(name), None)
        return sorted((q.subject for q in quads if isinstance(q.subject, NamedNode)), key=str)

    def text_of(self, document: NamedNode) -> str:
        """The kept text of a document of the graph. Raises `StoreError`."""
        assert self.directory is not None
        return document_text(self.directory, document.value.removeprefix(terms.DOC))


def open_known(directory: Path) -> Known:
    """What the graph of this directory knows; where there is none, what the program brings along."""
    if (directory / NAME).exists():
        return Known(open_store(directory), directory)
    return Known(_vocabulary())


@lru_cache(maxsize=1)
def _vocabulary() -> Store:
    store = Store()
    store.extend(vocabulary_quads(resources.folder("ontology")))
    return store


def needed_beside(statements: Iterable[Statement], known: Known, skip: set[str]) -> list[Statement]:
    """What the graph says of the nodes that the statements name, and of what these name, but for those of `skip`."""
    own = {statement[0] for statement in statements}
    waiting = [value for _, _, value in statements if isinstance(value, NamedNode)]
    seen: set[Term] = set(own)
    found: list[Statement] = []
    while waiting:
        node = waiting.pop()
        if node in seen or node.value in skip or node.value.startswith((terms.BKG, terms.CON)):
            continue
        seen.add(node)
        for quad in known.said_of(node):
            found.append((node, quad.predicate, quad.object))  # type: ignore[arg-type]
            if isinstance(quad.object, NamedNode):
                waiting.append(quad.object)
    return found
