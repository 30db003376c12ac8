"""Running the application: the socket, the log, the end."""

from __future__ import annotations

import socket
import sys

import uvicorn

from kg.errors import KgError
from kg.graph import open_store
from kg.serve.app import make_app
from kg.serve.settings import Settings

_BACKLOG = 1024
_HEADERS = 64 * 1024  # bytes of a request's headers beside its address
_LAST_ANSWERS = 3  # seconds that requests under way have when the server is told to end


def serve(settings: Settings) -> None:
    """Serve until interrupted. Raises `KgError` where there is no graph, or the address cannot be had."""
    open_store(settings.graph)
    with listen(settings) as listener:
        host, port = listener.getsockname()[:2]
        here = f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
        public = f", to the public at {settings.base_url}" if settings.base_url else ""
        print(f"serving {settings.graph} at {here}{public} (Ctrl-C ends it)", file=sys.stderr, flush=True)
        config = uvicorn.Config(
            make_app(settings), http="h11", ws="none", h11_max_incomplete_event_size=settings.request + _HEADERS,
            server_header=False, backlog=_BACKLOG, timeout_graceful_shutdown=_LAST_ANSWERS, lifespan="on",
        )  # fmt: skip
        uvicorn.Server(config).run([listener])


def listen(settings: Settings) -> socket.socket:
    """A socket that listens at the settings' address. Raises `KgError` where it is taken, or not this machine's."""
    listener: socket.socket | None = None
    try:
        family, kind, proto, _, address = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, proto)
        if sys.platform != "win32":  # there it would share the port with whoever has it
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(_BACKLOG)
    except (OSError, OverflowError, UnicodeError) as error:
        if listener is not None:
            listener.close()
        reason = getattr(error, "strerror", None) or str(error)
        raise KgError(f"cannot listen at {settings.host}:{settings.port} ({reason})",
                      remedy="choose another --port (0: any that is free) or --host") from None
    return listener
