"""A graph opened together with its contributions: what stands, what does not and by whose decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Store

from kg import terms
from kg.errors import KgError, StoreError
from kg.graph import Contribution, Manifest, open_store, read_contributions, read_manifest
from kg.graph.decisions import Decision, Decisions, name_of, read_decisions
from kg.graph.explain import SHORTEST, facts_called, facts_in
from kg.graph.nodes import RDF_TYPE, short
from kg.graph.originals import changed_graphs, read_original
from kg.graph.stated import Stated, read_stated
from kg.graph.view import Viewer

_SHORTEST = 6  # hexadecimal digits that are taken for the beginning of a contribution's name


@dataclass(frozen=True)
class Ledger:
    """A graph directory, its store open for reading, and its contributions with what they decide."""

    directory: Path
    store: Store
    manifest: Manifest
    contributions: tuple[Contribution, ...]
    decisions: Decisions

    @cached_property
    def viewer(self) -> Viewer:
        """The decisions, ready for single graphs."""
        return Viewer(self.decisions, frozenset(entry.sha256 for entry in self.manifest.documents))

    @cached_property
    def history(self) -> Mapping[str, Stated]:
        """Every fact of the contributions, and of documents of which decisions changed the view, as its source states it; by IRI."""
        return read_stated(quad for graph in self.changed() for quad in self.base(graph))

    @cached_property
    def by_name(self) -> Mapping[str, Contribution]:
        """The contributions by the name that decisions use."""
        return {name_of(each): each for each in self.contributions}

    @property
    def missing(self) -> list[str]:
        """The SHA-256 of each contribution that was accepted and is not there any more."""
        return sorted(set(self.manifest.contributions) - {each.sha256 for each in self.contributions})

    def changed(self) -> list[NamedNode]:
        """The graphs of all contributions, and of the documents of which the view does not show all; sorted."""
        return sorted({*(each.graph for each in self.contributions), *changed_graphs(self.directory)}, key=str)

    def base(self, graph: NamedNode) -> list[Quad]:
        """All that the source of this graph states, before any decision."""
        if graph.value.startswith(terms.GRAPH + "document-"):
            return read_original(self.directory, graph, self.store)
        return [quad for each in self.contributions if each.graph == graph for quad in each.quads]

    def find_fact(self, name: str) -> Stated:
        """The fact of this IRI, ``fact:...`` or first digits, as its source states it, whether it stands or not.

        Raises `KgError` where no fact was ever called so, or several are.
        """
        found = facts_called(facts_in(self.store), name)
        if not found:
            return self._find_hidden(name)
        node = NamedNode(found[0])
        graphs = [q.graph_name for q in self.store.quads_for_pattern(node, RDF_TYPE, None, None)]
        for graph in sorted((g for g in graphs if isinstance(g, NamedNode) and g.value != terms.DERIVED_GRAPH), key=str):
            stated = read_stated(self.base(graph)).get(node.value)
            if stated is not None:
                return stated
        raise KgError(f"{name} stands in no document and no contribution", remedy="mend the graph: kg doctor")

    def _find_hidden(self, name: str) -> Stated:
        found = facts_called(self.history, name)
        if not found and len(name.removeprefix("fact:")) < SHORTEST:
            raise KgError(
                f"{name!r} is too short to name a fact or a contribution",
                remedy=f"write at least {SHORTEST} characters of a fact's, {_SHORTEST} of a contribution's",
            )
        if not found:
            raise KgError(f"no fact or contribution {name!r} in the graph, nor in its history", remedy="copy one that kg query, kg review or kg log prints")
        return self.history[found[0]]

    def find_contribution(self, name: str) -> Contribution | None:
        """The contribution of this IRI, file name, hash or first digits of either; None where there is none.

        Raises `KgError` where several begin so.
        """
        exact = next((each for each in self.contributions if name.strip("<>") in (name_of(each), short(name_of(each)))), None)
        if exact is not None:
            return exact
        key = Path(name.strip("<>")).name.removesuffix(".ttl").removeprefix("contribution:").removeprefix("graph:")
        key = key.removeprefix("contribution-")
        if len(key) < _SHORTEST:
            return None
        found = {
            each.sha256: each for each in self.contributions
            if each.sha256.startswith(key) or name_of(each).removeprefix(terms.CONTRIBUTION).startswith(key)
        }  # fmt: skip
        if len(found) > 1:
            raise KgError(f"{len(found)} contributions begin with {key}", remedy="write more of it; kg log lists them")
        return next(iter(found.values()), None)

    def decided(self, fact: Stated) -> list[Decision]:
        """The decisions that stand and count for this fact, the first first."""
        view = self.viewer.view(self.base(NamedNode(fact.graph)))
        return [decision for decision, iri in view.effective if iri == fact.iri]

    def hidden_by(self, fact: Stated) -> Contribution | None:
        """The contribution by which this fact left the current view; None where it stands."""
        source = next((each for each in self.contributions if each.graph.value == fact.graph), None)
        if source is not None and name_of(source) in self.decisions.withdrawn:
            return self.decisions.withdrawn[name_of(source)]
        return next((each.contribution for each in self.decided(fact) if each.hides), None)


def open_ledger(directory: Path) -> Ledger:
    """The ledger of a graph directory. Raises `StoreError` where there is no usable graph, or a contribution is broken."""
    store = open_store(directory)
    contributions, broken = read_contributions(directory)
    if broken:
        raise StoreError(f"a contribution is broken: {broken[0].what}", file=broken[0].file, remedy="see what to do: kg doctor")
    manifest = read_manifest(directory)
    counted = tuple(each for each in contributions if each.sha256 in set(manifest.contributions))
    return Ledger(directory, store, manifest, tuple(sorted(counted, key=lambda each: each.order)), read_decisions(counted))


def told(contribution: Contribution) -> str:
    """Who made the contribution, when and why, for messages: ``by Ada on 2026-11-22 (wrong year)``."""
    header = contribution.header
    if header is None:
        return f"by a file that somebody put there ({contribution.file.name})"
    why = f" ({header.note})" if header.note else ""
    return f"by {header.who} on {header.when[:10]}{why}"


def facts_of(contribution: Contribution) -> Iterable[Stated]:
    """The facts that the contribution states, by IRI."""
    return read_stated(contribution.quads).values()
