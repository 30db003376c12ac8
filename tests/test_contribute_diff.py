"""What differs between two graphs, and why."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from kg.contribute.decide import Makers, retract, review
from kg.contribute.diff import Difference, compare
from kg.contribute.entity_decisions import Split, merge, split
from kg.contribute.snapshot import read_snapshot
from kg.contribute.tell_diff import difference_as_json, plain, tell_difference
from kg.errors import KgError
from kg.graph import build, export, open_store
from kg.graph.nodes import bkg
from kg.model import Activity, replace
from kg.queries import derive
from tests.changing import TEXTS, add_trade, author, correct, facts, make_graph
from tests.invented import LineExtractor


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, Makers]:
    graph, makers = make_graph(tmp_path)
    shutil.copytree(graph, tmp_path / "before")
    return graph, makers


def difference(graph: Path) -> Difference:
    return compare(read_snapshot(graph.parent / "before"), read_snapshot(graph))


def summary(found: Difference) -> list[tuple[str, str]]:
    return sorted((change.kind, change.why.kind) for change in found.changes)


def rebuild_with(graph: Path, texts: dict[str, str], extractor: LineExtractor | None = None) -> None:
    folder = graph.parent / "texts"
    for name, text in texts.items():
        if text:
            (folder / name).write_text(text)
        else:
            (folder / name).unlink()
    build([folder], graph, extractor=extractor or LineExtractor(), derive=derive, ontology=graph.parent / "ontology")


def test_a_graph_does_not_differ_from_itself(made: tuple[Path, Makers]) -> None:
    found = difference(made[0])
    assert found.changes == ()
    assert found.same == len(facts(made[0]))
    assert tell_difference(found) == f"0 added, 0 changed, 0 gone, {found.same} the same\n"


def test_documents_come_go_and_change(made: tuple[Path, Makers]) -> None:
    graph, _ = made
    rebuild_with(graph, {"new.txt": TEXTS["digest.txt"].replace("7", "8"), "bulletin.txt": "", "letter.md": TEXTS["letter.md"].replace("25", "26")})
    found = difference(graph)
    kinds = summary(found)
    assert ("added", "new document") in kinds
    assert ("gone", "document left out") in kinds
    assert ("changed", "document changed") in kinds
    figure = next(c for c in found.changes if c.after and any("26" in term for _, term in c.after.roles))
    assert figure.before is None or any(change.role == "amount" for change in figure.roles)


def test_a_rule_that_changes_is_named(made: tuple[Path, Makers]) -> None:
    class Better(LineExtractor):
        """Reads every figure as twice of it, by a new version of the rule."""

        def extract(self, document):  # type: ignore[no-untyped-def]
            return tuple(
                replace(f, activity=Activity("invented", "2"), roles=tuple((n, t * 2) if n == "amount" else (n, t) for n, t in f.roles))
                for f in super().extract(document)
            )

    graph, _ = made
    rebuild_with(graph, {}, Better())
    found = difference(graph)
    assert {each for each in summary(found)} == {("changed", "rule changed")}
    figure = next(change for change in found.changes if change.fact.type == "TradeFigure")
    (amount,) = figure.roles
    assert (amount.role, int(plain(amount.after[0]))) == ("amount", 2 * int(plain(amount.before[0])))


def test_contributions_and_decisions_are_the_reasons(made: tuple[Path, Makers]) -> None:
    graph, makers = made
    one, two, three, four = facts(graph, "TradeFigure")[:4]
    for each in (one, two, three):
        review(graph, [each], True, author(why=f"seen {each}"), makers)  # whatever order their names come in, these explain nothing
    add_trade(graph, makers, 77, author(why="heard"))
    retract(graph, [one], author(why="no source"), makers)
    correct(graph, makers, two, 78, author(why="misprint"))
    review(graph, [three], False, author(why="misread"), makers)
    review(graph, [four], True, author(), makers)
    merge(graph, "ent:person-anna-ruiz", "ent:person-ana-ruiz", author(why="one woman"), makers)
    split(graph, "ent:person-luc-bel", Split(label="Luc Bel (elder)", document="digest"), author(), makers)
    found = difference(graph)
    assert summary(found) == [
        ("added", "contribution"), ("changed", "correction"), ("changed", "merge"), ("changed", "split"), ("gone", "rejection"), ("gone", "retraction"),
    ]  # fmt: skip
    text = tell_difference(found)
    assert "by Ada Reader on 2026-11-01: no source" in text
    assert f"fact:{two.rpartition('/')[2]} -> fact:" in text
    assert "person: ent:person-anna-ruiz -> ent:person-ana-ruiz" in text
    told = json.loads(difference_as_json(found))
    assert [len(told[kind]) for kind in ("added", "changed", "gone")] == [1, 3, 2]
    assert told["gone"][0]["why"]["kind"] in ("rejection", "retraction")
    back = compare(read_snapshot(graph), read_snapshot(graph.parent / "before"))
    assert ("added", "decision undone") in summary(back)
    assert ("gone", "contribution gone") in summary(back)


@pytest.mark.parametrize("ending", ["ttl", "trig", "nq", "nt", "jsonld", "rdf"])
def test_exports_compare_as_well_as_graphs(made: tuple[Path, Makers], ending: str) -> None:
    graph, makers = made
    retract(graph, facts(graph, "TradeFigure")[:1], author(), makers)
    file = graph.parent / f"after.{ending}"
    export(open_store(graph), file)
    found = compare(read_snapshot(graph.parent / "before"), read_snapshot(file))
    assert summary(found) == [("gone", "retraction")]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [("none.ttl", None, "is not there"), ("a.pdf", "x", "is no export"), ("a.ttl", "x y", "is broken"), ("folder", "", "there is no graph here")],
)
def test_what_is_no_graph_is_refused(made: tuple[Path, Makers], name: str, text: str | None, message: str) -> None:
    path = made[0].parent / name
    if text:
        path.write_text(text)
    elif text == "":
        path.mkdir()
    with pytest.raises(KgError, match=message) as caught:
        read_snapshot(path)
    assert caught.value.remedy


def test_terms_are_told_plainly() -> None:
    assert plain('"19"^^<http://www.w3.org/2001/XMLSchema#integer>') == "19"
    assert plain('"a \\"b\\""@en') == 'a "b"'
    assert plain(str(bkg("Asserted"))) == "bkg:Asserted"
