"""Items of a list that go on with the words above it: "The ministers agreed to:" - "open a consulate"; "Both sides:" - "welcomed the growth of trade".

Each is read with the words that lead in the list in front of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.extract.reading import Reading
from kg.extract.variants.pieces import Piece, Variant
from kg.extract.words import words
from kg.match import SentenceView
from kg.values import find_scale
from kg.words.closed import is_adverb
from kg.words.verbs import verb_tags

__all__ = ["led"]

_AREAS, _WORK = words("led", "areas"), words("led", "work")
_LONGEST_LEAD = 45  # tokens
_AS_FOLLOWS, _SETTLED = words("led", "as-follows"), words("led", "settled")
_SIGNS = frozenset({":", "–", "—", "-"})
_SCALES = {1_000: "thousand", 1_000_000: "million", 1_000_000_000: "billion"}
_ACTORS = frozenset({"state", "pair", "people", "person", "office", "organisation", "body", "delegation", "pronoun"})


def led(reading: Reading) -> list[Variant]:
    """The variants of all items of a document that begin with a verb, in text order."""
    out: list[Variant] = []
    lead: SentenceView | None = None
    for view in reading.views:
        ends = view.word(len(view) - 1) == ":"
        if view.sentence.kind == "item" and lead is not None and view.sentence.heading.endswith(_text(lead).rstrip(" :")[-60:]):
            out += _with_lead(lead, view) if lead.word(len(lead) - 1) == ":" else ()
            out += _of_year(lead, view)
        elif ((ends and view.sentence.kind in ("prose", "item")) or view.sentence.kind == "heading") and len(view) <= _LONGEST_LEAD:
            lead = view
        elif view.sentence.kind != "item":
            lead = None
    return out


def _text(view: SentenceView) -> str:
    return " ".join(view.text(0, len(view)).split())


def _with_lead(lead: SentenceView, view: SentenceView) -> Iterator[Variant]:
    end = len(lead) - 1
    while end > 0 and lead.word(end - 1) in _AS_FOLLOWS:
        end -= 1
    start = next((k for k in range(min(3, len(view))) if not is_adverb(view.word(k))), 0)
    first, last = view.word(start), len(view) - (view.word(len(view) - 1) in (".", ";", ","))
    if (work := _of_field(lead, end)) and not any(g.form == "finite" for g in view.groups):
        stop = next((k for k in range(last) if view.word(k) in _SIGNS or view.word(k) in ("(", ";")), last)
        own = Piece(view.text(0, stop), view.tokens[0].start, view.tokens[stop - 1].end)
        yield Variant((Piece(f"{_named(lead, work)} the field of", own.start, own.start), own), view, whole=True, led=True)
        return
    if last > 2 and view.word(last - 1) == "and" and view.word(last - 2) in (";", ","):
        last -= 2
    tags = {tag for _, tag in verb_tags(first)}
    if lead.word(end - 1) == "to" and "base" in tags:
        link = None
    elif lead.word(end - 1) in _SETTLED and (first == "to" or "base" in tags):
        link = None if first == "to" else "to"
    elif _ends_in_actor(lead, end) and tags & {"base", "past", "s"}:
        link = None
    else:
        return
    leading = f"{_named(lead, end)} {link}" if link else _named(lead, end)
    text = view.text(start, last)
    own = Piece(text[:1].lower() + text[1:], view.tokens[start].start, view.tokens[last - 1].end)
    yield Variant((Piece(leading, own.start, own.start), own), view, whole=True, led=True)


def _of_field(lead: SentenceView, end: int) -> int:
    """The end of "they cooperate in", "cooperation continues in" before "the following areas:", which a list of fields follows; 0 where there is none."""
    at = end - 1
    if lead.word(at) not in _AREAS or not _WORK & set(lead.words[:at]):
        return 0
    while at > 0 and lead.word(at) not in ("in", "on", "across"):
        at -= 1
    return at + 1 if 0 < end - at <= 6 and at > 0 else 0


def _of_year(lead: SentenceView, view: SentenceView) -> Iterator[Variant]:
    """ "Trade turnover (US$ million):" - "2015: 39.6 (exports: 28.4)" -> "Trade turnover in 2015: US$ 39.6 million (...)"."""
    when = next((m for m in view.by_first.get(0, ()) if m.kind in ("date", "period") and view.word(m.last) in _SIGNS), None)
    if when is None or any(g.form == "finite" for g in lead.groups) or any(m.kind in ("date", "period") for m in lead.mentions):
        return
    sums = [m for m in view.mentions if m.kind in ("money", "number", "quantity", "percent") and m.first >= when.last]
    if not any(m.first == when.last + 1 or (m.first == when.last + 2 and is_adverb(view.word(when.last + 1))) for m in sums):
        return
    heading = lead.text(0, len(lead)).rstrip(" :")
    unit = find_scale(heading)
    own: list[Piece] = []
    at = when.last + 1
    for m in sums if unit is not None else ():
        if m.kind == "number" and m.first >= at:
            own += [_piece(view, at, m.first)] if m.first > at else []
            scale = _SCALES.get(unit[0], "") if unit is not None else ""
            own.append(replace(_piece(view, m.first, m.last), text=f"{unit[1] if unit else ''} {view.text(m.first, m.last)} {scale}".strip()))
            at = m.last
    last = len(view) - (view.word(len(view) - 1) in (".", ";", ","))
    own += [_piece(view, at, last)] if last > at else []
    start, end = view.tokens[0].start, view.tokens[when.last - 1].end
    name = re.sub(r"\s*\([^()]*\)\s*$|,?\s+in\s+(?:US\s?\$|[A-Z]{3}|[$€£])?\s*(?:millions?|billions?|thousands?)\b.*$", "", heading)
    yield Variant((Piece(name, start, start), Piece(f"in {view.text(0, when.last)}:", start, end), *own), view, led=True)


def _piece(view: SentenceView, first: int, last: int) -> Piece:
    return Piece(view.text(first, last), view.tokens[first].start, view.tokens[last - 1].end)


def _named(lead: SentenceView, end: int) -> str:
    """The words that lead in a list, the names of those who act in the place of "the two sides", "they"."""
    out: list[str] = []
    k = 0
    while k < end:
        actors = next((m for m in lead.by_first.get(k, ()) if m.last <= end and m.entities and (m.kind in ("pair", "pronoun"))), None)
        out.append(" and ".join(e.label for e in actors.entities) if actors is not None else lead.text(k, k + 1))
        k = actors.last if actors is not None else k + 1
    return " ".join(out).replace(" ,", ",")


def _ends_in_actor(lead: SentenceView, end: int) -> bool:
    """Whether the words that lead in a list are no more than who acted: "In this context, the two ministers:"."""
    while end > 0 and (is_adverb(lead.word(end - 1)) or lead.word(end - 1) == ","):
        end -= 1
    return not any(g.form == "finite" for g in lead.groups) and any(m.last == end and m.kind in _ACTORS and m.entities for m in lead.mentions)
