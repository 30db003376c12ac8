"""``kg build [PATH...]``: documents become the graph."""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import TYPE_CHECKING, TextIO

from kg.cli import print_left_out
from kg.cli.numbers import count

if TYPE_CHECKING:
    from kg.graph import BuildReport

METADATA = ("title", "creator", "publisher", "issued", "source", "language")


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """Declares the command."""
    parser = commands.add_parser(
        "build",
        parents=[common],
        help="make the graph from documents",
        description="Makes the graph from documents and folders of documents, in place of the one that stands there; "
        "without PATH from the documents that come with the program. Contributions stay. What an earlier build, a stopped one too, "
        "has read and what is as it was is not read again.",
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help=".txt, .md, .html, .pdf, .docx, or a folder of such")
    for name in METADATA:
        parser.add_argument(f"--{name}", metavar="TEXT", help=f"the {name} of a single document")
    parser.add_argument("--jobs", type=count, metavar="N", help="worker processes (default: one a core)")
    parser.add_argument("--anew", action="store_true", help="read every document again, also those that are as they were")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Builds, then says what was left out and prints the closing table."""
    from kg.cli.rooms import find_violations
    from kg.contribute.reading import make_extractor
    from kg.graph import build, read_contributions
    from kg.graph.intake import silent
    from kg.queries import derive

    interruptible()
    given = {name: getattr(arguments, name) for name in METADATA if getattr(arguments, name)}
    extractor = make_extractor(read_contributions(arguments.graph)[0])
    report = build(
        arguments.paths,
        arguments.graph,
        extractor=extractor,
        gazetteer=extractor.gazetteer,
        validate=find_violations,
        derive=derive,
        metadata=given or None,
        jobs=arguments.jobs,
        progress=Bar(sys.stderr) if sys.stderr.isatty() else silent,
        anew=arguments.anew,
    )
    tell(report)
    return report.exit_status


def tell(report: BuildReport) -> None:
    """Says what was left out and prints the closing table."""
    for warning in report.warnings:
        print(f"note: {warning}", file=sys.stderr)
    for failure in report.failures:
        print_left_out(failure)
    for each in report.rejected:
        print_left_out(f"{each.document}: {each.label}\n  {each.message}\n  in: {each.quote}")
    if report.rejected:
        print(f"the facts left out are listed in {report.graph / 'quarantine.json'}", file=sys.stderr)
    print(report.table(), end="")


def interruptible() -> None:
    """Makes the end of a terminal, and a polite kill, what Ctrl-C is."""
    for name in ("SIGTERM", "SIGHUP"):  # a closed terminal is an interrupt too, but for nohup
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _interrupt)


def _interrupt(signum: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


class Bar:
    """A progress bar on a terminal, drawn ten times a second at most: how many are done, how much text, how long it will still take."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream, self._clock = stream, clock
        self._what, self._begun, self._drawn = "", 0.0, 0.0

    def __call__(self, what: str, done: int, of: int, size: int = 0, of_size: int = 0, /) -> None:
        now = self._clock()
        if what != self._what:
            self._what, self._begun = what, now
        elif done < of and now - self._drawn < 0.1:
            return
        self._drawn = now
        share = size / of_size if of_size else done / max(of, 1)
        text = f"  {size / 1e6:,.1f}/{of_size / 1e6:,.1f} MB" if of_size else ""
        left = f"  {_duration((now - self._begun) * (1 - share) / share)} left" if 0 < share < 1 and now - self._begun >= 1 else ""
        full = int(30 * share)
        self._stream.write(f"\r\x1b[K{what:<11} {'#' * full}{'.' * (30 - full)} {done:,}/{of:,}{text}{left}")
        if what == "writing" and done == of:
            self._stream.write("\r\x1b[K")
        self._stream.flush()


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min {rest:02} s" if minutes else f"{rest} s"
