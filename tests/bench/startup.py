"""What starting costs: `kg --help` beside a bare click program, `kg query` beside Python that only opens the store, in turn.

    python -m tests.bench.startup [--json FILE]

Processor milliseconds of whole processes, the least of several: what others on the machine do only adds.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.measure import Figure, processor_seconds, write

CLICK = "import click\n@click.group()\ndef main():\n    'A program.'\n@main.command()\n@click.argument('path')\ndef build(path):\n    'Builds.'\nmain(['--help'])"
RAW = "import sys, pyoxigraph as o; s = o.Store.read_only(sys.argv[1]); print(sum(1 for _ in s.query('SELECT ?s { ?s a <https://w3id.org/bilateral-kg/ontology#Lease> }', use_default_graph_as_union=True)))"
TIMES = 15


def milliseconds(words: list[str]) -> float:
    """The least processor milliseconds of several runs."""

    def run() -> None:
        subprocess.run(words, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    return min(processor_seconds(run) for _ in range(TIMES)) * 1000


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    kg = [sys.executable, "-c", "import sys; from kg.cli import main; sys.exit(main())"]
    with tempfile.TemporaryDirectory() as name:
        graph = str(Path(name) / "graph")
        subprocess.run([*kg, "build", "--graph", graph], check=True, stdout=subprocess.DEVNULL)
        bare = milliseconds([sys.executable, "-c", "pass"])
        click = milliseconds([sys.executable, "-c", CLICK])
        raw = milliseconds([sys.executable, "-c", RAW, f"{graph}/store"])
        figures = [
            Figure("startup", "kg --help", milliseconds([*kg, "--help"]), "a bare click program", click, "ms"),
            Figure("startup", "kg --help", milliseconds([*kg, "--help"]), "bare python", bare, "ms"),
            Figure("startup", "kg query leases", milliseconds([*kg, "query", "leases", "--graph", graph]), "opening and asking with pyoxigraph alone", raw, "ms"),
        ]
    write(figures, given.json)


if __name__ == "__main__":
    main()
