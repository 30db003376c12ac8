"""What the rules make of all combinations of subjects, verbs, objects and constructions: grids of sentences with the facts they tell.

    python tests/bench/accuracy/grids.py [FILE ...] [--every N] [--grid NAME] [--misses N]

A grid (`grids/*.toml`) is a sentence with slots and, for each slot, the words that may stand there; each combination is a sentence.
`facts` are told by every one of them, `never` names the types of which none may be asserted. A slot's word may stand for
something else (a table: words = what a role holds, alternatives with `|`). Compared like marked facts: every role is a key.
Printed by grid: sentences, share that gives all of its facts, facts beside them in a hundred sentences.
`--misses` shows the words of each slot that lose most and so many sentences with what was made of them.
"""

from __future__ import annotations

import argparse
import itertools
import re
import sys
import tomllib
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[2])]  # a checkout runs without being installed

from compare import Comparer  # noqa: E402

from kg.extract import Extractor, load_extractor, read, write_fact  # noqa: E402
from kg.model import Document, Entity, Fact  # noqa: E402
from kg.terms import FACT_TYPES  # noqa: E402

SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Grid:
    """One sentence with slots: the words of each with what they stand for, the facts told, the types that must not be."""

    name: str
    text: str
    slots: Mapping[str, Mapping[str, Any]]
    facts: tuple[Mapping[str, Any], ...]
    never: frozenset[str]
    pair: tuple[str, ...]
    date: str

    def cells(self, every: int = 1) -> Iterator[Cell]:
        """The sentences; of each so many one, always the same."""
        for chosen in itertools.product(*(words.items() for words in self.slots.values())):
            said = {slot: words for slot, (words, _) in zip(self.slots, chosen, strict=True)}
            text = SLOT.sub(lambda m: said[m[1]], self.text)  # noqa: B023 - used at once
            text = text[:1].upper() + text[1:]
            if zlib.crc32(text.encode()) % every == 0:
                meant = {slot: meaning for slot, (_, meaning) in zip(self.slots, chosen, strict=True)}
                yield Cell(text, said, tuple(_marked(fact, meant) for fact in self.facts))


@dataclass(frozen=True, slots=True)
class Cell:
    """One sentence of a grid: the words chosen by slot, and what is to be found."""

    text: str
    said: Mapping[str, str]
    marked: tuple[Mapping[str, Any], ...]


@dataclass(slots=True)
class Score:
    """How a grid came out."""

    cells: int = 0
    right: int = 0
    others: int = 0
    tried: Counter[tuple[str, str]] = field(default_factory=Counter)
    lost: Counter[tuple[str, str]] = field(default_factory=Counter)
    shown: list[str] = field(default_factory=list)

    def line(self, name: str) -> str:
        if not self.cells:
            return f"{name:60} {0:7} {'-':>7} {'-':>7}"
        return f"{name:60} {self.cells:7} {self.right / self.cells:7.1%} {100 * self.others / self.cells:7.1f}"


def _marked(fact: Mapping[str, Any], meant: Mapping[str, Any]) -> Mapping[str, Any]:
    """The fact with its slots filled, in the form of a marked one."""
    roles = {role: _filled(value, meant) for role, value in fact.items() if role not in ("type", "status")}
    return {"type": fact["type"], "roles": roles, "status": fact.get("status", "Asserted")}


def _filled(value: Any, meant: Mapping[str, Any]) -> Any:
    if isinstance(value, list):
        filled = [_filled(one, meant) for one in value]
        return [each for one in filled for each in (one if isinstance(one, list) else [one])]
    if isinstance(value, str) and (slot := SLOT.fullmatch(value)):
        return meant[slot[1]]
    return value


def read_grids(path: Path) -> Iterator[Grid]:
    """The grids of one file. ``ValueError`` says which file or grid lacks what."""
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ValueError(f"{path}: cannot be read ({error.strerror}): give a file of grids") from None
    except ValueError as error:
        raise ValueError(f"{path}: is no TOML: {error}") from None
    shared = {name: _words(value) for name, value in written.get("slots", {}).items()}
    if not written.get("grid"):
        raise ValueError(f"{path}: holds no [[grid]]")
    for number, each in enumerate(written["grid"], 1):
        name = f"{path.stem}: {each.get('name', each.get('text', number))}"
        own = {slot: _words(value) for slot, value in each.items() if slot not in ("name", "text", "facts", "never", "pair", "date")}
        if fault := _fault(each, {"pair": written.get("pair"), "date": written.get("date"), **each}, own, shared):
            raise ValueError(f"{path}: {name}: {fault}")
        used = dict.fromkeys(SLOT.findall(each["text"]))
        yield Grid(
            name, each["text"], {slot: own.get(slot) or shared[slot] for slot in used}, tuple(each.get("facts", ())), frozenset(each.get("never", ())),
            tuple(each.get("pair") or written["pair"]), each.get("date") or written["date"],
        )  # fmt: skip


def _fault(grid: Mapping[str, Any], whole: Mapping[str, Any], own: Mapping[str, Any], shared: Mapping[str, Any]) -> str:
    """What is wrong with a grid, whose pair and date may be its file's; "" where nothing is."""
    for needed in ("text", "pair", "date"):
        if not whole.get(needed):
            return f"it has no {needed}"
    used = set(SLOT.findall(grid["text"]))
    if missing := sorted(slot for slot in used if not (own.get(slot) or shared.get(slot))):
        return f"slot {missing[0]} has no words"
    if idle := sorted(own.keys() - used):
        return f"slot {idle[0]} has no place in the text"
    if not (grid.get("facts") or grid.get("never")):
        return "it tells neither facts nor what is never one"
    for fact in grid.get("facts", ()):
        if unknown := sorted(set(SLOT.findall(str(fact))) - used):
            return f"a fact is of slot {unknown[0]}, which is not in the text"
    types = [fact.get("type", "") for fact in grid.get("facts", ())] + list(grid.get("never", ()))
    return next((f"{kind!r} is no type of facts" for kind in types if kind not in FACT_TYPES), "")


def _words(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {word: word for word in value}


def try_grid(grid: Grid, extractor: Extractor, every: int, shown: int) -> Score:
    """Read each sentence of the grid as a document of its date and pair."""
    score, comparer = Score(), Comparer(extractor.gazetteer)
    pair = _states(grid, extractor)
    for cell in grid.cells(every):
        document = Document("grid", cell.text, "0" * 64, issued=grid.date)
        facts = extractor.extract_reading(read(document, extractor.gazetteer, pair=pair))
        answering = [[f for f in facts if comparer.agreement(f, marked)[0]] for marked in cell.marked]
        wrong = [f for f in facts if f.type in grid.never and f.status == "Asserted"]
        right = all(answering) and not wrong
        score.cells += 1
        score.right += right
        score.others += sum(not any(f in found for found in answering) for f in facts)
        score.tried.update(cell.said.items())
        if not right:
            score.lost.update(cell.said.items())
            if len(score.shown) < shown or zlib.crc32(cell.text.encode()) % max(1, len(score.shown)) == 0:
                score.shown.append(_shown(cell.text, facts))
    return score


def _states(grid: Grid, extractor: Extractor) -> tuple[Entity, ...]:
    """The two states. ``ValueError`` where the gazetteer does not know one."""
    found = {name: extractor.gazetteer.by_label(name) for name in grid.pair}
    if unknown := [name for name, entities in found.items() if not entities]:
        raise ValueError(f"{grid.name}: the gazetteer knows no {unknown[0]}")
    return tuple(entities[0] for entities in found.values())


def _shown(text: str, facts: Sequence[Fact]) -> str:
    return "\n".join([f"    {text}", *(f"        {write_fact(f)} [{f.activity.rule}]" for f in facts)])


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="grids to try; without any, all of grids/")
    parser.add_argument("--every", type=int, default=1, help="one sentence in so many")
    parser.add_argument("--grid", default="", help="grids whose name holds this")
    parser.add_argument("--misses", type=int, default=0, help="show so many sentences that lose a fact, by grid")
    options = parser.parse_args(argv)
    if options.every < 1:
        parser.error(f"--every is {options.every}: give a whole number from 1, which takes every sentence")
    if options.misses < 0:
        parser.error(f"--misses is {options.misses}: give how many sentences to show")
    try:
        grids = [g for path in options.files or sorted((HERE / "grids").glob("*.toml")) for g in read_grids(path) if options.grid in g.name]
        extractor = load_extractor()
        for grid in grids:
            _states(grid, extractor)
    except ValueError as error:
        parser.error(str(error))
    if not grids:
        parser.error(f"no grid is called {options.grid!r}: run it without --grid, which prints the names of all")
    whole: dict[str, Score] = {}
    print(f"{'':60} {'cells':>7} {'right':>7} {'others':>7}")
    for grid in grids:
        score = try_grid(grid, extractor, options.every, options.misses)
        print(score.line(grid.name[:60]))
        if options.misses:
            for (slot, words), lost in score.lost.most_common():
                if lost / score.tried[slot, words] > max(0.3, 1.5 * (1 - score.right / score.cells)):
                    print(f"    {slot} {words!r}: {lost} of {score.tried[slot, words]} lost")
            print(*score.shown[-options.misses:], sep="\n", end="\n" if score.shown else "")
        for name in (grid.name.split(":")[0], "ALL"):
            total = whole.setdefault(name, Score())
            total.cells, total.right, total.others = total.cells + score.cells, total.right + score.right, total.others + score.others
    for name in [*sorted(n for n in whole if n != "ALL"), *(n for n in whole if n == "ALL")]:
        print(whole[name].line(f"ALL {name}" if name != "ALL" else name))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
