"""``kg serve``: the graph over HTTP."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from kg.errors import KgError


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """Declares the command."""
    parser = commands.add_parser(
        "serve",
        parents=[common],
        help="serve the graph over HTTP: pages, SPARQL, saved queries",
        description="Serves the graph: pages for people, a SPARQL endpoint, the saved queries as an API, linked data.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen at (default: %(default)s, this machine only)")
    parser.add_argument("--port", type=int, default=8000, help="the port (default: %(default)s; 0: any that is free)")
    parser.add_argument("--base-url", metavar="URL", default="", help="the address that the public sees, behind a proxy")
    parser.add_argument("--tokens", metavar="FILE", type=Path, help="who may hand in facts by POST /contributions: lines of TOKEN NAME (default: nobody)")
    limits = parser.add_argument_group("limits")
    limits.add_argument("--seconds", type=float, default=10.0, help="how long a query may take (default: %(default)g)")
    limits.add_argument("--memory", type=int, metavar="MB", default=2048, help="memory of one query's process (default: %(default)s)")
    limits.add_argument("--rows", type=int, default=100_000, help="rows of one answer (default: %(default)s)")
    limits.add_argument("--workers", type=int, default=max(2, os.cpu_count() or 2), help="queries side by side (default: %(default)s)")
    limits.add_argument("--cache", type=int, metavar="MB", default=64, help="memory for answers kept (default: %(default)s)")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Serves until it is interrupted."""
    try:
        from kg.serve.server import serve
        from kg.serve.settings import Settings
        from kg.serve.tokens import read_tokens
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "kg":
            raise
        raise KgError(f"kg serve needs {error.name}", remedy="install it: pip install 'bilateral-kg[serve]'") from None
    settings = Settings(
        arguments.graph, arguments.host, arguments.port, arguments.base_url, arguments.seconds,
        memory=arguments.memory * 1024**2, rows=arguments.rows, workers=arguments.workers, cache=arguments.cache * 1024**2,
        tokens=read_tokens(arguments.tokens) if arguments.tokens else {},
    )  # fmt: skip
    serve(settings)
    return 0
