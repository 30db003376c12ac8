"""Facts as the graph states them, read back from quads: what each says, from which words, by which rule or contribution."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from kg import terms
from kg.graph import nodes
from kg.graph.facts import symmetric_sides
from kg.graph.nodes import FACT_CLASSES, bkg

_OA = terms.OA
_SELECTOR, _EXACT, _START = NamedNode(_OA + "hasSelector"), NamedNode(_OA + "exact"), NamedNode(_OA + "start")
_NOT_CONTENT = {"claim"}
Said = dict[NamedNode, list[Quad]]


@dataclass(frozen=True, slots=True, order=True)
class Words:
    """One piece of evidence: the words of a document (or of another source, then without place).

    ``document`` is the IRI of the source, ``identifier`` its file name without ending; ``start`` counts code points, -1 where unknown.
    """

    identifier: str
    document: str
    start: int
    exact: str


@dataclass(frozen=True, slots=True)
class Stated:
    """One fact of the graph. ``roles`` are (role, term in N-Triples form) with status, dates and speakers, sorted.

    ``graph`` is the source graph; ``activity`` the node that made it, ``rule`` and ``version`` its rule, "" for a contributed fact.
    """

    iri: str
    type: str
    label: str
    graph: str
    roles: tuple[tuple[str, str], ...]
    words: tuple[Words, ...]
    activity: str
    rule: str
    version: str

    @property
    def content(self) -> str:
        """Digits made from what the fact says, whoever says it and wherever: two facts of the same content say the same."""
        return nodes.digest([self.type, *(f"{role}={term}" for role, term in _side_by_side(self))])

    @property
    def quotes(self) -> tuple[str, ...]:
        """The words that support it, sorted."""
        return tuple(sorted({words.exact for words in self.words}))

    @property
    def identifiers(self) -> tuple[str, ...]:
        """The documents that it stands in, by file name without ending, sorted."""
        return tuple(sorted({words.identifier for words in self.words}))

    def values(self, role: str) -> tuple[str, ...]:
        """The terms of this role, in N-Triples form."""
        return tuple(term for name, term in self.roles if name == role)


def read_stated(quads: Iterable[Quad]) -> dict[str, Stated]:
    """The facts of these quads by IRI, sorted. A fact that stands in several graphs is told as the first of them tells it."""
    by_graph: dict[str, Said] = defaultdict(lambda: defaultdict(list))
    everywhere: Said = defaultdict(list)
    for quad in quads:
        if isinstance(quad.subject, NamedNode):
            by_graph[str(quad.graph_name)][quad.subject].append(quad)
            everywhere[quad.subject].append(quad)
    found: dict[str, Stated] = {}
    for name in sorted(by_graph):
        for node, said in by_graph[name].items():
            kind = kind_of(said)
            if kind is not None and node.value not in found:
                found[node.value] = _read(node, kind, said, everywhere)
    return dict(sorted(found.items()))


def kind_of(said: Iterable[Quad]) -> str | None:
    """The fact type of the node of which this is said, None where it is no fact."""
    classes = (quad.object for quad in said if quad.predicate == nodes.RDF_TYPE)
    return next((FACT_CLASSES[each] for each in classes if each in FACT_CLASSES), None)  # type: ignore[index]


def _read(node: NamedNode, kind: str, said: list[Quad], everywhere: Said) -> Stated:
    roles = set()
    label, activity = node.value, ""
    words: set[Words] = set()
    for quad in said:
        name = quad.predicate.value
        if name.startswith(terms.BKG) and name.removeprefix(terms.BKG) not in _NOT_CONTENT:
            roles.add((name.removeprefix(terms.BKG), str(quad.object)))
        elif quad.predicate == nodes.RDFS_LABEL and isinstance(quad.object, Literal):
            label = quad.object.value
        elif quad.predicate == nodes.DERIVED_FROM and isinstance(quad.object, NamedNode):
            words.add(_words(quad.object, everywhere))
        elif quad.predicate == nodes.GENERATED_BY and isinstance(quad.object, NamedNode):
            activity = max(activity, quad.object.value)
    made = everywhere.get(NamedNode(activity), []) if activity else []
    graph = said[0].graph_name
    return Stated(
        node.value, kind, label, graph.value if isinstance(graph, NamedNode) else "", tuple(sorted(roles)), tuple(sorted(words)),
        activity, _text(made, bkg("rule")), _text(made, bkg("ruleVersion")),
    )  # fmt: skip


def _words(evidence: NamedNode, everywhere: Said) -> Words:
    source, exact, start = evidence.value, "", -1
    for quad in everywhere.get(evidence, ()):
        if quad.predicate == nodes.HAS_SOURCE and isinstance(quad.object, NamedNode):
            source = quad.object.value
        elif quad.predicate == _SELECTOR and isinstance(quad.object, NamedNode):
            selector = everywhere.get(quad.object, [])
            exact = _text(selector, _EXACT) or exact
            start = int(_text(selector, _START) or start)
    identifier = _text(everywhere.get(NamedNode(source), []), nodes.IDENTIFIER)
    return Words(identifier or source, source, start, exact)


def _text(said: Iterable[Quad], predicate: NamedNode) -> str:
    return min((q.object.value for q in said if q.predicate == predicate and isinstance(q.object, Literal)), default="")


def _side_by_side(fact: Stated) -> list[tuple[str, str]]:
    """The roles, those of a symmetric fact under one name: both orders say the same."""
    sides = symmetric_sides(fact.type, dict(fact.roles))
    return sorted((sides[0] if sides and role in sides else role, term) for role, term in fact.roles)
