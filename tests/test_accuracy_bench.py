"""The measure of accuracy in tests/bench/accuracy: its files are well-formed and its runner runs. It asserts nothing of the figures."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kg.extract import read
from kg.gazetteer import load_gazetteer
from kg.model import Activity, Concept, Document, Evidence, Fact, Span
from kg.terms import DATE_ROLES, FACT_TYPES, STATUSES, role_of, words_of
from kg.text import read_document

BENCH = Path(__file__).resolve().parent / "bench" / "accuracy"
DOCUMENTS = sorted(BENCH.glob("documents/*.txt")) + sorted(BENCH.glob("*/documents/*.txt"))
UNREAD = [line for line in (BENCH / "unread.txt").read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
SENTENCES = [json.loads(line) for line in (BENCH / "sentences.jsonl").read_text(encoding="utf-8").splitlines()]
PHENOMENA = frozenset(
    "passive list negation not-only reported-speech according-to quote relative-date period nominalisation apposition relative-clause "
    "headline we-speech pronoun counterpart table range change plan wish condition denial no-fact plain".split()
)


def faults(marked: dict[str, Any]) -> Iterator[str]:
    """What is wrong with a marked fact's type, roles, concept words, key and status."""
    for reading in (marked, *marked.get("alt", ())):
        kind, roles = reading["type"], reading["roles"]
        if kind not in FACT_TYPES:
            yield f"unknown type {kind}"
            continue
        for name, value in roles.items():
            role = role_of(kind, name)
            if role is None and name not in (*DATE_ROLES, "duration"):
                yield f"{kind} has no role {name}"
            elif role is not None and role.kind == "number" and not isinstance(value, int | float):
                yield f"{kind} {name} is no number: {value!r}"
            closed = words_of(kind, name)
            if closed:
                yield from (f"{kind} {name} has no word {word}" for word in str(value).split("|") if word not in closed)
        yield from (f"key {name} is no role marked" for name in reading.get("key", ()) if name not in roles)
        yield from (f"unknown status {s}" for s in reading.get("status", marked["status"]).split("|") if s not in STATUSES)


@contextmanager
def runner(name: str) -> Iterator[ModuleType]:
    before = list(sys.path)
    spec = importlib.util.spec_from_file_location(f"{name}_bench", BENCH / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    yield module
    sys.path[:] = before
    del sys.modules[spec.name]


@pytest.fixture(scope="module")
def accuracy() -> Iterator[ModuleType]:
    with runner("accuracy") as module:
        yield module


def test_every_document_has_its_marked_facts() -> None:
    gold = [*BENCH.glob("gold/*.json"), *BENCH.glob("*/gold/*.json")]
    assert {(p.parents[1], p.stem) for p in DOCUMENTS} == {(p.parents[1], p.stem) for p in gold}
    assert len({p.stem for p in DOCUMENTS}) == len(DOCUMENTS) >= 86
    assert set(UNREAD) < {p.stem for p in DOCUMENTS}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.stem)
def test_marked_facts_are_well_formed(path: Path) -> None:
    document = read_document(path)
    assert document.title and document.publisher and document.issued
    marked = json.loads((path.parents[1] / "gold" / f"{path.stem}.json").read_text(encoding="utf-8"))
    wrong = [f"{m['quote'][:60]}: {fault}" for m in marked for fault in faults(m)]
    wrong += [f"{m['quote'][:60]}: not in the text" for m in marked if m["quote"] not in document.text]
    wrong += [f"{m['quote'][:60]}: no key" for m in marked if not m["key"]]
    assert not wrong, "\n".join(wrong)
    assert sum(not m.get("optional") for m in marked) >= 25


def test_sentences_are_well_formed() -> None:
    gazetteer = load_gazetteer()
    wrong = [f"{s['text'][:60]}: {fault}" for s in SENTENCES for m in s["facts"] for fault in faults(m)]
    wrong += [f"{s['text'][:60]}: {name} is no state" for s in SENTENCES for name in s["between"] if not gazetteer.by_label(name)]
    wrong += [f"{s['text'][:60]}: {s['phenomenon']}" for s in SENTENCES if s["phenomenon"] not in PHENOMENA]
    wrong += [f"{s['text'][:60]}: a fact in a sentence without facts" for s in SENTENCES if s["phenomenon"] == "no-fact" and s["facts"]]
    assert not wrong, "\n".join(wrong)
    assert len({s["text"] for s in SENTENCES}) == len(SENTENCES)


@pytest.mark.parametrize("kind", sorted(FACT_TYPES))
def test_ten_sentences_hold_each_type(kind: str) -> None:
    assert sum(any(m["type"] == kind and not m.get("optional") for m in s["facts"]) for s in SENTENCES) >= 10


def test_runner_prints_its_tables(accuracy: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert accuracy.main(["--phenomenon", "range", "--misses", "--extras"]) == 0
    out = capsys.readouterr().out
    assert "by phenomenon" in out and "by fact type" in out and "ALL" in out


def test_what_no_author_of_rules_has_read_is_counted_apart(accuracy: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert accuracy.main(["--set", "sixth", "--unread", "--type", "Membership"]) == 0
    unread = capsys.readouterr().out
    assert accuracy.main(["--set", "third", "--type", "Membership"]) == 0
    read_ones = capsys.readouterr().out
    assert "news-bolivia-kuwait-2014" in unread and "news-bolivia-kuwait-2014" not in read_ones
    assert "embassy-fiji-korea-2020" in read_ones and "embassy-fiji-korea-2020" not in unread


@pytest.mark.parametrize(("arguments", "told"), [
    (["--set", "sixth", "--unread", "--misses"], "is not shown"),
    (["--set", "sixth", "--document", "news-bolivia-kuwait-2014"], "see unread.txt"),
    (["--document", "nothing"], "nothing has that name"),
    (["--set", "tenth"], "invalid choice"),
])  # fmt: skip
def test_the_runner_refuses_what_it_cannot_show(
    accuracy: ModuleType, arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        accuracy.main(arguments)
    assert stopped.value.code == 2
    assert told in capsys.readouterr().err


def test_rewordings_add_their_words_in_their_place_and_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    with runner("reworded") as reworded:
        document = Document("text", "The president of Peru visited Chile in May.", "0" * 64, issued="2019-03-01")
        view = read(document, load_gazetteer()).views[0]
        made = {each.name: each.apply(document.text, view) for each in reworded.rewordings()}
        assert made["It was announced that"] == "It was announced that the president of Peru visited Chile in May."
        assert made[", as expected,"] == "The president of Peru, as expected, visited Chile in May."
        assert made["(see below)"] == "The president of Peru visited Chile in May (see below)."
        assert made[", 61,"] == ""  # no person by name
        assert made["It was ... that ..."] == "It was the president of Peru that visited Chile in May."
        assert made["..., which ..., drew attention"] == "The president of Peru, who visited Chile in May, drew attention."
        assert made["state behind: {} is a country like others. ... it"] == "Chile is a country like others. The president of Peru visited it in May."
        assert made["If"] == "If the president of Peru visited Chile in May, the opposition will protest."
        assert reworded.main(["--every", "800"]) == 0
        kinds = {line.split()[0] for line in capsys.readouterr().out.splitlines()[1:]}
        assert kinds == {"front", "inside", "end", "clause", "pointing", "untrue"}
        assert reworded.main(["--every", "400", "--lost", "It is not true that"]) == 0
        assert "untrue   It is not true that" in capsys.readouterr().out


@pytest.mark.parametrize(("arguments", "told"), [
    (["--every", "0"], "from 1"),
    (["--lost", "nothing of the kind"], "no rewording is called"),
    (["--kind", "bogus"], "invalid choice"),
])  # fmt: skip
def test_rewording_refuses_what_it_cannot_do(arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    with runner("reworded") as reworded, pytest.raises(SystemExit) as stopped:
        reworded.main(arguments)
    assert stopped.value.code == 2
    assert told in capsys.readouterr().err


def test_grids_are_well_formed() -> None:
    gazetteer = load_gazetteer()
    with runner("grids") as grids:
        wrong = []
        for path in sorted((BENCH / "grids").glob("*.toml")):
            for grid in grids.read_grids(path):
                cells = list(grid.cells())
                wrong += [f"{grid.name}: {fault}" for marked in cells[0].marked for fault in faults(marked)]
                wrong += [f"{grid.name}: {name} is no state" for name in grid.pair if not gazetteer.by_label(name)]
                wrong += [f"{grid.name}: {kind} is no type" for kind in grid.never - set(FACT_TYPES)]
                wrong += [f"{grid.name}: two cells read the same"] * (len({c.text for c in cells}) < len(cells))
        assert not wrong, "\n".join(wrong)


def test_plain_sentences_give_their_facts(capsys: pytest.CaptureFixture[str]) -> None:
    """One sentence in four hundred of all grids; the figures in docs/accuracy.md are of more."""
    with runner("grids") as grids:
        assert grids.main(["--every", "400"]) == 0
    last = capsys.readouterr().out.splitlines()[-1].split()
    assert last[0] == "ALL" and int(last[1]) > 500
    assert float(last[2].rstrip("%")) >= 90


GRID = """
pair = ["Peru", "Chile"]
date = "2019-03-01"
[[grid]]
name = "who owns what"
text = "{owner} {verb} {asset}."
verb = ["owns", "sings of"]
asset = ["the port of Paita"]
facts = [{ type = "Ownership", owner = ["{owner}"], asset = ["{asset}"] }]
[grid.owner]
"Chilean miner Codelco" = "Codelco"
[[grid]]
name = "no owner"
text = "{state} wants to own the port of Paita."
state = ["Peru"]
never = ["Ownership"]
"""


def test_a_grid_tries_all_combinations_and_shows_what_it_loses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "own.toml").write_text(GRID, encoding="utf-8")
    with runner("grids") as grids:
        owns, none = grids.read_grids(tmp_path / "own.toml")
        assert [c.text for c in owns.cells()] == ["Chilean miner Codelco owns the port of Paita.", "Chilean miner Codelco sings of the port of Paita."]
        assert next(owns.cells()).marked[0]["roles"] == {"owner": ["Codelco"], "asset": ["the port of Paita"]}
        assert sum(1 for every in (1, 10**9) for _ in none.cells(every)) == 1
        assert grids.main([str(tmp_path / "own.toml"), "--misses", "3"]) == 0
        out = capsys.readouterr().out
        assert re.search(r"who owns what +2 +50.0%", out) and "verb 'sings of': 1 of 1 lost" in out
        assert re.search(r"no owner +1 +100.0%", out)


@pytest.mark.parametrize(("written", "told"), [
    (GRID.replace("sings", "{sings}").replace('verb = ["owns", "{sings} of"]', ""), "who owns what: slot verb has no words"),
    (GRID.replace('state = ["Peru"]', 'state = ["Peru"]\nverb = ["owns"]'), "no owner: slot verb has no place in the text"),
    (GRID.replace('never = ["Ownership"]', ""), "no owner: it tells neither facts nor what is never one"),
    (GRID.replace('state = ["Peru"]', "state = "), "own.toml: is no TOML"),
    (GRID.replace('owner = ["{owner}"]', 'owner = ["{buyer}"]'), "who owns what: a fact is of slot buyer, which is not in the text"),
    (GRID.replace('never = ["Ownership"]', 'never = ["Owning"]'), "no owner: 'Owning' is no type of facts"),
    (GRID.replace('date = "2019-03-01"', ""), "who owns what: it has no date"),
    (GRID.replace('"Chile"]', '"Atlantis"]'), "who owns what: the gazetteer knows no Atlantis"),
    ("x = 1", "own.toml: holds no [[grid]]"),
])  # fmt: skip
def test_a_grid_that_cannot_be_read_is_told(written: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "own.toml").write_text(written, encoding="utf-8")
    with runner("grids") as grids, pytest.raises(SystemExit) as stopped:
        grids.main([str(tmp_path / "own.toml")])
    assert stopped.value.code == 2
    assert told in capsys.readouterr().err


@pytest.mark.parametrize(("arguments", "told"), [
    (["--every", "0"], "from 1"),
    (["--misses", "-3"], "how many sentences to show"),
    (["--grid", "nothing of the kind"], "no grid is called"),
    (["/no/such.toml"], "/no/such.toml: cannot be read (No such file or directory)"),
])  # fmt: skip
def test_grids_refuse_what_they_cannot_do(arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    with runner("grids") as grids, pytest.raises(SystemExit) as stopped:
        grids.main(arguments)
    assert stopped.value.code == 2
    assert told in capsys.readouterr().err


def test_counting_tells_found_partial_and_extra(accuracy: ModuleType) -> None:
    france, chile = (load_gazetteer().by_label(name)[0] for name in ("France", "Chile"))
    activity = Activity("a-rule", "1")

    def neighbours(status: str, *words: str) -> Fact:
        sides = (("subject", france), ("object", chile), *(("kind", Concept("kind", w)) for w in words))
        return Fact("Relationship", tuple(sides), status, (Evidence(0, 10),), activity)

    roles = {"subject": ["Chile"], "object": ["France"], "kind": "neighbour"}
    marked = (
        {"type": "Relationship", "roles": roles, "status": "Denied"},
        {"type": "Relationship", "roles": {**roles, "kind": "ally"}, "status": "Asserted"},
    )
    made = (neighbours("Denied", "neighbour"), neighbours("Asserted", "rival"), neighbours("Planned", "buffer"))
    outcome = accuracy.compare_case(accuracy.Case("a group", True, "0123456789", marked, made), accuracy.Comparer(load_gazetteer()))
    tally = accuracy.count([outcome])["ALL"]
    assert (tally.marked, tally.found, tally.partial, tally.made, tally.answering) == (2, 1, 1, 3, 1)
    assert len(outcome.extras) == 1


def test_a_quote_stands_at_all_its_places(accuracy: ModuleType) -> None:
    case = accuracy.Case("a document", False, "a b a", (), ())
    assert case.places({"quote": "a"}) == [Span(0, 1), Span(4, 5)]
