"""Documents to a graph on disk: what is built, what is left out, and that the old graph stands till then."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from multiprocessing.connection import Connection
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import resources, terms
from kg.errors import KgError, StoreError
from kg.graph import (
    BuildReport,
    NothingBuiltError,
    Violation,
    build,
    document_text,
    explain_fact,
    export,
    locked,
    open_store,
    read_manifest,
)
from kg.graph import making as making_module
from kg.graph import pool as pool_module
from kg.graph import store as store_module
from kg.graph.making import Making
from kg.graph.nodes import PREF_LABEL, RDF_TYPE, bkg
from kg.graph.pool import extract_all
from kg.model import Evidence, replace
from tests.invented import LineExtractor, document

ROOT = Path(__file__).resolve().parent.parent
FILLER = "The two states have been neighbours for a long time, and the people of both of them know each other well.\n"

LETTER = f"---\ntitle: A letter\nissued: 2019-02\n---\n\n{FILLER}Trade of France with Spain was 19 dollars.\nA gap.\n"
BULLETIN = f"{FILLER}The trade of Spain and France came to 18 dollars.\nThat was said by Ana Ruiz.\n"


@pytest.fixture
def ontology(tmp_path: Path) -> Path:
    """An ontology of a few terms: these tests must not fail with every change of the real one."""
    folder = tmp_path / "ontology"
    (folder / "gazetteer").mkdir(parents=True)
    prefixes = "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in terms.PREFIXES.items())
    (folder / "terms.ttl").write_text(f"{prefixes} bkg:Actor owl:unionOf ( bkg:State bkg:Person ) .\n")
    (folder / "concepts.ttl").write_text(f'{prefixes} con:flow-total a skos:Concept ; skos:prefLabel "total"@en .\n')
    (folder / "gazetteer" / "states.ttl").write_text(
        f'{prefixes} ent:france a bkg:State ; skos:prefLabel "France"@en .\n'
        'ent:spain a bkg:State ; skos:prefLabel "Spain"@en .\n'
    )
    return folder


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "letter.md").write_text(LETTER)
    (folder / "bulletin.txt").write_text(BULLETIN)
    return folder


Make = Callable[..., BuildReport]


@pytest.fixture
def make(ontology: Path, tmp_path: Path) -> Make:
    def make(*paths: Path, **more: object) -> BuildReport:
        options = {"extractor": LineExtractor(), "ontology": ontology} | more
        return build(paths, tmp_path / "graph", **options)  # type: ignore[arg-type]

    return make


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    return tmp_path / "graph"


def content(directory: Path) -> str:
    return "".join(sorted(f"{quad}\n" for quad in open_store(directory)))


def amounts(directory: Path) -> list[str]:
    store = open_store(directory)
    return sorted(q.object.value for q in store.quads_for_pattern(None, bkg("amount"), None, None))  # type: ignore[union-attr]


def leftovers(graph: Path) -> list[str]:
    return sorted(path.name for path in graph.parent.iterdir() if "graph" in path.name and path != graph)


# What is built


def test_the_graph_is_what_the_documents_make(make: Make, texts: Path, graph: Path) -> None:
    report = make(texts)
    assert report.exit_status == 0
    assert report.documents == ("bulletin", "letter")
    assert report.facts == {"TradeFigure": 2, "OfficeHolding": 1}
    assert (report.entities_known, report.entities_new, report.gaps) == (2, 1, 1)
    assert amounts(graph) == ["18", "19"]
    assert [entry.identifier for entry in read_manifest(graph).documents] == ["bulletin", "letter"]
    sha256 = read_manifest(graph).documents[1].sha256
    assert document_text(graph, sha256) == LETTER.split("---\n\n")[1]
    store = open_store(graph)
    assert len(list(store.quads_for_pattern(None, bkg("conflictsWith"), None, None))) == 2
    assert not any(isinstance(node, ox.BlankNode) for quad in store for node in (quad.subject, quad.object))
    assert leftovers(graph) == []


def test_every_quote_is_cut_exactly(make: Make, texts: Path, graph: Path) -> None:
    make(texts)
    rows = open_store(graph).query(
        f"""PREFIX oa: <{terms.OA}> SELECT ?document ?start ?end ?exact WHERE {{ GRAPH ?g {{
        ?evidence oa:hasSource ?document ; oa:hasSelector ?position, ?quote .
        ?position oa:start ?start ; oa:end ?end . ?quote oa:exact ?exact }} }}"""
    )
    found = [[term.value for term in row] for row in rows]  # type: ignore[union-attr]
    assert len(found) == 3
    for name, start, end, exact in found:
        assert document_text(graph, name.removeprefix(terms.DOC))[int(start) : int(end)] == exact


def test_keys_of_front_matter_that_are_not_heeded_are_told_each_time(make: Make, texts: Path) -> None:
    (texts / "letter.md").write_text(LETTER.replace("title: A letter", "titel: X\ntags: [a, b]\nissued: 2018\ntitle: A letter"))
    for _ in range(2):  # the second time the file is not read again
        report = make(texts, extractor=Versioned())
        assert report.exit_status == 0
        assert report.warnings == (
            "letter.md, line 2: the key 'titel' is not known - did you mean title?",
            "letter.md, line 3: the key 'tags' is not known - the keys are title, creator, publisher, issued, source, language",
            "letter.md, line 6: the key 'issued' stands in line 4 too - leave one out, this one counts",
        )


def test_a_document_left_out_is_gone(make: Make, texts: Path, graph: Path) -> None:
    make(texts)
    make(texts / "letter.md")
    assert amounts(graph) == ["19"]
    assert len(list((graph / "documents").iterdir())) == 1


def test_metadata_of_a_single_document(make: Make, texts: Path, graph: Path) -> None:
    make(texts / "bulletin.txt", metadata={"title": "The bulletin", "issued": "2019"})
    quads = list(open_store(graph).quads_for_pattern(None, None, None, None))
    assert any(q.object == ox.Literal("The bulletin") for q in quads)
    with pytest.raises(KgError, match="for 2 documents"):
        make(texts, metadata={"title": "Both"})


class Silent(LineExtractor):
    def extract(self, document):  # type: ignore[no-untyped-def]
        return ()


def test_without_paths_the_documents_of_the_package(make: Make) -> None:
    assert len(make(extractor=Silent()).documents) == len(list(resources.folder("seeds").glob("*.md")))


def test_the_same_text_twice_is_one_document(make: Make, texts: Path) -> None:
    (texts / "copy.txt").write_text(LETTER.split("---\n\n")[1])
    report = make(texts)
    assert report.documents == ("bulletin", "letter"), "the one that says most of itself"
    assert report.warnings == ("letter.md: the same text as copy.txt - one document",)


def test_two_documents_of_one_name_are_told(make: Make, texts: Path) -> None:
    (texts / "more").mkdir()
    (texts / "more" / "letter.txt").write_text(FILLER)
    report = make(texts)
    assert report.documents == ("bulletin", "letter", "letter")
    assert "2 different documents have this identifier" in report.warnings[0]


def test_a_new_entity_has_one_name_in_all_documents(make: Make, texts: Path, graph: Path) -> None:
    for name in ("one", "two"):
        (texts / f"{name}.txt").write_text(f"{FILLER}It was said in {name} letter by Ana Ruiz.\n")
    (texts / "three.txt").write_text(f"{FILLER}It was said by Ana RUIZ.\n")
    make(texts)
    store = open_store(graph)
    names = {str(q.object) for q in store.quads_for_pattern(ox.NamedNode(terms.ENT + "person-ana-ruiz"), None, None)}
    assert {'"Ana Ruiz"@en', '"Ana RUIZ"@en'} <= names
    assert not list(store.quads_for_pattern(None, PREF_LABEL, ox.Literal("Ana RUIZ", language="en")))


PROGRAM = """
import os, sys
from pathlib import Path
from kg.graph import build, export, open_store
from kg.model import Evidence, replace
from tests.invented import LineExtractor
graph, ontology, *paths = map(Path, sys.argv[1:])
build(paths, graph, extractor=LineExtractor(), ontology=ontology)
for form in ("turtle", "trig", "nquads", "ntriples", "jsonld", "rdfxml"):
    export(open_store(graph), graph.parent / f"out.{form}", form)
"""


def test_the_same_bytes_whatever_order_hash_seed_and_place(texts: Path, ontology: Path, tmp_path: Path) -> None:
    files = [texts / "letter.md", texts / "bulletin.txt"]
    for number in range(8):
        files.append(texts / f"{number}.txt")
        lines = f"France and Spain traded {number} by Ana Ruiz {number}\nFrance to Spain {number}\n"
        files[-1].write_text(FILLER + lines)
    seen = []
    for number, order in enumerate((files, files[::-1], [texts])):
        place = tmp_path / f"place{number}"
        place.mkdir()
        environment = os.environ | {"PYTHONHASHSEED": str(number * 7), "PYTHONPATH": str(ROOT)}
        paths = [os.path.relpath(path, place) for path in order]
        run = [sys.executable, "-c", PROGRAM, "graph", str(ontology), *paths]
        subprocess.run(run, cwd=place, env=environment, check=True)
        kept = [path for path in sorted(place.rglob("*")) if path.is_file() and path.parent.name != "store"]
        seen.append({str(path.relative_to(place)): path.read_bytes() for path in kept})
    assert len(seen[0]) == 8 + 10
    assert seen[0] == seen[1] == seen[2]


# What is left out


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "empty.txt"),
        ("binary.txt", bytes(range(256)) * 4, "binary.txt"),
        ("latin.txt", FILLER.encode() + b"caf\xe9\n", "latin.txt"),
        ("broken.txt", f"{FILLER}Here lines break off.\n".encode(), "RuntimeError: no such line"),
    ],
)
def test_a_bad_document_is_named_and_the_others_go_on(
    make: Make, texts: Path, graph: Path, name: str, data: bytes, reason: str
) -> None:
    (texts / name).write_bytes(data)
    report = make(texts)
    assert report.exit_status == 1
    assert report.documents == ("bulletin", "letter")
    assert len(report.failures) == 1 and reason in str(report.failures[0]) and name in str(report.failures[0])
    assert amounts(graph) == ["18", "19"]


class Careless(LineExtractor):
    def extract(self, document):  # type: ignore[no-untyped-def]
        found = super().extract(document)
        return [replace(fact, evidence=(Evidence(0, 10**6),)) for fact in found if document.identifier == "letter"]


def test_a_fact_that_cannot_be_written_costs_its_document_only(make: Make, texts: Path) -> None:
    report = make(texts, extractor=Careless())
    assert report.documents == ("bulletin",)
    assert "lies outside of the text" in str(report.failures[0])


def test_a_missing_file_among_good_ones(make: Make, texts: Path) -> None:
    report = make(texts, texts / "none.txt")
    assert (report.exit_status, len(report.documents)) == (1, 2)
    assert "none.txt" in str(report.failures[0])


def test_where_nothing_can_be_built_the_old_graph_stands(make: Make, texts: Path, graph: Path) -> None:
    make(texts)
    before = content(graph)
    (texts / "empty.txt").write_text("")
    with pytest.raises(NothingBuiltError, match="no document") as caught:
        make(texts / "empty.txt")
    assert "empty.txt" in str(caught.value.failures[0])
    assert content(graph) == before
    assert leftovers(graph) == []


def refuse(*focus: str) -> Callable[[Sequence[ox.Quad]], Iterator[Violation]]:
    """A validation that refuses nodes whose IRI, or whose amount, is one of these."""

    def validate(quads: Sequence[ox.Quad]) -> Iterator[Violation]:
        for quad in quads:
            iri = quad.subject.value  # type: ignore[union-attr]
            amount = quad.object.value if quad.predicate == bkg("amount") else ""  # type: ignore[union-attr]
            if iri in focus or amount in focus:
                yield Violation(iri, "shape:Test", "Mend it.")

    return validate


def test_a_fact_that_breaks_a_shape_goes_to_quarantine(make: Make, texts: Path, graph: Path) -> None:
    report = make(texts, validate=refuse("18"))
    assert report.exit_status == 1
    assert amounts(graph) == ["19"]
    (entry,) = json.loads((graph / "quarantine.json").read_text())
    assert (entry["document"], entry["rule"], entry["shape"]) == ("bulletin", "invented", "shape:Test")
    assert entry["quote"] == "The trade of Spain and France came to 18 dollars."
    assert entry["label"].startswith("Trade of")
    assert make(texts).exit_status == 0
    assert json.loads((graph / "quarantine.json").read_text()) == []


def test_a_bad_entity_takes_its_facts_along(make: Make, texts: Path, graph: Path) -> None:
    report = make(texts, validate=refuse(terms.ENT + "person-ana-ruiz"))
    assert [each.type for each in report.rejected] == ["OfficeHolding"]
    assert "ana-ruiz" not in content(graph)


def test_a_bad_document_node_takes_the_document_along(make: Make, texts: Path) -> None:
    sha256 = make(texts) and document((LETTER.split("---\n\n"))[1]).sha256
    report = make(texts, validate=refuse(terms.DOC + sha256))
    assert report.documents == ("bulletin",)
    assert "shape:Test" in str(report.failures[0])


def test_a_fault_that_no_fact_can_mend_stops_the_build(make: Make, texts: Path) -> None:
    def validate(quads: Iterable[ox.Quad]) -> list[Violation]:
        return [Violation(terms.ENT + "atlantis", "shape:State", "Mend it.")]

    with pytest.raises(KgError, match="atlantis"):
        make(texts, validate=validate)


def test_contributions_stay_and_broken_ones_are_named(make: Make, texts: Path, graph: Path) -> None:
    make(texts)
    folder = graph / "contributions"
    folder.mkdir()
    prefix = f"@prefix bkg: <{terms.BKG}> . @prefix fact: <{terms.FACT}> .\n"
    (folder / "good.ttl").write_text(f"{prefix}fact:mine a bkg:TradeFigure ; bkg:amount 7 .\n")
    (folder / "broken.ttl").write_text(f"{prefix}fact:a a\n\n bkg:Meeting ; ; ] .\n")
    (folder / "blank.ttl").write_text(f"{prefix}fact:b bkg:host [] .\n")
    (folder / "wrong.ttl").write_text(f"{prefix}fact:c bkg:amount 13 .\n")
    report = make(texts, validate=refuse("13"))
    assert (report.exit_status, report.contributions) == (1, 1)
    names = sorted(Path(str(failure.file)).name for failure in report.failures)
    assert names == ["blank.ttl", "broken.ttl", "wrong.ttl"]
    assert next(f for f in report.failures if "broken" in str(f)).line == 4
    assert amounts(graph) == ["18", "19", "7"]
    (quad,) = open_store(graph).quads_for_pattern(ox.NamedNode(terms.FACT + "mine"), RDF_TYPE, None)
    assert quad.graph_name.value.startswith(terms.GRAPH + "contribution-")  # type: ignore[union-attr]
    assert len(list(folder.iterdir())) == 4
    assert list(open_store(graph).quads_for_pattern(quad.subject, bkg("claim"), None)), "it takes part in the claims"


def test_what_is_no_file_among_the_contributions(make: Make, texts: Path, graph: Path) -> None:
    make(texts)
    folder = graph / "contributions"
    (folder / "folder.ttl").mkdir(parents=True)
    (folder / "dangling.ttl").symlink_to("nowhere")
    os.mkfifo(folder / "pipe.ttl")
    report = make(texts)
    assert [Path(str(failure.file)).name for failure in report.failures] == ["dangling.ttl", "folder.ttl", "pipe.ttl"]
    assert (folder / "dangling.ttl").is_symlink()


def test_a_graph_without_manifest_is_built_anew_other_folders_are_not(make: Make, texts: Path, graph: Path) -> None:
    make(texts)
    (graph / "manifest.json").unlink()
    assert make(texts).exit_status == 0
    (graph / "manifest.json").unlink()
    shutil.rmtree(graph / "store")
    with pytest.raises(StoreError, match="holds other files"):
        make(texts)


def test_a_broken_ontology_stops_the_build(make: Make, texts: Path, ontology: Path, graph: Path) -> None:
    make(texts)
    before = content(graph)
    (ontology / "concepts.ttl").write_text("\n\nbroken .\n")
    with pytest.raises(KgError, match=r"concepts\.ttl:3: broken Turtle"):
        make(texts)
    assert content(graph) == before


# Limits


@pytest.mark.skipif(sys.platform != "linux", reason="forks")
def test_many_documents_run_in_workers_that_can_be_stopped() -> None:
    texts = [f"France Spain {number}" for number in range(10)] + ["please wait", "break off"]
    documents = [document(text, f"d{number}", path=f"d{number}.txt") for number, text in enumerate(texts)]
    done: list[int] = []
    outcomes = extract_all(documents, LineExtractor(), seconds=0.5, jobs=2, progress=done.append)
    assert [len(outcome.facts) for outcome in outcomes] == [1] * 10 + [0, 0]
    assert "d10.txt: takes more than" in str(outcomes[10].error)
    assert "d11.txt: breaks the extraction" in str(outcomes[11].error)
    assert done == list(range(1, 13))
    assert multiprocessing.active_children() == []


@pytest.mark.skipif(sys.platform != "linux", reason="forks")
def test_a_single_short_document_is_stopped_too() -> None:
    (outcome,) = extract_all([document("please wait", "d", path="d.txt")], LineExtractor(), seconds=0.5)
    assert "d.txt: takes more than" in str(outcome.error)
    (outcome,) = extract_all([document("France Spain", "d3")], Greedy())
    assert "memory" in str(outcome.error)


def test_a_worker_that_has_answered_is_not_late_however_long_the_others_outcome_is_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither while its answer waits, nor by a clock that ran on meanwhile."""

    def only_the_first(connections: Sequence[Connection], timeout: float) -> list[Connection]:
        assert all(each.poll(60) for each in connections)
        return list(connections)[:1]

    monkeypatch.setattr(pool_module, "wait", only_the_first)
    documents = [document(f"France Spain {number}", f"d{number}") for number in range(2)]
    outcomes = pool_module.extract_each(documents, range(2), LineExtractor(), seconds=1000.0, jobs=2)
    found = [next(outcomes)]
    clock = pool_module.time.monotonic
    monkeypatch.setattr(pool_module.time, "monotonic", lambda: clock() + 2000)
    found += outcomes
    assert [outcome.error for _, outcome in found] == [None, None]


class Greedy(LineExtractor):
    def extract(self, document):  # type: ignore[no-untyped-def]
        if document.identifier == "d3":
            return [bytearray(10**9) for _ in range(20)]
        if document.identifier == "d4":
            os.kill(os.getpid(), 9)
        return super().extract(document)


@pytest.mark.skipif(sys.platform != "linux", reason="forks")
def test_a_worker_that_dies_loses_its_own_document_only() -> None:
    documents = [document(f"France Spain {number}", f"d{number}") for number in range(12)]
    outcomes = extract_all(documents, Greedy(), jobs=2)
    assert [outcome.document.identifier for outcome in outcomes if outcome.error] == ["d3", "d4"]
    assert "memory" in str(outcomes[3].error)


class BrokenRules(LineExtractor):
    def extract(self, document):  # type: ignore[no-untyped-def]
        raise KgError("no such role", file="a.rule", line=3)


@pytest.mark.parametrize("count", [1, 12])
def test_broken_rules_are_no_fault_of_the_document(count: int) -> None:
    with pytest.raises(KgError, match=r"a\.rule:3: no such role"):
        extract_all([document(f"France {number}") for number in range(count)], BrokenRules(), jobs=2)


# Parts of the graph, made side by side


@pytest.fixture
def many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Ten documents, of which two make a part of the graph."""
    monkeypatch.setattr(making_module, "_DOCUMENTS", 2)
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(10, 20):
        (folder / f"note-{number}.txt").write_text(f"{FILLER}Trade of France with Spain was {number} dollars.\nThat was said by Ana Ruiz.\n")
    return folder


class Faulty(LineExtractor):
    def extract(self, document):  # type: ignore[no-untyped-def]
        return [replace(fact, evidence=(Evidence(0, 10**6),)) if document.identifier == "note-13" else fact for fact in super().extract(document)]


def test_parts_made_side_by_side_make_the_same_graph(make: Make, many: Path, graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = {"extractor": Faulty(), "validate": refuse("16", "19")}
    alone = make(many, jobs=1, **given)
    before, quarantine = content(graph), (graph / "quarantine.json").read_bytes()
    made: list[int | None] = []
    whole = making_module.processes
    monkeypatch.setattr(making_module, "processes", lambda jobs, begin: made.append(jobs) or whole(jobs, begin))
    beside = make(many, jobs=3, **given)
    assert made == [3]
    assert (content(graph), (graph / "quarantine.json").read_bytes()) == (before, quarantine)
    assert [str(each) for each in beside.failures] == [str(each) for each in alone.failures] and len(alone.failures) == 1
    assert beside.facts == alone.facts and beside.rejected == alone.rejected and len(alone.rejected) == 2


def test_what_stops_a_part_stops_the_build(make: Make, many: Path, graph: Path) -> None:
    make(many)
    before = content(graph)
    with pytest.raises(KgError, match="atlantis"):
        make(many, jobs=2, validate=lambda quads: [Violation(terms.ENT + "atlantis", "shape:State", "Mend it.")])
    with pytest.raises(KgError, match="a worker process was killed"):
        make(many, jobs=2, validate=lambda quads: os._exit(9))
    assert content(graph) == before
    assert leftovers(graph) == []


# The swap


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(28, "No space left on device"), RuntimeError("bug")])
@pytest.mark.parametrize("step", ["make", "write_files"])
def test_whatever_stops_a_build_the_old_graph_stands(
    make: Make, texts: Path, graph: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: BaseException
) -> None:
    make(texts)
    before = content(graph)

    def fail(*arguments: object) -> None:
        raise error

    monkeypatch.setattr(Making, step, fail)
    with pytest.raises(StoreError if isinstance(error, OSError) else type(error)) as caught:
        make(texts / "letter.md")
    if isinstance(error, OSError):
        assert "No space left" in str(caught.value) and "unharmed" in str(caught.value)
    assert content(graph) == before
    assert leftovers(graph) == []


def test_a_swap_that_fails_is_undone(
    make: Make, texts: Path, graph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(texts)
    before = content(graph)
    rename = Path.rename

    def fail(self: Path, target: Path) -> Path:
        if ".building-" in self.name:
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(StoreError, match="No space left"):
        make(texts / "letter.md")
    assert content(graph) == before
    assert leftovers(graph) == []


def test_a_killed_build_leaves_nothing_behind(make: Make, texts: Path, graph: Path) -> None:
    make(texts)
    (graph.parent / "graph.building-999999" / "store").mkdir(parents=True)
    (graph.parent / "graph.building-notes").mkdir()
    make(texts)
    assert leftovers(graph) == ["graph.building-notes"], "nothing that a build did not make"


def test_a_build_killed_in_mid_swap_is_put_right(
    make: Make, texts: Path, graph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "_SWAP_SECONDS", 0.1)
    make(texts)
    before = content(graph)
    graph.rename(graph.with_name("graph.old-999999"))
    assert content(graph) == before
    assert leftovers(graph) == []


def test_a_second_build_waits_for_no_one(make: Make, texts: Path, graph: Path) -> None:
    make(texts)
    with pytest.raises(StoreError, match="is the root of the disk - choose a folder below it"), locked(Path("/")):
        pass
    with locked(graph.resolve()), pytest.raises(StoreError, match="somebody else is writing"):
        make(texts)
    make(texts)


def test_the_lock_dies_with_its_process(make: Make, texts: Path, graph: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from kg.graph import locked\n"
        "with locked(Path(sys.argv[1])): print('locked', flush=True); time.sleep(60)"
    )
    run = [sys.executable, "-c", program, str(graph.resolve())]
    with subprocess.Popen(run, stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": str(ROOT)}) as process:
        assert process.stdout is not None and process.stdout.readline()
        with pytest.raises(StoreError, match="somebody else is writing"):
            make(texts)
        process.kill()
    make(texts)
    assert leftovers(graph) == []


def test_what_is_no_graph_is_never_replaced(make: Make, texts: Path, graph: Path) -> None:
    graph.mkdir()
    (graph / "thesis.txt").write_text("years of work")
    with pytest.raises(StoreError, match="holds other files"):
        make(texts)
    assert (graph / "thesis.txt").read_text() == "years of work"
    other = graph.parent / "file"
    other.write_text("")
    with pytest.raises(StoreError, match="is a file"):
        build([texts], other, extractor=LineExtractor())


# Opening


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda graph: (graph / "manifest.json").write_text('{"format": 99}'), "of version 99"),
        (lambda graph: (graph / "manifest.json").write_text("{"), "is broken"),
        (lambda graph: (graph / "manifest.json").write_text('{"format": 2}'), "is broken"),
        (lambda graph: (graph / "manifest.json").write_text("[]"), "is broken .no manifest."),
        (lambda graph: (graph / "manifest.json").unlink(), "is broken .no manifest."),
        (lambda graph: (graph / "store").rename(graph / "elsewhere"), "its store is missing"),
        (lambda graph: (graph / "store" / "CURRENT").write_text("x"), "is broken"),
        (lambda graph: graph.rename(graph.with_name("elsewhere")), "no graph here"),
    ],
)
def test_a_graph_that_cannot_be_opened(
    make: Make, texts: Path, graph: Path, change: Callable[[Path], object], message: str
) -> None:
    make(texts)
    change(graph)
    with pytest.raises(StoreError, match=message) as caught:
        open_store(graph)
    assert "kg build" in str(caught.value)


def test_a_graph_of_another_version_is_built_anew(make: Make, texts: Path, graph: Path) -> None:
    make(texts)
    (graph / "manifest.json").write_text('{"format": 0}')
    make(texts)
    assert amounts(graph) == ["18", "19"]


def test_a_read_during_a_build_sees_a_whole_graph(make: Make, texts: Path, graph: Path) -> None:
    make(texts)
    store = open_store(graph)
    make(texts / "letter.md")
    assert len(list(store.quads_for_pattern(None, bkg("amount"), None, None))) == 2
    assert amounts(graph) == ["19"]


def test_the_store_is_flushed(make: Make, texts: Path, graph: Path) -> None:
    make(texts)
    assert sum(log.stat().st_size for log in (graph / "store").glob("*.log")) < 1000, "no log to replay when opened"


# Explaining


def test_a_fact_is_explained_by_its_sentence_and_rule(make: Make, texts: Path, graph: Path) -> None:
    make(texts)
    store = open_store(graph)
    (fact,) = {q.subject.value for q in store.quads_for_pattern(None, bkg("amount"), None) if "19" in str(q.object)}  # type: ignore[union-attr]
    text = explain_fact(graph, fact)
    assert ">>Trade of France with Spain was 19 dollars.<<" in text
    assert "rule invented, version 1" in text and "captured partner = Spain" in text and "status: no cue" in text
    assert "reporter = France" in text and "letter, " in text
    assert explain_fact(graph, fact.removeprefix(terms.FACT)[:12]) == text
    for name, told in (("fact:ffffffffffff", "no fact"), ("fa", "is too short"), ("x", "is too short")):
        with pytest.raises(KgError, match=told):
            explain_fact(graph, name)


def test_exports_of_a_built_graph_are_complete(make: Make, texts: Path, graph: Path, tmp_path: Path) -> None:
    make(texts)
    export(open_store(graph), tmp_path / "out.ttl")
    text = (tmp_path / "out.ttl").read_text()
    assert 'skos:prefLabel "France"@en' in text and "con:flow-total a skos:Concept" in text
    assert "unionOf" not in text


@pytest.mark.parametrize("mode", [0o755, 0o555])
def test_a_failed_build_leaves_a_folder_that_it_did_not_make(make: Make, graph: Path, mode: int) -> None:
    graph.mkdir()
    graph.chmod(mode)
    with pytest.raises(KgError):
        make(graph.parent / "none", extractor=Versioned())
    assert graph.is_dir() and list(graph.iterdir()) == []


class Versioned(LineExtractor):
    """An extractor that says by what it reads, so that what it read is kept from build to build."""

    versions = ()


def test_a_graph_protected_against_writing_is_not_replaced(make: Make, texts: Path, graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(texts)
    before = content(graph)
    for folder in (graph, graph / "documents"):
        folder.chmod(0o555)
        with monkeypatch.context() as patched:  # root may write everywhere
            patched.setattr(store_module.os, "access", lambda path, mode: bool(Path(path).stat().st_mode & 0o200))
            with pytest.raises(StoreError, match="protected against writing") as caught:
                make(texts / "letter.md")
        assert caught.value.file == str(folder)
        folder.chmod(0o755)
    assert content(graph) == before
    assert leftovers(graph) == []


def test_what_a_killed_writer_left_is_cleared_though_it_is_protected(make: Make, texts: Path, graph: Path) -> None:
    make(texts)
    old = graph.with_name("graph.old-1")
    shutil.copytree(graph, old)
    for folder in (old / "documents", old):
        folder.chmod(0o555)
    make(texts)
    assert leftovers(graph) == []
