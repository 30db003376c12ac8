"""The command ``kg``: arguments only; each command lies in a module of its own and calls the rooms below."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import kg
from kg.cli import build, explain, export, queries, query, rules, validate
from kg.errors import KgError

COMMANDS = (build, query, queries, export, validate, explain, rules)


def main(argv: Sequence[str] | None = None) -> int:
    """The exit status of the command: 0 fine, 1 findings (something was left out or is at fault), 2 misuse."""
    parser = make_parser()
    arguments = parser.parse_args(argv)
    try:
        status: int = arguments.run(arguments)
        sys.stdout.flush()
        return status
    except KgError as error:
        print_error(error)
        return 2
    except KeyboardInterrupt:
        print("interrupted; the graph that stood before still stands", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        print_error(KgError(error.strerror or str(error), file=error.filename, remedy="check disk and permissions"))
        return 2


def make_parser() -> argparse.ArgumentParser:
    """The parser of all commands. Nothing but argparse is imported until a command runs."""
    parser = argparse.ArgumentParser(
        prog="kg",
        description="Documents about relations between states become a validated, queryable graph.",
        epilog="Exit status: 0 fine, 1 findings, 2 misuse. KG_GRAPH names the graph where --graph does not.",
    )
    parser.add_argument("--version", action="version", version=f"kg {kg.__version__}")
    default = Path(os.environ.get("KG_GRAPH") or "graph")
    parser.add_argument("--graph", metavar="DIR", type=Path, default=default, help="the graph (default: %(default)s)")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--graph", metavar="DIR", type=Path, default=argparse.SUPPRESS, help="the graph")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for module in COMMANDS:
        module.add(commands, common)
    return parser


def print_error(error: KgError) -> None:
    """One line on stderr (more where the reason has more), the way every error of the program looks."""
    for reason in getattr(error, "failures", ()):
        print(f"left out: {reason}", file=sys.stderr)
    print(f"error: {error}", file=sys.stderr)
