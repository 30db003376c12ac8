"""What adding ten facts costs, to an empty graph and to one of a million triples, in the same run.

    python tests/bench/adding.py [TRIPLES]

The large graph is generated: invented facts of several types about all states, in document graphs of a thousand facts each, with claims and
plain triples. Each figure is the median of several additions, of the whole command in a process of its own (start of Python included) and of the
call alone; seconds on the clock, and of the processor, which others on the machine do not lengthen.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyoxigraph as ox

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from kg import resources, terms
from kg.contribute.accept import Terms, hand_in
from kg.contribute.decide import Author
from kg.graph import claim_quads
from kg.graph.export import write_whole
from kg.graph.manifest import NAME, STORE, Manifest
from kg.graph.store import DOCUMENTS, replacing
from kg.graph.vocabulary import vocabulary_quads
from kg.queries import derive
from tests.bench.many_facts import document_quads, make_facts, turtle_of

TRIPLES_A_FACT, TIMES = 16, 7


def make_graph(directory: Path, facts: int) -> int:
    """The number of quads in a new graph of so many facts."""
    with replacing(directory) as fresh:
        store = ox.Store(str(fresh / STORE))
        store.bulk_extend(vocabulary_quads(resources.folder("ontology")))
        made = make_facts(facts)
        said = [
            quad for first in range(0, facts, 1000)
            for quad in document_quads(made[first : first + 1000], f"{terms.FACT}{first}-", f"{terms.GRAPH}document-{first:064}")
        ]  # fmt: skip
        store.bulk_extend(said)
        store.bulk_extend(derive(store))
        store.bulk_extend(claim_quads(said))
        store.flush()
        total = len(store)
        (fresh / DOCUMENTS).mkdir()
        write_whole(fresh / NAME, Manifest("bench", "bench", (), (), facts, total).text())
    return total


def add_ten(directory: Path, folder: Path, number: int, command: bool) -> tuple[float, float]:
    """Seconds that ten new facts took, on the clock and of the processor."""
    file = folder / f"{directory.name}-{number}-{command}.ttl"
    file.write_text(turtle_of(make_facts(10, seed=1000 + number), f"https://example.org/{number}/{command}/"), encoding="utf-8")
    start, used = time.perf_counter(), _processor()
    if command:
        words = [sys.executable, "-m", "kg", "add", str(file), "--by", "bench", "--source", "https://example.org/", "--graph", str(directory)]
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
    else:
        outcome = hand_in([file], directory, Author("bench"), Terms("https://example.org/"), derive)
        assert outcome.contribution is not None, [f.message for f in outcome.judged.findings]
    return time.perf_counter() - start, _processor() - used


def _processor() -> float:
    """Processor seconds of this process and of its children so far."""
    now = os.times()
    return now.user + now.system + now.children_user + now.children_system


def main() -> None:
    """Prints one line a graph, and the ratios."""
    triples = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sizes = {"empty": make_graph(folder / "empty", 0), "large": make_graph(folder / "large", triples // TRIPLES_A_FACT)}
        times: dict[tuple[str, bool, int], list[float]] = {}
        for number in range(TIMES):  # in turn, so that both meet the same machine
            for graph in sizes:
                for command in (False, True):
                    for clock, seconds in enumerate(add_ten(folder / graph, folder, number, command)):
                        times.setdefault((graph, command, clock), []).append(seconds)
        middle = {key: statistics.median(found) * 1000 for key, found in times.items()}
        columns = [(command, clock) for command in (False, True) for clock in (0, 1)]
        print(f"{'graph':<14} {'triples':>10} {'call, ms':>9} {'its CPU':>9} {'command':>9} {'its CPU':>9}")
        for graph, size in sizes.items():
            print(f"{graph:<14} {size:>10,} " + " ".join(f"{middle[graph, *column]:>9.0f}" for column in columns))
        ratios = [middle["large", *column] / middle["empty", *column] for column in columns]
        print(f"{'large / empty':<14} {'':>10} " + " ".join(f"{ratio:>9.2f}" for ratio in ratios))


if __name__ == "__main__":
    main()
