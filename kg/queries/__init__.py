"""Asking the graph: saved queries, free SPARQL, checks, the derived plain triples, and answers as text."""

from kg.queries.derive import derive, run_checks
from kg.queries.engine import Result
from kg.queries.explain_empty import explain_empty, explain_no_rows
from kg.queries.header import Parameter, SavedQuery, find_query, has_header, load_queries, make_query, read_query
from kg.queries.origin import contributed, with_origin
from kg.queries.render import FORMATS, render
from kg.queries.run import run_query
from kg.queries.worker import run_limited

__all__ = [
    "FORMATS", "Parameter", "Result", "SavedQuery", "contributed", "derive", "explain_empty", "explain_no_rows", "find_query", "has_header",
    "load_queries", "make_query", "read_query", "render", "run_checks", "run_limited", "run_query", "with_origin",
]
