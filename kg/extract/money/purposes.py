"""What money is for, where those who give it are none of the two sides: "for the railway", "the hospital, for which the Bank lent $3 million"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extract.reading import Reading
from kg.extract.recall import spoken_of
from kg.extract.roles import Draft
from kg.extract.words import words
from kg.match import Binding, Match, SentenceView
from kg.match.linear.things import names_undertaking
from kg.model import Concept, Entity, Fact, Mention
from kg.words import WordClasses
from kg.words.closed import DETERMINERS, POSSESSIVES

__all__ = ["lend", "recipient_near", "with_purpose"]

_LENDERS, _GIVEN_AWAY = words("purposes", "lenders"), words("purposes", "given-away")

_TOWARD = frozenset({"for", "to", "towards", "toward", "into", "in", "on"})
_RELATIVE = frozenset({"which", "whom", "that", "whose"})
_TAKING = frozenset({"project", "facility", "state", "place", "institution", "pair"})
_WIDE, _LONG = 14, 26  # tokens in which what the money is for is looked for, behind the amount and in front of a relative clause
_STOPS = frozenset({";", "while", "whereas", "but", "compared"})


def with_purpose(view: SentenceView, match: Match, pair: Sequence[Entity], classes: WordClasses) -> Match:
    """The match, with what the money is for as its recipient where a third party gives and no recipient is caught; else the match itself."""
    if match.rule.type != "InvestmentFigure" or any(b.role == "recipient" for b in match.bindings):
        return match
    givers = [e for b in match.bindings if b.role == "investor" for i in b.items if not isinstance(i, str) for e in i.entities]
    amount = next((b for b in match.bindings if b.role == "amount" and b.last > b.first), None)
    sides = {s.iri for s in pair}
    if amount is None or not givers or any(e.iri in sides or e.state in sides for e in givers):
        return match
    barred = {e.iri for e in givers}
    found = _behind(view, amount.last, barred, classes) or _of_relative(view, match, barred, classes) or _told(view, match, barred, classes)
    if found is None:
        return match
    item, first, last = found
    if ("kind", "investment") in match.rule.fixed and any(
            m.kind == "place" and m.first in (first, last + 1) and any(e.state in sides for e in m.entities) for m in view.mentions):
        return match  # "a mill in Mostar": invested in the country
    return replace(match, bindings=(*match.bindings, Binding("recipient", "undertaking", "", False, first, last, (item,))))


def lend(view: SentenceView, match: Match, draft: Draft) -> None:
    """Makes a loan of what a bank gives, unless the words say that it is given away: "financed by the Asian Development Bank with $3 million"."""
    kinds = draft.roles.get("kind", ())
    givers = [e for e in draft.roles.get("investor", ()) if isinstance(e, Entity) and e.kind in ("organisation", "company", "institution")]
    if not givers or not any(isinstance(k, Concept) and k.word == "grant" for k in kinds):
        return
    if not all(_LENDERS.intersection(e.label.lower().replace("-", " ").split()) for e in givers):
        return
    if _GIVEN_AWAY.isdisjoint(view.words[match.first:min(match.last + 3, len(view))]):
        draft.roles["kind"] = [Concept("kind", "loan")]


def recipient_near(reading: Reading, view: SentenceView, match: Match, draft: Draft, facts: Sequence[Fact]) -> Entity | None:
    """Who a third party's money goes to where the clause does not tell: the only one of the pair that the sentence names, or the project spoken of last."""
    givers = [e for e in draft.roles.get("investor", ()) if isinstance(e, Entity)]
    sides = {s.iri: s for s in reading.pair}
    if (
        not draft.roles.get("amount")
        or not givers
        or any(e.kind not in ("organisation", "institution", "company", "state") or e.iri in sides or e.state in sides for e in givers)
    ):
        return None
    states = {e.iri for m in view.mentions if m.kind in ("state", "pair") and not (
        m.form == "adjective" and view.tokens[min(m.last, len(view) - 1)].text[:1].isupper()) for e in m.entities} - {e.iri for e in givers}
    states -= {e.iri for f in facts if f.type == "InvestmentFigure" and view.sentence.start <= f.evidence[0].start < view.sentence.end
               for e in f.values("investor") if isinstance(e, Entity)}  # "10 million is a grant of Oman and 30 million a loan of the World Bank"
    begins = {b.first for b in match.bindings if b.role == "investor"}
    theirs = [p for p in view.phrases if any(p.first <= k < p.last for k in begins)]
    home = {m.entities[0].iri for m in view.mentions if m.kind == "state" and m.entities and (
        (view.word(m.last) == "'s" and m.last + 1 in begins)
        or (m.form == "adjective" and any(p.first <= m.first and m.last <= k < p.last for p in theirs for k in begins)))}
    if len(home) == 1 and home <= set(sides):  # "Morocco's Holmarcom"
        return next((s for iri, s in sides.items() if iri not in home), None) if states <= set(sides) else None
    if not states and ("kind", "investment") in match.rule.fixed:
        lands = {e.state for m in view.mentions if m.kind == "place" for e in m.entities if e.state in sides}
        states = lands if len(lands) == 1 else states
    if states and states != set(sides):
        return sides.get(next(iter(states))) if len(states) == 1 else None
    return spoken_of(reading, view, match, facts, "project") or _only_project(view)


def _only_project(view: SentenceView) -> Entity | None:
    """The one project or facility that the sentence names: "a loan from the Bank, signed in May, will pay for the Omo dam"."""
    found = {e.iri: e for m in view.mentions if m.kind in ("project", "facility") and m.form != "reference" for e in m.entities}
    return next(iter(found.values())) if len(found) == 1 else None


_Found = tuple[Mention | str, int, int]


def _thing_at(view: SentenceView, at: int, barred: set[str], classes: WordClasses) -> _Found | None:
    """What a noun phrase that begins at a token names: a project, a facility, a state, a place of a state, something built."""
    phrase = next((p for p in view.phrases if p.first <= at < p.last), None)
    if phrase is None:
        return None
    for mention in sorted((m for m in view.mentions if at <= m.first and m.last <= phrase.last and m.kind in _TAKING), key=lambda m: -m.last):
        if len(mention.entities) == 1 and not {e.iri for e in mention.entities} & barred and (mention.last == phrase.last or mention.kind == "state"):
            return mention, mention.first, mention.last
    first = at
    while first < phrase.last - 1 and view.word(first) in DETERMINERS | POSSESSIVES:
        first += 1
    if names_undertaking(view, classes, first, phrase.last):
        return view.text(first, phrase.last), first, phrase.last
    if view.word(phrase.last) in ("of", "in", "at", "between"):
        return _thing_at(view, phrase.last + 1, barred, classes)
    return None


def _behind(view: SentenceView, last: int, barred: set[str], classes: WordClasses) -> _Found | None:
    """What stands behind the amount with "for", "to", "into"."""
    end = min(view.clause_end(last - 1), last + _WIDE)
    for k in range(last, end):
        if view.words[k] in _STOPS:
            return None
        if view.words[k] in _TOWARD and (found := _thing_at(view, k + 1, barred, classes)) is not None:
            return found
    return None


def _of_relative(view: SentenceView, match: Match, barred: set[str], classes: WordClasses) -> _Found | None:
    """What a relative clause that tells of the money hangs on: "the highway, for which the Bank lent $3 million"."""
    start = match.group.first if match.group is not None else match.first
    at = next((k for k in range(start - 1, max(start - _LONG, 0), -1) if view.words[k] in _RELATIVE and view.word(k - 1) in (*_TOWARD, ",")), 0)
    if not at:
        return None
    end = at - 1 if view.word(at - 1) in _TOWARD else at
    if view.word(end - 1) == ",":
        end -= 1
    for phrase in view.phrases:
        if (
            phrase.first >= end
            or phrase.last <= end - _LONG
            or any(view.in_group[k] >= 0 and view.groups[view.in_group[k]].form == "finite" for k in range(phrase.last, end))
        ):
            continue
        found = _thing_at(view, phrase.first, barred, classes)
        if found is not None and found[2] <= end:
            return found
    return None


def _told(view: SentenceView, match: Match, barred: set[str], classes: WordClasses) -> _Found | None:
    """What is financed, as the subject of a passive or the object of an active verb."""
    group = match.group
    if group is None:
        return None
    if group.voice == "passive":
        before = [p for p in view.phrases if p.last <= group.first and not any(view.words[k] in (";", ":") for k in range(p.last, group.first))]
        for phrase in before:
            if any(view.in_group[k] >= 0 and view.groups[view.in_group[k]].form == "finite" for k in range(phrase.last, group.first)):
                continue
            if (found := _thing_at(view, phrase.first, barred, classes)) is not None:
                return found
        return None
    return _thing_at(view, group.last, barred, classes)
