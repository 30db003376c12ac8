"""The mentions that a slot takes at a token, past what may stand in front: articles, epithets, an owner, an amount, "a number of"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.match.records import State
from kg.match.tables import class_table
from kg.match.types import fits
from kg.match.view import SentenceView, is_opener
from kg.match.words import words
from kg.model import Mention
from kg.words import WordClasses
from kg.words.closed import DETERMINERS, PREPOSITIONS

__all__ = ["COUNTED_THINGS", "EPITHETS_OF_THINGS", "OF_PERSONS", "at_the_end", "is_counted", "mentions_at", "owns", "reaches_head"]

_YEAR = re.compile(r"(?:19|20)\d\d")
_BEFORE_YEARS = frozenset(["in", "and", "since", "of", "for", "from", "during", "to", "by", "until", "fy"])
# What may stand between an article and an amount without changing it.
_MEASURED = frozenset({"money", "percent", "number", "quantity", "counted", "amount", "figure", "tally", "weight", "power", "extent", "distance"})
_MEASURING = words("linear", "measuring")
_POSTPOSED = words("linear", "postposed")
_SUMS = frozenset({"total", "sum", "record", "maximum", "minimum"})
_PRICED = frozenset({"project", "facility", "premises"})
_STYLED = words("linear", "styled")
_OF_STATES = frozenset({"actor", "org", "company", "institution"})
COUNTED_THINGS = frozenset({"agreement", "treaty", "programme"})
_COUNTS = words("linear", "counts")
EPITHETS_OF_THINGS = words("linear", "epithets-of-things")
OF_PERSONS = frozenset({"actor", "person", "official", "holder"})
_ACTING = frozenset({"actor", "official", "person", "state"})
_STRONG = frozenset({"member", "nation", "country", "state", "strong"})
_ALLIANCES = words("linear", "alliances")
_STAFF = words("linear", "staff")
_STAFFED = frozenset({"actor", "firm", "org", "owner"})
# Bodies through which a state acts: "Vietnam's coast guard", "the Fijian navy".
_FORCES = frozenset({"coast guard", "navy", "'s navy", "army", "'s army", "air force", "'s police", "border guard", "armed forces", "health ministry",
                     "defence ministry", "'s military", "fire service", "fire brigade", "national police", "interior ministry", "border police"})


def mentions_at(view: SentenceView, kind: str, i: int) -> Sequence[Mention]:
    """The mentions that a slot of this type takes at token i, worked out once for a sentence."""
    found = view.fitting.get((kind, i))
    if found is None:
        fit = list(_find_mentions(view, kind, i))
        if kind == "project" and len(fit) > 1:  # "The tunnel | at Agua Negra": what names it goes before what only points at it
            fit = [m for m in fit if m.form != "reference" or m.entities or not any(o is not m and o.entities and o.last >= m.last for o in fit)]
        found = view.fitting[kind, i] = tuple(fit)
    return found


def _find_mentions(view: SentenceView, kind: str, i: int) -> Iterator[Mention]:
    at = i
    for _ in range(4):
        here = view.by_first.get(at, ())
        if here:
            further = _behind_owner(view, kind, here)
            if further < 0:
                return
            if further:
                at = further
                continue
            for mention in here:
                if fits(mention, kind) and not (mention.kind == "state" and mention.form == "name" and any(
                        m.last > mention.last and m.kind in ("company", "organisation", "institution") and m.form == "name" for m in here)) and not (
                        mention.kind == "office" and kind in _ACTING and _tells_of_person(view, mention)):
                    yield mention  # "the Kenya Pipeline Company" is not Kenya
            adjective = next((m for m in here if m.kind == "state" and m.form == "adjective"), None)
            if adjective is not None and kind in OF_PERSONS and any(m.kind == "person" for m in view.by_first.get(adjective.last, ())):
                at = adjective.last  # "Omani Sultan Qaboos"
                continue
            value = next((m for m in here if m.kind in ("money", "quantity")), None) if kind in _PRICED else None
            if value is not None:
                at = value.last + (view.word(value.last) == "-")  # "a $2 billion plant"
                continue
        word = view.word(at)
        if kind in _OF_STATES and view.word(at + 1) == "-" and view.word(at + 2) in _STRONG:
            at += 3  # "the 28-member European Union"
            continue
        if kind in _MEASURED and (word in _MEASURING or (word == "of" and view.word(at - 1) in _SUMS and at > i)):
            at += 1  # "a further $5 million", "a total of 300"
            continue
        if not (is_opener(word) or word in ('"', "“", "'", "‘", "both")):
            break
        if any(m.kind == "pronoun" and fits(m, kind) and not (kind == "actor" and owns(view, m, kind)) for m in here):
            return
        at += 1
    if kind in _OF_STATES:
        yield from at_the_end(view, kind, i)
    counted = _past_count(view, i) if kind in COUNTED_THINGS else i
    if counted > at:
        yield from (m for m in view.by_first.get(counted, ()) if fits(m, kind))


def _behind_owner(view: SentenceView, kind: str, here: Sequence[Mention]) -> int:
    """Where what a slot takes is named behind a state that owns it, or behind what its style is told by; 0 where nothing of that stands here,
    -1 where it belongs to somebody nobody knows ("Romania's Santierul Naval")."""
    owner = next((m for m in here if m.kind == "state" and view.word(m.last) == "'s"), None)
    if owner is not None:
        behind = owner.last + 1
        owned = view.by_first.get(behind, ())
        if kind in ("project", "facility", "premises") and any(m.kind in ("facility", "project") and m.entities and reaches_head(view, m) for m in owned):
            return behind  # "Oman's Sohar power station"
        if kind in _OF_STATES and any(m.kind in ("company", "organisation", "institution") and m.form == "name" for m in owned):
            return behind  # "Oman's Petrogas"
        if kind in _OF_STATES and _names_unknown(view, behind):
            return -1
        if kind in OF_PERSONS and any(m.kind == "person" and m.form == "name" for m in owned):
            return behind  # "Croatia's Jadranka Kosor"
    styled = next((m for m in here if m.kind == "organisation" and view.word(m.last) == "-" and view.word(m.last + 1) in _STYLED), None)
    return styled.last + 2 if styled is not None else 0  # "the EU-style Eurasian union"


def _tells_of_person(view: SentenceView, office: Mention) -> bool:
    """Whether an office stands in apposition to the person named before it: "Ana Lima, *minister of trade of Chile*, met ..."."""
    return any(m.kind == "person" and m.first < office.first and office.last <= m.last for m in view.mentions)


def _names_unknown(view: SentenceView, i: int) -> bool:
    """Whether capital words that are no mention make up the noun phrase at token i to its end."""
    phrase = next((p for p in view.phrases if p.first <= i < p.last), None)
    return phrase is not None and not any(
        m.first < phrase.last and i < m.last and m.kind not in ("sector", "indicator") and (m.kind != "place" or m.first == i)
        for m in view.mentions) and all(
        view.tokens[k].text[:1].isupper() for k in range(i, phrase.last))


def at_the_end(view: SentenceView, kind: str, i: int) -> Iterator[Mention]:
    """The firm or organisation that a noun phrase describes before it names it ("the Russian carrier S7"), or that leads what it tells of
    ("a consortium led by Hyundai"); the state whose force it is ("Vietnam's coast guard")."""
    phrase = next((p for p in view.phrases if p.first <= i < p.last and (p.first == i or view.word(i - 1) in DETERMINERS)), None)
    if phrase is None:
        return
    here = view.by_first.get(i, ())
    if any(m.last >= phrase.last and fits(m, kind) for m in here):
        return
    if view.word(phrase.last - 1) in _ALLIANCES and view.word(phrase.last) in ("led", "headed", "fronted", "made", "consisting", "comprising", "composed"):
        at = next((k for k in range(phrase.last + 1, phrase.last + 3) if view.word(k) in ("by", "of")), phrase.last) + 1
        yield from (m for m in mentions_at(view, kind, at) if m.kind in ("company", "organisation", "state"))
        return
    if view.word(phrase.last - 1) in _ALLIANCES and view.word(phrase.last) in ("of", "between", "including", "involving", "uniting", "grouping"):
        yield from (m for m in mentions_at(view, kind, phrase.last + 1) if m.kind in ("company", "organisation"))  # "a consortium of Vinci and Egis"
        return
    if kind in _STAFFED and view.word(phrase.last - 1) in _STAFF and view.word(phrase.last) in ("from", "at", "of", "with"):
        yield from (m for m in mentions_at(view, kind, phrase.last + 1) if m.kind in ("company", "organisation"))  # "our colleagues from Rosatom"
        return
    stop = next((m.first for m in view.mentions if m.kind in ("date", "period") and m.last == phrase.last and m.first > i), phrase.last)
    named = [
        m
        for m in view.mentions
        if m.kind in ("company", "organisation", "person") and m.form == "name" and i < m.first and m.last == stop and fits(m, kind)
    ]
    if named and all(
        (view.word(k).isalpha() or view.word(k) == "-")
        and view.word(k) not in PREPOSITIONS
        and (k in view.by_first or not view.tokens[k].text[:1].isupper() or any(m.first <= k < m.last for m in view.mentions))
        for k in range(i, named[0].first)
    ):
        yield named[0]
    owner = next((m for m in here if m.kind == "state" and m.form in ("name", "adjective")), None)
    if (
        kind == "actor"
        and owner is not None
        and phrase.last - owner.last <= 4
        and " ".join(view.words[max(owner.last, phrase.last - 2) : phrase.last]) in _FORCES
    ):
        yield replace(owner, last=phrase.last, form="name")


def _past_count(view: SentenceView, i: int) -> int:
    """The token behind "a number of other", "twelve new", "several important" at i; i where nothing of the sort stands there."""
    word = view.word
    at = i + 1 if word(i) in ("a", "an", "the") else i
    if word(at) in ("whole", "large", "small") and word(at + 2) == "of":
        at += 1
    if word(at) in _COUNTS and word(at + 1) == "of":
        at += 2
    elif word(at) in ("a", "the", "these", "those", "all") or is_opener(word(at)):
        at += 1
    start = at
    while word(at) in EPITHETS_OF_THINGS or word(at).isdigit() or any(m.kind == "number" and m.last == at + 1 for m in view.by_first.get(at, ())):
        at += 1
    return at if at > start or word(at - 1) == "of" else i


def owns(view: SentenceView, pronoun: Mention, kind: str) -> bool:
    """Whether "our", "his" only says whose the one is with whom or by whom something is done: "with our French friends"."""
    i = pronoun.first
    if any(m.head == "neighbour" and m.first == i for m in view.by_first.get(i, ())):
        return False  # "exports to its northern neighbour": who has it counts
    return (view.word(i) in ("our", "his", "her", "its", "their", "my")
            and (view.word(i - 1) in ("with", "by", "between", "among", "to") or (i > 0 and kind in ("official", "person") and view.in_group[i - 1] >= 0))
            and view.base_end(i) > i + 1)


def is_counted(view: SentenceView, classes: WordClasses, mention: Mention, state: State) -> bool:
    """Whether the noun is the head of the noun phrase that the number caught before begins: "1,500 young Kenyan nurses"."""
    number = next((b for b in reversed(state.bindings) if b.type in ("tally", "number")), None)
    if number is not None and number.last - number.first == 1 and _YEAR.fullmatch(view.word(number.first)) and view.word(number.first - 1) in _BEFORE_YEARS:
        return False  # "in 2012 and 2013 debts were forgiven"
    if mention.kind != "state" and number is not None and view.tokens[number.last].text[:1].isupper() and view.tokens[mention.last - 1].text[:1].isupper():
        return False  # "at the 37 Military Hospital"
    if "uncounted" in classes and view.word(mention.last - 1) in class_table(classes, "uncounted"):
        return False
    phrase = next((p for p in view.phrases if p.first <= mention.first < p.last), None)
    return (
        phrase is not None
        and (reaches_head(view, mention) or view.word(mention.last) in _POSTPOSED)
        and (number is None or number.last > phrase.first or view.word(number.last) in ("of", "more"))
    )


def reaches_head(view: SentenceView, mention: Mention) -> bool:
    """Whether a mention is the head of its noun phrase: no "Batumi" in "the Batumi port operator"."""
    phrase = next((p for p in view.phrases if p.first <= mention.first < p.last), None)
    return phrase is None or mention.last >= phrase.last or mention.kind == "pronoun" or view.word(mention.last) in ("'s", "(", ",") or any(
        m.kind in ("period", "date") for m in view.by_first.get(mention.last, ()))
