"""What every task of an extraction knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import kg.extract
from kg.graph.pool import SECONDS

Aliases = tuple[tuple[str, tuple[str, ...]], ...]
"""Further names that people gave to entities, by IRI; sorted."""

AgreedNames = Mapping[str, tuple[str, str, str]]
"""Label, kind and state of new entities, by IRI, as far as the documents do not all say the same."""

FORMATS = ("nquads", "parquet")


@dataclass(frozen=True, slots=True)
class Extraction:
    """An extraction into the folder ``out``. ``formats`` are those of the facts; ``seconds`` is what one document may take."""

    out: str
    parts: int
    aliases: Aliases = ()
    formats: tuple[str, ...] = FORMATS
    seconds: float = SECONDS


def sorted_aliases(aliases: Mapping[str, Sequence[str]]) -> Aliases:
    """The names of a graph's decisions as the tasks are told them."""
    return tuple((iri, tuple(names)) for iri, names in sorted(aliases.items()))


@cache
def load_extractor(aliases: Aliases) -> kg.extract.Extractor:
    """The extractor with these further names; made once in a process, for all that the process will read."""
    return kg.extract.load_extractor(dict(aliases))
