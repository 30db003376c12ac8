"""Which office is whose where names and titles stand in a row, and who holds which office said once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extract.facts import content_of, term_key
from kg.extract.words import words
from kg.match import Match, SentenceView
from kg.model import Entity, Fact, Mention


def is_of_another(view: SentenceView, match: Match) -> bool:
    """Whether the office that a match caught is that of the name before it or behind it."""
    return match.rule.type == "OfficeHolding" and (_of_the_next(view, match) or _of_the_last(view, match))


def _of_the_next(view: SentenceView, match: Match) -> bool:
    """Whether the office behind a name is that of the name behind it: "the President of Chile, Ms Lima, the President of Peru, Mr Soto"."""
    person, office = (next((b for b in match.bindings if b.role == role), None) for role in ("person", "office"))
    if person is None or office is None or office.first < person.last or view.word(office.last) != ",":
        return False
    titled = any(
        m.kind == "person"
        and m.last == person.last
        and any(
            o.kind == "office" and m.first <= o.first and o.last <= person.first and (view.word(o.last) == "," or o.last == person.first)
            for o in view.mentions
        )
        for m in view.mentions
    )
    titled = titled or view.word(person.first - 1) in _PEERS  # "his counterpart X, the governor of the bank, Ms Y, and"
    return titled and any(m.kind == "name" and office.last < m.first <= office.last + 6 and "," not in view.words[office.last + 1:m.first]
                          and not any(g.first <= m.first and g.first > office.last for g in view.groups) for m in view.mentions)


def _of_the_last(view: SentenceView, match: Match) -> bool:
    """Whether the office before a name is that of the name in front of it: "Juan Soto, President of Chile, Ana Lima, President of Peru, met"."""
    person, office = (next((b for b in match.bindings if b.role == role), None) for role in ("person", "office"))
    if person is None or office is None or office.last > person.first or view.word(office.last) != "," or view.word(person.last) != ",":
        return False
    at = office.first
    if view.word(at - 1) == "," and view.word(at - 2) in _POST_NOMINALS and view.word(at - 3) == ",":
        at -= 2  # "Juan Soto, MP, | President of Chile, Ana Lima"
    while view.word(at - 1) in ("and", "the") or any(o.kind == "office" and o.last == at for o in view.mentions):
        at = at - 1 if view.word(at - 1) in ("and", "the") else next(o.first for o in view.mentions if o.kind == "office" and o.last == at)
    before = next((m for m in view.mentions if m.kind in ("name", "person") and view.word(at - 1) == "," and (
        m.last == at - 1 or (m.last == at - 2 and view.tokens[m.last].text[:1].isupper()))), None)
    if before is None or any(o.kind == "office" and (o.last == before.first or (before.first <= o.first and o.last <= before.last)) for o in view.mentions):
        return False
    return view.word(person.last + 1) != "and" and any(o.kind == "office" and person.last < o.first <= person.last + 3 for o in view.mentions)


_PAST = words("homes", "past")
_POST_NOMINALS = words("extractor", "post-nominals")
_PEERS = frozenset({"counterpart", "colleague", "homologue"})
def of_that_state(view: SentenceView, office: Mention, match: Match) -> bool:
    """Whether an office is of the very state whose "counterpart" a match tells of: "called on the Togolese president with his Togolese counterpart"."""
    if ("office", "counterpart") not in match.rule.fill:
        return False
    own = {e.iri for b in match.bindings if b.role == "of" for i in b.items if isinstance(i, Mention) for e in i.entities}
    return any(s.kind == "state" and own & {e.iri for e in s.entities} and office.first - 1 <= s.last <= office.last for s in view.mentions)


_BARE = frozenset({"minister", "the minister"})


def drop_vague_offices(facts: list[Fact]) -> list[Fact]:
    """Leaves out that "the minister" is a minister, where the text says of which department he is one."""
    def offices(fact: Fact) -> set[str]:
        return {getattr(t, "word", "") for t in fact.values("office")}

    clear = {t.iri for f in facts if f.type == "OfficeHolding" and any(o.endswith("-minister") or o.startswith("minister-") for o in offices(f))
             for t in f.values("person") if isinstance(t, Entity)}
    return [
        f
        for f in facts
        if f.type != "OfficeHolding"
        or offices(f) != {"minister"}
        or any(str(title).lower() not in _BARE for title in f.values("officeTitle"))
        or not any(isinstance(t, Entity) and t.iri in clear for t in f.values("person"))
    ]


def fold_offices(facts: Sequence[Fact]) -> list[Fact]:
    """The facts, with who holds which office said once: whoever is quoted, a title is said in passing; one that does not
    say whose it is gives way to one that does."""
    said = {(e, o): f for f in facts if f.type == "OfficeHolding" and f.status == "Asserted" for e, o in [_held(f)] if any(r == "of" for r, _ in f.roles)}
    plain = {content_of(f)[:3] for f in facts if f.type == "OfficeHolding" and not f.stated_by}
    out: list[Fact] = []
    for fact in facts:
        if fact.type == "OfficeHolding":
            other = said.get(_held(fact))
            if other is not None and not any(r == "of" for r, _ in fact.roles):
                continue
            if _is_said_better(fact, facts):
                continue
            if fact.stated_by and content_of(fact)[:3] in plain:
                fact = replace(fact, stated_by=())
        out.append(fact)
    return out


def _is_said_better(fact: Fact, facts: Sequence[Fact]) -> bool:
    """Whether an envoy's credentials tell no more than the post told of elsewhere, or a title alone, in whose state it is read, stands
    against the state told elsewhere."""
    others = [f for f in facts if f is not fact and f.type == "OfficeHolding" and _held(f) == _held(fact) and f.values("of")]
    if fact.activity.rule == "office-holder-known" and not fact.date and any(
            f.type == "OfficeHolding" and f.activity.rule != "office-holder-known" and _seat(f) == _seat(fact) and f.values("person") != fact.values("person")
            and not any(isinstance(p, Entity) and p.known for p in f.values("person")) and f.status == "Asserted" and not f.date and not f.end_date
            and not is_past(f) for f in facts):
        return True  # the text gives the office to somebody of whom nothing is known
    if fact.activity.rule == "office-holder-known":
        return bool(others) and all(f.values("of") != fact.values("of") for f in others if f.activity.rule != fact.activity.rule) and any(
            f.activity.rule != fact.activity.rule for f in others)
    return fact.activity.rule == "office-accredited" and not fact.values("accreditedTo") and any(
        f.values("accreditedTo") and f.values("of") == fact.values("of") for f in others)


def _seat(fact: Fact) -> tuple[str, str]:
    return tuple(next((term_key(t) for r, t in fact.roles if r == role), "") for role in ("office", "of"))  # type: ignore[return-value]


def is_past(fact: Fact) -> bool:
    """Whether the title says that the office was held before."""
    return any(isinstance(t, str) and _PAST & set(t.lower().replace("-", " ").split()) for t in fact.values("officeTitle"))


def _held(fact: Fact) -> tuple[str, str]:
    return tuple(next((term_key(t) for r, t in fact.roles if r == role), "") for role in ("person", "office"))  # type: ignore[return-value]
