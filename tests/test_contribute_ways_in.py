"""Five hundred generated facts, good and bad, through every way in; and hand-ins that mean harm."""

from __future__ import annotations

import csv
import io
import json
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import terms
from kg.contribute import read
from kg.contribute.files import read_file
from kg.contribute.handed import ERROR
from kg.contribute.judge import Judged, judge
from kg.contribute.known import open_known
from kg.errors import KgError
from kg.graph import nodes
from tests.bench.adding import make_graph
from tests.bench.many_facts import FAULTS, Made, make_facts, statements_of, turtle_of

SPACE = "https://example.org/fact/"
FACTS = make_facts(500, seed=5, faults=0.3)
SOURCE = "https://example.org/yearbook"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("graphs") / "graph"
    make_graph(directory, 60)
    return directory


# Every way in


def turtle(facts: list[Made]) -> bytes:
    return turtle_of(facts).encode()


def nice_turtle(facts: list[Made]) -> bytes:
    """As people write it: prefixes, several properties a line, comments."""
    store = ox.Store()
    store.load(turtle_of(facts).encode(), ox.RdfFormat.N_TRIPLES)
    text = ox.serialize((q.triple for q in store), format=ox.RdfFormat.TURTLE, prefixes={"bkg": terms.BKG, "ent": terms.ENT, "con": terms.CON})
    return b"# a comment\n\n" + (text or b"")


def trig(facts: list[Made]) -> bytes:
    half = len(facts) // 2
    return f"GRAPH <urn:a> {{\n{turtle_of(facts[:half])}}}\n".encode() + turtle_of(facts, SPACE)[len(turtle_of(facts[:half], SPACE)) :].encode()


def jsonld(facts: list[Made]) -> bytes:
    context = {"bkg": terms.BKG, "ent": terms.ENT, "con": terms.CON, "xsd": terms.XSD, "ex": SPACE}
    nodes_: list[dict[str, object]] = []
    for number, made in enumerate(facts):
        node: dict[str, object] = {"@id": f"ex:{number}"}
        for _, path, value in statements_of(made, f"{SPACE}{number}"):
            item: object = {"@id": value.value} if isinstance(value, ox.NamedNode) else {"@value": value.value, "@type": value.datatype.value}
            if path == nodes.RDF_TYPE:
                node["@type"] = value.value
            else:
                node.setdefault("bkg:" + path.value.removeprefix(terms.BKG), []).append(item)  # type: ignore[attr-defined]
        nodes_.append(node)
    return json.dumps({"@context": context, "@graph": nodes_}, indent=1).encode()


def rows(facts: list[Made]) -> list[list[str]]:
    columns = ["id", "type", *sorted({name for made in facts for name in made.cells})]
    found = [columns]
    for number, made in enumerate(facts):
        cells = {"id": f"{SPACE}{number}", "type": made.type}
        for name, cell in made.cells.items():
            role = terms.role_of(made.type, name)
            named = role is not None and role.kind == "entity" and not (role.open and " " in cell)
            cells[name] = "; ".join(f"ent:{part.removeprefix('ent:')}" for part in cell.split(";")) if named and cell else cell
        found.append([cells.get(name, "") for name in columns])
    return found


def separated(mark: str) -> Callable[[list[Made]], bytes]:
    def write(facts: list[Made]) -> bytes:
        out = io.StringIO()
        csv.writer(out, delimiter=mark).writerows(rows(facts))
        return out.getvalue().encode()

    return write


def workbook(facts: list[Made]) -> bytes:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in rows(facts):
        book.active.append([int(cell) if cell.isdigit() else cell for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


WAYS: dict[str, Callable[[list[Made]], bytes]] = {
    "facts.ttl": nice_turtle, "facts.nt": turtle, "facts.trig": trig, "facts.jsonld": jsonld, "facts.csv": separated(","), "facts.tsv": separated("\t"),
    "semicolons.csv": separated(";"), "facts.xlsx": workbook,
}  # fmt: skip
VERDICTS = frozenset(f"{SPACE}{number}" for number, made in enumerate(FACTS) if made.fault)


def judged(graph: Path, folder: Path, name: str, engine: str) -> Judged:
    file = folder / name
    file.write_bytes(WAYS[name](FACTS))
    return judge(read_file(file, graph), open_known(graph), source=SOURCE, engine=engine, today="2026-11-22", accepting=True)


def test_the_generated_facts_have_every_fault_and_none() -> None:
    assert {made.fault for made in FACTS} == {*FAULTS, ""}
    assert 100 < len(VERDICTS) < 200


@pytest.mark.parametrize("name", WAYS)
def test_every_way_in_gives_the_same_verdicts_and_says_where_and_what_to_do(graph: Path, tmp_path: Path, name: str) -> None:
    found = judged(graph, tmp_path, name, "auto")
    assert {node.value for node in found.bad} == VERDICTS
    assert len(found.good) == len(FACTS) - len(VERDICTS)
    for finding in found.findings:
        assert finding.message and finding.remedy, finding
        if finding.severity == ERROR:
            assert finding.place.row or finding.place.line, finding
    told = {finding.subject for finding in found.findings if finding.severity == ERROR}
    assert told >= VERDICTS


@pytest.mark.parametrize("name", ["facts.csv"])
def test_both_engines_find_the_same(graph: Path, tmp_path: Path, name: str) -> None:
    pytest.importorskip("shacl", reason="the fast engine (extra 'fast') is not installed")
    fast, reference = (judged(graph, tmp_path, name, engine) for engine in ("fast", "pyshacl"))
    assert fast.findings == reference.findings
    assert fast.bad == reference.bad


def test_ways_in_of_rdf_hold_the_same_statements(tmp_path: Path) -> None:
    found = {}
    for name in ("facts.ttl", "facts.nt", "facts.trig", "facts.jsonld"):
        (tmp_path / name).write_bytes(WAYS[name](FACTS))
        found[name] = set(read_file(tmp_path / name, tmp_path).statements)
    assert len(found["facts.ttl"]) > 3000
    assert all(statements == found["facts.ttl"] for statements in found.values())


# Hand-ins that mean harm

PREFIXES = "".join(f"@prefix {name}: <{space}> .\n" for name, space in (("bkg", terms.BKG), ("ent", terms.ENT), ("con", terms.CON)))
GOOD = "a bkg:Relationship ; bkg:status bkg:Asserted ; bkg:subject ent:peru ; bkg:object ent:chile ; bkg:kind con:kind-rival ."


def refused(tmp_path: Path, name: str, content: str | bytes) -> KgError:
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(KgError) as caught:
        read_file(file, tmp_path / "nothing")
    assert caught.value.remedy
    return caught.value


@pytest.mark.parametrize("context", [
    '"https://example.org/context.jsonld"', '["https://example.org/context.jsonld", {"a": "urn:a"}]', '{"@import": "https://example.org/c"}',
    '"file:///etc/passwd"', '{"a": {"@id": "urn:a", "@context": "http://localhost:1/x"}}',
])  # fmt: skip
def test_a_json_context_that_lies_elsewhere_is_not_fetched(tmp_path: Path, context: str) -> None:
    error = refused(tmp_path, "a.jsonld", f'{{"@context": {context},\n "@id": "urn:x", "urn:p": "y"}}')
    assert "lies elsewhere" in str(error) and error.line


@pytest.mark.parametrize("name", ["a.rdf", "a.xml", "a.owl"])
def test_rdf_xml_is_no_way_in(tmp_path: Path, name: str) -> None:
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    text = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a0 "ha"><!ENTITY e SYSTEM "file:///etc/passwd">{laughs}]><r>&a11;&e;</r>'
    assert "RDF/XML is no way in" in str(refused(tmp_path, name, text))


@pytest.mark.parametrize("iri", [
    "file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "JaVaScRiPt:alert(1)", "vbscript:x", "https://example.org/a/../../etc",
    "https://example.org/" + "a" * 3000, "https://example.org/\u202egnp",
])  # fmt: skip
def test_iris_of_other_kinds_are_refused(tmp_path: Path, iri: str) -> None:
    assert refused(tmp_path, "a.ttl", f"{PREFIXES}\n<{iri}> {GOOD}").line == 5
    assert refused(tmp_path, "b.ttl", f"{PREFIXES}<urn:f> {GOOD[:-1]} ; <http://purl.org/dc/terms/source> <{iri}> .").line == 4


def test_names_that_turn_the_direction_of_writing_are_refused(tmp_path: Path) -> None:
    for mark in "\u202e\u2066\u200f\x07":
        error = refused(tmp_path, "a.ttl", f'{PREFIXES}<urn:f> {GOOD[:-1]} ;\n bkg:sector "en{mark}ergy" .')
        assert "invisible character" in str(error) and error.line == 5
        assert mark not in str(error)


def test_a_long_text_and_a_large_file_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "characters" in str(refused(tmp_path, "a.ttl", f'{PREFIXES}<urn:f> bkg:content "{"x" * 200_000}" .'))
    huge = tmp_path / "huge.ttl"
    with open(huge, "wb") as handle:  # a gigabyte that takes no room: refused unread
        handle.write(b'<urn:f> <urn:p> "')
        handle.truncate(1 << 30)
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail("it was read"))
    with pytest.raises(KgError, match="too large"):
        read_file(huge, tmp_path)


@pytest.mark.parametrize(("name", "text"), [
    ("a.ttl", "<urn:f> <urn:p> " + "[ <urn:p> " * 100_000 + "1" + " ]" * 100_000 + " ."),
    ("b.ttl", "<urn:f> <urn:p> " + "( " * 100_000 + ")" * 100_000 + " ."),
    ("c.jsonld", '{"urn:p": ' * 100_000 + "1" + "}" * 100_000), ("d.jsonld", "[" * 100_000 + "]" * 100_000),
    ("e.ttl", "[" * 100_000),
], ids=["brackets", "lists", "objects", "arrays", "open"])  # fmt: skip
def test_deep_nesting_is_refused(tmp_path: Path, name: str, text: str) -> None:
    assert "nest deeper" in str(refused(tmp_path, name, text))


def table(tmp_path: Path, *lines: str, name: str = "t.csv") -> Judged:
    (tmp_path / name).write_text("\n".join(("type,status,subject,object,kind,sector,id", *lines)), encoding="utf-8")
    nothing = tmp_path / "nothing"
    return judge(read_file(tmp_path / name, nothing), open_known(nothing), source=SOURCE)


@pytest.mark.parametrize("cell", ["=HYPERLINK(1)", "+cmd|' /C calc'!A0", "@SUM(1)", "-2+3", "=1+1"])
def test_cells_that_a_spreadsheet_would_compute_are_refused(tmp_path: Path, cell: str) -> None:
    found = table(tmp_path, f'Relationship,asserted,Peru,Chile,rival,"{cell}",')
    assert [f.code for f in found.findings if f.severity == ERROR] == ["formula"]
    assert found.findings[0].place.row == 2


def test_a_column_that_stands_there_twice_is_refused(tmp_path: Path) -> None:
    text = "type,status,subject,Subject,object,kind\nRelationship,asserted,Peru,Kenya,Chile,rival"
    assert "the column 'subject' stands there twice" in str(refused(tmp_path, "t.csv", text))


def test_formulas_of_a_workbook_are_refused_and_never_computed(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["type", "status", "subject", "object", "kind"])
    book.active.append(["Relationship", "asserted", '=WEBSERVICE("http://localhost:1")', "Chile", "rival"])
    book.save(tmp_path / "f.xlsx")
    handed = read_file(tmp_path / "f.xlsx", tmp_path / "nothing")
    assert [finding.code for _, finding in handed.findings] == ["formula"]


def test_a_workbook_that_is_none_or_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("openpyxl")
    assert "no workbook" in str(refused(tmp_path, "a.xlsx", b"PK\x03\x04 nothing"))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
        for _ in range(600):
            sheet.write(b"0" * (1 << 20))
    assert "unpacks to" in str(refused(tmp_path, "b.xlsx", packed.getvalue()))
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in ("[Content_Types].xml", "xl/workbook.xml"):
            archive.writestr(name, f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a0 "ha">{laughs}]><r>&a11;</r>')
    assert "no workbook" in str(refused(tmp_path, "c.xlsx", packed.getvalue()))


@pytest.mark.parametrize("name", ["../../etc/passwd", "person-x/../../y", "fact:../x", "..\\x"])
def test_names_with_paths_in_them_reach_no_file(tmp_path: Path, name: str) -> None:
    found = table(tmp_path, f"Relationship,asserted,new person: {name},Chile,rival,,", f"Relationship,asserted,Peru,Chile,rival,,{name}")
    iris = [node.value for statement in found.completed.statements for node in statement if isinstance(node, ox.NamedNode)]
    assert not any(".." in iri or "\\" in iri for iri in iris)
    assert [finding.code for finding in found.findings if finding.severity == ERROR] == ["id"]


def test_random_bytes_are_named_errors(tmp_path: Path) -> None:
    choice = random.Random(3)
    pieces = [b"@prefix", b" <", b"> ", b'"', b'"""', b"[", b"]", b"(", b".", b";", b"\\u0000", b"\xff\xfe", b"{", b"}", b",", b"\n", b"a", b":", b"'", b"=", b"\0"]
    for number in range(150):
        data = b"".join(choice.choice(pieces) for _ in range(choice.randrange(60)))
        for suffix in (".ttl", ".trig", ".nt", ".jsonld", ".csv", ".tsv", ".xlsx"):
            file = tmp_path / f"{number}{suffix}"
            file.write_bytes(data)
            try:
                judge(read_file(file, tmp_path / "nothing"), open_known(tmp_path / "nothing"), source=SOURCE)
            except KgError as error:
                assert str(error).startswith(str(file)) and error.remedy


def test_the_time_that_a_check_may_take_is_limited(tmp_path: Path) -> None:
    file = tmp_path / "many.nt"
    file.write_text(turtle_of(make_facts(3000)), encoding="utf-8")
    words = [sys.executable, "-m", "kg", "validate", str(file), "--engine", "pyshacl", "--seconds", "1", "--graph", str(tmp_path / "none")]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "took longer than 1 s" in done.stderr


def test_limits_are_as_documented() -> None:
    page = (Path(__file__).parents[1] / "docs" / "contributions.md").read_text(encoding="utf-8")
    assert f"{read.MOST_BYTES // (1024 * 1024)} MB" in page
    assert f"{read.LONGEST:,} characters" in page
