"""The saved queries on their samples, on two engines alike; parameters, refusals, formats, explanations, derivation."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg.errors import QueryError
from kg.queries import (
    FORMATS,
    Result,
    SavedQuery,
    derive,
    explain_empty,
    find_query,
    load_queries,
    make_query,
    read_query,
    render,
    run_checks,
    run_limited,
    run_query,
)
from kg.queries.derive import PLAIN_STATEMENT, STATEMENT
from kg.queries.engine import compact
from kg.queries.parameters import find_value, substitute
from kg.queries.tokens import find_places, find_tokens
from kg.terms import BKG, CON, DOC, ENT, FACT_TYPES, ONTOLOGY_GRAPH, PROV, RDF, XSD

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

ROOT = Path(__file__).resolve().parent.parent
QUERIES = load_queries(ROOT / "queries")
BY_NAME = {query.name: query for query in QUERIES}
CHECKS = [query for query in QUERIES if query.kind == "check"]
DERIVES = [query for query in QUERIES if query.kind == "derive"]
SAMPLES = sorted({query.sample for query in QUERIES})
CLEAN = [sample for sample in SAMPLES if not sample.endswith("faults.ttl")]


@cache
def oxigraph(sample: str) -> ox.Store:
    """The sample in a named graph, and all but its facts in a second: a query that counts a triple twice fails."""
    store = ox.Store()
    for name in ("urn:one", "urn:two"):
        store.load((ROOT / sample).read_bytes(), format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(name))
    for quad in store.quads_for_pattern(None, None, None, ox.NamedNode("urn:two")):
        if not str(quad.subject).startswith((f"<{ENT}", f"<{CON}", f"<{DOC}")):
            store.remove(quad)
    return store


@cache
def rdflib_dataset(sample: str) -> rdflib.Dataset:
    dataset = rdflib.Dataset(default_union=True)
    dataset.graph(rdflib.URIRef("urn:one")).parse(ROOT / sample, format="turtle")
    return dataset


def shown(result: Result) -> list[str]:
    """The rows as headers write them; of a derive query only the plain triples."""
    rows = [row for row in result.rows if result.form != "construct" or not str(row[0]).startswith(f"<{STATEMENT}")]
    return [" | ".join(compact(term) for term in row) for row in rows]


# --- every query on its sample


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: q.name)
def test_gives_the_rows_of_its_header(query: SavedQuery) -> None:
    assert shown(run_query(oxigraph(query.sample), query)) == list(query.rows)


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: q.name)
def test_same_terms_on_rdflib(query: SavedQuery) -> None:
    result = run_query(rdflib_dataset(query.sample), query)
    assert result == run_query(oxigraph(query.sample), query)
    assert result.rows, "a sample must show the query at work"


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: q.name)
def test_runs_as_it_stands(query: SavedQuery) -> None:
    """Valid SPARQL unaided: no prefix and no parameter comes from elsewhere."""
    answer = oxigraph(query.sample).query(query.text, use_default_graph_as_union=True)
    assert len(list(answer)) >= len(query.rows)


@pytest.mark.parametrize("query", [q for q in QUERIES if q.parameters], ids=lambda q: q.name)
def test_every_parameter_can_be_left_open_on_both_engines(query: SavedQuery) -> None:
    text = substitute(query.text, {p.name: None for p in query.parameters})
    open_query = SavedQuery(query.name, "", "", query.kind, (), (), "", (), text, query.file)
    result = run_query(oxigraph(query.sample), open_query)
    assert result == run_query(rdflib_dataset(query.sample), open_query)


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: q.name)
def test_question_names_only_parameters(query: SavedQuery) -> None:
    assert set(re.findall(r"\{(\w+)\}", query.question)) <= {p.name for p in query.parameters}


def test_every_fact_type_is_asked_for() -> None:
    words = {token.text for query in QUERIES for token in find_tokens(query.text)}
    assert {f"bkg:{name}" for name in FACT_TYPES} <= words


def test_samples_are_well_formed() -> None:
    for sample in SAMPLES:
        for quad in oxigraph(sample):
            assert not isinstance(quad.subject, ox.BlankNode) and not isinstance(quad.object, ox.BlankNode)


# --- checks


@pytest.mark.parametrize("query", CHECKS, ids=lambda q: q.name)
@pytest.mark.parametrize("sample", CLEAN)
def test_check_is_silent_on_a_clean_graph(query: SavedQuery, sample: str) -> None:
    assert run_query(oxigraph(sample), query).rows == ()


@pytest.mark.parametrize("query", CHECKS, ids=lambda q: q.name)
def test_check_says_what_is_wrong(query: SavedQuery) -> None:
    result = run_query(oxigraph(query.sample), query)
    assert result.columns[-1] == "fault" and all(row[-1] is not None for row in result.rows)


def test_run_checks_shows_every_check() -> None:
    found = run_checks(oxigraph("tests/graphs/faults.ttl"), ROOT / "queries")
    assert [query.name for query, _ in found] == [query.name for query in CHECKS]
    assert all(result.rows for _, result in found)
    assert not any(result.rows for _, result in run_checks(ox.Store(), ROOT / "queries"))


# --- the derived layer


@pytest.mark.parametrize("sample", CLEAN)
def test_derived_triples_have_their_facts(sample: str) -> None:
    store = oxigraph(sample)
    quads = set(derive(store, queries=QUERIES))
    assert quads == set(derive(store, queries=QUERIES))
    statements = {q.subject for q in quads if q.object == ox.NamedNode(PLAIN_STATEMENT)}
    plain = {(q.subject, q.predicate, q.object) for q in quads if q.subject not in statements}
    parts = {
        name: {q.subject: q.object for q in quads if q.predicate == ox.NamedNode(iri)}
        for name, iri in {"s": RDF + "subject", "p": RDF + "predicate", "o": RDF + "object",
                          "fact": PROV + "wasDerivedFrom"}.items()
    }
    assert {(parts["s"][n], parts["p"][n], parts["o"][n]) for n in statements} == plain
    assert set(parts["fact"]) == statements
    for fact in parts["fact"].values():
        assert next(store.quads_for_pattern(fact, ox.NamedNode(BKG + "status"), ox.NamedNode(BKG + "Asserted")), None)
        assert next(store.quads_for_pattern(fact, ox.NamedNode(BKG + "statedBy"), None), None) is None
    everything = ox.Store()
    everything.extend([*store, *quads])
    assert not any(result.rows for _, result in run_checks(everything, ROOT / "queries"))


def plain_triples(sample: str, on: date | None = None) -> set[str]:
    quads = set(derive(oxigraph(sample), on=on, queries=QUERIES))
    plain = [quad for quad in quads if STATEMENT not in str(quad.subject)]
    return {" ".join(map(compact, (quad.subject, quad.predicate, quad.object))) for quad in plain}


def test_a_fact_with_an_end_makes_no_plain_triple() -> None:
    assert "ent:norway bkg:leases ent:gdansk-terminal" not in plain_triples("tests/graphs/projects.ttl")
    assert "ent:kenya bkg:memberOf ent:un-security-council" not in plain_triples("tests/graphs/treaties.ttl")


def test_seen_from_a_day_a_fact_with_a_later_end_does() -> None:
    lease = "ent:norway bkg:leases ent:gdansk-terminal"
    assert lease in plain_triples("tests/graphs/projects.ttl", date(2026, 1, 1))
    assert lease not in plain_triples("tests/graphs/projects.ttl", date(2041, 1, 1))


MEMBERSHIPS = """
@prefix bkg: <https://w3id.org/bilateral-kg/ontology#> .
@prefix ent: <https://w3id.org/bilateral-kg/entity/> .
@prefix fact: <https://w3id.org/bilateral-kg/fact/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
fact:undated a bkg:Membership ; bkg:status bkg:Asserted ; bkg:member ent:peru ; bkg:organisation ent:pact .
fact:ended a bkg:Membership ; bkg:status bkg:Asserted ; bkg:member ent:peru ; bkg:organisation ent:pact ;
  bkg:endDate "1999"^^xsd:gYear ; bkg:latest "1999-12-31"^^xsd:date .
"""
AGAIN = """fact:again a bkg:Membership ; bkg:status bkg:Asserted ; bkg:member ent:peru ; bkg:organisation ent:pact ;
  bkg:startDate "2005"^^xsd:gYear ; bkg:earliest "2005-01-01"^^xsd:date ."""


@pytest.mark.parametrize(("turtle", "facts"), [(MEMBERSHIPS, set()), (MEMBERSHIPS + AGAIN, {"fact:again"})])
def test_an_end_that_another_fact_knows_ends_an_undated_one(turtle: str, facts: set[str]) -> None:
    store = ox.Store()
    store.load(turtle.encode(), format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode("urn:g"))
    quads = set(derive(store, queries=QUERIES))
    assert {compact(q.object) for q in quads if q.predicate.value == PROV + "wasDerivedFrom"} == facts
    dataset = rdflib.Dataset(default_union=True)
    dataset.graph(rdflib.URIRef("urn:g")).parse(data=turtle, format="turtle")
    assert set(derive(dataset, queries=QUERIES)) == quads


def test_what_a_speaker_says_or_a_plan_foresees_makes_no_plain_triple() -> None:
    treaties = plain_triples("tests/graphs/treaties.ttl")
    assert "ent:india bkg:memberOf ent:group-of-eleven" not in treaties
    assert "ent:france bkg:signatoryOf ent:upper-rhine-rail-memorandum" not in treaties
    assert not any("strategicPartnerOf" in triple for triple in plain_triples("tests/graphs/voices.ttl"))


def test_derived_properties_are_declared() -> None:
    used = {q.predicate.value for sample in CLEAN for q in derive(oxigraph(sample), queries=QUERIES)}
    made = {t.text for q in DERIVES for t in find_tokens(q.text) if re.fullmatch(r"bkg:[a-z]\w+(Of|With|In)", t.text)}
    declared = ox.Store()
    declared.load((ROOT / "ontology/derived.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)
    subjects = {compact(q.subject) for q in declared}
    assert made <= subjects
    own = {compact(ox.NamedNode(p)) for p in used if p.startswith(BKG)}
    assert own - {"bkg:startDate", "bkg:endDate", "bkg:earliest", "bkg:latest"} <= subjects
    check = BY_NAME["check-plain-triple-without-fact"].text
    assert all(name in check for name in subjects if name != "bkg:PlainStatement")


# --- headers

GOOD = """#+ title: Agreements
#+ question: Which agreements has {a}?
#+ tags: [agreements]
#+ params:
#+   a: {type: state, default: ent:france}
#+ sample: tests/graphs/treaties.ttl
#+ rows: []
PREFIX bkg: <https://w3id.org/bilateral-kg/ontology#>
PREFIX ent: <https://w3id.org/bilateral-kg/entity/>
SELECT DISTINCT ?x WHERE { VALUES ?a { ent:france } ?x bkg:party ?a } ORDER BY STR(?x)
"""

BROKEN = {
    "no header": (lambda t: t.replace("#+", "##"), 1, "header is missing"),
    "unknown key": (lambda t: t.replace("#+ tags", "#+ tag"), 3, "unknown key 'tag'"),
    "no question": (lambda t: t.replace("#+ question: Which agreements has {a}?\n", ""), 1, "no 'question'"),
    "broken YAML": (lambda t: t.replace("[agreements]", "[agreements"), 4, "no valid YAML"),
    "unknown type": (lambda t: t.replace("type: state", "type: country"), 5, "unknown type 'country'"),
    "unknown parameter key": (lambda t: t.replace("default:", "defaults:"), 5, "unknown key 'defaults'"),
    "unknown kind": (lambda t: t.replace("#+ rows", "#+ kind: answer\n#+ rows"), 7, "kind 'answer' is unknown"),
    "no place": (lambda t: t.replace("VALUES ?a { ent:france }", ""), 5, "no place in the query"),
    "other default": (lambda t: t.replace("{ ent:france }", "{ ent:germany }"), 10, "stands for ent:germany here"),
    "undeclared prefix": (lambda t: t.replace("PREFIX ent:", "PREFIX e:"), 10, "prefix 'ent': is not declared"),
    "no order": (lambda t: t.replace("ORDER BY STR(?x)", ""), 10, "no order"),
    "wrong form": (lambda t: t.replace("#+ rows", "#+ kind: derive\n#+ rows"), 11, "of kind derive is a CONSTRUCT"),
    "no SPARQL": (lambda t: t.replace("?x bkg:party ?a", "?x bkg:party"), 10, "no valid SPARQL"),
}


def test_good_header_is_read() -> None:
    query = make_query("agreements", GOOD, "agreements.rq")
    assert (query.title, query.kind, query.tags) == ("Agreements", "question", ("agreements",))
    assert query.parameters[0].default == "ent:france"


@pytest.mark.parametrize("name", BROKEN)
def test_broken_header_names_file_and_line(name: str, tmp_path: Path) -> None:
    change: Callable[[str], str]
    change, line, what = BROKEN[name]
    path = tmp_path / "broken.rq"
    path.write_text(change(GOOD), encoding="utf-8")
    with pytest.raises(QueryError, match=re.escape(what)) as caught:
        read_query(path)
    assert (caught.value.file, caught.value.line) == (str(path), line)
    assert caught.value.remedy


def test_unreadable_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "bad.rq").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(QueryError, match=r"bad\.rq"):
        load_queries(tmp_path)


def test_unknown_query_names_the_nearest() -> None:
    with pytest.raises(QueryError, match="trade-of-a-pair"):
        find_query("trade-of-pair", QUERIES)


# --- parameters


@pytest.mark.parametrize("form", [
    "Germany", "germany", "GERMANY", " Germany ", "DE", "DEU", "de", "the Federal Republic of Germany", "Berlin",
    "ent:germany", "https://w3id.org/bilateral-kg/entity/germany", "<https://w3id.org/bilateral-kg/entity/germany>",
])
def test_a_state_is_known_in_every_form(form: str) -> None:
    query = BY_NAME["agreements-of-a-pair"]
    for store in (oxigraph(query.sample), rdflib_dataset(query.sample)):
        assert shown(run_query(store, query, {"b": form})) == list(query.rows)


@pytest.mark.parametrize(("name", "parameter", "value", "term"), [
    ("agreement-history", "agreement", "Elysee Treaty", "ent:elysee-treaty"),
    ("agreement-history", "agreement", "franco–german friendship treaty", "ent:elysee-treaty"),
    ("project-standing", "project", "Baltic Power Cable", "ent:baltic-cable"),
    ("leases", "actor", "gdansk terminal", "ent:gdansk-terminal"),
    ("projects-by-sector", "sector", "energy", "con:sector-energy"),
    ("positions-of-an-actor", "stance", "opposes", "con:stance-opposes"),
    ("office-holders-on-a-date", "office", "minister of foreign affairs", "con:office-foreign-minister"),
    ("facts-of-a-document", "document", "Three capitals", "doc:three-capitals"),
    ("facts-of-a-document", "document", "three-capitals", "doc:three-capitals"),
    ("evidence-of-a-fact", "fact", "ik-2018-c", "fact:ik-2018-c"),
    ("evidence-of-a-fact", "fact", "fact:ik-2018-c", "fact:ik-2018-c"),
    ("evidence-of-a-fact", "fact", "ik-ex", "fact:ik-exports-2018"),
    ("planned", "type", "trade figure", "bkg:TradeFigure"),
    ("planned", "type", "bkg:TradeFigure", "bkg:TradeFigure"),
    ("planned", "from", "2018", "2018-01-01"),
    ("planned", "until", "2018", "2018-12-31"),
    ("planned", "until", "2020-02", "2020-02-29"),
    ("planned", "until", "2020-12", "2020-12-31"),
    ("counts-by-type", "status", "planned", "bkg:Planned"),
    ("counts-by-type", "status", "bkg:Denied", "bkg:Denied"),
])
def test_values_become_terms(name: str, parameter: str, value: str, term: str) -> None:
    query = BY_NAME[name]
    spec = query.parameter(parameter)
    assert spec is not None
    assert compact(find_value(oxigraph(query.sample), spec, value)) == term


@pytest.mark.parametrize(("name", "params", "what", "remedy"), [
    ("agreements-of-a-pair", {"a": "Frence"}, "no state of the graph is called 'Frence'", "'France' (ent:france)"),
    ("agreements-of-a-pair", {"a": "ent:frence"}, "does not know ent:frence", "'France' (ent:france)"),
    ("agreements-of-a-pair", {"a": "ent:elysee-treaty"}, "is no state but bkg:Agreement", "a state"),
    ("agreements-of-a-pair", {"a": "Luc Moreau"}, "no state of the graph is called 'Luc Moreau'", ""),
    ("agreements-of-a-pair", {"c": "France"}, "has no parameter 'c'", "it takes a, b, from, until"),
    ("agreements-of-a-pair", {"form": "2018"}, "has no parameter 'form'", "did you mean 'from'?"),
    ("agreements-of-a-pair", {"from": "2019-02-30"}, "'2019-02-30' is no date", "write 2018"),
    ("agreements-of-a-pair", {"from": "last year"}, "'last year' is no date", "write 2018"),
    ("counts-by-type", {"status": "maybe"}, "'maybe' is no status", "Hypothetical"),
    ("planned", {"type": "Nope"}, "'Nope' is no type of fact", "write one of DiplomaticRelations, AgreementAction"),
    ("planned", {"type": "TradeFigur"}, "is no type of fact", "TradeFigure"),
    ("evidence-of-a-fact", {"fact": "0123456789"}, "no fact '0123456789'", "IRI"),
    ("evidence-of-a-fact", {"fact": "kenyan-students"}, "3 facts begin with", "more of the fact's IRI: fact:kenyan-students"),
    ("evidence-of-a-fact", {"fact": "fact:kenyan-students"}, "3 facts begin with", "more of the fact's IRI: fact:kenyan-students"),
    ("evidence-of-a-fact", {"fact": "ken"}, "'ken' is too short to name a fact", "write at least 4"),
    ("agreements-of-a-pair", {"a": "<http://x/ y>"}, "is no IRI", "leave out spaces"),
])
def test_wrong_values_are_refused_with_a_remedy(name: str, params: dict[str, str], what: str, remedy: str) -> None:
    query = BY_NAME[name]
    with pytest.raises(QueryError) as caught:
        run_query(oxigraph(query.sample), query, params)
    assert what in caught.value.what
    assert remedy in caught.value.remedy


def test_an_ambiguous_name_lists_what_it_may_mean() -> None:
    query = BY_NAME["members-of-an-organisation"]
    with pytest.raises(QueryError, match="names 2 of the graph's entities") as caught:
        run_query(oxigraph("tests/graphs/faults.ttl"), query, {"organisation": "rhine forum"})
    assert "ent:rhine-forum (" in caught.value.remedy and "ent:rhine-forum-2 (" in caught.value.remedy


def test_a_number_is_bound_as_a_number() -> None:
    text = GOOD.replace("type: state, default: ent:france", "type: number, default: 10").replace(
        "{ ent:france } ?x bkg:party ?a", "{ 10 } ?x bkg:changePercent ?a")
    query = make_query("change", text, "change.rq")
    assert len(run_query(oxigraph("tests/graphs/trade.ttl"), query, {"a": "20"}).rows) == 1
    with pytest.raises(QueryError, match="no number"):
        run_query(oxigraph("tests/graphs/trade.ttl"), query, {"a": "20)"})


# --- values never become part of the query's own words

EVIL = [
    '" } ?s ?p ?o #', "\" } UNION { ?s ?p ?o } BIND(\"", "\\", '\\"', "\\\\\" }", "a\nb", "' OR 1=1", '"""',
    "\\u0022 } ?s ?p ?o",
    "\\\\u0022", "\\U00000022", "${x}", "{{}}", "<http://x>", "}", "?s", "# comment", "\u2028", "é – \U0001f600",
]


@pytest.mark.parametrize("value", EVIL)
def test_a_text_is_one_term_and_stays_itself(value: str) -> None:
    text = 'SELECT ?x WHERE { VALUES ?x { "default" } }'
    for store in (ox.Store(), rdflib.Dataset(default_union=True)):
        result = run_query(store, text, {"x": value})
        assert result.rows == ((ox.Literal(value),),)


@pytest.mark.parametrize("value", EVIL)
def test_an_evil_name_names_nothing(value: str) -> None:
    with pytest.raises(QueryError):
        run_query(oxigraph("tests/graphs/trade.ttl"), BY_NAME["trade-of-a-pair"], {"a": value})


def test_a_place_in_a_string_or_comment_is_none() -> None:
    text = 'SELECT ?x { # VALUES ?a { 1 }\n BIND("VALUES ?a { 2 }" AS ?x) VALUES ?a { 3 } }'
    assert [place.term for place in find_places(find_tokens(text))] == ["3"]
    assert substitute(text, {"a": ox.Literal("4")}).endswith('VALUES ?a { "4" } }')


# --- free queries

REFUSED = [
    ("SELECT * { SERVICE <http://example.org/sparql> { ?s ?p ?o } }", "SERVICE"),
    ("SELECT * { service SILENT <http://example.org/sparql> { ?s ?p ?o } }", "SERVICE"),
    ("SELECT * { ?s ?p ?o . { SerVice ?s { ?a ?b ?c } } }", "SERVICE"),
    ("SELECT * { FILTER(1<2)SERVICE:x#>\n{ ?s ?p ?o } }", "SERVICE"),
    ("LOAD <file:///etc/passwd>", "LOAD"),
    ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "INSERT"),
    ("DELETE WHERE { ?s ?p ?o }", "DELETE"),
    ("DROP ALL", "DROP"),
    ("CLEAR ALL", "CLEAR"),
    ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "FROM"),
    ("SELECT * FROM NAMED <http://example.org/g> { GRAPH ?g { ?s ?p ?o } }", "FROM"),
    ("PREFIX x: <http://example.org/> SELECT * FROM x:g { ?s ?p ?o }", "FROM"),
    ("SELECT * { \\u0053ERVICE <http://example.org/> { ?s ?p ?o } }", "the query"),
    ("SELECT * { ?s foo:bar ?o }", "prefix 'foo'"),
    ('SELECT * { ?s ?p "open }', "no SPARQL token"),
    ("", "empty"),
]


@pytest.mark.parametrize(("text", "what"), REFUSED)
def test_what_a_query_must_not_do_is_refused(text: str, what: str) -> None:
    for store in (ox.Store(), rdflib.Dataset(default_union=True)):
        with pytest.raises(QueryError, match=re.escape(what)) as caught:
            run_query(store, text)
        assert caught.value.remedy


@pytest.mark.parametrize("text", [
    'SELECT ?x { BIND("SERVICE LOAD INSERT FROM <http://x>" AS ?x) }',
    "SELECT ?x { BIND(<http://example.org/SERVICE/LOAD> AS ?x) }",
    "SELECT ?x { BIND(1 AS ?x) # SERVICE <http://x> { }\n }",
    "SELECT ?x { BIND('''DROP \"ALL\" 'x' ''' AS ?x) }",
    "PREFIX service: <urn:x:> SELECT ?x { BIND(service:load AS ?x) }",
    "SELECT ?service { BIND(1 AS ?service) }",
])
def test_the_same_words_in_strings_iris_and_comments_are_fine(text: str) -> None:
    for store in (ox.Store(), rdflib.Dataset(default_union=True)):
        assert len(run_query(store, text).rows) == 1


def test_a_graph_of_the_store_may_be_named() -> None:
    store = ox.Store()
    a, b, graph = ox.NamedNode(ENT + "a"), ox.NamedNode(BKG + "b"), ox.NamedNode(ONTOLOGY_GRAPH)
    store.add(ox.Quad(a, b, a, graph))
    assert len(run_query(store, "SELECT * FROM graph:ontology { ?s ?p ?o }").rows) == 1
    with pytest.raises(QueryError, match="names no graph"):
        run_query(store, "SELECT * FROM graph:derived { ?s ?p ?o }")


def test_rdflib_takes_no_escapes_that_it_would_expand_too_early() -> None:
    with pytest.raises(QueryError, match="escapes"):
        run_query(rdflib.Dataset(default_union=True), 'SELECT ?x { BIND("\\u0022" AS ?x) }')


def test_a_syntax_error_has_line_column_and_remedy() -> None:
    with pytest.raises(QueryError, match=r"column 25: .* near '{ \?s \?p }'"):
        run_query(ox.Store(), "SELECT * WHERE { ?s ?p }")
    with pytest.raises(QueryError, match=r"column \d: .* near '\?x }'") as caught:
        run_query(ox.Store(), "SELECT ?x {\n ?x }")
    assert caught.value.line == 2 and caught.value.remedy


def test_free_queries_need_no_prefixes_and_take_every_form() -> None:
    store = oxigraph("tests/graphs/treaties.ttl")
    assert len(run_query(store, "SELECT DISTINCT ?x { ?x bkg:party ent:france }").rows) == 7
    assert run_query(store, "ASK { ?x bkg:party ent:france }").answer is True
    assert run_query(store, "DESCRIBE ent:france").form == "construct"
    assert run_query(store, "SELECT ?x { VALUES ?x { ent:france } }", {"x": "Germany"}).rows[0][0] == ox.NamedNode(
        ENT + "germany")


# --- a query in a process of its own


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    store = ox.Store(str(folder))
    store.extend(oxigraph("tests/graphs/trade.ttl"))
    store.flush()
    del store
    return folder


def test_the_worker_answers(stored: Path) -> None:
    query = BY_NAME["trade-of-a-pair"]
    assert shown(run_limited(stored, query, {"a": "India"})) == list(query.rows)
    with pytest.raises(QueryError, match="SERVICE") as caught:
        run_limited(stored, "SELECT * { SERVICE <http://x> { ?s ?p ?o } }")
    assert caught.value.remedy and caught.value.line == 1


def test_the_worker_is_stopped(stored: Path) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    with pytest.raises(QueryError, match="stopped after 1 s"):
        run_limited(stored, endless, seconds=1)


# --- formats


def test_table_shows_labels_and_aligns_numbers() -> None:
    query = BY_NAME["counts-by-document"]
    assert render(run_query(oxigraph(query.sample), query), "table", oxigraph(query.sample)) == (
        "document            title               facts\n"
        "------------------  ------------------  -----\n"
        "Harbour bulletin    Harbour bulletin        8\n"
        "Ocean trade letter  Ocean trade letter      6\n"
    )


def test_table_shows_facts_by_iri_and_the_rest_without_store_in_short() -> None:
    query = BY_NAME["joint-bodies"]
    result = run_query(oxigraph(query.sample), query)
    assert "Franco-German Council of Ministers" in render(result, "table", oxigraph(query.sample))
    assert "fact:council-body" in render(result, "table", oxigraph(query.sample))
    assert "ent:franco-german-council" in render(result, "table")


TRICKY = Result("select", ("a", "b"), (
    (ox.NamedNode(ENT + "france"), ox.Literal('say "x", <y> & |z|\nend', language="en")),
    (None, ox.Literal("7", datatype=ox.NamedNode(XSD + "integer"))),
    (ox.Literal("2018", datatype=ox.NamedNode(XSD + "gYear")), ox.Literal("tab\there")),
))


def test_row_formats() -> None:
    iri = ENT + "france"
    assert render(TRICKY, "csv") == f'a,b\r\n{iri},"say ""x"", <y> & |z|\nend"\r\n,7\r\n2018,tab\there\r\n'
    assert render(TRICKY, "tsv").splitlines()[:2] == ["?a\t?b", f'<{iri}>\t"say \\"x\\", <y> & |z|\\nend"@en']
    assert "say \"x\", <y> & \\|z\\| end" in render(TRICKY, "markdown")
    assert [json.loads(line) for line in render(TRICKY, "jsonl").splitlines()][1] == {"a": None, "b": 7}


@pytest.mark.parametrize(("format", "kind"), [
    ("json", ox.QueryResultsFormat.JSON), ("xml", ox.QueryResultsFormat.XML), ("tsv", ox.QueryResultsFormat.TSV),
])
def test_standard_formats_are_read_back_by_another_reader(format: str, kind: ox.QueryResultsFormat) -> None:
    read = ox.parse_query_results(render(TRICKY, format).encode(), format=kind)
    assert isinstance(read, ox.QuerySolutions)
    assert tuple(tuple(row) for row in read) == TRICKY.rows


def test_yes_or_no() -> None:
    answer = Result("ask", (), (), True)
    assert render(answer, "table") == "yes\n"
    assert json.loads(render(answer, "json"))["boolean"] is True
    assert "<boolean>true</boolean>" in render(answer, "xml")
    assert [render(answer, f) for f in ("csv", "tsv", "jsonl", "markdown")] == ["true\n", "true\n", "true\n", "yes\n"]


def test_triples_as_turtle_and_ntriples() -> None:
    query = BY_NAME["derive-leases"]
    result = run_query(oxigraph(query.sample), query)
    turtle = render(result, "turtle")
    assert "ent:japan bkg:leases ent:lima-wharf" in turtle and turtle.startswith("@prefix ")
    for format, kind in (("turtle", "turtle"), ("ntriples", "nt")):
        assert len(rdflib.Graph().parse(data=render(result, format), format=kind)) == len(result.rows)
    assert "wasDerivedFrom" in render(result, "table")


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_is_deterministic(format: str) -> None:
    query = BY_NAME["derive-leases" if format in {"turtle", "ntriples"} else "trade-of-a-pair"]
    store = oxigraph(query.sample)
    assert render(run_query(store, query), format, store) == render(run_query(store, query), format, store) != ""


def test_a_format_that_does_not_fit_is_refused() -> None:
    with pytest.raises(QueryError, match="for triples"):
        render(TRICKY, "turtle")
    with pytest.raises(QueryError, match="no format is called 'excel'"):
        render(TRICKY, "excel")


# --- why there are no rows


@pytest.mark.parametrize(("sample", "name", "params", "expected"), [
    ("trade", "leases", {}, "no fact of type Lease"),
    ("projects", "project-standing", {"project": "Gobi Fair"}, "there are rows for"),
    ("voices", "positions-of-an-actor", {"actor": "Karl Vogt"}, "none of 3 rows; there are rows for Brazil"),
    ("treaties", "diplomatic-relations-of-a-pair", {"a": "France", "b": "Germany"}, "other values give 8 rows, for"),
    ("treaties", "meetings-of-an-actor", {"actor": "Paris"}, "ent:anna-keller"),
    ("trade", "trade-of-a-pair", {"a": "Poland", "b": "Japan", "from": "2019"}, "from = 2019-01-01 leaves none of 1"),
    ("treaties", "members-of-an-organisation", {"organisation": "Oslo"}, "there are rows for"),
    ("treaties", "agreements-in-force", {"a": "Kenya", "b": "Norway"}, "France (ent:france)"),
])
def test_an_empty_answer_is_explained(sample: str, name: str, params: dict[str, str], expected: str) -> None:
    store, query = oxigraph(f"tests/graphs/{sample}.ttl"), BY_NAME[name]
    assert run_query(store, query, params).rows == ()
    assert expected in explain_empty(store, query, params)


def test_what_stands_in_the_query_itself_is_told_from_what_was_asked_for() -> None:
    store, query = oxigraph("tests/graphs/trade.ttl"), BY_NAME["trade-of-a-pair"]
    said = explain_empty(store, query, {"from": "2999"})
    assert said.endswith("a and b are the query's own examples: choose with --param a=... --param b=...")
    assert "own example" not in explain_empty(store, query, {"a": "IN", "b": "KE", "from": "2999"})
    elsewhere = oxigraph("tests/graphs/projects.ttl")
    assert "fact: the graph does not know fact:ik-2018-c." in explain_empty(elsewhere, BY_NAME["evidence-of-a-fact"])


def test_near_names_begin_with_those_that_hold_the_word() -> None:
    query = BY_NAME["offices-of-a-person"]
    with pytest.raises(QueryError) as caught:
        run_query(oxigraph(query.sample), query, {"person": "Keller"})
    assert caught.value.remedy.startswith("did you mean 'Anna Keller' (ent:anna-keller)")


def test_an_empty_graph_is_named_as_such() -> None:
    assert "no fact at all" in explain_empty(ox.Store(), BY_NAME["leases"])
    assert explain_empty(ox.Store(), CHECKS[0]) == ""


# --- the documentation


def test_docs_list_every_query() -> None:
    text = (ROOT / "docs/queries.md").read_text(encoding="utf-8")
    table = text.partition("## All saved queries")[2]
    listed = re.findall(r"^\| `([a-z0-9-]+)` \| (.*) \|$", table, re.MULTILINE)
    assert listed == [(query.name, query.question.replace("|", "\\|")) for query in QUERIES]
    for name in FORMATS:
        assert f"`{name}`" in text
