"""How far a project has come: from the tense of the verb that works on it, and from the status of the fact."""

from __future__ import annotations

from kg.extract.roles import Draft
from kg.extract.words import words
from kg.match import Match, SentenceView

BY_TENSE = "tense"  # in a rule: `makes ProjectStatus stage=tense`
_GOING_ON = words("stages", "going-on")
_FOUNDED = words("stages", "founded")
_ENDED = frozenset({"suspended", "cancelled"})


def stage_of(word: str, status: str, match: Match) -> str:
    """The stage of a project whose rule says `word`.

    What is planned has stage planned and what is only possible is proposed, whatever the verb; otherwise `tense` stands for
    completed behind a past or perfect tense ("has built") and for underway elsewhere ("is building", "began to build"); what
    was founded that way, as a joint venture, operates.
    """
    if word in _ENDED:
        return word
    if status == "Planned":
        return "planned"
    if status == "Hypothetical":
        return "proposed"
    stage = _by_tense(match) if word == BY_TENSE else word
    return "operating" if word == BY_TENSE and stage == "completed" and _is_founded(match) else stage


def _is_founded(match: Match) -> bool:
    """Whether the project is a firm, which is never finished."""
    texts = (item if isinstance(item, str) else item.text for b in match.bindings if b.role == "project" for item in b.items)
    return any(word in _FOUNDED for text in texts for word in text.lower().split())


def _by_tense(match: Match) -> str:
    group = match.group
    if group is None or match.way == "nominal" or group.progressive:
        return "underway"
    if group.form in ("infinitive", "gerund"):
        return "underway"
    if (group.chain[:1] != ("help",) or group.tense == "present") and _GOING_ON.intersection(group.chain):
        return "underway"
    return "completed" if group.perfect or group.tense == "past" or group.form == "participle" else "underway"


_WHERE = ("participant", "place", "origin", "destination", "amount")
_STANDING = frozenset({"state", "place", "pair", "organisation", "company", "person"})


def is_in_the_world(draft: Draft, view: SentenceView, match: Match) -> bool:
    """Whether a project has a name, an actor or a place: in "a new building was opened" nothing says where in the world it is.

    Asked where the document is not about a pair of states, whose matter it would be.
    """
    items = [item for binding in match.bindings if binding.role == "project" for item in binding.items]
    if not items or any(not isinstance(item, str) and item.form == "name" for item in items):
        return True
    words = [item if isinstance(item, str) else item.text for item in items]
    if any(c.isupper() or c.isdigit() for text in words for c in text[1:]):  # the first may be the sentence's
        return True
    return any(draft.roles.get(role) for role in _WHERE) or any(m.kind in _STANDING and m.form != "reference" for m in view.mentions)
