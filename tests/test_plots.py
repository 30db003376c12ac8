"""Plots: what each draws, tells apart and leaves to its table; the files that it becomes."""

from __future__ import annotations

import json
import re
import shutil
import struct
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from kg import terms
from kg.cli import main
from kg.errors import KgError, QueryError
from kg.graph import open_store
from kg.plots import FORMATS, Drawing, load_plots, make_drawing, render_drawing
from kg.plots.layout import Box, place_nodes
from kg.plots.periods import read_period
from kg.plots.sources import sources_of
from tests.andes import build_andes

ROOT = Path(__file__).resolve().parent.parent
PLOTS = {plot.name: plot for plot in load_plots()}
SAMPLES = {
    "trade": ("trade.ttl", {}), "investment": ("trade.ttl", {}), "indicators": ("trade.ttl", {}), "timeline": ("treaties.ttl", {}),
    "projects": ("projects.ttl", {}), "network": ("projects.ttl", {}), "activity": ("trade.ttl", {}),
}  # fmt: skip


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_andes(tmp_path_factory.mktemp("andes"))


def sample(name: str) -> ox.Store:
    store = ox.Store()
    store.load((ROOT / "tests/graphs" / name).read_bytes(), format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode("urn:one"))
    return store


def add(store: ox.Store, turtle: str) -> ox.Store:
    prefixes = "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in terms.PREFIXES.items())
    store.load((prefixes + turtle).encode(), format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode("urn:one"))
    return store


def data(drawing: Drawing) -> list[dict[str, Any]]:
    """All rows of data in a specification."""
    found: list[dict[str, Any]] = []

    def look(value: object) -> None:
        if isinstance(value, dict):
            found.extend(value.get("data", {}).get("values", []) if isinstance(value.get("data"), dict) else [])
            for each in value.values():
                look(each)
        elif isinstance(value, list):
            for each in value:
                look(each)

    look(drawing.specification)
    return found


def bars(drawing: Drawing) -> list[dict[str, Any]]:
    return [row for row in data(drawing) if "figure" in row]


def words(drawing: Drawing) -> str:
    return json.dumps(drawing.specification, ensure_ascii=False)


# Every plot


def test_every_plot_has_a_sample() -> None:
    assert SAMPLES.keys() == PLOTS.keys()


@pytest.mark.parametrize("name", SAMPLES)
def test_is_valid_vega_lite(name: str) -> None:
    vl = pytest.importorskip("vl_convert", reason="vl-convert-python (extra plots) is not installed")
    store, params = SAMPLES[name]
    drawing = make_drawing(sample(store), name, params)
    assert drawing.grammar == "vega-lite" and not drawing.why_empty
    assert json.loads(json.dumps(drawing.specification)) == drawing.specification, "a plain JSON value"
    assert vl.vegalite_to_vega(drawing.specification, vl_version="6.4")["marks"]
    assert drawing.title in words(drawing) and not re.search(r"\{\w+\}", drawing.title + drawing.question)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_mark_leads_to_its_fact(name: str) -> None:
    store, params = SAMPLES[name]
    plain, paged = (make_drawing(sample(store), name, params, base_url=base) for base in ("", "http://localhost:8000/kg/"))
    linked = [row["link"] for row in data(plain) if "link" in row]
    assert linked or name == "activity"
    assert all(link.startswith(("https://w3id.org/bilateral-kg/fact/", terms.ENT)) for link in linked)
    own = [row["link"] for row in data(paged) if "link" in row]
    assert own == [link.replace("https://w3id.org/bilateral-kg", "http://localhost:8000/kg") for link in linked]


@pytest.mark.parametrize("name", PLOTS)
def test_says_why_it_is_empty(name: str) -> None:
    drawing = make_drawing(add(ox.Store(), "fact:a bkg:other 1 ."), name)
    assert drawing.why_empty and not drawing.specification and not drawing.table.rows
    with pytest.raises(KgError, match="nothing to draw"):
        render_drawing(drawing, "json")


# Figures by year


def test_sources_stand_side_by_side_and_nothing_is_averaged() -> None:
    drawing = make_drawing(sample("trade.ttl"), "trade")
    of_2018 = [row for row in bars(drawing) if row["period"] == "2018" and row["told"].startswith("trade")]
    amounts = [row for row in of_2018 if row["figure"].endswith("USD")]
    assert sorted(row["figure"] for row in amounts) == ["3,600,000,000 USD", "4,000,000,000 USD", "4,000,000,000 USD"]
    assert len({row["source"] for row in amounts}) == 3, "a speaker is a source of his own"
    spans = sorted((row["x1"], row["x2"]) for row in amounts)
    assert all(one[1] <= other[0] for one, other in pairwise(spans)), "no bar hides another"
    assert "billion USD" in words(drawing)


def test_what_is_planned_is_hollow_and_dashed() -> None:
    drawing = make_drawing(sample("trade.ttl"), "trade")
    (planned,) = [row for row in bars(drawing) if row["status"] == "Planned"]
    assert planned["period"] == "2020"
    layers = [layer for view in drawing.specification["vconcat"] for layer in view.get("layer", [])]
    hollow = [layer for layer in layers if "Planned" in json.dumps(layer.get("transform", ""))]
    assert hollow and all(layer["encoding"]["fill"] == {"value": "white"} and layer["mark"]["strokeDash"] != [1, 0] for layer in hollow)
    assert "planned or forecast" in words(drawing)


def test_years_without_figures_keep_their_place() -> None:
    drawing = make_drawing(sample("trade.ttl"), "trade")
    assert "['2018', '2019', '2020']" in words(drawing)


def test_currencies_goods_and_directions_are_kept_apart() -> None:
    store = add(sample("trade.ttl"), """
        fact:e a bkg:TradeFigure ; bkg:status bkg:Asserted ; bkg:reporter ent:kenya ; bkg:partner ent:india ;
          bkg:flow con:flow-imports ; bkg:amount 2 ; bkg:currency "EUR" ; bkg:date "2018"^^xsd:gYear ; bkg:commodity "tea" ;
          bkg:earliest "2018-01-01"^^xsd:date ; bkg:latest "2018-12-31"^^xsd:date ; prov:wasDerivedFrom evidence:e .
        fact:f a bkg:TradeFigure ; bkg:status bkg:Asserted ; bkg:reporter ent:kenya ; bkg:partner ent:india ;
          bkg:flow con:flow-imports ; bkg:amount 2900000000 ; bkg:currency "USD" ; bkg:date "2018"^^xsd:gYear ;
          bkg:earliest "2018-01-01"^^xsd:date ; bkg:latest "2018-12-31"^^xsd:date ; prov:wasDerivedFrom evidence:e .
        evidence:e oa:hasSource doc:harbour-bulletin .""")  # fmt: skip
    drawing = make_drawing(store, "trade")
    panels = {view["title"]: view for view in drawing.specification["vconcat"] if isinstance(view.get("title"), str)}
    mirror = panels["From India to Kenya"]["data"]["values"]
    assert sorted(row["told"] for row in mirror) == ["exports of India", "imports of Kenya"], "the same goods, told by each side"
    assert [row["figure"] for row in panels["From India to Kenya: tea"]["data"]["values"]] == ["2 EUR"]


def test_what_has_no_year_stands_at_the_end_and_what_has_no_number_in_the_notes() -> None:
    store = add(sample("trade.ttl"), """
        fact:e a bkg:TradeFigure ; bkg:status bkg:Denied ; bkg:reporter ent:kenya ; bkg:partner ent:india ;
          bkg:flow con:flow-total ; bkg:amount 2 ; bkg:currency "USD" ; bkg:per "P1D"^^xsd:duration ;
          prov:wasDerivedFrom evidence:e .
        fact:f a bkg:TradeFigure ; bkg:status bkg:Asserted ; bkg:reporter ent:kenya ; bkg:partner ent:india ;
          bkg:flow con:flow-total ; bkg:trend con:trend-rising ; prov:wasDerivedFrom evidence:e .
        evidence:e oa:hasSource doc:harbour-bulletin .""")  # fmt: skip
    drawing = make_drawing(store, "trade")
    (denied,) = [row for row in bars(drawing) if row["status"] == "Denied"]
    assert denied["period"] == "no date" and denied["figure"] == "2 USD a day"
    assert any("1 fact without amount" in note for note in drawing.notes)
    assert len({row[-1] for row in drawing.table.rows}) == 7, "the table holds all"


def test_more_than_and_ranges_are_told() -> None:
    store = add(sample("trade.ttl"), """
        fact:e a bkg:InvestmentFigure ; bkg:status bkg:Asserted ; bkg:investor ent:japan ; bkg:recipient ent:brazil ;
          bkg:kind con:kind-loan ; bkg:amount 5 ; bkg:valueMin 5 ; bkg:valueMax 6 ; bkg:currency "USD" ; bkg:date "2016"^^xsd:gYear ;
          bkg:earliest "2016-01-01"^^xsd:date ; bkg:latest "2016-12-31"^^xsd:date ; bkg:qualifier con:qualifier-moreThan ;
          prov:wasDerivedFrom evidence:e .
        evidence:e oa:hasSource doc:harbour-bulletin .""")  # fmt: skip
    (loan,) = [row for row in bars(make_drawing(store, "investment")) if row["figure"] == "5 USD"]
    assert (loan["low"], loan["high"]) == (5, 6) and loan["label"].startswith("> 5")


@pytest.mark.parametrize(("value", "says"), [("1234.5", "1,234"), ("-12", "-12"), ("999.9", "1,000"), ("0.0821", "0.0821")])
def test_numbers_have_no_exponent(value: str, says: str) -> None:
    turtle = f"""fact:e a bkg:TradeFigure ; bkg:status bkg:Asserted ; bkg:reporter ent:kenya ; bkg:partner ent:india ;
        bkg:flow con:flow-exports ; bkg:changePercent {value} ; prov:wasDerivedFrom evidence:e .
        evidence:e oa:hasSource doc:harbour-bulletin ."""
    drawing = make_drawing(add(sample("trade.ttl"), turtle), "trade")
    assert says in [row["label"].partition("\n")[0] for row in bars(drawing)]


def test_letters_go_on_behind_z() -> None:
    sources = sources_of(f"{n:03}" for n in range(60))
    letters = [letter for letter, _, _ in sources.key()]
    assert letters[:2] == ["a", "b"] and letters[25:28] == ["z", "aa", "ab"] and len(set(letters)) == 60
    assert sources_of(["only"]).letter("only") == ""


# Periods


@pytest.mark.parametrize(
    ("when", "start", "end", "says"),
    [("2018", "2018-01-01", "2018-12-31", "2018"), ("2018-05", "2018-05-01", "2018-05-31", "May 2018"),
     ("2018-05-03", "2018-05-03", "2018-05-03", "3 May 2018"), ("2018-01/2018-06", "2018-01-01", "2018-06-30", "Jan–Jun 2018"),
     ("2012/2017", "2012-01-01", "2017-12-31", "2012–2017"), ("2015/..", "2015-01-01", "9999-12-31", "since 2015"),
     ("../2020", "0000-01-01", "2020-12-31", "until 2020")],
)  # fmt: skip
def test_periods_are_read_as_queries_write_them(when: str, start: str, end: str, says: str) -> None:
    period = read_period(when)
    assert period is not None and (period.start, period.end, period.words) == (start, end, says)


@pytest.mark.parametrize("when", ["", "soon", "2018-13", "../..", "2018/soon"])
def test_what_is_no_date_is_no_period(when: str) -> None:
    assert read_period(when) is None


# Timeline, projects, network, activity


def test_the_timeline_keeps_what_has_no_date() -> None:
    store = add(sample("treaties.ttl"), """
        fact:u a bkg:AgreementAction ; rdfs:label "x"@en ; bkg:status bkg:Planned ; bkg:agreement ent:elysee-treaty ;
          bkg:action con:action-amended ; bkg:party ent:france, ent:germany ; prov:wasDerivedFrom evidence:u .
        evidence:u oa:hasSource doc:rhine-review .""")  # fmt: skip
    drawing = make_drawing(store, "timeline")
    row = next(row for row in data(drawing) if row.get("fact") == terms.FACT + "u" and row.get("text", "").startswith("no date"))
    assert row["status"] == "Planned" and row["text"] == "no date, planned"
    assert any("1 of 11" in note for note in drawing.notes)
    signed = next(row for row in data(drawing) if row.get("what") == "Élysée Treaty: signed" and "shape" in row)
    later = next(row for row in data(drawing) if row.get("what") == "Rhine Salt Convention: terminated" and "shape" in row)
    assert signed["x"] < later["x"] and signed["shape"] == "square"
    assert {row["shape"] for row in data(drawing) if "shape" in row} == {"square", "circle"}


def test_what_holds_of_both_queries_of_the_timeline_is_said_once() -> None:
    drawing = make_drawing(sample("treaties.ttl"), "timeline", {"until": "1701"})
    lines = drawing.why_empty.splitlines()
    assert len(lines) == 3 and len(set(lines)) == 3
    assert sum("the query's own examples" in line for line in lines) == 1


def test_the_same_event_in_two_documents_is_one_row() -> None:
    store = add(sample("treaties.ttl"), """
        doc:second a bkg:Document ; dcterms:title "Second" .
        fact:again a bkg:AgreementAction ; rdfs:label "x"@en ; bkg:status bkg:Asserted ; bkg:agreement ent:elysee-treaty ;
          bkg:action con:action-signed ; bkg:date "1963-01-22"^^xsd:date ; bkg:earliest "1963-01-22"^^xsd:date ;
          bkg:latest "1963-01-22"^^xsd:date ; prov:wasDerivedFrom evidence:u .
        evidence:u oa:hasSource doc:second .""")  # fmt: skip
    drawing = make_drawing(store, "timeline")
    (signed,) = [row for row in data(drawing) if row.get("what") == "Élysée Treaty: signed" and "shape" in row]
    assert "Second" in signed["source"] and ";" in signed["source"]
    assert len(drawing.table.rows) == 11


def test_projects_stand_in_the_column_of_their_stage() -> None:
    marks = [row for row in data(make_drawing(sample("projects.ttl"), "projects")) if "shape" in row and "what" in row]
    places = {row["what"]: row["x"] for row in marks}
    assert places["Baltic Cable: planned"] < places["Baltic Cable: underway"] < places["Baltic Cable: completed"]
    assert next(row for row in marks if row["what"] == "Baltic Cable: planned")["fill"] == "white"


def test_the_network_counts_claims_and_tells_kinds_by_shape() -> None:
    drawing = make_drawing(sample("projects.ttl"), "network")
    nodes = {row["what"]: row for row in data(drawing) if "claims" in row}
    assert nodes["Norway"]["claims"] == 6 and nodes["Norway"]["shape"] == "circle"
    assert len({row["shape"] for row in nodes.values()}) == 2
    lines = [row for row in data(drawing) if "thick" in row]
    assert len(lines) == len(drawing.table.rows) and max(row["thick"] for row in lines) > min(row["thick"] for row in lines)


def test_a_large_network_says_what_it_leaves_out() -> None:
    turtle = "".join(
        f'ent:x{i} a bkg:Company ; skos:prefLabel "Company {i}"@en . fact:x{i} a bkg:Presence ; bkg:status bkg:Asserted ; '
        f"bkg:organisation ent:x{i} ; bkg:in ent:norway .\n" for i in range(90)
    )  # fmt: skip
    drawing = make_drawing(add(sample("projects.ttl"), turtle), "network")
    assert len({row["what"] for row in data(drawing) if "claims" in row}) == 60
    assert any(re.search(r"the 60 of \d\d+ actors", note) for note in drawing.notes)


def test_no_label_of_a_network_lies_on_another() -> None:
    boxes = [Box(40.0 + 7 * (i % 9), 24.0) for i in range(60)]
    links = [(i, i * i % 7, 1.0) for i in range(7, 60)]
    spots, width, height = place_nodes(boxes, links)
    for i in range(60):
        for j in range(i):
            apart_x = abs(spots[i][0] - spots[j][0]) - (boxes[i].width + boxes[j].width) / 2
            apart_y = abs(spots[i][1] - spots[j][1]) - (boxes[i].height + boxes[j].height) / 2
            assert max(apart_x, apart_y) > -0.2
    assert all(0 <= x <= width and 0 <= y <= height for x, y in spots)
    assert place_nodes(boxes, links) == (spots, width, height)


def test_activity_counts_years_in_fives_where_they_are_many() -> None:
    store = add(sample("trade.ttl"), """
        fact:old a bkg:TradeFigure ; bkg:status bkg:Asserted ; bkg:reporter ent:kenya ; bkg:earliest "1901-01-01"^^xsd:date .""")
    texts = {row["text"] for row in data(make_drawing(store, "activity")) if "text" in row}
    assert {"1900–1904", "2015–2019", "no date", "Trade figure"} <= texts


# Files


@pytest.mark.parametrize("format", FORMATS)
def test_files_are_what_they_say_and_the_same_each_time(graph: Path, tmp_path: Path, format: str) -> None:
    if format != "json":
        pytest.importorskip("vl_convert", reason="vl-convert-python (extra plots) is not installed")
    contents = set()
    for seed in ("1", "2"):
        out = tmp_path / f"{seed}.{format}"
        command = [sys.executable, "-m", "kg", "plot", "trade", "-p", "a=Peru", "-p", "b=CL", "--graph", str(graph), "-o", str(out)]
        subprocess.run(command, check=True, cwd=ROOT, env={"PYTHONHASHSEED": seed, "PATH": "/usr/bin:/bin"}, capture_output=True)
        contents.add(out.read_bytes())
    (content,) = contents
    if format == "svg":
        root = ElementTree.fromstring(content)
        assert root.tag.endswith("svg") and "4.2" in "".join(root.itertext())
    elif format == "png":
        assert content.startswith(b"\x89PNG") and min(struct.unpack(">II", content[16:24])) > 400
    elif format == "json":
        assert json.loads(content)["$schema"].endswith("vega-lite/v6.json")
    else:
        check_page(content.decode())


def check_page(page: str) -> None:
    """The page holds all that it needs, and a document's title that looks like a script stays a title."""
    assert "<script>alert(1)" not in page and "\\u003c/script>\\u003cscript>alert(1)" in page
    markup = re.sub(r"<script>.*?</script>", "<script></script>", page, flags=re.S)  # the library's own source is not markup
    assert not re.search(r"""<(?:script|link|img)[^>]+(?:src|href)=""", markup)
    assert "default-src 'none'" in page and page.count("</script>") == 3


def test_the_page_draws_itself_in_a_browser_without_network(graph: Path, tmp_path: Path) -> None:
    pytest.importorskip("vl_convert", reason="vl-convert-python (extra plots) is not installed")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("Chromium is not installed")
    page = tmp_path / "trade.html"
    page.write_bytes(render_drawing(make_drawing(open_store(graph), "trade", {"a": "Peru", "b": "CL"}), "html"))
    command = [
        chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-quic",
        "--host-resolver-rules=MAP * ~NOTFOUND", f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=10000", "--dump-dom",
        page.as_uri(),
    ]  # fmt: skip
    drawn = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True).stdout
    body = re.sub(r"<script.*?</script>", "", drawn, flags=re.S)
    assert "<svg" in body and "Trade of Chile and Peru, both directions" in body and "billion USD" in body
    assert "alert(1)" not in re.sub(r"<text[^>]*>.*?</text>|aria-label=\"[^\"]*\"", "", body, flags=re.S), "a title stays text"


def test_the_command_lists_the_plots(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plot"]) == 0
    listed = re.findall(r"^(\w+)$", capsys.readouterr().out, re.M)
    assert listed == list(PLOTS)


def test_the_command_says_why_there_is_nothing(graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plot", "trade", "-p", "a=Kenya", "-p", "b=India", "--graph", str(graph), "-o", str(tmp_path / "x.svg")]) == 1
    assert "nothing to draw: a: the graph knows Kenya" in capsys.readouterr().err
    assert not (tmp_path / "x.svg").exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [(["trad"], "did you mean 'trade'"), (["trade", "-p", "c=1"], "it takes a, b, from, until"), (["trade", "-o", "x.gif"], "end it in .svg"),
     (["trade", "-f", "png"], "name a file: -o trade.png"), (["trade", "-p", "a=Atlantis"], "no state of the graph is called 'Atlantis'")],
)  # fmt: skip
def test_misuse_is_told(graph: Path, arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plot", *arguments, "--graph", str(graph)]) == 2
    assert says in capsys.readouterr().err


def test_without_the_extra_json_is_left(graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    drawing = make_drawing(open_store(graph), "trade", {"a": "Peru", "b": "Chile"})
    assert render_drawing(drawing, "json")
    with pytest.raises(KgError, match=r"bilateral-kg\[plots\]"):
        render_drawing(drawing, "svg")
    with pytest.raises(QueryError):
        make_drawing(open_store(graph), "network", {"a": "Peru"})
