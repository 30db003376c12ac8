"""Years and what is reckoned by them: "2018", "2012–2017", "the 1990s", "13th century", "the first half of 2018"."""

from __future__ import annotations

import re

from kg.model import Value
from kg.values.calendar import add_years, make_partial
from kg.values.forms import FIGURE, Form, Place, date_value, named_before, period_value
from kg.values.numbers import small_number
from kg.values.ordinals import ORDINALS
from kg.values.tense import is_future

__all__ = ["COUNTED", "OF_YEAR", "TO", "WHICH_YEAR", "YEAR", "YEAR_FORMS", "which_year"]

YEAR = r"(?:1\d|2[01])\d\d(?!\d|,\d|\.\d)"
TO = r"(?:\s?[-–—‑]\s?|\s(?:to|through|till|until)\s)"
WHICH_YEAR = r"(?P<which>this|last|next|the same|the current|the following|the next|the previous|that|that\ssame)\syear\b"
OF_YEAR = rf"(?:,?\s(?:of\s|in\s)?(?:the\syear\s)?(?P<y>{YEAR})|\s(?:of\s)?{WHICH_YEAR}|\sof\s(?P<own>the\syear)\b(?!\s(?:before|after|earlier|\d)))"

# What is counted rather than dated: "2000 people".
COUNTED = (
    r"(?:people|persons?|individuals|citizens|students|pupils|scholars|teachers|specialists|experts|scientists|workers|employees"
    r"|jobs|troops|soldiers|servicemen|servicewomen|personnel|officers|fighters|militants|men|women|children|families|residents"
    r"|inhabitants|migrants|refugees|pilgrims|tourists|visitors|participants|athletes|delegates|observers|companies|firms"
    r"|enterprises|ventures|businesses|banks|projects|schools|houses|homes|hospitals|beds|villages|towns|cities|trucks|tanks"
    r"|vehicles|cars|buses|wagons|aircraft|ships|flights|of\sthem|members|victims|casualties|deaths|cases|scholarships|places"
    r"|copies|books|items|units|pieces|points)\b"
)
_FOLLOWED_BY_COUNTED = re.compile(rf"\s(?:[\w-]+\s)?{COUNTED}")
_YEAR_WORD = re.compile(
    r"(?i:\b(?:in|since|until|till|by|during|before|after|from|through|years?|early|late|mid|spring|summer|autumn|winter|circa"
    r"|throughout)\s?-?)$"
)
_OPEN_WORD = re.compile(r"(?i:\b(?:of|to|for|the|and|or|on|with|than|as|at|between|all|up)\s|[(,–—/:;&]\s?)$")
# "Renewed 2019 for five years", "entered into force 1995": a year that a brief sets behind a participle.
_DONE = re.compile(r"(?i:\b(?:[a-z]{3,}ed|force|effect|built|set\sup|begun|began)\s)$")
# "Trade volume 2018: EUR 5 million", "Exports 2018: ...".
_LABEL = re.compile(r"(?:\s[a-z]{4,}|\b(?:Trade|Turnover|Exports?|Imports?|Investments?|Volume|Total))\s$")
_DONE_BEHIND = re.compile(r"\s?(?:[,;.)\]]|$|\s(?:for|and|&|in|with|but|until|by|to|as|at|–|-)\s)")
_QUALIFIED = re.compile(
    r"(?i:\b(?:more\sthan|less\sthan|fewer\sthan|over|about|around|some|nearly|almost|approximately|at\sleast|under|roughly)\s)$"
)
_YEAR_VERB = re.compile(
    r"\s(?:was|is|will|has|had|saw|sees|marks|marked|becomes?|became|as|turned|would|brought|brings|proved|ended|began|and|or)\b"
)
# "his 2015 visit", "a 2009 law", "the bank's 2017 report": a year as an epithet of one thing.
_WHOSE = re.compile(r"(?i:\b(?:his|her|its|their|our|your|my|a)\s|['’]s?\s)$")
_ONE_THING = re.compile(
    r"\s(?!(?:km|kilomet|mw|megawatt|mile|tonne|ton|met[re]|hectare|acre|strong|page|seat|square|cubic|kg|word|year|man|day|hour|dollar|euro|percent|per|million)[a-z]*\b)"
    r"(?:[A-Za-z]{2,}[^s\W\d]\b|elections\b|talks\b|negotiations\b|Olympics\b)"
)
_PLURAL = re.compile(r"\s[a-z]{2,}[^s\W]s\b")
_NO_YEAR_BEHIND = re.compile(r"\s?(?:BC|B\.C\.|%|-(?!\w*-?(?:and|long|era))[a-z])")


_OF_ANCHOR = {"the same": 0, "that": 0, "that same": 0, "the following": 1, "the next": 1, "the previous": -1}


def which_year(place: Place, which: str) -> str:
    """The year of "this year", "last year", "next year", "the same year"; "" where unknown."""
    if which in _OF_ANCHOR:
        return add_years(place.anchor[:4], _OF_ANCHOR[which]) if place.anchor else ""
    return add_years(place.issued, {"this": 0, "the current": 0, "last": -1, "next": 1}[which])


def _reads_as_year(match: re.Match[str], place: Place) -> bool:
    """Whether four figures on their own are a year and not a count."""
    before, after = place.before(match.start()), place.after(match.end())
    if (named_before(place, match.start(), opening=True) and not _WHOSE.search(before)) or _NO_YEAR_BEHIND.match(after):
        return False
    counted = _FOLLOWED_BY_COUNTED.match(after)
    if _YEAR_WORD.search(before):
        return not counted or before.strip() == "In"
    modern = 1800 <= int(match.group()[:4]) < 2100
    if not modern or counted or _QUALIFIED.search(before):
        return False
    if not before.strip() or _OPEN_WORD.search(before):
        return before[-4:].lower() == "the " or not _PLURAL.match(after) or bool(_YEAR_VERB.match(after))
    if (_DONE.search(before) and _DONE_BEHIND.match(after)) or (after[:2] in (": ", ":\n") and _LABEL.search(before)):
        return True
    return bool(_YEAR_VERB.match(after)) or bool(_WHOSE.search(before) and _ONE_THING.match(after))


def _year(match: re.Match[str], place: Place) -> Value | None:
    return date_value(*match.span(), match["y"])


def _years(match: re.Match[str], place: Place) -> Value | None:
    """Two years; of the second perhaps only the last two figures."""
    first, last = match["y"], match["y2"]
    last = first[:4 - len(last)] + last
    return period_value(*match.span(), first, last) if first < last else None


def _decade(match: re.Match[str], place: Place) -> Value | None:
    """"The 1990s"; "the 30s" are those of the twentieth century."""
    first = int(match["y"]) if len(match["y"]) == 4 else 1900 + int(match["y"])
    return period_value(*match.span(), str(first), str(first + 9))


_NUMERIC_ORDINAL = r"\d{1,2}(?:st|nd|rd|th)"
_SPELLED_ORDINAL = rf"(?i:{'|'.join(word.replace('-', '[- ]') for word in sorted(ORDINALS, key=len, reverse=True))})"
_CENTURY = rf"(?P<c>{_NUMERIC_ORDINAL}|{_SPELLED_ORDINAL})[\s-](?i:century)\b"


def _ordinal(text: str) -> int:
    word = text.lower().replace(" ", "-")
    return ORDINALS.get(word) or int(re.sub(r"\D", "", word))


def _century(match: re.Match[str], place: Place) -> Value | None:
    count = _ordinal(match["c"])
    return period_value(*match.span(), f"{count * 100 - 99:04}", f"{count * 100:04}") if 1 <= count <= 30 else None


def _decade_of_century(match: re.Match[str], place: Place) -> Value | None:
    nth = 10 if match["nth"].lower() == "last" else _ordinal(match["nth"])
    first = _ordinal(match["c"]) * 100 - 99 + 10 * (nth - 1)
    return period_value(*match.span(), f"{first:04}", f"{first + 9:04}") if nth <= 10 else None


def _fiscal(match: re.Match[str], place: Place) -> Value | None:
    """A fiscal year bears the name of the year in which it ends; with both years named it is the period from one to the other."""
    year, last = match["y"], match["y2"] or ""
    if last and len(year) == 4:
        return period_value(*match.span(), year, year[:4 - len(last)] + last)
    if last:
        year = "20"[:4 - len(last)] + last
    return date_value(*match.span(), year if len(year) == 4 else f"20{year}")


def _fiscal_end(match: re.Match[str], place: Place) -> Value | None:
    return date_value(*match.span(), match["y"])


def _part_of_year(match: re.Match[str], place: Place) -> Value | None:
    """"The first half of 2018", "Q3 2017", "the first nine months of this year"."""
    year = match["y"] or (place.issued[:4] if match["own"] else which_year(place, match["which"].lower()))
    part, nth = match["part"].lower(), match["nth"].lower()
    if not year:
        return None
    months = {"half": 6, "h": 6, "quarter": 3, "q": 3}.get(part) or small_number(part) or int(part)
    count = 12 // months if nth == "last" else int(nth) if nth.isdigit() else _ordinal(nth)
    if count * months > 12:
        return None
    first, last = (count - 1) * months + 1, count * months
    if match["own"] and make_partial(int(year), last) > place.issued[:7] and not is_future(place, match.start()):
        return None  # "the first half of the year" in a text that is older than its end
    return period_value(*match.span(), make_partial(int(year), first), make_partial(int(year), last))


_FIRST = frozenset({FIGURE})
_NTH = r"(?i:first|second|third|fourth|last|1st|2nd|3rd|4th)"
_MONTHS = r"(?i:two|three|four|five|six|seven|eight|nine|ten|eleven|[2-9]|1[01])"
_TO_SHORT_YEAR = r"(?:[-/–](?P<y2>(?:20)?\d\d))?(?!\d)"

YEAR_FORMS = (
    Form.of("1990s", _FIRST, r"(?P<y>(?:1[0-9]|20)\d0)['’]?s\b", _decade),
    Form.of("the 30s", _FIRST, r"(?<=[Tt]he\s)(?P<y>[2-9]0)['’]?s\b", _decade),
    Form.of("the '90s", _FIRST, r"(?<=['’‘])(?P<y>[2-9]0)['’]?s\b", _decade),
    Form.of("13th century", {*ORDINALS, "twenty", FIGURE}, _CENTURY, _century),
    Form.of(
        "first decade of the 21st century",
        {"last", *ORDINALS},
        rf"(?P<nth>{_SPELLED_ORDINAL}|(?i:last))\sdecade\sof\sthe\s{_CENTURY}",
        _decade_of_century,
    ),
    Form.of("2012-2017", _FIRST, rf"(?P<y>{YEAR}){TO}(?P<y2>{YEAR})", _years),
    Form.of("2012-17", _FIRST, r"(?P<y>(?:1\d|20)\d\d)[-–/](?P<y2>\d\d)(?![\d-]|,\d|\.\d)", _years),
    Form.of("between 2009 and 2028", _FIRST, rf"(?<=[Bb]etween\s)(?P<y>{YEAR})\sand\s(?P<y2>{YEAR})", _years),
    Form.of("FY 2019-20", {"fy"}, rf"FY[\s-]?(?P<y>(?:20)?\d\d){_TO_SHORT_YEAR}", _fiscal),
    Form.of(
        "fiscal year 2020",
        {"fiscal", "financial", "calendar"},
        rf"(?i:fiscal|financial|calendar)\s(?:(?i:year)\s)?(?P<y>20\d\d){_TO_SHORT_YEAR}",
        _fiscal,
    ),
    Form.of(
        "fiscal year ended 31 March 2015",
        {"fiscal", "financial"},
        rf"(?i:fiscal|financial)\syear\s(?:that\s)?(?:ended|ending|to|ends)\s(?:in\s|on\s)?(?:\d{{1,2}}\s)?[A-Z][a-z]+(?:\s\d{{1,2}},)?\s(?P<y>{YEAR})",
        _fiscal_end,
    ),
    Form.of(
        "year ending December 2017",
        {"year"},
        rf"(?i:year)\s(?:ended|ending)\s(?:in\s|on\s)?(?:31\s)?December(?:\s31,)?\s(?P<y>{YEAR})",
        _fiscal_end,
    ),
    Form.of(
        "first half of 2018",
        {"first", "second", "third", "fourth", "last", FIGURE},
        rf"(?P<nth>{_NTH})[\s-](?P<part>(?i:half|quarter)){OF_YEAR}",
        _part_of_year,
    ),
    Form.of(
        "first nine months of 2018", {"first", "last"}, rf"(?P<nth>(?i:first|last))\s(?P<part>{_MONTHS})\smonths{OF_YEAR}", _part_of_year
    ),
    Form.of("H1 2018", {"h", "q"}, rf"(?P<part>[HQ])(?P<nth>[1-4]){OF_YEAR}", _part_of_year),
    Form.of("1H 2018", _FIRST, rf"(?P<nth>[1-4])(?P<part>[HQ]){OF_YEAR}", _part_of_year),
    Form.of("2018", _FIRST, rf"(?P<y>{YEAR})(?!\w)", _year, _reads_as_year),
)
