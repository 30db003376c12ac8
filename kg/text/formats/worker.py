"""The process that reads HTML, PDF and DOCX: files in, texts out, until its input ends."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import sys
from typing import Any

from kg.errors import DocumentError
from kg.text.formats.content import Content
from kg.text.formats.frames import read_frame, write_frame

__all__ = ["main", "read_bytes"]

MEMORY_BYTES = 2_000_000_000  # of address space; the libraries alone map 0.3-0.5

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufeff\ufffe\uffff]")
_BLANK_LINES = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)+")


def _limit_memory() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # no such limits on this system
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def read_bytes(suffix: str, raw: bytes) -> Content:
    """Text and properties of a file's bytes, read in this process."""
    if suffix == ".pdf":
        from kg.text.formats.pdf import read_pdf

        return read_pdf(raw)
    if suffix == ".docx":
        from kg.text.formats.docx import read_docx

        return read_docx(raw)
    from kg.text.formats.html import read_html

    return read_html(raw.decode("utf-8"))


def _clean(text: str) -> str:
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\r\n", "\n").replace("\r", "\n")
    return _BLANK_LINES.sub("\n\n", _CONTROLS.sub("", text)).strip("\n") + "\n"


def _answer(suffix: str, raw: bytes) -> dict[str, Any]:
    remedy = "open and save it anew, or give its text as .txt or .md"
    try:
        content = read_bytes(suffix, raw)
        properties = {key: " ".join(_clean(value).split()) for key, value in content.properties.items() if value}
        return {"text": _clean(content.text), "properties": properties}
    except ImportError:
        return {"missing": True}
    except DocumentError as error:
        return {"error": error.what, "remedy": error.remedy}
    except MemoryError:
        return {"error": "reading it takes too much memory", "remedy": "give its text as .txt or .md"}
    except RecursionError:
        return {"error": "it nests too deeply", "remedy": remedy}
    except Exception as error:  # whatever a library raises on a broken file concerns this file alone, and is named
        return {
            "error": f"cannot be read as {suffix[1:].upper()}: {type(error).__name__}: {str(error)[:200]}",
            "remedy": remedy,
        }


def main(seconds: float) -> None:
    """Answer requests on standard input until it ends; one that takes longer than ``seconds`` ends the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is the parent's to handle
    requests = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints must not mix with the answers
    _limit_memory()
    while (suffix := read_frame(requests)) is not None and (raw := read_frame(requests)) is not None:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, seconds)  # should the parent be gone
        answer = json.dumps(_answer(suffix.decode(), raw)).encode()
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)
        write_frame(answers, answer)
