"""Pages for people. S2 owns this folder; these five names are what the rest of `serve` calls.

A handler finds ``request.app.state.settings`` (`Settings.path("/entity/france")` writes a link, `.path_of(iri)` where this
server answers for an IRI) and ``request.app.state.workers``: `await workers.call(function, *args)` runs
`function(graph, *args)` in a worker, where ``graph.store`` is the pyoxigraph store and ``graph.directory`` the graph's
folder; functions stand at the top of a module. One call per page is the quickest. `workers.run(text)` and
`workers.saved(name, params)` give a `kg.queries.Result`. Raise `KgError`s, or `kg.serve.problems.HttpError(404, what, remedy)`.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute

from kg.serve.problems import Problem


def routes() -> list[BaseRoute]:
    """Routes of the pages: "/", "/documents", "/search", "/editor", "/docs", "/static" ... (not those below)."""
    return []


async def thing_page(request: Request, kind: str, name: str) -> Response:
    """The page of one address: kind "entity", "fact", "document", "concept", "claim", "evidence" ...; 404 where unknown."""
    return PlainTextResponse(f"{kind} {name}")


async def queries_page(request: Request) -> Response:
    """The page at /queries: all saved queries."""
    return PlainTextResponse("queries")


async def query_page(request: Request, name: str) -> Response:
    """The page at /queries/NAME: form and, with the request's parameters, the table."""
    return PlainTextResponse(name)


def problem_page(request: Request, problem: Problem) -> Response:
    """The page of an error, with the problem's status."""
    return PlainTextResponse(f"{problem.title}: {problem.detail} - {problem.remedy}", problem.status)
