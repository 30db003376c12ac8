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
_NUMBER = re.compile(r"[ \t]*(?:\d{1,3}[.)]|[a-z]\)|\([a-z\d]{1,3}\)|[ivx]{1,5}\))[ \t]+(?=\S)")
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


def find_blocks(text: str, masked: str) -> list[Block]:
    """Blocks of a text in order; ``masked`` is the text with its markup masked."""
    lines = _lines(text, masked)
    width = _width(lines)
    drafts: list[tuple[int, int, str, int]] = []  # start, end, kind, number of lines
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
        if _is_row(raw) or (_tabbed(raw) and _beside_tabs(lines, index, text)):
            drafts.append((start, end, "row", 1))
            above = None
            continue
        bullet = _BULLET.match(text, line.start, line.end)
        if bullet is None and (number := _NUMBER.match(text, line.start, line.end)):
            amid = joinable and above is not None and drafts[-1][2] == "prose" and not _ENDED.search(above.words)
            bullet = None if amid else number  # "... on 3 May\n1963. Then": a wrapped line, no item
        if bullet:
            drafts.append((bullet.end(), end, "item", 1))
        elif joinable and above is not None and _continues(above, line, width):
            drafts[-1] = (drafts[-1][0], end, drafts[-1][2], drafts[-1][3] + 1)
        else:
            drafts.append((start, end, "prose", 1))
        above = line
    blocks: list[Block] = []
    for index, (start, end, kind, count) in enumerate(drafts):
        if kind == "prose" and count == 1 and _is_heading(masked[start:end].strip(), index == len(drafts) - 1):
            kind = "heading"
        blocks.append(Block(start, end, kind))
    return blocks


def _beside_tabs(lines: list[_Line], index: int, text: str) -> bool:
    """Whether the line above or below has a tab as well: a table of two columns."""
    return any(
        _tabbed(text[line.start : line.end])
        for line in lines[max(0, index - 1) : index] + lines[index + 1 : index + 2]
    )


def _tabbed(raw: str) -> bool:
    """Whether a tab parts a line in columns: not the one behind a bullet or an item's number."""
    mark = _BULLET.match(raw) or _NUMBER.match(raw)
    return "\t" in (raw[mark.end() :] if mark else raw).strip()
