"""``kg validate``: files, or the graph itself, against the shapes."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

FORMATS = ("text", "json", "turtle")


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """Declares the command."""
    parser = commands.add_parser(
        "validate",
        parents=[common],
        help="check files, or the graph, against the shapes",
        description="Checks RDF files, or without FILE the graph itself. Exit status 1 where a shape is broken.",
    )
    parser.add_argument("files", nargs="*", metavar="FILE", type=Path)
    parser.add_argument("--format", "-f", choices=FORMATS, default="text")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Prints the report."""
    from kg.cli.rooms import validation_report

    text, conforms = validation_report(arguments.graph, arguments.files, arguments.format)
    sys.stdout.write(text)
    return 0 if conforms else 1
