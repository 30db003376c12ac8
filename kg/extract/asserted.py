"""Whether a match tells a fact at all, and with which status: what is asked, echoed, refuted, called off or still to come."""

from __future__ import annotations

import re

from kg.context import Status, saying_verbs
from kg.extract.figures import OF_WHAT, comes_from
from kg.extract.gapping import is_bare_denial
from kg.extract.reading import Reading
from kg.extract.roles import Draft
from kg.extract.stances import DENYING, has_target, is_balanced, name_target, settle_stance, tells_stance, trim_target
from kg.extract.words import words
from kg.match import Match, SentenceView
from kg.model import Concept
from kg.words.closed import BE, DO, HAVE, MODALS

_ASKING = BE | HAVE | DO | MODALS


def tells_nothing(view: SentenceView, match: Match) -> bool:
    """Whether a match says of nobody that it is so: it is asked, echoed, said of some of a people, or a level taken for a change."""
    return _is_asked(view, match) or _echoes(view, match) or _some_of_people(view, match) or _is_level(view, match)


def settle_status(draft: Draft, status: Status, reading: Reading, view: SentenceView, match: Match) -> str:
    """The status of the fact that a draft becomes, "" where it becomes none: what the context says of the match, unless the rule, the
    type of the fact or the words around it say otherwise. A limit that is denied becomes the draft's qualifier, a denied stance the contrary one."""
    document = reading.document
    word = match.rule.status or status.word
    if word == "Asserted" and draft.type in ("Meeting", "EventFact") and _is_ahead(draft, document.issued):
        word = "Planned"  # "the fair opens on 9 June"
    if word == "Denied" and draft.type in OF_WHAT and match.group is not None and match.group.negated and match.group.lemma in _LIMITS:
        word = "Asserted"  # "it did not exceed $45 million" tells the most that it was
        draft.roles["qualifier"] = [Concept("qualifier", _LIMITS[match.group.lemma])]
    if draft.type == "Remark":
        if all(isinstance(c, str) and (len(c.split()) < 2 or _BROKEN.match(c)) for c in draft.roles.get("content", ())):
            return ""  # "described relations as good", "complained of | it to the chancellor"
        if status.word in ("Hypothetical", "Denied"):
            return ""  # nobody has said it
        word = match.rule.status or "Asserted"
    if word in ("Planned", "Hypothetical") and draft.type != "Position" and _not_merely(view, match):
        return ""  # "not merely planned but under construction"
    if draft.type == "Meeting" and word == "Hypothetical" and "invite" in status.cues and not any(
            isinstance(k, Concept) and k.word == "visit" for k in draft.roles.get("kind", ())):
        return ""  # "was invited to address the summit": the summit itself is held
    if draft.type in ("Meeting", "EventFact") and word in ("Asserted", "Planned") and _called_off(view, match):
        word = "Denied"
    if status.word == "Denied" and status.cues and status.cues[-1] in DENYING and draft.type not in ("OfficeHolding", "Remark"):
        word = "Denied"  # "denied a report that ...": whatever the rule says
    if draft.type == "Position":
        name_target(draft, view, match, document.sha256)
        if not tells_stance(view, match) or not has_target(draft):
            return ""
        trim_target(draft, view, match)
        if status.word == "Denied" and match.group is not None and any(view.word(k) in ("not", "n't", "never") for k in range(match.group.first, min(match.group.last + 2, len(view)))):
            word = "Denied"  # "is not ready to": whatever the rule says
        word = settle_stance(draft, word, match, is_balanced(view, match), status.cues[-1] if status.cues else "")
    if word != "Denied" and draft.type not in ("Remark", "OfficeHolding") and _refuted(document.text, view, match):
        word = "Denied"
    if draft.type in OF_WHAT and word in ("Planned", "Hypothetical") and comes_from(view, match, draft, document.issued):
        word = "Asserted"
    return word


def _is_asked(view: SentenceView, match: Match) -> bool:
    """Whether the verb of the match stands in a question that may be answered with no ("Did Chad ever sell arms to Togo?")."""
    if match.group is None or match.rule.type == "Remark" or "?" not in view.words[match.last - 1:]:
        return False
    end = next((i for i in range(match.last - 1, len(view)) if view.word(i) in ("?", ".", "!")), -1)
    if end < 0 or view.word(end) != "?":
        return False
    start = next((i + 1 for i in range(match.anchor[0] - 1, -1, -1) if view.word(i) in ("?", ".", "!", "“", '"', ":", "‘")), 0)
    return view.word(start) in _ASKING


def _echoes(view: SentenceView, match: Match) -> bool:
    """Whether the verb only says that others do as told: "Chad recognised it, and so have 130 states"."""
    group = match.group
    if group is not None and match.anchor[0] == group.first and is_bare_denial(view, group):
        return True  # "the Russians have not"
    return group is not None and group.last - group.first == 1 and view.word(group.first - 1) in ("so", "neither", "nor") and view.word(group.first) in (
        *HAVE, *DO, *BE, *MODALS) and view.word(group.first - 2) in ("and", ",", ";", "but", "") and not any(
            m.kind == "pair" and m.last == group.first for m in view.mentions)  # "Neither is a member"


_BROKEN = re.compile(r"(?i)it (?:to|in|on|at|by|from|with) [A-Z]|(?:out|off|up|down|away) ")
_OFF = frozenset("postponed cancelled canceled deferred".split())


def _called_off(view: SentenceView, match: Match) -> bool:
    """Whether a bracket behind a meeting says that it did not take place: "visit to Oslo in May (postponed)"."""
    opening = next((i for i in range(match.last, min(match.last + 6, len(view))) if view.word(i) in ("(", ";", ".")), len(view))
    inside = view.words[opening + 1:opening + 5]
    return view.word(opening) == "(" and (bool(_OFF & {*inside[:1]}) or inside[0:2] == ["called", "off"] or inside[2:4] == ["called", "off"])


def _is_level(view: SentenceView, match: Match) -> bool:
    """Whether a percentage caught as a change is what something stands at: "growth fell below 2 percent"."""
    return any(b.role == "changePercent" and view.word(b.first) in ("below", "above", "under", "beyond") for b in match.bindings)


_PART_OF_PEOPLE = words("asserted", "part-of-people")
_TAKING_SIDES = {"Position": "actor", "Remark": "speaker"}


def _some_of_people(view: SentenceView, match: Match) -> bool:
    """Whether those who take a stance or speak are only some of a people: "most Greeks oppose", "Mongolians in Seoul complain"."""
    role = _TAKING_SIDES.get(match.rule.type, "")
    some = next((i for b in match.bindings if b.role == role for i in b.items if not isinstance(i, str) and i.form == "people"), None)
    return some is not None and (view.word(some.first - 1) in _PART_OF_PEOPLE or view.word(some.last) in ("in", "at", "from", "who", "living", "abroad") or any(
        m.kind in ("percent", "number") and m.last == some.first for m in view.mentions))


_FALSE = re.compile(r"""["”]?\s+(?:But |And |Yet |Well, )?(?:that|this|it|such (?:claims?|reports?|talk|fears))(?: is|'s|’s| was| are| were)(?:,? (?:simply|just|plainly|quite|of course|clearly|utterly|completely|entirely|all),?)?"""
                    r""" (?:false|untrue|not true|not so|not the case|wrong|nonsense|a lie|a myth|absurd|baseless|unfounded|rubbish|fiction|fake)\b""", re.IGNORECASE)
# Who denies, promises or demands claims nothing: those classes are left out.
_CLAIMING = saying_verbs("say") | saying_verbs("believe") | saying_verbs("criticise") | {"fear", "whisper"}


def _refuted(text: str, view: SentenceView, match: Match) -> bool:
    """Whether the next sentence calls false what the match tells that others say: "Some say that we want their land. That is false."."""
    return any(g.lemma in _CLAIMING and g.last <= match.anchor[0] for g in view.groups) and _FALSE.match(text, view.sentence.end) is not None


def _not_merely(view: SentenceView, match: Match) -> bool:
    """Whether "not merely" stands before what the match hangs on and "but" goes on behind it: it is more than that."""
    for i in range(max(0, match.anchor[0] - 3), match.anchor[1]):
        if view.word(i) in ("not", "n't") and any(view.word(k) in ("only", "merely", "just", "simply") for k in (i + 1, i + 2)):
            return "but" in view.words[match.anchor[1]:match.anchor[1] + 12]
    return False


# What "not" makes of verbs that tell of a limit.
_LIMITS = {"exceed": "atMost", "surpass": "atMost", "top": "atMost", "reach": "lessThan", "hit": "lessThan", "attain": "lessThan"}


def is_scheduled(view: SentenceView, match: Match) -> bool:
    """Whether a participle behind it says that it is still to come: "the opening of the embassy in Lima, scheduled for next spring"."""
    at = match.last + (view.word(match.last) == ",")
    at += at > match.last and view.word(at) in ("now", "currently", "tentatively", "provisionally", "originally")
    return view.word(at) in _SCHEDULED and view.word(at + 1) in ("for", "in", "on", "at", "next", "this", "by", "before", "later")


_SCHEDULED = words("asserted", "scheduled")


def _is_ahead(draft: Draft, issued: str) -> bool:
    """Whether all dates of what is told lie behind the document's."""
    return len(issued) >= 10 and bool(draft.dates) and all((d.earliest or "") > issued[:10] for d in draft.dates)
