"""What a sentence also tells, said plainly: a relative clause, a participle, a further object or predicate as a clause of its own.

Rules are written for plain clauses. Each variant is made of pieces of the sentence, what stands for a name replaced by the name; it is read
like a sentence, and its facts stand on the words of the document that its pieces come from.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.extract.reading import Reading
from kg.extract.stances import taken_up
from kg.extract.variants.pieces import POSSESSIVES, SPEAKERS, STOPS, THINGS_WITH_ARTICLE, Piece, Variant, joined, said
from kg.extract.variants.subjects import JOINTS, OPENING, before_aside, behind_aside, own_subject, seems_finite, subject_of
from kg.extract.words import words
from kg.match import SentenceView
from kg.match.frames.antecedents import agreeing, antecedent
from kg.model import Mention
from kg.words.closed import DETERMINERS, PREPOSITIONS, is_adverb
from kg.words.verbs import verb_tags

__all__ = ["rephrased"]

_IN_FRONT = words("rephrase", "in-front")
_BEHIND = words("rephrase", "behind")
_ACTING = frozenset({"state", "company", "organisation", "institution", "person"})
_NAMED = THINGS_WITH_ARTICLE | {"organisation", "company", "institution"}
_APART = words("rephrase", "apart")
_INDEFINITE = frozenset({"a", "an", "another", "one"})
_DEFINITE = POSSESSIVES | {"the"}
_DOERS = frozenset({"state", "person", "organisation", "company", "institution", "pronoun", "pair", "office", "group", "body"})
_SPAN = 40  # tokens of a clause at most


def rephrased(reading: Reading) -> list[Variant]:
    """The variants of all sentences of a document, in text order."""
    out: list[Variant] = []
    for view in reading.views:
        if view.sentence.kind not in ("prose", "item") or not view.groups or not view.mentions:
            continue
        if SPEAKERS & view.vocabulary:
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
    states = {e.iri for m in view.mentions if view.words[m.first] in SPEAKERS for e in m.entities if e.kind == "state"}
    adjectives = {iri: found[0].title() for iri in states if (found := reading.gazetteer.adjectives(iri))}
    told: set[str] = set()
    for names in (adjectives, {}):
        for variant in joined(view, said(view, begin, end, adjectives=names)):
            text = " ".join(p.text for p in variant.pieces)
            if text not in told:
                told.add(text)
                yield replace(variant, whole=True)


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
            owned = next((p.last for p in view.phrases if p.first == k + 1), 0)
            actor = next((m.first for m in view.mentions if m.last == verb.first and m.kind in _ACTING and k + 2 < m.first < owned), 0)
            owned = actor if actor and owned == verb.first else owned  # "whose first unit | Siemens completed": one noun phrase in form
            if 0 < owned < verb.first:  # "whose summit it hosted"
                if actor == owned or any(p.first == owned and p.last == verb.first for p in view.phrases):
                    yield from joined(
                        view,
                        said(view, owned, verb.last),
                        "the",
                        said(view, k + 1, owned),
                        "of",
                        who,
                        said(view, verb.last, end, region),
                        verb=token,
                    )
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
            named = taken_up(view, region[0])
            for variant in joined(view, rest, view.word(begin), who if named is None else said(view, *named), verb=token):
                yield replace(variant, stance=True)
        elif begin == k and verb.first <= k + 3 and word in ("which", "who"):
            yield from joined(view, who, rest, verb=token)


def _named_in(view: SentenceView, region: tuple[int, int]) -> tuple[int, int]:
    """The named thing with which a noun phrase ends: "a topic of | the Joint Commission"."""
    named = next((m for m in view.mentions if m.last == region[1] and region[0] < m.first and m.kind in _NAMED and m.entities and m.form != "adjective"), None)
    if named is None or view.word(region[0]) == view.word(named.first):
        return region
    first = named.first - (view.word(named.first - 1) in DETERMINERS)
    governed = view.word(first - 1) in PREPOSITIONS or (first - 1 == region[0] and view.word(region[0]).endswith("ing"))  # "antagonising Togo, with which"
    return (first, region[1]) if governed else region


# --- participles --------------------------------------------------------------------------------------------


def _participles(view: SentenceView) -> Iterator[Variant]:
    """ "The pact, signed in 1994 and never ratified, expired" -> "The pact was signed in 1994", "The pact was never ratified"."""
    region: tuple[int, int] | None = None
    at = -1  # where the chain of participles of the region has got to
    for g in view.groups:
        past = g.last == g.first + 1 and any(tag == "pp" for _, tag in verb_tags(view.words[g.first]))
        chained = past and (g.first == 0 or seems_finite(view, g) or (region is not None and 0 <= at < g.first <= at + 3))
        if g.form != "participle" and not chained:
            continue
        start = g.first
        while start > 0 and (is_adverb(view.word(start - 1)) or view.word(start - 1) in ("never", "not", "once", "first")):
            start -= 1
        before = view.word(start - 1)
        if before in ("and", "but") and region is not None and 0 <= at <= start <= at + 2:
            pass
        elif g.form != "participle" and g.first and not seems_finite(view, g):
            continue
        elif start == 0:
            comma = next((i for i in range(g.last, len(view)) if view.word(i) == "," and view.starts_phrase(i + 1) and any(
                v.form == "finite" and v.first > i and not any(view.word(j) in STOPS for j in range(i + 1, v.first)) for v in view.groups)), -1)
            if comma < 0:
                continue
            region = (comma + 1, view.phrase_end(comma + 1))
        elif before == ",":
            region = antecedent(view, start)
        else:
            continue
        if (
            region is None
            or region[1] - region[0] > 14
            or any(m.kind in ("date", "period") and m.first <= region[0] and m.last >= region[1] for m in view.mentions)
        ):
            continue
        end = next((i for i in range(g.last, min(len(view), g.last + _SPAN)) if (view.word(i) in STOPS and i not in view.within)
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
                yield from joined(
                    view,
                    said(view, *subject),
                    said(view, g.first, g.last),
                    _for_one(view, i, g.last),
                    said(view, i + bool(_for_one(view, i, g.last)), stop, subject),
                    verb=(g.first, g.last),
                )


def _for_one(view: SentenceView, i: int, thing: int) -> list[Piece]:
    """What "one", "another" in front of a preposition stands for: a thing like the first ("a contract")."""
    if view.word(i) not in ("one", "another") or view.word(i + 1) not in PREPOSITIONS or view.word(i + 1) == "of":
        return []
    last = next((k for k in range(thing + 1, view.base_end(thing)) if view.word(k) in PREPOSITIONS), view.base_end(thing))
    return [Piece(f"a {view.text(thing + 1, last)}", view.tokens[i].start, view.tokens[i].end)]


def _further_adjuncts(view: SentenceView) -> Iterator[Variant]:
    """ "met in Lima in 1998 and in Quito in 2001" -> "met in Quito in 2001"."""
    for g in view.groups:
        if g.form != "finite" and not behind_aside(view, g):
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
        if view.word(g.first - 1) != "," or (g.form != "finite" and not behind_aside(view, g)):
            continue
        aside = before_aside(view, g.first - 1)
        region = own_subject(view, aside) if aside else None
        if region is None or not any(
            m.kind in ("date", "period", "money", "number", "quantity", "percent") and region[1] <= m.first < g.first for m in view.mentions
        ):
            continue
        end = min(view.clause_end(g.last), g.last + _SPAN)
        for variant in joined(view, said(view, *region), said(view, g.first, end, region), verb=(g.first, g.last)):
            yield replace(variant, settles=True)


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


def _further_predicates(view: SentenceView) -> Iterator[Variant]:
    """ "lent Chad 2 million and in 1981 gave it maize" -> "In 1981 Peru gave Chad maize"."""
    for g in view.groups:
        if g.form != "finite":
            continue
        joint = next((i for i in range(g.first - 1, max(g.first - 8, -1), -1) if view.word(i) in JOINTS or view.in_group[i] >= 0), -1)
        if joint < 1 or view.in_group[joint] >= 0 or g.first - joint < 2 or view.word(joint + 1) not in PREPOSITIONS or not any(
                m.last == g.first or (m.last == g.first - 1 and view.word(m.last) == ",") for m in view.mentions if m.first > joint):
            continue
        before = next((v for v in reversed(view.groups) if v.form == "finite" and v.last <= joint), None)
        subject = subject_of(view, before) if before is not None else None
        if before is None or subject is None or any(view.word(i) in OPENING for i in range(before.last, g.first)):
            continue
        if not any(m.kind in ("date", "period", "duration") and m.first > joint and m.last <= g.first for m in view.mentions):
            continue
        if any(m.first > joint and m.last == g.first and m.kind in _DOERS and m.form != "adjective" and view.word(
                m.first - 1 - (view.word(m.first - 1) in DETERMINERS)) not in PREPOSITIONS for m in view.mentions):
            continue  # "and in June | Chad | took part": a subject of its own
        end = min(view.clause_end(g.last), g.last + _SPAN)
        yield from joined(view, said(view, joint + 1, g.first), said(view, *subject), said(view, g.first, end, subject), verb=(g.first, g.last))


def _split_verbs(view: SentenceView) -> Iterator[Variant]:
    """ "bought in Kenya a hangar" -> "bought a hangar in Kenya"."""
    for g in view.groups:
        if g.form != "finite" or g.voice != "active" or view.word(g.last) not in ("in", "at", "from", "to", "on", "with"):
            continue
        adjunct = next(
            (
                m
                for m in view.by_first.get(g.last + 1, ())
                if m.kind in ("place", "state", "date", "facility", "pronoun") and m.form != "adjective"
            ),
            None,
        )
        if (
            adjunct is None
            or (adjunct.kind == "pronoun" and not adjunct.entities)
            or any(m.kind in ("date", "period", "duration") for m in view.by_first.get(adjunct.last, ()))
        ):
            continue
        if not _kind_of_phrase(view, adjunct.last) and not (
            view.word(g.last) in ("from", "to") and any(p.first == adjunct.last or p.first < adjunct.last < p.last for p in view.phrases)
        ):
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
        end = min(next((i for i in range(g.last, len(view)) if view.word(i) in STOPS and i not in view.within), len(view)), g.last + _SPAN)
        yield from joined(view, said(view, phrase.first, phrase.last), "is" if g.form == "gerund" else "was", said(view, g.first, end, subject, owned=True))
