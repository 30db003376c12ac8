"""``kg push --endpoint URL``: the graph, or shards of kg extract, to a triple store elsewhere."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kg.cli.build import Bar
from kg.errors import KgError


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """Declares the command."""
    parser = commands.add_parser(
        "push",
        parents=[common],
        help="bring the graph to a triple store elsewhere",
        description="Puts every named graph into a store that speaks the SPARQL 1.1 Graph Store HTTP Protocol, in place of what it held under "
        "that name; with DIR not the graph but the facts that kg extract wrote there. KG_ENDPOINT_TOKEN, or KG_ENDPOINT_USER and "
        "KG_ENDPOINT_PASSWORD, say who you are.",
    )
    parser.add_argument("folders", nargs="*", metavar="DIR", type=Path, help="the folder of an extraction")
    parser.add_argument("--endpoint", required=True, metavar="URL", help="where the store takes graphs: .../store, .../data")
    parser.add_argument("--queries", metavar="URL", help="where it takes queries: .../query, .../sparql; needed with DIR")
    parser.set_defaults(run=run, interrupted="the store has some of the graph; the same command brings all of it")


def run(arguments: argparse.Namespace) -> int:
    """Pushes, then says how much."""
    from kg.endpoint import Endpoint
    from kg.graph import open_store
    from kg.graph.intake import silent
    from kg.queries import derive
    from kg.scale.push import push_graph, push_shards

    endpoint = Endpoint(arguments.endpoint)
    progress = Bar(sys.stderr) if sys.stderr.isatty() else silent
    if not arguments.folders:
        pushed = push_graph(open_store(arguments.graph), endpoint, progress)
    elif arguments.queries:
        pushed = push_shards(arguments.folders, endpoint, Endpoint(arguments.queries), derive, progress)
    else:
        raise KgError("what follows from the facts is asked of the store itself", remedy="add --queries URL: where it takes queries")
    print(f"pushed {pushed.graphs:,} graphs, {pushed.triples:,} statements")
    return 0
