"""What people added to the graph, or decided about it: Turtle files of the graph directory, each a named graph of its own.

One file is one contribution: a node that says who, when and what kind, and the statements that came with it. The file's
name is the SHA-256 of its bytes, the node's IRI the hash of all that it says; neither ever changes (docs/contributions.md).
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple

import kg
from kg import terms
from kg.errors import KgError, StoreError
from kg.graph import nodes
from kg.graph.nodes import bkg
from kg.graph.store import CONTRIBUTIONS, sync_folder
from kg.graph.vocabulary import read_turtle
from kg.graph.write import write_turtle

THIS = NamedNode(terms.CONTRIBUTION + "this")
"""Stands for the contribution's own node in the statements given to `make_contribution`."""

_KIND, _TOOL, _INPUT, _SEQUENCE = bkg("contributionKind"), bkg("toolVersion"), bkg("inputSha256"), bkg("sequence")
_CLASS = bkg("Contribution")


@dataclass(frozen=True, slots=True)
class Header:
    """Who contributed, when and how. ``when`` is an xsd:date or xsd:dateTime as written; unknown texts are ""."""

    iri: str
    kind: str
    who: str
    when: str
    sequence: int = 0
    source: str = ""
    note: str = ""
    tool: str = ""
    inputs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contribution:
    """One contribution. ``sha256`` is of the bytes of its file; a file that somebody just put there has no ``header``."""

    file: Path
    sha256: str
    quads: tuple[Quad, ...]
    header: Header | None = None

    @property
    def graph(self) -> NamedNode:
        """The named graph that holds it."""
        return contribution_graph(self.sha256)

    @property
    def order(self) -> tuple[int, str]:
        """Its place among all: by number, then by content, so that every machine sorts alike; clocks do not count."""
        return (self.header.sequence if self.header else 0, self.sha256)


def contribution_graph(sha256: str) -> NamedNode:
    """The named graph of the contribution with this hash."""
    return NamedNode(terms.GRAPH + "contribution-" + sha256)


def agent_node(who: str) -> NamedNode:
    """The node of a person or program: made from the name, so that one name is one node."""
    return NamedNode(terms.AGENT + nodes.digest([who], 16))


def make_contribution(
    kind: str,
    who: str,
    when: str,
    statements: Iterable[Triple],
    *,
    sequence: int = 0,
    source: str = "",
    note: str = "",
    inputs: Sequence[str] = (),
) -> tuple[Contribution, str]:
    """The contribution and the text of its file; the same arguments give the same bytes.

    `statements` may name the contribution's node as `THIS`; `when` is an ISO date or moment ("2026-11-22T07:00:00Z");
    `sequence` counts the contributions that stood before it; `inputs` are the SHA-256 of the files handed in.
    """
    said = {*(quad.triple for quad in canonical(Quad(*triple) for triple in statements)), *_head(kind, who, when, source, note, inputs), _number(sequence)}
    iri = NamedNode(terms.CONTRIBUTION + nodes.digest(sorted(map(str, said))))
    final = [_renamed(triple, iri) for triple in said]
    text = write_turtle(Quad(*triple) for triple in final)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    graph = contribution_graph(sha256)
    quads = canonical(Quad(*triple, graph) for triple in final)
    return Contribution(Path(f"{sha256}.ttl"), sha256, quads, _read_header(quads)), text


def write_contribution(folder: Path, text: str) -> Path:
    """The file that now holds this contribution in a folder of contributions: complete, and safe on the disk.

    Raises `OSError` where the disk is full or the folder may not be written.
    """
    folder.mkdir(exist_ok=True)
    data = text.encode()
    path = folder / f"{hashlib.sha256(data).hexdigest()}.ttl"
    beside = folder / f".{path.name}.{os.getpid()}"
    try:
        with open(beside, "wb") as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    sync_folder(folder)
    return path


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
    quads = canonical(read_turtle(path, contribution_graph(sha256)))
    if any(isinstance(node, BlankNode) for quad in quads for node in (quad.subject, quad.object)):
        raise StoreError("has a blank node", file=path, remedy="give every node an IRI")
    return Contribution(path, sha256, quads, _read_header(quads))


def canonical(quads: Iterable[Quad]) -> tuple[Quad, ...]:
    """The quads as a store gives them back, sorted: each once, numbers and dates in their canonical form."""
    store = Store()
    store.extend(quads)
    return tuple(sorted(store, key=str))


def _head(kind: str, who: str, when: str, source: str, note: str, inputs: Sequence[str]) -> list[Triple]:
    agent = agent_node(who)
    moment = Literal(when, datatype=NamedNode(terms.XSD + "dateTime")) if "T" in when else nodes.date(when)
    said = [
        Triple(THIS, nodes.RDF_TYPE, _CLASS),
        Triple(THIS, nodes.RDF_TYPE, NamedNode(terms.PROV + "Activity")),
        Triple(THIS, _KIND, NamedNode(f"{terms.CON}contribution-{kind}")),
        Triple(THIS, nodes.ASSOCIATED_WITH, agent),
        Triple(THIS, nodes.CREATOR, Literal(who)),
        Triple(THIS, nodes.CREATED, moment),
        Triple(THIS, _TOOL, Literal(kg.__version__)),
        Triple(agent, nodes.RDF_TYPE, NamedNode(terms.PROV + "Agent")),
        Triple(agent, nodes.RDFS_LABEL, Literal(who)),
    ]
    said += [Triple(THIS, nodes.SOURCE, nodes.address(source))] if source else []
    said += [Triple(THIS, nodes.COMMENT, Literal(note))] if note else []
    return said + [Triple(THIS, _INPUT, Literal(sha256)) for sha256 in inputs]


def _number(sequence: int) -> Triple:
    return Triple(THIS, _SEQUENCE, nodes.number(Decimal(sequence)))


def _renamed(triple: Triple, iri: NamedNode) -> tuple[NamedNode, NamedNode, NamedNode | Literal]:
    parts = tuple(iri if part == THIS else part for part in (triple.subject, triple.predicate, triple.object))
    return parts  # type: ignore[return-value]


def _read_header(quads: Iterable[Quad]) -> Header | None:
    """What the file says of its own node; None where there is no such node, or more than one."""
    quads = list(quads)
    own = {quad.subject for quad in quads if quad.predicate == nodes.RDF_TYPE and quad.object == _CLASS}
    if len(own) != 1:
        return None
    node = own.pop()
    said: dict[str, list[str]] = {}
    for quad in quads:
        if quad.subject == node and isinstance(quad.object, NamedNode | Literal):
            said.setdefault(quad.predicate.value, []).append(quad.object.value)

    def first(predicate: NamedNode) -> str:
        return min(said.get(predicate.value, ()), default="")

    return Header(
        node.value if isinstance(node, NamedNode) else "",
        first(_KIND).removeprefix(terms.CON + "contribution-"),
        first(nodes.CREATOR), first(nodes.CREATED), int(number) if (number := first(_SEQUENCE)).isdigit() else 0, first(nodes.SOURCE), first(nodes.COMMENT), first(_TOOL),
        tuple(sorted(said.get(_INPUT.value, ()))),
    )  # fmt: skip
