"""Pages made before anybody asks: at the start, after each build; workers that use their idle time; 304 for pages."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="needs the extra 'serve'")
pytest.importorskip("httpx", reason="needs the extra 'test'")

from starlette.types import Receive, Scope, Send

from kg.serve.pool import Pool
from kg.serve.settings import Settings
from kg.serve.warm import keep_warm
from kg.serve.worker import Graph
from kg.serve.workers import Workers
from tests.serving import make_graph, seeds_graph, serving

TRIG = "<http://example.org/graph> { <http://example.org/a> <http://example.org/p> 1 }"
prepared: list[str] = []


def pid(graph: Graph) -> int:
    return os.getpid()


def note_first(graph: Graph) -> None:
    prepared.append("first")


def fail(graph: Graph) -> None:
    raise ValueError("a preparation that fails")


def note_last(graph: Graph) -> None:
    prepared.append("last")


def what_was_prepared(graph: Graph) -> list[str]:
    return prepared


async def until(holds: Callable[[], bool]) -> None:
    """Wait until it holds; for a minute at most."""
    async with asyncio.timeout(60):
        while not holds():
            await asyncio.sleep(0.01)


def test_a_worker_without_a_job_makes_itself_ready(tmp_path: Path) -> None:
    async def use() -> None:
        pool = Pool(Settings(make_graph(tmp_path / "graph", TRIG), workers=1, seconds=600), True, (note_first, fail, note_last))
        await pool.start()
        try:
            async with asyncio.timeout(60):
                while await pool.call(what_was_prepared) != ["first", "last"]:
                    await asyncio.sleep(0.01)
        finally:
            await pool.stop()

    asyncio.run(use())


def test_idle_workers_follow_a_build_before_they_are_asked(tmp_path: Path) -> None:
    async def use() -> None:
        graph = make_graph(tmp_path / "graph", TRIG)
        workers = Workers(Settings(graph, workers=2, seconds=60))
        await workers.start()
        own = workers._own
        try:
            await until(lambda: len(own._idle) == 2)
            graph.rename(tmp_path / "old")
            make_graph(tmp_path / "new", TRIG.replace("1", "2, 3")).rename(graph)
            workers.renew()
            await until(lambda: len(own._idle) == 2)
            assert {line.state for line in own._idle} == {workers.state}
            known = {line.process.pid for line in own._idle}
            assert await workers.call(pid) in known
        finally:
            await workers.stop()

    asyncio.run(use())


def test_the_first_pages_are_asked_for_with_each_new_graph_and_only_then(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    looks = 0

    class Changing:
        @property
        def state(self) -> str:
            nonlocal looks
            looks += 1
            return "" if looks < 3 else "one" if looks < 9 else "two"

        def renew(self) -> None:
            asked.append("renew")

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        asked.append(scope["path"])
        if scope["path"] == "/documents":
            raise ValueError("a page that fails")

    async def use() -> None:
        task = asyncio.ensure_future(keep_warm(app, Changing()))  # type: ignore[arg-type]
        await until(lambda: looks > 12)
        task.cancel()

    monkeypatch.setattr("kg.serve.warm._LOOK", 0)
    asyncio.run(use())
    once = ["/", "renew", "/documents", "/queries", "/plots/network"]
    assert asked == once * 2


def test_the_first_reader_finds_the_start_page_kept() -> None:
    with serving(seeds_graph(), warm=True) as client:
        answers = client.app.state.answers  # type: ignore[attr-defined]
        assert client.portal is not None
        client.portal.call(until, lambda: any("read_documents" in str(question) for question in answers._kept))
        before = set(answers._kept)
        assert client.get("/", headers={"Accept": "text/html"}).status_code == 200
        asked = [str(question) for question in set(answers._kept) - before]
        assert not [question for question in asked if "read_formed" not in question], "all but what /plots/network was still reading"


@pytest.mark.parametrize("path", ["/", "/documents", "/entity/kazakhstan", "/queries/leases", "/queries"])
def test_a_page_that_the_browser_has_is_not_sent_again(path: str) -> None:
    with serving(seeds_graph()) as client:
        first = client.get(path, headers={"Accept": "text/html"})
        again = client.get(path, headers={"Accept": "text/html", "If-None-Match": first.headers["etag"]})
        assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
        other = client.get(path, headers={"Accept": "text/html", "If-None-Match": '"of another build"'})
        assert other.content == first.content and other.headers["cache-control"] == "no-cache"
