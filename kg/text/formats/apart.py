"""HTML, PDF and DOCX are read in a process of their own, bounded in time and memory."""

from __future__ import annotations

import atexit
import importlib.util
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from kg.errors import DocumentError
from kg.text.formats.content import Content
from kg.text.formats.frames import read_frame, write_frame

__all__ = ["read_apart"]

SECONDS = 30.0  # for one document
START_SECONDS = 30.0  # allowed once more for the first document of a process: it imports the libraries
DOCUMENTS = 200  # a process is replaced after so many, so that nothing it leaks adds up

_LIBRARIES = {".html": "trafilatura", ".htm": "trafilatura", ".pdf": "pypdfium2", ".docx": "docx"}
_CODE = """
import json, sys
sys.path[:] = json.loads(sys.argv[1])
from kg.text.formats.worker import main
main(float(sys.argv[2]))
"""


class _Worker:
    """One reading process; ``read`` is called by one thread at a time."""

    def __init__(self) -> None:
        self.owner = os.getpid()  # a forked child must not share the pipes
        self.documents = 0
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-P",
                "-c",
                _CODE,
                json.dumps([str(entry) for entry in sys.path]),
                str(SECONDS + START_SECONDS + 5),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def read(self, suffix: str, raw: bytes) -> dict[str, Any] | None:
        """The answer; None where the process died.

        Raises:
            TimeoutError: it took too long.
        """
        seconds = SECONDS + (START_SECONDS if self.documents == 0 else 0)
        self.documents += 1
        answers: list[bytes] = []
        exchange = threading.Thread(target=self._exchange, args=(suffix, raw, answers), daemon=True)
        try:
            exchange.start()
            exchange.join(seconds)
            if exchange.is_alive():
                raise TimeoutError
        except BaseException:
            self.stop()
            raise
        if not answers:
            self.stop()
            return None
        answer: dict[str, Any] = json.loads(answers[0])
        return answer

    def _exchange(self, suffix: str, raw: bytes, answers: list[bytes]) -> None:
        try:
            assert self.process.stdin is not None and self.process.stdout is not None
            write_frame(self.process.stdin, suffix.encode())
            write_frame(self.process.stdin, raw)
            if (answer := read_frame(self.process.stdout)) is not None:
                answers.append(answer)
        except (OSError, ValueError):
            return  # the process died; the caller says so

    @property
    def fresh(self) -> bool:
        return self.owner == os.getpid() and self.documents < DOCUMENTS and self.process.poll() is None

    def stop(self) -> None:
        if self.owner == os.getpid():
            self.process.kill()
            self.process.wait()


_lock = threading.Lock()
_current: _Worker | None = None


def _stop_current() -> None:
    if _current is not None:
        _current.stop()


atexit.register(_stop_current)


def read_apart(suffix: str, raw: bytes, path: Path) -> Content:
    """Text and properties of an HTML, PDF or DOCX file.

    Raises:
        DocumentError: the library is missing, the file is broken or locked, or reading it took too much time or memory.
    """
    global _current, _lock
    if importlib.util.find_spec(_LIBRARIES[suffix]) is None:
        _raise_missing(suffix, path)
    if _current is not None and _current.owner != os.getpid():
        _lock = threading.Lock()  # forked while another thread held it
    with _lock:
        if _current is None or not _current.fresh:
            _stop_current()
            _current = _Worker()
        try:
            answer = _current.read(suffix, raw)
        except TimeoutError:
            raise DocumentError(
                f"reading it took longer than {SECONDS:.0f} seconds", file=path, remedy="give its text as .txt or .md"
            ) from None
    if answer is None:
        raise DocumentError(
            "the file cannot be read: its reader broke off, perhaps for want of memory",
            file=path,
            remedy="give its text as .txt or .md",
        )
    if answer.get("missing"):
        _raise_missing(suffix, path)
    if "error" in answer:
        raise DocumentError(answer["error"], file=path, remedy=answer["remedy"])
    return Content(answer["text"], answer["properties"])


def _raise_missing(suffix: str, path: Path) -> None:
    raise DocumentError(
        f"the library {_LIBRARIES[suffix]} that reads {suffix} files is not installed",
        file=path,
        remedy="pip install 'bilateral-kg[documents]'",
    )
