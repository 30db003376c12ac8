"""Linked data: the address of an entity, a fact, a document ... answers with its page or with its triples.

An IRI of the graph, say https://w3id.org/bilateral-kg/entity/france, is answered at /entity/france: as a page or in a
format of triples, as the client likes best; /entity/france.ttl and so on give the format by name.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kg.serve import pages
from kg.serve.cache import cached
from kg.serve.described import describe_node
from kg.serve.formats import GRAPHS, PAGE, Format, format_called, format_for, media_types
from kg.serve.gone import describe_fact
from kg.serve.negotiate import best_of
from kg.serve.problems import HttpError
from kg.serve.replies import Link, reply
from kg.serve.settings import HOME

KINDS = ("entity", "fact", "document", "concept", "claim", "evidence", "activity", "contribution", "agent", "target", "graph")
"""The first part of the path of every IRI of the graph's own, but for the ontology."""

_OFFERED = (PAGE, *GRAPHS)


def routes() -> list[BaseRoute]:
    """The addresses of all kinds of nodes, and of the ontology."""
    return [Route("/ontology{suffix:path}", ontology), *(Route(f"/{kind}/{{name:path}}", thing, name=kind) for kind in KINDS)]


async def thing(request: Request) -> Response:
    """One node: its page, or its triples."""
    kind = request.url.path.removeprefix(request.app.state.settings.prefix).split("/")[1]
    name, format = _in_address(request.path_params["name"])
    chosen = format or format_for(best_of(request, media_types(_OFFERED)), _OFFERED)
    if chosen is None:
        raise HttpError(406, "nothing is written here in the formats asked for", _formats())
    if chosen == PAGE:
        response = await pages.thing_page(request, kind, name)
        response.headers["Link"] = ", ".join(link.text for link in _links(request, kind, name, PAGE))
    else:
        response = await _triples(request, f"{kind}/{name}", chosen, _links(request, kind, name, chosen))
    if format is None:
        response.headers["Vary"] = "Accept"
        if chosen != PAGE:
            response.headers["Content-Location"] = request.app.state.settings.path(f"/{kind}/{name}.{chosen.name}")
    return response


async def ontology(request: Request) -> Response:
    """The ontology with its concepts, in a format of triples."""
    name, format = _in_address(f"ontology{request.path_params['suffix']}")
    if name != "ontology":
        raise HttpError(404, "there is nothing at this address")
    chosen = format or format_for(best_of(request, media_types(GRAPHS)), GRAPHS) or GRAPHS[0]
    if chosen == PAGE:
        chosen = GRAPHS[0]
    return await _triples(request, "graph/ontology", chosen, [])


async def _triples(request: Request, path: str, format: Format, links: list[Link]) -> Response:
    describe = describe_fact if path.startswith("fact/") else describe_node
    body = await cached(request, describe, _iri(path), format, request.app.state.settings.rows)
    if not body:
        raise HttpError(404, f"the graph does not know {HOME}{path}", "look for its name: /search")
    return reply(request, body, format, links)


def _iri(path: str) -> str:
    """The IRI that a path stands for; behind ``fact/`` may stand a whole one, which a contribution gave its fact."""
    name = path.removeprefix("fact/")
    return name if path != name and ":" in name else HOME + path


def _in_address(name: str) -> tuple[str, Format | None]:
    """The name without the suffix of a format, and that format."""
    start, dot, suffix = name.rpartition(".")
    format = format_called(suffix, _OFFERED) if dot and suffix in {each.name for each in _OFFERED} else None
    return (start, format) if format else (name, None)


def _links(request: Request, kind: str, name: str, format: Format) -> list[Link]:
    start = request.app.state.settings.path(f"/{kind}/{name}")
    others = [Link(f"{start}.{other.name}", "alternate", other.media_type) for other in _OFFERED[:5] if other != format]
    return [Link(_iri(f"{kind}/{name}"), "canonical"), *others]


def _formats() -> str:
    return "accept one of " + ", ".join(format.media_type for format in _OFFERED)
