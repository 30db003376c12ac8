"""``kg load DIR...``: shards of extractions become the graph."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kg.cli.build import Bar, interruptible, tell


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """Declares the command."""
    parser = commands.add_parser(
        "load",
        parents=[common],
        help="make the graph from shards of kg extract",
        description="Makes the graph from what kg extract wrote, in place of the one that stands there: the same as kg build makes of the "
        "documents. Contributions stay.",
    )
    parser.add_argument("folders", nargs="+", metavar="DIR", type=Path, help="the folder of an extraction")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Loads, then says what was left out and prints the closing table."""
    from kg.cli.rooms import find_violations
    from kg.contribute.reading import make_extractor
    from kg.graph import build_extracted, read_contributions
    from kg.graph.intake import silent
    from kg.queries import derive
    from kg.scale.load import read_failures, read_shards
    from kg.scale.run import reader_version
    from kg.scale.shards import read_manifest

    interruptible()
    folders = [(folder, read_manifest(folder)) for folder in arguments.folders]
    extractor = make_extractor(read_contributions(arguments.graph)[0])
    ours = all(manifest.reader == reader_version(extractor) for _, manifest in folders)
    if not ours:
        print("note: the facts were extracted with other rules, or without the names that people gave - extract again with --graph", file=sys.stderr)
    report = build_extracted(
        read_shards(folders),
        arguments.graph,
        extractor=extractor if ours else None,
        failures=read_failures(folders),
        gazetteer=extractor.gazetteer,
        validate=find_violations,
        derive=derive,
        progress=Bar(sys.stderr) if sys.stderr.isatty() else silent,
    )
    tell(report)
    return report.exit_status
