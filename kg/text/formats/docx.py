"""DOCX: paragraphs and tables in order, as light Markdown."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from kg.errors import DocumentError
from kg.text.formats.content import Content
from kg.text.formats.layout import drop_title

__all__ = ["read_docx"]

UNPACKED_BYTES = 100_000_000
PARTS = 5_000

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DROPPED = {_W + name for name in ("del", "moveFrom", "txbxContent", "instrText", "rPr", "pPr")}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BLOCKS = {_W + name for name in ("sdt", "sdtContent", "ins", "customXml", "smartTag")}


def _check_size(raw: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise DocumentError(f"is a broken DOCX: {error}", remedy="open and save it anew") from None
    if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED_BYTES:
        raise DocumentError(
            f"unpacks to more than {UNPACKED_BYTES // 1_000_000} MB or {PARTS:,} parts",
            remedy="give its text as .txt or .md",
        )
    if any(part.flag_bits & 1 for part in parts):
        raise DocumentError("is locked with a password", remedy="save it without a password")


def _words(element: Any) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag in _DROPPED or tag == _FALLBACK or not isinstance(tag, str):
            continue
        if tag == _W + "t":
            yield "".join(child.itertext())
        elif tag in (_W + "tab", _W + "ptab"):
            yield " "
        elif tag in (_W + "br", _W + "cr"):
            yield "\n"
        elif tag == _W + "noBreakHyphen":
            yield "-"
        else:
            yield from _words(child)


def _text(paragraph: Any) -> str:
    lines = "".join(_words(paragraph)).replace("\t", " ").split("\n")
    return "\n".join(" ".join(line.split()) for line in lines if line.strip())


def _row(row: Any) -> str:
    cells = [" ".join(_text(p) for p in cell.iter(_W + "p")) for cell in row.iter(_W + "tc")]
    return "\t".join(" ".join(cell.split()) for cell in cells)


def _blocks(element: Any, styles: dict[str, str]) -> Iterator[str]:
    for child in element:
        if child.tag == _W + "p":
            if text := _text(child):
                properties = child.find(_W + "pPr")
                style = properties.find(_W + "pStyle") if properties is not None else None
                name = styles.get(style.get(_W + "val"), "") if style is not None else ""
                if name == "caption":
                    continue
                if name.startswith("heading") or name in ("title", "subtitle"):
                    yield "# " + " ".join(text.split())
                elif name.startswith("list") or (properties is not None and properties.find(_W + "numPr") is not None):
                    yield "- " + " ".join(text.split())
                else:
                    yield text
        elif child.tag == _W + "tbl":
            yield "\n".join(row for row in (_row(r) for r in child.iter(_W + "tr")) if row.strip())
        elif child.tag in _BLOCKS:
            yield from _blocks(child, styles)


def read_docx(raw: bytes) -> Content:
    """The text of a DOCX: headings marked "# ", items "- ", cells of rows parted by tabs, blocks by blank lines."""
    _check_size(raw)
    import docx

    document = docx.Document(io.BytesIO(raw))
    styles = {style.style_id: (style.name or "").lower() for style in document.styles}
    core = document.core_properties
    title = " ".join((core.title or "").split())
    author = " ".join((core.author or "").split())
    if title == "Word Document" or author == "python-docx":  # what the library writes into files that it makes
        title, author = title.removeprefix("Word Document"), author.removeprefix("python-docx")
    blocks = drop_title(list(_blocks(document.element.body, styles)), title)
    return Content("\n\n".join(blocks), {"title": title, "creator": author})
