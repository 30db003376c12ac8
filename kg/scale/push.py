"""A graph, or shards that no embedded store could hold, to a triple store elsewhere: one PUT for each named graph.

Each graph takes the place of what the store held under its name, so that a push that was broken off is simply done again.
"""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import resources
from kg.endpoint import Endpoint
from kg.errors import KgError, StoreError
from kg.graph.claims import Said, claims_of, read_facts
from kg.graph.intake import Progress, silent
from kg.graph.nodes import DERIVED
from kg.graph.vocabulary import vocabulary_quads
from kg.scale.shards import FACTS, check_files, read_manifest

if TYPE_CHECKING:
    from concurrent.futures import Future

Graphs = Iterator[tuple[ox.NamedNode, list[ox.Triple]]]
Derive = Callable[[Endpoint], Iterable[ox.Quad]]
"""Makes the plain triples of the derived layer from what the store elsewhere holds."""

_AT_ONCE = 8  # requests


@dataclass(frozen=True, slots=True)
class Pushed:
    """How much was pushed."""

    graphs: int
    triples: int


def push_graph(store: ox.Store, endpoint: Endpoint, progress: Progress = silent) -> Pushed:
    """How much of a graph's store was pushed: all of it. Raises `EndpointError`."""
    names = sorted((name for name in store.named_graphs() if isinstance(name, ox.NamedNode)), key=str)
    return _put(((name, [quad.triple for quad in store.quads_for_pattern(None, None, None, name)]) for name in names), endpoint, progress, len(names))


def push_shards(
    directories: Sequence[str | Path], endpoint: Endpoint, queries: Endpoint, derive: Derive, progress: Progress = silent
) -> Pushed:
    """How much of the facts of extractions was pushed: ontology and gazetteer, every document, then what follows from them.

    `queries` is the same store by the address that it takes queries at: the plain triples of the derived layer are made there.
    Memory grows with the facts, for their claims, not with texts or statements. Raises `EndpointError`, `StoreError` for broken shards.
    """
    manifests = {folder: read_manifest(folder) for folder in map(Path, directories)}
    files = [file for each in manifests for file in check_files(each, manifests[each], FACTS) if file.name.endswith(".nq.gz")]
    if not files:
        raise StoreError("holds no facts as N-Quads", file=directories[0], remedy="extract again with --format nquads")
    queries.ask("ASK {}", own_dataset=True)  # a wrong address is told now, not when all documents are there
    said: list[Said] = []
    first = _put(_vocabulary(), endpoint)
    documents = _put(_documents(files, said), endpoint, progress, sum(each.documents for each in manifests.values()))
    derived = {*derive(queries), *claims_of({each.node: each for each in said}.values())}
    last = _put(iter([(DERIVED, [quad.triple for quad in derived])]), endpoint)
    progress("writing", 1, 1)
    return Pushed(first.graphs + documents.graphs + last.graphs, first.triples + documents.triples + last.triples)


def _vocabulary() -> Graphs:
    quads = sorted(vocabulary_quads(resources.folder("ontology")), key=lambda quad: str(quad.graph_name))
    for name, members in groupby(quads, key=lambda quad: quad.graph_name):
        assert isinstance(name, ox.NamedNode)
        yield name, [quad.triple for quad in members]


def _documents(files: Iterable[Path], said: list[Said]) -> Graphs:
    """The graph of each document; what its facts say goes to `said`."""
    for file in files:
        try:
            with io.BufferedReader(gzip.open(file)) as stream:
                for name, members in groupby(ox.parse(stream, format=ox.RdfFormat.N_QUADS), key=lambda quad: quad.graph_name):
                    quads = list(members)
                    assert isinstance(name, ox.NamedNode)
                    said += read_facts(quads)
                    yield name, [quad.triple for quad in quads]
        except (OSError, EOFError, SyntaxError) as error:
            raise StoreError(f"the shard cannot be read ({error})", file=file, remedy="extract again") from None


def _put(graphs: Graphs, endpoint: Endpoint, progress: Progress = silent, of: int = 0) -> Pushed:
    """Puts the graphs, several at once; the first that fails ends all."""
    done = triples = 0
    running: set[Future[int]] = set()
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        try:
            for name, members in graphs:
                if len(running) >= 2 * _AT_ONCE:  # no more waits in memory
                    finished, running = wait(running, return_when=FIRST_COMPLETED)
                    triples += sum(each.result() for each in finished)
                    done += len(finished)
                progress("writing", done, of)
                running.add(pool.submit(_put_one, endpoint, name, members))
            triples += sum(each.result() for each in running)
        except (KgError, KeyboardInterrupt):
            pool.shutdown(cancel_futures=True)
            raise
    return Pushed(done + len(running), triples)


def _put_one(endpoint: Endpoint, name: ox.NamedNode, triples: list[ox.Triple]) -> int:
    endpoint.put_graph(name.value, triples)
    return len(triples)
