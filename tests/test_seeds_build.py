"""The documents that come with the package, built by the real extractor: nothing left out, every shape in use, the same bytes anywhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SEEDS = sorted((ROOT / "seeds").glob("*.md"))


def kg(*arguments: object, cwd: Path, seed: int = 0) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONHASHSEED": str(seed), "PYTHONPATH": str(ROOT)}
    return subprocess.run([sys.executable, "-m", "kg", *map(str, arguments)], cwd=cwd, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """The graph of seeds/ and what the build said."""
    graph = tmp_path_factory.mktemp("seeds") / "graph"
    return graph, kg("--graph", graph, "build", ROOT / "seeds", cwd=ROOT)


def test_the_build_of_the_seeds_leaves_nothing_out(built: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    _, done = built
    assert done.returncode == 0, done.stderr
    assert "left out" not in done.stderr
    counts = {name.strip(): int(count.replace(",", "")) for name, _, count in (line.rpartition("  ") for line in done.stdout.splitlines())}
    assert counts["documents"] == len(SEEDS)
    assert counts["facts"] > 20 * len(SEEDS)
    assert counts["violations (kept out)"] == 0


def test_the_build_of_the_seeds_conforms_and_gives_every_shape_a_node(built: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    graph, _ = built
    done = kg("--graph", graph, "validate", "--format", "json", cwd=ROOT)
    report = json.loads(done.stdout)
    assert done.returncode == 0 and report["conforms"], done.stdout[:2000]
    of_contributions = {"Citation", "Contribution", "Source", "Target"}  # documents alone have none
    assert {count["shape"] for count in report["shapes"] if not count["focus_nodes"]} == of_contributions


def test_the_real_extractor_gives_the_same_bytes_whatever_hash_seed_order_and_place(
    built: tuple[Path, subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    graph, _ = built
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    files = [os.path.relpath(path, elsewhere) for path in reversed(SEEDS)]
    again = kg("--graph", "other", "build", *files, cwd=elsewhere, seed=4711)
    assert again.returncode == 0, again.stderr
    for form in ("nquads", "turtle"):
        one, two = tmp_path / f"one.{form}", tmp_path / f"two.{form}"
        assert kg("--graph", graph, "export", "--format", form, "--output", one, cwd=ROOT).returncode == 0
        assert kg("--graph", "other", "export", "--format", form, "--output", two, cwd=elsewhere, seed=23).returncode == 0
        assert one.read_bytes() == two.read_bytes() and one.stat().st_size > 100_000
