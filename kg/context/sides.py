"""For which of two states each of two speakers speaks, where no title says it: by who is guest where, whose visit it is, in what order a headline names them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from kg.context.speech import Speech
from kg.gazetteer import Gazetteer, Name
from kg.model import Document

__all__ = ["AS_GUEST", "AS_HOST", "sides_of_speakers"]

AS_GUEST = re.compile(
    r"(?i)\b(?:your\s(?:\w+\s){0,2}?(?:welcome|hospitality|invitation|city|capital|country|reception)|(?:hospitality|welcome|reception)\s(?:accorded|extended|given|shown)?\s?(?:to\s)?(?:me|us)"
    r"|(?:invited|received|welcomed)\s(?:me|us)|(?:my|our)\s(?:\w+\s){0,2}?visit\s(?:to|here)|for\s(?:inviting|receiving|welcoming)\s(?:me|us))\b"
)
AS_HOST = re.compile(
    r"(?i)\b(?:welcome\s(?:you|our\sguests?|his|her|the\spresident|the\sprime)|welcome\sto\s(?:our|this)|our\s(?:\w+\s){0,2}?guests?|your\s(?:\w+\s){0,2}?(?:visit|stay)|receive\syou|you\shave\scome"
    r"|have\syou\s(?:here|with\sus)|visit\sto\s(?:our|my)\scountry)\b"
)
# Words in front of a state or a place in it, by whose it is: "your visit to Peru" says a Peruvian.
_OWN = re.compile(
    r"(?i)\b(?:(?:your\s(?:[\w-]+\s){0,3}?(?:visit|trip|journey|stay|embassy|ambassador|consulate)|(?:welcome|receive|greet|have)\s(?:you|him|her)(?:\s\w+)?)\s(?:here\s)?(?:to|in)"
    r"|(?:my|our)\s(?:own\s)?(?:country|homeland|nation|capital|government)\s?,?(?:\sof)?|we\s(?:the\s)?|(?:here\s)?with\sus\sin)\s(?:the\s)?$"
)
_OTHERS = re.compile(
    r"(?i)\b(?:(?:my|our)\s(?:[\w-]+\s){0,3}?(?:visit|trip|journey|stay|embassy|ambassador|consulate)\s(?:here\s)?(?:to|in)|(?:your|dear)\s(?:country|capital|homeland|nation|city)\s?,?(?:\sof)?"
    r"|you\sare\s(?:the\s)?(?:[\w-]+\s){0,3}?of|(?:hospitality|welcome|reception)\s(?:here\s)?(?:in|of)|(?:glad|happy|pleased|honoured|delighted)\sto\sbe\s(?:back\s|here\s)?in|you\s(?:the\s)?)\s(?:the\s)?$"
)
_JOINED = re.compile(r"(?i)\b(?:presidents|ministers|premiers|chancellors|leaders|heads|speakers)\b[^.:;]{0,60}?\bof\s(?:the\s)?$")
_BEFORE = 90

def sides_of_speakers(document: Document, gazetteer: Gazetteer, turns: Sequence[Speech], people: Sequence[str], pair: Sequence[str]) -> Mapping[str, str]:
    """The state of each of two speakers (in the order in which they first speak), empty where nothing or too little tells."""
    scores = {iri: _score(document, gazetteer, [t for t in turns if any(e.iri == iri for e in t.speakers)], pair) for iri in people}
    first, second = people
    straight = scores[first][0] + scores[second][1]
    crossed = scores[first][1] + scores[second][0]
    names = [name for name in gazetteer.find_names(document.title) if _state(name, gazetteer) in pair]
    for one, other in pairwise(names):
        if _JOINED.search(document.title[: one.start]) and document.title[one.end : other.start].strip() in ("and", "and the", "&"):
            straight, crossed = (straight + 1, crossed) if _state(one, gazetteer) == pair[0] else (straight, crossed + 1)
    if straight == crossed:
        return {}
    return dict(zip(people, pair if straight > crossed else reversed(pair), strict=True))


def _score(document: Document, gazetteer: Gazetteer, turns: Sequence[Speech], pair: Sequence[str]) -> tuple[int, int]:
    """How much the turns of one speaker say that he speaks for the first, and for the second, of a pair."""
    score = [0, 0]
    title = {
        _state(name, gazetteer)
        for name in gazetteer.find_names(document.title)
        if any(c.kind == "place" or c.form == "metonym" for c in name.candidates)
    } & set(pair)
    for turn in turns:
        said = document.text[turn.start : turn.end]
        for name in gazetteer.find_names(said):
            state = _state(name, gazetteer)
            if state in pair:
                before = said[max(0, name.start - _BEFORE) : name.start]
                at = pair.index(state)
                score[at] += bool(_OWN.search(before))
                score[1 - at] += bool(_OTHERS.search(before))
        if len(title) == 1:
            at = pair.index(next(iter(title)))
            score[at] += len(AS_HOST.findall(said))
            score[1 - at] += len(AS_GUEST.findall(said))
    return score[0], score[1]


def _state(name: Name, gazetteer: Gazetteer) -> str:
    """The state that a name names or in which its place lies; "" for persons, organisations and the rest."""
    for candidate in name.candidates:
        if candidate.weak or candidate.kind not in ("state", "place"):
            continue
        return candidate.iri if candidate.kind == "state" else gazetteer.state_of(candidate.iri)
    return ""
