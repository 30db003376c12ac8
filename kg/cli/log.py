"""``kg log``: what was contributed and decided; the history of one fact or contribution."""

from __future__ import annotations

import argparse
import sys


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """Declares the command."""
    parser = commands.add_parser(
        "log",
        parents=[common],
        help="what was contributed and decided, or the history of one fact",
        description="Lists the contributions in the order in which they were accepted; of a fact, where it comes from and what was "
        "decided about it; of a contribution, all that it says.",
    )
    parser.add_argument("name", nargs="?", metavar="FACT|CONTRIBUTION", help="fact:... or contribution:..., or first digits of it")
    parser.add_argument("--format", "-f", choices=("text", "json"), default="text")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Prints the log."""
    from kg.contribute.ledger import open_ledger
    from kg.contribute.log import entry_of, find_entries, find_story
    from kg.contribute.tell_log import as_json, tell_entries, tell_story

    ledger = open_ledger(arguments.graph)
    for sha256 in ledger.missing:
        print(f"note: an accepted contribution is missing: {sha256}.ttl - see what to do: kg doctor", file=sys.stderr)
    text = arguments.format == "text"
    contribution = ledger.find_contribution(arguments.name) if arguments.name and not arguments.name.startswith("fact:") else None
    if arguments.name and contribution is None:
        story = find_story(ledger, ledger.find_fact(arguments.name))
        sys.stdout.write(tell_story(story) if text else as_json(story))
        return 0
    entries = [entry_of(ledger, contribution)] if contribution else find_entries(ledger)
    sys.stdout.write(tell_entries(entries) if text else as_json(entries))
    return 0
