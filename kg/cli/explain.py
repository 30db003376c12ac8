"""``kg explain``: why a fact stands in the graph, or what the rules make of a sentence."""

from __future__ import annotations

import argparse
import sys


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """Declares the command."""
    parser = commands.add_parser(
        "explain",
        parents=[common],
        help="why a fact stands in the graph, or what the rules make of a sentence",
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("fact", nargs="?", metavar="FACT", help="a fact: its IRI, or the first digits of it")
    what.add_argument("--sentence", metavar="TEXT", help="try the rules on this text instead")
    parser.add_argument("--date", metavar="D", default="", help="the date of the text, e.g. 2018-05-25")
    parser.add_argument("--between", nargs=2, metavar=("A", "B"), default=(), help="the two states it is about")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Prints the explanation."""
    if arguments.sentence is None:
        from kg.graph import explain_fact

        sys.stdout.write(explain_fact(arguments.graph, arguments.fact))
    else:
        from kg.cli.trial import explain_sentence

        sys.stdout.write(explain_sentence(arguments.sentence, arguments.date, tuple(arguments.between)))
    return 0
