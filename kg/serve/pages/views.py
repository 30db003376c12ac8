"""The handlers: each reads what its page shows in one call of a worker, and names the template."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from kg.errors import QueryError
from kg.queries.header import SavedQuery
from kg.serve.gone import find_gone
from kg.serve.jobs import saved_queries
from kg.serve.pages.document import is_source, read_document, read_documents
from kg.serve.pages.fact import days_words, fact_iri, read_fact
from kg.serve.pages.frame import FOLDER, read, show
from kg.serve.pages.pair import read_pair, read_pairs
from kg.serve.pages.plots import plot_page, plot_specification, plots_of_pair, plots_page
from kg.serve.pages.questions import read_question
from kg.serve.pages.resolve import state_names
from kg.serve.pages.search import read_hits, read_search
from kg.serve.pages.sparql import editor_page
from kg.serve.pages.things import read_thing
from kg.serve.problems import HttpError, Problem
from kg.serve.workbook import offers_workbooks

_LONGEST = 200  # characters of a search


def routes() -> list[BaseRoute]:
    """Routes of the pages whose addresses are theirs alone."""
    return [
        Route("/", start_page), Route("/documents", documents_page), Route("/search", search_page), Route("/suggest", suggest),
        Route("/plots", plots_page), Route("/plots/{name}.json", plot_specification), Route("/plots/{name}", plot_page),
        Route("/editor", editor_page), Route("/docs", docs_page),
        Mount("/static", StaticFiles(directory=FOLDER / "static"), name="static"),
    ]


async def start_page(request: Request) -> Response:
    """Two states, chosen by `a` and `b`; without them the two of which the graph says most."""
    pairs = await read(request, read_pairs)
    states = await read(request, state_names)
    a, b = (request.query_params.get(name, "").strip() for name in ("a", "b"))
    if not (a and b) and pairs:
        first = next((p for p in pairs if a and a in (p.a.label, p.b.label)), pairs[0])
        a, b = first.a.label, first.b.label
    if not (a and b):
        return show(request, "empty.html", states=states)
    try:
        pair = await read(request, read_pair, a, b)
    except QueryError as error:
        return show(request, "pair_wrong.html", 400, a=a, b=b, pairs=pairs, states=states, what=error.what, remedy=error.remedy)
    plots = await plots_of_pair(request, pair)
    return show(request, "pair.html", pair=pair, pairs=pairs, states=states, plots=plots)


async def documents_page(request: Request) -> Response:
    """All documents."""
    return show(request, "documents.html", entries=await read(request, read_documents))


async def search_page(request: Request) -> Response:
    """What a name names."""
    text = request.query_params.get("q", "").strip()[:_LONGEST]
    found = await request.app.state.workers.call(read_search, text) if text else None
    words = text.lower().split()
    queries = [q for q in _questions() if words and all(word in f"{q.title} {q.question}".lower() for word in words)]
    return show(request, "search.html", text=text, found=found, queries=queries)


async def suggest(request: Request) -> Response:
    """Names that begin so, as JSON: name, what it is, the address of its page."""
    text = request.query_params.get("q", "").strip()[:_LONGEST]
    hits = await request.app.state.workers.call(read_hits, text, 10)
    path_of = request.app.state.settings.path_of
    return JSONResponse([
        {"label": hit.node.label, "name": hit.name, "kind": ", ".join(hit.kinds), "facts": hit.facts, "href": path_of(hit.node.iri)}
        for hit in hits
    ])


async def thing_page(request: Request, kind: str, name: str) -> Response:
    """The page of one node. Raises `HttpError` 404 where the graph does not know it."""
    if kind == "fact":
        try:
            fact = await read(request, read_fact, name)
        except HttpError:
            gone = await read(request, find_gone, fact_iri(name))
            if gone is None:
                raise
            return show(request, "gone.html", 410, gone=gone)
        return show(request, "fact.html", fact=fact, days=days_words(fact.days))
    if kind == "document" and not await read(request, is_source, name):
        document = await read(request, read_document, name, request.query_params.get("fact", ""))
        if name != document.sha256:
            return RedirectResponse(request.app.state.settings.path(f"/document/{document.sha256}"), 302)
        return show(request, "document.html", document=document)
    if kind == "graph":  # a whole named graph is no page
        return RedirectResponse(request.app.state.settings.path(f"/graph/{name}.trig"), 302)
    only = request.query_params.get("type", "")
    thing = await read(request, read_thing, f"{kind}/{name}", only)
    return show(request, "thing.html", thing=thing, kind=kind, only=only)


async def queries_page(request: Request) -> Response:
    """All saved questions by tag; `q` keeps those with these words."""
    words = request.query_params.get("q", "").strip()[:_LONGEST]
    chosen = [q for q in _questions() if all(w in f"{q.name} {q.title} {q.question}".lower() for w in words.lower().split())]
    tags: dict[str, list[SavedQuery]] = {}
    for query in chosen:
        tags.setdefault(query.tags[0] if query.tags else "other", []).append(query)
    return show(request, "queries.html", words=words, tags=sorted(tags.items()), total=len(chosen))


async def query_page(request: Request, name: str) -> Response:
    """Form and answer of one saved query; a value that names nothing is told by the form, with status 400."""
    question = await read(request, read_question, name, dict(request.query_params))
    return show(request, "query.html", 400 if question.error else 200, question=question, workbooks=offers_workbooks())


async def docs_page(request: Request) -> Response:
    """What programs can ask, with addresses to try."""
    settings = request.app.state.settings
    base = settings.base_url.rstrip("/") or str(request.base_url).rstrip("/")
    return show(request, "docs.html", queries=_questions(), base=base)


def problem_page(request: Request, problem: Problem) -> Response:
    """The page of an error, with the problem's status."""
    return show(request, "problem.html", problem.status, problem=problem)


def _questions() -> list[SavedQuery]:
    return [query for query in saved_queries() if query.kind == "question"]
