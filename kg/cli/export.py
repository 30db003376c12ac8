"""``kg export``: the graph, or a part of it, as a file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

FORMATS = ("turtle", "trig", "nquads", "ntriples", "jsonld", "rdfxml")


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """Declares the command."""
    parser = commands.add_parser(
        "export",
        parents=[common],
        help="write the graph to a file",
        description="Writes all facts with what they name, sorted; the same graph gives the same bytes.",
    )
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help="the file (default: standard output)")
    parser.add_argument("--format", choices=FORMATS, help="default: by the ending of FILE, else turtle")
    parser.add_argument("--document", metavar="D", help="only facts of this document (identifier, or SHA-256)")
    parser.add_argument("--type", metavar="T", help="only facts of this type, e.g. TradeFigure")
    parser.add_argument("--pair", nargs=2, metavar=("A", "B"), help="only facts that name both, e.g. Kazakhstan Russia")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Writes the file."""
    from kg.graph import export, open_store

    if arguments.output is None and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    pair = tuple(arguments.pair) if arguments.pair else None
    count = export(
        open_store(arguments.graph),
        arguments.output or sys.stdout,
        arguments.format,
        document=arguments.document,
        type=arguments.type,
        pair=pair,
    )
    if not count:
        print("nothing in the graph is of this document, type and pair together: the export is empty", file=sys.stderr)
    return 0
