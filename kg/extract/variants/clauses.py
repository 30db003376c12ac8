"""Facts of what sentences also tell: their variants read like sentences, and what they add to the facts that stand."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from kg.extract.facts import content_roles, term_key
from kg.extract.reading import Reading, read
from kg.extract.roles import localised
from kg.extract.variants.elided import elided
from kg.extract.variants.led import led
from kg.extract.variants.meant import meant
from kg.extract.variants.pieces import Variant
from kg.extract.variants.rephrase import rephrased
from kg.extract.words import words
from kg.model import Entity, Evidence, Fact, Term
from kg.terms import FACT_TYPES

__all__ = ["facts_of_variants"]

_FURTHER = words("elided", "further")
_FIGURES = frozenset({"amount", "value", "changePercent", "sharePercent", "count", "rank"})
_KEYS = {name: frozenset(role.name for role in roles if role.key) for name, roles in FACT_TYPES.items()}


def facts_of_variants(reading: Reading, facts: Sequence[Fact], extract: Callable[[Reading], Sequence[Fact]]) -> list[Fact]:
    """The facts with those that the variants of a document's sentences add; `extract` makes the facts of a reading."""
    facts = sorted(facts, key=_start_of)
    plain = [v for v in (*rephrased(reading), *elided(reading)) if not (v.whole and _told_in(facts, v))]
    told = _with_added(reading, facts, [*plain, *led(reading)], extract)
    return _with_added(reading, told, list(meant(reading, told)), extract)


def _with_added(reading: Reading, facts: Sequence[Fact], variants: Sequence[Variant], extract: Callable[[Reading], Sequence[Fact]]) -> list[Fact]:
    if not variants:
        return list(facts)
    kept = list(facts)
    lines = _Lines(variants)
    plain = read(replace(reading.document, text=lines.text), reading.gazetteer, pair=reading.pair, side=reading.side, memory=reading.memory)
    out: list[Fact] = []
    told_plainly: list[Fact] = []
    for fact in extract(plain):
        at = lines.variant_at(fact.evidence[0].start)
        if (fact.type == "Position" and not (at.whole or at.stance)) or (
            fact.type == "OfficeHolding" and not (fact.date or fact.start_date or fact.end_date)
        ):
            continue  # what is wanted needs its whole sentence; a title has been read there
        variant = lines.variant_at(fact.evidence[0].start)
        mapped = replace(fact, evidence=tuple(lines.evidence(variant, e) for e in fact.evidence[:1]))
        if variant.whole:
            mapped = replace(mapped, roles=tuple((role, lines.written(variant, term, fact.evidence[0], reading.document.text)) for role, term in mapped.roles))
            if fact.type == "Position" and (
                (_is_courtesy(mapped, reading) and not variant.led)
                or any(f.type == "Position" and _overlap(f.evidence[0], mapped.evidence[0]) for f in (*facts, *out))
            ):
                continue
        if variant.verb is not None and reading.status(variant.view, *variant.verb).word != fact.status:
            continue
        thing = variant.thing or _same_thing(mapped, [f for f in facts if f.type == mapped.type and _in(variant, f)])
        if thing is not None:
            mapped = _told_of(mapped, thing)
        speakers = reading.speakers_at(mapped.evidence[0].start, mapped.evidence[0].end)
        if speakers and not fact.stated_by and fact.type != "OfficeHolding":
            mapped = replace(mapped, stated_by=tuple(sorted((localised(e, reading.document.sha256) for e in speakers), key=lambda e: e.iri)))
        if variant.led and mapped.status != "Asserted":
            wrong = [f for f in facts if f.status == "Asserted" and _in(variant, f) and _same_but_status(f, mapped)]  # "agreed to:" - "establish a council"
            kept, facts = [f for f in kept if f not in wrong], [f for f in facts if f not in wrong]
        if variant.whole and any(f.type == mapped.type and f.activity.rule == mapped.activity.rule and _overlap(f.evidence[0], mapped.evidence[0]) and (
                f in told_plainly or f.type == "Presence") for f in (*facts, *out)):
            continue  # once with "Finland's" and once with "Finnish"
        if _adds(mapped, [f for f in (*facts, *out) if f.type == "OfficeHolding" or _in(variant, f)]):
            out.append(mapped)
            told_plainly += [mapped] if variant.whole else []
            if variant.settles and (mapped.date or mapped.start_date):
                kept = [f for f in kept if not (_in(variant, f) and _same_but_date(f, mapped))]
    return kept + out


def _told_in(facts: Sequence[Fact], variant: Variant) -> bool:
    """Whether a fact stands on the variant's sentence: what "we" mean in it has been understood."""
    at = bisect_left(facts, variant.view.sentence.start, key=_start_of)
    return at < len(facts) and _start_of(facts[at]) < variant.view.sentence.end


def _start_of(fact: Fact) -> int:
    return fact.evidence[0].start


def _is_courtesy(position: Fact, reading: Reading) -> bool:
    """Whether a stance is a turn of the speech: "I want to thank you", "we are glad to see you", "you may count on us"."""
    told = reading.document.text[position.evidence[0].start:position.evidence[0].end]
    if any(isinstance(e, Entity) and e.kind == "person" and e.label.split()[-1] not in told for e in position.values("actor")):
        return True
    return any(
        not isinstance(t, str) or t.lower() in ("your", "our", "my") or t.lower().split()[:1] in (["us"], ["you"], ["me"])
        for t in position.values("target")
    ) and (position.activity.rule != _BACKING or _FOR_US.search(told) is not None)


def _overlap(one: Evidence, other: Evidence) -> bool:
    return one.start < other.end and other.start < one.end


_BACKING = "position-supports"  # "we stand by you"
_FOR_US = re.compile(r"\b(?:is|are|was|were|be) for (?:us|you|me)\b")
_THING_OF = {"AgreementAction": "agreement", "ProjectStatus": "project"}


def _in(variant: Variant, fact: Fact) -> bool:
    sentence = variant.view.sentence
    return sentence.start <= fact.evidence[0].start < sentence.end


def _same_thing(fact: Fact, others: Sequence[Fact]) -> Entity | None:
    """The one agreement or project of the same noun that the facts of the sentence tell of: "plant" of a "cement plant"."""
    role = _THING_OF.get(fact.type, "")
    mine = [e for e in fact.values(role) if isinstance(e, Entity)] if role else []
    if len(mine) != 1 or mine[0].known:
        return None
    told = {e.iri: e for f in others for e in f.values(role) if isinstance(e, Entity)}
    own = set(mine[0].label.lower().split())
    alike = [e for iri, e in told.items() if iri != mine[0].iri and own & set(e.label.lower().split()[-1:]) and not _apart(mine[0].label, e.label)]
    return alike[0] if mine[0].iri not in told and len(alike) == 1 else None


def _apart(one: str, other: str) -> bool:
    """Whether two names of one noun have each a word in front of it that parts them: "cultural pact", "trade pact",
    "second plant"."""
    mine, theirs = one.lower().split(), other.lower().split()
    return mine[-1] == theirs[-1] and ((len(mine) == len(theirs) == 2 and mine != theirs) or (mine[0] in _FURTHER and mine[0] not in theirs))


def _told_of(fact: Fact, thing: Entity) -> Fact:
    """The fact with the thing that its variant tells of in the place of what was read in its name."""
    role = _THING_OF.get(fact.type, "")
    if len(fact.values(role)) != 1:
        return fact
    return replace(fact, roles=tuple((r, thing if r == role else term) for r, term in fact.roles))


@dataclass(frozen=True, slots=True)
class _Placed:
    start: int
    variant: Variant
    offsets: tuple[int, ...]  # where its pieces stand in the plain text


class _Lines:
    """The variants as a text, a paragraph each, and the way back to the document."""

    def __init__(self, variants: Sequence[Variant]) -> None:
        text: list[str] = []
        at = 0
        self._placed: list[_Placed] = []
        for variant in variants:
            offsets: list[int] = []
            begin = at
            for n, piece in enumerate(variant.pieces):
                shown = piece.text[:1].upper() + piece.text[1:] if n == 0 else piece.text
                if n and not shown.startswith((",", "'s")):
                    text.append(" ")
                    at += 1
                offsets.append(at)
                text.append(shown)
                at += len(shown)
            text.append(".\n\n")
            at += 3
            self._placed.append(_Placed(begin, variant, tuple(offsets)))
        self.text = "".join(text)
        self._starts = [p.start for p in self._placed]

    def _at(self, offset: int) -> _Placed:
        return self._placed[bisect_right(self._starts, offset) - 1]

    def variant_at(self, offset: int) -> Variant:
        """The variant that a place of the plain text stands in."""
        return self._at(offset).variant

    def written(self, variant: Variant, term: Term, evidence: Evidence, text: str) -> Term:
        """A text that a fact holds in the words of the document: "your claim" for "Peru's claim"."""
        at = self.text.find(term, self._at(evidence.start).start) if isinstance(term, str) else -1
        if at < 0 or not isinstance(term, str) or self._at(at) is not self._at(evidence.start):
            return term
        found = self.evidence(variant, Evidence(at, at + len(term)))
        return text[found.start:found.end]

    def evidence(self, variant: Variant, evidence: Evidence) -> Evidence:
        """The words of the document for a stretch of the plain text."""
        placed = self._at(evidence.start)
        spans: list[tuple[int, int]] = []
        for piece, at in zip(variant.pieces, placed.offsets, strict=True):
            end = at + len(piece.text)
            if at >= evidence.end or end <= evidence.start or piece.start == piece.end:
                continue
            if piece.end - piece.start == len(piece.text):
                spans.append((piece.start + max(0, evidence.start - at), piece.end - max(0, end - evidence.end)))
            else:
                spans.append((piece.start, piece.end))
        return Evidence(min(s for s, _ in spans), max(e for _, e in spans)) if spans else Evidence(variant.view.sentence.start, variant.view.sentence.end)


def _adds(fact: Fact, known: Sequence[Fact]) -> bool:
    """Whether a fact tells what none of its sentence does."""
    mine = set(content_roles(fact))
    numbers = {(str(t)) for r, t in fact.roles if r in _FIGURES}
    keys = _KEYS[fact.type]
    for other in known:
        theirs = set(content_roles(other))
        if numbers and numbers & {str(t) for r, t in other.roles if r in _FIGURES}:
            return False
        if other.type != fact.type:
            continue
        if theirs < mine and other.status == fact.status and {r for r, _ in mine - theirs} != {"name"}:
            continue
        dated = fact.date or fact.start_date, other.date or other.start_date
        if all(dated) and dated[0] != dated[1] and not dated[0].startswith(dated[1]) and not dated[1].startswith(dated[0]):
            continue
        known_by = (
            keys - _FIGURES - {"kind"}
            if fact.type == "Meeting" and "place" in dict(fact.roles) and dated[0] and fact.values("place") == other.values("place")
            else keys - _FIGURES
        )
        if all(_alike({term_key(t) for t in fact.values(r)}, {term_key(t) for t in other.values(r)}) for r in known_by):
            return False  # a meeting of one day in one place is the same, whatever it is called
    return True


def _same_but_date(one: Fact, other: Fact) -> bool:
    return one.status == other.status and _same_but_status(one, other)


def _same_but_status(one: Fact, other: Fact) -> bool:
    return one.type == other.type and all(
        _alike({term_key(t) for t in one.values(r)}, {term_key(t) for t in other.values(r)}) for r in _KEYS[one.type])


def _alike(one: set[str], other: set[str]) -> bool:
    return one <= other or other <= one
