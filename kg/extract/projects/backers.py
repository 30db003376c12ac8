"""Who else has a hand in a project, where its own clause says so: "with Chilean help", "together with Chile", "a Chilean-funded clinic", "a dam, paid for by Chile"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.extract.words import words
from kg.match import Binding, Match, SentenceView
from kg.match.linear.mentions import EPITHETS_OF_THINGS
from kg.model import Mention
from kg.words.closed import DETERMINERS

__all__ = ["with_backers"]

_MEANS = words("backers", "means")
_LEADS = tuple(tuple(lead.split()) for lead in sorted(words("backers", "lead")))
_TOGETHER = tuple(tuple(lead.split()) for lead in sorted(words("backers", "together")))
_BUILDERS = words("backers", "builder")
_BACKED = words("backers", "backed")
_LONG = words("backers", "long")
_HOW = words("backers", "how")
_PAID = words("backers", "paid")
_GIVERS = frozenset({"state", "organisation", "company", "institution"})
_BREAKS = frozenset({";", ":", "but", "while", "whereas", "although"})
_SHARED = words("backers", "shared")
_OF = frozenset({"of", "from", "by"})
_KINDS = frozenset({"facility", "project", "sector"})  # what a noun in front of another may be


def with_backers(view: SentenceView, match: Match) -> Match:
    """The match, with those whom its clause names beside the doers of the one project that it caught; the match itself where there are none."""
    caught = [b for b in match.bindings if b.role == "project" and b.last > b.first]
    if match.rule.type != "ProjectStatus" or len(caught) != 1 or len(caught[0].items) > 1:
        return match
    project = caught[0]
    front = _front(view, project)
    known = {id(item) for b in match.bindings if b.role != "project" for item in b.items}
    states = {iri for b in match.bindings if b.role != "project" for item in b.items if not isinstance(item, str) for iri in item.entities}
    found: dict[int, Mention] = {}
    for mention in (*_in_front(view, project, front), *_beside(view, match, project)):
        if id(mention) not in known and not (mention.entities and states.issuperset(mention.entities)):
            found.setdefault(mention.first, mention)
    bindings = match.bindings
    if front != project.first and all(isinstance(item, str) for item in project.items):
        shorter = replace(project, first=front, items=(view.text(front, project.last),))
        bindings = tuple(shorter if b is project else b for b in bindings)
    if bindings is match.bindings and not found:
        return match
    return replace(match, bindings=(*bindings, *(Binding("participant", "actor", "*", False, m.first, m.last, (m,)) for m in found.values())))


def _front(view: SentenceView, project: Binding) -> int:
    """Where the project's own words begin behind "Chilean-funded", "long-delayed"."""
    at = project.first
    if view.word(at) == "-" and view.word(at - 1) in _HOW and view.word(at + 1) in _LONG and at + 2 < project.last:
        return at + 2
    while at + 3 < project.last and view.word(at + 1) == "-" and (
            view.word(at + 2) in _BACKED or (view.word(at) in _HOW and view.word(at + 2) in _LONG)):
        at += 3
    return _whole(view, project) if at == project.first else at


def _whole(view: SentenceView, project: Binding) -> int:
    """Where the noun phrase begins of which only the end was caught with its place: "sugar | mill at Lamu"."""
    at = project.first
    phrase = next((p for p in view.phrases if p.first < at < p.last < project.last), None)
    if phrase is None or view.word(phrase.last) not in ("in", "at") or not all(isinstance(item, str) for item in project.items):
        return at
    while (
        at - 1 >= phrase.first
        and project.first - at < 3
        and view.tokens[at - 1].text.isalpha()
        and view.tokens[at - 1].text.islower()
        and not (
            view.word(at - 1) in DETERMINERS
            or view.word(at - 1) in EPITHETS_OF_THINGS | _SHARED
            or any(m.first <= at - 1 < m.last and m.kind not in _KINDS for m in view.mentions)
        )
    ):
        at -= 1
    return at


def _in_front(view: SentenceView, project: Binding, front: int) -> Iterator[Mention]:
    """The lands of "Chilean-funded", "Chilean-built, Peruvian-run" before the project."""
    at = front
    while view.word(at - 2) == "-" and view.word(at - 1) in _BACKED:
        yield from (m for m in view.mentions if m.last == at - 2 and m.kind in _GIVERS)
        at -= 3
        at -= view.word(at - 1) in (",", "and")


def _beside(view: SentenceView, match: Match, project: Binding) -> Iterator[Mention]:
    """Those named in the clause behind the project and its verb, or in front of both."""
    group = match.group
    own = {group.first} if group is not None else set()
    reach = max(project.last, group.last if group is not None else 0)
    stop = next((g.first for g in view.groups if g.first >= reach and g.first not in own), len(view))
    stop = min([stop, *(k for k in range(reach, len(view)) if view.word(k) in _BREAKS)])
    yield from _given(view, reach, stop)
    if reach > project.last and group is not None and group.first > project.last:
        yield from _given(view, project.last, min([group.first, *(g.first for g in view.groups if g.first >= project.last)]))
        yield from _told_between(view, project.last, group.first)
    start = min(project.first, group.first if group is not None else project.first)
    if not any(g.first < start for g in view.groups) and not _BREAKS & {*view.words[:start]}:
        yield from _given(view, 0, start)
    yield from _paid_by(view, stop, reach)


def _given(view: SentenceView, first: int, last: int) -> Iterator[Mention]:
    """Those whose means, or whose company, words at [first, last) tell of."""
    for at in range(first, last):
        if view.word(at - 1) == "and" and at > first:
            continue  # "..., and with Chilean support it joined"
        for lead in _TOGETHER:
            if tuple(view.words[at:at + len(lead)]) == lead:
                yield from _giver(view, at + len(lead))
        if view.word(at) == "by":
            yield from _builder(view, at + 1)
        for lead in _LEADS:
            if tuple(view.words[at:at + len(lead)]) == lead:
                yield from _means(view, at + len(lead), last)


def _means(view: SentenceView, at: int, last: int) -> Iterator[Mention]:
    """The giver of "Chilean money", "the help of Chile", "a grant from Chile" at token `at`."""
    end = next((k for k in range(at, min(at + 7, last)) if view.word(k) in _MEANS), -1)
    if end < 0 or {",", "and", "to", "for", "of", "in"} & {*view.words[at:end]}:
        return
    if view.word(end + 1) in _OF:
        yield from _giver(view, end + 2)
    yield from (
        m
        for m in view.mentions
        if m.kind == "state" and at <= m.first < m.last <= end and (m.form == "adjective" or view.word(m.last) in ("'s", "’s"))
    )


def _builder(view: SentenceView, at: int) -> Iterator[Mention]:
    """The land of "a Chilean contractor" at token `at`, which has no name."""
    at += view.word(at) in DETERMINERS
    land = next((m for m in view.by_first.get(at, ()) if m.kind == "state" and m.form == "adjective"), None)
    if land is None:
        return
    end = next((k for k in range(land.last, min(land.last + 3, len(view))) if view.word(k) in _BUILDERS), -1)
    if end >= 0 and (end + 1 >= len(view) or not view.tokens[end + 1].text[:1].isupper()):
        yield land


def _giver(view: SentenceView, at: int) -> Iterator[Mention]:
    """The actor named at token `at`."""
    at += view.word(at) in DETERMINERS
    named = [m for k in (at, at - 1) for m in view.by_first.get(k, ()) if m.kind in _GIVERS and m.form != "adjective"]
    if named:
        yield max(named, key=lambda m: m.last)
    elif (land := next((m for m in view.by_first.get(at, ()) if m.kind == "state" and m.form == "adjective"), None)) is not None:
        behind = next((k for k in range(land.last, min(land.last + 3, len(view))) if view.tokens[k].text[:1].isupper()), land.last)
        if all(view.word(k) in _BUILDERS for k in range(land.last, behind)):  # "the Russian company Rosatom"
            yield from (m for m in view.by_first.get(behind, ()) if m.kind in _GIVERS and m.form == "name")


def _told_between(view: SentenceView, first: int, last: int) -> Iterator[Mention]:
    """Those whom an aside between a project and its verb names: "the dam, financed by Chile and built by Salini, was opened"."""
    if view.word(last - 1) != "," or "," not in view.words[first:last - 1] or any(
            first <= g.first < last and g.form == "finite" and "by" not in view.words[g.last:g.last + 2] for g in view.groups):
        return
    for aside in view.groups:
        if first < aside.first < last and aside.lemma in _PAID and view.word(aside.first - 1) in (",", "and"):
            by = next((k for k in range(aside.last, min(aside.last + 3, last)) if view.word(k) == "by"), -1)
            if by >= 0:
                yield from (found := tuple(_giver(view, by + 1)))
                for giver in found:
                    if view.word(giver.last) == "and":
                        yield from _giver(view, giver.last + 1)  # "built by Salini and Eni"
                if not found:
                    yield from _builder(view, by + 1)


def _paid_by(view: SentenceView, at: int, reach: int) -> Iterator[Mention]:
    """Whoever an aside at token `at` says paid for it: ", financed by Chile"."""
    aside = next((g for g in view.groups if g.first == at), None)
    if (
        aside is None
        or not (aside.form == "participle" or aside.last - aside.first == 1)
        or aside.lemma not in _PAID
        or view.word(at - 1) != ","
        or "," in view.words[reach : at - 1]
    ):
        return
    by = next((k for k in range(aside.last, min(aside.last + 3, len(view))) if view.word(k) == "by"), -1)
    if by >= 0:
        yield from (found := tuple(_giver(view, by + 1)))
        if not found:
            yield from _builder(view, by + 1)
