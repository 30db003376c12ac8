"""``kg build [PATH...]``: documents become the graph."""

from __future__ import annotations

import argparse
import signal
import sys
import time
from types import FrameType
from typing import TYPE_CHECKING

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
        "without PATH from the documents that come with the program. Contributions stay.",
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help=".txt, .md, .html, .pdf, .docx, or a folder of such")
    for name in METADATA:
        parser.add_argument(f"--{name}", metavar="TEXT", help=f"the {name} of a single document")
    parser.add_argument("--jobs", type=count, metavar="N", help="worker processes (default: one a core)")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Builds, then says what was left out and prints the closing table."""
    from kg.cli.rooms import find_violations
    from kg.contribute.reading import make_extractor
    from kg.graph import build, read_contributions
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
        progress=Bar("writing") if sys.stderr.isatty() else silent,
    )
    tell(report)
    return report.exit_status


def tell(report: BuildReport) -> None:
    """Says what was left out and prints the closing table."""
    for warning in report.warnings:
        print(f"note: {warning}", file=sys.stderr)
    for failure in report.failures:
        print(f"left out: {failure}", file=sys.stderr)
    for each in report.rejected:
        print(f"left out: {each.document}: {each.label}\n  {each.message}\n  in: {each.quote}", file=sys.stderr)
    if report.rejected:
        print(f"the facts left out are listed in {report.graph / 'quarantine.json'}", file=sys.stderr)
    print(report.table(), end="")


def count(text: str) -> int:
    """The number of an argument, 1 or more."""
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number above 0")
    return int(text)


def interruptible() -> None:
    """Makes the end of a terminal, and a polite kill, what Ctrl-C is."""
    for name in ("SIGTERM", "SIGHUP"):  # a closed terminal is an interrupt too, but for nohup
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _interrupt)


def _interrupt(signum: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def silent(what: str, done: int, of: int) -> None:
    """No progress bar where nobody looks."""


class Bar:
    """A progress bar on a terminal, drawn ten times a second at most; gone when the step called `last` is done."""

    def __init__(self, last: str) -> None:
        self.last = last
        self.drawn = 0.0

    def __call__(self, what: str, done: int, of: int) -> None:
        now = time.monotonic()
        if done < of and now - self.drawn < 0.1:
            return
        self.drawn = now
        full = 30 * done // max(of, 1)
        sys.stderr.write(f"\r\x1b[K{what:<11} {'#' * full}{'.' * (30 - full)} {done:,}/{of:,}")
        if what == self.last and done == of:
            sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
