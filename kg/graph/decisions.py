"""What people decided about facts, entities and contributions: read from the contributions that say so.

The statements of a decision, on the node of its contribution (docs/contributions.md):
`bkg:retracts` a fact or a contribution; `bkg:corrects` a fact; `bkg:judges` a fact with `bkg:judgement`; `bkg:merges` and `bkg:into`
an entity; `bkg:splits` and `bkg:into`, with the facts that move as targets. Facts are named by a `bkg:Target`, which also says what
they say and on which words, so that a decision outlives the next reading of the document.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg import terms
from kg.graph import nodes
from kg.graph.contributions import Contribution
from kg.graph.nodes import bkg
from kg.graph.stated import Stated

RETRACTS, CORRECTS, JUDGES, JUDGEMENT = bkg("retracts"), bkg("corrects"), bkg("judges"), bkg("judgement")
MERGES, SPLITS, INTO, DECIDES_ON = bkg("merges"), bkg("splits"), bkg("into"), bkg("decidesOn")
ACCEPTED, REJECTED = NamedNode(terms.CON + "judgement-accepted"), NamedNode(terms.CON + "judgement-rejected")
REPLACED_BY = NamedNode(terms.DCTERMS + "isReplacedBy")
SAME_AS = NamedNode(terms.OWL + "sameAs")

_FACT, _CONTENT = bkg("fact"), bkg("contentDigest")
_EXACT = NamedNode(terms.OA + "exact")


@dataclass(frozen=True, slots=True)
class Target:
    """The fact that a decision is about: its IRI, what it says (`Stated.content`), and where it stands.

    An extracted fact stands in the document of hash ``document`` and on ``quotes``; a contributed one in the graphs of ``contributions``.
    """

    fact: str
    content: str
    document: str = ""
    identifier: str = ""
    quotes: tuple[str, ...] = ()
    contributions: tuple[str, ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision about one fact. ``kind``: "retracted", "corrected", "accepted", "rejected", or "moved" (``old`` becomes ``new`` in it)."""

    kind: str
    target: Target
    contribution: Contribution
    old: str = ""
    new: str = ""

    @property
    def hides(self) -> bool:
        """Whether the fact leaves the current view."""
        return self.kind in ("retracted", "corrected", "rejected")

    @property
    def judges(self) -> bool:
        """Whether it is a judgement: of several of one fact the last one counts."""
        return self.kind in ("accepted", "rejected")


@dataclass(frozen=True, slots=True)
class Decisions:
    """All decisions that stand.

    ``withdrawn`` names each withdrawn contribution, by IRI, with the one that retracted it; ``merged`` each merged entity with what it
    became in the end; ``named`` the entities that standing contributions name; ``aliases`` the further names that people gave to entities.
    """

    contributions: tuple[Contribution, ...]
    facts: tuple[Decision, ...]
    withdrawn: Mapping[str, Contribution]
    merged: Mapping[str, str]
    named: frozenset[str]
    aliases: Mapping[str, tuple[str, ...]]

    @property
    def standing(self) -> tuple[Contribution, ...]:
        """The contributions that nobody retracted, by `Contribution.order`."""
        return tuple(each for each in self.contributions if name_of(each) not in self.withdrawn)

    def idle(self, applied: Iterable[tuple[Decision, str]]) -> list[Decision]:
        """The decisions about facts that found no fact, given those that did; of facts of withdrawn contributions it is no wonder."""
        done = {(decision.contribution.sha256, decision.target.fact) for decision, _ in applied}
        gone = {each.graph.value for each in self.contributions if name_of(each) in self.withdrawn}
        waiting = (each for each in self.facts if (each.contribution.sha256, each.target.fact) not in done)
        return [each for each in waiting if not each.target.contributions or not gone.issuperset(each.target.contributions)]


def read_decisions(contributions: Iterable[Contribution]) -> Decisions:
    """The decisions of these contributions, whatever order they come in."""
    known = tuple(sorted(contributions, key=lambda each: each.order))
    withdrawn = _withdrawn(known)
    standing = [each for each in known if name_of(each) not in withdrawn]
    facts = [decision for each in standing for decision in decisions_of(each)]
    last: dict[str, Decision] = {}
    for decision in facts:
        if decision.judges:
            last[decision.target.fact] = decision
    others = [each for each in facts if not each.judges]
    named = {q.object.value for each in standing for q in each.quads if isinstance(q.object, NamedNode)}
    named |= {q.subject.value for each in standing for q in each.quads if isinstance(q.subject, NamedNode)}
    return Decisions(
        known, tuple([*others, *last.values()]), withdrawn, _merged(standing),
        frozenset(name for name in named if name.startswith(terms.ENT)), _aliases(standing),
    )  # fmt: skip


def target_of(fact: Stated) -> Target:
    """The target that names this fact, given as its source states it (before any decision)."""
    label = fact.label
    if fact.graph.startswith(terms.GRAPH + "contribution-"):
        return Target(fact.iri, fact.content, contributions=(fact.graph,), label=label)
    document = fact.graph.removeprefix(terms.GRAPH + "document-")
    identifier = next((words.identifier for words in fact.words if words.document == terms.DOC + document), "")
    return Target(fact.iri, fact.content, document, identifier, fact.quotes, (), label)


def target_triples(target: Target) -> list[Triple]:
    """The statements that name a fact in a contribution; the first subject is the target's node."""
    parts = [target.fact, target.content, target.document, target.identifier, *target.quotes, "", *target.contributions]
    node = NamedNode(terms.TARGET + nodes.digest(parts))
    said = [
        Triple(node, nodes.RDF_TYPE, bkg("Target")),
        Triple(node, _FACT, NamedNode(target.fact)),
        Triple(node, _CONTENT, Literal(target.content)),
    ]
    said += [Triple(node, nodes.RDFS_LABEL, nodes.english(target.label))] if target.label else []
    said += [Triple(node, nodes.HAS_SOURCE, nodes.document_node(target.document))] if target.document else []
    said += [Triple(node, nodes.IDENTIFIER, Literal(target.identifier))] if target.identifier else []
    said += [Triple(node, _EXACT, Literal(quote)) for quote in target.quotes]
    return said + [Triple(node, nodes.GENERATED_BY, NamedNode(iri)) for iri in target.contributions]


def name_of(contribution: Contribution) -> str:
    """What names the contribution in decisions: its node, or of a file without one its graph."""
    return contribution.header.iri if contribution.header else contribution.graph.value


def _withdrawn(contributions: Sequence[Contribution]) -> dict[str, Contribution]:
    """A contribution is withdrawn where one that is not withdrawn itself retracts it; content-made IRIs allow no loops."""
    names = {name_of(each) for each in contributions}
    retracted_by: dict[str, list[Contribution]] = defaultdict(list)
    for each in contributions:
        for iri in _values(each, RETRACTS):
            if iri in names:
                retracted_by[iri].append(each)
    found: dict[str, Contribution | None] = {}

    def by(iri: str) -> Contribution | None:
        if iri not in found:
            found[iri] = None  # whoever forges a loop gets it cut here
            found[iri] = next((each for each in retracted_by.get(iri, ()) if by(name_of(each)) is None), None)
        return found[iri]

    named = {iri: by(iri) for iri in sorted(retracted_by)}
    return {iri: each for iri, each in named.items() if each is not None}


def decisions_of(contribution: Contribution) -> list[Decision]:
    """The decisions about facts that this contribution states, whether it stands or not."""
    targets = _targets(contribution)
    found = []
    for kind, predicate in (("retracted", RETRACTS), ("corrected", CORRECTS), ("judged", JUDGES)):
        if kind == "judged":
            kind = "rejected" if REJECTED.value in _values(contribution, JUDGEMENT) else "accepted"
        for iri in _values(contribution, predicate):
            found += [Decision(kind, target, contribution) for target in targets if target.fact == iri]
    for old in _values(contribution, SPLITS):
        for new in _values(contribution, INTO):
            found += [Decision("moved", target, contribution, old, new) for target in targets]
    return found


def _targets(contribution: Contribution) -> list[Target]:
    said: dict[NamedNode, list[Quad]] = defaultdict(list)
    for quad in contribution.quads:
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(terms.TARGET):
            said[quad.subject].append(quad)
    return [_target(said[node]) for node in sorted(said, key=str)]


def _target(said: Iterable[Quad]) -> Target:
    values: dict[str, list[str]] = defaultdict(list)
    for quad in said:
        if isinstance(quad.object, NamedNode | Literal):
            values[quad.predicate.value].append(quad.object.value)

    def one(predicate: NamedNode) -> str:
        return min(values[predicate.value], default="")

    return Target(
        one(_FACT), one(_CONTENT), one(nodes.HAS_SOURCE).removeprefix(terms.DOC), one(nodes.IDENTIFIER),
        tuple(sorted(values[_EXACT.value])), tuple(sorted(values[nodes.GENERATED_BY.value])), one(nodes.RDFS_LABEL),
    )  # fmt: skip


def _merged(contributions: Iterable[Contribution]) -> dict[str, str]:
    """Each merged entity with the one that stands for it in the end; a loop, which two copies of a graph can make, is cut."""
    into: dict[str, str] = {}
    for each in contributions:
        for old in _values(each, MERGES):
            for new in _values(each, INTO):
                if old != _last(new, into):
                    into.setdefault(old, new)
    return {old: _last(old, into) for old in into}


def _aliases(contributions: Iterable[Contribution]) -> dict[str, tuple[str, ...]]:
    names: dict[str, set[str]] = defaultdict(set)
    for each in contributions:
        if each.header and each.header.kind == "entityDecision" and not _values(each, INTO):
            for quad in each.quads:
                if quad.predicate == nodes.ALT_LABEL and isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
                    names[quad.subject.value].add(quad.object.value)
    return {entity: tuple(sorted(found)) for entity, found in sorted(names.items())}


def _last(entity: str, into: Mapping[str, str]) -> str:
    while entity in into:
        entity = into[entity]
    return entity


def _values(contribution: Contribution, predicate: NamedNode) -> list[str]:
    """What the contribution's own node says by this predicate, sorted."""
    node = name_of(contribution)
    return sorted(
        q.object.value
        for q in contribution.quads
        if q.predicate == predicate and isinstance(q.subject, NamedNode) and q.subject.value == node
        and isinstance(q.object, NamedNode | Literal)
    )  # fmt: skip
