"""Finding the values of a sentence: every form is tried where it may begin, the longest wins, then neighbours are joined."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from kg.model import Value
from kg.values.amounts import AMOUNT_FORMS, with_surroundings
from kg.values.calendar import period_bounds, valid_date
from kg.values.dates import DATE_FORMS, MONTH_WORDS, WEEKDAYS
from kg.values.forms import FIGURE, SIGN, Form, Place
from kg.values.money import SYMBOLS
from kg.values.numbers import MULTIPLIER, multiplier, tidy
from kg.values.relative import RELATIVE_FORMS
from kg.values.years import YEAR_FORMS

__all__ = ["find_values"]

FORMS: tuple[Form, ...] = (*DATE_FORMS, *YEAR_FORMS, *RELATIVE_FORMS, *AMOUNT_FORMS)
"""All forms. Of two that match equally far the earlier one is read."""

_STARTS: dict[str, tuple[Form, ...]] = {
    first: tuple(form for form in FORMS if first in form.first) for first in {word for form in FORMS for word in form.first}
}
FREQUENT = frozenset({
    "a", "an", "this", "last", "next", "past", "current", "that", "same", "previous", "following", "preceding", "outgoing", "every", "each",
    "per", "end", "all", "top", "try", "can", "top", "cup", "mad",
})
"""Words that begin values and yet say nothing alone."""
_PLACES = re.compile(rf"(?P<sign>[{''.join(map(re.escape, SYMBOLS))}])|(?P<figure>\d)[\d.,]*|[A-Za-z]+")
_GLUED = re.compile(r"[\w./#№@=+_:]$|[A-Za-z0-9][-‑]$|\w–$")

_SIGNED = re.compile(rf"[\d{''.join(map(re.escape, SYMBOLS))}]")
_WORD = re.compile(r"[A-Za-z]+")
# Every value without a figure holds one of these. "Last", "every", "a" are too frequent to ask for: their second word is here.
_TELLING = frozenset(
    form for word in (
        {word for names in _STARTS for word in (names,) if word.isalpha() and len(word) > 2} - FREQUENT - MONTH_WORDS
        | {"hundred", "thousand", "million", "billion", "trillion", "dozen", "quarter", "third", "week", "month", "year", "decade", "days",
           "weeks", "months", "years", "decades", "spring", "summer", "autumn", "winter", "fall", "hour", "hours"}
    ) for form in (word, word.capitalize(), word.upper())
) | {form for word in MONTH_WORDS for form in (word.capitalize(), word.upper())}

# Never values, whatever they look like.
_NEVER = re.compile(
    r"https?://\S+|www\.\S+|\S+@\S+\.\w+"
    r"|\b\d{1,2}[:.]\d\d(?::\d\d)?\s?(?:[ap]\.?m\b\.?|hrs\b|hours\b|GMT\b|UTC\b)|\b\d{1,2}:\d\d(?::\d\d)?\b|\b\d{1,2}\s?[ap]\.?m\b\.?"
    r"|\+\d[\d ().-]{6,}\d|\(\d{2,5}\)\s?\d[\d -]{4,}\d|\b(?:tel|phone|fax)\b[.:]?\s?[\d+()][\d ()-]+"
    r"|\b(?!(?:19|20)\d\d-[01]\d-[0-3]\d\b)\d{2,4}(?:-\d{2,4}){2,}\b"
    r"|\b\d{1,2}(?:\.\d{1,2}){2,}\b(?!\.)|\b\d{1,2}/\d{1,2}\b(?!/)|\[\d+\]|\b(\d+)-\1\b", re.I)


def find_values(text: str, start: int, end: int, issued: str, *, anchor: str = "") -> tuple[Value, ...]:
    """The dates, amounts, durations and ordinals of text[start:end] (one sentence), in text order, none within another.

    Offsets: 0-based code points of ``text``, end exclusive. ``issued``: the document's date as precise as known, "" where not;
    what it cannot resolve gives no value. ``anchor``: the last date named before, for "the next day", "a month later".

    >>> [(value.kind, value.date or value.number) for value in find_values("Trade fell by 12 percent last year.", 0, 35, "2013")]
    [('percent', Decimal('12')), ('date', '2012')]
    """
    figures = bool(_SIGNED.search(text, start, end))
    if not figures and _TELLING.isdisjoint(_WORD.findall(text, start, end)):
        return ()
    place = Place(text, start, end, issued if valid_date(issued) else "", anchor if valid_date(anchor) else "")
    return tuple(_neighbours(_scan(place, figures), place))


def _scan(place: Place, figures: bool) -> list[Value]:
    text, position = place.text, place.start
    values: list[Value] = []
    never = [match.span() for match in _NEVER.finditer(text, place.start, place.end)] if figures else []
    for found in _PLACES.finditer(text, place.start, place.end):
        begin = found.start()
        if begin < position:
            continue
        skipped = next((last for first, last in never if first <= begin < last), 0)
        if skipped:
            position = skipped
            continue
        forms = _STARTS.get(FIGURE if found["figure"] else SIGN if found["sign"] else found.group().lower())
        if not forms or (found["figure"] and _GLUED.search(text, max(place.start, begin - 2), begin)):
            continue
        best, form = _longest(forms, begin, place)
        if not best or not form:
            continue
        value = form.read(best, place)
        position = max(best.end(), value.end if value else 0)
        if value:
            wider = _with_words_around(value, place)
            if values and wider.start < values[-1].end:
                wider = replace(wider, start=value.start)
            position = wider.end
            values.append(wider)
            if value.date:
                place = replace(place, anchor=value.date)
    return values


def _longest(forms: tuple[Form, ...], begin: int, place: Place) -> tuple[re.Match[str] | None, Form | None]:
    best: re.Match[str] | None = None
    winner: Form | None = None
    for form in forms:
        match = form.expression.match(place.text, begin, place.end)
        if match and (best is None or match.end() > best.end()) and (form.fits is None or form.fits(match, place)):
            best, winner = match, form
    return best, winner


def _with_words_around(value: Value, place: Place) -> Value:
    if value.kind in ("date", "period"):
        return _with_date_words(value, place)
    return value if value.kind == "ordinal" else with_surroundings(value, place)


# --- words before a date ---

_WEEKDAY = re.compile(rf"\b(?:{'|'.join(WEEKDAYS)}),?\s\(?$")
_PART = re.compile(
    r"(?i:\b(?:(?:the\s)?(?:very\s)?(?:end|beginning|start|middle|close|turn|spring|summer|autumn|fall|winter)\sof\s(?:the\syear\s|the\s)?|(?:early|late)(?:\sin)?\s|mid[\s-]|the\syear\s"
    r"|(?:spring|summer|autumn|winter)\s|(?:earlier|later)\s))$")
_FROM = re.compile(r"(?i:\b(?:ever\s)?since\s(?:the\s)?)$")
_AFTER_DATE = re.compile(r"(?i:\bafter\s(?:the\s)?)$")
_UNTIL = re.compile(
    r"(?i:\b(?:until|till|up\sto|through\sto|(?:extend(?:ed|s|ing)?|prolong(?:ed|s|ing)?|renew(?:ed|s|ing)?|valid|lasts?|lasting|runs?|running|lease)\s(?:up\s)?to)\s(?:the\s)?)$")
_BEFORE_DATE = re.compile(r"(?i:(?<!by\sor\s)\b(?:prior\sto|before)\s(?:the\s)?)$")
_LEADING_VERB = re.compile(r"(?i:(?:extend|prolong|renew|valid|last|run|lease)\w*\s)")
_ON = re.compile(r"\s(?:on(?:wards?)?|onwards?)\b(?!\s(?:the|a)\b)(?=\s*(?:[,.;)]|$|\w))")


def _with_date_words(value: Value, place: Place) -> Value:
    """The date with its weekday and "the end of"; "since", "until", "from ... on" make it an open period."""
    start = value.start
    for expression in (_WEEKDAY, _PART, _PART):
        if words := expression.search(place.before(start)):
            start -= len(words.group())
            if expression is _WEEKDAY and words.group().endswith("("):
                start = value.start
    value = replace(value, start=start)
    before = place.before(start)
    first, last = value.start_date or value.date, value.end_date or value.date
    whole_end = value.earliest != value.latest and "end of" in place.text[value.start:value.end].lower()
    if words := _FROM.search(before) or _AFTER_DATE.search(before):
        return _open(value, start - len(words.group()), value.end, first, "")
    if words := _UNTIL.search(before):
        verb = _LEADING_VERB.match(words.group())
        return _open(value, start - len(words.group()) + (verb.end() if verb else 0), value.end, "", last)
    if not whole_end and (words := _BEFORE_DATE.search(before)):
        return _open(value, start - len(words.group()), value.end, "", last)
    if re.search(r"(?i:\b(?:from|as\sof)\s)$", before) and (words := _ON.match(place.text, value.end, place.end)):
        return _open(value, start - 5, words.end(), first, "")
    if words := re.compile(r"\sonwards?\b").match(place.text, value.end, place.end):
        return _open(value, start, words.end(), first, "")
    return value


def _open(value: Value, start: int, end: int, first: str, last: str) -> Value:
    earliest, latest = value.earliest if first else "", value.latest if last else ""
    if not value.date and first != value.start_date:
        first = ""
    return Value(start, end, "period", start_date=first, end_date=last, earliest=earliest, latest=latest)


# --- neighbours ---

def _neighbours(values: list[Value], place: Place) -> list[Value]:
    if len(values) < 2:
        return values
    return _carry_currency(_share_unit(_merge_frequency(_join_periods(values, place), place), place), place)


_LINK = re.compile(r"\s?[-–—]\s?|\s(?:to|through|till|until)\s(?:the\s)?")


def _join_periods(values: list[Value], place: Place) -> list[Value]:
    """Two dates with "to" or a dash between them, "from ... until ...", "between ... and ...": one period."""
    joined: list[Value] = []
    for value in values:
        last = joined[-1] if joined else None
        both = _joined(last, value, place) if last else None
        if both:
            joined[-1] = both
        else:
            joined.append(value)
    return joined


def _joined(one: Value, two: Value, place: Place) -> Value | None:
    gap, before = place.text[one.end:two.start], place.before(one.start, 12)
    begins = re.search(r"(?i:\b(?:from|between)\s(?:the\s)?)$", before)
    first = one.date or (one.start_date if not one.end_date else "")
    last = two.date or (two.end_date if not two.start_date else "")
    if not first or not last or "date" not in (one.kind, two.kind) and one.kind != "period":
        return None
    if one.kind == two.kind == "date":
        linked = _LINK.fullmatch(gap) or (gap == " and " and begins and begins.group().lower().startswith("between"))
    else:
        linked = gap == " " and (bool(begins) or one.kind == "period")
    if not linked or (one.kind == "date" and two.kind == "date" and len(first) != len(last) and not begins):
        return None
    earliest, latest = period_bounds(first, last)
    if not earliest or not latest or earliest >= latest:
        return None
    start = one.start - (len(begins.group()) if begins else 0)
    return Value(start, two.end, "period", start_date=first, end_date=last, earliest=earliest, latest=latest)


def _merge_frequency(values: list[Value], place: Place) -> list[Value]:
    """"Annually more than 9,000": the frequency directly before an amount becomes its "per"; "$115 million (about €101 million) a
    year": what stands behind the bracket is of both."""
    merged: list[Value] = []
    for value in values:
        last = merged[-1] if merged else None
        if (last and last.per and last.kind == "duration" and not last.duration and not value.per
                and value.kind in ("money", "number", "quantity") and place.text[last.end:value.start].strip(" ,\n") == ""):
            merged[-1] = replace(value, start=last.start, per=last.per)
        elif (last and value.per == last.per and value.kind == "duration" and not value.duration and value.per
                and re.fullmatch(r"[^.;,:]{0,40}", place.text[last.end:value.start])):
            continue  # "$3 billion in trade annually": already said
        else:
            if (last and value.per and not last.per and value.kind == last.kind == "money"
                    and place.text[last.end:value.start] == " ("):
                merged[-1] = replace(last, per=value.per)
            merged.append(value)
    return merged


_ALONE = re.compile(r"\s*(?:[,.;:)]|$|\s(?:and|or|in|for|from|to|by|last|this|while|on|at|as|respectively|a\syear|annually)\b)")


def _carry_currency(values: list[Value], place: Place) -> list[Value]:
    """"Russia 1.53 billion roubles, and Belarus, 824 million": the second amount is in roubles too."""
    carried: list[Value] = []
    money: Value | None = None
    for value in values:
        if value.kind == "money":
            money = value
        elif (money and value.kind == "number" and re.search(r"(?i:illion|bn|mn|mln)\b", place.text[value.start:value.end])
                and value.start - money.end <= 60 and _ALONE.match(place.text, value.end, place.end)
                and not re.search(r"[;.]\s", place.text[money.end:value.start])):
            value = money = replace(value, kind="money", currency=money.currency)
        carried.append(value)
    return carried


_BIG = re.compile(rf"\d(?P<big>{MULTIPLIER})")


def _share_unit(values: list[Value], place: Place) -> list[Value]:
    """"From 10 to 15 percent", "from $2 to $3 billion": the first number is of what the second is."""
    shared = list(values)
    for index, (one, two) in enumerate(pairwise(values)):
        begins = re.search(r"(?i:\bfrom\s(?:the\scurrent\s)?)$", place.before(one.start, 20))
        same = one.kind == "number" or (one.kind == two.kind == "money" and one.currency == two.currency)
        if not begins or place.text[one.end:two.start] != " to " or not same or two.kind not in ("percent", "money", "quantity"):
            continue
        big = _BIG.search(place.text, two.start, two.end)
        factor = multiplier(big["big"]) if big and not _BIG.search(place.text, one.start, one.end) else 1
        number = tidy(one.number * factor) if one.number is not None else None
        shared[index] = replace(one, kind=two.kind, number=number, currency=two.currency, unit=two.unit, per=two.per)
    return shared
