"""What each file format holds: its text, and what it says of itself."""

from __future__ import annotations

from pathlib import Path

from kg.errors import DocumentError
from kg.text.formats.content import Content
from kg.text.formats.plain import decode_page, decode_text

__all__ = ["Content", "decode_text", "read_content"]

_MAGIC = (
    (b"%PDF-", ".pdf", "a PDF"),
    (b"PK\x03\x04", ".docx", "a ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "", "an old Office file"),
)


def read_content(raw: bytes, path: Path) -> Content:
    """Text and properties of a file's bytes, by its suffix.

    Raises:
        DocumentError: the bytes are not what the suffix says, broken, or take too long to read.
    """
    suffix = path.suffix.lower()
    for magic, wanted, kind in _MAGIC:
        if raw.startswith(magic) and suffix != wanted:
            raise DocumentError(
                f"is {kind} by its content, not a {suffix or 'text'} file",
                file=path,
                remedy=f"rename it to {path.stem}{wanted}" if wanted else "save it as .docx",
            )
    if suffix == ".pdf":
        if b"%PDF-" not in raw[:1024]:
            raise DocumentError("is no PDF by its content", file=path, remedy="give the file its right suffix")
    elif suffix == ".docx":
        if not raw.startswith(b"PK"):
            raise DocumentError("is no DOCX by its content", file=path, remedy="give the file its right suffix")
    elif suffix in (".html", ".htm"):
        raw = decode_page(raw, path).encode("utf-8")
    else:
        return Content(decode_text(raw, path), plain=True)
    from kg.text.formats.apart import read_apart

    return read_apart(suffix, raw, path)
