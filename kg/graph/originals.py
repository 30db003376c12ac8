"""What documents stated before decisions changed the view of it: one file of N-Quads for each such document.

    graph/originals/<sha256>.nq    the whole graph of the document, as it was read

So every decision can be undone, and looked up, without reading the document again.
"""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from kg import terms
from kg.errors import StoreError
from kg.graph.store import ORIGINALS
from kg.graph.write import write_nquads

_DOCUMENT = terms.GRAPH + "document-"


def write_original(directory: Path, graph: NamedNode, quads: list[Quad] | None) -> None:
    """Keeps what the document of this graph states, or with None says that the view shows all of it."""
    path = _path(directory, graph)
    if quads is None:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(exist_ok=True)
    beside = path.with_name(f".{path.name}")
    beside.write_text(write_nquads(quads), encoding="utf-8", newline="\n")
    beside.replace(path)


def read_original(directory: Path, graph: NamedNode, store: Store) -> list[Quad]:
    """All that the document of this graph states, whatever the view shows of it. Raises `StoreError` where the file is broken."""
    path = _path(directory, graph)
    if not path.exists():
        return list(store.quads_for_pattern(None, None, None, graph))
    try:
        return list(parse(path=str(path), format=RdfFormat.N_QUADS))
    except (OSError, ValueError, SyntaxError) as error:
        raise StoreError(f"the graph is broken ({error})", file=path, remedy="mend it: kg doctor --repair") from None


def changed_graphs(directory: Path) -> list[NamedNode]:
    """The graphs of the documents of which the view does not show all, or not as it was read; sorted."""
    return [NamedNode(_DOCUMENT + path.stem) for path in sorted((directory / ORIGINALS).glob("[0-9a-f]*.nq"))]


def _path(directory: Path, graph: NamedNode) -> Path:
    return directory / ORIGINALS / f"{graph.value.removeprefix(_DOCUMENT)}.nq"
