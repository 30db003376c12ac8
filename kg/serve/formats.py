"""The formats of answers: their names in addresses, their media types, who writes them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox


@dataclass(frozen=True, slots=True)
class Format:
    """One format. ``name`` is its suffix in an address; ``aliases`` are further media types that ask for it."""

    name: str
    media_type: str
    aliases: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """The value of the Content-Type header."""
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type


ROWS = (
    Format("json", "application/sparql-results+json", ("application/json",), ("sparql-json",)),
    Format("xml", "application/sparql-results+xml", ("application/xml", "text/xml"), ("sparql-xml",)),
    Format("csv", "text/csv"),
    Format("tsv", "text/tab-separated-values"),
)
"""The W3C's formats of rows and of yes or no; the first is what a client gets that does not care."""

GRAPHS = (
    Format("ttl", "text/turtle", ("application/x-turtle",), ("turtle",)),
    Format("nt", "application/n-triples", ("text/plain",), ("ntriples", "n-triples")),
    Format("rdf", "application/rdf+xml", ("application/xml", "text/xml"), ("rdfxml", "rdf+xml", "xml")),
    Format("jsonld", "application/ld+json", ("application/json",), ("json-ld", "json")),
    Format("n3", "text/n3", ("text/rdf+n3",)),
    Format("trig", "application/trig"),
    Format("nq", "application/n-quads", (), ("nquads", "n-quads")),
)
"""The formats of triples."""

ROW_WRITERS = {
    "json": ox.QueryResultsFormat.JSON, "xml": ox.QueryResultsFormat.XML, "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
GRAPH_WRITERS = {
    "ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "rdf": ox.RdfFormat.RDF_XML, "n3": ox.RdfFormat.N3,
    "jsonld": ox.RdfFormat.JSON_LD, "trig": ox.RdfFormat.TRIG, "nq": ox.RdfFormat.N_QUADS,
}


PAGE = Format("html", "text/html")
"""A page for people."""


def media_types(formats: Iterable[Format]) -> list[str]:
    """All media types that ask for one of these formats, the plainest first."""
    items = list(formats)
    return [f.media_type for f in items] + [alias for f in items for alias in f.aliases]


def format_for(media_type: str | None, formats: Iterable[Format]) -> Format | None:
    """The format that a media type asks for."""
    items = list(formats)
    own = next((f for f in items if f.media_type == media_type), None)
    return own or next((f for f in items if media_type in f.aliases), None)


def format_called(word: str, formats: Iterable[Format]) -> Format | None:
    """The format of this name, in any of its spellings; a media type will do as well."""
    items = list(formats)
    return next((f for f in items if word in (f.name, *f.words)), None) or format_for(word, items)
