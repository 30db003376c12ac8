"""Actors named through a state: "Finnish officials", "the governments of Chile and Peru", "Saudi defence ministry"."""

from __future__ import annotations

from dataclasses import replace

from kg.mentions.line import DETERMINERS, NOUN_VERBS, POSSESSIVE, SMALL, Line
from kg.mentions.memory import Memory
from kg.mentions.phrases import before_name
from kg.mentions.words import lists, plural, with_plurals
from kg.model import Entity, Mention
from kg.words import fold_name

__all__ = ["add_groups"]

_LISTS = lists("small")

_NOUNS = lists("nouns")
_ACTING = with_plurals("nouns", "acting")
_GROUP = with_plurals("nouns", "group")
_BOTH = _ACTING.keys() | _GROUP.keys()
_NOT_ALONE = _LISTS["groups-not-alone"]
_ALONE = _LISTS["groups-alone"]
_BETWEEN = _LISTS["groups-between"]
_RULING = _LISTS["groups-ruling"]
_SENT = lists("groups")["sent"]


def add_groups(line: Line, memory: Memory) -> None:
    """Adds the groups that stand behind a state's adjective, before "of" + states, or behind a state's 's; and a leader's government."""
    for i, word in enumerate(line.low):
        if word in _RULING:
            _add_ruled(line, i, word, memory)
        if word == "capital" and _add_capital(line, i, memory):
            continue
        if word == "led" and line.hyphen(i - 1):
            _add_led(line, i)
        if word == "state" and line.cap(i) and line.word(i + 1) == "of" and line.word(i - 1) not in ("of", "former"):
            named = line.here(i + 2, ("state",))
            if named is not None and named.form == "name":
                line.add(i, named.last, "state", "description", named.entities, head=word)  # "the State of Senegal"
        if word not in _BOTH or line.hyphen(i - 1) or line.hyphen(i + 1):
            continue
        single = _ACTING.get(word) or _GROUP[word]
        state, first = _owner_before(line, i)
        if state is not None and _stands_alone(line, i + 1):
            if word == "state" and state.form == "adjective" and line.word(first - 1) == "the":
                line.add(first, i + 1, "state", "description", state.entities, head=word)  # "the Serbian state"
                continue
            if word == single and single not in _ALONE and single not in ("leadership", "people", "businesspeople"):
                continue
            _add(line, first, i + 1, word, single, state.entities)
        elif line.word(i + 1) == "of":
            _add_of(line, i, word, single)
        elif line.word(i + 1) == "in" and word in _SEATED and (ruled := _ruled_from(line, i + 2, memory)) is not None:
            _add(line, i, ruled[1], word, single, (ruled[0],))
        elif line.word(i + 1) == "from" and word != single:
            home = line.here(i + (3 if line.word(i + 2) == "the" else 2), ("state",))
            if home is not None and home.form == "name":
                _add(line, i, home.last, word, single, home.entities)  # "scientists from Peru"
    for i, word in enumerate(line.low):
        if word in _SENT and line.word(i + 1) in ("of", "from"):
            _add_sent(line, i, word)


_LED = lists("groups")["led"]
_OF_THEIR_STATE = lists("groups")["of-their-state"]


def _add_led(line: Line, i: int) -> None:
    """Adds "the Saudi-led coalition", "a US-led military force": the state that leads it."""
    state = next((m for m in line.ending.get(i - 1, ()) if m.kind == "state" and m.entities), None)
    noun = next((k for k in range(i + 1, min(i + 4, len(line))) if line.low[k] in _LED), -1)
    if state is not None and noun > 0 and all(line.alpha(k) for k in range(i + 1, noun)) and not line.hyphen(noun + 1):
        line.add(state.first, noun + 1, "state", "description", state.entities, head=line.low[noun])


_SEATED = lists("groups")["seated"]


def _ruled_from(line: Line, i: int, memory: Memory) -> tuple[Entity, int] | None:
    """The state whose capital stands at i, and where its name ends: "the government in Brasilia"."""
    seat = line.here(i, ("place",))
    if seat is None or memory.gazetteer is None or len(seat.entities) != 1 or not seat.entities[0].state:
        return None
    state = seat.entities[0].state
    return (memory.gazetteer.entity(state), seat.last) if memory.gazetteer.capital(state, memory.issued) == seat.entities[0].iri else None


def _add_sent(line: Line, i: int, word: str) -> None:
    """Adds "a delegation of Swiss bankers", "representatives of Airbus": those who come stand for the ones they come from."""
    k = i + 2
    while line.word(k) in DETERMINERS and k < i + 4:
        k += 1
    sender = line.here(k, ("state", "group", "organisation", "company", "institution"))
    if sender is None or not sender.entities or (sender.kind == "state" and sender.form != "description"):
        return
    first = i
    while first > 0 and line.low[first - 1] in _BETWEEN:
        first -= 1
    if not any(m.first <= i < m.last and m.entities for m in line.mentions):
        line.add(first, sender.last, sender.kind, "description", sender.entities, head=word)


def _add(line: Line, first: int, last: int, word: str, single: str, states: tuple[Entity, ...]) -> None:
    acting = (word in _ACTING or (word == "parties" and last - first == 2)) and single not in (
        "president",
        "minister",
        "capital",
        "state",
    )
    if any(
        m.first == first and m.last == last and m.kind in ("person", "office", "organisation") for m in line.mentions
    ):
        return
    line.add(first, last, "state" if acting else "group", "description", states, head=word)


def _add_ruled(line: Line, i: int, word: str, memory: Memory) -> None:
    """Adds "Mr Suzuki's government", "the Obama administration": the state that the person leads, told here or found later."""
    behind = line.here(i + 2 + (line.word(i + 2) == "the"), ("person",)) if line.word(i + 1) == "of" and line.word(i - 1) in ("the", "new", "then") else None
    if behind is not None and len(behind.entities) == 1 and behind.form != "reference":  # "the government of Mahinda Rajapaksa"
        iri = behind.entities[0].state or (
            memory.gazetteer.state_of(behind.entities[0].iri) if memory.gazetteer is not None and behind.entities[0].known else ""
        )
        if iri and memory.gazetteer is not None:
            line.add(i, behind.last, "state", "description", (memory.gazetteer.entity(iri),), head=word)
        return
    person = line.before(i, ("person",))
    if person is None and line.word(i - 1) in POSSESSIVE:
        person = line.before(i - 1, ("person",))
    if person is None and line.cap(i - 1) and (state := _led_by(line.slice(i - 1, i), memory)) is not None and _stands_alone(line, i + 1):
        line.add(i - 1, i + 1, "state", "description", (state,), head=word)
        return
    if person is None or person.form == "reference" or len(person.entities) != 1 or not _stands_alone(line, i + 1):
        return
    iri = person.entities[0].state
    if not iri and memory.gazetteer is not None and person.entities[0].known:
        iri = memory.gazetteer.state_of(person.entities[0].iri)
    if iri and memory.gazetteer is not None:
        line.add(person.first, i + 1, "state", "description", (memory.gazetteer.entity(iri),), head=word)
    else:
        line.add(person.first, i + 1, "state", "reference", head=word)


def _add_capital(line: Line, i: int, memory: Memory) -> bool:
    """Adds "the Chadian capital", "Chad's capital", "the capital of Chad" as the city that it is."""
    first, last = i - 1, i + 1
    owner = line.before(i, ("state",))
    if owner is not None and owner.form == "adjective" and line.word(owner.first - 1) == "the":
        first = owner.first - 1
    elif line.word(i - 1) in POSSESSIVE and (owner := line.before(i - 1, ("state",))) is not None and owner.form == "name":
        first = owner.first
    elif line.word(i - 1) == "the" and line.word(last) == "of" and (
            owner := line.here(last + (2 if line.word(last + 1) == "the" else 1), ("state",))) is not None and owner.form == "name":
        last = owner.last
    else:
        return False
    if owner is None or len(owner.entities) != 1 or memory.gazetteer is None or not _stands_alone(line, last) or line.here(last, ("place",)):
        return False
    city = memory.gazetteer.capital(owner.entities[0].iri, memory.issued)
    if city:
        line.add(first, last, "place", "name", (memory.gazetteer.entity(city),), head="capital")
    return bool(city)


def _led_by(surname: str, memory: Memory) -> Entity | None:
    """The state of the document's pair that a person of this family name leads at its date: "the Sánchez government"."""
    if memory.gazetteer is None:
        return None
    for state in memory.pair:
        for office in ("president", "prime-minister", "chancellor"):
            holder = memory.gazetteer.holder(office, state.iri, memory.issued)
            if holder is not None and any(fold_name(name).split()[-1:] == fold_name(surname).split() for name in (holder.label, *holder.names)):
                return state
    return None


def _owner_before(line: Line, i: int) -> tuple[Mention | None, int]:
    k = i
    while (
        k > 0
        and i - k <= 3
        and (line.low[k - 1] in _BETWEEN or (line.hyphen(k - 1) and line.low[k - 2] in _BETWEEN | {"military"}))
    ):
        k -= 1
    states = [m for m in line.ending.get(k, ()) if m.kind == "state" and m.form in ("adjective", "name", "people")]
    if not states and line.word(k - 1) in POSSESSIVE:
        states = [m for m in line.ending.get(k - 1, ()) if m.kind == "state" and m.form in ("name", "metonym")]
        joined = len(states) == 1 and line.word(states[0].first - 1) == "and" and line.word(states[0].first - 2) in POSSESSIVE
        other = line.before(states[0].first - 2, ("state",)) if joined else None
        if other is not None and other.form in ("name", "metonym"):  # "Chile's and Peru's"
            return replace(states[0], entities=(*other.entities, *states[0].entities)), other.first
    if not states:
        return None, i
    state = min(states, key=lambda m: m.first)
    # "Russian and Kazakh officials": both states.
    if (
        line.word(state.first - 1) in ("and", "-", "–")
        and (other := line.before(state.first - 1, ("state",))) is not None
        and (other.form == "adjective" and state.form == "adjective")
    ):
        both = Mention(
            other.start,
            state.end,
            other.first,
            state.last,
            "state",
            "",
            "adjective",
            (*other.entities, *state.entities),
        )
        return both, other.first
    return state, state.first


def _stands_alone(line: Line, i: int) -> bool:
    word = line.word(i)
    if line.hyphen(i):
        return False
    if word in NOUN_VERBS and not word.endswith("s") and line.low[i - 1].endswith(("s", "people", "men")):
        return True
    return (
        not line.alpha(i)
        or word in SMALL
        or line.verb(i)
        or word.endswith(("ed", "ly"))
        or (not line.cap(i) and (word.endswith("s")))
        or i in line.values
        or word in ("will",)
    )


def _states_of(line: Line, k: int) -> tuple[list[Entity], int]:
    """The states named in a row from token k on ("Chile, Peru and Togo"), and where the last of them ends."""
    states: list[Entity] = []
    end = k
    while k < len(line):
        k = k + 1 if line.word(k) == "the" else k
        state = line.here(k, ("state",))
        if state is None or state.form in ("adjective", "people"):
            break
        states.extend(e for e in state.entities if e not in states)
        end = k = state.last
        if line.word(k) in (",", "and"):
            k += 2 if line.word(k) == "," and line.word(k + 1) == "and" else 1
        else:
            break
    return states, end


def _add_of(line: Line, i: int, word: str, single: str) -> None:
    states, end = _states_of(line, i + 2)
    if not states:
        return
    first = i
    while first > 0 and line.low[first - 1] in _BETWEEN:
        first -= 1
    lone = (word == single and single not in _ALONE) or line.word(i - 1) == "joint"
    if lone and single not in ("government", "leadership", "people"):
        return
    _add(line, first, end, word, single, tuple(states))


def add_ministries(line: Line, memory: Memory) -> None:
    """Adds a state's ministries, parliament, embassy: one label whatever the order of the words."""
    for i, word in enumerate(line.low):
        single = _MINISTRIES.get(word)
        if single is not None and single not in ("government", "military", "cabinet"):
            _add_ministry(line, i, single, memory)
        elif word in _AGENCIES and line.low[i - 1] in _AGENCY_FIELDS:
            _add_agency(line, i, memory)


_AGENCIES = lists("groups")["agencies"]
_AGENCY_FIELDS = lists("groups")["agency-fields"]
_BANKS = lists("groups")["banks"]


def _add_agency(line: Line, i: int, memory: Memory) -> None:
    """Adds "the Chilean customs service", "Georgia's statistics office": an office of a state that has no capitals."""
    first = i
    while first > 0 and line.low[first - 1] in _AGENCY_FIELDS and not line.cap(first - 1) and line.word(first - 1) != "and":
        first -= 1
    plain = line.low[i] not in _BANKS and all(line.low[k] in ("national", "state", "federal", "central") for k in range(first, i))
    if first == i or line.cap(i) or plain or line.word(i + 1) == "for" or (line.cap(i + 1) and not line.titled):
        return
    owner = line.before(first, ("state",))
    if owner is None and line.word(first - 1) in POSSESSIVE:
        owner = line.before(first - 1, ("state",))
    if line.word(i + 1) == "of":
        behind = line.here(i + 2 + (line.word(i + 2) == "the"), ("state",))
        owner = behind if owner is None and behind is not None and behind.form == "name" else None  # "the central bank of Chad"
    if owner is None or len(owner.entities) != 1 or owner.form == "people" or (line.alpha(i + 1) and line.word(i + 1) in _AGENCIES):
        return
    begin, last = min(owner.first, first), max(owner.last, i + 1)
    if line.word(last) == "," and line.here(last + 1, ("company", "organisation")) is not None:
        return  # "Brazil's development bank, BNDES,": it has its name
    if any(m.first < last and m.last > begin and m.kind in ("organisation", "body", "company", "person", "office") for m in line.mentions):
        return
    words = line.slice(first, i + 1)
    label = f"{words[:1].upper()}{words[1:]} of {owner.entities[0].label}"
    known = [e for e in memory.gazetteer.by_label(label.title().replace(" Of ", " of ")) if e.kind == "organisation"] if memory.gazetteer is not None else []
    entity = known[0] if known else memory.make("organisation", label, owner.entities[0].iri, (line.slice(begin, last), words))
    line.add(begin, last, "organisation", "name", (entity,), head=line.low[i])


_MINISTRIES = {plural(w): w for w in _NOUNS["ministry"]} | {w: w for w in _NOUNS["ministry"]}
_FIELDS = _LISTS["groups-fields"]
_ACTING_FOR = lists("groups")["acting-for"]
_FOREIGN = frozenset({"foreign", "foreign affairs", "external affairs"})


def _add_ministry(line: Line, i: int, single: str, memory: Memory) -> None:
    if any(
        m.first <= i < m.last and m.entities and m.entities[0].known and m.kind == "organisation" for m in line.mentions
    ):
        return
    first, last = i, i + 1
    while first > 0 and (
        line.low[first - 1] in _FIELDS
        or (line.low[first - 1] in ("affairs", "and", "&", "rights", "works") and (line.low[first - 2] in _FIELDS))
    ):
        first -= 1
    if _add_several(line, first, i, single):
        return
    field = " ".join(w for w in line.low[first:i])
    if single in ("ministry", "secretariat", "court") and line.word(last) in ("of", "for") and line.alpha(last + 1):
        j = last + 1
        begin = j
        while j < len(line) and (
            (line.cap(j) and line.here(j, ("state",)) is None)
            or (line.low[j] in ("and", "&", ",", "for") and (line.cap(j + 1)) and line.here(j + 1, ("state",)) is None)
            or line.low[j] in _FIELDS | {"affairs"}
        ):
            if line.low[j] in _NOUNS["ministry"]:
                break
            if line.low[j] == "," and not any(line.low[k] == "and" for k in range(j, min(j + 4, len(line)))):
                break
            if line.low[j] in ("and", "&", ",") and line.cap(j + 1) and (not line.cap(j - 1) or line.here(j + 1, ("company", "organisation")) is not None):
                break  # "the ministry of energy and Muscat Foods"
            j += 1
        j = before_name(line, begin - 1, j)  # "the Ministry of Finance | Ana Lima"
        while j > begin and line.low[j - 1] in ("and", ",", "&", "for"):
            j -= 1
        if j > begin:
            field, last = line.slice(begin, j), j
    states: list[Entity] = []
    begin = first
    owner = line.before(first, ("state",))
    if owner is None and line.word(first - 1) in POSSESSIVE:
        owner = line.before(first - 1, ("state",))
        begin = owner.first if owner else first
    elif owner is not None:
        begin = owner.first
    if owner is not None and len(owner.entities) == 1 and owner.form != "people":
        states.extend(owner.entities)
    elif line.word(last) in ("of", "in", "(") or line.word(last) == ",":
        k = last + 1
        k = k + 1 if line.word(k) in DETERMINERS else k
        found = line.here(k, ("state",))
        if (
            found is not None
            and found.form == "name"
            and (line.word(last) != "," or line.word(found.last) in (",", ".", ")", "and", ""))
            and (line.word(last) == "of" or (line.word(last) in ("(", ",") and (single == "ministry")))
        ):
            states.extend(found.entities)
            last = found.last + (1 if line.word(last) == "(" and line.word(found.last) == ")" else 0)
        elif line.word(last) == "in" and (ruled := _ruled_from(line, last + 1, memory)) is not None:
            states, last = [ruled[0]], ruled[1]  # "the foreign ministry in Brasilia"
    many = line.low[i] != single
    if single in ("embassy", "consulate", "consulate-general"):
        _add_embassy(line, first, last, begin, i, single, states)
        return
    if not field and not states:
        return
    if single in ("ministry",) and not field:
        return
    if single in ("court", "secretariat") and not (line.cap(i) and field):
        return
    if many and not states:
        return
    label = _ministry_label(single, field, states)
    names = tuple(dict.fromkeys((" ".join(line.slice(first, last).split()), " ".join(line.slice(begin, last).split()))))
    if not states:
        if not line.cap(i) or len(line.slice(first, last).split()) < 2:
            return
        like = memory.find_like("organisation", label)
        entity = like or memory.make("organisation", line.slice(first, last))
    else:
        entity = memory.make("organisation", label, states[0].iri, names)
    if memory.gazetteer is not None:
        known = [e for n in (label, *names) for e in memory.gazetteer.by_label(n) if e.kind == "organisation"]
        entity = known[0] if known else entity
    if any(
        m.first <= begin and m.last >= last and m.kind in ("organisation", "body") for m in line.mentions
    ) or line.crosses(begin, last):
        return
    line.add(begin, last, "organisation", "name", (entity,), head=single, busy=True)


def _add_several(line: Line, first: int, i: int, single: str) -> bool:
    """Adds "the Chilean and Peruvian parliaments", "the foreign ministries of Chile and Peru": they act for their states."""
    if line.low[i] == single or single not in _ACTING_FOR:
        return False
    owner, begin = _owner_before(line, first)
    states, end = (list(owner.entities), i + 1) if owner is not None else _states_of(line, i + 2) if line.word(i + 1) == "of" else ([], i)
    if len(states) > 1:
        line.add(begin if owner is not None else first, end, "state", "description", tuple(states), head=line.low[i], busy=True)
    return len(states) > 1


def _ministry_label(single: str, field: str, states: list[Entity]) -> str:
    words = field.strip().lower()
    if words in _FOREIGN:
        words = "Foreign Affairs"
    name = {"ministry": "Ministry of ", "secretariat": "Secretariat of "}.get(single)
    titled = " ".join(w if w in ("and", "of", "for", "the", "&") else w[:1].upper() + w[1:] for w in words.split())
    base = f"{name}{titled}" if name else f"{titled} {single.title()}".strip()
    if not states:
        return base
    if single in _OF_THEIR_STATE and not titled:
        return f"{base} of {states[0].label}"
    return f"{base} ({states[0].label})"


def _add_embassy(line: Line, first: int, last: int, begin: int, i: int, single: str, states: list[Entity]) -> None:
    # A mission belongs to its state; where it stands is told by "in ..." behind it.
    if states and line.free(begin, last):
        line.add(begin, last, "group", "description", tuple(states), head=single)
    del first, i
