"""The terms of the data model: namespaces, fact types with their roles, the words of each closed concept scheme.

Plain strings and records only, so that every room can import this without an RDF library.
Source: docs/model.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

BKG = "https://w3id.org/bilateral-kg/ontology#"
ENT = "https://w3id.org/bilateral-kg/entity/"
FACT = "https://w3id.org/bilateral-kg/fact/"
DOC = "https://w3id.org/bilateral-kg/document/"
CON = "https://w3id.org/bilateral-kg/concept/"
EVIDENCE = "https://w3id.org/bilateral-kg/evidence/"
ACTIVITY = "https://w3id.org/bilateral-kg/activity/"
GRAPH = "https://w3id.org/bilateral-kg/graph/"
CLAIM = "https://w3id.org/bilateral-kg/claim/"
CONTRIBUTION = "https://w3id.org/bilateral-kg/contribution/"
AGENT = "https://w3id.org/bilateral-kg/agent/"
TARGET = "https://w3id.org/bilateral-kg/target/"
PROV = "http://www.w3.org/ns/prov#"
OA = "http://www.w3.org/ns/oa#"
DCTERMS = "http://purl.org/dc/terms/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SCHEMA = "https://schema.org/"
ORG = "http://www.w3.org/ns/org#"
DCAT = "http://www.w3.org/ns/dcat#"
VOID = "http://rdfs.org/ns/void#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SH = "http://www.w3.org/ns/shacl#"

PREFIXES: dict[str, str] = {
    "bkg": BKG, "ent": ENT, "fact": FACT, "doc": DOC, "con": CON, "evidence": EVIDENCE, "activity": ACTIVITY,
    "graph": GRAPH, "claim": CLAIM, "contribution": CONTRIBUTION, "agent": AGENT, "target": TARGET, "prov": PROV, "oa": OA, "dcterms": DCTERMS, "skos": SKOS, "schema": SCHEMA,
    "org": ORG, "dcat": DCAT, "void": VOID, "rdf": RDF, "rdfs": RDFS, "owl": OWL, "xsd": XSD,
}

GAZETTEER_GRAPH = GRAPH + "gazetteer"
ONTOLOGY_GRAPH = GRAPH + "ontology"
DERIVED_GRAPH = GRAPH + "derived"
BUILD_GRAPH = GRAPH + "build"

CONTRIBUTION_KINDS = ("addition", "retraction", "correction", "review", "entityDecision")

STATUSES = ("Asserted", "Planned", "Hypothetical", "Denied")

RoleKind = Literal["entity", "concept", "number", "text", "date", "duration", "currency"]


@dataclass(frozen=True, slots=True)
class Role:
    """One role of a fact type.

    ``kind`` says what its values are; ``scheme`` names the concept scheme of a concept role. An *open* role of kind
    "entity" or "concept" may also hold the words of the text (a plain string) where nothing is known by that name.
    ``many`` roles may repeat; ``key`` roles identify the fact.
    """

    name: str
    kind: RoleKind
    scheme: str = ""
    many: bool = False
    key: bool = False
    open: bool = False


def _entity(name: str, *, many: bool = False, key: bool = False, open: bool = False) -> Role:
    return Role(name, "entity", "", many, key, open)


def _concept(name: str, scheme: str, *, key: bool = False, open: bool = False, many: bool = False) -> Role:
    return Role(name, "concept", scheme, many, key, open)


def _number(name: str, *, key: bool = False) -> Role:
    return Role(name, "number", "", False, key)


_PLACE = _entity("place")
_SECTOR = _concept("sector", "sector", open=True)
_TOPIC = _entity("topic", many=True, open=True)
_PER = Role("per", "duration")
_QUALIFIER = _concept("qualifier", "qualifier")
_CURRENCY = Role("currency", "currency")
_CHANGE = _number("changePercent")

# Every fact may carry these besides its own roles: bkg:date or bkg:startDate/endDate, and what follows from them.
DATE_ROLES = ("date", "startDate", "endDate")

FACT_TYPES: dict[str, tuple[Role, ...]] = {
    "DiplomaticRelations": (
        _entity("between", many=True, key=True), _concept("step", "step", key=True),
        _entity("sender"), _entity("receiver"), _PLACE,
    ),
    "AgreementAction": (
        _entity("agreement", key=True), _concept("action", "action", key=True), _entity("party", many=True),
        _entity("by", many=True), _PLACE, Role("duration", "duration"),
    ),
    "Membership": (
        _entity("member", key=True), _entity("organisation", key=True), Role("role", "text"),
    ),
    "OrganisationEvent": (
        _entity("organisation", key=True), _concept("action", "action", key=True), _entity("by", many=True), _PLACE,
    ),
    "Meeting": (
        _concept("kind", "kind", key=True), _entity("participant", many=True, key=True), Role("name", "text"),
        _entity("host", many=True), _PLACE, Role("frequency", "duration"), _number("count"), _TOPIC,
    ),
    "ProjectStatus": (
        _entity("project", key=True), _concept("stage", "stage", key=True), _entity("participant", many=True),
        _SECTOR, _PLACE, _entity("origin"), _entity("destination"), _number("amount"), _CURRENCY, _QUALIFIER,
    ),
    "Cooperation": (
        _entity("participant", many=True, key=True), _concept("sector", "sector", key=True, open=True), _TOPIC,
    ),
    "TradeFigure": (
        _entity("reporter", key=True), _entity("partner", key=True), _concept("flow", "flow", key=True),
        _number("amount", key=True), _CURRENCY, Role("changePercent", "number", key=True),
        Role("sharePercent", "number", key=True), _number("rank"), _PER, Role("commodity", "text", many=True),
        _concept("trend", "trend"), _QUALIFIER, _number("valueMin"), _number("valueMax"),
    ),
    "InvestmentFigure": (
        _entity("investor", key=True), _entity("recipient", key=True), _concept("kind", "kind", key=True),
        _number("amount", key=True), _CURRENCY, _CHANGE, _concept("trend", "trend"), _PER, _SECTOR, _QUALIFIER,
        _number("valueMin"), _number("valueMax"),
    ),
    "Lease": (
        _entity("lessor", key=True), _entity("lessee", key=True), _entity("property", key=True, open=False),
        _number("rent"), _CURRENCY, Role("rentPeriod", "duration"), Role("duration", "duration"), _QUALIFIER,
    ),
    "Ownership": (
        _entity("owner", many=True, key=True), _entity("asset", key=True), _number("sharePercent"), _entity("from"),
    ),
    "Indicator": (
        _concept("indicator", "indicator", key=True, open=False), _entity("subject", key=True), _entity("counterpart"),
        _number("value", key=True), _number("valueMin"), _number("valueMax"), _number("rank"), _CHANGE,
        Role("unit", "text"), _PER, _concept("trend", "trend"), _QUALIFIER,
    ),
    "OfficeHolding": (
        _entity("person", key=True), _concept("office", "office", key=True, open=True), _entity("of", key=True),
        _entity("accreditedTo", many=True), Role("officeTitle", "text"),
    ),
    "Remark": (
        _entity("speaker", many=True, key=True), Role("content", "text", key=True), _TOPIC,
        _entity("addressee", many=True), _PLACE,
    ),
    "Position": (
        _entity("actor", many=True, key=True), _concept("stance", "stance", key=True),
        _entity("target", key=True, open=True),
    ),
    "Relationship": (
        _entity("subject", key=True), _entity("object", key=True), _concept("kind", "kind", key=True), _SECTOR,
    ),
    "Presence": (
        _entity("organisation", key=True), _entity("in", key=True), _SECTOR,
    ),
    "JointBody": (
        _entity("body", key=True), _entity("between", many=True, key=True), _entity("partOf"), _number("memberCount"),
        _concept("sector", "sector", open=True, many=True),
    ),
    "EventFact": (
        _entity("event", key=True), _entity("host", many=True), _PLACE, _entity("participant", many=True),
    ),
    "ArmedAction": (
        _entity("actor", many=True, key=True), _concept("kind", "kind", key=True),
        _entity("target", many=True, open=True), _PLACE,
    ),
}

# The closed words of each concept role, by fact type (a scheme may serve several types: con:action-signed, con:kind-visit).
WORDS: dict[tuple[str, str], tuple[str, ...]] = {
    ("DiplomaticRelations", "step"): ("established", "embassyOpened", "downgraded", "severed", "restored"),
    ("AgreementAction", "action"): (
        "negotiated", "signed", "ratified", "inForce", "extended", "amended", "implemented", "suspended", "terminated",
    ),
    ("OrganisationEvent", "action"): ("founded", "dissolved", "enlarged", "reformed", "initiated", "renamed"),
    ("Meeting", "kind"): ("visit", "summit", "talks", "conference", "session"),
    ("ProjectStatus", "stage"): ("proposed", "planned", "underway", "operating", "completed", "suspended", "cancelled"),
    ("TradeFigure", "flow"): ("total", "exports", "imports"),
    ("InvestmentFigure", "kind"): ("investment", "loan", "grant", "debtRelief"),
    ("Position", "stance"): ("supports", "opposes", "seeks", "offers", "rejects", "concerned", "interested"),
    ("Relationship", "kind"): (
        "ally", "strategicPartner", "partner", "neighbour", "mainTradingPartner", "armsSupplier", "creditor",
        "sphereOfInfluence", "buffer", "rival", "disagreement",
    ),
    ("ArmedAction", "kind"): (
        "exercise", "deployment", "attack", "intervention", "annexation", "mobilisation", "sanction",
        "economicPressure",
    ),
    ("*", "trend"): ("rising", "falling", "stable"),
    ("*", "qualifier"): ("approximately", "moreThan", "lessThan", "atLeast", "atMost", "almost"),
}

SYMMETRIC_KINDS = frozenset({"ally", "strategicPartner", "partner", "neighbour", "rival", "disagreement"})


def role_of(fact_type: str, name: str) -> Role | None:
    """The role `name` of a fact type, None where the type has no such role."""
    return next((r for r in FACT_TYPES[fact_type] if r.name == name), None)


def words_of(fact_type: str, role: str) -> tuple[str, ...]:
    """The words that a closed concept role of this type may hold; empty where the scheme is open."""
    return WORDS.get((fact_type, role)) or WORDS.get(("*", role)) or ()
