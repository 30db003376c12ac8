"""Agreements, projects, facilities, joint bodies and events: head nouns with their modifiers and complements."""

from __future__ import annotations

import re

from kg.mentions.known import of_others
from kg.mentions.line import DETERMINERS, NOUN_VERBS, OPEN_QUOTES, POSSESSIVE, PREPOSITIONS, SMALL, VERBS, Line
from kg.mentions.memory import Memory
from kg.mentions.phrases import Left, bracketed, find_left, find_right, is_definite, phrase_end, quoted
from kg.mentions.words import lists, verb_forms, with_plurals
from kg.model import Entity, Mention
from kg.words.closed import ADVERBS, FIGURATIVE

__all__ = ["HEADS", "add_things"]

_LISTS = lists("small")

_NOUNS = lists("nouns")
_AGREED = lists("things")["agreed"]
_LOOSE_AGREEMENT = _NOUNS["loose-agreement"]
_DOING = _NOUNS["acting"] | _NOUNS["organisation"]
_SIGNED_THING = _NOUNS["signed-thing"]
_SIGNING = verb_forms(frozenset({"conclude", "countersign", "initial", "ink", "ratify", "sign"})) | {
    "conclusion",
    "initialled",
    "initialling",
    "penned",
    "signature",
}
_ING_NOUNS = lists("things")["ing-nouns"]
_UNTELLING = lists("things")["untelling"]
_TAKING_FORCE = verb_forms(frozenset({"apply", "be", "come", "enter", "go"}))
_STATES_OF = lists("things")["states-of"]
_EXPIRING = lists("things")["expiring"]
_POSTPOSED = lists("things")["postposed"]
_SUMMING = lists("things")["summing"]
_BARE_SIGNED = lists("things")["bare-signed"]
_ORDERING = lists("things")["ordering"]
_BEFORE_SIGNING = frozenset(
    "that which was were is are be been being has have had to will would the both also already not never yet just now finally formally officially jointly recently it they we".split()
)
_YEARLY = frozenset({"strategy", "framework", "partnership"})
_PAPERS = frozenset({"document", "instrument", "deal", "contract", "arrangement"})
_COUNTS_OF_PAPERS = lists("things")["counts-of-papers"]
_AGREEMENT_MODIFIERS = _NOUNS["agreement-modifier"]
_LOOSE_FACILITY = _NOUNS["loose-facility"]
_FACILITY_MODIFIERS = _NOUNS["facility-modifier"]
_BODY_MODIFIERS = _NOUNS["body-modifier"]
_PLAIN_EVENT = _NOUNS["plain-event"]
_VENUES = _NOUNS["venue"]
_OPEN_EVENT = _NOUNS["open-event"]
_CONTESTS = _LISTS["things-contests"]
_OF_PERSONS = frozenset({"inauguration", "coronation", "funeral", "enthronement", "swearing-in"})
_BODY_NOUNS = frozenset(word.split()[-1] for word in _NOUNS["body"])  # "the agreement to create a Joint Commission"
_EVERYDAY = _LISTS["things-everyday"]

_BUNDLES = lists("things")["bundles"]
_SCHEDULES = frozenset({"programme", "program", "plan", "roadmap", "road map"})
_SCHEDULED = lists("things")["scheduled"]
_KINDS = ("agreement", "event", "body", "facility", "project")
_SUDDEN = lists("things")["sudden"]
_DISASTERS = lists("things")["disasters"]
_STORMS = lists("things")["storms"]
_BALLOTS = lists("things")["ballots"]
_BALLOT_KINDS = lists("things")["ballot-kinds"]
_CULTURE = lists("things")["culture"]
_CULTURAL_TIMES = lists("things")["cultural-times"]
_LINES = lists("things")["lines"]
_COMPASS = lists("things")["compass"]
_NUMERAL = re.compile(r"[ivx]{1,5}|\d{1,2}")
_OF = frozenset({"of"})
_PARLIAMENTS = lists("things")["parliaments"]
_COMPLEMENTS = {
    "agreement": _LISTS["things-behind-agreement"],
    "body": _LISTS["things-behind-body"],
    "event": _LISTS["things-behind-event"],
    "facility": _LISTS["things-behind-facility"],
    "project": _LISTS["things-behind-project"],
}


def _heads() -> dict[str, tuple[tuple[str, tuple[str, ...], str], ...]]:
    """First word of a head noun -> (kind, its words, singular), longest first."""
    found: dict[str, list[tuple[str, tuple[str, ...], str]]] = {}
    for kind in _KINDS:
        for form, single in with_plurals("nouns", kind).items():
            words = tuple(form.split())
            found.setdefault(words[0], []).append((kind, words, single))
    order = {kind: i for i, kind in enumerate(_KINDS)}
    return {first: tuple(sorted(heads, key=lambda h: (-len(h[1]), order[h[0]], *h[1:]))) for first, heads in found.items()}


HEADS = _heads()


def add_things(line: Line, memory: Memory) -> None:
    """Adds every agreement, project, facility, body and event of the sentence."""
    _add_cultural_days(line, memory)
    _add_year_and_days(line, memory)
    _add_counted(line, memory)
    _add_contests(line, memory)
    _add_years_of(line, memory)
    i = 0
    while i < len(line):
        heads = HEADS.get(line.low[i])
        if heads is None:
            i += 1
            continue
        for kind, words, single in heads:
            last = i + len(words)
            if len(words) > 1 and tuple(line.low[i:last]) != words:
                continue
            if _inside(line, i, last):
                break
            done = _add_thing(line, i, last, kind, single, memory)
            if done:
                break
        i += 1


def _inside(line: Line, first: int, last: int) -> bool:
    # The noun is part of a known name, of an organisation or of a longer title of the same sort that ends right here.
    return any(
        m.first <= first
        and last <= m.last
        and (m.entities and m.entities[0].known and m.kind not in ("state", "person"))
        for m in line.mentions
    ) or any(
        m.kind in _KINDS and m.first < first and m.last == last and not (
            m.kind in ("agreement", "event") and line.low[last - 1] in _BODY_NOUNS)  # "the 16th session of the joint commission"
        for m in line.mentions
    )


def _premodifier(line: Line, head: int) -> bool:
    # The head noun itself only modifies another noun: "agreement text", "port city", "treaty partners".
    word = line.word(head)
    if line.hyphen(head):
        return True
    if word.endswith("ing") and word not in _ING_NOUNS and line.word(head - 1).rstrip("s") in (*_NOUNS["agreement"], *_SUDDEN):
        return False  # "a treaty dating from 1998", "the deal ending the war"
    if (
        not line.alpha(head)
        or word in SMALL
        or word in ADVERBS
        or word in _POSTPOSED
        or (word in ("negotiations", "talks") and line.word(head - 1) in _NOUNS["agreement"])
        or line.verb(head)
        or word.endswith(("ed", "ly"))
    ):
        return False
    if word in NOUN_VERBS and word.endswith("s") and line.alpha(head + 1) and line.word(head + 1) not in VERBS and not (
            line.cap(head) and line.cap(head - 1) and not line.titled):
        return False  # but "Toyo Harbour Works"
    if line.cap(head) != line.cap(head - 1) and line.cap(head):
        return False
    return head not in line.values


def _between(line: Line, last: int) -> int:
    """Where the places end that stand behind a line, joined by dashes: "the railway | Vlora–Fier", "the motorway Novi Sad – Ruma"; else where it ends."""
    end, joined = last, False
    while line.cap(end) and line.alpha(end):
        end += 1
        if end - last < 8 and line.word(end) in ("-", "–", "—", "/") and line.cap(end + 1) and line.alpha(end + 1):
            end, joined = end + 1, True
    return end if joined else last


def _is_done(line: Line, head: int, last: int) -> bool:
    """Whether a noun in -s is what those in front of it do: "the Chilean government plans to open", "the ministry deals with"."""
    word = line.word(head)
    if not word.endswith("s") or word not in NOUN_VERBS or line.cap(head) or line.cap(head - 1):
        return False
    return line.word(head - 1) in _DOING and (line.word(last) == "with" or (line.word(last) == "to" and line.word(last + 1) not in DETERMINERS))


def _add_thing(line: Line, head: int, last: int, kind: str, single: str, memory: Memory) -> bool:
    """Reads the phrase around a head noun; whether it was one of this kind."""
    if (
        kind in ("facility", "project")
        and line.cap(head)
        and _NUMERAL.fullmatch(line.word(last))
        and not line.joined(last)
    ):
        last += 1
    if kind == "event" and line.word(last) in _VENUES:
        return False  # "the Lima Conference Centre"
    if kind == "event" and single in _STORMS and line.cap(head) and line.cap(last) and line.here(last, ("state", "place")) is None:
        last += 1  # "Hurricane Dorian"
    if _premodifier(line, last) and not (line.word(last) in HEADS and kind in ("agreement", "event")):
        return False
    if line.word(head) == "links" and line.word(head - 1) in HEADS and (line.cap(last) or line.word(last) in DETERMINERS):
        return False  # "the railway links Nairobi with ..."
    if line.word(head) == "deal" and line.word(head - 1) in ("good", "great") and line.word(head - 2) == "a":
        return False  # "did a great deal to harm trade"
    if kind in ("agreement", "project") and _is_done(line, head, last):
        return False
    if (
        kind == "agreement"
        and line.low[head].endswith("s")
        and ("following" in line.low[max(0, head - 3) : head] or (head == 0 and line.word(last) == "to" and line.low[-1] == ":"))
    ):
        return True  # "the following agreements:", "Agreements to be signed:"
    left = find_left(line, head)
    first, determiner = left.first, left.determiner
    if (
        kind == "facility"
        and line.low[head] in _FIRM_PLURALS
        and line.cap(head)
        and first < head
        and not determiner
        and not line.titled
        and all(line.cap(k) for k in range(first, head))
        and line.word(first - 1) not in DETERMINERS
    ):
        return False  # the firm "Cosco Shipping Ports"
    modifier: tuple[str, ...] = ()
    if kind == "body" and line.word(first - 1) == "+" and line.word(first - 2) == line.word(first) and line.word(first) in ("2", "3", "4"):
        first -= 2  # "the 2+2 dialogue"
        modifier = ("2+2",)
    if line.busy[first] and not line.free(first, head):
        first = max(
            [first, *(m.last for m in line.mentions if m.first < head and m.last <= head and m.kind == "person")]
        )
    complements = _COMPLEMENTS[kind]
    if kind == "facility" and single not in _LINES:
        complements = complements - {"from"}
    elif kind == "facility" and line.word(last) == "to" and line.cap(last + 1) and line.here(last + 1, ("state", "place")) is not None:
        complements = complements | {"to"}  # "the railway to Djibouti"
    if single == "election":
        complements = frozenset()
    if line.word(last) == "on" and line.word(last + 1) in _STATES_OF:
        complements = complements - {"on"}  # "put the accord | on ice"
    infinitive = (
        kind in ("project", "agreement")
        and single
        not in (
            "plan",
            "programme",
            "program",
            "initiative",
            "declaration",
        )
        and not (line.word(last) == "to" and (line.word(last + 1) in _EXPIRING or (kind == "agreement" and line.word(last + 1) == "be")))
    )  # "allowed the treaty to lapse"
    end = find_right(line, last, complements, infinitive=infinitive)
    if kind == "agreement" and end == last and _worth(line, last) > last:
        end = find_right(line, _worth(line, last), complements, infinitive=infinitive)
    if kind == "facility" and end == last and single in _LINES:
        end = _between(line, last)
    if kind == "facility" and any(line.low[k] in FIGURATIVE for k in range(last + 1, end)):
        return True  # "bridges of friendship"
    aim = _behind_party(line, last) if kind == "agreement" and end == last else 0
    tail = find_right(line, aim, complements) if aim else 0
    aim = aim if tail > aim + 1 else 0
    after, abbreviation = bracketed(line, last)
    if abbreviation and end == last:
        end = find_right(line, after, complements) if after < len(line) else after
    if kind == "body":
        end = next(
            (k for k in range(last, end) if line.word(k) == "'s" and line.word(k + 1) in _SESSION_WORDS), end
        )  # "the Council on Ports | 's first session"
    while end > last and line.word(end - 1) in POSSESSIVE and line.word(end - 1) != "'":
        end -= 1
    if not determiner and line.word(first - 1) == "of" and line.word(first - 2) in _BUNDLES:
        outer = find_left(line, first - 2)
        first, determiner = outer.first, outer.determiner
    elif kind == "agreement" and not determiner and first < head and line.word(first - 1) == "of" and line.word(first - 2) in _MATTERS:
        outer = find_left(line, first - 2)
        first, determiner = outer.first, outer.determiner  # "a status of forces agreement"
    lead = line.values.get(first)
    if kind in ("project", "facility") and lead is not None and lead.kind in ("money", "quantity") and lead.first == first and lead.last <= head:
        first = lead.last  # "a US$ 9 billion joint venture": what it costs is no part of its name
        if line.hyphen(first) and first + 1 < head:
            first += 1
    if kind == "agreement" and line.cap(head) and end > last:
        end = _further_aim(line, end, complements)
        if line.word(end) == "in" and line.word(end + 1) == "the" and line.word(end + 3) == "century":
            end += 4  # "Treaty of Alliance in the 21st Century"
    total = _sum_of(line, first) if kind == "agreement" else None
    if total is not None:
        first = total.first  # "$12 billion of deals"
    modifiers = [line.low[k] for k in range(first, head) if line.alpha(k) or line.low[k][:1].isdigit()]
    modifiers += modifier
    modifiers += [f"{line.word(k - 1)}-{line.word(k + 1)}" for k in range(first + 1, head - 1) if line.hyphen(k)]
    if (
        kind == "agreement"
        and end == last
        and single in ("memorandum of understanding", "mou")
        and line.word(last) == "and"
        and line.alpha(last + 1)
        and line.cap(last + 1) == line.cap(head)
        and line.word(last + 1) not in DETERMINERS | PREPOSITIONS
        and (last + 1) not in line.finite
        and not line.at.get(last + 1)
        and line.word(last + 1) not in HEADS
    ):
        end = find_right(line, phrase_end(line, last + 1), complements)  # "memorandum of understanding and cooperation in ..."
    if kind == "agreement" and line.word(last) == "reached" and is_definite(determiner) and end == last:
        end = _reached(line, last + 1)
    titled = head > 0 or (kind == "agreement" and line.word(last) in ("on", "of", "for", "between", "concerning") and line.cap(last + 1))
    named = (line.cap(head) and single not in ("mou", "npp") and titled and not line.titled) or any(
        line.low[k] in OPEN_QUOTES for k in range(last, end)
    )
    capitals = any(line.cap(k) and not _is_state(line, k) and k > 0 for k in range(first, head))
    if not _is_one(kind, single, modifiers, named, capitals, end > last, determiner, line, first, head, last):
        return False
    if (
        kind == "event"
        and capitals
        and not named
        and single not in ("anniversary", "session", "summit", "conference", "forum", "exhibition", "festival", "fair", "election", "referendum", "concert")
    ):
        return False
    if line.crosses(first, end):
        first, end = _fit(line, first, head, last, end)
        if first is None:
            return False
    telling = [w for w in modifiers if w not in _EVERYDAY]
    if kind == "agreement" and single in _PAPERS and _many(line, first, head, determiner):
        telling.append(determiner)  # "five documents"
        while first > 0 and (line.low[first - 1] in _COUNTS_OF_PAPERS or line.low[first - 1].isdigit()):
            first -= 1
    if kind in ("facility", "project") and _NUMERAL.fullmatch(line.word(last - 1)):
        telling.append(line.word(last - 1))
    if (
        kind == "facility"
        and not telling
        and end == last
        and (is_definite(determiner) or determiner in ("a", "an", "another"))
        and (place := _stands_at(line, last)) > last
    ):
        label = _label(line, first, place)  # "the refinery at Pancevo"
        entity = memory.find_like(kind, label, single) or memory.make(kind, label, _land_around(line, last), head=single)
        line.add(first, last, kind, "description", (entity,), head=single)
        return True
    called = ""
    if kind in ("facility", "project") and end == last and not named and not capitals and line.word(last) == "," and (
            determiner in ("a", "an", "'s", "its", "their") or not _SINGLED_OUT.isdisjoint(modifiers)):
        called = _apposed_name(line, last)  # "its largest overseas base, Camp Lemonnier,"
    if not telling and not called and end == last and not aim and not (named and len(single.split()) > 2) and not (
            single == "joint venture" and _apposed_name(line, last)):
        return _add_bare(line, head, last, kind, single, left, memory)
    label = _title_of_show(line, last, end) if kind == "event" else ""
    if kind == "project" and end == last and not named and single in ("venture", "joint venture", "fund", "company"):
        label = _apposed_name(line, last)
    label = label or called or _label(line, first, end)
    if abbreviation and kind in ("agreement", "body"):
        label = label.replace(f" ({abbreviation})", "")
    if aim:
        label = f"{label} {_label(line, aim, tail)}"
    form = "name" if named or (capitals and kind in ("facility", "project")) else "description"
    if kind == "project" and named and single == "programme" and not telling:
        form = "description"
    entity = _entity(line, kind, label, form, determiner, first, head, end, single, memory)
    if abbreviation and entity and abbreviation.lower() not in ("mou", "npp"):
        memory.call(entity, abbreviation)
    if kind in ("facility", "project"):
        _add_ends(line, first, head, memory)
    line.add(first, end, kind, form, (entity,), head=single, busy=form == "name")
    lead = line.values.get(first)
    if kind in ("agreement", "event") and lead is not None and lead.kind in ("date", "period") and lead.first == first and lead.last <= head:
        line.add(lead.last, end, kind, form, (entity,), head=single)  # "the 1994 accord": what stands behind the year too
    return True


_SINGLED_OUT = frozenset("first second third largest biggest longest oldest newest main only".split())
_MATTERS = lists("things")["matters"]
_FIRM_PLURALS = lists("things")["firm-plurals"]
_SESSION_WORDS = lists("things")["session-words"]
_WEAK_PAPERS = lists("things")["weak-papers"]
_UNOFFICIAL = lists("things")["unofficial"]
_TEXT_PARTS = lists("things")["text-parts"]
_DEALING = verb_forms(lists("things")["dealing"])
_AUXILIARY = frozenset("was were is are be been being has have had will would to may not yet never also still only now finally just both that which".split())


def _behind_party(line: Line, last: int) -> int:
    """The "on" behind the party of "signed an agreement with its Chilean partner on a pipeline"; 0 where there is none."""
    if line.word(last) != "with" or (line.word(last + 1) not in DETERMINERS and not line.cap(last + 1)):
        return 0
    for k in range(last + 2, min(last + 9, len(line))):
        if line.word(k) in ("on", "for", "concerning", "regarding"):
            return 0 if k + 1 in line.values else k
        if line.word(k) in (",", ".", ";", "and", "in", "to") or k in line.finite:
            return 0
    return 0


def _further_aim(line: Line, end: int, complements: frozenset[str]) -> int:
    """The token behind "and the Prevention of Fiscal Evasion with respect to Taxes on Income" at token end."""
    for _ in range(3):
        k = end + 2 if line.word(end + 1) in ("the", "for") else end + 1
        if line.word(end) in ("and", ",") and line.cap(k) and line.alpha(k) and line.word(k + 1) == "of" and line.word(k) not in HEADS and not line.at.get(k):
            stop = find_right(line, k + 1, complements | _OF)
            if stop > k + 1 and (line.word(end) == "and" or line.word(stop) == "and"):
                end = stop
                continue
        if tuple(line.low[end : end + 3]) == ("with", "respect", "to") and line.cap(end + 3):
            stop = phrase_end(line, end + 3)
            if stop > end + 3:
                end = find_right(line, stop, complements | frozenset({"on"}))
                continue
        break
    return end


def _joint(line: Line, first: int, head: int) -> bool:
    """Whether the modifiers say that two states have the thing together."""
    if any(line.low[k] in ("joint", "binational", "bilateral") for k in range(first, head)):
        return True
    return (
        len({m.entities[0].iri for m in line.mentions if m.kind == "state" and m.entities and first <= m.first < head})
        > 1
    )


def _add_ends(line: Line, first: int, head: int, memory: Memory) -> None:
    """The places that a line runs between: "the Rovuma-Mtwara pipeline"."""
    for k in range(first + 1, head - 1):
        if not line.hyphen(k) or not line.cap(k - 1) or not line.cap(k + 1):
            continue
        for i in (k - 1, k + 1):
            if not any(m.first <= i < m.last and m.entities for m in line.mentions) and len(line.tokens[i].text) > 3:
                stop = i + 1
                while i > k and stop < head and line.cap(stop) and line.alpha(stop) and not line.busy[stop] and line.low[stop] not in HEADS:
                    stop += 1  # "the Ruse-Veliko Tarnovo motorway"
                label = line.slice(i, stop)
                if label.lower() in _COMPASS:
                    continue
                known = memory.gazetteer.by_label(label) if memory.gazetteer is not None else []
                place = next((e for e in known if e.kind in ("place", "facility")), None) or memory.make("place", label)
                line.add(i, stop, place.kind, "name", (place,), head=label)


def _many(line: Line, first: int, head: int, determiner: str) -> bool:
    """Whether a noun in the plural is counted: "five documents", "several legal instruments"."""
    if not line.word(head).endswith("s"):
        return False
    around = {determiner, *(line.word(k) for k in range(max(0, first - 3), head))}
    return bool(around & _COUNTS_OF_PAPERS) or any(word.isdigit() for word in around)


def _fit(line: Line, first: int, head: int, last: int, end: int) -> tuple[int, int]:
    # Another mention is cut by this phrase: give way on that side.
    for m in list(line.mentions):
        if m.first < first < m.last and m.last <= head:
            first = m.last
        if m.first < end < m.last:
            end = max(last, m.first)
            while end > last and (line.word(end - 1) in SMALL or line.word(end - 1) in (",", "and")):
                end -= 1
    return first, end


def _is_ordered(line: Line, first: int, last: int, complement: bool) -> bool:
    """Whether somebody places or wins an order: "placed an order for 42 trams", "an order for six frigates was won by"."""
    k = first - 1
    while k >= 0 and (line.word(k) in DETERMINERS or k in line.values):
        k -= 1
    return (complement or line.word(last) in ("from", "worth")) and not {line.word(k), line.word(k - 1), *line.low[last:last + 8]}.isdisjoint(_ORDERING)


def _is_signed(line: Line, first: int, last: int, named: bool) -> bool:
    """Whether a verb of signing governs the noun phrase: "signed a five-year framework", "the customs union that they concluded"."""
    k = first - 1
    while k >= 0 and (line.word(k) in DETERMINERS or line.word(k) in ("of", "their", "its", "our", "on", "and") or line.low[k] in OPEN_QUOTES):
        k -= 1
    if line.word(k) == "," and (aside := next((i for i in range(k - 1, max(k - 8, 0), -1) if line.word(i) == ","), 0)):
        k = aside - 1  # "concluded, on 9 February 2018, a swap facility"
    if line.word(k) in _SIGNING or _verb_before(line, first) in _SIGNING:
        return True
    if line.word(last) in _SIGNING:
        return True
    end = next(
        (
            i
            for i in range(last, min(last + (12 if named else 8), len(line)))
            if line.word(i) in ("that", "which", ",")
            or (i in line.finite and line.word(i) not in SMALL)
            or line.word(i) in ("was", "were", "has", "had", "is", "are")
        ),
        0,
    )
    for k in range(end, min(end + 8, len(line))) if end else ():
        if line.word(k) in _SIGNING or (line.word(k) in ("into", "in") and line.word(k + 1) in ("force", "effect")) or line.word(k + 1) == "provisionally":
            return True
        if line.word(k) in _TAKING_FORCE:
            continue
        if not (line.word(k) in _BEFORE_SIGNING or line.word(k) == "," or line.cap(k)):
            return False
    return False


def _verb_before(line: Line, first: int) -> str:
    """The verb or noun of doing in front of a noun phrase, past "the text of", "with its neighbour", "ceremony for"; "" where none is near."""
    k = first - 1
    while k >= 0 and (
        line.word(k) in DETERMINERS
        or line.word(k) in ("of", "on", "for", "over", "to", "under")
        or line.word(k) in _TEXT_PARTS
        or line.low[k] in OPEN_QUOTES
    ):
        k -= 1
    if line.word(k) in _DEALING or line.word(k) in _SIGNING:
        return line.word(k)
    for j in range(k, max(k - 7, 0), -1):
        if line.word(j) in ("with", "in", "at", "from") and line.word(j - 1) in _DEALING | _SIGNING:
            return line.word(j - 1)  # "concluded with its Chilean counterpart | an arrangement"
        if line.word(j) in (",", ";", ":", "and", "that", "which") or j in line.finite:
            break
    return ""


def _is_dealt_with(line: Line, first: int, last: int) -> bool:
    """Whether a verb of what is done with agreements governs the noun phrase: "won a pump contract", "the coffee contract, due in May, was renewed"."""
    if _verb_before(line, first) in _DEALING or line.word(last) in _DEALING:
        return True
    start = next(
        (
            k
            for k in range(last, min(last + 14, len(line)))
            if (line.word(k) in _AUXILIARY and line.word(k) not in ("to", "not")) or line.word(k) in ";:"
        ),
        0,
    )
    for k in range(start, min(start + 6, len(line))) if start else ():
        if line.word(k) in _DEALING:
            return True
        if line.word(k) not in _AUXILIARY and not line.word(k).endswith("ly"):
            return False
    return False


def _is_state(line: Line, i: int) -> bool:
    return any(m.kind == "state" and m.first <= i < m.last for m in line.mentions)


def _is_one(
    kind: str,
    single: str,
    modifiers: list[str],
    named: bool,
    capitals: bool,
    complement: bool,
    determiner: str,
    line: Line,
    first: int,
    head: int,
    last: int,
) -> bool:
    if kind == "agreement":
        if single == "instrument" and line.word(last) == "of" and line.word(last + 1) in ("ratification", "accession", "acceptance", "approval"):
            return False  # "the instruments of ratification of the treaty"
        if single == "order":
            return _is_ordered(line, first, last, complement)
        if single in _BARE_SIGNED and not (named or modifiers or complement) and determiner in ("a", "an", "another") and _is_signed(line, first, last, named):
            return True
        if (
            single in _YEARLY
            and line.cap(head)
            and modifiers
            and (years := line.values.get(last)) is not None
            and years.kind == "period"
            and years.first == last
        ):
            return True  # "the Country Strategy 2014-17"
        if single in _SIGNED_THING:
            return (complement or first < head or single not in _UNTELLING) and _is_signed(line, first, last, named)
        if single in _LOOSE_AGREEMENT and not named and complement and _is_signed(line, first, last, named):
            return True
        if not named and (
            _priced(line, first, head, last)
            or (
                single in ("contract", "deal")
                and line.word(last) == "with"
                and (determiner in ("a", "an", "another", "the", "this") or determiner in POSSESSIVE)
            )
        ):
            return True
        if single in _PAPERS and not named and _many(line, first, head, determiner):
            return True  # "five documents", "a number of legal instruments"
        if (
            single in ("deal", "statement", "document", "charter", "convention", "concession", "statute")
            and not modifiers
            and (not complement or not named)
            and not is_definite(determiner)
            and not (single == "convention" and complement and line.word(last) in ("on", "for", "against", "concerning"))
            and not (single == "deal" and complement and line.word(last) in ("on", "over", "for", "between", "under"))
        ):
            return False
        if single == "concession" and not named:
            return False
        if single == "regime":
            return "visa" in modifiers
        if single in ("contract", "deal") and not named and complement and line.word(last) in ("on", "for", "between", "to") and determiner != "to":
            return True
        if single in _LOOSE_AGREEMENT and not named:
            if single in ("programme", "program", "plan", "concession") and any(
                m in ("space", "nuclear", "missile", "weapons", "television", "tv") for m in modifiers
            ):
                return False
            if single in ("document", "convention", "contract", "road map", "roadmap", "concession") and (
                (
                    complement
                    and (line.word(last) == "on" or (single == "convention" and line.word(last) in ("for", "against", "concerning")))
                    and single in ("document", "convention")
                )
                or line.word(last) in _AGREED
            ):
                return True
            if single in _SCHEDULES and _schedules(line, last):
                return True
            if single == "contract" and capitals and is_definite(determiner) and not _is_state(line, head - 1):
                return True  # "the Lobito contract"
            if single == "contract" and determiner == "no" and line.word(last) in ("has", "was", "had", "is"):
                return True
            if single in _WEAK_PAPERS and (modifiers or complement) and not _UNOFFICIAL.intersection(modifiers) and _is_dealt_with(line, first, last):
                return True  # "the coffee contract has been rolled over"
            return bool(_AGREEMENT_MODIFIERS.intersection(modifiers)) or (
                not modifiers and is_definite(determiner) and not complement
            )
        if named and single in ("plan", "program", "programme") and not (modifiers or complement):
            return False
        return not (single in ("accord", "charter") and line.word(head - 1) in ("of", "own"))
    if kind == "body":
        if "2+2" in modifiers:
            return True
        if line.word(head - 1) == "high" and single == "commission":
            return False  # an embassy among members of the Commonwealth
        if named:
            return bool(_BODY_MODIFIERS.intersection(modifiers)) or _two_states(line, head, modifiers)
        if single.endswith((" team", " mechanism")):
            return not {"joint", "bilateral", "mixed", "binational", "trilateral"}.isdisjoint(modifiers)  # "a joint survey team"
        if single == "mechanism" and not {"consultation", "consultations"}.isdisjoint((*modifiers, *line.low[last:last + 3])):
            return True  # "a mechanism of political consultations"
        if single in (
            "council",
            "committee",
            "assembly",
            "group",
            "board",
            "mechanism",
            "dialogue",
            "panel",
            "secretariat",
            "body",
            "cabinet",
            "round table",
            "roundtable",
        ):
            return bool(
                _BODY_MODIFIERS.intersection(modifiers)
                - {"political", "economic", "strategic", "business", "friendship"}
                or _two_states(line, head, modifiers)
            ) and single not in ("mechanism", "dialogue", "assembly", "group")
        if single in ("commission", "subcommission", "sub-commission"):
            return (bool(modifiers) and modifiers != ["european"]) or (is_definite(determiner) and not complement)
        if single in (
            "working group",
            "working party",
            "contact group",
            "task force",
            "friendship group",
            "expert group",
            "study group",
            "steering committee",
        ):
            return True
        if single == "consultations":
            return named
        return False
    if kind == "event":
        if single == "assembly" and _PARLIAMENTS.intersection(modifiers):
            return False
        if single == "round table" and _BODY_MODIFIERS.intersection(modifiers):
            return False  # "the Intergovernmental Round Table" meets year by year
        if single in _OF_PERSONS:
            return line.word(last) == "of" and line.here(last + 1, ("person",)) is not None
        if single in _BALLOTS and not _BALLOT_KINDS.intersection(modifiers):
            return not modifiers and _of_date(line, last)  # "the poll of 12 May", no "opinion poll", no "vote on the budget"
        if single in _DISASTERS and line.word(last) == "of" and not _of_date(line, last):
            return False  # "a flood of imports"
        if single in _STORMS and line.cap(head) and last > head + 1:
            return True
        if single in _PLAIN_EVENT:
            return bool(modifiers) or complement or (
                single in _SUDDEN and (determiner in ("a", "an") or _of_date(line, last) or head - 1 in line.values))  # "a magnitude 7.8 earthquake"
        if named:
            return bool(modifiers) or complement
        if single in _OPEN_EVENT:
            return True
        return single == "games" and "war" not in modifiers and bool(modifiers) and capitals
    if kind == "facility":
        if (named and line.low[head] == "railways") or (single == "field" and line.word(last) == "of"):
            return False
        if named and single in ("network", "hub", "line", "laboratory", "base"):
            return bool(_FACILITY_MODIFIERS.intersection(modifiers))
        if named:
            return bool(modifiers) or complement or _NUMERAL.fullmatch(line.word(last - 1)) is not None
        if single in ("bridge", "terminal", "plant", "port", "reactor", "hospital", "reservoir", "rocket") and (
            "new" in modifiers or "joint" in modifiers or complement
        ):
            return True
        if single in _LOOSE_FACILITY:
            if line.word(last) in ("linking", "connecting") and complement:
                return True
            if line.word(last) == "between" and line.cap(last + 1) and single in _LINES:
                return True
            return (
                bool(_FACILITY_MODIFIERS.intersection(modifiers))
                or (capitals and single not in ("network", "base", "link", "field", "line", "hub"))
                or (
                    single == "field"
                    and head - 1 > first - 1
                    and head > 1
                    and line.cap(head - 1)
                    and not _is_state(line, head - 1)
                    and not line.cap(head)
                    and not any(m.kind == "sector" and m.first <= head - 1 < m.last for m in line.mentions)
                )  # "the Zohr field"
                or (
                    is_definite(determiner)
                    and not modifiers
                    and not complement
                    and single in ("bridge", "plant", "port", "mine", "field", "base")
                )
                or (bool(determiner) and not modifiers and _stands_at(line, last) > last)  # "the harbour at Poti", "a farm near Poti"
            )
        return True
    if single in ("initiative",):
        return named and bool(modifiers)
    if single in _NOUNS["joint-thing"]:
        return not line.cap(head) and _joint(line, first, head)
    if single in ("programme", "program", "plan", "scheme"):
        return False
    if single in ("aircraft", "plane"):
        return "fighter" in modifiers or "transport" in modifiers
    if single == "project":
        return bool(modifiers) or complement or is_definite(determiner)
    return True


def _schedules(line: Line, last: int) -> bool:
    """Whether a programme, plan or roadmap is one that sides agree on: "plan of measures", "roadmap for integration", "programme of events for 2019-2021"."""
    if line.word(last) not in ("of", "for", "on"):
        return False
    behind = [line.word(k) for k in range(last + 1, last + 5) if k < len(line)]
    for word in behind:
        if not word[:1].isalnum() or word in PREPOSITIONS or word in DETERMINERS:
            break
        if word in _SCHEDULED:
            return True
    span = next((k for k in range(last + 1, min(last + 9, len(line))) if k in line.values and line.values[k].kind == "period"), -1)
    return span > 0 and line.word(span - 1) == "for"


def _priced(line: Line, first: int, head: int, last: int) -> bool:
    """Whether a sum stands with the noun: "a $500 million deal", "contracts worth over $2 billion"."""
    ahead = any(line.values[k].kind == "money" for k in range(first, head) if k in line.values)
    return ahead or (line.word(last) == "worth" and _worth(line, last) > last)


def _sum_of(line: Line, first: int) -> Mention | None:
    """The sum of "$12 billion of deals", "$3 billion worth of contracts", asked at "deals"."""
    if line.word(first - 1) not in ("of", "in"):
        return None
    value = line.values.get(first - 3 if line.word(first - 2) == "worth" else first - 2)
    return value if value is not None and value.kind == "money" else None


def _reached(line: Line, i: int) -> int:
    """The token behind "reached in Vienna", "reached during the talks", "reached today", asked behind the participle."""
    if line.word(i) in ("in", "at", "during", "by", "between"):
        stop = phrase_end(line, i + 1)
        return stop if stop > i + 1 else i
    return i + 1 if line.word(i) in ("today", "earlier", "previously", "yesterday", "there") else i


def _worth(line: Line, i: int) -> int:
    """The token behind "worth ... $2 billion" at token i; i where no sum follows."""
    if line.word(i) in _SUMMING or (line.word(i) == "valued" and line.word(i + 1) == "at"):
        for k in range(i + 1, min(i + 6, len(line))):
            if k in line.values and line.values[k].kind == "money":
                return line.values[k].last
    return i


def _two_states(line: Line, head: int, modifiers: list[str]) -> bool:
    states = {
        m.entities[0].iri for m in line.mentions if m.kind == "state" and head - 6 <= m.first < head and m.entities
    }
    return len(states) > 1


def _apposed_name(line: Line, last: int) -> str:
    """ "Sohar Fertiliser" of "a joint venture, Sohar Fertiliser, with Oman", "" where no name stands between commas there."""
    first = k = last + 1 + (line.word(last + 1) == "the")
    while k < len(line) and k - last <= 5 and line.cap(k) and line.alpha(k) and not any(
            m.first <= k < m.last and (m.kind in ("state", "person", "office") or (m.kind == "place" and m.last > m.first + 1)) for m in line.mentions):
        k += 1
    if k == first + 1 and any(m.kind == "place" and m.first == first for m in line.mentions):
        return ""
    closed = line.word(last) == "," and k > first and line.word(k) in (",", "(", ".")
    return _label(line, first, k) if closed else ""


def _title_of_show(line: Line, last: int, end: int) -> str:
    """ "Faces of Chad" of "an exhibition called “Faces of Chad”", "" where none stands there."""
    k = next((k for k in range(last, end) if line.word(k) in ("called", "entitled", "titled", "named", "dubbed")), end)
    title = _label(line, k + 1, end) if k + 1 < end else ""
    return title.strip("\"“”‘’' ")


def _label(line: Line, first: int, end: int) -> str:
    text = " ".join(line.slice(first, end).split())
    return re.sub(r"(?: (?:called|entitled|titled|named|dubbed))+$", "", text.rstrip(" ,;."))


def _entity(
    line: Line,
    kind: str,
    label: str,
    form: str,
    determiner: str,
    first: int,
    head: int,
    end: int,
    single: str,
    memory: Memory,
) -> Entity:
    known = next(
        (
            m.entities[0]
            for m in line.mentions
            if m.first >= first
            and m.last <= end
            and m.last > head - 1
            and m.first <= head
            and m.entities
            and m.entities[0].known
            and m.kind == kind
        ),
        None,
    )
    if known is not None:
        return known
    inner = next(
        (
            m.entities[0]
            for m in line.mentions
            if m.last == head
            and m.first >= first
            and m.entities
            and m.form == "name"
            and m.entities[0].kind in ("project", "facility")
            and kind in ("project", "facility")
        ),
        None,
    )
    if inner is not None and all(
        line.low[k] in _EVERYDAY
        for k in range(first, head)
        if not any(m.first <= k < m.last and m.entities and m.entities[0] is inner for m in line.mentions)
    ):
        return inner
    if kind == "project" and (meant := _aimed_at(line, head, end)) is not None:
        return meant
    if memory.gazetteer is not None:
        for entity in memory.gazetteer.by_label(label):
            if entity.kind == kind and not (kind == "agreement" and of_others(entity.iri, memory)):
                return entity
    if kind in ("agreement", "body") and form == "name" and (meant := memory.known_by_words(kind, label)) is not None:
        return meant
    if kind == "agreement" and line.word(end) == "for" and end + 1 in line.values and line.values[end + 1].kind == "period":
        years = " ".join(line.low[end:line.values[end + 1].last])
        if (meant := memory.known_by_words(kind, f"{label} {years}")) is not None:
            return meant  # "the joint action plan of A and B for 2016-2018"
    if form == "description" or is_definite(determiner):
        like = memory.find_like(kind, label, single, wider=is_definite(determiner) and kind != "event")
        if like is not None:
            return like
    marker = ""
    if not any(m.kind == "state" and m.first >= first and m.last <= end for m in line.mentions):
        marker = " ".join(sorted(s.label for s in memory.pair)) if form == "description" and kind != "event" else ""
    return memory.make(kind, label, _land_around(line, end) if kind == "facility" else "", marker=marker, head=single)


def _land_around(line: Line, i: int) -> str:
    """The state in which the place lies that "at", "in" or "near" at token i names: "the naval base | at Tartus"; "" where none."""
    place = line.here(_skip_the(line, i + 1), ("place", "state")) if line.word(i) in ("at", "in", "near", "outside") else None
    if place is None or len(place.entities) != 1:
        return ""
    return place.entities[0].iri if place.kind == "state" else place.entities[0].state


_AIM = lists("things")["aim"]


def _aimed_at(line: Line, head: int, end: int) -> Entity | None:
    """The known thing that a project is about: "the project to create the Baiterek complex"."""
    found = [m for m in line.mentions if head < m.first < end and m.kind in ("project", "facility") and m.form == "name" and m.entities and m.entities[0].known
             and all(word in _AIM for word in line.low[head + 1 : m.first])]
    return found[0].entities[0] if found else None


def _stands_at(line: Line, i: int) -> int:
    """The token behind "at Pancevo", "in the Bor valley" at token i; i where no name of a place stands there."""
    if line.word(i) not in ("at", "near", "outside", "in") or not line.cap(_skip_the(line, i + 1)) or i + 1 in line.values:
        return i
    k = _skip_the(line, i + 1)
    if line.here(k, ("state", "person", "organisation", "company")) is not None:
        return i
    end = k
    while line.cap(end) and end < k + 4:
        end += 1
    return end


def _add_bare(line: Line, head: int, last: int, kind: str, single: str, left: Left, memory: Memory) -> bool:
    """A head noun with nothing that tells which: a reference where definite, else a description."""
    first, determiner, det = left.first, left.determiner, left.at
    short = line.tokens[head].text
    if last == head + 1 and short.isupper() and (told := memory.named(short)) is not None and told.kind == kind:
        line.add(head, last, kind, "name", (told,), head=single)  # "the FTA" behind "the Free Trade Agreement (FTA)"
        return True
    if is_definite(determiner) and not ((single in _SUDDEN or single in _BALLOTS) and _of_date(line, last)):
        line.add(det, last, kind, "reference", head=single)
        return True
    if determiner == "'s" or determiner in ("its", "their", "his", "our", "her", "my"):
        if kind == "agreement" and determiner == "'s" and line.word(last) == "with":
            line.add(first, last, kind, "description", (_plain(line, kind, first, last, memory),), head=single)  # "Chad's contract with Eni"
        town = (
            next((m for m in line.mentions if m.kind == "place" and m.last == det and m.form == "name"), None)
            if kind == "facility" and determiner == "'s"
            else None
        )
        if town is not None:
            line.add(first, last, kind, "description", (memory.make(kind, f"{town.text} {line.slice(first, last)}"),), head=single)  # "Hanoi's ring road"
            return True
        if kind in ("agreement", "project") and det >= 0 and determiner != "'s":
            line.add(first, last, kind, "description", (_plain(line, kind, first, last, memory),), head=single)
        return True
    if kind == "event" and single not in (
        "forum",
        "exhibition",
        "festival",
        "concert",
        "conference",
        "summit",
        "election",
    ) and single not in _SUDDEN and single not in _BALLOTS:
        return False
    if kind in ("body", "facility") and not determiner and first == head:
        return False
    if (kind == "project" and single == "project") or (
        kind == "agreement" and single in ("document", "deal", "statement", "plan") and not (single == "deal" and line.word(last) == "with")
            and not (single in _BARE_SIGNED and _is_signed(line, first, last, False))
    ):
        return False
    line.add(first, last, kind, "description", (_plain(line, kind, first, last, memory),), head=single)
    return True


def _of_date(line: Line, i: int) -> bool:
    """Whether "of 2016" stands at token i."""
    return line.word(i) == "of" and i + 1 in line.values and line.values[i + 1].kind in ("date", "period")


def _plain(line: Line, kind: str, first: int, last: int, memory: Memory) -> Entity:
    marker = " ".join(sorted(s.label for s in memory.pair))
    return memory.make(kind, _label(line, first, last), marker=marker)


def _add_year_and_days(line: Line, memory: Memory) -> None:
    """ "Year of Chile in Korea", "Days of Omani Culture in Rome"."""
    for i, word in enumerate(line.low):
        if (
            word not in ("year", "years", "days", "week", "weeks", "day", "decade", "season", "month")
            or line.word(i + 1) != "of"
        ):
            continue
        shown = _shown(line, i + 2)
        if word not in ("year", "days") and not line.cap(i) and not shown:
            continue
        if not line.cap(i + 2) and line.word(i + 2) not in ("culture", "the", "russian"):
            continue
        plain = (word == "days" and line.word(i + 2) == "culture") or shown > 0
        if not (line.cap(i) or plain or (word == "year" and line.here(i + 2, ("state",)))):
            continue
        end = max(find_right(line, i + 1, _OF), shown)
        if line.word(end) == "in" and (
            place := line.here(end + 1, ("place",)) or line.here(_skip_the(line, end + 1), ("state", "place"))
        ):
            end = place.last
        while end > i + 2 and not line.cap(end - 1) and not plain:
            end -= 1
        if end <= i + 2 or any(m.kind == "event" and m.entities and m.last > i + 2 for m in line.at.get(i, ())):
            continue
        first = i
        while line.cap(first - 1) and first - 1 > 0 and line.alpha(first - 1) and line.word(first - 1) not in SMALL:
            first -= 1
        if line.hyphen(first - 1) and line.cap(first - 2):
            first -= 2  # "the Chadian-Omani Year of Science"
        if line.crosses(first, end):
            continue
        label = _label(line, first, end)
        label = label[0].upper() + label[1:]
        like = memory.find_like("event", label, word)
        line.add(first, end, "event", "name", (like or memory.make("event", label, head=word),), head=word, busy=True)


def _shown(line: Line, i: int) -> int:
    """The token behind "Chadian cinema" at token i, what a country shows of itself; 0 where it is something else."""
    state = next((m for m in line.at.get(i, ()) if m.kind == "state" and m.first == i), None)
    if state is None:
        return 0
    end = state.last
    while line.word(end) in _CULTURE or (line.word(end) in ("and", "&") and line.word(end + 1) in _CULTURE):
        end += 1
    if line.alpha(end) and line.word(end) not in PREPOSITIONS and line.word(end) not in SMALL and end not in line.finite:
        return 0  # "weeks of Chadian music lessons"
    return end if end > state.last else 0


def _add_cultural_days(line: Line, memory: Memory) -> None:
    """ "Chadian Culture Days", "a Togolese film week", "Benin Week"."""
    for i, word in enumerate(line.low):
        if word not in _CULTURAL_TIMES or i == 0 or any(m.kind == "event" for m in line.at.get(i, ())):
            continue
        first = i
        while first > 0 and (line.word(first - 1) in _CULTURE or (line.word(first - 1) in ("and", "&") and line.word(first - 2) in _CULTURE)):
            first -= 1
        cultural = first < i
        while first > 0 and (states := [m for m in line.mentions if m.kind == "state" and m.last == first]):
            first = states[0].first
            if line.hyphen(first - 1) and any(m.kind == "state" and m.last == first - 1 for m in line.mentions):
                first -= 1
        if not cultural and not (line.cap(i) and first < i and word in ("week", "weeks", "days", "season", "month") and line.word(i + 1) != "of"):
            continue
        end = i + 1
        if line.word(end) == "of" and line.here(_skip_the(line, end + 1), ("state",)):
            end = find_right(line, end, _OF)
        if not line.crosses(first, end):
            label = _label(line, first, end)
            like = memory.find_like("event", label, word)
            form = "name" if line.cap(i) else "description"
            line.add(first, end, "event", form, (like or memory.make("event", label, head=word),), head=word, busy=True)


def _add_counted(line: Line, memory: Memory) -> None:
    """ "the 14th Nordic Forum" where the forum as such is known: this one is an event of its own."""
    for m in [m for m in line.mentions if m.kind == "event" and m.entities and m.form == "name"]:
        value = line.values.get(m.first - 1)
        if value is not None and value.kind == "ordinal" and value.last == m.first:
            label = _label(line, value.first, m.last)
            line.add(value.first, m.last, "event", "name", (memory.make("event", label),), head=m.head, busy=True)


def _add_contests(line: Line, memory: Memory) -> None:
    """ "the Rugby World Cup" where the World Cup is known: an event of its own, whose name is longer."""
    for m in [m for m in line.mentions if m.kind == "event" and m.entities and m.entities[0].known and m.text.lower().split()[-1] in _CONTESTS]:
        first = m.first
        while first > 1 and line.cap(first - 1) and line.alpha(first - 1) and not any(o.first <= first - 1 < o.last for o in line.mentions):
            first -= 1
        if first < m.first:
            line.add(first, m.last, "event", "name", (memory.make("event", _label(line, first, m.last)),), head=m.head, busy=True)


def _add_years_of(line: Line, memory: Memory) -> None:
    """ "40 years of diplomatic relations": an anniversary."""
    for m in [m for m in line.mentions if m.kind == "duration"]:
        i = m.last + 1 if line.word(m.last) == "of" else m.last
        end = i + 2 if line.word(i) in ("diplomatic", "bilateral", "official") and line.word(i + 1) in ("relations", "ties") else 0
        if not end and i > m.last and line.word(i) in ("friendship", "cooperation", "partnership", "independence", "relations", "ties") and any(
                line.word(k).startswith(("celebrat", "mark", "commemorat", "observ")) for k in range(m.first - 3, m.first)):
            end = i + 1
        if end:
            label = _label(line, m.first, end)
            line.add(m.first, end, "event", "description", (memory.make("event", label),), head="anniversary")


def _skip_the(line: Line, i: int) -> int:
    return i + 1 if line.word(i) == "the" else i


def title_words(line: Line, i: int) -> bool:
    """Whether token i can stand in a title: a capital, a dash or a small joining word."""
    return (
        line.cap(i)
        or line.hyphen(i)
        or line.low[i] in ("of", "and", "&", "for")
        or line.low[i] in DETERMINERS | PREPOSITIONS
    )


def quote_end(line: Line, i: int) -> int:
    """The token behind a quotation that opens at token i."""
    return quoted(line, i)
