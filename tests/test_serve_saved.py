"""The saved queries as an API: formats, parameters, links, the description of it all."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator

import pyoxigraph as ox
import pytest

pytest.importorskip("starlette", reason="needs the extra 'serve'")
pytest.importorskip("httpx", reason="needs the extra 'test'")

from starlette.testclient import TestClient

from kg.graph import open_store
from kg.queries import find_query, load_queries, render, run_query, with_origin
from tests.serving import seeds_graph, serving

QUERIES = load_queries()
PAIR = {"a": "Kazakhstan", "b": "RU"}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with serving(seeds_graph()) as found:
        yield found


@pytest.mark.parametrize("format", ["csv", "tsv", "json", "xml"])
def test_the_answer_is_that_of_the_command_line(client: TestClient, format: str) -> None:
    store = open_store(seeds_graph())
    result = with_origin(store, run_query(store, find_query("trade-of-a-pair", QUERIES), PAIR))
    answer = client.get(f"/queries/trade-of-a-pair.{format}", params=PAIR)
    assert answer.status_code == 200 and result.rows
    if format == "json":
        assert answer.json() == json.loads(render(result, "json"))
    elif format == "csv":
        assert list(csv.reader(io.StringIO(answer.text))) == list(csv.reader(io.StringIO(render(result, "csv"))))
    else:
        writer = ox.QueryResultsFormat.XML if format == "xml" else ox.QueryResultsFormat.TSV
        rows = ox.parse_query_results(answer.content, format=writer)
        assert isinstance(rows, ox.QuerySolutions)
        assert [tuple(row) for row in rows] == list(result.rows)


@pytest.mark.parametrize("name", [query.name for query in QUERIES])
def test_every_query_answers(client: TestClient, name: str) -> None:
    kind = find_query(name, QUERIES).kind
    given = {p.name: "seeds" for p in find_query(name, QUERIES).parameters if p.type == "text"}
    answer = client.get(f"/queries/{name}.{'nt' if kind == 'derive' else 'csv'}", params=given)
    problem = answer.json() if answer.status_code != 200 else {}
    assert answer.status_code == 200, problem


def test_the_client_chooses_among_page_text_and_answers(client: TestClient) -> None:
    for accept in ("text/html", "text/csv", "application/sparql-results+json", "application/sparql-query"):
        answer = client.get("/queries/leases", headers={"Accept": accept})
        assert answer.headers["content-type"].split(";")[0] == accept
        assert "accept" in answer.headers["vary"].lower()
    assert client.get("/queries/leases", headers={"Accept": "image/png"}).status_code == 406


def test_page_text_and_answers_lead_to_each_other(client: TestClient) -> None:
    for suffix in ("", ".csv", ".rq"):
        header = client.get(f"/queries/trade-of-a-pair{suffix}", params=PAIR, headers={"Accept": "text/html"}).headers["link"]
        found = re.findall(r'<([^>]*)>; rel="(\w+)"; type="([^"]*)"', header)
        kinds = {media_type for _, _, media_type in found}
        assert {"text/html", "application/sparql-query", "text/csv"} - kinds == {{"": "text/html", ".csv": "text/csv", ".rq": "application/sparql-query"}[suffix]}
        for href, _, media_type in found:
            assert client.get(href, headers={"Accept": media_type}).headers["content-type"].split(";")[0] == media_type


def test_the_text_has_the_parameters_in_their_places(client: TestClient) -> None:
    text = client.get("/queries/trade-of-a-pair.rq", params=PAIR).text
    assert "VALUES ?b { <https://w3id.org/bilateral-kg/entity/russia> }" in text
    answer = client.post("/sparql", content=text, headers={"Content-Type": "application/sparql-query", "Accept": "text/csv"})
    told = csv.reader(io.StringIO(client.get("/queries/trade-of-a-pair.csv", params=PAIR).text))
    assert list(csv.reader(io.StringIO(answer.text))) == [row[:-1] for row in told]  # but for the origin, which the server adds


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/queries/trade-of-a-pare.csv", 404, "trade-of-a-pair"),
        ("/queries/nothing-like-it.csv", 404, "/queries"),
        ("/queries/leases.docx", 404, ".csv"),
        ("/queries/leases.csv?actr=France", 400, "did you mean 'actor'"),
        ("/queries/trade-of-a-pair.csv?a=Kazakstn", 400, "ent:kazakhstan"),
        ("/queries/trade-of-a-pair.csv?a=France&a=Peru", 400, "once"),
        ("/queries/facts-between-dates.csv?from=yesterday", 400, "2018-05"),
        ("/queries/planned.csv?status=Wished", 400, "Planned"),
    ],
)
def test_bad_input_is_told_what_is_allowed(client: TestClient, address: str, status: int, says: str) -> None:
    query = find_query("planned", QUERIES)
    if "status=" in address and query.parameter("status") is None:
        address = next(f"/queries/{q.name}.csv?{p.name}=Wished" for q in QUERIES for p in q.parameters if p.type == "status")
    answer = client.get(address)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert says in answer.json()["remedy"]


def test_an_empty_field_of_a_form_is_no_value(client: TestClient) -> None:
    assert client.get("/queries/leases.csv?actor=").text == client.get("/queries/leases.csv").text


def test_a_value_is_never_part_of_the_query(client: TestClient) -> None:
    for value in ('x" } SERVICE <http://127.0.0.1:9/> {', "ent:france> } #", "<http://x> ?s ?p"):
        assert client.get("/queries/leases.csv", params={"actor": value}).status_code == 400


def test_what_the_client_has_already_is_not_sent_again(client: TestClient) -> None:
    tag = client.get("/queries/leases.csv").headers["etag"]
    answer = client.get("/queries/leases.csv", headers={"If-None-Match": tag})
    assert (answer.status_code, answer.content) == (304, b"")
    assert client.get("/queries/leases.tsv", headers={"If-None-Match": tag}).status_code == 200


def test_the_list_names_every_query(client: TestClient) -> None:
    found = client.get("/queries", headers={"Accept": "application/json"}).json()
    assert [entry["name"] for entry in found] == [query.name for query in QUERIES]
    assert client.get(found[0]["href"]).status_code == 200


def test_a_workbook_has_labels_and_numbers(client: TestClient) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl (extra tables) is not installed")
    answer = client.get("/queries/trade-of-a-pair.xlsx", params={"a": "Kazakhstan", "b": "Russia"})
    assert answer.status_code == 200 and answer.headers["content-type"].endswith("spreadsheetml.sheet")
    assert answer.headers["content-disposition"] == 'inline; filename="trade-of-a-pair.xlsx"'
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows()]
    plain = list(csv.reader(io.StringIO(client.get("/queries/trade-of-a-pair.csv", params={"a": "Kazakhstan", "b": "Russia"}).text)))
    assert rows[0] == plain[0] and len(rows) == len(plain) > 1
    amounts = [row[rows[0].index("amount")] for row in rows[1:]]
    assert 19000000000 in amounts and {row[0] for row in rows[1:]} <= {"Kazakhstan", "Russia"}
    assert [row[rows[0].index("fact")] for row in rows] == [row[plain[0].index("fact")] for row in plain]
    assert "/queries/trade-of-a-pair.xlsx" in client.get("/queries/trade-of-a-pair", headers={"Accept": "text/html"}).text
    assert client.get("/queries/trade-of-a-pair.xlsx", params={"a": "Narnia"}).status_code == 400


# The description.


def test_the_description_is_valid_openapi(client: TestClient) -> None:
    validator = pytest.importorskip("openapi_spec_validator", reason="needs the extra 'test'")
    document = client.get("/openapi.json").json()
    validator.validate(document)
    assert document["openapi"].startswith("3.1") and document["servers"] == [{"url": "http://testserver"}]


def test_the_description_has_every_query_with_its_parameters(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    for query in QUERIES:
        operation = document["paths"][f"/queries/{query.name}.{{format}}"]["get"]
        assert [p["name"] for p in operation["parameters"]] == ["format", *(p.name for p in query.parameters)]
        for parameter in operation["parameters"][1:]:
            assert parameter["schema"]["$ref"].removeprefix("#/components/schemas/") in document["components"]["schemas"]


def test_the_code_lists_hold_what_the_queries_take(client: TestClient) -> None:
    schemas = client.get("/openapi.json").json()["components"]["schemas"]
    assert schemas["status"]["enum"] == ["Asserted", "Planned", "Hypothetical", "Denied"]
    assert "TradeFigure" in schemas["type"]["enum"]
    listed = [name for name, schema in schemas.items() if "anyOf" in schema]
    assert {"state", "concept-sector"} <= set(listed)
    for name in listed:
        kind, _, scheme = name.partition("-")
        query, parameter = next((q, p) for q in QUERIES for p in q.parameters if (p.type, p.scheme) == (kind, scheme))
        for code in schemas[name]["anyOf"][0]["oneOf"][:3]:
            for value in (code["const"], code["title"]):
                answer = client.get(f"/queries/{query.name}.csv", params={parameter.name: value})
                assert answer.status_code == 200, (name, value, answer.text)
