"""Which states a sentence names: those of the pair, others, both together, those in the name of a body."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.reading import Reading
from kg.extract.words import words
from kg.match import Match, SentenceView
from kg.model import Entity


def states_in_body(view: SentenceView, match: Match) -> list[Entity]:
    """The states in the name of the body that a match caught: "the Peruvian-Chilean Business Council"."""
    bodies = [i for b in match.bindings for i in b.items if not isinstance(i, str) and i.kind in ("body", "organisation")]
    found = {e.iri: e for body in bodies[:1] for m in view.mentions if m.kind == "state" and body.first <= m.first and m.last <= body.last
             for e in m.entities}
    return list(found.values())


def dealt_elsewhere(view: SentenceView, pair: Sequence[Entity]) -> bool:
    """Whether the sentence tells of dealings of one of the pair with a third state: "Sweden signed the treaty and ceded a third of its land to Russia"."""
    named = {e.iri for m in view.mentions for e in m.entities if e.kind == "state"} | {
        e.state for m in view.mentions if m.kind in ("person", "institution", "place") for e in m.entities if e.state}
    third = any(
        m.kind == "state"
        and m.form in ("name", "metonym")
        and view.word(m.first - 1) in ("to", "with")
        and m.entities
        and m.entities[0].iri not in {s.iri for s in pair}
        for m in view.mentions
    )
    return third and len(pair) == 2 and sum(s.iri in named for s in pair) == 1


def named_near(reading: Reading, view: SentenceView) -> Entity | None:
    """The one of the pair that a sentence names, or else the two before it in its paragraph; None where it is neither or both."""
    at = reading.places[view.sentence.start]
    for near in (reading.views[k] for k in range(at, max(-1, at - 3), -1)):
        named = {e.iri for m in near.mentions if m.kind == "state" for e in m.entities if e in reading.pair}
        if near.sentence.paragraph != view.sentence.paragraph or len(named) > 1:
            return None
        if named:
            return next(s for s in reading.pair if s.iri in named)
    return None


def names_third(view: SentenceView, match: Match, pair: Sequence[Entity]) -> bool:
    """Whether a state other than the pair's is named by what the match caught or right behind it: "bought Linio, a Mexican retailer, for"."""
    return any(m.kind == "state" and match.first <= m.first < match.last + 6 and not any(e in pair for e in m.entities) for m in view.mentions)


def is_touched(reading: Reading, view: SentenceView) -> bool:
    """Whether a sentence, or one of the two before it in its paragraph, tells of the pair or of one of its states."""
    at = reading.places[view.sentence.start]
    near = [v for v in reading.views[max(0, at - 2):at + 1] if v.sentence.paragraph == view.sentence.paragraph]
    return any(e in reading.pair or e.state in {s.iri for s in reading.pair} for v in near for m in v.mentions for e in m.entities)


_JOINT = words("named", "joint")


def says_joint(view: SentenceView) -> bool:
    """Whether the sentence says that something is of both: "both sides", "bilateral", "our two countries"."""
    return not _JOINT.isdisjoint(view.vocabulary) or any(m.kind == "pair" for m in view.mentions)


def others_only(view: SentenceView, pair: Sequence[Entity]) -> bool:
    """Whether the sentence tells of other states than the pair: it names two or more, or one as an actor, and none of the pair."""
    named = {e.iri: m for m in view.mentions for e in m.entities if e.kind == "state" and m.kind in ("state", "pair", "pronoun")}
    if not named or any(state.iri in named for state in pair):
        return False
    return len(named) > 1 or any(m.form in ("metonym", "adjective", "description") for m in named.values())
