"""Tables that list what happened, a row each: visits (who, where, when), agreements (title, signed, in force), projects (cost, status).

The built-in rules `table-visit`, `table-agreement` and `table-project`. What a column holds is told by its header (`column-...` in the word classes of
the rules); a row makes a fact only where the cells that identify it are filled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from kg.extract.layout.listed import PACT_STATES, STAGES, Entry, Note, note_of, pact_entries, project_entries
from kg.extract.reading import Reading
from kg.extract.roles import Draft, make_entity
from kg.extract.titles import parties_of
from kg.match import SentenceView
from kg.model import Concept, Entity, Evidence, Mention, Span, Value
from kg.text import find_cells
from kg.values import find_scale, find_values
from kg.words import WordClasses

VISITS, AGREEMENTS, PROJECTS = "table-visit", "table-agreement", "table-project"
VERSION = "1"

_COLUMNS = ("visitor", "venue", "day", "title", "signed", "force", "stage", "project", "firm", "cost", "site")
_ABROAD = 2  # sentences above a table in which "visit" may stand


def read_register(reading: Reading, first: int, rows: Sequence[SentenceView], classes: WordClasses) -> list[Entry]:
    """The entries of a table of visits, agreements or projects; none of any other. ``first`` is the index of its first row among the views."""
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
        if "title" in cells and "stage" in cells and (notes := _stages(reading, view, cells, classes)):
            out += [replace(entry, rule=AGREEMENTS) for entry in pact_entries(reading, view, _titled(reading, cells["title"]), notes)]
        elif "project" in cells and "stage" in cells:
            out += _project(reading, view, cells, rows[0], classes)
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
    sites = [m.entities[0] for kind in ("venue", "site", signed) if kind in cells for m in _within(view, cells[kind], ("place",))]
    mention = next((m for m in view.mentions if m.kind == "agreement" and m.start >= title.start and m.end == title.end), None)
    parties = (parties_of(view, mention) if mention is not None else ()) or reading.pair
    for column, action in ((signed, "signed"), ("force", "inForce")):
        for date in _dates(reading, cells[column])[:1] if column in cells else ():
            draft = Draft("AgreementAction")
            draft.add("agreement", agreement)
            draft.add("action", Concept("action", action))
            for party in parties:
                draft.add("party", party)
            if action == "signed" and sites:
                draft.add("place", sites[0])
            draft.dates.append(date)
            yield Entry(AGREEMENTS, draft, Evidence(view.sentence.start, view.sentence.end))


def _stages(reading: Reading, view: SentenceView, cells: dict[str, Span], classes: WordClasses) -> list[Note]:
    """What a cell says of how far an agreement is ("Signed; awaiting ratification"), and the day on which it was signed where another holds that."""
    cell = cells["stage"]
    ends = [m.start() for m in re.finditer(r"[;,/]|\band\b", reading.document.text[cell.start : cell.end])] + [cell.end - cell.start]
    parts = [Span(cell.start + (one + 1 if one else 0), cell.start + two) for one, two in pairwise([0, *ends])]
    notes = [n for part in parts if (n := note_of(reading, view, part, PACT_STATES, classes)) is not None and n.status]
    whole = note_of(reading, view, cell, PACT_STATES, classes)
    notes = [whole] if whole is not None and whole.status and len(notes) < len(parts) else notes
    day = note_of(reading, view, cells["day"], (), classes) if "day" in cells and "signed" not in cells else None
    if notes and day is not None and day.of("date") and not any(n.of("date", "period") or n.status in ("negotiated", "unsigned", "undrafted") for n in notes):
        notes = [replace(day, status="signed"), *(n for n in notes if n.status != "signed")]
    return notes


def _titled(reading: Reading, cell: Span) -> Span:
    """The cell of a title without its number."""
    mark = re.match(r"\W*\d{0,3}[.)]\s*", reading.document.text[cell.start : cell.end])
    return Span(cell.start + mark.end(), cell.end) if mark else cell


def _project(reading: Reading, view: SentenceView, cells: dict[str, Span], header: SentenceView, classes: WordClasses) -> Iterator[Entry]:
    """How far the project of a row is; its cost may have its unit in the header."""
    text = reading.document.text
    notes = [n for kind in ("stage", "cost", "day") if kind in cells and (n := note_of(reading, view, cells[kind], STAGES, classes)) is not None]
    if "cost" in cells and not any(note.of("money") for note in notes):
        notes += _priced(reading, view, cells["cost"], header)
    firms = [m.entities[0] for m in _within(view, cells["firm"], ("company", "organisation", "institution"))] if "firm" in cells else []
    if "firm" in cells and not firms and text[cells["firm"].start : cells["firm"].start + 1].isupper():
        firms = [make_entity(text[cells["firm"].start : cells["firm"].end], "organisation", reading.document.sha256)]
    sites = [m.entities[0] for kind in ("site", "venue") if kind in cells for m in _within(view, cells[kind], ("place",))]
    for entry in project_entries(reading, view, _titled(reading, cells["project"]), notes, firms, sites[0] if sites else None):
        yield replace(entry, rule=PROJECTS)


def _priced(reading: Reading, view: SentenceView, cell: Span, header: SentenceView) -> list[Note]:
    """The amount of a cell whose unit stands in the header of the table."""
    text = reading.document.text
    scale = find_scale(text[header.sentence.start : header.sentence.end])
    number = next((m for m in view.mentions if m.kind == "number" and m.start == cell.start and m.end == cell.end and m.value), None)
    if scale is None or number is None or number.value is None or number.value.number is None:
        return []
    value = replace(number.value, kind="money", number=number.value.number * scale[0], currency=scale[1])
    return [Note("", (replace(number, kind="money", value=value),))]


def _within(view: SentenceView, cell: Span, kinds: tuple[str, ...]) -> Iterator[Mention]:
    taken = -1
    for m in sorted(view.mentions, key=lambda m: (m.start, -m.end)):
        if m.kind in kinds and m.entities and cell.start <= m.start and m.end <= cell.end and m.start >= taken:
            taken = m.end
            yield m


def _dates(reading: Reading, cell: Span) -> list[Value]:
    values = find_values(reading.document.text, cell.start, cell.end, reading.document.issued)
    return [v for v in values if v.kind in ("date", "period") and (v.date or v.start_date or v.end_date)]
