"""``kg review``: extracted facts are judged by people."""

from __future__ import annotations

import argparse
import sys

from kg.cli.author import author_of, tell
from kg.cli.numbers import count_or_none, seconds
from kg.errors import KgError


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """Declares the command."""
    parser = commands.add_parser(
        "review",
        parents=[common],
        help="judge extracted facts: accept or reject them",
        description="Without FACT lists the facts that nobody has judged yet, with the words that they rest on. A judgement outlives every "
        "build as long as the same document gives the same fact on the same words; kg review --idle lists those that no longer apply.",
    )
    parser.add_argument("names", nargs="*", metavar="FACT", help="fact:..., or first digits of it")
    verdict = parser.add_mutually_exclusive_group()
    verdict.add_argument("--accept", action="store_true", help="the document says so")
    verdict.add_argument("--reject", action="store_true", help="it does not: the fact leaves the current view")
    parser.add_argument("--by", metavar="WHO", default="", help="who judges")
    parser.add_argument("--why", metavar="TEXT", default="", help="the reason (needed to reject)")
    parser.add_argument("--date", metavar="D", default="", help="when, e.g. 2026-11-22 (default: now, in UTC)")
    parser.add_argument("--wait", metavar="SECONDS", type=seconds, default=10.0, help="for another writer (default: %(default)g)")
    parser.add_argument("--document", metavar="D", default="", help="list only facts of this document")
    parser.add_argument("--type", metavar="T", default="", help="list only facts of this type")
    parser.add_argument("--most", metavar="N", type=count_or_none, default=20, help="list so many, 0 for all (default: %(default)s)")
    parser.add_argument("--idle", action="store_true", help="list decisions that apply to no fact any more")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Judges, or lists what is to be judged."""
    from kg.cli.rooms import makers
    from kg.contribute.decide import review

    if arguments.accept or arguments.reject:
        if not arguments.names:
            raise KgError("no fact is named", remedy="name the facts: kg review FACT --accept --by WHO")
        if not arguments.by:
            raise KgError("nobody is named who judges", remedy="add --by WHO")
        return tell(review(arguments.graph, arguments.names, arguments.accept, author_of(arguments), makers()))
    if arguments.names:
        raise KgError("neither accepted nor rejected", remedy="add --accept, or --reject --why TEXT")
    return _list(arguments)


def _list(arguments: argparse.Namespace) -> int:
    from kg.contribute.ledger import open_ledger
    from kg.contribute.queue import find_idle, find_unjudged, tell_unjudged

    ledger = open_ledger(arguments.graph)
    if arguments.idle:
        notes = find_idle(ledger)
        sys.stdout.write("".join(f"{note}\n" for note in notes) or "every decision applies to its fact\n")
        return 1 if notes else 0
    facts = find_unjudged(ledger, document=arguments.document, type=arguments.type)
    sys.stdout.write(tell_unjudged(facts, arguments.most or None))
    return 0
