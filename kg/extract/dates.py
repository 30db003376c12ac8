"""Which date of a sentence belongs to a match."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.titles import own_times
from kg.match import Match, SentenceView
from kg.model import Mention, Value
from kg.values import date_bounds

_LOCATIVE = frozenset({"in", "at"})
_OPAQUE = frozenset({"agreement", "event", "project", "body", "facility", "organisation"})


def _opaque(view: SentenceView) -> list[tuple[int, int]]:
    return [(m.first, m.last) for m in view.mentions if m.kind in _OPAQUE and m.last - m.first > 1]


def nearby(view: SentenceView, match: Match, kinds: frozenset[str]) -> Mention | None:
    """The mention of these kinds that qualifies the match: inside it, behind it in its clause, or in front of the sentence."""
    hidden = [*_opaque(view), *own_times(view)]
    used = {i for b in match.bindings for i in range(b.first, b.last)}
    free = [m for m in view.mentions if m.kind in kinds and not any(a <= m.first and m.last <= b for a, b in hidden) and m.first not in used
            and not _of_participle(view, match, m)]
    if not free:
        return None
    inside = [m for m in free if match.first <= m.first and m.last <= match.last and not _of_another(view, match, m)
              and not _before_relative(view, match, m)]
    if inside:
        return min(inside, key=lambda m: abs(m.first - match.anchor[0]))
    end = view.coordinate_end(match.last, view.clause_end(match.last)) if match.last < len(view) else match.last
    behind = [m for m in free if match.last <= m.first < end and not _verb_between(view, match.last, m.first, _of_noun(match))]
    if behind:
        return behind[0]
    right_before = [m for m in free if m.last <= match.first and all(w in (",", "the", "a", "an", "our") for w in view.words[m.last:match.first])]
    return right_before[-1] if right_before else _fronted(view, match, free)


_VALUES = frozenset({"money", "percent", "number", "quantity"})


def _of_another(view: SentenceView, match: Match, mention: Mention) -> bool:
    """Whether it stands in a relative clause inside the match ("trade, which grew in 2003, reached") or behind a value that the
    match leaves out ("from $5 million in 2003 to")."""
    used = {i for b in match.bindings for i in range(b.first, b.last)}
    if any(m.kind in _VALUES and 0 <= mention.first - m.last <= 1 and m.first not in used for m in view.mentions):
        return True
    return match.group is not None and mention.last <= match.group.first and any(
        group.form == "finite" and match.first < group.first < mention.first and not any(
            view.word(i) in (",", "–", "—", "--", ";", ":") for i in range(group.last, mention.first)) for group in view.groups)


def years_before(value: Value | None, years: int, issued: str, match: Match) -> Value | None:
    """The date of what an anniversary recalls: so many years before the date given, else before the document's year.

    A day or month is kept only where the rule caught it as the day of the anniversary.
    """
    date = (value.date or value.start_date) if value is not None else issued[:4]
    if not date[:4].isdigit():
        return None
    caught = any(b.role == "date" for b in match.bindings)
    when = f"{int(date[:4]) - years:04d}" + (date[4:] if caught and value is not None and value.date else "")
    earliest, latest = date_bounds(when)
    start, end = (value.start, value.end) if value is not None else (0, 0)
    return Value(start, end, "date", when, earliest=earliest, latest=latest)


def _before_relative(view: SentenceView, match: Match, mention: Mention) -> bool:
    """Whether the match's verb stands in a relative clause behind the date: "signed a pact in 2010, which came into force"."""
    return any(view.word(i) in ("which", "who", "that") for i in range(mention.last, match.anchor[0]))


def _of_participle(view: SentenceView, match: Match, mention: Mention) -> bool:
    """Whether the date stands right behind a participle that is not the match's own: "amended the treaty signed in 1992"."""
    return any(g.form == "participle" and g.last <= mention.first <= g.last + 1 and not (match.anchor[0] < g.last and g.first < match.anchor[1])
               and not any(b.first <= g.first < b.last for b in match.bindings) for g in view.groups)


_LIGHT = frozenset({"take", "be", "hold", "occur", "happen"})


def _of_noun(match: Match) -> bool:
    """Whether the match has no verb of its own that a date or place would qualify: that of "took place" and the like is its verb then."""
    return match.way == "nominal" or (match.group is None and match.rule.type in ("Meeting", "EventFact"))


def _verb_between(view: SentenceView, first: int, last: int, nominal: bool = False) -> bool:
    """Whether another finite verb stands between; behind a noun of a verb, "took place" and the like do not count."""
    return any(group.form == "finite" and first <= group.first < last and not (nominal and group.lemma in _LIGHT) for group in view.groups)


def _fronted(view: SentenceView, match: Match, free: Sequence[Mention]) -> Mention | None:
    """A date or place in front of the main clause: "In 2015, ...", "On Monday the ministers ..."."""
    first_finite = next((g for g in view.groups if g.form == "finite"), None)
    limit = first_finite.first if first_finite is not None else match.first
    for mention in free:
        if mention.first >= min(limit, match.first):
            continue
        lead = view.words[:mention.first]
        if len(lead) <= 3 and all(word in ("in", "on", "at", "during", "the", "by", "since", "from", "as", "early", "late", "and", "but", "also",
                                           "earlier", "thus", "until", "for", "moreover", "then", ",") for word in lead):
            if _same_main_clause(view, match, limit):
                return mention
    return None


def _same_main_clause(view: SentenceView, match: Match, limit: int) -> bool:
    """Whether no subordinate clause parts the front of the sentence from the match."""
    return not any(view.word(i) in ("which", "who", "whose", ";", "although", "while", "whereas") for i in range(limit, match.anchor[0]))


def nearby_place(view: SentenceView, match: Match) -> Mention | None:
    """The place behind "in" or "at" that qualifies the match."""
    hidden = _opaque(view)
    used = {i for b in match.bindings for i in range(b.first, b.last)}

    def stands(mention: Mention) -> bool:
        before = view.word(mention.first - 1)
        if before == "the":
            before = view.word(mention.first - 2)
        return before in _LOCATIVE

    free = [m for m in view.mentions if m.kind in ("place", "state", "facility") and m.entities and len(m.entities) == 1
            and m.form in ("name", "metonym") and stands(m) and m.first not in used and not any(a <= m.first and m.last <= b for a, b in hidden)]
    inside = [m for m in free if match.first <= m.first and m.last <= match.last]
    if inside:
        return inside[0]
    end = view.coordinate_end(match.last, view.clause_end(match.last)) if match.last < len(view) else match.last
    behind = [m for m in free if match.last <= m.first < end and not _verb_between(view, match.last, m.first, _of_noun(match))]
    if behind:
        return behind[0]
    return _fronted(view, match, free)
