"""Bytes of text files become text: UTF-8, no byte-order mark, LF."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from kg.errors import DocumentError

__all__ = ["decode_page", "decode_text"]

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z][A-Za-z0-9_.:-]{1,30})", re.IGNORECASE)


def decode_text(raw: bytes, path: Path) -> str:
    """The text of UTF-8 bytes, CRLF made LF, a byte-order mark dropped.

    Raises:
        DocumentError: NUL bytes, or bytes that are no UTF-8.
    """
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DocumentError("is UTF-16, not UTF-8", file=path, line=1, remedy="save it as UTF-8")
    if (at := raw.find(b"\0")) >= 0:
        raise DocumentError(
            f"is binary: a NUL byte at byte {at}", file=path, remedy="give a text file, or its right suffix"
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = error.start + (3 if raw.startswith(b"\xef\xbb\xbf") else 0)
        raise DocumentError(
            f"is not UTF-8: byte 0x{raw[at]:02x} at byte {at}",
            file=path,
            line=raw.count(b"\n", 0, at) + 1,
            remedy="save it as UTF-8 (iconv -f WINDOWS-1252 -t UTF-8 converts the commonest other encoding)",
        ) from None
    return text.replace("\r\n", "\n")


def decode_page(raw: bytes, path: Path) -> str:
    """The source of an HTML page: UTF-8, or the encoding that it declares itself.

    Raises:
        DocumentError: NUL bytes, or bytes that are neither.
    """
    try:
        return decode_text(raw, path)
    except DocumentError:
        declared = _CHARSET.search(raw[:4096])
        if declared is None or b"\0" in raw:
            raise
        try:
            codec = codecs.lookup(declared[1].decode("ascii"))
            if codec.name in ("utf-8", "utf-7") or not codec._is_text_encoding:
                raise LookupError
            return codec.decode(raw, "strict")[0].replace("\r\n", "\n")
        except (LookupError, ValueError):
            pass  # the error about UTF-8 says where
        raise
