"""Two states: what the documents say of them together, section by section, each from a saved query."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import NamedNode

from kg.errors import QueryError
from kg.queries import Parameter, Result, find_query, run_query
from kg.queries.parameters import find_value
from kg.serve.jobs import saved_queries
from kg.serve.pages.reading import fact_lines, labelled
from kg.serve.pages.records import FactLine, Node, Table
from kg.serve.pages.resolve import resolve
from kg.serve.pages.tables import make_table
from kg.serve.pages.words import TYPE_TITLES, type_title
from kg.serve.worker import Graph

_ROWS = 40  # of a section's table; the query's own page has all
_SHARED = 12  # lines of a type in the section of all else

_SECTIONS = (
    ("trade", "Trade", "trade-of-a-pair"),
    ("investment", "Investment, loans, grants", "investments-of-a-pair"),
    ("agreements", "Agreements", "agreements-of-a-pair"),
    ("projects", "Projects", "projects-of-a-pair"),
    ("meetings", "Meetings and visits", "meetings-of-a-pair"),
)
_IN_SECTIONS = {"TradeFigure", "InvestmentFigure", "AgreementAction", "ProjectStatus", "Meeting"}


@dataclass(frozen=True, slots=True)
class Section:
    """One table of the page: its anchor and heading, and the saved query that gives its rows."""

    anchor: str
    title: str
    query: str
    table: Table


@dataclass(frozen=True, slots=True)
class Rest:
    """The facts of a type that has no table of its own: the first in time order, and how many there are."""

    type: str
    title: str
    lines: tuple[FactLine, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Difference:
    """Two facts that cannot both be so."""

    one: FactLine
    other: FactLine


@dataclass(frozen=True, slots=True)
class Pair:
    """Two states and what is said of them. ``years`` are the first and last year of any dated fact, "" where none is."""

    a: Node
    b: Node
    sections: tuple[Section, ...]
    planned: tuple[FactLine, ...]
    differences: tuple[Difference, ...]
    rest: tuple[Rest, ...]
    statuses: tuple[tuple[str, int], ...]
    documents: tuple[Node, ...]
    facts: int
    years: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Company:
    """Two states of which so many facts speak."""

    a: Node
    b: Node
    facts: int


def read_pairs(graph: Graph, most: int = 24) -> tuple[Company, ...]:
    """The pairs of states that the facts speak of, most facts first."""
    return _pairs(graph)[:most]


@lru_cache(maxsize=2)  # the same for one graph, whoever asks
def _pairs(graph: Graph) -> tuple[Company, ...]:
    result = _ask(graph, "pairs-of-states", {})
    nodes = labelled(graph.store, {term for row in result.rows for term in row[:2] if isinstance(term, NamedNode)})
    return tuple(Company(*_by_name(nodes[a.value], nodes[b.value]), int(count.value)) for a, b, count in result.rows if a and b and count)


def _by_name(a: Node, b: Node) -> tuple[Node, Node]:
    return (a, b) if a.label <= b.label else (b, a)


def read_pair(graph: Graph, a: str, b: str) -> Pair:
    """What is said of two states, each given by name, code or IRI. Raises `QueryError` where one of them names no state."""
    store = graph.store
    one, two = (_state(graph, name, text) for name, text in (("a", a), ("b", b)))
    if one == two:
        raise QueryError("both states are the same", remedy="choose two")
    nodes = labelled(store, [one, two])
    given = {"a": one.value, "b": two.value}
    sections = [Section(anchor, title, name, make_table(store, _ask(graph, name, given), _ROWS, sparse=True))
                for anchor, title, name in _SECTIONS]
    lines = fact_lines(store, _facts(_ask(graph, "facts-of-a-pair", given)))
    return Pair(
        nodes[one.value], nodes[two.value], tuple(s for s in sections if s.table.total),
        tuple(line for line in lines if line.status == "Planned"), _differences(graph, lines), _rest(lines),
        tuple(sorted(Counter(line.status for line in lines).items())),
        tuple(sorted({document for line in lines for document in line.documents}, key=lambda node: (node.label, node.iri))),
        len(lines), _years(lines),
    )


def _state(graph: Graph, name: str, text: str) -> NamedNode:
    parameter = Parameter(name, "state")
    found = find_value(graph.store, parameter, resolve(graph, parameter, text))
    assert isinstance(found, NamedNode)
    return found


def _ask(graph: Graph, name: str, given: dict[str, str]) -> Result:
    return run_query(graph.store, find_query(name, saved_queries()), given)


def _facts(result: Result, column: str = "fact") -> list[NamedNode]:
    at = result.columns.index(column)
    return [row[at] for row in result.rows if isinstance(row[at], NamedNode)]  # type: ignore[misc]


def _differences(graph: Graph, lines: tuple[FactLine, ...]) -> tuple[Difference, ...]:
    """The claims in conflict of which one side at least is among these facts."""
    mine = {line.iri for line in lines}
    result = _ask(graph, "claims-in-conflict", {})
    pairs = list(zip(_facts(result), _facts(result, "other"), strict=True))
    wanted = [(one, other) for one, other in pairs if one.value in mine or other.value in mine]
    found = {line.iri: line for line in fact_lines(graph.store, {fact for pair in wanted for fact in pair})}
    return tuple(Difference(found[one.value], found[other.value]) for one, other in wanted)


def _rest(lines: tuple[FactLine, ...]) -> tuple[Rest, ...]:
    groups = []
    for name in TYPE_TITLES:
        mine = tuple(line for line in lines if line.type == name)
        if mine and name not in _IN_SECTIONS:
            groups.append(Rest(name, type_title(name), mine[:_SHARED], len(mine)))
    return tuple(groups)


def _years(lines: tuple[FactLine, ...]) -> tuple[str, str]:
    years = sorted(line.order[:4] for line in lines if not line.order.startswith("9999"))
    return (years[0], years[-1]) if years else ("", "")
