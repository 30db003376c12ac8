"""The figures of a match: where they stand, whose they are, from what they rise, with what they are only compared."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from kg.extract.roles import Draft
from kg.match import Match, SentenceView
from kg.model import Entity, Fact

FIGURES = frozenset({"money", "percent", "quantity", "number"})  # kinds of mentions
# Types of figures, and the role that says what a figure is of.
OF_WHAT = {"TradeFigure": "flow", "InvestmentFigure": "kind", "Indicator": "indicator"}


def goes_on_with(view: SentenceView, match: Match, before: Fact) -> bool:
    """Whether the fact before tells the figure that the match steps over: "486,000 nights, 12 percent more" tells nothing of "2,800 Slovenes"."""
    over = [i for b in match.bindings if not b.role for i in b.items if not isinstance(i, str) and i.kind in FIGURES]
    first = match.bindings[0] if match.bindings else None
    if first is None or first.role or first.first != match.first or not over:
        return True
    return any(e.start < i.end and i.start < e.end for i in over for e in before.evidence)


def goes_on_from(view: SentenceView, match: Match, start: int) -> int:
    """Where what a match tells begins: behind a figure that it only steps over ("1,200 trucks, compared with 400 in 2008")."""
    if match.bindings and not match.bindings[0].role and match.bindings[0].first == match.first:
        bound = [b.first for b in match.bindings if b.role and b.last > b.first]
        return view.tokens[min(bound)].start if bound else start
    if match.rule.type == "Meeting" and match.way == "active" and ("place", "before") in match.rule.fill:
        return view.tokens[match.anchor[0]].start  # "went to Oslo in 2010 and returned in 2012"
    return start


def drop_compared(draft: Draft, view: SentenceView, match: Match) -> None:
    """Takes out what something is only compared with: "less than in Tanzania"."""
    for binding in match.bindings:
        if binding.role in ("recipient", "counterpart", "partner", "place", "in", "investor") and binding.last > binding.first and (
                view.word(binding.first - 1) in ("in", "to", "from", "with", "for", "by", "at")) and view.word(binding.first - 2) in ("than", "unlike"):
            draft.roles.pop(binding.role, None)
        elif draft.type == "Indicator" and binding.role == "counterpart":
            value = next((b.last for b in match.bindings if b.role == "value"), binding.first)
            between = view.words[value:binding.first]
            if (
                any(word[:1].isdigit() for word in between)
                and "who" not in between
                and any(one == "of" and two in ("them", "these", "those", "whom", "which") for one, two in pairwise(between))
            ):
                draft.roles.pop("counterpart", None)  # "35,000 students, 1,500 of them from Chad"


def settle_seller(draft: Draft, view: SentenceView, match: Match) -> None:
    """Takes a state out of what is traded: in "exports of Chile to Peru" it is who trades, and is put there where nobody else is."""
    for binding in match.bindings:
        land = next((m for m in view.mentions if m.kind == "state" and (m.first, m.last) == (binding.first, binding.last)), None)
        if binding.role == "commodity" and land is not None and len(land.entities) == 1:
            left = [term for term in draft.roles.pop("commodity", ()) if term not in binding.items]
            for term in left:
                draft.add("commodity", term)
            if not draft.roles.get("reporter"):
                draft.add("reporter", land.entities[0])


def settle_rank(draft: Draft, view: SentenceView, match: Match) -> None:
    """Counts those named as larger into a rank: "the largest investor after Spain" is second, "the biggest buyer behind China and India" third."""
    if draft.roles.get("rank") != [Decimal(1)]:
        return
    at = next((k for k in range(match.anchor[0], min(match.last + 4, len(view))) if view.word(k) in _BEHIND), -1)
    if at < 0 or any(view.in_group[k] >= 0 or view.word(k) in (",", ";") for k in range(match.last, at)):
        return
    larger, at = 0, at + 1
    while True:
        at += view.word(at) == "the"
        named = next((m for m in view.by_first.get(at, ()) if m.kind in ("state", "organisation") and len(m.entities) == 1), None)
        if named is None or view.begins_finite(named.last):
            break  # "after Spain withdrew"
        larger, at = larger + 1, named.last
        if view.word(at) not in (",", "and"):
            break
        at += 1 + (view.word(at) == "," and view.word(at + 1) == "and")
    if larger:
        draft.roles["rank"] = [Decimal(1 + larger)]


_BEHIND = frozenset({"after", "behind"})


def acts_jointly(view: SentenceView, match: Match, pair: Sequence[Entity]) -> bool:
    """Whether the one whose figure it is stands beside the other of the pair: "Chad and Togo will invest $2 billion" names no recipient."""
    own = [i for b in match.bindings if b.role in ("investor", "reporter") for i in b.items if not isinstance(i, str)]
    sides = {s.iri for s in pair}
    return any(
        view.word(m.first - 1) == "and"
        and o.last in (m.first - 1, m.first - 2)
        and o.entities
        and o.entities != m.entities
        and {e.iri for e in (*o.entities, *m.entities)} == sides
        for m in own
        for o in view.mentions
        if o.kind == "state" and o.form == m.form
    )


def comes_from(view: SentenceView, match: Match, draft: Draft, issued: str) -> bool:
    """Whether a figure is that from which a planned one rises: "to raise trade to $500 million by 2020, from $224 million in 2017"."""
    risen = next((b for b in match.bindings if b.role in ("amount", "value") and view.word(b.first - 1) == "from"), None)
    if risen is not None and draft.dates and "to" in view.words[risen.last:risen.last + 3] and all(d.date > issued for d in draft.dates):
        draft.dates.clear()  # "will go up from 500 to 1,100 megawatts by 2020"
        return True
    return risen is not None and bool(draft.dates) and bool(issued) and all(d.date and d.date[:4] <= issued[:4] for d in draft.dates)


# Types of figures, and the role that says what a figure is of.
OF_WHAT = {"TradeFigure": "flow", "InvestmentFigure": "kind", "Indicator": "indicator"}


_OF_PAPERS = frozenset({"Position", "Membership"})


def papers_of(match: Match) -> set[int]:
    """Where the agreements end of which a match tells what is done with them, or what somebody thinks of it."""
    if match.rule.type == "AgreementAction":
        return {item.last for b in match.bindings if b.role == "agreement" for item in b.items if not isinstance(item, str)}
    return set(range(match.first, match.last + 1)) if match.rule.type in _OF_PAPERS else set()


def reach_of(match: Match) -> int:
    """How far apart the words stand that a scene has brought together; 0 for other matches."""
    return match.last - match.first if match.way == "scene" and match.rule.type == "AgreementAction" else 0


def figures_of(match: Match) -> set[int]:
    """Where the figures stand that a match tells of, as offsets: not those that it steps over."""
    return {item.start for b in match.bindings if b.role for item in b.items if not isinstance(item, str) and item.kind in FIGURES}
