"""The facts that a saved query gives, one record each, whatever rows their repeated roles make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import KgError
from kg.plots.periods import Period, read_period
from kg.queries import Result, SavedQuery, find_query, load_queries, run_query
from kg.queries.names import find_labels

if TYPE_CHECKING:
    from kg.queries.engine import Store, Term


@dataclass(frozen=True, slots=True)
class Reading:
    """One fact: the terms of each column, in the order of the rows, and the labels of those that are nodes."""

    fact: str
    columns: Mapping[str, tuple[Term, ...]]
    labels: Mapping[ox.NamedNode, str]

    def text(self, column: str) -> str:
        """The words of a column, joined by commas; "" where it is empty."""
        return ", ".join(self._word(term) for term in self.columns.get(column, ()))

    def iri(self, column: str) -> str:
        """The first IRI of a column, "" where it holds none."""
        return next((t.value for t in self.columns.get(column, ()) if isinstance(t, ox.NamedNode)), "")

    def number(self, column: str) -> Decimal | None:
        """The first number of a column, None where it holds none."""
        for term in self.columns.get(column, ()):
            try:
                return Decimal(term.value)
            except InvalidOperation:
                continue
        return None

    def local(self, column: str) -> str:
        """What stands behind the last slash, hash and hyphen of a column's IRI: "exports" of con:flow-exports."""
        return self.iri(column).rpartition("/")[2].rpartition("#")[2].rpartition("-")[2]

    @property
    def period(self) -> Period | None:
        """When it holds, None where no date is given."""
        return read_period(self.text("when"))

    @property
    def source(self) -> str:
        """Whose figure or statement it is: the speaker in the document, or the document itself."""
        document = self.text("document")
        return f"{self.text('by')}, in: {document}" if self.columns.get("by") else document

    def _word(self, term: Term) -> str:
        return self.labels.get(term, term.value) if isinstance(term, ox.NamedNode) else term.value


@lru_cache(maxsize=1)
def saved_queries() -> tuple[SavedQuery, ...]:
    """The saved queries that come with the package, read once for each process."""
    return load_queries()


def ask(store: Store, name: str, params: Mapping[str, str]) -> Result:
    """The result of the saved query of this name; only the parameters that it has are given to it."""
    query = find_query(name, saved_queries())
    return run_query(store, query, {key: value for key, value in params.items() if query.parameter(key)})


def read_facts(store: Store, result: Result) -> list[Reading]:
    """The facts of a result that has a column `fact`, in the order of its rows."""
    if "fact" not in result.columns:
        raise KgError("the query has no column ?fact", remedy="a plot shows facts: add ?fact to what it selects")
    found: dict[str, dict[str, dict[Term, None]]] = {}
    for row in result.rows:
        cells = dict(zip(result.columns, row, strict=True))
        fact = cells["fact"]
        if fact is None:
            continue
        columns = found.setdefault(fact.value, {})
        for name, term in cells.items():
            if term is not None:
                columns.setdefault(name, {})[term] = None
    labels = find_labels(store, {t for row in result.rows for t in row if isinstance(t, ox.NamedNode)})
    return [Reading(fact, {name: tuple(terms) for name, terms in columns.items()}, labels) for fact, columns in found.items()]
