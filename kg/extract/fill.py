"""Roles that the words of a sentence leave to the document: the pair, the speaker's side, the author."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kg.context import state_with
from kg.extract.roles import Draft
from kg.extract.words import words
from kg.gazetteer import Gazetteer
from kg.match import Match, SentenceView, event_sort
from kg.model import Concept, Entity, Fact, Term
from kg.terms import FACT_TYPES
from kg.words.voices import speaks_for_state

_MATES = {"in": "organisation", "reporter": "partner", "partner": "reporter", "subject": "object", "object": "subject", "investor": "recipient",
          "recipient": "investor", "lessor": "lessee", "lessee": "lessor", "counterpart": "subject", "sender": "receiver",
          "receiver": "sender", "of": "accreditedTo", "accreditedTo": "of"}


_PLACED = ("property", "place", "asset", "in", "project")  # roles whose entity lies in a state


@dataclass(frozen=True, slots=True)
class Inside:
    """An actor or place in the name of an event ("the Astana Summit of the SCO", "Days of Togo in Benin"); ``sort`` the kind of
    meeting that the name says it is, ``home`` whether the entity is where it takes place, ``event`` what bears the name."""

    entity: Entity
    home: bool
    sort: str = ""
    event: str = ""


_CONTINENTAL = words("fill", "continental")
_CALLINGS = words("fill", "callings")


def named_inside(view: SentenceView, match: Match) -> tuple[Inside, ...]:
    """States, organisations, bodies and places that stand inside the names of events that the match caught; one line of no entity gives the sort."""
    out: list[Inside] = []
    for binding in match.bindings:
        for item in binding.items:
            if isinstance(item, str) or item.kind not in ("event", "body"):
                continue
            sort = event_sort(item) if item.kind == "event" else ""
            if sort:
                out.append(Inside(Entity("", "", "event"), False, sort))
            for m in view.mentions:
                if view.word(item.first - 1) == "'s" and m.last == item.first - 1 and m.kind == "organisation" and len(m.entities) == 1:
                    out.append(Inside(m.entities[0], False))  # "the Arctic Council's third conference"
                if item.first <= m.first and m.last <= item.last and (m.first, m.last) != (item.first, item.last) and len(m.entities) == 1:
                    before = view.word(m.first - 1) if view.word(m.first - 1) != "the" else view.word(m.first - 2)
                    if m.form == "adjective" and view.word(m.first - (2 if view.word(m.first - 1) == "-" else 1)) in _CONTINENTAL:
                        continue  # "Pan American", "Latin American"
                    event = item.entities[0].iri if len(item.entities) == 1 else ""
                    if (m.kind == "place" and m.entities[0].state) or (m.kind == "state" and before == "in"):
                        out.append(Inside(m.entities[0], True, event=event))
                    elif m.kind in ("state", "organisation", "body") and not any(
                            o is not m and o.first <= m.first and m.last <= o.last and o.kind == "organisation" and item.first <= o.first
                            for o in view.mentions):
                        out.append(Inside(m.entities[0], False, event=event))
    return tuple(out)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a rule may fill roles from: the pair at this place, the side that speaks ("we"), who speaks or writes."""

    pair: tuple[Entity, ...]
    side: Entity | None
    speakers: tuple[Entity, ...]
    author: tuple[Entity, ...]
    state: Callable[[str], Entity]
    gazetteer: Gazetteer | None = None
    issued: str = ""
    offices: tuple[Concept, ...] = ()
    before: Fact | None = None
    spoken: Entity | None = None  # the project or facility last spoken of
    theirs: Fact | None = None  # the office told of the person that the match caught for no role
    land: Entity | None = None  # the only state that the words before speak of
    inside: tuple[Inside, ...] = ()
    others_only: bool = False  # the sentence names states, and neither of the pair among them
    elsewhere: bool = False  # the sentence names one of the pair and another state as the one dealt with, not the other of the pair
    near: Entity | None = None  # the one of the pair that is named here, or else in the two sentences before
    third: bool = False  # a state other than the pair's is named by the match
    touched: bool = False  # one of the pair, or both, are named here or in the two sentences before
    joint: bool = False  # the sentence says that something is of both: "both sides", "bilateral", "our two countries"
    lead: Entity | None = None  # the state whose acts the sentences up to here tell of, for officials who are given without theirs


def _homes(draft: Draft, given: Circumstances) -> list[Entity]:
    """The state in which the place, property or project of the draft lies; nothing for what it hosts of its own ("visited" at home)."""
    placed = [e for r in _PLACED for e in draft.roles.get(r, ()) if isinstance(e, Entity)]
    states = [e if e.kind == "state" else given.state(e.state) for e in placed if e.kind == "state" or e.state][:1]
    if draft.type != "Meeting" or not states:
        return states
    people = [e for e in draft.roles.get("participant", ()) if isinstance(e, Entity)]
    visit = any(isinstance(k, Concept) and k.word == "visit" for k in draft.roles.get("kind", ()))
    if visit:
        return [s for s in states if not any(_state_iri(p) == s.iri for p in people)]
    involved = {_state_iri(p) for p in people} | {s.iri for s in given.pair}
    return [s for s in states if s.iri in involved]


def _hosts_of(draft: Draft, given: Circumstances) -> list[Entity]:
    """The state of the pair that the guests of a visit do not come from; a state named with the guests only says where they come from."""
    hosts = [e for e in draft.roles.get("host", ()) if isinstance(e, Entity)]
    guests = [e for e in draft.roles.get("participant", ()) if isinstance(e, Entity)]
    lands = {e.iri for e in guests if e.kind == "state"} or {_state_iri(e) for e in guests}
    if any(e.kind != "state" for e in guests):
        draft.roles["participant"] = [e for e in guests if e.kind != "state"]
    abroad = [s for s in given.pair if s.iri not in lands]
    return hosts or (abroad if len(abroad) == 1 and len(given.pair) == 2 else [])


def _mate(fact_type: str, role: str) -> str:
    """The role of the other side, "" where there is none."""
    if (fact_type, role) == ("Meeting", "participant"):
        return "host"
    return "counterpart" if fact_type == "Indicator" and role == "subject" else _MATES.get(role, "")


_PARLIAMENTS = words("fill", "parliaments")
_OF_A_BODY = frozenset({"general-secretary", "party-leader", "secretary-general", "first-secretary"})


def _chairs_parliament(draft: Draft) -> bool:
    """Whether the office is to chair, and the body that is chaired a parliament or a house of it."""
    chairs = any(isinstance(o, Concept) and o.word in ("chairman", "chair", "chairperson") for o in draft.roles.get("office", ()))
    return chairs and any(isinstance(t, Entity) and t.kind != "state" and _PARLIAMENTS.intersection(t.label.lower().split()) for t in draft.roles.get("of", ()))


def fill_roles(draft: Draft, fill: tuple[tuple[str, str], ...], given: Circumstances) -> list[str]:
    """Fills roles in place; returns notes on what was taken from where."""
    notes: list[str] = []
    lone = False
    if draft.type == "Indicator" and set(draft.roles.get("counterpart", ())) & set(draft.roles.get("subject", ())):
        draft.roles.pop("counterpart")  # "Kenyan firms in Kenya"
    many = {role.name for role in FACT_TYPES[draft.type] if role.many}
    if draft.type == "OfficeHolding" and any(isinstance(o, Concept) and o.word == "member-of-parliament" for o in draft.roles.get("office", ())):
        # A deputy of a parliament is one of its state: "Duma deputy", "a deputy of the State Duma".
        draft.roles["of"] = [given.state(t.state) if isinstance(t, Entity) and t.kind != "state" and t.state else t for t in draft.roles.get("of", ())]
    if draft.type == "OfficeHolding" and _chairs_parliament(draft):
        draft.roles["office"] = [Concept("office", "speaker-of-parliament")]  # "Chairman of Chad's Senate"
    if draft.type == "OfficeHolding" and draft.roles.get("accreditedTo"):
        sent_to = [given.state(t.state) if isinstance(t, Entity) and t.kind == "place" and t.state else t for t in draft.roles["accreditedTo"]]
        draft.roles["accreditedTo"] = [t for t in sent_to if not isinstance(t, Entity) or t.kind != "place"]  # no state is known of Antarctica
    for role, filler in fill:
        have = [t for t in draft.roles.get(role, ()) if isinstance(t, Entity)]
        if filler in ("pair", "both") and role in many:
            if len(have) >= 2 or len(given.pair) != 2:
                continue
            if not have and given.others_only:
                continue
            if not have:
                added = list(given.pair)
            elif have[0].kind != "state" or (draft.type == "AgreementAction" and given.elsewhere):
                continue
            elif _state_iri(have[0]) in {s.iri for s in given.pair}:
                added = [s for s in given.pair if s.iri != _state_iri(have[0])]
            else:
                continue
            for entity in added:
                draft.add(role, entity)
        elif have or draft.roles.get(role):
            continue
        elif filler == "near" and draft.type == "Indicator" and draft.roles.get("counterpart") and ("counterpart", "other") not in fill:
            added = [t for t in draft.roles.pop("counterpart") if isinstance(t, Entity)][:1]
            draft.roles[role] = list(added)  # "There are 4,000 schools in Oman": where they are is all that is told
        elif filler == "near":
            lone = given.near is not None and not given.joint and given.side is None
            if len(given.pair) != 2 or given.others_only or not (given.joint or given.touched or given.side is not None):
                continue  # "Some 300 people took part": nothing near tells of the pair
            added = [given.near if lone and given.near is not None else given.side if given.side in given.pair and given.side is not None else given.pair[0]]
            draft.add(role, added[0])
        elif filler in ("spoken", "land"):
            told = given.spoken if filler == "spoken" else given.land
            if told is not None and not (filler == "spoken" and _has_none(draft, told)):
                draft.add(role, told)
                notes.append(f"{role} filled with what was spoken of last")
            continue
        elif filler == "elsewhere":
            for term in _told_of(draft, given.before):
                draft.add(role, term)
            continue
        elif filler in ("before", "same"):
            taken = () if given.before is None else given.before.values(role) if filler == "same" else _from_before(draft, role, given.before)
            if draft.type == "Indicator" and role == "indicator" and not draft.roles.get("unit") and any(
                    isinstance(t, Concept) and t.word == "length" for t in taken) and draft.roles.get("value"):
                taken = ()  # "a border of 911 kilometres with crossings, of which five are open": no length
            if draft.type == "Indicator" and given.before is not None and taken and not given.before.values("value") and given.before.values("rank") and (
                    role == "indicator" and "percent" in draft.roles.get("unit", ())):
                taken = ()  # "the second supplier with 20 percent, up from 3 percent": a share, no rank
            if draft.type == "Indicator" and role == "subject" and given.before is not None and filler == "before" and any(
                    isinstance(t, Concept) and t.word == "trade-balance" for t in draft.roles.get("indicator", ())) and not any(
                    isinstance(t, Concept) and t.word == "trade-balance" for t in given.before.values("indicator")):
                taken = ()  # whose deficit it is a rank or count does not tell
            for term in taken:
                draft.add(role, term)
            if taken:
                notes.append(f"{role} filled from the fact before")
            continue
        elif filler in ("pair", "both"):
            mate = [t for t in draft.roles.get(_mate(draft.type, role), ()) if isinstance(t, Entity)]
            if mate:
                added = [s for s in given.pair if s.iri != _state_iri(mate[0])] if _state_iri(mate[0]) in {s.iri for s in given.pair} else []
            elif _is_one_sided(draft) and given.side is None:
                continue  # whose exports they are nothing tells
            elif (draft.type == "Lease" or (draft.type == "Indicator" and ("counterpart", "other") not in fill and given.side is None)) and not given.joint:
                if draft.type == "Lease" or given.near is None:
                    continue
                added = [given.near]  # "Some 5,000 people were killed", "the port was leased for 99 years": whose it is nothing tells
            elif given.others_only:
                continue  # "Laos raised its relations with Chad to a strategic partnership" tells nothing of the pair
            else:
                added = [given.side] if given.side is not None and given.side in given.pair else list(given.pair)
            if not added or len(given.pair) != 2:
                continue
            draft.add(role, added[0])
            added = added[:1]
        elif filler == "person":
            holders = [t for t in draft.roles.get("person", ()) if isinstance(t, Entity)]
            if role == "of" and any(isinstance(o, Concept) and o.word in _OF_A_BODY for o in draft.roles.get("office", ())):
                continue  # "General Secretary X": of a party or a body, not of the state
            state = _state_served(holders[0], draft.roles.get("office", []), given) if holders else None
            if state is None and role == "of" and not have:
                state = _sender(draft, given)
            if state is None and role == "of" and not have and len(holders) == 1 and not _of_several(draft) and any(
                    isinstance(o, Concept) and ("minister" in o.word or o.word in _STATE_OFFICES) for o in draft.roles.get("office", ())):
                state = given.lead if _may_have(given.lead, draft, given) else None
            if state is None or any(_key(t) == state.iri for t in draft.roles.get("accreditedTo", ())):
                continue
            added = [state]
            draft.add(role, state)
        elif filler == "theirs":
            for term in given.theirs.values(role) if given.theirs is not None else ():
                draft.add(role, term)
            continue
        elif filler in ("title", "counterpart"):
            offices = draft.titles if filler == "title" else _offices_shared(draft, given)
            if offices:
                draft.add(role, offices[0])
                notes.append(f"{role} filled with {offices[0].word} ({filler})")
            continue
        elif filler in ("each", "members"):
            continue
        elif filler == "inside":
            if role == "kind":
                sort = next((i.sort for i in given.inside if i.sort), "")
                if sort:
                    draft.add(role, Concept("kind", sort))
                continue
            named_events = {e.iri for e in draft.roles.get("event", ()) if isinstance(e, Entity)} & {i.event for i in given.inside}
            added = [i.entity for i in given.inside if not i.sort and i.home == (role == "place") and not (
                named_events and i.event and i.event not in named_events)]
            if not added or (role == "place" and draft.type == "Meeting" and len(added) > 1):
                continue
            for entity in added if role in many else added[:1]:
                draft.add(role, entity)
            if role == "place" and draft.type == "EventFact" and added[0] in draft.roles.get("host", ()):
                draft.roles["host"] = [added[0]]  # "we will hold Days of Peruvian Culture in Togo"
        elif filler == "home":
            added = _homes(draft, given)
            if not added or added[0] in draft.roles.get(_mate(draft.type, role), ()):
                continue
            draft.add(role, added[0])
        elif filler == "abroad":
            added = _hosts_of(draft, given)
            if not added:
                continue
            draft.add(role, added[0])
        elif filler == "side":
            if given.side is None:
                continue
            added = [given.side]
            draft.add(role, given.side)
        elif filler == "other":
            if lone and role == "counterpart":
                continue  # only one side is told of
            if draft.type == "InvestmentFigure" and given.third:
                continue  # "bought Linio, a Mexican retailer, for $138 million"
            mate = [t for t in draft.roles.get(_mate(draft.type, role), ()) if isinstance(t, Entity)]
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


def _is_one_sided(draft: Draft) -> bool:
    """Whether the figure is one of a flow from one of the pair to the other."""
    return draft.type == "TradeFigure" and any(isinstance(flow, Concept) and flow.word in ("exports", "imports") for flow in draft.roles.get("flow", ()))


# The role opposite, where a fact goes on with the sides of the one before it.
_OPPOSITE = {"reporter": "partner", "partner": "reporter", "subject": "counterpart", "counterpart": "subject", "investor": "recipient",
             "recipient": "investor", "sender": "receiver", "receiver": "sender"}


def _has_none(draft: Draft, told: Entity) -> bool:
    """Whether what was spoken of has no such figure: a ferry, road or line has no output or reserves."""
    of_what = {term.word for term in draft.roles.get("indicator", ()) if isinstance(term, Concept)}
    return bool(of_what & {"production", "reserves"}) and any(word in _CARRYING for word in told.label.lower().split())


_CARRYING = words("fill", "carrying")


def _told_of(draft: Draft, before: Fact | None) -> tuple[Term, ...]:
    """Whose a count goes on to be in another land: theirs who were counted before ("In India the number is 200"), or that land's
    where the fact before tells of a land alone, or of a share of its people ("In Chile it is 79 years")."""
    if before is None:
        return ()
    if "percent" in draft.roles.get("unit", ()) and before.values("value") and "percent" not in before.values("unit"):
        return ()  # "their share was 0.3 percent, while that of Chad was 35", behind a count of people
    if before.values("counterpart") and "percent" not in draft.roles.get("unit", ()):
        return _from_before(draft, "subject", before) or before.values("subject")
    return tuple(draft.roles.pop("counterpart", ()))


def _from_before(draft: Draft, role: str, before: Fact) -> tuple[Term, ...]:
    """What the fact before has in this role; where one side is named here, the other one of its two sides."""
    opposite = _OPPOSITE.get(role, "")
    named = draft.roles.get(opposite, [])
    if not named:
        return before.values(role)
    sides = (*before.values(role), *before.values(opposite))
    return tuple(s for s in sides if s not in named) if len(sides) == 2 and all(n in sides for n in named) else ()


def spread_roles(draft: Draft, fill: tuple[tuple[str, str], ...], given: Circumstances) -> list[Draft]:
    """The draft itself, or one for each state of the pair where a role is filled with `each` or `members`.

    `members` keeps, of the pair or of those named, only states that are known to belong to the draft's organisation.
    """
    out = [draft]
    for role, filler in fill:
        if filler not in ("each", "members"):
            continue
        spread: list[Draft] = []
        for one in out:
            named = [t for t in one.roles.get(role, ()) if isinstance(t, Entity)]
            states = named or (list(given.pair) if len(given.pair) == 2 else [])
            if filler == "members":
                states = [s for s in states if _is_member(s, one.roles.get("organisation", []), given)]
            if named and states:
                spread.append(one)
                continue
            for state in () if named else states:
                copy = one.copy()
                copy.add(role, state)
                spread.append(copy)
        out = spread
    return out


# What nearly every state belongs to: no list of members is kept.
_UNIVERSAL = ("united-nations", "international-atomic-energy-agency", "organisation-for-the-prohibition-of-chemical-weapons", "world-bank",
              "international-monetary-fund", "world-health-organization", "interpol", "international-civil-aviation-organization",
              "international-labour-organization", "international-telecommunication-union", "international-maritime-organization",
              "world-intellectual-property-organization", "world-meteorological-organization", "food-and-agriculture-organization",
              "universal-postal-union")
_SELECT = ("united-nations-security-council", "united-nations-human-rights-council", "united-nations-economic-and-social-council",
           "united-nations-economic-commission", "united-nations-assistance")


def _is_member(state: Entity, organisations: Sequence[Term], given: Circumstances) -> bool:
    if given.gazetteer is None or state.kind != "state":
        return False
    for organisation in organisations:
        if not isinstance(organisation, Entity):
            return False
        slug = organisation.iri.rpartition("/")[2]
        if known := given.gazetteer.members(organisation.iri):
            now = given.gazetteer.members(organisation.iri, given.issued) or known  # none: it is of the past
            if not any(m.member == state.iri for m in now):
                return False
        elif slug.startswith(_SELECT) or not slug.startswith(_UNIVERSAL):
            return False
    return bool(organisations)


_STATE_OFFICES = frozenset({"president", "vice-president", "speaker-of-parliament", "president-elect", "foreign-ministry-spokesperson"})


def _sender(draft: Draft, given: Circumstances) -> Entity | None:
    """The state of the pair whose envoy somebody is that is accredited to the other: "was appointed ambassador to Oslo"."""
    hosts = {_key(t) for t in draft.roles.get("accreditedTo", ())}
    others = [state for state in given.pair if state.iri not in hosts]
    return others[0] if len(given.pair) == 2 and len(others) == 1 and len(hosts) == 1 else None


def _may_have(state: Entity | None, draft: Draft, given: Circumstances) -> bool:
    """Whether a state can have the office at all: of Ghana and Norway one has no president."""
    offices = [o.word for o in draft.roles.get("office", ()) if isinstance(o, Concept)]
    home = state_with(offices[0], given.pair) if len(offices) == 1 else ""
    return state is not None and home in ("", state.iri)


def _of_several(draft: Draft) -> bool:
    """Whether the office is told of several ("their foreign ministers, Ana Lima and Ivo Novak"): not all of one state."""
    titles = [t.lower() for t in draft.roles.get("officeTitle", ()) if isinstance(t, str)]
    return any(t.endswith("s") and not t.endswith(("ss", "affairs")) and " of " not in t and " for " not in t for t in titles)


def _state_served(person: Entity, offices: Sequence[Term], given: Circumstances) -> Entity | None:
    """The state that the person holds an office of, as far as the gazetteer or the text knows."""
    if given.gazetteer is None:
        return None
    words = {o.word for o in offices if isinstance(o, Concept)}
    tenures = given.gazetteer.offices_of(person.iri)
    served = {t.of for t in tenures if t.office in words} or {t.of for t in tenures} or {person.state or given.gazetteer.state_of(person.iri)}
    iri = served.pop() if len(served) == 1 else person.state
    return given.gazetteer.entities.get(iri)


def _offices_shared(draft: Draft, given: Circumstances) -> tuple[Concept, ...]:
    """The office of somebody's counterpart: that of the one named before, or the only one that the person is known to hold."""
    held = tuple(o for o in given.offices if o.word not in _CALLINGS)  # "the case of the writer X with her counterpart Y"
    if held:
        return held[-1:] if held[-1].word != "ambassador" else ()  # an envoy's counterpart is a minister as often
    holders = [t for t in draft.roles.get("person", ()) if isinstance(t, Entity)]
    if holders and given.gazetteer is not None and given.issued:
        words = {t.office for t in given.gazetteer.offices_of(holders[0].iri, given.issued) or given.gazetteer.offices_of(holders[0].iri)}
        if len(words) == 1:
            return (Concept("office", words.pop()),)
    before = given.before.values("office") if given.before is not None and not set(given.before.values("of")) & set(draft.roles.get("of", ())) else ()
    return tuple(o for o in before[:1] if isinstance(o, Concept) and (o.word != "ambassador" or not draft.roles.get("of")))


def _key(term: Term) -> object:
    return term.iri if isinstance(term, Entity) else term


def _state_iri(entity: Entity) -> str:
    return entity.iri if entity.kind == "state" else entity.state


_OF_STATES = frozenset({"grant", "loan", "debtRelief"})


def turn_sides(draft: Draft, view: SentenceView, match: Match, before: Fact | None) -> None:
    """ "Chile sold wine to Peru. These imports grew": what one side sold are the imports of the other."""
    flow, told = draft.roles.get("flow", []), before.values("flow") if before is not None and before.type == "TradeFigure" else ()
    if draft.type != "TradeFigure" or not flow or not told or flow[0] == told[0] or Concept("flow", "total") in (*flow, *told):
        return
    pointed = any(view.word(i) in _POINTING for i in range(max(match.first - 2, 0), match.first + 1)) and not any(
        b.role in ("reporter", "partner") for b in match.bindings
    )
    if pointed and before is not None and tuple(draft.roles.get("reporter", ())) == before.values("reporter") and draft.roles.get("partner"):
        draft.roles["reporter"], draft.roles["partner"] = draft.roles["partner"], draft.roles["reporter"]


_POINTING = words("fill", "pointing")


def settle_giver(draft: Draft, match: Match, view: SentenceView, pair: Sequence[Entity], lead: Entity | None) -> bool:
    """Who holds an office gives and lends for the state: his own, the one of which the text tells, or the one of the pair that does not receive.

    False where an office stands without its state and nothing tells of which it is.
    """
    for binding in match.bindings:
        if binding.role != "investor":
            continue
        for item in binding.items:
            if isinstance(item, str) or item.kind not in ("person", "office") or any(e.kind not in ("person", "state") for e in item.entities):
                continue
            if item.kind == "office" and not speaks_for_state(item.text, item.head):
                return False  # "a former minister promised $3 million"
            if any(e.kind == "state" for e in item.entities):
                continue
            office = next(
                (
                    m
                    for m in view.mentions
                    if m.kind == "office" and item.first <= m.first and m.last <= item.last and speaks_for_state(m.text, m.head)
                ),
                None,
            )
            if office is None:
                continue
            behind = [m.entities[0] for m in view.by_first.get(item.last + 1, ()) if m.kind == "state" and m.entities] if view.word(item.last) == "of" else []
            own = {e.state for e in item.entities if e.state}
            known = [s for s in pair if s.iri in own] or behind or ([lead] if lead is not None else [])
            gets = {_key(t) for t in draft.roles.get("recipient", ())}
            left = [s for s in pair if s.iri not in gets] if len(pair) == 2 and gets & {s.iri for s in pair} else []
            state = next(iter(known or ([] if own else left)), None)
            if state is not None:
                draft.roles["investor"] = [state]
            elif item.kind == "office":
                return False
    return True


def settle_recipient(draft: Draft, match: Match, pair: Sequence[Entity]) -> None:
    """Nobody gives to himself: "the country" that would be the giver's own is the other one of the pair ("India announced a package for the country")."""
    kinds = {t.word for t in draft.roles.get("kind", ()) if isinstance(t, Concept)}
    if kinds & _OF_STATES:  # "the minister promised $2 million": for his state
        homes = {s.iri: s for s in pair}
        draft.roles["investor"] = [homes.get(t.state, t) if isinstance(t, Entity) and t.kind == "person" else t for t in draft.roles.get("investor", ())]
    investors = [t for t in draft.roles.get("investor", ()) if isinstance(t, Entity)]
    pointed = any(
        b.role == "recipient" and any(not isinstance(i, str) and i.form == "reference" and i.kind == "state" for i in b.items)
        for b in match.bindings
    )
    if pointed and investors and draft.roles.get("recipient") == investors[:1]:
        others = [s for s in pair if s.iri != investors[0].iri]
        if len(others) == 1:
            draft.roles["recipient"] = [others[0]]


def settle_abroad(draft: Draft, match: Match, view: SentenceView, pair: Sequence[Entity], gazetteer: Gazetteer) -> None:
    """Who is present is so abroad: "the country" or "here" that would be its own is the other one of the pair; a state named so is none."""
    found = [e for b in match.bindings if b.role == "organisation" for i in b.items if not isinstance(i, str) for e in i.entities]
    homes = {_state_iri(e) or gazetteer.state_of(e.iri) for e in found} - {""}
    here = not any(b.role == "in" for b in match.bindings)
    if here:  # "9,500 firms with German capital work here": whose firms they are
        homes |= {m.entities[0].iri for m in view.mentions if m.kind == "state" and m.form == "adjective" and m.last <= match.first and m.entities}
    if here and not draft.roles.get("in") and ("in", "other") in match.rule.fill:  # "Finnish investors: Nokia, Ensto"
        told = {m.entities[0].iri for m in view.mentions if m.kind == "state" and m.form == "adjective" and match.first <= m.first < match.last}
        draft.roles["in"] = [s for s in pair if s.iri not in told] if len(told & {s.iri for s in pair}) == 1 else []
    listed = [b for b in match.bindings if b.role == "in" and len(b.items) > 1]
    pointed = here or any(b.role == "in" and any(not isinstance(i, str) and i.form == "reference" for i in b.items) for b in match.bindings)
    for place in [e for e in draft.roles.get("in", ()) if isinstance(e, Entity) and _state_iri(e) in homes]:
        others = [s for s in pair if s.iri not in homes]
        if pointed and len(others) == 1:
            draft.roles["in"] = [others[0]]
        elif listed or any(e.kind == "state" for e in found):  # "Kenya Airways flies between Nairobi and Bangkok"
            draft.roles["in"].remove(place)
        elif place.kind == "place" and not pointed:
            draft.roles["in"].remove(place)  # "Gazprom makes pipes in Moscow": at home
    if not any(e.kind == "state" for e in found):  # "Nokia opened an office in Nairobi": a firm is present in the country
        lands = [
            gazetteer.entity(e.state)
            if isinstance(e, Entity) and e.kind == "place" and e.state not in homes and any(e.state == s.iri for s in pair)
            else e
            for e in draft.roles.get("in", ())
        ]
        draft.roles["in"] = list(dict.fromkeys(lands))
