"""``kg query``: one question to the graph, saved or written out."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.queries import SavedQuery
    from kg.queries.engine import Store

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
    parser.add_argument(
        "--history", action="store_true", help="ask all that was ever stated; what no longer stands names its decision by bkg:withdrawnBy",
    )  # fmt: skip
    parser.add_argument(
        "--endpoint", metavar="URL", help="ask a SPARQL 1.1 store elsewhere, by the address that it takes queries at, instead of --graph",
    )  # fmt: skip
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Prints the answer; where it is empty, says why on stderr."""
    from kg.graph import open_store
    from kg.graph.manifest import STORE

    params = read_params(arguments.param)
    asked = _find(arguments.query)
    if arguments.endpoint is not None:
        return _ask_elsewhere(arguments, asked, params)
    if not arguments.history:
        return _answer(arguments, asked, params, arguments.graph / STORE, open_store(arguments.graph))
    from kg.contribute.history import history_of

    with history_of(arguments.graph) as (folder, store):
        return _answer(arguments, asked, params, folder, store)


def _ask_elsewhere(arguments: argparse.Namespace, asked: tuple[SavedQuery | str, str], params: Mapping[str, str]) -> int:
    from kg.endpoint import Endpoint

    if arguments.history:
        raise QueryError("the history of facts lies beside a graph, not in a store elsewhere", remedy="leave --endpoint or --history out")
    return _answer(arguments, asked, params, None, Endpoint(arguments.endpoint))


def _answer(
    arguments: argparse.Namespace, asked: tuple[SavedQuery | str, str], params: Mapping[str, str], folder: Path | None, store: Store
) -> int:
    from kg.queries import SavedQuery, contributed, explain_empty, explain_no_rows, render, run_limited, run_query, with_origin

    query, file = asked
    if isinstance(query, SavedQuery) and not file:
        result = run_query(store, query, params)
        told = with_origin(store, result)
        if arguments.format != "table" or contributed(told):  # people need the column only where there is something to tell apart
            result = told
    elif folder is None:  # the store elsewhere stops a query that takes too long, or we no longer wait for it
        result = run_query(store, query, params, file=file or "the query")
    else:
        result = run_limited(folder, query, params, file=file or "the query")
    sys.stdout.write(render(result, arguments.format, store))
    if not result.rows and result.answer is None:
        why = explain_empty(store, query, params) if isinstance(query, SavedQuery) else explain_no_rows(store, query)
        print(why, end="\n" if why else "", file=sys.stderr)
    return 1 if isinstance(query, SavedQuery) and query.kind == "check" and result.rows else 0


def read_params(texts: Iterable[str]) -> dict[str, str]:
    """The parameters of all `--param`. Raises `QueryError`, also for one that is given twice: neither value may go unheard."""
    params: dict[str, str] = {}
    for text in texts:
        name, value = read_param(text)
        if name in params:
            raise QueryError(f"the parameter {name} is given twice: {params[name]!r} and {value!r}", remedy="give it once")
        params[name] = value
    return params


def read_param(text: str) -> tuple[str, str]:
    """Name and value of `NAME=VALUE`. Raises `QueryError`."""
    name, sign, value = text.partition("=")
    if not sign or not name:
        raise QueryError(f"--param {text!r} has no value", remedy="write --param name=value")
    return name.strip(), value


def _find(text: str) -> tuple[SavedQuery | str, str]:
    """The saved query of this name, the query in this file with the file's name, or the SPARQL text itself."""
    from kg.queries import find_query, has_header, load_queries, read_query

    if not text.strip() or re.search(r"[{\s]", text.strip()):
        return text, ""
    path = Path(text)
    if path.suffix in (".rq", ".sparql") or path.is_file():
        try:
            content = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it is not UTF-8"
            raise QueryError(f"cannot be read: {reason}", file=path, remedy="give a readable UTF-8 file") from None
        return read_query(path) if has_header(content) else content, text
    return find_query(text, load_queries()), ""
