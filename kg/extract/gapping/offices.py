"""Further offices of somebody, each with its time and no verb: "minister of health from 2001 to 2005 and of defence until 2009"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.extract.figures import FIGURES
from kg.gazetteer import Gazetteer
from kg.match import Match, SentenceView
from kg.match.records import Binding
from kg.mentions.known import concept_of
from kg.model import Entity, Mention

__all__ = ["gapped_offices"]

_DATES = frozenset({"date", "period"})
_BEFORE_DATES = frozenset({"in", "on", "(", "since", "during"})
_JOINTS = frozenset({",", ";", "and", "then", "later", "as", "the", "a", "an", "also", "subsequently", "finally", "again"})
_ENDS = frozenset({"", ".", ",", ";", ")", "and", "then", "before", "but", "when"})
_OF = frozenset({"of", "for", "to"})
_MOST = 4


def gapped_offices(view: SentenceView, match: Match, gazetteer: Gazetteer) -> Iterator[Match]:
    """The matches that the same words make of the offices named behind the one with its time."""
    office = next((b for b in match.bindings if b.role == "office" and len(b.items) == 1), None)
    held = office.items[0] if office is not None else ""
    if match.rule.type != "OfficeHolding" or match.group is None or office is None or isinstance(held, str) or held.kind != "office" or _is_many(held):
        return
    when = _its_time(view, office.last)
    for _ in range(_MOST):
        found = _next(view, held, when.last + (view.word(when.last) == ")"), gazetteer) if when is not None else None
        if found is None:
            return
        other, when = found
        kept = [b for b in match.bindings if b is not office and not _is_time(b)]
        kept.append(replace(office, first=other.first, last=other.last, items=(other,)))
        kept.append(Binding("date", "date", "", False, when.first, when.last, (when,)))
        yield replace(match, first=other.first, last=when.last, bindings=tuple(kept), spans=((other.first, when.last),))
        held = other


def _its_time(view: SentenceView, k: int) -> Mention | None:
    """The time right behind an office, where a joint follows it or the sentence ends."""
    k += view.word(k) in _BEFORE_DATES
    when = next((m for m in view.by_first.get(k, ()) if m.kind in _DATES and m.value is not None), None)
    return when if when is not None and view.word(when.last) in _ENDS else None


def _next(view: SentenceView, held: Mention, at: int, gazetteer: Gazetteer) -> tuple[Mention, Mention] | None:
    """The office behind the joint at token `at` and its time."""
    k = at
    while view.word(k) in _JOINTS and not any(m.kind == "office" for m in view.by_first.get(k, ())):
        k += 1
    if k == at or view.word(at) not in (",", ";", "and", "then"):
        return None
    other = next((m for m in view.by_first.get(k, ()) if m.kind == "office" and not _is_many(m)), None)
    if other is not None:
        states = tuple(e for e in held.entities if e.kind == "state")[:1]
        other = other if other.entities else replace(other, entities=states)
    elif view.word(k) in _OF and f" {view.word(k)} " in held.text:
        other = _same_office(view, held, k, gazetteer)
    when = _its_time(view, other.last) if other is not None else None
    return (other, when) if other is not None and when is not None else None


def _same_office(view: SentenceView, held: Mention, k: int, gazetteer: Gazetteer) -> Mention | None:
    """The same office with another field or at another place: "of defence", "to Brazil"."""
    last = max((m.last for m in view.by_first.get(k + 1, ()) if m.kind not in _DATES | FIGURES), default=view.base_end(k + 1))
    if last <= k + 1:
        return None
    of = view.word(k)
    text = f"{held.text.partition(f' {of} ')[0]} {view.text(k, last)}"
    lands = [
        m
        for m in view.by_first.get(k + 1, ())
        if m.last == last and m.kind in ("state", "organisation", "place") and m.form == "name" and len(m.entities) == 1
    ]
    told = held.text.partition(f" {of} ")[2]
    entities: tuple[Entity, ...] = held.entities
    concept = held.concept
    if lands:
        if not any(_names(e, told) for e in entities):
            return None
        entities = tuple(lands[0].entities[0] if _names(e, told) else e for e in entities)
    else:
        concept = next((c for name in gazetteer.find_names(text) if (c := concept_of(name, "office")) is not None and name.end == len(text)), None)
        if concept is None:
            return None
    return replace(held, start=view.tokens[k].start, end=view.tokens[last - 1].end, first=k, last=last, text=text, entities=entities, concept=concept)


def _names(entity: Entity, text: str) -> bool:
    """Whether words begin with an entity's name: "Chile" in "Chile", "the Netherlands"."""
    words = text.lower().removeprefix("the ")
    return any(words.startswith(name.lower().removeprefix("the ")) for name in (entity.label, *entity.names) if name)


def _is_many(office: Mention) -> bool:
    """Whether the words name several holders."""
    head = office.text.lower().partition(" of ")[0].partition(" for ")[0].partition(" to ")[0]
    return head.endswith("s") and not head.endswith(("ss", "affairs"))


def _is_time(binding: Binding) -> bool:
    return binding.role in ("date", "startDate", "endDate") or (
        len(binding.items) == 1 and not isinstance(binding.items[0], str) and binding.items[0].kind in _DATES
    )
