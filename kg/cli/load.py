"""``kg load DIR...``: shards of extractions become the graph."""

from __future__ import annotations

import argparse
import sys

from kg.cli.build import Bar, interruptible, silent, tell


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """Declares the command."""
    parser = commands.add_parser(
        "load",
        parents=[common],
        help="make the graph from shards of kg extract",
        description="Makes the graph from what kg extract wrote, in place of the one that stands there: the same as kg build makes of the "
        "documents. Contributions stay.",
    )
    parser.add_argument("folders", nargs="+", metavar="DIR", help="the folder of an extraction")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Loads, then says what was left out and prints the closing table."""
    from kg.cli.rooms import find_violations
    from kg.gazetteer import load_gazetteer
    from kg.graph import build_extracted, read_contributions
    from kg.graph.decisions import read_decisions
    from kg.queries import derive
    from kg.scale.load import notes_on, read_shards

    interruptible()
    outcomes, failures, manifests = read_shards(arguments.folders)
    aliases = read_decisions(read_contributions(arguments.graph)[0]).aliases
    for note in notes_on(manifests, aliases):
        print(f"note: {note}", file=sys.stderr)
    report = build_extracted(
        outcomes,
        arguments.graph,
        failures=failures,
        gazetteer=load_gazetteer(aliases=aliases),
        validate=find_violations,
        derive=derive,
        progress=Bar("writing") if sys.stderr.isatty() else silent,
    )
    tell(report)
    return report.exit_status
