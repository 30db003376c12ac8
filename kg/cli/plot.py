"""``kg plot``: a plot of the graph as a file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kg.cli.query import read_params
from kg.errors import KgError

FORMATS = ("svg", "png", "html", "json")


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """Declares the command."""
    parser = commands.add_parser(
        "plot",
        parents=[common],
        help="draw a plot from the graph",
        description="Draws a plot from saved queries; without a name it lists the plots. Every mark leads to its fact.",
    )
    parser.add_argument("name", metavar="NAME", nargs="?", help="trade, investment, timeline, network, ...")
    parser.add_argument("--param", "-p", action="append", default=[], metavar="NAME=VALUE", help="a parameter, as for kg query")
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help="the file: .svg, .png, .html or .json (default: JSON, printed)")
    parser.add_argument("--format", "-f", choices=FORMATS, help="default: by the ending of FILE")
    parser.add_argument("--base-url", metavar="URL", default="", help="let the marks lead to the pages of this server")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Writes the file; exit status 1, with the reason, where there is nothing to draw."""
    from kg.graph import open_store
    from kg.graph.export import write_whole
    from kg.plots import make_drawing, render_drawing

    if arguments.name is None:
        return _print_list()
    format = arguments.format or (arguments.output.suffix.lower().lstrip(".") if arguments.output else "json")
    if format not in FORMATS:
        raise KgError(f"no picture has the ending {arguments.output.suffix!r}", file=arguments.output, remedy="end it in .svg, .png, .html or .json")
    if arguments.output is None and format != "json":
        raise KgError(f"{format} is no text to print", remedy=f"name a file: -o {arguments.name}.{format}")
    params = read_params(arguments.param)
    drawing = make_drawing(open_store(arguments.graph), arguments.name, params, base_url=arguments.base_url)
    if drawing.why_empty:
        print(f"nothing to draw: {drawing.why_empty}", file=sys.stderr)
        return 1
    content = render_drawing(drawing, format)
    if arguments.output is None:
        sys.stdout.write(content.decode())
    else:
        write_whole(arguments.output, content)
    for note in drawing.notes:
        print(note, file=sys.stderr)
    return 0


def _print_list() -> int:
    from kg.plots import load_plots

    for plot in load_plots():
        print(f"{plot.name}\n  {plot.title}")
        for parameter in plot.parameters:
            default = f", default {parameter.default}" if parameter.default else ", may be left out"
            print(f"    --param {parameter.name}={parameter.type.upper()}{default}")
    return 0
