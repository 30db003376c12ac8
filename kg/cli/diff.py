"""``kg diff A B``: what differs between two graphs, fact by fact, and why."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """Declares the command."""
    parser = commands.add_parser(
        "diff",
        parents=[common],
        help="what differs between two graphs, and why",
        description="Compares two graph directories, or files that kg export wrote: facts added, changed, gone, and why.",
    )
    parser.add_argument("before", metavar="A", type=Path, help="a graph directory, or an export of one")
    parser.add_argument("after", metavar="B", type=Path, nargs="?", help="another (default: the graph)")
    parser.add_argument("--format", "-f", choices=("text", "json"), default="text")
    parser.add_argument("--exit-code", action="store_true", help="exit status 1 where they differ")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Prints the difference."""
    from kg.contribute.diff import compare
    from kg.contribute.snapshot import read_snapshot
    from kg.contribute.tell_diff import difference_as_json, tell_difference

    difference = compare(read_snapshot(arguments.before), read_snapshot(arguments.after or arguments.graph))
    sys.stdout.write(difference_as_json(difference) if arguments.format == "json" else tell_difference(difference))
    return 1 if arguments.exit_code and difference.changes else 0
