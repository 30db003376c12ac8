"""`kg extract` with one process, with two, and on Spark with two cores: the same documents in the same run, start-up included.

    python tests/bench/scale.py [DOCUMENTS] [--json FILE]

Each is a process of its own, timed from its start to its end; every one must write the same bytes. The ratio to two processes of the local
engine is what counts: rates are those of this machine, at this hour.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
from tests.scaling import files_of, texts, write_lines

ROOT = Path(__file__).resolve().parent.parent.parent
PARTS = 8
ENGINES = {
    "local, 1 process": ("--jobs", "1"),
    "local, 2 processes": ("--jobs", "2"),
    "Spark local[2]": ("--engine", "spark", "--master", "local[2]", "--conf", "spark.ui.enabled=false"),
    "Spark local-cluster[2,1,1024]": ("--engine", "spark", "--master", "local-cluster[2,1,1024]", "--conf", "spark.ui.enabled=false"),
}
PEER = "local, 2 processes"


def measure(folder: Path, name: str) -> dict[str, float]:
    """Seconds by the clock and of processors that an engine takes; its children's where they have ended."""
    out = folder / name.replace("[", "-").replace("]", "").replace(" ", "")
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    command = [sys.executable, "-m", "kg", "extract", str(folder / "in.jsonl"), "-o", str(out), "--parts", str(PARTS), *ENGINES[name]]
    subprocess.run(command, check=True, cwd=folder, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT), "SPARK_LOCAL_IP": "127.0.0.1"})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {"seconds": time.monotonic() - begin, "cpu": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime}


def main() -> int:
    """Prints the table; 1 where two engines wrote different bytes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", nargs="?", type=int, default=1000)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        size = write_lines(folder / "in.jsonl", texts(arguments.documents)).stat().st_size
        measured = {engine: measure(folder, engine) for engine in ENGINES}
        outputs = [files_of(out) for out in sorted(folder.iterdir()) if out.is_dir()]
    peer = measured[PEER]["seconds"]
    print(f"{arguments.documents:,} documents, {size / 1e6:.2f} MB, {os.cpu_count()} cores\n")
    print("| engine | seconds | documents a second | time beside two processes |\n|---|---|---|---|")
    for engine, each in measured.items():
        print(f"| {engine} | {each['seconds']:.1f} | {arguments.documents / each['seconds']:.0f} | {each['seconds'] / peer:.2f} |")
    same = all(output == outputs[0] for output in outputs)
    print(f"\nall wrote {'the same' if same else 'DIFFERENT'} bytes")
    if arguments.json:
        arguments.json.write_text(json.dumps({"documents": arguments.documents, "bytes": size, "same": same, "measured": measured}, indent=1) + "\n")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
