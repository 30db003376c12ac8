"""One file that is handed in, whatever its format."""

from __future__ import annotations

from pathlib import Path

from kg.contribute.handed import Handed
from kg.contribute.known import open_known
from kg.contribute.read import TABLES, read_rdf


def read_file(path: Path, directory: Path) -> Handed:
    """What the file says. The names in a table are those of the graph in `directory`. Raises `KgError` where it is broken."""
    if path.suffix.lower() in TABLES:
        from kg.contribute.naming import Naming
        from kg.contribute.table import read_table

        return read_table(path, Naming(open_known(directory)))
    return read_rdf(path)
