"""Dates that stand beside no verb: in what a stance is about, in the name of an event, in "currently", in how long a visit lasts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date as Day
from datetime import timedelta

from kg.extract.dates import date_of_fact
from kg.extract.roles import Draft
from kg.match import Match, SentenceView
from kg.model import Concept, Entity, Fact, Sentence, Value
from kg.values import date_bounds

_YEAR_AT_END = re.compile(r"(?<=[ -])((?:19|20)\d\d)$")
_AT_EVENT = frozenset({"during", "at"})
_LED = frozenset({"in", "on", "during", "at"})
_NOW = frozenset({"currently", "current"})
_SAYING = frozenset({"Remark", "Position"})
_LEAVING = frozenset({"leave", "conclude", "end", "finish", "wind", "complete"})


def dated(date: str) -> Value:
    """A date that no words of the text give as such."""
    earliest, latest = date_bounds(date)
    return Value(0, 0, "date", date, earliest=earliest, latest=latest)


def date_in_target(view: SentenceView, match: Match, issued: str) -> Value | None:
    """The date at the end of what a stance is about: "dismissed such fears in an interview in 2019". Only what lies in the past tells when."""
    target = next((b for b in match.bindings if b.role == "target"), None)
    if target is None or match.group is None or match.group.tense != "past" or any(target.first < g.first < target.last for g in view.groups):
        return None
    found = [m for m in view.mentions if m.kind == "date" and m.value is not None and target.first < m.first and target.last - 1 <= m.last <= target.last
             and _led(view, m.first)]
    ended = found[-1] if found else next((m for m in view.mentions if m.kind == "date" and m.value is not None and target.first < m.first < m.last < target.last
                                          and _led(view, m.first) and view.word(m.last) == ","), None)
    return ended.value if ended is not None and ended.value is not None and (not issued or ended.value.earliest[:len(issued)] <= issued) else None


def _led(view: SentenceView, i: int) -> bool:
    return view.word(i - 1) in _LED or (view.word(i - 1) == "the" and view.word(i - 2) in _LED)


def date_of_event(view: SentenceView, match: Match) -> Value | None:
    """The year of the event during which it happens: "was launched during EXPO 2017"."""
    end = view.clause_end(match.anchor[1])
    for mention in view.mentions:
        if mention.kind == "event" and match.anchor[1] <= mention.first < end and view.word(mention.first - 1 - (view.word(mention.first - 1) == "the")) in _AT_EVENT:
            names = [mention.text, *(e.label for e in mention.entities)]
            year = next((y[1] for name in names if (y := _YEAR_AT_END.search(name))), "")
            if year:
                return dated(year)
    return None


def current_year(view: SentenceView, match: Match, issued: str) -> Value | None:
    """The document's year for what is so "currently": the "current chair", the students "currently enrolled"."""
    if len(issued) < 4 or not any(word in _NOW for word in view.words[max(0, match.first - 1):match.last]):
        return None
    return dated(issued[:4])


def date_of_speaker(view: SentenceView, match: Match, draft: Draft, sentences: Sequence[Sentence], facts: Sequence[Fact]) -> Value | None:
    """The date of what the same actor said or did in the sentence before, in the same paragraph: "he said" goes on with it."""
    actors = {t.iri for role in ("speaker", "actor") for t in draft.roles.get(role, ()) if isinstance(t, Entity)}
    at = sentences.index(view.sentence)
    if draft.type not in _SAYING or at == 0 or len(actors) != 1 or sentences[at - 1].paragraph != view.sentence.paragraph:
        return None
    last = date_said_before(actors, sentences[at - 1], facts)
    return last if match.group is not None and match.group.tense == "past" else None


def date_said_before(actors: set[str], sentence: Sentence, facts: Sequence[Fact]) -> Value | None:
    """The date of what the only actor of ``actors`` said or held in a sentence; None where the facts give none or several."""
    told = [f for f in facts if f.type in _SAYING and (f.date or f.start_date) and sentence.start <= f.evidence[0].start < sentence.end and any(
        isinstance(t, Entity) and t.iri in actors for role in ("speaker", "actor") for t in f.values(role))]
    dates = {(f.date, f.start_date, f.end_date) for f in told}
    if len(dates) != 1:
        return None
    return date_of_fact(told[0])


def date_of_visit(view: SentenceView, match: Match, draft: Draft, sentences: Sequence[Sentence], facts: Sequence[Fact]) -> Value | None:
    """The date of the visit told of in the sentence before, for whom the visitor met there: "X visited Chad in May. He met Y"."""
    kinds = {k.word for k in draft.roles.get("kind", ()) if isinstance(k, Concept)}
    people = {t.iri for t in draft.roles.get("participant", ()) if isinstance(t, Entity) and t.kind == "person"}
    at = sentences.index(view.sentence)
    again = "visit" in kinds and "also" in view.words[match.first:match.last]
    if draft.type != "Meeting" or not (kinds & {"talks"} or again) or not people or match.group is None or match.group.tense != "past" or at == 0:
        return None
    if sentences[at - 1].paragraph != view.sentence.paragraph:
        return None
    told = [f for f in facts if f.type == "Meeting" and f.status == "Asserted" and (f.date or (f.start_date and f.end_date))
            and sentences[at - 1].start <= f.evidence[0].start < view.sentence.start
            and any(isinstance(k, Concept) and k.word == "visit" for k in f.values("kind"))
            and any(isinstance(t, Entity) and t.iri in people for t in f.values("participant"))]
    if len(told) != 1:
        return None
    return date_of_fact(told[0])


def year_of_marking(draft: Draft, match: Match, issued: str) -> Value | None:
    """The document's year for an anniversary that "we are marking"."""
    present = match.group is not None and match.group.form == "finite" and match.group.tense == "present" and not match.group.modal and not match.group.perfect
    named = any(isinstance(e, Entity) and "anniversary" in e.label.lower() for e in draft.roles.get("event", ()))
    return dated(issued[:4]) if present and named and len(issued) >= 4 and not match.group.negated else None  # type: ignore[union-attr]


def date_of_subject(view: SentenceView, actors: set[str]) -> Value | None:
    """The date on which the sentence's subject, one of ``actors``, did what its first verb says: "X addressed the forum on Monday"."""
    group = next((g for g in view.groups if g.form == "finite"), None)
    if group is None or group.tense != "past" or group.negated:
        return None
    following = next((g.first for g in view.groups if g.first >= group.last), len(view))
    subject = next((m for m in view.mentions if m.first <= 2 and m.last <= group.first and m.entities), None)
    if subject is None or not any(e.iri in actors for e in subject.entities):
        return None
    found = [m for m in view.mentions if m.kind == "date" and m.value is not None and group.last <= m.first < following and _led(view, m.first)]
    return found[0].value if found else None


def spread_visit(draft: Draft, view: SentenceView, match: Match) -> None:
    """Spreads the day on which a visit of so many days ends over its days: "left on Friday after a three-day visit"."""
    if draft.type != "Meeting" or len(draft.dates) != 1 or len(draft.dates[0].date) != 10 or not any(
            isinstance(k, Concept) and k.word == "visit" for k in draft.roles.get("kind", ())) or match.group is None or match.group.lemma not in _LEAVING:
        return
    days = next((int(found[1]) for m in view.mentions if m.kind == "duration" and m.value is not None and match.first <= m.first < view.clause_end(match.anchor[1])
                 and (found := re.fullmatch(r"P(\d+)D", m.value.duration)) and view.word(m.last) in ("visit", "trip", "tour", "stay", "official", "state", "working")), 0)
    if not 2 <= days <= 30:
        return
    day = Day.fromisoformat(draft.dates[0].date)
    first, end = day - timedelta(days - 1), day
    draft.dates = [replace(draft.dates[0], kind="period", date="", start_date=first.isoformat(), end_date=end.isoformat(), earliest=first.isoformat(), latest=end.isoformat())]
