"""The saved queries as an API: /queries/NAME.FORMAT?param=value, the text at /queries/NAME.rq, the page at /queries/NAME."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from kg.errors import QueryError
from kg.queries import SavedQuery, find_query
from kg.serve import pages
from kg.serve.answer import Limits, answer_saved, saved_text
from kg.serve.cache import cached
from kg.serve.formats import GRAPHS, PAGE, ROWS, Format, format_called, format_for, media_types
from kg.serve.jobs import saved_queries
from kg.serve.negotiate import HTML, best_of
from kg.serve.problems import HttpError
from kg.serve.replies import Link, reply
from kg.serve.requests import query_fields
from kg.serve.workbook import WORKBOOK, answer_workbook, offers_workbooks

TEXT = Format("rq", "application/sparql-query")


def routes() -> list[BaseRoute]:
    """The list, and each query."""
    return [
        Route("/queries", queries), Route("/queries.json", queries_as_json), Route("/queries/{name}.{suffix}", query_in),
        Route("/queries/{name}", query),
    ]  # fmt: skip


async def queries(request: Request) -> Response:
    """The saved queries, as a page or as JSON."""
    best = best_of(request, [HTML, "application/json"])
    if best is None:
        raise HttpError(406, "the list is not written in the formats asked for", "accept text/html or application/json")
    response = await pages.queries_page(request) if best == HTML else await queries_as_json(request)
    response.headers.update({"Vary": "Accept", "Link": Link(request.app.state.settings.path("/openapi.json"), "service-desc").text})
    return response


async def queries_as_json(request: Request) -> Response:
    """The saved queries with their parameters."""
    path = request.app.state.settings.path
    return JSONResponse([
        {
            "name": query.name, "title": query.title, "question": query.question, "kind": query.kind, "tags": query.tags,
            "parameters": [
                {"name": p.name, "type": p.type, "scheme": p.scheme, "default": p.default, "note": p.note} for p in query.parameters
            ],
            "href": path(f"/queries/{query.name}"),
        }
        for query in saved_queries()
    ])  # fmt: skip


async def query(request: Request) -> Response:
    """One query's page, text or answer: what the client likes best."""
    found = _find(request.path_params["name"])
    offered = _offered(found)
    format = format_for(best_of(request, media_types(offered)), offered)
    if format is None:
        raise HttpError(406, "the answer is not written in the formats asked for", _one_of(offered))
    response = await _answer(request, found, format)
    response.headers["Vary"] = "Accept"
    return response


async def query_in(request: Request) -> Response:
    """One query in the format of the address."""
    found = _find(request.path_params["name"])
    offered = _offered(found)
    format = format_called(request.path_params["suffix"], offered)
    if request.path_params["suffix"] == WORKBOOK.name and found.kind != "derive" and offers_workbooks():
        format = WORKBOOK
    if format is None:
        raise HttpError(404, f"{found.name} has no format {request.path_params['suffix']!r}", _one_of(offered))
    return await _answer(request, found, format)


def _find(name: str) -> SavedQuery:
    try:
        return find_query(name, saved_queries())
    except QueryError as error:
        raise HttpError(404, error.what, error.remedy.replace("list them with: kg queries", "GET /queries lists them")) from None


def _offered(query: SavedQuery) -> Sequence[Format]:
    return (PAGE, *(GRAPHS if query.kind == "derive" else ROWS), TEXT)


def _one_of(offered: Sequence[Format]) -> str:
    return "use one of " + ", ".join(f".{format.name} ({format.media_type})" for format in offered)


async def _answer(request: Request, query: SavedQuery, format: Format) -> Response:
    given = _parameters(request)
    links = _links(request, query, format, given)
    if format == PAGE:
        response = await pages.query_page(request, query.name)
        response.headers["Link"] = ", ".join(link.text for link in links)
        return response
    state = request.app.state
    limits = Limits(state.settings.rows, state.settings.answer)
    if format == WORKBOOK:
        body = await cached(request, answer_workbook, query.name, given, limits)
    elif format == TEXT:
        body = await state.workers.call(saved_text, query.name, given)
    else:
        body = await cached(request, answer_saved, query.name, given, format, limits)
    name = query.name if format.name != "json" else ""
    return reply(request, body, format, links, file_name=name and f"{name}.{format.name}")


def _parameters(request: Request) -> dict[str, str]:
    """The parameters given; an empty field of a form is none. Raises `HttpError` 400 where one is given twice."""
    given: dict[str, str] = {}
    for name, value in query_fields(request):
        if name in given and value:
            raise HttpError(400, f"the parameter {name!r} is given twice", "give it once")
        if value.strip():
            given[name] = value
    return given


def _links(request: Request, query: SavedQuery, format: Format, given: dict[str, str]) -> list[Link]:
    """From each form of a query to the others: page, text, answers."""
    start = request.app.state.settings.path(f"/queries/{query.name}")
    values = f"?{urlencode(given)}" if given else ""
    links = [
        Link(f"{start}.{other.name}{values}", "describedby" if other == TEXT else "alternate", other.media_type)
        for other in _offered(query)
        if other not in (format, PAGE)
    ]
    return links if format == PAGE else [Link(f"{start}{values}", "alternate", HTML), *links]
