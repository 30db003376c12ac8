"""The current view: what of a source's statements stands, given what people decided.

A pure function of one source graph (a document's or a contribution's) and of the decisions, used by `kg build` and by every single
change alike: so both leave the same graph.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Quad

from kg import terms
from kg.graph import nodes
from kg.graph.decisions import Decision, Decisions, Target
from kg.graph.nodes import bkg
from kg.graph.stated import Stated, kind_of, read_stated

_CONTRIBUTION, _DOCUMENT = bkg("Contribution"), bkg("Document")
_SAME_AS = NamedNode(terms.OWL + "sameAs")
_KEPT_OF_MERGED = (nodes.ALT_LABEL, _SAME_AS)


@dataclass(frozen=True, slots=True)
class View:
    """What stands of one source graph; and the decisions that found their fact in it, with its IRI there, the first first."""

    quads: tuple[Quad, ...]
    applied: tuple[tuple[Decision, str], ...] = ()

    @property
    def effective(self) -> list[tuple[Decision, str]]:
        """The decisions that count: of the judgements of one fact only the last."""
        return effective(self.applied)


def effective(applied: Iterable[tuple[Decision, str]]) -> list[tuple[Decision, str]]:
    """The decisions about facts that count, of those that apply, in their order: of the judgements of one fact only the last."""
    applied = sorted(applied, key=lambda pair: (pair[1], pair[0].contribution.order, pair[0].kind))
    last = {iri: decision for decision, iri in applied if decision.judges}
    return [(decision, iri) for decision, iri in applied if not decision.judges or decision is last[iri]]


@dataclass(slots=True)
class Viewer:
    """The decisions made ready for many graphs. ``documents`` are the hashes of all documents of the graph."""

    decisions: Decisions
    documents: Collection[str]
    _by_fact: dict[str, list[Decision]] = field(default_factory=lambda: defaultdict(list))
    _by_identifier: dict[str, list[Decision]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for decision in self.decisions.facts:
            self._by_fact[decision.target.fact].append(decision)
            target = decision.target
            if target.identifier and target.document not in self.documents:
                self._by_identifier[target.identifier].append(decision)

    def view(self, quads: Iterable[Quad]) -> View:
        """What stands of one source graph, given all that it states."""
        quads = tuple(quads)
        own = _own_node(quads)
        graph = quads[0].graph_name if quads else None
        source = graph.value if isinstance(graph, NamedNode) else ""
        if {own, source} & self.decisions.withdrawn.keys():
            return View(())
        by_subject: dict[NamedNode, list[Quad]] = defaultdict(list)
        for quad in quads:
            if isinstance(quad.subject, NamedNode):
                by_subject[quad.subject].append(quad)
        applied = self._applied(own, source, quads, by_subject)
        counting = effective(applied)
        hidden = {NamedNode(iri) for decision, iri in counting if decision.hides}
        moves = {(iri, decision.old): decision.new for decision, iri in counting if decision.kind == "moved"}
        if hidden:
            leaving = _leaving(by_subject, hidden, self.decisions.named)
            quads = tuple(quad for quad in quads if quad.subject not in leaving)
        if moves or self.decisions.merged:
            quads = rewrite(quads, self.decisions.merged, moves)
        return View(quads, tuple(applied))

    def _applied(
        self, own: str, source: str, quads: Sequence[Quad], by_subject: Mapping[NamedNode, list[Quad]]
    ) -> list[tuple[Decision, str]]:
        identifiers = {q.object.value for q in quads if q.predicate == nodes.IDENTIFIER and own.startswith(terms.DOC)}  # type: ignore[union-attr]
        elsewhere = [decision for name in sorted(identifiers) for decision in self._by_identifier.get(name, ())]
        here = [decision for node in by_subject for decision in self._by_fact.get(node.value, ())]
        if not here and not elsewhere:
            return []
        stated = read_stated(quads)
        found = [(d, d.target.fact) for d in here if d.target.fact in stated and _is_meant(d.target, stated[d.target.fact], source)]
        for decision in elsewhere:
            fact = find_moved(decision.target, stated.values())
            if fact is not None and (decision, fact.iri) not in found:
                found.append((decision, fact.iri))
        return sorted(found, key=lambda pair: (pair[1], pair[0].contribution.order, pair[0].kind))


def _is_meant(target: Target, fact: Stated, source: str) -> bool:
    """Whether the fact of this IRI is still the one that was decided about: on the same words, or of the same contribution."""
    if target.contributions:
        return source in target.contributions
    return fact.content == target.content and fact.quotes == target.quotes


def find_moved(target: Target, facts: Iterable[Stated]) -> Stated | None:
    """The fact of another version of the target's document that says the same on the same words, None where there is none."""
    return next((f for f in facts if f.content == target.content and f.quotes == target.quotes), None)


def rewrite(quads: Iterable[Quad], merged: Mapping[str, str], moves: Mapping[tuple[str, str], str]) -> tuple[Quad, ...]:
    """The quads with merged entities replaced by what they became, after the moves of single facts (fact, old entity).

    Of a merged entity's own description only names and links to other data sets remain, as further ones of what it became.
    """
    found: dict[Quad, None] = {}
    for quad in quads:
        for new in _rewritten(quad, merged, moves):
            found[new] = None
    return tuple(found)


def _rewritten(quad: Quad, merged: Mapping[str, str], moves: Mapping[tuple[str, str], str]) -> tuple[Quad, ...]:
    subject, predicate, value = quad.subject, quad.predicate, quad.object
    if predicate.value.startswith(terms.BKG) and predicate.value.removeprefix(terms.BKG) in _OF_DECISIONS:
        return (quad,)
    if isinstance(value, NamedNode) and isinstance(subject, NamedNode):
        name = value.value
        if moves:
            name = next((new for (fact, old), new in moves.items() if fact == subject.value and name in (old, *_behind(old, merged))), name)
        if name in merged and predicate != _SAME_AS and predicate.value != terms.DCTERMS + "isReplacedBy":
            name = merged[name]
        if name != value.value:
            quad = Quad(subject, predicate, NamedNode(name), quad.graph_name)
    if isinstance(subject, NamedNode) and subject.value in merged:
        return _of_merged(quad, NamedNode(merged[subject.value]))
    return (quad,)


_OF_DECISIONS = frozenset({"merges", "splits", "into", "retracts", "corrects", "judges", "fact"})


def _behind(entity: str, merged: Mapping[str, str]) -> list[str]:
    """The entities that were merged into this one."""
    return [old for old, new in merged.items() if new == entity]


def _of_merged(quad: Quad, new: NamedNode) -> tuple[Quad, ...]:
    if quad.predicate.value == terms.DCTERMS + "isReplacedBy" or (quad.predicate == _SAME_AS and quad.object == new):
        return (quad,)
    if quad.predicate == nodes.PREF_LABEL:
        return (Quad(new, nodes.ALT_LABEL, quad.object, quad.graph_name),)
    if quad.predicate in _KEPT_OF_MERGED:
        return (Quad(new, quad.predicate, quad.object, quad.graph_name),)
    return ()


def _own_node(quads: Iterable[Quad]) -> str:
    """The node of the source itself: its document, or its contribution; "" where it has neither."""
    own = (q.subject for q in quads if q.predicate == nodes.RDF_TYPE and q.object in (_CONTRIBUTION, _DOCUMENT))
    return min((node.value for node in own if isinstance(node, NamedNode)), default="")


def _leaving(said: Mapping[NamedNode, list[Quad]], hidden: set[NamedNode], named: Collection[str]) -> set[NamedNode]:
    """The hidden facts, and what only they lead to: evidence, activity, entities that nothing else names."""
    behind = _reach(said, hidden)
    kept = {node for node in said if node not in behind} | {node for node in behind if node.value in named}
    kept |= {node for node in said if node not in hidden and _stands_alone(said[node])}
    return behind - _reach(said, kept)


def _stands_alone(said: Iterable[Quad]) -> bool:
    said = list(said)
    own = any(quad.object in (_CONTRIBUTION, _DOCUMENT) and quad.predicate == nodes.RDF_TYPE for quad in said)
    return own or kind_of(said) is not None


def _reach(said: Mapping[NamedNode, list[Quad]], starts: Collection[NamedNode]) -> set[NamedNode]:
    seen: set[NamedNode] = set()
    waiting = list(starts)
    while waiting:
        node = waiting.pop()
        if node in seen or node not in said:
            continue
        seen.add(node)
        waiting += [quad.object for quad in said[node] if isinstance(quad.object, NamedNode)]
    return seen
