"""Pages for people: server-rendered, usable without script; editor and plots need one. Nothing is fetched from elsewhere.

Each page is read in one call of a worker (`read_…(graph, …)` gives frozen records) and shown by a template that escapes
every value.
"""

from kg.serve.pages.frame import compile_templates
from kg.serve.pages.pair import read_pairs
from kg.serve.pages.resolve import state_names
from kg.serve.pages.search import prepare_search
from kg.serve.pages.views import problem_page, queries_page, query_page, routes, thing_page

PREPARATIONS = (state_names, read_pairs, prepare_search)
"""What most pages look up in the graph, to be read by each worker once."""

__all__ = ["PREPARATIONS", "compile_templates", "problem_page", "queries_page", "query_page", "routes", "thing_page"]
