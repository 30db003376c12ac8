"""``kg queries``: the saved queries with their questions and parameters."""

from __future__ import annotations

import argparse


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """Declares the command."""
    parser = commands.add_parser("queries", parents=[common], help="list the saved queries")
    parser.add_argument("words", nargs="*", metavar="WORD", help="only queries whose name, question or tags hold it")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Prints the list."""
    from kg.queries import load_queries

    for query in load_queries():
        text = " ".join((query.name, query.title, query.question, query.kind, *query.tags)).lower()
        if not all(word.lower() in text for word in arguments.words):
            continue
        kind = "" if query.kind == "question" else f" ({query.kind})"
        print(f"{query.name}{kind}\n  {query.question}")
        for parameter in query.parameters:
            default = f", default {parameter.default}" if parameter.default else ", may be left out"
            note = f" - {parameter.note}" if parameter.note else ""
            print(f"    --param {parameter.name}={parameter.type.upper()}{default}{note}")
    return 0
