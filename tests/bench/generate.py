"""Documents in any number, of which it is known what they say.

    python -m tests.bench.generate DIR COUNT [SEED]

Each document is a short note about two states: a heading with its date, then sentences of several wordings, each with the one fact that it
tells. Names, figures and dates vary; nothing in them is true. `known_facts` says what a document of a number tells, without reading it.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

STATES = (
    ("Chile", "Chilean", "Santiago"), ("Peru", "Peruvian", "Lima"), ("Ghana", "Ghanaian", "Accra"), ("Kenya", "Kenyan", "Nairobi"),
    ("Norway", "Norwegian", "Oslo"), ("Poland", "Polish", "Warsaw"), ("Vietnam", "Vietnamese", "Hanoi"), ("Morocco", "Moroccan", "Rabat"),
    ("Senegal", "Senegalese", "Dakar"), ("Portugal", "Portuguese", "Lisbon"), ("Finland", "Finnish", "Helsinki"), ("Bolivia", "Bolivian", "La Paz"),
    ("Angola", "Angolan", "Luanda"), ("Mongolia", "Mongolian", "Ulaanbaatar"), ("Hungary", "Hungarian", "Budapest"), ("Cuba", "Cuban", "Havana"),
)  # fmt: skip
MATTERS = ("river transport", "grain storage", "coastal fisheries", "rail safety", "seed exchange", "solar power", "forest fires", "harbour fees")
MONTHS = "January February March April May June July August September October November December".split()


@dataclass(frozen=True, slots=True)
class Told:
    """A fact that a document tells: its type and some of its roles, as (role, label or word or number)."""

    type: str
    roles: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Pair:
    one: tuple[str, str, str]
    other: tuple[str, str, str]
    choice: random.Random


def _treaty(p: _Pair) -> tuple[str, Told]:
    matter, year = p.choice.choice(MATTERS), p.choice.randrange(1995, 2023)
    day, month = p.choice.randrange(1, 29), p.choice.choice(MONTHS)
    date = f"{year}-{MONTHS.index(month) + 1:02}-{day:02}"
    a, b, place = p.one[0], p.other[0], p.one[2]
    text = p.choice.choice((
        f"{a} and {b} signed an agreement on {matter} in {place} on {day} {month} {year}.",
        f"An agreement on {matter} was signed by {a} and {b} in {place} on {day} {month} {year}.",
        f"On {day} {month} {year}, {a} and {b} signed an agreement on {matter} in {place}.",
    ))  # fmt: skip
    return text, Told("AgreementAction", (("action", "signed"), ("party", a), ("party", b), ("date", date)))


def _trade(p: _Pair) -> tuple[str, Told]:
    amount, year = p.choice.randrange(2, 900), p.choice.randrange(2000, 2022)
    a, b = p.one[0], p.other[0]
    text = p.choice.choice((
        f"Trade between {a} and {b} reached {amount} million dollars in {year}.",
        f"In {year}, trade between {a} and {b} amounted to {amount} million dollars.",
        f"Trade between {a} and {b} was {amount} million dollars in {year}.",
    ))  # fmt: skip
    return text, Told("TradeFigure", (("flow", "total"), ("amount", str(amount * 1_000_000)), ("date", str(year))))


def _exports(p: _Pair) -> tuple[str, Told]:
    amount, year = p.choice.randrange(2, 900), p.choice.randrange(2000, 2022)
    a, b = p.one, p.other[0]
    text = p.choice.choice((
        f"{a[0]}'s exports to {b} reached {amount} million dollars in {year}.",
        f"In {year}, {a[1]} exports to {b} amounted to {amount} million dollars.",
        f"{a[1]} exports to {b} were {amount} million dollars in {year}.",
    ))  # fmt: skip
    return text, Told("TradeFigure", (("flow", "exports"), ("reporter", a[0]), ("partner", b), ("amount", str(amount * 1_000_000))))


def _relations(p: _Pair) -> tuple[str, Told]:
    year, a, b = p.choice.randrange(1950, 1995), p.one[0], p.other[0]
    text = p.choice.choice((
        f"{a} and {b} established diplomatic relations in {year}.",
        f"Diplomatic relations between {a} and {b} were established in {year}.",
        f"In {year}, {a} and {b} established diplomatic relations.",
    ))  # fmt: skip
    return text, Told("DiplomaticRelations", (("step", "established"), ("between", a), ("between", b), ("date", str(year))))


def _meeting(p: _Pair) -> tuple[str, Told]:
    year, a, b, place = p.choice.randrange(2000, 2022), p.one[0], p.other[0], p.other[2]
    text = p.choice.choice((
        f"The presidents of {a} and {b} met in {place} in {year}.",
        f"In {year} the presidents of {a} and {b} met in {place}.",
    ))  # fmt: skip
    return text, Told("Meeting", (("date", str(year)), ("place", place)))


def _cooperation(p: _Pair) -> tuple[str, Told]:
    a, b, field = p.one[0], p.other[0], p.choice.choice(("energy", "education", "agriculture", "transport", "tourism"))
    text = p.choice.choice((f"{a} and {b} cooperate in {field}.", f"{a} cooperates with {b} in {field}."))
    return text, Told("Cooperation", (("participant", a), ("participant", b), ("sector", field)))


KINDS: tuple[Callable[[_Pair], tuple[str, Told]], ...] = (_treaty, _trade, _exports, _relations, _meeting, _cooperation)


def make_document(number: int, seed: int = 1) -> tuple[str, tuple[Told, ...]]:
    """The text of the document of this number, and the facts in it."""
    choice = random.Random(seed * 10_000_019 + number)
    pair = _Pair(*choice.sample(STATES, 2), choice)
    told = [kind(pair) for kind in choice.sample(KINDS, 3)]
    body = " ".join(text for text, _ in told)
    head = f"---\ntitle: Note {number} on {pair.one[0]} and {pair.other[0]}\nissued: 2023-0{1 + number % 9}-1{number % 10}\n---\n\n"
    return f"{head}{body} This is note {number} of the series.\n", tuple(fact for _, fact in told)


def known_facts(number: int, seed: int = 1) -> tuple[Told, ...]:
    """The facts of the document of this number."""
    return make_document(number, seed)[1]


@cache
def _folder_of(folder: Path, part: int) -> Path:
    found = folder / f"{part:04}"
    found.mkdir(parents=True, exist_ok=True)
    return found


def file_of(folder: Path, number: int) -> Path:
    """Where the document of this number lies: a thousand in a folder."""
    return _folder_of(folder, number // 1000) / f"note-{number:06}.txt"


def write_documents(folder: Path, numbers: range, seed: int = 1) -> int:
    """The bytes of the documents written."""
    size = 0
    for number in numbers:
        text = make_document(number, seed)[0].encode()
        file_of(folder, number).write_bytes(text)
        size += len(text)
    return size


if __name__ == "__main__":
    print(f"{write_documents(Path(sys.argv[1]), range(int(sys.argv[2])), int(sys.argv[3]) if len(sys.argv) > 3 else 1):,} bytes")
