"""The options of everything that people decide, and what they are told of it."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from kg.cli.numbers import seconds

if TYPE_CHECKING:
    from kg.contribute.decide import Author, Decided


def add_author(parser: argparse.ArgumentParser, why: str = "the reason") -> None:
    """Declares --by, --why, --date and --wait."""
    parser.add_argument("--by", metavar="WHO", required=True, help="who decides")
    parser.add_argument("--why", metavar="TEXT", default="", help=why)
    parser.add_argument("--date", metavar="D", default="", help="when, e.g. 2026-11-22 (default: now, in UTC)")
    parser.add_argument("--wait", metavar="SECONDS", type=seconds, default=10.0, help="for another writer (default: %(default)g)")


def author_of(arguments: argparse.Namespace) -> Author:
    """Who decides, by these options."""
    from kg.contribute.decide import Author

    return Author(arguments.by, arguments.why, arguments.date, arguments.wait)


def tell(decided: Decided) -> int:
    """Prints what a decision did; the exit status."""
    from kg.contribute.tell_log import tell_decided

    sys.stdout.write(tell_decided(decided))
    return 0
