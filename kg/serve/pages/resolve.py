"""Names to IRIs, quickly: the names of a graph are read once, then looked up."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from kg.queries import Parameter
from kg.queries.names import find_names
from kg.serve.worker import Graph


def resolve(graph: Graph, parameter: Parameter, value: str) -> str:
    """The IRI ("<…>") of what is spelt exactly so and is one thing only; else the value as it is, for `find_value` to judge."""
    if parameter.type not in {"state", "entity", "concept"}:
        return value
    bearers = names_of(graph, parameter.type, parameter.scheme).get(value.strip(), ())
    best = [iri for rank, iri in bearers if rank == bearers[0][0]]
    return f"<{best[0]}>" if len(best) == 1 else value


@lru_cache(maxsize=32)
def names_of(graph: Graph, group: str, scheme: str = "") -> Mapping[str, tuple[tuple[int, str], ...]]:
    """Rank and IRI of all that bears a name, the best rank first, by the name; as `kg.queries.names` ranks them."""
    found: dict[str, set[tuple[int, str]]] = {}
    for name in find_names(graph.store, group, scheme):
        found.setdefault(name.text, set()).add((name.rank, name.term.value))
    return {text: tuple(sorted(terms)) for text, terms in found.items()}


def state_names(graph: Graph) -> tuple[str, ...]:
    """The labels of all states, sorted."""
    return tuple(sorted(text for text, bearers in names_of(graph, "state").items() if bearers[0][0] == 0))
