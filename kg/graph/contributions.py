"""Facts that a person added: Turtle files of the graph directory, each a named graph of its own."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import BlankNode, NamedNode, Quad

from kg import terms
from kg.errors import KgError, StoreError
from kg.graph.store import CONTRIBUTIONS
from kg.graph.vocabulary import read_turtle


@dataclass(frozen=True, slots=True)
class Contribution:
    """One accepted file. ``sha256`` is of its bytes."""

    file: Path
    sha256: str
    quads: tuple[Quad, ...]

    @property
    def graph(self) -> NamedNode:
        """The named graph that holds it."""
        return contribution_graph(self.sha256)


def contribution_graph(sha256: str) -> NamedNode:
    """The named graph of the contribution with this hash."""
    return NamedNode(terms.GRAPH + "contribution-" + sha256)


def read_contributions(directory: Path) -> tuple[list[Contribution], list[KgError]]:
    """The contributions of a graph directory by hash, each content once, and what is wrong with the broken ones."""
    found: dict[str, Contribution] = {}
    broken: list[KgError] = []
    for path in sorted((directory / CONTRIBUTIONS).glob("*.ttl")):
        try:
            contribution = read_contribution(path)
            found.setdefault(contribution.sha256, contribution)
        except KgError as error:
            broken.append(error)
    return [found[sha256] for sha256 in sorted(found)], broken


def read_contribution(path: Path) -> Contribution:
    """The contribution in a Turtle file. Raises `StoreError` where it is broken, or has a node without an IRI."""
    if not path.is_file():  # a pipe would never end
        raise StoreError("is no ordinary file", file=path, remedy="put a Turtle file in its place, or remove it")
    try:
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise StoreError(f"cannot be read ({error.strerror})", file=path, remedy="check its permissions") from None
    quads = read_turtle(path, contribution_graph(sha256))
    if any(isinstance(node, BlankNode) for quad in quads for node in (quad.subject, quad.object)):
        raise StoreError("has a blank node", file=path, remedy="give every node an IRI")
    return Contribution(path, sha256, tuple(quads))
