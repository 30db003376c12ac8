"""What the benches share: a figure beside its peer's of the same run, as a line of Markdown and as JSON."""

from __future__ import annotations

import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured: the figure and its peer's, in the same ``unit``; ``ratio`` is the first by the second."""

    bench: str
    what: str
    value: float
    peer: str
    peer_value: float
    unit: str

    @property
    def ratio(self) -> float:
        """How many times the peer's."""
        return self.value / self.peer_value if self.peer_value else float("nan")


def table(figures: list[Figure]) -> str:
    """The figures as a table of Markdown."""
    lines = ["| what | figure | beside | its figure | ratio |", "|---|---:|---|---:|---:|"]
    lines += [f"| {f.what} | {f.value:,.4g} {f.unit} | {f.peer} | {f.peer_value:,.4g} {f.unit} | {f.ratio:.2f} |" for f in figures]
    return "\n".join(lines) + "\n"


def write(figures: list[Figure], file: Path | None) -> None:
    """Prints the table, and adds the figures to a file of JSON lines where one is named."""
    sys.stdout.write(table(figures))
    if file is not None:
        with file.open("a", encoding="utf-8") as stream:
            stream.writelines(json.dumps({**asdict(f), "ratio": f.ratio}) + "\n" for f in figures)


def processor_seconds(work: Callable[[], object]) -> float:
    """Processor seconds of this process and its children that the work takes: others on the machine do not lengthen them much."""
    before = _used()
    work()
    return _used() - before


def _used() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def middle(work: Callable[[], object], times: int, seconds: float, clock: Callable[[], float] = time.perf_counter) -> float:
    """The median seconds of several runs, of fewer where these would take longer than `seconds`."""
    found: list[float] = []
    begun = time.monotonic()
    while len(found) < times and (not found or time.monotonic() - begun < seconds):
        start = clock()
        work()
        found.append(clock() - start)
    return statistics.median(found)
