"""The date that a text gives itself in a dateline; certain forms only."""


from __future__ import annotations

import datetime
import re

__all__ = ["find_issued"]

HEAD_CHARACTERS = 6000  # datelines stand near the head
FOOT_CHARACTERS = 600  # "Created at:" may stand at the foot

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?|"
    r"Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY_FIRST = rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s{_MONTH},?\s"
_MONTH_FIRST = rf"{_MONTH.replace('month', 'month2')}\s(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s"
_DATE = rf"(?:{_DAY_FIRST}|{_MONTH_FIRST})(?P<year>\d{{4}})"
_PLACE = r"[A-ZÀ-Þ][\w’'.-]{0,30}(?:[ /][A-ZÀ-Þ][\w’'.-]{0,30}){0,3}"
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
_ALONE = re.compile(
    rf"(?:{_PLACE}(?:, {_PLACE})?, )?{_WEEKDAY}{_DATE}|(?P<d>\d{{1,2}})\.(?P<m>\d{{1,2}})\.(?P<y>\d{{4}})|(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})"
)
_OPENING = re.compile(rf"(?:\*\*)?{_PLACE}(?:, {_PLACE})?, {_WEEKDAY}{_DATE}(?:\*\*)?\.(?:\*\*)? (?=[A-ZÀ-Þ“\"])")  # "Oslo, 3 May 2010. The minister"
_HEAD_LINES = 5  # among which a line may be a date and nothing else
_FORMS = (
    # Prague, 20 December 2002 (RFE/RL) --      LONDON, March 5, 2014 (Reuters)      MINSK, 3 May 2010 --      OSLO, 3 May 2010 - The
    re.compile(rf"^{_PLACE}(?:, {_PLACE})?, {_DATE}(?:,? \([^()\n]{{2,60}}\)|\s?(?:--|—|–|/)| - )", re.MULTILINE),
    # Created at : 21.12.2018, 10:55      Published: 3 May 2019      Date: 2019-05-03
    re.compile(
        r"^(?i:created(?: at)?|published(?: on| at)?|date|posted(?: on)?|issued|publication date|date of publication)"
        rf"\s?:\s{{0,3}}(?:{_DATE}|(?P<d>\d{{1,2}})\.(?P<m>\d{{1,2}})\.(?P<y>\d{{4}})|(?P<iso>\d{{4}}-\d{{2}}-\d{{2}}))"
        r"(?=[\s,T;.)]|$)",
        re.MULTILINE,
    ),
)


def _iso(found: re.Match[str]) -> str:
    parts = found.groupdict()
    try:
        if parts.get("iso"):
            return datetime.date.fromisoformat(parts["iso"]).isoformat()
        if parts.get("y"):
            return datetime.date(int(parts["y"]), int(parts["m"]), int(parts["d"])).isoformat()
        name = (parts["month"] or parts["month2"]).lower()[:3]
        month = next(number for number, full in enumerate(_MONTHS, 1) if full.startswith(name))
        return datetime.date(int(parts["year"]), month, int(parts["day"] or parts["day2"])).isoformat()
    except ValueError:
        return ""


def find_issued(text: str) -> str:
    """The ISO date of the text's own dateline ("LONDON, March 5, 2014 (Reuters)", "Created at : 21.12.2018"), else "".

    Where datelines name different days, none is certain: "".
    """
    stretches = [text[:HEAD_CHARACTERS]]
    if len(text) > HEAD_CHARACTERS:
        stretches.append(text[max(HEAD_CHARACTERS, len(text) - FOOT_CHARACTERS) :])
    dates = {_iso(found) for stretch in stretches for form in _FORMS for found in form.finditer(stretch)} | {_alone(text)}
    dates -= {""}
    return dates.pop() if len(dates) == 1 else ""


def _alone(text: str) -> str:
    """The date that is a line of its own near the head; "" where several are, as in a chronicle."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if lines and (opened := next((match for line in lines[:3] if (match := _OPENING.match(line))), None)):
        return _iso(opened)
    found = [(number, match) for number, line in enumerate(lines) if len(line) < 60 and (match := _ALONE.fullmatch(line))]
    return _iso(found[0][1]) if len(found) == 1 and found[0][0] < _HEAD_LINES else ""
