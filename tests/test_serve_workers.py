"""The pool of workers: limits that really stop, slow jobs that make way, crashes and new graphs survived."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette", reason="needs the extra 'serve'")

from kg.errors import QueryError, StoreError
from kg.queries import Result
from kg.serve import line as line_module
from kg.serve import worker as worker_module
from kg.serve.jobs import run_text
from kg.serve.limits import AnswerLimitError, BusyError, CrashError, MemoryLimitError, TimeLimitError
from kg.serve.line import WorkerDied, WorkerFault, open_line
from kg.serve.pool import Pool
from kg.serve.settings import Settings
from kg.serve.worker import Graph, work
from tests.serving import make_graph

NODES = " ".join(f"<http://example.org/{n}> <http://example.org/p> {n} ." for n in range(300))
TRIG = f"<http://example.org/graph> {{ {NODES} }}"
CARTESIAN = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
REGEX_BOMB = 'SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(REGEX(CONCAT(STR(?a), STR(?d), STR(?g)), "((a*)*b){20}c")) }'
MEGABYTE = 1024**2


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    return make_graph(tmp_path / "graph", TRIG)


class Workers(Pool):
    """A pool with a short way to ask."""

    async def run(self, text: str) -> Result:
        return await self.call(run_text, text, {}, self.settings.rows)


def run(settings: Settings, use: Callable[[Workers], Awaitable[Any]], trusted: bool = False) -> Any:
    async def all_of_it() -> Any:
        workers = Workers(settings, trusted)
        await workers.start()
        try:
            return await use(workers)
        finally:
            await workers.stop()

    return asyncio.run(all_of_it())


# Jobs: they run in the worker, so they stand at the top of a module.


def pid(graph: Graph) -> int:
    return os.getpid()


def count(graph: Graph) -> int:
    return len(graph.store)


def hog(graph: Graph, megabytes: int) -> int:
    return len(bytearray(megabytes * MEGABYTE))


def crash(graph: Graph) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def crash_once(graph: Graph, mark: str) -> str:
    if not Path(mark).exists():
        Path(mark).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "well"


def spin(graph: Graph) -> None:
    while True:
        pass


def stumble(graph: Graph) -> float:
    return 1 / 0


def refuse(graph: Graph) -> None:
    raise QueryError("so not", file="x.rq", line=7, remedy="otherwise")


def niceness(graph: Graph, wanted: int, seconds: float) -> int:
    """Of the worker, once it is as wanted or so many seconds of work have passed."""
    end = time.process_time() + seconds
    while time.process_time() < end and os.getpriority(os.PRIO_PROCESS, 0) != wanted:
        pass
    return os.getpriority(os.PRIO_PROCESS, 0)


def test_a_worker_has_the_graph_open(graph: Path) -> None:
    async def use(workers: Workers) -> None:
        assert await workers.call(count) == 300
        assert len((await workers.run("SELECT * { ?s ?p 7 }")).rows) == 1
        assert await workers.call(pid) != os.getpid()

    run(Settings(graph, workers=1, patience=600, seconds=600), use)


def test_an_error_keeps_its_fields(graph: Path) -> None:
    async def use(workers: Workers) -> None:
        with pytest.raises(QueryError) as caught:
            await workers.call(refuse)
        error = caught.value
        assert (error.what, error.file, error.line, error.remedy) == ("so not", "x.rq", 7, "otherwise")
        assert str(error) == "x.rq:7: so not - otherwise"

    run(Settings(graph, workers=1, patience=600, seconds=600), use)


def test_a_fault_of_the_program_comes_with_its_traceback_and_the_worker_lives_on(graph: Path) -> None:
    async def use(workers: Workers) -> None:
        before = await workers.call(pid)
        with pytest.raises(WorkerFault, match="ZeroDivisionError"):
            await workers.call(stumble)
        assert await workers.call(pid) == before

    run(Settings(graph, workers=1, patience=600, seconds=600), use)


def test_a_job_is_stopped_when_its_time_is_up(graph: Path) -> None:
    async def use(workers: Workers) -> None:
        before = workers._idle[0].process.pid or 0
        for text in (CARTESIAN, REGEX_BOMB):
            with pytest.raises(TimeLimitError, match="after 2 s"):
                await workers.run(text)
        with pytest.raises(TimeLimitError):
            await workers.call(spin)
        assert not is_alive(before)
        found = 0
        while not found:
            with contextlib.suppress(TimeLimitError):  # on a machine under load
                found = await workers.call(count)
        assert found == 300

    run(Settings(graph, workers=1, seconds=2, patience=0.2), use)


def work_briefly(line: socket.socket, directory: str, seconds: float, memory: int, preparations: tuple[()]) -> None:
    work(line, directory, seconds - worker_module._GRACE, memory, preparations)


def is_alive(process: int) -> bool:
    """Whether it runs; one that has ended and waits to be reaped does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_worker_ends_by_itself_when_its_server_forgets_it(graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The kernel's timer, not the server, is the last resort: here the server never looks."""
    monkeypatch.setattr(line_module, "work", work_briefly)

    async def use() -> None:
        line = await open_line(Settings(graph, seconds=0.2))
        with pytest.raises(WorkerDied):
            await line.ask((spin, ()))
        assert await line.exit_code() == -signal.SIGALRM

    asyncio.run(use())


def test_a_job_is_stopped_when_it_needs_too_much_memory(graph: Path) -> None:
    async def use(workers: Workers) -> None:
        assert await workers.call(hog, 50) == 50 * MEGABYTE
        with pytest.raises(MemoryLimitError):
            await workers.call(hog, 4096)
        big = f'SELECT (GROUP_CONCAT(STR(?b); SEPARATOR="{"x" * 10_000}") AS ?x) {{ ?a ?b ?c . ?d ?e ?f }}'
        with pytest.raises(MemoryLimitError):
            await workers.run(big)
        assert await workers.call(count) == 300

    run(Settings(graph, workers=1, memory=768 * MEGABYTE, seconds=60), use)


def test_a_crash_costs_one_answer(graph: Path) -> None:
    async def use(workers: Workers) -> None:
        with pytest.raises(CrashError):
            await workers.call(crash)
        assert await workers.call(count) == 300

    run(Settings(graph, workers=1, patience=600, seconds=600), use)


def test_a_job_whose_worker_is_killed_is_done_by_another(graph: Path, tmp_path: Path) -> None:
    assert run(Settings(graph, workers=1), lambda workers: workers.call(crash_once, str(tmp_path / "mark"))) == "well"


def test_a_worker_that_is_killed_while_idle_is_replaced(graph: Path) -> None:
    async def use(workers: Workers) -> None:
        os.kill(await workers.call(pid), signal.SIGKILL)
        for _ in range(5):
            assert await workers.call(count) == 300

    run(Settings(graph, workers=1, patience=600, seconds=600), use)


def test_too_many_rows_are_refused_whole(graph: Path) -> None:
    async def use(workers: Workers) -> None:
        assert len((await workers.run("SELECT * { ?s ?p ?o } LIMIT 100")).rows) == 100
        with pytest.raises(AnswerLimitError, match="100"):
            await workers.run("SELECT * { ?s ?p ?o } LIMIT 101")

    run(Settings(graph, workers=1, rows=100), use)


def test_a_slow_job_makes_way_for_the_next(graph: Path) -> None:
    """With one place, the second job is answered while the first still runs."""

    async def use(workers: Workers) -> None:
        slow = asyncio.ensure_future(workers.run(CARTESIAN))
        for _ in range(3):
            assert await workers.call(count) == 300
        assert not slow.done()
        slow.cancel()

    run(Settings(graph, workers=1, patience=0.1, seconds=600), use)


def test_strangers_yield_to_others_and_slow_ones_more(graph: Path) -> None:
    async def use(workers: Workers) -> list[int]:
        return [await workers.call(niceness, wanted, 20.0) for wanted in (5, 15, 5)]

    assert run(Settings(graph, workers=1, patience=2, seconds=100), use) == [5, 15, 5]


def test_a_trusted_job_is_neither_held_back_nor_refused_for_being_slow(graph: Path) -> None:
    async def use(workers: Workers) -> list[int]:
        return await asyncio.gather(*(workers.call(niceness, 15, 0.3) for _ in range(3)))

    assert run(Settings(graph, workers=1, slow=1, patience=0.1, seconds=100), use, trusted=True) == [0, 0, 0]


def test_only_so_many_slow_jobs_run_at_a_time(graph: Path) -> None:
    async def use(workers: Workers) -> None:
        slow = [asyncio.ensure_future(workers.run(CARTESIAN)) for _ in range(3)]
        done, _ = await asyncio.wait(slow, return_when=asyncio.FIRST_COMPLETED)
        assert [type(each.exception()) for each in done] == [BusyError]
        assert await workers.call(count) == 300
        assert sum(each.done() for each in slow) == 1
        for each in slow:
            each.cancel()

    run(Settings(graph, workers=1, slow=2, patience=0.1, seconds=600), use)


def test_too_many_waiting_jobs_are_sent_away(graph: Path) -> None:
    async def use(workers: Workers) -> None:
        jobs = [asyncio.ensure_future(workers.call(count)) for _ in range(10)]
        found = await asyncio.gather(*jobs, return_exceptions=True)
        assert [each for each in found if isinstance(each, BusyError)] and found.count(300) >= 3
        assert len(found) == found.count(300) + sum(isinstance(each, BusyError) for each in found)

    run(Settings(graph, workers=1, waiting=2), use)


def test_a_cancelled_job_frees_its_place(graph: Path) -> None:
    async def use(workers: Workers) -> None:
        slow = asyncio.ensure_future(workers.call(spin))
        await asyncio.wait({slow}, timeout=0.1)
        slow.cancel()
        assert await workers.call(count) == 300

    run(Settings(graph, workers=1, patience=600, seconds=600), use)


def test_no_process_outlives_the_pool(graph: Path) -> None:
    async def use(workers: Workers) -> list[int]:
        slow = asyncio.ensure_future(workers.run(CARTESIAN))
        found = [await workers.call(pid) for _ in range(3)]
        assert not slow.done()
        return [*found, *(line.process.pid or 0 for line in workers._all)]

    for process in run(Settings(graph, workers=2, seconds=600), use):
        assert not is_alive(process)


def test_a_new_graph_is_noticed(graph: Path, tmp_path: Path) -> None:
    async def use(workers: Workers) -> None:
        state = workers.state
        assert await workers.call(count) == 300
        os.rename(graph, tmp_path / "old")
        make_graph(tmp_path / "new", TRIG.replace("> 7 .", "> 7 , 8 .")).rename(graph)
        assert await workers.call(count) == 301
        assert workers.state != state

    run(Settings(graph, workers=1, patience=600, seconds=600), use)


def test_a_graph_that_goes_away_is_served_from_the_workers_that_have_it_open(graph: Path, tmp_path: Path) -> None:
    async def use(workers: Workers) -> None:
        os.rename(graph, tmp_path / "away")
        assert await workers.call(count) == 300
        os.kill(await workers.call(pid), signal.SIGKILL)
        with pytest.raises(StoreError, match="no graph"):
            await workers.call(count)
        os.rename(tmp_path / "away", graph)
        assert await workers.call(count) == 300

    run(Settings(graph, workers=1, patience=600, seconds=600), use)


def test_without_a_graph_nothing_starts(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no graph here"):
        run(Settings(tmp_path / "none"), lambda workers: workers.call(count))
