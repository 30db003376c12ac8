"""Names of people that stand without an office: what beside them, or elsewhere in the text, tells that they are people's."""

from __future__ import annotations

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
from kg.mentions.person_names import past_address, same_surname, shape_run
from kg.mentions.words import lists, verb_forms
from kg.words.verbs import verb_tags

__all__ = ["add_bare_names", "extend_known"]

_LISTS = lists("small")
_PEOPLE = lists("people")
_MODIFIERS = _PEOPLE["modifier"]
_TITLES = _PEOPLE["title"]
_FAMILY_FIRST = _PEOPLE["family-first"]
_FAMILY_DOUBTFUL = _PEOPLE["family-doubtful"]
_NOUNS = lists("nouns")
_GIVEN = lists("given")["given"]
_NO_SURNAMES = frozenset(word for group in _NOUNS.values() for word in group) | COMMON | _MODIFIERS
_KIN = _PEOPLE["kin"]
_RELATED = _PEOPLE["related"]
_WHOSE = frozenset({"his", "her", "their", "my", "our", "'s"})
_THING_BEFORE = (DETERMINERS | {"“", '"', "«", "‘", "-", "&"}) - {"said"}  # "said Ana Lima"
_SAYING = _PEOPLE["saying"]
_BELONGING = frozenset({"of", "at", "from"})
_SAID_BEFORE = frozenset({"”", '"', "»", ",", "’"})
_DOINGS = _PEOPLE["doings"]
_DEEDS = verb_forms(_PEOPLE["deed"])
_PARTICIPLES = frozenset({"met", "told", "written"})
_MEETING = _PEOPLE["meeting"]
_TALKING = _PEOPLE["talking-with"]
_RECEIVING = _PEOPLE["receiving"]
_HOLDERS = _PEOPLE["holders"]
_FOLLOWING = verb_forms(_PEOPLE["following"])
_BETWEEN = frozenset({"also", "to", "later", "then", "now", "not", "soon", "once"})
_BEING = frozenset({"is", "was", "been", "be"})
_FIRM_WORDS = _NOUNS["company-word"] - _PEOPLE["trade"]  # "the retailer Sierra Alta"


def add_bare_names(line: Line, memory: Memory) -> None:
    """Adds surnames known from before; unknown names beside an office in apposition or a verb of saying."""
    for i in range(len(line)):
        if not line.cap(i) or not line.alpha(i) or line.busy[i] or line.hyphen(i - 1):
            continue
        if (line.low[i].rstrip(".") in _TITLES and line.cap(i + 1)) or past_address(line, i) > i:
            continue  # the name stands behind it
        if any(
            m.kind in ("person", "name", "organisation", "place", "agreement", "event")
            and m.first <= i < m.last
            and (m.form == "name")
            for m in line.mentions
        ):
            continue
        run = shape_run(line, i)
        if run == i:
            continue
        known = memory.person(line.slice(i, run)) if run > i else None
        if known is None and run > i + 1 and (i == 0 or line.cap(i)):
            known = same_surname(line.slice(i, run), memory)
        if known is not None and not (i == 0 and run == 1 and line.low[0] in COMMON):
            line.add(i, run, "person", "name", (known,), head=known.label, busy=True)
            line.add(i, run, "name", "name", (known,), head=known.label)
            continue
        if (
            run - i < 2
            or (line.titled and line.low[:i] != ["by"])
            or (line.cap(i - 1) and line.alpha(i - 1) and (i > 1 or (line.low[0] in _GIVEN and line.low[0] not in COMMON)))
        ):
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
    if (
        sum(line.cap(k) for k in range(first, last)) > 4
        or not (
            line.low[first] in _GIVEN
            or line.low[first] in _FAMILY_FIRST
            or (line.low[first] in _FAMILY_DOUBTFUL and last - first == 4 and not line.cap(last - 1))
        )
        or not line.tokens[first].text.istitle()
        or line.word(first - 1) in _THING_BEFORE
        or line.word(first - 1) in _FIRM_WORDS
    ):
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
    if _does_as_people(line, last) or _is_met(line, first, last) or _is_listed(line, first, last):
        return True
    if after in (",", "(") and _apposition(line, last + 1) and not _begins_anew(line, first, last + 1):
        return True
    if (
        after in ("is", "was")
        and line.word(last + 1) in ("the", "a", "an", "deputy", "director", "head")
        and _apposition(line, last + 1)
    ):
        return True
    if after == "," and line.word(last + 1) == "who":
        return True
    if _takes_office(line, last) or _is_said_by(line, first, last):
        return True
    if after in POSSESSIVE and last - first in (2, 3) and _DOINGS.intersection(line.low[last + 1 : last + 5]) and not any(
            line.low[k] in _NO_SURNAMES for k in range(first, last)):
        return True  # "Harjit Sajjan's three-stop tour of"
    before = line.word(first - 1)
    if _follows_somebody(line, last):
        return True
    if before in ("succeeded", "succeeds", "replaced", "replaces", "succeed", "replace") and after == "as":
        return True
    if before in ("is", "was") and line.before(first - 1, ("office",)) is not None and after in (".", ",", "(", ";", ""):
        return True  # "Peru's ambassador to Chile is Ana Villar"
    if before == "of" and after in ("as", "to") and line.word(first - 2) in _PEOPLE["appointing"]:
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


def _does_as_people(line: Line, k: int) -> bool:
    """Whether at token k a verb stands of what only people do: "said", "has resigned", "will visit"."""
    begin = k
    while line.word(k) in AUXILIARIES or line.word(k) in _BETWEEN or (line.word(k).endswith("ly") and k - begin < 5):
        k += 1
    word = line.word(k)
    return word in _DEEDS and not (k > begin and line.word(k - 1) in _BEING and (word.endswith("ed") or word in _PARTICIPLES))


def _is_listed(line: Line, first: int, last: int) -> bool:
    """Whether the words are the name in a line of a list of office holders, with his time behind it: "Ambassadors to Chile": "Juhani Toivonen (2004-08)"."""
    if first != 0 or line.sentence.kind != "item" or last - first > 4 or not _HOLDERS.intersection(line.sentence.heading.lower().replace(":", " ").split()):
        return False
    when = line.values.get(last) or line.values.get(last + (line.word(last) in ("(", ",", ":", *DASHES))) or (
        line.values.get(last + 1) if line.word(last) == "since" else None) or (line.values.get(last + 2) if line.word(last + 1) in ("since", "from") else None)
    return when is not None and when.kind in ("date", "period") and not any(line.low[k] in _NO_SURNAMES for k in range(first, last))


def _is_met(line: Line, first: int, last: int) -> bool:
    """Whether the words name whom somebody meets or talks with: "met with Temur Umarov", "the president received Temur Umarov"."""
    before = line.word(first - 1)
    if last - first not in (2, 3) or any(line.low[k] in _NO_SURNAMES or not line.tokens[k].text.istitle() for k in range(first, last)):
        return False
    by_people = any(m.kind in ("person", "office") and m.last < first for m in line.mentions)
    if before == "with":
        before = line.word(first - 2)
        return before in _MEETING or (by_people and before in _TALKING)
    return before in _MEETING or (by_people and before in _RECEIVING)


def _is_said_by(line: Line, first: int, last: int) -> bool:
    """Whether words behind what is said name who says it, with the house he belongs to: '..., said Temur Umarov of the Carnegie Center'."""
    return (
        last - first in (2, 3) and line.word(first - 1) in _SAYING and line.word(first - 2) in _SAID_BEFORE and (
            line.word(last) in (*_BELONGING, *_SAID_ALL))
        and not any(line.low[k] in _NO_SURNAMES for k in range(first, last))
    )


_SAID_ALL = (".", "", ";", ",", ":", "—", "–")  # "..., said Temur Umarov."


def _begins_anew(line: Line, first: int, i: int) -> bool:
    """Whether the office behind a name in a phrase that leads in is the subject of what follows: "according to Clarín, the envoy said"."""
    office = next((m for k in range(i, min(len(line), i + 3)) for m in line.at.get(k, ()) if m.kind == "office"), None)
    return line.word(first - 1) in PREPOSITIONS and office is not None and (line.verb(office.last) or line.word(office.last) in AUXILIARIES)


def _follows_somebody(line: Line, k: int) -> bool:
    """Whether from token k on it is said that somebody came after another: "has succeeded Ana Lima", "was appointed to replace Ana Lima"."""
    name = next((j for j in range(k, min(len(line), k + 6)) if line.cap(j)), 0)
    before = line.low[k:name] if name and line.cap(name + 1) else []
    return (
        bool(before)
        and (before[-1] in _FOLLOWING or before[-3:] == ["took", "over", "from"])
        and not any(word in PREPOSITIONS - {"to", "over", "from"} for word in before)
    )


def _takes_office(line: Line, i: int) -> bool:
    """Whether from token i on it is said that somebody is, was or became something: "was appointed ambassador to Chile"."""
    if line.word(i) == "of":
        return False
    for k in range(i, min(len(line), i + 12)):
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
        if word in (",", ".", ")", "which", "who", "where") or (word in VERBS and not line.word(k - 1).endswith("ly")) or (word in PREPOSITIONS and k == i):
            return False
        if word in PREPOSITIONS:
            return False
    return False


def extend_known(line: Line, memory: Memory) -> None:
    """Lets a person's mention take in an office in apposition behind it: "Ana Lima, the Angolan envoy,"."""
    for m in [m for m in line.mentions if m.kind == "person" and m.form == "name"]:
        if line.word(m.last) != "," or line.titled or not _apposition(line, m.last + 1) or any(
                o.kind == "office" and m.first <= o.first and o.last < m.last and line.word(o.last) == "," for o in line.mentions):
            continue
        offices = [o for o in line.mentions if o.kind == "office" and m.last < o.first <= m.last + 7]
        if not offices:
            continue
        end = max(o.last for o in offices if o.first == min(p.first for p in offices))
        if line.word(end) == "," and line.tokens[end - 1].text.isupper() and (more := line.here(end + 1, ("office",))) is not None:
            end = more.last  # "Ana Lima, MP, Prime Minister of Togo,"
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
