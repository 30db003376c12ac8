"""`kg extract` on this machine: the same shards whatever happens, and the graph of them that `kg build` makes."""

from __future__ import annotations

import gzip
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store, parse

from kg import terms
from kg.errors import KgError, StoreError
from kg.graph import build, build_extracted, export, open_store
from kg.graph.lock import locked
from kg.queries import derive
from kg.scale import shards
from kg.scale.load import read_failures, read_shards
from kg.scale.local import LocalEngine
from kg.scale.run import ExtractionReport, extract_shards
from tests.changing import make_ontology
from tests.scaling import PlainExtractor, await_that, below_of, files_of, refuse_nineteen, texts, write_lines

pq = pytest.importorskip("pyarrow.parquet", reason="the extra 'scale' is not installed")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the extractor of these tests reaches the processes by a fork")

ROOT = Path(__file__).resolve().parent.parent
FILLER = "The two states have been neighbours for a long time, and the people of both of them know each other well.\n"
LETTERS = {
    "letter.md": f"---\ntitle: A letter\nissued: 2019-02\n---\n\n{FILLER}Trade of France with Spain was 19 dollars.\nIt was signed by Ana Ruiz.\n",
    "copy.txt": f"{FILLER}Trade of France with Spain was 19 dollars.\nIt was signed by Ana Ruiz.\n",
    "bulletin.txt": f"{FILLER}The trade of Spain and France came to 18 dollars.\nThat was said by ANA Ruiz.\nOr by ana RUIZ. A gap.\n",
    "digest.txt": f"{FILLER}France sold to Spain 7 things.\nSigned by ana RUIZ.\n",
    "late.txt": f"{FILLER}Trade of France and Spain was 40 dollars, said by ana RUIZ.\n",
    "empty.txt": "",
    "broken.txt": f"{FILLER}Here things break .\n",
    "french.txt": "Les présidents des deux pays ont signé un accord sur le commerce dans la capitale, et ils ont dit que les échanges sont plus grands.",
}


@pytest.fixture
def letters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of documents, good and bad ones, read by an invented extractor."""
    for module in ("local", "records", "facts"):
        monkeypatch.setattr(f"kg.scale.{module}.load_extractor", lambda aliases: PlainExtractor())
    folder = tmp_path / "letters"
    folder.mkdir()
    for name, text in LETTERS.items():
        (folder / name).write_text(text)
    return folder


def extract(source: Path, out: Path, **options: object) -> ExtractionReport:
    given: dict[str, object] = {"validate": refuse_nineteen, "parts": 4} | options
    return extract_shards([source], out, LocalEngine(2), **given)  # type: ignore[arg-type]


def opened(*folders: Path) -> list[tuple[Path, shards.ShardManifest]]:
    return [(folder, shards.read_manifest(folder)) for folder in folders]


def load(graph: Path, ontology: Path, *folders: Path) -> Path:
    build_extracted(read_shards(opened(*folders)), graph, failures=read_failures(opened(*folders)), validate=refuse_nineteen, derive=derive, ontology=ontology)
    return graph


def die(*arguments: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def quads_of(graph: Path) -> set[str]:
    return {str(quad) for quad in open_store(graph)}


def test_a_graph_of_shards_is_the_graph_of_a_build(letters: Path, tmp_path: Path) -> None:
    ontology = make_ontology(tmp_path / "ontology")
    report = build([letters], tmp_path / "built", extractor=PlainExtractor(), validate=refuse_nineteen, derive=derive, ontology=ontology)
    assert report.rejected and len(report.failures) == 3
    extract(letters, tmp_path / "out")
    load(tmp_path / "loaded", ontology, tmp_path / "out")
    assert quads_of(tmp_path / "loaded") == quads_of(tmp_path / "built")
    assert files_of(tmp_path / "loaded") == files_of(tmp_path / "built")
    for graph in ("loaded", "built"):
        export(open_store(tmp_path / graph), tmp_path / f"{graph}.ttl")
    assert (tmp_path / "loaded.ttl").read_bytes() == (tmp_path / "built.ttl").read_bytes()


def test_shards_of_parts_of_the_documents_are_loaded_together(letters: Path, tmp_path: Path) -> None:
    ontology = make_ontology(tmp_path / "ontology")
    build([letters], tmp_path / "built", extractor=PlainExtractor(), validate=refuse_nineteen, derive=derive, ontology=ontology)
    for number, name in enumerate(sorted(LETTERS)):
        extract(letters / name, tmp_path / f"out{number}")
    load(tmp_path / "loaded", ontology, *(tmp_path / f"out{number}" for number in range(len(LETTERS))))
    assert files_of(tmp_path / "loaded") == files_of(tmp_path / "built")
    assert quads_of(tmp_path / "loaded") == quads_of(tmp_path / "built")


def test_the_facts_are_those_of_the_built_graph_sorted_and_without_what_breaks_a_shape(letters: Path, tmp_path: Path) -> None:
    build([letters], tmp_path / "built", extractor=PlainExtractor(), validate=refuse_nineteen, ontology=make_ontology(tmp_path / "o"))
    report = extract(letters, tmp_path / "out")
    lines: list[str] = []
    for file in sorted((tmp_path / "out" / "facts").glob("*.nq.gz")):
        mine = gzip.decompress(file.read_bytes()).decode().splitlines()
        graphs = [line.split()[-2] for line in mine]
        assert mine == [line for _, line in sorted(zip(graphs, mine, strict=True))]
        lines += mine
    documents = {str(q) for q in open_store(tmp_path / "built") if str(q.graph_name).startswith(f"<{terms.GRAPH}document-")}
    assert {str(quad) for quad in parse("\n".join(lines), format=RdfFormat.N_QUADS)} == documents and len(lines) == len(documents)
    assert report.manifest.quads == len(lines) and (report.manifest.documents, report.manifest.rejected) == (4, 1)
    rows = [row for file in sorted((tmp_path / "out" / "facts").glob("*.parquet")) for row in pq.read_table(file).to_pylist()]
    assert len(rows) == report.manifest.facts == len({row["fact"] for row in rows})
    assert all(row["evidence"][0]["quote"] in "".join(LETTERS.values()) for row in rows)
    trades = {dict((role["role"], role["value"]) for role in row["roles"])["amount"] for row in rows if row["type"] == "TradeFigure"}
    assert trades == {"18", "7", "40"}
    assert all(f"<{row['fact']}> " in "\n".join(lines) for row in rows)


def test_what_is_left_out_is_told_by_name(letters: Path, tmp_path: Path) -> None:
    (letters / "slow.txt").write_text(f"{FILLER}You must wait .\n")
    report = extract(letters, tmp_path / "out", seconds=5.0)
    told = [json.loads(line) for file in sorted((tmp_path / "out" / "failures").iterdir()) for line in file.read_text().splitlines()]
    assert {(each["kind"], Path(each["file"]).name, each["what"].split("(")[0].strip()) for each in told} == {
        ("unread", "empty.txt", "the file is empty"), ("unread", "broken.txt", "breaks the extraction"), ("unread", "french.txt", "is in French, not in English"),
        ("unread", "slow.txt", "takes more than 5 seconds"),
        ("fact", "letter", "Trade of France with Spain: total 19 USD"),
    }  # fmt: skip
    assert (report.manifest.failures, report.exit_status) == (4, 1)


def test_the_number_of_processes_and_the_order_of_the_input_change_nothing(letters: Path, tmp_path: Path) -> None:
    extract(letters, tmp_path / "one")
    extract_shards(sorted(letters.iterdir(), reverse=True), tmp_path / "two", LocalEngine(1), validate=refuse_nineteen, parts=4)
    assert files_of(tmp_path / "one") == files_of(tmp_path / "two")


def test_parts_change_the_files_and_nothing_else(letters: Path, tmp_path: Path) -> None:
    ontology = make_ontology(tmp_path / "ontology")
    graphs = []
    for parts in (1, 3):
        extract(letters, tmp_path / f"out{parts}", parts=parts)
        graphs.append(quads_of(load(tmp_path / f"graph{parts}", ontology, tmp_path / f"out{parts}")))
    assert graphs[0] == graphs[1]
    assert len(files_of(tmp_path / "out1")) < len(files_of(tmp_path / "out3"))


def test_what_is_done_is_not_done_again(letters: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = extract(letters, tmp_path / "out")
    files = files_of(tmp_path / "out")
    with monkeypatch.context() as patch:
        patch.setattr("kg.scale.run._run", lambda *parts: pytest.fail("nothing is to be done"))
        second = extract(letters, tmp_path / "out")
    assert second.again and not first.again and second.manifest == first.manifest
    damaged = sorted((tmp_path / "out" / "facts").iterdir())[0]
    damaged.write_bytes(b"damaged")
    assert not extract(letters, tmp_path / "out").again
    assert files_of(tmp_path / "out") == files


def test_other_input_takes_the_place_of_the_old_shards(letters: Path, tmp_path: Path) -> None:
    extract(letters, tmp_path / "out", parts=8)
    (letters / "late.txt").unlink()
    extract(letters, tmp_path / "out", parts=2)
    extract(letters, tmp_path / "fresh", parts=2)
    assert files_of(tmp_path / "out") == files_of(tmp_path / "fresh")


def test_a_broken_run_goes_on_where_it_was(letters: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    extract(letters, tmp_path / "fresh")
    done: list[int] = []

    def stop(*arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(LocalEngine, "write_facts", stop)
        with pytest.raises(KeyboardInterrupt):
            extract(letters, tmp_path / "out")
    with pytest.raises(StoreError, match=r"unfinished extraction.*the same command again"):
        list(read_shards(opened(tmp_path / "out")))
    with monkeypatch.context() as patch:
        patch.setattr("kg.scale.records.extract_all", lambda *parts, **more: done.append(1))  # no part is extracted again
        extract(letters, tmp_path / "out")
    assert files_of(tmp_path / "out") == files_of(tmp_path / "fresh") and not done


def test_a_killed_worker_is_told_and_the_run_goes_on_when_it_is_started_again(letters: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    extract(letters, tmp_path / "fresh")
    with monkeypatch.context() as patch:
        patch.setattr("kg.scale.local.write_facts", die)
        with pytest.raises(KgError, match=r"a worker process was killed.*run the same command again"):
            extract(letters, tmp_path / "out")
    extract(letters, tmp_path / "out")
    assert files_of(tmp_path / "out") == files_of(tmp_path / "fresh")


def test_the_folder_of_something_else_is_left_alone(letters: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.txt").write_text("mine")
    with pytest.raises(StoreError, match=r"holds other files \(thesis.txt\)"):
        extract(letters, tmp_path / "out")
    with pytest.raises(StoreError, match="is a file"):
        extract(letters, tmp_path / "out" / "thesis.txt")
    with pytest.raises(StoreError, match="is the root of the disk"):
        extract(letters, Path("/"))
    with pytest.raises(KgError, match="there is no document to read"):
        extract(tmp_path / "gone", tmp_path / "other")
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "records").mkdir()
    with pytest.raises(StoreError, match=r"holds other files \(records\)"):
        extract(letters, tmp_path / "records")
    assert [each.name for each in (tmp_path / "out").iterdir()] == ["thesis.txt"] and not (tmp_path / "other").exists()


def test_an_engine_that_cannot_start_leaves_the_shards_as_they_were(letters: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    extract(letters, tmp_path / "out")
    before = files_of(tmp_path / "out")

    def refuse(*arguments: object) -> None:
        raise KgError("no cluster")

    monkeypatch.setattr(LocalEngine, "start", refuse)
    for out in ("out", "other"):
        with pytest.raises(KgError, match="no cluster"):
            extract(letters, tmp_path / out, parts=2)
    assert files_of(tmp_path / "out") == before and not (tmp_path / "other").exists()


def test_two_runs_do_not_write_one_folder_at_once(letters: Path, tmp_path: Path) -> None:
    with locked(tmp_path / "out"), pytest.raises(StoreError, match=r"somebody else is writing here \(.* - wait until that is done, or choose another folder$"):
        extract(letters, tmp_path / "out")


def test_nothing_is_left_of_a_run_that_was_killed(tmp_path: Path) -> None:
    write_lines(tmp_path / "in.jsonl", texts(2000))
    command = [sys.executable, "-m", "kg", "extract", "in.jsonl", "-o", "out", "--parts", "4", "--jobs", "2"]
    with subprocess.Popen(command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        below = await_that(lambda: [each for each in below_of(process.pid) if below_of(each)])  # workers that read documents by now
        process.kill()
    await_that(lambda: not any(Path(f"/proc/{each}").exists() for each in below))


def test_shards_and_graphs_are_not_taken_for_each_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from kg.cli import main

    source, shards, graph = str(write_lines(tmp_path / "a.jsonl", texts(2))), str(tmp_path / "shards"), str(tmp_path / "graph")
    assert main(["extract", source, "-o", shards, "--graph", graph]) == 0
    before = files_of(tmp_path / "shards")
    for command in (["load", shards, "--graph", shards], ["build", "--graph", shards]):
        assert main(command) == 2
        assert "shards: holds other files, but no graph - choose another --graph" in capsys.readouterr().err
        assert files_of(tmp_path / "shards") == before
    assert main(["load", shards, "--graph", graph]) == 0
    before = files_of(tmp_path / "graph")
    for command, told in ((["load", graph, "--graph", graph], "graph: holds no shards"), (["extract", source, "-o", graph], "graph: holds other files")):
        assert main(command) == 2
        assert told in capsys.readouterr().err
        assert files_of(tmp_path / "graph") == before


def test_damaged_shards_are_not_loaded(letters: Path, tmp_path: Path) -> None:
    extract(letters, tmp_path / "out")
    record = sorted((tmp_path / "out" / "records").iterdir())[0]
    whole = record.read_bytes()
    record.write_bytes(whole[:-1])
    with pytest.raises(StoreError, match="the shard was changed or damaged"):
        list(read_shards(opened(tmp_path / "out")))
    record.unlink()
    with pytest.raises(StoreError, match="a shard is missing"):
        list(read_shards(opened(tmp_path / "out")))
    (tmp_path / "out" / "shards.json").write_text("[]")
    with pytest.raises(StoreError, match="the manifest is broken"):
        list(read_shards(opened(tmp_path / "out")))
    with pytest.raises(StoreError, match="holds no shards"):
        opened(tmp_path)


def test_a_load_of_other_rules_is_noted_and_takes_the_facts_as_they_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from kg.cli import main

    write_lines(tmp_path / "a.jsonl", texts(5))
    assert main(["extract", str(tmp_path / "a.jsonl"), "-o", str(tmp_path / "out"), "--graph", str(tmp_path / "graph")]) == 0
    assert main(["load", str(tmp_path / "out"), "--graph", str(tmp_path / "ours")]) == 0
    assert "note: " not in capsys.readouterr().err
    manifest = tmp_path / "out" / "shards.json"
    manifest.write_text(re.sub(r'"reader": "\w+"', '"reader": "other"', manifest.read_text()))
    assert main(["load", str(tmp_path / "out"), "--graph", str(tmp_path / "theirs")]) == 0
    assert "note: the facts were extracted with other rules" in capsys.readouterr().err
    assert quads_of(tmp_path / "ours") == quads_of(tmp_path / "theirs")
    assert (tmp_path / "ours" / "cache.sqlite").exists() and not (tmp_path / "theirs" / "cache.sqlite").exists()


def test_the_command_makes_of_real_documents_what_build_makes(tmp_path: Path) -> None:
    def kg(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, "-m", "kg", *arguments], capture_output=True, text=True, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)})

    write_lines(tmp_path / "in" / "trade.jsonl", [*texts(30), "{", {"text": "x", "date": "soon"}])
    (tmp_path / "in" / "seeds").symlink_to(ROOT / "seeds")
    for number, row in enumerate(texts(30)):
        front = f"---\ntitle: {json.dumps(row['title'])}\nsource: {row['url']}\nissued: {row['date']}\n---\n"
        (tmp_path / "files").mkdir(exist_ok=True)
        (tmp_path / "files" / f"{number}.txt").write_text(front + row["text"])
    done = kg("extract", "files", str(ROOT / "seeds"), "-o", "out", "--parts", "5", "--jobs", "2")
    assert done.returncode == 0, done.stderr
    assert "documents                      35\n" in done.stdout
    assert kg("load", "out", "--graph", "loaded").returncode == 0
    assert kg("build", "files", str(ROOT / "seeds"), "--graph", "built").returncode == 0
    assert files_of(tmp_path / "loaded") == files_of(tmp_path / "built")
    for graph in ("loaded", "built"):
        assert kg("export", "--graph", graph, "-o", f"{graph}.nq").returncode == 0
    assert (tmp_path / "loaded.nq").read_bytes() == (tmp_path / "built.nq").read_bytes()
    lines = kg("extract", "in/trade.jsonl", "-o", "lines")
    assert lines.returncode == 1 and "left out: in/trade.jsonl:31: is no JSON" in lines.stderr and "documents left out              2\n" in lines.stdout
    store = Store()
    for file in (tmp_path / "out" / "facts").glob("*.nq.gz"):
        store.bulk_load(gzip.decompress(file.read_bytes()), format=RdfFormat.N_QUADS)
    built = {str(quad) for quad in open_store(tmp_path / "built") if str(quad.graph_name).startswith(f"<{terms.GRAPH}document-")}
    assert {str(quad) for quad in store} == built


def test_what_is_not_installed_is_named(letters: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    extract(letters, tmp_path / "out")
    write_lines(letters / "a.warc.gz", ["no archive"])
    monkeypatch.setattr("kg.scale.libraries.find_spec", lambda name: None if name == missing else name)
    for missing in ("pyarrow", "fastwarc"):
        with pytest.raises(KgError, match=rf"{missing} is not installed - pip install 'bilateral-kg\[scale\]'"):
            extract(letters, tmp_path / "other")
    missing = "pyarrow"
    with pytest.raises(KgError, match="pyarrow is not installed"):
        load(tmp_path / "graph", make_ontology(tmp_path / "ontology"), tmp_path / "out")


@pytest.mark.parametrize(("arguments", "told"), [
    (["gone", "-o", "out"], "there is no such file or folder"), (["--engine", "local", "--master", "x", ".", "-o", "out"], "--master and --conf are for Spark"),
    (["--engine", "spark", "--jobs", "2", ".", "-o", "out"], "--jobs is for the local engine"),
    (["--engine", "spark", "--conf", "x", ".", "-o", "out"], "--conf 'x' has no value"),
])  # fmt: skip
def test_misuse_is_told(arguments: list[str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.cli import main

    monkeypatch.chdir(tmp_path)
    assert main(["extract", *arguments]) == 2
    assert told in capsys.readouterr().err


