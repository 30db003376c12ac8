"""``kg retract``: takes facts, or whole contributions, out of the current view."""

from __future__ import annotations

import argparse

from kg.cli.author import add_author, author_of, tell


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """Declares the command."""
    parser = commands.add_parser(
        "retract",
        parents=[common],
        help="take a fact, or a contribution, out of the current view",
        description="Nothing is deleted: kg log shows what was retracted, kg query --history finds it, and retracting the retraction "
        "brings it back.",
    )
    parser.add_argument("names", nargs="+", metavar="FACT|CONTRIBUTION", help="fact:... or contribution:..., or first digits of it")
    add_author(parser, "the reason (needed)")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Retracts, and says what."""
    from kg.cli.rooms import makers
    from kg.contribute.decide import retract

    return tell(retract(arguments.graph, arguments.names, author_of(arguments), makers()))
