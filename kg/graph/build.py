"""Documents become a graph: read, extracted, validated, derived, written beside the old graph and put in its place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Store

import kg
from kg import resources, terms
from kg.errors import DocumentError, KgError
from kg.graph.claims import claim_quads
from kg.graph.contributions import Contribution, read_contributions
from kg.graph.export import write_whole
from kg.graph.facts import KnownEntities, document_quads, fact_iri, facts_entities
from kg.graph.labels import make_label
from kg.graph.manifest import NAME, DocumentEntry, Manifest
from kg.graph.newcomers import agree_on_names
from kg.graph.nodes import digest, document_node
from kg.graph.pool import SECONDS, Extractor, Outcome, extract_all
from kg.graph.report import BuildReport, Rejected, Violation, quarantine_text
from kg.graph.store import DOCUMENTS, QUARANTINE, STORE, replacing
from kg.graph.vocabulary import vocabulary_quads
from kg.model import Document, Fact
from kg.text import find_files, read_document, read_originals

Quads = Sequence[Quad]

Validate = Callable[[Quads], Iterable[Violation]]
"""Says what breaks a shape in the quads of documents and contributions; it knows ontology and gazetteer itself."""

Derive = Callable[[Store], Iterable[Quad]]
"""Makes the plain triples of the derived layer from a store that holds everything else."""

Progress = Callable[[str, int, int], None]
"""Is told what is being done, how many are done, and how many there are."""

_ROUNDS = 5  # leaving facts out can break at most what rests on them: two rounds have always been enough


class NothingBuiltError(KgError):
    """No document could be used; ``failures`` says why for each. The graph that stood before still stands."""

    def __init__(self, what: str, failures: Sequence[KgError], remedy: str) -> None:
        self.failures = tuple(failures)
        super().__init__(what, remedy=remedy)


@dataclass(slots=True)
class _Plan:
    """The documents and facts of the graph in the making, what is left out of it, and why."""

    facts: dict[str, tuple[Fact, ...]]
    documents: dict[str, Document]
    contributions: list[Contribution]
    gazetteer: KnownEntities | None
    failures: list[KgError]
    rejected: list[Rejected] = field(default_factory=list)

    def document_quads(self) -> dict[str, list[Quad]]:
        return {sha: document_quads(self.documents[sha], self.facts[sha], self.gazetteer) for sha in sorted(self.facts)}


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
    directory = Path(graph_dir)
    with replacing(directory) as fresh:
        documents, failures, warnings = _read_documents(list(paths) or [resources.folder("seeds")], metadata, progress)
        if not documents:
            raise NothingBuiltError("no document can be used", failures, "give at least one readable English document")
        outcomes = extract_all(
            documents, extractor, seconds=seconds, jobs=jobs,
            progress=lambda done: progress("extracting", done, len(documents)),
        )  # fmt: skip
        failures += [outcome.error for outcome in outcomes if outcome.error]
        done = [outcome for outcome in outcomes if outcome.error is None]
        if not done:
            raise NothingBuiltError("no document can be used", failures, "see the reasons above")
        vocabulary = vocabulary_quads(ontology or resources.folder("ontology"))
        contributions, broken = read_contributions(directory)
        plan = _Plan(
            agree_on_names({outcome.document.sha256: outcome.facts for outcome in done}),
            {outcome.document.sha256: outcome.document for outcome in done},
            contributions,
            gazetteer,
            failures + broken,
        )
        _leave_out_unwritable(plan)
        progress("validating", 0, 1)
        quads = _keep_what_conforms(plan, validate)
        progress("writing", 0, 1)
        total = _write_store(fresh / STORE, [*vocabulary, *quads], quads, derive)
        _write_files(fresh, plan, rules_version, total)
        progress("writing", 1, 1)
        return _report(plan, done, directory, warnings, total)


def _read_documents(
    paths: Sequence[str | Path], metadata: Mapping[str, str] | None, progress: Progress
) -> tuple[list[Document], list[KgError], list[str]]:
    """The documents by identifier, each text once; what cannot be read; and what is worth a warning."""
    files: dict[Path, Path] = {}
    failures: list[KgError] = []
    for path in paths:
        try:
            files |= {file.resolve(): file for file in find_files([path])}
        except DocumentError as error:
            failures.append(error)
    if metadata and len(files) != 1:
        raise KgError(
            f"a title, date or source is given for {len(files)} documents",
            remedy="give such options with a single document, or write front matter into the files",
        )
    originals = read_originals(resources.folder("seeds"))
    found: dict[str, list[Document]] = defaultdict(list)
    for number, file in enumerate(sorted(files.values(), key=lambda file: (file.name, str(file))), 1):
        try:
            document = read_document(file, metadata=metadata, originals=originals)
            found[document.sha256].append(document)
        except DocumentError as error:
            failures.append(error)
        progress("reading", number, len(files))
    unique = (min(same, key=_best) for same in found.values())
    documents = sorted(unique, key=lambda each: (each.identifier, each.sha256))
    return documents, failures, _warnings(documents, found)


def _best(document: Document) -> tuple[object, ...]:
    """Of files with the same text the one that says most of itself, then the first by name: not by where it lies."""
    known = (document.title, document.creator, document.publisher, document.issued, document.source)
    return (-sum(map(bool, known)), document.identifier, known)


def _warnings(documents: Sequence[Document], found: Mapping[str, Sequence[Document]]) -> list[str]:
    warnings = []
    for document in documents:
        others = [Path(each.path).name for each in found[document.sha256] if each is not document]
        if others:
            warnings.append(f"{Path(document.path).name}: the same text as {', '.join(sorted(others))} - one document")
    stems = Counter(document.identifier for document in documents)
    warnings += [
        f"{stem}: {count} different documents have this identifier - tell them apart by their SHA-256, or rename a file"
        for stem, count in sorted(stems.items())
        if count > 1
    ]
    return warnings


def _keep_what_conforms(plan: _Plan, validate: Validate) -> list[Quad]:
    """The quads of documents and contributions, without the facts that break a shape: these go to `plan.rejected`."""
    for _ in range(_ROUNDS):
        by_document = plan.document_quads()
        quads = [quad for members in by_document.values() for quad in members]
        quads += [quad for contribution in plan.contributions for quad in contribution.quads]
        violations = sorted(set(validate(quads)), key=lambda each: (each.focus, each.shape, each.message))
        if not violations:
            return quads
        if not _leave_out(plan, by_document, violations):
            first = violations[0]
            raise KgError(
                f"{first.focus} breaks {first.shape}: {first.message}", remedy="no fact can be left out to mend it: "
                "mend the ontology, the gazetteer or the shapes",
            )  # fmt: skip
    raise KgError("leaving facts out does not make the graph conform", remedy="please report it")


def _leave_out_unwritable(plan: _Plan) -> None:
    """Leaves out documents with a fact that cannot be said: an unknown role, an impossible IRI, a span off the text."""
    for sha256 in list(plan.facts):
        document = plan.documents[sha256]
        try:
            document_quads(document, plan.facts[sha256], plan.gazetteer)
        except (ValueError, KeyError) as error:
            del plan.facts[sha256]
            what = f"breaks the graph ({type(error).__name__}: {error})"
            plan.failures.append(DocumentError(what, file=document.path, remedy="please report it"))
    if not plan.facts:
        raise NothingBuiltError("no document can be used", plan.failures, "see the reasons above")


def _leave_out(plan: _Plan, by_document: Mapping[str, list[Quad]], violations: Sequence[Violation]) -> bool:
    """Whether something was left out: facts that rest on a node at fault, a document or a contribution that is one."""
    at_fault: dict[str, Violation] = {}
    for violation in violations:
        at_fault.setdefault(violation.focus, violation)
    changed = False
    for sha256, quads in by_document.items():
        document = plan.documents[sha256]
        fault = at_fault.get(document_node(sha256).value)
        if fault is not None:
            del plan.facts[sha256]
            plan.failures.append(
                DocumentError(f"its description breaks {fault.shape}: {fault.message}", file=document.path,
                              remedy="mend its front matter")
            )  # fmt: skip
            changed = True
            continue
        reasons = _facts_at_fault(quads, at_fault)
        kept = []
        for fact in plan.facts[sha256]:
            iri = fact_iri(document, fact)
            if iri in reasons:
                plan.rejected.append(_rejected(document, fact, iri, reasons[iri]))
            else:
                kept.append(fact)
        changed = changed or bool(reasons)
        plan.facts[sha256] = tuple(kept)
    for contribution in list(plan.contributions):
        faults = [at_fault[s] for s in sorted({_iri(quad.subject) for quad in contribution.quads} & at_fault.keys())]
        if faults:
            plan.contributions.remove(contribution)
            plan.failures.append(
                KgError(f"breaks {faults[0].shape}: {faults[0].message}", file=contribution.file, remedy="mend it")
            )
            changed = True
    return changed


def _facts_at_fault(quads: Sequence[Quad], at_fault: Mapping[str, Violation]) -> dict[str, Violation]:
    """The facts of a document that are at fault or name, by whatever steps, a node that is; with the violation."""
    links: dict[str, set[str]] = defaultdict(set)
    for quad in quads:
        if isinstance(quad.object, NamedNode):
            links[_iri(quad.subject)].add(quad.object.value)
    found: dict[str, Violation] = {}
    for fact in sorted(node for node in links if node.startswith(terms.FACT)):
        seen: set[str] = set()
        waiting = [fact]
        while waiting:
            node = waiting.pop()
            if node not in seen:
                seen.add(node)
                waiting += links.get(node, ())
        faults = sorted(seen & at_fault.keys(), key=lambda node: (node != fact, node))
        if faults:
            found[fact] = at_fault[faults[0]]
    return found


def _rejected(document: Document, fact: Fact, iri: str, violation: Violation) -> Rejected:
    quote = " … ".join(document.text[span.start : span.end] for span in fact.evidence)
    return Rejected(
        document.identifier, iri, fact.type, fact.label or make_label(fact), fact.activity.rule, quote,
        violation.focus, violation.shape, violation.message,
    )  # fmt: skip


def _iri(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else ""


def _write_store(path: Path, quads: list[Quad], facts: list[Quad], derive: Derive) -> int:
    """The number of quads in the store written to `path`, with the derived layer."""
    store = Store(str(path))
    store.bulk_extend(quads)
    store.bulk_extend([*derive(store), *claim_quads(facts)])
    store.flush()
    return len(store)


def _write_files(fresh: Path, plan: _Plan, rules_version: str, quads: int) -> None:
    (fresh / DOCUMENTS).mkdir()
    kept = [plan.documents[sha256] for sha256 in plan.facts]
    for document in kept:
        (fresh / DOCUMENTS / f"{document.sha256}.txt").write_bytes(document.text.encode())
    counts = {document.sha256: len(_fact_iris(document, plan)) for document in kept}
    manifest = Manifest(
        package=kg.__version__,
        rules=rules_version or _rules_version(plan),
        documents=tuple(
            DocumentEntry(document.identifier, document.sha256, len(document.text), counts[document.sha256])
            for document in sorted(kept, key=lambda each: (each.identifier, each.sha256))
        ),
        contributions=tuple(contribution.sha256 for contribution in plan.contributions),
        facts=sum(counts.values()),
        quads=quads,
    )
    write_whole(fresh / QUARANTINE, quarantine_text(tuple(plan.rejected)))
    write_whole(fresh / NAME, manifest.text())


def _fact_iris(document: Document, plan: _Plan) -> set[str]:
    return {fact_iri(document, fact) for fact in plan.facts[document.sha256]}


def _rules_version(plan: _Plan) -> str:
    """The version of the rules that made the facts, where the caller names none."""
    used = {(fact.activity.rule, fact.activity.version) for facts in plan.facts.values() for fact in facts}
    return digest([part for pair in sorted(used) for part in pair], 16)


def _report(
    plan: _Plan, outcomes: Sequence[Outcome], directory: Path, warnings: Sequence[str], quads: int
) -> BuildReport:
    facts: dict[str, str] = {}
    known: set[str] = set()
    new: set[str] = set()
    for sha256, members in plan.facts.items():
        facts |= {fact_iri(plan.documents[sha256], fact): fact.type for fact in members}
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


