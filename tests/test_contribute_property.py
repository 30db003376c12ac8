"""Whatever is added, retracted, corrected, judged, merged and split, in whatever order: the graph is what its documents and its
contributions make, byte for byte."""

from __future__ import annotations

import io
import random
import shutil
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.graph import export, open_store
from kg.graph.health import examine
from tests.changing import content, make_anew, make_graph, random_change

CHANGES = 14


def exported(graph: Path) -> str:
    out = io.StringIO()
    export(open_store(graph), out, "nquads")
    return out.getvalue()


@pytest.mark.parametrize("seed", range(12))
def test_the_incremental_way_and_a_build_leave_the_same_bytes(tmp_path: Path, seed: int) -> None:
    graph, makers = make_graph(tmp_path)
    rng = random.Random(seed)
    done = []
    for number in range(CHANGES):
        before = content(graph)
        try:
            done.append(random_change(graph, makers, rng, number).what)
        except KgError as error:
            assert error.remedy, str(error)
            assert content(graph) == before, "a refusal changes nothing"
    assert len(done) > CHANGES // 4, done
    incremental, text = content(graph), exported(graph)
    shutil.copytree(graph, tmp_path / "copy")
    make_anew(graph, makers)
    assert content(graph) == incremental, done
    assert exported(graph) == text
    assert [fault for fault in examine(tmp_path / "copy") if not fault.note] == []
