"""Tables of counts by year: students, workers, tourists, money sent home or invested. The built-in rule `table-counts`.

What is counted, whose it is and where stand in the header of the column or in the words above the table ("Nepalese workers in Qatar").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.extract.layout.tables import Cell, TableDraft, caption_above, date_of, kind_of, number_of, row_cells
from kg.extract.reading import Reading
from kg.extract.roles import Draft
from kg.match import SentenceView
from kg.model import Concept, Entity, Evidence, Mention, Span
from kg.values import find_factor, find_scale
from kg.words import WordClasses

RULE = "table-counts"
VERSION = "1"

_PLAIN = re.compile(r"(?i)(?:total|number|no\.?|figures?|persons?|people|count|amount|value|volume|stock)\s*(?:\(.*\))?")
_TOWARDS = frozenset({"in", "to", "into"})
_TRADE = frozenset({"trade", "exports", "imports", "trade-balance"})


def read_counts(reading: Reading, first: int, rows: Sequence[SentenceView], classes: WordClasses) -> list[TableDraft]:
    """The drafts of a table of counts; ``first`` is the index of its first row among the views."""
    grid = [row_cells(reading, view) for view in rows]
    caption = caption_above(reading, first)
    if not grid or len(grid[0]) < 2 or any(kind_of(cell.text, classes) in ("exports", "imports", "balance", "partner") for cell in grid[0]):
        return []
    out = list(_years_across(reading, rows, grid, caption))
    for place, cell in enumerate(() if out else grid[0][1:], 1):
        told = _told(rows[0], cell.span) or (_above(caption) if len(grid[0]) == 2 or _PLAIN.fullmatch(cell.text) else None)
        if told is None:
            continue
        for view, cells in zip(rows[1:], grid[1:], strict=True):
            date = date_of(reading, cells[0]) if cells else None
            number = number_of(cells[place].text) if place < len(cells) else None
            if date is not None and number is not None and not number[1]:
                draft = _draft(reading, told, caption, rows[0], cell.span, number[0], cell.text)
                if draft is not None:
                    draft.dates.append(date)
                    sentence = view.sentence
                    out.append(TableDraft(draft, Evidence(sentence.start, sentence.end), (f"column: {cell.text}",)))
    return out


def _years_across(reading: Reading, rows: Sequence[SentenceView], grid: Sequence[tuple[Cell, ...]], caption: Sequence[SentenceView]) -> Iterator[TableDraft]:
    """Drafts of a table whose header names years and whose first cells name what is counted."""
    dates = [date_of(reading, cell) for cell in grid[0]]
    if sum(date is not None for date in dates) < 2:
        return
    for view, cells in zip(rows[1:], grid[1:], strict=True):
        told = _told(view, cells[0].span) if cells else None
        for date, cell in zip(dates[1:], cells[1:], strict=False):
            number = number_of(cell.text)
            if told is None or date is None or number is None or number[1]:
                continue
            draft = _draft(reading, told, caption, view, cells[0].span, number[0], cells[0].text)
            if draft is not None:
                draft.dates.append(date)
                yield TableDraft(draft, Evidence(view.sentence.start, view.sentence.end), (f"row: {cells[0].text}",))


def _told(view: SentenceView, span: Span) -> Concept | None:
    """What the words of a header name as counted, the last where they name several."""
    found = [m for m in view.mentions if m.kind == "indicator" and m.concept is not None and span.start <= m.start and m.end <= span.end]
    found = [m for m in found if m.concept is not None and m.concept.word not in _TRADE]
    return found[-1].concept if found else None


def _above(caption: Sequence[SentenceView]) -> Concept | None:
    """What the heading or the short sentence right above a table says that is counted; the first of its indicators."""
    if not caption:
        return None
    view = caption[-1]
    found = [m.concept for m in view.mentions if m.kind == "indicator" and m.concept is not None]
    if not found or any(concept.word in _TRADE for concept in found) or len(view) > 25:
        return None
    return found[0]


def _states(views: Sequence[tuple[SentenceView, Span | None]]) -> Iterator[tuple[Mention, bool]]:
    """The states named above a table and in a header, and whether "in", "to" stands in front of each."""
    for view, span in views:
        for m in view.mentions:
            if m.kind == "state" and len(m.entities) == 1 and (span is None or (span.start <= m.start and m.end <= span.end)):
                before = view.word(m.first - 1) if view.word(m.first - 1) != "the" else view.word(m.first - 2)
                yield m, before in _TOWARDS


def _draft(reading: Reading, told: Concept, caption: Sequence[SentenceView], header: SentenceView, span: Span, number: Decimal, title: str) -> Draft | None:
    whose: Entity | None = None
    where: Entity | None = None
    for mention, towards in _states([(header, span), *((view, None) for view in reversed(caption))]):
        if towards:
            where = where or mention.entities[0]
        else:
            whose = whose or mention.entities[0]
    pair = reading.pair if len(reading.pair) == 2 else ()
    if whose is None or whose == where or (pair and whose not in pair):
        return None
    if where is None and pair:
        where = next(s for s in pair if s != whose)
    words = " ".join([*(reading.document.text[v.sentence.start:v.sentence.end] for v in caption[-1:]), title])
    scale = find_scale(words)
    if told.word == "investment":
        if scale is None or where is None:
            return None
        draft = Draft("InvestmentFigure")
        roles: tuple[tuple[str, object], ...] = (("investor", whose), ("recipient", where), ("kind", Concept("kind", "investment")),
                                                 ("amount", number * scale[0]), ("currency", scale[1]))
    else:
        draft = Draft("Indicator")
        money = (("value", number * scale[0]), ("unit", scale[1])) if scale is not None else (("value", number * find_factor(words)),)
        roles = (("indicator", told), ("subject", whose), *money)
        if where is not None:
            roles = (*roles, ("counterpart", where))
    for role, term in roles:
        draft.add(role, term)  # type: ignore[arg-type]
    return draft
