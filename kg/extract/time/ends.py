"""Between which places a project runs: "a railway from A via B to C", "the A-B pipeline", "a road linking A and B"."""

from __future__ import annotations

from kg.extract.words import words
from kg.gazetteer import Gazetteer
from kg.match import Match, SentenceView
from kg.model import Entity, Mention

_PLACES = frozenset({"place", "state", "facility"})
_HYPHENS = frozenset({"-", "–", "—"})
_LINKING = frozenset(["linking", "connecting", "links", "connects", "joining"])
_HOUSES = words("ends", "houses")
_LINES = words("ends", "lines")
_RUNNING = (_LINES - {"power", "gas", "oil"}) | frozenset(
    "railways railroads pipelines roads highways motorways lines cables routes corridors flights canals train trains service services link links connection connections tunnel "
    "bridge bridges interconnector interconnectors interconnection expressway expressways bus buses tram metro stretch section branch gateway deliveries transit "
    "way waterway ferries crossing track tracks networks network system grid lorries trucks ships".split()
)
_FAR = 12
_COMPASS = words("ends", "compass")


def ends_of(view: SentenceView, match: Match, gazetteer: Gazetteer) -> tuple[Entity, Entity] | None:
    """Origin and destination of the project that the match caught, None where the text names no two places for them."""
    for binding in match.bindings:
        if binding.role != "project":
            continue
        first, last = binding.first, min(len(view), max(view.clause_end(binding.last), view.clause_end(match.last) if match.group is not None else 0))
        joint = next((k for k in range(binding.first + 1, binding.last) if view.word(k) in ("of", "for")), binding.last)
        if view.word(joint - 1) in _HOUSES or (view.word(joint - 1) == "project" and not _LINES.intersection(view.words[first : binding.last])):
            continue
        if binding.first < binding.last and not _RUNNING.intersection(view.words[first : binding.last]):
            last = min(last, binding.last)  # "gas turbines ... cooperation between Kyiv and Ankara"
        for k in range(first, last):
            found = _hyphened(view, k, last, gazetteer) or _led(view, k, last, gazetteer)
            if found is not None and found[0].iri != found[1].iri:
                return found
    return None


def _place(view: SentenceView, first: int, last: int) -> Mention | None:
    """The place that is named from token first on, articles and epithets passed over."""
    if view.word(first) in _COMPASS:
        return None
    for at in range(first, min(first + 3, last)):
        for mention in reversed(view.by_first.get(at, ())):  # the shortest first
            if mention.kind in _PLACES and mention.form in ("name", "metonym") and len(mention.entities) == 1:
                return mention
        if view.word(at) not in ("the", "western", "eastern", "northern", "southern", "central"):
            return None
    return None


def _as_place(mention: Mention, gazetteer: Gazetteer) -> Entity:
    """The city itself where a capital's name was read as its state."""
    if mention.form != "metonym":
        return mention.entities[0]
    return next((e for e in gazetteer.by_label(mention.text) if e.kind == "place"), mention.entities[0])


def _hyphened(view: SentenceView, k: int, last: int, gazetteer: Gazetteer) -> tuple[Entity, Entity] | None:
    """"Beijing-Astana-Berlin": the first and the last of the row."""
    row: list[Entity] = []
    place = _place(view, k, last) if view.word(k) not in ("the",) else None
    while place is not None:
        row.append(_as_place(place, gazetteer))
        if view.word(place.last) not in _HYPHENS:
            break
        place = _place(view, place.last + 1, last)
    return (row[0], row[-1]) if len(row) > 1 else None


def _led(view: SentenceView, k: int, last: int, gazetteer: Gazetteer) -> tuple[Entity, Entity] | None:
    """"from A ... to B", "linking A and|with|to B", "between A and B"."""
    word = view.word(k)
    joints = {"from": ("to", "into"), "between": ("and",)}.get(word) or (("and", "with", "to") if word in _LINKING else ())
    one = _place(view, k + 1, last) if joints else None
    if one is None:
        return None
    for at in range(one.last, min(one.last + _FAR, last)):
        if view.word(at) in joints:
            two = _place(view, at + 1, last)
            if two is not None:
                return _as_place(one, gazetteer), _as_place(two, gazetteer)
    return None
