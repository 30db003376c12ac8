"""Files and folders become documents; whatever is wrong with a file is said with its name and a remedy."""

from __future__ import annotations

import hashlib
import itertools
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from kg.errors import DocumentError
from kg.model import Document, replace
from kg.text.dateline import find_issued
from kg.text.formats import decode_text, read_content
from kg.text.front_matter import check_metadata, split_front_matter
from kg.text.language import check_english
from kg.text.titles import find_title

__all__ = ["KEPT_CHARACTERS", "FILE_BYTES", "SUFFIXES", "find_files", "keeps_texts", "make_document", "read_document", "read_originals"]

FILE_BYTES = 20_000_000  # a larger file is refused
KEPT_CHARACTERS = 5_000_000  # a longer kept text is refused
SUFFIXES = (".txt", ".md", ".markdown", ".html", ".htm", ".pdf", ".docx")

_LOOKED_AT = 10_000  # files of a linked folder, at most, to say whether it holds documents

Unread = Callable[[DocumentError], object]
"""Is told what cannot be read."""

_READABLE = "give a " + ", ".join(SUFFIXES) + " file"


def find_files(paths: Iterable[str | Path], unread: Unread | None = None) -> list[Path]:
    """Files of documents: those named, and those below the folders named, each once, sorted within a folder.

    Hidden files, other suffixes and the texts that a graph keeps are passed over in folders. `unread` is told of a folder inside them that
    cannot be read, the others go on; without it that raises as well.

    Raises:
        DocumentError: a path that is missing, a folder that cannot be read or holds no document, or a file named directly that is of another kind.
    """
    files: dict[Path, None] = {}
    for name in paths:
        path = Path(name)
        if not str(name):  # such as a shell's variable that is not set; for Path it is the folder we are in
            raise DocumentError("a path is empty", remedy="name a file or a folder: . is the one you are in")
        try:
            if path.is_dir():
                files.update((file, None) for file in _below(path, unread or _raise))
                continue
            exists = path.exists()
        except OSError as error:
            raise DocumentError(
                f"cannot be read: {error.strerror or error}", file=path, remedy="check its name and permissions"
            ) from None
        if not exists:
            raise DocumentError("there is no such file or folder", file=path, remedy="check the path")
        if path.suffix.lower() not in SUFFIXES:
            raise DocumentError(
                f"{path.suffix or 'a name without suffix'} is no kind of document", file=path, remedy=_READABLE
            )
        files[path] = None
    return list(files)


def _below(folder: Path, unread: Unread) -> list[Path]:
    if not os.access(folder, os.R_OK | os.X_OK):
        raise DocumentError("the folder cannot be read", file=folder, remedy="check its permissions")
    below = [found for found in walk(folder, unread) if found.suffix.lower() in SUFFIXES and is_there(found, folder, unread)]
    seen = [file for file in below if not _hidden(file, folder)]
    kept = {parent for parent in {file.parent for file in seen} - {folder} if keeps_texts(parent)}
    files = [file for file in seen if file.parent not in kept]
    if not files:
        raise DocumentError("the folder holds no document", file=folder, remedy=_READABLE)
    return files


def walk(folder: Path, unread: Unread) -> list[Path]:
    """All files below a folder, sorted; `unread` is told of each folder inside it that cannot be read, or is a link that leads elsewhere
    to documents: links are not followed, they may lead in circles."""

    def tell(error: OSError) -> None:
        unread(DocumentError(f"the folder cannot be read: {error.strerror or error}", file=error.filename, remedy="check its permissions"))

    files = []
    for parent, folders, names in os.walk(folder, onerror=tell):
        files += [Path(parent, name) for name in names]
        for link in (Path(parent, name) for name in sorted(folders)):
            if link.is_symlink() and not _hidden(link, folder) and _leads_to_documents(link, folder):
                remedy = f"name the folder itself: {link.resolve()}"
                unread(DocumentError("is a link to a folder with documents, which is not followed", file=link, remedy=remedy))
    return sorted(files)


def is_there(file: Path, folder: Path, unread: Unread) -> bool:
    """Whether a name found below the folder is a file; `unread` is told of a link that leads nowhere."""
    if file.is_file():
        return True
    if file.is_symlink() and not file.exists() and not _hidden(file, folder):
        unread(DocumentError("is a link to a file that is not there", file=file, remedy="mend the link, or remove it"))
    return False


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _leads_to_documents(link: Path, folder: Path) -> bool:
    """Whether the linked folder lies elsewhere and holds a document, as far as a look at its first files tells."""
    if link.resolve().is_relative_to(folder.resolve()):
        return False
    names = (name for _, _, names in os.walk(link) for name in names)
    return any(name.lower().endswith(SUFFIXES) for name in itertools.islice(names, _LOOKED_AT))


def _raise(error: DocumentError) -> None:
    raise error


def keeps_texts(folder: Path) -> bool:
    """Whether a graph keeps the texts of its documents in this folder: they are what was read already, without their names."""
    return folder.name == "documents" and (folder.parent / "store" / "CURRENT").is_file()


def read_document(
    path: str | Path,
    *,
    metadata: Mapping[str, str] | None = None,
    originals: Mapping[str, Mapping[str, str]] | None = None,
) -> Document:
    """The document that a file holds, with its kept text.

    What is known of it comes from ``metadata`` (keys as in front matter), then the file's front matter, then
    ``originals`` (by the SHA-256 of the file's bytes, see `read_originals`), then the file's own properties (HTML, PDF,
    DOCX), then its dateline or first line.

    Raises:
        DocumentError: the file cannot be read, is empty, too large, binary, not UTF-8, broken, or not in English.
    """
    path = Path(path)
    given = check_metadata(metadata, "the metadata given") if metadata else {}
    raw = _read_bytes(path)
    digest = hashlib.sha256(raw).hexdigest()
    content = read_content(raw, path)
    front, text, notes = split_front_matter(content.text, path) if content.plain else ({}, content.text.lstrip("\n"), ())
    original = check_metadata((originals or {}).get(digest, {}), path) if not front else {}
    known = {
        key: value for source in (content.properties, original, front, given) for key, value in source.items() if value
    }
    identifier = os.fsencode(path.stem).decode("utf-8", "replace")  # a name need not be text in this locale, or at all
    return replace(make_document(text, known, identifier=identifier, path=str(path), file_sha256=digest), notes=notes)


def make_document(text: str, known: Mapping[str, str], *, identifier: str = "", path: str = "", file_sha256: str = "") -> Document:
    """The document of a kept text, with what is ``known`` of it (keys as in front matter; checked already).

    Title and day are looked for in the text where nothing tells them. Without an identifier: the head of the text's SHA-256.

    Raises:
        DocumentError: the text is empty, too long, or not in English.
    """
    if not text.strip():
        raise DocumentError("the document holds no text", file=path, remedy="leave it out, or give the text itself")
    if len(text) > KEPT_CHARACTERS:
        raise DocumentError(
            f"the text has {len(text):,} characters, more than {KEPT_CHARACTERS:,}",
            file=path,
            remedy="split it into parts",
        )
    check_english(text, path)
    sha256 = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return Document(
        identifier=identifier or sha256[:16],
        text=text,
        sha256=sha256,
        file_sha256=file_sha256,
        path=path,
        title=known.get("title") or find_title(text),
        creator=known.get("creator", ""),
        publisher=known.get("publisher", ""),
        issued=known.get("issued") or find_issued(text),
        source=known.get("source", ""),
        language=known.get("language") or "en",
    )


def read_originals(folder: str | Path) -> dict[str, dict[str, str]]:
    """Metadata of the originals that a folder's restated documents name, by the SHA-256 of the original's bytes."""
    originals: dict[str, dict[str, str]] = {}
    for path in sorted(Path(folder).glob("*.md")):
        front, _, _ = split_front_matter(decode_text(_read_bytes(path), path), path)
        if digest := front.get("original-sha256"):
            originals[digest.lower()] = {
                key: value for key, value in front.items() if value and key not in ("original", "original-sha256")
            }
    return originals


def _read_bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise DocumentError("is a folder, not a document", file=path, remedy="name the files in it")
        if not path.is_file() and path.exists():
            raise DocumentError("is no ordinary file", file=path, remedy=_READABLE)
        with path.open("rb") as stream:
            raw = stream.read(FILE_BYTES + 1)
    except FileNotFoundError:
        raise DocumentError("there is no such file", file=path, remedy="check the path") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise DocumentError(f"cannot be read: {reason}", file=path, remedy="check its permissions") from None
    if len(raw) > FILE_BYTES:
        raise DocumentError(
            f"the file is larger than {FILE_BYTES // 1_000_000} MB", file=path, remedy="split it into parts"
        )
    if not raw.strip():
        raise DocumentError("the file is empty", file=path, remedy="leave it out")
    return raw
