"""Tables of trade: rows with a header of years, flows or partners, read into drafts of facts.

The built-in rule `table-trade`. A number of a table says little without its currency and scale: they are taken from the header,
from the sentence or heading above the table, or, where nothing says them, from an amount that the text itself gives for the same
flow and year; then they hold for the rows whose numbers are of the same size. What has no known scale makes no fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.extract.reading import Reading
from kg.extract.roles import Draft
from kg.match import SentenceView
from kg.model import Concept, Entity, Evidence, Fact, Span, Value
from kg.text import find_cells
from kg.values import find_scale, find_values
from kg.words import WordClasses

RULE = "table-trade"
VERSION = "1"

_KINDS = ("year", "exports", "imports", "total", "balance", "change", "partner")
_FLOWS = ("exports", "imports", "total")
_SIGNED = re.compile(r"(?P<open>\()?\s*(?P<sign>[-+−–])?\s*(?P<close>\))?\s*(?:US)?\$?\s*(?P<number>\d[\d.,]*)\s*(?P<percent>%)?\s*(?P<end>\))?")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_SAME_SIZE = Decimal(20)  # numbers of one column that differ by more are not of one scale
_CAPTION = 2  # sentences above a table
_TRADING = re.compile(r"(?i)\b(?:trad(?:e|ing)|exports?|imports?|turnover|commerce|commercial|goods|merchandise|balance)\b")
_NOTE = 160  # characters of a note below it


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a row."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class _Column:
    kind: str
    states: tuple[Entity, ...] = ()
    towards: bool = False  # "Exports to Kenya": the state named is the partner
    unit: tuple[int, str] | None = None


@dataclass(frozen=True, slots=True)
class _Figure:
    """One number of a table: what it measures, of which year or partner, in which row."""

    column: _Column
    date: Value | None
    partner: Entity | None
    number: Decimal
    percent: bool
    row: SentenceView


@dataclass(frozen=True, slots=True)
class TableDraft:
    """A draft made of a table and the row that supports it."""

    draft: Draft
    evidence: Evidence
    notes: tuple[str, ...]


def find_tables(views: Sequence[SentenceView], text: str = "") -> dict[int, tuple[SentenceView, ...]]:
    """Index of the first row of each table -> its rows; behind an empty line a row without figures begins another one."""
    tables: dict[int, tuple[SentenceView, ...]] = {}
    start = 0
    while start < len(views):
        end = start
        while end < len(views) and views[end].sentence.kind == "row" and not (end > start + 1 and _begins_anew(views, end, text)):
            end += 1
        if end - start >= 2:
            tables[start] = tuple(views[start:end])
        start = max(end, start + 1)
    return tables


def _begins_anew(views: Sequence[SentenceView], index: int, text: str) -> bool:
    """Whether an empty line and no figure show that a row is the header of another table."""
    span = views[index].sentence
    return text.count("\n", views[index - 1].sentence.end, span.start) > 1 and not any(c.isdigit() for c in text[span.start:span.end])


def read_table(reading: Reading, first: int, rows: Sequence[SentenceView], known: Sequence[Fact], classes: WordClasses) -> list[TableDraft]:
    """The drafts of a table. ``first`` is the index of its first row among the views, ``known`` the facts of the text above it."""
    grid = [row_cells(reading, view) for view in rows]
    figures = list(_upright(reading, rows, grid, classes)) or list(_lying(reading, rows, grid, classes))
    if not any(figure.column.kind in _FLOWS for figure in figures):
        return []
    caption = caption_above(reading, first)
    if not any(figure.column.kind in ("exports", "imports") for figure in figures) and not _TRADING.search(
            " ".join([*(reading.document.text[v.sentence.start:v.sentence.end] for v in caption), *(c.text for c in grid[0])])):
        return []  # "Support (NOK million): Education | Health | Total"
    below = note_below(reading, first + len(rows))
    sides = _sides(reading, rows[0], caption, known)
    unit = unit_of([*(c.text for c in grid[0]), *_units_below(grid)], caption, reading) or find_scale(below)
    when = next((m.value for v in reversed(caption) for m in v.mentions if m.kind in ("date", "period") and m.value), None)
    pair = reading.pair if len(reading.pair) == 2 else ()
    return list(_drafts(figures, sides, pair, unit, when, known))


def unit_of(header: Sequence[str], caption: Sequence[SentenceView], reading: Reading) -> tuple[int, str] | None:
    """The scale and currency of a table: of its header and the lines above it, those that name an amount of their own left out where another tells."""
    plain = [v for v in caption if not any(m.kind == "money" for m in v.mentions)]
    return next((unit for views in (plain, caption) if (unit := find_scale(
        " ".join([*(reading.document.text[v.sentence.start:v.sentence.end] for v in views), *header])))), None)


def _units_below(grid: Sequence[tuple[Cell, ...]]) -> list[str]:
    """The units of a row that holds nothing else, below the header: "(US$ million)   (US$ million)"."""
    second = [cell.text for cell in grid[1] if cell.text] if len(grid) > 1 else []
    return second if all(text.startswith("(") and text.endswith(")") for text in second) else []


def caption_above(reading: Reading, first: int) -> list[SentenceView]:
    """The sentences above a table that may name what it tells, its sides, date and unit."""
    return [v for v in reading.views[max(0, first - _CAPTION):first] if v.sentence.kind != "row"]


def note_below(reading: Reading, after: int) -> str:
    """The note right below a table that may name its unit: "(in million euros)", "Source: customs; US$ million"."""
    view = reading.views[after] if after < len(reading.views) else None
    text = reading.document.text[view.sentence.start:view.sentence.end] if view is not None and view.sentence.kind != "row" else ""
    return text if len(text) <= _NOTE and not any(found.kind == "money" for found in find_values(text, 0, len(text), "")) else ""


def row_cells(reading: Reading, view: SentenceView) -> tuple[Cell, ...]:
    """The cells of a row, each with its place in the document."""
    text = reading.document.text
    return tuple(Cell(span, " ".join(text[span.start:span.end].split())) for span in find_cells(text, view.sentence))


def kind_of(text: str, classes: WordClasses) -> str:
    """What a header says that its column holds, "" where it is not known."""
    plain = " ".join(re.sub(r"\([^)]*\)|\[[^]]*\]", " ", text).lower().replace("*", " ").split(",")[0].split())
    for kind in _KINDS:
        for phrase in classes.phrases(f"column-{kind}"):
            words = " ".join(phrase.words)
            if plain in (words, words + "s") or re.search(rf"\b{re.escape(words)}s?$", plain) or (
                    kind in ("exports", "imports") and re.search(rf"\b{re.escape(words)}s?\b", plain)):
                return kind
    return ""


def _column(cell: Cell, view: SentenceView, classes: WordClasses) -> _Column:
    states = tuple(e for m in view.mentions if m.kind == "state" and cell.span.start <= m.start and m.end <= cell.span.end for e in m.entities)
    towards = bool(re.search(r"(?i)\b(?:exports?\sto|imports?\sfrom)\b", cell.text))
    return _Column(kind_of(cell.text, classes), states, towards, find_scale(cell.text))


def number_of(text: str) -> tuple[Decimal, bool] | None:
    """A cell's number and whether it is a percentage; None where it is none, or written so that it may mean two things."""
    match = _SIGNED.fullmatch(text.strip())
    if match is None:
        return None
    digits = match["number"].rstrip(".,")
    if not _GROUPED.fullmatch(digits):
        return None  # "36,47"
    accounting = match["open"] and match["end"] and not match["close"]
    negative = match["sign"] in ("-", "−", "–") or accounting
    return (-1 if negative else 1) * Decimal(digits.replace(",", "")), bool(match["percent"])


def date_of(reading: Reading, cell: Cell) -> Value | None:
    """The date or period that a cell names."""
    values = find_values(reading.document.text, cell.span.start, cell.span.end, reading.document.issued)
    return next((v for v in values if v.kind in ("date", "period") and (v.date or v.start_date)), None)


def _state(view: SentenceView, cell: Cell) -> Entity | None:
    return next((m.entities[0] for m in view.mentions if m.kind == "state" and m.entities and m.start >= cell.span.start and m.end <= cell.span.end), None)


def _upright(reading: Reading, rows: Sequence[SentenceView], grid: Sequence[tuple[Cell, ...]], classes: WordClasses) -> Iterator[_Figure]:
    """Figures of a table whose header names the columns and whose first cells name years or partners."""
    columns = [_column(cell, rows[0], classes) for cell in grid[0]]
    if sum(column.kind in _FLOWS for column in columns) < 1 or columns[0].kind in _FLOWS:
        return
    for view, cells in zip(rows[1:], grid[1:], strict=True):
        at = {column.kind: cell for column, cell in zip(columns, cells, strict=False) if column.kind in ("year", "partner")}
        date = date_of(reading, at.get("year", cells[0]))
        partner = _state(view, at["partner"]) if "partner" in at else None
        if date is None and partner is None:
            continue
        for column, cell in zip(columns, cells, strict=False):
            number = number_of(cell.text)
            if number is not None and (column.kind in _FLOWS or column.kind in ("balance", "change")):
                yield _Figure(column, date, partner, *number, view)


def _lying(reading: Reading, rows: Sequence[SentenceView], grid: Sequence[tuple[Cell, ...]], classes: WordClasses) -> Iterator[_Figure]:
    """Figures of a table whose header names years and whose first cells name what is measured."""
    dates = [date_of(reading, cell) for cell in grid[0]]
    if sum(date is not None for date in dates) < 2:
        return
    if all(dates) and len(rows) > 1 and len(grid[1]) == len(dates) + 1:
        dates.insert(0, None)  # nothing stands over what is measured
    for view, cells in zip(rows[1:], grid[1:], strict=True):
        column = _column(cells[0], view, classes) if cells else _Column("")
        if column.kind not in _FLOWS and column.kind != "balance":
            continue
        for date, cell in zip(dates[1:], cells[1:], strict=False):
            number = number_of(cell.text)
            if date is not None and number is not None:
                yield _Figure(column, date, None, *number, view)


def _sides(reading: Reading, header: SentenceView, caption: Sequence[SentenceView], known: Sequence[Fact]) -> tuple[Entity | None, Entity | None]:
    """Whose exports and imports the table gives, and with whom: the document's side, its pair, or what the caption or the text above say."""
    side = reading.side_at(header.sentence.start)
    pair = list(reading.pair)
    named = list(dict.fromkeys(e for view in caption for m in view.mentions if m.kind in ("state", "pair") for e in m.entities if e.kind == "state"))
    if len(named) == 2 and (side is None or side in named):
        pair = named
    if len(pair) == 2 and (side is None or side not in pair):
        side = _owner(caption, pair) or _header_owner(header, pair) or _reporter(known, pair)
    if side is not None and side in pair and len(pair) == 2:
        return side, next(s for s in pair if s != side)
    return None, None


def _owner(caption: Sequence[SentenceView], pair: Sequence[Entity]) -> Entity | None:
    """Whose trade the caption says it is: "Kenya's trade with Oman", "Trade with Oman"; None where it is the trade of both."""
    for view in reversed(caption):
        mentions = [m for m in view.mentions if m.kind == "state" and len(m.entities) == 1 and m.entities[0] in pair]
        for m in mentions:
            if view.word(m.last) == "'s" or m.form == "adjective":
                return m.entities[0] if len({n.entities[0].iri for n in mentions if n.form == "adjective"}) < 2 else None
            if view.word(m.first - 1) == "with" and len({n.entities[0].iri for n in mentions}) == 1:
                return next(s for s in pair if s != m.entities[0])
    return None


def _header_owner(header: SentenceView, pair: Sequence[Entity]) -> Entity | None:
    """Whose exports and imports the header of the columns says they are: "Kenya's exports | Kenya's imports | Balance"."""
    owners = {
        m.entities[0].iri
        for m in header.mentions
        if m.kind == "state" and len(m.entities) == 1 and (header.word(m.last) == "'s" or m.form == "adjective")
    }
    found = [state for state in pair if state.iri in owners]
    return found[0] if len(owners) == 1 and found else None


def _reporter(known: Sequence[Fact], pair: Sequence[Entity]) -> Entity | None:
    """The side whose exports and imports the text above the table tells."""
    told = {fact.values("reporter")[0] for fact in known if fact.type == "TradeFigure" and fact.values("reporter")
            and any(isinstance(t, Concept) and t.word in ("exports", "imports") for t in fact.values("flow"))}
    both = [state for state in pair if state in told]
    return both[0] if len(both) == 1 else None


def _drafts(figures: Sequence[_Figure], sides: tuple[Entity | None, Entity | None], pair: tuple[Entity, ...], unit: tuple[int, str] | None, when: Value | None,
            known: Sequence[Fact]) -> Iterator[TableDraft]:
    anchors = _anchors(figures, known) if unit is None else []
    for number, figure in enumerate(figures):
        kind = figure.column.kind
        if kind == "change":
            continue
        reporter, partner = _actors(figure, sides, pair)
        if reporter is None or partner is None or figure.percent:
            continue
        found = figure.column.unit or unit or _anchored(figure, anchors)
        if found is None or (unit is not None and not _regular(figure, figures)):
            continue
        scale, currency = found
        amount = figure.number * scale
        draft = Draft("TradeFigure" if kind in _FLOWS else "Indicator")
        if kind in _FLOWS:
            for role, term in (("reporter", reporter), ("partner", partner), ("flow", Concept("flow", kind)), ("amount", amount), ("currency", currency)):
                draft.add(role, term)
            following = figures[number + 1] if number + 1 < len(figures) else None
            if following is not None and following.column.kind == "change" and following.row is figure.row:
                draft.add("changePercent", following.number)
        else:
            for role, term in (("indicator", Concept("indicator", "trade-balance")), ("subject", reporter), ("counterpart", partner),
                               ("value", amount), ("unit", currency)):
                draft.add(role, term)
        date = figure.date or when
        if date is not None:
            draft.dates.append(date)
        sentence = figure.row.sentence
        notes = (f"column: {kind}", f"scale: {scale} {currency} " + ("from the header or caption" if figure.column.unit or unit else "from the text"))
        yield TableDraft(draft, Evidence(sentence.start, sentence.end), notes)


def _actors(figure: _Figure, sides: tuple[Entity | None, Entity | None], pair: tuple[Entity, ...]) -> tuple[Entity | None, Entity | None]:
    """Reporter and partner: a column may name them itself ("Kenya's exports", "Exports to Kenya", "Exports from Kenya to Oman")."""
    reporter, partner = sides
    if figure.partner is not None:
        reporter, partner = reporter or partner, figure.partner
    named = figure.column.states
    if len(named) == 2:
        return named[0], named[1]
    if len(named) == 1 and pair and named[0] in pair and figure.column.kind in ("exports", "imports"):
        other = pair[1] if named[0] == pair[0] else pair[0]
        return (other, named[0]) if figure.column.towards else (named[0], other)
    if reporter is None and len(pair) == 2 and figure.partner is None and figure.column.kind == "total":
        return pair[0], pair[1]  # both orders say the same
    return reporter, partner


def _anchors(figures: Sequence[_Figure], known: Sequence[Fact]) -> list[tuple[_Figure, int, str]]:
    """Figures whose scale shows since the text gives the same amount, in full, for the same flow and year."""
    out = []
    for fact in known:
        amount = next((t for t in fact.values("amount") if isinstance(t, Decimal)), None)
        currency = next((t for t in fact.values("currency") if isinstance(t, str)), "")
        flow = next((t.word for t in fact.values("flow") if isinstance(t, Concept)), "")
        if fact.type != "TradeFigure" or amount is None or not currency or not fact.date:
            continue
        for figure in figures:
            if figure.column.kind != flow or figure.date is None or figure.date.date[:4] != fact.date[:4] or figure.number <= 0:
                continue
            for scale in (1, 10**3, 10**6, 10**9):
                if abs(figure.number * scale - amount) <= amount / 100:
                    out.append((figure, scale, currency))
    return out


def _anchored(figure: _Figure, anchors: Sequence[tuple[_Figure, int, str]]) -> tuple[int, str] | None:
    """The scale of an anchor whose row is of the same size as this one's; a balance takes that of its row."""
    for anchor, scale, currency in anchors:
        number = abs(figure.number)
        if figure.row is anchor.row or (number and anchor.number / _SAME_SIZE <= number <= anchor.number * _SAME_SIZE):
            return scale, currency
    return None


def _regular(figure: _Figure, figures: Sequence[_Figure]) -> bool:
    """Whether a number is of the size of the others of its column, so that the scale of the caption can hold for it."""
    others = sorted(abs(f.number) for f in figures if f.column.kind == figure.column.kind and f.number)
    middle = others[len(others) // 2] if others else Decimal(0)
    return figure.column.kind == "balance" or not middle or not figure.number or middle / 200 <= abs(figure.number) <= middle * 200
