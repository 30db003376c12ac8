"""Why a saved query gave no rows, as far as it can be known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.queries.engine import Result, ask, compact, written
from kg.queries.header import SavedQuery
from kg.queries.names import is_known
from kg.queries.parameters import bind, describe
from kg.queries.run import run_bound
from kg.queries.tokens import declared_prefixes, find_places, find_tokens
from kg.terms import BKG, FACT_TYPES

if TYPE_CHECKING:
    from kg.queries.engine import Store, Term

_SHOWN = 5
_NOTHING = "The graph holds facts of this type, but none that the question asks for."


def explain_empty(store: Store, query: SavedQuery, params: Mapping[str, str] | None = None) -> str:
    """One or more sentences that say why the query has no rows: no such facts, an actor without facts, one parameter.

    Every parameter is left open in turn; where rows come, that parameter emptied the answer, and values that it could
    have are named. "" for a query whose empty answer is good news (a check).
    """
    if query.kind == "check":
        return ""
    if not ask(store, "ASK { ?fact bkg:status ?status }").answer:
        return "The graph holds no fact at all: build it from documents first."
    missing = _missing_types(store, query)
    if missing:
        return missing
    terms = _all_terms(store, query, params or {})
    reasons = [reason for name, term in terms.items() if (reason := _without_facts(store, name, term))]
    if not reasons:
        reasons = [reason for name in terms if (reason := _without(store, query, terms, name))]
    reasons = reasons or [_all_together(store, query, terms)]
    return "\n".join([*reasons, *_examples(query, terms, params or {})])


def explain_no_rows(store: Store, text: str) -> str:
    """The terms of a query written out that stand in no statement of the graph, else just that there are no rows."""
    tokens = find_tokens(text)
    declared = {index + 2 for index, token in enumerate(tokens) if token.word == "PREFIX"}
    terms = {t.text for i, t in enumerate(tokens) if t.kind in {"iri", "name"} and i not in declared and i + 1 not in declared}
    prefixes = "".join(f"PREFIX {prefix}: <{iri}> " for prefix, iri in declared_prefixes(tokens).items())
    unknown = [
        term for term in sorted(terms)
        if not ask(store, f"{prefixes} ASK {{ {{ {term} ?p ?o }} UNION {{ ?s {term} ?o }} UNION {{ ?s ?p {term} }} }}").answer
    ]
    return f"No statement of the graph holds {', '.join(unknown)}." if unknown else "No rows."


def _examples(query: SavedQuery, terms: Mapping[str, Term], params: Mapping[str, str]) -> list[str]:
    """That things asked about were not the user's choice, but stand in the query."""
    names = [name for name, term in terms.items() if isinstance(term, ox.NamedNode) and name not in params]
    names = [name for name in names if (query.parameter(name) or query.parameters[0]).type not in {"status", "type"}]
    if not names:
        return []
    are = "is the query's own example" if len(names) == 1 else "are the query's own examples"
    return [f"{' and '.join(names)} {are}: choose with {' '.join(f'--param {name}=...' for name in names)}"]


def _all_terms(store: Store, query: SavedQuery, params: Mapping[str, str]) -> dict[str, Term]:
    """The terms of all parameters that are not left open: given ones and defaults."""
    terms: dict[str, Term] = {}
    for parameter in query.parameters:
        if parameter.name in params:
            terms[parameter.name] = bind(store, query, {parameter.name: params[parameter.name]})[parameter.name]
        elif parameter.default:
            default = _default(store, query, parameter.name)
            terms |= {parameter.name: default} if default is not None else {}
    return terms


def _default(store: Store, query: SavedQuery, name: str) -> Term | None:
    """The term that the query itself writes for this parameter."""
    tokens = find_tokens(query.text, query.file)
    prefixes = "".join(f"PREFIX {prefix}: <{iri}> " for prefix, iri in declared_prefixes(tokens).items())
    place = next(p for p in find_places(tokens) if p.name == name)
    written_term = query.text[place.start:place.end]
    rows = ask(store, f"{prefixes} SELECT ?x WHERE {{ VALUES ?x {{ {written_term} }} }}").rows
    return rows[0][0] if rows else None


def _missing_types(store: Store, query: SavedQuery) -> str:
    """That none of the fact types that the query names has a fact; "" where one has, or it names none."""
    tokens = find_tokens(query.text, query.file)
    named = sorted({t.text.removeprefix("bkg:") for t in tokens if t.text.removeprefix("bkg:") in FACT_TYPES})
    if not named or any(ask(store, f"ASK {{ ?fact a bkg:{name} }}").answer for name in named):
        return ""
    return f"The graph holds no fact of type {' or '.join(named)}."


def _without_facts(store: Store, name: str, term: Term) -> str:
    """That nothing is said of the entity or concept that a parameter names; "" where a fact names it."""
    if not isinstance(term, ox.NamedNode) or term.value.startswith(BKG):
        return ""
    if not is_known(store, term):
        return f"{name}: the graph does not know {compact(term)}."
    about = ask(store, f"ASK {{ ?fact ?role {written(term)} . ?fact bkg:status ?status }}").answer
    own = ask(store, f"ASK {{ {written(term)} (bkg:status|dcterms:identifier) ?value }}").answer
    if about or own:
        return ""
    return f"{name}: the graph knows {describe(store, term)}, but no fact names it."


def _without(store: Store, query: SavedQuery, terms: Mapping[str, Term], name: str) -> str:
    """That the answer is empty because of this one parameter, with values that it could have; "" where it is not."""
    result = _run_open(store, query, terms, [name])
    if not result.rows:
        return ""
    found = f"{name} = {describe(store, terms[name])} leaves none of {len(result.rows)} rows"
    values = {row[result.columns.index(name)] for row in result.rows}
    shown = sorted(describe(store, term) for term in values if term is not None)
    if not shown:
        return f"{found}."
    more = f" and {len(shown) - _SHOWN} more" if len(shown) > _SHOWN else ""
    return f"{found}; there are rows for {', '.join(shown[:_SHOWN])}{more}."


def _all_together(store: Store, query: SavedQuery, terms: Mapping[str, Term]) -> str:
    """What comes when all parameters that name something are left open at once, with the values of one row."""
    names = [name for name, term in terms.items() if isinstance(term, ox.NamedNode)]
    given = ", ".join(f"{name} = {describe(store, term)}" for name, term in terms.items())
    result = _run_open(store, query, terms, names)
    if not result.rows:
        return f"Nothing of this kind is in the graph, whatever is asked for ({given})." if terms else _NOTHING
    row = dict(zip(result.columns, result.rows[0], strict=True))
    values = {name: row[name] for name in names}
    example = ", ".join(f"{name} = {describe(store, term)}" for name, term in values.items() if term is not None)
    example = f", for example {example}" if example else ""
    return f"No single parameter empties the answer ({given}); other values give {len(result.rows)} rows{example}."


def _run_open(store: Store, query: SavedQuery, terms: Mapping[str, Term], names: Sequence[str]) -> Result:
    """The result with these parameters left open, and each of them a column."""
    text = query.text
    for name in names:
        text = _with_column(text, name)
    return run_bound(store, replace(query, text=text), {**terms, **dict.fromkeys(names)})


def _with_column(text: str, name: str) -> str:
    """The query with one more column, and one more variable to group by where it groups."""
    tokens = find_tokens(text)
    select = next(i for i, token in enumerate(tokens) if token.word == "SELECT")
    columns = [token.text for token in tokens[select:] if token.kind == "variable" or token.word == "WHERE"]
    if f"?{name}" in columns[:columns.index("WHERE")]:
        return text
    places = [tokens[select + (tokens[select + 1].word in {"DISTINCT", "REDUCED"})].end]
    places += [after.end for token, after in pairwise(tokens) if token.word == "GROUP" and after.word == "BY"]
    for place in reversed(places):
        text = f"{text[:place]} ?{name}{text[place:]}"
    return text
