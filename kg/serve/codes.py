"""The values that a parameter of a saved query may have, where they can be listed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.queries import Parameter
from kg.queries.engine import compact
from kg.queries.names import find_names
from kg.terms import FACT_TYPES, STATUSES

if TYPE_CHECKING:
    from kg.queries.engine import Store

_LISTED = {"state", "concept", "document"}


@dataclass(frozen=True, slots=True)
class Code:
    """One allowed value, as a parameter takes it, and its name for people."""

    value: str
    label: str


def find_codes(store: Store, parameter: Parameter) -> tuple[Code, ...]:
    """The code list of a parameter, by label; empty where its values are open (a date, a number, any entity, any fact)."""
    if parameter.type == "status":
        return tuple(Code(word, word) for word in STATUSES)
    if parameter.type == "type":
        return tuple(Code(word, word) for word in FACT_TYPES)
    if parameter.type not in _LISTED:
        return ()
    labels: dict[str, str] = {}
    for name in sorted(find_names(store, parameter.type, parameter.scheme), key=lambda name: name.rank):
        labels.setdefault(compact(name.term), name.text)
    return tuple(sorted((Code(value, label) for value, label in labels.items()), key=lambda code: (code.label, code.value)))
