"""The SPARQL 1.1 protocol at /sparql: queries by GET, by form and by direct POST; updates are refused.

Source: https://www.w3.org/TR/sparql11-protocol/
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kg.serve.answer import Limits, Question, answer_question
from kg.serve.description import describe_service
from kg.serve.formats import GRAPHS, ROWS, Format, format_called, format_for, media_types
from kg.serve.negotiate import best_of, wants_page
from kg.serve.problems import HttpError
from kg.serve.requests import FORM, check_charset, decode, fields, media_type, query_fields, read_body

_QUERY, _UPDATE = "application/sparql-query", "application/sparql-update"
_READ_ONLY = "this endpoint is read-only: updates are refused"
_INSTEAD = "send a query: SELECT, ASK, CONSTRUCT or DESCRIBE; facts are handed in with kg add, or by POST /contributions where it is open"
_HOW = f"send it with GET ?query=…, or POST it as {FORM} or as {_QUERY}"

Fields = list[tuple[str, str]]


def routes() -> list[BaseRoute]:
    """The endpoint."""
    return [Route("/sparql", endpoint, methods=["GET", "POST"])]


async def endpoint(request: Request) -> Response:
    """The answer to a query, or the service description where there is none."""
    given = query_fields(request)
    text = None
    if request.method == "POST":
        text, given = await _posted(request, given)
    _refuse_update(given)
    queries = [value for name, value in given if name == "query"] if text is None else [text]
    if text is not None and any(name == "query" for name, _ in given):
        raise HttpError(400, "the request holds two queries", "send one, in the address or in the body")
    if not queries and request.method != "POST":
        return await _without_query(request)
    if len(queries) != 1:
        raise HttpError(400, "the request holds no query" if not queries else f"the request holds {len(queries)} queries", _HOW)
    return await _ask(request, queries[0], given)


async def _posted(request: Request, given: Fields) -> tuple[str | None, Fields]:
    """The query of a POST where its body is one, and all fields of address and form."""
    kind = media_type(request)
    if kind == _UPDATE:
        raise HttpError(403, _READ_ONLY, _INSTEAD)
    if kind not in {FORM, _QUERY}:
        raise HttpError(415, f"a query cannot be sent as {kind}" if kind else "the body has no Content-Type", _HOW)
    check_charset(request)
    body = await read_body(request)
    if kind == FORM:
        return None, [*given, *fields(body, "the form")]
    return decode(body, "the query"), given


def _refuse_update(given: Fields) -> None:
    names = {name for name, _ in given}
    if "update" in names or names & {"using-graph-uri", "using-named-graph-uri"}:
        raise HttpError(403, _READ_ONLY, _INSTEAD)


async def _ask(request: Request, text: str, given: Fields) -> Response:
    state = request.app.state
    if request.method == "GET" and wants_page(request) and not any(name == "format" for name, _ in given):
        return RedirectResponse(state.settings.path(f"/editor?{request.scope['query_string'].decode()}"), 303)
    rows_as, graph_as = _formats(request, given)
    question = Question(text, rows_as, graph_as, _all(given, "default-graph-uri"), _all(given, "named-graph-uri"))
    answer = await state.workers.ask(answer_question, question, Limits(state.settings.rows, state.settings.answer))
    return Response(answer.body, headers={"Content-Type": answer.format.content_type, "Vary": "Accept"})


def _all(given: Fields, name: str) -> tuple[str, ...]:
    return tuple(value for key, value in given if key == name)


def _formats(request: Request, given: Fields) -> tuple[Format | None, Format | None]:
    """The formats that the client takes for rows and for triples: by the field "format", else by its Accept header."""
    named = _all(given, "format")
    if named:
        found = format_called(named[-1], ROWS), format_called(named[-1], GRAPHS)
        if found == (None, None):
            known = ", ".join(format.name for format in (*ROWS, *GRAPHS))
            raise HttpError(406, f"no format is called {named[-1]!r}", f"use one of {known}")
        return found
    found = format_for(best_of(request, media_types(ROWS)), ROWS), format_for(best_of(request, media_types(GRAPHS)), GRAPHS)
    if found == (None, None):
        raise HttpError(406, "none of the formats asked for is written here",
                        "accept one of " + ", ".join(format.media_type for format in (*ROWS, *GRAPHS)))
    return found


async def _without_query(request: Request) -> Response:
    """The editor for people, the service description for programs."""
    state = request.app.state
    if wants_page(request):
        return RedirectResponse(state.settings.path("/editor"), 303)
    format = format_for(best_of(request, media_types(GRAPHS)), GRAPHS)
    if format is None:
        raise HttpError(406, "the service description is not written in the formats asked for",
                        "accept one of " + ", ".join(format.media_type for format in GRAPHS))
    body = await state.workers.call(describe_service, f"{state.settings.public(request)}/sparql", format)
    return Response(body, headers={"Content-Type": format.content_type, "Vary": "Accept"})
