"""Files become the documents of a graph: each text once, whatever order or place the files have."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from kg import resources
from kg.errors import DocumentError, KgError
from kg.graph.cache import Cache
from kg.graph.files import FileReader
from kg.graph.pool import Outcome
from kg.model import Document, replace
from kg.text import find_files, read_originals

_MOST_NOTES = 50  # on front matter, told one by one


class Progress(Protocol):
    """Is told what is being done, how many are done and how many there are; and of how many code points, where these count."""

    def __call__(self, what: str, done: int, of: int, size: int = 0, of_size: int = 0, /) -> None:
        """Takes note."""


def silent(what: str, done: int, of: int, size: int = 0, of_size: int = 0, /) -> None:
    """No progress told."""


def read_documents(
    paths: Sequence[str | Path],
    metadata: Mapping[str, str] | None,
    progress: Progress = silent,
    keep: Callable[[Document], Document] = lambda document: document,
    cache: Cache | None = None,
) -> tuple[list[Document], list[KgError], list[str]]:
    """The documents by identifier, each text once; what cannot be read; and what is worth a warning.

    Each document is given to `keep` as soon as it is read. A file whose bytes the `cache` knows is not read again.
    """
    files: dict[Path, Path] = {}
    folders: dict[Path, Path] = {}
    failures: list[KgError] = []
    for path in paths:
        try:
            files |= {_place(file, folders): file for file in find_files([path], failures.append)}
        except DocumentError as error:
            failures.append(error)
    if not files and failures:
        return [], failures, []
    if metadata and len(files) != 1:
        raise KgError(
            f"a title, date or source is given for {len(files)} documents",
            remedy="give such options with a single document, or write front matter into the files",
        )
    reader = FileReader(metadata, read_originals(resources.folder("seeds")), cache)
    found: dict[str, list[Document]] = defaultdict(list)
    for number, file in enumerate(sorted(files.values(), key=lambda file: (file.name, str(file))), 1):
        try:
            document = keep(reader.read(file))
            found[document.sha256].append(document)
        except DocumentError as error:
            failures.append(error)
        progress("reading", number, len(files))
    documents = in_order(min(same, key=tells_most) for same in found.values())
    return documents, failures, _warnings(documents, found)


def _place(file: Path, folders: dict[Path, Path]) -> Path:
    """Where the file lies, links followed; `folders`, each with many files, are looked at once."""
    if file.is_symlink():
        return file.resolve()
    if file.parent not in folders:
        folders[file.parent] = file.parent.resolve()
    return folders[file.parent] / file.name


def take_in(
    outcomes: Iterable[Outcome], failures: Iterable[KgError], keep: Callable[[Document], Document], note: Callable[[Document, Outcome], object]
) -> tuple[list[Document], list[KgError], list[str]]:
    """As `read_documents`, of documents that were extracted already: each outcome is told to `note`, without the document's text."""
    found: dict[str, Document] = {}
    for outcome in outcomes:
        document = outcome.document
        note(replace(document, text=""), outcome)
        other = found.get(document.sha256)
        if other is None or tells_most(document) < tells_most(other):
            found[document.sha256] = keep(document)
    return in_order(found.values()), list(failures), []


def in_order(documents: Iterable[Document]) -> list[Document]:
    """The documents in the order in which a graph lists them."""
    return sorted(documents, key=lambda each: (each.identifier, each.sha256))


def tells_most(document: Document) -> tuple[object, ...]:
    """Of documents with the same text the one that says most of itself has the least key, then the first by name."""
    known = (document.title, document.creator, document.publisher, document.issued, document.source)
    return (-sum(map(bool, known)), document.identifier, known, Path(document.path).name, document.path)


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
    notes = [f"{Path(each.path).name}, {note}" for same in found.values() for each in same for note in each.notes]
    more = [f"{len(notes) - _MOST_NOTES:,} more such keys of front matter"] if len(notes) > _MOST_NOTES else []
    return [*warnings, *sorted(notes)[:_MOST_NOTES], *more]
