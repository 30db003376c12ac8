"""What a million documents cost, from the processor time that each step of `kg extract` takes on the documents given.

    python tests/bench/scale_cost.py [PATH...]

Without paths: the documents of seeds/ and of the accuracy bench, dense with facts. Processor time, one core; a busy machine hardly changes it.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from kg.cli.rooms import find_violations
from kg.model import Document
from kg.scale.extraction import Extraction, load_extractor
from kg.scale.facts import write_facts
from kg.scale.inputs import find_pieces
from kg.scale.reading import read_piece
from kg.scale.records import write_records

ROOT = Path(__file__).resolve().parent.parent.parent
MILLION = 1_000_000


def spent(work: Callable[[], object]) -> float:
    """Processor seconds of this process and of its children that ended meanwhile."""
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.process_time()
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() - begin + after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> int:
    """Prints the table."""
    pieces, _ = find_pieces(sys.argv[1:] or [ROOT / "seeds", ROOT / "tests" / "bench" / "accuracy" / "documents"])
    found: list[Document] = []
    steps = {"start of a process": spent(lambda: load_extractor(()))}
    steps["reading"] = spent(lambda: found.extend(each for piece in pieces for each in read_piece(piece) if isinstance(each, Document)))
    documents = sorted({each.sha256: each for each in found}.values(), key=lambda each: each.sha256)
    with tempfile.TemporaryDirectory() as out:
        job = Extraction(out, 1)
        steps["extraction"] = spent(lambda: write_records(job, 0, documents))
        steps["shapes, once a process"] = spent(lambda: list(find_violations([])))
        steps["validating and writing"] = spent(lambda: write_facts(job, 0, {}, find_violations))
        sizes = {folder.name: sum(file.stat().st_size for file in folder.iterdir()) for folder in Path(out).iterdir()}
    size = sum(len(each.text.encode()) for each in documents)
    print(f"{len(documents)} documents of {size / len(documents) / 1000:.1f} kB on average\n")
    print("| step | seconds a document | core hours a million documents |\n|---|---|---|")
    each_document = {step: seconds / len(documents) for step, seconds in steps.items() if "process" not in step}
    for step, seconds in [*each_document.items(), ("all", sum(each_document.values()))]:
        print(f"| {step} | {seconds:.3f} | {seconds * MILLION / 3600:,.0f} |")
    for step in (step for step in steps if "process" in step):
        print(f"| {step} | {steps[step]:.1f} s in all | |")
    for name in ("records", "facts"):
        print(f"| `{name}/` on disk | {sizes[name] / len(documents) / 1000:.1f} kB | {sizes[name] / len(documents) * MILLION / 1e9:,.0f} GB |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
