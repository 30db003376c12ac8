"""Answers with what browsers, caches and crawlers want to know of them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from kg.serve.formats import Format


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the Link header (RFC 8288)."""

    href: str
    relation: str
    media_type: str = ""

    @property
    def text(self) -> str:
        """The link as the header writes it."""
        kind = f'; type="{self.media_type}"' if self.media_type else ""
        return f'<{self.href}>; rel="{self.relation}"{kind}'


def reply(request: Request, body: bytes, format: Format, links: Sequence[Link] = (), *, file_name: str = "") -> Response:
    """The response with these bytes, or 304 where the client has them already; `file_name` for saving it."""
    tag = f'"{hashlib.sha256(body + format.name.encode()).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if links:
        headers["Link"] = ", ".join(link.text for link in links)
    known = {each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")}
    if tag in known or "*" in known:
        return Response(status_code=304, headers=headers)
    if file_name:
        headers["Content-Disposition"] = f'inline; filename="{file_name}"'
    return Response(body, headers=headers | {"Content-Type": format.content_type})
