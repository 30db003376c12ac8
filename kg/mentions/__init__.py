"""Mentions: where a sentence names an actor, a thing, a value or a word of an open scheme."""

from kg.mentions.find import find_mentions
from kg.mentions.memory import Memory

__all__ = ["Memory", "find_mentions"]
