"""Paragraphs that open with the day that they tell of: "3 May. The minister flew home.", "Monday, 12 June 2004: ...", as in a chronicle."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.context import opening_day
from kg.extract.words import words
from kg.match import Match, SentenceView
from kg.model import Sentence, Value
from kg.values import find_values

__all__ = ["Years", "date_of_opening"]

_BEHIND = re.compile(r"\s*(?:[.:–—-]|$)")  # what closes the day with which a paragraph opens
_ONLY_YEAR = re.compile(r"\W*((?:18|19|20)\d\d)\W*")
_A_YEAR = re.compile(r"(?<![\d,./–-])(?:18|19|20)\d\d(?![\d,/–-])")
_ELSEWHEN = words("dating", "elsewhen")
_TELLING = frozenset({
    "AgreementAction", "ArmedAction", "DiplomaticRelations", "InvestmentFigure", "JointBody", "Meeting", "OfficeHolding", "OrganisationEvent", "Position",
    "ProjectStatus", "Remark"})
_IN_THE_PRESENT = frozenset({"AgreementAction", "DiplomaticRelations", "Meeting"})  # "3 May. Chile opens a consulate."


class Years:
    """The year that holds for days with which paragraphs open: of the heading or line above, else of such a day before."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._paragraph = -1
        self._heading = ""
        self._year = ""

    def above(self, sentence: Sentence) -> str:
        """The year that is known above this sentence where it begins a paragraph; else ""."""
        return self._year_of(sentence) if sentence.paragraph != self._paragraph else ""

    def _year_of(self, sentence: Sentence) -> str:
        if sentence.heading != self._heading:
            years = set(_A_YEAR.findall(sentence.heading))
            self._heading = sentence.heading
            self._year = years.pop() if len(years) == 1 else ""
        return self._year

    def note(self, sentence: Sentence, values: Sequence[Value]) -> None:
        """Notes a line that is a year, or the day with which a paragraph opens."""
        opens, self._paragraph = sentence.paragraph != self._paragraph, sentence.paragraph
        if not opens:
            return
        self._year_of(sentence)
        if only := _ONLY_YEAR.fullmatch(self._text, sentence.start, sentence.end):
            self._year = only[1]
        elif values and (day := values[0].date or values[0].end_date) and len(day) >= 7 and _is_opening(self._text, sentence, values[0]) and (
                re.search(r"\d{4}", self._text[values[0].start : values[0].end])):
            self._year = day[:4]


def _is_opening(text: str, sentence: Sentence, value: Value) -> bool:
    return not any(c.isalnum() for c in text[sentence.start : value.start]) and bool(_BEHIND.match(text, value.end, sentence.end))


def date_of_opening(view: SentenceView, match: Match, kind: str, views: Sequence[SentenceView], at: int) -> Value | None:
    """The day with which the paragraph opens (or that is the heading of a chronicle), for what is told there without a date of its own."""
    if kind not in _TELLING or any(word in _ELSEWHEN for word in view.words):
        return None
    group = match.group or next((g for g in view.groups if g.form == "finite"), None)
    if group is None or group.form != "finite" or group.perfect or group.negated or group.modal or (group.tense != "past" and kind not in _IN_THE_PRESENT):
        return None
    first = at
    while first > 0 and views[first - 1].sentence.paragraph == view.sentence.paragraph:
        first -= 1
    opening = opening_day(views[first].words, views[first].mentions)
    behind = opening[1] if opening is not None else 0
    for k in range(first, at + 1):
        if any(m.kind in ("date", "period") and (k > first or m.first >= behind) for m in views[k].mentions):
            return None
    if group.tense != "past" and at > first + 1:
        return None
    return opening[0] if opening is not None else _of_chronicle(view, views)


def _of_chronicle(view: SentenceView, views: Sequence[SentenceView]) -> Value | None:
    """The day that is the heading above, where other headings of the text are days too."""
    heading = view.sentence.heading.strip(" :.")
    day = _heading_day(heading)
    if day is None or not any(v.sentence.heading != view.sentence.heading and _heading_day(v.sentence.heading.strip(" :.")) is not None for v in views):
        return None
    return day


def _heading_day(heading: str) -> Value | None:
    if not 8 <= len(heading) <= 30:
        return None
    found = find_values(heading, 0, len(heading), "")
    return found[0] if len(found) == 1 and len(found[0].date) == 10 and found[0].end - found[0].start == len(heading) else None
