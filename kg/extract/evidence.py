"""Which words of a sentence are the evidence of a fact."""

from __future__ import annotations

from collections.abc import Sequence

from kg.match import Match, SentenceView
from kg.model import Entity, Mention, Term


def apart(view: SentenceView, match: Match) -> tuple[int, int]:
    """The comma behind which a change is told apart from the amount, and where that ends: ", down 13 percent on the year before"; zeros elsewhere."""
    change = next((b for b in match.bindings if b.role == "changePercent" and b.last > b.first), None)
    if change is None:
        return 0, 0
    comma = next((k for k in range(change.first - 1, max(change.first - 7, match.first), -1) if view.word(k) == ","), -1)
    if (
        comma < 0
        or any(b.first <= comma < b.last for b in match.bindings)
        or not any(b.role in ("amount", "") and b.type == "money" and b.last <= comma for b in match.bindings)
    ):
        return 0, 0
    last = match.last
    if view.word(last) in ("on", "over", "than", "from", "compared", "against"):
        last = next((m.last for m in view.mentions if m.kind in ("date", "period") and last < m.first <= last + 4), last)
        last = last if last > match.last or view.word(last + 1) != "the" or view.word(last + 3) != "before" else last + 4
    return comma, last


def evidence_start(view: SentenceView, match: Match, looks_back: bool) -> int:
    """Where the evidence begins: at the match, but not at what it only passes over.

    That is what a rule that looks back steps over ("70 of them in trade, and 60 in health"), and the first of two predicates
    ("We must move fast and agree on a pact").
    """
    if looks_back and match.group is None and any(b.first == match.first and not b.role and b.type == "counted" for b in match.bindings):
        bound = [b.first for b in match.bindings if b.role and b.last > b.first]
        if bound and min(bound) - match.first > 4:
            return _with_article(view, min(bound))
    group = match.group
    joint = group.first - 1 if group is not None else -1
    joint -= view.word(joint) in ("also", "then", "even")
    if group is not None and match.way == "active" and group.first - match.first > 8 and view.word(joint) in ("and", "but") and any(
            g.form == "finite" and match.first < g.first and g.last < group.first for g in view.groups):
        return view.tokens[group.first].start
    return _with_article(view, match.first)


def evidence_end(view: SentenceView, match: Match, terms: Sequence[Term], end: int) -> int:
    """Where the evidence ends: where one of several that the match counts is told by itself ("three accords were signed: on A, | on B and on C")."""
    if not any(isinstance(item, Mention) and item.kind == "agreement" and len(item.entities) > 1 for b in match.bindings for item in b.items):
        return end
    labels = {term.label for term in terms if isinstance(term, Entity)}
    return max((m.end for m in view.mentions if m.kind == "agreement" and len(m.entities) == 1 and m.entities[0].label in labels), default=end) if labels else end


def _with_article(view: SentenceView, first: int) -> int:
    """Where the evidence begins: at the article in front of the match, where there is one."""
    return view.tokens[first - 1 if view.word(first - 1) in ("the", "a", "an") else first].start
