"""Names in the texts that could mean several entities of one kind, and that nothing in their text decides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kg.contribute.ledger import Ledger
from kg.gazetteer import Gazetteer, load_gazetteer
from kg.gazetteer.records import Candidate, Name
from kg.graph import document_text
from kg.graph.nodes import short


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A name that a document uses so many times, and the entities that it could mean."""

    name: str
    document: str
    times: int
    candidates: tuple[str, ...]


def find_unresolved(ledger: Ledger) -> list[Unresolved]:
    """The names of the kept texts that several entities of one kind bear, where the text names none of these in full; sorted."""
    gazetteer = load_gazetteer(aliases=ledger.decisions.aliases)
    found = []
    for entry in ledger.manifest.documents:
        text = document_text(ledger.directory, entry.sha256)
        found += _in_text(entry.identifier, text, gazetteer)
    return sorted(found, key=lambda each: (each.document, each.name))


def tell_unresolved(found: Iterable[Unresolved]) -> str:
    """The names as text."""
    lines = [
        f"{each.name} ({each.times} x in {each.document}): {' or '.join(short(iri) for iri in each.candidates)}" for each in found
    ]
    return "".join(f"{line}\n" for line in lines) or "every name that several entities bear is decided by its text\n"


def _in_text(document: str, text: str, gazetteer: Gazetteer) -> list[Unresolved]:
    names = gazetteer.find_names(text)
    plain = {rivals[0].iri for name in names if len(rivals := _rivals(name)) == 1}
    open_: Counter[tuple[str, tuple[str, ...]]] = Counter()
    for name in names:
        meant = tuple(sorted({candidate.iri for candidate in _rivals(name)}))
        if len(meant) > 1 and len(plain & set(meant)) != 1:
            open_[text[name.start : name.end], meant] += 1
    return [Unresolved(word, document, times, meant) for (word, meant), times in open_.items()]


def _rivals(name: Name) -> list[Candidate]:
    """The readings of the likeliest reading's kind and form; a weak family name names nobody."""
    if name.weak:
        return []
    return [c for c in name.candidates if (c.kind, c.form) == (name.kind, name.form) and c.kind not in ("sector", "indicator", "office")]
