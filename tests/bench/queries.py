"""How long each saved query takes through `run_query`, beside raw pyoxigraph on the same text, in turn.

    python -m tests.bench.queries TRIPLES [TRIPLES...] [--only NAME] [--json FILE] [--graph DIR]

Graphs are generated (tests/bench/graphs.py); `--graph` measures on one that stands already. Milliseconds are medians. At the end: the
slow ones, and the ratio over all.
"""

from __future__ import annotations

import argparse
import multiprocessing
import statistics
import sys
import tempfile
from multiprocessing.connection import Connection
from pathlib import Path

import pyoxigraph as ox

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from kg.graph import open_store
from kg.queries import SavedQuery, load_queries, run_query
from kg.queries.engine import MODEL_PREFIXES
from kg.queries.parameters import bind, substitute
from tests.bench.graphs import make_graph
from tests.bench.measure import Figure, middle, write

EVERYTHING = 5000  # rows; a query that gives more is not held to 100 ms
SLOW = 100.0  # ms


def raw(store: ox.Store, text: str) -> int:
    """The number of rows, each taken out of the store."""
    answer = store.query(text, prefixes=MODEL_PREFIXES, use_default_graph_as_union=True)
    if isinstance(answer, ox.QueryBoolean):
        return 1
    return sum(1 for row in answer for _ in [tuple(row)])


def measure(folder: Path, query: SavedQuery, seconds: float, answer: Connection) -> None:
    """Sends the number of rows, then milliseconds through kg and raw."""
    store = open_store(folder)
    text = substitute(query.text, dict(bind(store, query, {})), query.file)
    rows = raw(store, text)
    plain = middle(lambda: raw(store, text), 9, seconds)
    answer.send((middle(lambda: run_query(store, query), 9, seconds) * 1000, plain * 1000, rows))


def limited(folder: Path, query: SavedQuery, seconds: float, limit: float) -> tuple[float, float, int] | None:
    """As `measure`, in a process of its own; None where it takes longer than the limit."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.Process(target=measure, args=(folder, query, seconds, theirs))
    process.start()
    found = ours.recv() if ours.poll(limit) else None
    process.kill()
    process.join()
    return found


def main() -> None:
    """Prints a line a query, then the slow ones."""
    parser = argparse.ArgumentParser()
    parser.add_argument("triples", type=int, nargs="*")
    parser.add_argument("--only", default="")
    parser.add_argument("--graph", type=Path)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--seconds", type=float, default=1.0, help="for one query each way")
    parser.add_argument("--limit", type=float, default=60.0, help="seconds after which a query is given up")
    given = parser.parse_args()
    for triples in given.triples or [0]:
        with tempfile.TemporaryDirectory() as name:
            folder = given.graph or Path(name) / "graph"
            size = len(open_store(folder)) if given.graph else make_graph(folder, triples)
            print(f"\n{size:,} quads\n{'query':<42} {'kg, ms':>9} {'raw, ms':>9} {'ratio':>6} {'rows':>8}")
            figures, slow = [], []
            for query in load_queries():
                if query.kind != "question" or given.only not in query.name:
                    continue
                found = limited(folder, query, given.seconds, given.limit)
                if found is None:
                    print(f"{query.name:<42} more than {given.limit:.0f} s", flush=True)
                    slow.append(query.name)
                    continue
                ours, plain, rows = found
                print(f"{query.name:<42} {ours:>9.2f} {plain:>9.2f} {ours / plain:>6.2f} {rows:>8,}", flush=True)
                figures.append(Figure(f"queries {size}", query.name, ours, "raw pyoxigraph", plain, "ms"))
                if plain > SLOW and rows <= EVERYTHING:
                    slow.append(query.name)
            print(f"median ratio {statistics.median([f.ratio for f in figures] or [0.0]):.2f}; over {SLOW:.0f} ms with at most {EVERYTHING:,} rows: {', '.join(slow) or 'none'}")
            if given.json:
                write(figures, given.json)


if __name__ == "__main__":
    main()
