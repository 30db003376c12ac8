"""Invented facts in any number, some of them at fault, for the benches and tests of contributions."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg import terms
from kg.gazetteer import load_gazetteer
from kg.graph import nodes
from kg.graph.nodes import bkg

Statement = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]
Roles = dict[str, str]

FLOWS, SECTORS = ("exports", "imports", "total"), ("energy", "transport", "education", "agriculture", "tourism")
KINDS = ("ally", "rival", "neighbour", "strategicPartner", "creditor", "armsSupplier")
FAULTS: dict[str, Roles] = {
    "impossible date": {"date": "2023-02-29"},
    "no currency of the world": {"currency": "XQX"},
    "unknown partner": {"partner": "ent:atlantis"},
    "unknown flow": {"flow": "sideways"},
    "no status": {"status": ""},
    "with itself": {"partner": "=reporter"},
    "no flow": {"flow": ""},
    "amount as words": {"amount": "many"},
    "share above all": {"sharePercent": "140"},
    "end before start": {"date": "", "startDate": "2019", "endDate": "2012"},
}
"""What is wrong with a trade figure, and which of its cells say so; =reporter stands for the reporter."""


@dataclass(frozen=True, slots=True)
class Made:
    """An invented fact: its type, its cells by column (slugs for entities), and what is wrong with it, "" for nothing."""

    type: str
    cells: Roles
    fault: str = ""


def states() -> list[str]:
    """The slugs of all states of the gazetteer, sorted."""
    return sorted(e.iri.removeprefix(terms.ENT) for e in load_gazetteer().entities.values() if e.kind == "state")


def make_facts(count: int, seed: int = 1, faults: float = 0.0) -> list[Made]:
    """So many facts of several types, the share `faults` of them at fault; no two good ones are the same."""
    choice, names = random.Random(seed), states()
    return [_make(choice, names, number, choice.random() < faults) for number in range(count)]


def _make(choice: random.Random, names: list[str], number: int, wrong: bool) -> Made:
    one, other = choice.sample(names, 2)
    year = str(1992 + number % 30)
    trade = {"status": "asserted", "reporter": one, "partner": other, "flow": choice.choice(FLOWS), "amount": str(1_000_000 + number),
             "currency": choice.choice(("USD", "EUR", "RUB")), "date": year}  # fmt: skip
    if wrong:
        fault = choice.choice(sorted(FAULTS))
        changed = {key: one if value == "=reporter" else value for key, value in FAULTS[fault].items()}
        return Made("TradeFigure", trade | changed, fault)
    match number % 4:
        case 0 | 1:
            return Made("TradeFigure", trade)
        case 2:
            cells = {"status": "planned", "participant": f"{one};{other}", "sector": choice.choice(SECTORS), "topic": f"topic {number}"}
            return Made("Cooperation", cells | {"startDate": year})
        case _:
            cells = {"status": "asserted", "subject": one, "object": other, "kind": choice.choice(KINDS), "date": f"{year}-{1 + number % 12:02}"}
            return Made("Relationship", cells)


def statements_of(made: Made, iri: str) -> list[Statement]:
    """The fact as a person writes it in RDF: type, status, roles and dates."""
    node = ox.NamedNode(iri)
    said: list[Statement] = [(node, nodes.RDF_TYPE, bkg(made.type))]
    for name, cell in made.cells.items():
        for part in cell.split(";") if cell else ():
            said.append((node, bkg(name), _term(made.type, name, part)))
    return said


def _term(kind: str, name: str, text: str) -> ox.NamedNode | ox.Literal:
    if name == "status":
        return bkg(text.capitalize())
    if name in terms.DATE_ROLES:
        return nodes.date(text)
    role = terms.role_of(kind, name)
    assert role is not None
    match role.kind:
        case "entity" if not (role.open and " " in text):
            return ox.NamedNode(terms.ENT + text.removeprefix("ent:"))
        case "concept":
            return ox.NamedNode(f"{terms.CON}{role.scheme}-{text}")
        case "number":
            return ox.Literal(text, datatype=ox.NamedNode(terms.XSD + "integer")) if text.isdigit() else ox.Literal(text)
        case _:
            return ox.Literal(text)


def turtle_of(facts: list[Made], space: str = "https://example.org/fact/") -> str:
    """The facts as lines of N-Triples, which are Turtle too."""
    return "".join(f"{s} {p} {o} .\n" for number, made in enumerate(facts) for s, p, o in statements_of(made, f"{space}{number}"))


def document_quads(facts: list[Made], space: str, graph: str) -> Iterator[ox.Quad]:
    """The facts as an extraction leaves them: with label, days, evidence and activity, in one graph."""
    from kg.contribute.complete import complete
    from kg.contribute.known import Known

    known = Known(ox.Store())
    said = [each for number, made in enumerate(facts) for each in statements_of(made, f"{space}{number}")]
    for subject, predicate, value in complete(said, known, "https://example.org/source").statements:
        yield ox.Quad(subject, predicate, value, ox.NamedNode(graph))
