"""What a server is told when it starts."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from kg.errors import KgError

HOME = "https://w3id.org/bilateral-kg/"
"""What every IRI of the graph's own begins with; the rest of the IRI is its path on this server."""

_MEGABYTE = 1024**2
_LEAST_MEMORY = 640 * _MEGABYTE  # of address space: an idle worker has 400 MB mapped, of which it uses 60


@dataclass(frozen=True, slots=True)
class Settings:
    """The graph that is served, where, and how much one query may cost.

    ``base_url`` is the address that the public sees ("" where it is the server's own); a path in it ("/kg") stands before
    every path. ``seconds``, ``memory`` (bytes of address space), ``rows`` and ``answer`` (bytes) bound one query,
    ``request`` (bytes) one request, ``cache`` (bytes) the answers kept. ``workers`` queries run side by side; one that works longer than ``patience`` seconds
    makes room for the next, and at most ``slow`` such run on beside; at most ``waiting`` wait for their turn.
    With ``warm`` the pages that most readers open first are made before anybody asks, at the start and after each build.
    ``tokens`` maps each token with which facts may be handed in to the name of its bearer; without any, nobody may.
    """

    graph: Path
    host: str = "127.0.0.1"
    port: int = 8000
    base_url: str = ""
    seconds: float = 10.0
    memory: int = 2048 * _MEGABYTE
    rows: int = 100_000
    answer: int = 64 * _MEGABYTE
    request: int = _MEGABYTE
    cache: int = 64 * _MEGABYTE
    workers: int = max(2, os.cpu_count() or 2)
    patience: float = 0.5
    slow: int = 4
    waiting: int = 512
    warm: bool = True
    tokens: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        parts = urlsplit(self.base_url)
        if self.base_url and (parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment):
            raise KgError(f"{self.base_url!r} is no base address", remedy="write https://host or https://host/path")
        if not 0 <= self.port < 65536:
            raise KgError(f"there is no port {self.port}", remedy="give a number from 1 to 65535, or 0 for any that is free")
        least = {"seconds": 0.01, "memory": _LEAST_MEMORY, "rows": 1, "workers": 1, "cache": 0}
        for name, bound in least.items():
            if getattr(self, name) < bound:
                raise KgError(f"--{name} is too small", remedy=f"give at least {bound // _MEGABYTE if name == 'memory' else bound}")

    @property
    def prefix(self) -> str:
        """The path of ``base_url`` without a slash at its end: what stands before every path of the server."""
        return urlsplit(self.base_url).path.rstrip("/")

    @property
    def origin(self) -> str:
        """Scheme and host of ``base_url``, "" where there is none."""
        parts = urlsplit(self.base_url)
        return f"{parts.scheme}://{parts.netloc}" if self.base_url else ""

    def path(self, path: str) -> str:
        """The path as a link on a page has to write it ("/entity/france" -> "/kg/entity/france")."""
        return self.prefix + path

    def public(self, request: HTTPConnection) -> str:
        """The address of this server as the client of this request knows it, without a slash at its end."""
        return self.base_url.rstrip("/") or f"{request.url.scheme}://{request.url.netloc}"

    def path_of(self, iri: str) -> str:
        """Where this server answers for an IRI of the graph; an IRI of others stands for itself."""
        return self.path("/" + iri.removeprefix(HOME)) if iri.startswith(HOME) and "#" not in iri else iri
