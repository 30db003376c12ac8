"""Facts made from drafts, and what of two facts is the same."""

from __future__ import annotations

from kg.extract.roles import Draft
from kg.extract.titles import term_dates
from kg.model import Activity, Entity, Evidence, Fact, Term, Value
from kg.values import date_bounds


def term_key(term: Term) -> str:
    """What a term is told apart by: an entity by its address, a value by its place in the text."""
    if isinstance(term, Entity):
        return term.iri
    if isinstance(term, Value):
        return f"{term.kind}:{term.start}"
    return str(term)


def make_fact(draft: Draft, status: str, speakers: tuple[Entity, ...], evidence: Evidence, activity: Activity, document: str) -> Fact:
    """The fact that a draft tells: its terms in one order, its dates as the document gives them and as the days between which they lie."""
    roles = tuple((role, term) for role in sorted(draft.roles) for term in sorted(draft.roles[role], key=term_key))
    date = start_date = end_date = earliest = latest = ""
    for value in draft.dates:
        if draft.date_role == "startDate" and value.date:
            start_date = value.date
        elif draft.date_role == "endDate" and value.date:
            end_date = value.date
        else:
            date, start_date, end_date = date or value.date, start_date or value.start_date, end_date or value.end_date
        earliest = min(filter(None, (earliest, value.earliest)), default="")
        latest = max(filter(None, (latest, value.latest)), default="")
    if draft.term:
        start_date, end_date = term_dates(draft.term, start_date, end_date)
    if not earliest and (date or start_date):
        earliest = date_bounds(date or start_date)[0]
    if not latest and (date or end_date):
        latest = date_bounds(date or end_date)[1]
    if draft.date_role == "endDate":
        earliest = date_bounds(start_date or date)[0] if start_date or date else ""
    if draft.date_role == "startDate":
        latest = date_bounds(end_date or date)[1] if end_date or date else ""
    return Fact(draft.type, roles, status, (evidence,), activity, "", tuple(sorted(speakers, key=lambda e: e.iri)), date, start_date, end_date,
                earliest, latest, document)


def content_of(fact: Fact) -> tuple[object, ...]:
    """What two facts share that are one: all but the evidence and the wording of a title."""
    return (fact.type, tuple((r, term_key(t)) for r, t in fact.roles if r != "officeTitle"), fact.status, tuple(e.iri for e in fact.stated_by),
            fact.date, fact.start_date, fact.end_date)


def overlap(one: Fact, other: Fact) -> bool:
    """Whether two facts stand on words that they share."""
    a, b = one.evidence[0], other.evidence[0]
    return a.start < b.end and b.start < a.end


def content_roles(fact: Fact) -> list[tuple[str, str]]:
    """Roles and dates of a fact with the keys of their terms."""
    extra = [("date", d) for d in (fact.date, fact.start_date, fact.end_date) if d]
    return [(r, term_key(t)) for r, t in fact.roles if r != "officeTitle"] + extra
