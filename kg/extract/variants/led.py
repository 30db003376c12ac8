"""Items of a list that go on with the words above it: "The ministers agreed to:" - "open a consulate"; "Both sides:" - "welcomed the growth of trade".

Each is read with the words that lead in the list in front of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.reading import Reading
from kg.extract.variants.pieces import Piece, Variant
from kg.extract.words import words
from kg.match import SentenceView
from kg.words.closed import is_adverb
from kg.words.verbs import verb_tags

__all__ = ["led"]

_LONGEST_LEAD = 45  # tokens
_AS_FOLLOWS, _SETTLED = words("led", "as-follows"), words("led", "settled")
_ACTORS = frozenset({"state", "pair", "people", "person", "office", "organisation", "body", "delegation", "pronoun"})


def led(reading: Reading) -> list[Variant]:
    """The variants of all items of a document that begin with a verb, in text order."""
    out: list[Variant] = []
    lead: SentenceView | None = None
    for view in reading.views:
        ends = view.word(len(view) - 1) == ":"
        if view.sentence.kind == "item" and lead is not None and view.sentence.heading.endswith(_text(lead).rstrip(" :")[-60:]):
            out += _with_lead(lead, view)
        elif ends and view.sentence.kind in ("prose", "item", "heading") and len(view) <= _LONGEST_LEAD:
            lead = view
        elif view.sentence.kind != "item":
            lead = None
    return out


def _text(view: SentenceView) -> str:
    return " ".join(view.text(0, len(view)).split())


def _with_lead(lead: SentenceView, view: SentenceView) -> Iterator[Variant]:
    end = len(lead) - 1
    while end > 0 and lead.word(end - 1) in _AS_FOLLOWS:
        end -= 1
    start = next((k for k in range(min(3, len(view))) if not is_adverb(view.word(k))), 0)
    first, last = view.word(start), len(view) - (view.word(len(view) - 1) in (".", ";", ","))
    if last > 2 and view.word(last - 1) == "and" and view.word(last - 2) in (";", ","):
        last -= 2
    tags = {tag for _, tag in verb_tags(first)}
    if lead.word(end - 1) == "to" and "base" in tags:
        link = None
    elif lead.word(end - 1) in _SETTLED and (first == "to" or "base" in tags):
        link = None if first == "to" else "to"
    elif _ends_in_actor(lead, end) and tags & {"base", "past", "s"}:
        link = None
    else:
        return
    words = f"{_named(lead, end)} {link}" if link else _named(lead, end)
    text = view.text(start, last)
    own = Piece(text[:1].lower() + text[1:], view.tokens[start].start, view.tokens[last - 1].end)
    yield Variant((Piece(words, own.start, own.start), own), view, whole=True, led=True)


def _named(lead: SentenceView, end: int) -> str:
    """The words that lead in a list, the names of those who act in the place of "the two sides", "they"."""
    out: list[str] = []
    k = 0
    while k < end:
        actors = next((m for m in lead.by_first.get(k, ()) if m.last <= end and m.entities and (m.kind in ("pair", "pronoun"))), None)
        out.append(" and ".join(e.label for e in actors.entities) if actors is not None else lead.text(k, k + 1))
        k = actors.last if actors is not None else k + 1
    return " ".join(out).replace(" ,", ",")


def _ends_in_actor(lead: SentenceView, end: int) -> bool:
    """Whether the words that lead in a list are no more than who acted: "In this context, the two ministers:"."""
    while end > 0 and (is_adverb(lead.word(end - 1)) or lead.word(end - 1) == ","):
        end -= 1
    return not any(g.form == "finite" for g in lead.groups) and any(m.last == end and m.kind in _ACTORS and m.entities for m in lead.mentions)
