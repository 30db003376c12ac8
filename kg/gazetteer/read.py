"""Reads the gazetteer's Turtle into plain tables. Knows RDF terms; nobody else in this room does."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph

from kg import terms
from kg.errors import KgError
from kg.gazetteer.records import Membership, Period, Tenure
from kg.model import Entity

__all__ = ["CONCEPT_KINDS", "KIND_OF_CLASS", "Table", "read_tables"]

KIND_OF_CLASS = {
    "State": "state", "FormerState": "state", "Organisation": "organisation", "Institution": "organisation",
    "Company": "company", "Person": "person", "City": "place", "Region": "place", "Place": "place",
    "Facility": "facility", "Project": "project", "Agreement": "agreement", "Body": "body", "Event": "event",
    "Group": "group",
}
CONCEPT_KINDS = ("sector", "indicator", "office")
"""The schemes whose words are looked for in texts."""

_CLASS = {terms.BKG + name: kind for name, kind in KIND_OF_CLASS.items()}
_TYPE = terms.RDF + "type"
_LABEL, _ALIAS = terms.SKOS + "prefLabel", terms.SKOS + "altLabel"
_BKG = len(terms.BKG)
_OFFICE = terms.CON + "office-"

Properties = dict[str, list[str]]


@dataclass(slots=True)
class Table:
    """All that the files say, by what the gazetteer asks."""

    entities: dict[str, Entity] = field(default_factory=dict)
    adjectives: list[tuple[str, str]] = field(default_factory=list)
    people: list[tuple[str, str]] = field(default_factory=list)
    metonyms: list[tuple[str, str]] = field(default_factory=list)
    surnames: list[tuple[str, str, bool]] = field(default_factory=list)
    codes: list[tuple[str, str]] = field(default_factory=list)
    tenures: list[Tenure] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)
    capitals: dict[str, list[tuple[str, Period]]] = field(default_factory=lambda: defaultdict(list))
    capital_now: dict[str, str] = field(default_factory=dict)
    concepts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    parties: dict[str, tuple[str, ...]] = field(default_factory=dict)


def read_tables(folder: Path) -> Table:
    """The tables of `folder`/gazetteer/*.ttl and `folder`/concepts.ttl, the latter only where it exists.

    Raises: `KgError` where a file is no Turtle or the gazetteer is empty.
    """
    files = sorted((folder / "gazetteer").glob("*.ttl"))
    if not files:
        raise KgError("there is no gazetteer", file=folder / "gazetteer", remedy="run ontology/make_gazetteer.py")
    concepts = folder / "concepts.ttl"
    subjects: dict[str, Properties] = {}
    for file in [*files, concepts] if concepts.exists() else files:
        _read_file(file, subjects)
    table = Table()
    for iri, properties in subjects.items():
        _add(table, iri, properties)
    return table


def _read_file(file: Path, subjects: dict[str, Properties]) -> None:
    try:
        for quad in pyoxigraph.parse(path=str(file), format=pyoxigraph.RdfFormat.TURTLE):
            properties = subjects.setdefault(quad.subject.value, {})
            properties.setdefault(quad.predicate.value, []).append(quad.object.value)
    except SyntaxError as error:
        raise KgError(f"no Turtle: {error.msg}", file=file, line=error.lineno, remedy="mend the file") from error


def _add(table: Table, iri: str, properties: Properties) -> None:
    for cls in properties.get(_TYPE, ()):
        kind = _CLASS.get(cls)
        if kind is not None:
            return _add_entity(table, iri, kind, properties)
        if cls == terms.SKOS + "Concept":
            table.concepts[iri] = (*properties.get(_LABEL, ()), *properties.get(_ALIAS, ()))
            return None
        name = cls[_BKG:] if cls.startswith(terms.BKG) else cls
        if name == "Tenure":
            office = _one(properties, terms.BKG + "office")
            table.tenures.append(Tenure(
                _one(properties, terms.BKG + "person"), office.removeprefix(_OFFICE),
                _one(properties, terms.BKG + "of"), _period(properties),
            ))
        elif name == "CapitalPeriod":
            of, place = _one(properties, terms.BKG + "of"), _one(properties, terms.BKG + "place")
            table.capitals[of].append((place, _period(properties)))
        elif cls == terms.ORG + "Membership":
            member, organisation = _one(properties, terms.ORG + "member"), _one(properties, terms.ORG + "organization")
            table.memberships.append(Membership(member, organisation, _period(properties)))
    return None


def _add_entity(table: Table, iri: str, kind: str, properties: Properties) -> None:
    get = properties.get
    countries = get(terms.BKG + "country", ())
    # What belongs to several states (a treaty) belongs to none of them.
    state = iri if kind == "state" else countries[0] if len(countries) == 1 else ""
    table.entities[iri] = Entity(iri, _one(properties, _LABEL), kind, True, state, tuple(get(_ALIAS, ())))
    if kind in ("agreement", "body") and len(countries) > 1:
        table.parties[iri] = tuple(sorted(countries))
    table.adjectives += [(word, iri) for word in get(terms.BKG + "demonym", ())]
    table.people += [(word, iri) for word in get(terms.BKG + "people", ())]
    table.metonyms += [(word, iri) for word in get(terms.BKG + "metonym", ())]
    table.surnames += [(word, iri, False) for word in get(terms.BKG + "surname", ())]
    table.surnames += [(word, iri, True) for word in get(terms.BKG + "weakSurname", ())]
    table.codes += [(word, iri) for word in (*get(terms.BKG + "iso3166", ()), *get(terms.BKG + "iso3166alpha3", ()))]
    capital = _one(properties, terms.BKG + "capital")
    if capital:
        table.capital_now[iri] = capital


def _one(properties: Properties, predicate: str) -> str:
    values = properties.get(predicate)
    return values[0] if values else ""


def _period(properties: Properties) -> Period:
    return Period(_one(properties, terms.BKG + "startDate"), _one(properties, terms.BKG + "endDate"))
