"""The facts of all documents: those that are known from an earlier build, and those that are read now."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kg.errors import DocumentError, KgError, StoreError
from kg.graph.cache import Cache
from kg.graph.intake import Progress
from kg.graph.newcomers import Seen, newcomers_of
from kg.graph.nodes import digest
from kg.graph.packing import pack, plain_facts, read_facts, unpack
from kg.graph.pool import Extractor, Outcome, extract_each
from kg.graph.shelf import Shelf
from kg.model import Document, Fact

if TYPE_CHECKING:
    from kg.extract.versions import Versions

_FORMAT = "facts 1"
_REMEDY = "delete the graph's cache.sqlite and run the command again"
_BAD = (KeyError, TypeError, ValueError)  # of an entry that an other program wrote


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is known of one document before the graph is made: ``key`` is its entry in the cache.

    ``rules`` is the version of the rules that it calls for, ``newcomers`` the entities that only texts name.
    """

    key: str
    rules: str
    gaps: int
    newcomers: tuple[Seen, ...]


Known = Callable[[str], Gathered | None]
"""What an earlier graph says of the document of this SHA-256."""


@dataclass(slots=True)
class Gathering:
    """Reads documents with one extractor, or finds in the cache what it made of them before."""

    extractor: Extractor
    cache: Cache
    seconds: float
    jobs: int | None
    versions: Versions | None = field(init=False)
    whole: str = field(init=False)
    _base: str = field(init=False)

    def __post_init__(self) -> None:
        from kg.extract.versions import Versions  # here: who only asks a graph needs no extraction

        found = getattr(self.extractor, "versions", None)
        self.versions = found if isinstance(found, Versions) else None
        self.whole = self.versions.whole if self.versions else ""
        self._base = self.versions.base if self.versions else secrets.token_hex(16)  # nothing of it is found again

    def key(self, stub: Document) -> str:
        """The key of a document's facts: made from its text, all that is known of it, and the code and gazetteer that read it."""
        known = (stub.identifier, stub.sha256, stub.title, stub.creator, stub.publisher, stub.issued, stub.source, stub.language)
        return digest([_FORMAT, self._base, *known], 64)

    def gather(
        self, shelf: Shelf, known: Known, known_whole: str, progress: Progress
    ) -> tuple[dict[str, Gathered], list[KgError]]:
        """What is known of each document by SHA-256, and what is wrong with those that failed.

        `known` is asked first; it was made with the rules of version `known_whole`. `progress` is told of the documents that must be read now.
        """
        found: dict[str, Gathered] = {}
        unread: list[int] = []
        for index, stub in enumerate(shelf.stubs):
            key = self.key(stub)
            old = known(stub.sha256)
            if old is None or old.key != key or not self._holds(old.rules, known_whole, shelf, index):
                old = self._find(key, shelf, index)
            if old is None:
                unread.append(index)
            else:
                self.cache.use(key)
                found[stub.sha256] = old
        failures: list[KgError] = []
        done = size = 0
        of_size = sum(map(shelf.characters, unread))
        for index, outcome in self._read(shelf, unread):
            done, size = done + 1, size + shelf.characters(index)
            if isinstance(outcome, Gathered):
                found[shelf.stubs[index].sha256] = outcome
            else:
                failures.append(outcome)
            progress("extracting", done, len(unread), size, of_size)
        return found, failures

    def packed(self, gathered: Gathered, shelf: Shelf, index: int) -> bytes:
        """The facts of a document for `facts_of`; read again where the cache has lost them. Raises `DocumentError` where that fails."""
        found = self.cache.get(gathered.key)
        if found is None:
            for _, outcome in self._read(shelf, [index]):
                if isinstance(outcome, DocumentError):
                    raise outcome
            found = self.cache.get(gathered.key)
        if found is None:
            raise StoreError("the cache does not keep what is put into it", remedy=_REMEDY)
        return found

    def _read(self, shelf: Shelf, indices: Sequence[int]) -> Iterator[tuple[int, Gathered | DocumentError]]:
        longest_first = sorted(indices, key=lambda index: -shelf.characters(index))
        for index, outcome in extract_each(shelf, longest_first, self.extractor, seconds=self.seconds, jobs=self.jobs):
            if outcome.error is not None:
                yield index, outcome.error
                continue
            yield index, self.keep(shelf.stubs[index], outcome)

    def keep(self, stub: Document, outcome: Outcome) -> Gathered:
        """What is known of a document that was extracted; its facts are in the cache now."""
        key, newcomers = self.key(stub), tuple(newcomers_of(outcome.facts))
        content = {"whole": self.whole, "rules": outcome.rules, "gaps": outcome.gaps, "new": newcomers, "facts": plain_facts(outcome.facts)}
        self.cache.put(key, pack(content))
        return Gathered(key, outcome.rules, outcome.gaps, newcomers)

    def _find(self, key: str, shelf: Shelf, index: int) -> Gathered | None:
        content = self._entry(key)
        try:
            if content is None or not self._holds(content["rules"], content["whole"], shelf, index):
                return None
            return Gathered(key, content["rules"], content["gaps"], tuple((a, b, c, d) for a, b, c, d in content["new"]))
        except _BAD:
            return None

    def _entry(self, key: str) -> dict[str, Any] | None:
        data = self.cache.get(key)
        try:
            content = unpack(data) if data is not None else None
            return content if isinstance(content, dict) and isinstance(content["facts"], list) else None
        except _BAD:
            return None

    def _holds(self, rules: str, whole: str, shelf: Shelf, index: int) -> bool:
        """Whether what was made with these rules would be made with today's."""
        from kg.extract.versions import words_of

        if self.versions is None or whole == self.whole:
            return True
        return bool(rules) and rules == self.versions.rules_for(words_of(shelf[index].text))


def facts_of(packed: bytes) -> tuple[Fact, ...]:
    """The facts that were packed. Raises `StoreError` where another program packed them."""
    try:
        return read_facts(unpack(packed)["facts"])
    except _BAD as error:
        raise StoreError(f"the cache holds what is no fact ({error})", remedy=_REMEDY) from None
