"""The words around a plot: its title and question with the parameters filled in, and why there is nothing to draw."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kg.plots.readings import Reading, saved_queries
from kg.queries import SavedQuery, explain_empty, find_query
from kg.queries.engine import ask, written
from kg.queries.names import find_labels
from kg.queries.parameters import find_value

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.queries.engine import Store, Term

_NOTHING = re.compile(r",? (?:from the beginning until today|about any)(?!\w)")
_OPEN = {"from": "the beginning", "until": "today", "status": "any status"}


def title_of(store: Store, title: str, query: str, params: Mapping[str, str]) -> str:
    """The title with each `{parameter}` of the query as its label."""
    return _fill(store, title, find_query(query, saved_queries()), params)


def question_of(store: Store, query: str, params: Mapping[str, str]) -> str:
    """The question of the saved query with its parameters filled in."""
    saved = find_query(query, saved_queries())
    return _fill(store, saved.question, saved, params)


def count(number: int, noun: str) -> str:
    """ "1 fact", "3 facts"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def spoken(words: str) -> str:
    """The words of a concept as people say them: "in force" for inForce."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", words).lower() if words.isalpha() else words


def why_empty(store: Store, query: str, params: Mapping[str, str], readings: Sequence[Reading], wanted: str) -> str:
    """Why there is no plot: the query has no rows (as it explains itself), or none of its facts has what is drawn."""
    if readings:
        of = "The one fact found has no" if len(readings) == 1 else f"None of the {len(readings)} facts found has an"
        return f"{of} {wanted}: see them with kg query {query}.".replace("an change", "a change").replace("an value", "a value")
    saved = find_query(query, saved_queries())
    return explain_empty(store, saved, {key: value for key, value in params.items() if saved.parameter(key)})


def _fill(store: Store, text: str, query: SavedQuery, params: Mapping[str, str]) -> str:
    def word(match: re.Match[str]) -> str:
        parameter = query.parameter(match[1])
        if parameter is None:
            return match[0]
        if match[1] in params:
            return _label(store, find_value(store, parameter, params[match[1]]))
        if not parameter.default:
            return _OPEN.get(match[1], "any")
        return _default(store, parameter.default)

    filled = re.sub(r"\{(\w+)\}", word, text)
    return _NOTHING.sub("", filled)


def _default(store: Store, default: str) -> str:
    if ":" not in default:
        return default
    rows = ask(store, f"SELECT ?x WHERE {{ VALUES ?x {{ {default} }} }}").rows
    return _label(store, rows[0][0]) if rows and rows[0][0] is not None else default


def _label(store: Store, term: Term) -> str:
    labels: dict[ox.NamedNode, str] = find_labels(store, [term]) if written(term).startswith("<") else {}  # type: ignore[list-item]
    return labels.get(term, term.value)  # type: ignore[arg-type]
