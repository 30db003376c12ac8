"""Values that explain each other: two dates that make a period, amounts that share a currency, unit or frequency."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from kg.model import Value
from kg.values.calendar import period_bounds
from kg.values.forms import Place
from kg.values.numbers import MULTIPLIER, multiplier, tidy

__all__ = ["join_neighbours", "share_currency"]


def join_neighbours(values: list[Value], place: Place) -> list[Value]:
    """The values of a sentence after each has been read together with the one before it."""
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
    if not first or not last:
        return None
    if one.kind == two.kind == "date":
        linked = _LINK.fullmatch(gap) or (gap == " and " and begins and begins.group().lower().startswith("between"))
    else:
        linked = gap == " " and (bool(begins) or one.kind == "period")
    if not linked or (one.kind == "date" and two.kind == "date" and len(first) != len(last) and not begins):
        return None
    if first > last[:len(first)] and not re.search(r"\d{4}", place.text[one.start:one.end]):
        first = last[:4] + first[4:]  # "between January and August 2016": the year is said once
    earliest, latest = period_bounds(first, last)
    if not earliest or not latest or earliest >= latest:
        return None
    start = one.start - (len(begins.group()) if begins else 0)
    return Value(start, two.end, "period", start_date=first, end_date=last, earliest=earliest, latest=latest)


_UNSAID = re.compile(r"[^.;,:]{0,40}")


def _merge_frequency(values: list[Value], place: Place) -> list[Value]:
    """Each frequency as the "per" of its amount.

    "Annually more than 9,000"; "$5 million (about €4 million) a year": of both; "$3 billion of trade annually": once.
    """
    merged: list[Value] = []
    for value in values:
        last = merged[-1] if merged else None
        if not last:
            merged.append(value)
            continue
        gap = place.text[last.end:value.start]
        counts = value.kind in ("money", "number", "quantity") and not value.per
        if _is_frequency(last) and counts and not gap.strip(" ,\n"):
            merged[-1] = replace(value, start=last.start, per=last.per)
        elif not (_is_frequency(value) and value.per == last.per and _UNSAID.fullmatch(gap)):
            if value.per and not last.per and value.kind == last.kind == "money" and gap == " (":
                merged[-1] = replace(last, per=value.per)
            merged.append(value)
    return merged


def _is_frequency(value: Value) -> bool:
    return value.kind == "duration" and bool(value.per) and not value.duration


_ALONE = re.compile(
    r"\s*(?:[,.;:)]|$|\s(?:and|or|between|under|up|down|over|against|compared|with|of\s(?:trade|that|this|it|which|the\s(?:total|sum))|today|now|already|in|for|from|to|by|last|this|while|on|at|as"
    r"|registered|recorded|reached|achieved|attained|posted|respectively|a\syear|annually|per\sannum|was|were|is|are|will|went|go|goes|came|comes|have|has|had|so\sfar|ago|before|earlier|within|worth|during|the\s(?:year|following|previous)|each|more"
    r"|(?:an?|the)\s(?:[\w-]+\s){0,4}(?:loans?|credits?|grants?|gift|donation|subsidy|contribution)|through|via|provided|financed|borne|drawn)\b)"
)
_WITH_MULTIPLIER = re.compile(r"illion|bn|mn|mln", re.I)


def _carry_currency(values: list[Value], place: Place) -> list[Value]:
    """"Russia 1.53 billion roubles, and Belarus, 824 million": the second amount is in roubles too."""
    carried: list[Value] = []
    money: Value | None = None
    for value in values:
        if value.kind == "money":
            money = value
        elif (
            money
            and value.kind == "number"
            and _WITH_MULTIPLIER.search(place.text, value.start, value.end)
            and value.start - money.end <= (100 if _PEOPLED.search(place.text, money.end, value.start) else 200)
            and _ALONE.match(place.text, value.end, place.end)
            and not re.search(r"[.]\s", place.text[money.end : value.start])
        ):
            value = money = replace(value, kind="money", currency=money.currency)
        elif (
            money is None
            and value.kind == "number"
            and _WITH_MULTIPLIER.search(place.text, value.start, value.end)
            and _ALONE.match(place.text, value.end, place.end)
            and (priced := next((v for v in values if v.kind == "money" and v.start > value.end), None)) is not None
            and priced.start - value.end <= 80
            and (sentence := place.text[place.start : place.end])
            and _MONEYED.search(sentence)
            and not _PEOPLED.search(sentence)
        ):
            value = replace(value, kind="money", currency=priced.currency)  # "imports fell to 1.1 billion, while exports came to 800 million dollars"
        carried.append(value)
    return carried


_MONEYED = re.compile(
    r"(?i)\b(?:trade|turnover|exports?|imports?|invest\w*|capital|loans?|credits?|grants?|aid|assistance|funding|financing|debt|sales|deliveries|spent|worth|"
    r"remittances|total(?:led|ed)?|figure|volume|sum|amount(?:s|ed)?|it|this|that|they|we|target|goal|surplus|deficit|balance|remaining|rest|another|budget|contribut\w+"
    r"|lend(?:s|ing)?|lent|pay(?:s|ing)?|paid|pledg(?:es?|ed|ing)|commit(?:s|ted|ment|ments)?|provid(?:es?|ed|ing)|allocat\w+|approv(?:es?|ed)|financ(?:es?|ed)|costs?"
    r"|disburs\w+|donat\w+|donors?|further|additional|banks?|bill|fees?|price|revenues?|earn(?:s|ed|ings)?|put\sup|compensation|royalties)\b"
)
_PEOPLED = re.compile(
    r"(?i)\b(?:people|population|inhabitants|tourists|visitors|students|users|passengers|tons|tonnes|barrels|hectares|workers|citizens|refugees|jobs"
    r"|(?:nation|country|people|state|republic|kingdom|island|market|city|land)\sof\s(?:[a-z]+\s){0,2}\d+)\b"
)


def share_currency(values: tuple[Value, ...], text: str, start: int, end: int, currency: str) -> tuple[Value, ...]:
    """The values of a sentence, its amounts without a currency read in the one of the sentences before.

    "Exports came to $3 billion in 2016. In 2017 they rose to 3.5 billion.": only where the sentence tells of money and counts nothing else.
    """
    sentence = text[start:end]
    if not currency or not _MONEYED.search(sentence) or _PEOPLED.search(sentence):
        return values
    return tuple(replace(v, kind="money", currency=currency)
                 if v.kind == "number" and _WITH_MULTIPLIER.search(text, v.start, v.end) and _ALONE.match(text, v.end, end) else v for v in values)


_BIG = re.compile(rf"\d(?P<big>{MULTIPLIER})")


def _share_unit(values: list[Value], place: Place) -> list[Value]:
    """"From 10 to 15 percent", "from $2 to $3 billion": the first number is of what the second is."""
    shared = list(values)
    for index, (one, two) in enumerate(pairwise(values)):
        begins = re.search(r"(?i:\bfrom\s(?:the\scurrent\s)?)$", place.before(one.start, 20))
        same = one.kind == "number" or (one.kind == two.kind == "money" and one.currency == two.currency)
        linked = begins and place.text[one.end:two.start] == " to "
        if not linked or not same or two.kind not in ("percent", "money", "quantity"):
            continue
        big = _BIG.search(place.text, two.start, two.end)
        factor = multiplier(big["big"]) if big and not _WITH_MULTIPLIER.search(place.text, one.start, one.end) else 1
        number = tidy(one.number * factor) if one.number is not None else None
        shared[index] = replace(one, kind=two.kind, number=number, currency=two.currency, unit=two.unit, per=two.per)
    return shared
