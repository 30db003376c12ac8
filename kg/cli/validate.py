"""``kg validate``: facts to be handed in, or the graph itself, against the shapes."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kg.cli.add import add_checking
from kg.errors import KgError

OF_THE_GRAPH = ("text", "json", "turtle")


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """Declares the command."""
    parser = commands.add_parser(
        "validate",
        parents=[common],
        help="check files, or the graph, against the shapes",
        description="Checks files as kg add does, and accepts nothing; without FILE the graph itself. Exit status 1 where something is at fault.",
    )
    parser.add_argument("files", nargs="*", metavar="FILE", type=Path)
    add_checking(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Prints the report."""
    from kg.cli.limit import at_most

    with at_most(arguments.seconds):
        if arguments.files:
            from kg.contribute.accept import check_files
            from kg.contribute.tell import tell

            outcome = check_files(arguments.files, arguments.graph, source=arguments.source, engine=arguments.engine)
            sys.stdout.write(tell(outcome, arguments.format))
            return outcome.exit_status
        if arguments.format not in OF_THE_GRAPH:
            raise KgError(f"the graph's own report has no format {arguments.format}", remedy=f"one of {', '.join(OF_THE_GRAPH)}")
        from kg.cli.rooms import validation_report

        text, conforms = validation_report(arguments.graph, arguments.format, arguments.engine)
    sys.stdout.write(text)
    return 0 if conforms else 1
