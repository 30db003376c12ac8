"""A store changed in place holds what one made anew from the same quads holds."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg import terms
from kg.graph import change_store, claim_quads, read_contribution, subjects
from kg.graph.change import ENDING
from kg.graph.nodes import DERIVED
from kg.graph.subjects import SubjectFinder
from kg.queries import derive, load_queries

GRAPHS = Path(__file__).parent / "graphs"


def facts_of(*names: str) -> list[list[Quad]]:
    """The statements of each subject of these files, in graphs of their own."""
    found: dict[str, list[Quad]] = {}
    for name in names:
        for quad in read_contribution(GRAPHS / f"{name}.ttl").quads:
            if quad.predicate.value.startswith(terms.BKG + "c") and "claim" in quad.predicate.value:
                continue
            found.setdefault(str(quad.subject), []).append(quad)
    return [found[key] for key in sorted(found)]


def built(said: list[Quad]) -> set[Quad]:
    store = Store()
    store.extend(said)
    store.extend([*derive(store), *claim_quads(said)])
    return set(store)


@pytest.mark.parametrize("seed", range(6))
def test_random_changes_leave_what_a_build_would_write(seed: int) -> None:
    choice = random.Random(seed)
    groups = facts_of("valid-facts", "treaties", "trade", "voices", "derived", "projects", "faults")
    inside = [choice.random() < 0.5 for _ in groups]
    said = [quad for group, there in zip(groups, inside, strict=True) if there for quad in group]
    store = Store()
    store.extend(built(said))
    for _ in range(12):
        flip = choice.sample(range(len(groups)), choice.randint(1, 12))
        removed = [quad for n in flip if inside[n] for quad in groups[n]]
        added = [quad for n in flip if not inside[n] for quad in groups[n]]
        for n in flip:
            inside[n] = not inside[n]
        size = len(store)
        grew = change_store(store, removed, added, derive)
        wanted = built([quad for group, there in zip(groups, inside, strict=True) if there for quad in group])
        assert set(store) == wanted
        assert grew == len(store) - size
    assert any(quad.graph_name == DERIVED for quad in store)


def test_what_can_end_another_fact_is_known() -> None:
    """A query that looks at a second fact (or tenure) does so where that ends something; all other plain triples follow from one fact alone."""
    ending = set()
    for query in load_queries():
        if query.kind != "derive":
            continue
        seconds = re.findall(r"(?:MINUS|WHERE) \{\s+\?(\w+) a bkg:(\w+) ;(.*?)\}", query.text, re.DOTALL)
        assert len(re.findall(r"\ba bkg:", query.text)) == len(seconds) + 2  # the statement that is made, and the fact itself
        for _, kind, said in seconds:
            assert ENDING[kind][0].value.removeprefix(terms.BKG) in said
            ending.add(kind)
    assert ending == set(ENDING)


def test_subjects_are_found_by_all_that_they_name() -> None:
    store = Store()
    store.extend(quad for group in facts_of("trade") for quad in group)
    india, kenya, india_only = (NamedNode(terms.ENT + name) for name in ("india", "kenya", "nobody"))
    both = SubjectFinder(store).find([(None, india), (None, kenya)])
    assert both
    assert all(list(store.quads_for_pattern(node, None, kenya)) for node in both)
    assert SubjectFinder(store).find([(None, india), (None, india_only)]) == []


@pytest.mark.parametrize("seed", range(4))
def test_many_subjects_are_found_as_by_asking_each(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subjects, "_PORTION", 3)
    monkeypatch.setattr(subjects, "_FEW", 4)
    monkeypatch.setattr(subjects, "_MOST", 60)
    choice = random.Random(seed)
    store, says = Store(), NamedNode(terms.BKG + "says")
    values = [*(NamedNode(f"{terms.ENT}thing-{n}") for n in range(5)), *(NamedNode(f"{terms.CON}concept-{n}") for n in range(2)), Literal("2018")]
    named = {NamedNode(f"{terms.FACT}{n}"): {value for k, value in enumerate(values) if choice.random() < (k + 1) / 9} for n in range(80)}
    store.extend(Quad(node, says, value) for node, each in named.items() for value in each)
    finder = SubjectFinder(store)
    for _ in range(60):
        asked = choice.sample(values, choice.randint(1, 4))
        assert finder.find([(choice.choice([None, says]), value) for value in asked]) == sorted(
            (node for node, each in named.items() if each.issuperset(asked)), key=str,
        )


def test_the_queries_of_the_derived_layer_are_the_files_that_begin_so() -> None:
    names = {query.name for query in load_queries() if query.kind == "derive"}
    assert names == {query.name for query in load_queries() if query.name.startswith("derive-")}
