"""``kg doctor``: what is wrong with a graph on disk, and what to do; makes it anew."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from kg.cli import print_left_out
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.graph.health import Fault


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """Declares the command."""
    parser = commands.add_parser(
        "doctor",
        parents=[common],
        help="what is wrong with the graph on disk, and what to do",
        description="Reads every file of the graph: manifest, store, kept texts, contributions. Exit status 1 where one is damaged. "
        "--repair makes the graph anew from its kept texts and contributions; also one of an older version.",
    )
    parser.add_argument("--repair", action="store_true", help="make the graph anew from what it keeps")
    parser.add_argument("--leave-out", action="store_true", help="with --repair: go on without what is damaged beyond repair")
    parser.add_argument("--format", "-f", choices=("text", "json"), default="text")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Examines, repairs if asked, and says what was found."""
    from kg.graph.health import examine

    faults = examine(arguments.graph)
    if not arguments.graph.is_dir():
        raise KgError(faults[0].what, file=faults[0].file, remedy=faults[0].remedy)
    harm = [fault for fault in faults if not fault.note]
    if arguments.format == "json":
        sys.stdout.write(json.dumps([asdict(fault) for fault in faults], indent=1, ensure_ascii=False) + "\n")
    else:
        for fault in faults:
            print(f"{'note' if fault.note else fault.part}: {fault.file}: {fault.what} - {fault.remedy}")
        if not harm:
            print("the graph is whole")
    if not arguments.repair:
        return 1 if harm else 0
    return _repair(arguments, faults)


def _repair(arguments: argparse.Namespace, faults: Sequence[Fault]) -> int:
    from kg.cli.rooms import makers
    from kg.contribute.repair import repair

    if not any(not fault.note or fault.part == "contribution" for fault in faults):
        print("nothing to repair")
        return 0
    report = repair(arguments.graph, faults, makers(), leave_out=arguments.leave_out)
    for failure in report.failures:
        print_left_out(failure)
    for note in report.warnings:
        print(f"note: {note}", file=sys.stderr)
    print(f"made anew: {len(report.documents)} documents, {report.contributions} contributions, {report.facts.total()} extracted facts")
    return report.exit_status

