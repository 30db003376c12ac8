"""What the data may lean on: of ontology and gazetteer exactly as much as the data name.

pySHACL looks at every node that a shape targets, so handing it the whole gazetteer would cost minutes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from kg import terms
from kg.resources import folder as package_folder
from kg.validate.convert import Triple
from kg.validate.files import read_triples

Node = ox.NamedNode | ox.BlankNode

_TYPE = ox.NamedNode(terms.RDF + "type")
_SUBCLASS = ox.NamedNode(terms.RDFS + "subClassOf")
_CLASS = ox.NamedNode(terms.OWL + "Class")
# A dated node counts as named as soon as the data name all that stands behind these.
_DATED: dict[str, tuple[str, ...]] = {
    terms.BKG + "Tenure": (terms.BKG + "person",),
    terms.BKG + "CapitalPeriod": (terms.BKG + "of",),
    terms.BKG + "NamePeriod": (terms.BKG + "of",),
    terms.BKG + "CodePeriod": (terms.BKG + "of",),
    terms.ORG + "Membership": (terms.ORG + "member", terms.ORG + "organization"),
}


@dataclass(frozen=True, slots=True)
class Context:
    """Ontology, concepts and gazetteer, by subject.

    ``classes`` are the IRIs of all classes, ``terms`` of everything that the ontology defines; ``hierarchy`` holds the
    subclass triples.
    """

    by_subject: dict[Node, tuple[Triple, ...]]
    dated_by: dict[Node, tuple[Node, ...]]
    hierarchy: tuple[Triple, ...]
    classes: frozenset[str]
    terms: frozenset[str]

    def needed_by(self, data: Iterable[Triple]) -> list[Triple]:
        """The class hierarchy; all that is known of the nodes that the data name, and of what these name in turn; their
        dated names, codes, capitals, tenures and memberships."""
        named: set[Node] = {v for _, _, v in data if isinstance(v, ox.NamedNode) and v in self.by_subject}
        named |= {dated for node in named for dated in self.dated_by.get(node, ()) if self._all_named(dated, named)}
        found = list(self.hierarchy)
        waiting = sorted(named, key=str)
        while waiting:
            for triple in self.by_subject[waiting.pop()]:
                found.append(triple)
                value = triple[2]
                if isinstance(value, ox.NamedNode) and value in self.by_subject and value not in named:
                    named.add(value)
                    waiting.append(value)
        return found

    def describes(self, iri: str) -> bool:
        """Whether ontology or gazetteer say something of this node."""
        return ox.NamedNode(iri) in self.by_subject

    def _all_named(self, dated: Node, named: set[Node]) -> bool:
        said = self.by_subject[dated]
        paths = _dated_paths(said)
        return all(value in named for _, path, value in said if path.value in paths)


@lru_cache(maxsize=4)
def load_context(folder: Path | None = None) -> Context:
    """The context of an ontology folder, that of the package where none is given; read once.

    Raises: `KgError` where a file of it is broken.
    """
    root = folder or package_folder("ontology")
    files = [file for file in sorted(root.glob("*.ttl")) if file.name != "shapes.ttl"]
    ontology = [triple for file in files for triple in read_triples(file)]
    gazetteer = [triple for file in sorted((root / "gazetteer").glob("*.ttl")) for triple in read_triples(file)]
    return make_context(ontology, gazetteer)


def make_context(ontology: Iterable[Triple], gazetteer: Iterable[Triple] = ()) -> Context:
    """A context of these triples. Of classes and properties only the hierarchy is kept; concepts count as gazetteer."""
    ontology, gazetteer = tuple(ontology), tuple(gazetteer)
    by_subject: dict[Node, list[Triple]] = defaultdict(list)
    for triple in (*(t for t in ontology if t[0].value.startswith(terms.CON)), *gazetteer):
        by_subject[triple[0]].append(triple)
    dated_by: dict[Node, list[Node]] = defaultdict(list)
    for subject, said in by_subject.items():
        paths = _dated_paths(said)
        for _, path, value in said:
            if path.value in paths and isinstance(value, ox.NamedNode):
                dated_by[value].append(subject)
    return Context(
        {subject: tuple(said) for subject, said in by_subject.items()},
        {node: tuple(subjects) for node, subjects in dated_by.items()},
        tuple(triple for triple in ontology if triple[1] == _SUBCLASS),
        frozenset(s.value for s, p, o in ontology if p == _TYPE and o == _CLASS),
        frozenset(subject.value for subject, _, _ in ontology),
    )


def _dated_paths(said: Iterable[Triple]) -> set[str]:
    """The properties that must all be named for the dated node of which this is said; none where it is no such node."""
    kinds = [value.value for _, path, value in said if path == _TYPE and isinstance(value, ox.NamedNode)]
    return {path for kind in kinds for path in _DATED.get(kind, ())}
