"""Whose state an official serves where his title does not say it: told by whom he visits, meets, stands beside or speaks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from kg.context import may_have, state_with
from kg.extract.offices import is_past
from kg.extract.reading import Reading
from kg.extract.roles import localised
from kg.extract.words import words
from kg.match import Match, SentenceView
from kg.model import Concept, Entity, Fact, Mention

_OWNERS = frozenset({"its", "his", "her", "their", "your", "our", "my"})
_TELLING = words("homes", "telling")
_SENT_OUT = words("homes", "sent-out")
_COMPANY = words("homes", "company")
_OPENING = frozenset("“ \" « „".split())
_RULERS = words("homes", "rulers")


def give_offices_their_state(facts: Sequence[Fact], reading: Reading) -> list[Fact]:
    """The facts, with the state of each office that only the text around it tells; its words count before who met whom, and
    two cues of a kind that disagree tell nothing."""
    open_ones = {p.iri for f in facts if _is_open(f) for p in _people(f, "person")}
    if not open_ones:
        return list(facts)
    bodies = _told_by_owner(open_ones, reading)
    facts = [_of_body(fact, bodies) if _is_open(fact) else fact for fact in facts]
    open_ones -= bodies.keys()
    if len(reading.pair) != 2:
        return list(facts)
    weak = (_told_by_exclusion(facts, reading), _told_by_receiving(open_ones, reading), _told_by_company(open_ones, facts, reading), _told_by_meetings(facts, reading))
    strong = (
        _told_by_credentials(open_ones, facts, reading),
        _told_by_context(facts, reading),
        _told_by_embassy(facts, reading),
        _told_by_words(open_ones, facts, reading),
        _told_by_office_mate(facts, reading),
        _told_by_other_office(facts),
        _told_by_turns(reading),
    )
    homes: dict[str, set[str]] = {}
    for cues in (*weak, *strong):  # the later ones count before the earlier
        homes |= _gathered(cues)
    facts = [_with_home(fact, homes, reading) if _is_open(fact) else fact for fact in facts]
    told = {p: next(iter(states)) for p, states in homes.items() if len(states) == 1}
    further: dict[str, set[str]] = {}
    for cues in (_told_by_side(facts, reading), _told_by_holders(facts, reading), _told_by_meetings(facts, reading, told), _told_by_neighbours(facts, reading),
                 _told_by_exclusion(facts, reading)):
        further |= _gathered(cues)
    return [_with_home(fact, further | homes, reading) if _is_open(fact) else fact for fact in facts]


def lead_of(reading: Reading, view: SentenceView, match: Match, facts: Sequence[Fact]) -> Entity | None:
    """The state of the pair whose official is named without it: the other one for "his counterpart, Economy Minister X", else the subject of the
    sentence, or of one of the two before it in the paragraph ("Peru recalled its envoy. Foreign Minister Y said")."""
    at = reading.places[view.sentence.start]
    if (led := _led_side(view, match.first)) is not None:
        return led
    if view.word(match.first - 1) == "," and view.word(match.first - 2) in ("counterpart", "colleague"):
        told = next((f for f in reversed(facts) if f.type == "OfficeHolding" and f.evidence[0].start >= reading.sentences[max(0, at - 2)].start), None)
        of = next((e.iri for e in told.values("of") if isinstance(e, Entity)), "") if told is not None else ""
        others = [s for s in reading.pair if s.iri != of]
        return others[0] if of and len(others) == 1 and len(reading.pair) == 2 else None
    for back in range(min(at, 2) + 1):
        one = reading.views[at - back]
        if one.sentence.paragraph != view.sentence.paragraph and not (_is_quoted(view, 0) and one.sentence.paragraph == view.sentence.paragraph - 1):
            return None
        end = next((g.first for g in one.groups if g.form == "finite"), len(one))
        if _is_quoted(one, 0) and end < len(one):
            if back:
                return None
            continue  # "Djibouti is our outlet," Transport Minister X said: the state is what he speaks of
        acting = [m for m in one.mentions if m.kind == "state" and m.entities and m.last <= min(end, match.first if not back else end)]
        if acting:
            if not back and any(m.kind == "state" and m.first >= end and m.last <= match.first and m.entities and _is_side(one, m) for m in one.mentions):
                return None  # "The Omani side was led by X, while the Tanzanian side was headed by Deputy Minister Y"
            states = {m.entities for m in acting}
            first = acting[0]
            heads = first.form in ("name", "metonym", "description") and one.word(first.last) != "'s"
            found = first.entities[0] if len(states) == 1 and first.first <= 1 and (heads or _ruled(one, first)) else None
            return found if found is not None and found.iri in {s.iri for s in reading.pair} else None
        if back and any(m.kind == "state" for m in one.mentions):
            return None
    return None


def _led_side(view: SentenceView, i: int) -> Entity | None:
    """The state whose side or delegation the person at token i leads: "and the Peruvian one, led by | Vice-Minister X"."""
    if view.word(i - 1) != "by" or view.word(i - 2) not in _LED:
        return None
    k = i - 3
    while k > 0 and (view.word(k) == "," or view.word(k) in _SIDE_NOUNS):
        k -= 1
    sides = [m for m in view.mentions if m.kind == "state" and m.last >= k + 1 and m.last <= i - 2 and len(m.entities) == 1 and i - m.last <= 5]
    return sides[-1].entities[0] if sides else None


_HOSTS, _RECEIVING = words("homes", "hosts"), words("homes", "receiving")
_SIGNING = words("homes", "signing")
_LED, _SIDE_NOUNS = words("homes", "led"), words("homes", "side-noun")


def _is_quoted(view: SentenceView, i: int) -> bool:
    """Whether a quotation begins at token i."""
    return view.word(i) in _OPENING


def _ruled(view: SentenceView, state: Mention) -> bool:
    """Whether those who act for the state are named by its adjective: "Ethiopian officials", "the Hungarian government", "Chad's army"."""
    after = state.last + (view.word(state.last) in ("'s", "’s"))
    return any(word in _RULERS for word in view.words[after:after + 3])


def _gathered(cues: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    homes: dict[str, set[str]] = {}
    for person, state in cues:
        homes.setdefault(person, set()).add(state)
    return homes


def _is_open(fact: Fact) -> bool:
    return fact.type == "OfficeHolding" and not fact.values("of")


def _with_home(fact: Fact, homes: dict[str, set[str]], reading: Reading) -> Fact:
    states = {state for person in _people(fact, "person") for state in homes.get(person.iri, ())}
    if len(states) != 1 or not all(may_have(o.word, state) for state in states for o in fact.values("office") if isinstance(o, Concept)):
        return fact  # "King Abdullah came to Lima" makes nobody king of Chile
    home = reading.gazetteer.entity(states.pop())
    return replace(fact, roles=tuple(sorted([*fact.roles, ("of", home)], key=lambda pair: pair[0])))


_STATE_OFFICES = re.compile(r"minister|ambassador|king|queen|emir|sultan|consul|prince|parliament|charge-d-affaires|state")


def _of_body(fact: Fact, bodies: dict[str, Entity]) -> Fact:
    body = next((bodies[p.iri] for p in _people(fact, "person") if p.iri in bodies), None)
    if body is None or any(isinstance(o, Concept) and _STATE_OFFICES.search(o.word) for o in fact.values("office")):
        return fact
    return replace(fact, roles=tuple(sorted([*fact.roles, ("of", body)], key=lambda pair: pair[0])))


def _told_by_owner(people: set[str], reading: Reading) -> dict[str, Entity]:
    """The firm or body that an office is of: "its chief executive, Ana Lima", "the airline's director Ana Lima", "Ana Lima, the firm's head"."""
    found: dict[str, Entity] = {}
    last: SentenceView | None = None
    for view in reading.views:
        near, last = (last, view), view
        named = [(m, e) for m in view.mentions if m.kind == "person" and m.form == "name" for e in m.entities if e.iri in people]
        owners = [m for m in view.mentions if m.form == "reference" and len(m.entities) == 1 and m.entities[0].kind in _BODIES and (
            m.kind != "pronoun" or view.word(m.first) in ("its", "their"))] if named else []
        for body in [m for m in view.mentions if m.kind in _BODIES and len(m.entities) == 1] if named else []:
            at = body.last + 2 if view.word(body.last) == "," and view.word(body.last + 1) == "whose" else -1
            office = next((o for o in view.mentions if o.kind == "office" and at >= 0 and at <= o.first <= at + 2), None)
            for mention, e in named if office is not None else ():
                if office is not None and office.first <= mention.first <= office.last + 3:
                    found.setdefault(e.iri, localised(body.entities[0], reading.document.sha256))  # "Eni, whose chairman is Ana Lima"
        for owner in owners:
            at = owner.last + (view.word(owner.last) in ("'s", "’s", "'"))
            office = next(
                (
                    o
                    for o in view.mentions
                    if o.kind == "office" and at <= o.first <= at + 2 and all(w.isalpha() for w in view.words[at : o.first])
                ),
                None,
            )
            if office is None or (owner.kind != "pronoun" and at == owner.last):
                continue
            for mention, e in named:
                if (
                    0 <= mention.first - office.last <= 1
                    or (0 < mention.first - office.last <= 4 and view.word(office.last) in ("at", "for", "in") and view.word(mention.first - 1) == ",")
                    or mention.first <= office.first < mention.last
                    or (mention.last == owner.first - 1 and view.word(mention.last) == ",")
                ):
                    found.setdefault(e.iri, localised(owner.entities[0], reading.document.sha256))
        for office in [o for o in view.mentions if o.kind == "office" and o.concept is not None and o.concept.word == "chief-executive"] if named else []:
            held = next((e for m, e in named if m.first <= office.first < m.last or 0 <= m.first - office.last <= 1), None)
            firm = _only_firm(near, office) if held is not None else None
            if held is not None and firm is not None:
                found.setdefault(held.iri, localised(firm, reading.document.sha256))
    return found


def _only_firm(near: tuple[SentenceView | None, SentenceView], office: Mention) -> Entity | None:
    """The one firm that the sentence names in front of an office, or else the sentence before: "Eni won the tender. Chief executive Ana Lima"."""
    for view in reversed(near):
        firms = {e.iri: e for m in view.mentions if m.kind == "company" and m.form == "name" and (view is not near[1] or m.last <= office.first)
                 for e in m.entities} if view is not None else {}
        if firms:
            return next(iter(firms.values())) if len(firms) == 1 else None
    return None


_ENVOYS = re.compile(r"(?i)ambassador|diplomat|consul\b|high.commissioner|charg|counsell?or|attach")


def _told_by_side(facts: Sequence[Fact], reading: Reading) -> Iterator[tuple[str, str]]:
    """In an embassy's own text an envoy of no state that is named ("Honorary Consul in Izmir: Ana Lima") is the embassy's, and a minister the
    speaker's or author's; those whom a speaker addresses ("Your Excellency Ana Lima, Minister of Works") are of the other state."""
    for fact in facts:
        offices = [o.word if isinstance(o, Concept) else str(o) for o in fact.values("office")] if _is_open(fact) else []
        if offices and reading.side is not None and all(_ENVOYS.search(o) for o in offices):
            yield from ((p.iri, reading.side.iri) for p in _people(fact, "person"))
        elif offices and all("minister" in o for o in offices) and (home := _voice(fact, reading)):
            yield from ((p.iri, home) for p in _people(fact, "person"))


def _voice(fact: Fact, reading: Reading) -> str:
    """The state of the pair in whose voice an official is named without his own: the speaker's, or the other one where he is addressed."""
    at = fact.evidence[0].start
    side = reading.side_at(at)
    view = next((v for v in reading.views if v.sentence.start <= at < v.sentence.end), None)
    if view is None or side is None or side.iri not in {s.iri for s in reading.pair}:
        return ""
    if view.words[:2] == ["your", "excellency"] or view.word(0) == "excellency":
        return _other({side.iri}, reading.pair)
    told = any(m.kind == "state" and e.iri != side.iri for m in view.mentions for e in m.entities)
    return "" if told or not any(g.form == "finite" for g in view.groups) else side.iri


_BODIES = frozenset({"company", "organisation", "institution", "body"})


def _told_by_meetings(facts: Sequence[Fact], reading: Reading, homes: Mapping[str, str] | None = None) -> Iterator[tuple[str, str]]:
    """A visitor is of the state that he does not visit; of two people of a pair of states who meet, each is of another. ``homes``: whose
    people are told to be."""
    for fact in facts:
        if fact.type == "AgreementAction" and len(signing := _people(fact, "by")) == 2:
            known = {p.iri: p.state or (homes or {}).get(p.iri, "") for p in signing}
            if (home := _other({*known.values()} - {""}, reading.pair)) and "" in known.values():
                yield from ((p.iri, home) for p in signing if not known[p.iri])  # "Minister Lima and her host, Eva Niemi, signed the pact"
        kinds = {k.word for k in fact.values("kind") if isinstance(k, Concept)}
        if fact.type != "Meeting" or not kinds & {"visit", "talks"}:
            continue
        state_of = {p.iri: p.state or (homes or {}).get(p.iri, "") for p in _people(fact, "participant")}
        unknown = [p for p in _people(fact, "participant") if not state_of[p.iri]]
        there = {t.iri if t.kind == "state" else t.state for r in ("host", "place") for t in fact.values(r) if isinstance(t, Entity)} - {""}
        sides = there if "visit" in kinds else {*state_of.values()} - {""}
        home = _other(sides, reading.pair)
        if home and (kinds == {"visit"} or (len(unknown) == 1 and len(_people(fact, "participant")) == 2)):
            yield from ((p.iri, home) for p in unknown)
        elif len(unknown) > 1 and home and there == {home}:
            yield from ((iri, home) for iri in _met_there(fact, reading, {p.iri for p in unknown}))


def _met_there(fact: Fact, reading: Reading, unknown: set[str]) -> Iterator[str]:
    """Those whom a guest meets where they are at home: "In Lima he held talks with | Transport Minister X and Speaker Y"; no envoys, who may come along."""
    view = next((v for v in reading.views if v.sentence.start <= fact.evidence[0].start < v.sentence.end), None)
    verb = next((g.last for g in view.groups if g.form == "finite"), 0) if view is not None else 0
    if view is None or any(word in _ENVOY_WORDS for word in view.words):
        return
    people = [(m, e.iri) for m in view.mentions if m.kind in ("person", "pronoun") for e in m.entities]
    if any(m.first < verb and iri not in unknown for m, iri in people) and not any(m.first < verb and iri in unknown for m, iri in people):
        yield from (iri for m, iri in people if m.first >= verb and iri in unknown)


def _told_by_company(people: set[str], facts: Sequence[Fact], reading: Reading) -> Iterator[tuple[str, str]]:
    """Who comes with somebody serves the same state: "President Ali was accompanied by the Minister of Works, Ana Lima"."""
    served = _served(facts)
    for view in reading.views:
        at = next((i for i, word in enumerate(view.words) if word in _COMPANY and any(b in view.words[i + 1 : i + 4] for b in ("by", "with"))), -1)
        if at < 0:
            continue
        before = [e for m in view.mentions if m.kind in ("person", "pronoun") and m.last <= at for e in m.entities if e.kind == "person"]
        state = served.get(before[-1].iri) or before[-1].state if before else ""
        end = next((g.first for g in view.groups if g.form == "finite" and g.first > at), len(view.words))
        if state:
            yield from ((e.iri, state) for m in view.mentions if m.kind == "person" and at < m.first < end for e in m.entities if e.iri in people)


def _served(facts: Sequence[Fact]) -> dict[str, str]:
    """The state that each person is told to hold an office of."""
    return {p.iri: s.iri for f in facts if f.type == "OfficeHolding" for p in _people(f, "person") for s in f.values("of")
            if isinstance(s, Entity) and s.kind == "state"}


def _told_by_exclusion(facts: Sequence[Fact], reading: Reading) -> Iterator[tuple[str, str]]:
    """Where the text gives somebody else the same office of one state of the pair, it is that of the other one."""
    for fact in facts:
        office = _sole_office(fact)
        if office and not is_past(fact):
            told = {s.iri for f in facts if f.type == "OfficeHolding" and f.status == "Asserted" and not is_past(f) and not f.date and not f.end_date
                    and office in {o.word for o in f.values("office") if isinstance(o, Concept)} and f.values("person") != fact.values("person")
                    for s in f.values("of") if isinstance(s, Entity)}
            if _ONE_A_STATE.fullmatch(office) and told & {s.iri for s in reading.pair} and (home := _other(told, reading.pair)):
                yield from ((p.iri, home) for p in _people(fact, "person"))


def _told_by_holders(facts: Sequence[Fact], reading: Reading) -> Iterator[tuple[str, str]]:
    """Where one state of the pair is known to have had somebody else in the office at the time, it is that of the other one."""
    trusted = _is_of_this_world(facts, reading)
    for fact in facts if trusted else ():
        office = _sole_office(fact)
        if _is_secretary(fact):
            continue
        start = fact.evidence[0].start
        view = next((v for v in reading.views if v.sentence.start <= start < v.sentence.end), None) if office else None
        dates = [m.value.date for m in view.mentions if m.kind == "date" and m.value is not None and m.value.date] if view is not None else []
        when = min([*dates, reading.document.issued], key=lambda d: d[:4]) if reading.document.issued else ""
        holders = {s.iri: reading.gazetteer.holder(office, s.iri, when) for s in reading.pair} if office and when else {}
        known = {iri for iri, holder in holders.items() if holder is not None}
        home = _other(known, reading.pair)
        if len(known) == 1 and home:
            yield from ((p.iri, home) for p in _people(fact, "person") if p.iri not in {h.iri for h in holders.values() if h})


def _sole_office(fact: Fact) -> str:
    """The office of a fact that does not say whose it is, as a word; "" where it may be several people's."""
    if not _is_open(fact) or _of_something(fact) or any(isinstance(t, str) and t.lower().endswith("ministers") for t in fact.values("officeTitle")):
        return ""  # "their foreign ministers, Ana Lima and Ivo Novak": one of each
    return next((o.word for o in fact.values("office") if isinstance(o, Concept)), "")


def _is_of_this_world(facts: Sequence[Fact], reading: Reading) -> bool:
    """Whether nobody whom the text gives an office of one of the two states now is somebody else than who is known to have had it then."""
    issued = reading.document.issued
    for fact in facts if issued else ():
        if fact.type != "OfficeHolding" or fact.date or fact.start_date or fact.end_date or fact.status != "Asserted" or is_past(fact):
            continue
        for office in (o for o in fact.values("office") if isinstance(o, Concept)):
            for state in (s for s in fact.values("of") if isinstance(s, Entity)):
                holder = reading.gazetteer.holder(office.word, state.iri, issued)
                if holder is not None and _ONE_A_STATE.fullmatch(office.word) and not any(p.known for p in _people(fact, "person")):
                    return False
    return True


# Offices of which a state has one at a time.
_ONE_A_STATE = re.compile(r"(?!deputy|assistant|vice|state)[a-z-]*-minister|president|king|queen|emir|chancellor|speaker-of-parliament")


_FORERUNNERS = frozenset({"predecessor", "predecessors", "successor"})
_OF_A_STATE = re.compile(r"minister|president|premier|secretary|chancellor")


def _told_by_credentials(people: set[str], facts: Sequence[Fact], reading: Reading) -> Iterator[tuple[str, str]]:
    """To whom an ambassador presents his credentials is of the state to which he is accredited."""
    for view in reading.views:
        at = next((i for i, word in enumerate(view.words) if word in ("credentials", "credence", "accreditation") and "to" in view.words[i + 1 : i + 3]), -1)
        shown = [e.iri for m in view.mentions if m.kind == "person" and at >= 0 and at < m.first <= at + 6 for e in m.entities if e.iri in people]
        if shown:
            there = {
                e.iri
                for f in facts
                if f.type == "OfficeHolding" and view.sentence.start <= f.evidence[0].start < view.sentence.end
                for e in f.values("accreditedTo")
                if isinstance(e, Entity)
            }
            yield from ((iri, home) for iri in shown for home in there if len(there) == 1)


def _of_something(fact: Fact) -> bool:
    """Whether the title of a president says of what, be it unknown: "the president of CGEM"."""
    return any(isinstance(t, str) and " of " in t and ("president" in t.lower() or "chair" in t.lower()) for t in fact.values("officeTitle"))


def _told_by_context(facts: Sequence[Fact], reading: Reading) -> Iterator[tuple[str, str]]:
    """Whose somebody is by the heading or the side below which he is listed, or as only one of the two states has such an office."""
    for fact in facts:
        if _is_open(fact) and not _of_something(fact):
            offices = [o.word for o in fact.values("office") if isinstance(o, Concept)]
            office = "foreign-secretary" if _is_secretary(fact) else offices[0] if len(offices) == 1 else ""
            only = state_with(office, reading.pair) if office and not _names_third(reading, fact) else ""
            yield from ((p.iri, home) for p in _people(fact, "person") if (home := reading.context.homes.get(p.iri) or only))


def _is_secretary(fact: Fact) -> bool:
    """Whether the title is "foreign secretary", which is a minister in some states and the first civil servant of the ministry in others."""
    return any(isinstance(t, str) and t.lower().removeprefix("the ") == "foreign secretary" for t in fact.values("officeTitle"))


def _names_third(reading: Reading, fact: Fact) -> bool:
    """Whether the sentence of a fact names a state that is none of the pair."""
    start, pair = fact.evidence[0].start, {s.iri for s in reading.pair}
    view = next((v for v in reading.views if v.sentence.start <= start < v.sentence.end), None)
    return view is not None and any(e.iri not in pair for m in view.mentions if m.kind == "state" for e in m.entities)


def _told_by_embassy(facts: Sequence[Fact], reading: Reading) -> Iterator[tuple[str, str]]:
    """The ambassador is of the state whose embassy his sentence names: "Peru is represented by its embassy in Rome; Ambassador Ana Lima"."""
    for fact in facts:
        if not _is_open(fact) or not any(isinstance(o, Concept) and o.word in ("ambassador", "high-commissioner") for o in fact.values("office")):
            continue
        at = fact.evidence[0].start
        view = next((v for v in reading.views if v.sentence.start <= at < v.sentence.end), None)
        owners = (
            {
                e.iri
                for i, word in enumerate(view.words)
                if word in _EMBASSIES or (word == "commission" and view.word(i - 1) == "high")
                for e in _owner_at(view, i)
            }
            if view is not None
            else set()
        )
        if view is not None and not owners and view.sentence.kind in ("heading", "item", "prose"):
            above = next((v for v in reversed(reading.views) if v.sentence.end < at and v.sentence.kind == "heading"), None)
            owners = {e.iri for i, word in enumerate(above.words) if word in _EMBASSIES for e in _owner_at(above, i)} if above is not None else owners
        if len(owners) == 1:
            home = owners.pop()
            yield from ((p.iri, home) for p in _people(fact, "person"))


_EMBASSIES = words("homes", "embassies")
_ENVOY_WORDS = frozenset({"accompanied", "alongside", "ambassador", "ambassadors", "consul", "delegation", "together"})


def _owner_at(view: SentenceView, i: int) -> tuple[Entity, ...]:
    """The state whose the embassy at token i is: "its embassy", "Peru's embassy", "the Peruvian embassy", "the embassy of Peru"."""
    i -= view.word(i) == "commission"
    of = next((k for k in (i + 1, i + 2) if view.word(k) == "of"), -1)
    behind = of + 1 + (view.word(of + 1) == "the") if of > 0 else -1
    return next((m.entities for m in view.mentions if m.entities and len(m.entities) == 1 and m.entities[0].kind == "state" and (
        m.last == i - (view.word(i - 1) in ("'s", "’s", "'")) or m.first == behind)), ())


def _told_by_other_office(facts: Sequence[Fact]) -> Iterator[tuple[str, str]]:
    """Who holds two offices in one breath holds both of one state: "Ana Lima, Deputy Prime Minister and Minister of Finance of Chad"."""
    told = [f for f in facts if f.type == "OfficeHolding"]
    for fact in told:
        if not _is_open(fact) or not all(_OF_A_STATE.search(o.word if isinstance(o, Concept) else str(o)) for o in fact.values("office")):
            continue
        here = fact.evidence[0]
        for other in told:
            near = other.evidence[0].start <= here.end + 8 and here.start <= other.evidence[0].end + 8
            if near and not _is_open(other) and other.values("person") == fact.values("person") and fact.status == other.status:
                yield from ((p.iri, s.iri) for p in _people(fact, "person") for s in other.values("of") if isinstance(s, Entity) and s.kind == "state")


def _told_by_neighbours(facts: Sequence[Fact], reading: Reading) -> Iterator[tuple[str, str]]:
    """Of "President Ana Lima and the Chilean transport minister, Ivo Novak" one is of each state, where each is told with an office."""
    told = sorted((f for f in facts if f.type == "OfficeHolding" and f.status == "Asserted"), key=lambda f: f.evidence[0].start)
    for one, other in pairwise(told):
        between = reading.document.text[one.evidence[0].end:other.evidence[0].start].split()
        if between not in (["and"], ["and", "the"], ["and", "his"], ["and", "her"]) or one.values("person") == other.values("person"):
            continue
        for fact, mate in ((one, other), (other, one)):
            tops = [o.word for o in fact.values("office") if isinstance(o, Concept) and _ONE_A_STATE.fullmatch(o.word)]
            home = _other({s.iri if s.kind == "state" else s.state for s in mate.values("of") if isinstance(s, Entity)}, reading.pair)
            if _is_open(fact) and not _is_open(mate) and tops and home:
                yield from ((p.iri, home) for p in _people(fact, "person"))


def _told_by_receiving(people: set[str], reading: Reading) -> Iterator[tuple[str, str]]:
    """Who receives somebody in a place is at home there: "President Ana Lima received both ministers in Lima"."""
    for view in reading.views:
        for group in view.groups:
            if group.lemma not in _RECEIVING or group.form != "finite" or group.voice != "active":
                continue
            hosts = [e for m in view.mentions if m.kind == "person" and m.last == group.first for e in m.entities if e.iri in people]
            places = [e.state for m in view.mentions if m.kind == "place" and m.first > group.last and view.word(m.first - 1) == "in" for e in m.entities[:1]]
            if hosts and places and places[0]:
                yield hosts[0].iri, places[0]


def _told_by_office_mate(facts: Sequence[Fact], reading: Reading) -> Iterator[tuple[str, str]]:
    """Of "the two foreign ministers, Ana Lima and Ivo Novak" one is of each state: who is not of the one is of the other."""
    told = [f for f in facts if f.type == "OfficeHolding" and any(isinstance(t, str) and t.lower().endswith("s") for t in f.values("officeTitle"))]
    for fact in told:
        mates = [
            f
            for f in told
            if f.evidence[0] == fact.evidence[0]
            and f.values("person") != fact.values("person")
            and f.values("office") == fact.values("office")
        ]
        home = _other({s.iri for f in mates for s in f.values("of") if isinstance(s, Entity)}, reading.pair)
        if _is_open(fact) and len(mates) == 1 and home:
            yield from ((p.iri, home) for p in _people(fact, "person"))


def _told_by_turns(reading: Reading) -> Iterator[tuple[str, str]]:
    """Who speaks for a state of the pair in a turn of his own."""
    pair = {s.iri for s in reading.pair}
    return ((e.iri, e.state) for speech in reading.context.speeches if speech.kind == "turn" for e in speech.speakers if e.kind == "person" and e.state in pair)


def _whose_host(view: SentenceView, mention: Mention) -> Entity | None:
    """Of whom somebody is the host or guest: "his host, Prime Minister | Ana Lima", "Ana Lima | , her host"."""
    ahead = next((k for k in range(mention.first - 1, max(0, mention.first - 5), -1) if view.word(k) in _HOSTS), -1)
    for at in (ahead, mention.last + 2 if view.word(mention.last) == "," else -1):
        if at > 0 and view.word(at) in _HOSTS and view.word(at - 1) in ("his", "her"):
            owner = next((m.entities[0] for m in view.mentions if m.kind == "pronoun" and m.first == at - 1 and len(m.entities) == 1), None)
            if owner is not None and owner.kind == "person" and owner not in mention.entities:
                return owner
    return None


def _told_by_words(people: set[str], facts: Sequence[Fact], reading: Reading) -> Iterator[tuple[str, str]]:
    """Who has a counterpart in one state of the pair is of the other; who follows "the X side" or "the X delegation" is of X."""
    served = _served(facts)
    for view in reading.views:
        named = [(m, e) for m in view.mentions if m.kind == "person" and m.form == "name" for e in m.entities if e.iri in people]
        if not named:
            continue
        for m in view.mentions:
            if m.kind == "person" and m.text.lower().endswith(("counterpart", "colleague", "opposite number")) and m.text.lower().startswith(("his ", "her ")):
                before = [e for mention, e in named if mention.last <= m.first]
                home = _other({s.iri for s in _states_inside(view, m)}, reading.pair)
                if before and home:
                    yield before[-1].iri, home
        for mention, e in named:
            whose = _whose_host(view, mention)
            if whose is not None and (home := _other({served.get(whose.iri) or whose.state}, reading.pair)):
                yield e.iri, home  # "the guest met his host, Prime Minister Ana Lima"
            for owner in view.mentions:
                if owner.kind == "pronoun" and view.word(owner.first) in _OWNERS and 0 <= mention.first - owner.last <= 6 and len(owner.entities) == 1 and any(
                        o.kind == "office" and (o.first == owner.last or (view.word(owner.last) in _FORERUNNERS and o.first <= owner.last + 2))
                        and o.last <= mention.last for o in view.mentions):
                    whose = owner.entities[0]
                    if whose.kind in _BODIES and view.word(owner.first) in ("its", "their"):
                        continue
                    if home := whose.iri if whose.kind == "state" else whose.state:
                        yield e.iri, home  # "its spokesman, Ana Lima"
        if _SIGNING & set(view.words):
            yield from _told_by_signing(view, named)
        if side := _side_before(view, named[0][0]):
            yield from ((e.iri, side) for m, e in named if not _parted(view, named[0][0], m))
        for mention, e in named[1:]:
            if side := _side_before(view, mention):
                yield e.iri, side


def _told_by_signing(view: SentenceView, named: Sequence[tuple[Mention, Entity]]) -> Iterator[tuple[str, str]]:
    """For whom somebody signs: "was signed by Ana Lima, Minister of Works, for Chad and by Ivo Novak for Togo", "for Chad by Ana Lima"."""
    people = [m for m in view.mentions if m.kind == "person" and m.form == "name" and m.entities]
    signs = [m for m in view.mentions if m.kind == "state" and m.form in ("name", "metonym") and len(m.entities) == 1 and (
        view.word(m.first - 1) == "for" or view.words[m.first - 2 : m.first] == ["behalf", "of"])]
    ahead = bool(signs) and signs[0].first < min(m.first for m in people)
    for mention, e in named:
        for sign in signs:
            first, last = (sign.last, mention.first) if ahead else (mention.last, sign.first)
            parted = any(first <= m.first < last for m in (*people, *signs) if m.entities != mention.entities and m is not sign)
            if first <= last and not parted and not any(g.form == "finite" and first <= g.first < last for g in view.groups):
                yield e.iri, sign.entities[0].iri


def _parted(view: SentenceView, one: Mention, other: Mention) -> bool:
    """Whether the other side is named between two people."""
    return any(m.kind == "state" and one.last <= m.first < other.first and _is_side(view, m) for m in view.mentions)


def _side_before(view: SentenceView, person: Mention) -> str:
    """The state of "the Russian side was represented by …", "a delegation from Chad under …", where nobody and no other state is named in between."""
    sides = [m for m in view.mentions if m.kind == "state" and m.last <= person.first and _is_side(view, m)]
    others = [m for m in view.mentions if m.kind in ("state", "person") and sides and sides[-1].last <= m.first < person.first]
    if not sides or others or not _TELLING & set(view.words[sides[-1].last : person.first]):
        return ""
    return sides[-1].entities[0].iri if len(sides[-1].entities) == 1 else ""


def _is_side(view: SentenceView, state: Mention) -> bool:
    """Whether those who were sent by a state are named with it: "the Chadian side", "a parliamentary delegation of Chad", "Chad was represented"."""
    text = state.text.lower()
    behind = view.words[state.last : state.last + 3]
    before = view.words[max(0, state.first - 3) : state.first]
    return (
        text.endswith((" side", " delegation")) or (bool(behind) and behind[0] in _SENT_OUT) or (len(before) > 1 and bool(_SENT_OUT & set(before)) and bool({"of", "from"} & set(before)))
        or (state.form == "name" and behind[:2] in (["was", "represented"], ["is", "represented"])) or (before[-1:] == ["for"] and behind[:1] == ["were"])
    )  # fmt: skip


def _states_inside(view: SentenceView, m: Mention) -> list[Entity]:
    return [e for o in view.mentions if o.kind == "state" and m.first <= o.first and o.last <= m.last for e in o.entities]


def _other(states: set[str], pair: tuple[Entity, ...]) -> str:
    """The one state of the pair that is not among these, where the other one is."""
    left = [state.iri for state in pair if state.iri not in states]
    return left[0] if len(left) == 1 else ""


def _people(fact: Fact, role: str) -> list[Entity]:
    return [t for t in fact.values(role) if isinstance(t, Entity) and t.kind == "person"]
