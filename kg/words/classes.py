"""Word classes that rules share: `%oppose` in a pattern stands for any phrase of the class, in any form.

A class file (`*.words`) holds lines `class NAME: phrase, phrase, ...`, continued on indented lines. The first word of each phrase
stands for all of its forms; a phrase in double quotes is taken as it stands. `%other` inside a class takes over another class.
"Be" with two words or more behind it stands for "remain" too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from kg.errors import RuleError


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of one member of a class; ``inflects`` where the first word stands for all its forms."""

    words: tuple[str, ...]
    inflects: bool = True


class WordClasses:
    """The word classes by name."""

    def __init__(self, classes: dict[str, tuple[Phrase, ...]]) -> None:
        self._classes = classes

    def __contains__(self, name: str) -> bool:
        return name in self._classes

    def phrases(self, name: str) -> tuple[Phrase, ...]:
        """The members of a class, longest first."""
        return self._classes[name]

    def names(self) -> tuple[str, ...]:
        """The names of all classes, sorted."""
        return tuple(sorted(self._classes))


_HEAD = re.compile(r"class\s+([a-z][a-z0-9-]*)\s*:\s*(.*)$")


def _in_every_state(words: tuple[str, ...]) -> tuple[Phrase, ...]:
    """A member, and with it what still is so: "be hostile to" stands for "remain hostile to" too."""
    if words[0] != "be" or len(words) < 3:
        return (Phrase(words),)
    return Phrase(words), Phrase(("remain", *words[1:]))


def load_classes(folder: Path) -> WordClasses:
    """The classes of all `*.words` files of a folder that hold `class` lines. Raises RuleError with file and line."""
    raw: dict[str, list[str]] = {}
    origin: dict[str, tuple[Path, int]] = {}
    for path in sorted(folder.glob("*.words")):
        name = ""
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            text = line.split("#", 1)[0].rstrip()
            if not text:
                continue
            head = _HEAD.match(text)
            if head:
                name = head.group(1)
                if name in raw:
                    raise RuleError(f"the class {name!r} is defined twice", file=path, line=number, remedy="join the two")
                raw[name] = []
                origin[name] = (path, number)
                text = head.group(2)
            elif not text[0].isspace() or not name:
                raise RuleError(f"this is no class line: {text.strip()!r}", file=path, line=number,
                                remedy="write `class NAME: phrase, phrase` or indent a continuation")
            raw[name] += [part.strip() for part in text.split(",") if part.strip()]
    done: dict[str, tuple[Phrase, ...]] = {}

    def members(name: str, trail: tuple[str, ...]) -> tuple[Phrase, ...]:
        if name in done:
            return done[name]
        if name in trail or name not in raw:
            where = origin.get(trail[-1]) if trail else None
            raise RuleError(f"the class {name!r} is {'circular' if name in trail else 'not defined'}",
                            file=where[0] if where else folder, line=where[1] if where else None,
                            remedy="define it, or correct its name")
        found: dict[Phrase, None] = {}
        for part in raw[name]:
            if part.startswith("%"):
                found.update(dict.fromkeys(members(part[1:], (*trail, name))))
            elif part.startswith('"'):
                found[Phrase(tuple(part.strip('"').lower().split()), inflects=False)] = None
            else:
                found.update(dict.fromkeys(_in_every_state(tuple(part.lower().split()))))
        done[name] = tuple(sorted(found, key=lambda p: (-len(p.words), p.words, p.inflects)))
        return done[name]

    for name in raw:
        members(name, ())
    return WordClasses(done)
