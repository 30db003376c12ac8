"""``kg extract PATH... -o DIR``: documents to facts in shards, on this machine or a cluster."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli import print_left_out
from kg.cli.build import Bar, interruptible
from kg.cli.numbers import count
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.scale.run import Engine, ExtractionReport

ENGINES = ("local", "spark")
FORMATS = ("nquads", "parquet")
_SHOWN = 20


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """Declares the command."""
    parser = commands.add_parser(
        "extract",
        parents=[common],
        help="make facts from very many documents, without a store",
        description="Makes sorted N-Quads and Parquet tables of the facts of documents, in shards that kg load or any triple store takes. "
        "The same documents give the same bytes on every engine; a run that was broken off goes on where it was.",
    )
    parser.add_argument("paths", nargs="+", metavar="PATH", help="documents as for kg build, .jsonl, .parquet, .warc, .wet (also .gz), or folders of such")
    parser.add_argument("-o", "--output", required=True, metavar="DIR", type=Path, help="the folder of the shards")
    parser.add_argument("--engine", choices=ENGINES, default="local", help="processes of this machine, or Apache Spark (default: %(default)s)")
    parser.add_argument("--jobs", type=count, metavar="N", help="worker processes of the local engine (default: one a core)")
    parser.add_argument("--parts", type=count, metavar="N", help="shards (default: one for every 100 kB of input up to 64, of more input one for every 32 MB)")
    parser.add_argument("--format", action="append", choices=FORMATS, dest="formats", help="of the facts; may be given again (default: all)")
    parser.add_argument("--master", metavar="URL", help="the Spark cluster (default: as spark-submit or Spark's own files say, else this machine)")
    parser.add_argument("--conf", action="append", default=[], metavar="NAME=VALUE", help="a setting of Spark")
    parser.set_defaults(run=run, interrupted="the same command goes on with what is finished")


def run(arguments: argparse.Namespace) -> int:
    """Extracts, then says what was left out and prints the closing table."""
    from kg.cli.rooms import find_violations
    from kg.graph import read_contributions
    from kg.graph.decisions import read_decisions
    from kg.graph.intake import silent
    from kg.scale.run import extract_shards

    interruptible()
    report = extract_shards(
        arguments.paths,
        arguments.output,
        _engine(arguments),
        validate=find_violations,
        parts=arguments.parts,
        formats=tuple(arguments.formats or FORMATS),
        aliases=read_decisions(read_contributions(arguments.graph)[0]).aliases,
        progress=Bar(sys.stderr) if sys.stderr.isatty() else silent,
    )
    _tell(report)
    return report.exit_status


def _engine(arguments: argparse.Namespace) -> Engine:
    if arguments.engine == "local":
        if arguments.master or arguments.conf:
            raise KgError("--master and --conf are for Spark", remedy="add --engine spark, or leave them out")
        from kg.scale.local import LocalEngine

        return LocalEngine(arguments.jobs)
    if arguments.jobs:
        raise KgError("--jobs is for the local engine", remedy="tell Spark by --master or --conf how much it may take")
    from kg.scale.spark import SparkEngine

    for setting in arguments.conf:
        if "=" not in setting.lstrip("="):
            raise KgError(f"--conf {setting!r} has no value", remedy="write --conf spark.executor.memory=4g")
    return SparkEngine(arguments.master or "", dict(setting.split("=", 1) for setting in arguments.conf))


def _tell(report: ExtractionReport) -> None:
    for failure in report.failures:
        print_left_out(failure)
    left_out = report.manifest.failures + report.manifest.rejected
    shown = 0
    for file in sorted((report.directory / "failures").glob("*.jsonl")):
        with file.open(encoding="utf-8") as lines:
            for line in lines:
                if shown == _SHOWN:
                    break
                said = json.loads(line)
                print_left_out(f"{said['file']}: {said['what']}" + (f" - {said['remedy']}" if said.get("remedy") else ""))
                shown += 1
    if left_out > shown:
        print(f"and {left_out - shown:,} more", file=sys.stderr)
    if left_out:
        print(f"all that was left out is listed in {report.directory / 'failures'}", file=sys.stderr)
    if report.again:
        print("done before: the shards stand as they were written", file=sys.stderr)
    manifest = report.manifest
    rows = [
        ("documents", manifest.documents), ("documents left out", manifest.failures), ("facts", manifest.facts),
        ("violations (kept out)", manifest.rejected), ("statements", manifest.quads), ("files", len(manifest.files)),
    ]  # fmt: skip
    width = max(len(name) for name, _ in rows)
    print("".join(f"{name:<{width}}  {number:>10,}\n" for name, number in rows), end="")
