"""Builds that start from an earlier one leave what a build from nothing leaves, whatever changed between them."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.cards import read_rules
from kg.errors import KgError
from kg.extract import Extractor
from kg.extract.versions import Versions, words_of
from kg.gazetteer import load_gazetteer
from kg.graph import build, open_store
from kg.graph.cache import NAME as CACHE
from kg.graph.cache import Cache
from kg.graph.making import Making
from kg.graph.manifest import NAME as MANIFEST
from kg.graph.nodes import bkg
from kg.graph.packing import pack, plain_facts, read_facts, unpack
from kg.graph.pool import Extractor as AnyExtractor
from kg.graph.pool import Outcome
from kg.model import Document
from kg.queries import derive
from kg.resources import rules_folder
from kg.text import read_document
from kg.words import load_classes
from tests.bench.generate import write_documents
from tests.scaling import await_that

NOTES = {
    "kiribati": "Chile and Peru signed a treaty on border rivers in Lima on 3 May 2011. Chile's exports to Peru reached 1.9 billion dollars in 2018.",
    "nauru": "The presidents of Ghana and Togo met in Accra on 4 June 2015. Ghana and Togo established a joint commission on fisheries.",
    "chad": "Niger supports the proposal of Chad on water. Chad leases the Sarh airfield from Niger for 2 million dollars a year.",
    "oman": "Oman joined the Arab League in 1971. Oman and Yemen agreed to build the Salalah Gas Pipeline. Yemen exports fish to Oman.",
    "fiji": "Fiji and Tonga established diplomatic relations in 1970. Trade between Fiji and Tonga rose by 12 percent in 2017.",
    "peru": "Peru's foreign minister Elena Quispe Rojas visited Bolivia on 7 July 2016. Bolivia opposes the new tariff of Peru.",
    "mali": "The Gao Solar Plant was opened in Mali in 2019. Mali and Senegal cooperate in energy and in education.",
    "cuba": "Cuba criticised the sanctions of Panama. Elena Quispe Rojas met the president of Panama in Havana on 9 May 2017.",
}  # fmt: skip
ROOT = Path(__file__).resolve().parent.parent
WORDS = (
    "In 2018 Chile and Ghana held joint exercises.", "Peru signed the treaty.", "Tonga welcomed the visit of Oman's king.", "Mali imports rice from Cuba.",
    "Chile's exports to Peru reached 2.4 billion dollars in 2018.", "Trade between Fiji and Tonga rose by 15 percent in 2017.",
)  # fmt: skip


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, text in NOTES.items():
        (folder / f"{name}.txt").write_text(f"{text}\n", encoding="utf-8")
    return folder


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A copy of the rules, to be edited."""
    return Path(shutil.copytree(rules_folder(), tmp_path / "rules"))


def extractor_of(rules: Path) -> Extractor:
    return Extractor(read_rules(rules), load_gazetteer(), load_classes(rules))


def make(texts: Path, graph: Path, extractor: Extractor, jobs: int = 1, **options: object) -> None:
    ontology = texts.parent / "ontology"  # little: it is written into every graph
    ontology.mkdir(exist_ok=True)
    (ontology / "ontology.ttl").write_text("<https://example.org/thing> <https://example.org/is> <https://example.org/little> .\n", encoding="utf-8")
    build([texts], graph, extractor=extractor, gazetteer=extractor.gazetteer, derive=derive, jobs=jobs, ontology=ontology, **options)  # type: ignore[arg-type]


def content(graph: Path) -> dict[str, object]:
    """All that a graph says: its quads, and every file beside the store but the cache."""
    files = {str(p.relative_to(graph)): p.read_bytes() for p in sorted(graph.rglob("*")) if p.is_file() and p.parent.name != "store"}
    return {"quads": sorted(map(str, open_store(graph))), **{name: data for name, data in files.items() if not name.startswith("cache")}}


class Read(list[str]):
    """The identifiers of the documents that are given to the extractor."""


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Read:
    found = Read()
    module = sys.modules["kg.graph.gather"]

    def extract_each(documents: list[Document], indices: list[int], extractor: AnyExtractor, **options: object) -> Iterator[tuple[int, Outcome]]:
        """In this process: that documents are read in others is tested elsewhere."""
        for index in indices:
            found.append(documents[index].identifier)
            facts, gaps = extractor.analyse(documents[index])
            yield index, Outcome(documents[index], tuple(facts), len(gaps), rules=extractor.versions.rules_for(words_of(documents[index].text)))  # type: ignore[attr-defined]

    monkeypatch.setattr(module, "extract_each", extract_each)
    return found


def test_what_is_as_it_was_is_not_read_again(
    texts: Path, tmp_path: Path, rules: Path, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph, extractor = tmp_path / "graph", extractor_of(rules)
    make(texts, graph, extractor)
    assert sorted(read) == sorted(NOTES)
    whole = Making.make
    monkeypatch.setattr(Making, "make", None)  # the store is changed, not made
    read.clear()
    before = content(graph)
    make(texts, graph, extractor)
    assert read == [] and content(graph) == before
    (texts / "mali.txt").write_text("Mali and Senegal signed an agreement on rail in Bamako in 2020.\n", encoding="utf-8")
    (texts / "cuba.txt").unlink()
    make(texts, graph, extractor)
    assert read == ["mali"]
    monkeypatch.setattr(Making, "make", whole)
    read.clear()
    make(texts, graph, extractor, anew=True)
    assert sorted(read) == sorted(NOTES.keys() - {"cuba"})


def test_a_changed_rule_reads_only_the_documents_with_its_words(texts: Path, tmp_path: Path, rules: Path, read: Read) -> None:
    graph = tmp_path / "graph"
    make(texts, graph, extractor_of(rules))
    read.clear()
    (rules / "airfields.rule").write_text(
        "rule    airfield-use\nmakes   Presence\nwhen    {organisation:state} @lease the {:np} airfield from {in:state}\n"
        "yes     <Chad leases the Sarh airfield from Niger>.\n        => organisation=chad in=niger\nno      Chad leases a farm from Niger.\n", encoding="utf-8",
    )  # fmt: skip
    make(texts, graph, extractor_of(rules))
    assert read == ["chad"], "no other text has an airfield"
    (rules / "airfields.rule").unlink()
    read.clear()
    make(texts, graph, extractor_of(rules))
    assert read == ["chad"], "nor when the rule is gone"


@pytest.mark.parametrize("seed", range(4))
def test_random_edits_leave_what_a_build_from_nothing_leaves(
    texts: Path, tmp_path: Path, rules: Path, read: Read, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(sys.modules["kg.graph.making"], "CHANGED", 1.0 if seed else 0.1)  # with 1 the store is changed wherever one document stands
    choice, graph = random.Random(seed), tmp_path / "graph"
    (texts / "samoa.txt").write_text("Exports from Chile to Peru came to 3 billion dollars in 2018, officials said.\n", encoding="utf-8")
    make(texts, graph, extractor_of(rules))
    assert any(q.predicate == bkg("conflictsWith") for q in open_store(graph))  # with another text
    for step in range(3):
        for _ in range(choice.randrange(1, 3)):
            choice.choice((change_text, drop_text, add_text, change_rules, drop_rule, change_class))(choice, texts, rules)
        extractor = extractor_of(rules)
        make(texts, graph, extractor)
        fresh = tmp_path / f"fresh-{step}"
        make(texts, fresh, extractor)
        assert content(graph) == content(fresh)


def change_text(choice: random.Random, texts: Path, rules: Path) -> None:
    file = choice.choice(sorted(texts.iterdir()))
    file.write_text(f"{file.read_text(encoding='utf-8')}{choice.choice(WORDS)}\n", encoding="utf-8")


def drop_text(choice: random.Random, texts: Path, rules: Path) -> None:
    files = sorted(texts.iterdir())
    if len(files) > 2:
        choice.choice(files).unlink()


def add_text(choice: random.Random, texts: Path, rules: Path) -> None:
    name = choice.choice(sorted(NOTES))
    (texts / f"{name}-{choice.randrange(99)}.txt").write_text(f"{NOTES[name]} {choice.choice(WORDS)}\n", encoding="utf-8")


def change_rules(choice: random.Random, texts: Path, rules: Path) -> None:
    """Takes a line that decides something out of a rule that has several of its kind, or moves a file of rules to the end."""
    file = choice.choice(sorted(rules.glob("*.rule")))
    if choice.random() < 0.3:
        file.rename(file.with_name(f"z{file.name}"))
        return
    cards = file.read_text(encoding="utf-8").split("\n\n")
    many = [i for i, card in enumerate(cards) if card.startswith("rule") and card.count("\nwhen ") + card.count("\nframe ") > 1]
    if many:
        at = choice.choice(many)
        lines = cards[at].split("\n")
        whole = [i for i, line in enumerate(lines[:-1]) if line.startswith(("when ", "frame ")) and not lines[i + 1].startswith(" ")]
        del lines[choice.choice(whole or [0])]
        if whole:
            cards[at] = "\n".join(lines)
        file.write_text("\n\n".join(cards), encoding="utf-8")


def drop_rule(choice: random.Random, texts: Path, rules: Path) -> None:
    file = choice.choice(sorted(rules.glob("*.rule")))
    cards = file.read_text(encoding="utf-8").split("\n\n")
    able = [i for i, card in enumerate(cards) if card.startswith("rule")]
    if len(able) > 1:
        del cards[choice.choice(able)]
        file.write_text("\n\n".join(cards), encoding="utf-8")


def change_class(choice: random.Random, texts: Path, rules: Path) -> None:
    """Takes a phrase out of a word class."""
    file = choice.choice(sorted(rules.glob("*.words")))
    text = file.read_text(encoding="utf-8")
    places = [i for i, line in enumerate(text.split("\n")) if line.startswith("class ") and line.count(",") > 2]
    if places:
        lines = text.split("\n")
        at = choice.choice(places)
        head, *members = lines[at].split(",")
        members.pop(choice.randrange(len(members) - 1))
        lines[at] = ",".join([head, *members])
        file.write_text("\n".join(lines), encoding="utf-8")


def test_a_stopped_build_goes_on_where_it_was(texts: Path, tmp_path: Path, rules: Path, read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    graph, extractor = tmp_path / "graph", extractor_of(rules)
    module = sys.modules["kg.graph.gather"]
    whole = module.extract_each

    def stopped(*arguments: object, **options: object) -> Iterator[object]:
        for number, each in enumerate(whole(*arguments, **options)):
            if number == 3:
                raise KeyboardInterrupt
            yield each

    monkeypatch.setattr(module, "extract_each", stopped)
    with pytest.raises(KeyboardInterrupt):
        make(texts, graph, extractor)
    with pytest.raises(KgError, match="no graph here"):
        open_store(graph)
    monkeypatch.setattr(module, "extract_each", whole)
    first = set(read[:3])
    read.clear()
    make(texts, graph, extractor)
    assert first.isdisjoint(read) and len(read) == len(NOTES) - 3
    fresh = tmp_path / "fresh"
    make(texts, fresh, extractor)
    assert content(graph) == content(fresh)


def test_a_change_is_made_side_by_side_too(texts: Path, tmp_path: Path, rules: Path, read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    graph, extractor = tmp_path / "graph", extractor_of(rules)
    make(texts, graph, extractor)
    for name in ("chad", "cuba"):
        file = next(texts.rglob(f"{name}*"))
        file.write_text(file.read_text(encoding="utf-8") + " Tonga imports rice from Chile.", encoding="utf-8")
    module = sys.modules["kg.graph.making"]
    monkeypatch.setattr(module, "_DOCUMENTS", 1)
    made: list[object] = []
    whole, change = module.processes, Making.change
    monkeypatch.setattr(module, "processes", lambda jobs, begin: made.append(jobs) or whole(jobs, begin))
    monkeypatch.setattr(Making, "change", lambda *given: made.append(change(*given)) or made[-1])
    make(texts, graph, extractor, jobs=2)
    assert made == [2, True]
    make(texts, tmp_path / "fresh", extractor)
    assert content(graph) == content(tmp_path / "fresh")


def test_a_build_that_was_killed_goes_on_where_it_was(tmp_path: Path, read: Read) -> None:
    texts, graph = tmp_path / "texts", tmp_path / "graph"
    write_documents(texts, range(400))
    command = [sys.executable, "-m", "kg", "build", str(texts), "--graph", str(graph), "--jobs", "1"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        await_that(lambda: _size(graph / CACHE) > 50_000)  # of entries on the disk
        process.kill()
    assert not (graph / MANIFEST).exists()
    extractor = Extractor()
    make(texts, graph, extractor)
    assert 0 < len(read) < 400
    make(texts, tmp_path / "fresh", extractor)
    assert content(graph) == content(tmp_path / "fresh")


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


@pytest.mark.parametrize("damage", ["text", "cut", "entry", "gone"])
def test_a_damaged_cache_costs_time_only(texts: Path, tmp_path: Path, rules: Path, read: Read, damage: str) -> None:
    graph, extractor = tmp_path / "graph", extractor_of(rules)
    make(texts, graph, extractor)
    before, cache = content(graph), graph / "cache.sqlite"
    if damage == "text":
        cache.write_text("no database\n" * 500, encoding="utf-8")
    elif damage == "cut":
        cache.write_bytes(cache.read_bytes()[:5000])
    elif damage == "gone":
        cache.unlink()
    else:
        with sqlite3.connect(cache) as connection:
            connection.execute("UPDATE entry SET value = substr(value, 1, 40) || x'00'")
    (graph / "standing.jsonl").unlink()
    read.clear()
    make(texts, graph, extractor)
    assert sorted(read) == sorted(NOTES) and content(graph) == before


@pytest.mark.parametrize("damage", ["not json\n", "", "{}\n{}\n", '{"format": 1}\n'])
def test_a_damaged_note_of_what_stands_changes_nothing(texts: Path, tmp_path: Path, rules: Path, read: Read, damage: str) -> None:
    graph, extractor = tmp_path / "graph", extractor_of(rules)
    make(texts, graph, extractor)
    before = content(graph)
    (graph / "standing.jsonl").write_text(damage, encoding="utf-8")
    make(texts, graph, extractor)
    assert content(graph) == before


def test_a_damaged_store_is_made_anew(texts: Path, tmp_path: Path, rules: Path, read: Read) -> None:
    graph, extractor = tmp_path / "graph", extractor_of(rules)
    make(texts, graph, extractor)
    before = content(graph)
    for file in (graph / "store").glob("*.sst"):
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    read.clear()
    make(texts, graph, extractor)
    assert read == [] and content(graph) == before


def test_a_text_that_a_person_changed_in_the_graph_is_mended(texts: Path, tmp_path: Path, rules: Path, read: Read) -> None:
    graph, extractor = tmp_path / "graph", extractor_of(rules)
    make(texts, graph, extractor)
    before = content(graph)
    next((graph / "documents").iterdir()).write_text("something else", encoding="utf-8")
    make(texts, graph, extractor)
    assert content(graph) == before


def test_the_cache_keeps_within_its_bound(tmp_path: Path) -> None:
    file = tmp_path / "cache.sqlite"
    keys = [f"{number:064x}" for number in range(50)]
    with Cache(file) as cache:
        for key in keys:
            cache.put(key, b"x" * 1000)
    with Cache(file) as cache:
        assert cache.get(keys[7]) == b"x" * 1000
        cache.use(keys[8])
        cache.trim(bound=5000)
    with Cache(file) as cache:
        left = [key for key in keys if cache.get(key)]
    assert keys[7] in left and keys[8] in left and 2 <= len(left) <= 9


def test_facts_outlive_packing(rules: Path) -> None:
    extractor = extractor_of(rules)
    seen = 0
    for path in sorted((Path(__file__).parent / "bench" / "accuracy" / "documents").glob("*")):
        facts = extractor.extract(read_document(path))
        again = read_facts(unpack(pack(plain_facts(facts))))
        assert repr(again) == repr(facts)
        seen += len(facts)
    assert seen > 100


def test_words_that_call_for_a_rule_are_told_from_others(rules: Path) -> None:
    extractor = extractor_of(rules)
    versions = extractor.versions
    assert isinstance(versions, Versions)
    assert versions.rules_for(words_of("A hen.")) == versions.rules_for(words_of("A thistle."))
    assert versions.rules_for(words_of("It leases land.")) != versions.rules_for(words_of("It sees land."))
    assert Extractor(read_rules(rules), load_gazetteer(), load_classes(rules)).versions.whole == versions.whole  # type: ignore[union-attr]
