"""Facts as quads, claims, the six formats, selections."""

from __future__ import annotations

import io
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg import terms
from kg.errors import KgError
from kg.graph import claim_quads, document_quads, export, fact_iri, make_label
from kg.graph.nodes import bkg, date, duration, number
from kg.graph.write import WRITERS
from kg.model import Concept, Entity, Evidence, Fact, Term, replace
from tests.invented import document, fact, person, state, trade

TEXT = "Trade of France with Spain reached 19 billion dollars in 2018 𝄞 “as planned”. It was 18 billion, they say.\n"
DOCUMENT = document(TEXT, "letter", title="A letter", issued="2019-02", source="https://example.org/a")
DERIVED = ox.NamedNode(terms.DERIVED_GRAPH)


def store_of(*quads: list[ox.Quad]) -> ox.Store:
    store = ox.Store()
    for each in quads:
        store.extend(each)
    return store


def objects(quads: list[ox.Quad], subject: str, predicate: ox.NamedNode) -> list[str]:
    return sorted(str(q.object) for q in quads if q.subject == ox.NamedNode(subject) and q.predicate == predicate)


# Terms


@pytest.mark.parametrize(
    ("text", "kind"), [("2018-05-25", "date"), ("2018-05", "gYearMonth"), ("2018", "gYear"), ("spring", "string")]
)
def test_dates_are_as_precise_as_written(text: str, kind: str) -> None:
    assert date(text).datatype.value == terms.XSD + kind


@pytest.mark.parametrize(
    ("value", "written", "kind"),
    [("19000000000", "19000000000", "integer"), ("1.9E+10", "19000000000", "integer"), ("7.50", "7.5", "decimal"),
     ("-0.1", "-0.1", "decimal"), ("5.0", "5", "integer")],
)  # fmt: skip
def test_numbers_are_canonical(value: str, written: str, kind: str) -> None:
    literal = number(Decimal(value))
    assert (literal.value, literal.datatype.value) == (written, terms.XSD + kind)


@pytest.mark.parametrize(("text", "written"), [("P12M", "P1Y"), ("P49Y", "P49Y"), ("P18M", "P1Y6M"), ("PT24H", "P1D")])
def test_durations_are_what_the_store_makes_of_them(text: str, written: str) -> None:
    literal = duration(text)
    quad = ox.Quad(bkg("x"), bkg("y"), literal)
    assert literal.value == written
    assert list(store_of([quad])) == [quad]


# Facts


def test_a_fact_says_all_of_the_model() -> None:
    said = trade("19000000000", (0, 76), status="Planned", stated_by=(person("Ana Ruiz", home="Spain"),))
    iri = fact_iri(DOCUMENT, said)
    quads = document_quads(DOCUMENT, [said])
    text = WRITERS["turtle"](quads)
    assert f"fact:{iri.removeprefix(terms.FACT)} a bkg:TradeFigure" in text
    for line in (
        'rdfs:label "Trade of France with Spain: total 19000000000 USD (2018, planned, according to Ana Ruiz)"@en',
        "bkg:status bkg:Planned", "bkg:amount 19000000000", 'bkg:currency "USD"', "bkg:flow con:flow-total",
        "bkg:reporter ent:france", "bkg:statedBy ent:person-ana-ruiz", 'bkg:date "2018"^^xsd:gYear',
        'bkg:earliest "2018-01-01"^^xsd:date', 'bkg:rule "invented"', 'bkg:captured "partner = Spain"',
        'skos:prefLabel "Ana Ruiz"@en', "bkg:country ent:spain", "ent:person-ana-ruiz a bkg:Person",
        'dcterms:identifier "letter"', 'dcterms:issued "2019-02"^^xsd:gYearMonth', f"bkg:characters {len(TEXT)}",
        "dcterms:source <https://example.org/a>",
    ):  # fmt: skip
        assert line in text, line
    assert "ent:france a" not in text, "the gazetteer describes what it knows"


def test_quotes_are_cut_exactly() -> None:
    quads = document_quads(DOCUMENT, [trade("19000000000", (0, 76))])
    (quote,) = {q.subject.value for q in quads if q.object == ox.NamedNode(terms.OA + "TextQuoteSelector")}
    position = quote.replace("-quote", "-position")
    start, end = (int(objects(quads, position, ox.NamedNode(terms.OA + n))[0].split('"')[1]) for n in ("start", "end"))
    (exact,) = (q.object.value for q in quads if q.predicate == ox.NamedNode(terms.OA + "exact"))
    assert exact == TEXT[start:end]
    assert exact.endswith("𝄞 “as planned”"), "offsets count code points"


def test_evidence_outside_of_the_text_is_refused() -> None:
    with pytest.raises(ValueError, match="outside"):
        document_quads(DOCUMENT, [trade("1", (0, 1000))])


def test_a_role_that_the_type_lacks_is_refused() -> None:
    with pytest.raises(ValueError, match="no role 'colour'"):
        document_quads(DOCUMENT, [fact("Meeting", [("colour", "red")], (0, 5))])


def test_the_same_content_is_one_fact_with_two_evidences() -> None:
    quads = document_quads(DOCUMENT, [trade("19", (0, 76)), trade("19", (77, 90))])
    facts = {q.subject for q in quads if q.object == bkg("TradeFigure")}
    assert len(facts) == 1
    assert len(objects(quads, facts.pop().value, ox.NamedNode(terms.PROV + "wasDerivedFrom"))) == 2


def test_both_orders_of_a_symmetric_fact_are_one() -> None:
    one, other = trade("19", (0, 76)), trade("19", (0, 76), sides=("Spain", "France"))
    assert fact_iri(DOCUMENT, one) == fact_iri(DOCUMENT, other)
    quads = document_quads(DOCUMENT, [one, other])
    assert len([q for q in quads if q.predicate == bkg("reporter")]) == 1


def test_a_share_of_the_trade_is_one_sides() -> None:
    roles: list[tuple[str, Term]] = [("sharePercent", Decimal(20)), ("flow", Concept("flow", "total"))]
    there = fact("TradeFigure", [*roles, ("reporter", state("France")), ("partner", state("Spain"))], (0, 5))
    back = fact("TradeFigure", [*roles, ("reporter", state("Spain")), ("partner", state("France"))], (0, 5))
    assert fact_iri(DOCUMENT, there) != fact_iri(DOCUMENT, back)


@pytest.mark.parametrize(
    "change", [{"status": "Denied"}, {"date": "2017"}, {"stated_by": (person("Ana Ruiz"),)}, {"earliest": "2018-06-01"}]
)
def test_what_a_fact_says_makes_its_iri(change: dict[str, object]) -> None:
    said = trade("19", (0, 76))
    assert fact_iri(DOCUMENT, said) != fact_iri(DOCUMENT, replace(said, **change))  # type: ignore[arg-type]
    assert fact_iri(DOCUMENT, said) == fact_iri(DOCUMENT, replace(said, evidence=(Evidence(1, 4),)))
    assert fact_iri(DOCUMENT, said) != fact_iri(document(TEXT + "x"), said)


def test_the_order_of_facts_makes_no_difference() -> None:
    presence = fact("Presence", [("organisation", person("Ana Ruiz"))], (0, 5))
    facts = [trade("19", (0, 76)), trade("18", (77, 90)), presence, trade("19", (3, 9), sides=("Spain", "France"))]
    assert document_quads(DOCUMENT, facts) == document_quads(DOCUMENT, facts[::-1])


def test_what_does_not_fit_a_role_is_left_to_the_shapes() -> None:
    quads = document_quads(DOCUMENT, [trade("19", (0, 5), date="2018-02-30")])
    assert any(q.object == ox.Literal("2018-02-30", datatype=ox.NamedNode(terms.XSD + "date")) for q in quads)


@pytest.mark.parametrize("kind", terms.FACT_TYPES)
def test_every_type_has_a_label_whatever_is_known(kind: str) -> None:
    def term(role: terms.Role) -> Term:
        match role.kind:
            case "entity":
                return state("France")
            case "concept":
                return Concept(role.scheme, "inForce")
            case "number":
                return Decimal(3)
            case "duration":
                return "P3Y"
            case _:
                return "words"

    bare = fact(kind, [], (0, 5))
    full = fact(kind, [(role.name, term(role)) for role in terms.FACT_TYPES[kind]], (0, 5), date="2018")
    for label in (make_label(bare), make_label(full)):
        assert not set("[]{}") & set(label)
        assert "  " not in label and label[0].isupper()
    assert make_label(full).endswith("(2018)")
    long = fact("Remark", [("speaker", state("France")), ("content", "word " * 200)], (0, 5))
    assert len(make_label(long)) <= 300


# Claims


def claims_of(*facts: Fact, texts: tuple[str, ...] = (TEXT,)) -> list[ox.Quad]:
    quads = [q for text in texts for q in document_quads(document(text), facts)]
    return claim_quads(quads)


def test_documents_that_say_the_same_share_a_claim() -> None:
    found = claims_of(trade("19", (0, 5)), texts=(TEXT, TEXT + "x"))
    assert len({q.subject for q in found if q.object == bkg("Claim")}) == 1
    assert len([q for q in found if q.predicate == bkg("claim")]) == 2
    assert [q.object for q in found if q.predicate == bkg("sourceCount")] == [number(Decimal(2))]
    assert {q.graph_name for q in found} == {DERIVED}


UNDATED = {"date": "", "earliest": "", "latest": ""}


@pytest.mark.parametrize(
    ("one", "other", "conflict"),
    [
        (trade("19", (0, 5)), trade("18", (6, 9)), True),
        (trade("19", (0, 5)), trade("18", (6, 9), sides=("Spain", "France")), True),
        (trade("19", (0, 5)), trade("18", (6, 9), sides=("France", "Italy")), False),
        (trade("19", (0, 5)), trade("18", (6, 9), date="2017", earliest="2017-01-01", latest="2017-12-31"), False),
        (trade("19", (0, 5)), trade("18", (6, 9), status="Planned"), False),
        (trade("19", (0, 5), status="Denied"), trade("18", (6, 9), status="Denied"), False),
        (trade("19", (0, 5), status="Planned"), trade("18", (6, 9), status="Planned"), True),
        (trade("19", (0, 5), **UNDATED), trade("18", (6, 9), **UNDATED), False),
    ],
)  # fmt: skip
def test_claims_that_cannot_both_be_right_are_linked(one: Fact, other: Fact, conflict: bool) -> None:
    found = [q for q in claims_of(one, other) if q.predicate == bkg("conflictsWith")]
    assert len(found) == (2 if conflict else 0)


@pytest.mark.parametrize(
    ("qualifier", "value", "conflict"),
    [("approximately", "19", False), ("approximately", "25", True), ("moreThan", "30", False), ("moreThan", "15", True),
     ("lessThan", "15", False), ("atMost", "19", True), ("almost", "18", False)],
)  # fmt: skip
def test_a_qualifier_says_what_a_figure_can_mean(qualifier: str, value: str, conflict: bool) -> None:
    amount = "18.5"
    said = trade(amount, (0, 5))
    said = replace(said, roles=(*said.roles, ("qualifier", Concept("qualifier", qualifier))))
    found = [q for q in claims_of(said, trade(value, (6, 9))) if q.predicate == bkg("conflictsWith")]
    assert bool(found) == conflict


def test_undated_meetings_are_one_only_if_all_is_alike() -> None:
    roles: list[tuple[str, Term]] = [("kind", Concept("kind", "talks")), ("participant", state("France"))]
    one = fact("Meeting", [*roles, ("place", Entity(terms.ENT + "paris", "Paris", "place"))], (0, 5))
    other = fact("Meeting", [*roles, ("place", Entity(terms.ENT + "nice", "Nice", "place"))], (6, 9))
    assert len({q.subject for q in claims_of(one, other) if q.object == bkg("Claim")}) == 2


# Writing

HARD = document('Say "no"\\ to\ta <tag> & \r é 𝄞 line.\nNext', "hard")
QUADS = [
    *document_quads(DOCUMENT, [trade("19", (0, 76)), trade("7.5", (77, 90), status="Denied")]),
    *document_quads(HARD, [fact("Remark", [("speaker", person("Zoë Ó Sé")), ("content", HARD.text)], (0, 20))]),
]
TRIPLES = {q.triple for q in QUADS}


@pytest.mark.parametrize("form", WRITERS)
def test_a_written_graph_is_read_back_whole(form: str) -> None:
    text = WRITERS[form](QUADS)
    assert text == WRITERS[form](QUADS[::-1])
    ours = {"nquads": "nq", "ntriples": "nt", "turtle": "ttl", "rdfxml": "rdf"}.get(form, form)
    back = set(ox.parse(text.encode(), format=ox.RdfFormat.from_extension(ours)))
    kept = form in ("trig", "nquads", "jsonld")
    assert back == (set(QUADS) if kept else {ox.Quad(t.subject, t.predicate, t.object) for t in TRIPLES})


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("form", WRITERS)
def test_rdflib_counts_the_same_triples(form: str) -> None:
    names = {"jsonld": "json-ld", "rdfxml": "xml", "ntriples": "nt"}
    graph = rdflib.Dataset(default_union=True)
    graph.parse(data=WRITERS[form](QUADS).encode(), format=names.get(form, form))
    assert len(set(graph.triples((None, None, None)))) == len(TRIPLES)


@pytest.mark.parametrize(
    ("tool", "form"), [("rapper", "turtle"), ("rapper", "rdfxml"), ("serdi", "turtle"), ("serdi", "trig")]
)
def test_other_tools_count_the_same_triples(tool: str, form: str, tmp_path: Path) -> None:
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not installed")
    file = tmp_path / "graph"
    file.write_text(WRITERS[form](QUADS), encoding="utf-8", newline="")
    language = {"rapper": form, "serdi": form.capitalize().replace("Trig", "TriG")}[tool]
    run = [tool, "-q", "-i", language, "-o", "ntriples", str(file)]
    done = subprocess.run(run, capture_output=True, text=True, check=True)
    lines = {line for line in done.stdout.split("\n") if line}
    assert len(lines) == (len(set(QUADS)) if form == "trig" else len(TRIPLES))


N3_COUNTS = """
const n3 = require("n3"), fs = require("fs");
const quads = new n3.Parser({ format: process.argv[2] }).parse(fs.readFileSync(process.argv[1], "utf8"));
console.log(new n3.Store(quads).size);
"""


@pytest.mark.parametrize("form", ["turtle", "trig", "ntriples", "nquads"])
def test_n3_counts_the_same_triples(form: str, tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None or subprocess.run([node, "-e", 'require("n3")'], capture_output=True, check=False).returncode:
        pytest.skip("n3 (npm) is not installed")
    file = tmp_path / "graph"
    file.write_text(WRITERS[form](QUADS), encoding="utf-8", newline="")
    names = {"ntriples": "N-Triples", "nquads": "N-Quads"}
    run = [node, "-e", N3_COUNTS, str(file), names.get(form, form)]
    done = subprocess.run(run, capture_output=True, text=True, check=True)
    assert int(done.stdout) == (len(set(QUADS)) if form in ("trig", "nquads") else len(TRIPLES))


def test_turtle_declares_the_prefixes_that_it_uses_and_no_others() -> None:
    text = WRITERS["turtle"](QUADS)
    assert "@prefix bkg:" in text and "@prefix oa:" in text
    assert "@prefix dcat:" not in text and "@prefix graph:" not in text
    assert text.split("\n\n")[0].split("\n") == sorted(text.split("\n\n")[0].split("\n"))


def test_xml_refuses_what_it_cannot_hold() -> None:
    quad = ox.Quad(bkg("x"), bkg("y"), ox.Literal("\x01"))
    with pytest.raises(KgError, match="control character"):
        WRITERS["rdfxml"]([quad])


# Selecting


GAZETTEER = list(
    ox.parse(
        f"""PREFIX ent: <{terms.ENT}> PREFIX con: <{terms.CON}> PREFIX bkg: <{terms.BKG}> PREFIX skos: <{terms.SKOS}>
        GRAPH <{terms.GAZETTEER_GRAPH}> {{
          ent:france a bkg:State ; skos:prefLabel "France"@en ; bkg:iso3166 "FR" ; bkg:capital ent:paris .
          ent:paris a bkg:City ; skos:prefLabel "Paris"@en .
          ent:spain a bkg:State ; skos:prefLabel "Spain"@en . ent:italy a bkg:State ; skos:prefLabel "Italy"@en . }}
        GRAPH <{terms.ONTOLOGY_GRAPH}> {{
          con:flow-total a skos:Concept ; skos:inScheme con:flow ; skos:prefLabel "total"@en .
          con:flow a skos:ConceptScheme ; skos:hasTopConcept con:flow-exports .
          con:flow-exports a skos:Concept ; skos:prefLabel "exports"@en . }}""".encode(),
        format=ox.RdfFormat.TRIG,
    )
)
OTHER = document("France and Italy traded for 5 dollars in 2018. Ana Ruiz is the president of Spain.", "other")


@pytest.fixture(scope="module")
def store() -> ox.Store:
    office: list[tuple[str, Term]] = [
        ("person", person("Ana Ruiz", home="Spain")),
        ("office", Concept("office", "president")),
        ("of", state("Spain")),
    ]
    facts = [trade("5", (0, 46), sides=("France", "Italy")), fact("OfficeHolding", office, (47, 80))]
    said = [*document_quads(DOCUMENT, [trade("19", (0, 76))]), *document_quads(OTHER, facts)]
    return store_of(GAZETTEER, said, claim_quads(said))


def exported(store: ox.Store, form: str = "turtle", **choice: object) -> str:
    out = io.StringIO()
    export(store, out, form, **choice)  # type: ignore[arg-type]
    return out.getvalue()


def test_an_export_holds_what_the_facts_name_and_nothing_else(store: ox.Store) -> None:
    text = exported(store)
    assert 'skos:prefLabel "total"@en' in text and 'skos:prefLabel "Paris"@en' in text
    assert "flow-exports" not in text, "no fact names it"
    assert "bkg:claim" in text
    assert f"<{terms.GAZETTEER_GRAPH}>" not in text
    layers = exported(store, "trig")
    assert "graph:gazetteer {" in layers and "graph:derived {" in layers and "graph:document-" in layers
    assert "_:" not in exported(store, "nquads")


@pytest.mark.parametrize(
    ("choice", "there", "away"),
    [
        ({"document": "letter"}, ['"letter"', "bkg:amount 19"], ["OfficeHolding", '"other"', "ent:italy"]),
        ({"document": OTHER.sha256[:12]}, ['"other"', "OfficeHolding"], ['"letter"']),
        ({"type": "officeholding"}, ["OfficeHolding", '"other"', "ent:person-ana-ruiz a"], ["TradeFigure", '"letter"']),
        ({"pair": ("France", "italy")}, ["bkg:amount 5"], ["bkg:amount 19", "OfficeHolding"]),
        ({"pair": ("FR", "ent:spain")}, ["bkg:amount 19", '"letter"', "oa:exact"], ["bkg:amount 5", "OfficeHolding"]),
        ({"document": "other", "type": "TradeFigure"}, ["bkg:amount 5"], ["OfficeHolding", "bkg:amount 19"]),
    ],
)  # fmt: skip
def test_filters_keep_facts_with_all_that_they_rest_on(
    store: ox.Store, choice: dict[str, object], there: list[str], away: list[str]
) -> None:
    text = exported(store, **choice)
    assert not [words for words in there if words not in text]
    assert not [words for words in away if words in text]
    back = set(ox.parse(text.encode(), format=ox.RdfFormat.TURTLE))
    claimed = {q.object for q in back if q.predicate == bkg("claim")}
    assert claimed == {q.subject for q in back if q.object == bkg("Claim")} != set()


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({"document": "leter"}, "did you mean 'letter'"),
        ({"type": "TradeFigur"}, "did you mean 'TradeFigure'"),
        ({"type": "Qqq"}, "one of DiplomaticRelations"),
        ({"pair": ("Frace", "Spain")}, "did you mean 'France'"),
        ({"pair": ("ent:nowhere", "Spain")}, "no entity ent:nowhere"),
    ],
)  # fmt: skip
def test_what_names_nothing_is_refused(store: ox.Store, choice: dict[str, object], message: str) -> None:
    with pytest.raises(KgError, match=message):
        exported(store, **choice)


@pytest.mark.parametrize("name", ["out.foo", "out", "out.ttl.bak"])
def test_an_ending_that_tells_no_format_is_refused_with_those_that_do(store: ox.Store, tmp_path: Path, name: str) -> None:
    with pytest.raises(KgError, match="ending") as caught:
        export(store, tmp_path / name)
    assert ".ttl" in caught.value.remedy and not list(tmp_path.iterdir())
    assert export(store, tmp_path / name, "nquads") and (tmp_path / name).exists()


def test_the_ending_of_the_file_says_the_format(store: ox.Store, tmp_path: Path) -> None:
    export(store, tmp_path / "graph.nq")
    assert (tmp_path / "graph.nq").read_text() == exported(store, "nquads")
    with pytest.raises(KgError, match="cannot be written"):
        export(store, tmp_path / "nowhere" / "graph.nq")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["graph.nq"]
