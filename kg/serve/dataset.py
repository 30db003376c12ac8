"""The description of the graph in VoID and DCAT, at /.well-known/void and at the address of the dataset itself."""

from __future__ import annotations

import io

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kg.graph import void_quads
from kg.serve.answer import write_triples
from kg.serve.cache import cached
from kg.serve.formats import GRAPHS, Format, format_called, format_for, media_types
from kg.serve.negotiate import best_of
from kg.serve.problems import HttpError
from kg.serve.replies import reply
from kg.serve.worker import Graph


def routes() -> list[BaseRoute]:
    """The well-known address, and those of the dataset and its parts."""
    return [Route("/.well-known/void", dataset), Route("/dataset{suffix:path}", dataset)]


async def dataset(request: Request) -> Response:
    """The description in the format that the client likes best; people get Turtle, as there is no page of it."""
    suffix = request.path_params.get("suffix", "")
    named = format_called(suffix.removeprefix("."), GRAPHS) if suffix.startswith(".") else None
    if suffix and not suffix.startswith("/") and named is None:
        raise HttpError(404, "there is nothing at this address", "the graph is described at /.well-known/void")
    chosen = named or format_for(best_of(request, media_types(GRAPHS)), GRAPHS) or GRAPHS[0]
    body = await cached(request, describe_dataset, request.app.state.settings.public(request), chosen)
    response = reply(request, body, chosen)
    response.headers["Vary"] = "Accept"
    return response


def describe_dataset(graph: Graph, base_url: str, format: Format) -> bytes:
    """The description with the addresses of this server."""
    output = io.BytesIO()
    write_triples({ox.Triple(q.subject, q.predicate, q.object) for q in void_quads(graph.store, base_url)}, format, output)
    return output.getvalue()
