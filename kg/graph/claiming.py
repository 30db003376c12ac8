"""The claims of any number of facts in little memory: facts that may share a claim are put together on the disk, and read back so."""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from pyoxigraph import Quad

from kg.graph.claims import Said, claims_of, group_digest

_PARTS = 64
_AT_ONCE = 20_000  # facts that are kept in memory before any is written


class ClaimSorter:
    """Takes facts in, gives their claims. The folder is its own, and gone at the end."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._few: list[Said] = []
        self._files: dict[int, BinaryIO] = {}

    def add(self, facts: Iterable[Said]) -> None:
        """Takes in facts; each fact once, wherever it stands."""
        self._few += facts
        if len(self._few) > _AT_ONCE:
            self._write()

    def claims(self) -> Iterator[list[Quad]]:
        """The claims of all facts, in parts; each part is `claims_of` facts that share no claim or conflict with those of another part."""
        if not self._files:
            yield claims_of(self._few)
            return
        self._write()
        for part, file in sorted(self._files.items()):
            file.close()
            yield claims_of(_read(self._path(part)))
        shutil.rmtree(self._folder, ignore_errors=True)

    def _write(self) -> None:
        self._folder.mkdir(exist_ok=True)
        for said in self._few:
            part = int(group_digest(said.group), 16) % _PARTS
            if part not in self._files:
                self._files[part] = self._path(part).open("wb")
            pickle.dump(said, self._files[part], pickle.HIGHEST_PROTOCOL)
        self._few = []

    def _path(self, part: int) -> Path:
        return self._folder / f"{part}.facts"


def _read(file: Path) -> list[Said]:
    found = []
    with file.open("rb") as stream:
        while stream.peek(1):
            found.append(pickle.load(stream))
    return found
