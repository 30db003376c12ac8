"""What goes on without its verb: "Peru sold 40 tonnes, Chile 25", "exports to Chad rose by 5 percent, to Togo by 3"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.extract.figures import FIGURES
from kg.match import Match, SentenceView
from kg.match.records import Binding
from kg.model import Mention, Value
from kg.values.numbers import multiplier, read_number, tidy
from kg.words import VerbGroup
from kg.words.closed import BE, DO, HAVE, MODALS, PREPOSITIONS, is_adverb

__all__ = ["denied_of_others", "gapped", "gapped_in_brackets", "gapped_in_places", "gapped_in_time", "is_bare_denial"]

_ACTORS = frozenset({"state", "company", "organisation", "institution", "person", "place"})
_DATES = frozenset({"date"})
_COUNTED_TOO = frozenset({"ordinal", "duration"})  # "Chad ranks fifth, Togo sixth"
_DATED = frozenset({"DiplomaticRelations", "Membership", "AgreementAction", "Meeting", "OrganisationEvent", "Presence", "Ownership", "ArmedAction"})
_JOINTS = frozenset({",", ";", "and", "while", "but", "or"})
_ENDS = frozenset({"", ".", ",", ";", ")", "and", "while", "but", "or", "respectively", "”", '"'})
_SOFT = frozenset("only just about some nearly almost around over roughly a the another more than up up-to under still even".split())
_FAR = 8  # words between the figure and what goes on


def gapped(view: SentenceView, match: Match) -> Iterator[Match]:
    """The matches that the same words make of those named behind it with a figure or date of their own and no verb."""
    if match.way == "scene" or (match.group is not None and match.group.voice == "passive" and match.rule.type != "AgreementAction"):
        return
    kinds = FIGURES | _COUNTED_TOO if match.rule.type == "Indicator" else FIGURES
    figures = [b for b in match.bindings if b.role and (m := _only(b)) is not None and m.kind in kinds]
    actors = [b for b in match.bindings if b.role and (m := _only(b)) is not None and m.kind in _ACTORS and len(m.entities) == 1]
    actors.sort(key=lambda b: b.first)
    if len(figures) > 1 or not actors:
        return
    value = _only(figures[0]) if figures else None
    if value is None:
        value = next((m for m in view.mentions if m.kind in _DATES and match.first < m.first <= match.last + 3), None) if match.rule.type in _DATED else None
    if value is None:
        return
    at = max(value.last, *(b.last for b in actors))
    for _ in range(4):
        found = _next(view, match, actors, value, at)
        if found is None:
            return
        actor, other, figure = found
        yield _made(match, actor, other, figures[0] if figures else None, figure, _place_between(view, other.last, figure.first) if not figures else None)
        at = max(other.last, figure.last)


def _place_between(view: SentenceView, first: int, last: int) -> Mention | None:
    return next((m for m in view.by_first.get(first, ()) if m.kind == "place" and m.entities and m.last <= last), None)


def gapped_in_time(view: SentenceView, match: Match) -> Iterator[Match]:
    """The matches of the same words at further times: "imported 8 billion in 2009 and 6.5 billion in 2010"."""
    figures = [b for b in match.bindings if b.role and (m := _only(b)) is not None and m.kind in FIGURES]
    value = _only(figures[0]) if len(figures) == 1 else None
    if value is None:
        return
    first = next(
        (
            m
            for m in view.mentions
            if m.kind in _DATES
            and value.last < m.first <= value.last + 9
            and (view.word(m.first - 1) in _WHEN or view.word(m.first) in ("last", "this"))
            and all(view.word(i) not in (",", "and", ";", "(") for i in range(value.last, m.first))
        ),
        None,
    )
    at = first.last if first is not None else len(view)
    for _ in range(4):
        k = at + (view.word(at) == ",")
        k += view.word(k) == "and"
        while k > at and view.word(k) in _SOFT:
            k += 1
        figure = _measured(view, k, value) if k > at else None
        then = figure.last if figure is not None else k
        if (
            view.word(then) in ("in", "at")
            and (where := next((m for m in view.by_first.get(then + 1, ()) if m.kind == "place" and m.entities), None)) is not None
        ):
            then = where.last  # "and 900 in Quito in 2014"
        when = next((m for m in view.by_first.get(then + 1, ()) if m.kind in _DATES), None) if figure is not None and view.word(then) in _WHEN else None
        if figure is None or when is None or not (_ends(view, when.last) or view.word(when.last) in PREPOSITIONS):
            return
        bindings = [replace(b, first=figure.first, last=figure.last, items=(figure,)) if b is figures[0] else b for b in match.bindings
                    if b.role != "date" and getattr(_only(b), "kind", "") not in ("date", "period")]
        bindings.append(Binding("date", "date", "", False, when.first, when.last, (when,)))
        yield replace(match, first=figure.first, last=when.last, bindings=tuple(bindings), spans=((figure.first, when.last),))
        at = when.last


def gapped_in_brackets(view: SentenceView, match: Match) -> Iterator[Match]:
    """The matches of the same words in other years: "Scholarships: 40 (2014), 65 (2015), 80 (2016)"."""
    figures = [b for b in match.bindings if b.role and (m := _only(b)) is not None and m.kind in FIGURES]
    value = _only(figures[0]) if len(figures) == 1 else None
    at = _behind_bracketed_date(view, value.last) if value is not None else 0
    while value is not None and at and view.word(at) in (",", ";", "and"):
        figure = _measured(view, at + 1 + (view.word(at + 1) == "and"), value)
        end = _behind_bracketed_date(view, figure.last) if figure is not None else 0
        if figure is None or not end:
            return
        when = next(m for m in view.by_first[figure.last + 1] if m.kind in _DATES)
        bindings = [replace(b, first=figure.first, last=figure.last, items=(figure,)) if b is figures[0] else b for b in match.bindings
                    if b.role != "date" and getattr(_only(b), "kind", "") not in ("date", "period")]
        bindings.append(Binding("date", "date", "", False, when.first, when.last, (when,)))
        yield replace(match, first=figure.first, last=end, bindings=tuple(bindings), spans=((figure.first, end),))
        at = end


def _behind_bracketed_date(view: SentenceView, k: int) -> int:
    """The token behind "(2014)" at token k; 0 where no date stands there in brackets."""
    when = next((m for m in view.by_first.get(k + 1, ()) if m.kind in _DATES), None) if view.word(k) == "(" else None
    return when.last + 1 if when is not None and view.word(when.last) == ")" else 0


def gapped_in_places(view: SentenceView, match: Match) -> Iterator[Match]:
    """The matches of the same words at further places: "rounds took place: Lima (2011), Quito (2013)", "2011 (Lima), 2013 (Quito)"."""
    binding = next((b for b in match.bindings if b.role == "place"), None)
    place = _only(binding) if binding is not None else None
    if match.rule.type not in _DATED or binding is None or place is None:
        return
    when, at = _dated_place(view, place)
    while when is not None and at and view.word(at) in (",", ";", "and"):
        k = at + 1 + (view.word(at + 1) == "and")
        town = _town_at(view, k if when.first > place.first else _date_end(view, k) + 1)
        day, end = _dated_place(view, town) if town is not None else (None, 0)
        if town is None or day is None or not end or min(town.first, day.first) != k:
            return
        bindings = [replace(b, first=town.first, last=town.last, items=(town,)) if b is binding else b for b in match.bindings
                    if b.role != "date" and getattr(_only(b), "kind", "") not in ("date", "period")]
        bindings.append(Binding("date", "date", "", False, day.first, day.last, (day,)))
        yield replace(match, first=k, last=end, bindings=tuple(bindings), spans=((k, end),))
        at = end


def _dated_place(view: SentenceView, place: Mention) -> tuple[Mention | None, int]:
    """The date of "Lima (2011)" and "2011 (Lima)", and the token behind."""
    if end := _behind_bracketed_date(view, place.last):
        return next(m for m in view.by_first[place.last + 1] if m.kind in _DATES), end
    if view.word(place.first - 1) == "(" and view.word(place.last) == ")":
        return next((m for m in view.mentions if m.kind in _DATES and m.last == place.first - 1), None), place.last + 1
    return None, 0


def _date_end(view: SentenceView, k: int) -> int:
    return max((m.last for m in view.by_first.get(k, ()) if m.kind in _DATES), default=k)


def _town_at(view: SentenceView, k: int) -> Mention | None:
    """The place named at token k, or the name there of which nothing is known."""
    known = next((m for m in view.by_first.get(k, ()) if m.kind == "place" and m.entities), None)
    last = k
    while last < min(k + 3, len(view)) and view.tokens[last].text[0].isupper():
        last += 1
    if known is not None or last == k or any(m.kind not in ("person", "company", "organisation") for m in view.by_first.get(k, ())):
        return known
    return Mention(view.tokens[k].start, view.tokens[last - 1].end, k, last, "place", view.text(k, last))


def denied_of_others(view: SentenceView, match: Match) -> Iterator[Match]:
    """The matches of those who did not do as told: "Chad has ratified it, but Togo has not"."""
    actors = [b for b in match.bindings if b.role and (m := _only(b)) is not None and m.kind in ("state", "company", "organisation") and len(m.entities) == 1]
    if match.group is None or match.group.negated or match.way == "scene" or match.rule.type in ("Position", "Remark") or not actors:
        return
    actor = min(actors, key=lambda b: b.first)
    for group in view.groups:
        if not match.last <= group.first <= match.last + 5 or not is_bare_denial(view, group):
            continue
        mine = _only(actor)
        other = next(
            (
                m
                for m in view.mentions
                if m.last == group.first
                and mine is not None
                and m.kind == mine.kind
                and len(m.entities) == 1
                and m.entities != mine.entities
                and m.form != "adjective"
            ),
            None,
        )
        if other is None or not _JOINTS & set(view.words[match.last : other.first]):
            continue
        bindings = tuple(replace(b, first=other.first, last=other.last, items=(other,)) if b is actor else b for b in match.bindings
                         if b.role != "date" and getattr(_only(b), "kind", "") not in FIGURES | {"date", "period"})
        last = group.last + (view.word(group.last) in ("not", "n't"))
        denied = replace(match.rule, status="Denied", also=())
        yield replace(match, rule=denied, first=other.first, last=last, bindings=bindings, anchor=(group.first, group.last), spans=((other.first, last),))


def is_bare_denial(view: SentenceView, group: VerbGroup) -> bool:
    """Whether a verb group is an auxiliary with "not" alone, which ends its clause: "the Russians have not"."""
    end = group.last if view.word(group.last - 1) in ("not", "n't") else group.last + 1
    return (
        view.word(group.first) in _AUXILIARIES
        and all(w in _AUXILIARIES or w in ("not", "n't") for w in view.words[group.first : end])
        and view.word(end - 1) in ("not", "n't")
        and (view.word(end) in (".", ",", ";", "", "so", "yet", "and", "but"))
    )


_AUXILIARIES = HAVE | DO | BE | MODALS
_WHEN = frozenset({"in", "for", "by", "during"})


def _only(binding: Binding) -> Mention | None:
    return binding.items[0] if len(binding.items) == 1 and not isinstance(binding.items[0], str) else None


def _next(view: SentenceView, match: Match, actors: list[Binding], value: Mention, at: int) -> tuple[Binding, Mention, Mention] | None:
    for joint in range(at, min(at + _FAR, len(view))):
        if view.in_group[joint] >= 0 or view.word(joint) in ("(", ":"):
            return None
        if view.word(joint) not in _JOINTS:
            continue
        k = joint + 1
        while view.word(k) in ("and", "while", "but", "the"):
            k += 1
        told = [(actor, found) for actor in reversed(actors) if (found := _pair_at(view, k, actor, value)) is not None]
        if told:
            return (told[0][0], *told[0][1]) if len(told) == 1 or view.word(joint) == "and" else None
        if view.word(joint) != ",":
            return None
    return None


def _pair_at(view: SentenceView, k: int, actor: Binding, value: Mention) -> tuple[Mention, Mention] | None:
    """The one named at token k and the figure behind it, or the figure there and the one behind it, in the order of the clause before."""
    mine = actor.items[0]
    if isinstance(mine, str):
        return None
    lead, measure = _preposition(view, mine.first), _preposition(view, value.first)
    if mine.first < value.first:
        k += bool(lead) and view.word(k) == lead
        if bool(lead) != (view.word(k - 1) == lead and bool(lead)):
            return None
        other = _named(view, k, mine, actor.role)
        if other is None:
            return None
        k = other.last
        if view.word(mine.last) == "'s":
            if view.word(k) != "'s":
                return None
            k += 1
        if value.kind in _DATES:
            k = next((m.last for m in view.by_first.get(k, ()) if m.kind == "place" and m.entities), k)  # "Ms Lima Rome in 2016"
        while view.word(k) in _SOFT or (view.word(k) and view.word(k) == measure):
            k += 1
        figure = _measured(view, k, value)
        return (other, figure) if figure is not None and (_ends(view, figure.last) or _turned(view, figure.last, mine)) else None
    while view.word(k) in _SOFT:
        k += 1
    figure = _measured(view, k, value)
    if figure is None or not lead or view.word(figure.last) != lead:
        return None
    other = _named(view, figure.last + 1 + (view.word(figure.last + 1) == "the"), mine, actor.role)
    return (other, figure) if other is not None and _ends(view, other.last) else None


def _turned(view: SentenceView, k: int, mine: Mention) -> bool:
    """Whether what follows turns to the actor of the clause before: "Chad invested 30 million in Togo, Togo 5 million in Chad"."""
    back = next((m for m in view.by_first.get(k + 1, ()) if m.entities == mine.entities and m.form != "adjective"), None) if view.word(k) in _BACK else None
    return back is not None and _ends(view, back.last)


_BACK = frozenset({"in", "to", "from", "at"})


def _ends(view: SentenceView, k: int) -> bool:
    return (
        view.word(k) in _ENDS
        or (view.word(k) in ("in", "of") and any(m.kind in ("date", "period") for m in view.by_first.get(k + 1, ())))
        or is_adverb(view.word(k))
    )


def _preposition(view: SentenceView, k: int) -> str:
    while k > 0 and view.word(k - 1) in _SOFT:
        k -= 1
    return view.word(k - 1) if view.word(k - 1) in PREPOSITIONS else ""


def _named(view: SentenceView, k: int, like: Mention, role: str) -> Mention | None:
    kinds = _HOLDERS if role in ("owner", "investor") and like.kind in _HOLDERS else {like.kind}
    for m in view.by_first.get(k, ()):
        if m.kind in kinds and len(m.entities) == 1 and m.entities != like.entities and (m.form == "adjective") == (like.form == "adjective"):
            return m
    return None


_HOLDERS = frozenset({"state", "company", "organisation", "institution"})


def _measured(view: SentenceView, k: int, like: Mention) -> Mention | None:
    """The figure or date at token k of the kind of the one before, with its unit where it has none of its own."""
    for m in view.by_first.get(k, ()):
        if m.kind == like.kind and m.value is not None and (like.value is None or m.value.unit == like.value.unit or like.kind != "quantity"):
            return m
    bare = next((m for m in view.by_first.get(k, ()) if m.kind == "number"), None)
    if like.value is None or like.kind in _DATES:
        return None
    if bare is not None and bare.value is not None and bare.value.number is not None:
        number = bare.value.number
        if (
            like.kind == "money"
            and like.value.number is not None
            and (scale := _scale(view, like)) > 1
            and number < _SCALED
            and multiplier(view.word(bare.last - 1)) <= 1
        ):
            number = tidy(number * scale)  # "six million from Chad and three from Togo"
        return replace(bare, kind=like.kind, value=replace(bare.value, kind=like.kind, number=number, unit=like.value.unit, currency=like.value.currency))
    if not _FIGURE.fullmatch(view.word(k)) or (_YEAR.fullmatch(view.word(k)) and like.kind != "money"):
        return None
    last = k + 1 + (multiplier(view.word(k + 1)) > 1)
    number = tidy(read_number(view.word(k)) * (multiplier(view.word(k + 1)) if last > k + 1 else 1))
    if like.kind == "money" and last == k + 1:
        return None
    start, end = view.tokens[k].start, view.tokens[last - 1].end
    value = Value(start, end, like.kind, number=number, unit=like.value.unit, currency=like.value.currency)
    return Mention(start, end, k, last, like.kind, view.text(k, last), value=value)


def _scale(view: SentenceView, figure: Mention) -> int:
    """What the word behind a figure multiplies it by: a million in "six million dollars"."""
    return next((int(n) for k in range(figure.first, figure.last) if (n := multiplier(view.word(k))) > 1), 1)


_SCALED = 1000  # a figure that a scale told before may go for
_FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?")
_YEAR = re.compile(r"(?:19|20)\d\d")


def _made(match: Match, actor: Binding, other: Mention, old: Binding | None, figure: Mention, place: Mention | None = None) -> Match:
    mine = actor.items[0]
    bindings: list[Binding] = []
    for b in match.bindings:
        held = _only(b)
        if place is not None and b.role in ("place", "host") and b is not actor:
            b = replace(b, first=place.first, last=place.last, items=(place,))
        elif b is actor:
            b = replace(b, first=other.first, last=other.last, items=(other,))
        elif old is not None and b is old:
            b = replace(b, first=figure.first, last=figure.last, items=(figure,))
        elif held is not None and held.entities and held.entities == other.entities and not isinstance(mine, str):
            b = replace(b, items=(mine,))
        elif old is None and (b.role == "date" or (held is not None and held.kind in ("date", "period"))):
            continue
        bindings.append(b)
    if old is None:
        bindings.append(Binding("date", "date", "", False, figure.first, figure.last, (figure,)))
    first, last = min(other.first, figure.first), max(other.last, figure.last)
    return replace(match, first=first, last=last, bindings=tuple(bindings), spans=((first, last),))
