"""Which date of a sentence belongs to a match."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kg.context import ATTENDING, GOING, PLACING, saying_verbs
from kg.extract.titles import own_times
from kg.extract.words import words
from kg.match import Match, SentenceView
from kg.match.asides import verb_behind_aside
from kg.match.frames import nominals
from kg.model import Fact, Mention, Sentence, Value
from kg.values import date_bounds
from kg.words import VerbGroup
from kg.words.closed import PREPOSITIONS, is_adverb
from kg.words.verbs import verb_tags

_ACTS = words("dates", "acts").union(*nominals().values())
_LOCATIVE = frozenset({"in", "at"})
_OPAQUE = frozenset({"agreement", "event", "project", "body", "facility", "organisation"})


def _opaque(view: SentenceView) -> list[tuple[int, int]]:
    return [(m.first, m.last) for m in view.mentions if m.kind in _OPAQUE and m.last - m.first > 1]


def nearby(view: SentenceView, match: Match, kinds: frozenset[str]) -> Mention | None:
    """The mention of these kinds that qualifies the match: inside it, behind it in its clause, or in front of the sentence."""
    hidden = [*_opaque(view), *own_times(view)]
    used = {i for b in match.bindings for i in range(b.first, b.last)}
    free = [
        m
        for m in view.mentions
        if m.kind in kinds
        and not any(a <= m.first and m.last <= b for a, b in hidden)
        and m.first not in used
        and not _labels_figure(view, m, used)
        and not _of_participle(view, match, m)
        and not _in_apposition(view, match, m)
        and (not _compared(view, m) or _of_caught(view, match, m))
        and not _cited(view, m)
        and not _of_old_name(view, m)
        and not _of_force(view, match, m)
        and not (match.rule.type in _FIGURES and _of_saying(view, m))
        and not (match.rule.type == "Meeting" and _lasts(m) and (m.first < match.anchor[0] or _is_one_visit(match)))
        and not (match.rule.type == "Position" and _of_act_meant(view, match, m))
        and not _of_some(view, m)
        and not (match.rule.type in _FIGURES and _of_part(view, m, used))
        and (match.rule.type == "OfficeHolding" or not _of_tenure(view, m))
        and not (match.rule.type == "ProjectStatus" and (_of_first_plan(view, m) or _of_completion(view, match, m)))
        and not _of_act_around(view, match, m)
    ]
    if not free:
        return _of_session(view, match) if "date" in kinds else None
    if (bracketed := _bracketed(view, match, free)) is not None:
        return bracketed
    if match.group is not None and match.group.form == "participle" and (beside := next((m for m in free if m.first == match.group.last), None)) is not None:
        return beside  # "(1997), renewed 2016"
    inside = [
        m
        for m in free
        if match.first <= m.first < match.last
        and not _of_another(view, match, m)
        and not _in_a_bracket(view, match, m)
        and not _before_relative(view, match, m)
        and not (match.rule.type == "Position" and _of_aim(view, match, m))
        and not _of_figure_reached(view, match, m)
    ]
    if inside:
        return min(inside, key=lambda m: abs(m.first - match.anchor[0]))
    end = view.coordinate_end(match.last, view.clause_end(match.last)) if match.last < len(view) else match.last
    own = _own_verb_end(view, match)
    end = max(end, view.clause_end(own)) if own > match.last else end
    apart = match.way == "scene" and match.rule.type == "InvestmentFigure" and match.group is not None and "," in view.words[match.last:match.group.first]
    behind = (
        []
        if apart
        else [
            m
            for m in free
            if match.last <= m.first < _past_relative(view, match, end)
            and not _verb_between(view, own, m.first, _of_noun(match))
            and "since" not in view.words[match.last : m.first]
        ]
    )
    if behind:
        return behind[0]
    between = _BETWEEN | {"that", "which"} if match.rule.type == "OrganisationEvent" else _BETWEEN
    if (shared := _of_predicate_before(view, match, free)) is not None:
        return shared
    if (session := _of_session(view, match)) is not None:
        return session
    if (gone := _journey(view, match)) is not None and (then := [m for m in free if gone.last <= m.first < match.anchor[0]]):
        return then[-1]
    if (opened := _before_opener(view, match, free, "when")) is not None:
        return opened
    right_before = [m for m in free if m.last <= match.first and all(w in between for w in view.words[m.last:match.first])]
    return right_before[-1] if right_before else _fronted(view, match, free)


def _of_tenure(view: SentenceView, date: Mention) -> bool:
    """Whether it is the time in office, or the life, that brackets give behind somebody's name: "Ana Lima (2010-2014, 2018-2022) visited"."""
    opened = next((k for k in range(date.first - 1, max(date.first - 12, -1), -1) if view.word(k) in ("(", ")")), -1)
    return opened >= 0 and view.word(opened) == "(" and any(m.kind == "person" and m.last == opened for m in view.mentions)


def _of_completion(view: SentenceView, match: Match, m: Mention) -> bool:
    """Whether a time is that of what is due only: "is building the dam, with completion due | in 2021"."""
    k = next((k for k in range(m.first - 1, max(m.first - 9, match.anchor[1] - 1, 0), -1) if view.word(k) in ("with", "to") and view.word(k - 1) == ","), -1)
    told = (_MEANT | {"due", "pencilled"}) if view.word(k) == "with" else {"ready", "complete", "operational"}
    return k >= 0 and match.anchor[1] <= k and bool(told & set(view.words[k:m.first]))


def _of_first_plan(view: SentenceView, date: Mention) -> bool:
    """Whether it is the time for which something was meant at first, and no longer: "completion, first planned for 2015, was put off"."""
    before = view.words[max(date.first - 4, 0):date.first]
    return any(word in _AT_FIRST and behind in _MEANT and (before[-1] == "for" or behind != "planned") for word, behind in pairwise(before))


_AT_FIRST, _MEANT = words("dates", "at-first"), words("dates", "meant")


def _of_some(view: SentenceView, date: Mention) -> bool:
    """Whether the date holds for some of what is told only: "sold 400 camels, most of them in spring"."""
    at = date.first - (view.word(date.first - 1) in ("in", "on", "during"))
    return view.word(at - 2) == "of" and view.word(at - 1) in ("them", "these", "which", "whom", "it") and view.word(at - 3) in _SOME


_SOME = words("dates", "some")


def _of_part(view: SentenceView, date: Mention, used: set[int]) -> bool:
    """Whether it is the date of a part told behind the figure: "gave 120 million, of which 25 million in 2019"."""
    at = date.first - (view.word(date.first - 1) in ("in", "on", "during", "for", "between", "over"))
    part = next((m for m in view.mentions if m.last == at and m.kind in ("money", "number", "quantity", "percent") and m.first not in used), None)
    lead = part.first - (view.word(part.first - 1) == ",") if part is not None else 0
    return lead > 1 and (view.word(lead - 1) == "including" or (
        view.word(lead - 2) == "of" and view.word(lead - 1) in ("which", "whom", "this", "these", "them", "it")))


def _of_act_meant(view: SentenceView, match: Match, date: Mention) -> bool:
    """Whether it is the day of the act that a stance is about: "welcomed | the entry into force of the pact on 1 March"."""
    target = next((b for b in match.bindings if b.role == "target"), None)
    if target is None or (match.group is not None and target.first < match.group.first):
        return False  # "a treaty, which Chad has sought since 2005"
    return date.first > target.first and names_act(view, target.first, date.first)


def names_act(view: SentenceView, first: int, last: int) -> bool:
    """Whether a noun among these words names something that happens on a day of its own: "the signing of", "the attack on"."""
    return any(word in _ACTS for word in view.words[first:last])


def _of_force(view: SentenceView, match: Match, date: Mention) -> bool:
    """Whether a bracket or an aside says since when an agreement is in force, and something else is told of it: "signed a treaty (in force since 2000)"."""
    if match.rule.type != "AgreementAction" or ("action", "inForce") in match.rule.fixed:
        return False
    if (view.word(date.first - 1) in ("since", "from") and view.word(date.first - 2) in ("force", "effect")) or (
            date.kind == "period" and view.word(date.first - 1) in ("force", "effect")):
        return view.word(date.last) in (",", ")")  # "the treaty, in force since 2000, was extended"
    opening = next((k for k in range(date.first - 1, max(date.first - 6, 0), -1) if view.word(k) in ("(", ")")), 0)
    return opening > 0 and view.word(opening) == "(" and any(w in ("force", "effect", "effective", "valid") for w in view.words[opening:date.first]) and not (
        match.first <= opening and "signed" in view.words[opening:date.first])


def _of_old_name(view: SentenceView, date: Mention) -> bool:
    """Whether a date says until when something bore another name: "the OTS, until 2021 known as the Turkic Council", "called Upper Volta until 1984"."""
    if view.word(date.first - 1) in ("from", "to") and any(w in ("dating", "dates", "dated") for w in view.words[max(0, date.first - 3):date.first - 1]):
        return True  # "revive the agreement dating from 2001"
    return view.word(date.last) in ("known", "called", "named") or (
        view.word(date.first) in ("until", "till")
        and any(w in ("known", "called", "named", "formerly") for w in view.words[max(0, date.first - 6) : date.first])
    )


def _before_opener(view: SentenceView, match: Match, free: Sequence[Mention], opener: str) -> Mention | None:
    """The date or place right before the clause that tells what happened then or there: "in May 2014, | when two accords were signed"."""
    for k in range(match.first - 1, max(match.first - 8, 0), -1):
        word = view.word(k)
        if word == opener:
            end = k - 1 if view.word(k - 1) == "," else k
            return next((m for m in free if m.last == end), None)
        if view.in_group[k] >= 0 or not (word[:1].isalnum() or word in (",", "-")):
            return None
    return None


def _of_figure_reached(view: SentenceView, match: Match, date: Mention) -> bool:
    """Whether the date is that of the figure reached, and the match tells of the one left: "fell to 52% in August | from 62% a month earlier"."""
    return match.rule.type in _FIGURES and any(
        date.last < b.first
        and "from" in view.words[max(date.last, b.first - 3) : b.first]
        and view.words[match.anchor[1] : date.first].count("to")
        for b in match.bindings
        if b.role in ("value", "amount")
    )


def _own_verb_end(view: SentenceView, match: Match) -> int:
    """The end of the verb right behind a match that has none of its own: "30 of them | opened last year"; else that of the match."""
    if match.group is not None and match.group.first >= match.last and match.way == "scene":
        return match.group.last  # "900,000 Germans | came in 2013"
    if match.group is None and match.rule.type in _FIGURES:
        at = next((k for k in view.skip_positions(match.last) if k in view.group_at), -1)
        if at >= 0 and view.groups[view.group_at[at]].form == "finite":
            return view.groups[view.group_at[at]].last
    return match.last


def _labels_figure(view: SentenceView, date: Mention, used: set[int]) -> bool:
    """Whether a date stands in front of a figure of its own that the match did not catch: "$3 million (2017: $2 million)"."""
    return view.word(date.last) in (":", "–", "—", "-") and any(
        m.kind in ("money", "percent", "quantity", "number") and m.first not in used for m in view.by_first.get(date.last + 1, ()))


def _of_predicate_before(view: SentenceView, match: Match, free: Sequence[Mention]) -> Mention | None:
    """The date that closes the predicate to which the match's verb is joined: "called at Oslo in 2016 and held a drill"."""
    group = match.group
    if group is None or group.form != "finite" or group.tense != "past" or group.perfect:
        return None
    at = group.first - 1
    while at > 0 and is_adverb(view.word(at)):
        at -= 1
    if view.word(at) != "and":
        return None
    return next((m for m in free if m.last == at and any(g.form == "finite" and g.tense == "past" and not g.negated and g.last <= m.first and not any(
        o.form == "finite" and g.last <= o.first < at for o in view.groups) for g in view.groups)), None)


def _journey(view: SentenceView, match: Match) -> VerbGroup | None:
    """The verb that brings somebody to where the match's infinitive is done: "flew to Oslo in May 2016 to sign the pact"."""
    group = match.group
    if group is None or group.form != "infinitive" or group.lemma not in ATTENDING:
        return None
    gone = next((g for g in reversed(view.groups) if g.last <= group.first), None)
    if gone is None or gone.form != "finite" or gone.negated or gone.last >= group.first - 1 or group.first - gone.last > _ERRAND or any(
            w in (",", ";", ":", "and", "or", "that") for w in view.words[gone.last:group.first]):
        return None
    return gone if gone.lemma in GOING or (gone.lemma == "be" and view.word(gone.last) in PLACING) else None


_ERRAND = 14  # words from where somebody goes to what he does there


def _of_session(view: SentenceView, match: Match) -> Mention | None:
    """The day on which the gathering that does it was held: "The sixth session, held on 31 May in Oslo, approved the programme"."""
    group = match.group
    if group is None or group.form != "finite" or group.tense != "past":
        return None
    for g in view.groups:
        if g.form == "participle" and g.lemma in ("hold", "convene") and g.last <= group.first and not any(
                o.form == "finite" and o.first < group.first for o in view.groups):
            return next((m for m in view.mentions if m.kind in ("date", "period") and g.last <= m.first <= g.last + 5 and m.last < group.first), None)
    return None


def _past_relative(view: SentenceView, match: Match, end: int) -> int:
    """The end of "the accession to the union, which took place in 2007": a relative clause that only says when and where."""
    group = view.group_at.get(end + 2, -1)
    if _of_noun(match) and view.word(end) == "," and view.word(end + 1) == "which" and group >= 0 and view.groups[group].lemma in _LIGHT:
        return view.clause_end(end + 2)
    return end


_DONE = words("dates", "done")
_BETWEEN = frozenset({",", "the", "a", "an", "our", "'s", "’s", "'"})
_BRACKETED = frozenset({"agreement", "event", "body", "project", "facility", "organisation"})


def _bracketed(view: SentenceView, match: Match, free: Sequence[Mention]) -> Mention | None:
    """The date that a bracket gives right behind what the match caught: "the Treaty of Amity (1966)", "the committee (since 2010)"."""
    group = match.group
    if group is not None and "(" in view.words[max(group.first - 12, 0):group.first] and ")" not in view.words[max(group.first - 12, 0):group.first]:
        own = next((m for m in free if 0 <= m.first - group.last <= 3), None)
        if own is not None:
            return own  # "(signed 3 May 2007, entered into force 4 June 2008)": each verb has its own
    ends = {i.last for b in match.bindings for i in b.items if isinstance(i, Mention) and i.kind in _BRACKETED} | {match.last}
    for mention in free:
        opening = mention.first - 1
        if view.word(opening) in ("in", "on") and view.word(opening - 1) in _DONE and view.word(opening - 2) == "(":
            opening -= 2  # "(completed in 2004)"
        if view.word(opening) != "(" and view.word(opening - 1) == "(":
            opening -= 1  # "(signed 1966)", "(in 1966)"
        if view.word(opening) == "(" and opening in ends and view.word(mention.last) in (")", ";", ","):
            return mention
    return None


def _in_a_bracket(view: SentenceView, match: Match, mention: Mention) -> bool:
    """Whether the date of an agreement's fact stands in a bracket behind something else: "A (1998), a B (1999; ended in 2017) and C are in force"."""
    if match.rule.type != "AgreementAction":
        begin = next((k for k in range(mention.first - 1, match.first, -1) if view.word(k) in ("(", ")")), -1)
        return begin > match.first and view.word(begin) == "(" and sum(w.isalpha() and w not in _LEAD for w in view.words[begin + 1 : mention.first]) >= 3
    opening = next((k for k in range(mention.first - 1, match.first, -1) if view.word(k) in ("(", ")")), -1)
    return opening > match.first and view.word(opening) == "(" and opening not in {b.last for b in match.bindings}


def _cited(view: SentenceView, mention: Mention) -> bool:
    """Whether it is the day of a source that a bracket names at the end of the sentence: "... (Panorama, December 24)."."""
    value = mention.value
    if value is None or len(value.date) < 7 or view.word(mention.last) not in (")", ";") or view.word(mention.first - 1) != ",":
        return False
    opening = next((i for i in range(mention.first - 2, max(-1, mention.first - 8), -1) if view.word(i) == "("), -1)
    names = view.tokens[opening + 1:mention.first - 1]
    return opening >= 0 and bool(names) and names[0].text[:1].isupper() and names[-1].text[:1].isupper() and len(view) - mention.last < 10


# A figure is said, announced, estimated or shown on a day; the day of a wish, a praise or a promise may be its own.
_SAYING = saying_verbs("say") | saying_verbs("announce") | {"estimate", "show"}


def _of_saying(view: SentenceView, mention: Mention) -> bool:
    """Whether it is the day on which somebody told a figure: "$3 million, the ministry said on Monday, a rise of ..."."""
    before = mention.first - (2 if view.word(mention.first - 1) == "on" else 1)
    group = view.groups[view.group_at[before]] if before in view.group_at else None
    return (group is not None and group.lemma in _SAYING and group.last == before + 1 and view.word(mention.last) in (",", ".")
            and "," in view.words[max(0, group.first - 8):group.first])


def _lasts(mention: Mention) -> bool:
    """Whether it says since when something lasts: no date of a visit."""
    return mention.kind == "period" and mention.value is not None and bool(mention.value.start_date) and not mention.value.end_date


def _is_one_visit(match: Match) -> bool:
    return ("kind", "visit") in match.rule.fixed and not any(b.role == "count" for b in match.bindings)


def _compared(view: SentenceView, mention: Mention) -> bool:
    """Whether something is compared with the date: "more than in 2015", "compared with 2015", "up 5 percent on 2015"."""
    i = mention.first - 1
    while view.word(i) in ("the", "in", "during", "for", "at", "that", "of", "same", "corresponding", "period", "months", "year", "quarter", "half", "relevant",
                           "respective", "analogous", "comparable", "similar", "equivalent", "whole", "entire") and i > 0:
        i -= 1
    amount = next((m for m in view.mentions if m.kind in _VALUES and m.last == i + 1 and i + 1 <= mention.first), None)
    at = amount.first if amount is not None else 0
    while at > 1 and view.word(at - 1) in ("just", "only", "about", "around", "some", "a", "the", "nearly", "almost", "mere", "roughly"):
        at -= 1
    if amount is not None and view.word(at - 1) in ("from", "with", "to", "against", "versus"):
        i = at - 1  # "up from just $50 million in 2010"
        if view.word(i) == "from" and any(m.kind in _VALUES and m.last == i for m in view.mentions):
            return True  # "rose to $2 billion from $1.9 billion in 2016"
    words = (view.word(i - 1), view.word(i))
    if view.word(mention.first) == "since" and view.word(mention.first - 1) in ("time", "meeting", "visit", "session"):
        return True  # "which had convened for the first time since 2011"
    if view.word(mention.first) == "since" and ("the", "first") in pairwise(view.words[max(0, mention.first - _FIRST_SINCE):mention.first]):
        return True  # "the first head of state to do so since 2010"
    if (
        view.word(mention.first) == "since"
        and (view.word(mention.first - 1) in _EXTREMES or {view.word(mention.first - 2), view.word(mention.first - 3)} & _EXTREMES)
        and {*view.words[max(0, mention.first - 6) : mention.first]} & _OWNING
    ):
        return True  # "7 percent, its lowest level since 2008"
    if view.word(i) == "from" and mention.kind == "date" and any(m.kind == "percent" and m.last == i for m in view.mentions):
        return True  # "a drop of 4 percent from 2009"
    if view.word(i) == "than":
        return words[0] not in ("later", "earlier", "sooner")
    if view.word(i) in ("against", "versus") or (view.word(i) == "as" and view.word(i - 1) in ("many", "much", "high", "large", "big")):
        return True  # "three times as many as in 2009"
    if view.word(i) in ("above", "below") and any(m.kind == "percent" and m.last == i for m in view.mentions):
        return True  # "6 percent above the year before"
    if words in (("compared", "with"), ("compared", "to"), ("relative", "to"), ("comparison", "with"), ("up", "from"), ("down", "from")):
        return True
    i -= view.word(i - 1) in ("up", "down", "more", "less", "higher", "lower")
    return view.word(mention.first - 1) in ("on", "over") and i >= mention.first - 2 and any(m.kind == "percent" and m.last == i for m in view.mentions)


_EXTREMES = words("dates", "extremes")
_FIRST_SINCE = 12  # words from "the first" to "since": "the first Thai minister to go there since 2010"
_OWNING = frozenset({"the", "its", "their", "his", "her"})


def _of_caught(view: SentenceView, match: Match, mention: Mention) -> bool:
    """Whether the date stands right behind the figure that the match tells: "compared with $50 million in 2010", told by a rule for the latter."""
    at = mention.first - (view.word(mention.first - 1) in ("in", "during", "for"))
    return any(b.role in ("amount", "value") and b.last == at for b in match.bindings)


_VALUES = frozenset({"money", "percent", "number", "quantity"})


def _of_another(view: SentenceView, match: Match, mention: Mention) -> bool:
    """Whether it stands in a relative clause inside the match ("trade, which grew in 2003, reached") or behind a value that the
    match leaves out ("from $5 million in 2003 to")."""
    used = {i for b in match.bindings for i in range(b.first, b.last)}
    if any(
        m.kind in _VALUES
        and (m.kind != "percent" or match.rule.type not in _FIGURES or view.word(m.first - 1) == "from")
        and m.first not in used
        and (mention.first == m.last or (mention.first == m.last + 1 and (view.word(m.last) in PREPOSITIONS or view.word(m.last) == "(")))
        for m in view.mentions
    ):
        return True
    return match.group is not None and mention.last <= match.group.first and any(
        group.form == "finite" and match.first < group.first < mention.first and not any(
            view.word(i) in (",", "–", "—", "--", ";", ":") for i in range(group.last, mention.first)) for group in view.groups)


_NEAR_FEAST = 6  # words from the day of a feast to the anniversary for which it is held


def years_before(view: SentenceView, value: Value | None, years: int, issued: str, match: Match) -> Value | None:
    """The date of what an anniversary recalls: so many years before the date given, else before the document's year.

    A day is kept only where the rule caught it as the day of the anniversary; a feast's month need not be that of what it recalls. A date
    in a bracket behind it is the one recalled.
    """
    value = value or _date_of_feast(view, match)
    bracket = next((m.first - 1 - (view.word(m.first - 1) in ("on", "in")) for m in view.mentions if value is not None and m.value is value), 0)
    if value is not None and bracket > match.anchor[0] and (view.word(bracket) == "(" or (view.word(bracket) in _DONE and view.word(bracket - 1) == "(")):
        return value  # "the 25th anniversary of relations (established on 22 October 1992)"
    date = (value.date or value.start_date) if value is not None else issued[:4]
    if not date[:4].isdigit():
        return None
    if value is not None and is_long_ago(date, years, issued):
        return value  # "mark this year the 40th anniversary of the establishment of relations on 16 September 1975"
    caught = any(b.role == "date" for b in match.bindings)
    when = f"{int(date[:4]) - years:04d}" + (date[4:] if caught and value is not None and len(value.date) == 10 else "")
    earliest, latest = date_bounds(when)
    start, end = (value.start, value.end) if value is not None else (0, 0)
    return Value(start, end, "date", when, earliest=earliest, latest=latest)


def is_long_ago(date: str, years: int, issued: str) -> bool:
    """Whether a date is what an anniversary of so many years recalls, not its own: so long before the document."""
    return years > 2 and date[:4].isdigit() and issued[:4].isdigit() and abs(int(issued[:4]) - int(date[:4]) - years) <= 1


def _date_of_feast(view: SentenceView, match: Match) -> Value | None:
    """The date in front of the anniversary in its clause: "a feast was held in June 2011 to mark the 25th anniversary"."""
    before = [m for m in view.mentions if m.kind == "date" and m.last <= match.anchor[0] and m.value is not None]
    near = before[-1] if before else None
    if near is None or near.value is None or match.anchor[0] - near.last > _NEAR_FEAST:
        return None
    between = view.words[near.last:match.anchor[0]]
    return near.value if between[:1] in (["to"], ["for"], ["marked"]) and not any(not word[:1].isalnum() for word in between) else None


def _of_act_around(view: SentenceView, match: Match, mention: Mention) -> bool:
    """Whether the date is that of what is done before or after: "will go to Agra before returning home on Saturday"."""
    beside = next((g for g in reversed(view.groups) if g.first < mention.first), None)
    return (beside is not None and beside.form == "gerund" and view.word(beside.first - 1) in ("before", "after") and match.anchor[1] <= beside.first
            and not any(view.word(k) in (",", "and", ";") for k in range(beside.first, mention.first)))


def _before_relative(view: SentenceView, match: Match, mention: Mention) -> bool:
    """Whether the match's verb stands in a relative clause behind the date: "signed a pact in 2010, which came into force".

    An act that founds or ends a state does so on its own day: "the accords of 8 December 1991 that dissolved the union".
    """
    if match.rule.type == "OrganisationEvent":
        return False
    return any(view.word(i) in ("which", "who", "that") for i in range(mention.last, match.anchor[0]))


def _of_participle(view: SentenceView, match: Match, mention: Mention) -> bool:
    """Whether the date stands right behind a participle that is not the match's own: "amended the treaty signed in 1992"."""
    if view.word(mention.first - 3) == "(" and view.word(mention.first - 2) in _DONE:
        return False  # "the dam (completed in 2004)"
    beside = next((m for m in view.mentions if m.kind == "date" and view.words[m.last:mention.first] == ["and"]), mention)  # "opened in 2014 and last week"
    return any(
        g.form == "participle"
        and g.lemma != "date"
        and (g.last <= beside.first <= g.last + 1 or _done_by(view, match, g, beside.first))
        and not (match.anchor[0] < g.last and g.first < match.anchor[1])
        and not any(b.first <= g.first < b.last for b in match.bindings)
        for g in view.groups
    )


def _done_by(view: SentenceView, match: Match, group: VerbGroup, i: int) -> bool:
    """Whether only who did it stands between a participle of the match's subject and the date at token i: "signed | by the two states | in 2010"."""
    between = view.words[group.last:i]
    return (match.group is not None and i < match.group.first and match.first <= group.first and between[:1] == ["by"] and len(between) <= _DOER
            and between[-1] in ("in", "on", "last", "this") and not any(view.in_group[k] >= 0 or not view.word(k)[:1].isalnum() for k in range(group.last, i)))


_DOER = 9  # words of "by the governments of the two countries on"


def _in_apposition(view: SentenceView, match: Match, mention: Mention) -> bool:
    """Whether the date stands between the commas of what is said of the subject, in front of the match's verb: "the treaty, signed in Rome on 1 May 1992,
    was ratified", "Chad, a member since 1988, | voted", "Chad, which joined in 1988, | voted"."""
    group = match.group
    if group is None or group.form != "finite" or mention.last > group.first:
        return False
    if any(b.type == "money" and 0 <= mention.first - b.last <= 1 for b in match.bindings):
        return False  # "Trade, a mere $40 million in 2015, grew": of the sum itself
    if _of_what_subject_is(view, group, mention):
        return True
    if "," not in view.words[mention.last:group.first]:
        return False
    return any(g.form == "participle" and g.last <= mention.first and view.word(g.first - 1) == "," and not any(
        g.last <= o.first < group.first for o in view.groups if o is not g) for g in view.groups)


def _of_what_subject_is(view: SentenceView, group: VerbGroup, date: Mention) -> bool:
    """Whether the date says since when, or when, the subject is what stands in apposition or in a relative clause in front of its verb.

    What the subject does as it acts has the act's date: "the ministers, who met on Monday, | agreed", "speaking on Monday", "on Monday".
    """
    comma = next((k for k in range(date.first - 1, 0, -1) if verb_behind_aside(view, k) and abs(group.first - verb_behind_aside(view, k)) <= 1), 0)
    if not comma or any(m.kind in ("date", "period") and m.first == comma + 1 for m in view.mentions):
        return False
    inner = [g for g in view.groups if comma < g.first < group.first]
    if view.word(comma + 1) in ("who", "which", "whose"):
        return any(g.form == "finite" for g in inner) and not any(g.lemma in _GATHERING for g in inner)
    opener = view.word(comma + 1)
    return not inner and opener not in PREPOSITIONS and not is_adverb(opener) and not opener.endswith("ing")


_GATHERING = words("dates", "gathering")
_LIGHT = words("dates", "light")


def _of_noun(match: Match) -> bool:
    """Whether the match has no verb of its own that a date or place would qualify: that of "took place" and the like is its verb then."""
    return match.way == "nominal" or (match.group is None and match.rule.type in ("Meeting", "EventFact", "Membership"))


def _verb_between(view: SentenceView, first: int, last: int, nominal: bool = False) -> bool:
    """Whether another finite verb stands between, or one of a clause apart; behind a noun of a verb, "took place" and the like do not count."""
    if "having" in view.words[first:last] or any(
        g.form == "infinitive"
        and first <= g.first < last
        and {"and", ","} & {view.word(g.first - 1), view.word(g.first - 2)}
        and "and" in (view.word(g.first - 1), view.word(g.first - 2))
        for g in view.groups
    ):
        return True  # "the last session | having been held in Khartoum in 2014", "that meets twice a year, | and to convene in May"
    return any(group.form == "finite" and first <= group.first < last and not (nominal and group.lemma in _LIGHT) for group in view.groups)


def _done_next(view: SentenceView, first: int, last: int) -> bool:
    """Whether another participle is joined to the one of a match: "initialled in 2012 | and signed in Cairo"."""
    return any(g.form == "participle" and first <= g.first < last and view.word(g.first - 1) in ("and", ",", "but") for g in view.groups)


def _fronted(view: SentenceView, match: Match, free: Sequence[Mention]) -> Mention | None:
    """A date or place in front of the main clause: "In 2015, ...", "On Monday the ministers ..."."""
    first_finite = next((g for g in view.groups if g.form == "finite"), None)
    limit = first_finite.first if first_finite is not None else match.first
    for mention in reversed(free):
        if mention.last > max(match.first, match.anchor[0]):
            continue
        if _is_cleft(view, mention) and mention.last < match.anchor[0] <= mention.last + 10:
            return mention  # "although it was not until 1972 that Peru opened an embassy"
        if (
            mention.first <= 6
            and view.words[:1] == ["it"]
            and view.word(mention.last) == "that"
            and view.word(mention.first - 1) in _LEAD | {"the", "was", "is"}
            and sum(g.form == "finite" and g.first < match.anchor[0] for g in view.groups) <= 2
        ):
            return mention  # "It was in 1967 that the two countries exchanged ambassadors"
        begin = mention.first
        if view.word(begin - 1) == "of" and view.word(begin - 2) in ("territory", "soil"):
            begin -= 2  # "in the territory of Kenya, ..."
        lead = begin
        while begin > 0 and lead - begin < 4 and view.word(begin - 1) in _LEAD:
            begin -= 1
        if begin > 0 and view.word(begin - 1) not in _BEFORE_LEAD:
            continue
        begin = 0 if all(view.word(i) in ('"', "“", "”", "*") for i in range(begin)) else begin
        if begin == 0 and mention.first < min(limit, match.first):
            if _same_main_clause(view, match, limit, mention.kind == "period"):
                return mention
        elif begin > 0 and _leads_clause(view, match, mention, begin):
            return mention
    return None


def _is_cleft(view: SentenceView, date: Mention) -> bool:
    """Whether "it was not until", "it was only in" and "that" stand around a date."""
    at = date.first - 1 if view.word(date.first - 1) in ("not", "only") else date.first - 2
    return view.word(date.last) == "that" and view.word(at) in ("not", "only") and view.word(at - 1) in ("was", "is") and view.word(at - 2) == "it"


_LEAD = words("dates", "lead")
_BEFORE_LEAD = frozenset((", : ; – — -- “ \" that when and but *").split())


def _leads_clause(view: SentenceView, match: Match, mention: Mention, begin: int) -> bool:
    """Whether a date inside the sentence leads the match's clause: "...: on 5 May they signed", "..., and in May the exercise took place".

    Nothing but the clause's own subject stands between, and no other clause could have ended with the date.
    """
    if any(g.form == "finite" and mention.last <= g.first < match.anchor[0] for g in view.groups):
        return False
    if any(view.word(i) in (";", ":", "which", "who", "whose", "that", "while", "although", "whereas") for i in range(mention.last, match.anchor[0])):
        return False
    if view.word(begin - 1) in (":", ";") or view.word(begin) in ("and", "but", "for", "so", "yet") or view.word(begin - 1) in ("that", "when"):
        return True
    if view.word(begin - 1) in ("and", "but") and view.dated_clause(mention.first):
        return True  # "rose to $300 million | and in 2016 it came to"
    return view.word(mention.last) == "," and view.word(begin - 1) in (",", "–", "—", "--")


def _same_main_clause(view: SentenceView, match: Match, limit: int, lasting: bool = False) -> bool:
    """Whether no subordinate clause parts the front of the sentence from the match; ``lasting``: a date as "since 2015" stands there."""
    parts = ("which", "who", "whose", "although") if match.rule.type in _FIGURES else ("which", "who", "whose", ";", "although", "while", "whereas")
    group = match.group
    if group is not None and group.form == "finite" and group.first > limit and (
            (group.perfect and group.tense == "present" and not lasting) or _told_in_passing(view, limit, group.first)):
        return False  # "Last year trade grew, and firms have invested $2 billion", "... since the pact came into force"
    return not any(view.word(i) in parts for i in range(limit, match.anchor[0]))


def _of_aim(view: SentenceView, match: Match, mention: Mention) -> bool:
    """Whether the date says when something is to be done that a stance is about: "welcomed the plan to hold a summit in April"."""
    group = match.group
    if group is None:
        return False
    named = any(view.word(i) == "to" and view.in_group[i] < 0 and any(tag == "base" for _, tag in verb_tags(view.word(i + 1))) and i + 1 not in view.by_first
                for i in range(group.last, mention.first))  # inside a name: "the agreement of A and B to hold a summit"
    return named or any(g.form == "infinitive" and g.first > group.head and group.last < g.first < mention.first for g in view.groups)


def _told_in_passing(view: SentenceView, limit: int, verb: int) -> bool:
    """Whether the verb stands in a clause of time that "since", "before", "after" or "until" opens behind the main verb."""
    opener = next((i for i in range(verb - 1, limit, -1) if view.word(i) in ("since", "before", "after", "until", "till") or view.in_group[i] >= 0), limit)
    return opener > limit and view.in_group[opener] < 0 and not any(view.word(i) in (",", ";", "and", "but") for i in range(opener, verb))


# "In 2015 exports came to 3 million, while imports reached 5 million": one year for both, unless the other has its own.
_FIGURES = frozenset({"TradeFigure", "InvestmentFigure", "Indicator"})


def nearby_place(view: SentenceView, match: Match) -> Mention | None:
    """The place behind "in" or "at" that qualifies the match."""
    hidden = _opaque(view)
    used = {i for b in match.bindings for i in range(b.first, b.last)}

    def stands(mention: Mention) -> bool:
        before = view.word(mention.first - 1)
        if before == "the":
            before = view.word(mention.first - 2)
        if before == "of" and view.word(mention.first - 2) in ("territory", "soil"):
            return True  # "on the territory of Kenya"
        if (
            before == "of"
            and view.word(mention.first - 2) in ("island", "islands", "outskirts", "shores")
            and "on" in view.words[max(0, mention.first - 6) : mention.first - 2]
        ):
            return True  # "on the Tunisian island of Djerba"
        if match.rule.type == "ArmedAction":
            if before == "in" and view.word(mention.first - 2) in _TAKING_PART:
                return False  # "took part in Brave Lion"
            return before in _LOCATIVE or before in ("off", "near")
        return before in _LOCATIVE

    if any(len(b.items) > 1 and b.role == "project" and any(m.kind == "place" and b.first < m.first < b.last and stands(m) for m in view.mentions)
           for b in match.bindings):
        return None  # "a stadium in Lusaka and a zone at Chambishi": each has its own
    free = [
        m
        for m in view.mentions
        if m.kind in ("place", "state", "facility")
        and m.entities
        and len(m.entities) == 1
        and ((m.form in ("name", "metonym") and stands(m)) or m.head == "there")
        and m.first not in used
        and not any(a <= m.first and m.last <= b for a, b in hidden)
    ]
    inside = [m for m in free if match.first <= m.first and m.last <= match.last and not (match.group is not None and m.last <= match.group.first and any(
        g.form == "finite" and match.first < g.first < m.first for g in view.groups))]  # not "X, who arrived in Oslo on Friday, met Y"
    if inside:
        return inside[0]
    end = view.coordinate_end(match.last, view.clause_end(match.last)) if match.last < len(view) else match.last
    if match.last < len(view) and view.word(match.last) == ":" and any(b.role == "project" and b.last == match.last for b in match.bindings):
        end = next(
            (i for i in range(match.last + 1, len(view)) if view.in_group[i] >= 0 or view.word(i) in (",", ";", ".")), end
        )  # "the X project: a dam at Y"
    behind = [m for m in free if match.last <= m.first < end and not _verb_between(view, match.last, m.first, _of_noun(match))
              and not (match.rule.type == "AgreementAction" and match.way == "participle" and _done_next(view, match.last, m.first))
              and not (match.rule.type == "ProjectStatus" and _AFTERWARDS.intersection(view.words[match.last:m.first]))]
    if behind:
        return behind[0]
    if (gone := _journey(view, match)) is not None:
        return next((m for m in view.mentions if m.kind in ("place", "state") and gone.last <= m.first < match.anchor[0] and len(
            m.entities) == 1 and m.form in ("name", "metonym") and view.word(m.first - 1) in _REACHED), None)
    there = [
        m
        for m in view.mentions
        if m.kind in ("place", "state", "facility") and len(m.entities) == 1 and m.form in ("name", "metonym") and m.first not in used
    ]
    return (
        _before_opener(view, match, there, "where")
        or _fronted(view, match, free)
        or (
            _venue(view, match, end)
            if match.rule.type in ("Meeting", "EventFact") and not any(b.role == "name" and b.last > match.last for b in match.bindings)
            else None
        )
    )


_REACHED = frozenset({"to", "in", "at", "for"})
_VENUES = words("dates", "venues")
_AFTERWARDS = words("dates", "afterwards")  # "shelved after the change of government in Accra": that was there
_TAKING_PART = frozenset({"part", "participated", "participate", "participates", "participating"})


def _venue(view: SentenceView, match: Match, end: int) -> Mention | None:
    """The house behind "at the" in which something is held: "opened at the National Arts Centre"."""
    for m in view.mentions:
        if m.kind in ("organisation", "facility", "place") and m.form == "name" and len(m.entities) == 1 and match.anchor[1] <= m.first < end and _VENUES & set(
                m.text.lower().split()):
            before = view.word(m.first - 1)
            if (view.word(m.first - 2) if before == "the" else before) == "at" and not any(
                    b.first <= m.first < b.last for b in match.bindings) and not _verb_between(view, match.last, m.first, _of_noun(match)):
                return m
    return None


_STAYS = words("dates", "stays")
_OF_STAY = frozenset({"the", "his", "her", "their", "this", "that", "its", "our", "my", "same"})
_RECALLED = frozenset({"Meeting", "ArmedAction", "EventFact"})


def recalled_date(view: SentenceView, match: Match, sentences: Sequence[Sentence], facts: Sequence[Fact]) -> Value | None:
    """The date of the visit or meeting told of before, for "during the visit they signed a pact"."""
    there = next((i for i in range(len(view)) if (view.word(i) == "on" and view.word(i + 1) in ("that", "this", "which") and view.word(i + 2) == "occasion")
                  or (i == 0 and view.word(0) == "there" and view.in_group[1] < 0)), -1)
    if there >= 0 and _qualifies(view, match, there):
        at, start = sentences.index(view.sentence), view.tokens[match.first].start
        told = [
            f
            for f in facts
            if f.type in _RECALLED and sentences[max(0, at - 2)].start <= f.evidence[0].start < start and f.date and f.status == "Asserted"
        ]
        if told:
            return date_of_act(max(told, key=lambda f: f.evidence[0].start), start)  # "On that occasion they signed"
    noun = next((view.word(k) for i in range(len(view)) if view.word(i) in ("during", "at", "after", "following", "within", "in", "on", "attended")
                 and (k := _stay(view, i)) and _qualifies(view, match, i)), "")
    if not noun:
        return None
    own = next((m for i in range(len(view)) if (k := _stay(view, i)) and _qualifies(view, match, i) for m in view.mentions
                if m.kind in ("date", "period") and m.value is not None and i < m.first and (m.last <= k or _behind_stay(view, k, m.first))), None)
    if own is not None:
        return own.value  # "during his 2015 visit", "in the course of her visit to Peru in May"
    at = sentences.index(view.sentence)
    earliest = sentences[max(0, at - 4)].start
    start = view.tokens[match.first].start
    dated = [f for f in facts if f.type in _RECALLED and f.evidence[0].start < start and (f.date or f.start_date or f.end_date) and f.status == "Asserted"
             and (not _visits(noun) if f.type != "Meeting" else _visits(noun) == _is_visit(f))]
    near = max((f for f in dated if f.evidence[0].start >= earliest), key=lambda f: f.evidence[0].start, default=None)
    if near is not None:
        return date_of_fact(near, start) if match.rule.type == "Meeting" else date_of_act(near, start)
    return occasion_date(sentences, dated, start)


def _is_visit(fact: Fact) -> bool:
    return any(getattr(k, "word", "") == "visit" for k in fact.values("kind"))


def _behind_stay(view: SentenceView, k: int, first: int) -> bool:
    """Whether nothing but where it leads stands between the visit at k and a date: "her visit to Peru in May"."""
    return k < first <= k + 7 and all(view.word(i) in ("to", "in", "on", "the", "of", "from") or any(
        m.kind in ("state", "place", "pair") and m.first <= i < m.last for m in view.mentions) for i in range(k + 1, first))


# How many sentences at the beginning of a text tell the visit or meeting that it is about.
_OPENING = 4


def occasion_date(sentences: Sequence[Sentence], facts: Sequence[Fact], at: int = 0) -> Value | None:
    """The date of the one visit or meeting that the text is about: all that its first sentences tell of such dates lies within it."""
    opening = [s for s in sentences if s.kind not in ("heading", "title")][:_OPENING]
    if not opening:
        return None
    told = [f for f in facts if f.type == "Meeting" and f.status == "Asserted" and f.evidence[0].start < opening[-1].end and len(f.latest or "") == 10
            and len(f.date) != 4 and f.earliest]
    lead = [f for f in told if _is_visit(f) and f.evidence[0].start < opening[:2][-1].end]
    told = lead or told
    first = max(told, key=lambda f: (f.latest > f.earliest, f.latest, -f.evidence[0].start), default=None)
    if first is None or any(f.earliest[:7] != first.earliest[:7] for f in told):
        return None
    return date_of_act(first, at)


def date_of_stay(view: SentenceView) -> Value | None:
    """The date in the name of the visit with which a sentence begins: "During his May 2015 visit, ..."."""
    for i in range(min(3, len(view))):
        k = _stay(view, i)
        for m in view.mentions if k else ():
            if m.kind in ("date", "period") and m.value is not None and i < m.first and m.last <= k:
                return m.value
    return None


def _visits(noun: str) -> bool:
    return noun in ("visit", "visits", "trip", "tour", "stay")


_COURSE = words("dates", "course")


def _stay(view: SentenceView, i: int) -> int:
    """The place of "visit" in "during his state visit", "at the end of the King's visit" at token i; 0 where nothing of the sort stands there."""
    start = i + 1
    if view.word(i + 1) == "the" and view.word(i + 2) in _COURSE and view.word(i + 3) == "of":
        start = i + 4
    elif view.word(i) not in ("during", "following", "after", "at", "attended"):
        return 0
    if view.word(i) == "during" and view.word(i + 1) == "which" and view.word(i - 1 - (view.word(i - 1) == ",")) in _STAYS:
        return i - 1 - (view.word(i - 1) == ",")  # "the visit, during which they signed"
    named = False
    for k in range(start, min(start + 8, len(view))):
        word = view.word(k)
        if word in _STAYS:
            owned = named or any(view.word(j) == "'s" for j in range(start, k))
            if view.word(i) in ("after", "following", "at", "attended") and start == i + 1 and word not in ("talks", "meeting", "negotiations", "session"):
                return 0
            return k if owned and view.word(k + 1) not in ("in", "of", "between", "on", "with") else 0
        if word in (",", ";", ".", "(") or view.in_group[k] >= 0:
            return 0
        named = named or word in _OF_STAY
    return 0


def _qualifies(view: SentenceView, match: Match, i: int) -> bool:
    """Whether the phrase at token i stands in the match's clause: behind it, or in front of the sentence."""
    if i >= match.first:
        return i < view.clause_end(match.anchor[1]) and not _verb_between(view, match.last, i)
    if view.word(i + 1) == "which":
        return not _verb_between(view, i, match.anchor[0])
    return i <= 2 and _same_main_clause(view, match, i)


_SHIFTING = words("dates", "shifting")
_SPANS = words("dates", "spans")


def carried_date(view: SentenceView, match: Match, sentences: Sequence[Sentence], facts: Sequence[Fact]) -> Value | None:
    """The date of the figure before, for one more figure of the same series: "Trade reached 5 billion in 2015. Exports made up 3 billion"."""
    at = sentences.index(view.sentence)
    earliest = sentences[max(0, at - 2)].start
    start = view.tokens[match.first].start
    before = [f for f in facts if f.type == match.rule.type and earliest <= f.evidence[0].start < start]
    dated = [f.evidence[0] for f in before if f.date or f.start_date]
    before = [f for f in before if f.date or f.start_date or not any(d.start <= f.evidence[0].start < d.end for d in dated)]
    last = max(before, key=lambda f: f.evidence[0].start, default=None)
    if last is None or not (last.date or (last.start_date and last.end_date)) or last.status != "Asserted":
        return None
    if last.start_date and match.group is not None and match.group.tense == "present" and not match.group.perfect:
        return None  # "has doubled over five years, and now exceeds $3 billion"
    told = next((s for s in reversed(sentences[:at + 1]) if s.start <= last.evidence[0].start), view.sentence)
    if told.paragraph != view.sentence.paragraph or view.sentence.kind == "row":
        return None
    if any(view.word(i) in _SHIFTING and view.word(i - 1) in _SPANS for i in range(1, len(view))):
        return None  # "ten years earlier the total had been $2 billion"
    return date_of_fact(last, start)


def date_of_fact(fact: Fact, at: int = 0) -> Value:
    """The date or period of a fact, for another one told of at the offset ``at`` that happened then too."""
    return Value(at, at, "date" if fact.date else "period", fact.date, start_date=fact.start_date, end_date=fact.end_date,
                 earliest=fact.earliest, latest=fact.latest)


def date_of_act(fact: Fact, at: int = 0) -> Value:
    """The date of what happened once during the visit or meeting of a fact: of its days within one month the month."""
    if fact.date or not fact.start_date or fact.start_date[:7] != fact.end_date[:7] or len(fact.start_date) < 7:
        return date_of_fact(fact, at)
    return Value(at, at, "date", fact.start_date[:7], earliest=fact.earliest, latest=fact.latest)
