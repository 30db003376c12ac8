"""What a sentence names without saying that it is so: unreal conditions, accusations, exceptions, reports that are called untrue."""

from __future__ import annotations

import re

from kg.context import REPORTS, UNTRUE, saying_verbs, talked_of
from kg.extract.stances import DENYING
from kg.extract.words import words
from kg.match import Match, SentenceView
from kg.words.closed import SUBJECT_PRONOUNS

_ACCUSING = words("untold", "accusing")
_SHARING = words("untold", "sharing")
_GREETING = words("untold", "greeting")
_PRIVATE, _PURPOSE = words("untold", "private"), words("untold", "purpose")
# The roles of things that may own what the words go on to name.
_COUNTED = {"Indicator": "indicator", "Ownership": "asset"}


def only_named(view: SentenceView, match: Match) -> bool:
    """Whether what a match caught is named and not told: a condition that was not so, what somebody is accused of, what it was not."""
    return (
        _is_unreal(view, match)
        or _is_accused(view, match)
        or _owns_more(view, match)
        or _denies_report(view, match)
        or _is_excepted(view, match)
        or _is_open(view, match)
        or (
            _is_of_private(match)
            or _denies_purpose(view, match)
            or _hangs_below(view, match)
            or _only_explains(view, match)
            or _greets_himself(view, match)
        )
    )


def _greets_himself(view: SentenceView, match: Match) -> bool:
    """Whether whom a gerund in front seems to greet is the subject of the clause behind: "Welcoming the guest, | Mr Aliyev | noted"."""
    group = match.group
    if (
        match.rule.type != "Meeting"
        or group is None
        or group.form != "gerund"
        or group.lemma not in _GREETING
        or view.word(group.first - 1) not in ("", "“", '"')
    ):
        return False
    return any(b.role == "participant" and b.first >= group.last and "," in view.words[b.first - 1:b.last] and any(
        g.form == "finite" and g.first == b.last for g in view.groups) for b in match.bindings)


def _hangs_below(view: SentenceView, match: Match) -> bool:
    """Whether the plural in front of a verb ends a list in which a preposition holds all: "the number of students at schools and | colleges has risen"."""
    group = match.group
    thing = next((b for b in match.bindings if b.role == "project" and b.last > b.first), None) if match.rule.type == "ProjectStatus" else None
    if group is None or thing is None or group.form != "finite" or thing.last > group.first or view.word(thing.first - 1) != "and":
        return False
    before = next((p.first - 1 for p in view.phrases if p.first < thing.first - 1 <= p.last), thing.first - 3)
    return view.word(before) in ("at", "in", "from", "to") and view.in_group[before - 1] < 0


def _only_explains(view: SentenceView, match: Match) -> bool:
    """Whether a project in front of a verb only says what the facility in front of it is: "the cement works at Lamu, | a joint venture of ..., | are"."""
    group = match.group
    thing = next((b for b in match.bindings if b.role == "project" and b.last > b.first), None) if match.rule.type == "ProjectStatus" else None
    if group is None or thing is None or group.form != "finite" or thing.last > group.first or view.word(group.first - 1) != ",":
        return False
    comma = thing.first - 2 if view.word(thing.first - 1) in ("a", "an") else thing.first - 1
    if view.word(comma) != ",":
        return False
    return any(m.kind == "facility" and m.last <= comma and (m.last == comma or (view.word(m.last) in ("in", "at", "near") and any(
        p.first == m.last + 1 and p.last == comma for p in view.phrases))) for m in view.mentions) and not any(
            view.in_group[k] >= 0 for k in range(thing.first, group.first))


def _is_of_private(match: Match) -> bool:
    """Whether people or firms of a state have the stance that a match would give to the state: "Kenyan farmers oppose the plan"."""
    return match.rule.type in ("Position", "Remark") and any(
        not isinstance(item, str) and item.kind == "group" and item.form == "description" and item.head in _PRIVATE
        for b in match.bindings if b.role in ("actor", "speaker") for item in b.items)


def _denies_purpose(view: SentenceView, match: Match) -> bool:
    """Whether a denied journey was made, only not for what the words behind say: "I did not come to Accra to beg"."""
    group = match.group
    if match.rule.type != "Meeting" or group is None or not group.negated or group.voice != "active":
        return False
    behind = next((i for i in range(group.last + 1, min(len(view), group.last + 9)) if view.word(i) in _PURPOSE or not view.word(i)[:1].isalnum()), -1)
    if behind < 0 or view.word(behind) not in _PURPOSE:
        return False
    return view.word(behind) != "to" or any(g.form == "infinitive" and g.first in (behind, behind + 1) for g in view.groups)


def is_refuted(text: str, view: SentenceView, match: Match) -> bool:
    """Whether the sentence, or the next one, calls untrue what the match tells that others say."""
    return _refuted(text, view, match) or _called_untrue(view, match)


def status_of_idea(view: SentenceView, match: Match) -> str:
    """The status of a thing that a match only names, where a noun over it says that somebody has thought of it: "" where none does.

    "The idea of | a joint council" is Hypothetical, "plans for | a joint council" Planned.
    """
    if any(i >= 0 for i in view.in_group[match.first:match.last]) or view.word(match.last) in ("'s", "'", "’s", "’"):
        return ""
    if view.word(match.first - 1) == "no":
        return "Denied"
    if any(g.last in (match.first - 1, match.first) and g.lemma in _PROPOSING for g in view.groups) and _ANY.intersection(
        view.words[match.first - 1 : match.first + 1]
    ):
        return "Hypothetical"  # "suggested a joint council"
    noun, link = _governor(view, match.first, _IDEAS | _PLANS | _OPEN_MATTERS, _OVER)
    definite = view.word(link + 1) not in _ANY
    if not noun or (definite and (noun not in _IDEAS or noun in ("call", "calls"))):
        return ""
    if any(g.lemma in _DROPPING and g.first >= match.last - 1 and g.voice == "passive" for g in view.groups):
        return "Denied"  # "the plan for a joint council was shelved"
    return "Planned" if noun in _PLANS else "Hypothetical"


def _governor(view: SentenceView, first: int, nouns: frozenset[str], links: frozenset[str]) -> tuple[str, int]:
    """The noun of those given that governs the words at a place, and the preposition behind it: "quarrel with Oman over | Chad's entry"."""
    link = next((i for i in range(first - 1, max(-1, first - 5), -1) if view.word(i) in links), -1)
    if link < 1 or any(not view.word(i)[:1].isalpha() or view.in_group[i] >= 0 for i in range(link, first)):
        return "", -1
    far = 1 if view.word(link) in ("of", "to", "for") else _FAR
    for i in range(link - 1, max(-1, link - 1 - far), -1):
        if view.word(i) in nouns and (view.in_group[i] < 0 or view.word(i - 1) in ("a", "an", "the", "this", "'s")):
            return view.word(i), link
        if (not view.word(i)[:1].isalpha() and view.word(i) not in ("'s", "-")) or view.in_group[i] >= 0:
            break
    return "", -1


_FAR = 7  # words between a noun of quarrel and its "over"
_OVER = words("untold", "over")
_ANY, _PROPOSING, _DROPPING = words("untold", "any"), words("untold", "proposing"), words("untold", "dropping")
_OPEN_MATTERS, _IDEAS, _PLANS = words("untold", "open-matter"), words("untold", "idea"), words("untold", "plan")
_OPEN_TYPES = frozenset({"Membership", "DiplomaticRelations", "Ownership", "OrganisationEvent"})


def _is_open(view: SentenceView, match: Match) -> bool:
    """Whether what a match names is only what some quarrel, vote or claim is about: "the row over Chad's entry into the bank"."""
    group = match.group
    if match.rule.type in ("ProjectStatus", "AgreementAction", "Ownership"):
        thing = next((b for b in match.bindings if b.role in ("project", "agreement") and b.last > b.first), None)
        if group is not None and group.form == "finite" and thing is not None and thing.last <= group.first and is_talked_of(view, thing.first):
            return True  # "the row over the construction of the dam goes on"
    if match.rule.type not in _OPEN_TYPES or any(i >= 0 for i in view.in_group[match.first:match.last]):
        return False
    if _governor(view, match.first, _OPEN_MATTERS, _OVER)[0]:
        return True
    return view.word(match.first - 1) in ("on", "over", "about") and any(
        g.last == match.first - 1 and g.lemma in _LEAVING_OPEN for g in view.groups)


_LEAVING_OPEN = words("untold", "leaving-open")


def is_talked_of(view: SentenceView, first: int) -> bool:
    """Whether the words at a place hang on a noun of talking or strife: "the row over the building of | the dam", "talks on the sale of | 9 percent"."""
    for i in range(first - 1, max(0, first - _FAR), -1):
        if view.in_group[i] >= 0 or not view.word(i)[:1].isalnum():
            return False
        if view.word(i) in ("on", "over", "about"):
            return "of" in view.words[i:first] and bool(talked_of(view.words, i, lambda k: view.in_group[k] >= 0))
    return False


def is_bygone(view: SentenceView, match: Match, stage: str) -> bool:
    """Whether the stage of a project is told as one long left behind: "had planned a port", "the mill once fed the town"."""
    group = match.group
    if stage not in ("planned", "operating") or group is None or group.negated or group.form == "infinitive" or group.modal:
        return False
    around = view.words[max(0, group.first - 2):group.last + 1]
    past = group.tense == "past" and group.form == "finite"
    if (
        "used" in group.chain
        or view.words[group.first : group.first + 2] == ["used", "to"]
        or (past and group.perfect)
        or ((past or group.form == "participle") and _ONCE.intersection(around))
    ):
        return True  # "had worked", "used to work", "once worked"
    if stage == "planned":
        return group.lemma == "design" and past
    behind = view.words[group.last:group.last + _FAR]
    return (
        past
        and "for" in behind
        and any(
            m.kind == "duration"
            and view.word(m.first - 1) in ("for", "over", "nearly", "almost", "about", "some", "than")
            and (group.last < m.first <= group.last + _FAR)
            for m in view.mentions
        )
    )


_ONCE = words("untold", "once")


def _is_unreal(view: SentenceView, match: Match) -> bool:
    """Whether an inverted condition tells what was not so: "Had Oslo wanted to stop the talks, it would have", "Were Chad to join"."""
    start = next((i + 1 for i in range(match.anchor[0] - 1, -1, -1) if view.word(i) in (",", ";", ".", "–", "—", ":")), 0)
    start += view.word(start) in ("“", '"', "and", "but", "yet", "for")
    if start >= match.anchor[0] + 1 or view.word(start) not in ("had", "were") or "?" in view.words[-2:]:
        return False
    if not any(p.first <= start + 1 < p.last for p in view.phrases) and view.word(start + 1) not in SUBJECT_PRONOUNS | {"there"}:
        return False  # "exports, mainly tea, had risen": no subject behind the verb
    if view.word(start - 1) == "," and not any(g.form == "finite" and g.first < start for g in view.groups):
        return False  # "exports, mainly tea, were a third of it": the subject stands in front
    return any(g.form == "finite" and g.first > match.anchor[0] for g in view.groups)


def _is_accused(view: SentenceView, match: Match) -> bool:
    """Whether what the match tells is what somebody is accused of: "accused Chad of allowing Togo to use its bases"."""
    group = match.group
    return group is not None and group.form == "gerund" and view.word(group.first - 1) in ("of", "for") and any(
        g.lemma in _ACCUSING and 0 <= group.first - g.last <= 10 for g in view.groups)


def _owns_more(view: SentenceView, match: Match) -> bool:
    """Whether what a figure counts only owns the thing that the words go on to name: "supports the two countries' cooperation"."""
    role = _COUNTED.get(match.rule.type, "")
    return bool(role) and any(
        b.role == role and b.last > b.first and b.last >= match.last and view.word(b.last) in ("'s", "'", "’s", "’") for b in match.bindings
    )


def _denies_report(view: SentenceView, match: Match) -> bool:
    """Whether the verb only denies what is reported: "claims that 40 schools were to be closed were rejected" rejects no schools."""
    group = match.group
    return group is not None and match.rule.type not in ("Position", "Remark") and group.voice == "passive" and group.lemma in DENYING and any(
        view.word(i) in REPORTS and "that" in view.words[i + 1:i + 7] for i in range(min(group.first, 8)))


def _is_excepted(view: SentenceView, match: Match) -> bool:
    """Whether what a match caught is named only as what it was not: "it was Daewoo, not Volkswagen, that built cars"."""
    return any(
        b.last > b.first
        and view.word(b.first - 1) == "not"
        and view.word(b.first - 2) in (",", "and", "–", "—", "(")
        and view.word(b.last) in (",", ")", "–", "—")
        and any(not isinstance(i, str) for i in b.items)
        for b in match.bindings
    )


_FALSE = re.compile(
    r"""["”]?\s+(?:But |And |Yet |Well, )?(?:that|this|it|such (?:claims?|reports?|talk|fears))(?: is|'s|’s| was| are| were)(?:,? (?:simply|just|plainly|quite|of course|clearly|utterly|completely|entirely|all),?)?"""
    r""" (?:false|untrue|not true|not so|not the case|wrong|nonsense|a lie|a myth|absurd|baseless|unfounded|rubbish|fiction|fake)\b""",
    re.IGNORECASE,
)
_NOT_SO = re.compile(
    r"""["”]?\s+(?:But |Yet |In fact,? )?(?:it|they|he|she|there) (?:did|does|do|has|have|had|was|were|is|are|will|would|can|could)(?: not|n['’]t| never)[.:;,—–]""",
    re.IGNORECASE,
)
# Who denies, promises or demands claims nothing: those classes are left out.
_CLAIMING = saying_verbs("say") | saying_verbs("believe") | saying_verbs("criticise") | {"fear", "whisper"}


def _refuted(text: str, view: SentenceView, match: Match) -> bool:
    """Whether the next sentence calls false what the match tells that others say: "Some say that we want their land. That is false."."""
    return any(g.lemma in _CLAIMING and g.last <= match.anchor[0] for g in view.groups) and (
        _FALSE.match(text, view.sentence.end) is not None or _NOT_SO.match(text, view.sentence.end) is not None)


def _called_untrue(view: SentenceView, match: Match) -> bool:
    """Whether the sentence calls untrue the report that a match stands in: "claims that troops had crossed the border are false"."""
    that = next((i for i in range(match.anchor[0] - 1, 0, -1) if view.word(i) == "that"), -1)
    if that >= 0 and any(g.negated and g.lemma in _SHARING and 0 <= that - g.last <= 4 for g in view.groups):
        return True  # "we do not share the view that they are rivals"
    if any(g.voice == "passive" and g.lemma in DENYING and g.first >= match.last for g in view.groups) and any(
        view.word(i) in REPORTS
        and i < match.first
        and (view.word(i + 1) in ("of", "about") or "that" in view.words[i + 1 : min(i + 7, match.first)])
        for i in range(min(match.first, 12))
    ):
        return True  # "reports of Egyptian troops there have been denied"
    if that < 0 or not REPORTS.intersection(view.words[max(0, that - 5):that]):
        return False
    be = next((g for g in view.groups if g.form == "finite" and g.first >= match.anchor[1] and g.lemma in ("be", "prove")), None)
    return be is not None and not be.negated and bool(UNTRUE.intersection(view.words[be.last:be.last + 3]))
