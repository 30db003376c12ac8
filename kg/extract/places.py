"""Where it happened: a place near the match, the capital of a state, the city that stands for its host, the ends of a line."""

from __future__ import annotations

from kg.extract.fill import named_inside
from kg.extract.roles import Draft, localised, make_entity
from kg.extract.time.dates import nearby_place
from kg.extract.time.ends import ends_of
from kg.gazetteer import Gazetteer
from kg.match import Match, SentenceView
from kg.model import Entity, Mention


def add_place_nearby(draft: Draft, view: SentenceView, match: Match, document_hash: str) -> None:
    """Puts the place that stands near a match whose rule asks for one; in the name of an event a place may be told already."""
    if "place" not in match.rule.also or draft.roles.get("place"):
        return
    place = _own_place(draft, view, match, document_hash) or nearby_place(view, match)
    named = [b.first for b in match.bindings if b.role == "name"] if ("place", "inside") in match.rule.fill else []
    if place is not None and not (named and place.first < named[0] and any(i.home for i in named_inside(view, match))):
        draft.add("place", localised(place.entities[0], document_hash))


def _own_place(draft: Draft, view: SentenceView, match: Match, document_hash: str) -> Mention | None:
    """The place that stands inside or right behind one of several things built: "a stadium in Lusaka and a zone at Chambishi"."""
    listed = next((b for b in match.bindings if b.role == "project" and len(b.items) > 1), None)
    told = {e.iri for e in draft.roles.get("project", ()) if isinstance(e, Entity)}
    at = listed.first if listed is not None else 0
    for item in listed.items if listed is not None else ():
        first, last = (at, at) if isinstance(item, str) else (item.first, item.last)
        if isinstance(item, str):
            entity = make_entity(item, "project", document_hash)
            first, last = next(
                ((i, k) for i in range(at, len(view)) for k in range(i + 1, min(len(view), i + _LONGEST) + 1) if view.text(i, k) == item),
                (at, at),
            )
        else:
            entity = localised(item.entities[0], document_hash) if item.entities else make_entity(item.text, "project", document_hash)
        if entity.iri in told and last > first:
            return next(
                (
                    m
                    for m in view.mentions
                    if m.kind == "place" and m.entities and first < m.first <= last + 1 and view.word(m.first - 1) in _WHERE
                ),
                None,
            )
        at = max(at, last)
    return None


_WHERE = frozenset({"in", "at", "near"})
_LONGEST = 14  # words of a thing built


def settle_places(draft: Draft, view: SentenceView, match: Match, gazetteer: Gazetteer, issued: str, document_hash: str) -> None:
    """Puts the city for "in the capital of Chad", the seat of a host for "Geneva hosted", and where a line begins and ends."""
    _seat_capital(draft, view, match, gazetteer, issued)
    if draft.type in ("Meeting", "EventFact") and not draft.roles.get("place") and (seat := _seat_of_host(match, gazetteer)) is not None:
        draft.add("place", localised(seat, document_hash))
    if "ends" in match.rule.also and (ends := ends_of(view, match, gazetteer)) is not None:
        if not any(b.role == "place" for b in match.bindings):
            draft.roles.pop("place", None)  # a line runs between places: none of them is where it is
        for role, entity in zip(("origin", "destination"), ends, strict=True):
            if not draft.roles.get(role):
                draft.add(role, localised(entity, document_hash))


def _seat_capital(draft: Draft, view: SentenceView, match: Match, gazetteer: Gazetteer, issued: str) -> None:
    """Puts the city for "in the capital of Chad", where the state stands as place."""
    for binding in match.bindings:
        if binding.role == "place" and draft.roles.get("place"):
            cities = {
                m.entities[0].iri: city
                for m in binding.items
                if not isinstance(m, str) and m.kind == "state" and m.form == "metonym" and len(m.entities) == 1
                for city in gazetteer.by_label(m.text)[:1]
                if city.kind == "place"
            }  # "Nairobi was the venue of": the city, no state
            draft.roles["place"] = [cities.get(t.iri, t) if isinstance(t, Entity) else t for t in draft.roles["place"]]
        before = view.words[max(0, binding.first - 3):binding.first]
        if binding.role == "place" and before[-2:] in (["capital", "of"], ["of", "the"]) and "capital" in before:
            states = [t for t in draft.roles.get("place", ()) if isinstance(t, Entity) and t.kind == "state"]
            city = gazetteer.capital(states[0].iri, issued) if len(states) == 1 else ""
            if city:
                draft.roles["place"] = [gazetteer.entity(city)]


def _seat_of_host(match: Match, gazetteer: Gazetteer) -> Entity | None:
    """The city whose name stands for the host of a gathering: "Geneva hosted the summit"."""
    hosts = [i for b in match.bindings if b.role == "host" for i in b.items if not isinstance(i, str) and i.kind == "state" and i.form == "metonym"]
    return next((e for h in hosts for e in gazetteer.by_label(h.text) if e.kind == "place" and e.state in {s.iri for s in h.entities}), None)
