"""The record that the readers of formats give back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["Content"]


@dataclass(frozen=True, slots=True)
class Content:
    """A file's text and what it says of itself (keys as in front matter). ``plain``: it may hold front matter."""

    text: str
    properties: Mapping[str, str] = field(default_factory=dict)
    plain: bool = False
