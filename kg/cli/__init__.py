"""The command ``kg``: arguments only; each command lies in a module of its own and calls the rooms below."""

from __future__ import annotations

import argparse
import contextlib
import importlib
import io
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import kg
from kg.errors import KgError

COMMANDS = {
    "build": "make the graph from documents",
    "extract": "make facts from very many documents, without a store",
    "load": "make the graph from shards of kg extract",
    "query": "ask the graph",
    "queries": "list the saved queries",
    "plot": "draw a plot from the graph",
    "serve": "serve the graph over HTTP: pages, SPARQL, saved queries",
    "mcp": "serve the graph to an assistant",
    "export": "write the graph to a file",
    "push": "bring the graph to a triple store elsewhere",
    "validate": "check files, or the graph, against the shapes",
    "explain": "why a fact stands in the graph, or what the rules make of a sentence",
    "rules": "list the rules, test them, find what they miss",
    "add": "add facts of your own, checked, with who says so",
    "template": "write an empty table for facts of a type",
    "review": "judge extracted facts: accept or reject them",
    "retract": "take a fact, or a contribution, out of the current view",
    "correct": "put a fact in the place of another",
    "entity": "find, merge, split and name entities",
    "log": "what was contributed and decided, or the history of one fact",
    "diff": "what differs between two graphs, and why",
    "doctor": "what is wrong with the graph on disk, and what to do",
}
"""The commands with what `kg --help` says of them; each is a module of this room, imported when it is asked for."""


def main(argv: Sequence[str] | None = None) -> int:
    """The exit status of the command: 0 fine, 1 findings (something was left out or is at fault), 2 misuse."""
    _prepare_streams()
    parser = make_parser(sys.argv[1:] if argv is None else argv)
    try:
        arguments = parser.parse_args(argv)
    except SystemExit:
        try:
            sys.stdout.flush()
        except BrokenPipeError:  # of `kg --help | head -1`
            _drop_output()
        except OSError as error:
            return _failed(error)
        raise
    try:
        _read_as_utf8(arguments)
        status: int = arguments.run(arguments)
        sys.stdout.flush()
        return status
    except KgError as error:
        print_error(error)
        return 2
    except KeyboardInterrupt:
        print(f"interrupted; {getattr(arguments, 'interrupted', 'the graph that stood before still stands')}", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader of our output has seen enough
        _drop_output()
        return 0
    except RuntimeError as error:
        if not str(error).startswith("Corruption"):  # what Oxigraph says in mid-reading
            raise
        print_error(KgError(f"the graph is broken ({error})", file=arguments.graph, remedy="build it anew: kg build"))
        return 2
    except OSError as error:
        return _failed(error)


def _failed(error: OSError) -> int:
    """Says what the system refused; the exit status."""
    print_error(KgError(error.strerror or str(error), file=error.filename, remedy="check disk and permissions"))
    try:
        sys.stdout.flush()
    except OSError:  # it is the output that cannot be written: what is left of it would fail once more at the end
        _drop_output()
    return 2


def _read_as_utf8(arguments: argparse.Namespace) -> None:
    """Texts among the arguments are UTF-8, whatever the locale; names of files stay as the system gave them. Raises `KgError`."""
    for name, value in vars(arguments).items():
        if isinstance(value, str):
            setattr(arguments, name, _text(value, strict=True))
        elif isinstance(value, list):
            setattr(arguments, name, [_text(each) if isinstance(each, str) else each for each in value])


def _text(value: str, strict: bool = False) -> str:
    if value.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in value) or _names_file(value):
        return value
    try:
        return os.fsencode(value).decode()
    except UnicodeError:
        if not strict:  # may be the name of a file that is not there
            return value
        raise KgError(f"{value!a} is no UTF-8", remedy="write it anew, in a terminal of UTF-8") from None


def _names_file(value: str) -> bool:
    try:
        return os.path.exists(value)
    except (OSError, ValueError):
        return False


def _drop_output() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _prepare_streams() -> None:
    """Whatever the caller's streams are, printing works: closed ones swallow, files and pipes get UTF-8, whole or not at all."""
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:  # closed: else the next file opened would take its number, and get what we print
            os.open(os.devnull, os.O_RDWR)
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - lives as long as the program
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    if isinstance(sys.stdout, io.TextIOWrapper):
        if isinstance(sys.stdout.buffer, io.FileIO):  # PYTHONUNBUFFERED: a disk that fills would cut the output silently
            raw = open(sys.stdout.fileno(), "wb", closefd=False)  # noqa: SIM115
            sys.stdout = io.TextIOWrapper(raw, sys.stdout.encoding, sys.stdout.errors, line_buffering=True)
        encoding = sys.stdout.encoding if sys.stdout.isatty() else "utf-8"
        with contextlib.suppress(io.UnsupportedOperation):
            sys.stdout.reconfigure(encoding=encoding, errors="backslashreplace")


def make_parser(argv: Sequence[str] = tuple(COMMANDS)) -> argparse.ArgumentParser:
    """The parser of these arguments: of the commands that they do not name it knows no more than `kg --help` says of them."""
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
    for name, says in COMMANDS.items():
        if name in argv:
            importlib.import_module(f"kg.cli.{name}").add(commands, common)
        else:
            commands.add_parser(name, help=says)
    return parser


def print_error(error: KgError) -> None:
    """One line on stderr (more where the reason has more), the way every error of the program looks."""
    for reason in getattr(error, "failures", ()):
        print_left_out(reason)
    print(f"error: {_printable(str(error))}", file=sys.stderr)


def print_left_out(reason: object) -> None:
    """One line on stderr on what was not used, and why."""
    print(f"left out: {_printable(str(reason))}", file=sys.stderr)


def _printable(text: str) -> str:
    """What others wrote, such as the name of a file, without what would steer the terminal."""
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", lambda found: ascii(found[0])[1:-1], text)
