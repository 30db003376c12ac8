"""Retract, correct, review: what leaves the view, what comes back, what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import terms
from kg.contribute.decide import Author, Decided, Makers, check_moment, check_text, retract, review
from kg.contribute.history import history_of
from kg.contribute.ledger import open_ledger
from kg.contribute.log import find_entries, find_story
from kg.contribute.queue import find_idle, find_unjudged, tell_unjudged
from kg.contribute.tell_log import as_json, tell_entries, tell_story
from kg.errors import KgError
from kg.graph import build, open_store, read_manifest
from kg.graph.nodes import bkg, short
from kg.queries import derive
from tests.changing import TEXTS, add_trade, author, content, correct, facts, make_anew, make_graph
from tests.invented import LineExtractor


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, Makers]:
    return make_graph(tmp_path)


def contributed(graph: Path, done: Decided) -> str:
    """The fact that a contribution added."""
    ledger = open_ledger(graph)
    return next(fact for fact in facts(graph) if ledger.find_fact(fact).graph == done.contribution.graph.value)


def test_a_retracted_fact_leaves_the_view_and_comes_back(made: tuple[Path, Makers]) -> None:
    graph, makers = made
    before, fact = content(graph), facts(graph, "TradeFigure")[0]
    done = retract(graph, [fact], author(why="another year"), makers)
    assert done.facts == -1
    assert fact not in facts(graph)
    assert fact not in {quad.subject.value for quad in open_store(graph)}, "not even its claim is left"  # type: ignore[union-attr]
    assert done.contribution.header is not None
    back = retract(graph, [done.contribution.header.iri], author(why="it was right"), makers)
    assert back.facts == 1
    assert fact in facts(graph)
    assert not list((graph / "originals").glob("*.nq")), "the view shows all of the document again"
    assert len(content(graph).split("\n")) > len(before.split("\n")), "both decisions are told"


def test_evidence_that_another_fact_rests_on_stays(made: tuple[Path, Makers]) -> None:
    graph, makers = made
    one = next(each for each in open_ledger(graph).store.quads_for_pattern(None, bkg("person"), None, None)).subject.value  # type: ignore[union-attr]
    documents = {q.subject for q in open_store(graph).quads_for_pattern(None, None, bkg("Document"), None)}
    retract(graph, [one], author(), makers)
    assert {q.subject for q in open_store(graph).quads_for_pattern(None, None, bkg("Document"), None)} == documents


def test_a_contribution_is_retracted_whole(made: tuple[Path, Makers]) -> None:
    graph, makers = made
    count = len(facts(graph))
    added = add_trade(graph, makers, 99, author())
    assert len(facts(graph)) == count + 1
    assert added.contribution.header is not None
    retract(graph, [added.contribution.header.iri.rpartition("/")[2][:10]], author(why="the source took it back"), makers)
    assert len(facts(graph)) == count
    assert not list(open_store(graph).quads_for_pattern(None, None, None, added.contribution.graph))


@pytest.mark.parametrize("head", ["", "activity:mine a bkg:Contribution ; dcterms:creator \"Ada\" ."])
def test_a_file_that_somebody_put_there_is_retracted_whole(made: tuple[Path, Makers], head: str) -> None:
    graph, makers = made
    before = facts(graph)
    prefixes = "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in terms.PREFIXES.items())
    (graph / "contributions").mkdir()
    (graph / "contributions" / "mine.ttl").write_text(
        f'{prefixes} fact:0123456789 a bkg:Meeting ; rdfs:label "A meeting"@en ; bkg:participant ent:france . {head}\n'
    )
    make_anew(graph, makers)
    assert len(facts(graph)) == len(before) + 1
    (entry,) = find_entries(open_ledger(graph))
    retract(graph, [short(entry.name)], author(), makers)
    assert facts(graph) == before
    left = content(graph)
    make_anew(graph, makers)
    assert content(graph) == left


def test_a_fact_that_is_added_again_stands(made: tuple[Path, Makers]) -> None:
    graph, makers = made
    added = add_trade(graph, makers, 99, author())
    fact = contributed(graph, added)
    retract(graph, [fact], author(), makers)
    assert fact not in facts(graph)
    add_trade(graph, makers, 99, author(3))
    assert fact in facts(graph), "the retraction was of the first contribution's"


def test_a_corrected_fact_gives_way_and_is_kept(made: tuple[Path, Makers]) -> None:
    graph, makers = made
    old = facts(graph, "TradeFigure")[0]
    done = correct(graph, makers, old, 21, author(why="misprint"))
    assert old not in facts(graph)
    assert done.facts == 0, "one for one"
    with history_of(graph) as (_, store):
        withdrawn = {q.subject.value: q.object.value for q in store.quads_for_pattern(None, bkg("withdrawnBy"), None, None)}  # type: ignore[union-attr]
        assert any(store.quads_for_pattern(None, bkg("amount"), None, None))
    assert done.contribution.header is not None
    assert withdrawn == {old: done.contribution.header.iri}


def test_the_chain_of_corrections_is_undone_from_its_end(made: tuple[Path, Makers]) -> None:
    graph, makers = made
    old = facts(graph, "TradeFigure")[0]
    first = correct(graph, makers, old, 21, author())
    new = contributed(graph, first)
    second = correct(graph, makers, new, 22, author())
    assert first.contribution.header and second.contribution.header
    with pytest.raises(KgError, match="was corrected by Ada Reader") as caught:
        retract(graph, [first.contribution.header.iri], author(), makers)
    assert second.contribution.header.iri.rpartition("/")[2] in caught.value.remedy
    retract(graph, [second.contribution.header.iri], author(), makers)
    retract(graph, [first.contribution.header.iri], author(), makers)
    assert old in facts(graph)
    assert new not in facts(graph)


def test_of_several_judgements_the_last_counts(made: tuple[Path, Makers]) -> None:
    graph, makers = made
    fact = facts(graph, "TradeFigure")[0]
    review(graph, [fact], False, author(5), makers)
    assert fact not in facts(graph)
    accepted = review(graph, [fact], True, author(1, why=""), makers)  # dated before the first: the order of acceptance counts
    assert fact in facts(graph)
    assert accepted.contribution.header is not None
    retract(graph, [accepted.contribution.header.iri], author(), makers)
    assert fact not in facts(graph), "the rejection counts again"


@pytest.mark.parametrize(
    ("name", "why", "message", "remedy"),
    [
        ("fact:0123456789", "a reason", "no fact or contribution 'fact:0123456789'", "kg review"),
        ("012", "a reason", "'012' is too short", "at least 4"),
        ("contribution:0123456789", "a reason", "no contribution 'contribution:0123456789'", "kg log lists them"),
        ("FACT", "", "needs a reason", "--why"),
        ("FACT", "a\u202eb", "invisible characters .U.202E", "take them out"),
        ("FACT", "x" * 3000, "3,000 characters", "below 2,000"),
    ],
)
def test_retractions_that_are_refused(made: tuple[Path, Makers], name: str, why: str, message: str, remedy: str) -> None:
    graph, makers = made
    before = content(graph)
    with pytest.raises(KgError, match=message) as caught:
        retract(graph, [facts(graph)[0] if name == "FACT" else name], Author("Ada", why), makers)
    assert remedy in caught.value.remedy
    assert content(graph) == before
    assert sorted(path.name for path in graph.parent.iterdir()) == ["graph", "ontology", "texts"]


def test_what_is_done_already_is_refused(made: tuple[Path, Makers]) -> None:
    graph, makers = made
    one, other = facts(graph, "TradeFigure")[:2]
    done = retract(graph, [one], author(why="no source"), makers)
    assert done.contribution.header is not None
    with pytest.raises(KgError, match=r"no longer stands: retracted by Ada Reader on 2026-11-01 \(no source\)"):
        retract(graph, [one], author(), makers)
    with pytest.raises(KgError, match="no longer stands"):
        correct(graph, makers, one, 5, author())
    with pytest.raises(KgError, match="was retracted by Ada Reader"):
        review(graph, [one], True, author(), makers)
    review(graph, [other], True, author(), makers)
    with pytest.raises(KgError, match="was accepted already"):
        review(graph, [other], True, author(), makers)
    added = add_trade(graph, makers, 77, author())
    fact = contributed(graph, added)
    with pytest.raises(KgError, match="was contributed, not extracted"):
        review(graph, [fact], False, author(), makers)
    with pytest.raises(KgError, match="a rejection needs a reason"):
        review(graph, [one], False, author(why=""), makers)


@pytest.mark.parametrize("when", ["yesterday", "2026-02-30", "2026-11-22T25:00:00Z", "2026-11-22 07:00", "22.11.2026"])
def test_a_date_that_is_none_is_refused(when: str) -> None:
    with pytest.raises(KgError, match="is no date"):
        check_moment(when)


def test_the_clock_gives_the_moment_where_nobody_does() -> None:
    assert check_moment(check_moment("")) != ""


def test_a_name_keeps_its_letters() -> None:
    assert check_text("--by", "  Ənvər Çelik 李 ") == "Ənvər Çelik 李"


# Judgements and the next reading of the document


def rebuilt(graph: Path, texts: dict[str, str], **more: object) -> list[str]:
    """The notes of a build of these texts in the place of the old ones."""
    folder = graph.parent / "texts"
    for name, text in texts.items():
        (folder / name).write_text(text)
    report = build([folder], graph, extractor=LineExtractor(), derive=derive, ontology=graph.parent / "ontology", **more)  # type: ignore[arg-type]
    return list(report.warnings)


def rejected(graph: Path, makers: Makers, amount: str) -> str:
    store = open_store(graph)
    fact = next(q.subject.value for q in store.quads_for_pattern(None, bkg("amount"), None, None) if q.object.value == amount)  # type: ignore[union-attr]
    del store
    review(graph, [fact], False, author(why="misread"), makers)
    return fact


def amounts(graph: Path) -> list[str]:
    return sorted(q.object.value for q in open_store(graph).quads_for_pattern(None, bkg("amount"), None, None))  # type: ignore[union-attr]


def test_a_judgement_outlives_every_build(made: tuple[Path, Makers]) -> None:
    graph, makers = made
    rejected(graph, makers, "25")
    assert rebuilt(graph, {}) == []
    make_anew(graph, makers)
    assert "25" not in amounts(graph)


def test_a_judgement_outlives_a_change_elsewhere_in_the_document(made: tuple[Path, Makers]) -> None:
    graph, makers = made
    old = rejected(graph, makers, "25")
    assert rebuilt(graph, {"letter.md": TEXTS["letter.md"] + "A line more.\n"}) == []
    assert "25" not in amounts(graph)
    ledger = open_ledger(graph)
    new = next(fact for fact in ledger.history.values() if ("amount", '"25"^^<http://www.w3.org/2001/XMLSchema#integer>') in fact.roles)
    assert new.iri != old, "another text is another document"
    assert ledger.hidden_by(new) is not None
    assert find_idle(ledger) == []
    retract(graph, [next(iter(ledger.by_name))], author(), makers)
    assert "25" in amounts(graph)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("Trade of France with Spain was 25 dollars.", "Trade of France with Spain was only 25 dollars.", "now rests on other words"),
        ("Trade of France with Spain was 25 dollars.", "", "no longer gives this fact"),
    ],
)
def test_a_judgement_whose_evidence_changes_is_told_and_not_applied(made: tuple[Path, Makers], old: str, new: str, why: str) -> None:
    graph, makers = made
    rejected(graph, makers, "25")
    (note,) = rebuilt(graph, {"letter.md": TEXTS["letter.md"].replace(old, new)})
    assert why in note
    assert "the rejection by Ada Reader" in note
    assert "kg review" in note
    assert amounts(graph).count("25") == (1 if new else 0)
    assert find_idle(open_ledger(graph)) == [note]


def test_a_judgement_of_a_document_left_out_is_told(made: tuple[Path, Makers]) -> None:
    graph, makers = made
    rejected(graph, makers, "25")
    (graph.parent / "texts" / "letter.md").unlink()
    (note,) = rebuilt(graph, {})
    assert "the document letter is not in the graph" in note


def test_the_same_words_that_give_another_fact_are_told(made: tuple[Path, Makers]) -> None:
    class Doubling(LineExtractor):
        """Reads every figure as twice of it: a rule that changed."""

        def extract(self, document):  # type: ignore[no-untyped-def]
            from kg.model import replace

            return tuple(
                replace(f, roles=tuple((n, t * 2) if n == "amount" else (n, t) for n, t in f.roles)) for f in super().extract(document)
            )

    graph, makers = made
    rejected(graph, makers, "25")
    report = build([graph.parent / "texts"], graph, extractor=Doubling(), derive=derive, ontology=graph.parent / "ontology")
    (note,) = report.warnings
    assert "the same words now give another fact" in note
    assert "50" in amounts(graph)


# Told


def test_what_waits_for_a_judgement(made: tuple[Path, Makers]) -> None:
    graph, makers = made
    ledger = open_ledger(graph)
    waiting = find_unjudged(ledger)
    assert len(waiting) == len(facts(graph))
    letter = find_unjudged(ledger, document="letter", type="tradefigure")
    assert {fact.identifiers for fact in letter} == {("letter",)}
    assert "1 more: --most 0" in tell_unjudged(letter, 1)
    assert "«Trade of France with Spain was 19 dollars.»" in tell_unjudged(letter, None)
    del ledger
    review(graph, [letter[0].iri], True, author(), makers)
    assert len(find_unjudged(open_ledger(graph))) == len(waiting) - 1
    with pytest.raises(KgError, match="no document 'leter'"):
        find_unjudged(open_ledger(graph), document="leter")


def test_the_log_tells_all_in_order(made: tuple[Path, Makers]) -> None:
    graph, makers = made
    fact = facts(graph, "TradeFigure")[0]
    assert tell_entries(find_entries(open_ledger(graph))) == "nothing was contributed yet\n"
    review(graph, [fact], True, author(why="seen"), makers)
    done = retract(graph, [fact], author(why="a doubt"), makers)
    add_trade(graph, makers, 50, author())
    ledger = open_ledger(graph)
    entries = find_entries(ledger)
    assert [(each.number, each.kind) for each in entries] == [(1, "review"), (2, "retraction"), (3, "addition")]
    text = tell_entries(entries)
    assert "why: a doubt" in text
    assert "adds fact:" in text
    story = find_story(ledger, ledger.find_fact(fact))
    assert not story.stands
    assert [each.number for each in story.entries] == [1, 2]
    assert "does not stand" in tell_story(story)
    assert '"stands": false' in as_json(story)
    assert done.contribution.header is not None
    assert ledger.find_contribution(done.contribution.sha256[:8]) is not None
    assert ledger.find_contribution("0000") is None


def test_a_graph_counts_what_stands(made: tuple[Path, Makers]) -> None:
    graph, makers = made
    before = read_manifest(graph)
    retract(graph, facts(graph, "TradeFigure")[:2], author(), makers)
    after = read_manifest(graph)
    assert after.facts == before.facts - 2
    assert after.quads == len(open_store(graph))
    assert len(after.contributions) == 1
