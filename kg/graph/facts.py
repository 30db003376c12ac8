"""Facts of one document as quads of its named graph, in the form of docs/architecture.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Protocol

from pyoxigraph import Literal, NamedNode, Quad

from kg import terms
from kg.graph import nodes
from kg.graph.documents import describe_document
from kg.graph.labels import make_label
from kg.graph.nodes import bkg
from kg.model import Activity, Concept, Document, Entity, Evidence, Fact, Term, Value
from kg.terms import Role

CONTEXT = 32
"""How many code points of the text a quote selector keeps before and after its quote."""

CLASSES: dict[str, str] = {
    "state": "State", "formerState": "FormerState", "organisation": "Organisation", "company": "Company",
    "institution": "Institution", "person": "Person", "city": "City", "region": "Region", "place": "Place",
    "facility": "Facility", "project": "Project", "agreement": "Agreement", "body": "Body", "event": "Event",
    "group": "Group",
}  # fmt: skip
"""The class of an entity that only a text names, by its kind."""

Statements = list[tuple[NamedNode, NamedNode, NamedNode | Literal]]


class KnownEntities(Protocol):
    """What tells a known entity from a new one: the gazetteer."""

    @property
    def entities(self) -> Mapping[str, Entity]:
        """The known entities by IRI."""


def document_quads(document: Document, facts: Iterable[Fact], gazetteer: KnownEntities | None = None) -> list[Quad]:
    """All quads of the document's graph, sorted, each once: its node, facts with evidence, the entities only it names.

    Two facts of the same content are one node with the evidence of both. Without a gazetteer `Entity.known` decides.
    """
    facts = tuple(facts)
    said: Statements = []
    for iri, same in by_content(document, facts):
        said += _describe_fact(iri, document, same)
    said += _describe_new_entities(facts_entities(facts), gazetteer)
    graph = nodes.document_graph(document.sha256)
    quads = {Quad(s, p, o, graph) for s, p, o in said} | set(describe_document(document))
    return sorted(quads, key=str)


def fact_iri(document: Document, fact: Fact) -> str:
    """The IRI of the fact: made from the document's text and what the fact says, not from where or by which rule."""
    roles = [f"{role}={term}" for role, term in role_terms(fact, sides_sorted=True)]
    speakers = [f"statedBy={entity.iri}" for entity in fact.stated_by]
    dates = (fact.date, fact.start_date, fact.end_date, fact.earliest, fact.latest)
    parts = [document.sha256, fact.type, *sorted({*roles, *speakers}), fact.status, *dates]
    return terms.FACT + nodes.digest(parts)


def facts_entities(facts: Iterable[Fact]) -> list[Entity]:
    """Every entity that the facts name, as actor, object or speaker, in the order of mention."""
    found: list[Entity] = []
    for fact in sorted(facts, key=_place):
        found += [term for _, term in fact.roles if isinstance(term, Entity)]
        found += fact.stated_by
    return found


def by_content(document: Document, facts: Iterable[Fact]) -> list[tuple[str, list[Fact]]]:
    """The facts of a document by the IRI that they have in common, sorted by it; those of one IRI in the order of the text."""
    groups: dict[str, list[Fact]] = {}
    for fact in sorted(facts, key=_place):
        groups.setdefault(fact_iri(document, fact), []).append(fact)
    return sorted(groups.items())


def _place(fact: Fact) -> tuple[int, int, str, str, str]:
    """Facts in the order of the text; those of one place by the rule that made them, whatever order they came in."""
    first = min(((span.start, span.end) for span in fact.evidence), default=(0, 0))
    return (*first, fact.type, fact.activity.rule, repr(fact))


def _describe_fact(iri: str, document: Document, same: Sequence[Fact]) -> Statements:
    """The statements of one fact; of several that say the same the first in the text lends label and activity."""
    fact, node = same[0], NamedNode(iri)
    said: Statements = [
        (node, nodes.RDF_TYPE, bkg(fact.type)),
        (node, nodes.RDFS_LABEL, nodes.english(fact.label or make_label(fact))),
        (node, bkg("status"), bkg(fact.status)),
    ]
    said += [(node, bkg(role), term) for role, term in role_terms(fact)]
    said += [(node, bkg("statedBy"), NamedNode(entity.iri)) for entity in fact.stated_by]
    dates = {
        "date": fact.date, "startDate": fact.start_date, "endDate": fact.end_date,
        "earliest": fact.earliest, "latest": fact.latest,
    }  # fmt: skip
    said += [(node, bkg(name), nodes.date(text)) for name, text in dates.items() if text]
    for span in sorted({span for each in same for span in each.evidence}, key=lambda span: (span.start, span.end)):
        evidence, statements = _describe_evidence(document, span)
        said += [(node, nodes.DERIVED_FROM, evidence), *statements]
    activity, statements = _describe_activity(document, fact.activity)
    return [*said, (node, nodes.GENERATED_BY, activity), *statements]


def _describe_evidence(document: Document, span: Evidence) -> tuple[NamedNode, Statements]:
    text, start, end = document.text, span.start, span.end
    if not 0 <= start < end <= len(text):
        raise ValueError(f"evidence {start}-{end} lies outside of the text of {document.identifier}")
    iri = f"{terms.EVIDENCE}{document.sha256[:12]}-{start}-{end}"
    node, position, quote = NamedNode(iri), NamedNode(iri + "-position"), NamedNode(iri + "-quote")

    def oa(name: str) -> NamedNode:
        return NamedNode(terms.OA + name)

    return node, [
        (node, nodes.RDF_TYPE, oa("SpecificResource")),
        (node, nodes.HAS_SOURCE, nodes.document_node(document.sha256)),
        (node, oa("hasSelector"), position),
        (node, oa("hasSelector"), quote),
        (position, nodes.RDF_TYPE, oa("TextPositionSelector")),
        (position, oa("start"), nodes.number(Decimal(start))),
        (position, oa("end"), nodes.number(Decimal(end))),
        (quote, nodes.RDF_TYPE, oa("TextQuoteSelector")),
        (quote, oa("exact"), Literal(text[start:end])),
        (quote, oa("prefix"), Literal(text[max(0, start - CONTEXT) : start])),
        (quote, oa("suffix"), Literal(text[end : end + CONTEXT])),
    ]


def _describe_activity(document: Document, activity: Activity) -> tuple[NamedNode, Statements]:
    captured = [f"{role} = {words}" for role, words in activity.captured]
    tail = nodes.digest([document.sha256, *captured, "", *activity.notes], 16)
    version = nodes.digest([activity.version], 12)
    node = NamedNode(f"{terms.ACTIVITY}{activity.rule}-{version}-{tail}")
    said: Statements = [
        (node, nodes.RDF_TYPE, NamedNode(terms.PROV + "Activity")),
        (node, nodes.RDF_TYPE, bkg("Extraction")),
        (node, bkg("rule"), Literal(activity.rule)),
        (node, bkg("ruleVersion"), Literal(activity.version)),
        (node, NamedNode(terms.PROV + "used"), nodes.document_node(document.sha256)),
    ]
    said += [(node, bkg("captured"), Literal(line)) for line in captured]
    said += [(node, bkg("note"), Literal(line)) for line in activity.notes]
    return node, said


def _describe_new_entities(entities: Sequence[Entity], gazetteer: KnownEntities | None) -> Statements:
    """Class, names and state of each entity that the gazetteer lacks; its first label in the text is preferred."""
    labels: dict[str, str] = {}
    said: Statements = []
    for entity in entities:
        if entity.known if gazetteer is None else entity.iri in gazetteer.entities:
            continue
        node, label = NamedNode(entity.iri), labels.setdefault(entity.iri, entity.label)
        said += [
            (node, nodes.RDF_TYPE, bkg(CLASSES[entity.kind])),
            (node, nodes.PREF_LABEL, nodes.english(label)),
        ]
        said += [
            (node, nodes.ALT_LABEL, nodes.english(name)) for name in {entity.label, *entity.names} if name != label
        ]
        if entity.state:
            said.append((node, bkg("country"), NamedNode(entity.state)))
    return said


def role_terms(fact: Fact, *, sides_sorted: bool = False) -> list[tuple[str, NamedNode | Literal]]:
    """The roles with their RDF terms; of a symmetric fact, if asked, with its two sides in the order of their IRIs."""
    found: list[tuple[str, NamedNode | Literal]] = []
    for name, value in fact.roles:
        role = terms.role_of(fact.type, name)
        if role is None:
            raise ValueError(f"rule {fact.activity.rule}: {fact.type} has no role {name!r}")
        found.append((name, _term(role, value)))
    if sides_sorted:
        sides = symmetric_sides(fact.type, {name: str(term) for name, term in found})
        if sides:
            ordered = sorted((term for name, term in found if name in sides), key=str)
            found = [(name, term) for name, term in found if name not in sides] + [(sides[0], term) for term in ordered]
    return found


def symmetric_sides(fact_type: str, roles: dict[str, str]) -> tuple[str, str] | None:
    """The two roles that a fact may exchange and still say the same, None where it may not.

    A rank or a share of the total is one side's: Russia's share of Kazakhstan's trade is not Kazakhstan's of Russia's.
    """
    if fact_type == "TradeFigure" and roles.get("flow", "").strip("<>") == terms.CON + "flow-total":
        return None if "rank" in roles or "sharePercent" in roles else ("reporter", "partner")
    kind = roles.get("kind", "").strip("<>").removeprefix(terms.CON + "kind-")
    if fact_type == "Relationship" and kind in terms.SYMMETRIC_KINDS:
        return ("subject", "object")
    return None


def _term(role: Role, value: Term) -> NamedNode | Literal:
    """The term as this role writes it; what does not fit the role is written as text, for the shapes to refuse."""
    match value:
        case Entity():
            return NamedNode(value.iri)
        case Concept():
            return NamedNode(f"{terms.CON}{value.scheme}-{value.word}")
        case Decimal():
            return nodes.number(value)
        case Value():
            return _value_term(role, value)
        case str():
            if role.kind == "duration":
                return nodes.duration(value)
            return nodes.date(value) if role.kind == "date" else Literal(value)


def _value_term(role: Role, value: Value) -> Literal:
    if role.kind == "number" and value.number is not None:
        return nodes.number(value.number)
    if role.kind == "duration":
        return nodes.duration(value.duration or value.per)
    if role.kind == "currency":
        return Literal(value.currency)
    return nodes.date(value.date)
