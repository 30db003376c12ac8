"""Exports for other tools, each read by the tool it is for; exports without quotes; the description in VoID."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
import warnings
import zipfile
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg import terms
from kg.cli import main
from kg.errors import KgError
from kg.exports import export_tables
from kg.exports.csvw import SEPARATOR
from kg.exports.nodes import Nodes
from kg.exports.tables import Column, Table, make_tables
from kg.exports.workbook import write_workbook
from kg.graph import document_text, export, open_store, void_quads
from kg.graph.nodes import bkg
from kg.graph.quotes import without_quotes
from kg.graph.select import select
from kg.graph.void import DATASET
from kg.graph.write import WRITERS
from tests.andes import QUOTE, build_andes

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_andes(tmp_path_factory.mktemp("andes"))


@pytest.fixture(scope="module")
def folder(graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("tables") / "csv"
    export_tables(open_store(graph), out, "csv")
    return out


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def sample(name: str) -> ox.Store:
    """A sample graph of tests/graphs in one document's named graph."""
    store = ox.Store()
    store.load((ROOT / "tests/graphs" / name).read_bytes(), format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(terms.GRAPH + "document-x"))
    return store


# CSV


def test_each_type_has_a_table_with_keys_and_labels(folder: Path) -> None:
    figures = {row["amount"]: row for row in rows(folder / "TradeFigure.csv") if row["amount"]}
    assert set(figures) == {"4200000000", "3900000000", "6000000000"}
    planned = figures["6000000000"]
    assert (planned["status"], planned["date"], planned["earliest"]) == ("Planned", "2025", "2025-01-01")
    assert {planned["reporterLabel"], planned["partnerLabel"]} == {"Peru", "Chile"}
    assert planned["currency"] == "USD" and planned["flow"] == "flow-total" and planned["flowLabel"] == "total"


def test_lists_stand_in_one_cell_and_in_rows_of_roles(folder: Path) -> None:
    (signed,) = rows(folder / "AgreementAction.csv")
    assert sorted(signed["party"].split(SEPARATOR)) == ["chile", "peru"]
    roles = [row for row in rows(folder / "roles.csv") if row["fact"] == signed["fact"]]
    assert sorted(row["entity"] for row in roles if row["role"] == "party") == ["chile", "peru"]
    assert next(row["concept"] for row in roles if row["role"] == "action") == "action-signed"


def test_quotes_stand_where_they_say(folder: Path, graph: Path) -> None:
    found = rows(folder / "evidence.csv")
    assert len(found) >= 10
    for row in found:
        assert document_text(graph, row["document"])[int(row["start"]) : int(row["end"])] == row["quote"]
    assert any(QUOTE in row["quote"] for row in found)


def test_every_fact_and_all_that_it_names_is_there(folder: Path, graph: Path) -> None:
    store = open_store(graph)
    facts = {q.subject.value for q in store.quads_for_pattern(None, bkg("status"), None, None)}  # type: ignore[union-attr]
    assert {terms.FACT + row["fact"] for row in rows(folder / "facts.csv")} == facts
    entities = {row["entity"] for row in rows(folder / "entities.csv")}
    assert {row["entity"] for row in rows(folder / "roles.csv") if row["entity"]} <= entities
    assert {"peru", "chile", "lima"} <= entities
    assert next(row for row in rows(folder / "entities.csv") if row["entity"] == "peru")["iso3166"] == "PE"


@pytest.mark.parametrize("quotes", [True, False])
@pytest.mark.parametrize("name", ["csv", "flat.csv"])
def test_metadata_is_valid_csvw(graph: Path, tmp_path: Path, name: str, quotes: bool) -> None:
    csvw = pytest.importorskip("csvw", reason="csvw (PyPI) is not installed")
    export_tables(open_store(graph), tmp_path / name, "csv", quotes=quotes)
    metadata = tmp_path / name / "csv-metadata.json" if name == "csv" else tmp_path / "flat.csv-metadata.json"
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        package = csvw.CSVW(str(metadata), validate=True)
        assert package.is_valid, package.warnings
    read = {table.local_name: list(table.iterdicts()) for table in package.tablegroup.tables}
    if name == "csv":
        party = read["AgreementAction.csv"][0]["party"]
        assert sorted(party) == ["chile", "peru"], "lists are lists"
        assert all(isinstance(row["start"], int) for row in read["evidence.csv"])
        keys = json.loads(metadata.read_text())["tables"][1]["tableSchema"]["foreignKeys"]
        assert {"columnReference": "fact", "reference": {"resource": "facts.csv", "columnReference": "fact"}} in keys


def test_all_samples_give_valid_tables(tmp_path: Path) -> None:
    csvw = pytest.importorskip("csvw", reason="csvw (PyPI) is not installed")
    for file in sorted((ROOT / "tests/graphs").glob("*.ttl")):
        out = tmp_path / file.stem
        if export_tables(sample(file.name), out, "csv"):
            assert csvw.CSVW(str(out / "csv-metadata.json"), validate=True).is_valid, file.name


def test_pandas_reads_the_flat_table(graph: Path, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    assert export_tables(open_store(graph), tmp_path / "flat.csv", "csv") == 10
    table = pandas.read_csv(tmp_path / "flat.csv", parse_dates=["earliest", "latest"])
    assert len(table) == 10
    total = table[(table["type"] == "TradeFigure") & (table["status"] == "Asserted")]["amount"]
    assert sorted(total.dropna()) == [3.9e9, 4.2e9]
    assert str(table["earliest"].dtype).startswith("datetime64")


def test_the_zip_holds_the_folder(graph: Path, folder: Path, tmp_path: Path) -> None:
    export_tables(open_store(graph), tmp_path / "all.zip", "csv")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        assert archive.namelist() == sorted(path.name for path in folder.iterdir())
        assert all(archive.read(path.name) == path.read_bytes() for path in folder.iterdir())


# Parquet


def test_parquet_columns_are_typed(graph: Path, tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow (extra tables) is not installed")
    import pyarrow as pa

    export_tables(open_store(graph), tmp_path / "pq", "parquet")
    trade = pq.read_table(tmp_path / "pq" / "TradeFigure.parquet")
    assert trade.schema.field("amount").type == pa.float64() and trade.schema.field("earliest").type == pa.date32()
    assert trade.schema.field("commodity").type == pa.list_(pa.string())
    assert sorted(value for value in trade["amount"].to_pylist() if value) == [3.9e9, 4.2e9, 6e9]
    evidence = pq.read_table(tmp_path / "pq" / "evidence.parquet")
    assert evidence.schema.field("start").type == pa.int64()
    assert any(QUOTE in quote for quote in evidence["quote"].to_pylist())


def test_pandas_reads_one_parquet_file(graph: Path, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    pytest.importorskip("pyarrow", reason="pyarrow (extra tables) is not installed")
    export_tables(open_store(graph), tmp_path / "facts.parquet", "parquet")
    table = pandas.read_parquet(tmp_path / "facts.parquet")
    by_type = table.groupby("type").size()
    assert by_type["TradeFigure"] == 4 and len(table) == 10


# GraphML


def test_networkx_reads_facts_as_nodes(graph: Path, tmp_path: Path) -> None:
    networkx = pytest.importorskip("networkx", reason="networkx is not installed")
    export_tables(open_store(graph), tmp_path / "g.graphml", "graphml")
    found = networkx.read_graphml(tmp_path / "g.graphml", force_multigraph=True)
    figure = next(node for node, data in found.nodes(data=True) if data.get("amount") == 6e9)
    data = found.nodes[figure]
    assert (data["type"], data["status"], data["date"], data["currency"]) == ("TradeFigure", "Planned", "2025", "USD")
    assert {found.edges[edge]["role"] for edge in found.out_edges(figure, keys=True)} == {"reporter", "partner"}
    assert found.nodes["ent:peru"]["label"] == "Peru" and found.nodes["ent:peru"]["kind"] == "State"
    assert found.nodes["ent:peru"]["iso3166"] == "PE"


def test_networkx_reads_facts_as_edges(graph: Path, tmp_path: Path) -> None:
    networkx = pytest.importorskip("networkx", reason="networkx is not installed")
    export_tables(open_store(graph), tmp_path / "g.graphml", "graphml", facts_as="edges")
    found = networkx.read_graphml(tmp_path / "g.graphml", force_multigraph=True)
    between = [data for one, other, data in found.edges(data=True) if {one, other} == {"ent:peru", "ent:chile"}]
    assert sorted(data["amount"] for data in between if "amount" in data) == [3e8, 3.9e9, 4.2e9, 6e9]
    assert not any(node.startswith("fact:") for node in found)


def test_graphml_survives_what_xml_cannot_hold(tmp_path: Path) -> None:
    networkx = pytest.importorskip("networkx", reason="networkx is not installed")
    store = sample("trade.ttl")
    node, label = ox.NamedNode(terms.ENT + "kenya"), ox.NamedNode(terms.SKOS + "prefLabel")
    for quad in list(store.quads_for_pattern(node, label, None, None)):
        store.remove(quad)
        store.add(ox.Quad(node, label, ox.Literal('<K> & "\x07" \u202e🚂', language="en"), quad.graph_name))
    export_tables(store, tmp_path / "g.graphml", "graphml")
    found = networkx.read_graphml(tmp_path / "g.graphml", force_multigraph=True)
    assert found.nodes["ent:kenya"]["label"] == '<K> & "\ufffd" \u202e🚂'


# Alike for all


@pytest.mark.parametrize("name", ["csv.zip", "flat.csv", "g.graphml", "facts.parquet", "all.trig"])
def test_the_same_graph_gives_the_same_bytes(graph: Path, tmp_path: Path, name: str) -> None:
    if name.endswith("parquet"):
        pytest.importorskip("pyarrow", reason="pyarrow (extra tables) is not installed")
    contents = set()
    for seed in ("1", "2"):
        out = tmp_path / seed / name
        out.parent.mkdir()
        command = [sys.executable, "-m", "kg", "export", "--graph", str(graph), "-o", str(out)]
        subprocess.run(command, check=True, cwd=ROOT, env={"PYTHONHASHSEED": seed, "PATH": "/usr/bin:/bin"})
        contents.add(out.read_bytes())
    assert len(contents) == 1


def test_filters_hold_for_tables(graph: Path, tmp_path: Path) -> None:
    store = open_store(graph)
    assert export_tables(store, tmp_path / "a.csv", "csv", type="TradeFigure", document="pacific-letter") == 2
    assert {row["type"] for row in rows(tmp_path / "a.csv")} == {"TradeFigure"}
    assert export_tables(store, tmp_path / "b.csv", "csv", pair=("Peru", "Chile")) == 7
    assert export_tables(store, tmp_path / "c", "csv", type="Lease") == 0


def test_an_export_replaces_only_an_export(graph: Path, tmp_path: Path) -> None:
    store, out = open_store(graph), tmp_path / "out"
    export_tables(store, out, "csv")
    export_tables(store, out, "csv", type="TradeFigure")
    assert not (out / "Remark.csv").exists()
    (out / "mine.csv").write_text("a\n1\n")
    with pytest.raises(KgError, match=r"mine\.csv"):
        export_tables(store, out, "csv")
    assert (out / "mine.csv").exists() and (out / "TradeFigure.csv").exists()


def test_the_command_says_what_is_missing(graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--graph", str(graph), "--format", "parquet"]) == 2
    assert "name a file: -o facts.parquet" in capsys.readouterr().err
    for name in ("x.foo", "x"):
        assert main(["export", "--graph", str(graph), "-o", str(tmp_path / name)]) == 2
        assert ".ttl, .trig" in (told := capsys.readouterr().err) and ".parquet" in told
        assert not (tmp_path / name).exists()
    (tmp_path / "file").write_text("")
    assert main(["export", "--graph", str(graph), "--format", "csv", "-o", str(tmp_path / "file")]) == 2
    assert "is a file, not a folder" in capsys.readouterr().err
    assert main(["export", "--graph", str(graph), "--format", "csv", "-o", str(tmp_path / "x.parquet")]) == 2
    assert "not that of csv" in capsys.readouterr().err
    assert main(["export", "--graph", str(graph), "--facts-as", "edges", "-o", str(tmp_path / "x.ttl")]) == 2
    assert "--facts-as is for GraphML" in capsys.readouterr().err


# Workbooks


def test_a_workbook_has_texts_numbers_and_no_formulas(graph: Path, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl (extra tables) is not installed")
    changed = Path(shutil.copytree(graph, tmp_path / "graph"))
    file = tmp_path / "facts.ttl"
    for text in ("=1+2", "@SUM(A1)", "+49 30", "-2 degrees"):
        file.write_text(f'''@prefix bkg: <{terms.BKG}> . @prefix ent: <{terms.ENT}> .
            [] a bkg:Remark ; bkg:status bkg:Asserted ; bkg:speaker ent:peru ; bkg:content "{text}" .''')
        assert main(["add", str(file), "--graph", str(changed), "--by", "Ada", "--source", "a yearbook"]) == 0
    out = tmp_path / "facts.xlsx"
    assert main(["export", "--graph", str(changed), "-o", str(out)]) == 0
    workbook = openpyxl.load_workbook(out)
    assert workbook.sheetnames[0] == "facts" and {"TradeFigure", "Remark"} <= set(workbook.sheetnames)
    cells = [cell for sheet in workbook for row in sheet.iter_rows() for cell in row]
    assert {cell.value for cell in cells} >= {"=1+2", "@SUM(A1)", "+49 30", "-2 degrees"}
    assert {cell.data_type for cell in cells} == {"s", "n"}, "no formula, no error"
    trade = workbook["TradeFigure"]
    head = [cell.value for cell in trade[1]]
    assert sorted(row[head.index("amount")].value or 0 for row in trade.iter_rows(min_row=2)) == [0, 3900000000, 4200000000, 6000000000]
    assert trade.freeze_panes == "B2" and trade.auto_filter.ref == trade.dimensions and "content" not in head
    first = out.read_bytes()
    with zipfile.ZipFile(out) as archive:
        assert b"1980-01-01T00:00:00Z" in archive.read("docProps/core.xml") and {info.date_time[0] for info in archive.infolist()} == {1980}
    assert main(["export", "--graph", str(changed), "-o", str(out)]) == 0 and out.read_bytes() == first
    pandas = pytest.importorskip("pandas", reason="needs the extra 'test'")
    assert set(pandas.read_excel(out, sheet_name="facts")["fact"]) == {row[0].value for row in workbook["facts"].iter_rows(min_row=2)}


def test_a_workbook_is_one_file_and_cells_have_their_limits(graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl (extra tables) is not installed")
    assert main(["export", "--graph", str(graph), "--format", "xlsx", "-o", str(tmp_path / "folder")]) == 2
    assert "end its name in .xlsx" in capsys.readouterr().err
    table = Table("a", "", "x", (Column("x", "x"),), (("a\x07b",), ("y" * 40_000,), (("p", "q"),), (None,)))
    sheet = openpyxl.load_workbook(io.BytesIO(write_workbook([table])))["a"]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == ["a\ufffdb", "y" * 32_766 + "…", "p; q"]


# Without quotes


def runs(text: str, length: int = 6) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


@pytest.mark.parametrize("format", sorted(WRITERS))
def test_no_words_of_the_documents_are_left(graph: Path, format: str) -> None:
    out = io.StringIO()
    export(open_store(graph), out, format, quotes=False)
    texts = [document_text(graph, file.stem) for file in sorted((graph / "documents").glob("*.txt"))]
    assert len(texts) == 2
    said = set().union(*(runs(text) for text in texts))
    left = {run for literal in re.split(r'["<>\n]', out.getvalue()) for run in runs(literal)} & said
    assert not left
    assert "high plain" not in out.getvalue() and "\U0001f682" not in out.getvalue()


def test_hashes_stand_for_quotes(graph: Path) -> None:
    store = open_store(graph)
    said = without_quotes(select(store))
    hashes = {q.subject: q.object.value for q in said if q.predicate == bkg("quoteSha256")}  # type: ignore[union-attr]
    exact = ox.NamedNode(terms.OA + "exact")
    quotes = {q.subject: q.object.value for q in select(store) if q.predicate == exact}  # type: ignore[union-attr]
    assert hashes == {node: hashlib.sha256(text.encode()).hexdigest() for node, text in quotes.items()} and len(hashes) >= 9
    content = [q.object.value for q in said if q.predicate == bkg("content")]  # type: ignore[union-attr]
    assert content == ["sha256:" + hashlib.sha256(QUOTE.encode()).hexdigest()]
    labels = [q.object.value for q in said if q.predicate.value.endswith("#label")]  # type: ignore[union-attr]
    assert labels.count("Gabriel Boric says: […]") == 2, "the fact's and its claim's"


def test_tables_without_quotes_keep_offsets(graph: Path, tmp_path: Path) -> None:
    export_tables(open_store(graph), tmp_path / "csv", "csv", quotes=False)
    for row in rows(tmp_path / "csv" / "evidence.csv"):
        words = document_text(graph, row["document"])[int(row["start"]) : int(row["end"])]
        assert row["quoteSha256"] == hashlib.sha256(words.encode()).hexdigest()
    assert "high plain" not in "".join(file.read_text() for file in (tmp_path / "csv").iterdir())


def test_a_label_that_was_cut_is_cut_before_the_words() -> None:
    node, graph = ox.NamedNode(terms.FACT + "a"), ox.NamedNode(terms.GRAPH + "document-x")
    text = "one two three four five six " * 20
    label = "Ada says: " + text[:90].rstrip() + "… (2018, according to Bo)"
    quads = [
        ox.Quad(node, ox.NamedNode(terms.RDF + "type"), bkg("Remark"), graph),
        ox.Quad(node, bkg("content"), ox.Literal(text), graph),
        ox.Quad(node, ox.NamedNode(terms.RDFS + "label"), ox.Literal(label, language="en"), graph),
    ]
    (kept,) = [q.object.value for q in without_quotes(quads) if q.predicate.value.endswith("label")]  # type: ignore[union-attr]
    assert kept == "Ada says: […] (2018, according to Bo)"


@pytest.mark.parametrize("engine", ["pyshacl", "fast"])
def test_an_export_without_quotes_conforms_and_is_known(graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], engine: str) -> None:
    if engine == "fast":
        pytest.importorskip("shacl", reason="shacl (extra fast) is not installed")
    file, facts = tmp_path / "open.ttl", len(Nodes(select(open_store(graph))).facts())
    assert main(["export", "--graph", str(graph), "--no-quotes", "-o", str(file)]) == 0
    assert main(["validate", str(file), "--graph", str(graph), "--engine", engine]) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith(f"0 facts new, {facts} in the graph already: 0 good, 0 at fault")
    empty = tmp_path / "empty"
    (tmp_path / "nothing.txt").write_text("A calm day.\n")
    assert main(["build", str(tmp_path / "nothing.txt"), "--graph", str(empty)]) == 0
    capsys.readouterr()
    assert main(["validate", str(file), "--graph", str(empty), "--engine", engine]) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith(f"{facts} facts new: {facts} good, 0 at fault")
    withheld = re.search(r"sha256:[0-9a-f]{64}", file.read_text())
    assert withheld is not None
    file.write_text(file.read_text().replace(withheld[0], "sha256:" + "0" * 64))
    assert main(["validate", str(file), "--graph", str(graph), "--engine", engine]) == 1
    assert "says something else in the graph" in capsys.readouterr().out


# VoID and DCAT


def test_modified_is_when_the_last_contribution_was_made(graph: Path, tmp_path: Path) -> None:
    def modified(directory: Path) -> list[ox.Literal]:
        return [q.object for q in void_quads(open_store(directory)) if q.predicate.value == terms.DCTERMS + "modified"]  # type: ignore[misc]

    changed = Path(shutil.copytree(graph, tmp_path / "graph"))
    assert modified(changed) == []
    file = tmp_path / "facts.csv"
    for year, when in (("2011", "2026-03-02"), ("2012", "2025-01-01T10:00:00Z")):
        file.write_text(f"type,status,reporter,partner,flow,amount,currency,date\nTradeFigure,asserted,Peru,Chile,total,{year},USD,{year}\n")
        assert main(["add", str(file), "--graph", str(changed), "--by", "Ada", "--source", "a yearbook", "--date", when]) == 0
    assert [(each.value, each.datatype.value) for each in modified(changed)] == [("2026-03-02", terms.XSD + "date")]


def test_the_description_counts_what_is_there(graph: Path) -> None:
    store = open_store(graph)
    described = rdflib.Graph()
    described.parse(data=WRITERS["turtle"](void_quads(store, "http://localhost:8000")), format="turtle")
    void, dataset = rdflib.Namespace(terms.VOID), rdflib.URIRef(DATASET)
    assert described.value(dataset, void.triples).toPython() == len(store)
    assert described.value(dataset, void.sparqlEndpoint) == rdflib.URIRef("http://localhost:8000/sparql")
    parts = {described.value(part, void["class"]): described.value(part, void.entities) for part in described.objects(dataset, void.classPartition)}
    assert parts[rdflib.URIRef(terms.BKG + "TradeFigure")].toPython() == 4
    by_property = {described.value(p, void.property): described.value(p, void.triples).toPython() for p in described.objects(dataset, void.propertyPartition)}
    assert by_property[rdflib.URIRef(terms.BKG + "amount")] == 4
    assert sum(by_property.values()) == len(store)
    assert len(list(described.objects(dataset, rdflib.URIRef(terms.DCTERMS + "source")))) == 2
    assert not any(isinstance(term, rdflib.BNode) for triple in described for term in triple)


def test_dumps_are_distributions(graph: Path) -> None:
    quads = void_quads(open_store(graph), "https://kg.example/", dumps=[("https://kg.example/all.ttl", "text/turtle")])
    text = WRITERS["ntriples"](quads)
    assert "<http://rdfs.org/ns/void#dataDump> <https://kg.example/all.ttl>" in text
    assert "media-types/text/turtle>" in text and "<https://kg.example/sparql>" in text


def test_a_whole_export_describes_itself_and_a_part_does_not(graph: Path, tmp_path: Path) -> None:
    store = open_store(graph)
    export(store, tmp_path / "all.trig")
    export(store, tmp_path / "part.trig", type="Remark")
    whole = rdflib.Dataset()
    whole.parse(tmp_path / "all.trig", format="trig")
    described = whole.graph(rdflib.URIRef(terms.GRAPH + "description"))
    counted = described.value(rdflib.URIRef(DATASET), rdflib.URIRef(terms.VOID + "triples"))
    others = [g for g in whole.graphs() if str(g.identifier) != terms.GRAPH + "description"]
    assert counted is not None and counted.toPython() == sum(len(g) for g in others)
    assert DATASET not in (tmp_path / "part.trig").read_text()


def test_an_export_without_quotes_fits_every_shape(graph: Path) -> None:
    from kg.validate import validate_graph

    report = validate_graph(without_quotes(select(open_store(graph))))
    assert report.conforms and not report.violations


def test_tables_name_their_rows_once(graph: Path) -> None:
    for table in make_tables(Nodes(select(open_store(graph)))):
        if table.key:
            keys = [row[0] for row in table.rows]
            assert len(set(keys)) == len(keys), table.name
        assert all(len(row) == len(table.columns) for row in table.rows)
        assert [column.name for column in table.columns][0:1] == ([table.key] if table.key else ["fact"])


def test_contributed_facts_are_told_apart() -> None:
    from pyoxigraph import Literal, NamedNode, Quad

    from kg import terms
    from kg.exports.nodes import Nodes

    def said(name: str, predicate: str, value: NamedNode | Literal) -> Quad:
        return Quad(NamedNode(terms.FACT + name), NamedNode(predicate), value)

    quads = [said(name, terms.RDF + "type", NamedNode(terms.BKG + "Lease")) for name in ("read", "given")]
    quads += [said("read", terms.PROV + "wasGeneratedBy", NamedNode(terms.BKG.replace("ontology#", "activity/") + "lease-use-1"))]
    quads += [said("given", terms.PROV + "wasGeneratedBy", NamedNode(terms.GRAPH + "contribution-" + "0" * 64))]
    quads += [said("given", terms.PROV + "wasDerivedFrom", NamedNode(terms.DOC + "source-1"))]
    nodes = Nodes(quads)
    assert {nodes.short(fact): nodes.provenance(fact) for fact in nodes.facts()} == {"read": "extracted", "given": "contributed"}
    assert [(each.start, each.end) for each in nodes.evidence(terms.FACT + "given")] == [(None, None)]


def test_a_full_disk_for_what_a_workbook_is_made_in_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    openpyxl = pytest.importorskip("openpyxl")

    def full(*arguments: object) -> None:
        raise Exception("IO_ENOSPC")  # as lxml.etree.SerialisationError says it

    monkeypatch.setattr(openpyxl.Workbook, "save", full)
    with pytest.raises(KgError, match=r"cannot be made here \(IO_ENOSPC\) - free some space there, or set TMPDIR"):
        write_workbook([Table("a", "", "x", (Column("x", "x"),), (("y",),))])
