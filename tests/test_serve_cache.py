"""Answers kept: bounded, dropped with the graph they came from, made once for many who ask at a time."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("starlette", reason="needs the extra 'serve'")
pytest.importorskip("httpx", reason="needs the extra 'test'")

from kg.serve.cache import Answers, cached
from tests.serving import make_graph, serving


def test_the_least_recently_asked_for_goes_first() -> None:
    answers = Answers(16 * 100)
    for n in range(20):
        answers.keep(f"{n:08}", b"x" * 90)
        answers.find("00000000")
    assert [n for n in range(20) if answers.find(f"{n:08}")] == [0, *range(5, 20)]


def test_too_large_an_answer_is_not_kept() -> None:
    answers = Answers(16 * 100)
    answers.keep("large question", b"x" * 90)
    answers.keep("question", b"x" * 90)
    assert answers.find("large question") is None and answers.find("question") == b"x" * 90


def test_empty_answers_take_room_as_well() -> None:
    answers = Answers(16 * 100)
    for n in range(1000):
        answers.keep(f"{n:08}", b"")
    assert sum(answers.find(f"{n:08}") is not None for n in range(1000)) == 160


def test_without_room_nothing_is_kept() -> None:
    answers = Answers(0)
    answers.keep("any", b"")
    assert answers.find("any") is None


class Counting:
    """Workers that count what they are asked, and answer when told."""

    def __init__(self) -> None:
        self.state, self.asked, self.go = "first", 0, asyncio.Event()

    async def call(self, function: Any, *args: Any) -> bytes:
        self.asked += 1
        await self.go.wait()
        return f"{self.state} {args}".encode()


def answer(graph: Any, word: str) -> bytes:
    return word.encode()


def test_the_same_question_is_asked_once_until_the_graph_changes() -> None:
    async def use() -> None:
        workers = Counting()
        request: Any = SimpleNamespace(app=SimpleNamespace(state=SimpleNamespace(workers=workers, answers=Answers(16_000))))
        together = [asyncio.ensure_future(cached(request, answer, "x")) for _ in range(5)]
        other = asyncio.ensure_future(cached(request, answer, "y"))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        workers.go.set()
        assert set(await asyncio.gather(*together)) == {b"first ('x',)"} and await other == b"first ('y',)"
        assert workers.asked == 2
        assert await cached(request, answer, "x") == b"first ('x',)" and workers.asked == 2
        workers.state = "second"
        assert await cached(request, answer, "x") == b"second ('x',)" and workers.asked == 3

    asyncio.run(use())


def test_a_new_build_changes_the_answers(tmp_path: Path) -> None:
    graph = make_graph(tmp_path / "graph", "<http://example.org/g> { <https://w3id.org/bilateral-kg/entity/a> <http://example.org/p> 1 }")
    with serving(graph) as client:
        first = client.get("/entity/a.nt")
        assert first.status_code == 200 and client.get("/entity/a.nt").text == first.text
        graph.rename(tmp_path / "old")
        make_graph(tmp_path / "new", "<http://example.org/g> { <https://w3id.org/bilateral-kg/entity/a> <http://example.org/p> 2, 3 }").rename(graph)
        assert client.get("/entity/a.nt").text.count("\n") == 2
        assert client.get("/entity/a.nt", headers={"If-None-Match": first.headers["etag"]}).status_code == 200
