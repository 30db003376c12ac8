"""``kg mcp``: the graph for assistants."""

from __future__ import annotations

import argparse

from kg.errors import KgError


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """Declares the command."""
    parser = commands.add_parser(
        "mcp",
        parents=[common],
        help="serve the graph to an assistant",
        description="Serves the graph over the Model Context Protocol, on standard input and output, until the input ends.",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Serves until the input ends."""
    try:
        from kg.mcp.server import serve
    except ModuleNotFoundError as error:
        raise KgError(f"kg mcp needs {error.name}", remedy="install it: pip install 'bilateral-kg[mcp]'") from error
    serve(arguments.graph)
    return 0
