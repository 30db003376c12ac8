"""Mentions of what the gazetteer knows, of values, and of concepts."""

from __future__ import annotations

from collections.abc import Iterable

from kg.gazetteer import Candidate, Name
from kg.mentions.line import AUXILIARIES, DASHES, DETERMINERS, NOUN_VERBS, POSSESSIVE, PREPOSITIONS, SMALL, VERBS, Line
from kg.mentions.memory import Memory
from kg.mentions.words import lists, verb_forms, with_plurals
from kg.model import Concept, Entity, Mention, Value
from kg.terms import CON
from kg.words import fold_name
from kg.words.closed import is_adverb
from kg.words.verbs import verb_tags

__all__ = ["CONCEPT_KINDS", "add_names", "add_values", "of_others"]

_LISTS = lists("small")

CONCEPT_KINDS = ("sector", "indicator", "office")
_WORKING = lists("known")["working"]
_AT = _LISTS["known-at"]
_MOTION = _LISTS["known-motion"]
_WILL = _LISTS["known-will"]
_TIES = _LISTS["known-ties"]
_NEAR = _LISTS["known-near"]
_FELT = _LISTS["known-felt"]
_LOCAL = _LISTS["known-local"]
_ACTED_ON = _LISTS["known-acted-on"]
_AFFECTING = _LISTS["known-affecting"]
_CURRENCY = _LISTS["known-currency"]
_PARTICLES = lists("known")["particles"]
_CONTINENTAL = lists("known")["continental"]
_OF_CONTINENTS = lists("known")["of-continents"]
_GIVEN = lists("given")["given"]
_FIRM_WORDS = lists("nouns")["company-word"]
_NAMED_AFTER = lists("known")["named-after"]
_TITLES = (
    lists("people")["address"]
    | lists("people")["royal"]
    | frozenset({"president", "minister", "premier", "chancellor", "mr", "mrs"})
)


_OF_TOWNS = lists("known")["of-towns"]

# Bodies of the United Nations where nothing else tells whose they are.
_UN_BODIES = frozenset({("general", "assembly"), ("security", "council")})


def add_values(line: Line, values: Iterable[Value]) -> None:
    """Adds a mention for each value."""
    for value in values:
        span = line.span(value.start, value.end)
        if span:
            mention = line.add(*span, value.kind, value=value)
            for i in range(*span):
                line.values.setdefault(i, mention)


def add_names(line: Line, names: Iterable[Name], memory: Memory) -> None:
    """Adds a mention for each known name that stands here; keeps family names that nothing supports yet in the line."""
    cities: list[tuple[int, int, Name]] = []
    for name in names:
        span = line.span(name.start, name.end)
        if span is None:
            continue
        first, last = span
        if _in_path(line, first, last):
            continue
        if (line.word(last) in _CURRENCY and not _before_money(line, first, last)) or (
            first in line.values
            and line.values[first].kind in ("money", "date", "period")
            and last <= line.values[first].last
        ):
            continue
        if (
            last - first == 1
            and line.word(last) in _OF_TOWNS
            and (line.cap(last + 1) or (line.word(last + 1) in _OF_TOWNS and line.cap(last + 2)))
            and line.cap(first)
            and any(c.kind in ("place", "state") for c in name.candidates)
        ):
            continue  # "Santiago de Cuba" is not Santiago
        if tuple(line.low[first:last]) in _UN_BODIES and (line.word(first - 1) != "the" or line.word(last) in ("of", "for") or line.cap(last)):
            continue  # "the OAS General Assembly", "the Security Council of Chad"
        kinds = {c.kind for c in name.candidates}
        if kinds == {"organisation"} and last - first == 1 and line.word(first - 1) in ("a", "an", "single", "common", "loose", "new") and not line.slice(
                first, last).isupper() and (not line.alpha(last) or line.word(last) in SMALL):
            continue  # "formed a single Commonwealth"
        if kinds & set(CONCEPT_KINDS) and (name.kind in CONCEPT_KINDS or not line.cap(first)):
            _add_concepts(line, first, last, name)
            continue
        if line.word(last) == "consultations" and line.word(last - 1) == "office":
            continue  # "foreign office consultations" are anybody's
        if any(c.form == "metonym" for c in name.candidates):
            if not (line.word(first - 1) in _OF_TOWNS and line.cap(first - 2) and line.alpha(first - 2) and not line.hyphen(first - 2)):
                cities.append((first, last, name))  # "Aéroports de Paris" is no city
            continue
        if name.kind == "person":
            person = _person(name, first, last, line, memory)
            if person is None:
                people = tuple(p for c in name.candidates if c.kind == "person" and (p := _entity(memory, c)))
                line.surnames[first] = people
            else:
                while line.word(last) in _PARTICLES and line.cap(last + 1) and line.alpha(last + 1):
                    last += 2  # "Sultan Haitham bin Tarik Al Said", who is known as "Sultan Haitham"
                line.add(first, last, "person", entities=(person,), head=person.label, busy=True)
                line.add(first, last, "name", entities=(person,))
            continue
        candidate = _choose(name, first, last, line, memory)
        if candidate is not None:
            _add_entity(line, first, last, candidate, memory)
    previous: tuple[int, bool] | None = None
    for first, last, name in cities:
        paired = previous is not None and previous[0] == first - 1 and line.word(first - 1) in ("and", "or", "nor")
        acting = previous[1] if paired and previous is not None else acts(line, first, last)
        _add_city(line, first, last, name, memory, acting)
        previous = (last, acting)


def _in_path(line: Line, first: int, last: int) -> bool:
    """Whether the name is part of a file's path: "zoneinfo/Indian/Chagos", not "Kazakh/Russian/Kyrgyz"."""
    if line.word(first - 1) != "/" or line.word(last) != "/" or first < 2:
        return False
    return not line.cap(first - 2) and line.tokens[first - 2].end == line.tokens[first - 1].start and line.tokens[first - 1].end == line.tokens[first].start


def _before_money(line: Line, first: int, last: int) -> bool:
    """Whether a state's name only stands before an amount ("China lent Ecuador $5 billion"), unlike "US $5 billion"."""
    return line.word(last) in ("$", "€", "£", "¥") and not line.slice(first, last).replace(".", "").isupper()


def _entity(memory: Memory, candidate: Candidate) -> Entity | None:
    if memory.gazetteer is None:
        return None
    try:
        return memory.gazetteer.entity(candidate.iri)
    except KeyError:
        return None


def _add_concepts(line: Line, first: int, last: int, name: Name) -> None:
    for kind in CONCEPT_KINDS:
        candidate = name.of_kind(kind)
        if candidate is not None:
            word = candidate.iri.removeprefix(CON).partition("-")[2]
            if kind == "office":
                continue  # the office room of this package reads its words whole
            line.add(
                first, last, kind, "description", concept=Concept(kind, word), head=line.slice(first, last).lower()
            )
            if kind == "sector" and last - first > 1 and line.word(last - 1) in _WORKING:
                shorter = line.slice(first, last - 1).lower()  # "cultural" in "cultural ties", so that lists of adjectives work
                line.add(first, last - 1, kind, "description", concept=Concept(kind, word), head=shorter)


def concept_of(name: Name, kind: str) -> Concept | None:
    """The concept of this kind that a known name can mean."""
    candidate = name.of_kind(kind)
    return Concept(kind, candidate.iri.removeprefix(CON).partition("-")[2]) if candidate else None


def _choose(name: Name, first: int, last: int, line: Line, memory: Memory) -> Candidate | None:
    strong = [c for c in name.candidates if not c.weak and c.kind not in CONCEPT_KINDS]
    if not strong:
        strong = [c for c in name.candidates if c.iri in memory.seen]
        if not strong:
            return None
    strong = [c for c in strong if c.kind != "agreement" or not of_others(c.iri, memory)]
    if not strong:
        return None
    if len(strong) > 1:
        near = {s.iri for s in (*memory.given, *memory.pair)}
        seen = [c for c in strong if c.iri in memory.seen or c.iri in near]
        strong = seen or [c for c in strong if c.kind == "organisation" and _unites(c.iri, near, memory)] or strong
    if first == 0 and last == 1 and not line.cap(0):
        return None
    if len({c.iri for c in strong if c.kind == "state" and c.form == strong[0].form}) > 1:
        return None  # Congo, Korean: two states that nothing here tells apart
    return strong[0]


_GENERIC_TITLE = lists("known")["generic-title"]


def _unites(iri: str, states: set[str], memory: Memory) -> bool:
    """Whether one of the states is known to have belonged to the organisation."""
    return memory.gazetteer is not None and any(m.member in states for m in memory.gazetteer.members(iri))


def of_others(iri: str, memory: Memory) -> bool:
    """Whether a known agreement whose title many pairs of states could give ("Agreement on Technical Cooperation") binds others than
    the pair of this document.
    """
    if memory.gazetteer is None or len(memory.pair) != 2:
        return False
    parties = {e.iri for e in memory.gazetteer.parties_of(iri)}
    if not parties or {s.iri for s in memory.pair} <= parties or iri in memory.seen:
        return False
    entity = memory.gazetteer.entity(iri)
    words = entity.label.lower().split()
    return words[0] in _GENERIC_TITLE and not any(e.label.lower() in entity.label.lower() for e in memory.gazetteer.parties_of(iri))


def _add_entity(line: Line, first: int, last: int, candidate: Candidate, memory: Memory) -> None:
    entity = _entity(memory, candidate)
    if entity is None:
        return
    if entity.kind == "state" and candidate.form in ("adjective", "people") and line.low[last - 1] in _OF_CONTINENTS and line.word(
            first - 2 if line.hyphen(first - 1) else first - 1) in _CONTINENTAL:
        return
    if entity.kind == "state":
        memory.see_state(entity)
        if candidate.form in ("adjective", "people") and (line.tokens[last - 1].text.endswith(("ns", "is", "ks")) or _counted_people(line, first, last)):
            form = "people"
        else:
            form = candidate.form
        # "Kazakh" and "Kazakhs" may share their word with the people: an adjective stands before a word.
        line.add(first, last, "state", form, (entity,), head=entity.label)
        return
    if last - first > 1 and memory.gazetteer is not None:
        _add_inner(line, first, last, memory)
        if not line.cap(last - 1) and line.alpha(last) and _modifies_next(line, last) and line.here(first, ("state",)):
            return  # "Russian military cargo": an adjective before two nouns, no army
    line.add(first, last, entity.kind, candidate.form, (entity,), head=entity.label, busy=last - first > 1)


def _counted_people(line: Line, first: int, last: int) -> bool:
    """Whether a word that is adjective and people at once counts people: "80,000 Vietnamese live in", "some 3,000 ethnic Chinese"."""
    if not line.low[last - 1].endswith(_PEOPLES):
        return False
    k = first
    while line.word(k - 1) in _OF_PEOPLES:
        k -= 1
    if line.word(k - 1) == "the" and k == first:
        return _act_as_people(line, last)
    if line.word(k - 1) == "of" and line.word(k - 2) in ("number", "share", "proportion", "percentage", "thousands", "hundreds", "majority"):
        return line.word(last) in ("living", "residing", "working", "studying", "settled", "employed", "who", "in", "abroad", "there", "has", "have")
    if not any(m.kind == "number" and m.last == k for m in line.ending.get(k, ())):
        return False
    behind = line.word(last)
    if behind == "-" and line.alpha(last + 1):
        return False  # "71 Polish-language schools"
    return not behind[:1].isalnum() or behind in SMALL or behind in VERBS or (
        behind in NOUN_VERBS and (line.word(last + 1) in SMALL or line.word(last + 1) in ("there", "here", "abroad") or not line.alpha(last + 1)))


def _act_as_people(line: Line, last: int) -> bool:
    """Whether what stands behind "the Vietnamese" is their verb, and no noun that they describe."""
    behind, after = line.word(last), line.word(last + 1)
    if behind == ",":
        return not line.cap(last + 1) and after not in ("and", "or")
    if behind in AUXILIARIES or behind in VERBS or behind in ("who", "themselves", "would", "also", "still", "never", "now", "both", "all"):
        return after != "-"
    return behind in NOUN_VERBS and after in DETERMINERS | {"it", "them", "their", "its", "his", "her", "that", "to"}


_PEOPLES = ("ese", "ish", "ench", "wiss", "utch", "thai", "batswana", "burkinabe", "burkinabé", "emaswati", "kiribati", "basotho", "ellois", "vanuatu")
_OF_PEOPLES = frozenset({"ethnic", "young", "other", "more", "further"})


def _add_inner(line: Line, first: int, last: int, memory: Memory) -> None:
    # States named inside a longer known name.
    assert memory.gazetteer is not None
    for begin, stop in ((first, last - 1), (first + 1, last)):
        start, end = line.tokens[begin].start, line.tokens[stop - 1].end
        for inner in memory.gazetteer.find_names(line.text[start:end]):
            candidate = inner.of_kind("state")
            if candidate is not None and candidate.form in ("name", "adjective"):
                span = line.span(start + inner.start, start + inner.end)
                entity = _entity(memory, candidate)
                if span and entity:
                    memory.see_state(entity)
                    line.add(*span, "state", candidate.form, (entity,), head=entity.label)
                continue
            facility = inner.of_kind("facility")
            if facility is not None and line.word(last - 1) in ("lease", "treaty", "agreement"):
                span = line.span(start + inner.start, start + inner.end)
                entity = _entity(memory, facility)
                if span and entity:
                    line.add(*span, "facility", "name", (entity,), head=entity.label)  # "the Baikonur lease"
                continue
            place = inner.of_kind("place")
            if place is not None and (line.hyphen(last - 1) or any(line.hyphen(k) for k in range(first, last))):
                span = line.span(start + inner.start, start + inner.end)
                entity = _entity(memory, place)
                if span and entity:
                    line.add(*span, "place", "name", (entity,), head=entity.label)


_NAME_LINKS = frozenset({"al", "el", "bin", "ibn", "ben", "bint", "ould", "von", "van", "de", "da", "di"})


def _modifies_next(line: Line, i: int) -> bool:
    word = line.low[i]
    return not line.caps[i] and word not in SMALL and word not in VERBS and not word.endswith(("ed", "ly"))


def _person(name: Name, first: int, last: int, line: Line, memory: Memory) -> Entity | None:
    """The person of a full name; of a family name only where the text, a title or the pair of states supports it."""
    candidates = [c for c in name.candidates if c.kind == "person"]
    if not candidates:
        return None
    full = [c for c in candidates if not c.surname]
    if full and line.cap(last) and line.low[last] in _NAMED_AFTER and not line.titled:
        return None  # "Agostinho Neto University"
    if last - first == 1 and line.word(last).partition("-")[0] in _NAME_LINKS:
        return None  # "Nasser al-Harthy" is no Nasser of one name
    if full:
        entity = _entity(memory, full[0])
        return memory.know(entity, line.slice(first, last)) if entity else None
    named = line.cap(first - 1) and line.alpha(first - 1) and line.word(first - 1) not in _TITLES and (first > 1 or line.low[0] in _GIVEN)
    if named and not _ends_known(line, first):
        return None  # another first name: someone else
    if (
        line.low[first] in _GIVEN
        and not line.titled
        and line.cap(last)
        and line.alpha(last)
        and last not in line.values
        and not line.here(last, ("state", "place"))
    ):
        return None  # "Jonathan Curr": his first name is another's surname
    if line.word(first - 1) in _FIRM_WORDS and not line.cap(first - 1):
        return None  # "the builder Demirel Insaat"
    known = memory.person(line.slice(first, last)) or (memory.first_named(line.slice(first, last)) if last - first == 1 else None)
    if known is not None:
        return known  # also "Sheikh Nasser" behind "Sheikh Nasser al-Harthy", no namesake whom the text never named
    if name.weak:
        return None
    states = {s.iri for s in memory.pair}
    people = [p for c in candidates if (p := _entity(memory, c))]
    near = [p for p in people if p.state in states] or people
    if len(near) > 1 and memory.gazetteer is not None and memory.issued:
        gazetteer = memory.gazetteer
        near = [p for p in near if gazetteer.offices_of(p.iri, memory.issued)] or near
    if len(near) == 1 and line.cap(first):
        return memory.know(near[0], line.slice(first, last))
    return None


def _ends_known(line: Line, first: int) -> bool:
    return any(m.kind in ("state", "organisation", "place") for m in line.ending.get(first, ()))


def _add_city(line: Line, first: int, last: int, name: Name, memory: Memory, acting: bool) -> None:
    if acting and (body := _seated(name, memory)) is not None:
        line.add(first, last, "organisation", "metonym", (body,), head=body.label)
        return
    metonym = next(c for c in name.candidates if c.form == "metonym" and c.kind == "state")
    state = _entity(memory, metonym)
    place = next((e for c in name.candidates if c.kind == "place" and (e := _entity(memory, c))), None)
    if state is not None and line.slice(first, last) == state.label:
        memory.see_state(state)
        line.add(first, last, "state", "name", (state,), head=state.label)  # "Singapore", which is its own capital
        return
    if state is not None and (acting or (place is None and line.word(_back(line, first)) not in _AT)):
        memory.see_state(state)
        line.add(first, last, "state", "metonym", (state,), head=state.label)
    elif place is not None:
        line.add(first, last, "place", "name", (place,), head=place.label)
    elif state is not None:
        label = line.slice(first, last)
        line.add(first, last, "place", "name", (memory.make("place", label, state.iri),), head=label)


def _seated(name: Name, memory: Memory) -> Entity | None:
    """The organisation for which a city stands where it has its seat ("Brussels"), unless the text is about the city's own state."""
    body = next((c for c in name.candidates if c.form == "metonym" and c.kind == "organisation"), None)
    state = next((c.iri for c in name.candidates if c.form == "metonym" and c.kind == "state"), "")
    if body is None or state in {s.iri for s in (*memory.given, *memory.pair)} or (state in memory.seen and body.iri not in memory.seen):
        return None
    return _entity(memory, body)


def _back(line: Line, first: int) -> int:
    i = first - 1
    return i - 1 if line.word(i) == "the" else i


_LEAVING = verb_forms(lists("known")["leaving"]) | lists("known")["bound"]
_HANDING = verb_forms(lists("known")["handing"])
_CARRYING = frozenset(with_plurals("known", "carrying"))
_BEFORE_OBJECTS = lists("known")["before-objects"]


def acts(line: Line, first: int, last: int) -> bool:
    """Whether a city's name stands for the state: as agent, as owner of a policy, as one side of relations."""
    i = _back(line, first)
    before, after = line.word(i), line.word(last)
    if before in ("in", "from") and line.word(i - 1) in _FELT and i == first - 1:
        return True  # "there are fears in Tallinn that", "met with support in Oslo"
    if before == "at" and after in POSSESSIVE and not _WILL.isdisjoint((line.word(last + 1), line.word(last + 2))):
        return True  # "at Quito's express request"
    if after == "in" and line.word(last + 1) in ("turn", "fact") and line.word(last + 2) in AUXILIARIES:
        after = line.word(last + 2)  # "Athens in turn has backed"
    if before in _AT or before in _MOTION or (line.cap(last) and line.alpha(last) and after not in AUXILIARIES):
        return False
    if before == "," and any(
        m.kind in ("organisation", "company", "facility", "place") for m in line.ending.get(i, ())
    ):
        # "according to diplomats in Yangon, Beijing is", "at the talks in Batumi, Ankara opposed"
        return (
            after in AUXILIARIES
            or (
                _fronted(line, i)
                and (line.verb(last + is_adverb(after)) or line.word(last + is_adverb(after)).endswith("ed") or _takes_object(line, last))
            )
        ) and not line.hyphen(first - 1)
    if before == "(" or after == ")" or line.hyphen(first - 1) or line.hyphen(last):
        return False
    if after in POSSESSIVE:
        return line.word(last + 1) not in _LOCAL and not (line.low[last + 1 : last + 2] and _nothing_after(line, last))
    if before in ("to", "from", "of"):
        prior = line.word(i - 1)
        return (
            prior in _WILL if before != "to" else prior in _TIES or prior in _NEAR or _handed(line, i)
            or (line.word(i - 2) == "from" and (line.word(i - 3) in _WILL or line.word(i - 3) in _TIES))  # "shifted recognition from Taipei to Beijing"
        )
    if before == "for" and line.word(i - 1) in _LEAVING:
        return False  # "left for Abidjan"
    if before in _ACTED_ON or (before in _AFFECTING and i == first - 1):
        return True
    if before == "between" or (before in ("and", "or") and _pair_before(line, i)):
        return _relation_near(line, i, last)
    if (
        (after.endswith("ly") or is_adverb(after))
        and line.alpha(last + 1)
        and (line.word(last + 1) in AUXILIARIES or line.verb(last + 1) or line.word(last + 1).endswith("ed"))
    ):
        return first == 0 or before not in VERBS  # "Athens promptly denied"
    if after in ("and", "or") and line.cap(last + 1):
        behind = last + 2 + (line.cap(last + 2) and line.alpha(last + 2))  # "Islamabad and New Delhi entered"
        following = line.word(behind)
        return (
            following in AUXILIARIES
            or line.verb(behind)
            or following in NOUN_VERBS
            or following in (",", "are")
            or (first == 0 and following.endswith("ed"))
        )
    if (
        after in AUXILIARIES
        or line.verb(last)
        or after.endswith("ed")
        or after in ("also", "then", "now", "and", "still", "alike")
    ):
        return first == 0 or before not in VERBS
    if (after in NOUN_VERBS and after.endswith("s")) or _takes_object(line, last):
        return True
    dated = (
        (value := line.values.get(first - 1)) is not None and value.kind in ("date", "period") and not line.cap(last + 1)
    )  # "In 2017 Lima, keen to sell, ..."
    if after == "," and (first == 0 or before in ("that", "and", "but") or dated):
        return (last + 1 not in line.values or line.word(last + 1) in ("today", "now")) and line.here(last + 1, ("state",)) is None
    if after and after not in SMALL and after[:1].isalpha():
        return False  # "Moscow summit"
    return before in VERBS


def _fronted(line: Line, comma: int) -> bool:
    """Whether the words in front of this first comma are where or when something happened: "At the talks in Batumi, ..."."""
    return line.word(0) in PREPOSITIONS and line.low.index(",") == comma


def _takes_object(line: Line, i: int) -> bool:
    """Whether token i is a verb in the third person with an object behind it: "favours | the plan", never "talks", "streets"."""
    return line.word(i + 1) in _BEFORE_OBJECTS and any(tag == "s" for _, tag in verb_tags(line.word(i)))


def _handed(line: Line, to: int) -> bool:
    """Whether something is sold, leased or given "to" a city: "leased two islands to Beijing", never "sold tickets to Beijing"."""
    back = range(to - 1, max(-1, to - 10), -1)
    verb = next((k for k in back if line.word(k) in _HANDING or not (line.alpha(k) or k in line.values or line.hyphen(k))), -1)
    return verb >= 0 and line.word(verb) in _HANDING and verb < to - 1 and not any(line.word(k) in _CARRYING for k in range(verb + 1, to))


def _nothing_after(line: Line, last: int) -> bool:
    return not line.alpha(last + 1)


def _pair_before(line: Line, i: int) -> bool:
    return line.cap(i - 1)


def _relation_near(line: Line, i: int, last: int) -> bool:
    for back in range(i, max(-1, i - 8), -1):
        if line.word(back) == "between" and back == 0 and "there" in line.low[i : i + 8]:
            return True  # "Between Lima and La Paz there are no disputes"
        if line.word(back) == "between":
            return any(line.word(k) in _TIES for k in range(max(0, back - 3), back))
        if line.word(back) in ("in", "from", "to"):
            return False
    # "Moscow and Astana, together with": two metonyms as a subject.
    return last < len(line) and (
        line.word(last) in AUXILIARIES or line.verb(last) or line.word(last) in {",", "alike"}
    )


def state_at(line: Line, i: int) -> Mention | None:
    """The state mention that begins at token i."""
    return line.here(i, ("state",))


def same_name(one: str, other: str) -> bool:
    """Whether two spellings differ in case, accents and dashes only."""
    return fold_name(one) == fold_name(other)


def is_dash(word: str) -> bool:
    """Whether the word is a dash of any length."""
    return word in DASHES
