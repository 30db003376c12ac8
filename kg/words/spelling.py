"""One name, many spellings: what they have in common, and the slug that names it in an IRI."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["SMALL_WORDS", "fold_name", "search_key", "slug_of"]

SMALL_WORDS = frozenset(
    "the a an of on for in and to between with their its his her our by at from or some several new number other".split()
)
_WORD = re.compile(r"[a-z0-9]+")
_INITIAL = re.compile(r"\s*A\.\s?[A-Z]")
_SPECIAL = str.maketrans({
    "ı": "i", "ø": "o", "Ø": "o", "ß": "ss", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ə": "e", "Ə": "e", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe",
    "’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-",
})  # fmt: skip


def fold_name(text: str) -> str:
    """The text in lower case without diacritics, with plain dashes, quotes and single blanks.

    >>> fold_name("Lars  Løkke"), fold_name("Türkiye–Azerbaijan")
    ('lars lokke', 'turkiye-azerbaijan')
    """
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text.translate(_SPECIAL)) if not unicodedata.combining(c))
    return " ".join(text.lower().split())


def search_key(text: str) -> str:
    """What two spellings of a name that somebody types have in common: folded, without a leading article."""
    return fold_name(text).removeprefix("the ")


def slug_of(text: str, words: int = 10) -> str:
    """ASCII words of a name joined by hyphens, without articles and small words where others remain; never empty."""
    found = _WORD.findall(fold_name(text).replace("'s", "").replace("'", ""))
    telling = [w for w in found if w not in SMALL_WORDS] or found
    if telling != found and _INITIAL.match(text):
        telling.insert(0, found[0])  # "A. K. Lima"
    return "-".join(telling[:words]) or "unnamed"
