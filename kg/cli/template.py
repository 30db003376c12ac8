"""``kg template``: an empty table for the facts of one type."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """Declares the command."""
    parser = commands.add_parser(
        "template",
        parents=[common],
        help="write an empty table for facts of a type",
        description="An empty table with explanations for the facts of one type (TradeFigure, Membership, ...), to be filled in for kg add.",
    )
    parser.add_argument("type", metavar="TYPE")
    parser.add_argument("--format", "-f", choices=("csv", "xlsx"), help="default: by the name of --output, else csv")
    parser.add_argument("--output", "-o", metavar="FILE", type=Path, help="where to (a workbook needs it; default: the screen)")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Writes the table."""
    from kg.contribute.template import template_csv, write_workbook
    from kg.errors import KgError
    from kg.graph.export import write_whole
    from kg.graph.names import check_type

    kind, out = check_type(arguments.type), arguments.output
    form = arguments.format or ("xlsx" if out is not None and out.suffix.lower() == ".xlsx" else "csv")
    if form == "xlsx" and out is None:
        raise KgError("a workbook is no text", remedy="name a file: --output facts.xlsx")
    if form == "xlsx":
        write_workbook(kind, out)
    elif out is not None:
        write_whole(out, template_csv(kind))
    else:
        sys.stdout.write(template_csv(kind))
    return 0
