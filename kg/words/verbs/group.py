"""A verb with its auxiliaries, as all rooms know it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["VerbGroup"]


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """A verb with its auxiliaries.

    ``first``/``last`` are token indices, last exclusive; ``head`` is the index of the verb that carries the meaning, ``lemma`` its
    base form. ``voice``: "active" or "passive". ``tense``: "past", "present", "future" or "" (not finite). ``form``: "finite",
    "infinitive", "gerund", "participle". ``chain`` holds the bases in front of the head ("agreed to sign": ("agree",)).
    ``perfect`` and ``progressive`` say what they say.
    """

    first: int
    last: int
    head: int
    lemma: str
    voice: str = "active"
    tense: str = ""
    form: str = "finite"
    modal: str = ""
    negated: bool = False
    chain: tuple[str, ...] = ()
    perfect: bool = False
    progressive: bool = False
