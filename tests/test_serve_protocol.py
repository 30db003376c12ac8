"""The SPARQL 1.1 protocol: the requests of the W3C's 20 query tests and 14 update tests, written from the specification,
and the cases around them. The endpoint only reads: each update is refused with the reason.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest

pytest.importorskip("starlette", reason="needs the extra 'serve'")
pytest.importorskip("httpx", reason="needs the extra 'test'")

from starlette.testclient import TestClient

from tests.serving import make_graph, serving

ONE, TWO, THREE = (f"http://example.org/data{n}.rdf" for n in (1, 2, 3))
TRIG = "\n".join(f"<{name}> {{ <{name}> a <http://example.org/Document> }}" for name in (ONE, TWO, THREE))
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
ASK = "ASK {}"
JSON, XML, TURTLE = "application/sparql-results+json", "application/sparql-results+xml", "text/turtle"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with serving(make_graph(tmp_path_factory.mktemp("protocol") / "graph", TRIG)) as found:
        yield found


def is_yes(response: object) -> bool:
    assert response.status_code == 200, response.text  # type: ignore[attr-defined]
    kind = response.headers["content-type"]  # type: ignore[attr-defined]
    return "true" in response.text and kind.split(";")[0] in {JSON, XML}  # type: ignore[attr-defined]


# The W3C's query tests, by their names in the suite.


def test_bad_multiple_queries(client: TestClient) -> None:
    refused(client.get("/sparql", params=[("query", ASK), ("query", "SELECT * {}")]), 400, "2 queries")


def test_bad_query_method(client: TestClient) -> None:
    answer = client.put("/sparql", params={"query": ASK})
    refused(answer, 405)
    assert {"GET", "POST"} <= {word.strip() for word in answer.headers["allow"].split(",")}


def test_bad_query_missing_form_type(client: TestClient) -> None:
    refused(client.post("/sparql", content=urlencode({"query": ASK})), 415, "no Content-Type")


def test_bad_query_missing_direct_type(client: TestClient) -> None:
    refused(client.post("/sparql", content=ASK), 415, "no Content-Type")


def test_bad_query_non_utf8(client: TestClient) -> None:
    body = ASK.encode("utf-16")
    refused(client.post("/sparql", content=body, headers={"Content-Type": f"{DIRECT}; charset=UTF-16"}), 415, "UTF-16")
    refused(client.post("/sparql", content=body, headers={"Content-Type": DIRECT}), 400, "UTF-8")


def test_bad_query_syntax(client: TestClient) -> None:
    refused(client.get("/sparql", params={"query": "ASK { ?s ?p"}), 400, "line 1")


def test_bad_query_wrong_media_type(client: TestClient) -> None:
    refused(client.post("/sparql", content=ASK, headers={"Content-Type": "text/plain"}), 415, "text/plain")


def test_query_content_type_select(client: TestClient) -> None:
    answer = client.post("/sparql", content="SELECT (1 AS ?value) {}", headers={"Content-Type": DIRECT, "Accept": f"{XML}, {JSON}, text/csv"})
    assert answer.headers["content-type"] in {XML, JSON, "text/csv; charset=utf-8"}


def test_query_content_type_ask(client: TestClient) -> None:
    assert is_yes(client.post("/sparql", content=ASK, headers={"Content-Type": DIRECT, "Accept": XML}))


def test_query_content_type_describe(client: TestClient) -> None:
    answer = client.post("/sparql", content=f"DESCRIBE <{ONE}>", headers={"Content-Type": DIRECT, "Accept": "application/rdf+xml, text/turtle"})
    assert answer.headers["content-type"] in {"application/rdf+xml", "text/turtle; charset=utf-8"}


def test_query_content_type_construct(client: TestClient) -> None:
    text = "CONSTRUCT { <http://example.org/s> <http://example.org/p> 1 } WHERE {}"
    answer = client.post("/sparql", content=text, headers={"Content-Type": DIRECT, "Accept": "application/rdf+xml, text/turtle"})
    assert answer.headers["content-type"] in {"application/rdf+xml", "text/turtle; charset=utf-8"}


def test_query_get(client: TestClient) -> None:
    assert is_yes(client.get("/sparql", params={"query": ASK}))


def test_query_post_form(client: TestClient) -> None:
    assert is_yes(client.post("/sparql", data={"query": ASK}))


def test_query_post_direct(client: TestClient) -> None:
    assert is_yes(client.post("/sparql", content=ASK, headers={"Content-Type": DIRECT}))


def test_query_dataset_default_graph(client: TestClient) -> None:
    text = f"ASK {{ <{ONE}> a ?type }}"
    assert is_yes(client.get("/sparql", params={"query": text, "default-graph-uri": ONE}))
    assert not is_yes(client.get("/sparql", params={"query": text, "default-graph-uri": TWO}))


def test_query_dataset_default_graphs_get(client: TestClient) -> None:
    text = f"ASK {{ <{ONE}> a ?type . <{TWO}> a ?type }}"
    given = [("query", text), ("default-graph-uri", ONE), ("default-graph-uri", TWO)]
    assert is_yes(client.get("/sparql", params=given))
    assert not is_yes(client.get("/sparql", params=given[:2]))


def test_query_dataset_default_graphs_post(client: TestClient) -> None:
    text = f"ASK {{ <{ONE}> a ?type . <{TWO}> a ?type }}"
    where = urlencode([("default-graph-uri", ONE), ("default-graph-uri", TWO)])
    assert is_yes(client.post(f"/sparql?{where}", content=text, headers={"Content-Type": DIRECT}))
    assert is_yes(client.post("/sparql", content=f"{where}&query={quote(text)}", headers={"Content-Type": FORM}))


def test_query_dataset_named_graphs_get(client: TestClient) -> None:
    text = f"ASK {{ GRAPH ?g {{ <{ONE}> a ?type }} }}"
    assert is_yes(client.get("/sparql", params=[("query", text), ("named-graph-uri", ONE), ("named-graph-uri", TWO)]))
    assert not is_yes(client.get("/sparql", params=[("query", text), ("named-graph-uri", TWO)]))


def test_query_dataset_named_graphs_post(client: TestClient) -> None:
    text = f"ASK {{ GRAPH ?g {{ <{ONE}> a ?type }} }}"
    assert is_yes(client.post("/sparql", data={"query": text, "named-graph-uri": [ONE, TWO]}))


def test_query_dataset_full(client: TestClient) -> None:
    text = f"ASK {{ <{THREE}> a ?type . GRAPH ?a {{ <{ONE}> a ?type }} GRAPH ?b {{ <{TWO}> a ?type }} }}"
    given = [("query", text), ("default-graph-uri", THREE), ("named-graph-uri", ONE), ("named-graph-uri", TWO)]
    assert is_yes(client.get("/sparql", params=given))
    assert not is_yes(client.get("/sparql", params=[*given[:2], ("named-graph-uri", ONE)]))


def test_query_multiple_dataset(client: TestClient) -> None:
    """The dataset of the protocol takes the place of the one in the query."""
    text = f"ASK FROM <{THREE}> {{ GRAPH ?g {{ <{ONE}> a ?type }} }}"
    assert is_yes(client.get("/sparql", params={"query": text, "named-graph-uri": ONE}))
    default = f"ASK FROM <{THREE}> {{ <{THREE}> a ?type }}"
    assert is_yes(client.get("/sparql", params={"query": default}))
    assert not is_yes(client.get("/sparql", params={"query": default, "default-graph-uri": ONE}))
    assert not is_yes(client.get("/sparql", params={"query": default, "named-graph-uri": ONE}))


# The W3C's update tests: this endpoint refuses them all, saying why.

INSERT = f"INSERT DATA {{ GRAPH <{ONE}> {{ <{ONE}> a <http://example.org/New> }} }}"
UPDATE = "application/sparql-update"


@pytest.mark.parametrize(
    ("name", "method", "address", "headers", "body", "status"),
    [
        ("bad_multiple_updates", "POST", "", {"Content-Type": FORM}, urlencode([("update", "CLEAR NAMED"), ("update", "CLEAR DEFAULT")]), 403),
        ("bad_update_get", "GET", f"?update={quote(INSERT)}", {}, None, 403),
        ("bad_update_missing_form_type", "POST", "", {}, urlencode({"update": INSERT}), 415),
        ("bad_update_non_utf8", "POST", "", {"Content-Type": f"{UPDATE}; charset=UTF-16"}, INSERT.encode("utf-16"), 403),
        ("bad_update_syntax", "POST", "", {"Content-Type": FORM}, urlencode({"update": "CLEAR XYZ"}), 403),
        ("bad_update_wrong_media_type", "POST", "", {"Content-Type": "text/plain"}, INSERT, 415),
        ("bad_update_dataset_conflict", "POST", f"?using-named-graph-uri={quote(ONE)}", {"Content-Type": FORM}, urlencode({"update": INSERT}), 403),
        ("update_base_uri", "POST", "", {"Content-Type": UPDATE}, "CLEAR GRAPH <data1> ; INSERT DATA { GRAPH <data1> { <s> <p> <o> } }", 403),
        ("update_dataset_default_graph", "POST", f"?using-graph-uri={quote(ONE)}", {"Content-Type": UPDATE}, INSERT, 403),
        ("update_dataset_default_graphs", "POST", f"?using-graph-uri={quote(ONE)}&using-graph-uri={quote(TWO)}", {"Content-Type": UPDATE}, INSERT, 403),
        ("update_dataset_full", "POST", f"?using-graph-uri={quote(ONE)}&using-named-graph-uri={quote(TWO)}", {"Content-Type": UPDATE}, INSERT, 403),
        ("update_dataset_named_graphs", "POST", f"?using-named-graph-uri={quote(ONE)}", {"Content-Type": UPDATE}, INSERT, 403),
        ("update_post_direct", "POST", "", {"Content-Type": UPDATE}, "CLEAR ALL", 403),
        ("update_post_form", "POST", "", {"Content-Type": FORM}, urlencode({"update": "CLEAR ALL"}), 403),
    ],
)  # fmt: skip
def test_update_is_refused(
    client: TestClient, name: str, method: str, address: str, headers: dict[str, str], body: str | bytes | None, status: int
) -> None:
    before = client.get("/sparql", params={"query": "SELECT * { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g ?s ?p ?o"}).text
    answer = client.request(method, f"/sparql{address}", headers=headers, content=body)
    refused(answer, status, "read-only" if status == 403 else "")
    assert before.count('"g":') == 3
    assert client.get("/sparql", params={"query": "SELECT * { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g ?s ?p ?o"}).text == before


def refused(answer: object, status: int, says: str = "") -> None:
    """The answer has this status, says what is wrong and what to do, and is JSON problem details."""
    assert answer.status_code == status, answer.text  # type: ignore[attr-defined]
    assert answer.headers["content-type"] == "application/problem+json"  # type: ignore[attr-defined]
    problem = answer.json()  # type: ignore[attr-defined]
    assert problem["status"] == status and problem["title"] and problem["detail"]
    assert says in problem["detail"] and "Traceback" not in problem["detail"]
    assert problem.get("remedy") or status in {404, 405}


# What a query must not do.


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * { sErViCe ?x { ?s ?p ?o } }", "SERVICE"),
        ("LOAD <http://127.0.0.1:9/>", "LOAD"),
        (INSERT, "INSERT"),
        ("DELETE WHERE { ?s ?p ?o }", "DELETE"),
        ("DROP ALL", "DROP"),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "names no graph"),
        ("SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }", "names no graph"),
        ("SELECT * FROM NAMED <https://w3id.org/bilateral-kg/graph/none> { ?s ?p ?o }", "names no graph"),
        ("PREFIX x: <http://example.org/> SELECT * FROM x:none { ?s ?p ?o }", "names no graph"),
        ("", "empty"),
        ("# nothing", "empty"),
    ],
)
def test_a_query_only_reads_this_graph(client: TestClient, text: str, says: str) -> None:
    refused(client.post("/sparql", content=text, headers={"Content-Type": DIRECT}), 400, says)


def test_a_keyword_in_a_string_a_comment_or_an_iri_is_none(client: TestClient) -> None:
    text = 'ASK { # SERVICE\n BIND("LOAD <x> SERVICE" AS ?x) FILTER(?x != "DROP ALL") FILTER NOT EXISTS { <http://example.org/FROM> ?p ?o } }'
    assert is_yes(client.get("/sparql", params={"query": text}))


def test_from_a_graph_of_the_store_by_prefix(client: TestClient) -> None:
    assert is_yes(client.get("/sparql", params={"query": f"PREFIX e: <http://example.org/> ASK FROM e:data1.rdf {{ <{ONE}> a ?x }}"}))


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
@pytest.mark.parametrize("iri", ["http://example.org/none", "file:///etc/passwd", "no iri", ""])
def test_a_dataset_of_foreign_graphs_is_refused(client: TestClient, name: str, iri: str) -> None:
    refused(client.get("/sparql", params={"query": ASK, name: iri}), 400, "no graph of this store")


def test_a_query_twice_in_address_and_body(client: TestClient) -> None:
    refused(client.post(f"/sparql?query={quote(ASK)}", content=ASK, headers={"Content-Type": DIRECT}), 400, "two queries")


def test_a_form_without_query(client: TestClient) -> None:
    refused(client.post("/sparql", data={"other": "1"}), 400, "no query")


def test_a_form_that_is_no_utf8(client: TestClient) -> None:
    refused(client.post("/sparql", content="query=ASK%20%7B%7D%FF", headers={"Content-Type": FORM}), 400, "form")
    refused(client.get("/sparql?query=%FF"), 400, "query string")


def test_a_syntax_error_has_line_and_column(client: TestClient) -> None:
    problem = client.get("/sparql", params={"query": "SELECT ?x\nWHERE {\n ?x a b }"}).json()
    assert problem["line"] == 3 and f"column {problem['column']}: " in problem["detail"] and problem["remedy"]


# Formats.

ROWS = {
    "application/sparql-results+json": lambda text: len(json.loads(text)["results"]["bindings"]),
    "application/sparql-results+xml": lambda text: text.count("<result>"),
    "text/csv": lambda text: len(list(csv.reader(io.StringIO(text)))) - 1,
    "text/tab-separated-values": lambda text: len(text.splitlines()) - 1,
}


@pytest.mark.parametrize("media_type", ROWS)
def test_every_format_of_rows(client: TestClient, media_type: str) -> None:
    text = "SELECT ?s ?type { ?s a ?type }"
    answer = client.get("/sparql", params={"query": text}, headers={"Accept": media_type})
    assert answer.headers["content-type"].split(";")[0] == media_type
    assert answer.headers["vary"].lower().startswith("accept")
    assert ROWS[media_type](answer.text) == 3


GRAPHS = {"text/turtle": "ttl", "application/n-triples": "nt", "application/rdf+xml": "rdf", "application/ld+json": "jsonld",
          "text/n3": "n3", "application/trig": "trig", "application/n-quads": "nq"}  # fmt: skip


@pytest.mark.parametrize("media_type", GRAPHS)
@pytest.mark.parametrize("by", ["accept", "format"])
def test_every_format_of_triples(client: TestClient, media_type: str, by: str) -> None:
    text = "CONSTRUCT { ?s a ?type } WHERE { ?s a ?type }"
    given = {"query": text} | ({"format": GRAPHS[media_type]} if by == "format" else {})
    answer = client.get("/sparql", params=given, headers={"Accept": media_type if by == "accept" else "*/*"})
    assert answer.headers["content-type"].split(";")[0] == media_type
    found = {quad.subject.value for quad in ox.parse(answer.content, format=ox.RdfFormat.from_media_type(media_type))}
    assert found == {ONE, TWO, THREE}


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("", JSON), ("*/*", JSON), ("application/*", JSON), ("text/csv;q=0.5, application/sparql-results+xml;q=0.9", XML),
        ("application/json", JSON), ("application/xml", XML), ("text/*", "text/csv"), ("image/png, */*;q=0.1", JSON),
        ("application/sparql-results+json;q=0, */*", XML),
    ],
)
def test_the_client_chooses(client: TestClient, accept: str, media_type: str) -> None:
    answer = client.get("/sparql", params={"query": "SELECT * {}"}, headers={"Accept": accept})
    assert answer.headers["content-type"].split(";")[0] == media_type


def test_a_format_that_is_not_written(client: TestClient) -> None:
    refused(client.get("/sparql", params={"query": ASK}, headers={"Accept": "image/png"}), 406, "format")
    refused(client.get("/sparql", params={"query": ASK}, headers={"Accept": "text/turtle"}), 406, "ASK")
    refused(client.get("/sparql", params={"query": "DESCRIBE <x:y>"}, headers={"Accept": "text/csv"}), 406, "DESCRIBE")
    refused(client.get("/sparql", params={"query": ASK, "format": "docx"}), 406, "docx")
    refused(client.get("/sparql", headers={"Accept": "text/csv"}), 406, "service description")


# Around the query.


def test_without_a_query_the_endpoint_describes_itself(client: TestClient) -> None:
    answer = client.get("/sparql", headers={"Accept": "text/turtle"})
    sd = "http://www.w3.org/ns/sparql-service-description#"
    quads = list(ox.parse(answer.content, format=ox.RdfFormat.TURTLE))
    assert {quad.object.value for quad in quads if quad.predicate.value == sd + "name"} == {ONE, TWO, THREE}
    assert {quad.object.value for quad in quads if quad.predicate.value == sd + "endpoint"} == {"http://testserver/sparql"}
    assert not any(isinstance(term, ox.BlankNode) for quad in quads for term in (quad.subject, quad.object))


def test_a_browser_gets_the_editor(client: TestClient) -> None:
    accept = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
    assert client.get("/sparql", headers=accept).headers["location"] == "/editor"
    assert client.get("/sparql?query=ASK%20%7B%7D", headers=accept).headers["location"] == "/editor?query=ASK%20%7B%7D"
    assert is_yes(client.get("/sparql?query=ASK%20%7B%7D&format=json", headers=accept))


def test_head_has_the_headers_alone(client: TestClient) -> None:
    answer = client.head("/sparql", params={"query": ASK})
    assert (answer.status_code, answer.content, answer.headers["content-type"]) == (200, b"", JSON)


def test_other_sites_may_ask(client: TestClient) -> None:
    origin = {"Origin": "https://analyst.example"}
    assert client.get("/sparql", params={"query": ASK}, headers=origin).headers["access-control-allow-origin"] == "*"
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    answer = client.options("/sparql", headers=origin | asked)
    assert answer.status_code == 200 and "POST" in answer.headers["access-control-allow-methods"]
    assert "content-type" in answer.headers["access-control-allow-headers"].lower()
    assert client.get("/sparql", params={"query": "ASK {"}, headers=origin).headers["access-control-allow-origin"] == "*"


def test_a_query_by_a_long_post(client: TestClient) -> None:
    text = f"ASK {{}} # {'x' * 200_000}"
    assert is_yes(client.post("/sparql", content=text, headers={"Content-Type": DIRECT}))


def test_the_same_graph_gives_the_same_bytes(client: TestClient, tmp_path: Path) -> None:
    text = {"query": "CONSTRUCT { ?s a ?type } WHERE { ?s a ?type }"}
    with serving(make_graph(tmp_path / "graph", TRIG)) as other:
        assert other.get("/sparql", params=text).content == client.get("/sparql", params=text).content
