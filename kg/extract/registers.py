"""Tables that list what happened, a row each: visits (who, where, when) and agreements (title, signed, in force).

The built-in rules `table-visit` and `table-agreement`. What a column holds is told by its header (`column-...` in the word classes of
the rules); a row makes a fact only where the cells that identify it are filled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.reading import Reading
from kg.extract.roles import Draft, make_entity
from kg.match import SentenceView
from kg.model import Concept, Entity, Evidence, Mention, Span, Value
from kg.text import find_cells
from kg.values import find_values
from kg.words import WordClasses

VISITS, AGREEMENTS = "table-visit", "table-agreement"
VERSION = "1"

_COLUMNS = ("visitor", "venue", "day", "title", "signed", "force")
_ABROAD = 2  # sentences above a table in which "visit" may stand


@dataclass(frozen=True, slots=True)
class Entry:
    """A draft made of one row, by the built-in rule named."""

    rule: str
    draft: Draft
    evidence: Evidence


def read_register(reading: Reading, first: int, rows: Sequence[SentenceView], classes: WordClasses) -> list[Entry]:
    """The entries of a table of visits or agreements; none of any other. ``first`` is the index of its first row among the views."""
    if len(reading.pair) != 2:
        return []
    header = [_kind(reading, span, classes) for span in find_cells(reading.document.text, rows[0].sentence)]
    caption = " ".join(reading.document.text[v.sentence.start : v.sentence.end] for v in (*reading.views[max(0, first - _ABROAD) : first], rows[0])).lower()
    out: list[Entry] = []
    for view in rows[1:]:
        cells = dict(zip(header, find_cells(reading.document.text, view.sentence), strict=False))
        if "visitor" in cells and "day" in cells and "visit" in caption:
            out += _visit(reading, view, cells)
        elif "title" in cells and ("signed" in cells or "force" in cells or ("day" in cells and "sign" in caption)):
            out += _agreement(reading, view, cells)
    return out


def _kind(reading: Reading, span: Span, classes: WordClasses) -> str:
    """What a header says that its column holds; the first kind that fits, "" where none does."""
    plain = " ".join(re.sub(r"\([^)]*\)|[^\w\s’'/-]", " ", reading.document.text[span.start : span.end]).lower().split())
    for kind in _COLUMNS:
        if any(plain in (words, words + "s") for words in (" ".join(p.words) for p in classes.phrases(f"column-{kind}"))):
            return kind
    return ""


def _visit(reading: Reading, view: SentenceView, cells: dict[str, Span]) -> Iterator[Entry]:
    visitors = [m for m in _within(view, cells["visitor"], ("person",)) if m.form == "name"]
    dates = _dates(reading, cells["day"])
    if not visitors or not dates:
        return
    venues = list(_within(view, cells["venue"], ("place", "state"))) if "venue" in cells else []
    for date in dates:
        draft = Draft("Meeting")
        draft.add("kind", Concept("kind", "visit"))
        for person in visitors:
            draft.add("participant", person.entities[0])
        for venue in venues[:1]:  # a fact has one place
            draft.add("place", venue.entities[0])
        host = _host(reading, view, visitors, venues)
        if host is not None:
            draft.add("host", host)
        draft.dates.append(date)
        yield Entry(VISITS, draft, Evidence(view.sentence.start, view.sentence.end))


def _host(reading: Reading, view: SentenceView, visitors: Sequence[Mention], venues: Sequence[Mention]) -> Entity | None:
    """The state of the place, else the one of the pair that the visitor does not serve."""
    states = {v.entities[0].iri if v.kind == "state" else v.entities[0].state or reading.gazetteer.state_of(v.entities[0].iri) for v in venues} - {""}
    if not states:
        homes = {v.entities[0].state for v in visitors} | {e.iri for m in view.mentions if m.kind == "state" for e in m.entities}
        states = {s.iri for s in reading.pair} - homes if homes & {s.iri for s in reading.pair} else set()
    return reading.gazetteer.entity(states.pop()) if len(states) == 1 else None


def _agreement(reading: Reading, view: SentenceView, cells: dict[str, Span]) -> Iterator[Entry]:
    title = cells["title"]
    text = re.sub(r"^\W*\d{0,3}[.)]\s*", "", reading.document.text[title.start : title.end])
    if len(text.split()) < 2:
        return
    named = next((m.entities[0] for m in view.mentions if m.kind == "agreement" and m.entities and m.start >= title.start and m.end == title.end), None)
    agreement = named or make_entity(text, "agreement", reading.document.sha256)
    signed = "signed" if "signed" in cells else "day"
    for column, action in ((signed, "signed"), ("force", "inForce")):
        for date in _dates(reading, cells[column])[:1] if column in cells else ():
            draft = Draft("AgreementAction")
            draft.add("agreement", agreement)
            draft.add("action", Concept("action", action))
            for state in reading.pair:
                draft.add("party", state)
            draft.dates.append(date)
            yield Entry(AGREEMENTS, draft, Evidence(view.sentence.start, view.sentence.end))


def _within(view: SentenceView, cell: Span, kinds: tuple[str, ...]) -> Iterator[Mention]:
    taken = -1
    for m in sorted(view.mentions, key=lambda m: (m.start, -m.end)):
        if m.kind in kinds and m.entities and cell.start <= m.start and m.end <= cell.end and m.start >= taken:
            taken = m.end
            yield m


def _dates(reading: Reading, cell: Span) -> list[Value]:
    values = find_values(reading.document.text, cell.start, cell.end, reading.document.issued)
    return [v for v in values if v.kind in ("date", "period") and (v.date or v.start_date or v.end_date)]
