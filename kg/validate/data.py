"""The triples under validation, by subject and by object; pyoxigraph's terms, no library's graph: 200,000 triples in a second."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

import pyoxigraph as ox

from kg import terms
from kg.validate.convert import Triple

Node = ox.NamedNode | ox.BlankNode
Term = ox.NamedNode | ox.BlankNode | ox.Literal

TYPE = ox.NamedNode(terms.RDF + "type")
_SUBCLASS = ox.NamedNode(terms.RDFS + "subClassOf")


class Data:
    """An index of triples."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.said: dict[Node, dict[ox.NamedNode, list[Term]]] = {}
        for subject, predicate, value in dict.fromkeys(triples):
            self.said.setdefault(subject, {}).setdefault(predicate, []).append(value)

    def objects(self, subject: Term, predicate: ox.NamedNode) -> list[Term]:
        """The values of a property, in the order of the data."""
        return self.said.get(subject, {}).get(predicate, [])  # type: ignore[arg-type]

    def first(self, subject: Term, *predicates: ox.NamedNode) -> str:
        """The first text (in order of characters) of the first of these properties that has any, else ""."""
        for predicate in predicates:
            found = sorted(value.value for value in self.objects(subject, predicate) if not isinstance(value, ox.Triple))
            if found:
                return found[0]
        return ""

    def naming(self, node: Node) -> list[Node]:
        """The subjects that name this node in any property."""
        return self._named_by.get(node, [])

    def of_class(self, kind: ox.NamedNode) -> set[Node]:
        """The instances of a class and of those below it, as far as the data tell the hierarchy."""
        classes, waiting = {kind}, [kind]
        while waiting:
            for below in self._below.get(waiting.pop(), ()):
                if below not in classes:
                    classes.add(below)
                    waiting.append(below)
        return {node for each in classes for node in self._instances.get(each, ())}

    def subjects_of(self, path: ox.NamedNode) -> set[Node]:
        """The subjects that have this property."""
        return {subject for subject, said in self.said.items() if path in said}

    @cached_property
    def _below(self) -> dict[Term, list[ox.NamedNode]]:
        found: dict[Term, list[ox.NamedNode]] = defaultdict(list)
        for subject in self.subjects_of(_SUBCLASS):
            for above in self.objects(subject, _SUBCLASS):
                if isinstance(subject, ox.NamedNode):
                    found[above].append(subject)
        return found

    @cached_property
    def _instances(self) -> dict[Term, list[Node]]:
        found: dict[Term, list[Node]] = defaultdict(list)
        for subject, said in self.said.items():
            for kind in said.get(TYPE, ()):
                found[kind].append(subject)
        return found

    @cached_property
    def _named_by(self) -> dict[Term, list[Node]]:
        found: dict[Term, list[Node]] = defaultdict(list)
        for subject, said in self.said.items():
            for values in said.values():
                for value in values:
                    if not isinstance(value, ox.Literal):
                        found[value].append(subject)
        return found
