"""An extraction from its input to its manifest, on whichever engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import kg
from kg import resources
from kg.errors import KgError, StoreError
from kg.extract import Extractor
from kg.graph.conform import NothingBuiltError, Validate
from kg.graph.lock import locked
from kg.graph.newcomers import Newcomers, Seen
from kg.graph.nodes import digest
from kg.graph.pool import SECONDS
from kg.scale import shards
from kg.scale.extraction import FORMATS, AgreedNames, Extraction, load_extractor, sorted_aliases
from kg.scale.inputs import Piece, find_pieces
from kg.scale.libraries import check_installed
from kg.scale.shards import FACTS, RECORDS, ShardManifest

Progress = Callable[[str, int, int], None]
"""Is told what is being done, how many parts of it are done, and how many there are."""

_PART_BYTES = 32_000_000  # of input for a part, about, where there is much
_FEW_PARTS, _FEW_BYTES = 64, 100_000  # little input has so many parts, of at least so many bytes: a part is what one process works at


class Engine(Protocol):
    """What runs the two steps of an extraction: the functions of `kg.scale.records` and `kg.scale.facts` on every part."""

    def start(self, job: Extraction) -> None:
        """Gets ready, before anything of the folder is changed. Raises `KgError` where that cannot be."""

    def write_records(self, job: Extraction, pieces: Sequence[Piece], progress: Progress) -> None:
        """Reads the pieces and writes the records of every part that has a document or a failure."""

    def write_facts(self, job: Extraction, parts: Sequence[int], agreed: AgreedNames, validate: Validate, progress: Progress) -> None:
        """Writes the facts of these parts."""

    def close(self) -> None:
        """Lets go of processes or sessions."""


@dataclass(frozen=True, slots=True)
class ExtractionReport:
    """What an extraction made; ``failures`` are paths that could not be read at all. ``again`` where everything stood there already."""

    directory: Path
    manifest: ShardManifest
    failures: tuple[KgError, ...]
    again: bool = False

    @property
    def exit_status(self) -> int:
        """1 where something was left out, else 0."""
        return 1 if self.failures or self.manifest.failures or self.manifest.rejected else 0


def extract_shards(
    paths: Iterable[str | Path],
    out: str | Path,
    engine: Engine,
    *,
    validate: Validate = lambda quads: (),
    parts: int | None = None,
    formats: tuple[str, ...] = FORMATS,
    aliases: Mapping[str, Sequence[str]] | None = None,
    seconds: float = SECONDS,
    progress: Progress = lambda what, done, of: None,
) -> ExtractionReport:
    """A report of the shards in the folder `out`: the same input gives the same bytes, whatever the engine.

    `parts` are by default one for every 100 kB of input up to 64, and of more input one for every 32 MB. A run that was broken off goes on with what it had finished, one that
    was done is not done again. `validate` must be a function of a module: other machines find it there by its name.
    Raises `NothingBuiltError` where nothing can be read, `StoreError` where the folder cannot be used, `KgError` where rules are broken.
    """
    check_installed("pyarrow")
    directory = Path(out).absolute()
    pieces, failures = find_pieces(paths)
    if any(piece.kind == "archive" for piece in pieces):
        check_installed("fastwarc")
    if not pieces:
        raise NothingBuiltError("there is no document to read", failures, "give files or folders of documents")
    job = Extraction(str(directory), parts or _parts_of(pieces), sorted_aliases(aliases or {}), tuple(sorted(formats)), seconds)
    key = _key(job, pieces)
    try:
        directory.parent.mkdir(parents=True, exist_ok=True)
        with locked(directory):
            done = shards.finished(directory, key)
            if done is not None:
                return ExtractionReport(directory, done, tuple(failures), again=True)
            shards.check_ours(directory)
            engine.start(job)
            shards.prepare(directory, key)
            manifest = _manifest(job, _run(job, pieces, engine, validate, progress))
            shards.finish(directory, manifest)
            return ExtractionReport(directory, manifest, tuple(failures))
    except OSError as error:
        raise StoreError(f"the shards cannot be written ({error.strerror or error})", file=directory, remedy="free some space or write elsewhere") from error
    finally:
        engine.close()


def _run(job: Extraction, pieces: Sequence[Piece], engine: Engine, validate: Validate, progress: Progress) -> list[int]:
    """The parts that hold something, after both steps."""
    engine.write_records(job, pieces, progress)
    counts: Counter[Seen] = Counter()
    found = []
    for part in range(job.parts):
        said = shards.read_done(Path(job.out), RECORDS, part)
        if said is not None:
            found.append(part)
            counts.update({(iri, label, kind, state): count for iri, label, kind, state, count in said["newcomers"]})
    engine.write_facts(job, found, _disagreements(counts), validate, progress)
    return found


def _parts_of(pieces: Sequence[Piece]) -> int:
    size = sum(piece.bytes for piece in pieces)
    return max(1, -(-size // _PART_BYTES), min(_FEW_PARTS, size // _FEW_BYTES))


def _disagreements(counts: Counter[Seen]) -> AgreedNames:
    """What is agreed on those new entities of which the documents do not all say the same: the others need no word."""
    spellings = Counter(seen[0] for seen in counts)
    newcomers = Newcomers()
    newcomers.add(counts.elements())
    return {iri: newcomers.agreed(iri) for iri, several in spellings.items() if several > 1}


def _manifest(job: Extraction, parts: Sequence[int]) -> ShardManifest:
    directory = Path(job.out)
    files: dict[str, str] = {}
    totals: Counter[str] = Counter()
    for part in parts:
        records, facts = shards.read_done(directory, RECORDS, part), shards.read_done(directory, FACTS, part)
        if records is None or facts is None:
            raise KgError(f"part {part} was not finished", file=directory, remedy="run the same command again")
        files |= records["files"] | facts["files"]
        totals["documents"] += records["documents"]
        totals.update({name: facts[name] for name in ("facts", "quads", "failures", "rejected")})
    return ShardManifest(
        kg.__version__, reader_version(load_extractor(job.aliases)), job.parts, totals["documents"], totals["facts"], totals["quads"],
        totals["failures"], totals["rejected"], files,
    )  # fmt: skip


def reader_version(extractor: Extractor) -> str:
    """What tells an extractor from another that would read some document otherwise: code, gazetteer with people's names, rules."""
    versions = extractor.versions
    return digest([versions.base, versions.whole], 16) if versions is not None else ""


def _program_digest() -> str:
    """What tells one state of program, rules and ontology from another."""
    package = Path(kg.__file__).parent
    folders = ((package, ".py"), (package, ".words"), (resources.rules_folder(), ".rule"), (resources.folder("ontology"), ".ttl"))
    files = {file.relative_to(folder).as_posix(): file for folder, ending in folders for file in folder.rglob(f"*{ending}")}
    return digest([part for name, file in sorted(files.items()) for part in (name, shards.digest_of(file))], 16)


def _key(job: Extraction, pieces: Sequence[Piece]) -> str:
    """The name of this very extraction: the same input, the same program, the same options."""
    parts = [_program_digest(), str(job.parts), repr(job.aliases), repr(job.formats), repr(job.seconds)]
    for piece in pieces:
        for path in piece.paths:
            stat = Path(path).stat() if Path(path).exists() else None
            parts += [str(Path(path).absolute()), str(stat and (stat.st_size, stat.st_mtime_ns))]
    return "key-" + digest([part.encode("utf-8", "replace").decode() for part in parts])
