"""Whom a document is about, and for whom it speaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kg.context.sides import AS_GUEST, AS_HOST
from kg.context.words import words
from kg.gazetteer import Gazetteer, Name
from kg.model import Document, Entity

__all__ = ["Dyad", "find_dyad"]

_ADDRESSES = "|".join(sorted(words("speech", "addresses")))

_HEAD = 900
_TEXT = 60_000
_OFFICIAL = re.compile(
    r"(?i)\b(?:embassy|consulate(?:-general)?|ambassador|mission|ministry|minister|president|government|"
    r"high commission)\b[^.\n]{0,70}?\b(?:of|from)\s+(?:the\s+)?$"
)
_ENVOY = re.compile(r"(?i)\bambassador\b[^.]{0,70}?\b(?:of|from)\s+(?:the\s+)?$")
_HOSTED = re.compile(
    r"^\s*(?:embassy|consulate|foreign ministry|ministry|high commission|government|president|ambassador)\b",
    re.IGNORECASE,
)
_AUTHORITY = re.compile(
    r"(?i)\b(?:embassy|consulate|high commission|(?:foreign |external )?ministry|(?:deputy |prime )?minister|ministers|presiden(?:t|cy)|government|cabinet|parliament|chancellery|"
    r"department of (?:state|foreign|external)|foreign office|state house|secretariat|royal (?:court|palace))\b"
)
# Who sits in the capital of the own state, as no embassy and no office of the UN does: "Office of the President, Nairobi".
_AT_HOME = re.compile(
    r"(?i)\b(?:(?:foreign |external )?ministry|(?:prime )?minister|presiden(?:t|cy)|government|cabinet|parliament|chancellery|state house|royal (?:court|palace))\b"
)
_ABROAD = re.compile(r"(?i)\b(?:embassy|consulate|high commission|ambassador|legation|mission|united nations|university|club|institute)\b")
_LETTERHEAD = 250  # characters in which it stands
_HEADED = re.compile(
    r"(?im)^[ \t#*]*(?:embassy|high commission|consulate(?:[- ]general)?|permanent mission)\s+of\s+(?:the\s+)?(?:(?:federal|federative|kingdom|people's|republic|state|socialist|democratic|islamic|oriental|plurinational|united)\s+)*(?:of\s+)?$"
)
_WITH = re.compile(r"\b(?:[Ww]e|[Oo]ur|[Uu]s)\b[^.;:?!]{0,60}?\b(?:with|to|from|by|at)\s+(?:the\s+)?$")


_GUEST = re.compile(
    r"\b(?:(?:[Mm]y|[Oo]ur)\s(?:[\w-]+\s){0,4}?(?:visit|trip|journey|stay|return)\s(?:to|in)|(?:I|[Ww]e)\s(?:am|are)\s(?:here|back|again)\sin|(?:I|[Ww]e)\s(?:have\s)?(?:come|came)\sto"
    r"|[Yy]our\s(?:great\s|beautiful\s)?(?:country|nation),?)\s(?:the\s)?$"
)
_HOST = re.compile(
    r"\b(?:(?:I|[Ww]e|pleasure\sto|pleased\sto|delighted\sto|hono(?:u)?r(?:ed)?\sto|happy\sto|glad\sto)\s(?:\w+\s){0,2}?welcome\s[^.;:?!]{0,60}?\b(?:to|in)"
    r"|(?:[Ww]elcome|visit|come)\sto\sour\scountry,|[Mm]y\scountry,)\s(?:the\s)?$"
)
_BEHALF = re.compile(r"\b[Oo]n\s(?:my\sown\sbehalf\sand\son\s)?behalf\sof\s(?:the\s)?(?:[\w’'-]+\s){0,5}?(?:of\s)?(?:the\s)?$")
_SENDER = re.compile(r"\s(?:[Ee]mbassy|[Gg]overnment|[Pp]eople|[Dd]elegation|[Nn]ation|[Ss]ide|[Pp]arliament|[Pp]resident|[Pp]rime\s[Mm]inister)\b")
_WE_ARE = re.compile(r"\b(?:I|[Ww]e)\s(?:are|remain|have\sbeen|have\sbecome|became)\s(?:now\s|still\s|already\s)?(?:the\s)?$")


@dataclass(frozen=True, slots=True)
class Dyad:
    """The pair of states that a document is about (empty where it shows none) and its side: the state that "we" is."""

    states: tuple[Entity, ...] = ()
    side: Entity | None = None


_RARE = 5000  # characters of a text to one point of its two states, where no title names them


def find_dyad(document: Document, gazetteer: Gazetteer, names: Sequence[Name] | None = None) -> Dyad:
    """The document's pair, from its title, its speakers and what it names most; and its side, from its author.

    ``names`` are those of its text, where they have been found already.
    """
    if names is None or len(document.text) > _TEXT:
        names = gazetteer.find_names(document.text[:_TEXT])
    counts: Counter[str] = Counter()
    for name in names:
        if state := _state(name, gazetteer):
            counts[state] += 2 if _plain(name) else 1
    pair = _pair(document, gazetteer, counts)
    states = tuple(gazetteer.entity(iri) for iri in pair)
    side = _side(document, gazetteer, names, pair)
    return Dyad(states, gazetteer.entity(side) if side else None)


def _plain(name: Name) -> bool:
    return name.kind == "state" and name.form != "metonym" and not _is_shared(name)


def _is_shared(name: Name) -> bool:
    """Whether two states bear the name alike (Congo, Korean), so that it alone says of none that the text is about it."""
    return len({c.iri for c in name.candidates if c.kind == "state" and c.form == name.form}) > 1


def _state(name: Name, gazetteer: Gazetteer) -> str:
    """The state that a name names: a state, its metonym, or a person's state; "" otherwise."""
    if _is_shared(name) or any(c.kind == "organisation" and c.form == "metonym" for c in name.candidates):
        return ""
    for candidate in name.candidates:
        if candidate.weak:
            continue
        if candidate.kind == "state":
            return candidate.iri
        if candidate.kind == "person" and not candidate.surname:
            return gazetteer.state_of(candidate.iri)
        if candidate.form == "metonym":
            return candidate.iri
    return ""


def _in(text: str, gazetteer: Gazetteer) -> list[str]:
    """The states that a title names, plainly first, then by metonyms and people."""
    for form in (text, text.title() if text.isupper() else ""):
        names = gazetteer.find_names(form) if form else []
        plain = [name.iri if _plain(name) else "" for name in names]
        found = list(dict.fromkeys(iri for iri in plain if iri))
        other = dict.fromkeys(s for name in names if (s := _state(name, gazetteer)))
        found += [iri for iri in other if iri not in found]
        if found:
            return found
    return []


def _pair(document: Document, gazetteer: Gazetteer, counts: Counter[str]) -> tuple[str, ...]:
    titled = _in(document.title, gazetteer)
    if len(titled) > 2:
        kept = sorted(titled, key=lambda iri: -counts[iri])[:2]
        return tuple(iri for iri in titled if iri in kept)
    if len(titled) == 2:
        return tuple(titled)
    first = document.text.lstrip()[:300].split("\n", 1)[0]
    headed = [iri for iri in _in(first, gazetteer) if iri not in titled] if len(first) < 160 else []
    own = [iri for iri in _in(document.creator, gazetteer) + _in(document.publisher, gazetteer) if iri not in titled]
    if titled and len(headed) == 1:
        return (titled[0], headed[0])
    most = [iri for iri, _ in sorted(counts.items(), key=lambda c: -c[1]) if iri not in titled]
    if titled:
        other = own[0] if own and counts[own[0]] * 2 >= (counts[most[0]] if most else 0) else (most[0] if most else "")
        return (titled[0], other) if other else (titled[0],)
    if sum(counts[iri] for iri in most[:2]) * _RARE < min(len(document.text), _TEXT):
        return ()  # a long text on something else, in which two states come up
    return tuple(most[:2])


def _side(document: Document, gazetteer: Gazetteer, names: Sequence[Name], pair: tuple[str, ...]) -> str:
    for text in (document.creator, document.publisher):
        named = _in(text, gazetteer)
        if named and (text is document.creator or _HOSTED.search(text) or _behind_office(text, gazetteer)):
            return named[0]
        if authority := _authority(text, gazetteer):
            return authority
    head = document.text[:_HEAD]
    for name in names:
        line = head[head.rfind("\n", 0, name.start) + 1 : (head + "\n").find("\n", name.end)]
        if name.end <= _LETTERHEAD and _plain(name) and _HEADED.search(head[: name.start]) and len(line) <= 90 and not line.rstrip().endswith((".", ":")):
            return name.iri if name.iri in pair else ""  # "Embassy of India, Lima", above all else
    for text, found in ((document.title, gazetteer.find_names(document.title)), (head, names)):
        for name in found:
            if name.end <= len(text) and _plain(name) and _ENVOY.search(text[max(0, name.start - 90) : name.start]):
                return name.iri
    return _from_headline(document, gazetteer, pair) or _from_we(document, names, pair) or _from_place(document, gazetteer, names, pair)


_SPOKEN_BY = re.compile(
    rf"(?i)^(?P<before>[^:,;]{{0,90}}?)(?:['’]s?)\s(?:[\w-]+\s){{0,2}}?(?:{_ADDRESSES})\b|\b(?:{_ADDRESSES})\b(?:\s(?!by\b|of\b)[\w’'-]+){{0,4}}?\s(?:by|of)\s(?P<behind>.+)"
    rf"|^(?P<label>[^:,;]{{0,90}}?):\s(?:[\w-]+\s){{0,2}}?(?:{_ADDRESSES})\b"
)
_OCCASION = re.compile(r"(?i)\s(?:at|in|on|during|after|following|before|upon|while|to\s(?:the|a)\s\w+|with)\s")


def _headlines(document: Document) -> tuple[str, ...]:
    first = document.text.lstrip()[: 2 * _LETTERHEAD].split("\n", 1)[0]
    return (document.title, first if len(first) < 2 * _LETTERHEAD and first[-1:] not in ".!?" else "")


def _from_headline(document: Document, gazetteer: Gazetteer, pair: tuple[str, ...]) -> str:
    """The state of the one who speaks, where a headline names it with his office: "Speech by Prime Minister Lima of Peru"."""
    for line in _headlines(document):
        if not (found := _SPOKEN_BY.search(line)):
            continue
        who = found["before"] or found["label"] or found["behind"] or ""
        cut = _OCCASION.search(who)
        named = _in(who[: cut.start()] if cut else who, gazetteer)
        if named and named[0] in pair:
            return named[0]
    return ""


_SPEECH_LINE = re.compile(rf"(?i)\b(?:{_ADDRESSES})\b")
_PLACED = re.compile(r"(?i)\b(?:in|to|at|of)\s(?:[\w’'-]+\s){0,3}?$|,\s$|^\s*$")


def _from_place(document: Document, gazetteer: Gazetteer, names: Sequence[Name], pair: tuple[str, ...]) -> str:
    """The state of the one who speaks in a place that a headline names: his own where he welcomes, the other one's where he is welcomed."""
    if len(pair) != 2 or not any(_SPEECH_LINE.search(line) for line in _headlines(document)):
        return ""
    head = document.text[:_HEAD]
    guest, host = len(AS_GUEST.findall(document.text[:_TEXT])), len(AS_HOST.findall(document.text[:_TEXT]))
    if guest == host:
        return ""
    title = document.title
    for text, found in ((title, gazetteer.find_names(title)), (head, names)):
        for name in found:
            if name.end > len(text):
                break
            state = _state(name, gazetteer)
            if state in pair and not _plain(name) and name.kind != "person" and _PLACED.search(text[max(0, name.start - 60) : name.start]):
                return state if host > guest else pair[state == pair[0]]
    return ""


def _authority(text: str, gazetteer: Gazetteer) -> str:
    """The state whose authority published: "Estonian Ministry of Foreign Affairs", "Office of the President, Republic of Ghana"."""
    for name in gazetteer.find_names(text):
        known = name.kind == "organisation" and _AUTHORITY.search(text[name.start:name.end])
        if known or (_plain(name) and (_AUTHORITY.search(text[: name.start]) or (name.form == "adjective" and _AUTHORITY.search(text[name.end :])))):
            return gazetteer.state_of(name.iri) if known else name.iri
        if (
            not _plain(name)
            and name.kind != "person"
            and _AT_HOME.search(text[: name.start])
            and not _ABROAD.search(text)
            and (state := _state(name, gazetteer))
        ):
            return state
    return ""


def _behind_office(text: str, gazetteer: Gazetteer) -> bool:
    return any(_OFFICIAL.search(text[: name.start]) for name in gazetteer.find_names(text) if _plain(name))


def _from_we(document: Document, names: Sequence[Name], pair: tuple[str, ...]) -> str:
    """The other state of the pair where "we ... with STATE" shows who "we" is not."""
    if len(pair) != 2:
        return ""
    score: Counter[str] = Counter()
    for place, name in enumerate(names):
        if not _plain(name) or name.iri not in pair or (name.form == "adjective" and not _SENDER.match(document.text, name.end)):
            continue
        if _BEHALF.search(document.text, max(0, name.start - 110), name.start):
            score[pair[name.iri == pair[0]]] += 2  # "on behalf of the Nepalese Government"
        if name.form == "adjective":
            continue
        before = document.text[max(0, name.start - 110) : name.start]
        tail = document.text[name.end : name.end + 45]
        nearby = names[place + 1] if place + 1 < len(names) else None
        joined = nearby is not None and nearby.iri in pair and nearby.iri != name.iri and nearby.start - name.end < 20
        if _WITH.search(before) and not joined and '"' not in before + tail[:1] and "“" not in before:
            score[name.iri] += 1
        if '"' in before + tail[:1] or "“" in before:
            continue
        if _GUEST.search(before) or (_WE_ARE.search(before) and tail.startswith(("'s ", "’s "))):
            score[name.iri] += 2  # "my visit to Nepal", "we are Nepal's neighbour"
        elif _HOST.search(before):
            score[pair[name.iri == pair[0]]] += 2
    a, b = pair
    if score[a] > 2 * score[b]:
        return b
    if score[b] > 2 * score[a]:
        return a
    return ""
