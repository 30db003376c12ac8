"""One fact: its roles, who says it, the words that support it, the rule that read them, what others say."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode, Store

from kg import terms
from kg.graph.nodes import GENERATED_BY, RDFS_LABEL, bkg
from kg.queries.engine import compact
from kg.serve.pages.passages import Context, read_contexts
from kg.serve.pages.reading import fact_lines, nodes, spans_of, text, texts
from kg.serve.pages.records import Cell, FactLine, Node, Statement
from kg.serve.pages.tables import make_cell
from kg.serve.pages.things import statements_of
from kg.serve.pages.words import number_words, role_title, when_words
from kg.serve.problems import HttpError
from kg.serve.worker import Graph
from kg.values import date_bounds

_CREATOR, _SOURCE = NamedNode(terms.DCTERMS + "creator"), NamedNode(terms.DCTERMS + "source")
_APART = {"status", "statedBy", "claim", "date", "startDate", "endDate", "earliest", "latest"}
_ORDER = {name: place for place, name in enumerate(r.name for roles in terms.FACT_TYPES.values() for r in roles)}


@dataclass(frozen=True, slots=True)
class Making:
    """How a fact came to be: the rule and its version, what the rule captured; or the statements of a contribution."""

    iri: str
    rule: str
    version: str
    captured: tuple[str, ...]
    notes: tuple[str, ...]
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A source without text in the graph; ``address`` where it can be looked up, "" where that is not known."""

    node: Node
    address: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact as a page. ``days`` are the first and last day that its date can mean, ISO."""

    line: FactLine
    roles: tuple[Statement, ...]
    days: tuple[str, str]
    contexts: tuple[Context, ...]
    makings: tuple[Making, ...]
    claim: Node | None
    sources: int
    alike: tuple[FactLine, ...]
    against: tuple[FactLine, ...]
    sources_named: tuple[Source, ...]
    contributors: tuple[str, ...]


def read_fact(graph: Graph, name: str) -> Fact:
    """The fact of this name (what stands behind `fact/` in its IRI, or a whole IRI of others). Raises `HttpError` 404 where there is none."""
    store = graph.store
    try:
        node = NamedNode(fact_iri(name))
    except ValueError:
        raise _unknown(name) from None
    lines = fact_lines(store, [node])
    if not lines:
        raise _unknown(name)
    claim = next(iter(nodes(store, node, bkg("claim"))), None)
    contexts = read_contexts(graph, spans_of(store, node))
    quoted = {context.document.iri for context in contexts}
    makers = nodes(store, node, GENERATED_BY)
    return Fact(
        lines[0], _roles(store, node), (text(store, node, bkg("earliest")), text(store, node, bkg("latest"))),
        contexts, tuple(_making(store, each) for each in makers),
        Node(claim.value, text(store, claim, RDFS_LABEL)) if claim else None,
        int(text(store, claim, bkg("sourceCount")) or 1) if claim else 1,
        fact_lines(store, [fact for fact in _facts_of(store, claim) if fact != node]) if claim else (),
        fact_lines(store, [f for other in nodes(store, claim, bkg("conflictsWith")) for f in _facts_of(store, other)]) if claim else (),
        tuple(_source(store, each) for each in lines[0].documents if each.iri not in quoted),
        tuple(sorted({who for each in makers for who in texts(store, each, _CREATOR)})),
    )


def fact_iri(name: str) -> str:
    """The IRI of a fact from what stands behind `fact/` in an address: the end of it, or the whole of one of others."""
    return name if ":" in name else terms.FACT + name


def _source(store: Store, node: Node) -> Source:
    address = next((a.value for a in nodes(store, NamedNode(node.iri), _SOURCE) if a.value != node.label), "")
    return Source(node, address)


def _unknown(name: str) -> HttpError:
    return HttpError(404, f"the graph has no fact {name!r}", "it may have gone with a new build; search for what it said")


def _facts_of(store: Store, claim: NamedNode) -> list[NamedNode]:
    found = {quad.subject for quad in store.quads_for_pattern(None, bkg("claim"), claim, None)}
    return sorted((node for node in found if isinstance(node, NamedNode)), key=lambda node: node.value)


def _roles(store: Store, fact: NamedNode) -> tuple[Statement, ...]:
    """The roles of the fact with their values, in the order of the model."""
    found: dict[str, list[Cell]] = {}
    values = {(q.predicate.value.removeprefix(terms.BKG), q.object) for q in store.quads_for_pattern(fact, None, None, None)
              if q.predicate.value.startswith(terms.BKG)}
    values = {(name, value) for name, value in values if name not in _APART}
    labels = {value: _label(store, value) for _, value in values if isinstance(value, NamedNode)}
    currency = text(store, fact, bkg("currency"))
    for name, value in sorted(values, key=lambda pair: (_ORDER.get(pair[0], 99), pair[0], str(pair[1]))):
        if name == "currency" and any(role in {"amount", "rent"} for role, _ in values):
            continue  # it stands with its amount
        cell = make_cell(value if not hasattr(value, "subject") else None, labels)
        if name in {"amount", "rent", "valueMin", "valueMax"} and currency:
            cell = Cell(f"{short_number(text(store, fact, bkg(name)))} {currency}", "number")
        found.setdefault(role_title(name), []).append(cell)
    return tuple(Statement(name, tuple(cells)) for name, cells in found.items())


def _label(store: Store, node: NamedNode) -> str:
    return text(store, node, NamedNode(terms.SKOS + "prefLabel")) or text(store, node, RDFS_LABEL) or compact(node)


def short_number(number: str) -> str:
    """A large number with its words: "19000000000" is "19 billion (19,000,000,000)"."""
    digits = number.lstrip("-")
    if digits.isdigit():
        for size, word in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million")):
            if int(digits) >= size and len(short := f"{int(number) / size:.6g}") <= 7:
                return f"{short} {word} ({number_words(number)})"
    return number_words(number)


def _making(store: Store, activity: NamedNode) -> Making:
    rule = text(store, activity, bkg("rule"))
    hidden = frozenset({terms.BKG + "rule", terms.BKG + "ruleVersion", terms.BKG + "captured", terms.BKG + "note", terms.PROV + "used"})
    return Making(
        activity.value, rule, text(store, activity, bkg("ruleVersion")), tuple(texts(store, activity, bkg("captured"))),
        tuple(texts(store, activity, bkg("note"))), () if rule else statements_of(store, activity, hidden),
    )


def days_words(days: tuple[str, str]) -> str:
    """First and last day in words, "" where both are unknown or the date itself says as much: a day, a month, a year."""
    first, last = days
    if not first or not last:
        return ""
    whole = {first, first[:7], first[:4]}
    return "" if any(date_bounds(unit) == days for unit in whole) else f"{when_words(first)} to {when_words(last)}"
