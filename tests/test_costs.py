"""A guard against a loss of speed: how many calls of Python functions a fixed piece of work takes, beside the figure written down here.

Calls are the same on every machine and under every load. Each figure may double before its test fails; where it has fallen for good, or risen for a
good reason, write the new one down. `python -m tests.test_costs` prints them.
"""

from __future__ import annotations

import cProfile
import pstats
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.extract import Extractor
from kg.extract.versions import words_of
from kg.graph import build, document_quads, open_store
from kg.graph.intake import read_documents
from kg.queries import derive, find_query, load_queries, run_query
from tests.bench.generate import make_document

DOCUMENTS = 30
WRITTEN_DOWN = {"read": 108_000, "extract": 930_000, "write": 41_000, "unchanged build": 56_000, "query": 1_200}


def calls(work: Callable[[], object]) -> int:
    """The number of calls of functions, Python's and built in, that the work makes in this process."""
    profile = cProfile.Profile()
    profile.enable()
    try:
        work()
    finally:
        profile.disable()
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]


def measure(folder: Path) -> dict[str, int]:
    """The calls of each piece of work, everything that is made once having been made before."""
    texts = folder / "texts"
    texts.mkdir()
    for number in range(DOCUMENTS):
        (texts / f"note-{number}.txt").write_text(make_document(number)[0], encoding="utf-8")
    extractor = Extractor()
    documents, _, _ = read_documents([texts], None)
    facts = [extractor.extract(document) for document in documents]
    assert extractor.versions is not None
    extractor.versions.rules_for(words_of(documents[0].text))

    def make() -> None:
        build([texts], folder / "graph", extractor=extractor, gazetteer=extractor.gazetteer, derive=derive, jobs=1)

    make()
    make()
    store, query = open_store(folder / "graph"), find_query("trade-of-a-pair", load_queries())
    given = {"a": "ent:chile", "b": "ent:peru"}
    run_query(store, query, given)
    return {
        "read": calls(lambda: read_documents([texts], None)),
        "extract": calls(lambda: [extractor.extract(document) for document in documents]),
        "write": calls(lambda: [document_quads(document, made, extractor.gazetteer) for document, made in zip(documents, facts, strict=True)]),
        "unchanged build": calls(make),
        "query": calls(lambda: run_query(store, query, given)),
    }


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    return measure(tmp_path_factory.mktemp("costs"))


@pytest.mark.parametrize("work", WRITTEN_DOWN)
def test_no_work_costs_twice_what_it_did(measured: dict[str, int], work: str) -> None:
    assert measured[work] < 2 * WRITTEN_DOWN[work]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        for work, count in measure(Path(name)).items():
            print(f"{work:<16} {count:>10,}   written down: {WRITTEN_DOWN[work]:,}")
