"""Content negotiation: which of the formats that we can write the client would like best."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.requests import Request
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

HTML = "text/html"


def best_of(request: Request, media_types: Iterable[str]) -> str | None:
    """The media type that the client likes best, None where it accepts none; the first where it does not care."""
    offered = list(media_types)
    accept = ",".join(request.headers.getlist("accept"))
    if not accept.strip():
        return offered[0] if offered else None
    return parse_accept_header(accept, MIMEAccept).best_match(offered)


def wants_page(request: Request) -> bool:
    """Whether the client is a browser: it names HTML itself, and likes nothing machine-readable better."""
    accept = parse_accept_header(",".join(request.headers.getlist("accept")), MIMEAccept)
    named = any(value in {HTML, "application/xhtml+xml"} for value, _ in accept)
    return named and accept.best_match([HTML, "application/json", "application/problem+json"]) == HTML
