"""A store changed in place: quads put in and taken out, and of the derived layer only what these touch.

What it leaves is what a build of the same quads would write: a fact's plain triples depend on itself and on what ends it, a fact
that names the same two things; its claim on the facts of its group (`claims.Said.group`); and on nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse

from kg import terms
from kg.graph.claims import Group, Said, claim_set, read_facts
from kg.graph.nodes import DERIVED, DERIVED_FROM, FACT_CLASSES, HAS_SOURCE, RDF_TYPE, bkg, document_graph, document_node
from kg.graph.subjects import Naming, SubjectFinder

Derive = Callable[[Store], Iterable[Quad]]
"""Makes the plain triples of the derived layer from a store that holds everything else."""

FellowsOf = Callable[[Group], Iterable[NamedNode]]
"""The facts of a store that may be of a group, all that are comparable among them."""

Circle = Group | NamedNode
"""Facts whose claims depend on each other: a group, whose claims may be in conflict, or one claim, where they cannot."""

_CLAIM = bkg("claim")
_ENDED = (bkg("endDate"), None)
ENDING: Mapping[str, tuple[NamedNode, NamedNode | None]] = {
    "DiplomaticRelations": (bkg("step"), NamedNode(terms.CON + "step-severed")),
    "Lease": _ENDED, "Membership": _ENDED, "OfficeHolding": _ENDED, "Ownership": _ENDED, "Presence": _ENDED, "Tenure": _ENDED,
}  # fmt: skip
"""Types whose facts can end what others of the same two things say, by a statement with this predicate and value (or any)."""

_TRIPLE = tuple(NamedNode(terms.RDF + name) for name in ("subject", "predicate", "object"))
_ROLES = {kind: {terms.BKG + role.name for role in roles} for kind, roles in terms.FACT_TYPES.items()}
_EXCHANGED = {"reporter": (bkg("reporter"), bkg("partner")), "subject": (bkg("subject"), bkg("object"))}
_TENURE = bkg("Tenure")
_MANY = 2000  # quads that are cheaper loaded in bulk
_DOCUMENTS = document_graph("").value
_ROLES["Tenure"] = {terms.BKG + "person", terms.BKG + "of"}
_KINDS = {**FACT_CLASSES, _TENURE: "Tenure"}


def change_store(
    store: Store, removed: Iterable[Quad], added: Iterable[Quad], derive: Derive, fellows: FellowsOf | None = None
) -> int:
    """By how many quads the store grew: without `removed`, with `added` (of document and contribution graphs), and with
    claims and plain triples as a build would make them. The store is flushed. Without `fellows` they are looked for."""
    out = [quad for quad in dict.fromkeys(removed) if quad in store]
    new = [quad for quad in dict.fromkeys(added) if quad not in store]
    put_in = set(new)
    out = [quad for quad in out if quad not in put_in]
    touched = _facts_touched(store, [*out, *new])
    after = _facts_after(store, touched, set(out), new)
    finder = SubjectFinder(store)
    affected = touched | _ended_by(finder, store, touched) | _ended_by(finder, after, touched)
    circles = {_circle(said) for each in (store, after) for said in _said(each, touched)}
    members = {circle: _in_circle(store, circle, finder, fellows) for circle in circles}
    old = _claims(members.values()) | _plain_statements(store, affected)
    for quad in out:
        store.remove(quad)
    _put_in(store, new)
    for circle in members:
        members[circle] = [said for said in members[circle] if said.node not in touched]
    for said in _said(store, touched):
        members[_circle(said)].append(said)
    plain = set(derive(_seen(store, affected)))
    made = {quad.subject for quad in plain if quad.predicate == DERIVED_FROM and quad.object in affected}
    said_of = {quad for quad in plain if quad.subject in made}
    fresh = _claims(members.values()) | said_of
    gone, come = [quad for quad in old - fresh if quad in store], [quad for quad in fresh - old if quad not in store]
    for quad in gone:
        store.remove(quad)
    _put_in(store, sorted(come, key=str))
    triples = _triples_of(said_of)
    unstated = [triple for triple in _triples_of(old) - triples if triple in store and not _is_stated(store, triple)]
    stated = [triple for triple in triples if triple not in store]
    for triple in unstated:
        store.remove(triple)
    store.extend(sorted(stated, key=str))
    store.flush()
    return len(new) - len(out) + len(come) - len(gone) + len(stated) - len(unstated)


def _put_in(store: Store, quads: list[Quad]) -> None:
    """Adds the quads: many without the store's log of what it does, which costs more than they do."""
    if len(quads) < _MANY:
        store.extend(quads)
    else:
        store.bulk_extend(quads)


def _said(store: Store, facts: Iterable[NamedNode]) -> list[Said]:
    return read_facts(quad for fact in facts for quad in _fact_quads(store, fact))


def _circle(said: Said) -> Circle:
    return said.group if said.comparable else said.claim


def _in_circle(store: Store, circle: Circle, finder: SubjectFinder, fellows: FellowsOf | None) -> list[Said]:
    """What the facts of the store say that are in this circle."""
    if isinstance(circle, NamedNode):
        claimed = {quad.subject for quad in store.quads_for_pattern(None, _CLAIM, circle, DERIVED)}
        return [said for said in _said(store, claimed) if said.claim == circle]  # type: ignore[arg-type]
    if fellows is None:
        return [said for said in find_members(store, circle, finder) if said.comparable]
    return [said for said in _said(store, set(fellows(circle))) if said.group == circle and said.comparable]


def _claims(groups: Iterable[list[Said]]) -> set[Quad]:
    return set().union(*map(claim_set, groups))


def _facts_after(store: Store, touched: set[NamedNode], out: set[Quad], new: list[Quad]) -> Store:
    """The facts as they will be, in a store of their own."""
    small = Store()
    for fact in touched:
        small.extend(quad for quad in _fact_quads(store, fact) if quad not in out)
    small.extend(new)
    return small


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
            found += _sources(store, quad.object, quad.graph_name)  # type: ignore[arg-type]
    return found


def _sources(store: Store, evidence: NamedNode, graph: NamedNode) -> Iterable[Quad]:
    """Of what evidence is: in a document's graph of the document, without asking the store."""
    if graph.value.startswith(_DOCUMENTS):
        return [Quad(evidence, HAS_SOURCE, document_node(graph.value.removeprefix(_DOCUMENTS)), graph)]
    return store.quads_for_pattern(evidence, HAS_SOURCE, None, graph)


def _ended_by(finder: SubjectFinder, said: Store, facts: Iterable[NamedNode]) -> set[NamedNode]:
    """The facts of the finder's store that those of `facts` that end something, as `said` tells, may end."""
    pairs = {pair for fact in facts if _ends(said, fact) for _, pair in _named_pairs(said, fact)}
    return {node for pair in pairs for node in finder.find(pair)}


def _ends(store: Store, fact: NamedNode) -> bool:
    return any(next(store.quads_for_pattern(fact, *ENDING[kind], None), None) is not None for kind in _kinds(store, fact))


def _kinds(store: Store, fact: NamedNode) -> set[str]:
    """The types of a fact that can end something or be ended."""
    return {_KINDS[q.object] for q in store.quads_for_pattern(fact, RDF_TYPE, None, None) if q.object in _KINDS} & ENDING.keys()  # type: ignore[index]


def _named_pairs(store: Store, fact: NamedNode) -> Iterator[tuple[str, tuple[Naming, Naming]]]:
    """Every two things that a fact names in its roles, and the type to which the roles belong."""
    for kind in _kinds(store, fact):
        named: set[Naming] = {
            (quad.predicate, quad.object) for quad in store.quads_for_pattern(fact, None, None, None)
            if quad.predicate.value in _ROLES[kind] and isinstance(quad.object, NamedNode) and not quad.object.value.startswith(terms.CON)
        }  # fmt: skip
        for pair in combinations(sorted(named, key=str), 2):
            yield kind, pair


def _seen(store: Store, facts: Iterable[NamedNode]) -> Store:
    """A store of these facts and of those that may end them."""
    seen = set(facts)
    finder = SubjectFinder(store)
    named = {(*pair, ENDING[kind]) for fact in seen for kind, pair in _named_pairs(store, fact)}
    for one, other, (predicate, value) in named:
        ends: list[Naming] = [(predicate, value)] if value else []
        seen.update(node for node in finder.find([one, other, *ends]) if _ends(store, node))
    small = Store()
    small.extend(quad for node in seen for quad in store.quads_for_pattern(node, None, None, None) if quad.graph_name != DERIVED)
    return small


def _plain_statements(store: Store, facts: Iterable[NamedNode]) -> set[Quad]:
    """What the derived layer says of the statements that follow from these facts."""
    found: set[Quad] = set()
    for fact in facts:
        for quad in store.quads_for_pattern(None, DERIVED_FROM, fact, DERIVED):
            found.update(store.quads_for_pattern(quad.subject, None, None, DERIVED))
    return found


def _triples_of(quads: Iterable[Quad]) -> set[Quad]:
    """The plain triples that these statements are of."""
    by_statement: dict[object, dict[NamedNode, NamedNode]] = {}
    for quad in quads:
        if quad.predicate in _TRIPLE and isinstance(quad.object, NamedNode):
            by_statement.setdefault(quad.subject, {})[quad.predicate] = quad.object
    return {Quad(parts[_TRIPLE[0]], parts[_TRIPLE[1]], parts[_TRIPLE[2]], DERIVED) for parts in by_statement.values()}


def _is_stated(store: Store, triple: Quad) -> bool:
    """Whether a statement of the derived layer is of this plain triple: those of its subject and those of its object by turns, until there is
    one, or one of the two has no more."""
    parts = dict(zip(_TRIPLE, (triple.subject, triple.predicate, triple.object), strict=True))
    ends = (store.quads_for_pattern(None, part, parts[part], DERIVED) for part in (_TRIPLE[0], _TRIPLE[2]))
    return any(
        all(Quad(quad.subject, part, value, DERIVED) in store for part, value in parts.items())
        for by_turns in zip(*ends, strict=False)
        for quad in by_turns
    )


def find_members(store: Store, group: Group, finder: SubjectFinder | None = None) -> list[Said]:
    """The facts of the store that are of this group; a finder of this store is used where it is given."""
    kind, _, period, about = group
    bounds = ("earliest", "latest") if len(period) == 2 else ("date", "startDate", "endDate")
    said: list[Naming] = [(bkg(name), _term(text)) for name, text in zip(bounds, period, strict=True) if text]
    for name, texts in about:
        sides = _EXCHANGED.get(name, ()) if len(texts) > 1 else ()  # of a fact that may exchange its sides
        said += [(sides or bkg(name), _term(text)) for text in texts]
    nodes = (finder or SubjectFinder(store)).find(said or [(RDF_TYPE, NamedNode(terms.BKG + kind))])
    return [said for said in _said(store, nodes) if said.group == group]


def _term(text: str) -> NamedNode | Literal:
    """The term of its N-Triples form."""
    if text.startswith("<"):
        return NamedNode(text[1:-1])
    value = next(iter(parse(f"<a:a> <a:a> {text} .".encode(), format=RdfFormat.N_TRIPLES))).object
    assert isinstance(value, Literal)
    return value
