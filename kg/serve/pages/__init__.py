"""Pages for people: server-rendered, usable without script; editor and plots need one. Nothing is fetched from elsewhere.

Each page is read in one call of a worker (`read_…(graph, …)` gives frozen records) and shown by a template that escapes
every value.
"""

from kg.serve.pages.views import problem_page, queries_page, query_page, routes, thing_page

__all__ = ["problem_page", "queries_page", "query_page", "routes", "thing_page"]
