"""Where a mark of a plot leads: the fact's own address, or its page on a server."""

from __future__ import annotations

_SPACE = "https://w3id.org/bilateral-kg/"


def fact_link(iri: str, base_url: str) -> str:
    """The address of a node: its IRI, or with a base URL the same path below it."""
    return f"{base_url.rstrip('/')}/{iri.removeprefix(_SPACE)}" if base_url and iri.startswith(_SPACE) else iri
