"""Programs that others made, as clients of a running `kg serve`: each gets the rows that the graph itself gives."""

from __future__ import annotations

import contextlib
import io
import json
import re
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.namespace import SKOS
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from kg import terms
from kg.graph import open_store
from kg.graph.void import DATASET
from tests.andes import build_andes

pytest.importorskip("starlette", reason="needs the extra 'serve'")

ROOT = Path(__file__).resolve().parent.parent
PREFIX = f"PREFIX bkg: <{terms.BKG}> "
FIGURES = PREFIX + "SELECT ?fact ?amount ?status WHERE { ?fact a bkg:TradeFigure ; bkg:amount ?amount ; bkg:status ?status } ORDER BY ?amount"
AMOUNTS = ["3900000000", "4200000000", "6000000000"]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_andes(tmp_path_factory.mktemp("andes"))


@pytest.fixture(scope="module")
def address(graph: Path) -> Iterator[str]:
    """The address of `kg serve` on the graph, on a port of its own."""
    command = [sys.executable, "-m", "kg", "serve", "--graph", str(graph), "--port", "0", "--workers", "2"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stderr is not None
        try:
            first = process.stderr.readline()
            found = re.search(r"http://127\.0\.0\.1:\d+", first)
            assert found, first
            while "startup complete" not in process.stderr.readline():
                assert process.poll() is None
            yield found[0]
        finally:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.communicate(timeout=30)
            process.kill()


def test_sparqlwrapper_gets_rows_triples_and_answers(address: str) -> None:
    wrapper = pytest.importorskip("SPARQLWrapper", reason="SPARQLWrapper is not installed")
    for method in (wrapper.GET, wrapper.POST):
        client = wrapper.SPARQLWrapper(f"{address}/sparql")
        client.setMethod(method)
        client.setQuery(FIGURES)
        client.setReturnFormat(wrapper.JSON)
        bindings = client.queryAndConvert()["results"]["bindings"]
        assert [row["amount"]["value"] for row in bindings] == AMOUNTS
        assert bindings[0]["amount"]["datatype"] == terms.XSD + "integer" and bindings[2]["status"]["value"] == terms.BKG + "Planned"
        client.setQuery(PREFIX + "ASK { ?lease a bkg:Lease }")
        assert client.queryAndConvert()["boolean"] is False
        client.setQuery(PREFIX + "CONSTRUCT { ?f a bkg:Remark } WHERE { ?f a bkg:Remark }")
        client.setReturnFormat(wrapper.TURTLE)
        assert len(rdflib.Graph().parse(data=client.queryAndConvert(), format="turtle")) == 1


def test_sparqlwrapper_shows_what_is_wrong(address: str) -> None:
    wrapper = pytest.importorskip("SPARQLWrapper", reason="SPARQLWrapper is not installed")
    client = wrapper.SPARQLWrapper(f"{address}/sparql")
    client.setQuery("SELECT ?s WHERE { ?s ?p }")
    with pytest.raises(wrapper.SPARQLExceptions.QueryBadFormed, match="no valid SPARQL"):
        client.query()


def test_rdflib_asks_it_as_a_store(address: str, graph: Path) -> None:
    remote = SPARQLStore(f"{address}/sparql")
    rows = list(rdflib.Dataset(remote, default_union=True).query(FIGURES))
    assert [str(row.amount) for row in rows] == AMOUNTS  # type: ignore[union-attr]
    store = rdflib.Graph(remote, identifier=DATASET_DEFAULT_GRAPH_ID)
    assert set(store.objects(rdflib.URIRef(terms.ENT + "peru"), SKOS.prefLabel)) == {rdflib.Literal("Peru", lang="en")}
    own = {q.subject.value for q in open_store(graph).quads_for_pattern(None, ox.NamedNode(terms.BKG + "status"), None, None)}  # type: ignore[union-attr]
    assert {str(s) for s in store.subjects(rdflib.URIRef(terms.BKG + "status"), None)} == own


def test_pandas_reads_a_saved_query_and_sparql(address: str) -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    table = pandas.read_csv(f"{address}/queries/trade-of-a-pair.csv?a=Peru&b=CL")
    assert sorted(table["amount"].dropna()) == [3.9e9, 4.2e9, 6e9]
    assert set(table["fact"].str.startswith(terms.FACT)) == {True}
    request = urllib.request.Request(f"{address}/sparql", data=FIGURES.encode(), headers={"Content-Type": "application/sparql-query", "Accept": "text/csv"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        rows = pandas.read_csv(io.BytesIO(answer.read()))
    assert [str(amount) for amount in rows["amount"]] == AMOUNTS


def test_rdflib_follows_the_address_of_a_fact_and_of_the_description(address: str) -> None:
    (fact,) = [str(row[0]) for row in rdflib.Graph().parse(f"{address}/.well-known/void").query(
        f"SELECT ?n WHERE {{ <{DATASET}> <{terms.VOID}sparqlEndpoint> ?n }}")]  # type: ignore[index]
    assert fact == f"{address}/sparql"
    with urllib.request.urlopen(f"{address}/sparql?query={urllib.request.quote(FIGURES)}", timeout=60) as answer:  # type: ignore[attr-defined]
        first = json.load(answer)["results"]["bindings"][0]["fact"]["value"]
    described = rdflib.Graph().parse(first.replace("https://w3id.org/bilateral-kg", address))
    assert (rdflib.URIRef(first), rdflib.URIRef(terms.BKG + "amount"), rdflib.Literal(3900000000)) in described


@pytest.mark.parametrize("suffix", ["/.well-known/void", "/dataset", "/dataset.ttl", "/dataset.jsonld", "/dataset/class/bkg-TradeFigure"])
def test_the_description_is_served(address: str, suffix: str) -> None:
    described = rdflib.Graph().parse(address + suffix, format="json-ld" if suffix.endswith("jsonld") else None)
    assert (rdflib.URIRef(DATASET), rdflib.URIRef(terms.VOID + "documents"), rdflib.Literal(2)) in described


def test_comunica_asks_it(address: str, tmp_path: Path) -> None:
    """Comunica, an engine in JavaScript; where it is installed NODE_PATH or the path names it."""
    command = shutil.which("comunica-sparql-file") or shutil.which("comunica-sparql") or ""
    local = ROOT / ".ci/node/node_modules/.bin/comunica-sparql"
    if not command and not local.exists():
        pytest.skip("@comunica/query-sparql (npm) is not installed")
    run = [command or str(local), f"sparql@{address}/sparql", FIGURES, "-t", "application/sparql-results+json"]
    done = subprocess.run(run, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    bindings = json.loads(done.stdout)["results"]["bindings"]
    assert [row["amount"]["value"] for row in bindings] == AMOUNTS
