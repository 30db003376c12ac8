"""PDF: lines with their places on the page, joined into paragraphs; page furniture dropped."""


from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, NamedTuple

from kg.errors import DocumentError
from kg.text.formats.content import Content
from kg.text.formats.layout import drop_title

__all__ = ["join_lines", "read_pdf"]

EDGE_LINES = 2  # so many lines at the head and foot of a page may be page furniture
CELL_GAP = 1.8  # a gap this many font sizes wide parts two cells

_NUMBER = re.compile(r"(?i)[-–—\s]*(?:page|p\.)?\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?[-–—\s]*|[ivxl]{1,6}")
_TERMINAL = re.compile(r"[.!?:;…]['\"”’»)\]]*$|[”»]$")
_BULLET = re.compile(r"[•‣▪●◦·\uf0b7]\s*|[-–—*]\s+")
_NUMBERED = re.compile(r"(?:\d{1,3}|[a-z])[.)]\s")
_NAMELESS = re.compile(r"(?i)untitled.*|anonymous|unspecified|microsoft word.*|.*\.(?:docx?|pdf|indd|qxd|rtf|txt)|")
_KEPT_HYPHEN = frozenset(
    """all anti co cross ex far first four full half high inter intra large long low medium mid multi near non off
    one over part post pre pro self semi short six small so socio sub ten third three trans two ultra under vice
    well world year""".split()
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: points from the left and bottom, font size in points."""

    text: str
    left: float
    right: float
    bottom: float
    size: float
    page: int


class _Char(NamedTuple):
    """A character with its left and right, its baseline and its font size; no place where pdfium made it up."""

    text: str
    left: float
    right: float
    base: float
    size: float


def _chars(textpage: Any, raw: Any) -> Iterator[_Char]:
    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    for index in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(textpage, index)
        if code in (2, 0xFFFE):
            code = 0x2D  # so pdfium marks a hyphen at a line's end
        elif code in (0, 0xFFFF) or 0xD800 <= code <= 0xDFFF:
            code = 0xFFFD
        if chr(code) in "\r\n":
            yield _Char("\n", 0, 0, 0, 0)
        elif not raw.FPDFText_GetCharBox(textpage, index, left, right, bottom, top) or right.value <= left.value:
            yield _Char(" " if chr(code).isspace() else chr(code), 0, 0, 0, 0)
        else:
            placed = raw.FPDFText_GetCharOrigin(textpage, index, x, y)
            size = raw.FPDFText_GetFontSize(textpage, index)
            height = top.value - bottom.value
            yield _Char(
                " " if chr(code).isspace() else chr(code),
                left.value,
                right.value,
                y.value if placed else bottom.value,
                size if size > 1.5 else max(height, 6.0),  # some files scale a font of size 1
            )


def _page_lines(textpage: Any, raw: Any, page: int) -> list[Line]:
    """Lines of a page in reading order, with a tab at each gap that parts cells."""
    lines: list[Line] = []
    line: list[_Char] = []
    for char in _chars(textpage, raw):
        placed = char.right > char.left and char.text != " "
        last = next((c for c in reversed(line) if c.right > c.left), None) if placed else None
        if char.text == "\n" or (last and abs(char.base - last.base) > 0.8 * max(char.size, last.size)):
            lines += _line(line, page)
            line = []
        if char.text != "\n":
            line.append(char)
    return _merged(lines + _line(line, page))


def _line(chars: list[_Char], page: int) -> list[Line]:
    placed = [c for c in chars if c.right > c.left and c.text != " "]
    if not placed:
        return []
    size = Counter(round(c.size, 1) for c in placed).most_common(1)[0][0]
    gaps: dict[int, float] = {}  # by the place of the character behind the gap
    last: _Char | None = None
    spaced = False
    for index, char in enumerate(chars):
        if char.right <= char.left or char.text == " ":
            spaced = spaced or char.text == " "
            continue
        if last is not None and (spaced or char.left - last.right > 0.6 * size):
            gaps[index] = char.left - last.right
        last, spaced = char, False
    usual = min(gaps.values(), default=0.0)
    wide = {i for i, gap in gaps.items() if gap > CELL_GAP * size and (len(gaps) == 1 or gap > 2.2 * usual)}
    uneven = any(gap > 1.15 * usual for gap in gaps.values())
    if len(gaps) > 1 and usual > CELL_GAP * size and (uneven or usual > 3 * size):
        wide = set(gaps)  # one word in each cell; a stretched line of prose has even gaps
    text = "".join(("\t" if i in wide else " " if i in gaps else "") + c.text for i, c in enumerate(chars))
    words = re.sub(r" *\t *", "\t", re.sub(r" {2,}", " ", text)).strip()
    base = Counter(round(c.base, 1) for c in placed).most_common(1)[0][0]
    return [Line(words, placed[0].left, max(c.right for c in placed), base, size, page)] if words else []


def _merged(lines: list[Line]) -> list[Line]:
    """Cells of one row that came as lines of their own become one line."""
    merged: list[Line] = []
    for line in lines:
        last = merged[-1] if merged else None
        if last and abs(last.bottom - line.bottom) < 0.35 * last.size and line.left > last.right:
            gap = "\t" if line.left - last.right > 0.9 * last.size else " "
            merged[-1] = replace(last, text=f"{last.text}{gap}{line.text}", right=line.right)
        else:
            merged.append(line)
    return merged


def _edges(lines: list[Line]) -> list[Line]:
    """The topmost and lowest lines of a page: often not the first and last that the file holds."""
    placed = sorted(lines, key=lambda line: line.bottom)
    return placed[:EDGE_LINES] + placed[-EDGE_LINES:]


def _look(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text), round(line.bottom / 4)


def _without_furniture(pages: list[list[Line]]) -> list[Line]:
    """All lines but repeated headers and footers, page numbers, and small print alone at the edge of a page."""
    seen = Counter(look for lines in pages for look in {_look(line) for line in _edges(lines)})
    body = _body_size([line for lines in pages for line in lines])
    often = max(2, (len(pages) + 1) // 2) if len(pages) < 6 else max(3, len(pages) // 3)
    kept: list[Line] = []
    for lines in pages:
        edges = {id(line) for line in _edges(lines)}
        outer = {min(line.bottom for line in lines), max(line.bottom for line in lines)} if lines else set()
        for line in lines:
            repeated = id(line) in edges and seen[_look(line)] >= often
            small = (
                line.size < 0.9 * body and len(line.text) < 100 and not _TERMINAL.search(line.text) and len(lines) > 3
            )
            if not (repeated or (line.bottom in outer and (small or _NUMBER.fullmatch(line.text)))):
                kept.append(line)
    return kept


def _body_size(lines: list[Line]) -> float:
    """The font size of most of the text."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size)] += len(line.text)
    return float(sizes.most_common(1)[0][0]) if sizes else 10.0


def _median(values: list[float], default: float) -> float:
    return sorted(values)[len(values) // 2] if values else default


def _joined(text: str, following: str, hyphenated: Counter[str], words: Counter[str]) -> str:
    """A line joined to the paragraph before it; a hyphen at the break stays where it belongs to the word."""
    if text.endswith("-") and len(text) > 1 and text[-2].isalpha():
        first = re.search(r"\w+(?=-$)", text)
        second = re.match(r"\w+", following)
        if first is None or second is None:
            return text + following
        whole = (first.group() + second.group()).lower()
        compound = f"{first.group()}-{second.group()}".lower()
        keep = (
            not second.group()[0].islower()
            or hyphenated[compound] > 0
            or (words[whole] == 0 and first.group().lower() in _KEPT_HYPHEN)
        )
        return text + following if keep else text[:-1] + following
    return f"{text} {following}"


def join_lines(lines: list[Line]) -> list[str]:
    """Paragraphs, headings ("# "), items ("- ") and rows (tab-separated) of the lines of a text."""
    lines = list(lines)
    body = _body_size(lines)
    gaps = [a.bottom - b.bottom for a, b in pairwise(lines) if a.page == b.page and 0 < a.bottom - b.bottom < 4 * body]
    spacing = _median([gap for gap in gaps if gap < 2 * body] or gaps, 1.2 * body)
    rights = sorted(line.right for line in lines)
    margin = rights[int(len(rights) * 0.9)] if rights else 0.0
    everything = " ".join(line.text for line in lines).lower()
    words = Counter(re.findall(r"\w+", everything))
    hyphenated = Counter(re.findall(r"\w+-\w+", everything))
    tabbed = ["\t" in line.text for line in lines]
    for index, line in enumerate(lines):  # a gap in one line alone, as justified prose has it, makes no table
        if line.text.count("\t") == 1 and not any(tabbed[max(0, index - 1) : index] + tabbed[index + 1 : index + 2]):
            bullet, _, rest = line.text.partition("\t")
            lines[index] = replace(line, text=line.text if _is_bullet(bullet) else f"{bullet} {rest}")
    blocks: list[tuple[str, str]] = []
    above: Line | None = None
    for line in lines:
        kind, text = _kind(line, body)
        if above is not None and blocks and _goes_on(above, line, blocks[-1][0], kind, spacing, margin, body):
            blocks[-1] = (blocks[-1][0], _joined(blocks[-1][1], text, hyphenated, words))
        elif kind == "row" and blocks and blocks[-1][0] == "row" and above is not None and above.page == line.page:
            blocks[-1] = ("row", f"{blocks[-1][1]}\n{text}")
        else:
            blocks.append((kind, text))
        above = line
    marks = {"heading": "# ", "item": "- "}
    return [marks.get(kind, "") + text for kind, text in blocks]


def _is_bullet(text: str) -> bool:
    return len(text) <= 3 and (not text.isalnum() or text == "o")


def _kind(line: Line, body: float) -> tuple[str, str]:
    if "\t" in line.text:
        bullet, _, rest = line.text.partition("\t")
        return ("item", rest) if _is_bullet(bullet) else ("row", line.text)
    if line.size > 1.12 * body and len(line.text) <= 200:
        return "heading", line.text
    if (bullet_mark := _BULLET.match(line.text)) and len(line.text) > bullet_mark.end():
        return "item", line.text[bullet_mark.end() :]
    return "numbered" if _NUMBERED.match(line.text) else "prose", line.text


def _goes_on(above: Line, line: Line, kind_above: str, kind: str, spacing: float, margin: float, body: float) -> bool:
    """Whether a line goes on with the block of the line above it."""
    if "row" in (kind_above, kind) or kind == "item" or abs(above.size - line.size) > 0.12 * body:
        return False
    if kind_above == "heading" or kind == "heading":
        return kind_above == kind and above.page == line.page and 0 < above.bottom - line.bottom < 1.6 * line.size
    ended = _TERMINAL.search(above.text) is not None
    if kind == "numbered" and (ended or kind_above == kind):
        return False
    full = above.right > margin - 0.12 * (margin - above.left) - 2
    if above.page != line.page or line.bottom > above.bottom:  # a new page or column
        return (not ended and (full or line.text[0].islower())) or (full and line.text[0].islower())
    gap = above.bottom - line.bottom
    if gap > 1.35 * spacing:
        return not ended and line.text[0].islower() and gap < 2.2 * spacing
    if kind_above == "prose" and line.left - above.left > 0.8 * body and ended:
        return False  # an indented first line
    return full or not ended


def _properties(document: Any) -> dict[str, str]:
    known = document.get_metadata_dict()
    title, author = (" ".join(str(known.get(key, "")).split()) for key in ("Title", "Author"))
    return {
        "title": "" if _NAMELESS.fullmatch(title) else title,
        "creator": "" if _NAMELESS.fullmatch(author) else author,
    }


def read_pdf(raw: bytes) -> Content:
    """The text of a PDF: paragraphs parted by blank lines, rows of tables tab-separated; its title and author.

    Raises:
        DocumentError: the file is locked, broken, or holds pictures of pages only.
    """
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise DocumentError("is locked with a password", remedy="save it without a password") from None
        raise DocumentError(
            f"is a broken PDF: {error}", remedy="open and save it anew, or give its text as .txt"
        ) from None
    pages: list[list[Line]] = []
    for number in range(len(document)):
        page = document[number]
        textpage = page.get_textpage()
        pages.append(_page_lines(textpage, pdfium, number))
        textpage.close()
        page.close()
    properties = _properties(document)
    if pages and not any(pages):
        raise DocumentError("holds no text, perhaps only pictures of pages", remedy="recognise its text (OCR) first")
    blocks = drop_title(join_lines(_without_furniture(pages)), properties["title"])
    return Content("\n\n".join(blocks), properties)
