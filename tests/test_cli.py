"""The command line: exit statuses, messages, and that no user's mistake ends in a traceback."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

import kg.cli.rooms
import kg.queries
from kg import terms
from kg.cli import COMMANDS, main, make_parser
from kg.cli.build import Bar
from kg.errors import KgError, RuleError
from kg.extract import loading
from kg.graph import Violation, open_store
from kg.graph.explain import facts_called
from kg.graph.nodes import RDF_TYPE, bkg
from tests.invented import LineExtractor

ROOT = Path(__file__).resolve().parent.parent
FILLER = "The two states have been neighbours for a long time, and the people of both of them know each other well.\n"


class Stub(LineExtractor):
    gazetteer = None


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The commands without the rules, shapes and queries of the day."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KG_GRAPH", raising=False)
    monkeypatch.setattr(loading, "Extractor", Stub)
    monkeypatch.setattr(kg.cli.rooms, "find_violations", lambda quads: [])
    monkeypatch.setattr(kg.queries, "derive", lambda store: [])
    monkeypatch.setattr(signal, "signal", lambda *arguments: None)
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "letter.txt").write_text(f"{FILLER}Trade of France with Spain was 19 dollars.\nA gap.\n")


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: str) -> tuple[int, str, str]:
        try:
            status = main(arguments)
        except SystemExit as end:
            status = int(end.code or 0)
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return status, said.out, said.err

    return run


def test_build_prints_its_table(run: Run) -> None:
    status, out, err = run("build", "texts")
    assert (status, err) == (0, "")
    lines = [line.rsplit(maxsplit=1) for line in out.splitlines()]
    table = {name.strip(): count for name, count in lines}
    assert table["documents"] == "1" and table["facts"] == "1" and table["TradeFigure"] == "1"
    assert table["sentences with figures or two actors, no fact"] == "1"
    assert Path("graph/manifest.json").exists()


def test_what_is_left_out_is_named_on_stderr(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("texts/empty.txt").write_text("")
    status, _, err = run("build", "texts")
    assert status == 1
    assert err.startswith("left out: ") and "empty.txt" in err

    def refuse(quads: object) -> list[Violation]:
        amounts = {q.subject.value for q in quads if "amount" in q.predicate.value}  # type: ignore[attr-defined]
        return [Violation(iri, "shape:Trade", "Give it a date.") for iri in amounts]

    Path("texts/empty.txt").unlink()
    monkeypatch.setattr(kg.cli.rooms, "find_violations", refuse)
    status, _, err = run("build", "texts")
    assert status == 1
    assert "Give it a date." in err and "Trade of France with Spain was 19 dollars." in err and "quarantine.json" in err


def test_nothing_to_build_is_misuse(run: Run) -> None:
    Path("texts/letter.txt").write_text("")
    status, out, err = run("build", "texts")
    assert (status, out) == (2, "")
    assert "left out: " in err and "letter.txt" in err and "error: no document can be used" in err
    assert not Path("graph").exists()


def test_the_graph_is_named_by_option_or_environment(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("build", "texts", "--graph", "one")[0] == 0
    assert run("--graph", "two", "build", "texts")[0] == 0
    monkeypatch.setenv("KG_GRAPH", "three")
    assert run("build", "texts")[0] == 0
    assert run("--graph", "one", "export")[1] == run("export")[1] != ""
    assert {"one", "two", "three"} <= {path.name for path in Path().iterdir()}


def test_metadata_options(run: Run) -> None:
    assert run("build", "texts/letter.txt", "--title", "My letter", "--issued", "2019-02")[0] == 0
    out = run("export")[1]
    assert 'dcterms:title "My letter"' in out and '"2019-02"^^xsd:gYearMonth' in out


def test_export_to_a_file_and_to_the_screen(run: Run) -> None:
    run("build", "texts")
    assert run("export", "-o", "out.trig") == (0, "", "")
    assert run("export", "--format", "trig")[1] == Path("out.trig").read_text()
    status, out, _ = run("export", "--type", "TradeFigure", "--document", "letter")
    assert status == 0 and "bkg:amount 19" in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["export"], "there is no graph here - make one: kg build"),
        (["export", "--graph", "texts/letter.txt"], "letter.txt: is a file, not a graph - choose another --graph"),
        (["explain", "fact:abcdef"], "there is no graph here"),
        (["query", "SELECT * {?s ?p ?o}"], "there is no graph here"),
        (["validate"], "there is no graph here"),
        (["doctor"], "there is no graph here - make one: kg build"),
        (["template", "TradeFigure", "-o", "none/x.csv"], "there is no folder none - make the folder, or write elsewhere"),
        (["validate", "none.ttl"], "none.ttl"),
        (["query", "none.rq"], "none.rq: cannot be read"),
        (["query", "no-such-query"], "no-such-query"),
        (["query", "x", "--param", "a"], "write --param name=value"),
        (["rules", "coverage", "none"], "none: there is no such file"),
        (["explain", "--sentence", "X.", "--date", "May"], "'May' is no date"),
        (["explain", "--sentence", "X.", "--date", "2019-13"], "'2019-13' is no date"),
        (["explain", "--sentence", "X.", "--date", "2019-02-30"], "'2019-02-30' is no date"),
        (["query", "x", "-p", "a=Ghana", "-p", "a=Togo"], "the parameter a is given twice: 'Ghana' and 'Togo' - give it once"),
        (["plot", "trade", "-p", "a=Ghana", "-p", "a=Togo"], "the parameter a is given twice"),
        (["build", "none.md", "--title", "T"], "none.md: there is no such file or folder"),
        (["explain", "--sentence", " "], "the sentence is empty"),
        (["build", "none"], "none"),
        (["rules", "list", "zebra"], "no rule's name, type or note holds 'zebra'"),
        (["build", "texts", "--graph", "texts"], "holds other files, but no graph"),
        (["build", "texts", "--graph", "texts/letter.txt"], "is a file"),
        (["build", "--title", "One"], "a title, date or source is given for 5 documents"),
    ],
)
def test_misuse_is_explained(run: Run, arguments: list[str], message: str) -> None:
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert message in err and err.splitlines()[-1].startswith("error: ")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["bild"],
        ["export", "--format", "doc"],
        ["build", "--jobs", "0"],
        ["add", "x.ttl", "--by", "A", "--seconds", "-1"],
        ["add", "x.ttl", "--by", "A", "--wait", "-1"],
        ["retract", "x", "--by", "A", "--wait", "nan"],
        ["review", "--most", "-5"],
        ["rules", "coverage", "--most", "-5"],
        ["explain"],
        ["explain", "a", "--sentence", "b"],
    ],
)
def test_wrong_arguments_show_the_usage(run: Run, arguments: list[str]) -> None:
    status, _, err = run(*arguments)
    assert status == 2 and err.startswith("usage: kg")


def test_unknown_names_in_an_export(run: Run) -> None:
    run("build", "texts")
    for option, message in ((["--document", "leter"], "'letter'"), (["--pair", "Frnce", "Spain"], "no entity")):
        status, out, err = run("export", *option)
        assert (status, out) == (2, "") and message in err


def test_a_broken_rule_leaves_the_graph(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("build", "texts")

    def broken() -> None:
        raise RuleError("unknown key 'wenn'", file="a.rule", line=3, remedy="write when")

    monkeypatch.setattr(loading, "Extractor", broken)
    assert run("build", "texts") == (2, "", "error: a.rule:3: unknown key 'wenn' - write when\n")
    assert len(open_store("graph")) > 0


def test_an_interrupt(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("build", "texts")

    def interrupt(*arguments: object, **options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(sys.modules["kg.graph.gather"], "extract_each", interrupt)
    status, _, err = run("build", "texts")
    assert status == 130 and "still stands" in err
    assert sorted(path.name for path in Path().iterdir()) == ["graph", "texts"]


@pytest.mark.parametrize(("command", "told"), [
    (["extract", "texts", "-o", "out"], "interrupted; the same command goes on with what is finished\n"),
    (["push", "--endpoint", "http://127.0.0.1:9/store"], "interrupted; the store has some of the graph; the same command brings all of it\n"),
])  # fmt: skip
def test_an_interrupt_where_no_graph_is_made(run: Run, monkeypatch: pytest.MonkeyPatch, command: list[str], told: str) -> None:
    import kg.scale.push
    import kg.scale.run

    run("build", "texts")

    def interrupt(*arguments: object, **options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(kg.scale.run, "extract_shards", interrupt)
    monkeypatch.setattr(kg.scale.push, "push_graph", interrupt)
    assert run(*command) == (130, "", told)


def test_the_bar_tells_documents_text_and_time_left() -> None:
    stream, times = io.StringIO(), iter((0.0, 0.05, 10.0, 10.0))
    bar = Bar(stream, lambda: next(times))
    bar("extracting", 1, 40, 1_000_000, 8_000_000)
    bar("extracting", 2, 40, 1_500_000, 8_000_000)
    bar("extracting", 9, 40, 2_000_000, 8_000_000)
    bar("writing", 1, 1)
    first, second, last = (line.strip() for line in stream.getvalue().split("\r\x1b[K")[1:4])
    assert first == "extracting  ###........................... 1/40  1.0/8.0 MB"
    assert second == "extracting  #######....................... 9/40  2.0/8.0 MB  30 s left", "a quarter took ten seconds"
    assert last == "writing     ############################## 1/1" and stream.getvalue().endswith("\r\x1b[K")


def test_what_help_says_of_a_command_is_what_it_says_of_itself() -> None:
    assert make_parser(list(COMMANDS)).format_help() == make_parser([]).format_help()


@pytest.mark.parametrize("command", list(COMMANDS))
def test_every_command_has_help_and_takes_a_graph(run: Run, command: str) -> None:
    status, out, _ = run(command, "--help")
    assert status == 0 and "--graph DIR" in out


def kg_process(*arguments: str, **options: object) -> subprocess.Popen[str]:
    program = "import sys; from kg.cli import main; sys.exit(main())"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments], env=environment, text=True, stderr=subprocess.PIPE, **options
    )  # type: ignore[call-overload,no-any-return]


def test_a_reader_that_has_seen_enough(run: Run) -> None:
    run("build", "texts")
    with kg_process("export", stdout=subprocess.PIPE) as process:
        process.stdout.close()
        _, err = process.communicate()
    assert (process.returncode, err) == (0, "")


def test_a_closed_or_narrow_output(run: Run) -> None:
    (Path("texts") / "note.txt").write_text(f"---\ntitle: Sœur – Ünïon\n---\n{FILLER}Trade of France with Spain was 18 dollars.\n")
    run("build", "texts")
    with kg_process("export", preexec_fn=lambda: os.close(1)) as process:
        _, err = process.communicate()
    assert (process.returncode, err) == (0, "")
    narrow = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii", "PYTHONUNBUFFERED": "1"}
    text = "SELECT ?t { ?d dcterms:title ?t }"
    done = subprocess.run([sys.executable, "-m", "kg", "query", text], env=narrow, capture_output=True)
    assert done.returncode == 0 and "Sœur – Ünïon" in done.stdout.decode(), done.stderr


def test_a_file_name_that_is_no_text(run: Run) -> None:
    name = os.path.join(b"texts", b"l\xffne.txt")
    try:
        with open(name, "w") as file:
            file.write(f"{FILLER}Trade of France with Spain was 7 dollars.\n")
    except OSError:
        pytest.skip("this file system takes no such names")
    status, out, _ = run("build", "texts")
    assert status == 0 and out.startswith("documents" + " " * 45 + "2\n")


def test_arguments_that_are_no_text(run: Run) -> None:
    for arguments in (["explain", "--sentence", "a\udcffb"], ["build", "texts", "--title", "a\udcffb"]):
        status, out, err = run(*arguments)
        assert (status, out) == (2, "")
        assert "is no UTF-8" in err
    code = "from kg.cli import main; raise SystemExit(main())"
    ascii_only = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONPATH": str(ROOT)}
    told = subprocess.run([sys.executable, "-c", code, "template", "é"], capture_output=True, env=ascii_only)
    assert told.returncode == 2
    assert rb"no fact type '\xe9'" in told.stderr


def test_help_that_nobody_reads(run: Run) -> None:
    code = "from kg.cli import main; raise SystemExit(main())"
    read, written = os.pipe()
    os.close(read)
    told = subprocess.run([sys.executable, "-c", code, "--help"], stdout=written, stderr=subprocess.PIPE, cwd=ROOT)
    os.close(written)
    assert (told.returncode, told.stderr) == (0, b"")


def test_a_path_that_is_empty_is_not_the_folder_we_are_in(run: Run) -> None:
    status, out, err = run("build", "")
    assert (status, out) == (2, "")
    assert "a path is empty" in err


def test_a_query_file_is_named_in_its_faults(run: Run) -> None:
    run("build", "texts")
    Path("broken.rq").write_text("SELECT ?x\nWHERE {")
    Path("latin.rq").write_bytes(b"# \xe9\nSELECT * {}")
    Path("empty.rq").write_text("")
    for file, message in (("broken", "broken.rq:2: column"), ("latin", "it is not UTF-8"), ("empty", "empty.rq: the query is empty")):
        status, out, err = run("query", f"{file}.rq")
        assert (status, out) == (2, "") and message in err


def test_a_fact_is_told_by_as_many_characters_as_tell_it_apart(run: Run) -> None:
    Path("texts/more.txt").write_text(FILLER + "".join(f"Trade of France with Spain was {n} dollars.\n" for n in range(100, 400)))
    run("build", "texts")
    names = sorted(q.subject.value[-32:] for q in open_store("graph").quads_for_pattern(None, RDF_TYPE, bkg("TradeFigure"), None))
    beginnings = Counter(name[:4] for name in names)
    alone = next(name for name in names if beginnings[name[:4]] == 1)
    for beginning in (alone[:4], f"fact:{alone[:5]}", f"<{terms.FACT}{alone[:9]}>", alone):
        assert f"/fact/{alone}" in run("explain", beginning)[1]
    assert "is too short to name a fact - write at least 4" in run("explain", alone[:3])[2]
    assert "no fact 'ffff0' in the graph" in run("explain", "ffff0")[2]
    with pytest.raises(KgError, match="2 facts begin with abcd") as caught:
        facts_called([f"{terms.FACT}abcd1", f"{terms.FACT}abcd2", f"{terms.FACT}abce1"], "abcd")
    assert caught.value.remedy == "write more of it: fact:abcd1, fact:abcd2"


def test_no_rows_of_a_query_written_out(run: Run) -> None:
    run("build", "texts")
    status, _, err = run("query", "PREFIX x: <http://x/> SELECT ?s { ?s bkg:status x:Gone }")
    assert (status, err) == (0, "No statement of the graph holds x:Gone.\n")
    assert run("query", "SELECT ?s { ?s bkg:status bkg:Asserted, bkg:Denied }")[2].startswith("No ")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_behind_the_output(run: Run) -> None:
    run("build", "texts")
    with open("/dev/full", "w") as full, kg_process("export", stdout=full) as process:
        _, err = process.communicate()
    assert process.returncode == 2
    assert err.startswith("error: No space left") and "Traceback" not in err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("asked", [["--version"], ["--help"], ["build", "--help"]])
def test_a_full_disk_behind_what_the_parser_prints(asked: list[str]) -> None:
    with open("/dev/full", "w") as full, kg_process(*asked, stdout=full) as process:
        _, err = process.communicate()
    assert (process.returncode, err) == (2, "error: No space left on device - check disk and permissions\n")


def test_help_is_instant() -> None:
    start = time.monotonic()
    with kg_process("--help", stdout=subprocess.DEVNULL) as process:
        process.communicate()
    assert process.returncode == 0
    assert time.monotonic() - start < 2


def test_a_store_elsewhere_needs_a_library_that_is_named_where_it_is_missing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("build", "texts", "--graph", "graph")[0] == 0
    monkeypatch.setitem(sys.modules, "httpx", None)
    status, _, said = run("push", "--endpoint", "http://localhost:1/store", "--graph", "graph")
    assert status == 2
    assert said == "error: the part that asks stores elsewhere is not installed - pip install 'bilateral-kg[endpoint]'\n"
