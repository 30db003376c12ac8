"""Paragraphs, headings, list items and table rows of a text, from its lines."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["Block", "find_blocks"]

HEADING_CHARACTERS = 120
HEADING_WORDS = 14
WRAP_CHARACTERS = 110  # text whose lines are shorter than this may be hard-wrapped

_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_RULE = re.compile(r"[-*_=|:+~#>\s•]+")
_ATX = re.compile(r"[ \t]{0,3}#{1,6}[ \t]+(?=\S)")
_ATX_END = re.compile(r"[ \t]+#+[ \t]*$")
_BULLET = re.compile(r"[ \t]*(?:[-*+•‣▪●◦·–—][ \t]+|[•●▪](?=\S))(?=\S)")
_NUMBER = re.compile(r"[ \t]*(?:\d{1,3}[.)]|[a-z]\)|\([a-z\d]{1,3}\)|[ivx]{1,5}\)|[a-z]\.(?=[ \t]+[A-Z]))[ \t]+(?=\S)")
_OUTLINE = re.compile(  # "A. Political relations", "II. Trade", "2.1 Trade"
    r"(?:(?:[A-Ha-h]|[IVX]{1,5}|[ivx]{1,5}|\d{1,2}(?:\.\d{1,2}){0,3})[.)]|\d{1,2}(?:\.\d{1,2}){1,3})[ \t]+(?=[A-Z])"
)
_DATED = re.compile(  # a line of a list: "Ana Lima, Prime Minister, May 2014", "Ana Lima (2007-2009)", "May 2014: Ana Lima"
    r".*(?:, |\(|[:–-] )[^()]*\b(?:1[89]|20)\d\d\b\W*$|.*\([^()]*\b(?:1[89]|20)\d\d\b[^()]*\)$|"
    r"(?:[\d–-]+ )?(?:[A-Z][a-z]+\.? )?(?:1[89]|20)\d\d(?: ?[:–-] | {2,}| (?=[A-Z]))\S.*[^.]$|"
    r"\d\d?[-./]\d\d?[-./](?:1[89]|20)\d\d[:,]? +[A-Z(].*[^.]$"
)
_DAY_AND_NAME = re.compile(r"\d\d?[-./]\d\d?[-./](?:1[89]|20)\d\d[:,]? +[A-Z(].*[^.]$")
_TERMINAL = re.compile(r"[.!?:…]['\"”’»)\]]*$|[”»]$")
_ENDED = re.compile(r"[.!?:;…]['\"”’»)\]]*$|[”»]$")
_PUNCTUATED = re.compile(r"[.!?;,…]['\"”’»)\]]*$")
_CLAUSE = re.compile(
    r"(?i)\b(?:is|are|was|were|be|has|have|had|will|would|said|says|told|agreed|include[sd]?|following|follows|signed|"
    r"he|she|it|they|we|i|you)\b"
)
_LABEL = re.compile(  # a line about the document, over nothing
    r"(?i)(?:by|source|publication|published|author|date|tags?|photo|share|created at|updated|read more|see also)\s?:"
)
_LISTED = re.compile(  # "From Kenya: Ana Lima (2013); Ben Otieno (2015)": a label and a list in one line
    r"(?i)(?=[^:.;\d]*\b(?:from|to|by|visits?|agreements?|treaties|mous|memoranda|conventions|ambassadors|side)\b)([A-Z][^:.;,\d]{2,70}):[ \t]+(?=\S)"
)
_AMOUNT = re.compile(  # "USD 45 million (2018)", "about 3,200 (2016)": what a label gives, no list
    r"(?:(?:about|around|some|over|nearly|almost|approximately|approx\.?|ca\.?|more than|at least|only|up to)[ \t]+)?"
    r"(?:(?:[A-Z]{1,3}[$€£¥]|[A-Z]{2,3}[ \t]|[$€£¥₹])[ \t]*\d|\d[\d,.]*(?:%|[ \t]*(?:[(]|million|billion|thousand|trillion|lakh|crore|mn|bn|per cent|percent|[a-z]+[ \t]*[(])))"
)
_NAMED_AND_DATED = re.compile(r"[A-Z][^():;]{2,90}\([^():;]*\b(?:1[89]|20)\d\d\)")
_OF_MANY = re.compile(r"(?i)^(?:from|by)\b|\b(?:visits?|agreements?|treaties|mous|memoranda|conventions|ambassadors)\b")
_PART = re.compile(r"(?:;|(?<=\)),)[ \t]+(?=[A-Z\d])")
_ENUMERATED = re.compile(  # "The ministers signed the following documents: a) Trade Agreement; b) Tax Treaty"
    r"(?i)(?:[^:\n]*[.;][ \t])?[^:\n]{0,160}\b(?:signed|signing|signature|concluded|initialled|initialed|exchanged?|agreed|decided)\b[^:\n]{0,160}:[ \t]+(?=\(?(?:a|i|1)[.)][ \t])"
)
_NUMBERED = re.compile(r"(?:(?:[;,]|[;,]?[ \t]and)[ \t]+)?\(?(?:[a-z]|[ivx]{1,5}|\d{1,2})[.)][ \t]+(?=[A-Za-z])")
_ENTRY = re.compile(r"[A-Z][^:]{2,70}:[ \t]+\S.*")  # a label and what it gives
_FIRST_WORD = re.compile(r"\S+")


class Block(NamedTuple):
    """A paragraph, or one heading, item or row; without bullet, heading marks and surrounding white space."""

    start: int
    end: int
    kind: str


class _Line(NamedTuple):
    start: int
    end: int
    words: str  # masked and stripped
    parted: bool  # a blank line, or a line of marks only, stands before it


def _lines(text: str, masked: str) -> list[_Line]:
    lines: list[_Line] = []
    before, parted = 0, True
    for found in _LINE.finditer(text):
        start, end = found.span()
        if text.count("\n", before, start) > 1:
            parted = True
        before = end
        words = masked[start:end].strip()
        if not words or _RULE.fullmatch(text, start, end):
            if lines and not parted and re.fullmatch(r"\s*(?:={3,}|-{3,})\s*", text[start:end]):
                lines.append(_Line(start, start, "", False))  # underlines the heading above
            parted = True
            continue
        lines.append(_Line(start, end, words, parted))
        parted = False
    return lines


def _is_row(line: str) -> bool:
    return line.count("\t") >= 2 or (line.count("|") >= 2 and (line.strip().startswith("|") or line.count(" | ") >= 2))


_GAP = re.compile(r"(?<![.!?:;,]) {2,}(?=\S)")
_CELL = 40  # characters; more is no cell of a row that only blanks part


def _spaced(line: str) -> list[str]:
    """The cells of a line whose columns only blanks part, [] where it is no such line."""
    cells = _GAP.split(line.strip()) if "  " in line else []
    return cells if len(cells) > 2 and max(map(len, cells)) <= _CELL else []


def _is_spaced_row(lines: list[_Line], index: int, text: str) -> bool:
    """Whether a line stands in a table of columns that only blanks part: it or the one beside it has as many cells and holds numbers."""
    cells = _spaced(text[lines[index].start : lines[index].end])
    if _UNITS.fullmatch(lines[index].words) and 0 < index < len(lines) - 1:
        return len(_spaced(text[lines[index - 1].start : lines[index - 1].end])) > 2  # "(US$ m)   (US$ m)" below a header
    below = index + 2 if index + 2 < len(lines) and _UNITS.fullmatch(lines[index + 1].words) else index + 1
    beside = [_spaced(text[lines[k].start : lines[k].end]) for k in (index - 1, below) if cells and 0 <= k < len(lines)]
    if cells and all(_YEAR.fullmatch(cell) for cell in cells):
        return any(len(other) == len(cells) + 1 for other in beside)  # the years across, over rows that begin with what is measured
    return any(len(other) == len(cells) and sum(cell[-1:].isdigit() for cell in (*cells, *other)) >= 3 for other in beside)


_UNITS = re.compile(r"\([^()]*\)(?: {2,}\([^()]*\))+")
_YEAR = re.compile(r"(?:FY ?)?(?:1[89]|20)\d\d(?:[-–/]\d{2,4})?\*?")


def _width(lines: list[_Line]) -> int:
    """The width at which the text is hard-wrapped, 0 where it is not."""
    lengths = sorted(len(line.words) for line in lines if line.words)
    if len(lengths) < 2:
        return 0
    most = lengths[int(len(lengths) * 0.95)] if len(lengths) > 20 else lengths[-1]
    return most if 40 <= most <= WRAP_CHARACTERS and (len(lengths) > 2 or most >= 60) else 0


def _continues(above: _Line, line: _Line, width: int) -> bool:
    """Whether a line goes on with the paragraph of the line above it."""
    first = line.words[0]
    if first.islower():
        return True
    if _DAY_AND_NAME.match(line.words) or (_DATED.match(above.words) and _DATED.match(line.words)):
        return False  # a list of dated lines
    if all(_ENTRY.fullmatch(one.words) and not _CLAUSE.search(one.words) for one in (above, line)):
        return False  # "Ambassador: Ana Lima", a line each
    if not width:
        return False
    word = _FIRST_WORD.match(line.words)
    assert word is not None
    forced = len(above.words) + 1 + len(word.group()) > width * 0.93
    return forced and not (above.words.isupper() and not line.words.isupper())


def _is_heading(words: str, last: bool) -> bool:
    letters = [c for c in words[:200] if c.isalpha()]
    if not letters:
        return False
    upper = len(letters) > 1 and all(not c.islower() for c in letters) and any(c.isupper() for c in letters)
    if upper and len(words) <= 200 and not _PUNCTUATED.search(words) and (not last or len(letters) > 3):
        return True
    if last or len(words) > HEADING_CHARACTERS or letters[0].islower() or _PUNCTUATED.search(words):
        return False
    if _LABEL.match(words):
        return False
    count = len(words.split())
    if words.endswith(":"):
        return count <= 8 and not _CLAUSE.search(words)
    if words[-1] in '”»"' and words[0] in '“«"':
        return False  # a quoted line is speech
    capitals = sum(1 for word in words.split() if not word[0].islower())
    return count <= (20 if capitals * 3 >= count * 2 else HEADING_WORDS)


def _is_entry(drafts: list[tuple[int, int, str, int]], index: int, masked: str) -> bool:
    """Whether a line is one of several that name something and give it: "Ambassador: Ana Lima", "Population: 5 million"."""

    def holds(number: int) -> bool:
        return 0 <= number < len(drafts) and bool(_ENTRY.fullmatch(masked[drafts[number][0] : drafts[number][1]].strip()))

    start = drafts[index][0]
    close = (number for number in (index - 1, index + 1) if holds(number))
    return index > 0 and holds(index) and any(masked.count("\n", *sorted((start, drafts[number][0]))) < 2 for number in close)


def _listed(masked: str, start: int, end: int) -> list[Block]:
    """The label of a line, as a heading, and the dated things that it lists; nothing where the line is no such list."""
    label = _LISTED.match(masked, start, end)
    if not label and (parts := _dated_parts(masked, start, end)):
        return parts
    if not label or len(label.group(1).split()) > 8 or _CLAUSE.search(label.group(1)):
        return []
    parts = [Block(start, label.end(1), "heading")]
    first = label.end()
    for last, after in [*((m.start(), m.end()) for m in _PART.finditer(masked, first, end)), (end, end)]:
        words = masked[first:last].strip().removesuffix(".")
        if _CLAUSE.search(words) or not words or words[0].islower() or _AMOUNT.match(words):
            return []
        parts.append(Block(first, last, "item"))
        first = after
    if len(parts) == 2 and not _OF_MANY.search(label.group(1)):
        return []  # "Ambassador of Peru to Chile: Ana Lima (since 2017)"
    dated = sum(bool(_DATED.match(masked[p.start : p.end].strip().removesuffix("."))) for p in parts[1:])
    return parts if dated * 2 > len(parts) - 1 else []


def _enumerated(masked: str, start: int, end: int, kind: str) -> list[Block]:
    """The words that lead in what was signed or agreed, and that, where a paragraph numbers it: "... signed: (a) Tax Treaty; (b) Visa Agreement"."""
    lead = _ENUMERATED.match(masked, start, end) if kind in ("prose", "item") else None
    marks = [m for m in _NUMBERED.finditer(masked, lead.end(), end)] if lead else []
    if lead is None or len(marks) < 2 or marks[0].start() != lead.end():
        return []
    stops = [*(m.start() for m in marks[1:]), end]
    parts = [(m.end(), m.end() + len(masked[m.end() : stop].rstrip())) for m, stop in zip(marks, stops, strict=True)]
    if any(re.search(r"[.!?][ \t]+[A-Z]", masked[first:last]) for first, last in parts):
        return []  # another sentence follows
    return [Block(start, lead.end(), "prose"), *(Block(first, last, "item") for first, last in parts)]


def _dated_parts(masked: str, start: int, end: int) -> list[Block]:
    """The dated things that a line without a label parts with semicolons: "President Ana Lima (2013); Minister Ben Otieno (2015)"."""
    cuts = [m for m in _PART.finditer(masked, start, end) if m.group().startswith(";")]
    firsts, lasts = [start, *(m.end() for m in cuts)], [*(m.start() for m in cuts), end]
    for first, last in zip(firsts, lasts, strict=True):
        words = masked[first:last].strip().removesuffix(".")
        if not _NAMED_AND_DATED.fullmatch(words) or _CLAUSE.search(words):
            return []
    return [Block(first, last, "item") for first, last in zip(firsts, lasts, strict=True)] if cuts else []


def _is_dated(drafts: list[tuple[int, int, str, int]], index: int, masked: str) -> bool:
    """Whether a line names somebody or something with its date, in a list of such lines or below one that ends in a colon."""

    def line(number: int) -> str:
        if not 0 <= number < len(drafts) or drafts[number][2] != "prose" or drafts[number][3] != 1:
            return ""
        words = masked[drafts[number][0] : drafts[number][1]].strip()
        return "" if words.isupper() or words.endswith(".") or len(words) > HEADING_CHARACTERS + 30 else words

    if not _DATED.match(line(index)):
        return False
    if _DAY_AND_NAME.match(line(index)):
        return True
    above = line(index - 1)
    return bool(above.endswith(":") or _DATED.match(above) or _DATED.match(line(index + 1)))


def _heads(drafts: list[tuple[int, int, str, int]], index: int, numbered: dict[int, str], masked: str) -> bool:
    """Whether a short numbered line is no item of a list but the heading of what follows: "1. Political relations"."""
    start, end = drafts[index][:2]
    style = numbered[start]
    if index + 1 >= len(drafts) or numbered.get(drafts[index + 1][0]) == style or (index and numbered.get(drafts[index - 1][0]) == style):
        return False
    above = masked[drafts[index - 1][0] : drafts[index - 1][1]].rstrip() if index else ""
    words = masked[start:end].strip()
    if above.endswith((":", ";", ",")) or not _is_heading(words, False):
        return False
    below = drafts[index + 1]
    return not _DATED.match(words) or below[2] in ("row", "item") or bool(_ENTRY.fullmatch(masked[below[0] : below[1]].strip()))


def find_blocks(text: str, masked: str) -> list[Block]:
    """Blocks of a text in order; ``masked`` is the text with its markup masked."""
    lines = _lines(text, masked)
    width = _width(lines)
    drafts: list[tuple[int, int, str, int]] = []  # start, end, kind, number of lines
    numbered: dict[int, str] = {}  # where the items begin that have a number or a letter, and of which kind
    above: _Line | None = None
    for index, line in enumerate(lines):
        if not line.words:  # the underline of a heading
            start, end, kind, count = drafts[-1]
            if kind == "prose" and count == 1 and end - start <= HEADING_CHARACTERS:
                drafts[-1] = (start, end, "heading", count)
            above = None
            continue
        raw = text[line.start : line.end]
        start = line.start + (len(raw) - len(raw.lstrip()))
        end = line.end - (len(raw) - len(raw.rstrip()))
        joinable = above is not None and not line.parted and drafts[-1][2] in ("prose", "item")
        if found := _ATX.match(text, line.start, line.end):
            closing = _ATX_END.search(text, found.end(), line.end)
            drafts.append((found.end(), closing.start() if closing else end, "heading", 1))
            above = None
            continue
        if (
            _is_row(raw)
            or (_tabbed(raw) and _beside_tabs(lines, index, text))
            or _is_piped(lines, index, text)
            or ("  " in raw and _is_spaced_row(lines, index, text))
        ):
            drafts.append((start, end, "row", 1))
            above = None
            continue
        bullet = _BULLET.match(text, line.start, line.end)
        if bullet is None and (number := _NUMBER.match(text, line.start, line.end)):
            amid = joinable and above is not None and drafts[-1][2] == "prose" and not _ENDED.search(above.words) and number.group().strip()[:1].isdigit()
            bullet = None if amid else number  # "... on 3 May\n1963. Then": a wrapped line, no item
        if bullet:
            drafts.append((bullet.end(), end, "item", 1))
            if mark := _NUMBER.match(text, line.start, line.end):
                numbered[bullet.end()] = "1" if mark.group().strip(" \t().")[:1].isdigit() else "a"
        elif joinable and above is not None and _continues(above, line, width):
            drafts[-1] = (drafts[-1][0], end, drafts[-1][2], drafts[-1][3] + 1)
        else:
            drafts.append((start, end, "prose", 1))
        above = line
    blocks: list[Block] = []
    for index, (start, end, kind, count) in enumerate(drafts):
        if kind == "prose" and count == 1 and _is_dated(drafts, index, masked):
            kind = "item"
        elif kind == "prose" and count == 1:
            outline = _OUTLINE.match(masked, start, end)
            named = outline.end() if outline else start
            if _is_heading(masked[named:end].strip(), index == len(drafts) - 1):
                start, kind = named, "item" if _is_entry(drafts, index, masked) else "heading"
        elif kind == "item" and count == 1 and start in numbered and _heads(drafts, index, numbered, masked):
            kind = "heading"
        parts = (_listed(masked, start, end) if count == 1 and kind in ("prose", "item") else []) or _enumerated(masked, start, end, kind)
        blocks += parts or [Block(start, end, kind)]
    return blocks


def _beside_tabs(lines: list[_Line], index: int, text: str) -> bool:
    """Whether the line above or below has a tab as well: a table of two columns."""
    return any(
        _tabbed(text[line.start : line.end])
        for line in lines[max(0, index - 1) : index] + lines[index + 1 : index + 2]
    )


def _is_piped(lines: list[_Line], index: int, text: str) -> bool:
    """Whether one bar parts a line in two short cells, as it parts the line above or below."""
    held = [text[line.start : line.end] for line in lines[max(0, index - 1) : index + 2]]
    own = text[lines[index].start : lines[index].end]
    return sum(line.count(" | ") == 1 and len(line) <= HEADING_CHARACTERS for line in held) > 1 and own.count(" | ") == 1


def _tabbed(raw: str) -> bool:
    """Whether a tab parts a line in columns: not the one behind a bullet or an item's number."""
    mark = _BULLET.match(raw) or _NUMBER.match(raw)
    return "\t" in (raw[mark.end() :] if mark else raw).strip()
