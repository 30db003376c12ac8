"""What the readers of formats share."""

from __future__ import annotations

import re

__all__ = ["drop_title"]

_WORD = re.compile(r"\w+")


def drop_title(blocks: list[str], title: str) -> list[str]:
    """The blocks without the one, among the first three, that only repeats the title: the document has it."""
    words = _WORD.findall(title.lower())
    for index, block in enumerate(blocks[:3]):
        if words and _WORD.findall(block.lower()) == words:
            return blocks[:index] + blocks[index + 1 :]
    return blocks
