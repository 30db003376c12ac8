"""What all pages share: the templates, autoescaped; links of this server; the request's own answer."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kg.serve.cache import cached
from kg.serve.formats import PAGE
from kg.serve.pages.assets import missing_assets
from kg.serve.pages.words import number_words, open_question, role_title, type_title, type_word
from kg.serve.replies import reply
from kg.serve.settings import HOME, Settings
from kg.serve.worker import Graph

P = ParamSpec("P")
T = TypeVar("T")

FOLDER = Path(__file__).resolve().parent
FORMATS = (("ttl", "Turtle"), ("jsonld", "JSON-LD"), ("nt", "N-Triples"), ("rdf", "RDF/XML"))
"""The suffixes under which a node's address gives RDF."""


async def read(request: Request, function: Callable[Concatenate[Graph, P], T], *args: P.args, **none: P.kwargs) -> T:
    """What `function(graph, *args)` returns, read in a worker, or kept from an earlier time of the same graph."""
    assert not none, "keyword arguments do not reach the worker"
    return pickle.loads(await cached(request, _pack, function, args))  # type: ignore[no-any-return]


def _pack(graph: Graph, function: Callable[..., Any], args: tuple[Any, ...]) -> bytes:
    return pickle.dumps(function(graph, *args), pickle.HIGHEST_PROTOCOL)


@lru_cache(maxsize=1)
def _templates() -> Environment:
    """The templates; every value that they print is escaped, and an unknown name is an error."""
    made = Environment(
        loader=FileSystemLoader(FOLDER / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )
    made.filters.update(type_word=type_word, type_title=type_title, role_title=role_title, open_question=open_question, number=lambda n: number_words(str(n)))
    return made


def compile_templates() -> None:
    """Make all templates ready, so that no reader waits for it."""
    for name in _templates().list_templates():
        _templates().get_template(name)


def show(request: Request, template: str, status: int = 200, **values: Any) -> Response:
    """The page that a template makes of these values, or 304 where the browser has it already."""
    settings: Settings = request.app.state.settings
    page = _templates().get_template(template).render(
        path=settings.path, link=lambda iri: _link(settings, iri), local=lambda iri: iri.startswith(HOME), fact_link=lambda iri: _fact_link(settings, iri), query_link=_query(settings),
        evidence=lambda fact, document: _evidence(settings, fact, document), formats=FORMATS, missing=missing_assets(),
        here=request.url.path.removeprefix(settings.prefix), address=str(request.url), **values,
    )
    page = page.replace("\0", "\N{REPLACEMENT CHARACTER}")  # no HTML can hold the first
    return reply(request, page.encode(), PAGE) if status == 200 else HTMLResponse(page, status)


def _link(settings: Settings, iri: str) -> str:
    """Where a link to this IRI leads: to its page here, or to the outside if it is a web address; "" for anything else."""
    if iri.startswith(HOME) and "#" not in iri:
        return settings.path("/" + quote(iri.removeprefix(HOME), safe="/:@!$&'()*+,;=~%"))
    return iri if iri.startswith(("https://", "http://")) else ""


def _fact_link(settings: Settings, iri: str) -> str:
    """The page of a fact, also of one that a contribution gave an IRI of its own."""
    return _link(settings, iri) if iri.startswith(HOME) else settings.path("/fact/" + quote(iri, safe=""))


def _evidence(settings: Settings, fact: str, document: str) -> str:
    """The address of the sentence of a fact in the whole text of its document."""
    name = fact.removeprefix(HOME + "fact/")
    return f"{_link(settings, document)}?{urlencode({'fact': name})}#here"


def _query(settings: Settings) -> Any:
    def address(name: str, params: Mapping[str, str] | tuple[tuple[str, str], ...] = (), suffix: str = "") -> str:
        """The address of a saved query with parameters, of its page or ("csv") of its rows."""
        given = urlencode(dict(params))
        return settings.path(f"/queries/{name}") + (f".{suffix}" if suffix else "") + (f"?{given}" if given else "")

    return address
