"""Linked data: each address of the graph answers with a page or with triples."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
import pytest

pytest.importorskip("starlette", reason="needs the extra 'serve'")
pytest.importorskip("httpx", reason="needs the extra 'test'")

from starlette.testclient import TestClient

from kg.graph import open_store
from kg.queries import run_query
from kg.serve.formats import GRAPHS
from kg.serve.linked import KINDS
from kg.serve.settings import HOME
from kg.terms import OA, PROV, RDF, RDFS, SKOS
from tests.serving import seeds_graph, serving

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with serving(seeds_graph()) as found:
        yield found


def nodes(kind: str) -> list[str]:
    """Three IRIs of this kind that the graph holds."""
    text = f'SELECT DISTINCT ?x {{ {{ ?x ?p ?o }} UNION {{ GRAPH ?x {{ ?s ?q ?t }} }} FILTER(STRSTARTS(STR(?x), "{HOME}{kind}/")) }} ORDER BY ?x LIMIT 3'
    return [row[0].value for row in run_query(open_store(seeds_graph()), text).rows if row[0] is not None]


def triples(client: TestClient, path: str, format: ox.RdfFormat = ox.RdfFormat.TURTLE) -> set[tuple[str, str, str]]:
    answer = client.get(path, headers={"Accept": format.media_type})
    assert answer.status_code == 200, answer.text
    return {(q.subject.value, q.predicate.value, q.object.value) for q in ox.parse(answer.content, format=format)}


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("contribution", "agent", "target")])
def test_every_kind_of_node_has_its_triples(client: TestClient, kind: str) -> None:
    found = nodes(kind)
    assert found
    for iri in found:
        path = "/" + iri.removeprefix(HOME)
        about = triples(client, path)
        assert kind == "graph" or any(subject == iri for subject, _, _ in about)


def test_all_formats_say_the_same(client: TestClient) -> None:
    path = "/" + nodes("fact")[0].removeprefix(HOME)
    first = triples(client, path)
    for format in GRAPHS:
        writer = ox.RdfFormat.from_media_type(format.media_type)
        assert writer is not None
        assert triples(client, path, writer) == first
        answer = client.get(f"{path}.{format.name}", headers=BROWSER)
        assert answer.headers["content-type"].split(";")[0] == format.media_type
        assert {(q.subject.value, q.predicate.value, q.object.value) for q in ox.parse(answer.content, format=writer)} == first


def test_a_fact_comes_with_its_evidence_rule_and_labels(client: TestClient) -> None:
    iri = nodes("fact")[0]
    about = triples(client, "/" + iri.removeprefix(HOME))
    evidence = next(o for s, p, o in about if s == iri and p == PROV + "wasDerivedFrom")
    selectors = [o for s, p, o in about if s == evidence and p == OA + "hasSelector"]
    assert len(selectors) == 2 and any(p == OA + "exact" and s in selectors for s, p, _ in about)
    activity = next(o for s, p, o in about if s == iri and p == PROV + "wasGeneratedBy")
    assert any(s == activity and p == RDF + "type" for s, p, _ in about)
    assert any(p == RDFS + "label" and s == iri for s, p, _ in about)
    assert any(p == SKOS + "prefLabel" and s != iri for s, p, _ in about)


def test_an_entity_comes_with_the_facts_that_name_it(client: TestClient) -> None:
    about = triples(client, "/entity/kazakhstan")
    facts = {s for s, _, o in about if o == HOME + "entity/kazakhstan" and s.startswith(HOME + "fact/")}
    assert len(facts) > 20
    assert facts <= {s for s, p, _ in about if p == RDFS + "label"}


def test_a_document_comes_with_its_facts(client: TestClient) -> None:
    about = triples(client, "/" + nodes("document")[0].removeprefix(HOME))
    assert len({s for s, p, _ in about if p == PROV + "wasDerivedFrom"}) > 5


def test_a_browser_gets_a_page_and_a_program_triples(client: TestClient) -> None:
    page = client.get("/entity/kazakhstan", headers=BROWSER)
    assert page.headers["content-type"].startswith("text/html") and "accept" in page.headers["vary"].lower()
    assert 'rel="alternate"; type="text/turtle"' in page.headers["link"]
    program = client.get("/entity/kazakhstan", headers={"Accept": "application/ld+json, application/rdf+xml;q=0.5"})
    assert program.headers["content-type"] == "application/ld+json"
    assert program.headers["content-location"] == "/entity/kazakhstan.jsonld"
    assert f'<{HOME}entity/kazakhstan>; rel="canonical"' in program.headers["link"]
    assert client.get("/entity/kazakhstan.html").headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("name", ["none", "none.ttl", "a b", "x%3E%20y", "%00", "../../etc/passwd", "%2e%2e/x", "kazakhstan/x", "kazakhstan.docx"])
@pytest.mark.parametrize("accept", ["text/turtle", "text/html"])
def test_what_the_graph_does_not_know_is_404(client: TestClient, name: str, accept: str) -> None:
    answer = client.get(f"/entity/{name}", headers={"Accept": accept})
    assert answer.status_code == 404, answer.text
    assert "Traceback" not in answer.text


def test_the_ontology_and_the_graphs(client: TestClient) -> None:
    about = triples(client, "/ontology")
    assert (HOME + "ontology#TradeFigure", RDF + "type", "http://www.w3.org/2002/07/owl#Class") in about
    assert triples(client, "/graph/ontology") == about
    assert client.get("/ontology.jsonld").headers["content-type"] == "application/ld+json"
    assert client.get("/ontologyx").status_code == 404
    assert client.get("/graph/none.ttl").status_code == 404
