"""What the workers do for the server: run a query and give its result, held to the limit of rows."""

from __future__ import annotations

from functools import lru_cache

from kg.queries import Result, SavedQuery, find_query, load_queries, run_query
from kg.serve.limits import AnswerLimitError
from kg.serve.worker import Graph


def run_text(graph: Graph, text: str, params: dict[str, str], rows: int) -> Result:
    """The result of SPARQL text. Raises `AnswerLimitError` where it has more than so many rows."""
    return _held(run_query(graph.store, text, params), rows)


def run_saved(graph: Graph, name: str, params: dict[str, str], rows: int) -> Result:
    """The result of a saved query. Raises `QueryError` for an unknown name, parameter or value."""
    return _held(run_query(graph.store, find_query(name, saved_queries()), params), rows)


@lru_cache(maxsize=1)
def saved_queries() -> tuple[SavedQuery, ...]:
    """The saved queries that come with the package, read once for each process."""
    return load_queries()


def _held(result: Result, rows: int) -> Result:
    if len(result.rows) > rows:
        raise AnswerLimitError(f"the answer has {len(result.rows):,} rows, and at most {rows:,} are given",
                               remedy="add LIMIT and OFFSET to the query, or count")
    return result
