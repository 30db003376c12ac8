"""People and offices: "Dutch Prime Minister Mark Rutte", "Ana Lima, the Angolan envoy", "the Kazakh president"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.gazetteer import Name
from kg.mentions.known import concept_of
from kg.mentions.line import (
    AUXILIARIES,
    COMMON,
    DASHES,
    DETERMINERS,
    POSSESSIVE,
    PREPOSITIONS,
    SMALL,
    VERBS,
    Line,
)
from kg.mentions.memory import Memory
from kg.mentions.phrases import PORTFOLIO, before_name, phrase_end
from kg.mentions.words import lists, plural, with_plurals
from kg.model import Concept, Entity, Mention
from kg.words import fold_name
from kg.words.verbs import verb_tags

__all__ = ["Office", "add_people"]

_LISTS = lists("small")

_PEOPLE = lists("people")
_OFFICES = with_plurals("people", "office")
_TWO = {tuple(p.split()): w for w in _PEOPLE["two-word"] for p in (w, plural(w))}
_WEAK = _PEOPLE["weak-office"]
_MODIFIERS = _PEOPLE["modifier"]
_BODIES = _PEOPLE["body"]
_ADDRESS = _PEOPLE["address"]
_TITLES = _PEOPLE["title"]
_FAMILY_FIRST = _PEOPLE["family-first"]
_FAMILY_DOUBTFUL = _PEOPLE["family-doubtful"]
_ROYAL = _PEOPLE["royal"]
_PARTICLES = _PEOPLE["particle"]
_SAYING = _PEOPLE["saying"]
_NOUNS = lists("nouns")
_ORGANISATIONAL = (
    _NOUNS["organisation"]
    | _NOUNS["place"]
    | _NOUNS["facility"]
    | _NOUNS["event"]
    | _NOUNS["agreement"]
    | _LISTS["people-no-surname"]
) - _LISTS["people-surname-too"]
_ORG_KINDS = ("organisation", "company", "body", "group")
# Adjectives that stand between whose an office is and the office; how most of them end.
_EPITHETS = frozenset("new young old powerful veteran long serving tough strong popular divisive combative urbane hawkish pragmatic controversial liberal radical "
                      "influential beleaguered embattled deposed exiled ousted disgraced respected trusted seasoned experienced celebrated jailed".split())
_ADJECTIVAL = ("ly", "ous", "ive", "ary", "ish", "less", "able", "ible", "spoken", "est", "ful", "istic", "ist", "ing")
_STATE_OFFICES = _LISTS["people-state-offices"] | {
    "heads of state",
    "heads of government",
    "prime ministers",
    "foreign ministers",
    "defence ministers",
}
_NO_PERSON = _LISTS["people-no-person"]
_ROMAN = _LISTS["people-roman"]
_GIVEN = lists("given")["given"]
_NO_SURNAMES = frozenset(word for group in _NOUNS.values() for word in group) | COMMON | _MODIFIERS
_HONOURS = frozenset({"rt", "right", "hon", "honourable", "honorable", "h.e", "excellency", "highness", "majesty", "mr", "mrs", "ms", "dr"})
_KIN = frozenset({"counterpart", "colleague", "homologue", "number", "predecessor", "successor"})
_RELATED = frozenset({"host", "hostess", "guest", "visitor", "interlocutor", "rival", "opponent", "challenger", "mentor", "aide", "adviser", "advisor", "confidant"})
_WHOSE = frozenset({"his", "her", "their", "my", "our", "'s"})
_THING_BEFORE = DETERMINERS | {"“", '"', "«", "‘", "-", "&"}


@dataclass(frozen=True, slots=True)
class Office:
    """An office phrase: its tokens, its head, whether plural, whose it is, its concept."""

    first: int
    last: int
    head: str
    many: bool
    owners: tuple[Entity, ...]
    concept: Concept | None


def add_people(line: Line, memory: Memory, offices: Mapping[int, tuple[int, Name]]) -> None:
    """Adds every person and office of the sentence. ``offices``: known office words, by their first token."""
    taken: set[int] = set()
    i = 0
    while i < len(line):
        if (
            line.low[i] in _OFFICES
            or line.low[i] in ("foreign", "prime", "crown", "vice", "heads", "head")
            or i in offices
        ):
            office = _read_office(line, i, offices)
            if office is not None and office.first not in taken:
                first, last = office.first, office.last
                taken.update(range(first, last))
                _add_office(line, office, memory)
                i = max(i + 1, last)
                continue
        if line.low[i].rstrip(".") in _ADDRESS and line.cap(i):
            _add_addressed(line, i, memory)
        i += 1
    _add_bare_names(line, memory)
    _extend_known(line, memory)


# offices -----------------------------------------------------------------------------------------------------


_TITLE_TAILS = frozenset({"general", "extraordinary", "plenipotentiary", "elect", "designate"})


def _read_office(line: Line, i: int, offices: Mapping[int, tuple[int, Name]]) -> Office | None:
    """The office phrase whose head begins at token i, with modifiers before and "of ..." behind."""
    low = line.low
    concept: Concept | None = None
    if not line.free(i, i + 1) and not any(m.kind in ("body", "agreement", "event") for m in line.at.get(i, ())):
        inside = [m for m in line.mentions if m.first <= i < m.last and m.form == "name" and m.kind != "state"]
        if inside:
            return None
    k = i + 1
    while low[i] == "deputy" and k < i + 4 and k < len(line) and low[k] in _MODIFIERS and low[k] not in _OFFICES:
        k += 1
    if k > i + 1 and k < len(line) and low[k] in _OFFICES and low[k] != "general" and not (i in offices and offices[i][0] > k):
        return None  # "Deputy | Justice Minister"
    if i in offices:
        last, name = offices[i]
        concept = concept_of(name, "office")
        head = " ".join(low[i:last])
        last = _further_portfolio(line, last) if " of " in head or " for " in head else last
        holder = head.partition(" of ")[0].partition(" for ")[0].partition(" to ")[0]
        many = holder.endswith("s") and not holder.endswith(("ss", "affairs"))
    elif tuple(low[i : i + 3]) in _TWO or tuple(low[i : i + 2]) in _TWO:
        size = 3 if tuple(low[i : i + 3]) in _TWO else 2
        last = i + size
        head = " ".join(low[i:last])
        many = _TWO[tuple(low[i:last])] != head
    elif low[i] in _OFFICES:
        last = i + 1
        many = _OFFICES[low[i]] != low[i]
        head = low[i]
    else:
        return None
    while line.hyphen(last) and low[last + 1] in ("in", "general", "elect", "plenipotentiary"):
        last += 3 if low[last + 1] == "in" else 2
    while low[last : last + 1] and (low[last] in _TITLE_TAILS or (
            low[last] == "responsible" and low[last + 1 : last + 2] == ["for"])):
        last += 1
        if low[last : last + 2] == ["and", "plenipotentiary"]:
            last += 2
    first = _office_start(line, i)
    if concept is None and first in offices and offices[first][0] == last:
        concept = concept_of(offices[first][1], "office")  # "the foreign | ministers"
    if last < len(line) and (
        line.word(last) in ("election", "elections", "office", "palace", "administration") or (line.hyphen(last))
    ):
        return None
    if head in _NO_PERSON or (head.rpartition(" ")[2] in _NO_PERSON and "of" not in head):
        return None
    if head in ("president", "chairman", "chairwoman") and _HOUSES.intersection(low[first:i]) and _is_general(concept):
        concept = Concept("office", "speaker-of-parliament")  # "Bundestag President", "Senate Chairman"
    owners: list[Entity] = []
    whose = _epithets(line, first)
    before = line.before(whose, ("state", *_ORG_KINDS))
    house = next((m for m in line.mentions if m.kind in _ORG_KINDS and m.entities and m.first < first < m.last <= i), None)
    if house is not None:
        owners.extend(house.entities)  # "Kazakhstan Senate Chairman"
    elif before is not None:
        owners.extend(before.entities)
    elif line.word(whose - 1) in POSSESSIVE:
        owner = line.before(whose - 1, ("state", *_ORG_KINDS))
        if owner is not None:
            owners.extend(owner.entities)
    end, named = _office_complement(line, last, head)
    owners.extend(e for e in named if e not in owners)
    for m in line.mentions:
        # "director of the Centre" is a known office, "Centre for Baltic Studies" the body meant.
        if m.kind in _ORG_KINDS and i < m.first < last < m.last and m.form == "name":
            end = max(end, m.last)
            owners.extend(e for e in m.entities if e not in owners)
    if head in _WEAK and end == last and first == i and not owners and not _name_follows(line, last):
        return Office(first, end, head, many, (), concept) if _appositive(line, first) and not many else None
    if (
        head in ("general", "marshal", "colonel", "admiral", "prince", "sheikh")
        and not _name_follows(line, end)
        and end == last
    ):
        return None
    if (
        head in ("state", "fellow", "writer", "author", "general", "executive", "chief", "assistant")
        and not _name_follows(line, end)
        and not line.cap(i)
    ):
        return None
    if many and (_OFFICES.get(head, head) in _WEAK or head in ("experts", "scientists", "analysts")):
        return None
    if (
        many
        and first == i
        and not owners
        and end == last
        and (head in _WEAK or (concept is not None and not line.cap(i)))
        and not _name_follows(line, last)
    ):
        return None
    return Office(first, end, head, many, tuple(owners), concept)


_HOUSES = frozenset("senate parliament bundestag bundesrat duma knesset sejm riksdag verkhovna mazhilis majilis majlis storting folketing eduskunta seimas saeima riigikogu".split())


def _is_general(concept: Concept | None) -> bool:
    """Whether a known office is only the general one, which the words around it may narrow."""
    return concept is None or concept.word in ("president", "chairman")


def _further_portfolio(line: Line, last: int) -> int:
    # "Minister of Energy | and Infrastructure Ana Lima": the token behind what else a known office is in charge of
    while line.cap(last) and line.word(last) in PORTFOLIO and line.cap(last + 1):
        last += 1  # "Minister for International Development | Cooperation Ana Lima"
    if not line.cap(last - 1):
        return _plain_portfolio(line, last)
    kind = last + 2 if line.word(last + 1) in _MODIFIERS and line.cap(last + 2) else last + 1  # "and | Regional Integration"
    if line.word(last) not in ("and", "&", ",") or not line.cap(last + 1) or (line.word(kind) not in PORTFOLIO and line.word(last + 1) not in PORTFOLIO):
        return last
    stop = phrase_end(line, last + 1)
    cut = before_name(line, last + 1, stop)
    return cut if cut < stop or all(line.low[k] in PORTFOLIO or line.low[k] in _MODIFIERS or line.low[k] in ("and", "&", ",") for k in range(last + 1, cut)) else last


def _plain_portfolio(line: Line, last: int) -> int:
    # "minister of trade | and industry", "minister of agriculture | , food and rural development", in small letters
    k, end = last, last
    while line.word(k) in ("and", ",", "&"):
        k += 1
        while line.word(k) in PORTFOLIO or (line.word(k) in _MODIFIERS and line.word(k) != "and" and line.word(k + 1) in PORTFOLIO):
            if line.cap(k):
                return end
            k += 1
        if line.word(k - 1) not in PORTFOLIO:
            return end
        if "and" in line.low[last:k] or "&" in line.low[last:k]:
            end = k
    whole = line.cap(k) or not line.alpha(k) or line.word(k) in SMALL or line.word(k) in PREPOSITIONS or line.word(k) in AUXILIARIES or line.verb(k)
    return end if whole else last


def _epithets(line: Line, first: int) -> int:
    """Where the adjectives begin that part an office at token first from whose it is: "Iran's | outspoken | vice-president"."""
    start = first
    while start > first - 4 and line.alpha(start - 1) and not line.cap(start - 1) and (
            line.low[start - 1].endswith(_ADJECTIVAL) or line.low[start - 1] in _EPITHETS or (
                line.low[start - 1].endswith("ed") and (line.word(start - 2).endswith("ly") or line.hyphen(start - 2)))):
        start -= 1
        while line.hyphen(start - 1) and line.alpha(start - 2):
            start -= 2
    if start == first or not (line.word(start - 1) in POSSESSIVE or ((state := line.before(start, ("state",))) is not None and state.form == "adjective")):
        return first
    return start


def _appositive(line: Line, first: int) -> bool:
    # "Ana Lima, an analyst", "Ana Lima, analyst"
    comma = first - 2 if line.word(first - 1) in ("a", "an", "the") else first - 1
    return line.word(comma) == "," and line.cap(comma - 1)


def _was_elected(line: Line, i: int) -> bool:
    """Whether "elected" at token i is a verb: "was then elected president", "was re-elected chairman"."""
    i -= 1
    if line.hyphen(i):
        return True
    while line.word(i).endswith("ly") or line.word(i) in ("then", "first", "later", "again", "also", "since", "twice", "thus"):
        i -= 1
    return line.word(i) in ("was", "were", "is", "are", "be", "been", "being", "got")


def _office_start(line: Line, i: int) -> int:
    first = i
    while first > 0:
        word = line.low[first - 1]
        if (
            line.hyphen(first - 1)
            and first - 2 >= 0
            and (line.low[first - 2] in _MODIFIERS or line.low[first - 2] in _OFFICES)
        ):
            first -= 2
            continue
        if (
            word in _MODIFIERS
            and word != "and"
            and not (first - 1 == 0 and word in ("current", "new") and not line.cap(0))
            and not (word == "elected" and _was_elected(line, first - 1))
        ):
            first -= 1
            continue
        if word in _BODIES and (line.cap(first - 1) or word in ("government", "party")):
            first -= 1
            continue
        if (
            word in ("and", "&", ",")
            and first >= 2
            and line.low[first - 2] in _MODIFIERS
            and line.low[first] in _MODIFIERS
            and (line.low[first - 2] not in ("newly", "former", "then"))
        ):
            first -= 2
            continue
        if word == "’s" or not any(
            m.kind == "sector" and m.last == first and m.first < first for m in line.ending.get(first, ())
        ):
            break
        if line.word(first - 1) in VERBS:
            break
        first = min(m.first for m in line.ending[first] if m.kind == "sector")
    return first


def _office_complement(line: Line, last: int, head: str) -> tuple[int, list[Entity]]:
    """The token behind "of ...", "to ...", "for ..." of an office, and the actors named in it."""
    end = last
    owners: list[Entity] = []
    named_body = " of " in head
    vice = head.replace(" ", "") in ("vice-president", "vicepresident")
    head = head.partition(" of ")[0].partition(" to ")[0]
    head = head.rpartition(" ")[2] if "minister" not in head else head
    for _ in range(4):
        word = line.word(end)
        if (
            word == "of"
            or (
                word == "for"
                and (
                    "minister" in head
                    or "secretary" in head
                    or vice
                    or head in ("commissioner", "representative", "envoy", "expert", "vice-president", "director", "deputy", "adviser", "advisor", "coordinator", "ambassador",
                                "spokesman", "spokeswoman", "spokesperson", "under-secretary", "undersecretary", "speaker")
                )
            )
            or (
                word == "to"
                and head
                in ("ambassador", "commissioner", "assistant", "adviser", "advisor", "envoy", "high commissioner")
            )
            or (
                word == "in"
                and head in ("ambassador", "consul", "envoy", "commissioner", "general")
                and line.here(_the(line, end + 1), ("state", "place")) is not None
            )
            or (word == "on" and head in ("assistant", "adviser", "envoy", "representative", "expert", "minister"))
            or (
                (end > last or named_body)
                and word in ("for", "at")
                and head in ("director", "head", "chief", "chairman", "researcher", "fellow")
            )
            or (word in ("at", "with") and head in ("expert", "professor", "fellow", "researcher", "analyst", "scholar"))
        ):
            begin = end + 1
            start = begin + 1 if line.word(begin) in DETERMINERS else begin
            if (
                start in line.values
                or line.word(start) in ("which", "whom", "both", "two")
                or line.word(begin) in ("this", "these", "that")
            ):
                break
            found = line.here(start, ("state", *_ORG_KINDS, "place"))
            if found is not None and found.form != "adjective" and not line.hyphen(found.last):
                stop = found.last
                sent = word in ("to", "in") and head in ("ambassador", "commissioner", "envoy", "high commissioner")
                owners.extend(e for e in found.entities if found.kind != "place" or (sent and e.state))
                while (
                    line.word(stop) in ("and", ",")
                    and (more := line.here(_the(line, stop + 1), ("state",))) is not None
                    and (more.form != "adjective")
                ):
                    owners.extend(more.entities)
                    stop = more.last
                if found.kind == "state" and line.word(stop) in POSSESSIVE:
                    ruled = next((k for k in range(stop + 1, min(stop + 6, len(line))) if line.low[k] in _RULING), 0)
                    if ruled and all(line.alpha(k) or line.hyphen(k) for k in range(stop + 1, ruled)):
                        stop = ruled + 1  # "head of Libya's UN-backed government"
            else:
                stop = phrase_end(line, begin)
                while line.word(stop) in (",", "and", "&") and line.cap(stop + 1) and line.word(stop + 1) in PORTFOLIO and phrase_end(line, stop + 1) > stop + 1:
                    stop = phrase_end(line, stop + 1)
                stop = before_name(line, begin, stop)
                if stop == begin or stop - begin > 9:
                    break
                stop = next((k for k in range(begin, stop) if line.low[k] in POSSESSIVE), stop)
                # A person's name right behind the phrase does not belong to it.
                for k in range(start + 1, stop):
                    if (
                        _name_run(line, k) >= k + 2
                        and line.low[k] not in PORTFOLIO
                        and line.word(k + 1) not in PORTFOLIO
                        and (not line.cap(k - 1) or line.low[k - 1] in _ORGANISATIONAL)
                        and line.cap(k)
                        and line.low[k] not in _ORGANISATIONAL
                    ):
                        stop = k
                        break
                stop = max([stop, *(m.last for m in line.mentions if begin <= m.first < stop and m.kind in _ORG_KINDS)])
                owners.extend(
                    e
                    for m in line.mentions
                    if begin <= m.first and m.last <= stop and (m.kind == "state" or m.kind in _ORG_KINDS)
                    for e in m.entities
                )
            end = stop
            continue
        break
    return end, owners


_RULING = frozenset("government parliament cabinet delegation mission embassy army navy senate team diplomacy council".split())


def _the(line: Line, i: int) -> int:
    return i + 1 if line.word(i) == "the" else i


def _name_follows(line: Line, i: int) -> bool:
    return _name_run(line, i) > i


def _add_office(line: Line, office: Office, memory: Memory) -> None:
    first, last, head, many = office.first, office.last, office.head, office.many
    owners, concept = office.owners, office.concept
    whose = _epithets(line, first)
    state = line.before(whose, ("state",))
    if state is None and line.word(whose - 1) in POSSESSIVE:
        state = line.before(whose - 1, ("state",))
    if state is not None and state.form == "people":
        state = None
    house = None if state is not None or many else line.before(whose - 1 if line.word(whose - 1) in POSSESSIVE else whose, ("organisation", "company"))
    start = state.first if state is not None else house.first if house is not None and house.form == "name" else first
    while (
        line.word(start - 1) in ("former", "late", "then", "current", "outgoing", "senior", "acting", "ex")
        and state is not None
    ):
        start -= 1
        if line.hyphen(start) and line.word(start - 1) == "then":
            start -= 1
    if line.hyphen(start - 1) and line.word(start - 2) in ("then", "ex", "vice"):
        start -= 2
    elif line.word(start - 1) in ("then", "former", "late") and state is not None:
        start -= 1
    states = tuple(e for e in owners if e.kind == "state")
    double = None if many else _office_before(line, start)
    if double is not None and not owners and double.entities:
        owners = double.entities
        states = tuple(e for e in owners if e.kind == "state")
    name_first = last
    if not many:
        name_first = _skip_to_name(line, last)
        if name_first > last and line.word(last) == "," and _behind_name(line, start):
            name_first = last  # "Ana Lima, Minister of Trade of Peru, Mr. Ivo Novak, ...": the office is that of the name before
    run = _name_run(line, name_first) if name_first else name_first
    person: Mention | None = None
    if not many and run > name_first and not _is_office_word(line, name_first):
        stated = states[0] if states else None
        entity = _person_of(line, name_first, run, head, concept, stated, memory)
        if entity is not None:
            span_end = run
            if line.word(run) == "]" and line.word(start - 1) == "[" and line.here(run + 1, ("person",)):
                span_end = run + 2
                start -= 1
            if head in _ROYAL and line.word(run) == "of" and (where := line.here(run + 1, ("state",))):
                span_end = where.last
            person = _add_whole(line, _honours(line, start if double is None else double.first), span_end, entity)
            line.add(name_first, run, "name", "name", (entity,), head=entity.label)
    elif run == name_first and not many and state is None and not owners and line.cap(first):
        pass
    line.add(first, last, "office", "office", owners, concept=concept, head=line.slice(first, last))
    if many:
        _add_several(line, last, head, concept, states, memory)
    if person is not None or many:
        if many and states and line.word(first - 1) not in ("two", "both"):
            _add_officials(line, start, last, head, states)
        return
    opening = start
    if line.word(start - 1) in ("the", "a", "an"):
        opening = start - 1
    appositive = line.word(opening - 1) == "," and line.before(opening - 1, ("person",)) is not None
    if not appositive and (states or line.word(opening) == "the"):
        # The office with its state as one phrase: who holds it is resolved by date.
        line.add(opening, last, "office", "office", owners, concept=concept, head=line.slice(first, last))


def _office_before(line: Line, start: int) -> Mention | None:
    """The office joined by "and" to the one that begins at token start: "Deputy Prime Minister | and Foreign Minister Ana Lima"."""
    if line.word(start - 1) not in ("and", "&", "/"):
        return None
    other = line.before(start - 1, ("office",))
    if other is None or line.word(other.first - 1) in ("the", ",", "'s", "’s") or line.word(other.first) == "the":
        return None
    return None if other.text.lower().endswith("s") or any(m.kind == "person" and m.first <= other.first < m.last for m in line.mentions) else other


def _honours(line: Line, start: int) -> int:
    """Where the forms of address begin that stand in front of an office: "Rt. Hon. President Mrs. Ana Lima"."""
    first = start
    while first > 0 and (line.word(first - 1) == "." or (line.word(first - 1).rstrip(".") in _HONOURS and line.cap(first - 1))):
        first -= 1
    return start if first < start and line.word(first) == "." else first


def _behind_name(line: Line, start: int) -> bool:
    """Whether the office that begins at token start stands in apposition to a name before it."""
    comma = start - 2 if line.word(start - 1) in ("the", "a", "an") else start - 1
    if line.word(comma) != ",":
        return False
    if (person := line.before(comma, ("person",))) is not None:
        # "the President of Chile, Ms Ana Lima, the President of Peru, Mr Ivo Soto": she has her office already
        return not any(o.kind == "office" and person.first <= o.first and o.last < person.last for o in line.mentions)
    named = line.cap(comma - 1) and line.cap(comma - 2) and line.low[comma - 2] not in SMALL and line.low[comma - 1] not in SMALL
    return named and not any(m.last == comma and m.kind not in ("name", "person") for m in line.ending.get(comma, ()))


def _add_several(
    line: Line, last: int, head: str, concept: Concept | None, states: tuple[Entity, ...], memory: Memory
) -> None:
    """The names behind an office in the plural: "Presidents A of Chile and B of Peru", "the presidents of Chile and Peru, A and B"."""
    i = last + 1 if line.word(last) == "," and len(states) > 1 else last
    for number in range(4):
        run = _name_run(line, i)
        if run <= i or _is_office_word(line, i):
            return
        where = line.here(_the(line, run + 1), ("state",)) if line.word(run) == "of" else None
        stated = where.entities[0] if where is not None else states[number] if len(states) > number > 0 or len(states) > 1 else None
        single = head.replace("heads of", "head of").removesuffix("s")
        entity = _person_of(line, i, run, single, concept, stated, memory)
        if entity is None:
            return
        _add_whole(line, i, run, entity)
        line.add(i, run, "name", "name", (entity,), head=entity.label)
        end = where.last if where is not None else run
        if line.word(end) not in ("and", ","):
            return
        i = end + 2 if line.word(end) == "," and line.word(end + 1) == "and" else end + 1


def _add_whole(line: Line, first: int, last: int, person: Entity) -> Mention:
    """Adds a person's whole mention; the bare name inside stays as kind "name" only."""
    for m in [m for m in line.mentions if m.kind == "person" and first <= m.first and m.last <= last]:
        line.drop(m)
    return line.add(first, last, "person", "name", (person,), head=person.label, busy=True)


def _add_officials(line: Line, first: int, last: int, head: str, states: tuple[Entity, ...]) -> None:
    if head in _STATE_OFFICES or head.rpartition(" ")[2] in ("ministers", "presidents"):
        line.add(first, last, "state", "description", states, head=head)


def _skip_to_name(line: Line, last: int) -> int:
    # "Then-Premier of Fiji, Ana Lima", "the Foreign Minister of Peru Mr. Lima", "President – Elbasy N. N."
    i = last
    if (line.word(i) in (",", "(") and i + 1 < len(line) and _name_run(line, i + 1) > i + 2) or (
        line.word(i) == "," and line.word(i + 1).rstrip(".") in _ADDRESS
    ):
        i += 1
    elif line.word(i) in DASHES and not line.joined(i):
        j = i + 1
        while j < i + 3 and line.cap(j) and line.word(j + 1) not in DASHES:
            j += 1
        if line.word(j) in DASHES:
            j += 1
        if line.word(j - 1) in DASHES and _name_run(line, j) > j:
            i = j
        elif line.cap(i + 1) and _name_run(line, i + 2) > i + 3:
            i += 2
    while line.word(i).rstrip(".") in _ADDRESS and line.cap(i) and (line.cap(i + 1) or line.word(i + 1) in (".", "'", "’")):
        i += 1 if line.cap(i + 1) else 2
    return i


def _is_office_word(line: Line, i: int) -> bool:
    return line.low[i] in _OFFICES and line.low[i] not in (
        "king",
        "prince",
        "khan",
        "bishop",
        "chancellor",
        "pope",
        "dean",
        "shah",
    )


# names -------------------------------------------------------------------------------------------------------


def _name_run(line: Line, i: int) -> int:
    """The token behind the personal name whose shape begins at token i; i where none does."""
    if i is None or i >= len(line) or not line.cap(i) or not line.alpha(i):
        return i
    known = line.here(i, ("person",))
    if known is not None and known.form == "name":
        return known.last if line.titled else max(known.last, _shape_run(line, i))
    return _shape_run(line, i)


def _shape_run(line: Line, i: int) -> int:
    begin, words = i, 0
    while i < len(line) and words < 6:
        word = line.low[i]
        text = line.tokens[i].text
        if line.cap(i) and line.alpha(i):
            if word in SMALL and not (word in _PARTICIPLES_OF_NAMES and words) and not (word == "may" and words) and not _small_name(line, i):
                break
            if words and line.titled and _headline_verb(line, i):
                break  # "Ambassador Ana Lima Flies to Rome"
            if i == begin and (
                (word in COMMON and not (word in _GIVEN and i > 1 and line.cap(i + 1) and not line.titled)) or (word in _OFFICES and word not in ("king", "prince", "pope", "bishop", "dean"))
            ):
                break
            if word in _ORGANISATIONAL or word in DETERMINERS:
                return begin
            other = line.here(i, ("state", "organisation", "company", "place", "facility", "project"))
            if (
                other is not None
                and other.form != "metonym"
                and (other.kind == "state" or words == 0 or other.last - i > 1)
                and not (words and _last_name(line, i, other))
                and not (words == 0 and _first_name(line, i, other))
            ):
                break
            if other is not None and words >= 2 and other.kind == "place" and line.word(other.last) in ("in", "on") and (
                    when := line.values.get(other.last + 1)) is not None and when.kind == "date":
                break  # "X visited Oslo in May 2014, President Ana Lima | Rome in 2016"
            if len(text) > 3 and text.isupper() and begin + words > i:
                break
            words += 1
            i += 1
            if len(text) <= 2 and text[1:].islower() == (len(text) == 2) and line.word(i) == "." and line.joined(i):
                i += 1
            continue
        if word in _PARTICIPLES_OF_NAMES and words and (
            line.cap(i + 1) or line.word(i + 1) in _PARTICLES or (line.hyphen(i + 1) and line.cap(i + 2))
        ):
            i += 1
            continue
        if word in ("de", "van", "von", "al", "el", "bin", "ibn") and words == 0 and line.cap(i + 1):
            i += 1
            continue
        if (
            (line.hyphen(i) or (word in ("'", "’") and line.joined(i) and line.joined(i + 1)))
            and line.cap(i + 1)
            and words
        ):
            if line.here(i + 1, ("state",)):
                break
            i += 1
            words -= 1
            continue
        if line.hyphen(i) and words >= 2 and _given_part(line, i + 1):
            i += 2  # "Kim Tae-joon"
            continue
        if word in _ROMAN and words:
            i += 1
            continue
        break
    while i > begin and (line.low[i - 1] in DASHES or line.low[i - 1] in _PARTICLES):
        i -= 1
    if i > begin and line.low[i - 1].endswith(".") and all(len(line.low[k]) <= 3 for k in range(begin, i)):
        return begin  # initials alone
    return i


_PARTICIPLES_OF_NAMES = _PARTICLES
_NO_GIVEN_PART = _PEOPLE["no-given-part"]
_NAMES_TOO = _PEOPLE["verb-name"]


def _given_part(line: Line, i: int) -> bool:
    # The second half of a given name: "Tae-joon", "Chan-ocha"; not "Duda-led".
    word = line.word(i)
    return word.isalpha() and not line.cap(i) and 2 <= len(word) <= 6 and word not in _NO_GIVEN_PART and not line.hyphen(i + 1) and len(line.tokens[i - 2].text) <= 7


def _small_name(line: Line, i: int) -> bool:
    # "Mr Do Thanh Liem", "Le Van An": a small word as a name, behind a form of address.
    if line.low[i] in _GIVEN and line.cap(i + 1) and line.cap(i + 2) and line.alpha(i + 1) and line.alpha(i + 2) and not line.titled:
        return True  # "Per Olsson Fridh"
    return line.word(i - 1).rstrip(".") in _ADDRESS and line.cap(i - 1) and line.cap(i + 1) and line.alpha(i + 1)


def _headline_verb(line: Line, i: int) -> bool:
    word = line.low[i]
    return word not in _NAMES_TOO and i + 1 < len(line) and any(tag == "s" for _, tag in verb_tags(word))


def _last_name(line: Line, i: int, other: Mention) -> bool:
    # A state's or place's name as somebody's family name: "Michael Jordan said".
    return other.last - i == 1 and other.form == "name" and _surname_like(line, i + 1)


def _first_name(line: Line, i: int, other: Mention) -> bool:
    # A place's name as a first name behind an office: "Foreign Minister Santiago Cafiero".
    return (
        other.kind == "place"
        and other.last - i == 1
        and (line.word(i - 1) in _OFFICES or (i > 2 and line.cap(i - 1) and line.word(i - 2) in ("of", "for", "and")))
        and line.cap(i + 1)
        and line.alpha(i + 1)
        and line.low[i + 1] not in SMALL
        and line.here(i + 1, ("state", "place", "organisation")) is None
    )


def _surname_like(line: Line, i: int) -> bool:
    word = line.word(i)
    return word in _SAYING or word in AUXILIARIES or word in (",", ".", "and", ")", "")


def _person_of(
    line: Line,
    first: int,
    last: int,
    head: str,
    concept: Concept | None,
    state: Entity | None,
    memory: Memory,
) -> Entity | None:
    """Who is named by tokens first..last behind an office."""
    name = " ".join(line.slice(first, last).split())
    known = line.here(first, ("person",))
    if known is not None and known.last == last and known.entities:
        return memory.know(known.entities[0], name)
    found = memory.person(name)
    if found is None and len(name.split()) > 1:
        found = _same_surname(name, memory)
    if found is not None:
        return memory.know(found, name)
    # "Sh. Ivanov": initials and a family name
    at = last - 1 if line.word(first + 1) == "." or line.word(first).endswith(".") else first
    possible = [p for p in line.surnames.get(at, ()) if state is None or not p.state or p.state == state.iri]
    if at != first:
        possible = [p for p in possible if any(n[:1] == name[:1] for n in (p.label, *p.names))]
    elif len(name.split()) > 2:
        possible = [p for p in possible if _agrees(name, p)]  # "Mohamud Hassan Suleiman" is no Hassan Sheikh Mohamud
    if memory.gazetteer is not None and len(possible) > 1 and memory.issued:
        gazetteer = memory.gazetteer
        possible = [p for p in possible if gazetteer.offices_of(p.iri, memory.issued)] or possible
    if len(possible) == 1 and (state is not None or possible[0].state in {s.iri for s in memory.pair}):
        return memory.know(possible[0], name)
    holder = _holder(concept, head, state, memory)
    if holder is not None and _agrees(name, holder):
        return memory.know(holder, name)
    if memory.gazetteer is not None:
        people = [e for e in memory.gazetteer.by_label(name) if e.kind == "person"]
        if head in _ROYAL:
            people = people or [e for e in memory.gazetteer.by_label(f"{head.title()} {name}") if e.kind == "person"]
        if len(people) == 1:
            return memory.know(people[0], name)
    names = (f"{head.title()} {name}",) if head in _ROYAL else ()
    if head in _ROYAL and line.word(last) == "of" and (where := line.here(last + 1, ("state",))):
        names = (*names, f"{name} of {where.text}", f"{head.title()} {name} of {where.text}")
    person = memory.make("person", name, state.iri if state else "", names)
    return memory.know(person, name, *names)


def _holder(concept: Concept | None, head: str, state: Entity | None, memory: Memory) -> Entity | None:
    if memory.gazetteer is None or not memory.issued:
        return None
    word = concept.word if concept is not None else head.replace(" ", "-")
    for owner in (state,) if state is not None else memory.pair:
        holder = memory.gazetteer.holder(word, owner.iri, memory.issued)
        if holder is not None:
            return holder
    return None


def _agrees(name: str, person: Entity) -> bool:
    words = set(fold_name(name).replace("-", " ").split())
    return any(words <= set(fold_name(n).replace("-", " ").split()) for n in (person.label, *person.names))


def _same_surname(name: str, memory: Memory) -> Entity | None:
    # The same person in a longer or shorter form: "Makhdoom Shah Mahmood Qureshi", "Shah Mahmood Qureshi".
    words = name.split()
    known = memory.person(words[-1])
    if known is None:
        return None
    mine, theirs = set(fold_name(name).split()), set(fold_name(known.label).split())
    return known if mine <= theirs or theirs <= mine else None


def _add_addressed(line: Line, i: int, memory: Memory) -> None:
    """ "Mr Okoye", "Dr. Ana Lima", "Sheikh Hamad bin Khalifa"."""
    j = i + 1
    if line.word(j) == ".":
        j += 1
    while line.cap(j) and line.word(j).rstrip(".") in _ADDRESS and line.cap(j + 1):
        j += 1  # "H.E. Mr. Ana Lima"
    if line.word(j) in ("'", "’") and line.joined(j):
        j += 1  # "Dato' Ahmad"
    if any(m.kind == "person" and m.first <= i < m.last for m in line.mentions):
        return
    if any(m.kind in ("organisation", "facility", "place") and m.first <= i < m.last for m in line.mentions):
        return
    run = _name_run(line, j)
    if run <= j or _is_office_word(line, j):
        return
    person = _person_of(line, j, run, line.low[i].rstrip("."), None, None, memory)
    if person is not None:
        _add_whole(line, i, run, person)
        line.add(j, run, "name", "name", (person,), head=person.label)


def _add_bare_names(line: Line, memory: Memory) -> None:
    """Surnames known from before; unknown names beside an office in apposition or a verb of saying."""
    for i in range(len(line)):
        if not line.cap(i) or not line.alpha(i) or line.busy[i] or line.hyphen(i - 1):
            continue
        if line.low[i].rstrip(".") in _TITLES and line.cap(i + 1):
            continue  # the name stands behind it
        if any(
            m.kind in ("person", "name", "organisation", "place", "agreement", "event")
            and m.first <= i < m.last
            and (m.form == "name")
            for m in line.mentions
        ):
            continue
        run = _shape_run(line, i)
        if run == i:
            continue
        known = memory.person(line.slice(i, run)) if run > i else None
        if known is None and run > i + 1 and (i == 0 or line.cap(i)):
            known = _same_surname(line.slice(i, run), memory)
        if known is not None and not (i == 0 and run == 1 and line.low[0] in COMMON):
            line.add(i, run, "person", "name", (known,), head=known.label, busy=True)
            line.add(i, run, "name", "name", (known,), head=known.label)
            continue
        if run - i < 2 or (line.titled and line.low[:i] != ["by"]) or (line.cap(i - 1) and line.alpha(i - 1) and i > 1):
            continue
        if (_evidence(line, i, run) or _known_for_a_person(line, i, run)) and not line.slice(i, run).isupper():
            name = " ".join(line.slice(i, run).split())
            if any(line.low[k] in COMMON or line.low[k] in _MODIFIERS for k in range(i, min(i + 1, run))):
                continue
            person = memory.know(memory.make("person", name))
            line.add(i, run, "person", "name", (person,), head=name, busy=True)
            line.add(i, run, "name", "name", (person,), head=name)


def _known_for_a_person(line: Line, first: int, last: int) -> bool:
    """Whether a given name and a family name stand there, and nothing round them makes it the name of a thing."""
    if last - first > 4 or not (line.low[first] in _GIVEN or line.low[first] in _FAMILY_FIRST or (
            line.low[first] in _FAMILY_DOUBTFUL and last - first == 4 and not line.cap(last - 1))) or not line.tokens[first].text.istitle() or line.word(first - 1) in _THING_BEFORE:
        return False
    others = [line.here(k, ("state", "place", "organisation", "company", "facility", "project")) for k in range(first, last)]
    if any(others[:-1]) or (others[-1] is not None and others[-1].last - others[-1].first > 1):
        return False  # "Ana Lima" is nobody's place
    after = line.word(last)
    behind = not after or not after.isalpha() or after in VERBS or after in PREPOSITIONS or after in AUXILIARIES or after in SMALL or bool(verb_tags(after))
    return behind and after not in DASHES and not any(line.low[k] in _NO_SURNAMES for k in range(first + 1, last))


def _evidence(line: Line, first: int, last: int) -> bool:
    """Whether something beside the words says that they name a person."""
    after = line.word(last)
    if any(line.here(k, ("state", "place", "organisation", "company")) for k in range(first, last)):
        return False
    if after in (
        "said",
        "says",
        "told",
        "asked",
        "believes",
        "thinks",
        "wrote",
        "writes",
        "recalled",
        "argues",
        "argued",
        "warned",
        "claims",
        "claimed",
        "added",
        "noted",
        "stressed",
        "predicts",
        "predicted",
        "admits",
        "admitted",
    ):
        return True
    if after in (",", "(") and _apposition(line, last + 1):
        return True
    if (
        after in ("is", "was")
        and line.word(last + 1) in ("the", "a", "an", "deputy", "director", "head")
        and _apposition(line, last + 1)
    ):
        return True
    if after == "," and line.word(last + 1) == "who":
        return True
    if _takes_office(line, last):
        return True
    if after in POSSESSIVE and last - first in (2, 3) and _DOINGS.intersection(line.low[last + 1 : last + 5]) and not any(
            line.low[k] in _NO_SURNAMES for k in range(first, last)):
        return True  # "Harjit Sajjan's three-stop tour of"
    before = line.word(first - 1)
    if after in ("succeeded", "succeeds", "replaced", "replaces") and line.cap(last + 1) and line.cap(last + 2):
        return True
    if before in ("succeeded", "succeeds", "replaced", "replaces", "succeed", "replace") and after == "as":
        return True
    if before in ("is", "was") and line.before(first - 1, ("office",)) is not None and after in (".", ",", "(", ";", ""):
        return True  # "Peru's ambassador to Chile is Ana Villar"
    if before == "of" and after in ("as", "to") and line.word(first - 2) in ("election", "appointment", "nomination", "inauguration"):
        return True
    if before == "by" and line.word(first - 2) in _LISTS["people-led"]:
        return True
    if before in _LISTS["people-made"] and (_takes_office(line, last) or line.here(last, ("office",)) is not None):
        return True
    if before in _KIN or (before == "," and line.word(first - 2) in _KIN):
        return True
    known_as = first - 1 - (before == ",")
    if line.word(known_as) in _RELATED and line.word(known_as - 1) in _WHOSE:
        return True  # "his host, Ana Villar, thanked him"
    if after == "and" and line.here(last + 1, ("person",)) is not None:
        return True
    if before == "and" and line.before(first - 1, ("person",)) is not None and last - first <= 3:
        return line.verb(last) or after in AUXILIARIES or after in (".", ",", "")
    return before == "," and any(m.kind == "office" and m.last == first - 1 for m in line.ending.get(first - 1, ()))


_DOINGS = frozenset("visit visits trip tour arrival journey speech address remarks resignation appointment inauguration predecessor successor spokesman spokeswoman spokesperson".split())


def _takes_office(line: Line, i: int) -> bool:
    """Whether from token i on it is said that somebody is, was or became something: "was appointed ambassador to Chile"."""
    for k in range(i, min(len(line), i + 9)):
        if k > i and any(m.kind == "office" and m.first == k for m in line.at.get(k, ())):
            return True
        states = line.here(k, ("state",))
        if line.low[k] not in _LISTS["people-taking"] and states is None and not (k > i and line.low[k] in POSSESSIVE):
            return False
    return False


def _apposition(line: Line, i: int) -> bool:
    # An office phrase begins at token i, whatever stands before its head.
    if line.word(i) in ("and", "or", "but"):
        return False
    if line.word(i) == "at" and line.word(i + 1) in ("the", "that") and line.word(i + 2) in ("time", "moment"):
        i += 3  # "Ana Lima, at the time minister of trade,"
    for k in range(i, min(len(line), i + 7)):
        if any(m.kind == "person" and m.form == "name" for m in line.at.get(k, ())):
            return False
        if any(m.kind == "office" and m.first == k for m in line.at.get(k, ())):
            return True
        word = line.low[k]
        if word in (",", ".", ")", "which", "who", "where") or word in VERBS or (word in PREPOSITIONS and k == i):
            return False
        if word in PREPOSITIONS:
            return False
    return False


def _extend_known(line: Line, memory: Memory) -> None:
    """Lets a person's mention take in an office in apposition behind it: "Ana Lima, the Angolan envoy,"."""
    for m in [m for m in line.mentions if m.kind == "person" and m.form == "name"]:
        if line.word(m.last) != "," or line.titled or not _apposition(line, m.last + 1) or any(
                o.kind == "office" and m.first <= o.first and o.last < m.last and line.word(o.last) == "," for o in line.mentions):
            continue
        offices = [o for o in line.mentions if o.kind == "office" and m.last < o.first <= m.last + 7]
        if not offices:
            continue
        end = max(o.last for o in offices if o.first == min(p.first for p in offices))
        while line.word(end) == "and" and (more := line.here(end + 1, ("office",))):
            end = more.last
        if line.word(end) in ("since", "from", "until", "between", "in") and (when := line.values.get(end + 1)) is not None and when.kind in ("date", "period"):
            end = when.last  # "Ana Lima, president from 2010, and"
        elif (when := line.values.get(end)) is not None and when.kind in ("date", "period"):
            end = when.last
        if end < len(line) and (line.word(end) == ","):
            line.add(m.first, end + 1, "person", "name", m.entities, head=m.head)
        elif line.word(end) in (".", ";", ":", "?", "") or end >= len(line):
            line.add(m.first, end, "person", "name", m.entities, head=m.head)  # "met Ana Lima, president of the chamber."
    del memory
