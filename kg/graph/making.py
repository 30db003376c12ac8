"""The store of a graph in the making, written whole in batches of documents, or changed where documents changed."""

from __future__ import annotations

import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Store

import kg
from kg import terms
from kg.errors import DocumentError, KgError, StoreError
from kg.graph.change import change_store
from kg.graph.claiming import ClaimSorter
from kg.graph.claims import read_facts
from kg.graph.conform import NothingBuiltError, Plan, Validate, keep_what_conforms
from kg.graph.contributions import Contribution
from kg.graph.decisions import Decision, Decisions, read_decisions
from kg.graph.export import write_whole
from kg.graph.facts import KnownEntities, facts_entities
from kg.graph.gather import Gathered, Gathering
from kg.graph.idle import idle_notes
from kg.graph.intake import Progress
from kg.graph.kept import entry_of
from kg.graph.manifest import NAME, STORE, Manifest, read_manifest
from kg.graph.newcomers import Newcomers
from kg.graph.nodes import FACT_CLASSES, RDF_TYPE, digest, document_graph
from kg.graph.originals import write_original
from kg.graph.report import BuildReport, quarantine_text
from kg.graph.shelf import Shelf
from kg.graph.standing import Standing, write_standing
from kg.graph.store import QUARANTINE, open_store
from kg.graph.view import Viewer, rewrite

Derive = Callable[[Store], Iterable[Quad]]
"""Makes the plain triples of the derived layer from a store that holds everything else."""

_DOCUMENTS, _CHARACTERS = 1000, 2_000_000  # of one batch, at most
CHANGED = 0.25
"""The share of the documents above which a graph is written anew."""


@dataclass(slots=True)
class Making:
    """What a graph is made of, and what has been made so far: ``standing`` by SHA-256, ``quads`` of the store, ``failures``."""

    fresh: Path
    shelf: Shelf
    gathering: Gathering
    gathered: Mapping[str, Gathered]
    contributions: list[Contribution]
    gazetteer: KnownEntities | None
    validate: Validate
    progress: Progress
    failures: list[KgError]
    standing: dict[str, Standing] = field(default_factory=dict)
    quads: int = 0
    notes: tuple[str, ...] = ()
    _newcomers: Newcomers = field(default_factory=Newcomers)
    _decisions: Decisions = field(init=False)
    _used: set[tuple[str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._decisions = read_decisions(self.contributions)
        for each in self.gathered.values():
            self._newcomers.add(each.newcomers)

    def make(self, vocabulary: list[Quad], derive: Derive) -> None:
        """Writes the store from nothing. Raises `NothingBuiltError` where no document can be used."""
        store = Store(str(self.fresh / STORE))
        if self._decisions.merged:
            vocabulary = list(rewrite(vocabulary, self._decisions.merged, {}))
        store.bulk_extend(vocabulary)
        claims = ClaimSorter(self.fresh / "claims")
        indices = [index for index, stub in enumerate(self.shelf.stubs) if stub.sha256 in self.gathered]
        for done, batch in self._batches(indices):
            self.progress("writing", done, len(indices) + 1)
            quads = self._conforming(batch)
            store.bulk_extend(quads)
            claims.add(read_facts(quads))
        if not self.standing:
            raise NothingBuiltError("no document can be used", self.failures, "see the reasons above")
        store.bulk_extend(derive(store))
        for part in claims.claims():
            store.bulk_extend(part)
        store.flush()
        self.quads = len(store)

    def change(self, directory: Path, before: Mapping[str, Standing], derive: Derive) -> bool:
        """Whether the store was made of the one that stands in the directory, by changing what `before` does not tell as it is now.

        Not where too much changed, or the old store cannot be read.
        """
        changed = [i for i, stub in enumerate(self.shelf.stubs) if stub.sha256 in self.gathered and not self._stands(before.get(stub.sha256))]
        kept = {sha256: before[sha256] for sha256 in before.keys() & self.gathered.keys() - {self.shelf.stubs[i].sha256 for i in changed}}
        gone = before.keys() - kept.keys()
        if not kept or max(len(changed), len(gone)) > max(1, CHANGED * len(before)):
            return False
        try:
            old = open_store(directory)
            removed = [quad for sha256 in sorted(gone) for quad in old.quads_for_pattern(None, None, None, document_graph(sha256))]
            old.backup(str(self.fresh / STORE))
            del old
            store = Store(str(self.fresh / STORE))
        except (StoreError, RuntimeError, OSError):
            shutil.rmtree(self.fresh / STORE, ignore_errors=True)
            return False
        self.standing.update(kept)
        added = [quad for done, batch in self._batches(changed) for quad in self._conforming(batch)]
        same = set(removed) & set(added)
        removed, added = [quad for quad in removed if quad not in same], [quad for quad in added if quad not in same]
        grew = change_store(store, removed, added, derive) if removed or added else 0
        self.quads = read_manifest(directory).quads + grew
        return True

    def _stands(self, old: Standing | None) -> bool:
        """Whether a document's part of the graph is as it was."""
        if old is None:
            return False
        now = self.gathered[old.entry.sha256]
        return (old.key, old.rules, old.agreement) == (now.key, now.rules, self._newcomers.agreement(now.newcomers))

    def _batches(self, indices: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
        """The documents in batches, with how many stand in the batches before; one batch where people contributed, who may name anything."""
        batch: list[int] = []
        characters = done = 0
        for index in indices:
            batch.append(index)
            characters += self.shelf.characters(index)
            if not self.contributions and (len(batch) >= _DOCUMENTS or characters >= _CHARACTERS):
                yield done, batch
                done, batch, characters = done + len(batch), [], 0
        if batch:
            yield done, batch

    def _conforming(self, batch: Sequence[int]) -> list[Quad]:
        """What the view shows of these documents and of the contributions, without what breaks a shape."""
        plan = Plan({}, {}, self.contributions, self.gazetteer, self.failures)
        for index in batch:
            sha256 = self.shelf.stubs[index].sha256
            try:
                facts = self.gathering.facts(self.gathered[sha256], self.shelf, index)
            except DocumentError as error:
                self.failures.append(error)
                continue
            plan.facts[sha256] = self._newcomers.rename(facts)
            plan.documents[sha256] = self.shelf[index]
        base = keep_what_conforms(plan, self.validate)
        shown, types = self._view(base, plan)
        rejected = defaultdict(list)
        for sha256, each in plan.rejected:
            rejected[sha256].append(each)
        for sha256, facts in plan.facts.items():
            old, count = self.gathered[sha256], types[document_graph(sha256)]
            named = facts_entities(facts)
            self._used |= {(fact.activity.rule, fact.activity.version) for fact in facts}
            self.standing[sha256] = Standing(
                entry_of(plan.documents[sha256], count.total()), old.key, old.rules, old.gaps, old.newcomers,
                self._newcomers.agreement(old.newcomers), dict(count), tuple(sorted({e.iri for e in named if e.known})),
                tuple(sorted({e.iri for e in named if not e.known})), tuple(sorted(rejected[sha256])),
            )  # fmt: skip
        return shown

    def _view(self, base: list[Quad], plan: Plan) -> tuple[list[Quad], dict[NamedNode, Counter[str]]]:
        """What stands of the sources, and the facts of each source counted by type; what is not shown of a document is kept beside the store."""
        viewer = Viewer(self._decisions, frozenset(plan.facts))
        by_graph: dict[NamedNode, list[Quad]] = defaultdict(list)
        for quad in base:
            assert isinstance(quad.graph_name, NamedNode)
            by_graph[quad.graph_name].append(quad)
        shown: list[Quad] = []
        applied: list[tuple[Decision, str]] = []
        types: dict[NamedNode, Counter[str]] = defaultdict(Counter)
        for graph in sorted(by_graph, key=str):
            view = viewer.view(by_graph[graph])
            shown += view.quads
            applied += view.applied
            types[graph] = Counter(FACT_CLASSES[q.object] for q in view.quads if q.predicate == RDF_TYPE and q.object in FACT_CLASSES)  # type: ignore[index]
            if self.contributions and graph.value.startswith(terms.GRAPH + "document-") and set(view.quads) != set(by_graph[graph]):
                write_original(self.fresh, graph, by_graph[graph])
        idle = self._decisions.idle(applied)
        self.notes += tuple(idle_notes(idle, base) if idle else ())
        return shown, types

    def write_files(self, rules_version: str, made_by: str) -> None:
        """Writes what stands beside the store."""
        for stub in self.shelf.stubs:
            if stub.sha256 not in self.standing:
                self.shelf.drop(stub.sha256)
        entries = sorted((each.entry for each in self.standing.values()), key=lambda each: (each.identifier, each.sha256))
        manifest = Manifest(
            package=kg.__version__,
            rules=rules_version or self.gathering.whole or digest([part for pair in sorted(self._used) for part in pair], 16),
            documents=tuple(entries),
            contributions=tuple(contribution.sha256 for contribution in self.contributions),
            facts=sum(entry.facts for entry in entries),
            quads=self.quads,
        )
        write_whole(self.fresh / QUARANTINE, quarantine_text(tuple(each for one in self.standing.values() for each in one.rejected)))
        write_whole(self.fresh / NAME, manifest.text())
        if made_by and not self.contributions:
            write_standing(self.fresh, self.standing.values(), made_by, self.gathering.whole)

    def report(self, directory: Path, warnings: Iterable[str]) -> BuildReport:
        """What was made."""
        facts: Counter[str] = Counter()
        known: set[str] = set()
        new: set[str] = set()
        for each in self.standing.values():
            facts.update(each.types)
            known.update(each.known)
            new.update(each.new)
        return BuildReport(
            graph=directory,
            documents=tuple(sorted(each.entry.identifier for each in self.standing.values())),
            facts=facts,
            entities_known=len(known),
            entities_new=len(new),
            rejected=tuple(sorted(each for one in self.standing.values() for each in one.rejected)),
            failures=tuple(self.failures),
            warnings=(*warnings, *self.notes),
            contributions=len(self.contributions),
            gaps=sum(each.gaps for each in self.standing.values()),
            quads=self.quads,
        )
