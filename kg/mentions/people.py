"""People and offices: "Dutch Prime Minister Mark Rutte", "Ana Lima, the Angolan envoy", "the Kazakh president"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.gazetteer import Name
from kg.mentions.bare_names import add_bare_names, extend_known
from kg.mentions.line import (
    COMMON,
    DASHES,
    DETERMINERS,
    POSSESSIVE,
    SMALL,
    Line,
)
from kg.mentions.memory import Memory
from kg.mentions.offices import Office, epithets_from, of_both, read_office, skip_the
from kg.mentions.person_names import behind_style, name_run, past_address, same_surname
from kg.mentions.words import lists, with_plurals
from kg.model import Concept, Entity, Mention
from kg.words import fold_name

__all__ = ["add_people"]

_LISTS = lists("small")
_PEOPLE = lists("people")
_OFFICES = with_plurals("people", "office")
_ADDRESS = _PEOPLE["address"]
_BEFORE_NAME = _ADDRESS | _PEOPLE["rank"]
_ROYAL = _PEOPLE["royal"]
_GROUPS = with_plurals("firms", "industry").keys() | {"group"}
_OF_FIRMS = _PEOPLE["of-firms"]
_GIVEN = lists("given")["given"]
_NO_FIRM = COMMON | SMALL | DETERMINERS | _PEOPLE["modifier"] | _PEOPLE["epithets"] | _PEOPLE["talking"] | _OFFICES.keys() | _PEOPLE["address"]
_TWO_WORDS = _PEOPLE["two-word"]
_STATE_OFFICES = _LISTS["people-state-offices"] | {
    "heads of state",
    "heads of government",
    "prime ministers",
    "foreign ministers",
    "defence ministers",
}
_HONOURS = _PEOPLE["honours"]
_MANY = _PEOPLE["address-of-many"]


def add_people(line: Line, memory: Memory, offices: Mapping[int, tuple[int, Name]]) -> None:
    """Adds every person and office of the sentence. ``offices``: known office words, by their first token."""
    taken: set[int] = set()
    i = 0
    while i < len(line):
        if (
            line.low[i] in _OFFICES
            or line.low[i] in ("foreign", "prime", "crown", "vice", "heads", "head")
            or " ".join(line.low[i : i + 2]) in _TWO_WORDS
            or i in offices
        ):
            office = read_office(line, i, offices)
            if office is not None and office.first not in taken:
                first, last = office.first, office.last
                taken.update(range(first, last))
                _add_office(line, office, memory)
                i = max(i + 1, last)
                continue
        if line.cap(i) and line.low[i].rstrip(".") in _MANY:
            _add_several(line, i + 1 + (line.word(i + 1) == "."), "", None, (), memory, i)
        elif line.cap(i) and (behind := past_address(line, i)) > i:
            _add_addressed(line, i, behind, memory)
        i += 1
    add_bare_names(line, memory)
    extend_known(line, memory)


def _add_office(line: Line, office: Office, memory: Memory) -> None:
    first, last, head, many = office.first, office.last, office.head, office.many
    owners, concept = office.owners, office.concept
    whose = epithets_from(line, first)
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
    if not owners and not many and (body := _abbreviated(line, last, memory)) is not None:
        owners = (body,)
    if not owners and not many and head in _OF_FIRMS and (firm := _firm_before(line, first, last, memory)) is not None:
        owners = (firm,)
    states = tuple(e for e in owners if e.kind == "state")
    double = None if many else _office_before(line, start)
    if double is not None and not owners and double.entities:
        owners = double.entities
        states = tuple(e for e in owners if e.kind == "state")
    if (
        head == "chief"
        and first + 1 == last
        and not owners
        and state is None
        and house is None
        and line.cap(first)
        and name_run(line, past_address(line, last, behind_office=True)) > last
    ):
        _add_addressed(line, first, past_address(line, last, behind_office=True), memory)  # "Chief Ana Lima": no office
        return
    name_first = last
    if not many:
        name_first = _skip_to_name(line, last)
        if name_first > last and line.word(last) == "," and _behind_name(line, start):
            name_first = last  # "Ana Lima, Minister of Trade of Peru, Mr. Ivo Novak, ...": the office is that of the name before
    run = name_run(line, name_first) if name_first else name_first
    person: Mention | None = None
    if not many and run > name_first and not _is_office_word(line, name_first):
        stated = states[0] if states and not _is_host(line, first, last) else None
        entity = _person_of(line, name_first, run, head, concept, stated, memory)
        if entity is not None:
            span_end = run
            if line.word(run) == "]" and line.word(start - 1) == "[" and line.here(run + 1, ("person",)):
                span_end = run + 2
                start -= 1
            if head in _ROYAL and line.word(run) == "of" and (where := line.here(run + 1, ("state",))):
                span_end = where.last
            person = _add_whole(line, _honours(line, start if double is None else double.first), span_end, entity)
            for other in [m for m in line.at.get(name_first, ()) if m.kind == "name" and m.last == run and m.entities != (entity,)]:
                line.drop(other)  # "Prime Minister Soto" is not Mrs Soto who was named last
            line.add(name_first, run, "name", "name", (entity,), head=entity.label)
            addressed = last + (line.word(last) in (",", ":"))
            if line.alpha(addressed) and name_first - addressed > (0 if addressed == last else 2):
                line.add(addressed, run, "name", "name", (entity,), head=entity.label)  # "the Minister | Dr. the Hon. Ana Lima"
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
    appositive = line.word(opening - 1) == "," and (line.before(opening - 1, ("person",)) is not None or _behind_letters(line, opening - 1))
    if not appositive and (states or line.word(opening) == "the"):
        # The office with its state as one phrase: who holds it is resolved by date.
        line.add(opening, last, "office", "office", owners, concept=concept, head=line.slice(first, last))


def _is_host(line: Line, first: int, last: int) -> bool:
    """Whether the state behind an office is where an envoy is, not whom he serves: "the ambassador to | Malta"."""
    states = [m for m in line.mentions if m.kind == "state" and first <= m.first and m.last <= last]
    return (
        bool(states)
        and line.word(states[0].first - 1 - (line.word(states[0].first - 1) == "the")) in ("to", "in")
        and not line.before(first, ("state",))
        and (line.word(first - 1) not in POSSESSIVE)
    )


def _firm_before(line: Line, first: int, last: int, memory: Memory) -> Entity | None:
    """The firm of which nothing is known that stands in front of an office and a name: "Lumoterm | Chief Executive Ana Lima"."""
    k = first
    while k > first - 3 and line.cap(k - 1) and line.alpha(k - 1) and k - 1 not in line.values and not line.at.get(k - 1) and line.low[k - 1] not in _NO_FIRM:
        k -= 1
    if (
        k == first
        or line.titled
        or all(w in _GROUPS for w in line.low[k:first])
        or line.low[k] in _GIVEN
        or name_run(line, past_address(line, last, behind_office=True)) < last + 2
    ):
        return None
    firm = memory.make("company", line.slice(k, first))
    line.add(k, first, "company", "name", (firm,), head=firm.label)
    return firm


def _abbreviated(line: Line, last: int, memory: Memory) -> Entity | None:
    """The body of which nothing is known but its letters: "the president of | CGEM"."""
    letters = line.tokens[last - 1].text
    front = last - 3 if line.word(last - 2) == "the" else last - 2
    if (
        line.titled
        or not (letters.isalpha() and letters.isupper() and 3 <= len(letters) <= 7)
        or line.word(front) not in ("of", "at")
        or not line.cap(last - 1)
    ):
        return None
    if any(m.first <= last - 1 < m.last and m.entities for m in line.mentions) or not any(t.text.islower() for t in line.tokens):
        return None
    body = memory.named(letters) or memory.make("organisation", letters)
    line.add(last - 1, last, body.kind, "name", (body,), head=letters)
    return body


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
    if _behind_letters(line, comma):
        return True
    named = line.cap(comma - 1) and line.cap(comma - 2) and line.low[comma - 2] not in SMALL and line.low[comma - 1] not in SMALL
    return named and not any(m.last == comma and m.kind not in ("name", "person") for m in line.ending.get(comma, ()))


def _behind_letters(line: Line, comma: int) -> bool:
    """Whether letters stand between a name and this comma: "Ana Lima, MP|, Prime Minister of Togo"."""
    return line.tokens[comma - 1].text.isupper() and line.word(comma - 2) == "," and _behind_name(line, comma - 1)


def _add_several(
    line: Line, last: int, head: str, concept: Concept | None, states: tuple[Entity, ...], memory: Memory, front: int = -1,
) -> None:
    """The names behind an office in the plural: "Presidents A of Chile and B of Peru", "the presidents of Chile and Peru, A and B"."""
    shared = 0 if states else of_both(line, last)
    last = shared or last
    i = last + 1 if line.word(last) == "," and (len(states) > 1 or shared or past_address(line, last + 1) > last + 1) else last
    for number in range(4):
        whole, i = i, past_address(line, behind_style(line, i), behind_office=True)
        run = name_run(line, i)
        if run <= i or _is_office_word(line, i):
            return
        where = line.here(skip_the(line, run + 1), ("state",)) if line.word(run) in ("of", "(") else None
        if where is not None and line.word(run) == "(" and line.word(where.last) != ")":
            where = None
        stated = where.entities[0] if where is not None else states[number] if len(states) > number > 0 or len(states) > 1 else None
        single = head.replace("heads of", "head of").removesuffix("s")
        entity = _person_of(line, i, run, single, concept, stated, memory)
        if entity is None:
            return
        _add_whole(line, front if number == 0 and front >= 0 else whole, run, entity)
        line.add(i, run, "name", "name", (entity,), head=entity.label)
        if whole < i:
            line.add(whole, run, "name", "name", (entity,), head=entity.label)
        end = where.last + (line.word(run) == "(") if where is not None else run
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
    if (line.word(i) in (",", "(") and i + 1 < len(line) and name_run(line, i + 1) > i + 2) or (
        line.word(i) == "," and (line.word(i + 1).rstrip(".") in _BEFORE_NAME or behind_style(line, i + 1) > i + 1)
    ):
        i += 1
    if line.word(i) == "in" and i + 3 < len(line) and line.cap(i + 1) and line.word(i + 2) == ":":
        i += 2  # "Honorary Consul in Izmir: Ana Lima"
    if (
        line.word(i) == ":"
        and line.word(i + 1).rstrip(".") not in _BEFORE_NAME
        and (run := name_run(line, i + 1)) > i + 2
        and (run == len(line) or line.word(run) in (",", "(", ".", ";"))
    ):
        i += 1  # "Commercial Counsellor: Ana Lima"
    elif line.word(i) in DASHES and not line.joined(i):
        j = i + 1
        while j < i + 3 and line.cap(j) and line.word(j + 1) not in DASHES:
            j += 1
        if line.word(j) in DASHES:
            j += 1
        if line.word(j - 1) in DASHES and name_run(line, j) > j:
            i = j
        elif line.cap(i + 1) and name_run(line, i + 2) > i + 3:
            i += 2
    return past_address(line, behind_style(line, i), behind_office=True)


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



def _of_title(found: Entity, name: str, concept: Concept | None, memory: Memory) -> Entity:
    """Of several of a family name who bears the title: "President Soto" is not Mrs Soto who was named last."""
    alike = memory.namesakes(name) if concept is not None and " " not in name else ()
    if len(alike) < 2 or concept is None or memory.gazetteer is None:
        return found
    gazetteer, word = memory.gazetteer, concept.word
    bearers = [p for p in alike if any(t.office == word for t in gazetteer.offices_of(p.iri))]
    return bearers[0] if len(bearers) == 1 else alike[0] if not any(gazetteer.offices_of(p.iri) for p in alike) else found


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
    if (
        known is not None
        and known.entities
        and known.last == last
        and " " not in name
        and (told := _told_by_first_name(known.entities[0], name, memory)) is not None
    ):
        return memory.know(told, name)
    further = known is not None and first + 1 < known.last < last and bool(known.entities) and known.entities[0].known
    if known is not None and known.entities and (known.last == last or further):
        return memory.know(_of_title(known.entities[0], name, concept, memory), name)  # "President Ana Lima | Soto": a second family name
    found = memory.person(name)
    if found is None and len(name.split()) > 1:
        found = same_surname(name, memory)
    if found is not None:
        return memory.know(_of_title(found, name, concept, memory), name)
    # "Sh. Ivanov": initials and a family name
    at = last - 1 if line.word(first + 1) == "." or line.word(first).endswith(".") else first
    possible = [p for p in line.surnames.get(at, ()) if state is None or not p.state or p.state == state.iri]
    if at != first:
        possible = [p for p in possible if any(n[:1] == name[:1] for n in (p.label, *p.names))]
    elif len(name.split()) > 1:
        possible = [p for p in possible if _agrees(name, p)]  # "Mohamud Hassan Suleiman" is no Hassan Sheikh Mohamud, "Pavel Bém" no Petr Pavel
    if memory.gazetteer is not None and len(possible) > 1 and memory.issued:
        gazetteer = memory.gazetteer
        possible = [p for p in possible if gazetteer.offices_of(p.iri, memory.issued)] or possible
    if len(possible) == 1 and (state is not None or possible[0].state in {s.iri for s in memory.pair}):
        return memory.know(possible[0], name)
    holder = next((h for h in _holders(concept, head, state, memory) if _agrees(name, h)), None) or memory.first_named(name)
    if holder is not None:
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


def _told_by_first_name(known: Entity, name: str, memory: Memory) -> Entity | None:
    """Whom the text named in full by this first name, where it is no official of the pair's that the world knows by it: "Sheikh Nasser"."""
    told = memory.first_named(name)
    return told if told is not None and not told.known and known.known and known.state not in {s.iri for s in memory.pair} else None


def _holders(concept: Concept | None, head: str, state: Entity | None, memory: Memory) -> Iterator[Entity]:
    """Who holds an office in this state, or where none is told in one of the pair."""
    if memory.gazetteer is None or not memory.issued:
        return
    word = concept.word if concept is not None else head.replace(" ", "-")
    for owner in (state,) if state is not None else memory.pair:
        holder = memory.gazetteer.holder(word, owner.iri, memory.issued)
        if holder is not None:
            yield holder


def _agrees(name: str, person: Entity) -> bool:
    words = set(fold_name(name).replace("-", " ").split())
    return any(words <= set(fold_name(n).replace("-", " ").split()) for n in (person.label, *person.names))


def _add_addressed(line: Line, i: int, j: int, memory: Memory) -> None:
    """ "Mr Okoye", "Dr. Ana Lima", "Sheikh Hamad bin Khalifa": forms of address from token i on, a name from token j on."""
    if any(m.kind == "person" and m.first <= i < m.last for m in line.mentions):
        return
    if any(m.kind in ("organisation", "facility", "place") and m.first <= i < m.last for m in line.mentions):
        return
    run = name_run(line, j)
    if run <= j or _is_office_word(line, j):
        return
    person = _person_of(line, j, run, line.low[i].rstrip("."), None, None, memory)
    if person is not None:
        _add_whole(line, i, run, person)
        line.add(j, run, "name", "name", (person,), head=person.label)
