"""Words, numbers and punctuation marks with their offsets."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.model import Token
from kg.text.abbreviations import BEFORE_NAMES, MONTHS, OFTEN_LAST
from kg.text.markup import mask_markup

__all__ = ["cut_tokens", "find_tokens"]

_DOTTED = "|".join(sorted((w for w in BEFORE_NAMES | MONTHS | OFTEN_LAST if "." not in w and len(w) > 1), key=len))
_CLITICS = r"(?:[sS]|[rR][eE]|[vV][eE]|[lL][lL]|[dD]|[mM])"
_DOMAINS = r"(?:com|org|net|info|gov|edu|int|eu|ru|kz|uk|us|de|fr|cn|in|jp|br|mx|ua|by|uz|kg|tj|az|am|ge|tr|ir|pk|tv)"
_UNITS = r"(?:bn|bln|mln|tn|[mMkKbB]|km|kg|mm|cm|kw|mw|gw|kWh|MW|GW|ha)"
# The first alternative takes nine tokens in ten. Possessive and bounded repeats keep the rest linear on hostile text.
_TOKEN = re.compile(
    rf"""
      [^\W\d_]++(?![\w.:'’\u0300-\u036f])                           # a word, plainly
    | (?:https?://|www\.)[^\s<>"“”]*[^\s<>"“”.,;:!?)\]'’]             # an address
    | [a-z\d]{{2,40}}(?:\.[a-z\d]{{1,40}}){{0,3}}\.{_DOMAINS}(?![\w.]\w)\b
    | [^\W\d_](?:\.[^\W\d_]){{1,8}}+\.?(?!\w)                         # U.S., a.m., H.W
    | (?i:{_DOTTED})\.                                                # Mr., Aug., Inc.
    | [Nn]os?\.(?=\s?\d)                                              # No. 5
    | [A-ZÀ-ÖØ-ÞĀ-ɏ]\.(?=\s?[^\W\d_a-z])                              # an initial
    | [^\W\d_]+(?=[nN]['’][tT]\b)                                     # do|n't
    | [nN]['’][tT]\b
    | ['’]{_CLITICS}\b                                                # Russia|'s, they|'ve
    | [^\W\d_](?:[\w\u0300-\u036f]|['’](?!{_CLITICS}\b)(?=[^\W\d_]))*+  # O'Brien, Sana'a, G20
    | \d{{1,2}}:\d\d(?![\d:])                                         # 10:55
    | \d+(?:,\d{{1,3}}(?!\d)|\.\d+)*+(?:(?={_UNITS}\b)|\w*+)         # 60,000, 12.6, 19th, 110|m
    | --+ | \.\.+ | [!?]+
    | [^\s\u00ad\u200b-\u200f\u2060\ufeff]
    """,
    re.VERBOSE,
)


@lru_cache(maxsize=65536)
def _lower(word: str) -> str:
    return word.casefold().replace("’", "'")


def cut_tokens(masked: str, start: int, end: int) -> tuple[Token, ...]:
    """Tokens of text whose markup is masked already."""
    return tuple(
        [
            Token(m.start(), m.end(), word := m.group(), _lower(word) if word != "-" else _hyphen(masked, m.start()))
            for m in _TOKEN.finditer(masked, start, end)
        ]
    )


def _hyphen(masked: str, at: int) -> str:
    """The lower-case form of a hyphen: a dash where white space stands on both sides."""
    return "–" if masked[at - 1 : at].isspace() and masked[at + 1 : at + 2].isspace() else "-"


def find_tokens(text: str, start: int = 0, end: int | None = None) -> tuple[Token, ...]:
    """Tokens of a stretch of text, in order; ``text[token.start:token.end] == token.text``.

    "Russian-Kazakh" is three tokens, "Russia's" two, "don't" two ("do", "n't"); "U.S.", "Mr.", "Aug.", "19th", "$",
    "12.6", "60,000", "--" are one each. Markdown marks are no tokens.
    """
    end = len(text) if end is None else end
    stretch = text[start:end]
    masked = mask_markup(stretch)
    if masked is stretch:
        return cut_tokens(text, start, end)
    return tuple([Token(t.start + start, t.end + start, t.text, t.lower) for t in cut_tokens(masked, 0, len(masked))])
