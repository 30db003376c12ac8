"""What goes on without its verb, each with a time of its own: "Chad built a dam in 2012 and two bridges in 2015"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.cards.pattern import Slot
from kg.match import Match, SentenceView
from kg.match.linear import LinearMatcher
from kg.match.records import Binding, State
from kg.model import Mention
from kg.words import WordClasses

__all__ = ["gapped_things"]

_THINGS = frozenset({"project", "asset", "agreement"})  # roles of what the verb is about
_DATES = frozenset({"date", "period"})
_ENDS = frozenset({"", ".", ",", ";", ")", "and", "while", "but", "or", "respectively"})
_BEFORE_DATES = frozenset({"in", "on", "by"})
_FAR = 7  # words between what was done and its time
_MOST = 4


def gapped_things(view: SentenceView, match: Match, classes: WordClasses) -> Iterator[Match]:
    """The matches that the same words make of the things named behind it, where all of them have their times."""
    thing = _thing(match)
    if thing is None:
        return
    when = _time_behind(view, max(thing.last, match.group.last if match.group is not None else 0))
    if when is None or sum(m.kind in _DATES for m in view.mentions) < 2:
        return
    linear = LinearMatcher(view, classes)
    at = when.last
    for _ in range(_MOST):
        found = _next(view, linear, thing, at)
        if found is None:
            return
        other, when = found
        yield _made(view, match, thing, other, when)
        at = when.last


def _thing(match: Match) -> Binding | None:
    """What the match tells of, where it is one thing; None where there are more or a time is no part of the fact."""
    things = [b for b in match.bindings if b.role in _THINGS]
    return things[0] if len(things) == 1 and len(things[0].items) == 1 and match.way != "scene" and "date" in match.rule.also else None


def _time_behind(view: SentenceView, k: int) -> Mention | None:
    """The time in the same clause behind token k, in front of the joint behind which the next thing stands."""
    found = (m for m in view.mentions if m.kind in _DATES and k <= m.first <= k + _FAR and m.value is not None)
    when = next((m for m in found if not any(view.word(i) in _ENDS or view.in_group[i] >= 0 for i in range(k, m.first))), None)
    return when if when is not None and view.word(when.last) in (",", "and", ";") else None


def _next(view: SentenceView, linear: LinearMatcher, thing: Binding, at: int) -> tuple[Binding, Mention] | None:
    """The thing behind the joint at token `at` and its time."""
    k = at
    while view.word(k) in (",", ";", "and"):
        k += 1
    if k == at:
        return None
    for last, state in linear.slot(Slot(thing.role, thing.type), k, State()):
        when = _its_time(view, last)
        if when is not None and view.word(when.last) in _ENDS:
            return state.bindings[-1], when
    return None


def _its_time(view: SentenceView, k: int) -> Mention | None:
    """The time that stands right behind a thing, or behind the place that follows it."""
    if view.word(k) in ("in", "at", "near"):
        k = next((m.last for m in view.by_first.get(k + 1, ()) if m.kind == "place"), k)
    k += view.word(k) in _BEFORE_DATES
    return next((m for m in view.by_first.get(k, ()) if m.kind in _DATES and m.value is not None), None)


def _made(view: SentenceView, match: Match, thing: Binding, other: Binding, when: Mention) -> Match:
    kept = [b for b in match.bindings if b is not thing and b.role not in ("date", "place", "sharePercent") and not _is_time(b)]
    date = Binding("date", "date", "", False, when.first, when.last, (when,))
    place = next((m for m in view.by_first.get(other.last + 1, ()) if m.kind == "place" and m.last <= when.first), None)
    if place is not None and "place" in match.rule.also:
        kept.append(Binding("place", "place", "", False, place.first, place.last, (place,)))
    rule = replace(match.rule, also=tuple(a for a in match.rule.also if a != "place"))  # a place farther on is that of the next
    return replace(match, rule=rule, first=other.first, last=when.last, bindings=(*kept, other, date), spans=((other.first, when.last),))


def _is_time(binding: Binding) -> bool:
    return len(binding.items) == 1 and not isinstance(binding.items[0], str) and binding.items[0].kind in _DATES
