"""``kg query``: one question to the graph, saved or written out."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.queries import SavedQuery

FORMATS = ("table", "markdown", "csv", "tsv", "json", "jsonl", "xml", "turtle", "ntriples")


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """Declares the command."""
    parser = commands.add_parser(
        "query",
        parents=[common],
        help="ask the graph",
        description="Asks a saved query by its name, a file with one, or SPARQL; kg queries lists the saved ones.",
    )
    parser.add_argument("query", metavar="NAME|FILE|SPARQL")
    parser.add_argument(
        "--param", "-p", action="append", default=[], metavar="NAME=VALUE",
        help='a parameter: a label, alias or code ("Kazakhstan", "KZ"), an IRI, a date, a number',
    )  # fmt: skip
    parser.add_argument("--format", "-f", choices=FORMATS, default="table")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Prints the answer; where it is empty, says why on stderr."""
    from kg.graph import open_store
    from kg.graph.store import STORE
    from kg.queries import SavedQuery, explain_empty, render, run_limited, run_query

    params = dict(_pair(text) for text in arguments.param)
    query = _find(arguments.query)
    store = open_store(arguments.graph)
    if isinstance(query, SavedQuery):
        result = run_query(store, query, params)
    else:
        result = run_limited(arguments.graph / STORE, query, params)
    sys.stdout.write(render(result, arguments.format, store))
    if not result.rows and result.answer is None and isinstance(query, SavedQuery):
        print(explain_empty(store, query, params), file=sys.stderr)
    return 1 if isinstance(query, SavedQuery) and query.kind == "check" and result.rows else 0


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name:
        raise QueryError(f"--param {text!r} has no value", remedy="write --param name=value")
    return name.strip(), value


def _find(text: str) -> SavedQuery | str:
    """The saved query of this name, the query in this file, or the SPARQL text itself."""
    from kg.queries import find_query, has_header, load_queries, read_query

    if re.search(r"[{\s]", text.strip()):
        return text
    path = Path(text)
    if path.suffix in (".rq", ".sparql") or path.is_file():
        try:
            content = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise QueryError(f"cannot be read ({error})", file=path, remedy="check the path") from None
        return read_query(path) if has_header(content) else content
    return find_query(text, load_queries())
