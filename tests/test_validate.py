"""Shapes, and what tells the user that a graph breaks them."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import RDF, RDFS, SH, XSD, BNode, Graph, Literal, Namespace, URIRef

from kg import terms
from kg.errors import KgError
from kg.resources import folder
from kg.validate import Report, load_context, load_shapes, render, validate_files, validate_graph, violating_facts
from kg.validate.context import make_context
from kg.validate.convert import make_graph, quiet_rdflib
from kg.validate.files import read_triples
from tests.shapes.breaking import BKG, CON, ENT, Breaker, Edit, add, both, day, put, typed

VALID = Path(__file__).parent / "graphs" / "valid-facts.ttl"
PROV, OA, DCTERMS = Namespace(terms.PROV), Namespace(terms.OA), Namespace(terms.DCTERMS)


@pytest.fixture(scope="module")
def valid() -> Graph:
    return make_graph(read_triples(VALID))


@pytest.fixture(scope="module")
def valid_report() -> Report:
    return validate_files([VALID])


def fact_of(graph: Graph, words: str) -> URIRef:
    """The fact whose label holds these words."""
    found = [s for s, label in graph.subject_objects(RDFS.label) if words in label and isinstance(s, URIRef)]
    assert len(found) == 1, words
    return found[0]


# The valid graph


def test_valid_facts_conform_and_leave_no_shape_idle(valid_report: Report) -> None:
    assert valid_report.violations == ()
    assert valid_report.conforms
    assert valid_report.idle_shapes == ()


def test_valid_facts_hold_every_fact_type_and_every_role(valid: Graph) -> None:
    for name, roles in terms.FACT_TYPES.items():
        facts = set(valid.subjects(RDF.type, BKG[name]))
        assert facts, name
        for role in roles:
            assert any((fact, BKG[role.name], None) in valid for fact in facts), f"{name} {role.name}"


def test_the_gazetteer_and_all_concepts_conform() -> None:
    root = folder("ontology")
    report = validate_files([root / "concepts.ttl", *sorted((root / "gazetteer").glob("*.ttl"))])
    assert [f"{v.focus}: {v.message}" for v in report.violations] == []


# Every constraint of every shape, broken


@pytest.fixture(scope="module")
def broken(valid: Graph) -> tuple[Breaker, Report]:
    """All broken nodes and one report on them together."""
    shapes, context = load_shapes(), load_context()
    known = make_graph(context.needed_by(read_triples(VALID)))
    with quiet_rdflib():
        breaker = Breaker(shapes, valid + known)
    return breaker, validate_graph(breaker.data)


def test_each_constraint_of_each_shape_catches_what_breaks_it(broken: tuple[Breaker, Report]) -> None:
    breaker, report = broken
    caught = {(v.focus, v.source, v.constraint) for v in report.violations}
    missed = [case.name for case in breaker.cases if (str(case.focus), case.source, case.constraint) not in caught]
    assert missed == []
    assert len(breaker.cases) > 600


def test_no_constraint_of_the_shapes_is_left_out(broken: tuple[Breaker, Report]) -> None:
    """Counted apart from the code that breaks: every (shape, parameter) of the file has a case."""
    breaker, _ = broken
    graph, told = breaker.shapes.graph, (SH.path, SH.message, SH.severity, SH.property, SH.ignoredProperties)
    tried = {(case.source, case.constraint) for case in breaker.cases}
    tried |= {(part, inner) for case in breaker.cases for part, _, inner in [case.detail.partition(" ")]}
    for shape in set(graph.subjects(RDF.type, SH.NodeShape)) | set(graph.subjects(RDF.type, SH.PropertyShape)):
        name = str(shape).rsplit("/", 1)[-1]
        for parameter in graph.predicates(shape):
            word = str(parameter).removeprefix(terms.SH)
            if parameter in told or parameter == RDF.type or word.startswith("target") or word == "qualifiedValueShape":
                continue
            if name.startswith("has-") or name in ("is-fact-type", "is-position", "is-quote", "is-person", "is-actor",
                                                   "is-no-person"):
                continue  # these stand in sh:or, sh:not and qualified shapes, whose cases break them together
            assert (name, word) in tried, f"{name} sh:{word}"


def test_unbroken_facts_stay_clean_beside_broken_ones(broken: tuple[Breaker, Report], valid: Graph) -> None:
    _, report = broken
    assert not {str(fact) for fact in valid.subjects(RDFS.label, None)} & {v.focus for v in report.violations}


TRADE = "Trade of Chile with Kenya"
BY_HAND: list[tuple[str, str, Edit, str, str]] = [
    ("no status", TRADE, put(BKG.status), "Fact", "fact-status"),
    ("two statuses", TRADE, add(BKG.status, BKG.Denied), "Fact", "fact-status"),
    ("a status of one's own", TRADE, put(BKG.status, BKG.Rumoured), "Fact", "fact-status"),
    ("no evidence", TRADE, put(PROV.wasDerivedFrom), "Fact", "fact-evidence"),
    ("no label", TRADE, put(RDFS.label), "Fact", "fact-label"),
    ("nobody made it", TRADE, put(PROV.wasGeneratedBy), "Fact", "fact-activity"),
    ("two types", TRADE, add(RDF.type, BKG.Lease), "Fact", "fact-type"),
    ("impossible date", TRADE, put(BKG.date, day("2024-02-30")), "Fact", "fact-date"),
    ("month 13", TRADE, put(BKG.date, typed("2024-13", XSD.gYearMonth)), "Fact", "fact-date"),
    ("date as text", TRADE, put(BKG.date, Literal("2024-02-03")), "Fact", "fact-date"),
    ("date with a time", TRADE, put(BKG.date, typed("2024-02-03T00:00:00", XSD.dateTime)), "Fact", "fact-date"),
    ("end before start", "Port of Tavira", put(BKG.latest, day("2011-01-01")), "Fact", "fact-earliest"),
    ("date without days", TRADE, both(put(BKG.earliest), put(BKG.latest)), "DatedFact", "DatedFact"),
    ("days without date", TRADE, put(BKG.date), "UndatedFact", "UndatedFact"),
    ("amount without currency", TRADE, put(BKG.currency), "Amount", "has-currency"),
    ("rent without currency", "Port of Tavira", put(BKG.currency), "Rent", "has-currency"),
    ("dollars by name", TRADE, put(BKG.currency, Literal("dollars")), "TradeFigure", "currency"),
    ("amount as text", TRADE, put(BKG.amount, Literal("19 billion")), "TradeFigure", "amount"),
    ("amount as a double", TRADE, put(BKG.amount, typed("1.9e7", XSD.double)), "TradeFigure", "amount"),
    ("a share of 120 percent", TRADE, put(BKG.sharePercent, Literal(120)), "TradeFigure", "sharePercent"),
    ("rank 0", TRADE, put(BKG.rank, Literal(0)), "TradeFigure", "rank"),
    ("unknown flow", TRADE, put(BKG.flow, CON["flow-sideways"]), "TradeFigure", "TradeFigure-flow"),
    ("trade with oneself", TRADE, put(BKG.partner, ENT.chile), "TradeFigure", "TradeFigure-reporter"),
    ("nobody trades", TRADE, put(BKG.reporter), "TradeFigure", "TradeFigure-reporter"),
    ("a role of another type", TRADE, add(BKG.lessor, ENT.peru), "TradeFigure", "TradeFigure"),
    ("misspelt property", TRADE, add(BKG.amonut, Literal(3)), "TradeFigure", "TradeFigure"),
    ("unknown state", TRADE, put(BKG.partner, ENT.atlantis), "TradeFigure", "TradeFigure-partner"),
    ("a visit as an exercise", "Exercise of Italy", put(BKG.kind, CON["kind-visit"]),
     "ArmedAction", "ArmedAction-kind"),
    ("founding a treaty", "Ferry Accord: signed", put(BKG.action, CON["action-founded"]),
     "AgreementAction", "AgreementAction-action"),
    ("three sides", "Chile and Kenya: rel", add(BKG.between, ENT.peru),
     "DiplomaticRelations", "DiplomaticRelations-between"),
    ("a person as a place", "Talks of Japan", put(BKG.place, ENT["person-ines-valdore"]), "Meeting", "place"),
    ("a sector of the offices", "lace", put(BKG.sector, CON["office-king"]), "Cooperation", "sector"),
    ("empty words", "the lamps", put(BKG.content, Literal("")), "Remark", "content"),
    ("no office", "Otto Lindqvist", put(BKG.office), "OfficeHolding", "OfficeHolding-office"),
    ("ten years as text", "Ferry Accord: signed", put(BKG.duration, Literal("10 years")),
     "AgreementAction", "duration"),
]  # fmt: skip


@pytest.fixture(scope="module")
def by_hand(valid: Graph) -> dict[str, Report]:
    """One report on all cases together, told apart by the node."""
    data = Graph()
    for triple in valid:
        data.add(triple)
    names = {}
    for number, (name, words, edit, _, _) in enumerate(BY_HAND):
        base = fact_of(valid, words)
        node = URIRef(f"{base}-case-{number}")
        for _, predicate, value in valid.triples((base, None, None)):
            data.add((node, predicate, value))
        edit(data, node)
        names[str(node)] = name
    report = validate_graph(data)
    return {
        name: Report(False, (), tuple(v for v in report.violations if v.focus == node)) for node, name in names.items()
    }


@pytest.mark.parametrize(("name", "shape", "source"), [(name, shape, source) for name, _, _, shape, source in BY_HAND])
def test_a_broken_fact_is_caught_by_the_right_shape(
    by_hand: dict[str, Report], name: str, shape: str, source: str
) -> None:
    found = by_hand[name].violations
    assert (shape, source) in {(v.shape, v.source) for v in found}
    assert all(v.remedy and v.message and v.severity == "Violation" for v in found)


# What a violation says


def test_a_violation_shows_label_sentence_and_what_to_do(by_hand: dict[str, Report]) -> None:
    (violation,) = by_hand["amount without currency"].violations
    assert violation.label == "Trade of Chile with Kenya: total 19000000 USD (2010)"
    assert violation.sentence == "Chile traded over 19 million dollars with Kenya in 2010, said Ines Valdore."
    assert violation.message == "bkg:currency is missing"
    assert violation.remedy.startswith("Give bkg:currency")
    assert violation.facts == (violation.focus,)


def test_a_violation_names_the_value_at_fault(by_hand: dict[str, Report]) -> None:
    (violation,) = by_hand["impossible date"].violations
    assert violation.value == '"2024-02-30"^^xsd:date'
    assert violation.path == "bkg:date"


def break_one(valid: Graph, node: URIRef, edit: Edit) -> Report:
    data = Graph()
    for triple in valid:
        data.add(triple)
    edit(data, node)
    return validate_graph(data)


def test_facts_fall_with_their_evidence(valid: Graph) -> None:
    fact = fact_of(valid, TRADE)
    (evidence,) = valid.objects(fact, PROV.wasDerivedFrom)
    report = break_one(valid, URIRef(f"{evidence}-position"), put(OA.start, Literal(100000)))
    assert violating_facts(report) == {str(fact)}
    assert report.violations[0].label.startswith("Trade of Chile")


def test_facts_fall_with_an_entity_that_only_the_text_names(valid: Graph) -> None:
    report = break_one(valid, ENT["agreement-ferry-accord"], put(URIRef(terms.SKOS + "prefLabel")))
    labels = {str(valid.value(URIRef(fact), RDFS.label)) for fact in violating_facts(report)}
    assert labels == {"Ferry Accord: signed by Norway and Portugal (2009)", "Greece opposes the Ferry Accord"}


def test_no_fact_is_blamed_for_a_fault_of_the_gazetteer() -> None:
    root = folder("ontology")
    ontology = [t for name in ("bilateral-kg.ttl", "concepts.ttl", "derived.ttl") for t in read_triples(root / name)]
    gazetteer = [t for file in sorted((root / "gazetteer").glob("*.ttl")) for t in read_triples(file)]
    code = ox.NamedNode(terms.BKG + "iso3166")
    bad = [(s, p, ox.Literal("chile") if p == code and s.value.endswith("/chile") else o) for s, p, o in gazetteer]
    report = validate_files([VALID], context=make_context(ontology, bad))
    assert [(v.shape, v.source) for v in report.violations] == [("State", "state-iso3166")]
    assert not report.conforms
    assert violating_facts(report) == frozenset()


def test_the_report_does_not_depend_on_the_order_of_the_data(valid: Graph) -> None:
    triples = [t for t in read_triples(VALID) if t[1].value != terms.BKG + "status"]
    first = validate_graph(triples)
    random.Random(7).shuffle(triples)
    assert validate_graph(triples) == first
    assert len(first.violations) == 26


def test_quads_of_a_store_give_the_same_report_as_the_file(valid_report: Report) -> None:
    store = ox.Store()
    store.extend(ox.Quad(*triple, ox.NamedNode(terms.GRAPH + "document-x")) for triple in read_triples(VALID))
    assert validate_graph(store) == valid_report


# Renderings


@pytest.fixture(scope="module")
def bad_report(valid: Graph) -> Report:
    return break_one(valid, fact_of(valid, TRADE), put(BKG.currency))


def test_text_shows_counts_with_zeros_and_each_violation(bad_report: Report) -> None:
    lines = render(bad_report).splitlines()
    assert lines[0] == "Amount: bkg:currency is missing"
    assert "  sentence  «Chile traded over 19 million dollars with Kenya in 2010, said Ines Valdore.»" in lines
    assert lines[-1] == "does not conform: 1 violation"
    assert any(line.split() == ["Amount", "4", "1"] for line in lines)
    assert any(line.split() == ["Lease", "1", "0"] for line in lines)


def test_text_names_the_shapes_that_had_nothing_to_look_at() -> None:
    report = validate_graph([])
    assert report.conforms
    assert "nothing to look at for: Activity," in render(report)


def test_json_holds_the_whole_report(bad_report: Report) -> None:
    found = json.loads(render(bad_report, "json"))
    assert found["conforms"] is False
    assert found["violations"][0]["shape"] == "Amount"
    assert len(found["shapes"]) == len(bad_report.shapes)


def test_turtle_is_a_shacl_report_without_blank_nodes(bad_report: Report) -> None:
    graph = Graph().parse(data=render(bad_report, "turtle"), format="turtle")
    assert (None, SH.conforms, Literal(False)) in graph
    assert len(set(graph.subjects(RDF.type, SH.ValidationResult))) == 1
    assert (None, SH.resultPath, BKG.currency) in graph
    assert not any(isinstance(term, BNode) for triple in graph for term in triple)


# Shapes and files that cannot be used

MISTAKES = [
    ("sh:minCount 1", "sh:mincount 1", "SHACL has no term sh:mincount"),
    ("sh:targetClass bkg:Lease", "sh:targetClass bkg:Laese", "the ontology does not define"),
    ("sh:targetClass bkg:Lease", "sh:targetClass prov:Nothing", "the ontology has no class"),
    ("sh:class bkg:Agreement", "sh:class bkg:amount", "the ontology has no class"),
    ("con:flow-total", "con:flow-totl", "the ontology does not define"),
    ("sh:path bkg:amount", "sh:path bkg:amonut", "the ontology does not define"),
    ("sh:in ( con:trend-rising con:trend-falling con:trend-stable )", "sh:in ( )", "an empty list"),
    ("sh:property shape:entity-label,", "sh:property [ sh:path skos:prefLabel ],", "sh:message is missing"),
]


@pytest.mark.parametrize(("old", "new", "fault"), MISTAKES)
def test_shapes_that_could_never_find_a_fault_are_refused(tmp_path: Path, old: str, new: str, fault: str) -> None:
    text = (folder("ontology") / "shapes.ttl").read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "shapes.ttl"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(KgError, match=fault) as caught:
        load_shapes(file)
    assert caught.value.file == str(file)
    assert caught.value.remedy


def test_an_empty_shapes_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "shapes.ttl"
    file.write_text("", encoding="utf-8")
    with pytest.raises(KgError, match="no shape has a target"):
        load_shapes(file)


def test_a_broken_turtle_file_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "broken.ttl"
    file.write_text("@prefix a: <http://example.org/> .\na:b a:c 1 .\na:b a:c ; .\n", encoding="utf-8")
    with pytest.raises(KgError) as caught:
        validate_files([file])
    assert (caught.value.file, caught.value.line) == (str(file), 3)
    assert caught.value.remedy


@pytest.mark.parametrize(("name", "content", "what"), [
    ("missing.ttl", None, "cannot be read"),
    ("facts.docx", b"", "names no RDF format"),
    ("latin.ttl", b'<http://e.org/a> <http://e.org/b> "\xe9" .', "UTF-8"),
])  # fmt: skip
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str, content: bytes | None, what: str) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(KgError, match=what) as caught:
        validate_files([file])
    assert caught.value.file == str(file)


def test_no_file_is_an_error() -> None:
    with pytest.raises(KgError, match="no file"):
        validate_files([])
