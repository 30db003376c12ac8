"""The store of a graph in the making, written whole in batches of documents, or changed where documents changed."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse, serialize

import kg
from kg import terms
from kg.errors import DocumentError, KgError, StoreError
from kg.graph.change import change_store
from kg.graph.claiming import ClaimSorter
from kg.graph.claims import Said, group_digest, read_facts
from kg.graph.conform import NothingBuiltError, Plan, Validate, keep_what_conforms
from kg.graph.contributions import Contribution
from kg.graph.decisions import Decision, Decisions, read_decisions
from kg.graph.export import write_whole
from kg.graph.facts import KnownEntities, facts_entities
from kg.graph.gather import Gathered, Gathering, facts_of
from kg.graph.idle import idle_notes
from kg.graph.intake import Progress
from kg.graph.kept import entry_of
from kg.graph.manifest import NAME, STORE, Manifest, read_manifest
from kg.graph.newcomers import Newcomers
from kg.graph.nodes import FACT_CLASSES, RDF_TYPE, digest, document_graph, document_node
from kg.graph.originals import write_original
from kg.graph.processes import FORKS, Submit, processes
from kg.graph.report import BuildReport, quarantine_text
from kg.graph.shelf import Shelf
from kg.graph.standing import Fellows, Standing, write_standing
from kg.graph.store import QUARANTINE, open_store
from kg.graph.view import Viewer, rewrite

Derive = Callable[[Store], Iterable[Quad]]
"""Makes the plain triples of the derived layer from a store that holds everything else."""

_DOCUMENTS, _CHARACTERS = 500, 1_000_000  # of one batch, at most
_QUADS = 100_000  # of the derived layer, written at once
CHANGED = 0.25
"""The share of the documents above which a graph is written anew."""


Packed = tuple[int, bytes]
"""A document's number on the shelf, and its facts as the cache keeps them."""


@dataclass(slots=True)
class _Part:
    """What some documents put into the store, and what is noted of them."""

    quads: bytes = b""
    claimed: list[Said] = field(default_factory=list)
    standing: dict[str, Standing] = field(default_factory=dict)
    used: set[tuple[str, str]] = field(default_factory=set)
    failures: list[KgError] = field(default_factory=list)
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class Making:
    """What a graph is made of, and what has been made so far: ``standing`` by SHA-256, ``quads`` of the store, ``failures``.

    ``missing`` are accepted contributions, by SHA-256, whose files are not there: the manifest counts them on, so that they stay missed.
    """

    fresh: Path
    shelf: Shelf
    gathering: Gathering
    gathered: Mapping[str, Gathered]
    contributions: list[Contribution]
    gazetteer: KnownEntities | None
    validate: Validate
    progress: Progress
    failures: list[KgError]
    missing: Collection[str] = ()
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
        claims = ClaimSorter(self.fresh / "claims")
        indices = [index for index, stub in enumerate(self.shelf.stubs) if stub.sha256 in self.gathered]
        with contextlib.closing(self._parts(indices)) as parts:
            first = next(parts)  # processes are made before the store is open: they must not have it
            store = Store(str(self.fresh / STORE))
            if self._decisions.merged:
                vocabulary = list(rewrite(vocabulary, self._decisions.merged, {}))
            store.bulk_extend(vocabulary)
            for part in itertools.chain([first], parts):
                store.bulk_load(part.quads, RdfFormat.N_QUADS)
                claims.add(part.claimed)
                self.progress("writing", len(self.standing), len(indices) + 1)
        if not self.standing:
            raise NothingBuiltError("no document can be used", self.failures, "see the reasons above")
        derived = iter(derive(store))
        while portion := list(itertools.islice(derived, _QUADS)):  # a bulk load keeps in memory what it is given
            store.bulk_extend(portion)
        for claimed in claims.claims():
            store.bulk_extend(claimed)
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
            Store(str(self.fresh / STORE))  # whether it opens
        except (StoreError, RuntimeError, OSError):
            shutil.rmtree(self.fresh / STORE, ignore_errors=True)
            return False
        self.standing.update(kept)
        added = [quad for part in self._parts(changed) for quad in parse(part.quads, RdfFormat.N_QUADS)]
        store = Store(str(self.fresh / STORE))  # not before: processes made meanwhile must not have it
        same = set(removed) & set(added)
        removed, added = [quad for quad in removed if quad not in same], [quad for quad in added if quad not in same]
        grew = change_store(store, removed, added, derive, Fellows(before.values())) if removed or added else 0
        self.quads = read_manifest(directory).quads + grew
        return True

    def _stands(self, old: Standing | None) -> bool:
        """Whether a document's part of the graph is as it was."""
        if old is None:
            return False
        now = self.gathered[old.entry.sha256]
        return (old.key, old.rules, old.agreement) == (now.key, now.rules, self._newcomers.agreement(now.newcomers))

    def _parts(self, indices: Sequence[int]) -> Generator[_Part, None, None]:
        """The documents' parts of the store in their order, each noted here; several are made at once where there are many documents."""
        batches = self._batches(indices)
        workers = min(self.gathering.jobs or os.cpu_count() or 1, len(batches))
        if workers < 2 or not FORKS:
            for batch in batches:
                yield self._note(self._part(self._packed(batch)))
            return
        with processes(workers, partial(_remember, self)) as submit:
            for part in self._made_beside(submit, batches, workers):
                yield self._note(part)

    def _made_beside(self, submit: Submit, batches: Iterable[Sequence[int]], workers: int) -> Iterator[_Part]:
        waiting: deque[Future[_Part]] = deque()
        for batch in batches:
            waiting.append(submit(_part_of, self._packed(batch)))
            if len(waiting) > workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def _note(self, part: _Part) -> _Part:
        self.standing |= part.standing
        self._used |= part.used
        self.failures += part.failures
        self.notes += part.notes
        return part

    def _batches(self, indices: Sequence[int]) -> list[list[int]]:
        """The documents in batches; one batch where people contributed, who may name anything."""
        batches: list[list[int]] = [[]]
        characters = 0
        for index in indices:
            if not self.contributions and (len(batches[-1]) >= _DOCUMENTS or characters >= _CHARACTERS):
                batches.append([])
                characters = 0
            batches[-1].append(index)
            characters += self.shelf.characters(index)
        return batches

    def _packed(self, batch: Sequence[int]) -> list[Packed]:
        found = []
        for index in batch:
            try:
                found.append((index, self.gathering.packed(self.gathered[self.shelf.stubs[index].sha256], self.shelf, index)))
            except DocumentError as error:
                self.failures.append(error)
        return found

    def _part(self, packed: Sequence[Packed]) -> _Part:
        """What the view shows of these documents and of the contributions, without what breaks a shape."""
        part = _Part()
        plan = Plan({}, {}, self.contributions, self.gazetteer, part.failures)
        for index, entry in packed:
            sha256 = self.shelf.stubs[index].sha256
            plan.facts[sha256] = self._newcomers.rename(facts_of(entry))
            plan.documents[sha256] = self.shelf[index]
        base = keep_what_conforms(plan, self.validate)
        shown, types, part.notes = self._view(base, plan)
        part.claimed = read_facts(shown)
        groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for said in part.claimed:
            if said.comparable:
                groups[said.source].append((group_digest(said.group), said.node.value.removeprefix(terms.FACT)))
        rejected = defaultdict(list)
        for sha256, each in plan.rejected:
            rejected[sha256].append(each)
        for sha256, facts in plan.facts.items():
            old, count = self.gathered[sha256], types[document_graph(sha256)]
            named = facts_entities(facts)
            part.used |= {(fact.activity.rule, fact.activity.version) for fact in facts}
            part.standing[sha256] = Standing(
                entry_of(plan.documents[sha256], count.total()), old.key, old.rules, old.gaps, old.newcomers,
                self._newcomers.agreement(old.newcomers), dict(count), tuple(sorted({e.iri for e in named if e.known})),
                tuple(sorted({e.iri for e in named if not e.known})), tuple(sorted(rejected[sha256])),
                tuple(sorted(groups[str(document_node(sha256))])),
            )  # fmt: skip
        part.quads = serialize(shown, format=RdfFormat.N_QUADS) or b""
        return part

    def _view(self, base: list[Quad], plan: Plan) -> tuple[list[Quad], dict[NamedNode, Counter[str]], tuple[str, ...]]:
        """What stands of the sources, the facts of each source counted by type, and notes; what is not shown of a document is kept beside
        the store."""
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
        return shown, types, tuple(idle_notes(idle, base) if idle else ())

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
            contributions=tuple(sorted({*self.missing, *(contribution.sha256 for contribution in self.contributions)})),
            facts=sum(entry.facts for entry in entries),
            quads=self.quads,
        )
        write_whole(self.fresh / QUARANTINE, quarantine_text(tuple(each for one in self.standing.values() for each in one.rejected)))
        write_whole(self.fresh / NAME, manifest.text())
        if made_by and not self.contributions and not self.missing:
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


_making: Making | None = None
"""In a process made for a `Making`: what it is to make parts of."""


def _remember(making: Making) -> None:
    global _making
    _making = making


def _part_of(packed: Sequence[Packed]) -> _Part:
    assert _making is not None
    return _making._part(packed)
