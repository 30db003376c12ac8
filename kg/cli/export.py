"""``kg export``: the graph, or a part of it, as a file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kg.errors import KgError

FORMATS = ("turtle", "trig", "nquads", "ntriples", "jsonld", "rdfxml", "csv", "xlsx", "graphml", "parquet")
TABLES = ("csv", "xlsx", "graphml", "parquet")


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """Declares the command."""
    parser = commands.add_parser(
        "export",
        parents=[common],
        help="write the graph to a file",
        description="Writes all facts with what they name, sorted; the same graph gives the same bytes.",
    )
    parser.add_argument(
        "-o", "--output", metavar="FILE", type=Path,
        help="the file (default: standard output); for csv and parquet also a folder or a .zip, with a table for each type",
    )  # fmt: skip
    parser.add_argument("--format", choices=FORMATS, help="default: by the ending of FILE, else turtle")
    parser.add_argument("--document", metavar="D", help="only facts of this document (identifier, or SHA-256)")
    parser.add_argument("--type", metavar="T", help="only facts of this type, e.g. TradeFigure")
    parser.add_argument("--pair", nargs=2, metavar=("A", "B"), help="only facts that name both, e.g. Kazakhstan Russia")
    parser.add_argument("--no-quotes", action="store_true", help="offsets and hashes instead of the publishers' words")
    parser.add_argument("--facts-as", choices=("nodes", "edges"), default="nodes", help="in GraphML (default: nodes)")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Writes the file."""
    if arguments.facts_as != "nodes" and _format(arguments) != "graphml":
        raise KgError("--facts-as is for GraphML", remedy="end the file in .graphml, or leave it out")
    count = _tables(arguments) if _format(arguments) in TABLES else _graph(arguments)
    if not count:
        print("nothing in the graph is of this document, type and pair together: the export is empty", file=sys.stderr)
    return 0


def _format(arguments: argparse.Namespace) -> str:
    from kg.exports import SUFFIXES
    from kg.graph.export import format_of
    from kg.graph.write import SUFFIXES as GRAPH_SUFFIXES

    return arguments.format or format_of(arguments.output or sys.stdout, {**GRAPH_SUFFIXES, **SUFFIXES})


def _pair(arguments: argparse.Namespace) -> tuple[str, str] | None:
    return (arguments.pair[0], arguments.pair[1]) if arguments.pair else None


def _tables(arguments: argparse.Namespace) -> int:
    from kg.exports import export_tables
    from kg.graph import open_store

    form = _format(arguments)
    if arguments.output is None:
        raise KgError(f"{form} is not written to standard output", remedy=f"name a file: -o facts.{form}")
    return export_tables(
        open_store(arguments.graph), arguments.output, form, document=arguments.document, type=arguments.type,
        pair=_pair(arguments), quotes=not arguments.no_quotes, facts_as=arguments.facts_as,
    )  # fmt: skip


def _graph(arguments: argparse.Namespace) -> int:
    from kg.graph import export, open_store

    if arguments.output is None and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    return export(
        open_store(arguments.graph), arguments.output or sys.stdout, _format(arguments), document=arguments.document,
        type=arguments.type, pair=_pair(arguments), quotes=not arguments.no_quotes,
    )  # fmt: skip
