"""What a sentence also tells, said plainly: a relative clause, a participle, a further object or predicate as a clause of its own.

Rules are written for plain clauses. Each variant is made of pieces of the sentence, what stands for a name replaced by the name; it is read
like a sentence, and its facts stand on the words of the document that its pieces come from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.extract.reading import Reading
from kg.extract.words import words
from kg.match import SentenceView
from kg.match.frames.antecedents import agreeing, antecedent
from kg.model import Entity, Mention, Value
from kg.values.numbers import multiplier
from kg.words import VerbGroup
from kg.words.closed import DASHES, DETERMINERS, PREPOSITIONS, is_adverb
from kg.words.verbs import verb_tags

__all__ = ["Piece", "Variant", "joined", "rephrased", "said", "subject_of"]

_POSSESSIVES = frozenset({"its", "his", "her", "their"})
_PRONOUNS = frozenset({"it", "he", "she", "they", "him", "them"}) | _POSSESSIVES
_OBJECTS = frozenset({"it", "him", "them"})
_SPEAKERS_OWN = frozenset({"my", "our", "your"})  # what belongs to the one who speaks or is spoken to
_SPEAKERS = frozenset({"i", "me", "mine", "ours", "us", "we", "you", "yours"}) | _SPEAKERS_OWN
_IN_FRONT = words("rephrase", "in-front")
_BEHIND = words("rephrase", "behind")
_BESIDE = words("rephrase", "beside")
_THINGS_WITH_ARTICLE = frozenset({"agreement", "facility", "project", "event", "body"})
_NAMED = _THINGS_WITH_ARTICLE | {"organisation", "company", "institution"}
_APART = frozenset({"unlike", "except", "besides", "despite", "without"})
_MONTHS = ("", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_INDEFINITE = frozenset({"a", "an", "another", "one"})
_DEFINITE = frozenset({"the", "its", "his", "her", "their"})
_JOINTS = frozenset({"and", "but", "then", ",", ";"})
_OPENING = frozenset("which who that where whose whom while because if when although though after before until since whether".split())
_STOPS = frozenset({",", ";", ":", ".", "(", ")", "?", "!"}) | DASHES
_SPAN = 40  # tokens of a clause at most


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
    what it dates `settles` the date of what the sentence tells; `whole`: it is the whole sentence."""

    pieces: tuple[Piece, ...]
    view: SentenceView
    verb: tuple[int, int] | None = None
    thing: Entity | None = None
    settles: bool = False
    whole: bool = False


def rephrased(reading: Reading) -> list[Variant]:
    """The variants of all sentences of a document, in text order."""
    out: list[Variant] = []
    for view in reading.views:
        if view.sentence.kind not in ("prose", "item") or not view.groups or not view.mentions:
            continue
        if _SPEAKERS & view.vocabulary:
            out += _in_third_person(view, reading)
        out += _variants(view)
    return out


def _variants(view: SentenceView) -> Iterator[Variant]:
    seen: set[str] = set()
    for find in (_relatives, _participles, _further_objects, _further_adjuncts, _further_predicates, _without_asides, _split_verbs, _absolutes):
        for variant in find(view):
            text = " ".join(p.text for p in variant.pieces)
            if text not in seen:
                seen.add(text)
                yield variant


# --- who speaks ---------------------------------------------------------------------------------------------


def _in_third_person(view: SentenceView, reading: Reading) -> Iterator[Variant]:
    """ "We sold you 40 of our ferries" -> "Chile sold Peru 40 Chilean ferries", "Chile sold Peru 40 of Chile's ferries"."""
    end = len(view) - (view.word(len(view) - 1) in (".", "!", "?"))
    turn = next((s.start for s in reading.context.speeches if s.kind == "turn" and view.sentence.start < s.start < view.sentence.end), view.sentence.start)
    begin = next((i for i, token in enumerate(view.tokens) if token.start >= turn), 0)  # behind the speaker's label
    states = {e.iri for m in view.mentions if view.words[m.first] in _SPEAKERS for e in m.entities if e.kind == "state"}
    adjectives = {iri: found[0].title() for iri in states if (found := reading.gazetteer.adjectives(iri))}
    told: set[str] = set()
    for names in (adjectives, {}):
        for variant in joined(view, said(view, begin, end, adjectives=names)):
            text = " ".join(p.text for p in variant.pieces)
            if text not in told:
                told.add(text)
                yield replace(variant, whole=True)


# --- pieces -------------------------------------------------------------------------------------------------


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
        if m is not None and adjectives is not None and view.words[k] not in _SPEAKERS and (
                m.kind not in ("pronoun", "date") or _is_near(view, m) or (view.words[k] == "it" and not any(e.known for e in m.entities))):
            k = m.last
            continue  # meant is what the sentence itself names, or what the words tell as well; "it" may only stand for an image
        if m is not None and owned and view.words[k] in _POSSESSIVES:
            m = None
        if m is not None and view.words[k] in _OBJECTS and doing & {e.iri for e in m.entities}:
            return None
        if m is None and view.words[k] in _PRONOUNS and k not in view.within:
            if owner is None or view.words[k] not in _POSSESSIVES:
                return None
            replaced, end = f"{view.text(*owner)}'s", k + 1
        elif view.words[k] in _SPEAKERS and k not in view.within:
            spoken = next((m for m in view.by_first.get(k, ()) if m.last <= last and m.entities and view.words[k] not in _SPEAKERS_OWN - {w.lower() for w in m.text.split()[:1]}), None)
            if spoken is None or len(spoken.entities) > 2:
                return None
            replaced, end = _speaker(view, spoken, adjectives or {})
            if view.words[k] in _SPEAKERS_OWN and adjectives and view.word(k - 1) == "of" and k - 1 > begun and any(m.kind == "number" and m.last == k - 1 for m in view.mentions):
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
        if m.kind == "money" and m.value is not None and m.value.number is not None and m.value.currency and not m.value.per and _BARE.fullmatch(m.text) and multiplier(view.words[m.last - 1]) > 1:
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
    if entity.kind in _THINGS_WITH_ARTICLE and not entity.known:
        label = f"the {label}"
    first, final = view.words[m.first], view.words[m.last - 1]
    owns = first in _POSSESSIVES and (first != "her" or (view.in_group[m.last] < 0 and view.word(m.last) not in _STOPS))
    if owns and m.last - m.first > 1:
        return ""  # "his ministry"
    return f"{label}'s" if owns or final == "'s" else label


def _date_text(value: Value) -> str:
    year, *rest = value.date.split("-")
    month = _MONTHS[int(rest[0])] if rest else ""
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


# --- relative clauses ---------------------------------------------------------------------------------------


def _relatives(view: SentenceView) -> Iterator[Variant]:
    """ "the line, in which Chad holds 2 percent" -> "Chad holds 2 percent in the line"; "whose plant makes", "where he met", "which was"."""
    last_region: tuple[int, int] | None = None
    for k, word in enumerate(view.words):
        if word not in ("which", "whom", "whose", "where", "who") or k == 0 or k in view.within:
            continue
        end = min(view.clause_end(k + 1), k + _SPAN)
        verb = next((g for g in view.groups if g.form == "finite" and k < g.first < end), None)
        if verb is None:
            continue
        begin = k
        phrase = (0, 0)
        if word in ("which", "whom") and view.word(k - 1) in PREPOSITIONS:
            begin = k - 1
            if view.word(begin) == "of" and (np := next((p for p in view.phrases if p.last == begin), None)) is not None and (
                    view.word(np.first - 1) == ","):
                phrase, begin = (np.first, np.last), np.first
        region = antecedent(view, begin)
        if word == "which" and begin == k and view.word(k - 1) == ",":
            region = agreeing(view, region, verb.first)
        if view.word(begin - 1) in ("and", "but") and last_region is not None:
            region = last_region
        if region is None or region[1] - region[0] > 14 or (begin == k and word != "where" and view.word(k - 1) not in (",", "and")):
            continue
        if view.word(region[0] - 1) in _APART:
            continue
        last_region = region = _named_in(view, region) if word != "who" else region
        token = (verb.first, verb.last)
        who = said(view, *region)
        rest = said(view, k + 1, end, region)
        if word == "whose":
            if any(m.form == "adjective" and k < m.first < verb.first for m in view.mentions):
                continue  # "whose Indian branch earns": not India
            owned = next((p for p in view.phrases if p.first == k + 1), None)
            if owned is not None and owned.last < verb.first:  # "whose summit it hosted"
                if any(p.first == owned.last and p.last == verb.first for p in view.phrases):
                    yield from joined(view, said(view, owned.last, verb.last), "the", said(view, k + 1, owned.last), "of", who, said(view, verb.last, end, region), verb=token)
                continue
            yield from joined(view, who, "'s", rest, verb=token)
        elif word == "where":
            place = next((m for m in view.mentions if m.last == region[1] and m.kind in ("place", "facility", "event", "state", "institution")), None)
            if place is not None:
                yield from joined(view, "In", said(view, place.first, place.last), ",", rest, verb=token)
        elif phrase[1]:
            yield from joined(view, said(view, *phrase), "of", who, rest, verb=token)
        elif begin < k and view.word(begin) in _IN_FRONT:
            yield from joined(view, view.word(begin).capitalize(), who, ",", rest, verb=token)
        elif begin < k and view.word(begin) in _BEHIND:
            yield from joined(view, rest, view.word(begin), who, verb=token)
        elif begin == k and verb.first <= k + 3 and word in ("which", "who"):
            yield from joined(view, who, rest, verb=token)


def _named_in(view: SentenceView, region: tuple[int, int]) -> tuple[int, int]:
    """The named thing with which a noun phrase ends: "a topic of | the Joint Commission"."""
    named = next((m for m in view.mentions if m.last == region[1] and region[0] < m.first and m.kind in _NAMED and m.entities and m.form != "adjective"), None)
    if named is None or view.word(region[0]) == view.word(named.first):
        return region
    first = named.first - (view.word(named.first - 1) in DETERMINERS)
    return (first, region[1]) if view.word(first - 1) in PREPOSITIONS else region


# --- participles --------------------------------------------------------------------------------------------


def _participles(view: SentenceView) -> Iterator[Variant]:
    """ "The pact, signed in 1994 and never ratified, expired" -> "The pact was signed in 1994", "The pact was never ratified"."""
    region: tuple[int, int] | None = None
    at = -1  # where the chain of participles of the region has got to
    for g in view.groups:
        past = g.last == g.first + 1 and any(tag == "pp" for _, tag in verb_tags(view.words[g.first]))
        chained = past and (g.first == 0 or _seems_finite(view, g) or (region is not None and 0 <= at < g.first <= at + 3))
        if g.form != "participle" and not chained:
            continue
        start = g.first
        while start > 0 and (is_adverb(view.word(start - 1)) or view.word(start - 1) in ("never", "not", "once", "first")):
            start -= 1
        before = view.word(start - 1)
        if before in ("and", "but") and region is not None and 0 <= at <= start <= at + 2:
            pass
        elif g.form != "participle" and g.first and not _seems_finite(view, g):
            continue
        elif start == 0:
            comma = next((i for i in range(g.last, len(view)) if view.word(i) == "," and view.starts_phrase(i + 1) and any(
                v.form == "finite" and v.first > i and not any(view.word(j) in _STOPS for j in range(i + 1, v.first)) for v in view.groups)), -1)
            if comma < 0:
                continue
            region = (comma + 1, view.phrase_end(comma + 1))
        elif before == ",":
            region = antecedent(view, start)
        else:
            continue
        if region is None or region[1] - region[0] > 14 or any(m.kind in ("date", "period") and m.first <= region[0] and m.last >= region[1] for m in view.mentions):
            continue
        end = next((i for i in range(g.last, min(len(view), g.last + _SPAN)) if (view.word(i) in _STOPS and i not in view.within)
                    or (view.word(i) in ("and", "but") and any(o.last == o.first + 1 and i < o.first <= i + 2 for o in view.groups))), len(view))
        at = end
        yield from joined(view, said(view, *region), "was", said(view, start, end, region))


# --- further objects and predicates -------------------------------------------------------------------------


def _further_objects(view: SentenceView) -> Iterator[Variant]:
    """ "opened an embassy in Lima in 1960 and a consulate in Cuzco in 1971" -> "opened a consulate in Cuzco in 1971"."""
    for g in view.groups:
        if g.form != "finite" or g.voice != "active" or g.last >= len(view):
            continue
        kind = _kind_of_phrase(view, g.last)
        end = min(view.clause_end(g.last), g.last + 2 * _SPAN)
        if not kind:
            continue
        subject = subject_of(view, g)
        if subject is None:
            continue
        starts = [i for i in range(g.last + 2, end) if view.word(i - 1) in (",", "and", ";", ":") and i not in view.within and _kind_of_phrase(view, i) == kind
                  and view.in_group[i] < 0]
        if not starts or not _has_adjunct(view, g.last, starts[0]):
            continue
        for n, i in enumerate(starts):
            stop = starts[n + 1] if n + 1 < len(starts) else end
            while stop > i and view.word(stop - 1) in (",", "and", ";"):
                stop -= 1
            if _has_adjunct(view, i, stop) and not any(o.form == "finite" and i <= o.first < stop for o in view.groups):
                yield from joined(view, said(view, *subject), said(view, g.first, g.last), _for_one(view, i, g.last), said(view, i + bool(_for_one(view, i, g.last)), stop, subject),
                                  verb=(g.first, g.last))


def _for_one(view: SentenceView, i: int, thing: int) -> list[Piece]:
    """What "one", "another" in front of a preposition stands for: a thing like the first ("a contract")."""
    if view.word(i) not in ("one", "another") or view.word(i + 1) not in PREPOSITIONS or view.word(i + 1) == "of":
        return []
    last = next((k for k in range(thing + 1, view.base_end(thing)) if view.word(k) in PREPOSITIONS), view.base_end(thing))
    return [Piece(f"a {view.text(thing + 1, last)}", view.tokens[i].start, view.tokens[i].end)]


def _further_adjuncts(view: SentenceView) -> Iterator[Variant]:
    """ "met in Lima in 1998 and in Quito in 2001" -> "met in Quito in 2001"."""
    for g in view.groups:
        if g.form != "finite" and not _behind_aside(view, g):
            continue
        end = min(view.clause_end(g.last), g.last + _SPAN)
        first = next((i for i in range(g.last, end) if (m := _placed(view, i)) is not None and _dated(view, m.last) is not None), -1)
        if first < 0:
            continue
        subject = subject_of(view, g)
        for i in range(first + 3, end - 1):
            if view.word(i - 1) not in ("and", ",", ";") or view.word(i) != view.word(first) or (where := _placed(view, i)) is None:
                continue
            when = _dated(view, where.last)
            if when is not None and subject is not None:
                yield from joined(view, said(view, *subject), said(view, g.first, first, subject), said(view, i, when.last, subject), verb=(g.first, g.last))


def _placed(view: SentenceView, i: int) -> Mention | None:
    """The place or state behind the preposition at a token."""
    if view.word(i) not in ("in", "at", "to", "with", "from", "for"):
        return None
    k = i + 1 + (view.word(i + 1) == "the")
    return next((m for m in view.by_first.get(k, ()) if m.kind in ("place", "state", "facility") and m.form != "adjective"), None)


def _dated(view: SentenceView, i: int) -> Mention | None:
    """The date right behind a place."""
    return next((m for m in view.by_first.get(i + (view.word(i) in ("in", "on")), ()) if m.kind == "date"), None)


def _without_asides(view: SentenceView) -> Iterator[Variant]:
    """ "The pact, signed in May, took effect in 2005" -> "The pact took effect in 2005"."""
    for g in view.groups:
        if view.word(g.first - 1) != "," or (g.form != "finite" and not _behind_aside(view, g)):
            continue
        aside = _before_aside(view, g.first - 1)
        region = _own_subject(view, aside) if aside else None
        if region is None or not any(m.kind in ("date", "period", "money", "number", "quantity", "percent") and region[1] <= m.first < g.first for m in view.mentions):
            continue
        end = min(view.clause_end(g.last), g.last + _SPAN)
        for variant in joined(view, said(view, *region), said(view, g.first, end, region), verb=(g.first, g.last)):
            yield replace(variant, settles=True)


def _behind_aside(view: SentenceView, g: VerbGroup) -> bool:
    """Whether what looks like a participle is the verb behind an aside that ends with a date: "The commission, set up in 1995, met"."""
    return g.form == "participle" and g.voice == "passive" and any(m.kind == "date" and m.last == g.first - 1 for m in view.mentions) and not any(
        v.form == "finite" and not _seems_finite(view, v) for v in view.groups)


def _seems_finite(view: SentenceView, g: VerbGroup) -> bool:
    """Whether a verb with one form for past and participle opens an aside: "The commission, set up in 1995, met"."""
    word = view.words[g.first]
    alike = g.last == g.first + 1 and g.voice == "active" and {"past", "pp"} <= {tag for _, tag in verb_tags(word)} and not word.endswith("ed")
    return alike and view.word(g.first - 1) == "," and any(o.first > g.last and view.word(o.first - 1) == "," for o in view.groups)


def _before_aside(view: SentenceView, comma: int) -> int:
    """Where the aside between commas begins that ends at this comma: a relative clause or participle behind the subject; 0 where none does."""
    for k in range(comma - 1, 0, -1):
        if view.word(k) in (";", ":", ".", "(") or (view.word(k) == "," and view.in_group[k + 1] < 0 and view.word(k + 1) not in _OPENING | {"with", "in", "of", "for", "under", "to"} | PREPOSITIONS and not is_adverb(view.word(k + 1))):
            return 0
        if view.word(k) == ",":
            opened = any(o.first >= k and o.first <= k + 4 for o in view.groups) or view.word(k + 1) in _OPENING
            if opened and any(m.kind in ("date", "period") and m.last == k for m in view.mentions) and "," in view.words[:k]:
                continue  # "An accord, negotiated since 2009 | , initialled in 2012 and signed in 2014, was"
            return k if opened and any(p.last == k for p in view.phrases) else 0
    return 0


def _kind_of_phrase(view: SentenceView, i: int) -> str:
    """Whether what begins at a token is one of several things of its kind ("a"), one that is known ("the") or counted ("number"); "" for none."""
    word = view.word(i)
    if word in _INDEFINITE or any(m.kind in ("number", "quantity", "money") for m in view.by_first.get(i, ())):
        return "a"
    if word in _DEFINITE:
        return "the"
    return "office" if any(m.kind == "office" for m in view.by_first.get(i, ())) else ""


def _has_adjunct(view: SentenceView, first: int, last: int) -> bool:
    """Whether a place, time, state or field of its own stands behind a noun in a stretch."""
    return any(view.word(i) in PREPOSITIONS and view.word(i) != "of" and i > first for i in range(first, last))


def subject_of(view: SentenceView, g: VerbGroup) -> tuple[int, int] | None:
    """The noun phrase in front of a verb, or that of the verb before where none stands there."""
    finite = [v for v in view.groups if v is g or (v.form == "finite" and v.first < g.first)]
    while finite:
        verb = finite.pop()
        start = verb.first
        while start > 0 and is_adverb(view.word(start - 1)):
            start -= 1
        if view.word(start - 1) == "," and (aside := _before_aside(view, start - 1)):
            return _own_subject(view, aside)
        if any(p.last == start for p in view.phrases):
            return _own_subject(view, start)
        joint = next((i for i in range(start - 1, max(start - 8, -1), -1) if view.word(i) in _JOINTS), -1)
        before = finite[-1] if finite else None
        if joint < 0 or before is None or any(view.word(i) in _OPENING for i in range(before.last, start)):
            return None
    return None


def _own_subject(view: SentenceView, end: int) -> tuple[int, int] | None:
    region = antecedent(view, end)
    if region is None or any(m.kind in ("date", "period") and m.first <= region[0] and region[1] <= m.last for m in view.mentions):
        return None
    first = region[0]
    when = next((m for m in view.by_first.get(first, ()) if m.kind in ("date", "period") and m.last < region[1]), None)
    if when is not None:
        first = when.last  # "In 1978 | Benin lent"
    elif view.word(first - 1) in PREPOSITIONS:
        return None
    return (first, region[1]) if region[1] - first <= 14 else None


def _further_predicates(view: SentenceView) -> Iterator[Variant]:
    """ "lent Chad 2 million and in 1981 gave it maize" -> "In 1981 Peru gave Chad maize"."""
    for g in view.groups:
        if g.form != "finite":
            continue
        joint = next((i for i in range(g.first - 1, max(g.first - 8, -1), -1) if view.word(i) in _JOINTS or view.in_group[i] >= 0), -1)
        if joint < 1 or view.in_group[joint] >= 0 or g.first - joint < 2 or view.word(joint + 1) not in PREPOSITIONS or not any(
                m.last == g.first or (m.last == g.first - 1 and view.word(m.last) == ",") for m in view.mentions if m.first > joint):
            continue
        before = next((v for v in reversed(view.groups) if v.form == "finite" and v.last <= joint), None)
        subject = subject_of(view, before) if before is not None else None
        if before is None or subject is None or any(view.word(i) in _OPENING for i in range(before.last, g.first)):
            continue
        if not any(m.kind in ("date", "period", "duration") and m.first > joint and m.last <= g.first for m in view.mentions):
            continue
        end = min(view.clause_end(g.last), g.last + _SPAN)
        yield from joined(view, said(view, joint + 1, g.first), said(view, *subject), said(view, g.first, end, subject), verb=(g.first, g.last))


def _split_verbs(view: SentenceView) -> Iterator[Variant]:
    """ "bought in Kenya a hangar" -> "bought a hangar in Kenya"."""
    for g in view.groups:
        if g.form != "finite" or g.voice != "active" or view.word(g.last) not in ("in", "at", "from", "to", "on", "with"):
            continue
        adjunct = next((m for m in view.by_first.get(g.last + 1, ()) if m.kind in ("place", "state", "date", "facility", "pronoun") and m.form != "adjective"), None)
        if adjunct is None or (adjunct.kind == "pronoun" and not adjunct.entities) or any(m.kind in ("date", "period", "duration") for m in view.by_first.get(adjunct.last, ())):
            continue
        if not _kind_of_phrase(view, adjunct.last) and not (view.word(g.last) in ("from", "to") and any(p.first == adjunct.last or p.first < adjunct.last < p.last for p in view.phrases)):
            continue
        subject = subject_of(view, g)
        end = min(view.coordinate_end(g.first, view.clause_end(g.last)), g.last + _SPAN)
        end = next((i for i in range(adjunct.last, end) if view.word(i) in ("and", "but") and view.word(i + 1) in PREPOSITIONS), end)
        thing = min((i for i in range(adjunct.last, end) if view.word(i) in PREPOSITIONS and view.word(i) != "of"), default=end)
        if subject is None or thing <= adjunct.last:
            continue
        yield from joined(view, said(view, *subject), said(view, g.first, g.last), said(view, adjunct.last, thing, subject), said(view, g.last, adjunct.last),
                           said(view, thing, end, subject), verb=(g.first, g.last))


def _absolutes(view: SentenceView) -> Iterator[Variant]:
    """ ", with Chile holding 12 percent of its shares" -> "Chile is holding 12 percent of the bank's shares"."""
    for g in view.groups:
        if g.form not in ("gerund", "participle"):
            continue
        phrase = next((p for p in view.phrases if p.last == g.first), None)
        if phrase is None or view.word(phrase.first - 1) != "with":
            continue
        main = next((v for v in view.groups if v.form == "finite"), None)
        subject = subject_of(view, main) if main is not None else None
        comma = phrase.first - 2
        region = antecedent(view, comma) if view.word(comma) == "," else None
        if region is not None and main is not None and main.first > comma:
            subject = region
        end = min(next((i for i in range(g.last, len(view)) if view.word(i) in _STOPS and i not in view.within), len(view)), g.last + _SPAN)
        yield from joined(view, said(view, phrase.first, phrase.last), "is" if g.form == "gerund" else "was", said(view, g.first, end, subject, owned=True))
