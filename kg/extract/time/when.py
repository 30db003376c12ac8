"""When what a match tells happened: in which order the dates around it are asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.context import NOT_UNTIL, Status
from kg.extract.figures import OF_WHAT
from kg.extract.openings import date_of_opening
from kg.extract.reading import Reading
from kg.extract.roles import Draft, settle_dates
from kg.extract.time.dates import carried_date, is_long_ago, nearby, recalled_date, years_before
from kg.extract.time.dating import (
    current_year,
    date_beside,
    date_from_on,
    date_in_target,
    date_included,
    date_of_event,
    date_of_frame,
    date_of_guest,
    date_of_lead,
    date_of_narrative,
    date_of_speaker,
    date_of_talks,
    date_of_visit,
    date_put_off,
    date_there,
    further_dates,
    spread_visit,
    standing_date,
    year_of_marking,
    years_passed,
)
from kg.extract.words import words
from kg.match import Match, SentenceView
from kg.model import Entity, Fact, Mention, Value
from kg.values import date_bounds, find_values

_DATED = frozenset({"date", "period"})
_NAMED_YEAR = re.compile(r"(?<=[ -])((?:19|20)\d\d)$")
# Types whose date is what the rule captured only: a date near them dates something else.
_DATED_BY_NAME = frozenset({"EventFact"})
_DATED_BY_STAY = frozenset(
    {
        "Meeting",
        "AgreementAction",
        "Position",
        "DiplomaticRelations",
        "OrganisationEvent",
        "ProjectStatus",
        "Cooperation",
        "JointBody",
        "Remark",
        "Relationship",
    }
)
# Types of what is so when the document is written: "currently" tells the year.
_CURRENT = frozenset({"Indicator", "Membership"})
_BEGINNING = words("when", "beginning")
_CARRIED = frozenset({"TradeFigure"})
_STANDING = frozenset({"OfficeHolding", "Relationship"})
_TAKING_OFFICE = words("when", "taking-office")


@dataclass(frozen=True, slots=True)
class Found:
    """What was found with the date of a draft: notes of where it is from, further dates of the same figure ("in 2010 and 2012"), and where
    the evidence ends that the date stands in (0 where it need not grow)."""

    notes: tuple[str, ...]
    further: tuple[Value, ...]
    end: int


def date_draft(draft: Draft, reading: Reading, view: SentenceView, match: Match, status: Status, before: Sequence[Fact], topics: Sequence[Fact]) -> Found:
    """Puts the date of what a draft tells: of the sources that may tell it, nearest first, the first that does."""
    issued = reading.document.issued
    notes: list[str] = []
    end = 0
    mention = None
    if not draft.dates and "date" in match.rule.also and (passed := years_passed(view, match, issued)) is not None:
        draft.dates.append(passed)
    if not draft.dates and (_begins(draft, view, match) or ("date" in match.rule.also and draft.type not in _STANDING)):
        mention = nearby(view, match, _DATED)
        if (
            mention is not None
            and mention.kind == "period"
            and mention.value is not None
            and mention.value.start_date
            and any(term is mention.value for _, term in draft.term)
        ):
            mention = None  # "the programme for 2018-2022 was signed": how long it holds, not when
        if mention is not None and mention.value is not None and draft.type == "EventFact" and any(
                m.kind == "ordinal" and m.value is not None and match.first <= m.first < mention.first and is_long_ago(
                    mention.value.date, int(m.value.number or 0), issued) for m in view.mentions):
            mention = None  # "mark the 40th anniversary of relations, established in 1975"
        if mention is not None and mention.value is not None:
            draft.dates.append(_since_then(draft, view, match, mention) or (date_from_on(view, mention) if NOT_UNTIL in status.cues or (
                view.word(mention.first - 1) == "not" and view.word(mention.last) == "that") else date_put_off(view, mention)) or mention.value)
            if mention.last > match.last and mention.first - match.last <= 4:
                end = mention.end
            notes.append(f"date from {mention.text!r}")
        elif (
            told := _told_date(reading, view, match, draft, [*before, *(t for t in topics if t.evidence[0].start >= view.sentence.start)])
        ) is not None and not (status.word == "Planned" and told.latest and told.latest < issued[:10]):
            draft.dates.append(told)
            notes.append("date from what is told before")
    further = further_dates(view, match, draft, mention) if mention is not None else []
    if not draft.dates and (included := date_included(draft, view, match, reading.sentences, before)) is not None:
        draft.dates.append(included)
    if not draft.dates and draft.type == "AgreementAction" and match.rule.under and (led := date_of_lead(view, reading.sentences, before)) is not None:
        draft.dates.append(led)
        notes.append("date of the occasion")
    if not draft.dates and draft.type in _STANDING and (stood := standing_date(view, match, draft.type)) is not None:
        draft.dates.append(stood)
        notes.append("date of what stands")
    if not draft.dates and draft.type in _HEADED and (headed := _of_heading(view, issued)) is not None:
        draft.dates.append(headed)
        notes.append("date of the heading")
    if (
        draft.type in _CURRENT
        and (match.rule.status or status.word) == "Asserted"
        and not draft.dates
        and (now := current_year(view, match, issued)) is not None
    ):
        draft.dates.append(now)
    spread_visit(draft, view, match)
    settle_dates(draft, reading.document.text)
    if draft.type in _DATED_BY_NAME and not draft.dates and (year := _year_in_name(draft)) is not None:
        draft.dates.append(year)
    if draft.years_ago:
        recalled = years_before(view, next(iter(draft.dates), None), draft.years_ago, issued, match)
        draft.dates = [recalled] if recalled is not None else []
    return Found(tuple(notes), tuple(further), end)


def _since_then(draft: Draft, view: SentenceView, match: Match, mention: Mention) -> Value | None:
    """The period opened by the date of what "since" tells in front: "Since the pact came into force in 1994, | trade has grown"."""
    value = mention.value
    if draft.type not in OF_WHAT or mention.last > match.first or value is None or not value.date:
        return None
    opener = next((k for k in range(mention.first - 1, -1, -1) if view.word(k) in ("since", ",", ";")), -1)
    if opener < 0 or view.word(opener) != "since" or not any(g.form == "finite" and opener < g.first < mention.first for g in view.groups):
        return None
    return replace(value, kind="period", date="", start_date=value.date, latest="")


# Figures that stand in the lines of a list below a heading that says when: "Trade (2012)".
_HEADED = frozenset({"TradeFigure", "InvestmentFigure", "Indicator"})
_LINE_WORDS = 20


def _of_heading(view: SentenceView, issued: str) -> Value | None:
    """The date in which the heading over a line of a list ends: "Trade with Peru (2012)"."""
    heading = view.sentence.heading.rstrip(" :")
    if not (view.sentence.kind == "item" or _is_entry(view)) or len(view) > _LINE_WORDS or not heading:
        return None
    dates = [v for v in find_values(heading, 0, len(heading), issued) if v.kind in ("date", "period")]
    return dates[0] if len(dates) == 1 and not heading[dates[0].end :].strip(" )") else None


def _is_entry(view: SentenceView) -> bool:
    """Whether a line is a label and what it gives: "Exports to Peru: 6 billion yen (coffee, tea)"."""
    return ":" in view.words[1:10] and not any(g.form == "finite" for g in view.groups)


def _told_date(reading: Reading, view: SentenceView, match: Match, draft: Draft, before: Sequence[Fact]) -> Value | None:
    """The date that the clause takes from what was told before it: from the visit "during" which it happened, from the figure before."""
    group = match.group
    if draft.type == "AgreementAction" and len(reading.document.issued) == 10 and "just" in view.words[
            max(0, match.anchor[0] - 1):match.anchor[1]] and (group is None or group.perfect or group.form == "participle"):
        earliest, latest = date_bounds(reading.document.issued)
        return Value(0, 0, "date", reading.document.issued, earliest=earliest, latest=latest)  # "have just signed"
    if draft.type in _CARRIED:
        if not draft.roles.get("amount") and not draft.roles.get("changePercent"):
            return None
        return carried_date(view, match, reading.sentences, before)
    if draft.type in OF_WHAT and draft.roles.get("changePercent") and any(filler == "before" for _, filler in match.rule.fill):
        within = [f for f in before if f.evidence[0].start >= view.sentence.start]
        return carried_date(view, match, reading.sentences, within)  # "780,000 came in 2018 (-5%)"
    if draft.type == "Position" and (inside := date_in_target(view, match, reading.document.issued)) is not None:
        return inside
    if (event := date_of_event(view, match)) is not None:
        return event
    if draft.type == "EventFact":
        return year_of_marking(draft, match, reading.document.issued)
    if draft.type == "Meeting" and (beside := date_beside(view, match)) is not None:
        return beside
    if (there := date_there(view, match)) is not None:
        return there
    recalled = recalled_date(view, match, reading.sentences, before) if draft.type in _DATED_BY_STAY else None
    return (recalled or date_of_speaker(view, match, draft, reading.sentences, before) or date_of_visit(view, match, draft, reading.sentences, before)
            or date_of_narrative(view, match, draft, reading.sentences, before) or date_of_talks(draft, view, match, reading.sentences, before)
            or date_of_guest(view, match, draft, reading.document.issued)
            or date_of_frame(view, match, draft, reading.views[at - 1] if (at := reading.places[view.sentence.start]) else None)
            or date_of_opening(view, match, draft.type, reading.views, reading.places[view.sentence.start]))


def _begins(draft: Draft, view: SentenceView, match: Match) -> bool:
    """Whether the verb tells when a relation or an office began: "became partners in 2009", "took over as minister in May"."""
    if draft.type == "OfficeHolding":
        return match.group is not None and match.group.lemma in _TAKING_OFFICE
    return draft.type == "Relationship" and ((match.group is not None and match.group.lemma in _BEGINNING) or "became" in view.words[match.first:match.last])


def _year_in_name(draft: Draft) -> Value | None:
    """The year in the name of an event: "EXPO 2017"."""
    for role in ("event", "name"):
        for term in draft.roles.get(role, ()):
            label = term.label if isinstance(term, Entity) else term if isinstance(term, str) else ""
            if year := _NAMED_YEAR.search(label):
                earliest, latest = date_bounds(year[1])
                return Value(0, 0, "date", year[1], earliest=earliest, latest=latest)
    return None
