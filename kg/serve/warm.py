"""Pages made before anybody asks: at the start, and when a build has swapped a new graph in.

What a page reads is kept until the next build, so the first reader of a new graph would wait for all of it.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from starlette.types import ASGIApp, Message

from kg.serve import pages
from kg.serve.workers import Workers

_FIRST = ("/", "/documents", "/queries", "/plots/network")
"""What most readers open first."""

_LOOK = 1.0  # seconds between two looks at the graph: one call of the file system each
_LOG = logging.getLogger("uvicorn.error")


async def keep_warm(app: ASGIApp, workers: Workers) -> None:
    """Ask the application for the first pages of every new graph, until cancelled."""
    await asyncio.to_thread(pages.compile_templates)
    known = ""
    while True:
        state = workers.state
        if state and state != known:
            known = state
            await _visit(app, _FIRST[0])  # who builds looks at it at once: no other work goes before it
            workers.renew()
            for path in _FIRST[1:]:
                await _visit(app, path)
        await asyncio.sleep(_LOOK)


async def _visit(app: ASGIApp, path: str) -> None:
    """Ask for a page as a browser would, and throw it away; a fault is for whoever asks next to see."""

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        pass

    scope: dict[str, Any] = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http", "path": path, "raw_path": path.encode(),
        "query_string": b"", "root_path": "", "headers": [(b"host", b"localhost"), (b"accept", b"text/html")], "server": ("localhost", 80),
    }  # fmt: skip
    try:
        await app(scope, receive, send)
    except Exception as error:  # the server goes on: these pages are a courtesy
        _LOG.debug("%s was not made beforehand: %s", path, error)
