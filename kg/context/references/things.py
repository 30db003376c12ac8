"""What "the treaty", "the plant", "the company", "these projects" mean: the thing of this kind that was named last."""

from __future__ import annotations

import re

from kg.context.clauses import Clauses
from kg.context.references.memory import BREAKS, WINDOW, Memory, Seen, distinct
from kg.context.references.position import is_object
from kg.context.words import words
from kg.model import Entity, Mention
from kg.terms import ENT
from kg.words import slug_of

__all__ = ["thing", "unnamed"]

_PACTS, _PLANS = words("references", "pacts"), words("references", "plans")  # "the pact" is no plan
_GENERIC = words("references", "generic")
_ALIKE = {
    noun: frozenset(kin.split())
    for noun, kin in {
        "line": "railway railroad pipeline metro interconnector cable tramway link",
        "route": "railway railroad pipeline metro interconnector cable tramway road highway corridor",
        "road": "highway motorway expressway corridor",
        "railroad": "railway",
        "railway": "railroad line corridor",
        "link": "railway line cable interconnector bridge",
        "plant": "refinery factory smelter mill station complex steelworks brewery reactor works",
        "factory": "plant mill",
        "refinery": "complex",
        "dam": "complex cascade",
        "port": "harbour harbor seaport terminal",
        "harbour": "port seaport",
        "station": "plant",
        "bridge": "crossing",
        "mine": "deposit",
        "field": "deposit oilfield gasfield",
        "deposit": "mine field",
        "pipeline": "interconnector line",
        "complex": "plant refinery smelter",
        "cable": "line interconnector link",
        "airport": "terminal",
    }.items()
}
_RUNNING = re.compile(r" (?:between|from|to|linking|connecting) ")


def thing(memory: Memory, m: Mention, head: str, low: list[str], clauses: Clauses) -> tuple[Entity, ...]:
    """The thing that "the treaty", "the plant", "these companies", "the Qatari firm" mean: the last one that bears the word, else the only one near."""
    if m.kind == "agreement" and low[m.last : m.last + 1] in (["with"], ["between"]) and low[m.first] == "the":
        return ()  # "the treaty with Chad": told by whom it binds, not by what stood before
    kinds = {m.kind}
    if m.kind == "project":
        kinds |= {"agreement", "facility"}
    if m.kind in ("organisation", "company", "body"):
        kinds |= {"organisation", "company", "body", "institution"} - (
            {"company"} if m.kind == "organisation" and head in ("union", "bloc") else set()
        )
    if m.kind == "facility":
        kinds |= {"project"}
    many = low[m.first] in ("these", "those") or (
        low[m.last - 1].endswith("s") and not head.endswith("s") and low[m.first] != "this"
    )
    word = head.split()[-1]
    candidates = [s for s in memory.seen if s.kind in kinds and (s.sentence < memory.index or s.first < m.first)]
    if m.kind == "project":  # "an agreement for the project" is not the project
        candidates = [s for s in candidates if s.kind != "agreement" or not any(f"the {word}" in e.label.lower() for e in s.entities)]
    if m.kind in ("company", "organisation") and is_object(m, low, clauses):  # "Fiat bought the company": another one
        doing = {e.iri for s in candidates if s.sentence == memory.index and s.subject and s.kind == m.kind for e in s.entities}
        candidates = [s for s in candidates if not doing & {e.iri for e in s.entities}]
    if m.kind == "company" and (land := _land_of(memory, m)):  # "the Qatari company"
        candidates = [s for s in candidates if all(e.state == land for e in s.entities)] or [s for s in candidates if not any(e.state for e in s.entities)]
        if len(distinct(s for s in candidates if s.sentence >= memory.index - WINDOW)) > 1 and not candidates[-1].entities[0].state:
            return ()
    if many:
        for back in range(0, WINDOW + 1):
            near = distinct([s for s in candidates if s.sentence == memory.index - back])
            if len(near) >= 2:
                return tuple(near)
            if near:
                return ()
        return ()
    if m.kind in ("company", "organisation") and (home := memory.state_inside(m)):  # "the Croatian company": no other one's
        candidates = [s for s in candidates if all(e.state in ("", home) for e in s.entities)]
        candidates = [s for s in candidates if s.sentence >= memory.index - WINDOW and all(e.state == home for e in s.entities)] or candidates
    reach = 5 if m.kind == "place" else 10_000
    named = [
        s
        for s in candidates
        if not s.plural
        and memory.index - s.sentence <= reach
        and (word in s.words or any(word in BREAKS.split(e.label.lower()) for e in s.entities))
        and not (m.kind == "facility" and s.entities and all(_only_end(word, e.label.lower()) for e in s.entities))
    ] or [
        s
        for s in candidates
        if m.kind == "facility" and not s.plural and memory.index - s.sentence <= WINDOW and _ALIKE.get(word, frozenset()) & s.words
    ]
    if named and m.kind == "facility" and (kin := _nearer(memory, candidates, named[-1].sentence, word)):
        named = kin  # "the plant", a factory that was told of since
    if named:
        last = named[-1]
        same = distinct([s for s in named if s.sentence == last.sentence and s.subject == last.subject])
        if m.kind == "event":  # "the 13th Nordic Forum", which holds the name of the Nordic Forum
            same = [e for e in same if not any(o is not e and e.label.lower() in o.label.lower() for o in same)]
            if len(same) == 1:
                return (same[0],)
        return (last.entities[0],) if len(same) == 1 or m.kind == "place" else ()
    if (word not in _GENERIC and m.kind != "place" and not (m.kind == "company" and _land_of(memory, m))) or (
        m.kind == "facility" and "new" in low[m.first : m.last]
    ):
        return ()
    for back in range(WINDOW + 1):
        entries = [
            s
            for s in candidates
            if s.sentence == memory.index - back
            and not s.plural
            and (
                (s.kind == m.kind and not (word in _PACTS and s.words & _PLANS))
                or {s.kind, m.kind} == {"project", "facility"}
                or (word == "group" and {s.kind, m.kind} <= {"company", "organisation"})
            )
        ]
        things = distinct(entries)
        if len(things) > 1:
            things = distinct(s for s in entries if s.subject)
        if entries:
            return (things[0],) if len(things) == 1 else ()
    return ()


def _nearer(memory: Memory, candidates: list[Seen], index: int, word: str) -> list[Seen]:
    """What a word can mean too and was named at most a sentence ago, where what bears it was named before that."""
    if index >= memory.index - 1:
        return []
    return [s for s in candidates if not s.plural and s.sentence >= memory.index - 1 and _ALIKE.get(word, frozenset()) & s.words]


def _land_of(memory: Memory, m: Mention) -> str:
    """The state whose adjective, or a town of which, stands in a reference, "" where none does: "the Qatari firm", "the Doha group"."""
    inside = [s for s in memory.told(memory.index) if m.first < s.first < m.last]
    return next((e.iri for s in inside if s.adjective for e in s.entities), "") or next(
        (memory.home_of(e) for s in inside if s.kind == "place" for e in s.entities), ""
    )


def unnamed(m: Mention) -> Entity:
    """What "the pact" that nothing named before stands for."""
    label = " ".join(m.text.split()[1:])
    return Entity(f"{ENT}agreement-{slug_of(label)}", label, "agreement", known=False)


def _only_end(word: str, label: str) -> bool:
    """Whether a name holds a word only where it says what the thing runs to: the port of "the line from Kayes to Dakar port"."""
    head, *rest = _RUNNING.split(label, maxsplit=1)
    return bool(rest) and word in BREAKS.split(rest[0]) and word not in BREAKS.split(head)
