"""A contribution enters the graph: its file is kept, and of the store exactly what it changes is written.

The store holds, for each source graph, the current view (`Viewer`) of what the source states. A new contribution changes the view of
its own graph, and by its decisions those of others; what it leaves is what `kg build` makes of the same documents and contributions.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Store

from kg import resources, terms
from kg.errors import StoreError
from kg.graph.change import Derive, change_store
from kg.graph.contributions import Contribution, read_contributions, write_contribution
from kg.graph.decisions import Decisions, name_of, read_decisions
from kg.graph.export import write_whole
from kg.graph.manifest import NAME, STORE, Manifest, read_manifest
from kg.graph.nodes import FACT_CLASSES, GAZETTEER, RDF_TYPE
from kg.graph.originals import changed_graphs, read_original, write_original
from kg.graph.store import CONTRIBUTIONS
from kg.graph.view import Viewer, rewrite
from kg.graph.vocabulary import vocabulary_quads

_FROM_DOCUMENT, _FROM_CONTRIBUTION = terms.GRAPH + "document-", terms.GRAPH + "contribution-"


@dataclass(frozen=True, slots=True)
class Entry:
    """What an entry changed: how many facts stand more, or fewer, in the current view, and how many statements."""

    facts: int
    quads: int


def next_sequence(contributions: Iterable[Contribution]) -> int:
    """The number of the next contribution: one more than any so far."""
    return max((each.header.sequence for each in contributions if each.header), default=0) + 1


def enter_contribution(
    directory: Path, fresh: Path, contribution: Contribution, text: str, derive: Derive, ontology: Path | None = None
) -> Entry:
    """What the contribution changed in `fresh`, the copy of the graph `directory` that `changing` made.

    Raises `StoreError` where another contribution is broken: the view would forget what it decides.
    """
    manifest = read_manifest(directory)
    known, broken = read_contributions(fresh)
    if broken:
        raise StoreError(f"a contribution is broken ({broken[0]})", file=directory, remedy="see what to do: kg doctor")
    counted = [each for each in known if each.sha256 in set(manifest.contributions)]
    write_contribution(fresh / CONTRIBUTIONS, text)
    before, after = read_decisions(counted), read_decisions([*counted, contribution])
    store = Store(str(fresh / STORE))
    try:
        change = _Change(fresh, store, manifest, before, after)
        entry, manifest = change.make(contribution, derive, ontology)
        store.flush()
    finally:
        del store, change
        gc.collect()  # nobody may have the store open when the graph is put in its place
    write_whole(fresh / NAME, manifest.text())
    return entry


class _Change:
    """The way from one set of decisions to the next in one store."""

    def __init__(self, fresh: Path, store: Store, manifest: Manifest, before: Decisions, after: Decisions) -> None:
        self.fresh, self.store, self.manifest = fresh, store, manifest
        self.before, self.after = before, after
        self.documents = frozenset(entry.sha256 for entry in manifest.documents)
        self.viewer = Viewer(after, self.documents)

    def make(self, contribution: Contribution, derive: Derive, ontology: Path | None) -> tuple[Entry, Manifest]:
        removed: list[Quad] = []
        added: list[Quad] = []
        counts: dict[str, int] = {}
        facts = 0
        for graph in sorted({contribution.graph, *self._affected()}, key=str):
            base = self._base(graph)
            new, old = self.viewer.view(base).quads, list(self.store.quads_for_pattern(None, None, None, graph))
            removed += set(old) - set(new)
            added += set(new) - set(old)
            facts += count_facts(new) - count_facts(old)
            if graph.value.startswith(_FROM_DOCUMENT):
                write_original(self.fresh, graph, base if set(base) != set(new) else None)
                counts[graph.value.removeprefix(_FROM_DOCUMENT)] = count_facts(new)
        grown = change_store(self.store, removed, added, derive) + self._change_gazetteer(ontology)
        documents = tuple(replace(each, facts=counts.get(each.sha256, each.facts)) for each in self.manifest.documents)
        manifest = replace(
            self.manifest, documents=documents, facts=sum(each.facts for each in documents), quads=self.manifest.quads + grown,
            contributions=tuple(sorted({*self.manifest.contributions, contribution.sha256})),
        )  # fmt: skip
        return Entry(facts, grown), manifest

    def _affected(self) -> set[NamedNode]:
        """The graphs whose view the new decisions can change."""
        before, after = self.before, self.after
        found = {
            each.graph for each in before.contributions
            if (name_of(each) in before.withdrawn) != (name_of(each) in after.withdrawn)
        }  # fmt: skip
        for decision in set(before.facts) ^ set(after.facts):
            found |= {NamedNode(graph) for graph in decision.target.contributions}
            if decision.target.document in self.documents:
                found.add(NamedNode(_FROM_DOCUMENT + decision.target.document))
            elif decision.target.identifier:
                found |= self._documents_called(decision.target.identifier)
        merged = {e for e in {*before.merged, *after.merged} if before.merged.get(e) != after.merged.get(e)}
        for entity in sorted(merged):
            found |= self._graphs_that_name(entity)
        if merged or before.named != after.named:
            found |= set(changed_graphs(self.fresh))
        return found

    def _documents_called(self, identifier: str) -> set[NamedNode]:
        return {NamedNode(_FROM_DOCUMENT + each.sha256) for each in self.manifest.documents if each.identifier == identifier}

    def _graphs_that_name(self, entity: str) -> set[NamedNode]:
        node = NamedNode(entity)
        quads = [*self.store.quads_for_pattern(None, None, node, None), *self.store.quads_for_pattern(node, None, None, None)]
        graphs = {quad.graph_name for quad in quads}
        found = {g for g in graphs if isinstance(g, NamedNode) and g.value.startswith((_FROM_DOCUMENT, _FROM_CONTRIBUTION))}
        return found | {each.graph for each in self.after.contributions if any(node in (q.subject, q.object) for q in each.quads)}

    def _base(self, graph: NamedNode) -> list[Quad]:
        """All that the source of this graph states."""
        if graph.value.startswith(_FROM_DOCUMENT):
            return read_original(self.fresh, graph, self.store)
        return canonical(quad for each in self.after.contributions if each.graph == graph for quad in each.quads)

    def _change_gazetteer(self, ontology: Path | None) -> int:
        """By how many quads the gazetteer's graph grew, where merges of its entities changed."""
        before, after = self.before.merged, self.after.merged
        changed = {e for e in {*before, *after} if before.get(e) != after.get(e)}
        nodes = {NamedNode(e) for e in changed} | {NamedNode(m[e]) for m in (before, after) for e in changed if e in m}
        if not nodes:
            return 0
        base = [q for q in vocabulary_quads(ontology or resources.folder("ontology")) if q.graph_name == GAZETTEER]
        new = {quad for quad in rewrite(base, after, {}) if nodes & {quad.subject, quad.object}}
        old = {
            quad for node in nodes
            for quad in (*self.store.quads_for_pattern(node, None, None, GAZETTEER),
                         *self.store.quads_for_pattern(None, None, node, GAZETTEER))
        }  # fmt: skip
        for quad in old - new:
            self.store.remove(quad)
        self.store.extend(new - old)
        return len(new - old) - len(old - new)


def canonical(quads: Iterable[Quad]) -> list[Quad]:
    """The quads as a store keeps them: literals in their canonical forms."""
    store = Store()
    store.extend(quads)
    return list(store)


def count_facts(quads: Sequence[Quad]) -> int:
    """How many facts these quads state."""
    return len({quad.subject for quad in quads if quad.predicate == RDF_TYPE and quad.object in FACT_CLASSES})
