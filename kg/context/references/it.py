"""What "it" and "its" mean: the one thing or state that its sentence or the one before speaks of."""

from __future__ import annotations

from collections.abc import Sequence

from kg.context.clauses import Clauses
from kg.context.references.memory import Memory, Seen, distinct
from kg.context.references.position import behind_preposition, is_object
from kg.context.references.works import works_before
from kg.context.words import words
from kg.model import Entity, Mention
from kg.words import VerbGroup, closed

__all__ = ["it"]

_IMPERSONAL = words("references", "impersonal")
_OPENING = 3  # tokens before the subject of a sentence that speaks of one thing: "In 2010 the firm"
_SINGLE = frozenset({"state", "organisation", "company", "institution", "facility", "agreement", "project", "body"})
_OF_PAPERS = frozenset(
    "renew ratify amend extend sign initial terminate prolong conclude denounce supersede expire lapse stipulate enter come replace regulate abolish".split())
_OF_WORKS = words("references", "works")
_BUILDING = words("references", "building")
_OPENING_UP = words("references", "opening-up")
_STATE_OF_WORKS = words("references", "state-of-works")
_DONE_WITH = words("references", "done-with")
_OF_BODIES = words("references", "of-bodies")
_SIZES = words("references", "sizes")
_NO_OBJECT = closed.PREPOSITIONS | closed.CONJUNCTIONS | closed.PUNCTUATION


def _acting_since(here: list[Seen], low: list[str], finite: list[VerbGroup], at: int) -> Seen | None:
    """The firm or organisation that a clause behind ", and" or ", while" has for its subject: "Eni waited, and Shell has left Chad, where it had a field"."""
    for s in reversed(here):
        if s.kind not in ("company", "organisation", "state") or s.adjective or len(s.entities) != 1:
            continue
        opener = s.first - 1 - (low[s.first - 1] == "the")
        if opener < 2 or low[opener] not in ("and", "but", "while", "whereas") or low[opener - 1] != ",":
            continue
        verb = next((g.first for g in finite if g.first > s.first), at)
        comma = next((k for k in range(s.first + 1, verb) if low[k] == ","), verb)
        plain = comma - s.first <= 4 and not any(closed.is_adverb(w) or w in closed.PREPOSITIONS for w in low[s.first + 1:comma - 1])
        aside = comma == verb or (low[verb - 1] == "," and verb - comma <= 12)
        if verb < at and plain and aside and "," not in low[verb:at - 2] and not {"and", "but", "while"}.intersection(low[verb:at]):
            return s
    return None


def it(memory: Memory, m: Mention, low: list[str], clauses: Clauses) -> tuple[Entity, ...]:
    """What "it" and "its" are, () where "it" stands for nothing or for several."""
    head = low[m.first]
    if head == "it" and _expletive(m, low):
        return ()
    finite = [g for g in clauses.groups if g.form == "finite"]
    here = [s for s in memory.before(m) if not s.plural and s.kind in _SINGLE]
    if head == "it" and (given := _given_to(m, low, here, finite)):
        return given
    if head == "its" and m.first > 1 and low[m.first - 1] == ",":  # "ties with Azerbaijan, its closest partner": not its own
        beside = [s for s in here if s.kind == "state" and not s.adjective and m.first - 3 <= s.first < m.first - 1]
        others = distinct([s for s in here if s not in beside and s.kind == "state" and not any(e in b.entities for b in beside for e in s.entities)])
        if beside and len(others) == 1 and len(distinct(beside)) == 1:
            return (others[0],)
    if head == "it":  # "in Peru it has invested": not the place
        here = [s for s in here if s.subject or s.kind != "state" or not behind_preposition(s.first, low)]
    opener = clauses.groups[0] if clauses.groups else None
    opened = head == "it" and opener is not None and opener.first == 0 and opener.form in ("participle", "gerund") and low[m.first - 1] == ","
    if opened:
        here = []  # "Built by Vinci in 1990, it carries": what the sentence before spoke of
    start = clauses.segment(m.first).first
    subjects = distinct([s for s in here if s.subject])
    own = clauses.segment(m.first).groups
    if own and start:  # the subject of the pronoun's own clause
        inside = distinct(
            [
                s
                for s in here
                if start <= s.first < clauses.groups[own[0]].first
                and not s.adjective
                and not behind_preposition(s.first, low[: s.first])
            ]
        )
        if len(inside) == 1 and clauses.groups[own[0]].last <= m.first:
            return (inside[0],)
    acts = any(m.last <= g.first <= m.last + 1 for g in finite)  # "Eni said it would leave"
    object_of = next((g for g in finite if head == "it" and not acts and (g.last == m.first or (low[m.first - 1] == "of" and 0 < m.first - g.last <= 5))), None)
    if object_of is not None:  # "Italy supports it": nobody who does it himself
        doing = next((g.first for g in finite if g.first >= start), object_of.first)
        here = [s for s in here if not start <= s.first < doing]
        if len(things := distinct(s for s in here if s.kind != "state")) == 1:
            return (things[0],)  # "welcomed the railway and agreed to complete it"
        subjects = distinct([s for s in here if s.subject])
    if head == "it" and m.first and low[m.first - 1] == "of" and len(works := distinct(s for s in here if s.kind in ("project", "facility", "agreement"))) == 1:
        return (works[0],)  # "Abengoa is building a plant; the first part of it was opened"
    if head == "it" and is_object(m, low, clauses) and (topic := _topic_before(memory, here)):
        return topic  # "Enel is a power company. Eni owns 40 percent of it"
    if head == "it" and object_of is None and (fitting := _what_is_said_of(m, clauses, here, works_before(memory, memory.index, m.first))):
        return fitting  # "They signed a treaty; it was renewed in 2010"
    if here:
        if head == "it" and object_of is None and (acting := _acting_since(here, low, finite, m.first)) is not None:
            return acting.entities
        if len(subjects) == 1:
            return (subjects[0],)
        if len(subjects) > 1:
            near = distinct([s for s in here if s.first >= start])
            return (near[0],) if len(near) == 1 and near[0] in subjects else ()
        found = distinct([s for s in here if s.first >= start])
        return (found[0],) if len(found) == 1 and len(distinct(here)) == 1 else ()
    told = [g for g in finite if g.first < m.first and not any(w in ('"', "”", "»") for w in low[g.last : m.first])]  # not what is quoted before
    if told and object_of is None and not opened:
        return ()
    index = memory.index - 1
    if not memory.near(index):
        return ()
    before = [s for s in memory.told(index) if s.kind in _SINGLE and not s.plural]
    if object_of is not None:
        before = [s for s in before if s.kind != "state"]
    elif head == "it" and (fitting := _what_is_said_of(m, clauses, before, works_before(memory, index))):
        return fitting
    elif head == "its" and (measured := _measured(m, low, before, works_before(memory, index))):
        return measured
    subjects = distinct([s for s in before if s.subject])
    if len(subjects) == 1:
        return (subjects[0],)
    found = distinct(before)
    if len(subjects) > 1 and head == "it" and len(things := distinct(s for s in before if s.kind != "state")) == 1:
        return (things[0],)  # "Chad and Togo signed a pact. It has": not the two
    if head == "it" and any(s.kind == "state" and s.placed for s in before):
        return ()  # "Vale came to Peru. It has invested": somebody else
    return (found[0],) if len(found) == 1 and not subjects else ()


def _given_to(m: Mention, low: list[str], here: Sequence[Seen], finite: Sequence[VerbGroup]) -> tuple[Entity, ...]:
    """The one other state of a sentence whose subject gives "it" something more, or takes it "from it": "lent Chad 2 million and gave it maize"."""
    behind = low[m.last] if m.last < len(low) else "."
    given = (
        any(g.last == m.first for g in finite)
        and behind not in closed.PREPOSITIONS | closed.CONJUNCTIONS | closed.PUNCTUATION
        and not closed.is_adverb(behind)
    )
    if not given and low[m.first - 1] not in ("from", "to"):
        return ()
    states = [s for s in here if s.kind == "state" and not s.adjective]
    doing = distinct(s for s in states if s.subject)
    others = distinct(s for s in states if s.entities[0] not in doing)
    return (others[0],) if len(doing) == 1 and len(others) == 1 else ()


def _topic_before(memory: Memory, here: Sequence[Seen]) -> tuple[Entity, ...]:
    """The one subject of the sentence before, where it does not act in this one and nothing else of its kind was named since."""
    index = memory.index - 1
    if not memory.in_paragraph(index):
        return ()
    before = [s for s in memory.told(index) if s.subject and s.first <= _OPENING and s.kind in _SINGLE and not (s.plural or s.adjective or s.placed)]
    topics = distinct(before)
    if len(topics) != 1 or any(topics[0] in s.entities or (s.kind == before[0].kind and not s.subject) for s in here):
        return ()
    return (topics[0],) if len(distinct(s for s in here if s.kind == before[0].kind)) < 2 else ()


def _what_is_said_of(m: Mention, clauses: Clauses, before: Sequence[Seen], works: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """The one agreement or work of the sentence before, where the verb behind "it" is said of such: "It was ratified", "It will carry oil"."""
    group = next((g for g in clauses.groups if g.form == "finite" and m.last <= g.first <= m.last + 1), None)
    if group is None:
        return ()
    papers = group.lemma in _OF_PAPERS and (
        group.voice == "passive"
        or group.lemma in ("expire", "lapse", "stipulate", "regulate", "replace", "supersede", "abolish")
        or (group.lemma in ("enter", "come") and "force" in [t.lower for t in clauses.tokens[group.last : group.last + 3]])
    )
    kinds: tuple[str, ...] = ("agreement",) if papers else ()
    behind = [t.lower for t in clauses.tokens[group.last : group.last + 1]]
    bare = not behind or behind[0] in _NO_OBJECT or behind[0].isdigit() or closed.is_adverb(behind[0])
    firm = any(s.kind in ("company", "institution") and s.subject for s in before)
    if (
        group.lemma in _OF_WORKS
        or (group.voice == "passive" and (group.lemma in _BUILDING or any(f"{group.lemma} {word}" in _DONE_WITH for word in behind)))
        or (group.lemma in _OPENING_UP and bare)
        or (group.lemma == "be" and not firm and behind and behind[0] in _STATE_OF_WORKS)
    ):
        kinds = ("project", "facility")
    elif group.lemma in _OF_BODIES and bare:
        kinds = ("body",)
    found = distinct(s for s in before if s.kind in kinds and not s.plural)
    if not found and "project" in kinds:
        return works
    return (found[0],) if len(found) == 1 else ()


def _measured(m: Mention, low: list[str], before: Sequence[Seen], works: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """The one work of the sentence before, where "its" stands at a size or cost: "Its capacity is 40 megawatts"."""
    if not _SIZES.intersection(low[m.last : m.last + 3]) or any(s.kind in ("company", "institution") and s.subject for s in before):
        return ()
    found = distinct(s for s in before if s.kind in ("project", "facility") and not s.plural)
    return (found[0],) if len(found) == 1 else works if not found else ()


def _expletive(m: Mention, low: list[str]) -> bool:
    """Whether "it" stands for nothing: "it is necessary", "it was in Lima that"."""
    after = low[m.last : m.last + 5]
    if after[:1] and after[0] in closed.BE | closed.MODALS | {
        "'s",
        "seems",
        "remains",
        "became",
        "has",
        "appears",
        "makes",
        "takes",
    }:
        cleft = after[1:2] != [] and after[1] in closed.PREPOSITIONS and "that" in low[m.last : m.last + 14]
        return cleft or any(w in _IMPERSONAL for i, w in enumerate(after[1:], 2) if w != "worth" or not _money_like(after[i:i + 2]))
    return False


def _money_like(behind: list[str]) -> bool:
    """Whether a figure stands behind "worth": "it is worth 5 million", not "it is worth a visit"."""
    return any(w[:1].isdigit() or w in ("$", "€", "£") for w in behind)
