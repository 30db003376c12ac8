"""Web archives (WARC, WET): the pages that were fetched, and the texts that were made of them, as documents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import DocumentError
from kg.model import Document
from kg.scale.reading import make_known_document
from kg.text.files import FILE_BYTES
from kg.text.formats import decode_text, read_content

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

_SUFFIXES = {"text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt", "application/pdf": ".pdf"}


def read_archive(path: str) -> Iterator[Document | DocumentError]:
    """The documents of an archive in its order, and an error for each page that gives none.

    Texts (conversion records), and pages fetched with success as HTML, plain text or PDF; anything else is passed over. The day of
    the fetch is no day of publication: it is not kept.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    wanted = WarcRecordType.conversion | WarcRecordType.response | WarcRecordType.resource
    records = 0
    try:
        with open(path, "rb") as stream:
            for record in ArchiveIterator(stream, record_types=wanted, parse_http=True, auto_decode="all"):
                records += 1
                if found := _read_record(record, path):
                    yield found
    except Exception as error:  # the library raises its decoders' errors of several kinds: what was read before stays
        reason = f"{type(error).__name__}: {error}"
        yield DocumentError(f"breaks off behind record {records} ({reason})", file=path, remedy="get the archive again; the records before are read")
        return
    if not records:
        yield DocumentError("holds no page and no text", file=path, remedy="give a WARC or WET file")


def _read_record(record: WarcRecord, path: str) -> Document | DocumentError | None:
    suffix = _suffix(record)
    if not suffix:
        return None
    address = (record.headers.get("WARC-Target-URI") or "").strip("<>")
    name = f"{path}: {address or record.record_id}"
    if record.content_length > FILE_BYTES:
        return DocumentError(f"the page is larger than {FILE_BYTES // 1_000_000} MB", file=name, remedy="leave it out")
    length = record.content_length
    raw = record.reader.read()
    if len(raw) < length and not _is_encoded(record):
        return DocumentError(f"breaks off behind {len(raw):,} of {length:,} bytes", file=name, remedy="get the archive again")
    try:
        if suffix == ".txt":
            return make_known_document(decode_text(raw, Path(path)), {"source": address}, name)
        content = read_content(raw, Path(f"page{suffix}"))
        return make_known_document(content.text, {**content.properties, "source": address}, name)
    except DocumentError as error:
        return DocumentError(error.what, file=name, remedy=error.remedy)


def _is_encoded(record: WarcRecord) -> bool:
    """Whether the page came compressed or in chunks, so that its length is not that of its text."""
    headers = record.http_headers
    return headers is not None and bool(headers.get("Content-Encoding") or headers.get("Transfer-Encoding"))


def _suffix(record: WarcRecord) -> str:
    """The kind of the page by its media type; "" where it is none that is read, or the fetch had no success."""
    if record.http_headers is not None:
        if record.http_headers.status_code != 200:
            return ""
        kind = record.http_headers.get("Content-Type")
    else:
        kind = record.headers.get("Content-Type")
    return _SUFFIXES.get((kind or "").partition(";")[0].strip().lower(), "")
