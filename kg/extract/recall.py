"""What a match takes up from the text before it: the fact that it goes on from, the thing or the land spoken of last."""

from __future__ import annotations

from collections.abc import Sequence

from kg.cards import Rule
from kg.extract.facts import overlap
from kg.extract.figures import OF_WHAT
from kg.extract.reading import Reading
from kg.extract.roles import Draft, localised
from kg.extract.words import words
from kg.match import Match, SentenceView
from kg.model import Concept, Entity, Fact, Mention

_BACK = 3  # sentences that a rule looks back which fills roles with "before"


def fact_before(reading: Reading, view: SentenceView, start: int, rule: Rule, facts: Sequence[Fact], topics: Sequence[Fact]) -> Fact | None:
    """The nearest fact of the rule's type that stands before a place, at most three sentences back, or what was spoken of there without a figure.

    Where it says what the figure is of ("it reached $5 billion"), a figure of another type that stands nearer hides it.
    """
    at = reading.places[view.sentence.start]
    earliest = reading.sentences[max(0, at - _BACK)].start
    told = any(role == OF_WHAT.get(rule.type) and filler == "before" for role, filler in rule.fill)
    kinds = {*OF_WHAT} if told else {rule.type}

    def nearest(among: Sequence[Fact]) -> Fact | None:
        found = [f for f in among if f.type in kinds and earliest <= f.evidence[0].start < start]
        return max(found, key=lambda f: (f.evidence[0].start, f.type == rule.type, f.evidence[0].end), default=None)

    last = nearest(facts)
    if told or rule.type == "Membership" or (last is None and rule.type in OF_WHAT):
        sentence = 0 if last is None else max(s.start for s in reading.sentences[:at + 1] if s.start <= last.evidence[0].start)
        spoken = nearest([t for t in topics if last is None or not any(
            s.start == sentence and t.evidence[0].start < s.end for s in reading.sentences[max(0, at - _BACK):at + 1])])
        if spoken is not None and (last is None or spoken.evidence[0].start >= last.evidence[0].end):
            last = spoken
    if last is not None and last.evidence[0].start < view.sentence.start and _of_figure_here(view, start):
        return None
    if last is not None and last.type != rule.type:  # the same words may tell a figure of both types
        last = max(
            (f for f in facts if f.type == rule.type and f.evidence[0].start < start and overlap(f, last)),
            key=lambda f: f.evidence[0].start,
            default=None,
        )
    if last is not None and last.type == rule.type == "TradeFigure" and ("flow", "before") in rule.fill and last.evidence[0].start < view.sentence.start:
        last = _whole(reading, last, [f for f in facts if f.type == "TradeFigure" and earliest <= f.evidence[0].start < start])
    return last if last is not None and last.type == rule.type else None


def _of_figure_here(view: SentenceView, start: int) -> bool:
    """Whether a match that begins with "that" takes up a figure of its own sentence: "its share was 3 percent, | that of Chile 9"."""
    first = next((i for i, token in enumerate(view.tokens) if token.start >= start), 0)
    return view.word(first) == "that" and any(
        m.kind in ("percent", "money", "number", "quantity") and m.last <= first for m in view.mentions)


def _whole(reading: Reading, last: Fact, among: Sequence[Fact]) -> Fact:
    """The trade that "the figure" of a new sentence is: all of it, where the sentence before told its two parts, or "of which" one."""
    sentence = next(s for s in reversed(reading.sentences) if s.start <= last.evidence[0].start)
    flows = {flow.word for f in among if f.evidence[0].start >= sentence.start for flow in f.values("flow") if isinstance(flow, Concept)}
    if last.activity.rule != "trade-of-which" and not {"exports", "imports"} <= flows:
        return last
    sides = {*last.values("reporter"), *last.values("partner")}
    whole = [f for f in among if any(isinstance(flow, Concept) and flow.word == "total" for flow in f.values("flow"))
             and {*f.values("reporter"), *f.values("partner")} == sides]
    return max(whole, key=lambda f: f.evidence[0].start, default=last)


def land_of(reading: Reading, view: SentenceView, match: Match) -> Entity | None:
    """The state whose unemployment "unemployment" is: the only one named before in the sentence, or else in the one before of the paragraph."""
    at = reading.places[view.sentence.start]
    above = reading.sentences[at - 1] if at > 0 and reading.sentences[at - 1].paragraph == view.sentence.paragraph else None
    views = [view] + [v for v in reading.views if above is not None and v.sentence.start == above.start]
    for one in views:
        named = {m.entities for m in one.mentions if m.kind in ("state", "pair", "pronoun") and m.entities and all(e.kind == "state" for e in m.entities)
                 and (one is not view or m.last <= match.first) and not (m.form == "adjective" and one.word(m.last).endswith("s"))}
        if named:
            found = named.pop() if len(named) == 1 else ()
            return found[0] if len(found) == 1 else None
    return None


def held_by(match: Match, facts: Sequence[Fact], document_hash: str) -> Fact | None:
    """The office told last of the person whom the match caught for no role of its own ("Timo Soini, who replaced Eva Niemi"), or else of
    the one it caught ("Trade Minister Eva Niemi took office in May")."""
    roles = ("",) if any(not b.role and b.type == "person" for b in match.bindings) else ("person",)
    people = {
        localised(e, document_hash).iri
        for b in match.bindings
        if (b.role or "") in roles
        for i in b.items
        if not isinstance(i, str)
        for e in i.entities
        if e.kind == "person"
    }
    held = [f for f in reversed(facts) if f.type == "OfficeHolding" and people & {p.iri for p in f.values("person") if isinstance(p, Entity)}]
    return next((f for f in held if f.values("accreditedTo") and f.values("office") == held[0].values("office")), held[0]) if held else None


def spoken_of(reading: Reading, view: SentenceView, match: Match, facts: Sequence[Fact], role: str) -> Entity | None:
    """The project or facility (for a session, the joint body) spoken of last before a match, at most three sentences back; of several
    the one that facts tell of."""
    kinds = ("body", "event") if role == "participant" else ("organisation",) if role == "organisation" else ("project", "facility")
    at = reading.places[view.sentence.start]
    told = {e.iri for f in facts for r in ("project", "body") for e in f.values(r) if isinstance(e, Entity)}
    for back in range(_BACK + 1):
        if at < back:
            break
        near = [m for m in reading.views[at - back].mentions if m.kind in kinds and (back or m.last <= match.first)]
        near = [m for m in near if not any(o is not m and o.first <= m.first and m.last <= o.last and o.last - o.first > m.last - m.first for o in near)]
        if role == "project":
            near = [m for m in near if not _is_only_where(reading.views[at - back], m) or any(e.iri in told for e in m.entities)]
        things = {e.iri: e for m in near for e in m.entities if role != "organisation" or not e.state}
        if things and role == "organisation":
            return localised(next(iter(things.values())), reading.document.sha256) if len(things) == 1 else None
        if things:
            if role == "participant":
                chosen = [e for e in list(things.values())[-1:] if e.kind == "body"]  # "A second meeting" of a forum is no body's
            else:
                chosen = [e for e in things.values() if e.iri in told] if len(things) > 1 else list(things.values())
            return localised(chosen[-1], reading.document.sha256) if chosen else None
    start, earliest = view.tokens[match.first].start, reading.sentences[max(0, at - _BACK)].start
    last = max((f for f in facts if f.type == "ProjectStatus" and earliest <= f.evidence[0].start < start), key=lambda f: f.evidence[0].start, default=None)
    told_last = [e for e in last.values("project") if isinstance(e, Entity)] if last is not None and role in ("project", "subject") else []
    return told_last[0] if len(told_last) == 1 else None  # "will upgrade the parliament complex. The work will begin in May"


def _is_only_where(view: SentenceView, m: Mention) -> bool:
    """Whether a port or town only says where something is: "off the northern port of Soyo"."""
    before = view.word(m.first - 2) if view.word(m.first - 1) in ("the", "a") else view.word(m.first - 1)
    return m.kind == "facility" and before in ("in", "at", "near", "off", "from", "to", "outside", "around")


_PLANTS = words("recall", "plants")
_PLANT_WORDS = words("recall", "plant-words")
_TAKEN_UP = {
    "project": frozenset("project scheme venture undertaking initiative facility complex works plan".split()),
    "agreement": frozenset("agreement document deal text instrument accord pact treaty".split()),
}


def is_of_amount(view: SentenceView, match: Match, before: Fact) -> bool:
    """Whether the sum with which a match begins is that of the fact it goes on with: the "(+10%)" of "exports of $2 bn (+10%)" is no change of
    the trade told before. True of every match that begins otherwise."""
    sums = [m.value.number for m in view.by_first.get(match.first, ()) if m.kind == "money" and m.value is not None]
    if before.type != "TradeFigure" or ("flow", "before") not in match.rule.fill or not sums or not any(b.role == "changePercent" for b in match.bindings):
        return True
    return not before.values("amount") or any(n == amount for n in sums for amount in before.values("amount"))


def take_up(draft: Draft, match: Match, before: Fact | None) -> None:
    """Fills a project or agreement that is only referred to ("the scheme", "the plant") with that of the fact told last, where nothing else was found
    and its name ends in the same noun or the reference is a general one."""
    for role, general in _TAKEN_UP.items():
        if before is None or before.type != draft.type:
            continue
        emptied = bool(draft.roles.get(role)) and _stands_in(draft, match, before, role)
        if draft.roles.get(role):
            continue
        noun = next((i.text.lower().split()[-1] for b in match.bindings if b.role == role for i in b.items
                     if not isinstance(i, str) and i.form == "reference" and (emptied or not i.entities)), "")
        told = [e for e in before.values(role) if isinstance(e, Entity)]
        if noun and not noun.endswith("s") and len(told) == 1 and (noun in general or _bears(told[0].label, noun)):
            draft.add(role, told[0])


def _stands_in(draft: Draft, match: Match, before: Fact, role: str) -> bool:
    """Whether a reference was taken for something of another name ("the station" for a plant) though the fact before tells of what bears it;
    the role is then emptied."""
    told = [e for e in before.values(role) if isinstance(e, Entity)]
    nouns = {i.text.lower().split()[-1] for b in match.bindings if b.role == role for i in b.items if not isinstance(i, str) and i.form == "reference"}
    found = [e for e in draft.roles[role] if isinstance(e, Entity)]
    if (
        role != "project"
        or len(told) != 1
        or len(nouns) != 1
        or len(found) != 1
        or (noun := next(iter(nouns))) in _named(found[0])
        or noun not in _named(told[0])
    ):
        return False
    del draft.roles[role]
    return True


def _named(entity: Entity) -> list[str]:
    return entity.label.lower().replace("-", " ").split()


def _bears(label: str, noun: str) -> bool:
    """Whether a noun stands for what bears a name: its own noun, or "the plant" for a tannery."""
    named = label.lower().replace("-", " ").split()
    return noun in named or (noun in _PLANT_WORDS and bool(_PLANTS.intersection(named)))
