"""The description of the data at /.well-known/void, in VoID and DCAT."""

from __future__ import annotations

import io

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kg.graph import void_quads
from kg.serve.answer import write_triples
from kg.serve.cache import cached
from kg.serve.formats import GRAPHS, Format, format_for, media_types
from kg.serve.negotiate import best_of
from kg.serve.problems import HttpError
from kg.serve.replies import reply
from kg.serve.worker import Graph


def routes() -> list[BaseRoute]:
    """The well-known address (RFC 8615)."""
    return [Route("/.well-known/void", description)]


async def description(request: Request) -> Response:
    """The description in the format that the client likes best; Turtle for browsers."""
    format = format_for(best_of(request, [*media_types(GRAPHS), "text/html"]), GRAPHS)
    if format is None and "html" not in request.headers.get("accept", ""):
        raise HttpError(406, "the description is not written in the formats asked for",
                        "accept one of " + ", ".join(each.media_type for each in GRAPHS))
    chosen = format or GRAPHS[0]
    response = reply(request, await cached(request, describe_data, request.app.state.settings.public(request), chosen), chosen)
    response.headers["Vary"] = "Accept"
    return response


def describe_data(graph: Graph, address: str, format: Format) -> bytes:
    """The description of the graph that is served at this address."""
    output = io.BytesIO()
    write_triples({quad.triple for quad in void_quads(graph.store, address)}, format, output)
    return output.getvalue()
