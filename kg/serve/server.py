"""Running the application: the socket, the log, the end."""

from __future__ import annotations

import socket
import sys

import uvicorn

from kg.errors import KgError
from kg.graph import open_store
from kg.serve.app import make_app
from kg.serve.settings import Settings


def serve(settings: Settings) -> None:
    """Serve until interrupted. Raises `KgError` where there is no graph, or the address cannot be had."""
    del_store = open_store(settings.graph)
    del del_store
    listener = listen(settings)
    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    print(f"serving {settings.graph} at {settings.base_url or f'http://{shown}:{port}/'} (Ctrl-C ends it)", file=sys.stderr, flush=True)
    config = uvicorn.Config(make_app(settings), proxy_headers=True, server_header=False, log_level="info")
    uvicorn.Server(config).run([listener])


def listen(settings: Settings) -> socket.socket:
    """A socket that listens at the settings' address. Raises `KgError` where it is taken, or not this machine's."""
    try:
        family, kind, proto, _, address = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, proto)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise KgError(f"cannot listen at {settings.host}:{settings.port} ({reason})",
                      remedy="choose another --port (0: any that is free) or --host") from None
    return listener
