"""What is told twice: a fact of which another says the same and more gives way to it, and equal ones become one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.extract.facts import content_of, content_roles, overlap, term_key
from kg.extract.words import words
from kg.model import Concept, Entity, Evidence, Fact


def drop_subsumed(facts: Iterable[Fact]) -> list[Fact]:
    """Leaves out a fact of which another one, on overlapping words, says the same and more."""
    kept = list(facts)
    rivals: dict[str, list[Fact]] = {}
    for fact in kept:
        rivals.setdefault(fact.type, []).append(fact)
    return [
        fact
        for fact in kept
        if not any(
            other is not fact
            and overlap(other, fact)
            and (
                _says_more(other, fact)
                or _tells_stage(other, fact)
                or _is_part(other, fact)
                or _tells_whose(other, fact)
                or _names_what(other, fact)
                or _lists(other, fact)
            )
            for other in rivals[fact.type]
        )
    ]


def join_events(facts: list[Fact]) -> list[Fact]:
    """One fact for an event told of in one sentence, where one of several has the date: "the fair, opened by Ana Lima in Lima in 2010"."""
    out = list(facts)
    for fact in facts:
        if fact.type != "EventFact" or fact.date or fact.start_date or fact.end_date:
            continue
        dated = next((f for f in out if f.type == "EventFact" and (f.date or f.start_date) and f.status == fact.status and f.stated_by == fact.stated_by
                      and f.values("event") == fact.values("event") and overlap(f, fact)), None)
        if dated is not None:
            more = [(role, term) for role, term in fact.roles if not dated.values(role)]
            out[out.index(dated)] = replace(dated, roles=tuple(sorted([*dated.roles, *more], key=lambda pair: pair[0])))
            out.remove(fact)
    return out


def drop_retold(facts: Sequence[Fact]) -> list[Fact]:
    """Leaves out an indicator of exports or imports whose figure a fact of trade tells on the same words."""
    traded = [f for f in facts if f.type == "TradeFigure"]
    return [
        f
        for f in facts
        if f.type != "Indicator"
        or not any(
            overlap(t, f)
            and any(isinstance(i, Concept) and i.word in _TRADED for i in f.values("indicator"))
            and set(f.values("value") + f.values("changePercent"))
            & set(t.values("amount") + t.values("changePercent") + t.values("sharePercent"))
            for t in traded
        )
    ]


_YEAR_OF_PACT = re.compile(r"(?:treaty|agreement|accord|pact|convention) of \d{4}|\d{4} (?:treaty|agreement|accord|pact|convention)")


def drop_recalled(facts: Sequence[Fact], recalling: frozenset[str]) -> list[Fact]:
    """Leaves out what an anniversary recalls by its year, or the year in an agreement's name (by one of these rules), where another fact tells
    the day or month of the same."""
    def told(fact: Fact) -> bool:
        roles = {(r, term_key(t)) for r, t in fact.roles if not (r == "agreement" and isinstance(t, Entity) and _YEAR_OF_PACT.fullmatch(t.label))}
        return any(other.type == fact.type and len(other.date) > len(fact.date) and other.date.startswith(fact.date) and other.status == fact.status
                   and roles <= {(r, term_key(t)) for r, t in other.roles} for other in facts)

    return [f for f in facts if not (f.activity.rule in recalling and len(f.date) == len("2001") and told(f))]


_TRADED = words("repeats", "traded")
_MANY_PAPERS = words("repeats", "many-papers")
_VAGUE = words("repeats", "vague")


def _is_part(whole: Fact, part: Fact) -> bool:
    """Whether cooperation is told of by a verb's clause ("expand energy ties") and once more by the noun in it: the clause has the status."""
    a, b = whole.evidence[0], part.evidence[0]
    return (whole.type == part.type == "Cooperation" and whole.status != part.status and set(content_roles(part)) <= set(content_roles(whole))
            and a.start <= b.start and b.end <= a.end and b.end - b.start < a.end - a.start)


def _tells_stage(clear: Fact, vague: Fact) -> bool:
    """Whether a verb gives the stage of the project that a mere noun ("the construction of the dam") leaves open on the same words,
    or says that something runs of whose beginning the same words tell too ("started a farm")."""
    if clear.type != "ProjectStatus" or vague.type != clear.type:
        return False
    a, b = clear.evidence[0], vague.evidence[0]
    dropped = clear.status == "Asserted" and vague.status in ("Planned", "Hypothetical") and Concept("stage", "cancelled") in clear.values("stage") and (
        not vague.date)  # "a plan to revive the line has come to nothing"
    same = {term_key(t) for r, t in clear.roles if r == "project"} == {term_key(t) for r, t in vague.roles if r == "project"}
    if dropped or ("way: nominal" in vague.activity.notes and "way: nominal" not in clear.activity.notes):
        return same and a.start < b.end and b.start < a.end
    stages = [t.word for fact in (clear, vague) for t in fact.values("stage") if isinstance(t, Concept)]
    return same and stages == ["operating", "underway"] and a == b and clear.date == vague.date


def _lists(one: Fact, many: Fact) -> bool:
    """Whether a paper is one of those of which another fact only gives the number: "three documents: a treaty on ..."."""
    named = [e.label.lower().split()[-1] for e in many.values("agreement") if isinstance(e, Entity)]
    return (
        one.type == "AgreementAction"
        and one.activity.rule == "agreement-listed-signed" != many.activity.rule
        and one.values("action") == many.values("action")
        and (one.status == many.status and bool(named) and named[0] in _MANY_PAPERS)
    )


def _tells_whose(clear: Fact, vague: Fact) -> bool:
    """Whether a count is given to the land where those are who another fact on the same words names: "Swiss nationals in Chile" are Switzerland's."""
    if clear.type != "Indicator" or vague.type != "Indicator" or vague.values("counterpart") or clear.values("value") != vague.values("value"):
        return False
    a, b = clear.evidence[0], vague.evidence[0]
    return clear.values("counterpart") == vague.values("subject") != clear.values("subject") and a.start <= b.start and b.end <= a.end


def _names_what(clear: Fact, vague: Fact) -> bool:
    """Whether two counts differ in nothing but that one calls migrants, students or workers mere people, or reads less of the words
    ("visas issued to Peruvian students: 40" counts no students)."""
    if clear.type != "Indicator" or vague.type != "Indicator" or clear.values("value") == ():
        return False
    a, b = clear.evidence[0], vague.evidence[0]
    if vague.values("counterpart") and not clear.values("counterpart"):
        return False  # which says more
    reads_less = clear.activity.rule == vague.activity.rule and a.start <= b.start and b.end <= a.end and a.end - a.start > b.end - b.start
    if not reads_less and (not _is_vague(vague) or _is_vague(clear)):
        return False
    return clear.values("value") == vague.values("value") and clear.values("subject") == vague.values("subject") and a.start < b.end and b.start < a.end


def _is_vague(fact: Fact) -> bool:
    return any(isinstance(i, Concept) and i.word in _VAGUE for i in fact.values("indicator"))


def _says_more(more: Fact, less: Fact) -> bool:
    if more.type != less.type:
        return False
    a, b = more.evidence[0], less.evidence[0]
    if not (a.start < b.end and b.start < a.end):
        return False
    if more.type == "AgreementAction" and more.status != less.status and b.start < a.start and b.end <= a.end:
        return False  # "initialled an agreement, which is expected to be signed in May"
    mine, theirs = set(content_roles(more)), set(content_roles(less))
    if mine == theirs:
        return False
    if more.type == "Meeting" and ("name", *more.values("name")) == ("name", *less.values("name")) != ("name",):
        # Whose gathering it is by its name adds nothing to who attended it.
        theirs -= {("participant", term_key(t)) for t in less.values("participant") if isinstance(t, Entity) and t.kind == "organisation"}
        if more.values("participant") == less.values("participant"):
            theirs |= {("participant", term_key(t)) for t in less.values("participant")}
    return all(pair in mine or (pair[0] == "date" and any(r == "date" and d.startswith(pair[1]) for r, d in mine)) for pair in theirs)


def _told_again(fact: Fact) -> bool:
    """Whether a fact is of what is spoken of again and again: what a project has come to, the visit of somebody."""
    return fact.type == "ProjectStatus" or (fact.type == "Meeting" and bool(fact.values("participant")) and Concept("kind", "visit") in fact.values("kind"))


def _gather(by_content: dict[tuple[object, ...], Fact]) -> None:
    """Gives the evidence of an undated fact to the last one before it that tells the same and more: "visited Lima in May ... his visit".

    Talks are left alone: "our meeting" is not that of which was spoken before.
    """
    told: dict[tuple[object, ...], list[tuple[object, ...]]] = {}
    for key, fact in by_content.items():
        told.setdefault((fact.type, fact.status, fact.stated_by), []).append(key)
    for key, fact in list(by_content.items()):
        if fact.date or fact.start_date or fact.end_date or not _told_again(fact):
            continue
        mine, start = set(content_roles(fact)), fact.evidence[0].start
        fuller = [k for k in told[fact.type, fact.status, fact.stated_by] if k != key and k in by_content and (
            mine < set(content_roles(by_content[k])) and by_content[k].evidence[0].start <= start)]
        if fuller:
            old = by_content.pop(key)
            last = max(fuller, key=lambda k: by_content[k].evidence[0].start)
            best = by_content[last]
            by_content[last] = replace(
                best, evidence=tuple(Evidence(a, b) for a, b in sorted({(e.start, e.end) for e in (*best.evidence, *old.evidence)}))
            )


def merge(facts: Iterable[Fact]) -> list[Fact]:
    """One fact for each content, with all its evidence in text order."""
    by_content: dict[tuple[object, ...], Fact] = {}
    for fact in facts:
        key = content_of(fact)
        old = by_content.get(key)
        if old is None:
            by_content[key] = fact
        else:
            spans = sorted({(e.start, e.end) for e in (*old.evidence, *fact.evidence)})
            distinct = [s for s in spans if not any(o != s and o[0] <= s[0] and s[1] <= o[1] for o in spans)]
            by_content[key] = replace(old, evidence=tuple(Evidence(a, b) for a, b in distinct))
    _gather(by_content)
    return sorted(by_content.values(), key=lambda f: (f.evidence[0].start, f.evidence[0].end, f.type, str(content_of(f))))
