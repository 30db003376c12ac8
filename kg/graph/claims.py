"""Claims: facts that say the same, in whatever documents, share one node; claims that cannot both be right are linked.

Reads RDF, not `Fact` records, so that facts which a person contributed take part.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import combinations, product

from pyoxigraph import Literal, NamedNode, Quad

from kg import terms
from kg.graph import nodes
from kg.graph.facts import symmetric_sides
from kg.graph.nodes import DERIVED, FACT_CLASSES, bkg

VALUES = (
    "amount", "changePercent", "sharePercent", "rank", "value", "rent", "memberCount", "count", "trend",
)  # fmt: skip
"""Roles whose values say how much: claims that agree in all else and differ here are in conflict."""

MEASURES = ("currency", "unit", "per", "rentPeriod", "commodity", "sector", "counterpart")
"""Roles that say what a figure measures, and how: figures are compared only where these agree."""

FIGURES = ("TradeFigure", "InvestmentFigure", "Indicator", "Lease")
"""Types for which `MEASURES` count; elsewhere a sector or a counterpart only adds detail."""

COMPARED = ("Asserted", "Planned")
"""Statuses whose claims can be in conflict: each is compared with its own kind, a forecast never with an outcome."""

_CLOSE = Decimal("0.05")  # "about 19 billion" agrees with anything within 5 % of it
_UNNAMED = ("Meeting", "ArmedAction", "Cooperation")  # nothing names these: undated, only all roles tell them apart
_INFINITE = Decimal("Infinity")

Roles = dict[str, frozenset[str]]


Group = tuple[str, str, tuple[str, ...], tuple[tuple[str, frozenset[str]], ...]]


@dataclass(frozen=True, slots=True)
class Said:
    """What one fact node says, with its terms in N-Triples form."""

    node: NamedNode
    type: str
    status: str
    roles: Roles
    period: tuple[str, ...]
    label: str
    source: str

    @property
    def group(self) -> Group:
        """What it is about: facts of different groups are never one claim, nor in conflict."""
        keys = sorted(role.name for role in terms.FACT_TYPES[self.type] if role.key and role.name not in VALUES)
        about = tuple((name, self.roles[name]) for name in keys if name in self.roles)
        return (self.type, self.status, self.period, about)

    @property
    def comparable(self) -> bool:
        """Whether another claim of the group can be in conflict with what it claims."""
        return self.status in COMPARED and any(self.period) and not self.roles.keys().isdisjoint(VALUES)

    @property
    def claim(self) -> NamedNode:
        """The node of its claim: facts of one claim are of one group, and comparable all or none."""
        keys = {role.name for role in terms.FACT_TYPES[self.type] if role.key}
        if not keys & set(VALUES) & self.roles.keys():
            keys |= set(VALUES)
        if self.type in FIGURES:
            keys |= set(MEASURES)
        if self.type in _UNNAMED and not any(self.period):
            keys = set(self.roles)
        parts = [self.type, self.status, *self.period]
        parts += [f"{name}={term}" for name in sorted(keys) for term in sorted(self.roles.get(name, ()))]
        return NamedNode(terms.CLAIM + nodes.digest(parts))


def group_digest(group: Group) -> str:
    """Hexadecimal digits that tell a group from others."""
    kind, status, period, about = group
    return nodes.digest([kind, status, *period, *(f"{name}={term}" for name, texts in about for term in sorted(texts))], 16)


def claim_quads(quads: Iterable[Quad]) -> list[Quad]:
    """The claims of all facts in these quads, sorted, in the derived graph.

    Each fact gets `bkg:claim`; each claim a label, the number of documents (or contributions) that make it
    (`bkg:sourceCount`), and `bkg:conflictsWith`, in both directions, to each claim with the same identifying roles and
    period whose value differs. "More than 5" does not differ from 6, nor "about 19" from what lies within 5 % of it.
    """
    return claims_of(read_facts(quads))


def claims_of(said_facts: Iterable[Said]) -> list[Quad]:
    """The claims of these facts, as `claim_quads` gives them."""
    return sorted(claim_set(said_facts), key=str)


def claim_set(said_facts: Iterable[Said]) -> set[Quad]:
    """The claims of these facts in no order; the order of the facts does not matter."""
    facts: dict[NamedNode, list[Said]] = defaultdict(list)
    for said in said_facts:
        facts[said.claim].append(said)
    found: set[Quad] = set()
    for claim, members in facts.items():
        first = min(members, key=lambda said: (len(said.label), said.label, said.node.value))
        sources = {said.source for said in members}
        found |= {
            Quad(claim, nodes.RDF_TYPE, bkg("Claim"), DERIVED),
            Quad(claim, nodes.RDFS_LABEL, nodes.english(first.label), DERIVED),
            Quad(claim, bkg("sourceCount"), nodes.number(Decimal(len(sources))), DERIVED),
        }
        found |= {Quad(said.node, bkg("claim"), claim, DERIVED) for said in members}
    for one, other in _conflicts(facts):
        found |= {Quad(one, bkg("conflictsWith"), other, DERIVED), Quad(other, bkg("conflictsWith"), one, DERIVED)}
    return found


def read_facts(quads: Iterable[Quad]) -> list[Said]:
    """What the facts in these quads say, by IRI; their evidence must be among the quads."""
    by_subject: dict[NamedNode, list[Quad]] = defaultdict(list)
    for quad in quads:
        if isinstance(quad.subject, NamedNode):
            by_subject[quad.subject].append(quad)
    found = []
    for node, said in sorted(by_subject.items(), key=lambda item: item[0].value):
        classes = (q.object for q in said if q.predicate == nodes.RDF_TYPE)
        kind = next((FACT_CLASSES[each] for each in classes if each in FACT_CLASSES), None)  # type: ignore[index]
        if kind is not None:
            found.append(_read_fact(node, kind, said, by_subject))
    return found


def _read_fact(node: NamedNode, kind: str, said: list[Quad], by_subject: dict[NamedNode, list[Quad]]) -> Said:
    values: dict[str, set[str]] = defaultdict(set)
    label, sources = node.value, set()
    for quad in said:
        if quad.predicate.value.startswith(terms.BKG):
            values[quad.predicate.value.removeprefix(terms.BKG)].add(str(quad.object))
        elif quad.predicate == nodes.RDFS_LABEL and isinstance(quad.object, Literal):
            label = quad.object.value
        elif quad.predicate == nodes.DERIVED_FROM and isinstance(quad.object, NamedNode):
            sources |= {str(q.object) for q in by_subject.get(quad.object, ()) if q.predicate == nodes.HAS_SOURCE}
    roles = {role.name: frozenset(values[role.name]) for role in terms.FACT_TYPES[kind] if values[role.name]}
    sides = symmetric_sides(kind, {name: min(terms_) for name, terms_ in roles.items()})
    if sides:
        both = frozenset().union(*(roles.pop(side, frozenset()) for side in sides))
        roles[sides[0]] = both
    bounds = ("earliest", "latest") if values["earliest"] or values["latest"] else ("date", "startDate", "endDate")
    period = tuple(min(values[name], default="") for name in bounds)
    status = min(values["status"], default="").strip("<>").removeprefix(terms.BKG) or "Asserted"
    source = min(sources, default=min(str(quad.graph_name) for quad in said))
    return Said(node, kind, status, roles, period, label, source)


def _conflicts(claims: dict[NamedNode, list[Said]]) -> list[tuple[NamedNode, NamedNode]]:
    groups: dict[tuple[object, ...], list[NamedNode]] = defaultdict(list)
    for claim, members in claims.items():
        if members[0].comparable:
            groups[_subject_of(members[0])].append(claim)
    return [
        (one, other)
        for members in groups.values()
        for one, other in combinations(members, 2)
        if any(_differ(a.roles, b.roles) for a, b in product(claims[one], claims[other]))
    ]


def _subject_of(said: Said) -> tuple[object, ...]:
    """What a claim is about, without what it says of it."""
    keys = {role.name for role in terms.FACT_TYPES[said.type] if role.key} - set(VALUES)
    keys |= set(MEASURES) if said.type in FIGURES else {"currency"}
    about = [(name, said.roles.get(name, frozenset())) for name in sorted(keys)]
    return (said.type, said.status, said.period, *about)


def _differ(one: Roles, other: Roles) -> bool:
    return any(_value_differs(name, one, other) for name in VALUES if name in one and name in other)


def _value_differs(name: str, one: Roles, other: Roles) -> bool:
    if name == "trend":
        return not one[name] & other[name]
    low, high = _range(name, one), _range(name, other)
    if low is None or high is None:
        return not one[name] & other[name]
    return low[1] < high[0] or high[1] < low[0]


def _range(name: str, roles: Roles) -> tuple[Decimal, Decimal] | None:
    """The numbers that a value can mean, given its qualifier; None where it is no number."""
    numbers = [_number(term) for term in roles[name]]
    bounds = [_number(term) for bound in ("valueMin", "valueMax") for term in roles.get(bound, ())]
    if name in ("value", "amount") and bounds:
        numbers += bounds
    if None in numbers:
        return None
    known = [number for number in numbers if number is not None]
    low, high = min(known), max(known)
    if name not in ("value", "amount", "rent"):  # the qualifier belongs to the figure itself
        return low, high
    slack = abs(high) * _CLOSE
    qualifier = min(roles.get("qualifier", ()), default="").strip("<>").removeprefix(terms.CON + "qualifier-")
    ranges = {
        "approximately": (low - slack, high + slack),
        "almost": (low - slack, high),
        "moreThan": (low, _INFINITE),
        "atLeast": (low, _INFINITE),
        "lessThan": (-_INFINITE, high),
        "atMost": (-_INFINITE, high),
    }
    return ranges.get(qualifier, (low, high))


def _number(term: str) -> Decimal | None:
    """The number of a literal in N-Triples form."""
    try:
        return Decimal(term.split('"')[1])
    except (InvalidOperation, IndexError):
        return None
