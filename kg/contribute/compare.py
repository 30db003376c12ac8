"""New facts beside those of the graph: which stand there already, which it says too, which it contradicts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from kg import terms
from kg.contribute.handed import Statement
from kg.contribute.known import Known
from kg.contribute.naming import short
from kg.graph.change import find_members
from kg.graph.claims import Group, Said, claims_of, read_facts
from kg.graph.contributions import THIS, canonical
from kg.graph.nodes import DERIVED, DERIVED_FROM, GENERATED_BY, HAS_SOURCE, bkg
from kg.graph.quotes import WITHHELD, text_sha256

_CLAIM, _CONFLICTS = bkg("claim"), bkg("conflictsWith")
_IN_THE_FILE = NamedNode(terms.GRAPH + "handed-in")


@dataclass(frozen=True, slots=True)
class Likeness:
    """A fact and what the graph has beside it: ``kind`` is "same" or "conflict"; ``lines`` tell its facts."""

    fact: NamedNode
    kind: str
    lines: tuple[str, ...]


def find_alike(facts: Iterable[NamedNode], statements: Iterable[Statement], known: Known) -> list[Likeness]:
    """Which facts of the graph make the same claim as a new one, or a claim that conflicts with it."""
    wanted = set(facts)
    quads = [Quad(s, p, o, _IN_THE_FILE) for s, p, o in statements if s in wanted or p == HAS_SOURCE]
    new: dict[Group, list[Said]] = {}
    for said in read_facts(canonical(quads)):
        if said.node in wanted:
            new.setdefault(said.group, []).append(said)
    found: list[Likeness] = []
    for group, mine in new.items():
        standing = [said for said in find_members(known.store, group) if said.node not in wanted]
        if standing:
            found += _compare(mine, standing, known)
    return sorted(found, key=lambda each: (each.fact.value, each.kind))


def _compare(mine: list[Said], standing: list[Said], known: Known) -> Iterable[Likeness]:
    quads = claims_of([*mine, *standing])
    claim = {quad.subject: quad.object for quad in quads if quad.predicate == _CLAIM}
    against: dict[object, set[object]] = {}
    for quad in quads:
        if quad.predicate == _CONFLICTS:
            against.setdefault(quad.subject, set()).add(quad.object)
    for said in mine:
        own = claim[said.node]
        same = [other for other in standing if claim[other.node] == own]
        contrary = [other for other in standing if claim[other.node] in against.get(own, ())]
        for kind, others in (("same", same), ("conflict", contrary)):
            if others:
                yield Likeness(said.node, kind, tuple(tell(other, known) for other in sorted(others, key=lambda s: s.node.value)[:5]))


def tell(said: Said, known: Known) -> str:
    """A fact of the graph in one line: label, where it stands, IRI."""
    source = said.source.strip("<>")
    where = known.label(NamedNode(source)) or _title(NamedNode(source), known) or source
    return f"{said.label} - {where} [{short(said.node)}]"


def _title(node: NamedNode, known: Known) -> str:
    for name in ("title", "identifier"):
        for quad in known.store.quads_for_pattern(node, NamedNode(terms.DCTERMS + name), None, None):
            if isinstance(quad.object, Literal):
                return quad.object.value
    return ""


def stands_already(fact: NamedNode, statements: Iterable[Statement], known: Known) -> bool | None:
    """Whether the graph has this very fact: None where it has no fact of this IRI, False where its fact says otherwise.

    Label, comment and who made it do not count, nor does evidence besides. A text of which only the SHA-256 is given, as exports
    without quotes do, is the text of that SHA-256.
    """
    standing = {(q.predicate, q.object) for q in known.store.quads_for_pattern(fact, None, None, None) if q.graph_name != DERIVED}
    if not standing:
        return None
    silent = {GENERATED_BY, DERIVED_FROM, _CLAIM, NamedNode(terms.RDFS + "label"), NamedNode(terms.RDFS + "comment")}
    mine = {(q.predicate, q.object) for q in canonical(Quad(*each) for each in statements if each[0] == fact) if q.object != THIS}
    standing = {withheld if (withheld := _withheld(*each)) in mine else each for each in standing}
    return {each for each in mine if each[0] not in silent} == {each for each in standing if each[0] not in silent}


def _withheld(predicate: NamedNode, value: object) -> tuple[NamedNode, object]:
    """The statement as an export without quotes makes it."""
    return (predicate, Literal(WITHHELD + text_sha256(value.value))) if isinstance(value, Literal) else (predicate, value)
