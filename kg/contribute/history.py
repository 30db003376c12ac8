"""All that was ever stated, in a store of its own: for questions about facts that no longer stand."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Store

from kg import terms
from kg.contribute.ledger import Ledger, open_ledger
from kg.graph.decisions import name_of
from kg.graph.nodes import bkg

HISTORY = NamedNode(terms.GRAPH + "history")
_WITHDRAWN_BY = bkg("withdrawnBy")


@contextlib.contextmanager
def history_of(directory: Path) -> Iterator[tuple[Path, Store]]:
    """A store, and the folder that it lies in, with every source's statements as the source makes them, whatever was decided since.

    A fact or contribution that no longer stands names the contribution that took it out by `bkg:withdrawnBy`, in `graph:history`.
    Claims and plain triples are those of the current view. The folder is gone when the block ends.
    """
    with tempfile.TemporaryDirectory(prefix="kg-history-") as name:
        path = Path(name) / "store"
        store = Store(str(path))
        store.bulk_extend(history_quads(open_ledger(directory)))
        store.flush()
        del store
        yield path, Store.read_only(str(path))


def history_quads(ledger: Ledger) -> list[Quad]:
    """The statements of `history_of`."""
    changed = ledger.changed()
    kept = [quad for quad in ledger.store if quad.graph_name not in set(changed)]
    stated = [quad for graph in changed for quad in ledger.base(graph)]
    return [*kept, *stated, *_withdrawals(ledger)]


def _withdrawals(ledger: Ledger) -> list[Quad]:
    found = [
        Quad(NamedNode(name), _WITHDRAWN_BY, NamedNode(name_of(by)), HISTORY)
        for name, by in sorted(ledger.decisions.withdrawn.items()) if name in ledger.by_name
    ]  # fmt: skip
    for fact in ledger.history.values():
        by = ledger.hidden_by(fact)
        if by is not None:
            found.append(Quad(NamedNode(fact.iri), _WITHDRAWN_BY, NamedNode(name_of(by)), HISTORY))
    return found
