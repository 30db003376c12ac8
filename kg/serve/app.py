"""The web application: the routes of all modules, with the workers behind them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

import kg
from kg.errors import KgError
from kg.graph import read_manifest
from kg.serve import dataset, linked, openapi, pages, saved, sparql
from kg.serve.cache import Answers
from kg.serve.contributions import Door, contribution_routes
from kg.serve.jobs import saved_queries
from kg.serve.line import WorkerFault
from kg.serve.middleware import Prefix, Safety
from kg.serve.problems import answer_problem
from kg.serve.settings import Settings
from kg.serve.warm import keep_warm
from kg.serve.worker import Graph
from kg.serve.workers import Workers


def make_app(settings: Settings) -> Starlette:
    """The application. ``request.app.state`` has ``settings`` and ``workers``, which open the graph when it starts."""
    workers = Workers(settings, pages.PREPARATIONS if settings.warm else ())

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await asyncio.gather(workers.start(), asyncio.to_thread(saved_queries))
        warming = asyncio.ensure_future(keep_warm(app, workers)) if settings.warm else None
        yield
        if warming:
            warming.cancel()
        await workers.stop()

    app = Starlette(
        routes=[Route("/health", health), *sparql.routes(), *saved.routes(), *openapi.routes(), *pages.routes(), *linked.routes(), *dataset.routes(),
                *contribution_routes(Door(settings.graph, settings.tokens))],
        exception_handlers={KgError: answer_problem, WorkerFault: answer_problem, HTTPException: answer_problem, Exception: answer_problem},
        middleware=[
            Middleware(Prefix, prefix=settings.prefix),
            Middleware(Safety),
            Middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["GET", "POST"], allow_headers=["*"], expose_headers=["Link"]),
        ],
        lifespan=lifespan,
    )
    app.state.settings, app.state.workers = settings, workers
    app.state.answers = Answers(settings.cache)
    app.state.problem_page = pages.problem_page
    return app


def is_readable(graph: Graph) -> bool:
    """Whether the store gives a statement."""
    return next(iter(graph.store), None) is not None


async def health(request: Request) -> Response:
    """Whether the graph can be asked, and what it was made from."""
    state = request.app.state
    await state.workers.call(is_readable)
    manifest = read_manifest(state.settings.graph)
    found = {"status": "pass", "version": kg.__version__, "documents": len(manifest.documents), "facts": manifest.facts,
             "contributions": len(manifest.contributions)}
    return JSONResponse(found, headers={"Cache-Control": "no-store"})
