"""Mentions in a list: "Chile, Peru and Togo", over what stands between them (homes, dates, "six other countries"), and where a list ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.match.linear.mentions import COUNTED_THINGS, OF_PERSONS, mentions_at
from kg.match.linear.things import FIRM_NOUNS
from kg.match.view import LIST_JOINTS, SentenceView
from kg.match.words import words
from kg.model import Mention
from kg.words.closed import CONJUNCTIONS, DETERMINERS, POSSESSIVES, PREPOSITIONS, SUBJECT_PRONOUNS, is_adverb

__all__ = ["apposed_before_verb", "coordinated", "joints_at", "past_apposition", "past_comment", "past_home"]

_UP_TO = (("to",), (",", "to"), ("through", "to"), ("up", "to"), ("right", "up", "to"), ("all", "the", "way", "to"))
_ENUMERATED = 25  # words told of one of an enumeration
_APPOSED = 10  # words of an apposition inside a list
_LISTED_STATES = frozenset({"land", "state", "states", "actor"})
_INNER = frozenset({"of", "for", "on", "the", "-", "–"})
_BLOC_NOUNS = words("linear", "bloc-nouns")
_OTHER_STATES = words("linear", "other-states")
_GENERAL = words("linear", "general")


def coordinated(view: SentenceView, kind: str, first: Mention) -> Iterator[tuple[tuple[Mention, ...], int]]:
    """Coordinated mentions from the first on, the longest list first; its last member may be read longer or shorter."""
    found: list[tuple[Mention, ...]] = [(first,)]
    ends: list[tuple[Mention, ...]] = [(first,)]
    while True:
        last = found[-1][-1]
        beyond = past_home(view, last) if kind in OF_PERSONS else _past_date(view, last) if kind in COUNTED_THINGS else last.last
        steps = _next_in_list(view, kind, beyond) if beyond > last.last else []
        if not steps and kind in OF_PERSONS | _LISTED_STATES and (behind := past_apposition(view, last)):
            steps = _next_in_list(view, kind, behind)
        steps = steps or ([] if beyond > last.last and kind in OF_PERSONS and view.word(last.last) == "," else _next_in_list(view, kind, last.last))
        if not steps and kind == "org" and (behind := _past_unknown(view, last.last)) > last.last:
            steps = _next_in_list(view, kind, behind)
        if steps and kind == "org" and len(found) == 1 and view.words[last.last:last.last + 2] == [",", "and"] and any(
                g.form == "finite" and g.first >= steps[0].last for g in view.groups):
            steps = []  # "are members of the OSCE, and the university, based in Piran, was founded"
        if not steps and kind in COUNTED_THINGS and _enumerated(view, first):
            steps = _next_enumerated(view, kind, last.last)
        if not steps:
            break
        ends += [(*found[-1], step) for step in reversed(steps)]
        found.append((*found[-1], steps[0]))
    for mentions in reversed(ends):
        if len(mentions) > 1 and (_runs_into_clause(view, mentions) or _owns_next(view, mentions)):
            continue
        people = mentions[1:]
        if mentions[0].kind in ("office", "state", "group") and len(mentions[0].entities) == len(people) > 1 and all(m.kind == "person" for m in people):
            yield people, mentions[-1].last  # "the presidents of Chile and Peru, A and B": an apposition
        else:
            beyond = past_home(view, mentions[-1]) if kind in OF_PERSONS and view.word(mentions[-1].last) == "," else mentions[-1].last
        if beyond > mentions[-1].last:
            yield mentions, beyond  # "Turku Institute, Finland"
        elif kind in _LISTED_STATES and (beyond := _past_unnamed(view, mentions[-1].last)):
            yield mentions, beyond
        yield mentions, mentions[-1].last


def apposed_before_verb(view: SentenceView, comma: int) -> bool:
    """Whether the comma opens what only says what was named: "the mill, | a joint venture of Eni and Enel, was opened"."""
    told = view.group_at.get(comma + 1, -1)  # "the railway, | built by Eni and Enel, was opened"
    done = told >= 0 and view.word(view.groups[told].last) == "by"
    if not done and (view.word(comma + 1) not in ("a", "an") or any(word in _GENERAL for word in view.words[max(comma - 4, 0):comma])):
        return False  # "the biggest project of all, a port and a zone, was halted": only the apposition names it
    end = next((k for k in range(comma + 2, min(comma + _ENUMERATED, len(view))) if view.word(k) == ","), 0)
    at = next((k for k in view.skip_positions(end + 1) if k in view.group_at), -1) if end else -1
    return at >= 0 and view.groups[view.group_at[at]].form == "finite"


def _owns_next(view: SentenceView, mentions: Sequence[Mention]) -> bool:
    """Whether the last of a list only owns what stands in apposition: "Salini, Italy's largest builder"."""
    joint = view.words[mentions[-2].last : mentions[-1].first]
    owns = view.word(mentions[-1].last) in ("'s", "’s") or view.word(mentions[-1].first) in ("its", "their", "his", "her")  # "on Peru, its embassy said"
    return owns and "and" not in joint and "or" not in joint and "," in joint


def _runs_into_clause(view: SentenceView, mentions: Sequence[Mention]) -> bool:
    """Whether the last of a list that only commas join is the subject of the next clause: "If Chile attacked Peru, Brazil would help"."""
    last = mentions[-1]
    if any("and" in view.words[a.last : b.first] or "or" in view.words[a.last : b.first] for a, b in pairwise(mentions)):
        return False
    following = next((p for p in view.skip_positions(last.last) if p in view.group_at), -1)
    return (
        following >= 0
        and view.groups[view.group_at[following]].form == "finite"
        and any(g.form == "finite" and g.last <= mentions[0].first for g in view.groups)
    )


def past_home(view: SentenceView, mention: Mention) -> int:
    """The token behind where an organisation or person is said to belong: "Aalto University, Helsinki", "the Bank (NBG) of Georgia"."""
    i = mention.last
    if mention.kind not in ("organisation", "company", "institution", "person", "body"):
        return i
    if mention.kind == "company" and view.word(i) in FIRM_NOUNS:
        return i + 1  # "the state Eni company and Shell"
    at = view.skip_positions(i)[-1]
    if view.word(at) not in ("of", ","):
        return i
    behind = at + 2 if view.word(at + 1) == "the" else at + 1
    home = next((m for m in view.by_first.get(behind, ()) if m.kind in ("state", "place") and m.form == "name" and len(m.entities) == 1), None)
    return home.last if home is not None else i


def past_apposition(view: SentenceView, mention: Mention) -> int:
    """The comma behind what is said of one of a list: "Petrogas, Oman's state oil firm | , and Shell"; 0 where nothing is, or no "and" follows."""
    at = mention.last
    if view.word(at) != "," or mention.form != "name":
        return 0
    owner = next((m for m in view.by_first.get(at + 1, ()) if m.kind == "state" and view.word(m.last) in ("'s", "’s")), None)
    first = owner.last + 1 if owner is not None else at + 2 if view.word(at + 1) in ("a", "an", "the", "its", "their") else 0
    end = next((k for k in range(first, min(first + _APPOSED, len(view))) if view.word(k) == ","), 0) if first else 0
    if not end or view.word(end + 1) != "and" or not view.tokens[first].text.islower():
        return 0
    told = any(view.in_group[k] >= 0 and view.groups[view.in_group[k]].form == "finite" for k in range(first, end))
    return 0 if told or {";", ":", "and", "or"} & set(view.words[first:end]) else end


def _past_unknown(view: SentenceView, i: int) -> int:
    """The token behind what an organisation of a list is ("the G-20 | major economies") or behind one that no gazetteer knows
    ("the WTO | , the Colombo Plan")."""
    end = view.phrase_end(i)
    if end > i and view.word(end - 1) in _BLOC_NOUNS and all(view.tokens[k].text.islower() for k in range(i, end)):
        i = end
    if view.word(i) == ",":
        k = first = i + 1 + (view.word(i + 1) == "the")
        while k < len(view) and k not in view.by_first and (view.tokens[k].text[:1].isupper() or (k > first and view.word(k) in _INNER)):
            k += 1
        if k > first and view.word(k - 1) not in _INNER and view.word(k) in (",", "and"):
            return k
    return i


def _past_date(view: SentenceView, mention: Mention) -> int:
    """The token behind the date that an agreement bears: "the treaty of 12 May 1994", "the accord for 2010-2012"."""
    at = mention.last
    if view.word(at) in ("of", "dated", "for", "until", "till", "("):
        for m in view.by_first.get(at + 1, ()):
            if m.kind in ("date", "period"):
                return m.last + 1 if view.word(m.last) == ")" else m.last
    return next((m.last for m in view.by_first.get(at, ()) if m.kind == "period"), at)


def _past_unnamed(view: SentenceView, i: int) -> int:
    """The token behind those whom a list of states does not name ("Togo, Benin and six other countries"), asked behind the last named; 0 where none follow."""
    at = i + (view.word(i) == ",")
    if view.words[at:at + 1] != ["and"] and view.words[at:at + 2] not in (["along", "with"], ["together", "with"], ["as", "well"]):
        return 0
    if at > i and view.word(at) != "and":
        end = next((k for k in range(at, min(at + 12, len(view))) if view.word(k) == ","), 0)
        return end + 1 if end and any(view.word(k) in _OTHER_STATES for k in range(at, end)) and not any(k in view.group_at for k in range(at, end)) else 0
    end = next((k for k in range(at + 1, min(at + 7, len(view))) if view.word(k) in _OTHER_STATES), 0)
    if not end or any(not view.word(k)[:1].isalnum() or view.word(k) in ("and", "of", "in", "to") or k in view.group_at for k in range(at + 1, end)):
        return 0
    counted = any(view.word(k) in ("other", "others", "more", "further", "fellow", "several", "many", "most", "some") for k in range(at + 1, end + 1))
    return end + 1 if counted or any(m.kind == "number" for m in view.by_first.get(at + 1, ())) else 0


def _enumerated(view: SentenceView, first: Mention) -> bool:
    """Whether a colon leads the list in: "two pacts remain in force: the Treaty on ..."."""
    i = first.first - 1
    return view.word(i - (view.word(i) in ("the", "a", "an"))) == ":"


def _next_enumerated(view: SentenceView, kind: str, i: int) -> list[Mention]:
    """The next of things enumerated behind a colon, over a relative clause, participle or phrase that tells of the one before."""
    word = view.word
    at = i + (word(i) == ",")
    if not (
        word(at) in ("which", "that")
        or at in view.group_at
        or (at == i and (word(at) in PREPOSITIONS or word(at) == "and" or ";" in view.words[i : i + _ENUMERATED]))
    ):
        return []
    for k in range(at + 1, min(at + _ENUMERATED, len(view))):
        if word(k) in (".", ":"):
            return []
        if word(k) in (",", ";"):
            behind = k + 1 + (word(k + 1) == "and")
            steps = list(mentions_at(view, kind, behind))
            if steps:
                return [m for m in steps if m.first == steps[0].first]
    return []


def _next_in_list(view: SentenceView, kind: str, i: int) -> list[Mention]:
    """The mentions that go on a list at token i: those that begin at one place, the longest first."""
    for at in view.skip_positions(i)[:2]:
        for joint in joints_at(view, i, kind == "sector"):
            if joint in (("-",), ("–",), ("/",)) and kind not in ("state", "demonym", "land", "states"):
                continue
            if all(view.word(at + k) == word for k, word in enumerate(joint)):
                behind = past_comment(view, at + len(joint)) if joint[-1] == "and" else at + len(joint)
                if joint == (",",) and view.word(behind) in ("both", "all"):
                    continue  # "the two neighbours, both members of the union": an apposition
                behind += view.word(behind) in ("on", "with", "between", "by") and joint[-1] in ("and", "as", "also")
                behind += _again(view, behind) if kind == "sector" else 0
                if kind == "sector" and _epithet_of_sector(view, behind):
                    behind += 1
                behind += kind == "org" and view.word(behind) in ("in", "of", "to", "within")  # "in the G20, in APEC and in the OSCE"
                steps = [m for m in mentions_at(view, kind, behind) if _goes_on(view, kind, m, i) and not (joint[0] == ";" and _acts(view, m.last))
                         and not (joint == (",",) and view.word(m.last) == "'s")]  # "Cyprus, Jordan's neighbour"
                if kind == "office" and any(p.kind == "person" and p.form == "name" and i < p.first <= steps[0].first < p.last for p in view.mentions if steps):
                    return []  # "Ana Lima, head of the fund, and the commissioner, Ivo Novak": his office
                if steps:
                    return [m for m in steps if m.first == steps[0].first]
    return []


def joints_at(view: SentenceView, i: int, ranging: bool) -> tuple[tuple[str, ...], ...]:
    """What may go on a list at token i; "to" as well, where the list may be a range ("from trade to sport") and "from" opens it."""
    return (*LIST_JOINTS, *_UP_TO) if ranging and _from_before(view, i) else LIST_JOINTS


def past_comment(view: SentenceView, i: int) -> int:
    """The token behind what only comments on the next of a list at token i: "tea and, increasingly, | fish", "tea and of course | fish"."""
    k = i + (view.word(i) == ",")
    if view.words[k:k + 2] == ["of", "course"] or view.words[k:k + 2] == ["in", "particular"]:
        end = k + 2
    elif is_adverb(view.word(k)) and view.word(k + 1) != "-" and not view.by_first.get(k):  # no "First Deputy Minister"
        end = k + 1
    else:
        return i
    if k > i:
        return end + 1 if view.word(end) == "," else i
    return end


def _from_before(view: SentenceView, i: int) -> bool:
    """Whether "from" opens the list that token i goes on: "from trade and culture | to sport"."""
    for k in range(i - 1, max(i - 16, 0), -1):
        if view.word(k) == "from":
            return True
        if view.in_group[k] >= 0 or view.word(k) in (";", ":", "."):
            return False
    return False


def _acts(view: SentenceView, i: int) -> bool:
    """Whether a finite verb follows: "Chile and Peru; Bolivia | acceded in 2019" goes on with a clause of its own."""
    k = view.skip_positions(i)[-1]
    return any(view.in_group[j] >= 0 and view.groups[view.in_group[j]].form == "finite" for j in (i, k) if j < len(view))


def _epithet_of_sector(view: SentenceView, i: int) -> bool:
    """Whether a plain word stands in front of a field's name: "health and *local* government"."""
    word = view.word(i)
    return (
        word.isalpha()
        and not any(m.kind == "sector" for m in view.by_first.get(i, ()))
        and any(m.kind == "sector" for m in view.by_first.get(i + 1, ()))
        and not (
            word in DETERMINERS
            or word in PREPOSITIONS
            or word in CONJUNCTIONS
            or word in POSSESSIVES
            or word in SUBJECT_PRONOUNS
            or view.in_group[i] >= 0
        )
    )


def _again(view: SentenceView, i: int) -> int:
    """How many tokens at i only say again what stands before the first field of a list: "in tourism and *in* sport", "mining and, *above
    all,* water", "trade and *the fight against* piracy"."""
    k = i
    if view.words[k:k + 3] == ["above", "all", ","]:
        k += 3
    k += view.word(k) in ("in", "on", "for")
    if view.word(k) == "the" and view.word(k + 1) in ("fight", "struggle", "combat") and view.word(k + 2) == "against":
        k += 3
    return k - i


def _goes_on(view: SentenceView, kind: str, mention: Mention, i: int) -> bool:
    """Whether the mention is one more of the list that token i ends: no pronoun that begins a clause, no place that says where."""
    if mention.kind == "pronoun" and view.word(mention.first) in ("he", "she", "it", "they", "we", "who", "which"):
        return False
    return not (kind == "place" and _is_no_further_place(view, mention, i))


def _is_no_further_place(view: SentenceView, mention: Mention, i: int) -> bool:
    """Whether a place behind a comma only says where the place before it lies ("Lima, Peru"), or begins somebody's name and title."""
    if any(m.last > mention.last and m.kind in ("person", "office", "organisation", "event") for m in view.by_first.get(mention.first, ())):
        return True
    homes = {e.state for m in view.mentions if m.last == i and m.kind in ("place", "facility") for e in m.entities}
    return any(e.kind == "state" and e.iri in homes for e in mention.entities)
