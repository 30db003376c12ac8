"""Building a graph of generated documents: by one worker and two, again as it was, with one in a hundred changed; memory, and recall.

    python -m tests.bench.building COUNT [--json FILE] [--jobs]

Each build is a process of its own. Seconds are of the clock and of the processor; memory is the largest of its process tree.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyoxigraph as ox

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from kg import terms
from kg.graph import open_store, read_manifest
from kg.graph.nodes import document_graph
from tests.bench.generate import Told, known_facts, make_document, write_documents
from tests.bench.measure import Figure, processor_seconds, write

BUILD = """
import resource, sys
from kg.cli import main
status = main(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(status)
"""


def build(texts: Path, graph: Path, jobs: int) -> tuple[float, float, float]:
    """Seconds of the clock, seconds of the processor, and megabytes of the building process."""
    words = [sys.executable, "-c", BUILD, "build", str(texts), "--graph", str(graph), "--jobs", str(jobs)]
    told: list[str] = []

    def run() -> None:
        done = subprocess.run(words, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{' '.join(words[3:])}: exit status {done.returncode}\n{done.stderr[-2000:]}")
        told.append(done.stderr.strip().splitlines()[-1])

    start = time.perf_counter()
    used = processor_seconds(run)
    return time.perf_counter() - start, used, int(told[0].split()[0]) / 1024


def recall(graph: Path, numbers: range) -> float:
    """The share of the known facts of these documents that the graph states."""
    store = open_store(graph)
    by_identifier = {entry.identifier: entry.sha256 for entry in read_manifest(graph).documents}
    found = of = 0
    for number in numbers:
        made = _facts(store, by_identifier.get(f"note-{number:06}", ""))
        for told in known_facts(number):
            of += 1
            found += any(_says(fact, told) for fact in made)
    return found / of


def _facts(store: ox.Store, sha256: str) -> list[tuple[str, set[tuple[str, str]]]]:
    said: dict[str, set[tuple[str, str]]] = {}
    for quad in store.quads_for_pattern(None, None, None, document_graph(sha256)) if sha256 else ():
        name = re.split(r"[/#]", quad.predicate.value)[-1]
        said.setdefault(quad.subject.value, set()).add((name, re.split(r"[/#]", quad.object.value)[-1]))
    return [(next(v for n, v in roles if n == "type"), roles) for node, roles in said.items() if node.startswith(terms.FACT)]


def _says(fact: tuple[str, set[tuple[str, str]]], told: Told) -> bool:
    kind, roles = fact
    plain = {(name, value.removeprefix(f"{name}-").lower()) for name, value in roles}
    return kind == told.type and all((role, value.lower().replace(" ", "-")) in plain for role, value in told.roles)


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--jobs", action="store_true", help="also with one worker")
    given = parser.parse_args()
    few = min(1000, given.count)
    with tempfile.TemporaryDirectory() as name:
        texts, some, graph = Path(name) / "texts", Path(name) / "some", Path(name) / "graph"
        size = write_documents(texts, range(given.count))
        write_documents(some, range(few))
        print(f"{given.count:,} documents, {size:,} bytes")
        small = build(some, Path(name) / "small", 2)
        whole = build(texts, graph, 2)
        again = build(texts, graph, 2)
        for number in range(0, given.count, 100):
            file = next(texts.rglob(f"note-{number:06}.txt"))
            file.write_text(make_document(number, seed=2)[0], encoding="utf-8")
        changed = build(texts, graph, 2)
        rest = range(1, given.count, max(1, given.count // 2000))
        kept = range(rest.start, rest.stop, rest.step if rest.step % 100 else rest.step + 1)
        figures = [
            Figure("building", "a build again, nothing changed (CPU)", again[1], "the first build", whole[1], "s"),
            Figure("building", "a build again, 1 % changed (CPU)", changed[1], "the first build", whole[1], "s"),
            Figure("building", f"memory, {given.count:,} documents", whole[2], f"{few:,} documents", small[2], "MB"),
            Figure("building", f"recall, {given.count:,} documents", recall(graph, [n for n in kept if n % 100]), f"{few:,} documents", recall(Path(name) / "small", range(few)), ""),  # type: ignore[arg-type]
        ]
        if given.jobs:
            one = build(texts, Path(name) / "one", 1)
            figures += [Figure("building", "two workers (clock)", whole[0], "one", one[0], "s"), Figure("building", "two workers (CPU)", whole[1], "one", one[1], "s")]
    write(figures, given.json)


if __name__ == "__main__":
    main()
