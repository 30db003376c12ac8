"""The extractor of a graph: the rules, and the gazetteer with the names that people added to it."""

from __future__ import annotations

from collections.abc import Iterable

import kg.extract
from kg.graph import Contribution
from kg.graph.decisions import read_decisions


def make_extractor(contributions: Iterable[Contribution]) -> kg.extract.Extractor:
    """The extractor that reads documents for a graph with these contributions."""
    return kg.extract.load_extractor(read_decisions(contributions).aliases)
