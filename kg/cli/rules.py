"""``kg rules``: the rule author's loop - list, test, coverage."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli import print_left_out
from kg.cli.numbers import count_or_none
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.cards import Rule


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """Declares the command with its own three."""
    parser = commands.add_parser("rules", parents=[common], help="list the rules, test them, find what they miss")
    actions = parser.add_subparsers(metavar="list|test|coverage")
    parser.set_defaults(run=run_list, words=[], format="text")
    listing = actions.add_parser("list", parents=[common], help="the rules with what they make")
    listing.add_argument("words", nargs="*", metavar="WORD", help="only rules whose name, type or note holds it")
    listing.add_argument("--format", choices=("text", "markdown"), default="text", help="text, or a table for docs/rule-list.md")
    listing.set_defaults(run=run_list)
    testing = actions.add_parser("test", parents=[common], help="check the examples; exit status 1 where one fails")
    testing.add_argument("words", nargs="*", metavar="WORD", help="only rules whose name, type or note holds it")
    testing.set_defaults(run=run_test)
    coverage = actions.add_parser(
        "coverage",
        parents=[common],
        help="sentences with figures or two actors that give no fact, most telling first",
    )
    coverage.add_argument("paths", nargs="+", metavar="PATH", type=Path, help="documents, or folders of them")
    coverage.add_argument("--most", type=count_or_none, default=0, metavar="N", help="only the first N sentences")
    coverage.set_defaults(run=run_coverage)


def run_list(arguments: argparse.Namespace) -> int:
    """Prints the rules with their types, their places and their notes."""
    from kg.cards import read_rules

    if arguments.format == "markdown":
        print(_markdown(arguments.words), end="")
        return 0
    for rule in _asked(arguments.words, read_rules()):
        fixed = "".join(f" {role}={value}" for role, value in rule.fixed)
        counts = f"{sum(example.kind == 'yes' for example in rule.examples)} yes"
        print(f"{rule.name}\n  makes {rule.type}{fixed} ({Path(rule.file).name}:{rule.line}, {counts})")
        if rule.note:
            print(f"  {rule.note}")
    return 0


def _markdown(words: list[str]) -> str:
    """All rules in one table, by name; the built-in ones too."""
    from kg.cards import read_rules
    from kg.extract import BUILT_IN_RULES

    rows = [
        (rule.name, rule.type + "".join(f" {role}={value}" for role, value in rule.fixed), Path(rule.file).name,
         sum(example.kind == "yes" for example in rule.examples), rule.note)
        for rule in _asked(words, read_rules())
    ]  # fmt: skip
    rows += [(name, "TradeFigure", "built in", 0, "Rows of a table with years and trade columns.") for name in BUILT_IN_RULES]
    lines = ["# All rules", "", "Made by `kg rules list --format markdown`; a test holds it against `kg/rules/`.", "",
             "| rule | makes | file | examples | |", "|---|---|---|---|---|"]  # fmt: skip
    lines += [f"| `{name}` | {makes} | {file} | {count} | {note} |" for name, makes, file, count, note in sorted(rows)]
    return "\n".join(lines) + "\n"


def run_test(arguments: argparse.Namespace) -> int:
    """Checks every example and prints those that fail, with what the rule made of them."""
    from kg.extract import check_example, load_extractor

    extractor = load_extractor()
    outcomes = [
        check_example(rule, example, extractor)
        for rule in _asked(arguments.words, extractor.rules)
        for example in rule.examples
    ]
    failed = [outcome for outcome in outcomes if outcome.fault]
    for outcome in failed:
        print(f"{outcome.rule.file}:{outcome.example.line}: {outcome.rule.name}: {outcome.fault}")
        print(f"  {outcome.example.kind}  {outcome.example.text}")
        for line in outcome.actual:
            print(f"  made {line}")
    print(f"{len(outcomes) - len(failed)} of {len(outcomes)} examples hold")
    return 1 if failed else 0


def run_coverage(arguments: argparse.Namespace) -> int:
    """Prints the gaps of the documents, most telling first; a document that cannot be read is named and left out."""
    from kg.errors import DocumentError
    from kg.extract import load_extractor
    from kg.text import find_files, read_document

    extractor = load_extractor()
    gaps: list[tuple[int, str, int, str]] = []
    status = 0
    for path in find_files(arguments.paths):
        try:
            document = read_document(path)
        except DocumentError as error:
            print_left_out(error)
            status = 1
            continue
        gaps += [(-gap.weight, document.identifier, gap.start, gap.text) for gap in extractor.gaps(document)]
    for weight, identifier, start, text in sorted(gaps)[: arguments.most or None]:
        print(f"{-weight:>3}  {identifier}:{start}  {' '.join(text.split())}")
    print(f"{len(gaps)} sentences give no fact")
    return status


def _asked(words: list[str], rules: Iterable[Rule]) -> list[Rule]:
    found = []
    for rule in rules:
        text = " ".join((rule.name, rule.type, rule.note)).lower()
        if all(word.lower() in text for word in words):
            found.append(rule)
    if not found:
        raise KgError(f"no rule's name, type or note holds {' and '.join(words)!r}", remedy="see them all: kg rules list")
    return found
