"""What variants are made of: stretches of a sentence, what refers in them replaced by what is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.extract.words import words
from kg.match import SentenceView
from kg.model import Entity, Mention, Value
from kg.values.dates import MONTHS
from kg.values.numbers import multiplier
from kg.words.closed import DASHES, DETERMINERS, PREPOSITIONS

__all__ = ["POSSESSIVES", "SPEAKERS", "STOPS", "THINGS_WITH_ARTICLE", "Piece", "Variant", "joined", "said"]

POSSESSIVES = frozenset({"its", "his", "her", "their"})
_PRONOUNS = frozenset({"it", "he", "she", "they", "him", "them"}) | POSSESSIVES
_OBJECTS = frozenset({"it", "him", "them"})
_SPEAKERS_OWN = words("pieces", "speakers-own")
SPEAKERS = words("pieces", "speakers") | _SPEAKERS_OWN
_BESIDE = words("pieces", "beside")
THINGS_WITH_ARTICLE = frozenset({"agreement", "facility", "project", "event", "body"})  # kinds of mentions
STOPS = frozenset(",;:.()?!") | DASHES


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a variant, and the stretch of the document that they stand for."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Variant:
    """A plain clause made of a sentence; `verb` are the tokens of the sentence whose status is its own, none where it is the variant's;
    `thing` the agreement or project that it tells of, where a reference to it was replaced;
    what it dates `settles` the date of what the sentence tells; `whole`: it is the whole sentence; `led`: an item with the words above it;
    `stance`: what it tells may be what somebody is for or against."""

    pieces: tuple[Piece, ...]
    view: SentenceView
    verb: tuple[int, int] | None = None
    thing: Entity | None = None
    settles: bool = False
    whole: bool = False
    led: bool = False
    stance: bool = False


def said(
    view: SentenceView, first: int, last: int, owner: tuple[int, int] | None = None, *, owned: bool = False, adjectives: Mapping[str, str] | None = None
) -> list[Piece] | None:
    """The words of a stretch, what refers replaced by what is meant; None where a pronoun means nobody known, or the subject.

    `owner`: the subject, whose "its" is where nobody is known (or always, where `owned`); `adjectives` those of states, for "our" and "your"."""
    doing = {e.iri for m in view.mentions if owner is not None and owner[0] <= m.first and m.last <= owner[1] for e in m.entities}
    out: list[Piece] = []
    begun = first
    k = first
    while k < last:
        m = _reference_at(view, k, last)
        if m is not None and adjectives is not None and view.words[k] not in SPEAKERS and (
                m.kind not in ("pronoun", "date") or _is_near(view, m) or (view.words[k] == "it" and not any(e.known for e in m.entities))):
            k = m.last
            continue  # meant is what the sentence itself names, or what the words tell as well; "it" may only stand for an image
        if m is not None and owned and view.words[k] in POSSESSIVES:
            m = None
        if m is not None and view.words[k] in _OBJECTS and doing & {e.iri for e in m.entities}:
            return None
        if m is None and view.words[k] in _PRONOUNS and k not in view.within:
            if owner is None or view.words[k] not in POSSESSIVES:
                return None
            replaced, end = f"{view.text(*owner)}'s", k + 1
        elif view.words[k] in SPEAKERS and k not in view.within:
            spoken = next(
                (
                    m
                    for m in view.by_first.get(k, ())
                    if m.last <= last and m.entities and view.words[k] not in _SPEAKERS_OWN - {w.lower() for w in m.text.split()[:1]}
                ),
                None,
            )
            if spoken is None or len(spoken.entities) > 2:
                return None
            replaced, end = _speaker(view, spoken, adjectives or {})
            if (
                view.words[k] in _SPEAKERS_OWN
                and adjectives
                and view.word(k - 1) == "of"
                and k - 1 > begun
                and any(m.kind == "number" and m.last == k - 1 for m in view.mentions)
            ):
                out.append(_piece(view, begun, k - 1))
                begun = k
        elif m is not None:
            replaced, end = _name_of(view, m), m.last
        else:
            k += 1
            continue
        if not replaced:
            k = max(k + 1, end)
            continue
        if begun < k:
            out.append(_piece(view, begun, k))
        out.append(Piece(replaced, view.tokens[k].start, view.tokens[end - 1].end))
        begun = k = end
    if begun < last:
        out.append(_piece(view, begun, last))
    return out


def _speaker(view: SentenceView, m: Mention, adjectives: Mapping[str, str]) -> tuple[str, int]:
    """What "we", "our", "your country", "my" stand for, and where those words end."""
    word, alone = view.words[m.first], m.last - m.first == 1
    labels = " and ".join(e.label for e in m.entities)
    if word not in _SPEAKERS_OWN or (not alone and m.kind == "state" and view.word(m.last - 1) != "'s"):
        return labels, m.last
    if len(m.entities) > 1 or not alone or any(other.form == "adjective" for other in view.by_first.get(m.last, ())):
        return "the", m.first + 1
    if _BESIDE & set(view.words[m.last : m.last + 3]):
        return f"{labels}'s", m.last
    return adjectives.get(m.entities[0].iri, f"{labels}'s"), m.last


def _piece(view: SentenceView, first: int, last: int) -> Piece:
    return Piece(view.text(first, last), view.tokens[first].start, view.tokens[last - 1].end)


def _reference_at(view: SentenceView, k: int, last: int) -> Mention | None:
    """What at token k refers to something named elsewhere: a pronoun, "the plant", or a date that only counts from another one."""
    found = [m for m in view.by_first.get(k, ()) if m.last <= last]
    for m in found:
        if m.form == "reference" and len(m.entities) == 1 and m.kind != "pair" and (m.last - m.first < 4):
            return m
        if m.kind == "date" and m.value is not None and m.value.date and not any(w[:4].isdigit() and len(w) == 4 for w in view.words[m.first:m.last]):
            return m
        if (
            m.kind == "money"
            and m.value is not None
            and m.value.number is not None
            and m.value.currency
            and not m.value.per
            and _BARE.fullmatch(m.text)
            and multiplier(view.words[m.last - 1]) > 1
        ):
            return m
    return None


def _is_near(view: SentenceView, m: Mention) -> bool:
    """Whether what a pronoun refers to is named in front of it in its sentence."""
    return m.kind != "date" and any(other.last <= m.first and other.kind != "pronoun" and set(m.entities) <= set(other.entities) for other in view.mentions)


_BARE = re.compile(r"(?:[\d.,]+|[a-z]+) [a-z]+")  # "six million", where another amount tells the currency


def _name_of(view: SentenceView, m: Mention) -> str:
    if m.kind == "date" and m.value is not None:
        before = view.word(m.first - 1)
        return ("" if before in PREPOSITIONS else "in " if len(m.value.date) < 10 else "on ") + _date_text(m.value)
    if m.kind == "money" and m.value is not None:
        return f"{m.value.number:,} {m.value.currency}"
    entity = m.entities[0]
    label = entity.label
    if entity.kind in THINGS_WITH_ARTICLE and not entity.known:
        label = f"the {label}"
    first, final = view.words[m.first], view.words[m.last - 1]
    owns = first in POSSESSIVES and (first != "her" or (view.in_group[m.last] < 0 and view.word(m.last) not in STOPS))
    if owns and m.last - m.first > 1:
        return ""  # "his ministry"
    return f"{label}'s" if owns or final == "'s" else label


def _date_text(value: Value) -> str:
    year, *rest = value.date.split("-")
    month = MONTHS[int(rest[0]) - 1] if rest else ""
    day = str(int(rest[1])) if len(rest) > 1 else ""
    return " ".join(filter(None, (day, month, year)))


def joined(view: SentenceView, *parts: Sequence[Piece] | str | None, verb: tuple[int, int] | None = None) -> Iterator[Variant]:
    """The variant of these parts, none where one of them could not be said."""
    pieces: list[Piece] = []
    for part in parts:
        if part is None:
            return
        if isinstance(part, str):
            at = pieces[-1].end if pieces else view.sentence.start
            pieces.append(Piece(part, at, at))
        else:
            pieces += [_lowered(view, p) for p in part] if pieces else part
    if pieces:
        yield Variant(tuple(pieces), view, verb)


def _lowered(view: SentenceView, piece: Piece) -> Piece:
    """A piece from the beginning of the sentence as it stands further on: "the bank" for "The bank"."""
    first = view.tokens[0]
    lower = piece.start == first.start and first.lower in DETERMINERS | PREPOSITIONS and piece.text.startswith(first.text)
    return replace(piece, text=piece.text[:1].lower() + piece.text[1:]) if lower else piece
