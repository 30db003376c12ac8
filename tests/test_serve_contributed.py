"""Facts that people handed in, as the server shows them: told apart, with their source, and gone when retracted."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="needs the extra 'serve'")
pytest.importorskip("httpx", reason="needs the extra 'test'")

from starlette.testclient import TestClient

from kg.cli import main
from tests.serving import seeds_graph, serving

TOKEN = "a-token-that-nobody-guesses"
SOURCE = "https://example.org/yearbook"
HTML = {"Accept": "text/html"}
PAIR = {"a": "Kazakhstan", "b": "Russia"}
FACTS = """@prefix bkg: <https://w3id.org/bilateral-kg/ontology#> .
@prefix con: <https://w3id.org/bilateral-kg/concept/> .
@prefix ent: <https://w3id.org/bilateral-kg/entity/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
[] a bkg:TradeFigure ; bkg:status bkg:Asserted ; bkg:reporter ent:kazakhstan ; bkg:partner ent:russia ;
  bkg:flow con:flow-exports ; bkg:amount 1850000000 ; bkg:currency "USD" ; bkg:date "2005"^^xsd:gYear .
"""


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(seeds_graph(), tmp_path_factory.mktemp("contributed") / "graph"))


@pytest.fixture(scope="module")
def client(graph: Path) -> Iterator[TestClient]:
    with serving(graph, tokens={TOKEN: "Ada Reader"}) as found:
        headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "text/turtle"}
        answer = found.post("/contributions", params={"source": SOURCE, "note": "by hand"}, headers=headers, content=FACTS)
        assert answer.status_code == 201, answer.text
        yield found


def rows(client: TestClient) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get("/queries/trade-of-a-pair.csv", params=PAIR).text)))


def handed_in(client: TestClient) -> str:
    """The path of the contributed fact."""
    (row,) = [row for row in rows(client) if row["origin"] == "contributed" and row["when"] != "2004"]
    return row["fact"].removeprefix("https://w3id.org/bilateral-kg")


@pytest.mark.parametrize("format", ["csv", "tsv", "json", "xml"])
def test_every_format_tells_them_apart(client: TestClient, format: str) -> None:
    text = client.get(f"/queries/trade-of-a-pair.{format}", params=PAIR).text
    assert text.count("contributed") == 1 and text.count("extracted") == len(rows(client)) - 1 > 0


def test_a_contributed_fact_shows_who_and_which_source(client: TestClient) -> None:
    page = client.get(handed_in(client), headers=HTML).text
    assert "contributed by <bdi>Ada Reader</bdi>" in page and SOURCE in page and "by hand" in page
    assert "own voice" not in page and "holds no words" not in page


@pytest.mark.parametrize("path", ["/?a=Kazakhstan&b=Russia", "/queries/trade-of-a-pair?a=Kazakhstan&b=Russia", "/entity/kazakhstan"])
def test_lists_mark_it(client: TestClient, path: str) -> None:
    page = client.get(path, headers=HTML).text
    assert ">contributed<" in page and handed_in(client) in page


def test_no_link_of_it_is_dead(client: TestClient) -> None:
    """Source, contribution, contributor, evidence: each has a page and triples."""
    for row in rows(client):
        if row["origin"] == "contributed":
            assert client.get(row["document"].removeprefix("https://w3id.org/bilateral-kg"), headers=HTML).status_code == 200
    turtle = client.get(handed_in(client) + ".nt").text
    nodes = {part.split(">")[0] for part in turtle.split("<https://w3id.org/bilateral-kg/")[1:] if not part.startswith("ontology#")}
    made = next(node for node in nodes if node.startswith("contribution/"))
    agent = client.get(f"/{made}.nt").text.split("<https://w3id.org/bilateral-kg/agent/")[1].split(">")[0]
    assert {node.split("/")[0] for node in nodes} >= {"evidence", "contribution", "document", "claim"}
    for node in [*nodes, f"agent/{agent}"]:
        assert client.get(f"/{node}", headers=HTML).status_code == 200, node
    source = next(node for node in nodes if node.startswith("document/"))
    assert handed_in(client) in client.get(f"/{source}", headers=HTML).text


def test_explained_on_the_command_line(client: TestClient, graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = handed_in(client).removeprefix("/fact/")
    assert main(["explain", name, "--graph", str(graph)]) == 0
    told = capsys.readouterr().out
    assert f"source: {SOURCE}" in told and "contributed by Ada Reader" in told and "by hand" in told
    assert main(["query", "evidence-of-a-fact", "-p", f"fact={name}", "--graph", str(graph)]) == 0
    assert SOURCE in capsys.readouterr().out


def test_a_fact_keeps_its_own_iri_and_has_a_page(client: TestClient, graph: Path, tmp_path: Path) -> None:
    file = tmp_path / "own.ttl"
    file.write_text(FACTS.replace("[] a", "<https://example.org/facts/1> a").replace("2005", "2006"))
    assert main(["add", str(file), "--by", "Bea Clerk", "--source", "Yearbook, p. 5", "--graph", str(graph)]) == 0
    path = "/fact/https%3A%2F%2Fexample.org%2Ffacts%2F1"
    for page in ("/queries/trade-of-a-pair?a=Kazakhstan&b=Russia", "/entity/kazakhstan"):
        assert f'href="{path}"' in client.get(page, headers=HTML).text
    assert "Yearbook, p. 5" in client.get(path, headers=HTML).text
    assert "<https://example.org/facts/1>" in client.get(f"{path}.ttl").text
    assert main(["retract", "https://example.org/facts/1", "--by", "Bea Clerk", "--why", "a test", "--graph", str(graph)]) == 0


def test_a_retracted_fact_is_gone(client: TestClient, graph: Path) -> None:
    path, before = handed_in(client), len(rows(client))
    assert main(["retract", path.removeprefix("/fact/"), "--by", "Bea Clerk", "--why", "twice", "--graph", str(graph)]) == 0
    assert len(rows(client)) == before - 1 and all(row["origin"] == "extracted" for row in rows(client))
    gone = client.get(path, headers=HTML)
    assert gone.status_code == 410
    for words in ("Bea Clerk", "twice", ">a retraction<", "does not stand", "contributed by Ada Reader", SOURCE):
        assert words in gone.text, words
    decision = gone.text.split('href="/contribution/')[1].split('"')[0]
    assert client.get(f"/contribution/{decision}", headers=HTML).status_code == 200
    for address, accept in ((path, "text/turtle"), (f"{path}.nt", "*/*")):
        told = client.get(address, headers={"Accept": accept})
        assert (told.status_code, told.headers["content-type"]) == (410, "application/problem+json")
        assert "retraction by Bea Clerk" in told.json()["detail"] and "(twice)" in told.json()["detail"] and decision in told.json()["remedy"]
    assert client.get(path[:-4] + "0000", headers=HTML).status_code == 404
    asked = {"query": f"ASK {{ <https://w3id.org/bilateral-kg{path}> ?p ?o }}"}
    assert client.get("/sparql", params=asked, headers={"Accept": "application/sparql-results+json"}).json()["boolean"] is False


def test_a_corrected_fact_leads_to_what_stands_in_its_place(client: TestClient, graph: Path, tmp_path: Path) -> None:
    old = next(row["fact"] for row in rows(client) if row["amount"])
    new = tmp_path / "new.ttl"
    new.write_text(FACTS.replace("2005", "2004"))
    name = old.removeprefix("https://w3id.org/bilateral-kg/fact/")
    assert main(["correct", name, str(new), "--by", "Bea Clerk", "--source", SOURCE, "--why", "a slip", "--graph", str(graph)]) == 0
    page = client.get(f"/fact/{name}", headers=HTML)
    (instead,) = [row["fact"] for row in rows(client) if row["when"] == "2004"]
    assert page.status_code == 410 and "a slip" in page.text and "extracted from" in page.text
    assert f'href="{instead.removeprefix("https://w3id.org/bilateral-kg")}"' in page.text


def test_where_facts_are_handed_in_nothing_is_read(client: TestClient) -> None:
    answer = client.get("/contributions")
    assert answer.status_code == 405 and "POST" in answer.json()["remedy"] and answer.headers["allow"] == "POST"


def test_health_counts_contributions(client: TestClient, graph: Path) -> None:
    assert client.get("/health").json()["contributions"] == len(list((graph / "contributions").glob("*.ttl"))) > 0


def test_an_assistant_is_told_the_source(client: TestClient, graph: Path) -> None:
    pytest.importorskip("mcp", reason="mcp (extra mcp) is not installed")
    from kg.mcp.graph import OpenGraph
    from kg.mcp.things import show_fact

    file = graph.parent / "again.ttl"
    file.write_text(FACTS.replace("2005", "2007"))
    assert main(["add", str(file), "--by", "Cy Teller", "--source", SOURCE, "--graph", str(graph)]) == 0
    shown = show_fact(OpenGraph(graph), handed_in(client).removeprefix("/fact/"))
    (passage,) = shown.passages
    assert shown.contributed_by == "Cy Teller" and passage.title == SOURCE and not passage.quote and not passage.resource
