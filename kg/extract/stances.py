"""What holds for all Positions: which matches tell a stance, what a denied stance means, and which of two nested ones stays."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.extract.roles import Draft
from kg.match import Match, SentenceView
from kg.model import Concept, Entity, Fact

_CONTRARY = {"supports": "opposes", "seeks": "rejects", "offers": "rejects", "interested": "rejects"}
_ADJUNCT = re.compile(r",? (?:(?:during|after|before|following|at|upon|as part of) which\b|with the (?:participation|assistance|help|involvement|aim|goal|purpose) of|in order to|so as to"
                      r"|in an? (?:\w+ ){0,2}(?:statement|interview|letter|speech|tweet|press release)(?: to | with | issued| published| released| made| on|,|$)) ?.*", re.DOTALL)
_PLANNING = frozenset({"intend", "plan"})
_DENYING = frozenset("deny refute disavow reject dismiss rebut repudiate disprove contradict untrue false baseless unfounded groundless".split())
_EMPTY = frozenset("it this that them him her us me you one each other so these those all nor or".split())


def tells_stance(view: SentenceView, match: Match) -> bool:
    """Whether the verb of a match says what its subject wants: a bare infinitive of purpose ("to support the budget") does not,
    "was the first country to support it" does."""
    group = match.group
    return group is None or group.form != "infinitive" or any(view.word(k) in ("first", "only", "last") for k in range(group.first - 5, group.first))


def settle_stance(draft: Draft, status: str, match: Match, balanced: bool = False, denied_by: str = "") -> str:
    """The status of a Position; a stance denied ("is not interested in leaving") becomes the contrary one, in place.
    Where it is ``balanced`` ("neither backs nor opposes") no contrary follows.

    A stance that hangs on another as its manner ("tries to find a way, seeking to please all") holds by itself.
    """
    if match.group is not None and match.group.form == "gerund" and status in ("Hypothetical", "Planned"):
        return "Asserted"
    if balanced:
        return "Denied"
    if status == "Asserted" and match.group is not None and match.group.lemma in _PLANNING:
        return "Planned"
    stances = [s for s in draft.roles.get("stance", ()) if isinstance(s, Concept)]
    if status == "Denied" and denied_by in _DENYING:
        return "Denied"  # "denied that it had supported the zone": no contrary stance
    if status == "Denied" and stances and stances[0].word in _CONTRARY:
        draft.roles["stance"] = [Concept(stances[0].scheme, _CONTRARY[stances[0].word])]
        return "Asserted"
    return status


def is_balanced(view: SentenceView, match: Match) -> bool:
    """Whether the verb stands in "neither ... nor ..."."""
    group = match.group
    return group is not None and "nor" in view.words and (
        view.word(group.first - 1) in ("nor", "neither") or "neither" in view.words[group.first:group.head])


def trim_target(draft: Draft) -> None:
    """Leaves out of the target who else takes part and what it is good for."""
    draft.roles["target"] = [_ADJUNCT.sub("", t.removeprefix("that ").removesuffix(" as")) if isinstance(t, str) else t for t in draft.roles.get("target", ())]


def has_target(draft: Draft) -> bool:
    """Whether the target says something by itself."""
    return all(isinstance(t, Entity) or not set(str(t).lower().split()) <= _EMPTY for t in draft.roles.get("target", ()))


def drop_nested(facts: Iterable[Fact]) -> list[Fact]:
    """The facts without Positions whose target is only a part of another one's of the same actors: "ready to consider extending"."""
    kept = list(facts)
    return [fact for fact in kept if fact.type != "Position" or not any(_holds(other, fact) for other in kept if other is not fact)]


def _holds(outer: Fact, inner: Fact) -> bool:
    if outer.type != "Position" or _terms(outer, "actor") != _terms(inner, "actor"):
        return False
    a, b = outer.evidence[0], inner.evidence[0]
    large, small = " ".join(_terms(outer, "target")).lower(), " ".join(_terms(inner, "target")).lower()
    if not (a.start < b.end and b.start < a.end) or small not in large:
        return False
    return small != large or (a.end - a.start, outer.activity.rule) > (b.end - b.start, inner.activity.rule)


def _terms(fact: Fact, role: str) -> list[str]:
    return sorted(t.label if isinstance(t, Entity) else str(t) for r, t in fact.roles if r == role)
