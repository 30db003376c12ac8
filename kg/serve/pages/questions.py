"""A saved query as a form and its answer: what each parameter may be, what it stands for, the rows."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import NamedNode

from kg.errors import KgError, QueryError
from kg.queries import Parameter, SavedQuery, explain_empty, find_query, run_query
from kg.queries.engine import ask
from kg.queries.names import find_labels, find_names, is_known
from kg.queries.parameters import bind, read_iri
from kg.serve.jobs import saved_queries
from kg.serve.pages.pair import read_pairs
from kg.serve.pages.records import Cell, Table
from kg.serve.pages.resolve import names_of, resolve
from kg.serve.pages.tables import make_cell, make_table
from kg.serve.pages.words import parameter_title, reason_words, type_word
from kg.serve.worker import Graph
from kg.terms import FACT_TYPES, STATUSES

_MOST = 1000  # rows on the page; the downloads have all
_PAIRS_TRIED = 12
_CHOICES = 500  # in a list of suggestions
_OF_PAIR = frozenset({"a", "b", "country", "of", "actor", "subject"})
_PEOPLE = frozenset({"actor", "speaker", "person", "investor", "recipient"})


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter as a form field.

    ``choices`` are value and words; with ``closed`` nothing else is allowed, else they are suggestions. ``group`` names
    what the suggestion script asks for ("" for none), ``hint`` says what to write.
    """

    name: str
    label: str
    type: str
    value: str
    required: bool
    choices: tuple[tuple[str, str], ...]
    closed: bool
    group: str
    hint: str


@dataclass(frozen=True, slots=True)
class Question:
    """A saved query with the parameters given: its question in words, its form, its answer or what was wrong."""

    query: SavedQuery
    words: tuple[Cell, ...]
    fields: tuple[Field, ...]
    given: tuple[tuple[str, str], ...]
    table: Table | None
    why_empty: str
    error: str
    remedy: str


def read_question(graph: Graph, name: str, params: Mapping[str, str]) -> Question:
    """The saved query of this name, asked with these parameters; without any, with what the graph is most about.

    Raises `QueryError` for an unknown query. A value that names nothing is no exception: the page says so by the form.
    """
    query = find_query(name, saved_queries())
    given = {**usual_values(graph, query), **{key: value.strip() for key, value in params.items() if value.strip()}}
    fields = make_fields(graph, query, given)
    pairs = tuple(given.items())
    lacking = [p.name for p in query.parameters if p.default and p.name not in given]
    if lacking:
        return Question(query, (Cell(query.question),), fields, pairs, None, "", "", f"choose {' and '.join(lacking)}")
    try:
        terms = {name: resolve(graph, p, value) if (p := query.parameter(name)) else value for name, value in given.items()}
        result = run_query(graph.store, query, terms)
        words = _words(graph, query, terms)
    except KgError as error:
        return Question(query, (Cell(query.question),), fields, pairs, None, "", error.what, error.remedy)
    table = make_table(graph.store, result, _MOST)
    why = reason_words(explain_empty(graph.store, query, terms)) if not result.rows else ""
    return Question(query, words, fields, pairs, table, why, "", "")


@lru_cache(maxsize=256)
def usual_values(graph: Graph, query: SavedQuery) -> Mapping[str, str]:
    """Values for the parameters that need one: what the graph is most about, else the header's default."""
    found = {p.name: _most_named(graph, p) or _default_words(graph, p) for p in query.parameters if p.default}
    found |= _pair_with_rows(graph, query)
    return {name: value for name, value in found.items() if value}


def _pair_with_rows(graph: Graph, query: SavedQuery) -> Mapping[str, str]:
    """The first of the pairs most spoken of for which a question on two states has an answer; nothing where none has."""
    if not {"a", "b"} <= {p.name for p in query.parameters if p.type in {"state", "entity"}}:
        return {}
    asked = find_query(query.name, saved_queries())
    for pair in read_pairs(graph, _PAIRS_TRIED):
        for a, b in ((pair.a, pair.b), (pair.b, pair.a)):
            with contextlib.suppress(QueryError):
                if run_query(graph.store, asked, {"a": f"<{a.iri}>", "b": f"<{b.iri}>"}).rows:
                    return {"a": a.label, "b": b.label}
    return {}


def _most_named(graph: Graph, parameter: Parameter) -> str:
    """The label of what facts name most in the role of the parameter's name; of a pair its states. "" where nothing is."""
    pair = next(iter(read_pairs(graph, 1)), None)
    if pair and parameter.name in _OF_PAIR and parameter.type in {"state", "entity"}:
        return (pair.b if parameter.name == "b" else pair.a).label
    if parameter.type not in {"state", "entity", "concept"}:
        return ""
    result = ask(graph.store, f"""SELECT ?x WHERE {{ ?fact bkg:{parameter.name} ?x ; bkg:status ?status . FILTER(ISIRI(?x)) }}
        GROUP BY ?x ORDER BY DESC(COUNT(DISTINCT ?fact)) STR(?x) LIMIT 1""")
    found = {row[0] for row in result.rows if isinstance(row[0], NamedNode)}
    return next(iter(find_labels(graph.store, found).values()), "")


def _default_words(graph: Graph, parameter: Parameter) -> str:
    """The default as a user would write it: a label; "" where the graph does not know it, of a document the first."""
    try:
        iri = read_iri(parameter.default)
    except KgError:
        iri = None
    if iri is None:
        return parameter.default.strip("\"'").partition("\"^^")[0]
    if parameter.type in {"status", "type"}:
        return iri.value.rpartition("#")[2]
    if parameter.type == "document" and not is_known(graph.store, iri):
        return next((value for value, _ in _choices(graph, parameter)[0]), "")
    return find_labels(graph.store, [iri]).get(iri, parameter.default) if is_known(graph.store, iri) else ""


def _words(graph: Graph, query: SavedQuery, given: Mapping[str, str]) -> tuple[Cell, ...]:
    """The question with its parameters filled in, each a cell that may lead somewhere."""
    terms = bind(graph.store, query, given)
    labels = find_labels(graph.store, {term for term in terms.values() if isinstance(term, NamedNode)})
    cells = []
    for place, part in enumerate(re.split(r"\{(\w+)\}", query.question)):
        if place % 2 == 0:
            cells.append(Cell(part))
        elif part in terms:
            cell = make_cell(terms[part], labels)
            cells.append(Cell(cell.text, cell.kind if cell.kind in {"node", "document", "fact"} else "value", cell.iri))
        else:
            cells.append(Cell("any time" if part in {"from", "until", "on"} else "anyone" if part in _PEOPLE else "anything", "value"))
    return tuple(cells)


def make_fields(graph: Graph, query: SavedQuery, given: Mapping[str, str]) -> tuple[Field, ...]:
    """The form fields of a query's parameters, with the values given."""
    return tuple(_field(graph, parameter, given.get(parameter.name, "")) for parameter in query.parameters)


def _field(graph: Graph, parameter: Parameter, value: str) -> Field:
    choices, closed, group, hint = _choices(graph, parameter)
    title = parameter_title(parameter.name)
    label = f"{title} ({parameter.note})" if parameter.note else title
    if closed and value and value not in {choice for choice, _ in choices}:
        match = [choice for choice, words in choices if value.lower() in (words.lower(), choice.lower())]
        value = match[0] if match else value
    return Field(parameter.name, label, parameter.type, value, bool(parameter.default), choices, closed, group, hint)


def _choices(graph: Graph, parameter: Parameter) -> tuple[tuple[tuple[str, str], ...], bool, str, str]:
    store = graph.store
    match parameter.type:
        case "status":
            return tuple((name, name.lower()) for name in STATUSES), True, "", ""
        case "type":
            return tuple((name, type_word(name)) for name in FACT_TYPES), True, "", ""
        case "document":
            names = find_labels(store, {name.term for name in find_names(store, "document")})
            return tuple(sorted(((term.value, label) for term, label in names.items()), key=lambda c: (c[1], c[0]))), True, "", ""
        case "concept" if parameter.scheme:
            words = sorted(text for text, bearers in names_of(graph, "concept", parameter.scheme).items() if bearers[0][0] == 0)
            return tuple((word, word) for word in words), False, "", "one of the list, or another wording of it"
        case "state":
            words = sorted(text for text, bearers in names_of(graph, "state").items() if bearers[0][0] == 0)
            return tuple((word, word) for word in words[:_CHOICES]), False, "", "a state: name or ISO code"
        case "entity" | "concept":
            return (), False, "entity", "a name"
        case "date":
            return (), False, "", "2018, 2018-05 or 2018-05-25"
        case "fact":
            return (), False, "", "fact:… as an answer shows it"
        case _:
            return (), False, "", ""
