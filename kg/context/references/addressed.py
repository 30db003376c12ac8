"""Whom "you" means in the speech of one: the holder of the office by which he addresses somebody of the other state."""

from __future__ import annotations

import re

from kg.context.references.memory import TOP_OFFICES, Memory
from kg.context.references.pairs_of_people import told_as
from kg.model import Entity

__all__ = ["addressed_in", "is_addressed"]

_VOCATIVE = re.compile(
    r"\b(?:(?:Mr|Mrs|Ms|Madam|Madame|Mister|Dear|Honou?rable|Excellency|Excellencies|Your Excellency|,)\.?\s)(?:Mr\.?\s|Madam\s|the\s)?"
    r"(?P<office>President|Prime Minister|Chancellor|Premier|King)\b(?=[^\w\n]{0,2}(?:\n|[A-Z,.!:;–—]|and\b))"
    r"|,\s(?P<bare>President|Prime Minister|Chancellor|Premier)(?=[,.!])|\bYour (?:Excellency|Majesty|(?:Royal )?Highness)")


def is_addressed(text: str) -> bool:
    """Whether a text addresses the holder of a high office.

    >>> is_addressed("I welcome you, Prime Minister, to Oslo."), is_addressed("The President, Ana Lima, spoke.")
    (True, False)
    """
    return _VOCATIVE.search(text) is not None


def addressed_in(memory: Memory, text: str, states: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """Who is addressed: who is told, or known, to hold the office in the one state of ``states``; else the state; nobody where none is."""
    found = list(_VOCATIVE.finditer(text))
    if not found or len(states) != 1:
        return ()
    state = states[0]
    offices = dict.fromkeys((m["office"] or m["bare"]).lower().replace(" ", "-") for m in found if m["office"] or m["bare"])
    person = told_as(memory, tuple(offices) or TOP_OFFICES, state.iri) or next(
        (holder for word in offices if (holder := memory.gazetteer.holder(word, state.iri, memory.issued)) is not None), None)
    return (person or state,)
