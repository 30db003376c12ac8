"""Errors as answers: what went wrong and what to do, as JSON problem details (RFC 9457) or as a page for browsers."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kg.errors import KgError, QueryError, StoreError
from kg.serve.limits import AnswerLimitError, BusyError, CrashError, FormatError, MemoryLimitError, TimeLimitError
from kg.serve.line import WorkerFault
from kg.serve.middleware import SAFETY
from kg.serve.negotiate import wants_page

_STATUS: tuple[tuple[type[KgError], int], ...] = (
    (TimeLimitError, 504), (MemoryLimitError, 422), (AnswerLimitError, 422), (BusyError, 503), (StoreError, 503),
    (FormatError, 406), (CrashError, 422), (QueryError, 400), (KgError, 400),
)
_TITLES = {
    400: "The request cannot be understood", 401: "The request needs a token", 404: "There is nothing at this address", 403: "The request is refused",
    405: "The method is not allowed here",
    406: "No such format", 410: "The fact does not stand any more", 413: "The request is too large", 414: "The address is too long", 415: "The request's media type is not known here",
    422: "The query asks for too much", 429: "Too many requests", 500: "The server made a mistake", 503: "The server cannot answer just now",
    504: "The query took too long",
}
_PLAIN = {
    404: ("there is no page of this name", "begin at the start page, or look for a name: /search?q=..."),
    405: ("this address only reads", "use GET; a query to /sparql may come by POST"),
}
"""What the framework's own refusals mean here."""

PROBLEM_TYPE = "application/problem+json"
_COLUMN = re.compile(r"column (\d+): ")
_LOG = logging.getLogger("uvicorn.error")
_WAIT = {503: {"Retry-After": "5"}}


@dataclass(frozen=True, slots=True)
class Problem:
    """One error as the client sees it. ``line`` and ``column`` are 1-based, in the text of the query."""

    status: int
    title: str
    detail: str
    remedy: str = ""
    line: int | None = None
    column: int | None = None

    @classmethod
    def of_status(cls, status: int, detail: str, remedy: str = "") -> Problem:
        """The problem with the usual title of its status."""
        return cls(status, _TITLES[status], detail, remedy)

    def members(self) -> dict[str, str | int]:
        """The members of the JSON object, without those that are empty."""
        found: dict[str, str | int | None] = {"type": "about:blank", "title": self.title, "status": self.status, "detail": self.detail,
                 "remedy": self.remedy, "line": self.line, "column": self.column}
        return {name: value for name, value in found.items() if value}


class HttpError(KgError):
    """A request that is refused with a status of its own; a function in a worker may raise it as well."""

    def __init__(self, status: int, what: str, remedy: str = "", headers: dict[str, str] | None = None) -> None:
        super().__init__(what, remedy=remedy)
        self.status, self.headers = status, headers or {}


def problem_of(error: Exception) -> Problem:
    """The problem that an exception is for the client."""
    if isinstance(error, KgError):
        status = error.status if isinstance(error, HttpError) else next(s for kind, s in _STATUS if isinstance(error, kind))
        where = f"line {error.line}, " if error.line else ""
        column = _COLUMN.match(error.what) if error.line else None
        return Problem(status, _TITLES[status], where + error.what, error.remedy, error.line, int(column[1]) if column else None)
    if isinstance(error, HTTPException):
        detail, remedy = _PLAIN.get(error.status_code, (error.detail, ""))
        if error.status_code == 405 and (error.headers or {}).get("Allow") == "POST":
            detail, remedy = "this address only takes facts in", "hand them in by POST, with a token"
        return Problem(error.status_code, _TITLES.get(error.status_code, error.detail), detail, remedy)
    return Problem(500, _TITLES[500], "a fault of the program; the server's log tells more", "please report it")


async def answer_problem(request: Request, error: Exception) -> Response:
    """The response for an exception: a page for browsers, else JSON problem details."""
    if isinstance(error, WorkerFault):
        _LOG.error("a fault of the program in a worker:\n%s", error)
    problem = problem_of(error)
    headers = dict(getattr(error, "headers", None) or {}) | _WAIT.get(problem.status, {})
    if problem.status == 500:  # outside of every middleware
        headers |= SAFETY | {"Access-Control-Allow-Origin": "*"}
    page = getattr(request.app.state, "problem_page", None)
    if page is not None and wants_page(request):
        response: Response = page(request, problem)
        response.headers.update(headers)
        return response
    return JSONResponse(problem.members(), problem.status, headers, PROBLEM_TYPE)
