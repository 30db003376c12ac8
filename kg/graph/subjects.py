"""Which nodes of a store name several values: what a store with an index of single values only is slow to join.

Where both values are common (two states that a hundred thousand facts name) a join looks up each node of one in the other. Here the nodes that
name a value are read once, in portions, the values by turns, until the rarest is known; the rest is asked of the few that it leaves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from pyoxigraph import Literal, NamedNode, Quad, Store

from kg import terms
from kg.graph.nodes import RDF_TYPE, bkg

Naming = tuple[NamedNode | tuple[NamedNode, ...] | None, NamedNode | Literal]
"""A value, and the predicate by which it is named: one of several where it is a tuple, any where it is None."""

_STATE = bkg("State")
_PORTION = 256  # nodes read of one value before the next has its turn
_FEW = 300  # nodes that are each asked for what else they name
_MOST = 3_000_000  # nodes that are kept from one search to the next


class SubjectFinder:
    """Finds nodes by what they name, in a store that does not change meanwhile; what it has read of a value serves the next search."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._read: dict[Naming, _Named] = {}
        self._states: dict[NamedNode, bool] = {}

    def find(self, named: Iterable[Naming]) -> list[NamedNode]:
        """The nodes that name all of these values, sorted."""
        if sum(len(each.nodes) for each in self._read.values()) > _MOST:
            self._read.clear()
        values = sorted(dict.fromkeys(named), key=self._likely_common)
        rarest = self._rarest([value for value in values if not _is_concept(value)] or values[:1])
        if rarest is None:
            return []
        found = self._read[rarest].nodes
        for value in values:
            if value != rarest and found:
                found = self._those_that_name(value, found)
        return sorted(found, key=str)

    def _rarest(self, values: list[Naming]) -> Naming | None:
        """The value that the fewest nodes name: its nodes are all read now."""
        while values:
            for value in values:
                if self._named(value).read():
                    return value
        return None

    def _those_that_name(self, value: Naming, nodes: set[NamedNode]) -> set[NamedNode]:
        known = self._read.get(value)
        if known is not None and known.whole:
            return nodes & known.nodes
        if len(nodes) > _FEW and not _is_concept(value):
            while not self._named(value).read():
                pass
            return nodes & self._read[value].nodes
        return {node for node in nodes if next(self._quads(node, value), None) is not None}

    def _named(self, value: Naming) -> _Named:
        if value not in self._read:
            self._read[value] = _Named(self._quads(None, value))
        return self._read[value]

    def _quads(self, node: NamedNode | None, naming: Naming) -> Iterator[Quad]:
        predicates = naming[0] if isinstance(naming[0], tuple) else (naming[0],)
        return chain.from_iterable(self._store.quads_for_pattern(node, predicate, naming[1], None) for predicate in predicates)

    def _likely_common(self, naming: Naming) -> tuple[bool, bool, bool]:
        """Concepts and classes last, literals before them, first of all things that are no states."""
        value = naming[1]
        if isinstance(value, Literal):
            return False, True, False
        if value not in self._states:
            self._states[value] = next(self._store.quads_for_pattern(value, RDF_TYPE, _STATE, None), None) is not None
        return _is_concept(naming), False, self._states[value]


class _Named:
    """The nodes that name a value, as far as they were read."""

    def __init__(self, quads: Iterator[Quad]) -> None:
        self._quads = quads
        self.nodes: set[NamedNode] = set()
        self.whole = False

    def read(self) -> bool:
        """Reads a portion more; whether all have been read."""
        if not self.whole:
            portion = list(islice(self._quads, _PORTION))
            self.nodes.update(quad.subject for quad in portion if isinstance(quad.subject, NamedNode))
            self.whole = len(portion) < _PORTION
        return self.whole


def _is_concept(naming: Naming) -> bool:
    value = naming[1]
    return isinstance(value, NamedNode) and value.value.startswith((terms.CON, terms.BKG))
