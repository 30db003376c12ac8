"""What a project costs, where its own words say so: "a $3 million dam", "a dam worth $3 million", "is being built at a cost of $3 million"."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.words import words
from kg.match import Binding, Match, SentenceView
from kg.model import Mention
from kg.words.closed import DETERMINERS

__all__ = ["with_price"]

_BESIDE = tuple(tuple(lead.split()) for lead in sorted(words("prices", "beside")))
_APART = tuple(tuple(lead.split()) for lead in sorted(words("prices", "apart")))
_MEASURING = words("prices", "measuring")
_VALUING = words("prices", "valuing")
_COSTS = words("prices", "costs")
_AS_WHICH = words("prices", "as-which")
_CONTRACTS = words("prices", "contracts")
_EACH = frozenset({"each", "apiece", "per"})
_LEADING = frozenset({"at", "with", "for", "against"})
_NEAR, _FAR = 8, 25  # tokens that may stand between a project and its price, beside it and in the same clause
_OTHERS = frozenset({"facility", "project", "company", "organisation", "agreement", "institution", "event", "money"})  # whose price it may be
_BREAKS = frozenset({";", ":", "–", "—", "while", "whereas", "but"})


def with_price(view: SentenceView, match: Match) -> Match:
    """The match, with the price of the one project that it caught as one more slot; the match itself where none is told."""
    caught = [b for b in match.bindings if b.role == "project" and b.last > b.first]
    if match.rule.type != "ProjectStatus" or len(caught) != 1 or len(caught[0].items) > 1 or any(b.role == "amount" for b in match.bindings):
        return match
    price = _price(view, match, caught[0])
    if price is None:
        return match
    bindings = tuple(_unpriced(view, b, price) if b is caught[0] else b for b in match.bindings)
    return replace(match, bindings=(*bindings, Binding("amount", "money", "", False, price.first, price.last, (price,))))


def _unpriced(view: SentenceView, project: Binding, price: Mention) -> Binding:
    """The project without the amount that its words begin with: "dam" of "a 300-million-dollar dam"; only referred to where nothing else is left."""
    if not project.first < price.last < project.last or not all(isinstance(i, str) or not i.entities for i in project.items):
        return project
    first = price.last + (view.word(price.last) == "-")
    start, end = view.tokens[first].start, view.tokens[project.last - 1].end
    text = view.text(first, project.last)
    if project.last - first == 1 and view.word(price.first - 1) in ("the", "this", "that"):
        item: Mention | str = Mention(start, end, first, project.last, "project", text, "reference")
    else:
        item = text
    return replace(project, first=first, items=(item,))


def _price(view: SentenceView, match: Match, project: Binding) -> Mention | None:
    """The amount in front of a project's noun, or else the first behind it where its words say that it is the price."""
    sums = [m for m in view.mentions if m.kind == "money" and m.value is not None and not m.value.per]
    front = next((m for m in sums if _is_in_front(view, m, project) or _is_contracted(view, m, project)), None)
    behind = min((m for m in sums if m.first >= project.last), key=lambda m: m.first, default=None)
    if front is not None or behind is None or view.word(behind.last) in _EACH:
        return front
    start, starts = behind.first, [behind.first]
    while start > project.last and view.word(start - 1) in _MEASURING:
        start -= 1
        starts.append(start)
    after = view.word(behind.last)
    if (view.word(start - 1) == "(" and start - 1 == project.last and after in (")", ",")) or (
            view.word(start - 1) == "," and start - 1 == project.last and after == ","):
        return behind  # "the dam ($3 million)", "the dam, $3 million, is late"
    if (
        after in (")", ",", ";")
        and "(" in view.words[project.last : project.last + 2]
        and _COSTS & {*view.words[project.last : start]}
        and start - project.last < _NEAR
    ):
        return behind  # "the dam (total cost: $3 million)"
    if view.words[project.last:start] == ["of"] or (view.word(start - 1) == "for" and match.group is not None and view.word(behind.last - 1) != "-"
                                                   and _is_in_clause(view, match, project.last, start - 1) and after not in ("from", "for")):
        return behind  # "a project of $3 million", "will build a dam for $3 million"
    for start in starts:
        beside = _beside(view, project.last, start)
        if beside and _is_beside(view, project.last, start - beside):
            return behind
        apart = _apart(view, project.last, start)
        if apart and _is_in_clause(view, match, project.last, start - apart):
            return behind
    return None


def _is_contracted(view: SentenceView, price: Mention, project: Binding) -> bool:
    """Whether an amount is that of a contract for the project behind it: "a contract worth $3 million to build a dam", "a $3 million deal for a dam"."""
    if not 0 < project.first - price.last <= _NEAR + 2:
        return False
    between = view.words[price.last:project.first]
    before = {*view.words[max(price.first - 4, 0):price.first]}
    named = _CONTRACTS & before or (between and between[0] in _CONTRACTS) or (between[:1] == ["-"] and between[1:2] and between[1] in _CONTRACTS)
    return bool(named) and ("for" in between or "to" in between) and not {",", ";", "and", "from"} & {*between} and not any(
        view.groups[view.in_group[k]].form == "finite" for k in range(price.last, project.first) if view.in_group[k] >= 0)


def _beside(view: SentenceView, first: int, last: int) -> int:
    """How many words in front of an amount say that it is the price of what they stand beside: "worth", "priced at", "a project of"; 0 for none."""
    between = tuple(view.words[first:last])
    lead = next((len(lead) for lead in _BESIDE if between[-len(lead):] == lead), 0)
    if lead:
        return lead
    if between[-1:] == ("at",) and between[-2:-1] and between[-2] in _VALUING:
        return 2
    if between[-1:] in (("of",), ("worth",), ("costing",)) and len(between) > 3 and between[-2] in _AS_WHICH:  # "the dam, a joint project of $3 million"
        start = next((k for k in range(3, 7) if len(between) >= k + 1 and between[-k] in ("a", "an") and between[-k - 1] == ","), 0)
        return start
    return 0


def _apart(view: SentenceView, first: int, last: int) -> int:
    """How many words in front of an amount say that it is a cost: "at a cost of", "with a total budget of"; 0 for none."""
    between = tuple(view.words[first:last])
    lead = next((len(lead) for lead in _APART if between[-len(lead):] == lead), 0)
    if lead or between[-1:] != ("of",) or (between[-2:-1] and between[-2] not in _COSTS):
        return lead
    for k in range(3, 8):
        if len(between) >= k and between[-k] in _LEADING:
            inner = between[-k + 1:-2]
            plain = not any(view.in_group[last - j] >= 0 and view.groups[view.in_group[last - j]].form == "finite" for j in range(1, k))
            return k if plain and "," not in inner else 0
    return 0


def _is_in_front(view: SentenceView, price: Mention, project: Binding) -> bool:
    """Whether an amount measures the noun itself: "a $3 million dam", "the 62-million-euro terminal"."""
    if not project.first <= price.last < project.last:
        return False
    return any(view.word(k) in DETERMINERS for k in (price.first, price.first - 1, price.first - 2)) and view.word(price.last) not in (
        "of", "for", "to", "in", "from", "on")


def _is_beside(view: SentenceView, first: int, last: int) -> bool:
    """Whether nothing but a place and a comma stand between a project and what is said of it."""
    between = tuple(view.words[first:last])
    if between[-1:] in ((",",), ("and",)):
        between = between[:-1]
    if any(view.in_group[k] >= 0 for k in range(first, last)) or {"or", ";", ":"} & {*between}:
        return False
    if between[:1] == (",",) and len(between) <= 2 * _NEAR:  # "the highway, 1,000 km long and priced at $3 million"
        return not any(m.kind in _OTHERS and first <= m.first < last for m in view.mentions)
    return len(between) <= _NEAR and not {",", "and"} & {*between}


def _is_in_clause(view: SentenceView, match: Match, first: int, last: int) -> bool:
    """Whether a stretch goes on with the clause that tells of the project: no verb but the one that the rule caught, no other thing."""
    between = view.words[first:last]
    own = range(match.group.first, match.group.last) if match.group is not None else range(0)
    if len(between) > _FAR or _BREAKS & {*between} or any(
            word == "and" and view.word(first + k + 1) in DETERMINERS - {"the"} for k, word in enumerate(between)):
        return False
    return not any(g.form == "finite" and first <= g.first < last and g.first not in own for g in view.groups)
