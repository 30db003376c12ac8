"""Facts that no longer stand: what they said, and who took them out, when and why."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import NamedNode, Quad

from kg.contribute.ledger import Ledger, facts_of, open_ledger, told
from kg.contribute.log import Entry, find_story
from kg.errors import KgError
from kg.graph.decisions import name_of
from kg.graph.nodes import bkg
from kg.serve.described import describe_node
from kg.serve.formats import Format
from kg.serve.problems import HttpError
from kg.serve.worker import Graph


@dataclass(frozen=True, slots=True)
class Gone:
    """A fact that a decision took out of the view.

    ``decision`` is the contribution that did it, ``by`` who made that, when and why, in words. ``instead`` are IRI and label of the facts
    that a correction put in its place, ``entries`` all contributions that speak of the fact, the first first.
    """

    iri: str
    type: str
    label: str
    origin: str
    kind: str
    decision: str
    by: str
    instead: tuple[tuple[str, str], ...]
    entries: tuple[Entry, ...]


def find_gone(graph: Graph, iri: str) -> Gone | None:
    """The fact of this IRI if a decision took it out; None where it stands or never was."""
    try:
        ledger = _ledger(graph)
        fact = ledger.find_fact(iri)
    except KgError:  # no such fact; or a contribution is broken, which kg doctor tells
        return None
    hiding = ledger.hidden_by(fact)
    if fact.iri != iri or hiding is None:
        return None
    story = find_story(ledger, fact)
    kind = hiding.header.kind if hiding.header else "addition"
    instead = tuple((each.iri, each.label) for each in facts_of(hiding)) if kind == "correction" else ()
    return Gone(iri, story.type, story.label, story.origin, kind, name_of(hiding), told(hiding), instead, story.entries)


@lru_cache(maxsize=1)
def _ledger(graph: Graph) -> Ledger:
    return open_ledger(graph.directory)


def describe_fact(graph: Graph, iri: str, format: Format, most: int) -> bytes:
    """The triples of a fact as `describe_node` gives them. Raises `HttpError` 410 where a decision took the fact out."""
    if not any(True for _ in fact_statements(graph, iri)) and (gone := find_gone(graph, iri)) is not None:
        raise HttpError(410, f"the fact was taken out by a {gone.kind} {gone.by}", f"see {gone.decision}")
    return describe_node(graph, iri, format, most)


def fact_statements(graph: Graph, iri: str) -> Iterator[Quad]:
    """What makes the node a fact: its status, in whatever graph."""
    with contextlib.suppress(ValueError):  # no IRI
        yield from graph.store.quads_for_pattern(NamedNode(iri), bkg("status"), None, None)
