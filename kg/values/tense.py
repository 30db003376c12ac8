"""Which year a date without one means: the last such day, or the next where the sentence speaks of what is to come."""

from __future__ import annotations

import re

from kg.values.calendar import full_day, make_partial
from kg.values.forms import Place

__all__ = ["is_future", "is_scheduled", "resolve_day", "resolve_month"]

_FUTURE = re.compile(
    r"(?i:\b(?:will|shall|won['’]t|is\sto|are\sto|was\sto|were\sto|due|should\s(?!have)|must|ought|next|upcoming|forthcoming|soon|going\sto|scheduled"
    r"|planned|plans?\sto|(?:agreed|decided|promised|pledged|undertook|hopes?|hoped|wants?|aims?|ready|preparing|prepared|invited)(?:\s\w+){0,4}?(?<!\svisit)(?<!\strip)(?<!\sjourney)(?<!\stour)(?<!\sreturn)\sto(?=\s(?-i:[a-z]))|intends?\sto|(?:goe?s?|heads?|returns?)\sto\sthe\spolls|votes\s(?:on|in)|looks?\sforward\sto|looking\sforward\sto|to\sbe\s(?:held|signed|opened|staged|convened|completed)|to\stake\splace|expires?|lapses|runs?\sout|enters?\sinto|comes?\sinto|takes?\seffect|expected|expects?|slated|set\s(?:for|to)|would|until|till|deadline|coming)\b|['’]ll\b)"
)
# A past verb between "will" and the date takes the date for itself.
_PAST = re.compile(
    r"(?i:\b(?:which|that|who|as|when|where|after)\s(?:[\w.-]+\s){0,8}?(?:was|were|had|did|met|signed|agreed|said|held|took|spoke|came|visited|arrived)\b|;|,\s\w+ed\s)"
)
# Where something was agreed, and the date is that of the occasion: "agreed to raise the quota at talks on Thursday".
_AGREED = re.compile(r"(?i)(?:agreed|decided|promised|pledged|undertook|invited)\b")
_OCCASION = re.compile(
    r"(?i)\b(?:at|during|in|after|following)\s(?:[\w.'’-]+\s){0,5}?(?:talks|meeting|visit|summit|conference|session|trip|conversation|call)\b"
)
# What is told in the present has its date near the document's: "is paying a visit from 14 to 18 March".
_PRESENT = re.compile(
    r"\b(?:is|are|am|['’]s|['’]re)\s(?:\w+ly\s|also\s|now\s)?(?:\w+ing|in|on|here|due)\b|\b(?:takes?\splace|opens?|begins?|starts?|kicks?\soff|arrives?|leaves?|travels?"
    r"|flies|visits?|hosts?|holds?|meets?|runs?|departs?|heads|resumes?|reopens?|ends)\s"
)
_LASTED = re.compile(r"(?i)\b(?:(?:was|were|had\sbeen)\s(?:\w+ly\s|also\s)?\w+ing|(?:had\s)?(?:remained|stayed|lasted|served|ruled|lived))\b")
_DID = re.compile(r"\s(?:(?:[A-Z][\w.'’-]*|the|a|its|their|his|her)\s){1,6}(?:[a-z]+ly\s)?(?:was|were|had|did|met|\w{2,}ed|became|came|took|left|won)\b")
# What a timetable tells: "arrives on Thursday".
_SCHEDULED = re.compile(r"\b(?:opens|begins|starts|kicks\soff|arrives|leaves|travels|flies|departs|heads|resumes|reopens)\s[^,;()]*$")
# What somebody said between quotation marks has no say about the day on which he said it.
_TOLD = re.compile(
    r"[\"”»]\s(?:[\w.'’-]+\s){0,6}?(?:said|told|added|stressed|noted|explained|wrote|declared|announced|stated|remarked|replied|warned|insisted)\b"
)
_NEAR = 60  # days
_NEAR_MONTHS = 4
_OPENING = re.compile(r"\W*(?:(?i:on|in|by|from|soon|later|then|next|this|and|but),?\s)*(?i:the\s)?")
_FIRST_VERB = re.compile(
    r"\b(?:(?P<will>will|shall|(?:is|are)\s(?:also\s|then\s)?(?:to|due|expected|scheduled|set|planned|slated|supposed)\b|(?:plans?|intends?|expects?|hopes?)\sto"
    r"|travels|arrives|flies|departs|leaves|heads\s(?:for|to|on))|was|were|had|has|have|did|is|are|met|held|took|said|\w{3,}ed|became|began|saw"
    r"|came|went|paid|gave|made|led|left|won|sold|bought|sent|spoke|spent|brought|built|fell|rose|grew|stood|lost|chose|flew|told|wrote|received|drew|got|opened|laid|launched)\b"
)


def is_future(place: Place, position: int) -> bool:
    """Whether the sentence speaks of what is to come: by its words before, or behind where it begins with the date."""
    before = place.text[place.start:position]
    bracket = before.rfind("(")
    if bracket > before.rfind(")"):  # "(Panorama, December 24)"
        before = before[bracket:]
    elif _OPENING.fullmatch(before, before.rfind(": ") + 1):
        verb = _FIRST_VERB.search(place.text, position, place.end)
        return bool(verb and verb["will"])
    told = list(_TOLD.finditer(before))
    if told:
        before = before[told[-1].start():]
    cues = list(_FUTURE.finditer(before))
    if len(cues) == 1 and cues[0].group().lower() in ("until", "till") and (
            _LASTED.search(before, 0, cues[0].start()) or _DID.match(before, cues[0].end())):
        return False  # "had been fighting there until Monday"
    if not cues or _PAST.search(before, cues[-1].end()):
        return False
    return not (_AGREED.match(cues[-1].group()) and len(cues) == 1 and _OCCASION.search(before, cues[-1].end()))


def is_scheduled(place: Place, position: int) -> bool:
    """Whether the words before tell in the present what is to happen on the day named: "arrives in Lima on Thursday"."""
    before = place.text[place.start:position]
    return bool(_SCHEDULED.search(before)) and not _PAST.search(before)


def _is_near(place: Place, position: int, last: str, following: str) -> bool:
    """Whether the sentence, in the present, means the day that comes soon and not the one of last year."""
    issued, ahead, back = full_day(place.issued), full_day(following), full_day(last)
    if issued is None or ahead is None or back is None or not 0 < (ahead - issued).days <= _NEAR < (issued - back).days:
        return False
    return _in_present(place, position)


def _in_present(place: Place, position: int) -> bool:
    """Whether the words before a date tell in the present what has its day about now: "is holding elections in December"."""
    before = place.text[place.start:position]
    return bool(_PRESENT.search(before)) and not _PAST.search(before) and before.rfind("(") <= before.rfind(")")


def resolve_day(place: Place, position: int, month: int, day: int) -> str:
    """This day of the year that is meant, for a date at this position; "" where the document's date does not tell."""
    if not place.issued:
        return ""
    issued = full_day(place.issued)
    if not issued:
        return make_partial(int(resolve_month(place, position, month)[:4]), month, day)
    future = is_future(place, position)
    if place.told and not future and not _PRESENT.search(place.text, place.start, place.end):
        return make_partial(int(place.told[:4]), month, day)
    for distance in range(9):  # 29 February comes back within eight years
        candidate = make_partial(issued.year + (distance if future else -distance), month, day)
        if candidate and (candidate >= place.issued if future else candidate <= place.issued):
            following = "" if future or not distance else make_partial(issued.year, month, day)
            return following if following and _is_near(place, position, candidate, following) else candidate
    return ""


def resolve_month(place: Place, position: int, month: int) -> str:
    """This month of the year that is meant; of the document's year, where no more is known of its date."""
    issued = place.issued
    if len(issued) < 7:
        return make_partial(int(issued), month) if issued else ""
    same = make_partial(int(issued[:4]), month)
    if place.told and not is_future(place, position) and not _PRESENT.search(place.text, place.start, place.end):
        return make_partial(int(place.told[:4]), month)
    if is_future(place, position):
        return same if same >= issued[:7] else make_partial(int(issued[:4]) + 1, month)
    if 0 < month - int(issued[5:7]) <= _NEAR_MONTHS and _in_present(place, position):
        return same
    return same if same <= issued[:7] else make_partial(int(issued[:4]) - 1, month)
