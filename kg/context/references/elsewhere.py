"""What "there", "its northern neighbour", "his country" and "Ms Sato's government" mean: a state or place told of by another one."""

from __future__ import annotations

from collections.abc import Sequence

from kg.context.references.memory import Memory, distinct, states_among
from kg.context.words import words
from kg.model import Entity, Mention, Sentence
from kg.words.regions import region_end, states_called

__all__ = ["home", "neighbour", "ruled", "there"]

_HOMES = words("references", "home")
_THITHER = frozenset("in to at into from near inside across throughout via through with on of for outside against toward towards within".split())
_BESIDE = words("references", "beside")


def home(memory: Memory, m: Mention, low: list[str], sentence: Sentence) -> Mention | None:
    """ "his country": the state of the person."""
    if (
        low[m.first] not in ("his", "her", "their")
        or len(m.entities) != 1
        or low[m.last : m.last + 1] == []
        or low[m.last] not in _HOMES
    ):
        return None
    try:
        state = m.entities[0] if m.entities[0].kind == "state" else memory.gazetteer.entity(memory.state_of(m.entities[0]))
    except KeyError:
        return None
    end = sentence.tokens[m.last].end
    text = m.text + " " + sentence.tokens[m.last].text
    return Mention(m.start, end, m.first, m.last + 1, "state", text, "reference", (state,), head=low[m.last])


def ruled(memory: Memory, m: Mention, mentions: Sequence[Mention]) -> tuple[Entity, ...]:
    """ "Ms Sato's government": the state in which she holds an office."""
    if m.kind != "state":
        return ()
    leader = next((o for o in mentions if o.kind == "person" and o.first == m.first and o.last < m.last and o.entities), None)
    state = memory.state_of(leader.entities[0]) if leader is not None else ""
    return (memory.gazetteer.entity(state),) if state else ()


def there(memory: Memory, m: Mention) -> tuple[Entity, ...]:
    """Where "there" is: the place or state last told of behind a preposition that is not the subject, else the other state of the pair."""
    for index in (memory.index, memory.index - 1):
        if not memory.near(index):
            return ()
        entries = memory.before(m) if index == memory.index else memory.told(index)
        hidden = memory.hidden(entries)
        near = [s for s in entries if s.kind in ("state", "place") and not s.plural and not s.adjective and (s.sentence, s.first) not in hidden]
        doing = {e.iri for s in near if s.subject and not s.placed for e in s.entities}
        if placed := [s for s in near if s.lead in _THITHER and not {e.iri for e in s.entities} & doing]:
            return next((s for s in reversed(placed) if s.lead != "from"), placed[-1]).entities  # "ran Quito's from Lima, and opened one there"
        if index == memory.index and (town := _town_before(memory)):
            return town  # "Paris is close. The two signed the treaty there"
        rest = distinct(s for s in near if not s.subject and s.lead not in ("after", "before", "than", "like", "unlike", "behind"))
        if index == memory.index and len(rest) == 1 and rest[0].iri not in doing:
            return (rest[0],)  # "visited Togo and opened an embassy there"
        if (
            index == memory.index
            and len(doing) == 1
            and len(others := memory.other_of_pair([e for s in near for e in s.entities if e.iri in doing])) == 1
            and any(others[0] in s.entities for s in memory.lately(1))
        ):
            return others
        if index < memory.index and len(near) == 1:
            return near[0].entities
    people = distinct(s for s in memory.told(memory.index) if s.kind == "person" and s.subject and not s.plural)
    homes = [e for e in memory.dyad.states[:2] if e.iri in {memory.state_of(p) or memory.gazetteer.state_of(p.iri) for p in people}]
    others = memory.other_of_pair(homes)  # "The Dutch prime minister will travel there"
    return others if others and any(others[0] in s.entities for s in memory.lately(2)) else ()


def _town_before(memory: Memory) -> tuple[Entity, ...]:
    """The one place of which the sentence before spoke, by its name as its subject."""
    index = memory.index - 1
    if not memory.in_paragraph(index):
        return ()
    towns = distinct(s for s in memory.told(index) if s.kind == "place")
    return (towns[0],) if len(towns) == 1 and any(s.subject and towns[0] in s.entities for s in memory.told(index)) else ()


def neighbour(memory: Memory, m: Mention, low: list[str], sentence: Sentence, mentions: Sequence[Mention]) -> Mention | None:
    """ "Its landlocked neighbour": the other state of the pair, where no name follows."""
    if low[m.first] not in ("its", "their", "his", "her") or m.last - m.first != 1:
        return None
    k = m.last
    while k < len(low) and k - m.last < 5 and (low[k] in _BESIDE or region_end(low, k) > k or low[k] == "-" or low[k - 1] == "-"):
        k = max(k + 1, region_end(low, k))
    called = states_called(low[m.last : k])
    if low[k : k + 1] not in (["neighbour"], ["neighbor"]) and (
        called is None or low[k : k + 1] not in (["ally"], ["partner"], ["rival"], ["foe"], ["friend"])
    ):
        return None
    named = low[k + 2 :] if low[k + 1 : k + 2] == [","] else low[k + 1 :]
    behind = sentence.tokens[len(low) - len(named)].text if named else ""
    if behind[:1].isupper() or (low[k + 1 : k + 2] == ["'s"]) or low[k + 1 : k + 2] == ["and"]:
        return None
    owners = [e for e in m.entities if e.kind == "state"]
    if not m.entities:
        owners = states_among(memory.before(m)) or [
            e for s in memory.before(m) if s.kind == "group" for e in s.entities if e.kind == "state"]
    elif not owners:
        of = {memory.home_of(e) for e in m.entities} - {""}
        owners = [e for e in memory.dyad.states if e.iri in of]
    if not owners:  # "Its eastern neighbour exported power to Chad"
        behind_it = [e for o in mentions if o.first > k and o.kind == "state" and o.form == "name" for e in o.entities if e in memory.dyad.states[:2]]
        owners = behind_it if low[m.first] == "its" and m.first == 0 and low[k] in ("neighbour", "neighbor") else []
    found = memory.other_of_pair(list(dict.fromkeys(owners)))
    if not found or owners[0] not in memory.dyad.states[:2] or (called is not None and found[0].iri.rpartition("/")[2] not in called):
        return None
    text = sentence.tokens[m.first : k + 1]
    return Mention(m.start, text[-1].end, m.first, k + 1, "state", " ".join(t.text for t in text), "reference", found, head="neighbour")
