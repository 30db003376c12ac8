"""Strings of the data model as RDF terms, and nothing else: nodes, numbers, dates."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from kg import terms

RDF_TYPE = NamedNode(terms.RDF + "type")
RDFS_LABEL = NamedNode(terms.RDFS + "label")
PREF_LABEL = NamedNode(terms.SKOS + "prefLabel")
ALT_LABEL = NamedNode(terms.SKOS + "altLabel")
DERIVED_FROM = NamedNode(terms.PROV + "wasDerivedFrom")
GENERATED_BY = NamedNode(terms.PROV + "wasGeneratedBy")
HAS_SOURCE = NamedNode(terms.OA + "hasSource")
CREATOR = NamedNode(terms.DCTERMS + "creator")
CREATED = NamedNode(terms.DCTERMS + "created")
SOURCE = NamedNode(terms.DCTERMS + "source")
COMMENT = NamedNode(terms.RDFS + "comment")
ASSOCIATED_WITH = NamedNode(terms.PROV + "wasAssociatedWith")
IDENTIFIER = NamedNode(terms.DCTERMS + "identifier")

GAZETTEER = NamedNode(terms.GAZETTEER_GRAPH)
ONTOLOGY = NamedNode(terms.ONTOLOGY_GRAPH)
DERIVED = NamedNode(terms.DERIVED_GRAPH)

_DATE_FORMS = (
    (re.compile(r"\d{4}-\d\d-\d\d"), NamedNode(terms.XSD + "date")),
    (re.compile(r"\d{4}-\d\d"), NamedNode(terms.XSD + "gYearMonth")),
    (re.compile(r"\d{4}"), NamedNode(terms.XSD + "gYear")),
)
_INTEGER = NamedNode(terms.XSD + "integer")
_DECIMAL = NamedNode(terms.XSD + "decimal")
_DURATION = NamedNode(terms.XSD + "duration")
_DURATION_FORM = re.compile(r"P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
_NO_IRI = re.compile(r"[\x00-\x20<>\"{}|^`\\]")

FACT_CLASSES: dict[NamedNode, str] = {NamedNode(terms.BKG + name): name for name in terms.FACT_TYPES}
"""The classes of facts, with their names."""


def bkg(name: str) -> NamedNode:
    """The class or property `name` of the ontology."""
    return NamedNode(terms.BKG + name)


def english(text: str) -> Literal:
    """A label in English."""
    return Literal(text, language="en")


def number(value: Decimal) -> Literal:
    """The number in its canonical form: xsd:integer where it is whole, xsd:decimal else."""
    if not value.is_finite():
        return Literal(str(value))
    if value == value.to_integral_value():
        return Literal(str(int(value)), datatype=_INTEGER)
    return Literal(format(value.normalize(), "f"), datatype=_DECIMAL)


def date(text: str) -> Literal:
    """The date as precise as it is written: xsd:date, xsd:gYearMonth or xsd:gYear.

    What has none of these forms stays a plain string: the shapes refuse it, and the fact goes to quarantine.
    """
    return next((Literal(text, datatype=kind) for form, kind in _DATE_FORMS if form.fullmatch(text)), Literal(text))


def duration(text: str) -> Literal:
    """The xsd:duration in its canonical form (12 months are a year); what is none stays a plain string.

    The store keeps canonical forms only: a fact written otherwise would not come out as it went in.
    """
    match = _DURATION_FORM.fullmatch(text)
    if not match:
        return Literal(text)
    years, months, days, hours, minutes, seconds = (int(group or 0) for group in match.groups())
    years, months = divmod(12 * years + months, 12)
    minutes, seconds = divmod(60 * (60 * (24 * days + hours) + minutes) + seconds, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    day = "".join(f"{count}{unit}" for count, unit in ((years, "Y"), (months, "M"), (days, "D")) if count)
    time = "".join(f"{count}{unit}" for count, unit in ((hours, "H"), (minutes, "M"), (seconds, "S")) if count)
    return Literal(f"P{day}" + (f"T{time}" if time else "") if day or time else "PT0S", datatype=_DURATION)


def address(text: str) -> NamedNode | Literal:
    """A web address as a node where it can be one, else as text."""
    if re.match(r"https?://\w", text) and not _NO_IRI.search(text):
        return NamedNode(text)
    return Literal(text)


def document_node(sha256: str) -> NamedNode:
    """The node of the document with this hash."""
    return NamedNode(terms.DOC + sha256)


def document_graph(sha256: str) -> NamedNode:
    """The named graph that holds what this document says."""
    return NamedNode(terms.GRAPH + "document-" + sha256)


def digest(parts: Iterable[str], length: int = 32) -> str:
    """Hexadecimal digits made from the parts, in their order: how the graph's nodes get names that never change."""
    whole = "\x1f".join(part.replace("\\", "\\\\").replace("\x1f", "\\x1f") for part in parts)
    return hashlib.sha256(whole.encode()).hexdigest()[:length]


def short(iri: str) -> str:
    """The IRI with its prefix, as the commands take and print it."""
    for prefix, space in sorted(terms.PREFIXES.items(), key=lambda item: -len(item[1])):
        if iri.startswith(space):
            return f"{prefix}:{iri.removeprefix(space)}"
    return iri
