"""Names, codes and IRIs of a hand-written file to nodes of the graph; suggestions for what names nothing."""

from __future__ import annotations

import difflib
from collections import defaultdict
from functools import cached_property

from pyoxigraph import Literal, NamedNode

from kg import terms
from kg.contribute.known import Known
from kg.contribute.read import shown
from kg.errors import KgError
from kg.graph.nodes import ALT_LABEL, PREF_LABEL, bkg
from kg.words import search_key

_LEVELS = ((PREF_LABEL,), (ALT_LABEL, bkg("iso3166"), bkg("iso3166alpha3")), (bkg("name"),))
_MOST_GUESSES = 100  # names of one file for which near ones are looked up


class Naming:
    """The names of the entities and concepts of a graph, read when first asked for."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self._guesses: dict[str, list[str]] = {}

    def entity(self, text: str) -> NamedNode | None:
        """The entity that is called so (label before alias, alias and code before former name), None where none is.

        Raises `KgError` where several are.
        """
        if text.startswith(("ent:", terms.ENT, "http://", "https://")):
            node = NamedNode(terms.ENT + text.removeprefix("ent:") if text.startswith("ent:") else text)
            return node if self.known.describes(node) else None
        for level in self._entities:
            found = level.get(search_key(text), set())
            exact = {node for node in found if (node, text) in self._spellings} or found
            if len(exact) > 1:
                choice = ", ".join(sorted(f"{short(node)} ({self.known.label(node)})" for node in exact))
                raise KgError(f"{shown(text)!r} names several", remedy=f"write one of {choice}")
            if exact:
                return next(iter(exact))
        return None

    def concept(self, text: str, scheme: str) -> NamedNode | None:
        """The concept of a scheme of this word, label or IRI, None where there is none."""
        bare = text.removeprefix("con:").removeprefix(terms.CON).removeprefix(f"{scheme}-")
        return self._concepts(scheme).get(search_key(bare).replace("-", " "))

    def near(self, text: str, scheme: str = "") -> list[str]:
        """The names most like this one, at most three, the likest first."""
        key = f"{scheme}:{text}"
        if key not in self._guesses:
            if len(self._guesses) >= _MOST_GUESSES:
                return []
            names = {search_key(name): name for name in (self._words(scheme) if scheme else self._labels)}
            wanted = search_key(text.removeprefix("ent:").removeprefix(terms.ENT).replace("-", " "))
            close = [name for name in names if abs(len(name) - len(wanted)) <= 3 and len(set(name) ^ set(wanted)) <= 4]
            self._guesses[key] = [names[name] for name in difflib.get_close_matches(wanted, close, 3, 0.75)]
        return self._guesses[key]

    def did_you_mean(self, text: str, scheme: str = "") -> str:
        """"did you mean Kazakhstan?", "" where nothing is near."""
        near = self.near(text, scheme)
        return f"did you mean {' or '.join(near)}?" if near else ""

    @cached_property
    def _entities(self) -> list[dict[str, set[NamedNode]]]:
        levels: list[dict[str, set[NamedNode]]] = []
        for paths in _LEVELS:
            found: dict[str, set[NamedNode]] = defaultdict(set)
            for path in paths:
                for quad in self.known.store.quads_for_pattern(None, path, None, None):
                    subject = quad.subject
                    if path == bkg("name"):  # a dated name: of what bore it
                        owners = self.known.store.quads_for_pattern(subject, bkg("of"), None, None)
                        subject = next((q.object for q in owners if isinstance(q.object, NamedNode)), subject)
                    if isinstance(subject, NamedNode) and subject.value.startswith(terms.ENT) and isinstance(quad.object, Literal):
                        found[search_key(quad.object.value)].add(subject)
                        self._spellings.add((subject, quad.object.value))
            levels.append(found)
        return levels

    @cached_property
    def _spellings(self) -> set[tuple[NamedNode, str]]:
        return set()

    @cached_property
    def _labels(self) -> list[str]:
        quads = self.known.store.quads_for_pattern(None, PREF_LABEL, None, None)
        return sorted({q.object.value for q in quads if isinstance(q.subject, NamedNode) and q.subject.value.startswith(terms.ENT)})  # type: ignore[union-attr]

    def _words(self, scheme: str) -> list[str]:
        return sorted({node.value.removeprefix(f"{terms.CON}{scheme}-") for node in self._concepts(scheme).values()})

    def _concepts(self, scheme: str) -> dict[str, NamedNode]:
        cache = self._schemes.setdefault(scheme, {})
        if not cache:
            in_scheme = self.known.store.quads_for_pattern(None, NamedNode(terms.SKOS + "inScheme"), NamedNode(terms.CON + scheme), None)
            nodes = sorted((q.subject for q in in_scheme if isinstance(q.subject, NamedNode)), key=str)
            for path in (ALT_LABEL, PREF_LABEL):
                for node in nodes:
                    for quad in self.known.store.quads_for_pattern(node, path, None, None):
                        cache[search_key(quad.object.value).replace("-", " ")] = node  # type: ignore[union-attr]
            for node in nodes:
                cache[search_key(node.value.removeprefix(f"{terms.CON}{scheme}-")).replace("-", " ")] = node
        return cache

    @cached_property
    def _schemes(self) -> dict[str, dict[str, NamedNode]]:
        return {}


def short(node: NamedNode) -> str:
    """The node with its prefix, where one of the model's fits."""
    for prefix, space in terms.PREFIXES.items():
        if node.value.startswith(space):
            return f"{prefix}:{node.value.removeprefix(space)}"
    return node.value
