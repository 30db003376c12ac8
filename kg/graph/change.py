"""A store changed in place: quads put in and taken out, and of the derived layer only what these touch.

What it leaves is what a build of the same quads would write: a fact's plain triples depend on the facts that name the
same two things, its claim on the facts of its group (`claims.Said.group`), and on nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from itertools import permutations

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse

from kg import terms
from kg.graph.claims import Group, Said, claims_of, read_facts
from kg.graph.nodes import DERIVED, DERIVED_FROM, FACT_CLASSES, HAS_SOURCE, RDF_TYPE, bkg

Derive = Callable[[Store], Iterable[Quad]]
"""Makes the plain triples of the derived layer from a store that holds everything else."""

DERIVING = frozenset({
    "AgreementAction", "Cooperation", "DiplomaticRelations", "JointBody", "Lease", "Membership", "OfficeHolding",
    "Ownership", "Presence", "ProjectStatus", "Relationship",
})  # fmt: skip
"""Fact types from which plain triples follow."""

Pair = tuple[NamedNode, NamedNode]

_RDF_SUBJECT, _RDF_OBJECT = NamedNode(terms.RDF + "subject"), NamedNode(terms.RDF + "object")
_ROLES = {kind: {terms.BKG + role.name for role in roles} for kind, roles in terms.FACT_TYPES.items()}
_TENURE = bkg("Tenure")
_ROLES["Tenure"] = {terms.BKG + "person", terms.BKG + "of"}
_KINDS = {**FACT_CLASSES, _TENURE: "Tenure"}


def change_store(store: Store, removed: Iterable[Quad], added: Iterable[Quad], derive: Derive) -> int:
    """By how many quads the store grew: without `removed`, with `added` (of document and contribution graphs), and with
    claims and plain triples as a build would make them. The store is flushed."""
    out = [quad for quad in dict.fromkeys(removed) if quad in store]
    new = [quad for quad in dict.fromkeys(added) if quad not in store]
    put_in = set(new)
    out = [quad for quad in out if quad not in put_in]
    touched = _facts_touched(store, [*out, *new])
    before = _Around(store, touched)
    pairs, groups = before.pairs, before.groups
    staged = _facts_after(store, touched, set(out), new)
    pairs |= staged.pairs
    groups |= staged.groups
    around = _look_around(store, pairs, groups)
    old = around.derived(store, derive)
    for quad in out:
        store.remove(quad)
    store.extend(new)
    fresh = around.after(store, touched).derived(store, derive)
    for quad in old - fresh:
        store.remove(quad)
    store.extend(sorted(fresh - old, key=str))
    store.flush()
    return len(new) - len(out) + len(fresh - old) - len(old - fresh)


class _Around:
    """What the derived layer must be looked at for: pairs of things that facts name together, and groups of claims."""

    def __init__(self, store: Store, facts: Iterable[NamedNode]) -> None:
        quads = [quad for fact in facts for quad in _fact_quads(store, fact)]
        self.pairs = _pairs_of(quads)
        self.groups = {said.group for said in read_facts(quads)}


def _facts_after(store: Store, touched: set[NamedNode], out: set[Quad], new: list[Quad]) -> _Around:
    """The same of the facts as they will be, seen in a store of their own."""
    small = Store()
    for fact in touched:
        small.extend(quad for quad in _fact_quads(store, fact) if quad not in out)
    small.extend(new)
    return _Around(small, touched)


def _facts_touched(store: Store, quads: Iterable[Quad]) -> set[NamedNode]:
    """The facts and tenures that the quads are about: of which they speak, or of whose evidence."""
    found: set[NamedNode] = set()
    evidence: dict[NamedNode, set[NamedNode]] = {}
    subjects: dict[NamedNode, bool] = {}
    for quad in quads:
        if not isinstance(quad.subject, NamedNode):
            continue
        subjects.setdefault(quad.subject, False)
        if quad.predicate == RDF_TYPE and quad.object in _KINDS:
            subjects[quad.subject] = True
        if quad.predicate == DERIVED_FROM and isinstance(quad.object, NamedNode):
            evidence.setdefault(quad.object, set()).add(quad.subject)
    for subject, is_fact in subjects.items():
        if is_fact or any(q.object in _KINDS for q in store.quads_for_pattern(subject, RDF_TYPE, None, None)):
            found.add(subject)
        else:
            found |= evidence.get(subject, set())
            found |= {
                quad.subject for quad in store.quads_for_pattern(None, DERIVED_FROM, subject, None)
                if quad.graph_name != DERIVED and isinstance(quad.subject, NamedNode)
            }  # fmt: skip
    return found


def _fact_quads(store: Store, fact: NamedNode) -> list[Quad]:
    """What is said of a fact, and of what its evidence is."""
    found = [quad for quad in store.quads_for_pattern(fact, None, None, None) if quad.graph_name != DERIVED]
    for quad in list(found):
        if quad.predicate == DERIVED_FROM and isinstance(quad.object, NamedNode):
            found += store.quads_for_pattern(quad.object, HAS_SOURCE, None, quad.graph_name)
    return found


def _pairs_of(quads: Iterable[Quad]) -> set[Pair]:
    """Every two things that one fact names in its roles, in both orders; of facts that make plain triples."""
    by_fact: dict[NamedNode, list[Quad]] = {}
    for quad in quads:
        if isinstance(quad.subject, NamedNode):
            by_fact.setdefault(quad.subject, []).append(quad)
    found: set[Pair] = set()
    for said in by_fact.values():
        kinds = {_KINDS[q.object] for q in said if q.predicate == RDF_TYPE and q.object in _KINDS}  # type: ignore[index]
        for kind in kinds & (DERIVING | {"Tenure"}):
            named = {
                quad.object for quad in said
                if quad.predicate.value in _ROLES[kind] and isinstance(quad.object, NamedNode)
                and not quad.object.value.startswith(terms.CON)
            }  # fmt: skip
            found |= set(permutations(sorted(named, key=str), 2))
    return found


@dataclass(frozen=True, slots=True)
class _Found:
    """The part of the derived layer that a change can touch: pairs with the nodes that name them, groups with their facts."""

    pairs: frozenset[Pair]
    nodes: frozenset[NamedNode]
    groups: dict[Group, list[Said]]

    def after(self, store: Store, touched: set[NamedNode]) -> _Found:
        """The same when the change is made: no other facts than those touched are new to a pair or a group, or say otherwise."""
        now: dict[Group, list[Said]] = {}
        for said in read_facts(quad for fact in touched for quad in _fact_quads(store, fact)):
            now.setdefault(said.group, []).append(said)
        groups = {
            group: [said for said in members if said.node not in touched] + now.get(group, [])
            for group, members in self.groups.items()
        }  # fmt: skip
        return _Found(self.pairs, self.nodes | touched, groups)

    def derived(self, store: Store, derive: Derive) -> set[Quad]:
        """The derived quads of these pairs and groups, made anew from what the store says."""
        found: set[Quad] = set()
        if self.pairs:
            small = Store()
            for node in self.nodes:
                said = [quad for quad in store.quads_for_pattern(node, None, None, None) if quad.graph_name != DERIVED]
                kinds = {FACT_CLASSES[q.object] for q in said if q.predicate == RDF_TYPE and q.object in FACT_CLASSES}  # type: ignore[index]
                if not kinds or kinds & DERIVING:
                    small.extend(said)
            found |= _of_pairs(derive(small), self.pairs)
        for members in self.groups.values():
            found |= set(claims_of(sorted(members, key=lambda said: said.node.value)))
        return found


def _look_around(store: Store, pairs: set[Pair], groups: set[Group]) -> _Found:
    both = {tuple(sorted(pair, key=str)) for pair in pairs}
    nodes = frozenset(node for one, other in both for node in find_subjects(store, [one, other]))
    return _Found(frozenset(pairs), nodes, {group: find_members(store, group) for group in groups})


def _of_pairs(quads: Iterable[Quad], pairs: Container[Pair]) -> set[Quad]:
    quads = list(quads)
    ends: dict[object, dict[NamedNode, object]] = {}
    for quad in quads:
        if quad.predicate in (_RDF_SUBJECT, _RDF_OBJECT):
            ends.setdefault(quad.subject, {})[quad.predicate] = quad.object
    kept = {node for node, end in ends.items() if (end.get(_RDF_SUBJECT), end.get(_RDF_OBJECT)) in pairs}
    return {quad for quad in quads if quad.subject in kept or (quad.subject, quad.object) in pairs}


def find_members(store: Store, group: Group) -> list[Said]:
    """The facts of the store that are of this group."""
    kind, _, period, about = group
    needed = [_term(text) for _, values in about for text in values] + [_term(text) for text in period if text]
    nodes = find_subjects(store, needed or [NamedNode(terms.BKG + kind)])
    return [said for said in read_facts(quad for node in nodes for quad in _fact_quads(store, node)) if said.group == group]


def find_subjects(store: Store, values: list[NamedNode | Literal]) -> list[NamedNode]:
    """The nodes that name all of these values, sorted. The store joins the two that are likely rarest, and looks up the rest."""
    first, *others = sorted(dict.fromkeys(values), key=_likely_common)
    second = f" ?node ?other {others[0]} ." if others else ""
    found = store.query(f"SELECT DISTINCT ?node WHERE {{ ?node ?one {first} .{second} }}", use_default_graph_as_union=True)
    nodes = {row["node"] for row in found}  # type: ignore[union-attr]
    return sorted((n for n in nodes if isinstance(n, NamedNode) and _names_all(store, n, others[1:])), key=str)


def _likely_common(value: NamedNode | Literal) -> tuple[bool, bool]:
    """Things before concepts and classes, both before literals: a candidate falls at the first value that it lacks."""
    return isinstance(value, Literal), value.value.startswith((terms.CON, terms.BKG))


def _names_all(store: Store, node: NamedNode, values: list[NamedNode | Literal]) -> bool:
    return all(next(store.quads_for_pattern(node, None, value, None), None) is not None for value in values)


def _term(text: str) -> NamedNode | Literal:
    """The term of its N-Triples form."""
    if text.startswith("<"):
        return NamedNode(text[1:-1])
    value = next(iter(parse(f"<a:a> <a:a> {text} .".encode(), format=RdfFormat.N_TRIPLES))).object
    assert isinstance(value, Literal)
    return value
