"""What is said of each node of an export: looked up once, in one order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from kg import terms
from kg.graph.labels import concept_words

_SPACES = (
    terms.ENT, terms.CON, terms.FACT, terms.DOC, terms.CLAIM, terms.BKG, "http://www.wikidata.org/entity/",
)  # fmt: skip

_CONTRIBUTION = terms.GRAPH + "contribution-"


class Iri(str):
    """An IRI, told from a text that looks like one."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """One span of a document, or a source named without one. ``quote`` is the words, or their SHA-256 in an export without quotes."""

    document: str
    start: int | None
    end: int | None
    quote: str


class Nodes:
    """The nodes of these quads. Values are strings, IRIs among them `Iri`; all lists are sorted."""

    def __init__(self, quads: Iterable[Quad], *, quotes: bool = True) -> None:
        self.quotes = quotes
        self.quote_name = "quote" if quotes else "quoteSha256"
        said: dict[str, dict[str, set[str]]] = {}
        for quad in quads:
            if not isinstance(quad.subject, NamedNode):
                continue
            value = Iri(quad.object.value) if isinstance(quad.object, NamedNode) else quad.object.value if isinstance(quad.object, Literal) else ""
            said.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, set()).add(value)
        self._said = {node: {name: tuple(sorted(values)) for name, values in names.items()} for node, names in sorted(said.items())}
        self._types = {node: name for node in self._said if (name := self._fact_type(node))}
        self._roles = {node: self._roles_of(node, name) for node, name in self._types.items()}

    def values(self, node: str, predicate: str) -> tuple[str, ...]:
        """All values of a property, sorted."""
        return self._said.get(node, {}).get(predicate, ())

    def value(self, node: str, predicate: str) -> str | None:
        """The first value of a property, None where it has none."""
        return next(iter(self.values(node, predicate)), None)

    def plain(self, node: str, predicate: str) -> tuple[str, ...]:
        """The values that are texts."""
        return tuple(value for value in self.values(node, predicate) if not self.is_iri(value))

    def facts(self, type_: str = "") -> list[str]:
        """The IRIs of all facts, or of those of one type."""
        return [node for node, name in self._types.items() if not type_ or name == type_]

    def type_of(self, fact: str) -> str:
        """The fact's type, e.g. TradeFigure."""
        return self._types[fact]

    def provenance(self, fact: str) -> str:
        """"contributed" where a person handed the fact in, else "extracted"."""
        makers = self.values(fact, terms.PROV + "wasGeneratedBy")
        handed_in = any(maker.startswith(_CONTRIBUTION) or terms.BKG + "Contribution" in self.values(maker, terms.RDF + "type") for maker in makers)
        return "contributed" if handed_in else "extracted"

    def roles(self, fact: str) -> dict[str, tuple[str, ...]]:
        """The roles of the fact that are filled, in the order of the model."""
        return self._roles[fact]

    def evidence(self, fact: str) -> list[Evidence]:
        """The spans that support the fact, in no order."""
        found = []
        for node in self.values(fact, terms.PROV + "wasDerivedFrom"):
            document = self.value(node, terms.OA + "hasSource") or ""
            start: int | None = None
            end: int | None = None
            quote = ""
            for selector in self.values(node, terms.OA + "hasSelector"):
                start = _integer(self.value(selector, terms.OA + "start"), start)
                end = _integer(self.value(selector, terms.OA + "end"), end)
                quote = self.value(selector, terms.OA + "exact") or self.value(selector, terms.BKG + "quoteSha256") or quote
            found.append(Evidence(document, start, end, quote))
        return found

    def entities(self) -> list[str]:
        """The entities that are described or stand in a role."""
        described = {node for node in self._said if node.startswith(terms.ENT) and self.kind_of(node)}
        named = {value for roles in self._roles.values() for values in roles.values() for value in values if self.is_entity(value)}
        countries = {v for node in described for v in self.values(node, terms.BKG + "country") if self.is_entity(v)}
        speakers = {v for fact in self._types for v in self.values(fact, terms.BKG + "statedBy")}
        return sorted(described | named | countries | speakers)

    def concepts(self) -> list[str]:
        """The concepts that are described or stand in a role."""
        described = {node for node in self._said if node.startswith(terms.CON) and self.values(node, terms.SKOS + "prefLabel")}
        named = {v for roles in self._roles.values() for values in roles.values() for v in values if self.is_iri(v) and v.startswith(terms.CON)}
        return sorted(described | named)

    def documents(self) -> list[str]:
        """The documents, and what else is the source of evidence."""
        sources = {each.document for fact in self._types for each in self.evidence(fact)} - {""}
        return sorted({node for node in self._said if node.startswith(terms.DOC)} | sources)

    def document_title(self, document: str) -> str:
        """The title, else the identifier."""
        return self.value(document, terms.DCTERMS + "title") or self.value(document, terms.DCTERMS + "identifier") or self.short(document)

    def kind_of(self, node: str) -> str | None:
        """The class of an entity, e.g. State."""
        kinds = [value.removeprefix(terms.BKG) for value in self.values(node, terms.RDF + "type") if value.startswith(terms.BKG)]
        return next(iter(kinds), None)

    def label(self, node: str) -> str:
        """The preferred label of a node, else the end of its IRI."""
        return self.value(node, terms.SKOS + "prefLabel") or self.short(node)

    def words(self, value: str) -> str:
        """What stands in a role, in words: the label of a node, a text as it is."""
        if not self.is_iri(value):
            return value
        return concept_words(self.label(value)) if value.startswith(terms.CON) else self.label(value)

    def short(self, iri: str) -> str:
        """The end of an IRI of the model; any other IRI in full."""
        return next((iri.removeprefix(space) for space in _SPACES if iri.startswith(space)), iri)

    def is_iri(self, value: str) -> bool:
        """Whether the value is a node, and not a text."""
        return isinstance(value, Iri)

    def is_entity(self, value: str) -> bool:
        """Whether the value is a node that is no concept."""
        return self.is_iri(value) and not value.startswith(terms.CON)

    def _fact_type(self, node: str) -> str:
        types = (value.removeprefix(terms.BKG) for value in self.values(node, terms.RDF + "type"))
        return next((name for name in types if name in terms.FACT_TYPES), "")

    def _roles_of(self, fact: str, type_: str) -> dict[str, tuple[str, ...]]:
        found = {role.name: self.values(fact, terms.BKG + role.name) for role in terms.FACT_TYPES[type_]}
        return {name: values for name, values in found.items() if values}


def _integer(text: str | None, otherwise: int | None) -> int | None:
    return otherwise if text is None else int(text)
