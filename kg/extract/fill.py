"""Roles that the words of a sentence leave to the document: the pair, the speaker's side, the author."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.roles import Draft
from kg.model import Entity
from kg.terms import FACT_TYPES

_MATES = {"reporter": "partner", "partner": "reporter", "subject": "object", "object": "subject", "investor": "recipient",
          "recipient": "investor", "lessor": "lessee", "lessee": "lessor", "counterpart": "subject", "sender": "receiver",
          "receiver": "sender", "of": "accreditedTo", "accreditedTo": "of"}


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a rule may fill roles from: the pair at this place, the side that speaks ("we"), who speaks or writes."""

    pair: tuple[Entity, ...]
    side: Entity | None
    speakers: tuple[Entity, ...]
    author: tuple[Entity, ...]


def fill_roles(draft: Draft, fill: tuple[tuple[str, str], ...], given: Circumstances) -> list[str]:
    """Fills roles in place; returns notes on what was taken from where."""
    notes: list[str] = []
    many = {role.name for role in FACT_TYPES[draft.type] if role.many}
    for role, filler in fill:
        have = [t for t in draft.roles.get(role, ()) if isinstance(t, Entity)]
        if filler in ("pair", "both") and role in many:
            if len(have) >= 2 or len(given.pair) != 2:
                continue
            if not have:
                added = list(given.pair)
            elif _state_iri(have[0]) in {s.iri for s in given.pair}:
                added = [s for s in given.pair if s.iri != _state_iri(have[0])]
            else:
                continue
            for entity in added:
                draft.add(role, entity)
        elif have or draft.roles.get(role):
            continue
        elif filler in ("pair", "both"):
            mate = [t for t in draft.roles.get(_MATES.get(role, ""), ()) if isinstance(t, Entity)]
            if mate:
                added = [s for s in given.pair if s.iri != _state_iri(mate[0])] if _state_iri(mate[0]) in {s.iri for s in given.pair} else []
            else:
                added = [given.side] if given.side is not None and given.side in given.pair else list(given.pair)
            if not added or len(given.pair) != 2:
                continue
            draft.add(role, added[0])
            added = added[:1]
        elif filler == "side":
            if given.side is None:
                continue
            added = [given.side]
            draft.add(role, given.side)
        elif filler == "other":
            mate = [t for t in draft.roles.get(_MATES.get(role, ""), ()) if isinstance(t, Entity)]
            known = _state_iri(mate[0]) if mate else given.side.iri if given.side is not None else ""
            added = [s for s in given.pair if s.iri != known] if known in {s.iri for s in given.pair} else []
            if len(added) != 1:
                continue
            draft.add(role, added[0])
        else:
            added = list(given.speakers if filler == "speaker" else given.author)
            if not added:
                continue
            for entity in added if role in many else added[:1]:
                draft.add(role, entity)
        notes.append(f"{role} filled with {', '.join(e.label for e in added)} ({filler})")
    return notes


def _state_iri(entity: Entity) -> str:
    return entity.iri if entity.kind == "state" else entity.state
