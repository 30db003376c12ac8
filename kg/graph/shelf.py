"""The documents of a graph in the making, their texts on the disk: however many there are, they take little memory."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import overload

from kg.model import Document, replace


class Shelf(Sequence[Document]):
    """Documents in the order that `arrange` gives them, each read from its file `<sha256>.txt` when it is asked for.

    A text that stands in the folder `before` is not written again: both folders have the one file.
    """

    def __init__(self, folder: Path, before: Path | None = None) -> None:
        self._folder, self._before = folder, before
        self._characters: dict[str, int] = {}
        self.stubs: list[Document] = []
        """The documents without their texts."""
        folder.mkdir(parents=True, exist_ok=True)

    def keep(self, document: Document) -> Document:
        """The document without its text, which is now on the disk."""
        if document.sha256 not in self._characters and not self._shares(document):
            self._file(document.sha256).write_bytes(document.text.encode())
        self._characters[document.sha256] = len(document.text)
        return replace(document, text="")

    def _shares(self, document: Document) -> bool:
        """Whether the text could be had from the folder before."""
        if self._before is None:
            return False
        name = f"{document.sha256}.txt"
        try:
            os.link(self._before / name, self._folder / name)
        except OSError:
            return False  # a new text, or a file system without links
        if self._file(document.sha256).read_bytes() == document.text.encode():
            return True
        self.drop(document.sha256)
        return False

    def arrange(self, stubs: Iterable[Document]) -> None:
        """Puts what `keep` gave into its order; texts of others are gone."""
        self.stubs = list(stubs)
        for sha256 in self._characters.keys() - {stub.sha256 for stub in self.stubs}:
            self.drop(sha256)

    def drop(self, sha256: str) -> None:
        """Removes the text of a document that is not to be in the graph."""
        self._file(sha256).unlink(missing_ok=True)

    def characters(self, index: int) -> int:
        """The length of a document's text in code points."""
        return self._characters[self.stubs[index].sha256]

    @overload
    def __getitem__(self, index: int) -> Document: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Document]: ...
    def __getitem__(self, index: int | slice) -> Document | Sequence[Document]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        stub = self.stubs[index]
        return replace(stub, text=self._file(stub.sha256).read_bytes().decode())

    def __len__(self) -> int:
        return len(self.stubs)

    def _file(self, sha256: str) -> Path:
        return self._folder / f"{sha256}.txt"
