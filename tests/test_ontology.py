"""Ontology, concepts and shapes agree with kg/terms.py, with each other and with whatever uses their terms."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SH, SKOS, XSD, BNode, Graph, Namespace, URIRef

from kg import terms
from kg.resources import folder
from kg.terms import FACT_TYPES, Role, words_of

BKG, CON, SCHEMA = Namespace(terms.BKG), Namespace(terms.CON), Namespace(terms.SCHEMA)
SHAPE = Namespace("https://w3id.org/bilateral-kg/shape/")
ROOT = Path(__file__).resolve().parents[1]
ONTOLOGY = folder("ontology")
OPEN_SCHEMES = ("sector", "indicator", "office")
ROLES = [(fact_type, role) for fact_type, roles in FACT_TYPES.items() for role in roles]
PROPERTIES = {RDF.Property, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}

# What a shape requires of each type by itself (docs/model.md: "What a shape requires is less"); sets are alternatives.
REQUIRED: dict[str, list[str | set[str]]] = {
    "DiplomaticRelations": ["between", "step"],
    "AgreementAction": ["agreement", "action"],
    "Membership": ["member", "organisation"],
    "OrganisationEvent": ["organisation", "action"],
    "Meeting": ["kind", {"participant", "host", "name", "place", "topic"}],
    "ProjectStatus": ["project", "stage"],
    "Cooperation": ["participant", {"sector", "topic"}],
    "TradeFigure": [
        "reporter", "partner", "flow", {"amount", "changePercent", "sharePercent", "rank", "trend", "commodity"},
    ],
    "InvestmentFigure": ["kind", {"investor", "recipient"}, {"amount", "changePercent", "trend"}],
    "Lease": ["property", {"lessor", "lessee"}],
    "Ownership": ["asset", {"owner", "from"}],
    "Indicator": ["indicator", "subject", {"value", "rank", "changePercent", "trend"}],
    "OfficeHolding": ["person", "office"],
    "Remark": ["speaker", {"content", "topic"}],
    "Position": ["actor", "stance", "target"],
    "Relationship": ["subject", "object", "kind"],
    "Presence": ["organisation", "in"],
    "JointBody": ["body", {"between", "partOf"}],
    "EventFact": ["event"],
    "ArmedAction": ["actor", "kind"],
}  # fmt: skip


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(ONTOLOGY / "bilateral-kg.ttl").parse(ONTOLOGY / "derived.ttl")


@pytest.fixture(scope="module")
def concepts() -> Graph:
    return Graph().parse(ONTOLOGY / "concepts.ttl")


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(ONTOLOGY / "shapes.ttl")


def words(concepts: Graph, scheme: str) -> set[str]:
    return {str(s).removeprefix(f"{CON}{scheme}-") for s in concepts.subjects(SKOS.inScheme, CON[scheme])}


# kg/terms.py and the ontology


def test_every_fact_type_is_a_class_of_facts_and_no_other_is(ontology: Graph) -> None:
    assert set(ontology.subjects(RDFS.subClassOf, BKG.Fact)) == {BKG[name] for name in FACT_TYPES}


def test_every_status_is_an_individual_and_no_other_is(ontology: Graph) -> None:
    assert set(ontology.subjects(RDF.type, BKG.Status)) == {BKG[name] for name in terms.STATUSES}


@pytest.mark.parametrize(("fact_type", "role"), ROLES, ids=lambda value: getattr(value, "name", value))
def test_every_role_is_a_property_with_domain_and_range(ontology: Graph, fact_type: str, role: Role) -> None:
    prop = BKG[role.name]
    assert set(ontology.objects(prop, RDF.type)) & PROPERTIES
    domains = {*ontology.objects(prop, RDFS.domain), *ontology.objects(prop, SCHEMA.domainIncludes)}
    assert BKG[fact_type] in domains
    ranges = {*ontology.objects(prop, RDFS.range), *ontology.objects(prop, SCHEMA.rangeIncludes)}
    wanted = {
        "concept": SKOS.Concept, "number": XSD.decimal, "text": XSD.string, "duration": XSD.duration,
        "currency": XSD.string,
    }  # fmt: skip
    if role.kind == "entity":
        classes = {BKG.Entity, *ontology.transitive_subjects(RDFS.subClassOf, BKG.Entity)}
        assert ranges & classes
    else:
        assert wanted[role.kind] in ranges
    assert (XSD.string in ranges) >= role.open


def test_no_domain_names_a_type_that_lacks_the_role(ontology: Graph) -> None:
    for prop, kind in [*ontology.subject_objects(RDFS.domain), *ontology.subject_objects(SCHEMA.domainIncludes)]:
        name = str(kind).removeprefix(terms.BKG)
        if name in FACT_TYPES:
            assert terms.role_of(name, str(prop).removeprefix(terms.BKG)), f"{name} has no {prop}"


# Concepts


@pytest.mark.parametrize("scheme", sorted({role.scheme for _, role in ROLES if role.kind == "concept"}))
def test_closed_schemes_hold_the_words_of_the_model_and_no_others(concepts: Graph, scheme: str) -> None:
    model = {word for t, role in ROLES if role.scheme == scheme for word in words_of(t, role.name)}
    if scheme in OPEN_SCHEMES:
        assert model == set()
        assert len(words(concepts, scheme)) >= 70
    else:
        assert words(concepts, scheme) == model
        labels = {str(concepts.value(CON[f"{scheme}-{word}"], SKOS.prefLabel)) for word in model}
        assert labels == model


def test_every_concept_is_named_after_its_scheme_and_stands_in_one(concepts: Graph) -> None:
    for concept in concepts.subjects(RDF.type, SKOS.Concept):
        (scheme,) = concepts.objects(concept, SKOS.inScheme)
        assert (scheme, RDF.type, SKOS.ConceptScheme) in concepts
        assert re.fullmatch(re.escape(str(scheme)) + r"-[A-Za-z]+(-[a-z]+)*", str(concept))


@pytest.mark.parametrize("scheme", OPEN_SCHEMES)
def test_a_wording_names_one_concept_of_its_scheme(concepts: Graph, scheme: str) -> None:
    named: Counter[str] = Counter()
    for concept in concepts.subjects(SKOS.inScheme, CON[scheme]):
        names = {*concepts.objects(concept, SKOS.prefLabel), *concepts.objects(concept, SKOS.altLabel)}
        named.update({str(name).casefold() for name in names})
        assert all(str(name) == str(name).strip() and name.language == "en" for name in names)  # type: ignore[attr-defined]
    assert [word for word, count in named.items() if count > 1] == []


@pytest.mark.parametrize(("scheme", "wording", "word"), [
    ("sector", "peaceful uses of atomic energy", "nuclear-energy"),
    ("sector", "military-technical", "defence"),
    ("sector", "fight against terrorism", "terrorism"),
    ("sector", "trade and economic", "trade"),
    ("sector", "hydrocarbons", "oil-and-gas"),
    ("indicator", "money transfers", "remittances"),
    ("indicator", "ethnic minority", "ethnic-population"),
    ("indicator", "settlements in national currencies", "share-of-settlements-in-national-currencies"),
    ("office", "premier", "prime-minister"),
    ("office", "minister of foreign affairs", "foreign-minister"),
    ("office", "Ambassador Extraordinary and Plenipotentiary", "ambassador"),
    ("office", "Duma deputy", "member-of-parliament"),
])  # fmt: skip
def test_texts_name_concepts_in_many_ways(concepts: Graph, scheme: str, wording: str, word: str) -> None:
    named = {
        str(name).casefold(): concept
        for concept in concepts.subjects(SKOS.inScheme, CON[scheme])
        for path in (SKOS.prefLabel, SKOS.altLabel)
        for name in concepts.objects(concept, path)
    }
    assert named[wording.casefold()] == CON[f"{scheme}-{word}"]


def test_broader_concepts_stand_in_the_same_scheme_and_make_no_circle(concepts: Graph) -> None:
    for concept, broader in concepts.subject_objects(SKOS.broader):
        assert concepts.value(concept, SKOS.inScheme) == concepts.value(broader, SKOS.inScheme)
        assert concept not in set(concepts.transitive_objects(broader, SKOS.broader))


# Labels, definitions, blank nodes, undefined terms


def test_every_term_has_one_label_and_one_definition(ontology: Graph, concepts: Graph) -> None:
    for term in set(ontology.subjects()):
        if (term, RDF.type, OWL.Ontology) not in ontology:
            assert len(list(ontology.objects(term, RDFS.label))) == 1, term
            assert len(list(ontology.objects(term, SKOS.definition))) == 1, term
    for concept in set(concepts.subjects()):
        assert len(list(concepts.objects(concept, SKOS.prefLabel))) == 1, concept
        assert len(list(concepts.objects(concept, SKOS.definition))) == 1, concept


def test_the_ontology_says_what_it_is(ontology: Graph) -> None:
    (header,) = ontology.subjects(RDF.type, OWL.Ontology)
    dcterms = Namespace(terms.DCTERMS)
    for path in (dcterms.title, dcterms.description, dcterms.creator, dcterms.license, OWL.versionInfo, OWL.versionIRI):
        assert ontology.value(header, path), path


def test_there_are_no_blank_nodes_but_the_cells_of_lists_in_shapes(
    ontology: Graph, concepts: Graph, shapes: Graph
) -> None:
    for graph in (ontology, concepts):
        assert not any(isinstance(term, BNode) for triple in graph for term in triple)
    assert all((node, RDF.first, None) in shapes for node in shapes.subjects() if isinstance(node, BNode))


def test_every_class_and_property_above_and_beside_is_defined(ontology: Graph) -> None:
    defined = set(ontology.subjects())
    for term in {term for triple in ontology for term in triple if isinstance(term, URIRef)}:
        if term.startswith(terms.BKG):
            assert term in defined, term


USERS = sorted(
    [
        *ONTOLOGY.rglob("*.ttl"),
        *ROOT.glob("queries/*.rq"),
        *ROOT.glob("tests/graphs/*.ttl"),
        *ROOT.glob("kg/rules/*.rule"),
    ]
)


@pytest.mark.parametrize("file", USERS, ids=lambda file: file.name)
def test_no_file_uses_a_term_that_is_not_defined(file: Path, ontology: Graph, concepts: Graph) -> None:
    defined = {str(term) for term in {*ontology.subjects(), *concepts.subjects()}}
    text = re.sub(r'"(?:[^"\\\n]|\\.)*"|(?<![<\w])#.*', "", file.read_text(encoding="utf-8"))
    used = {BKG[name] for name in re.findall(r"\bbkg:(\w+)", text)}
    used |= {CON[name.rstrip("-")] for name in re.findall(r"\bcon:([\w-]+)", text)}
    assert sorted(str(term) for term in used if str(term) not in defined) == []


# Shapes


@pytest.mark.parametrize("fact_type", FACT_TYPES)
def test_the_shape_of_a_fact_type_has_its_roles_and_requires_what_the_model_requires(
    shapes: Graph, fact_type: str
) -> None:
    shape = SHAPE[fact_type]
    assert (shape, SH.targetClass, BKG[fact_type]) in shapes
    of_role = {str(shapes.value(p, SH.path)).removeprefix(terms.BKG): p for p in shapes.objects(shape, SH.property)}
    assert set(of_role) == {role.name for role in FACT_TYPES[fact_type]}
    required: list[str | set[str]] = [name for name, source in of_role.items() if (source, SH.minCount, None) in shapes]
    for other in sorted(shapes.subjects(SH.targetClass, BKG[fact_type])):
        for alternatives in shapes.objects(other, SH["or"]):
            paths = [str(shapes.value(each, SH.path)) for each in shapes.items(alternatives)]
            required.append({path.removeprefix(terms.BKG) for path in paths})
    assert sorted(required, key=sorted) == sorted(REQUIRED[fact_type], key=sorted)  # in the order of their letters: that of a set's text varies


@pytest.mark.parametrize(("fact_type", "role"), ROLES, ids=lambda value: getattr(value, "name", value))
def test_the_shape_of_a_role_fits_its_kind(shapes: Graph, fact_type: str, role: Role) -> None:
    (source,) = (p for p in shapes.objects(SHAPE[fact_type], SH.property) if shapes.value(p, SH.path) == BKG[role.name])
    limit = shapes.value(source, SH.maxCount)
    assert (limit is None) == role.many or (fact_type, role.name) == ("DiplomaticRelations", "between")
    if role.kind != "currency" and (listed := shapes.value(source, SH["in"])):
        model = [CON[f"{role.scheme}-{word}"] for word in words_of(fact_type, role.name)]
        assert list(shapes.items(listed)) == model
    else:
        assert not words_of(fact_type, role.name)
    alternatives = {str(each) for node in shapes.objects(source, SH["or"]) for each in shapes.items(node)}
    assert (f"{SHAPE}is-text" in alternatives) == role.open


def test_every_shape_tells_the_reader_what_to_do(shapes: Graph) -> None:
    properties = set(shapes.subjects(RDF.type, SH.PropertyShape))
    targeted = set(shapes.subjects(SH.targetClass)) | set(shapes.subjects(SH.targetSubjectsOf))
    for shape in properties | targeted:
        (message,) = shapes.objects(shape, SH.message)
        assert message.endswith(".") and message[0].isupper(), shape
        assert shapes.value(shape, SH.severity) == SH.Violation
