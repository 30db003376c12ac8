"""Dates that stand beside no verb: in what a stance is about, in the name of an event, in "currently", in how long a visit lasts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date as Day
from datetime import timedelta
from itertools import pairwise

from kg.extract.roles import Draft
from kg.extract.time.dates import date_of_act, date_of_fact, names_act, nearby, occasion_date
from kg.extract.words import words
from kg.match import Match, SentenceView
from kg.model import Concept, Entity, Fact, Mention, Sentence, Value
from kg.values import date_bounds

_YEAR_AT_END = re.compile(r"(?<=[ -])((?:19|20)\d\d)$")
_AT_EVENT = frozenset({"during", "at"})
_LED = frozenset({"in", "on", "during", "at"})
_NOW = frozenset({"currently", "current", "presently"})
_AT_NOW = (("at", "present"), ("at", "the", "moment"), ("at", "the", "present", "time"), ("as", "of", "now"))
_SAYING = frozenset({"Remark", "Position"})
_LEAVING = words("dating", "leaving")


def dated(date: str) -> Value:
    """A date that no words of the text give as such."""
    earliest, latest = date_bounds(date)
    return Value(0, 0, "date", date, earliest=earliest, latest=latest)


def date_in_target(view: SentenceView, match: Match, issued: str) -> Value | None:
    """The date at the end of what a stance is about: "dismissed such fears in an interview in 2019". Only what lies in the past tells when."""
    target = next((b for b in match.bindings if b.role == "target"), None)
    if target is None or match.group is None or match.group.tense != "past":
        return None
    if (said := _date_of_statement(view, match.group.last, target.last)) is not None:
        return said
    if any(target.first < g.first < target.last for g in view.groups):
        return None
    found = [m for m in view.mentions if m.kind == "date" and m.value is not None and target.first < m.first and target.last - 1 <= m.last <= target.last
             and _led(view, m.first)]
    ended = found[-1] if found else next((m for m in view.mentions if m.kind == "date" and m.value is not None and target.first < m.first < m.last < target.last
                                          and _led(view, m.first) and view.word(m.last) == ","), None)
    if ended is not None and names_act(view, target.first, ended.first):
        return None
    return ended.value if ended is not None and ended.value is not None and (not issued or ended.value.earliest[:len(issued)] <= issued) else None


_WORDS_OF = words("dating", "words-of")
_MADE = words("dating", "made")


def _date_of_statement(view: SentenceView, first: int, last: int) -> Value | None:
    """The date of the words by which a stance is taken: "condemned it in a statement issued on 14 July"."""
    for mention in view.mentions:
        if mention.kind == "date" and mention.value is not None and first < mention.first < last:
            i = mention.first - 1
            while i > first and view.word(i) in _MADE:
                i -= 1
            if view.word(i) in _WORDS_OF and i < mention.first - 1 and any(view.word(k) in ("in", "by") for k in range(max(first, i - 4), i)):
                return mention.value
    return None


def _led(view: SentenceView, i: int) -> bool:
    return view.word(i - 1) in _LED or (view.word(i - 1) == "the" and view.word(i - 2) in _LED)


def standing_date(view: SentenceView, match: Match, kind: str) -> Value | None:
    """When what stands or is held began, ended or changed: "tense since 2014", "until 1979 they were rivals", "was overtaken in 2012",
    "Japan's envoy in Nairobi since 2015", "the Ambassador of Fiji (since 2020)".

    A mere day or year beside something that stands dates something else, unless a verb of its own in the past tense tells it.
    """
    told = [m for m in view.mentions if m.kind in ("date", "period") and m.value is not None and not (match.first <= m.first and m.last <= match.last)]
    lasting = [m for m in told if (m.kind == "period" and m.value is not None and bool(m.value.start_date) != bool(m.value.end_date))
               or (m.kind == "period" and view.word(m.first) in ("from", "between"))]
    tenure = next((m for m in told if kind == "OfficeHolding" and m.kind == "period" and m.first == match.last + 1 and view.word(match.last) == "("
                   and view.word(m.last) == ")" and _is_tenure(m)), None)
    if tenure is not None:
        return tenure.value  # "President Ana Lima (2010-2014)"
    for mention in lasting:
        if match.last <= mention.first <= match.last + 12 and _goes_on(view, match.last, mention.first, kind):
            return mention.value
    if kind != "Relationship":
        return None
    first = next((g.first for g in view.groups if g.form == "finite"), 0)
    for mention in lasting:
        if mention.first <= 1 and mention.last <= match.first and match.anchor[0] - mention.last <= 12 and first >= mention.last and not any(
                g.form == "finite" and g.first < match.anchor[0] and g is not match.group for g in view.groups):
            return mention.value
    group = match.group
    if group is None or group.form != "finite" or group.tense != "past" or group.negated or group.modal:
        return None
    near = nearby(view, match, frozenset({"date", "period"}))
    return near.value if near is not None else None


def _is_tenure(period: Mention) -> bool:
    """Whether a period is one of years in office and no life: short, with a beginning and an end."""
    value = period.value
    return value is not None and bool(value.start_date and value.end_date) and int(value.end_date[:4]) - int(value.start_date[:4]) <= _LONGEST_TENURE


_LONGEST_TENURE = 30  # years


def _goes_on(view: SentenceView, first: int, last: int, kind: str) -> bool:
    """Whether only what belongs to the holder or relation stands in [first, last): no verb, no other person, no new sentence part."""
    if kind == "OfficeHolding" and view.word(first) in ("'s", "’s"):
        return False  # "the president's second visit since 2014"
    if any(first <= g.first < last and g.form != "participle" for g in view.groups):
        return False
    words = view.words[first:last]
    if any(word in (";", ":", ".", "who", "which", "and", "but", "that", ")") for word in words):
        return False
    if kind == "OfficeHolding":
        return words.count(",") <= 1 and not any(m.kind == "person" and first <= m.first < last for m in view.mentions)
    return "," not in words


def date_of_event(view: SentenceView, match: Match) -> Value | None:
    """The year of the event during which it happens: "was launched during EXPO 2017"."""
    end = view.clause_end(match.anchor[1])
    for mention in view.mentions:
        if (
            mention.kind == "event"
            and match.anchor[1] <= mention.first < end
            and view.word(mention.first - 1 - (view.word(mention.first - 1) == "the")) in _AT_EVENT
        ):
            names = [mention.text, *(e.label for e in mention.entities)]
            year = next((y[1] for name in names if (y := _YEAR_AT_END.search(name))), "")
            if year:
                return dated(year)
    return None


def current_year(view: SentenceView, match: Match, issued: str) -> Value | None:
    """The document's year for what is so "currently": the "current chair", the students "currently enrolled"."""
    near = view.words[max(0, match.first - 5):match.last]
    said = any(word in _NOW and view.word(k + 1) not in ("account", "-") for k, word in enumerate(view.words[:match.last]) if k >= match.first - 1) or any(
        tuple(near[k:k + len(phrase)]) == phrase for phrase in _AT_NOW for k in range(len(near)))
    first = next((g for g in view.groups if g.form == "finite"), None)
    said = said or (view.word(0) in (*_NOW, "today", "now", "nowadays") and first is not None and first.first <= match.anchor[1] and not any(
        word in (";", "who", "which", "while") for word in view.words[:match.first]))
    return dated(issued[:4]) if said and len(issued) >= 4 else None


def date_of_speaker(view: SentenceView, match: Match, draft: Draft, sentences: Sequence[Sentence], facts: Sequence[Fact]) -> Value | None:
    """The date of what the same actor said or did in the sentence before, in the same paragraph: "he said" goes on with it."""
    actors = {t.iri for role in ("speaker", "actor") for t in draft.roles.get(role, ()) if isinstance(t, Entity)}
    at = sentences.index(view.sentence)
    if draft.type not in _SAYING or at == 0 or len(actors) != 1 or sentences[at - 1].paragraph != view.sentence.paragraph:
        return None
    last = date_said_before(actors, sentences[at - 1], facts)
    return last if match.group is not None and match.group.tense == "past" else None


def date_of_frame(view: SentenceView, match: Match, draft: Draft, before: SentenceView | None) -> Value | None:
    """The date with which the sentence before begins, for a stance or remark that goes on with its story: "Last year Chad complained a lot. Togo refused to listen"."""
    group = match.group
    if draft.type not in _SAYING or before is None or before.sentence.paragraph != view.sentence.paragraph or group is None:
        return None
    if group.form != "finite" or group.tense != "past" or group.perfect or group.modal or any(m.kind in ("date", "period", "duration") for m in view.mentions):
        return None
    if any(word in _ELSEWHEN for word in view.words):
        return None
    lead = next(
        (
            m
            for m in before.mentions
            if m.kind == "date" and m.value is not None and m.first <= 1 and not any(g.first < m.first for g in before.groups)
        ),
        None,
    )
    first = next((g for g in before.groups if g.form == "finite"), None)
    return lead.value if lead is not None and first is not None and first.tense == "past" and not first.perfect and not first.modal else None


def further_dates(view: SentenceView, match: Match, draft: Draft, mention: Mention) -> list[Value]:
    """The other dates of meetings told of in one breath: "visited Lima in 1990 and again in 1995"."""
    if draft.type != "Meeting" or mention.kind != "date" or mention.first < match.anchor[1]:
        return []
    if view.word(mention.first - 1) != "(" and (match.group is None or match.group.tense != "past"):
        return []
    found: list[Value] = []
    at = mention.last
    while view.word(at) in ("and", "&", ",") or view.words[at:at + 3] == ["as", "well", "as"]:
        k = at + (3 if view.word(at) == "as" else 1)
        while view.word(k) in ("and", "&", "again", "then", "later", "once", "more", "in", "on"):
            k += 1
        more = next((m for m in view.by_first.get(k, ()) if m.kind == "date" and m.value is not None and len(m.value.date) >= 4), None)
        if more is None or more.value is None or view.word(more.last) not in (",", ".", ";", "and", "&", ")", ""):
            return found
        found.append(more.value)
        at = more.last
    return found


def date_beside(view: SentenceView, match: Match) -> Value | None:
    """The one date of a sentence for the meeting that a relative clause of it tells: "was received on Monday by the King, with whom he discussed"."""
    told = [m for m in view.mentions if m.kind in ("date", "period") and m.value is not None]
    if len(told) != 1 or told[0].kind != "date" or told[0].last > match.anchor[0] or match.group is None or match.group.tense != "past":
        return None
    between = view.words[told[0].last:match.anchor[0]]
    return told[0].value if any(w in ("whom", "where", "who") for w in between) and match.group.form == "finite" and not match.group.perfect else None


def years_passed(view: SentenceView, match: Match, issued: str) -> Value | None:
    """The year of what happened so many years before: "Twenty years have passed since | we restored relations", "it is 20 years since"."""
    since = next((k for k in range(match.first, max(match.first - 3, 0), -1) if view.word(k) == "since"), -1)
    if since < 0 or len(issued) < 4:
        return None
    span = next((m for m in view.mentions if m.kind == "duration" and m.value is not None and m.last <= since <= m.last + 4), None)
    years = re.fullmatch(r"P(\d+)Y", span.value.duration) if span is not None and span.value is not None else None
    if span is None or years is None or not all(w in _PASSED for w in view.words[span.last:since]):
        return None
    return dated(f"{int(issued[:4]) - int(years[1]):04d}")


_PASSED = frozenset("have has had passed elapsed gone by now already it is been and on".split())


def date_there(view: SentenceView, match: Match) -> Value | None:
    """The date of the clause that "where" goes on with: "relations were resumed on 27 May in Rome, where the ministers signed a note"."""
    group = match.group
    where = next((k for k in range(match.anchor[0] - 1, max(match.anchor[0] - 12, 0), -1) if view.word(k) == "where"), 0)
    if not where or view.word(where - 1) != "," or group is None or group.form != "finite" or group.tense != "past" or group.perfect or group.modal:
        return None
    if any(w in (";", "before", "after", "earlier", "later", "once") for w in view.words[where:group.first]):
        return None
    last = next((g for g in reversed(view.groups) if g.form == "finite" and g.last <= where), None)
    if last is None or last.tense != "past" or last.modal:
        return None
    told = [m for m in view.mentions if m.kind == "date" and m.value is not None and m.last <= where and not any(
        w in (";", "since", "until", "after", "before") for w in view.words[m.first - 1:where])]
    return told[-1].value if told and len({m.value.date for m in told if m.value}) == 1 else None


def date_of_guest(view: SentenceView, match: Match, draft: Draft, issued: str) -> Value | None:
    """The document's year for the visit of somebody "who is visiting China", "is in Peru on a working visit"."""
    group = match.group or next((g for g in view.groups if match.first <= g.first < match.last), None)
    visit = draft.type == "Meeting" and any(isinstance(k, Concept) and k.word == "visit" for k in draft.roles.get("kind", ()))
    if (
        not visit
        or group is None
        or group.form != "finite"
        or group.tense != "present"
        or group.perfect
        or group.negated
        or group.modal
        or group.chain
        or len(issued) < 4
    ):
        return None
    now = view.words[group.first:group.last][-1:] == ["visiting"] or (group.lemma == "be" and "visit" in view.words[group.last:group.last + 10])
    return dated(issued[:4]) if now else None


def date_said_before(actors: set[str], sentence: Sentence, facts: Sequence[Fact]) -> Value | None:
    """The date of what the only actor of ``actors`` said or held in a sentence; None where the facts give none or several."""
    told = [f for f in facts if f.type in _SAYING and (f.date or f.start_date) and sentence.start <= f.evidence[0].start < sentence.end and any(
        isinstance(t, Entity) and t.iri in actors for role in ("speaker", "actor") for t in f.values(role))]
    dates = {(f.date, f.start_date, f.end_date) for f in told}
    if len(dates) != 1:
        return None
    return date_of_fact(told[0])


def date_of_visit(view: SentenceView, match: Match, draft: Draft, sentences: Sequence[Sentence], facts: Sequence[Fact]) -> Value | None:
    """The date of the visit told of before, for whom the visitor met there: "X visited Chad in May. He met Y", "his visit in May was notable, as
    he met Y and spoke at the summit"."""
    kinds = {k.word for k in draft.roles.get("kind", ()) if isinstance(k, Concept)}
    people = {t.iri for t in draft.roles.get("participant", ()) if isinstance(t, Entity) and t.kind == "person"}
    at = sentences.index(view.sentence)
    again = "visit" in kinds and "also" in view.words[match.first:match.last]
    if draft.type != "Meeting" or not people:
        return None
    if view.words[match.first] in ("he", "she") and not kinds & {"visit", "call"}:
        visits = _visits_of(people, facts, view.sentence.start, view.tokens[match.first].start)
        if visits:
            return date_of_act(visits[0]) if len(visits) == 1 else None
    if not (kinds & {"talks"} or again) or match.group is None or match.group.tense != "past":
        return None
    for before in reversed(sentences[max(0, at - 3):at]):
        if before.paragraph != view.sentence.paragraph:
            return None
        if any(
            f.type == "Meeting"
            and f.status == "Asserted"
            and (f.date or (f.start_date and f.end_date))
            and before.start <= f.evidence[0].start < before.end
            for f in facts
        ):
            visits = _visits_of(people, facts, before.start, before.end)
            return date_of_act(visits[0]) if len(visits) == 1 else None
    return None


def _visits_of(people: set[str], facts: Sequence[Fact], start: int, end: int) -> list[Fact]:
    """The dated visits of these people that are told of in a stretch of the text."""
    return [
        f
        for f in facts
        if f.type == "Meeting"
        and f.status == "Asserted"
        and (f.date or (f.start_date and f.end_date))
        and start <= f.evidence[0].start < end
        and any(isinstance(k, Concept) and k.word == "visit" for k in f.values("kind"))
        and any(isinstance(t, Entity) and t.iri in people for t in f.values("participant"))
    ]


def date_put_off(view: SentenceView, mention: Mention) -> Value | None:
    """The later of two dates where something is put off "from 2015 to 2020"; None of other periods."""
    value = mention.value
    if value is None or not value.start_date or not value.end_date or view.word(mention.first) != "from":
        return None
    put_off = any(word in _PUT_OFF for word in view.words[max(0, mention.first - 3):mention.first])
    return dated(value.end_date) if put_off else None


def date_from_on(view: SentenceView, mention: Mention) -> Value | None:
    """The day from which on something holds that is denied up to then: "will not open before 2025", "was not opened until 1995"."""
    value = mention.value
    if value is None or not value.end_date or value.start_date:
        return None
    return (
        dated(value.end_date)
        if view.word(mention.first) in ("until", "till")
        else replace(value, start_date=value.end_date, end_date="", earliest=dated(value.end_date).earliest, latest="")
    )


_PUT_OFF = words("dating", "put-off")


def date_of_talks(draft: Draft, view: SentenceView, match: Match, sentences: Sequence[Sentence], facts: Sequence[Fact]) -> Value | None:
    """The date of the visit that a text is about, for the talks that its first paragraphs tell without a date of their own."""
    at = sentences.index(view.sentence)
    group = match.group
    kinds = {k.word for k in draft.roles.get("kind", ()) if isinstance(k, Concept)}
    if draft.type != "Meeting" or "talks" not in kinds or at > 12 or group is None or group.tense != "past" or group.perfect or group.negated or group.modal:
        return None
    if any(m.kind in ("date", "period") for m in view.mentions) or any(word in _ELSEWHEN for word in view.words):
        return None
    return occasion_date(sentences, [f for f in facts if any(isinstance(k, Concept) and k.word == "visit" for k in f.values("kind"))])


def date_included(draft: Draft, view: SentenceView, match: Match, sentences: Sequence[Sentence], facts: Sequence[Fact]) -> Value | None:
    """The date of the whole of which a part is told now: of the papers of the sentence before ("Five papers were signed in May. They include
    X"), of the figure before "including" ("In 2014, 900 firms came, including 40 from Peru")."""
    if draft.type == "Indicator":
        return _date_of_whole(view, match, facts)
    at = sentences.index(view.sentence)
    if draft.type != "AgreementAction" or at == 0 or not view.words or view.words[0] not in ("they", "these", "among") or not any(
            g.lemma in ("include", "comprise", "cover") or view.words[0] == "among" for g in view.groups):
        return None
    actions = {a for a in draft.roles.get("action", ()) if isinstance(a, Concept)}
    before = sentences[at - 1]
    told = [f for f in facts if f.type == "AgreementAction" and f.status == "Asserted" and f.date and before.start <= f.evidence[0].start < before.end
            and actions & set(f.values("action"))]
    return date_of_fact(told[0]) if len({f.date for f in told}) == 1 else None


def _date_of_whole(view: SentenceView, match: Match, facts: Sequence[Fact]) -> Value | None:
    opening = max(0, match.first - 4)
    if "including" not in view.words[opening:match.first] and not {("of", "whom"), ("of", "which"), ("among", "them")} & set(
            pairwise(view.words[opening:match.first + 1])):
        return None
    told = [
        f
        for f in facts
        if f.type == "Indicator" and f.status == "Asserted" and view.sentence.start <= f.evidence[0].start < view.tokens[match.first].start
    ]
    return date_of_fact(told[-1]) if told and told[-1].date else None


def date_of_narrative(view: SentenceView, match: Match, draft: Draft, sentences: Sequence[Sentence], facts: Sequence[Fact]) -> Value | None:
    """The date of the visit or talks that the sentence before tells, for what was signed or set up there: "X visited Chad in May.
    The two sides signed a pact".

    Only for a plain past of a sentence without any date of its own.
    """
    group = match.group or next((g for g in view.groups if g.form == "finite"), None)
    acts = {a.word for a in draft.roles.get("action", ()) if isinstance(a, Concept)}
    at = sentences.index(view.sentence)
    if not ((draft.type == "JointBody" and match.group is not None) or draft.type == "Relationship" or acts & _DONE_THERE) or at == 0 or group is None:
        return None
    if group.tense != "past" or group.perfect or group.negated or group.modal or group.chain or view.sentence.kind == "item":
        return None
    end = next((i for i in range(match.last, len(view)) if view.word(i) == ";"), len(view))
    if any(m.kind in ("date", "period") for m in view.mentions if m.first < end) or any(word in _ELSEWHEN for word in view.words[:end]):
        return None
    before = sentences[at - 1]
    if before.paragraph != view.sentence.paragraph:
        return None
    told = [
        f
        for f in facts
        if f.type in _NARRATED
        and f.status == "Asserted"
        and (f.date or (f.start_date and f.end_date))
        and before.start <= f.evidence[0].start < before.end
    ]
    dates = {(f.date, f.start_date, f.end_date) for f in told}
    return date_of_act(told[0]) if len(dates) == 1 else None


def date_of_lead(view: SentenceView, sentences: Sequence[Sentence], facts: Sequence[Fact]) -> Value | None:
    """The date of the visit or meeting that a text is about, for an item under "The following instruments were signed:"."""
    lead = set(re.findall(r"[a-z]+", view.sentence.heading.lower()))
    if view.sentence.kind != "item" or not _WERE & lead or not _SIGNING & lead or _AHEAD & lead:
        return None
    return occasion_date(sentences, facts)


_WERE = frozenset({"attended", "following", "oversaw", "was", "were", "witnessed"})
_SIGNING = frozenset({"concluded", "exchange", "exchanged", "initialed", "initialled", "signature", "signed", "signing"})
_AHEAD = frozenset({"be", "will", "would"})
_DONE_THERE = frozenset({"signed", "founded", "initiated"})
_NARRATED = frozenset({"Meeting"})
_ELSEWHEN = words("dating", "elsewhen")


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
    days = next(
        (
            int(found[1])
            for m in view.mentions
            if m.kind == "duration"
            and m.value is not None
            and match.first <= m.first < view.clause_end(match.anchor[1])
            and (found := re.fullmatch(r"P(\d+)D", m.value.duration))
            and view.word(m.last) in ("visit", "trip", "tour", "stay", "official", "state", "working")
        ),
        0,
    )
    if not 2 <= days <= 30:
        return
    day = Day.fromisoformat(draft.dates[0].date)
    first, end = day - timedelta(days - 1), day
    draft.dates = [
        replace(
            draft.dates[0],
            kind="period",
            date="",
            start_date=first.isoformat(),
            end_date=end.isoformat(),
            earliest=first.isoformat(),
            latest=end.isoformat(),
        )
    ]
