"""Parameters: a text as the user gives it becomes one RDF term, which takes the default's place in the query."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import QueryError
from kg.queries import names
from kg.queries.engine import MODEL_PREFIXES, ask, compact, written
from kg.queries.header import Parameter, SavedQuery
from kg.queries.tokens import find_places, find_tokens
from kg.terms import BKG, FACT, FACT_TYPES, STATUSES, XSD

if TYPE_CHECKING:
    from kg.queries.engine import Store, Term

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\x00-\x20<>\"{}|^`\\]*")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_SHORTEST = 4  # characters that are taken for the beginning of a fact's name
_FACT_ID = re.compile(rf"[0-9A-Za-z_\-]{{{_SHORTEST},}}")

_CLASSES = {"state": {"bkg:State", "bkg:FormerState", "bkg:Country"}, "document": {"bkg:Document"},
            "concept": {"skos:Concept"}}


def bind(store: Store, query: SavedQuery, given: Mapping[str, str]) -> dict[str, Term]:
    """The terms of the given parameters, by name; those not given keep the query's default.

    Raises `QueryError` for a parameter that the query does not have, and for a value that names nothing in the graph.
    """
    terms: dict[str, Term] = {}
    for name, value in given.items():
        parameter = query.parameter(name)
        if parameter is None:
            raise QueryError(f"{query.name} has no parameter {name!r}", remedy=_suggest_parameter(name, query))
        terms[name] = find_value(store, parameter, value)
    return terms


def _suggest_parameter(name: str, query: SavedQuery) -> str:
    known = [p.name for p in query.parameters]
    near = get_close_matches(name, known, 1, 0.5)
    return f"did you mean {near[0]!r}?" if near else (f"it takes {', '.join(known)}" if known else "it takes none")


def find_value(store: Store, parameter: Parameter, value: str) -> Term:
    """The term that a value stands for, by the parameter's type.

    Raises `QueryError` naming the parameter, with the nearest names of the graph.
    """
    try:
        return _READERS[parameter.type](store, parameter, value.strip() if parameter.type != "text" else value)
    except QueryError as error:
        raise QueryError(f"parameter {parameter.name}: {error.what}", remedy=error.remedy) from error


def substitute(text: str, terms: Mapping[str, Term | None], file: str = "the query") -> str:
    """The query with each parameter's term in its place; None opens the place (``UNDEF``: any value).

    Only whole tokens inside ``VALUES ?name { … }`` change, so a value can never become part of the query's own words.
    """
    places = find_places(find_tokens(text, file))
    for place in reversed(places):
        if place.name in terms:
            term = terms[place.name]
            text = text[:place.start] + ("UNDEF" if term is None else written(term)) + text[place.end:]
    return text


def free_parameters(text: str, file: str = "the query") -> tuple[Parameter, ...]:
    """The parameters of a query without header: every ``VALUES ?name { term }``, typed by its term."""
    found: dict[str, Parameter] = {}
    for place in find_places(find_tokens(text, file)):
        found.setdefault(place.name, Parameter(place.name, _guess_type(place.term), place.term))
    return tuple(found.values())


def _guess_type(term: str) -> str:
    if term.lstrip("+-")[:1].isdigit():
        return "number"
    if term[:1] in {'"', "'"}:
        return "date" if term.endswith((":date", "#date>")) else "text"
    return {"con": "concept", "doc": "document", "fact": "fact"}.get(term.partition(":")[0], "entity")


def read_iri(value: str) -> ox.NamedNode | None:
    """The IRI that a text writes: ``<http://…>``, ``http://…`` or ``ent:france``; None where it writes a name."""
    prefix, colon, local = value.partition(":")
    if value.startswith("<") and value.endswith(">"):
        inner = value[1:-1]
    elif colon and prefix in MODEL_PREFIXES and local and " " not in local:
        inner = MODEL_PREFIXES[prefix] + local
    elif prefix in {"http", "https", "urn"} and " " not in value:
        inner = value
    else:
        return None
    if not _IRI.fullmatch(inner):
        raise QueryError(f"{value!r} is no IRI", remedy="leave out spaces, quotes and brackets")
    return ox.NamedNode(inner)


def _read_named(store: Store, parameter: Parameter, value: str) -> Term:
    iri = read_iri(value)
    if iri is None:
        return names.find_term(store, value, parameter.type, parameter.scheme)
    if not names.is_known(store, iri):
        near = names.nearest(re.split(r"[:/#]", value)[-1].replace("-", " "),
                             names.find_names(store, parameter.type, parameter.scheme))
        raise QueryError(f"the graph does not know {value}", remedy=f"did you mean {', '.join(near)}?" if near else "")
    types = set(names.find_types(store, iri))
    wanted = _CLASSES.get(parameter.type)
    if wanted and types and not types & wanted:
        raise QueryError(f"{value} is no {parameter.type} but {', '.join(sorted(types))}",
                         remedy=f"give the name or IRI of a {parameter.type}")
    return iri


def _read_fact(store: Store, parameter: Parameter, value: str) -> Term:
    key = value.strip("<>").removeprefix(FACT).removeprefix("fact:")
    if _FACT_ID.fullmatch(key):
        whole = ox.NamedNode(FACT + key)
        found = [whole] if names.is_known(store, whole) else _facts_from(store, key)
        if len(found) > 1:
            shown = ", ".join(sorted(map(compact, found))[:5]) + (", ..." if found[5:] else "")
            raise QueryError(f"{len(found)} facts begin with {key!r}", remedy=f"write more of the fact's IRI: {shown}")
        iri = found[0] if found else None
    elif len(key) < _SHORTEST:
        raise QueryError(f"{value!r} is too short to name a fact", remedy=f"write at least {_SHORTEST} characters of it")
    else:
        iri = read_iri(value)
    if iri is None or not names.is_known(store, iri):
        raise QueryError(f"the graph has no fact {value!r}", remedy="take the fact's IRI from another query's answer")
    return iri


def _facts_from(store: Store, value: str) -> list[ox.NamedNode]:
    start = ox.Literal(FACT + value)
    result = ask(store, f"SELECT DISTINCT ?x {{ ?x bkg:status ?s FILTER(STRSTARTS(STR(?x), {written(start)})) }}")
    return [row[0] for row in result.rows if isinstance(row[0], ox.NamedNode)]


def _read_status(store: Store, parameter: Parameter, value: str) -> Term:
    word = value.removeprefix("bkg:").removeprefix(BKG).capitalize()
    if word not in STATUSES:
        raise QueryError(f"{value!r} is no status", remedy=f"write one of {', '.join(STATUSES)}")
    return ox.NamedNode(BKG + word)


def _read_type(store: Store, parameter: Parameter, value: str) -> Term:
    term = names.fact_type(value, FACT_TYPES)
    if term is None:
        near = get_close_matches(value.replace(" ", ""), FACT_TYPES, 3, 0.6)
        guess = f"did you mean {' or '.join(near)}? All there are: " if near else "write one of "
        raise QueryError(f"{value!r} is no type of fact", remedy=guess + ", ".join(FACT_TYPES))
    return term


def _read_date(store: Store, parameter: Parameter, value: str) -> Term:
    match = _DATE.fullmatch(value)
    try:
        if match is None:
            raise ValueError
        year, month, day = (int(part) if part else 0 for part in match.groups())
        last = parameter.edge == "end"
        if not month:
            month, day = (12, 31) if last else (1, 1)
        if not day:
            day = (date(year + month // 12, month % 12 + 1, 1) - date.resolution).day if last else 1
        return ox.Literal(date(year, month, day).isoformat(), datatype=ox.NamedNode(XSD + "date"))
    except (ValueError, OverflowError):
        raise QueryError(f"{value!r} is no date", remedy="write 2018, 2018-05 or 2018-05-25") from None


def _read_number(store: Store, parameter: Parameter, value: str) -> Term:
    plain = value.replace(",", "").replace("_", "")
    if not _NUMBER.fullmatch(plain):
        raise QueryError(f"{value!r} is no number", remedy="write digits, with a point for decimals")
    return ox.Literal(plain, datatype=ox.NamedNode(XSD + ("decimal" if "." in plain else "integer")))


def _read_text(store: Store, parameter: Parameter, value: str) -> Term:
    if any(ord(c) < 32 and c not in "\t\n\r" for c in value):
        raise QueryError("the text holds a control character", remedy="take it out")
    return ox.Literal(value)


_READERS = {
    "entity": _read_named, "state": _read_named, "document": _read_named, "concept": _read_named, "fact": _read_fact,
    "status": _read_status, "type": _read_type, "date": _read_date, "number": _read_number, "text": _read_text,
}


def describe(store: Store, term: Term) -> str:
    """A term for a message: its label and short form."""
    if not isinstance(term, ox.NamedNode):
        return term.value
    label, short = names.label_of(store, term), compact(term)
    return label if label == short else f"{label} ({short})"
