"""Documents become a graph: read, extracted, validated, derived, written beside the old graph and put in its place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Store

import kg
from kg import resources, terms
from kg.errors import KgError
from kg.graph.claims import claim_quads
from kg.graph.conform import NothingBuiltError, Plan, Validate, keep_what_conforms, leave_out_unwritable
from kg.graph.contributions import read_contribution, read_contributions, write_contribution
from kg.graph.decisions import Decision, Decisions, read_decisions
from kg.graph.export import write_whole
from kg.graph.facts import KnownEntities, fact_iri, facts_entities
from kg.graph.idle import idle_notes
from kg.graph.intake import Progress, read_documents
from kg.graph.kept import entry_of, read_kept_documents
from kg.graph.manifest import NAME, STORE, Manifest
from kg.graph.newcomers import agree_on_names
from kg.graph.nodes import FACT_CLASSES, RDF_TYPE, digest
from kg.graph.originals import write_original
from kg.graph.pool import SECONDS, Extractor, Outcome, extract_all
from kg.graph.report import BuildReport, quarantine_text
from kg.graph.store import CONTRIBUTIONS, DOCUMENTS, QUARANTINE, replacing
from kg.graph.view import Viewer, rewrite
from kg.graph.vocabulary import vocabulary_quads
from kg.model import Document

Derive = Callable[[Store], Iterable[Quad]]
"""Makes the plain triples of the derived layer from a store that holds everything else."""


def build(
    paths: Iterable[str | Path],
    graph_dir: str | Path,
    *,
    extractor: Extractor,
    gazetteer: KnownEntities | None = None,
    validate: Validate = lambda quads: (),
    derive: Derive = lambda store: (),
    metadata: Mapping[str, str] | None = None,
    rules_version: str = "",
    jobs: int | None = None,
    seconds: float = SECONDS,
    ontology: Path | None = None,
    progress: Progress = lambda what, done, of: None,
) -> BuildReport:
    """A report of the graph made from these files and folders, and from the contributions that stand in the graph.

    The graph is what the documents make, whatever their order: a document left out is gone. One that cannot be read or
    extracted is left out and named in the report, a fact that `validate` refuses likewise. Without `paths`: from the
    documents that come with the package. The old graph stands until the new one is complete.

    Raises `NothingBuiltError` where no document can be used, `StoreError` where the graph cannot be written, `KgError`
    where rules, ontology or options are broken.
    """
    return _build(
        graph_dir, lambda directory: read_documents(list(paths) or [resources.folder("seeds")], metadata, progress),
        _extraction(extractor, seconds, jobs, progress), gazetteer, validate, derive, rules_version, ontology, progress,
    )  # fmt: skip


def rebuild(
    graph_dir: str | Path,
    *,
    extractor: Extractor,
    gazetteer: KnownEntities | None = None,
    validate: Validate = lambda quads: (),
    derive: Derive = lambda store: (),
    rules_version: str = "",
    jobs: int | None = None,
    seconds: float = SECONDS,
    ontology: Path | None = None,
    progress: Progress = lambda what, done, of: None,
    entering: str = "",
    wait: float = 0.0,
) -> BuildReport:
    """A report of the graph made anew from the texts that it keeps, and from its contributions; as `build` in all else.

    `entering` is the text of a contribution that joins them with this build, or not at all where it fails.
    """
    return _build(
        graph_dir, lambda directory: (*read_kept_documents(directory), []),
        _extraction(extractor, seconds, jobs, progress), gazetteer, validate, derive, rules_version, ontology, progress,
        entering, wait,
    )  # fmt: skip


def build_extracted(
    outcomes: Iterable[Outcome],
    graph_dir: str | Path,
    *,
    failures: Iterable[KgError] = (),
    gazetteer: KnownEntities | None = None,
    validate: Validate = lambda quads: (),
    derive: Derive = lambda store: (),
    rules_version: str = "",
    ontology: Path | None = None,
    progress: Progress = lambda what, done, of: None,
) -> BuildReport:
    """A report of the graph made from documents that were extracted elsewhere, one outcome for each text; as `build` in all else.

    `failures` are the documents that were left out there.
    """
    found = sorted(outcomes, key=lambda each: (each.document.identifier, each.document.sha256))
    return _build(
        graph_dir, lambda directory: ([each.document for each in found], list(failures), []),
        lambda documents: found, gazetteer, validate, derive, rules_version, ontology, progress,
    )  # fmt: skip


def _build(
    graph_dir: str | Path,
    read: Callable[[Path], tuple[list[Document], list[KgError], list[str]]],
    extract: Callable[[list[Document]], list[Outcome]],
    gazetteer: KnownEntities | None,
    validate: Validate,
    derive: Derive,
    rules_version: str,
    ontology: Path | None,
    progress: Progress,
    entering: str = "",
    wait: float = 0.0,
) -> BuildReport:
    directory = Path(graph_dir)
    with replacing(directory, wait) as fresh:
        documents, failures, warnings = read(directory)
        if not documents:
            raise NothingBuiltError("no document can be used", failures, "give at least one readable English document")
        outcomes = extract(documents)
        failures += [outcome.error for outcome in outcomes if outcome.error]
        done = [outcome for outcome in outcomes if outcome.error is None]
        if not done:
            raise NothingBuiltError("no document can be used", failures, "see the reasons above")
        vocabulary = vocabulary_quads(ontology or resources.folder("ontology"))
        contributions, broken = read_contributions(directory)
        if entering:
            contributions.append(read_contribution(write_contribution(fresh / CONTRIBUTIONS, entering)))
        plan = Plan(
            agree_on_names({outcome.document.sha256: outcome.facts for outcome in done}),
            {outcome.document.sha256: outcome.document for outcome in done},
            contributions,
            gazetteer,
            failures + broken,
        )
        leave_out_unwritable(plan)
        progress("validating", 0, 1)
        base = keep_what_conforms(plan, validate)
        progress("writing", 0, 1)
        view = _write_view(fresh, base, plan)
        vocabulary = list(rewrite(vocabulary, view.decisions.merged, {})) if view.decisions.merged else vocabulary
        total = _write_store(fresh / STORE, [*vocabulary, *view.quads], list(view.quads), derive)
        _write_files(fresh, plan, view, rules_version, total)
        progress("writing", 1, 1)
        return _report(plan, done, directory, [*warnings, *view.notes], total, view)


def _extraction(
    extractor: Extractor, seconds: float, jobs: int | None, progress: Progress
) -> Callable[[list[Document]], list[Outcome]]:
    return lambda documents: extract_all(
        documents, extractor, seconds=seconds, jobs=jobs,
        progress=lambda done: progress("extracting", done, len(documents)),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _View:
    """What stands, with the facts that do, and what is worth a note about decisions."""

    decisions: Decisions
    quads: tuple[Quad, ...]
    facts: frozenset[str]
    notes: tuple[str, ...]


def _write_view(fresh: Path, base: list[Quad], plan: Plan) -> _View:
    """The current view of all sources; what it does not show of a document is kept beside the store."""
    decisions = read_decisions(plan.contributions)
    viewer = Viewer(decisions, frozenset(plan.facts))
    by_graph: dict[NamedNode, list[Quad]] = defaultdict(list)
    for quad in base:
        assert isinstance(quad.graph_name, NamedNode)
        by_graph[quad.graph_name].append(quad)
    shown: list[Quad] = []
    applied: list[tuple[Decision, str]] = []
    for graph in sorted(by_graph, key=str):
        view = viewer.view(by_graph[graph])
        shown += view.quads
        applied += view.applied
        if graph.value.startswith(terms.GRAPH + "document-") and set(view.quads) != set(by_graph[graph]):
            write_original(fresh, graph, by_graph[graph])
    idle = decisions.idle(applied)
    facts = {q.subject.value for q in shown if q.predicate == RDF_TYPE and q.object in FACT_CLASSES}  # type: ignore[union-attr]
    return _View(decisions, tuple(shown), frozenset(facts), tuple(idle_notes(idle, base) if idle else ()))


def _write_store(path: Path, quads: list[Quad], facts: list[Quad], derive: Derive) -> int:
    """The number of quads in the store written to `path`, with the derived layer."""
    store = Store(str(path))
    store.bulk_extend(quads)
    store.bulk_extend([*derive(store), *claim_quads(facts)])
    store.flush()
    return len(store)


def _write_files(fresh: Path, plan: Plan, view: _View, rules_version: str, quads: int) -> None:
    (fresh / DOCUMENTS).mkdir()
    kept = [plan.documents[sha256] for sha256 in plan.facts]
    for document in kept:
        (fresh / DOCUMENTS / f"{document.sha256}.txt").write_bytes(document.text.encode())
    counts = {document.sha256: len(_fact_iris(document, plan) & view.facts) for document in kept}
    manifest = Manifest(
        package=kg.__version__,
        rules=rules_version or _rules_version(plan),
        documents=tuple(
            entry_of(document, counts[document.sha256])
            for document in sorted(kept, key=lambda each: (each.identifier, each.sha256))
        ),
        contributions=tuple(contribution.sha256 for contribution in plan.contributions),
        facts=sum(counts.values()),
        quads=quads,
    )
    write_whole(fresh / QUARANTINE, quarantine_text(tuple(plan.rejected)))
    write_whole(fresh / NAME, manifest.text())


def _fact_iris(document: Document, plan: Plan) -> set[str]:
    return {fact_iri(document, fact) for fact in plan.facts[document.sha256]}


def _rules_version(plan: Plan) -> str:
    """The version of the rules that made the facts, where the caller names none."""
    used = {(fact.activity.rule, fact.activity.version) for facts in plan.facts.values() for fact in facts}
    return digest([part for pair in sorted(used) for part in pair], 16)


def _report(
    plan: Plan, outcomes: Sequence[Outcome], directory: Path, warnings: Sequence[str], quads: int, view: _View
) -> BuildReport:
    facts: dict[str, str] = {}
    known: set[str] = set()
    new: set[str] = set()
    for sha256, members in plan.facts.items():
        facts |= {iri: fact.type for fact in members if (iri := fact_iri(plan.documents[sha256], fact)) in view.facts}
        for entity in facts_entities(members):
            (known if entity.known else new).add(entity.iri)
    return BuildReport(
        graph=directory,
        documents=tuple(sorted(plan.documents[sha256].identifier for sha256 in plan.facts)),
        facts=Counter(facts.values()),
        entities_known=len(known),
        entities_new=len(new),
        rejected=tuple(sorted(plan.rejected)),
        failures=tuple(plan.failures),
        warnings=tuple(warnings),
        contributions=len(plan.contributions),
        gaps=sum(outcome.gaps for outcome in outcomes if outcome.document.sha256 in plan.facts),
        quads=quads,
    )


