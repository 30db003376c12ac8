"""Documents become a graph: read, extracted, validated, derived, written beside the old graph and put in its place."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from kg import resources
from kg.errors import KgError, StoreError
from kg.graph.cache import NAME as CACHE
from kg.graph.cache import Cache
from kg.graph.conform import NothingBuiltError, Validate
from kg.graph.contributions import read_contribution, read_contributions, write_contribution
from kg.graph.facts import KnownEntities
from kg.graph.gather import Gathered, Gathering
from kg.graph.intake import Progress, read_documents, silent, take_in
from kg.graph.kept import read_kept_documents
from kg.graph.making import Derive, Making
from kg.graph.manifest import read_accepted
from kg.graph.pool import SECONDS, Extractor, Outcome
from kg.graph.report import BuildReport
from kg.graph.shelf import Shelf
from kg.graph.standing import Standing, maker_version, read_standing
from kg.graph.store import CONTRIBUTIONS, DOCUMENTS, replacing
from kg.graph.vocabulary import vocabulary_quads
from kg.model import Document, Fact

Read = Callable[[Path, Shelf, Gathering], tuple[list[Document], list[KgError], list[str]]]


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
    progress: Progress = silent,
    anew: bool = False,
) -> BuildReport:
    """A report of the graph made from these files and folders, and from the contributions that stand in the graph.

    The graph is what the documents make, whatever their order: a document left out is gone. One that cannot be read or
    extracted is left out and named in the report, a fact that `validate` refuses likewise. Without `paths`: from the
    documents that come with the package. The old graph stands until the new one is complete.

    What an earlier build, a stopped one too, made of the same documents is not made again; with `anew` all of it is.

    Raises `NothingBuiltError` where no document can be used, `StoreError` where the graph cannot be written, `KgError`
    where rules, ontology or options are broken.
    """
    return _build(
        graph_dir, lambda directory, shelf, gathering: read_documents(list(paths) or [resources.folder("seeds")], metadata, progress, shelf.keep, gathering.cache),
        extractor, gazetteer, validate, derive, rules_version, jobs, seconds, ontology, progress, anew, anew,
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
    progress: Progress = silent,
    anew: bool = False,
    entering: str = "",
    wait: float = 0.0,
    forget: bool = False,
) -> BuildReport:
    """A report of the graph made anew from the texts that it keeps, and from its contributions; as `build` in all else.

    `entering` is the text of a contribution that joins them with this build, or not at all where it fails. With `forget` the graph
    no longer counts accepted contributions whose files are gone: who asks for that was told of them.
    """
    return _build(
        graph_dir, lambda directory, shelf, gathering: (*read_kept_documents(directory, shelf.keep), []),
        extractor, gazetteer, validate, derive, rules_version, jobs, seconds, ontology, progress, True, anew, entering, wait, forget,
    )  # fmt: skip


def build_extracted(
    outcomes: Iterable[Outcome],
    graph_dir: str | Path,
    *,
    extractor: Extractor | None = None,
    failures: Iterable[KgError] = (),
    gazetteer: KnownEntities | None = None,
    validate: Validate = lambda quads: (),
    derive: Derive = lambda store: (),
    ontology: Path | None = None,
    progress: Progress = silent,
) -> BuildReport:
    """A report of the graph made from documents that were extracted elsewhere; as `build` in all else.

    `failures` are the documents that were left out there. With the `extractor` that made the facts, later builds need not read again
    what is as it was; without one the facts stand for themselves.
    """
    return _build(
        graph_dir, lambda directory, shelf, gathering: take_in(outcomes, failures, shelf.keep, gathering.keep),
        extractor or _Elsewhere(), gazetteer, validate, derive, "", None, SECONDS, ontology, progress, False,
    )  # fmt: skip


class _Elsewhere:
    """An extractor that is not here: what it made is all there is."""

    def analyse(self, document: Document) -> tuple[Sequence[Fact], Sequence[object]]:
        """Nothing: raises `KgError`."""
        raise KgError(f"the facts of {document.identifier} got lost", remedy="run the command again")


def _build(
    graph_dir: str | Path,
    read: Read,
    extractor: Extractor,
    gazetteer: KnownEntities | None,
    validate: Validate,
    derive: Derive,
    rules_version: str,
    jobs: int | None,
    seconds: float,
    ontology: Path | None,
    progress: Progress,
    afresh: bool,
    anew: bool = False,
    entering: str = "",
    wait: float = 0.0,
    forget: bool = False,
) -> BuildReport:
    """As `build` and `rebuild`: `afresh` writes the store from nothing, `anew` reads every document again."""
    directory = Path(graph_dir)
    ontology = ontology or resources.folder("ontology")
    with replacing(directory, wait) as fresh, _cache(directory.resolve(), fresh, extractor, anew) as cache:
        shelf, gathering = Shelf(fresh / DOCUMENTS, directory / DOCUMENTS), Gathering(extractor, cache, seconds, jobs)
        stubs, failures, warnings = read(directory, shelf, gathering)
        if not stubs:
            raise NothingBuiltError("no document can be used", failures, "give at least one readable English document")
        shelf.arrange(stubs)
        contributions, broken = read_contributions(directory)
        missing = set() if forget else read_accepted(directory) - {each.sha256 for each in contributions}
        if entering:
            contributions.append(read_contribution(write_contribution(fresh / CONTRIBUTIONS, entering)))
        made_by = maker_version(ontology, validate, derive) if gathering.versions is not None else ""
        comparable = made_by and not (afresh or contributions or broken or missing)
        before, whole = read_standing(directory, made_by) if comparable else ({}, "")
        gathered, failed = gathering.gather(shelf, lambda sha256: _gathered(before.get(sha256)), whole, progress)
        failures += [*failed, *_gone(directory, missing, broken)]
        if not gathered:
            raise NothingBuiltError("no document can be used", failures, "see the reasons above")
        making = Making(fresh, shelf, gathering, gathered, contributions, gazetteer, validate, progress, failures + broken, missing)
        if not making.change(directory, before, derive):
            making.make(vocabulary_quads(ontology), derive)
        making.write_files(rules_version, made_by)
        cache.trim()
        progress("writing", 1, 1)
        return making.report(directory, warnings)


def _gone(directory: Path, missing: Iterable[str], broken: Iterable[KgError]) -> list[KgError]:
    """What to say of each contribution that was accepted and is not there as it was, unless its file is among the broken ones."""
    said = {error.file for error in broken}
    gone: list[KgError] = []
    for file in (directory / CONTRIBUTIONS / f"{sha256}.ttl" for sha256 in sorted(missing)):
        if str(file) not in said:
            what = "an accepted contribution was changed: its hash is not its name" if file.exists() else "an accepted contribution is missing"
            gone.append(StoreError(what, file=file, remedy="put the file back from a copy; kg doctor --repair --leave-out goes on without it"))
    return gone


@contextlib.contextmanager
def _cache(directory: Path, fresh: Path, extractor: Extractor, anew: bool) -> Iterator[Cache]:
    """The cache of the graph; or one that is gone at the end, where nobody can tell whether the extractor reads as it did before."""
    lasting = getattr(extractor, "versions", None) is not None
    place = directory if lasting else fresh
    made = not place.exists()
    place.mkdir(exist_ok=True)
    file = place / CACHE
    if anew:
        file.unlink(missing_ok=True)
    useful = False
    try:
        with Cache(file) as cache:
            try:
                yield cache
            finally:
                useful = lasting and not cache.is_empty()
    finally:
        if not useful:
            file.unlink(missing_ok=True)
            if made:  # for the cache alone; a folder that stood there is its owner's
                with contextlib.suppress(OSError):
                    place.rmdir()


def _gathered(standing: Standing | None) -> Gathered | None:
    return None if standing is None else Gathered(standing.key, standing.rules, standing.gaps, standing.newcomers)
