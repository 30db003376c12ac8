"""``kg add``: facts that a person hands in join the graph."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kg.cli.numbers import count_or_none, seconds

FORMATS = ("text", "json", "sarif", "junit", "turtle")
ENGINES = ("auto", "pyshacl", "fast")


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """Declares the command."""
    parser = commands.add_parser(
        "add",
        parents=[common],
        help="add facts of your own, checked, with who says so",
        description="Facts in Turtle, TriG, N-Triples, JSON-LD or a table (.csv, .tsv, .xlsx: see kg template) join the graph: all, or "
        "none where one is at fault. Exit status 1 where something is at fault.",
    )
    parser.add_argument("files", nargs="+", metavar="FILE", type=Path)
    parser.add_argument("--by", metavar="WHO", required=True, help="who hands them in")
    parser.add_argument("--note", metavar="TEXT", default="", help="what others should know")
    parser.add_argument("--date", metavar="D", default="", help="when, e.g. 2026-11-22 (default: now, in UTC)")
    parser.add_argument("--wait", metavar="SECONDS", type=seconds, default=10.0, help="for another writer (default: %(default)g)")
    parser.add_argument("--partial", action="store_true", help="take the good facts, put the others with reasons into a file")
    parser.add_argument("--rest", metavar="FILE", type=Path, help="that file (default: FILE-rest.ttl or .csv here)")
    parser.add_argument("--dry-run", action="store_true", help="check only")
    add_checking(parser)
    parser.set_defaults(run=run)


def add_checking(parser: argparse.ArgumentParser) -> None:
    """Declares what `kg add` and `kg validate` have in common."""
    parser.add_argument("--source", metavar="URL", default="", help="where facts stand that name no source themselves")
    parser.add_argument("--format", "-f", choices=FORMATS, default="text")
    parser.add_argument("--engine", choices=ENGINES, default="auto", help="what checks the shapes (default: the fast one if installed)")
    parser.add_argument("--seconds", metavar="N", type=count_or_none, default=600, help="give up after so long (default: %(default)s)")


def run(arguments: argparse.Namespace) -> int:
    """Hands the files in and says what came of it."""
    from kg.cli.limit import at_most
    from kg.contribute.accept import Terms, hand_in
    from kg.contribute.decide import Author
    from kg.contribute.tell import tell
    from kg.queries import derive

    on = Terms(arguments.source, arguments.partial, arguments.dry_run, arguments.engine, arguments.rest)
    author = Author(arguments.by, arguments.note, arguments.date, arguments.wait)
    with at_most(arguments.seconds):
        outcome = hand_in(arguments.files, arguments.graph, author, on, derive)
    sys.stdout.write(tell(outcome, arguments.format, accepting=True))
    return outcome.exit_status
