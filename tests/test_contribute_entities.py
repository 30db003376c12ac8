"""Entities: who bears a name, what is one thing, what is two, and that the answer outlives every build."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import terms
from kg.contribute.decide import Makers, decide, retract
from kg.contribute.entities import find_entity, find_known, find_shared_names, tell_apart
from kg.contribute.entity_decisions import Split, alias, merge, split
from kg.contribute.ledger import open_ledger
from kg.contribute.reading import make_extractor
from kg.contribute.tell_entities import tell_known
from kg.contribute.unresolved import find_unresolved, tell_unresolved
from kg.errors import KgError
from kg.extract import Extractor
from kg.gazetteer import load_gazetteer
from kg.graph import build, open_store, read_contributions
from kg.graph.decisions import REPLACED_BY, SAME_AS
from kg.graph.nodes import ALT_LABEL, PREF_LABEL, bkg
from kg.model import Document
from kg.queries import derive
from tests.changing import author, content, facts, make_anew, make_graph

ANA, ANNA, LUC = (f"ent:person-{name}" for name in ("ana-ruiz", "anna-ruiz", "luc-bel"))


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, Makers]:
    return make_graph(tmp_path)


def holders(graph: Path) -> list[str]:
    quads = open_store(graph).quads_for_pattern(None, bkg("person"), None, None)
    return sorted(quad.object.value.removeprefix(terms.ENT) for quad in quads)  # type: ignore[union-attr]


def test_a_merged_entity_is_one_node_and_keeps_its_name(made: tuple[Path, Makers]) -> None:
    graph, makers = made
    assert holders(graph) == ["person-ana-ruiz", "person-ana-ruiz", "person-anna-ruiz", "person-luc-bel"]
    done = merge(graph, ANNA, "Ana Ruiz", author(why="one woman"), makers)
    assert holders(graph) == ["person-ana-ruiz"] * 3 + ["person-luc-bel"]
    store = open_store(graph)
    old, new = ox.NamedNode(terms.ENT + ANNA[4:]), ox.NamedNode(terms.ENT + ANA[4:])
    said = {(q.predicate, q.object) for q in store.quads_for_pattern(old, None, None, None)}
    assert said == {(REPLACED_BY, new), (SAME_AS, new)}, "the old node only says what it became"
    assert "Anna Ruiz" in {q.object.value for q in store.quads_for_pattern(new, ALT_LABEL, None, None)}  # type: ignore[union-attr]
    assert len({q.object.value for q in store.quads_for_pattern(new, PREF_LABEL, None, None)}) == 1  # type: ignore[union-attr]
    ledger = open_ledger(graph)
    assert find_entity(ledger, ANNA) == new, "the old name leads to the new"
    assert "merged into it: ent:person-anna-ruiz" in tell_known(ledger, find_known(ledger, "Ana Ruiz"), "Ana Ruiz")
    del ledger, store
    make_anew(graph, makers)
    assert holders(graph) == ["person-ana-ruiz"] * 3 + ["person-luc-bel"]
    assert done.contribution.header is not None
    retract(graph, [done.contribution.header.iri], author(why="two women"), makers)
    assert holders(graph) == ["person-ana-ruiz", "person-ana-ruiz", "person-anna-ruiz", "person-luc-bel"]


def test_merges_of_the_gazetteer_reach_its_own_statements(made: tuple[Path, Makers]) -> None:
    graph, makers = made
    merge(graph, "Lutetia", "Paris", author(), makers)
    names = {known.iri for known in find_known(open_ledger(graph), "lutetia")}
    assert names == {terms.ENT + "paris"}
    merged = content(graph)
    make_anew(graph, makers)
    assert content(graph) == merged


def test_a_chain_of_merges_ends_at_its_end(made: tuple[Path, Makers]) -> None:
    graph, makers = made
    merge(graph, ANNA, ANA, author(), makers)
    merge(graph, ANA, LUC, author(), makers)
    assert holders(graph) == ["person-luc-bel"] * 4
    with pytest.raises(KgError, match="would make a loop"):
        merge(graph, LUC, ANNA, author(), makers)
    with pytest.raises(KgError, match="was merged into ent:person-luc-bel already"):
        merge(graph, ANA, LUC, author(), makers)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("France", "Spain", "their codes differ .FR; ES"),
        ("France", ANA, "a State is no Person"),
        (ANA, ANA, "are one node already"),
        ("Frence", "Spain", "no entity is called 'Frence'"),
        ("ent:frence", "Spain", "no entity ent:frence"),
        ("http://a b", "Spain", "is no IRI"),
    ],
)
def test_merges_that_are_refused(made: tuple[Path, Makers], old: str, new: str, message: str) -> None:
    graph, makers = made
    before = content(graph)
    with pytest.raises(KgError, match=message) as caught:
        merge(graph, old, new, author(), makers)
    assert caught.value.remedy
    assert content(graph) == before


def test_an_unknown_name_is_answered_with_near_ones(made: tuple[Path, Makers]) -> None:
    graph, makers = made
    with pytest.raises(KgError) as caught:
        merge(graph, "Frence", "Spain", author(), makers)
    assert "did you mean 'France'?" in caught.value.remedy
    with pytest.raises(KgError) as caught:
        merge(graph, "Ruiz", "Spain", author(), makers)
    assert "ent:person-ana-ruiz (Ana Ruiz; Person, 2 facts)" in caught.value.remedy


def test_two_parties_of_one_fact_are_not_one(made: tuple[Path, Makers]) -> None:
    graph, makers = made
    node = [ox.Triple(ox.NamedNode(terms.FACT + "0123456789"), bkg(r), ox.NamedNode(terms.ENT + e)) for r, e in (("participant", ANA[4:]), ("host", LUC[4:]))]
    node.append(ox.Triple(ox.NamedNode(terms.FACT + "0123456789"), ox.NamedNode(terms.RDF + "type"), bkg("Meeting")))
    decide(graph, author(), makers, lambda ledger: ("addition", node, "added"))
    with pytest.raises(KgError, match=r"1 fact names both, as two parties \(fact:0123456789"):
        merge(graph, ANA, LUC, author(), makers)


def test_two_of_one_name_are_split_by_document_and_by_fact(made: tuple[Path, Makers]) -> None:
    graph, makers = made
    done = split(graph, ANA, Split(label="Ana Ruiz (poet)", document="letter"), author(why="another one"), makers)
    assert holders(graph) == ["person-ana-ruiz", "person-ana-ruiz-poet", "person-anna-ruiz", "person-luc-bel"]
    make_anew(graph, makers)
    assert holders(graph) == ["person-ana-ruiz", "person-ana-ruiz-poet", "person-anna-ruiz", "person-luc-bel"]
    store = open_store(graph)
    fact = next(q.subject.value for q in store.quads_for_pattern(None, bkg("person"), None, None) if q.object.value.endswith("ana-ruiz"))  # type: ignore[union-attr]
    del store
    split(graph, ANA, Split(into=LUC, facts=(fact,)), author(), makers)
    assert holders(graph) == ["person-ana-ruiz-poet", "person-anna-ruiz", "person-luc-bel", "person-luc-bel"]
    merge(graph, "ent:person-ana-ruiz-poet", ANNA, author(), makers)
    assert holders(graph) == ["person-anna-ruiz", "person-anna-ruiz", "person-luc-bel", "person-luc-bel"]
    assert done.contribution.header is not None
    with pytest.raises(KgError, match="cannot be retracted: ent:person-ana-ruiz-poet, which it describes"):
        retract(graph, [done.contribution.header.iri], author(), makers)


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        (Split(label="Poet"), "which facts mean the other is not said"),
        (Split(label="Poet", document="digest"), "no fact in digest names"),
        (Split(label="Poet", facts=("TRADE",)), "does not name ent:person-ana-ruiz"),
        (Split(label="France", document="letter"), "'France' already names ent:france"),
        (Split(label="Poet", kind="Bard", document="letter"), "'Bard' is no class"),
        (Split(label="∴", document="letter"), "has no letters"),
        (Split(into=ANA, document="letter"), "itself"),
        (Split(label="", document="letter"), "--label is empty"),
        (Split(label="Po\u202eet", document="letter"), "invisible characters"),
    ],
)
def test_splits_that_are_refused(made: tuple[Path, Makers], wanted: Split, message: str) -> None:
    graph, makers = made
    before = content(graph)
    if wanted.facts:
        wanted = Split(label=wanted.label, facts=(facts(graph, "TradeFigure")[0],))
    with pytest.raises(KgError, match=message) as caught:
        split(graph, ANA, wanted, author(), makers)
    assert caught.value.remedy
    assert content(graph) == before


def test_a_name_of_another_is_refused(made: tuple[Path, Makers]) -> None:
    graph, makers = made
    with pytest.raises(KgError, match="'Luc Bel' is the name of ent:person-luc-bel"):
        alias(graph, ANA, "Luc Bel", author(), makers)
    with pytest.raises(KgError, match="is called 'ana ruiz' already"):
        alias(graph, ANA, " ana  ruiz ", author(), makers)
    with pytest.raises(KgError, match="invisible"):
        alias(graph, ANA, "A\u200bna", author(), makers)
    alias(graph, ANA, "La Poeta", author(), makers)
    assert find_entity(open_ledger(graph), "la poeta").value == terms.ENT + ANA[4:]


def test_names_that_several_bear_are_listed(made: tuple[Path, Makers]) -> None:
    graph, _ = made
    assert find_shared_names(open_ledger(graph).store) == []
    build([graph.parent / "texts"], graph.parent / "real", extractor=Extractor(), derive=derive)
    shared = dict(find_shared_names(open_store(graph.parent / "real")))
    assert [tell_apart(each).split(" ")[0] for each in shared["Congo"]] == ["ent:democratic-republic-of-the-congo", "ent:republic-of-the-congo"]


# Texts are read with the names that people give


TEXT = (
    "France and Spain are neighbours, and France and Spain have been so for long. Nordmark and Spain signed a treaty on rivers in Madrid on 5 May 2011.\n"
    "Congo and France signed a treaty on border rivers in Paris on 3 May 2012. The Korean side signed a treaty with France on 4 May 2012.\n"
)


def test_a_name_makes_the_kept_texts_be_read_anew(tmp_path: Path) -> None:
    (tmp_path / "rivers.txt").write_text(TEXT)
    graph, makers = tmp_path / "graph", Makers(derive)
    build([tmp_path / "rivers.txt"], graph, extractor=Extractor(), gazetteer=load_gazetteer(), derive=derive)

    def parties() -> set[str]:
        quads = open_store(graph).quads_for_pattern(None, bkg("party"), None, None)
        return {f"{quad.subject.value[-6:]} {quad.object.value.removeprefix(terms.ENT)}" for quad in quads}  # type: ignore[union-attr]

    before = parties()
    assert not any("congo" in each or "korea" in each for each in before), "two states bear these names"
    unresolved = tell_unresolved(find_unresolved(open_ledger(graph)))
    assert "Congo (1 x in rivers): ent:democratic-republic-of-the-congo or ent:republic-of-the-congo" in unresolved
    assert not any("norway" in each for each in before)
    done = alias(graph, "Norway", "Nordmark", author(), makers)
    assert any("norway" in each for each in parties())
    incremental = content(graph)
    extractor = make_extractor(read_contributions(graph)[0])
    build([tmp_path / "rivers.txt"], graph, extractor=extractor, gazetteer=extractor.gazetteer, derive=derive)
    assert content(graph) == incremental, "a build reads with the name too"
    assert done.contribution.header is not None
    retract(graph, [done.contribution.header.iri], author(), makers)
    assert parties() == before


def test_context_decides_a_shared_name() -> None:
    extractor = Extractor()

    def states(text: str) -> set[str]:
        made = extractor.extract(Document("d", text, hashlib.sha256(text.encode()).hexdigest()))
        return {term.iri.removeprefix(terms.ENT) for fact in made for _, term in fact.roles if getattr(term, "kind", "") == "state"}

    signed = "Congo and France signed a treaty on border rivers in Paris on 3 May 2011."
    assert not states(signed) & {"democratic-republic-of-the-congo", "republic-of-the-congo"}
    assert "republic-of-the-congo" in states(f"Congo-Brazzaville and France have good relations. {signed}")
    assert "democratic-republic-of-the-congo" in states(f"DR Congo and France have good relations. {signed}")
