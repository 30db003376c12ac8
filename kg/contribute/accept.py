"""Facts handed in are judged and, where nothing is wrong with them, become a contribution: whole, or the good part of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Triple

from kg.contribute.correction import correction
from kg.contribute.decide import Author, check_moment, check_text
from kg.contribute.files import read_file
from kg.contribute.handed import Handed, Statement
from kg.contribute.judge import Judged, join, judge
from kg.contribute.known import open_known
from kg.contribute.ledger import open_ledger
from kg.contribute.rest import write_rest
from kg.errors import KgError
from kg.graph import Contribution, changing, make_contribution, read_contributions, read_manifest
from kg.graph.change import Derive
from kg.graph.enter import enter_contribution, next_sequence


@dataclass(frozen=True, slots=True)
class HandIn:
    """What came of a hand-in: the verdict, and the contribution that it became; None where nothing was accepted.

    ``rest`` is the file that holds what was not, None where there is none.
    """

    judged: Judged
    contribution: Contribution | None = None
    rest: Path | None = None

    @property
    def exit_status(self) -> int:
        """0 where nothing is wrong, 1 where something is."""
        return 1 if self.judged.errors else 0


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms facts are handed in. ``source`` vouches for facts without evidence; ``partial`` accepts the good ones
    and leaves the others in the file ``rest``; ``dry_run`` accepts nothing; ``engine`` is one of `kg.validate.ENGINES`; ``corrects``
    is the fact in whose place they stand from now on."""

    source: str = ""
    partial: bool = False
    dry_run: bool = False
    engine: str = "auto"
    rest: Path | None = None
    corrects: str = ""


def check_files(paths: Sequence[Path], directory: Path, *, source: str = "", engine: str = "auto", day: str = "") -> HandIn:
    """The verdict on files, accepted or not; where there is no graph, beside ontology and gazetteer alone. `day` as `Author.when`.

    Raises `KgError` where a file cannot be read.
    """
    today = check_moment(day)[:10]
    return HandIn(judge(join(_read(paths, directory)), open_known(directory), source=source, engine=engine, today=today))


def hand_in(paths: Sequence[Path], directory: Path, author: Author, terms: Terms, derive: Derive) -> HandIn:
    """What came of files handed in; what is accepted is safe on the disk when this returns.

    Raises `KgError` where a file cannot be read, there is no graph, or somebody else writes to it.
    """
    read_manifest(directory)
    if terms.rest is not None and terms.rest.resolve() in {path.resolve() for path in paths}:
        raise KgError("--rest names a file that is handed in", file=terms.rest, remedy="name another file for what is not accepted")
    handed = _read(paths, directory)
    return accept(handed, directory, author, terms, derive)


def accept(handed: Sequence[Handed], directory: Path, author: Author, terms: Terms, derive: Derive) -> HandIn:
    """The same for what was read already, from files or from elsewhere."""
    who, when = check_text("--by", author.who), check_moment(author.when)
    note = check_text("--note", author.why) if author.why else ""
    source = check_text("--source", terms.source) if terms.source else ""
    joined = join(handed)
    if terms.dry_run:
        return HandIn(_judge(joined, directory, source, terms, when))
    try:
        with changing(directory, author.wait) as fresh:
            judged = _judge(joined, directory, source, terms, when)
            if not judged.keep or (judged.errors and not terms.partial):
                raise _Refused(judged)
            number = next_sequence(_standing(directory))
            kind, triples = "addition", _triples(judged.keep)
            if terms.corrects:
                kind, triples = "correction", [*triples, *correction(open_ledger(directory), terms.corrects, triples)]
            contribution, text = make_contribution(
                kind, who, when, triples, sequence=number, source=source, note=note,
                inputs=sorted({each.sha256 for each in handed if each.sha256}),
            )  # fmt: skip
            enter_contribution(directory, fresh, contribution, text, derive)
    except _Refused as refused:
        judged, contribution = refused.judged, None
    rest = write_rest(handed, judged, terms.rest) if judged.errors and terms.partial else None
    return HandIn(judged, contribution, rest)


@dataclass
class _Refused(Exception):
    """Ends a change before anything is changed."""

    judged: Judged


def _judge(handed: Handed, directory: Path, source: str, terms: Terms, when: str) -> Judged:
    return judge(handed, open_known(directory), source=source, engine=terms.engine, today=when[:10], accepting=True)


def _standing(directory: Path) -> list[Contribution]:
    found, broken = read_contributions(directory)
    if broken:
        raise KgError(f"a contribution is broken ({broken[0]})", file=directory, remedy="see what to do: kg doctor")
    return found


def _triples(statements: Sequence[Statement]) -> list[Triple]:
    return [Triple(*each) for each in statements]


def _read(paths: Sequence[Path], directory: Path) -> list[Handed]:
    if not paths:
        raise KgError("no file was given", remedy="name at least one file")
    handed = [read_file(path, directory) for path in paths]
    for each in handed:
        if not each.statements and not each.rows:
            raise KgError("says nothing", file=each.file, remedy="give a file with facts: docs/contributions.md shows one")
    return handed
