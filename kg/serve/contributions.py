"""``POST /contributions``: facts handed in over HTTP, by whoever bears a token; off where there is none.

A hand-in is judged by the very command that people use (`kg add`), in a process of its own, so that nothing that a stranger sends can
hang or fell the server.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import math
import sys
import tempfile
import time
from collections import defaultdict, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kg.serve.problems import PROBLEM_TYPE, Problem

SUFFIXES: Mapping[str, str] = {
    "text/turtle": ".ttl", "application/trig": ".trig", "application/n-triples": ".nt", "application/n-quads": ".nq",
    "application/ld+json": ".jsonld", "text/csv": ".csv", "text/tab-separated-values": ".tsv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}  # fmt: skip
"""The media types that are taken, with the ending that `kg add` knows each by."""

_SHORTEST_TOKEN = 16  # characters
_LONGEST_TEXT = 2000  # characters of a source or a note


@dataclass(frozen=True, slots=True)
class Door:
    """Who may hand in, and how much.

    ``tokens`` maps each token to the name of whoever bears it: that name goes into the contribution, whatever the request says.
    ``most_bytes`` is of one request, ``per_minute`` counts the requests of one bearer, ``seconds`` is what one hand-in may take.
    """

    graph: Path
    tokens: Mapping[str, str]
    most_bytes: int = 1_000_000
    per_minute: int = 10
    seconds: float = 60.0
    clock: Callable[[], float] = time.monotonic
    _seen: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def __post_init__(self) -> None:
        if any(len(token) < _SHORTEST_TOKEN for token in self.tokens):
            raise ValueError(f"a token has fewer than {_SHORTEST_TOKEN} characters: it could be guessed")

    def bearer(self, header: str) -> str | None:
        """Who bears the token of an Authorization header; None where nobody does. Takes as long for any wrong token."""
        scheme, _, token = header.partition(" ")
        given = hashlib.sha256(token.strip().encode()).digest()
        found = None
        for known, who in self.tokens.items():
            if hmac.compare_digest(given, hashlib.sha256(known.encode()).digest()):
                found = who
        return found if scheme.lower() == "bearer" else None

    def wait_for(self, who: str) -> float:
        """The seconds that this bearer must wait before the next request; 0, and the request counts, where it may come now."""
        now, seen = self.clock(), self._seen[who]
        while seen and now - seen[0] >= 60:
            seen.popleft()
        if len(seen) >= self.per_minute:
            return 60 - (now - seen[0])
        seen.append(now)
        return 0.0


def contribution_routes(door: Door | None) -> list[Route]:
    """The route of contributions; none where there is no door, or nobody has a token to it."""
    if door is None or not door.tokens:
        return []

    async def post(request: Request) -> Response:
        return await _post(door, request)

    return [Route("/contributions", post, methods=["POST"])]


async def _post(door: Door, request: Request) -> Response:
    who = door.bearer(request.headers.get("authorization", ""))
    if who is None:
        return _refusal(401, "no token, or a wrong one", "send Authorization: Bearer TOKEN", {"WWW-Authenticate": "Bearer"})
    wait = door.wait_for(who)
    if wait:
        seconds = str(math.ceil(wait))
        return _refusal(429, f"more than {door.per_minute} requests a minute", f"wait {seconds} s", {"Retry-After": seconds})
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media not in SUFFIXES:
        return _refusal(415, f"{media or 'no media type'} is not taken", f"send one of {', '.join(SUFFIXES)}")
    texts = {name: request.query_params.get(name, "") for name in ("source", "note")}
    if any(len(text) > _LONGEST_TEXT or "\0" in text for text in texts.values()):
        return _refusal(400, f"source or note are longer than {_LONGEST_TEXT:,} characters, or hold a null", "shorten them")
    body = await _body(request, door.most_bytes)
    if body is None:
        return _refusal(413, f"more than {door.most_bytes:,} bytes", "hand in less at a time, or use kg add on the server")
    options = [f"--{name}={text}" for name, text in texts.items() if text]
    options += [f"--{name}" for name in ("partial", "dry-run") if request.query_params.get(name, "").lower() in ("1", "true", "yes")]
    return await _hand_in(door, body, SUFFIXES[media], who, options)


async def _body(request: Request, most: int) -> bytes | None:
    """The body, None where it is too long: no more than `most` bytes of it are ever read."""
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > most:
        return None
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > most:
            return None
        parts.append(part)
    return b"".join(parts)


async def _hand_in(door: Door, body: bytes, suffix: str, who: str, options: Sequence[str]) -> Response:
    with tempfile.TemporaryDirectory(prefix="kg-posted-") as folder:
        file = Path(folder) / f"posted{suffix}"
        file.write_bytes(body)
        rest = Path(folder) / "rest"
        command = [sys.executable, "-m", "kg", "add", str(file), f"--graph={door.graph}", f"--by={who}", "--format=json", f"--rest={rest}"]
        process = await asyncio.create_subprocess_exec(
            *command, *options, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        try:
            out, err = await asyncio.wait_for(process.communicate(), door.seconds)
        except TimeoutError:
            return _refusal(503, f"took longer than {door.seconds:g} s; nothing was accepted", "hand in less at a time")
        finally:
            if process.returncode is None:
                process.kill()  # the graph stands as it was: what a killed writer leaves is cleared away
                await process.wait()
        left = rest.read_text(encoding="utf-8") if rest.exists() else None
        return _answer(process.returncode or 0, out.decode(), err.decode(), folder, left)


def _answer(status: int, out: str, err: str, folder: str, rest: str | None) -> Response:
    here = f"{folder}/"
    if status == 2:
        what, _, remedy = err.replace(here, "").strip().removeprefix("error: ").partition(" - ")
        busy = "is writing to this graph" in what
        return _refusal(503 if busy else 400, what, remedy, {"Retry-After": "5"} if busy else {})
    try:
        report = json.loads(out.replace(here, ""))
    except ValueError:
        return _refusal(500, "the hand-in could not be judged; nothing was accepted", "see the server's log")
    report["rest"] = rest
    if report["accepted"]:
        return JSONResponse(report, 201)
    if status == 0:
        return JSONResponse(report)
    problem = Problem(422, "Facts are at fault", "nothing was accepted: the findings say which facts, where and why", "correct them and hand them in again")
    return JSONResponse(problem.members() | report, 422, media_type=PROBLEM_TYPE)


def _refusal(status: int, what: str, remedy: str, headers: Mapping[str, str] | None = None) -> Response:
    return JSONResponse(Problem.of_status(status, what, remedy).members(), status, dict(headers or {}), PROBLEM_TYPE)
