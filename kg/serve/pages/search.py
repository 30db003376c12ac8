"""Search by name: entities, documents, concepts by the beginning of any word of any of their names; facts by their words."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from kg.queries.engine import ask, written
from kg.queries.names import find_facts, find_names, find_types
from kg.serve.pages.reading import fact_lines, labelled
from kg.serve.pages.records import FactLine, Node
from kg.serve.worker import Graph
from kg.words import fold_name

_CANDIDATES = 400  # names that are looked at for one search; more begin alike only for one or two letters
_FACTS = 40


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: the name that matched, what it is, and how many facts name it."""

    node: Node
    name: str
    kinds: tuple[str, ...]
    facts: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gave. ``more`` says that there are more facts than those shown."""

    hits: tuple[Hit, ...]
    facts: tuple[FactLine, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class _Start:
    """A name from one of its words on, folded; ``place`` 0 where that is its beginning."""

    folded: str
    place: int
    rank: int
    name: str
    term: NamedNode


def read_hits(graph: Graph, text: str, most: int = 10, group: str = "") -> tuple[Hit, ...]:
    """The things of which some name has words that begin so, the best first; `group` "state" keeps to states."""
    wanted = folded(text)
    if not wanted:
        return ()
    best: dict[NamedNode, tuple[tuple[int, int, int], str]] = {}
    starts = _starts(graph, group or "entity")
    first = bisect_left(starts, wanted, key=lambda start: start.folded)
    for start in starts[first:first + _CANDIDATES]:
        if not start.folded.startswith(wanted):
            break
        score = (int(start.folded != wanted or start.place > 0), start.place, start.rank)
        best[start.term] = min(best.get(start.term, (score, start.name)), (score, start.name))
    counts = {term: _count(graph, term) for term in best}
    order = sorted(best, key=lambda term: (best[term][0][0], -counts[term], best[term], term.value))[:most]
    labels = labelled(graph.store, order)
    return tuple(Hit(labels[t.value], best[t][1], _kinds(graph, t), counts[t]) for t in order)


def read_search(graph: Graph, text: str) -> Found:
    """The things and the facts that a text names. Facts are found by their English label, in time order."""
    hits = read_hits(graph, text, 50)
    wanted = " ".join(text.split()).lower()
    if len(wanted) < 3:
        return Found(hits, (), False)
    pattern = f"""SELECT DISTINCT ?fact WHERE {{ ?fact bkg:status ?status ; rdfs:label ?label .
        FILTER(CONTAINS(LCASE(STR(?label)), {written(Literal(wanted))})) }} ORDER BY STR(?fact) LIMIT {_FACTS + 1}"""
    facts = [row[0] for row in ask(graph.store, pattern).rows if isinstance(row[0], NamedNode)]
    return Found(hits, fact_lines(graph.store, facts[:_FACTS]), len(facts) > _FACTS)


def prepare_search(graph: Graph) -> None:
    """Read the names once, so that no search has to wait for them."""
    _starts(graph, "entity")


@lru_cache(maxsize=4)
def _starts(graph: Graph, group: str) -> list[_Start]:
    found = []
    names = find_names(graph.store, group)
    if group == "entity":
        names += find_names(graph.store, "document")
    for name in names:
        words = folded(name.text).split(" ")
        found += [_Start(" ".join(words[i:]), i, name.rank, name.text, name.term) for i in range(min(len(words), 8))]
    return sorted(found, key=lambda start: (start.folded, start.place, start.rank, start.term.value))


def folded(text: str) -> str:
    """The text without case, accents and marks of punctuation, its words parted by single spaces."""
    return " ".join("".join(c if c.isalnum() else " " for c in fold_name(text)).split())


def _count(graph: Graph, term: NamedNode) -> int:
    quads = graph.store.quads_for_pattern(None, None, term, None)
    return len(find_facts(graph.store, {q.subject for q in quads if isinstance(q.subject, NamedNode)}))


def _kinds(graph: Graph, term: NamedNode) -> tuple[str, ...]:
    return tuple(kind.removeprefix("bkg:").lower() for kind in find_types(graph.store, term) if kind.startswith("bkg:"))
