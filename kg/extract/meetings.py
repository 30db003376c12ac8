"""What the participants and the place of a meeting say of it as a whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from kg.extract.roles import Draft
from kg.extract.words import words
from kg.gazetteer import Gazetteer
from kg.match import Binding, Match
from kg.model import Concept, Entity


def meet_apart(match: Match, words: Sequence[str]) -> Match:
    """The match of "held separate meetings with A and B" as two: each of them was met by himself."""
    if match.rule.type == "Meeting":
        match = replace(match, bindings=tuple(_named_ones(b) for b in match.bindings))
        if not any(b.role == "participant" for b in match.bindings):  # "the two governments held their third session in Osijek": they met
            match = replace(match, bindings=tuple(replace(b, role="participant") if b.role == "host" and any(
                not isinstance(i, str) and i.kind == "pair" for i in b.items) else b for b in match.bindings))
    met = [b for b in match.bindings if b.role == "participant"]
    if match.rule.type != "Meeting" or ("kind", "talks") not in match.rule.fixed or len(met) != 2:
        return match
    one, many = sorted(met, key=lambda b: len(b.items))
    near = words[match.first : min(len(words), match.last + 2)]
    if (
        len(one.items) != 1
        or len(many.items) < 2
        or many.many == "+"
        or not ({"separate", "separately"} & {*near} or "meetings" in words[match.first : many.first])
    ):
        return match
    return replace(match, bindings=tuple(replace(b, many="+") if b is many else b for b in match.bindings))


def _named_ones(binding: Binding) -> Binding:
    """Only the names of "their foreign ministers, Ana Lima and Ivo Novak", not the two states too."""
    first, *others = binding.items or ("",)
    if binding.role != "participant" or isinstance(first, str) or first.kind != "pair" or len(others) != len(first.entities) or any(
            isinstance(o, str) or o.kind != "person" for o in others):
        return binding
    return replace(binding, items=tuple(others))


def settle_meeting(draft: Draft, state_of: Callable[[str], str], told: Sequence[str], *, sure: bool = False) -> bool:
    """Whether the meeting may stand: nobody visits the state that he serves (nor, to be `sure`, one of whose state nothing is known). Where
    only joint bodies meet, talks become a session. Of several who hold a meeting the host is the one at home, unless the words that have
    ``told`` it say that they hosted it."""
    kinds = {kind.word for kind in draft.roles.get("kind", ()) if isinstance(kind, Concept)}
    people = [e for e in draft.roles.get("participant", ()) if isinstance(e, Entity)]
    hosts = [e for e in draft.roles.get("host", ()) if isinstance(e, Entity)]
    there = {_state(e, state_of) for e in draft.roles.get("place", ()) if isinstance(e, Entity)} - {""}
    if (
        kinds & {"talks", "session", "conference"}
        and not _HOSTING.intersection(told)
        and len(hosts) > 1
        and len(there) == 1
        and (home := [e for e in hosts if _state(e, state_of) in there])
    ):
        draft.roles["host"] = list(home)  # "the two sides held their session in Oslo"
        for guest in hosts:
            draft.add("participant", guest)
    if kinds == {"talks"} and people and all(e.kind == "body" for e in people):
        draft.roles["kind"] = [Concept("kind", "session")]
    if kinds != {"visit"}:
        return True
    homes = {_state(e, state_of) for e in people}
    if sure and (not homes or "" in homes or homes & there):
        return False
    return not (len(there) == 1 and homes == there)


def add_sides_of_body(draft: Draft, pair: Sequence[Entity], gazetteer: Gazetteer) -> None:
    """Adds the states that meet where a joint body does: those in its name, else the pair of the document."""
    met = [e for e in draft.roles.get("participant", ()) if isinstance(e, Entity)]
    kinds = {kind.word for kind in draft.roles.get("kind", ()) if isinstance(kind, Concept)}
    if kinds != {"session"} or not met or any(e.kind != "body" for e in met):
        return
    for body in met:
        named = list(dict.fromkeys(n.iri for n in gazetteer.find_names(body.label) if n.kind == "state"))
        sides = [gazetteer.entity(iri) for iri in named]
        if not named and _JOINT & set(body.label.lower().replace("-", " ").split()) and len(pair) == 2:
            sides = list(pair)
        if len(sides) > 1:
            for side in sides:
                draft.add("participant", side)


_JOINT = words("meetings", "joint")
_HOSTING = words("meetings", "hosting")


def _state(entity: Entity, state_of: Callable[[str], str]) -> str:
    return entity.iri if entity.kind == "state" else entity.state or state_of(entity.iri)
