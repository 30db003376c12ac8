"""The server under load: 32 clients ask saved queries while a hostile query comes every second; beside it raw pyoxigraph.

    python tests/bench/serve_load.py --graph graph [--seconds 60] [--clients 32] [--think 0.4] [--cache 64] [--calm]

Every client asks a saved query, checks the answer against the engine's own, byte for byte, waits `--think` seconds, and
asks the next. The peer is raw pyoxigraph in a process of its own: as many threads ask the same queries of the store, with
the same waits and at the same time, and write the answers as CSV. Prints times in ms, beside what the server adds to a
query when nothing else goes on; ends with 1 if an honest answer was wrong or refused.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import os
import random
import re
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from multiprocessing.connection import Connection
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as ox

from kg.errors import QueryError
from kg.graph import open_store
from kg.queries import load_queries, render, with_origin
from kg.queries.engine import ask
from kg.queries.parameters import bind, substitute

Asked = tuple[str, str, bytes, bytes]
"""Path, SPARQL text, the answer of pyoxigraph, that of the server."""

CARTESIAN = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
REGEX = 'SELECT * { ?a ?b ?c . ?d ?e ?f FILTER(REGEX(CONCAT(STR(?c), STR(?f)), "((x*)*y){50}((a|b|ab)*c){40}$")) }'
HOG = 'SELECT (GROUP_CONCAT(STR(?c); SEPARATOR="' + "x" * 2000 + '") AS ?all) { ?a ?b ?c . ?d ?e ?f }'


async def request(line: tuple[asyncio.StreamReader, asyncio.StreamWriter], path: str, body: bytes = b"") -> tuple[int, bytes]:
    """Status and body of one request on an open connection."""
    reader, writer = line
    kind = f"Content-Type: application/sparql-query\r\nContent-Length: {len(body)}\r\n" if body else ""
    writer.write(f"{'POST' if body else 'GET'} {path} HTTP/1.1\r\nHost: bench\r\nAccept: text/csv\r\n{kind}\r\n".encode() + body)
    head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
    length = re.search(r"content-length: (\d+)", head)
    return int(head.split()[1]), await reader.readexactly(int(length[1])) if length else b""


def honest_questions(graph: Path) -> list[Asked]:
    """Path, SPARQL text and answers of many saved queries with states of the graph as their parameters."""
    store = open_store(graph)
    states = [row[0].value for row in store.query(
        "PREFIX bkg: <https://w3id.org/bilateral-kg/ontology#> SELECT ?s (COUNT(*) AS ?n) { ?f bkg:status ?x ; ?role ?s . ?s a bkg:State } "
        "GROUP BY ?s ORDER BY DESC(?n) ?s LIMIT 4", use_default_graph_as_union=True)]  # fmt: skip
    found = []
    for query in load_queries():
        wanted = [p.name for p in query.parameters if p.type in {"state", "entity"}]
        for turn in range(len(states)):
            given = {name: states[(turn + i) % len(states)] for i, name in enumerate(wanted)}
            try:
                text = substitute(query.text, dict(bind(store, query, given)))
                answer = store.query(text, use_default_graph_as_union=True)
            except QueryError:  # a default that these documents do not know
                continue
            if isinstance(answer, ox.QuerySolutions):
                path = f"/queries/{query.name}.csv" + (f"?{urlencode(given)}" if given else "")
                raw = answer.serialize(format=ox.QueryResultsFormat.CSV) or b""
                told = with_origin(store, ask(store, text))  # the server adds where each fact comes from
                found.append((path, text, raw, render(told, "csv").encode() if "origin" in told.columns else raw))
            if not wanted:
                break
    return found


async def client(port: int, asked: list[Asked], end: float, think: float, seed: int, times: list[float], faults: Counter[str]) -> None:
    chance = random.Random(seed)
    await asyncio.sleep(chance.random() * think)
    line = await asyncio.open_connection("127.0.0.1", port, limit=1 << 24)
    while time.perf_counter() < end:
        path, _, _, expected = chance.choice(asked)
        begun = time.perf_counter()
        status, body = await request(line, path)
        times.append(time.perf_counter() - begun)
        if status != 200 or body != expected:
            faults[f"{status} {path}" if status != 200 else f"wrong answer: {path}"] += 1
        await asyncio.sleep(think)
    line[1].close()


async def hostile(port: int, trap: int, end: float, seen: Counter[str], calm: bool) -> None:
    """One hostile query a second, each on a connection of its own, none awaited before the next."""
    service = f"SELECT * {{ SERVICE <http://127.0.0.1:{trap}/> {{ ?s ?p ?o }} }}"
    kinds = {"cartesian": CARTESIAN, "SERVICE": service, "10 MB query": f"ASK {{}} #{'x' * 10_000_000}", "regex bomb": REGEX, "memory hog": HOG}

    async def attack(name: str, text: str) -> None:
        line = await asyncio.open_connection("127.0.0.1", port, limit=1 << 24)
        try:
            status, _ = await request(line, "/sparql", text.encode())
            seen[f"{name}: {status}"] += 1
        except (asyncio.IncompleteReadError, ConnectionError):
            seen[f"{name}: connection closed"] += 1
        line[1].close()

    running = []
    while time.perf_counter() < end and not calm:
        name = list(kinds)[len(running) % len(kinds)]
        running.append(asyncio.ensure_future(attack(name, kinds[name])))
        await asyncio.sleep(1)
    await asyncio.gather(*running)


def peer(answers: Connection, graph: str, asked: list[Asked], clients: int, seconds: float, think: float) -> None:
    """The times of the same queries on the store itself, by as many threads with the same waits (the engine lets go of the lock)."""
    store, times = open_store(graph), []
    end = time.perf_counter() + seconds

    def ask(seed: int) -> None:
        chance = random.Random(seed)
        time.sleep(chance.random() * think)
        while time.perf_counter() < end:
            _, text, expected, _ = chance.choice(asked)
            begun = time.perf_counter()
            answer = store.query(text, use_default_graph_as_union=True)
            assert isinstance(answer, ox.QuerySolutions)
            assert answer.serialize(format=ox.QueryResultsFormat.CSV) == expected
            times.append(time.perf_counter() - begun)
            time.sleep(think)

    threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answers.send(times)


def resident(process: int) -> int:
    """Bytes of memory of a process and all below it, shared pages counted once for each (an upper bound)."""
    children: dict[int, list[int]] = {}
    sizes: dict[int, int] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            children.setdefault(int(fields[1]), []).append(int(folder.name))
            sizes[int(folder.name)] = int(fields[21]) * os.sysconf("SC_PAGE_SIZE")
    waiting, total = [process], 0
    while waiting:
        each = waiting.pop()
        total += sizes.get(each, 0)
        waiting += children.get(each, [])
    return total


async def alone(line: tuple[asyncio.StreamReader, asyncio.StreamWriter], graph: Path, asked: list[Asked]) -> tuple[list[float], list[float]]:
    """Times of each query, one after the other: of the store itself, and of the server."""
    store, raw, served = open_store(graph), [], []
    for path, text, _, _ in asked:
        begun = time.perf_counter()
        answer = store.query(text, use_default_graph_as_union=True)
        assert isinstance(answer, ox.QuerySolutions)
        answer.serialize(format=ox.QueryResultsFormat.CSV)
        raw.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        await request(line, path)
        served.append(time.perf_counter() - begun)
    return raw, served


async def watch(process: int, end: float, sizes: list[int]) -> None:
    while time.perf_counter() < end:
        sizes.append(resident(process))
        await asyncio.sleep(0.25)


def quantiles(name: str, times: list[float]) -> tuple[float, float]:
    ordered = sorted(times)
    p50, p99 = statistics.median(ordered) * 1000, ordered[int(len(ordered) * 0.99)] * 1000
    print(f"{name:<34}{len(times):>8}{p50:>10.2f}{p99:>10.2f}{ordered[-1] * 1000:>10.1f}")
    return p50, p99


async def run(arguments: argparse.Namespace, port: int, server: int, asked: list[Asked]) -> int:
    line = await asyncio.open_connection("127.0.0.1", port, limit=1 << 24)
    for path, _, _, expected in asked:
        assert (await request(line, path)) == (200, expected), path
    first_raw, first = await alone(line, arguments.graph, asked)
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    trapped: list[int] = []
    trap = await asyncio.start_server(lambda reader, writer: trapped.append(1), "127.0.0.1", 0)
    rest = context.Process(target=peer, args=(there, str(arguments.graph), asked, arguments.clients, arguments.seconds, arguments.think))
    rest.start()
    await asyncio.sleep(1)
    times: list[float] = []
    faults: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    sizes: list[int] = [resident(server)]
    end = time.perf_counter() + arguments.seconds
    crowd = [client(port, asked, end, arguments.think, n, times, faults) for n in range(arguments.clients)]
    await asyncio.gather(*crowd, hostile(port, trap.sockets[0].getsockname()[1], end, seen, arguments.calm), watch(server, end, sizes))
    raw = await asyncio.to_thread(here.recv)
    print(f"load of the machine (1, 5, 15 minutes): {' '.join(f'{each:.1f}' for each in os.getloadavg())}, {os.cpu_count()} processors")
    print(f"{'ms':<34}{'asked':>8}{'p50':>10}{'p99':>10}{'most':>10}")
    quantiles("alone: raw pyoxigraph", first_raw)
    quantiles("alone: server", first)
    raw50, _ = quantiles(f"raw pyoxigraph, {arguments.clients} threads", raw)
    p50, _ = quantiles(f"server, {arguments.clients} clients", times)
    print(f"p50: {p50:.2f} ms; target 1.5 x {raw50:.2f} + 2 = {1.5 * raw50 + 2:.2f} ms: {'met' if p50 <= 1.5 * raw50 + 2 else 'missed'}")
    print(f"honest: {len(times)} answers, {len(times) / arguments.seconds:.0f} a second, {sum(faults.values())} wrong or refused {dict(faults) or ''}")
    print(f"hostile: {', '.join(f'{name} x {count}' for name, count in sorted(seen.items()))}")
    print(f"connections that a query opened to the loopback trap: {len(trapped)}")
    print(f"memory of all processes (MB): {sizes[0] >> 20} at first, {max(sizes) >> 20} at most, {sizes[-1] >> 20} at last")
    return 1 if faults or trapped else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--graph", type=Path, default=Path("graph"))
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--think", type=float, default=0.4)
    parser.add_argument("--cache", type=int, default=64, help="the server's --cache, in MB; 0 asks the engine each time")
    parser.add_argument("--calm", action="store_true", help="no hostile queries")
    arguments = parser.parse_args()
    asked = honest_questions(arguments.graph)
    command = [sys.executable, "-m", "kg", "serve", "--graph", str(arguments.graph), "--port", "0", "--cache", str(arguments.cache)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        port = int(re.findall(r":(\d+)/", server.stderr.readline())[0])
        while "startup complete" not in server.stderr.readline():
            pass
        errors = server.stderr
        drain = threading.Thread(target=errors.read, daemon=True)
        drain.start()
        try:
            return asyncio.run(run(arguments, port, server.pid, asked))
        finally:
            server.terminate()
            drain.join()


if __name__ == "__main__":
    sys.exit(main())
