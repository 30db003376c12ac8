"""Kills a writer at random moments, and looks at what is left. `python -m tests.durability 200` is the long run.

The writer is a process of its own that adds, retracts, corrects, judges and builds, and writes a line when the program has said "accepted".
What is left must open; hold every contribution of which it said so; none half; and be what a build of the same makes.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from kg.contribute.decide import Makers
from kg.errors import KgError
from kg.graph import open_store, read_contributions, read_manifest
from kg.graph.health import examine
from kg.queries import derive
from tests.changing import content, make_anew, make_graph, random_change

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 2.0  # seconds after which a writer that still runs is killed at the latest


def write_on(graph: Path, seed: int, told: Path) -> None:
    """Changes the graph until somebody kills this process; tells each contribution that it was told of."""
    makers = Makers(derive, ontology=graph.parent / "ontology")
    rng = random.Random(seed)
    told.touch()
    for number in range(1000):
        if rng.random() < 0.25:
            make_anew(graph, makers)
            continue
        try:
            done = random_change(graph, makers, rng, number + 1000 * seed)
        except KgError:
            continue
        with open(told, "a") as handle:
            handle.write(done.contribution.sha256 + "\n")
            handle.flush()
            os.fsync(handle.fileno())


def kill_once(graph: Path, seed: int) -> tuple[int, list[str]]:
    """How many contributions the writer was told of before it was killed, and what is wrong with what it left."""
    told = graph.parent / f"told-{seed}"
    writer = subprocess.Popen([sys.executable, "-m", "tests.durability", "--write", str(graph), str(seed), str(told)], cwd=ROOT)
    while not told.exists():
        if writer.poll() is not None:
            return 0, [f"seed {seed}: the writer ended by itself ({writer.returncode})"]
        time.sleep(0.01)
    time.sleep(random.Random(seed).uniform(0, LONGEST))
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    accepted = told.read_text().split()
    return len(accepted), [f"seed {seed}: {fault}" for fault in faults_of(graph, accepted)]


def faults_of(graph: Path, accepted: list[str]) -> list[str]:
    """What is wrong with a graph after a kill."""
    try:
        found = len(open_store(graph))
    except KgError as error:
        return [f"does not open: {error}"]
    contributions, broken = read_contributions(graph)
    names = {each.sha256 for each in contributions}
    manifest = read_manifest(graph)
    faults = [f"half a contribution: {error}" for error in broken]
    faults += [f"{each} was accepted and is not there" for each in accepted if each not in names]
    faults += [f"{each} is there and not in the graph" for each in sorted(names ^ set(manifest.contributions))]
    faults += [f"{manifest.quads} statements in the manifest, {found} in the store"] if manifest.quads != found else []
    return faults + [str(fault) for fault in examine(graph) if not fault.note]


def faults_of_rebuild(graph: Path) -> list[str]:
    """What a build of the same documents and contributions makes otherwise."""
    before = content(graph)
    make_anew(graph, Makers(derive, ontology=graph.parent / "ontology"))
    return [] if content(graph) == before else ["a build makes another graph of it"]


def run(moments: int, first: int = 0) -> tuple[int, list[str]]:
    """How many contributions were accepted in so many killed runs, and all faults. One graph lives through all of them."""
    folder = Path(tempfile.mkdtemp(prefix="kg-durability-"))
    graph, _ = make_graph(folder)
    accepted, faults = 0, []
    for seed in range(first, first + moments):
        count, found = kill_once(graph, seed)
        accepted += count
        faults += found
        if seed % 10 == 9:
            faults += [f"seed {seed}: {fault}" for fault in faults_of_rebuild(graph)]
            fresh = folder / f"fresh-{seed}"
            graph, _ = make_graph(fresh)  # many contributions slow the writer down; begin anew
    shutil.rmtree(folder, ignore_errors=True)
    return accepted, faults


def main() -> int:
    """Runs so many moments and prints what came of it."""
    moments = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    accepted, faults = run(moments)
    print(f"killed at {moments} moments, {accepted} contributions accepted, {len(faults)} faults")
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--write"]:
        write_on(Path(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
    else:
        raise SystemExit(main())
