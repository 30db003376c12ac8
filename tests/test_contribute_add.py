"""Facts handed in: accepted whole, in part or not at all; what is said of them; what the graph then holds."""

from __future__ import annotations

import csv
import doctest
import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml
from pyoxigraph import NamedNode, RdfFormat, parse

import kg
from kg import terms
from kg.cli import main
from kg.contribute.accept import HandIn
from kg.contribute.handed import ERROR, NOTE, WARNING
from kg.contribute.tell import FORMATS, tell
from kg.errors import KgError, StoreError
from kg.graph import build, locked, open_store, read_contributions
from kg.graph.nodes import bkg
from tests.bench.adding import make_graph

ROOT = Path(__file__).parents[1]
SOURCE = "https://example.org/yearbook"
PREFIXES = "".join(
    f"@prefix {name}: <{space}> .\n"
    for name, space in (("bkg", terms.BKG), ("ent", terms.ENT), ("con", terms.CON), ("xsd", terms.XSD), ("rdfs", terms.RDFS), ("ex", "https://example.org/"))
)
TRADE = """ex:trade a bkg:TradeFigure ; rdfs:label "Trade of Peru with Chile" ; bkg:status bkg:Asserted ;
  bkg:reporter ent:peru ; bkg:partner ent:chile ; bkg:flow con:flow-exports ;
  bkg:amount 3500000000 ; bkg:currency "USD" ;
  bkg:date "2019"^^xsd:gYear .
"""
Write = Callable[[str], Path]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("graphs") / "graph"
    make_graph(directory, 0)
    return directory


@pytest.fixture
def graph(empty: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(empty, tmp_path / "graph"))


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(text: str) -> Path:
        file = tmp_path / f"facts-{len(list(tmp_path.iterdir()))}.ttl"
        file.write_text(PREFIXES + text, encoding="utf-8")
        return file

    return write


def add(graph: Path, file: Path, **options: object) -> HandIn:
    settings: dict[str, object] = {"by": "Ada", "source": SOURCE, "date": "2026-11-22", **options}
    return kg.Graph(graph).add(file, **settings)  # type: ignore[arg-type]


def codes(outcome: HandIn, severity: str) -> list[str]:
    return [finding.code for finding in outcome.judged.findings if finding.severity == severity]


# What must be shown


@pytest.mark.parametrize(("old", "new", "status"), [
    ("", "", 0), ('"2019"^^xsd:gYear', '"2024-02-30"^^xsd:date', 1), ('"2019"^^xsd:gYear', '"2024-02-30"', 1), ("USD", "XQX", 1), ("ex:trade", "no Turtle", 2),
])  # fmt: skip
def test_exit_status_of_add(graph: Path, write: Write, old: str, new: str, status: int, capsys: pytest.CaptureFixture[str]) -> None:
    file = write(TRADE.replace(old, new) if old else TRADE)
    assert main(["add", str(file), "--by", "Ada", "--source", SOURCE, "--graph", str(graph)]) == status
    shown = capsys.readouterr()
    assert ("accepted: contribution:" in shown.out) == (status == 0)
    assert len(read_contributions(graph)[0]) == (status == 0)
    if status == 2:
        assert f"{file}:7: " in shown.err and "column" in shown.err


def test_a_plain_fact_is_completed(graph: Path, write: Write) -> None:
    outcome = add(graph, write(TRADE))
    assert outcome.contribution is not None and outcome.contribution.header is not None
    store = open_store(graph)
    fact = NamedNode("https://example.org/trade")
    said = {q.predicate.value.rpartition("#")[2]: q.object.value for q in store.quads_for_pattern(fact, None, None, outcome.contribution.graph)}  # type: ignore[union-attr]
    assert (said["earliest"], said["latest"], said["label"]) == ("2019-01-01", "2019-12-31", "Trade of Peru with Chile")
    assert said["wasGeneratedBy"] == outcome.contribution.header.iri
    (evidence,) = (q.object for q in store.quads_for_pattern(fact, NamedNode(terms.PROV + "wasDerivedFrom"), None, None))
    (work,) = (q.object for q in store.quads_for_pattern(evidence, NamedNode(terms.OA + "hasSource"), None, None))  # type: ignore[arg-type]
    assert [q.object.value for q in store.quads_for_pattern(work, NamedNode(terms.DCTERMS + "title"), None, None)] == [SOURCE]  # type: ignore[arg-type, union-attr]
    header = outcome.contribution.header
    assert (header.who, header.when, header.source, header.kind, header.sequence) == ("Ada", "2026-11-22", SOURCE, "addition", 1)
    assert header.tool == kg.__version__ and len(header.inputs) == 1


def test_a_fact_without_iri_and_label_gets_both_always_the_same(graph: Path, write: Write) -> None:
    plain = TRADE.replace("ex:trade a", "[] a").replace('rdfs:label "Trade of Peru with Chile" ;', "")
    first, second = (kg.Graph(graph).validate(write(text), source=SOURCE) for text in (plain, plain.replace("[] a", "_:other a")))
    assert first.judged.good == second.judged.good
    labels = [value.value for _, path, value in first.judged.keep if path.value == terms.RDFS + "label"]
    assert "Trade of Peru with Chile: exports 3500000000 USD (2019)" in labels


def test_what_is_accepted_is_told_apart_in_answers(graph: Path, write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    add(graph, write(TRADE))
    rows = list(kg.Graph(graph).query("trade-of-a-pair", a="Peru", b="Chile"))
    assert [(row["amount"], row["origin"]) for row in rows] == [("3500000000", "contributed")]
    main(["query", "trade-of-a-pair", "-p", "a=Peru", "-p", "b=CL", "--graph", str(graph)])
    assert "contributed" in capsys.readouterr().out


def test_the_same_input_on_the_same_day_gives_the_same_file(empty: Path, tmp_path: Path, write: Write) -> None:
    file = write(TRADE)
    names = []
    for name in ("one", "two"):
        graph = Path(shutil.copytree(empty, tmp_path / name))
        add(graph, file)
        names.append([path.name for path in (graph / "contributions").iterdir()])
    assert names[0] == names[1]


def test_readers_keep_the_graph_that_they_opened(graph: Path, write: Write) -> None:
    before = open_store(graph)
    size = len(before)
    add(graph, write(TRADE))
    assert len(before) == size
    assert len(open_store(graph)) > size


# All or nothing, part and rest

BAD = TRADE.replace("ex:trade", "ex:bad").replace("ent:chile", "ent:atlantys").replace("USD", "XQX")


def test_one_bad_fact_keeps_all_out(graph: Path, write: Write) -> None:
    outcome = add(graph, write(TRADE + BAD))
    assert outcome.contribution is None and outcome.exit_status == 1
    assert (len(outcome.judged.good), len(outcome.judged.bad)) == (1, 1)
    assert read_contributions(graph) == ([], [])


@pytest.mark.parametrize(("amount", "told"), [('"lots"', ["is no plain number"]), ("-3", ["is too small"])])
def test_an_amount_is_at_fault_once(graph: Path, write: Write, amount: str, told: list[str]) -> None:
    outcome = add(graph, write(TRADE.replace("3500000000", amount)))
    said = [finding.message for finding in outcome.judged.findings if finding.severity == "error"]
    assert [message.endswith(end) for message, end in zip(said, told, strict=True)] == [True]


def test_the_rest_is_corrected_and_handed_in_again(graph: Path, write: Write, tmp_path: Path) -> None:
    rest = tmp_path / "rest.ttl"
    outcome = add(graph, write(TRADE + BAD), partial=True, rest=rest)
    assert outcome.contribution is not None and outcome.rest == rest
    text = rest.read_text(encoding="utf-8")
    assert "# " in text and "bkg:currency XQX is no currency" in text and "ex:trade" not in text and "example.org/trade>" not in text
    assert add(graph, rest).exit_status == 1
    rest.write_text(text.replace("atlantys", "brazil").replace('"XQX"', '"BRL"'), encoding="utf-8")
    assert add(graph, rest).exit_status == 0
    assert len(read_contributions(graph)[0]) == 2


def test_the_rest_never_takes_the_place_of_what_is_handed_in(graph: Path, write: Write) -> None:
    handed = write(TRADE + BAD)
    before = handed.read_bytes()
    with pytest.raises(KgError, match="--rest names a file that is handed in"):
        add(graph, handed, partial=True, rest=handed)
    assert handed.read_bytes() == before and read_contributions(graph) == ([], [])


def test_the_rest_of_a_table_is_a_table_with_reasons(graph: Path, tmp_path: Path) -> None:
    file, rest = tmp_path / "t.csv", tmp_path / "rest.csv"
    file.write_text(
        "# a comment\nType,Status,subject,object,kind,date,note\n".replace("note", "# note")
        + "Relationship,asserted,Peru,Chile,rival,2019,kept\nRelationship,asserted,Peru,=1+1,rival,2019,bad\nRelatonship,asserted,Peru,Chile,ally,,\n",
        encoding="utf-8",
    )
    outcome = add(graph, file, partial=True, rest=rest)
    assert outcome.contribution is not None and outcome.rest == rest
    rows = list(csv.DictReader(rest.open(encoding="utf-8")))
    assert [(row["object"], row["# note"]) for row in rows] == [("'=1+1", "bad"), ("Chile", "")]
    assert "formula" in rows[0]["# reasons"] and "did you mean Relationship?" in rows[1]["# reasons"]


def test_a_dry_run_and_a_refusal_write_nothing(graph: Path, write: Write) -> None:
    before = sorted((path.name, path.stat().st_mtime_ns) for path in graph.iterdir())
    assert add(graph, write(TRADE), dry_run=True).contribution is None
    assert add(graph, write(BAD)).contribution is None
    assert sorted((path.name, path.stat().st_mtime_ns) for path in graph.iterdir()) == before


def test_no_source_no_fact(graph: Path, write: Write) -> None:
    assert codes(add(graph, write(TRADE), source=""), ERROR) == ["no-source"]
    own = TRADE.replace("bkg:currency", "<http://purl.org/dc/terms/source> <https://example.org/own> ; bkg:currency")
    assert add(graph, write(own), source="").contribution is not None


def test_what_stands_is_not_written_twice(graph: Path, write: Write) -> None:
    file = write(TRADE)
    add(graph, file)
    again = add(graph, file)
    assert (again.contribution, again.exit_status, codes(again, NOTE)) == (None, 0, ["stands"])
    assert "nothing new" in tell(again, accepting=True)


def test_a_fact_that_stands_is_not_changed(graph: Path, write: Write) -> None:
    add(graph, write(TRADE))
    outcome = add(graph, write(TRADE.replace("3500000000", "4500000000")))
    assert codes(outcome, ERROR) == ["other-fact"]
    assert "kg correct" in outcome.judged.findings[0].remedy


@pytest.mark.parametrize(("text", "code"), [
    ("ent:peru bkg:memberOf ent:organisation-of-x .", "known-entity"), ('ent:peru bkg:demonym "Inca"@en .', "known-entity"),
    ("con:flow-exports bkg:x 3 .", "ontology"), ("ex:thing ex:says 3 .", "no-class"), ("ex:d a bkg:Document .", "provenance"),
])  # fmt: skip
def test_only_facts_and_new_entities_are_taken(graph: Path, write: Write, text: str, code: str) -> None:
    outcome = add(graph, write(TRADE + text))
    assert code in codes(outcome, ERROR) and outcome.contribution is None


def test_new_entities_come_with_their_facts(graph: Path, write: Write) -> None:
    text = """[] a bkg:OfficeHolding ; bkg:status bkg:Asserted ; bkg:person [ a bkg:Person ; <http://www.w3.org/2004/02/skos/core#prefLabel> "Ana Silva"@en ] ;
      bkg:office con:office-ambassador ; bkg:of ent:brazil ; bkg:accreditedTo ent:chile ; bkg:startDate "2020-05" ."""
    outcome = add(graph, write(text))
    assert outcome.contribution is not None
    assert any(q.subject.value == terms.ENT + "person-ana-silva" for q in outcome.contribution.quads)  # type: ignore[union-attr]
    assert add(graph, write(text.replace("Ana Silva", "Ana Souza"))).contribution is not None
    assert "Ana Silva holds the office of ambassador" in {row["label"] for row in kg.Graph(graph).query(
        "SELECT ?label WHERE { ?f a bkg:OfficeHolding ; rdfs:label ?l BIND(STRBEFORE(?l, ' of Brazil') AS ?label) }")}


# What is said of facts


def test_unknown_names_come_with_suggestions(graph: Path, write: Write, tmp_path: Path) -> None:
    (finding,) = add(graph, write(TRADE.replace("ent:chile", "ent:kazakstan"))).judged.findings
    assert (finding.code, finding.remedy, finding.place.line) == ("unknown-name", "did you mean Kazakhstan?", 8)
    file = tmp_path / "t.csv"
    file.write_text("type,status,subject,object,kind\nRelationship,asserted,Kazakhsten,Congo,rvial\n", encoding="utf-8")
    found = {f.code: (f.place.column, f.remedy) for f in add(graph, file).judged.findings}
    assert found["unknown-name"] == ("subject", "did you mean Kazakhstan?")
    assert found["unknown-word"] == ("kind", "did you mean rival?")
    assert "ent:republic-of-the-congo" in found["ambiguous-name"][1]


def test_figures_in_conflict_and_alike_are_shown_side_by_side(graph: Path, write: Write) -> None:
    add(graph, write(TRADE))
    other = TRADE.replace("ex:trade", "ex:other").replace("3500000000", "4100000000")
    same = TRADE.replace("ex:trade", "ex:same")
    outcome = add(graph, write(other + same), source="https://example.org/elsewhere")
    assert outcome.contribution is not None
    found = {f.code: f for f in outcome.judged.findings}
    assert found["conflict"].severity == WARNING and "Trade of Peru with Chile" in found["conflict"].beside[0]
    assert SOURCE in found["said-too"].beside[0] and "<https://example.org/trade>" not in found["said-too"].beside[0]


@pytest.mark.parametrize(("first", "second", "code"), [
    (TRADE, TRADE.replace("ex:trade", "ex:t").replace("3500000000", "3500").replace("2019", "2020"), "magnitude"),
    ("", TRADE.replace('"2019"^^xsd:gYear', '"2031"^^xsd:gYear'), "future"),
    ("", TRADE.replace("ent:chile", "ent:soviet-union"), "no-longer"),
    ("", TRADE.replace("ent:chile", "ent:african-union").replace("2019", "1950"), "not-yet"),
    ("ex:a a bkg:Membership ; bkg:status bkg:Asserted ; bkg:member ent:peru ; bkg:organisation ent:arctic-council ; bkg:date \"2001\"^^xsd:gYear .",
     "ex:b a bkg:Membership ; bkg:status bkg:Asserted ; bkg:member ent:peru ; bkg:organisation ent:arctic-council ; bkg:date \"2007\"^^xsd:gYear .",
     "admitted-twice"),
    ("ex:a a bkg:OfficeHolding ; bkg:status bkg:Asserted ; bkg:person [ a bkg:Person ; <http://www.w3.org/2004/02/skos/core#prefLabel> \"Ana A\"@en ] ;"
     " bkg:office con:office-president ; bkg:of ent:peru ; bkg:startDate \"1901\" ; bkg:endDate \"1905\" .",
     "ex:b a bkg:OfficeHolding ; bkg:status bkg:Asserted ; bkg:person [ a bkg:Person ; <http://www.w3.org/2004/02/skos/core#prefLabel> \"Bea B\"@en ] ;"
     " bkg:office con:office-president ; bkg:of ent:peru ; bkg:startDate \"1903\" ; bkg:endDate \"1904\" .", "two-holders"),
])  # fmt: skip
def test_what_is_hardly_so_is_a_warning(graph: Path, write: Write, first: str, second: str, code: str) -> None:
    if first:
        assert add(graph, write(first)).contribution is not None
    outcome = add(graph, write(second))
    assert code in codes(outcome, WARNING), outcome.judged.findings
    assert outcome.contribution is not None
    assert not first or next(f for f in outcome.judged.findings if f.code == code).beside


def test_words_of_a_document_are_evidence(tmp_path: Path) -> None:
    from kg.extract import Extractor

    (tmp_path / "letter.txt").write_text("Peru and Chile signed the Tacna Ferry Accord in Lima on 3 May 2011. It was raining.", encoding="utf-8")
    graph = tmp_path / "graph"
    build([tmp_path / "letter.txt"], graph, extractor=Extractor())
    table = tmp_path / "t.csv"
    head = "type,status,subject,object,kind,document,quote\n"
    table.write_text(head + "Relationship,asserted,Peru,Chile,neighbour,letter,Peru and Chile\n", encoding="utf-8")
    outcome = add(graph, table, source="")
    assert outcome.contribution is not None, outcome.judged.findings
    exact = [q.object.value for q in outcome.contribution.quads if q.predicate.value == terms.OA + "exact"]  # type: ignore[union-attr]
    assert exact == ["Peru and Chile"]
    for words, reason in (("it snowed", "do not stand"), (" ", "nothing vouches")):
        table.write_text(head + f'Relationship,asserted,Peru,Chile,ally,letter,"{words}"\n', encoding="utf-8")
        assert any(reason in f.message for f in add(graph, table, source="").judged.findings)
    table.write_text(head + "Relationship,asserted,Peru,Chile,ally,leter,Peru\n", encoding="utf-8")
    assert any("no document" in f.message for f in add(graph, table, source="").judged.findings)


# Who writes


def test_a_second_writer_is_told_who_holds_the_lock(graph: Path, write: Write) -> None:
    file = write(TRADE)
    with locked(graph.resolve()), pytest.raises(StoreError, match=rf"process {os.getpid()} of .+, since 20\d\d-"):
        add(graph, file, wait=0.0)
    assert add(graph, file).contribution is not None


def test_an_export_is_fine_wherever_it_is_checked(graph: Path, tmp_path: Path, write: Write) -> None:
    member = 'ex:m a bkg:Membership ; bkg:status bkg:Asserted ; bkg:member ent:peru ; bkg:organisation ent:arctic-council .'
    add(graph, write(TRADE + member))
    out = tmp_path / "all.ttl"
    kg.Graph(graph).export(out)
    assert "bkg:memberOf" in out.read_text(encoding="utf-8")
    for directory in (graph, tmp_path / "none"):
        outcome = kg.Graph(directory).validate(out)
        assert (outcome.exit_status, len(outcome.judged.bad)) == (0, 0), outcome.judged.findings


def test_without_a_graph_files_are_checked_but_not_added(tmp_path: Path, write: Write) -> None:
    assert kg.Graph(tmp_path / "none").validate(write(TRADE)).exit_status == 0
    with pytest.raises(KgError, match="no graph"):
        add(tmp_path / "none", write(TRADE))


@pytest.mark.parametrize("options", [{"by": " "}, {"by": "A\u202eB"}, {"date": "yesterday"}, {"date": "2024-02-30"}, {"source": "x\x07y"}])
def test_who_when_and_where_are_checked(graph: Path, write: Write, options: dict[str, str]) -> None:
    with pytest.raises(KgError) as caught:
        add(graph, write(TRADE), **options)
    assert caught.value.remedy


# Reports


@pytest.fixture
def mixed(graph: Path, write: Write) -> HandIn:
    add(graph, write(TRADE))
    return add(graph, write(BAD + TRADE.replace("ex:trade", "ex:two").replace("3500000000", "4500000000")))


def test_reports_for_other_tools(mixed: HandIn) -> None:
    assert set(FORMATS) == {"text", "json", "sarif", "junit", "turtle"}
    content = json.loads(tell(mixed, "json"))
    assert content["accepted"] is False and len(content["bad"]) == len(content["good"]) == 1
    sarif = json.loads(tell(mixed, "sarif"))
    (run,) = sarif["runs"]
    ids = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert {result["ruleId"] for result in run["results"]} == ids and sarif["version"] == "2.1.0"
    assert all(result["locations"][0]["physicalLocation"]["region"]["startLine"] > 1 for result in run["results"])
    suite = ElementTree.fromstring(tell(mixed, "junit"))
    assert (suite.get("tests"), suite.get("failures")) == ("2", "1")
    quads = list(parse(tell(mixed, "turtle").encode(), format=RdfFormat.TURTLE))
    assert any(q.predicate.value == terms.SH + "conforms" and q.object.value == "false" for q in quads)  # type: ignore[union-attr]
    assert any(q.object == NamedNode(terms.SH + "Warning") for q in quads)


def test_the_same_outcome_gives_the_same_report(mixed: HandIn) -> None:
    for form in FORMATS:
        assert tell(mixed, form) == tell(mixed, form)


def test_template_of_every_type_can_be_filled_in(graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("openpyxl")
    for kind in terms.FACT_TYPES:
        for name in (f"{kind}.csv", f"{kind}.xlsx"):
            assert main(["template", kind.lower(), "-o", str(tmp_path / name)]) == 0
            outcome = kg.Graph(graph).validate(tmp_path / name, source=SOURCE)
            assert len(outcome.judged.bad) == 1, "an empty row is at fault, and nothing else is"
            assert {f.place.row for f in outcome.judged.findings} <= {2} | {len(terms.FACT_TYPES[kind]) + 14}
    assert main(["template", "Lease"]) == 0
    assert "# rent" in capsys.readouterr().out


def test_python_examples_of_the_documentation_run(graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    assert graph == tmp_path / "graph"
    page = (ROOT / "docs" / "contributions.md").read_text(encoding="utf-8")
    examples = doctest.DocTestParser().get_doctest("".join(re.findall(r"^```python\n(.*?)^```", page, re.M | re.S)), {}, "page", "page", 0)
    assert len(examples.examples) > 8
    runner = doctest.DocTestRunner(verbose=False)
    runner.run(examples)
    assert runner.failures == 0


def test_hook_and_action_call_what_there_is() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert hook["entry"] == "kg validate" and hook["language"] == "python"
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    steps = action["runs"]["steps"]
    assert "kg validate" in steps[-1]["run"] and all(step.get("shell") or step.get("uses") for step in steps)
    extras = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert all(f"{name} = [" in extras for name in ("tables", "fast"))
    assert bkg("Contribution")
