"""How much of what was marked by hand the rules find, and how much of what they make was marked.

    python tests/bench/accuracy/accuracy.py [--misses] [--extras] [--type T] [--phenomenon P] [--document D]
    python tests/bench/accuracy/accuracy.py --set sixth --unread

Recall = marked facts found / marked facts that are not optional. Precision = facts that answer a marked one (optional ones
too) / facts made. Facts that nobody marked may be true all the same: read the extras before believing a precision.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SETS = {"first": HERE, **{name: HERE / name for name in ("second", "third", "fourth", "fifth", "sixth", "seventh")}}
"""The sets of invented documents: folders with `documents` and `gold`."""
sys.path[:0] = [str(HERE), str(HERE.parents[2])]  # a checkout runs without being installed

from compare import Comparer, assign, overlaps  # noqa: E402

from kg.extract import Extractor, read, write_fact  # noqa: E402
from kg.model import Document, Fact, Span  # noqa: E402
from kg.terms import FACT_TYPES  # noqa: E402
from kg.text import read_document  # noqa: E402

Marked = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """A text, what was marked in it, and what the rules made of it. ``group`` is its phenomenon or its document's name."""

    group: str
    sentence: bool
    text: str
    marked: tuple[Marked, ...]
    facts: tuple[Fact, ...]

    def places(self, marked: Marked) -> list[Span]:
        """Where the marked fact stands: all places of its quote, the whole text of a labelled sentence."""
        if self.sentence:
            return [Span(0, len(self.text))]
        return [Span(m.start(), m.end()) for m in re.finditer(re.escape(marked["quote"]), self.text)]


@dataclass(slots=True)
class Tally:
    """Counts of one line of the table."""

    marked: int = 0
    found: int = 0
    partial: int = 0
    made: int = 0
    answering: int = 0

    def line(self, name: str) -> str:
        """One row: name, counts, recall and precision ("-" where there is nothing to divide by)."""
        recall = f"{self.found / self.marked:7.1%}" if self.marked else "      -"
        precision = f"{self.answering / self.made:9.1%}" if self.made else "        -"
        return f"{name:34} {self.marked:6} {self.found:6} {self.partial:8} {recall} {self.made:6} {precision}"


HEADER = f"{'':34} {'marked':>6} {'found':>6} {'partial':>8} {'recall':>7} {'made':>6} {'precision':>9}"


def read_sentences(extractor: Extractor, phenomenon: str = "") -> Iterator[Case]:
    """The labelled sentences (of one phenomenon), each read as a document of its date and pair."""
    gazetteer = extractor.gazetteer
    for line in (HERE / "sentences.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        if phenomenon and case["phenomenon"] != phenomenon:
            continue
        text = case["text"]
        pair = tuple(gazetteer.by_label(name)[0] for name in case["between"])
        document = Document("sentence", text, hashlib.sha256(text.encode()).hexdigest(), issued=case["date"])
        facts = extractor.extract_reading(read(document, gazetteer, pair=pair))
        yield Case(case["phenomenon"], True, text, tuple(case["facts"]), facts)


def unread_documents() -> frozenset[str]:
    """The names of the documents that no author of rules has opened: what is found in them tells what to expect elsewhere."""
    lines = (HERE / "unread.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def read_documents(extractor: Extractor, name: str = "*", among: str = "first", unread: bool = False) -> Iterator[Case]:
    """The invented documents of a set (or the one of this name) with the facts marked in them: those that rule authors may read, or the others."""
    folder, hidden = SETS[among], unread_documents()
    for path in sorted((folder / "documents").glob(f"{name}.txt")):
        if (path.stem in hidden) != unread:
            continue
        document = read_document(path)
        marked = json.loads((folder / "gold" / f"{path.stem}.json").read_text(encoding="utf-8"))
        yield Case(path.stem, False, document.text, tuple(marked), extractor.extract(document))


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one case came out: per marked fact the fact that answers it or comes near it; what else was made."""

    case: Case
    found: dict[int, int]
    partial: dict[int, int]

    @property
    def extras(self) -> list[Fact]:
        """Facts made that answer nothing, not even in part."""
        used = {*self.found.values(), *self.partial.values()}
        return [f for i, f in enumerate(self.case.facts) if i not in used]


def compare_case(case: Case, comparer: Comparer) -> Outcome:
    """What was found, required facts before optional ones; the rest in part where the type and the place agree."""
    fits: dict[int, list[int]] = {}
    near: list[tuple[float, int, int]] = []
    order = sorted(range(len(case.marked)), key=lambda i: (bool(case.marked[i].get("optional")), i))
    for i in order:
        places = case.places(case.marked[i])
        agreed = [(*comparer.agreement(f, case.marked[i]), x) for x, f in enumerate(case.facts) if overlaps(f, places)]
        fits[i] = [x for right, _, x in agreed if right]
        near += [(-share, i, x) for right, share, x in agreed if share >= 0 and not right]
    found = assign(fits)
    partial: dict[int, int] = {}
    used = set(found.values())
    for _, i, x in sorted(near):
        if i not in found and i not in partial and x not in used:
            partial[i] = x
            used.add(x)
    return Outcome(case, found, partial)


def count(outcomes: Sequence[Outcome], only_type: str = "") -> dict[str, Tally]:
    """The tallies by group (phenomenon or document), by type ("type X") and of all."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for outcome in outcomes:
        case = outcome.case
        kind = "sentences" if case.sentence else "documents"
        tallies[f"{kind} {case.group}"]  # a group without marked or made facts has its line too
        for i, marked in enumerate(case.marked):
            if marked.get("optional") or (only_type and marked["type"] != only_type):
                continue
            for name in (f"{kind} {case.group}", f"type {marked['type']}", f"ALL {kind}", "ALL"):
                tallies[name].marked += 1
                tallies[name].found += i in outcome.found
                tallies[name].partial += i in outcome.partial
        answering = set(outcome.found.values())
        for x, fact in enumerate(case.facts):
            if only_type and fact.type != only_type:
                continue
            for name in (f"{kind} {case.group}", f"type {fact.type}", f"ALL {kind}", "ALL"):
                tallies[name].made += 1
                tallies[name].answering += x in answering
    return tallies


def table(tallies: dict[str, Tally]) -> str:
    """The tallies as text: phenomena, types, documents, all."""
    lines: list[str] = []
    for title, prefix in (("by phenomenon (sentences)", "sentences "), ("by fact type (both)", "type "), ("by document", "documents ")):
        names = sorted(n for n in tallies if n.startswith(prefix))
        if names:
            lines += ["", title, HEADER, *(tallies[n].line(n.removeprefix(prefix)) for n in names)]
    return "\n".join([*lines, "", *(tallies[n].line(n) for n in ("ALL sentences", "ALL documents", "ALL") if n in tallies)])


def describe_misses(outcome: Outcome, only_type: str) -> Iterator[str]:
    """One line a marked fact that was not found, and the fact that comes nearest."""
    case = outcome.case
    for i, marked in enumerate(case.marked):
        if i in outcome.found or marked.get("optional") or (only_type and marked["type"] != only_type):
            continue
        keys = marked.get("key") or list(marked["roles"])
        roles = ", ".join(f"{k}={_short(v)}" for k, v in marked["roles"].items() if k in keys)
        near = f"\n          made: {write_fact(case.facts[outcome.partial[i]])}" if i in outcome.partial else ""
        text = case.text if case.sentence else marked["quote"]
        yield f"{'partial' if near else 'missed':8} [{case.group}] {marked['type']} {marked['status']} {roles}\n          «{text}»{near}"


def describe_extras(outcome: Outcome, only_type: str) -> Iterator[str]:
    """One line a fact made that answers nothing."""
    case = outcome.case
    for fact in outcome.extras:
        if only_type and fact.type != only_type:
            continue
        span = fact.evidence[0]
        text = case.text if case.sentence else case.text[span.start : span.end]
        yield f"extra    [{case.group}] {fact.type} {write_fact(fact)} ({fact.activity.rule})\n          «{text}»"


def _short(value: object) -> str:
    return "+".join(str(v).split("|")[0] for v in value) if isinstance(value, list) else str(value)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true", help="print the marked facts that were not found, with what comes nearest")
    parser.add_argument("--extras", action="store_true", help="print the facts made that answer nothing")
    parser.add_argument("--type", choices=sorted(FACT_TYPES), default="", help="this fact type only")
    parser.add_argument("--phenomenon", default="", help="the sentences of this phenomenon only")
    parser.add_argument("--document", default="", help="this document only (its file's name without extension)")
    parser.add_argument("--set", choices=list(SETS), default="first", help="the documents of this set; the labelled sentences go with the first")
    parser.add_argument("--unread", action="store_true", help="the documents of the set that no author of rules has opened: figures only")
    given = parser.parse_args(arguments)
    if given.unread and (given.misses or given.extras):
        parser.error("what is missed in unread documents is not shown: rules made for it would spoil the measure; see unread.txt")
    extractor = Extractor()
    comparer = Comparer(extractor.gazetteer)
    sentences = () if given.document or given.unread or given.set != "first" else read_sentences(extractor, given.phenomenon)
    documents = () if given.phenomenon else read_documents(extractor, given.document or "*", given.set, given.unread)
    outcomes = [compare_case(case, comparer) for case in (*sentences, *documents)]
    if not outcomes:
        where = (SETS[given.set] / "documents").relative_to(HERE)
        parser.error(f"nothing has that name: the phenomena stand in sentences.jsonl, the documents in {where}/ (see unread.txt too)")
    for outcome in outcomes:
        lines = list(describe_misses(outcome, given.type)) if given.misses else []
        lines += describe_extras(outcome, given.type) if given.extras else ()
        print(*lines, sep="\n", end="\n" if lines else "")
    print(table(count(outcomes, given.type)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
