"""Phrases of offices: "Dutch Prime Minister", "the minister of energy of Chad", "head of the EU delegation in Oslo"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.gazetteer import Name
from kg.mentions.known import concept_of
from kg.mentions.line import (
    AUXILIARIES,
    DETERMINERS,
    POSSESSIVE,
    PREPOSITIONS,
    SMALL,
    VERBS,
    Line,
)
from kg.mentions.person_names import ORGANISATIONAL, name_run, past_address
from kg.mentions.phrases import PORTFOLIO, before_name, phrase_end
from kg.mentions.words import lists, plural, with_plurals
from kg.model import Concept, Entity

__all__ = ["Office", "add_firms_of_offices", "epithets_from", "of_both", "read_office", "skip_the"]

_LISTS = lists("small")
_PEOPLE = lists("people")
_OFFICES = with_plurals("people", "office")
_TWO = {tuple(p.split()): w for w in _PEOPLE["two-word"] for p in (w, plural(w))}
_WEAK = _PEOPLE["weak-office"]
_MODIFIERS = _PEOPLE["modifier"]
_BODIES = _PEOPLE["body"]
_ORG_KINDS = ("organisation", "company", "body", "group")
# Adjectives that stand between whose an office is and the office; how most of them end.
_EPITHETS = _PEOPLE["epithets"]
_ADJECTIVAL = ("ly", "ous", "ive", "ary", "ish", "less", "able", "ible", "spoken", "est", "ful", "istic", "ist", "ing")
_NO_PERSON = _LISTS["people-no-person"]
_SENT = tuple(sorted(_PEOPLE["sent"]))
_TITLE_TAILS = frozenset({"general", "extraordinary", "plenipotentiary", "elect", "designate"})
_WHOSE = ("its", "their", "his", "her", "our", "whose")
_NO_HOLDER = _PEOPLE["no-holder"]
_GATHERINGS = _PEOPLE["gatherings"]
_HOUSES = _PEOPLE["houses"]
_RULING = _PEOPLE["ruling"]
_WITH_PORTFOLIO = _PEOPLE["with-portfolio"]
_NO_PORTFOLIO = SMALL | VERBS | PREPOSITIONS | DETERMINERS | frozenset(POSSESSIVE) | frozenset(AUXILIARIES) | _EPITHETS


@dataclass(frozen=True, slots=True)
class Office:
    """An office phrase: its tokens, its head, whether plural, whose it is, its concept."""

    first: int
    last: int
    head: str
    many: bool
    owners: tuple[Entity, ...]
    concept: Concept | None


def read_office(line: Line, i: int, offices: Mapping[int, tuple[int, Name]]) -> Office | None:
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
    if low[i] in ("deputy", "vice", "assistant") and k < len(line) and low[k] in _OFFICES and low[k] != "general" and not (
            i in offices and offices[i][0] > k):
        return None  # "Deputy | Justice Minister", "Deputy | Mayor", "Vice | Chairwoman", "Assistant | Undersecretary"
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
    first = _office_start(line, i, last)
    if concept is None and first in offices and offices[first][0] == last:
        concept = concept_of(offices[first][1], "office")  # "the foreign | ministers"
    if last < len(line) and (
        line.word(last) in _NO_HOLDER or (line.cap(last) and line.word(last) in _GATHERINGS) or (line.hyphen(last))
    ):
        return None
    if head == "speaker" and low[i - 1 : i] and low[i - 1] in _PEOPLE["talking"]:
        return None  # "the first speaker", "a keynote speaker"
    if head == "charge":
        return None  # "in charge of the ministry" has no accent
    if tuple(head.split()) not in _TWO and (head in _NO_PERSON or (head.rpartition(" ")[2] in _NO_PERSON and "of" not in head)):
        return None
    if head in ("president", "chairman", "chairwoman") and _HOUSES.intersection(low[first:i]) and _is_general(concept):
        concept = Concept("office", "speaker-of-parliament")  # "Bundestag President", "Senate Chairman"
    owners: list[Entity] = []
    whose = epithets_from(line, first)
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
        if m.kind in _ORG_KINDS and i < m.first < last < m.last and m.form == "name" and not head.endswith("of staff"):
            end = max(end, m.last)
            owners.extend(e for e in m.entities if e not in owners)
    if head in _WEAK and end == last and first == i and not owners and not (
            _name_follows(line, last) or _named_behind_comma(line, first, last)):
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
        and not of_both(line, last)
    ):
        return None
    return Office(first, end, head, many, tuple(owners), concept)


def _is_general(concept: Concept | None) -> bool:
    """Whether a known office is only the general one, which the words around it may narrow."""
    return concept is None or concept.word in ("president", "chairman")


def _further_portfolio(line: Line, last: int) -> int:
    # "Minister of Energy | and Infrastructure Ana Lima": the token behind what else a known office is in charge of
    while line.cap(last) and line.word(last) in PORTFOLIO and line.cap(last + 1):
        last += 1  # "Minister for International Development | Cooperation Ana Lima"
    if not line.cap(last - 1):
        return _plain_portfolio(line, last)
    people = line.here(last + 1, ("state",))
    parted = line.word(last + 1) in _MODIFIERS or (people is not None and people.form == "adjective" and people.last == last + 2)
    kind = last + 2 if parted and line.cap(last + 2) else last + 1  # "and | Regional Integration", "and | Chadians Abroad"
    if line.word(last) not in ("and", "&", ",") or not line.cap(last + 1) or (line.word(kind) not in PORTFOLIO and line.word(last + 1) not in PORTFOLIO):
        return last
    stop = phrase_end(line, last + 1)
    cut = before_name(line, last + 1, stop)
    return (
        cut
        if cut < stop
        or all(line.low[k] in PORTFOLIO or line.low[k] in _MODIFIERS or line.low[k] in ("and", "&", ",") for k in range(kind, cut))
        else last
    )


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


def epithets_from(line: Line, first: int) -> int:
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
    if line.word(first - 1) in POSSESSIVE and line.word(first - 3) == "the":
        comma = first - 4  # "Ana Lima, the group's chief executive"
    return line.word(comma) == "," and line.cap(comma - 1)


def _was_elected(line: Line, i: int) -> bool:
    """Whether "elected" at token i is a verb: "was then elected president", "was re-elected chairman"."""
    i -= 1
    if line.hyphen(i):
        return True
    while line.word(i).endswith("ly") or line.word(i) in ("then", "first", "later", "again", "also", "since", "twice", "thus"):
        i -= 1
    return line.word(i) in ("was", "were", "is", "are", "be", "been", "being", "got")


def _office_start(line: Line, i: int, last: int) -> int:
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
    return _portfolio_start(line, first) if line.low[i] in _WITH_PORTFOLIO or line.word(last - 1) in _WITH_PORTFOLIO else first


def _portfolio_start(line: Line, first: int) -> int:
    """Where the words begin that say for what a minister is one, whatever they are: "Malaysia's | commodities minister"."""
    k = first
    while k > first - 4 and line.alpha(k - 1) and line.before(k, ("state",)) is None and line.low[k - 1] not in _NO_PORTFOLIO:
        k -= 1
    while k > 1 and line.word(k - 1) in ("and", "&", ",") and (more := _portfolio_before(line, k - 1)) < k - 1:
        k = more  # "the Finnish | Roads and Energy Minister"
    if k == first or not (_possessed(line, k) or ((state := line.before(k, ("state",))) is not None and state.form == "adjective")):
        return first
    return k


def _possessed(line: Line, k: int) -> bool:
    # "'s" or "the countries'" in front of token k, not "Dato'".
    return line.word(k - 1) in POSSESSIVE and (line.word(k - 1) not in ("'", "’") or line.word(k - 2).endswith("s"))


def _portfolio_before(line: Line, end: int) -> int:
    """Where the capital words begin that end at token end and may say for what else a minister is one; end where none do."""
    k = end
    while k > end - 3 and line.alpha(k - 1) and line.cap(k - 1) and not line.here(k - 1, ("state", "person", "company", "organisation", "place")) and (
            line.low[k - 1] not in _NO_PORTFOLIO and line.low[k - 1] not in _OFFICES and line.low[k - 1] not in ORGANISATIONAL):
        k -= 1
    return k


def _office_complement(line: Line, last: int, head: str) -> tuple[int, list[Entity]]:
    """The token behind "of ...", "to ...", "for ..." of an office, and the actors named in it."""
    end = last
    owners: list[Entity] = []
    named_body = " of " in head
    vice = head.replace(" ", "") in ("vice-president", "vicepresident")
    envoy = head.startswith(_SENT)
    head = head.partition(" of ")[0].partition(" to ")[0]
    head = head.rpartition(" ")[2] if "minister" not in head else head
    head = "ambassador" if envoy else head
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
                    or head
                    in (
                        "commissioner",
                        "representative",
                        "envoy",
                        "expert",
                        "vice-president",
                        "director",
                        "deputy",
                        "adviser",
                        "advisor",
                        "coordinator",
                        "ambassador",
                        "spokesman",
                        "spokeswoman",
                        "spokesperson",
                        "under-secretary",
                        "undersecretary",
                        "speaker",
                    )
                )
            )
            or (
                word == "to"
                and head
                in (
                    "ambassador",
                    "commissioner",
                    "assistant",
                    "adviser",
                    "advisor",
                    "envoy",
                    "high commissioner",
                    "representative",
                    "delegate",
                )
            )
            or (
                word == "in"
                and head in ("ambassador", "consul", "envoy", "commissioner", "general", "representative", "attaché", "attache")
                and line.here(skip_the(line, end + 1), ("state", "place")) is not None
            )
            or (word == "on" and head in ("assistant", "adviser", "envoy", "representative", "expert", "minister"))
            or (
                (end > last or named_body)
                and word in ("for", "at")
                and head in ("director", "head", "chief", "chairman", "researcher", "fellow")
            )
            or (word in ("at", "with") and head in ("expert", "professor", "fellow", "researcher", "analyst", "scholar"))
            or (word == "at" and line.here(skip_the(line, end + 1), _ORG_KINDS) is not None)
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
                sent = word in ("to", "in") and head in ("ambassador", "commissioner", "envoy", "high commissioner", "consul")
                owners.extend(e for e in found.entities if found.kind != "place" or (sent and e.state))
                while (
                    line.word(stop) in ("and", ",")
                    and (more := line.here(skip_the(line, stop + 1), ("state",))) is not None
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
                while (
                    line.word(stop) in (",", "and", "&")
                    and line.cap(stop + 1)
                    and line.word(stop + 1) in PORTFOLIO
                    and phrase_end(line, stop + 1) > stop + 1
                ):
                    stop = phrase_end(line, stop + 1)
                stop = before_name(line, begin, stop)
                if (
                    stop == begin
                    or stop - begin > 9
                    or all(line.word(k) in DETERMINERS or line.word(k) in ("late", "former", "then") for k in range(begin, stop))
                ):
                    break  # "deputy | of the late Ana Lima"
                stop = next((k for k in range(begin, stop) if line.low[k] in POSSESSIVE), stop)
                # A person's name right behind the phrase does not belong to it.
                for k in range(start + 1, stop):
                    if (
                        name_run(line, k) >= k + 2
                        and line.low[k] not in PORTFOLIO
                        and line.word(k + 1) not in PORTFOLIO
                        and (not line.cap(k - 1) or line.low[k - 1] in ORGANISATIONAL)
                        and line.cap(k)
                        and line.low[k] not in ORGANISATIONAL
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


def add_firms_of_offices(line: Line) -> None:
    """Lets the offices be those of the firms that were found in their words later on: "owner of the Bulgarian firm | Elmex"."""
    for office in [m for m in line.mentions if m.kind == "office" and m.form == "office" and not any(e.kind in _ORG_KINDS for e in m.entities)]:
        firms = [m for m in line.mentions if m.kind in ("company", "organisation") and m.form == "name" and m.entities and office.first < m.first]
        inside = [m for m in firms if m.last <= office.last or (m.first <= office.last < m.last + 1 and m.first > office.first + 1)]
        led = [m for m in inside if any(line.low[k] in ("of", "at", "for") for k in range(office.first, m.first))]
        if led:
            line.drop(office)
            line.add(office.first, max(office.last, led[-1].last), "office", "office", led[-1].entities[:1], concept=office.concept, head=office.head)


def of_both(line: Line, i: int) -> int:
    """The token behind "of both", "of the two countries" where it stands at token i, with two names behind a comma; 0 where it does not."""
    k = skip_the(line, i + 1)
    if line.word(i) != "of" or line.word(k) not in ("both", "two"):
        return 0
    end = next((n for n in range(k + 1, min(k + 4, len(line))) if line.word(n) == ","), 0)
    if not end or any(line.here(n, ("state", "place", "person")) for n in range(k + 1, end)):
        return 0
    run = name_run(line, past_address(line, end + 1))
    return end if run > end + 2 and line.word(run) == "and" and name_run(line, past_address(line, run + 1)) > run + 1 else 0


def skip_the(line: Line, i: int) -> int:
    """The token behind "the" where it stands at token i, else i."""
    return i + 1 if line.word(i) == "the" else i


def _named_behind_comma(line: Line, first: int, last: int) -> bool:
    """Whether somebody's head or director is named behind a comma: "its director, Ana Lima"."""
    return line.word(first - 1) in (*POSSESSIVE, *_WHOSE) and line.word(last) == "," and name_run(line, last + 1) > last + 2


def _name_follows(line: Line, i: int) -> bool:
    return name_run(line, i) > i
