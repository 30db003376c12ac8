"""What "it", "the mission", "the latter", "both" stand for where a fact just told names it: an embassy, one of two agreements, a stake.

Each sentence that goes on about such a thing makes a variant in which the thing is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extract.reading import Reading
from kg.extract.variants.pieces import Piece, Variant, joined, said
from kg.extract.words import words
from kg.match import SentenceView
from kg.model import Entity, Fact, Mention
from kg.words import VerbGroup

__all__ = ["meant"]

_BACK = 2  # sentences in which a thing may have been told of
_MISSION = words("meant", "mission")
_STAKE = words("meant", "stake")
_VERBS = {"agreement": words("meant", "of-agreements"), "work": words("meant", "of-works"), "mission": words("meant", "of-missions")}
_PAPER = words("meant", "paper")
_WORKS = words("meant", "works")
_MANY = words("repeats", "many-papers")
_ORDER = {"former": "first", "first": "first", "latter": "last", "second": "second", "other": "second"}
_CONSULATE = re.compile(r"(?i)\bconsulates?\b")
_NO_OWN = frozenset({"in", "of", "to", "at"})
_LEAD = 9  # tokens that may stand in front of the subject


@dataclass(frozen=True, slots=True)
class _Thing:
    """What a fact names: of which kind, under what name, where in the text; `iri` tells things apart."""

    kind: str
    name: str
    start: int
    iri: str
    entity: Entity | None = None


def meant(reading: Reading, facts: Sequence[Fact]) -> Iterator[Variant]:
    """The variants of the sentences that go on about a thing that facts have told of."""
    for index, view in enumerate(reading.views):
        if view.sentence.kind not in ("prose", "item") or not view.groups:
            continue
        for g in view.groups:
            if g.form != "finite" or not (found := _reference(view, g) or _carried(view, g)):
                continue
            kinds, order, first, last = found
            going_on = g.first if any(o.form == "finite" and last <= o.first < g.first for o in view.groups) else last
            things = _told(reading, facts, index, view.tokens[first].start, kinds, g)
            chosen = _chosen(things, order)
            begin = _clause_start(view, first)
            if not chosen or begin is None:
                continue
            end = _clause_end(view, g)
            for thing in chosen:
                named = [Piece(thing.name, view.tokens[first].start, view.tokens[last - 1].end)]
                for variant in joined(view, said(view, begin, first), named, said(view, going_on, end), verb=(g.first, g.last)):
                    yield replace(variant, thing=thing.entity)
        yield from _stakes(reading, facts, index, view)


def _reference(view: SentenceView, g: VerbGroup) -> tuple[tuple[str, ...], str, int, int] | None:
    """Of what kinds the subject of a verb may be, which one of several, and its tokens."""
    kinds = tuple(kind for kind, verbs in _VERBS.items() if g.lemma in verbs and (g.voice == "passive" or g.lemma in _ALSO_ACTIVE))
    last = g.first
    while last > 0 and (view.word(last - 1) in ("also", "each", "then", "later", "soon", "finally") or view.words[last - 2:last] == ["they", "both"]):
        last -= 1
    word, before = view.word(last - 1), view.word(last - 2)
    if word in ("it", "they", "both") and kinds:
        m = next((m for m in view.by_first.get(last - 1, ()) if m.form == "reference"), None)
        if m is not None and any(e.kind in ("agreement", "project", "facility") for e in m.entities):
            return None  # known already
        return (kinds if word != "it" else tuple(k for k in kinds if k == "mission")), {"it": "one", "both": "two", "they": "two"}[word], last - 1, last
    if before == "the" and word in _ORDER and kinds:
        return kinds, _ORDER[word], last - 2, last
    if view.word(last - 3) == "the" and before in _ORDER and (kind := _kind_of(word)) and kind in kinds:
        return (kind,), _ORDER[before], last - 3, last
    if before in ("the", "this", "that") and word in _MISSION and "mission" in kinds:
        return ("mission",), "one", last - 2, last
    if before in ("both", "these", "two") and (kind := _kind_of(word[:-1])) and kind in kinds:
        return (kind,), "two", last - 2 - (view.word(last - 3) == "the"), last
    return None


def _carried(view: SentenceView, g: VerbGroup) -> tuple[tuple[str, ...], str, int, int] | None:
    """The same for a verb joined to the one before: "The consulate closed in 1990 and | reopened in 2004"."""
    before = next((o for o in reversed(view.groups) if o.form == "finite" and o.last <= g.first), None)
    found = _reference(view, before) if before is not None and view.word(g.first - 1) == "and" else None
    kinds = tuple(kind for kind in found[0] if g.lemma in _VERBS[kind]) if found else ()
    return (kinds, *found[1:]) if found and kinds else None


_ALSO_ACTIVE = words("meant", "also-active")


def _kind_of(noun: str) -> str:
    return "mission" if noun in _MISSION else "agreement" if noun in _PAPER else "work" if noun in _WORKS else ""


def _told(reading: Reading, facts: Sequence[Fact], index: int, before: int, kinds: tuple[str, ...], g: VerbGroup) -> list[_Thing]:
    """The things of one kind that were told of in the nearest sentence that tells of any, in text order."""
    paragraph = reading.views[index].sentence.paragraph
    for back in range(_BACK + 1):
        if index < back or paragraph - reading.views[index - back].sentence.paragraph > 0:
            break
        view = reading.views[index - back]
        end = min(view.sentence.end, before)
        near = [f for f in facts if view.sentence.start <= f.evidence[0].start < end and f.status != "Denied"]
        found: dict[str, _Thing] = {}
        for fact in near:
            for thing in _things_of(fact, view):
                if thing.kind in kinds and thing.start < before and thing.iri not in found:
                    found[thing.iri] = thing
        if found:
            of = {t.kind for t in found.values()}
            return sorted(found.values(), key=lambda t: t.start) if len(of) == 1 else []
    return []


def _things_of(fact: Fact, view: SentenceView) -> Iterator[_Thing]:
    start = fact.evidence[0].start
    if fact.type == "DiplomaticRelations":
        sender = [e for e in fact.values("sender") if isinstance(e, Entity)]
        place = [e for e in (*fact.values("place"), *fact.values("receiver")) if isinstance(e, Entity)]
        if len(sender) == 1 and place:
            words_told = view.text(0, len(view))
            noun = "consulate" if _CONSULATE.search(words_told) and "mbassy" not in words_told else "embassy"
            yield _Thing("mission", f"{sender[0].label}'s {noun} in {place[0].label}", start, sender[0].iri + place[0].iri)
        return
    role, kind = {"AgreementAction": ("agreement", "agreement"), "ProjectStatus": ("project", "work")}.get(fact.type, ("", ""))
    for entity in fact.values(role) if role else ():
        if isinstance(entity, Entity) and entity.label.lower().split()[-1] not in _MANY:
            at = next((m.start for m in view.mentions if any(e.iri == entity.iri for e in m.entities)), None)
            slug = entity.iri.rsplit("/", 1)[-1]
            at = at if at is not None else next((m.start for m in view.mentions for e in m.entities if e.iri.rsplit("/", 1)[-1] == slug), None)
            if at is None:
                found = view.text(0, len(view)).lower().find(entity.label.lower())
                at = found + view.sentence.start if found >= 0 else fact.evidence[0].end
            yield _Thing(kind, _named(entity, fact), at, entity.iri, entity)


def _named(entity: Entity, fact: Fact) -> str:
    """The name of a thing, with its place where it has no name of its own: "the dam in Puno"."""
    where = [e.label for e in fact.values("place") if isinstance(e, Entity)] if fact.type == "ProjectStatus" and entity.label.islower() else []
    if len(where) == 1 and where[0] not in entity.label:
        return f"the {entity.label} in {where[0]}"
    if entity.known:
        return entity.label
    return f"a {entity.label}" if fact.type == "ProjectStatus" and entity.label.islower() else f"the {entity.label}"


def _chosen(things: Sequence[_Thing], order: str) -> Sequence[_Thing]:
    """The thing meant, or both where both are; none where the things told do not decide."""
    if order == "two":
        return things if len(things) == 2 and things[0].kind != "mission" else ()
    if order == "one" or len(things) == 1:
        return things if len(things) == 1 and (order == "one" or (order == "last" and things[0].kind == "agreement")) else ()
    if len(things) == 2:
        return things[:1] if order == "first" else things[1:]
    return things[-1:] if order == "last" else ()


def _clause_start(view: SentenceView, first: int) -> int | None:
    """Where the clause begins whose subject stands at a token: at the time or place in front of it; None where a verb stands between."""
    begin = first
    while begin > 0 and view.word(begin - 1) not in (";", ":", "and", "but", "while", "that", "which", "(", "–", "—"):
        begin -= 1
        if view.in_group[begin] >= 0 or first - begin > _LEAD:
            return first if begin < first - 1 and any(view.word(i) == "," for i in range(begin, first)) else None
    return begin


def _clause_end(view: SentenceView, g: VerbGroup) -> int:
    """Where a verb's clause ends: before a comma behind which another subject stands with its verb."""
    end = view.clause_end(g.last)
    following = next((v for v in view.groups if v.form == "finite" and g.last < v.first < end), None)
    if following is None:
        return end
    subject = next((p for p in view.phrases if p.last == following.first), None)
    joint = subject.first - 1 if subject is not None else end
    return joint if view.word(joint) in (",", "and", "while") else end


def _stakes(reading: Reading, facts: Sequence[Fact], index: int, view: SentenceView) -> Iterator[Variant]:
    """ "It bought the stake in 2004": the share that was told of last."""
    at = next(
        (
            i
            for i in range(1, len(view))
            if view.word(i) in _STAKE and view.word(i - 1) in ("the", "this", "its", "that") and view.word(i + 1) not in _NO_OWN - {"in"}
        ),
        -1,
    )
    if at < 0 or index == 0 or reading.views[index - 1].sentence.paragraph != view.sentence.paragraph:
        return
    group = next((g for g in view.groups if g.form == "finite" and g.last == at - 1), None)
    near = reading.views[index - 1].sentence
    told = {(a.iri, str(s)): (a, s) for f in facts if f.type == "Ownership" and near.start <= f.evidence[0].start < view.tokens[at].start
            for a in f.values("asset") for s in f.values("sharePercent") if isinstance(a, Entity)}
    begin = _clause_start(view, group.first) if group is not None else None
    subject = _subject_before(view, group) if group is not None else None
    if len(told) != 1 or group is None or begin is None or subject is None:
        return
    asset, share = next(iter(told.values()))
    name = [Piece(f"{share} percent of {asset.label if asset.known else 'the ' + asset.label}", view.tokens[at - 1].start, view.tokens[at].end)]
    yield from joined(
        view,
        said(view, subject.first, group.last),
        name,
        said(view, at + 1, view.coordinate_end(group.first, view.clause_end(group.last))),
        verb=(group.first, group.last),
    )


def _subject_before(view: SentenceView, group: VerbGroup) -> Mention | None:
    return next((m for m in view.mentions if m.last == group.first and m.entities), None)
