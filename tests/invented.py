"""Invented facts and an extractor that reads them out of a text line by line, for the tests of what comes after."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from decimal import Decimal

from kg import terms
from kg.model import Activity, Concept, Document, Entity, Evidence, Fact, Term, replace

__all__ = ["LineExtractor", "document", "fact", "person", "state", "trade"]


def state(name: str) -> Entity:
    return Entity(terms.ENT + name.lower().replace(" ", "-"), name, "state")


def person(name: str, *, home: str = "") -> Entity:
    slug = name.lower().replace(" ", "-")
    return Entity(f"{terms.ENT}person-{slug}", name, "person", False, state(home).iri if home else "")


def document(text: str, identifier: str = "example", **known: str) -> Document:
    return Document(identifier, text, hashlib.sha256(text.encode()).hexdigest(), **known)  # type: ignore[arg-type]


def fact(kind: str, roles: Sequence[tuple[str, Term]], span: tuple[int, int], **more: object) -> Fact:
    activity = Activity("invented", "1", (("partner", "Spain"),), ("status: no cue",))
    made = Fact(kind, tuple(sorted(roles, key=lambda pair: pair[0])), "Asserted", (Evidence(*span),), activity)
    return replace(made, **more)  # type: ignore[arg-type]


def trade(amount: str, span: tuple[int, int], *, sides: tuple[str, str] = ("France", "Spain"), **more: object) -> Fact:
    """Total trade of two states in US dollars in 2018."""
    roles: list[tuple[str, Term]] = [
        ("amount", Decimal(amount)), ("currency", "USD"), ("flow", Concept("flow", "total")),
        ("reporter", state(sides[0])), ("partner", state(sides[1])),
    ]  # fmt: skip
    dates = {"date": "2018", "earliest": "2018-01-01", "latest": "2018-12-31"}
    return fact("TradeFigure", roles, span, **(dates | more))


class LineExtractor:
    """Makes a trade figure of each line "... France ... Spain ... 19 ..." and an office of each "... by <name>"."""

    def extract(self, document: Document) -> tuple[Fact, ...]:
        found, at = [], 0
        for line in document.text.split("\n"):
            span = (at, at + len(line))
            words = line.rstrip(".").split()
            at += len(line) + 1
            numbers = [word for word in words if word.isdigit()]
            if "break" in words:
                raise RuntimeError("no such line")
            if "wait" in words:
                while True:
                    pass
            if "France" in words and "Spain" in words and numbers:
                found.append(trade(numbers[0], span))
            if "by" in words:
                name = " ".join(words[words.index("by") + 1 :])
                roles = [("person", person(name)), ("office", Concept("office", "president")), ("of", state("France"))]
                found.append(fact("OfficeHolding", roles, span))
        return tuple(found)

    def analyse(self, document: Document) -> tuple[tuple[Fact, ...], tuple[str, ...]]:
        return self.extract(document), self.gaps(document)

    def gaps(self, document: Document) -> tuple[str, ...]:
        return tuple(line for line in document.text.split("\n") if "gap" in line)
