"""Sentences of a text: rules in a short order, linear in its length whatever it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Sentence, Span, Token
from kg.text.abbreviations import BEFORE_NAMES, BEFORE_NUMBERS, MONTHS, OFTEN_LAST, RETIRED, STARTERS
from kg.text.blocks import find_blocks
from kg.text.markup import mask_markup
from kg.text.tokens import cut_tokens

__all__ = ["find_cells", "find_sentences"]

SENTENCE_CHARACTERS = 2000  # a longer sentence is cut at the next white space
SENTENCE_TOKENS = 400

_STOP = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+")
_BEFORE = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)*$|\d+$")
_OPENING = re.compile(r"\s*+[\"“‘'«(\[¿¡]*+")
_WORD = re.compile(r"[^\W\d_]+")
_SOURCE = re.compile(  # (Turkistan, December 16).   (example.org, Dec. 3)
    r"\s+\((?:[A-Z\d“\"][^().!?\n]{1,40}|[a-z\d-]{2,40}(?=\.[a-z]))(?:\.[a-z]{2,3}\b[^().!?\n]{0,40})?"
    r"(?:, [^()!?\n]{1,30})?\)\.?(?=\s|$)"
)
_SAYING = re.compile(
    r"\s+(?:[A-Z][\w’'.-]{0,30}\s+|(?:of|for|the)\s+){1,8}(?:said|says|told|asked|asks|added|adds|wondered|wonders|exclaimed|inquired|replied|wrote)\b"
)
_NUMBERED = frozenset(("war", "part", "phase", "stage", "annex", "chapter"))
_SPACE = re.compile(r"\s")


def _goes_on(masked: str, start: int, stop: re.Match[str]) -> bool:
    """Whether the sentence that began at ``start`` goes on after this full stop, question or exclamation mark."""
    after = stop.end()
    mark = stop.group()
    opening = _OPENING.match(masked, after)
    assert opening is not None
    following = masked[opening.end() : opening.end() + 1]
    if not masked[after].isspace():  # no white space: only "year.Next", never "3.5" or "novopol.ru"
        before = masked[stop.start() - 3 : stop.start()]
        after_mark = _WORD.match(masked, opening.end())
        glued = mark[0] != "…" and len(before) == 3 and before.isalpha() and before.islower()
        return not (glued and after_mark is not None and len(after_mark.group()) > 1 and after_mark.group().istitle())
    if not following or following.islower():
        return bool(following) and not ("(" in opening.group() and _SOURCE.match(masked, after))
    if mark[0] in "?!":
        return mark[-1] in "\"”’'»" and _SAYING.match(masked, after, after + 200) is not None
    if mark[0] == "…" or mark.startswith(".."):
        return not (following.isupper() or following in "—–-")
    found = _BEFORE.search(masked, max(start, stop.start() - 24), stop.start())
    if found is not None and mark == ".)" and found.group().lower() in RETIRED:
        return True  # "Major (Retd.) Ana Lima"
    if found is None or mark != ".":
        return False
    word = found.group()
    lower = word.lower()
    next_word = _WORD.match(masked, opening.end())
    starts = opening.group().strip() not in ("", "(")
    starts = starts or (next_word is not None and next_word.group().lower() in STARTERS)
    if word.isdigit():
        return found.start() == start  # "1. Trade": a number, not a sentence
    if lower in BEFORE_NAMES and (lower != "v" or word == "v") and lower != "art":
        return True
    if (lower in BEFORE_NUMBERS and not (len(word) == 1 and word.isupper())) or lower == "art":
        return following.isdigit()
    if lower in MONTHS and word[0].isupper():
        return following.isdigit() or not starts
    if len(word) == 1 and word.isupper():
        if word == "I" and not _initial_i(masked, found.start()):
            return False
        return not starts
    if lower in OFTEN_LAST or (len(word) > 2 and len(word) % 2 == 1 and all(c == "." for c in word[1::2])):
        return not starts
    return False


def _initial_i(masked: str, at: int) -> bool:
    """Whether the "I" here is an initial, not "World War I" or "as you and I"."""
    before = masked[max(0, at - 20) : at].split()
    return bool(before) and before[-1][:1].isupper() and before[-1].lower() not in _NUMBERED


def _sentence_spans(masked: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    first = start
    for stop in _STOP.finditer(masked, start, end):
        after = stop.end()
        if after <= first or after >= end or _goes_on(masked, first, stop):
            continue
        if source := _SOURCE.match(masked, after, end):  # "... compatriots. (Turkistan, December 16)."
            after = source.end()
        yield first, after
        first = after
    if first < end:
        yield first, end


def _capped(masked: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > SENTENCE_CHARACTERS:
        gap = _SPACE.search(masked, start + SENTENCE_CHARACTERS, min(end, start + 2 * SENTENCE_CHARACTERS))
        cut = gap.start() if gap else min(end, start + 2 * SENTENCE_CHARACTERS)
        yield start, cut
        start = cut
    yield start, end


def _token_runs(tokens: tuple[Token, ...]) -> Iterator[tuple[Token, ...]]:
    first = 0
    while len(tokens) - first > SENTENCE_TOKENS:
        cut = first + SENTENCE_TOKENS
        for index in range(cut, min(cut + 100, len(tokens))):
            if tokens[index - 1].end < tokens[index].start:
                cut = index
                break
        yield tokens[first:cut]
        first = cut
    yield tokens[first:] if first else tokens


def _goes_on_list(gap: str) -> bool:
    """Whether nothing but the end of a line (or what parts them on one line) and a bullet or letter stands between two items; behind an empty line
    no number but the first of a list does."""
    return gap.count("\n") < 2 or (gap.count("\n") == 2 and "".join(c for c in gap if c.isdigit()) in ("", "1"))


def find_sentences(text: str) -> tuple[Sentence, ...]:
    """Sentences, headings, list items and table rows with their tokens, in text order, none overlapping.

    A sentence starts at its first token and ends at its last. None is longer than 4,000 characters or 500 tokens.
    `find_cells` finds the cells of a row. A source in brackets after a full stop belongs to the sentence before it.
    """
    masked = mask_markup(text)
    sentences: list[Sentence] = []
    heading = lead = outer = ""
    ended = 0
    labelled = -1  # the end of the label whose list goes on, on its line
    for paragraph, block in enumerate(find_blocks(text, masked)):
        if labelled >= 0 and "\n" in text[labelled:block.start]:
            heading, labelled = outer, -1
        whole = block.kind in ("heading", "row")
        if block.kind != "item" or not _goes_on_list(text[ended:block.start]):
            lead = ""
        for span in ((block.start, block.end),) if whole else _sentence_spans(masked, block.start, block.end):
            for start, end in _capped(masked, *span):
                for tokens in _token_runs(cut_tokens(masked, start, end)):
                    if tokens:
                        over = "" if block.kind == "heading" else f"{heading} {lead}".strip()
                        sentences.append(Sentence(tokens[0].start, tokens[-1].end, tokens, paragraph, block.kind, over))
        if block.kind == "heading":
            if text[block.end : block.end + 1] == ":":
                outer, labelled = heading, block.end
            heading = " ".join(masked[block.start : block.end].split()).removesuffix(":")
        elif not whole and masked[block.start : block.end].rstrip().endswith(":") and sentences:
            lead = " ".join(masked[sentences[-1].start : block.end].split()).removesuffix(":")
        ended = block.end
    return tuple(sentences)


def find_cells(text: str, sentence: Sentence) -> tuple[Span, ...]:
    """Spans of the cells of a table row, in order, without surrounding white space; an empty cell is an empty span."""
    start = text.rfind("\n", 0, sentence.start) + 1
    end = text.find("\n", sentence.end)
    end = len(text) if end < 0 else end
    mark = "\t" if "\t" in text[start:end] else "|" if "|" in text[start:end] else "  "
    if mark == "  ":  # columns that only blanks part
        return tuple(Span(start + cell.start(), start + cell.end()) for cell in re.finditer(r"\S+(?: \S+)*", text[start:end]))
    cells: list[Span] = []
    for cell in text[start:end].split(mark):
        begin = start + len(cell) - len(cell.lstrip())
        cells.append(Span(begin, max(begin, start + len(cell.rstrip()))))
        start += len(cell) + 1
    if mark == "|":  # the outer pipes part nothing
        line = text[text.rfind("\n", 0, sentence.start) + 1 : end].strip()
        cells = cells[1 if line.startswith("|") else 0 : -1 if line.endswith("|") else None]
    return tuple(cells)
