"""The extractor of a process that reads documents and ends."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Mapping

from kg.extract.extractor import Extractor
from kg.gazetteer import load_gazetteer


def load_extractor(aliases: Mapping[str, Iterable[str]] | None = None) -> Extractor:
    """An extractor that lives as long as the process; `aliases` are further names of entities, by IRI.

    Rules and gazetteer are a million objects. None of them is ever garbage, so the collector does not look through them, neither
    while they are made nor later; and processes forked from this one share their memory.
    """
    collects = gc.isenabled()
    gc.collect()
    gc.disable()
    try:
        return Extractor(gazetteer=load_gazetteer(aliases={iri: tuple(names) for iri, names in aliases.items()})) if aliases else Extractor()
    finally:
        gc.freeze()
        if collects:
            gc.enable()
