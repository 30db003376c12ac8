"""Whether a match tells a fact at all, and with which status: what is asked, echoed, refuted, called off or still to come."""

from __future__ import annotations

import re

from kg.context import Status
from kg.extract.figures import OF_WHAT, comes_from
from kg.extract.gapping.verbless import is_bare_denial
from kg.extract.reading import Reading
from kg.extract.roles import Draft
from kg.extract.stances import DENYING, has_target, is_balanced, is_denied_outside, name_target, settle_stance, tells_stance, trim_target
from kg.extract.untold import is_bygone, is_refuted, is_talked_of, only_named, status_of_idea
from kg.extract.words import words
from kg.match import Match, SentenceView
from kg.model import Concept
from kg.values import date_bounds
from kg.words.closed import BE, DO, HAVE, MODALS

_SUFFICING = words("asserted", "sufficing")
_ASKING_FOR = frozenset(f"{verb} for" for verb in words("asserted", "asking-for"))
_NOT_QUITE = words("asserted", "not-quite")
_TITLED = words("asserted", "titled")
_QUOTES = frozenset("“\"«„")
_ASKING = BE | HAVE | DO | MODALS
_LEAVING = words("asserted", "leaving")
_WHICH = words("asserted", "which")  # what these ask for is left open, not whether it is so


def tells_nothing(view: SentenceView, match: Match) -> bool:
    """Whether a match says of nobody that it is so: it is asked, echoed, said of some of a people, or a level taken for a change."""
    return _is_asked(view, match) or _is_against_fact(view, match) or _echoes(view, match) or _some_of_people(view, match) or _is_level(view, match) or (
        _counts_in_title(view, match)) or _nearly(view, match) or _is_title(view, match) or only_named(view, match)


def _is_against_fact(view: SentenceView, match: Match) -> bool:
    """Whether a sentence tells what would have been, had things been otherwise: "Had Chad not left, Togo would not have come"."""
    return view.word(0) == "had" and match.rule.type not in ("Remark", "OfficeHolding") and any(
        g.modal in ("would", "could", "might") and g.perfect for g in view.groups)


def _nearly(view: SentenceView, match: Match) -> bool:
    """Whether what a verb tells has not quite come about: "nearly attacked"; a figure may be near another one."""
    group = match.group
    if group is None or match.rule.type in OF_WHAT:
        return False
    return any(view.word(k) in _NOT_QUITE for k in (group.first - 1, group.head - 1))


def _is_title(view: SentenceView, match: Match) -> bool:
    """Whether the match stands in the title of a book, a film, an article: 'a book entitled "Chad invades Niger"'."""
    opened = next((k for k in range(match.first, max(match.first - 12, 0), -1) if view.word(k - 1) in _QUOTES), 0)
    return opened > 1 and view.word(opened - 2) in _TITLED and match.group is not None and opened <= match.group.first


def _counts_in_title(view: SentenceView, match: Match) -> bool:
    """Whether what a match counts is a part of an agreement's name ("the Protocol on Computers for 37 Schools") or the two sides themselves."""
    value = next((b for b in match.bindings if b.role == "value"), None) if match.rule.type == "Indicator" else None
    if value is not None and view.word(value.first) == "two" and view.word(value.first - 1) in ("the", "our", "these", "both"):
        return True  # "the academies of the two countries"
    return value is not None and any(m.kind == "agreement" and m.form == "name" and m.first < value.first and value.last < m.last for m in view.mentions)


def settle_status(draft: Draft, status: Status, reading: Reading, view: SentenceView, match: Match) -> str:
    """The status of the fact that a draft becomes, "" where it becomes none: what the context says of the match, unless the rule, the
    type of the fact or the words around it say otherwise. A limit that is denied becomes the draft's qualifier, a denied stance the contrary one."""
    document = reading.document
    word = match.rule.status or status.word
    if draft.type == "JointBody" and word == "Asserted":
        word = status_of_idea(view, match) or word  # "the idea of a joint council"
    if (
        draft.type == "ProjectStatus"
        and word in ("Asserted", "Planned")
        and is_bygone(view, match, dict(match.rule.fixed).get("stage", ""))
        and not draft.dates
    ):
        return ""  # "had planned a port": it may have been in use for long
    if word == "Asserted" and draft.type in ("Meeting", "EventFact") and _is_ahead(draft, document.issued):
        word = "Planned"  # "the fair opens on 9 June"
    told = match.group is not None and (match.group.tense == "past" or match.group.perfect)
    if word == "Asserted" and not told and draft.type in OF_WHAT and _is_ahead(draft, document.issued):
        word = "Planned"  # "sees exports reaching $5 billion in 2030"
    if word == "Asserted" and not told and draft.type in ("AgreementAction", "DiplomaticRelations", "OrganisationEvent") and draft.roles.get("action") != [
            Concept("action", "inForce")] and _is_ahead(draft, document.issued) and not _is_term(draft):
        word = "Planned"  # "the contract runs out on 31 December"
    group = match.group
    if word == "Asserted" and group is not None and draft.type == "ProjectStatus" and group.form == "finite" and group.tense == "present" and not (
            told or group.progressive or "startDate" in draft.roles) and draft.roles.get("stage") and _is_ahead(draft, document.issued):
        word = "Planned"  # "the dairy opens in 2030"
    if group is not None and word == "Planned" and group.form == "infinitive" and view.word(group.first - 1) == "only":
        word = "Asserted"  # "handed the city over, only to annex the whole country"
    if (
        group is not None
        and word == "Asserted"
        and draft.type == "Ownership"
        and group.progressive
        and group.tense == "present"
        and group.lemma in _CHANGING_HANDS
    ):
        word = "Planned"  # "is buying the refinery"
    if word in ("Planned", "Hypothetical") and draft.type == "ArmedAction" and group is not None and group.lemma in _LIFTING:
        return ""  # "hopes that they will lift the sanctions": those are there
    if word == "Denied" and draft.type == "ArmedAction" and group is not None and group.lemma in _LIFTING:
        word = "Asserted"  # "has no plans to lift the sanctions": they are there
    if (
        word == "Denied"
        and draft.type == "OfficeHolding"
        and status.cues
        and (status.cues[-1] in _LEAVING or view.word(match.group.first + 1 if match.group else -1) == "no")
    ):
        word = "Asserted"  # "ceased to be foreign minister", "is no longer chairman": once he was
    if word == "Denied" and draft.type == "ProjectStatus" and {"stop", "cease"}.intersection(status.cues):
        return ""  # "stopped building the mill": that it was halted is told by itself
    if word == "Denied" and draft.type in OF_WHAT and match.group is not None and match.group.negated and match.group.lemma in _LIMITS:
        word = "Asserted"  # "it did not exceed $45 million" tells the most that it was
        draft.roles["qualifier"] = [Concept("qualifier", _LIMITS[match.group.lemma])]
    if word == "Denied" and "yet to" in status.cues:
        draft.dates = []  # "was cut in 2010 under a pact that parliament has yet to approve"
    if word == "Denied" and draft.type in OF_WHAT and any(
            g.negated and g.last <= match.last and _SUFFICING.intersection(view.words[g.first:g.last + 2]) for g in view.groups):
        word = "Asserted"  # "should not be content with trade of 4 million"
    if (
        word == "Asserted"
        and draft.type in OF_WHAT
        and group is not None
        and group.voice == "active"
        and f"{group.lemma} {view.word(group.last)}" in _ASKING_FOR
        and any(b.role in ("value", "amount") and 0 < b.first - group.last <= 4 for b in match.bindings)
    ):
        word = "Hypothetical"  # "is said to have asked for 50 buses"
    if draft.type == "Remark":
        if all(isinstance(c, str) and (len(c.split()) < 2 or _BROKEN.match(c)) for c in draft.roles.get("content", ())):
            return ""  # "described relations as good", "complained of | it to the chancellor"
        if status.word in ("Hypothetical", "Denied") or _is_errand(view, match):
            return ""  # nobody has said it, or somebody goes there to say it
        word = match.rule.status or "Asserted"
    if word == "Hypothetical" and draft.type == "Presence" and match.way == "when" and "'s" in view.words[match.first:match.last]:
        word = "Asserted"  # "a bid for the bank's Chilean arm": the arm is there
    if word in ("Planned", "Hypothetical") and draft.type == "Presence" and group is not None and group.form == "infinitive" and group.first and (
            view.in_group[group.first - 1] < 0):
        return ""  # "a plant to be built by Eni", "founded a venture to drill in Chad": what for, and nobody is there yet
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
        if (
            status.word == "Denied"
            and match.group is not None
            and (
                any(view.word(k) in ("not", "n't", "never") for k in range(match.group.first, min(match.group.last + 2, len(view))))
                or view.word(match.first) == "neither"
                or view.word(match.first - 1) == "neither"
            )
        ):
            word = "Denied"  # "is not ready to", "neither side is keen to see": whatever the rule says
        if word == "Asserted" and status.word == "Hypothetical" and match.group is not None and match.group.modal in ("may", "might"):
            word = "Hypothetical"  # "may propose a pipeline"
        word = settle_stance(draft, word, match, is_balanced(view, match), status.cues[-1] if status.cues else "", is_denied_outside(view, match))
    if word != "Denied" and draft.type not in ("Remark", "OfficeHolding") and is_refuted(document.text, view, match):
        word = "Denied"
    if draft.type in OF_WHAT and word in ("Planned", "Hypothetical") and comes_from(view, match, draft, document.issued):
        word = "Asserted"
    return word


def status_of_figure(reading: Reading, view: SentenceView, match: Match) -> Status | None:
    """What the verb of a scene's clause makes of its figure, where that hangs on an infinitive: "expects trade to exceed $80 million"."""
    group, figure = match.group, next((b for b in match.bindings if b.last > b.first), None)
    if group is None or figure is None:
        return None
    if figure.first >= group.last and is_talked_of(view, figure.first):
        return Status("Hypothetical", ("talks",))  # "is in talks with Chad on the purchase of 9 percent of the field"
    if group.lemma in _FORECASTING and group.voice == "active" and 0 <= figure.first - group.last <= 8 and "that" not in view.words[group.last:figure.first]:
        return Status("Planned", (group.lemma,))  # "forecasts trade between the two of some $3 billion"
    if "that" in view.words[group.last:figure.first]:
        told = next((g for g in view.groups if g.form == "finite" and g.first >= group.last and g is not group and (
            g.first >= figure.last or "that" in view.words[group.last:g.first])), None)
        if told is not None and told.first >= figure.last and not {",", ";", ":"}.intersection(view.words[figure.last:told.first]):
            status = reading.status(view, told.first, told.last)
            return status if status.word != "Asserted" else None  # "announced that 15 officers would graduate"
    inner = next((g for g in reversed(view.groups) if group.last <= g.first and g.last <= figure.first), None)
    if inner is None or inner.form != "infinitive" or {",", ";", ":", "and"}.intersection(view.words[inner.last:figure.first]):
        return None
    status = reading.status(view, inner.first, inner.last)
    return status if status.word != "Asserted" and group.lemma in status.cues else None


def _is_errand(view: SentenceView, match: Match) -> bool:
    """Whether somebody goes or is sent to say it: "will send an envoy to thank Chad"."""
    group = match.group
    return group is not None and group.form == "infinitive" and any(
        g.form == "finite" and g.lemma in _SENDING and g.last <= group.first for g in view.groups)


_SENDING = words("asserted", "sending")


def _is_asked(view: SentenceView, match: Match) -> bool:
    """Whether the verb of the match stands in a question that may be answered with no ("Did Chad ever sell arms to Togo?")."""
    if match.rule.type == "Remark" or "?" not in view.words[match.last - 1:]:
        return False
    end = next((i for i in range(match.last - 1, len(view)) if view.word(i) in ("?", ".", "!")), -1)
    if end < 0 or view.word(end) != "?":
        return False
    start = next((i + 1 for i in range(match.anchor[0] - 1, -1, -1) if view.word(i) in ("?", ".", "!", "“", '"', ":", "‘")), 0)
    if view.word(start) in _ASKING or any(
            view.word(k) in _ASKING and view.word(k - 1) in ("and", "or", "but", ",") for k in range(start + 1, match.anchor[0])):
        return True
    if match.group is None:
        return match.rule.type in _DONE and view.word(start) in _WHEN
    last = not any(g.form == "finite" and match.group.last <= g.first < end for g in view.groups) and not _ASKING.intersection(view.words[match.group.last:end])
    return last and not _WHICH.intersection(view.words[start:match.anchor[0]])  # "Shell sold its stake? Not yet."


_DONE = frozenset({"AgreementAction", "ArmedAction", "Meeting", "OrganisationEvent", "Position", "ProjectStatus", "Relationship"})
_WHEN = frozenset({"when", "why", "how"})


def is_only_asked(reading: Reading, match: Match, start: int) -> bool:
    """Whether an unnamed journalist says it in a question, and no date or figure stands with it."""
    return reading.is_question(start) and match.rule.type not in ("OfficeHolding", "DiplomaticRelations") and not any(
        b.type in ("date", "money", "percent", "quantity") for b in match.bindings)


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


_FORECASTING = words("asserted", "forecasting")
_CHANGING_HANDS = words("asserted", "changing-hands")
_LIFTING = words("asserted", "lifting")
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
    at += at == match.last and view.word(at) in ("is", "are")  # "her trip to Lima is set for May"
    return view.word(at) in _SCHEDULED and view.word(at + 1) in ("for", "in", "on", "at", "next", "this", "by", "before", "later")


_SCHEDULED = words("asserted", "scheduled")


def _is_ahead(draft: Draft, issued: str) -> bool:
    """Whether all dates of what is told lie behind the document's, which may be no more than a year."""
    last = date_bounds(issued[:10])[1]
    return bool(last) and bool(draft.dates) and all((d.earliest or "") > last for d in draft.dates)


def _is_term(draft: Draft) -> bool:
    """Whether what is dated is not the signing but the years that the paper is for: "signed: Programme of Exchanges for 2017-2019"."""
    return draft.roles.get("action") == [Concept("action", "signed")] and all(d.start_date and d.end_date for d in draft.dates)


def heads_section(view: SentenceView, match: Match) -> bool:
    """Whether it is a heading that names neither a state nor anything done ("Political cooperation"), or what a line gives ("Aid: 5 million")."""
    if view.sentence.kind == "item" and match.first == 0 and view.word(match.last) == ":":
        return True
    return view.sentence.kind == "heading" and not view.groups and not any(
        m.kind in ("state", "pair", "person", "date", "period", "money", "number") for m in view.mentions)
