"""What the participants and the place of a meeting say of it as a whole."""

from __future__ import annotations

from collections.abc import Callable

from kg.extract.roles import Draft
from kg.model import Concept, Entity


def settle_meeting(draft: Draft, state_of: Callable[[str], str]) -> bool:
    """Whether the meeting may stand: nobody visits the state that he serves. Where only joint bodies meet, talks become a session."""
    kinds = {kind.word for kind in draft.roles.get("kind", ()) if isinstance(kind, Concept)}
    people = [e for e in draft.roles.get("participant", ()) if isinstance(e, Entity)]
    if kinds == {"talks"} and people and all(e.kind == "body" for e in people):
        draft.roles["kind"] = [Concept("kind", "session")]
    if kinds != {"visit"}:
        return True
    places = {_state(e, state_of) for e in draft.roles.get("place", ()) if isinstance(e, Entity)} - {""}
    homes = {_state(e, state_of) for e in people}
    return not (len(places) == 1 and homes == places)


def _state(entity: Entity, state_of: Callable[[str], str]) -> str:
    return entity.iri if entity.kind == "state" else entity.state or state_of(entity.iri)
