"""RDF files as triples, with errors that name file, line, reason and remedy."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from kg.errors import KgError
from kg.validate.convert import Triple

_REMEDY = "mend the line, or check the file with another RDF parser"


def read_triples(path: Path) -> list[Triple]:
    """The triples of a Turtle, TriG, N-Triples, N-Quads, JSON-LD or RDF/XML file; named graphs are merged.

    Raises: `KgError` where the file is missing, of an unknown kind or broken.
    """
    form = ox.RdfFormat.from_extension(path.suffix.lstrip("."))
    if form is None:
        raise KgError(
            f"the ending {path.suffix!r} names no RDF format",
            file=path, remedy="give a file that ends in .ttl, .trig, .nt, .nq, .jsonld or .rdf",
        )  # fmt: skip
    try:
        return [(quad.subject, quad.predicate, quad.object) for quad in ox.parse(path=str(path), format=form)]
    except SyntaxError as error:
        raise KgError(str(error.msg), file=path, line=error.lineno, remedy=_REMEDY) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise KgError(f"cannot be read: {reason}", file=path, remedy="check that the file exists") from error
