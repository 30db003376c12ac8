"""Markup that is no language: masked with spaces, so that offsets hold and no mark becomes a word."""

from __future__ import annotations

import re

__all__ = ["mask_markup"]

_HAS_MARKUP = re.compile(r"[*`_~|\\<\]]|^[ \t]{0,3}>", re.MULTILINE)
# Each alternative is a run of one character, or stops at the first character that may start another: linear.
_MARKUP = re.compile(
    r"""
      \*+ | ~~+ | \|                                      # emphasis, struck out, cells
    | (?<![^\W_])_+ | _+(?![^\W_])                        # _emphasis_, not snake_case
    | (?<!\w)`+ | `+(?!\w)                                # `code`
    | \\(?=[!-/:-@\[-`{-~\n])                             # \* and a backslash that breaks the line
    | !?\[(?=[^\[\]\n]{1,300}\]\()                        # the two ends of [words](address "title")
    | \]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:[ \t]"[^"\n]{0,200}")?\)
    | (?<=\S)\[(?:\^?\d{1,3}|citation\ needed)\]          # notes[3]
    | </?[A-Za-z][^<>\n]*>                                # <br>, <https://...>
    | ^[ \t]{0,3}(?:>[ \t]?)+                             # > a quoted line
    """,
    re.VERBOSE | re.MULTILINE,
)


def _blank(match: re.Match[str]) -> str:
    # White space is kept, so that no line break is lost.
    found = match.group()
    return " " * len(found) if not found[-1:].isspace() else " " * (len(found) - 1) + found[-1]


def _mask_comments(text: str) -> str:
    pieces: list[str] = []
    done = 0
    while (start := text.find("<!--", done)) >= 0 and (end := text.find("-->", start)) >= 0:
        end += 3
        pieces += [text[done:start], re.sub(r"[^\n]", " ", text[start:end])]
        done = end
    return "".join([*pieces, text[done:]]) if pieces else text


def mask_markup(text: str) -> str:
    """The text, as long as it was, with spaces in place of Markdown and HTML marks, link addresses and note numbers."""
    if not _HAS_MARKUP.search(text):
        return text
    if "<!--" in text:
        text = _mask_comments(text)
    return _MARKUP.sub(_blank, text)
