"""Facts to which a contribution gave IRIs of its own: facts like any other in queries, pages, tables, GraphML and for assistants."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="needs the extra 'serve'")
pytest.importorskip("httpx", reason="needs the extra 'test'")

from starlette.testclient import TestClient

from kg.cli import main
from kg.graph import document_text, read_manifest
from tests.serving import seeds_graph, serving

HTML = {"Accept": "text/html"}
WEB, URN, QUOTED = "https://example.org/facts/1", "urn:uuid:1b4e28ba-2fa1-11d2-883f-0016d3cca427", "https://example.org/facts/2"
PAGES = {WEB: "/fact/https%3A%2F%2Fexample.org%2Ffacts%2F1", URN: "/fact/urn%3Auuid%3A1b4e28ba-2fa1-11d2-883f-0016d3cca427",
         QUOTED: "/fact/https%3A%2F%2Fexample.org%2Ffacts%2F2"}
FACTS = f"""@prefix bkg: <https://w3id.org/bilateral-kg/ontology#> .
@prefix con: <https://w3id.org/bilateral-kg/concept/> .
@prefix ent: <https://w3id.org/bilateral-kg/entity/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<{WEB}> a bkg:TradeFigure ; bkg:status bkg:Asserted ; bkg:reporter ent:peru ; bkg:partner ent:chile ;
  bkg:flow con:flow-total ; bkg:amount 18000000000 ; bkg:currency "USD" ; bkg:date "2018"^^xsd:gYear .
<{URN}> a bkg:Relationship ; bkg:status bkg:Asserted ; bkg:subject ent:peru ; bkg:object ent:chile ; bkg:kind con:kind-neighbour .
"""


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("foreign")
    graph = Path(shutil.copytree(seeds_graph(), folder / "graph"))
    (folder / "facts.ttl").write_text(FACTS)
    assert main(["add", str(folder / "facts.ttl"), "--by", "Ada Reader", "--source", "a yearbook", "--graph", str(graph)]) == 0
    document = read_manifest(graph).documents[0]
    words = document_text(graph, document.sha256)[:400].strip().split(".")[0]
    with (folder / "quoted.csv").open("w", newline="") as file:
        csv.writer(file).writerows([
            ["type", "status", "subject", "object", "kind", "document", "quote", "id"],
            ["Relationship", "asserted", "Peru", "Chile", "partner", document.identifier, words, QUOTED],
        ])
    assert main(["add", str(folder / "quoted.csv"), "--by", "Ada Reader", "--graph", str(graph)]) == 0
    return graph


@pytest.fixture(scope="module")
def client(graph: Path) -> Iterator[TestClient]:
    with serving(graph) as found:
        yield found


def test_a_table_names_the_fact_so_that_it_can_be_asked_for(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", "SELECT ?x { ?x bkg:status ?s ; prov:wasGeneratedBy/a bkg:Contribution } ORDER BY ?x", "--graph", str(graph)]) == 0
    assert capsys.readouterr().out.splitlines()[2:] == [f"<{WEB}>", f"<{QUOTED}>", f"<{URN}>"]
    for iri in PAGES:
        assert main(["explain", iri, "--graph", str(graph)]) == 0
        assert "contributed by Ada Reader" in capsys.readouterr().out


@pytest.mark.parametrize("iri", PAGES)
def test_each_has_a_page_and_triples(client: TestClient, iri: str) -> None:
    page = client.get(PAGES[iri], headers=HTML)
    assert page.status_code == 200 and "contributed by <bdi>Ada Reader</bdi>" in page.text and iri in page.text
    assert f"<{iri}> <https://w3id.org/bilateral-kg/ontology#status>" in client.get(f"{PAGES[iri]}.nt").text


def test_rows_about_them_lead_to_the_contribution_and_other_rows_to_the_sentence(client: TestClient) -> None:
    for path in ("/?a=Peru&b=Chile", "/queries/trade-of-a-pair?a=Peru&b=Chile"):
        page = client.get(path, headers=HTML).text
        assert f'<a class="to-sentence" href="{PAGES[WEB]}">contribution<' in page, path
    others = client.get("/queries/trade-of-a-pair?a=Kazakhstan&b=Russia", headers=HTML).text
    assert ">sentence<" in others and ">contribution<" not in others


def test_the_words_of_a_document_are_marked_and_lead_to_it(client: TestClient, graph: Path) -> None:
    document = f"/document/{read_manifest(graph).documents[0].sha256}"
    assert f'href="{PAGES[QUOTED]}"' in client.get(document, headers=HTML).text
    link = client.get(PAGES[QUOTED], headers=HTML).text.split(f'href="{document}?fact=')[1].split('"')[0]
    assert 'id="here"' in client.get(f"{document}?fact={link.partition('#')[0]}", headers=HTML).text


def test_search_counts_and_finds_them(client: TestClient) -> None:
    hits = {hit["label"]: hit["facts"] for hit in client.get("/suggest?q=peru").json()}
    assert hits["Peru"] == 3
    assert PAGES[WEB] in client.get("/search?q=Trade of Peru", headers=HTML).text


def test_an_assistant_counts_and_shows_them(graph: Path) -> None:
    pytest.importorskip("mcp", reason="mcp (extra mcp) is not installed")
    from kg.mcp.graph import OpenGraph
    from kg.mcp.things import search_entities, show_fact

    opened = OpenGraph(graph)
    assert search_entities(opened, "Peru", 1)[0].facts == 3
    for iri in PAGES:
        shown = show_fact(opened, iri)
        assert shown.fact.strip("<>") == iri and shown.contributed_by == "Ada Reader"


def test_graphml_has_them_as_facts(graph: Path, tmp_path: Path) -> None:
    networkx = pytest.importorskip("networkx", reason="needs the extra 'test'")
    file = tmp_path / "network.graphml"
    assert main(["export", "--graph", str(graph), "-o", str(file)]) == 0
    network = networkx.read_graphml(file)
    for iri in PAGES:
        assert network.nodes[iri]["kind"] == "Fact" and network.nodes[iri]["provenance"] == "contributed" and network.nodes[iri]["iri"] == iri
        assert set(network.successors(iri)) == {"ent:peru", "ent:chile"}


def test_csvw_says_no_wrong_address_of_them(graph: Path, tmp_path: Path) -> None:
    for options, foreign in (([], True), (["--type", "Lease"], False)):
        folder = tmp_path / f"tables-{foreign}"
        assert main(["export", "--graph", str(graph), "--format", "csv", "-o", str(folder), *options]) == 0
        tables = {table["url"]: table["tableSchema"] for table in json.loads((folder / "csv-metadata.json").read_text())["tables"]}
        assert ("aboutUrl" in tables["facts.csv"]) is not foreign and "aboutUrl" in tables["entities.csv"]
        with (folder / "facts.csv").open(newline="") as lines:
            keys = {row["fact"] for row in csv.DictReader(lines)}
        assert (set(PAGES) <= keys) is foreign
