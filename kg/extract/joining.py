"""One fact for a meeting that one sentence tells of in two ways: "its 14th session was held in Oslo in 2010"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extract.facts import overlap, term_key
from kg.model import Entity, Evidence, Fact, Term

__all__ = ["join_meetings"]

_SINGLE = ("name", "host")
_SAME = ("kind", "topic", "frequency", "count")  # a fact that counts meetings is none of them


def join_meetings(facts: Sequence[Fact]) -> list[Fact]:
    """The facts, each two meetings on shared words as one where nothing in them differs and place or date say that it is the same."""
    out: list[Fact] = []
    for fact in facts:
        at = next((k for k, other in enumerate(out) if _same_meeting(other, fact)), None) if fact.type == "Meeting" else None
        if at is None:
            out.append(fact)
        else:
            out[at] = _joined(out[at], fact)
    return out


def _same_meeting(one: Fact, other: Fact) -> bool:
    if one.type != other.type or not overlap(one, other) or (one.status, one.stated_by) != (other.status, other.stated_by):
        return False
    if any(one.values(role) != other.values(role) for role in _SAME):
        return False
    if any(_differ(one.values(role), other.values(role)) for role in _SINGLE) or not _when_agrees(one, other):
        return False
    dated = bool(_when(one)[0]) and bool(_when(other)[0])
    placed = bool(one.values("place")) and bool(other.values("place"))
    together = len(one.values("participant")) > 1 and not _differ(one.values("participant"), other.values("participant")) and bool(other.values("participant"))
    return (dated or placed or together) and _places(one, other) is not None and _people(one, other) is not None


def _differ(mine: tuple[Term, ...], theirs: tuple[Term, ...]) -> bool:
    return bool(mine) and bool(theirs) and [term_key(t) for t in mine] != [term_key(t) for t in theirs]


def _when(fact: Fact) -> tuple[str, str]:
    return fact.date or fact.start_date, fact.end_date


def _when_agrees(one: Fact, other: Fact) -> bool:
    """Whether the dates are the same, one is missing, or one is a day of the month or year that the other is."""
    (a, a_end), (b, b_end) = _when(one), _when(other)
    if not a or not b or (a, a_end) == (b, b_end):
        return True
    return not a_end and not b_end and (a.startswith(b) or b.startswith(a))


def _places(one: Fact, other: Fact) -> tuple[Term, ...] | None:
    """The more precise of two places that are one, None where they differ: a town and its state are one."""
    mine, theirs = one.values("place"), other.values("place")
    if not _differ(mine, theirs):
        return mine or theirs
    for near, far in ((mine, theirs), (theirs, mine)):
        if len(near) == len(far) == 1 and isinstance(near[0], Entity) and near[0].state == term_key(far[0]):
            return near
    return None


def _people(one: Fact, other: Fact) -> tuple[Term, ...] | None:
    """All who meet, where those of one fact are among those of the other or are their states; None where they are not."""
    mine, theirs = one.values("participant"), other.values("participant")
    for more, less in ((mine, theirs), (theirs, mine)):
        held = {term_key(t) for t in more} | {t.state for t in more if isinstance(t, Entity) and t.kind == "person"}
        if all(term_key(t) in held for t in less):
            return more
    return None


def _joined(one: Fact, other: Fact) -> Fact:
    """What both say together, on the words of both."""
    fuller, less = (one, other) if len(one.roles) >= len(other.roles) else (other, one)
    roles = [pair for pair in fuller.roles if pair[0] not in ("place", "participant")]
    roles += [pair for pair in less.roles if pair[0] not in ("place", "participant") and not fuller.values(pair[0])]
    roles += [("place", t) for t in _places(one, other) or ()] + [("participant", t) for t in _people(one, other) or ()]
    dated = max((fuller, less), key=lambda f: (len(f.date or f.start_date), bool(f.end_date)))
    span = Evidence(min(one.evidence[0].start, other.evidence[0].start), max(one.evidence[0].end, other.evidence[0].end))
    return replace(fuller, roles=tuple(sorted(roles, key=lambda pair: pair[0])), evidence=(span, *fuller.evidence[1:]), date=dated.date,
                   start_date=dated.start_date, end_date=dated.end_date, earliest=dated.earliest, latest=dated.latest)
