"""What makes extraction fast loses nothing: with each of its shortcuts taken away the facts are the same."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import pytest

from kg.extract import Extractor
from kg.extract.reading import read
from kg.extract.relevance import is_foreign, relevant_spans
from kg.gazetteer import is_actor, load_gazetteer
from kg.gazetteer.names import NameIndex
from kg.gazetteer.scan import NameScan
from kg.match.index import RuleIndex
from kg.match.linear import LinearMatcher
from kg.model import Document, Fact
from kg.text import find_files, read_document

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = find_files([ROOT / "seeds", ROOT / "tests" / "bench" / "accuracy" / "documents"])
SOME = [path for number, path in enumerate(DOCUMENTS) if number % 5 == 0]  # trying everything everywhere takes long


@cache
def extractor() -> Extractor:
    return Extractor()


@cache
def facts_of(path: Path) -> tuple[Fact, ...]:
    return extractor().extract(read_document(path))


@pytest.mark.parametrize("path", SOME, ids=lambda path: path.stem)
def test_no_pattern_is_passed_over_that_would_have_matched(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = facts_of(path)
    monkeypatch.setattr(RuleIndex, "_likely", lambda index, view: index._entries)
    assert wanted and extractor().extract(read_document(path)) == wanted


@pytest.mark.parametrize("path", SOME, ids=lambda path: path.stem)
def test_no_place_is_passed_over_at_which_a_pattern_would_have_begun(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = facts_of(path)
    monkeypatch.setattr(LinearMatcher, "begins", lambda matcher, steps, i, started: True)
    assert extractor().extract(read_document(path)) == wanted


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_the_quick_look_finds_every_actor_that_is_named(path: Path) -> None:
    text = read_document(path).text
    named = {(name.start, name.end) for name in load_gazetteer().find_names(text) if any(map(is_actor, name.candidates))}
    quick = {(name.start, name.end) for name in load_gazetteer().find_actors(text)}
    assert named and named <= quick


@pytest.mark.parametrize("text", [
    "Peru and Chile signed a treaty.", "Formalities in a Romanian woman's under-funded Chadors.", "Perú y Chile; Côte d'Ivoire, São Tomé.",
    "Peru’s and Chile's—Ghana–Togo\nUnited\nStates", "", "x" * 500 + " Peru", "Peruʼs Chile_s 3Ghana Oman5 Mali",
])
def test_with_and_without_the_automaton_the_same_names_are_found(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("ahocorasick_rs", reason="needs bilateral-kg[fast]")
    with_automaton = load_gazetteer().find_actors(text)
    index: NameIndex = load_gazetteer()._index
    monkeypatch.setitem(sys.modules, "ahocorasick_rs", None)
    without = [name for name in NameScan(index.having(is_actor)).names(text) if any(map(is_actor, name.candidates))]
    assert with_automaton == without
    exact = [name for name in load_gazetteer().find_names(text) if any(map(is_actor, name.candidates))]
    assert {(name.start, name.end) for name in exact} <= {(name.start, name.end) for name in without}


def test_foreign_text_is_told_by_the_quick_look_only_where_no_stretch_is_relevant() -> None:
    gazetteer = load_gazetteer()
    foreign = "The kettle stood on the shelf of the old kitchen, and nobody had mended it. " * 200
    mixed = foreign + "Peru and Chile signed a treaty. Peru and Ghana met. Chad and Togo trade. " * 20
    for text in (foreign, mixed, "Peru and Chile met.", "Nobody met.", ""):
        if is_foreign(text, gazetteer):
            assert relevant_spans(text, gazetteer.find_names(text)) == ()
    assert is_foreign(foreign, gazetteer) and not is_foreign(mixed, gazetteer)


@pytest.mark.parametrize("filler", [", " * 50_000, "and " * 20_000, "(" * 20_000, "Peru, " * 5_000, "of the " * 10_000], ids=["commas", "and", "brackets", "names", "of"])
def test_hostile_text_hides_no_fact_beside_it(filler: str) -> None:
    text = f"Peru and Chile signed a treaty in Lima on 3 May 2007.\n\n{filler}\n\nPeru and Chile signed a treaty in Lima on 3 May 2007."
    document = Document("hostile", text, "0" * 64, title="Peru and Chile", issued="2008")
    facts = extractor().extract_reading(read(document, extractor().gazetteer))  # whether the text is about states is asked elsewhere
    ends = {evidence.start for fact in facts if fact.type == "AgreementAction" for evidence in fact.evidence}
    assert any(start < 60 for start in ends) and any(start > len(filler) for start in ends)
