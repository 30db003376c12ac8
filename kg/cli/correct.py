"""``kg correct``: facts of a file take the place of one in the graph."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kg.cli.add import add_checking
from kg.cli.author import add_author


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """Declares the command."""
    parser = commands.add_parser(
        "correct",
        parents=[common],
        help="put a fact in the place of another",
        description="The fact of the file is checked as kg add checks it, and stands in the place of FACT from now on. FACT is kept: "
        "kg log shows it, kg query --history finds it, and retracting the correction brings it back.",
    )
    parser.add_argument("fact", metavar="FACT", help="fact:..., or first digits of it")
    parser.add_argument("file", metavar="FILE", type=Path, help="the right fact: Turtle, JSON-LD, a table ...")
    add_author(parser)
    add_checking(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Hands the file in and says what came of it."""
    from kg.cli.author import author_of
    from kg.cli.limit import at_most
    from kg.contribute.accept import Terms, hand_in
    from kg.contribute.tell import tell
    from kg.queries import derive

    on = Terms(arguments.source, engine=arguments.engine, corrects=arguments.fact)
    with at_most(arguments.seconds):
        outcome = hand_in([arguments.file], arguments.graph, author_of(arguments), on, derive)
    sys.stdout.write(tell(outcome, arguments.format, accepting=True))
    return outcome.exit_status
