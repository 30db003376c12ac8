"""Values: what a text names, grouped under the value that it must give; and what it must not give, beside it."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from itertools import pairwise

import pytest

import kg.values
from kg.model import Value
from kg.values import date_bounds, find_values, period_bounds, valid_date

ISSUED = "2016-08-17"
"""A Wednesday."""

# Value -> sentences; <...> is the span, and the only value there. Written as `shown` shows it.
DATES = {
    "date 1992-05-25": """
        Oslo and Riga signed it on <25 May 1992>.
        Oslo and Riga signed it on <May 25, 1992>.
        The pact of <May 25th, 1992> lapsed.
        The pact of the <25th of May 1992> lapsed.
        The pact of <25-May-1992> lapsed.
        The pact of <25.05.1992> lapsed.
        The pact of <25/05/1992> lapsed.
        The pact of <05/25/1992> lapsed.
        The pact of <1992-05-25> lapsed.
        They met on <Monday, 25 May 1992>, in Riga.
        They met on <Monday, May 25, 1992>, in Riga.
        THE PACT OF <25 MAY 1992>
    """,
    "date 2013-11-02": """
        The note bears the date <Nov. 2, 2013>.
        The note bears the date <2nd November 2013>.
        The note bears the date <2 Nov 2013>.
    """,
    "date 2016-06-30": """
        The ministers met on <June 30>.
        The ministers met on <30 June> in Bern.
        The ministers met on <Thursday, June 30>.
        They met on <30 June this year>.
        The ministers will publish what they signed, which was agreed on <June 30>.
        Much will change (Courier, <June 30>).
    """,
    "date 2017-06-30": """
        The ministers will meet on <June 30>.
        The treaty is to expire on <30 June>.
        Talks are due on <June 30> in Bern.
        On <June 30>, the ministers will meet.
        They met before and will soon meet again on <30 June next year>.
    """,
    "date 2015-12-05": """
        A treaty was signed on <Dec. 5>.
        They had met on <5 December last year>.
    """,
    "date 1992-05": """
        The embassy opened in <May 1992>.
        The embassy opened in <early May 1992>.
        The embassy opened in <May, 1992>.
        The embassy opened in <May of 1992>.
        On <May 1992>, the embassy opened.
    """,
    "date 2016-02": """
        The envoy arrived in <February>.
        The envoy arrived in <February this year>.
        The envoy arrived in <late February>.
        The <February> meeting failed.
    """,
    "date 2017-02": """
        The envoy will arrive in <February>.
        The fair was to open in <February>.
        The envoy arrives <next February>.
        The envoy will arrive in <February next year>.
    """,
    "date 2015-10": """
        The forum was held <last October>.
        The forum was held in <October last year>.
        The forum was held in <October>.
    """,
    "date 2016-01": """
        They met <this January>.
        They met in <January of this year>.
    """,
    "date 1997": """
        The bank opened in <1997>.
        The <1997> pact lapsed.
        The <1997> elections were free.
        It all ended (<1997>).
        Tallinn, <1997>
        <1997> was a good year.
        The parties hailed <1997> as a success.
        In <1997> people from both banks of the river voted.
        At <the end of 1997> it closed.
        It closed in <mid-1997>.
        By <the beginning of 1997> it had closed.
        In <the summer of 1997> it closed.
        In <spring 1997> it closed.
        In <the year 1997> it closed.
        The bank will open by <1997>.
    """,
    "date 2016": """
        Trade grew <this year>.
        The plant will open by <the end of this year>.
        The plant will open before <the end of this year>.
        <Earlier this year> they met.
        They met <this summer>.
        They will meet in the <autumn>.
        The plant will open by the <end of the year>.
        The budget of <FY-16> is spent.
        The budget of <fiscal year 2016> is spent.
        The <current year> is hard.
    """,
    "date 2015": """
        Trade grew <last year>.
        It is up over the same months of the <past year>.
    """,
    "date 2017": "They will meet <next year>.",
    "date 2014": """
        They met the <year before last>.
        They met <two years ago>.
    """,
    "date 1989": "They met <27 years ago>.",
    "date 2021": "In <five years> the bridge will stand.",
    "date 2016-08-17": "They meet <today>.",
    "date 2016-08-16": """
        They met <yesterday>.
        They met on <Tuesday>.
        They met <one day ago>.
    """,
    "date 2016-08-15": """
        They met the <day before yesterday>.
        They met on <Monday>.
        They met <last Monday>.
    """,
    "date 2016-08-18": "They will meet <tomorrow>.",
    "date 2016-08-22": """
        They will meet on <Monday>.
        On <Monday> he is due to be received.
        On <Monday> the envoy flies to Oslo.
        They meet <next Monday>.
    """,
    "date 2016-07": """
        They met <last month>.
        They met in <July>.
        They met <a month ago>.
    """,
    "date 2016-09": "They meet <next month>.",
    "date 2016-08 2016-08-22..2016-08-28": "They meet <next week>.",
    "date 2016-08 2016-08-08..2016-08-14": "They met <last week>.",
    "date 2016-08 2016-08-01..2016-08-07": "They met <two weeks ago>.",
}

PERIODS = {
    "period 2012/2017": """
        The <2012-2017> plan worked.
        The <2012–2017> plan worked.
        The plan runs <from 2012 to 2017>.
        The plan runs <from 2012 through 2017>.
        The plan runs <from 2012 until 2017>.
        The plan ran <between 2012 and 2017>.
        The <2012-17> plan worked.
    """,
    "period 2013/2014": "The <2013/14> season was cold.",
    "period 2013/": """
        They have talked <since 2013>.
        They have talked <ever since 2013>.
        <From 2013 on>, they talked.
        They talked <from 2013 onwards>.
        <After 2013> they talked.
    """,
    "period /2020": """
        The lease runs <until 2020>.
        The lease runs <till 2020>.
        The lease was extended <to 2020>.
        The lease was extended <up to 2020>.
        The plan held <before 2020>.
        It is the strategy <up to 2020>.
    """,
    "period 1990/1999": """
        In the <1990s> they quarrelled.
        In the <early 1990s> they quarrelled.
        In the <mid 1990's> they quarrelled.
        In the '<90s> they quarrelled.
        In the <90s> they quarrelled.
    """,
    "period 1930/1939": "The famine of the <30s> is remembered.",
    "period 1990/": "They have quarrelled <since the 1990s>.",
    "period 1201/1300": """
        The khanate of the <13th century> fell.
        The khanate of the <thirteenth century> fell.
    """,
    "period 2001/2100": "It is a pact for the <twenty-first century>.",
    "period 2001/2010": "The <first decade of the 21st century> was calm.",
    "period 2016-01/2016-06": """
        In the <first half of 2016> trade fell.
        In the <first half of this year> trade fell.
        In <H1 2016> trade fell.
        In <1H 2016> trade fell.
        In the <first six months of 2016> trade fell.
        In <January-June> trade fell.
        In <January-June of the current year> trade fell.
        In <January–June of this year> trade fell.
        In <January to June 2016> trade fell.
    """,
    "period 2015-07/2015-09": """
        In the <third quarter of 2015> trade fell.
        In <Q3 2015> trade fell.
        In <Q3 of last year> trade fell.
    """,
    "period 2015-10/2015-12": "In the <last quarter of 2015> trade fell.",
    "period 2015-10-12/2015-10-13": """
        They met on <October 12–13, 2015>.
        They met on <12-13 October 2015>.
        They met on <12 and 13 October 2015>.
        They met on <October 12 and 13, 2015>.
        They met <from October 12 to 13, 2015>.
        They met on <October 12-13>.
    """,
    "period 1992-05-25/1992-06-02": """
        They met <from 25 May to 2 June 1992>.
        They met <May 25 - June 2, 1992>.
    """,
    "period 2014-01/2015-03": "The talks went on <from January 2014 to March 2015>.",
    "period 1991-12-30/1992-06-02": "It lasted <from 30 December 1991 to 2 June 1992>.",
    "period 2013/2016": """
        Over the <past three years> they talked.
        Over the <last three years> they talked.
    """,
    "period 2015/2016": """
        Over the <past year> they talked.
        The budget of <FY 2015-16> is spent.
    """,
    "period 2006/2016": "Over the <last decade> they talked.",
}

AMOUNTS = {
    "money 19000000000 USD": """
        The deal is worth <$19 billion>.
        The deal is worth <$19bn>.
        The deal is worth <US$19 billion>.
        The deal is worth <US $ 19 billion>.
        The deal is worth <USD 19bn>.
        The deal is worth <19 billion USD>.
        The deal is worth <19B$>.
        The deal is worth <19 billion dollars>.
        The deal is worth <19 billion US dollars>.
        The deal is worth <$19 billion USD>.
        It is a <19-billion-dollar> deal.
        It is a <$19-billion> deal.
        A <$19 billion> deal was struck.
        The deal is worth <nineteen billion dollars>.
    """,
    "money 3270000000 EUR": """
        They lent <€3.27 billion>.
        They lent <EUR 3.27bn>.
        They lent <3.27 bn euros>.
        They lent <3,27 billion euros>.
    """,
    "money 3000000 GBP": """
        They gave <£3m>.
        They gave <3 million British pounds>.
        They gave <3 million pounds sterling>.
    """,
    "money 100000000000 RUB": """
        The subsidy is <100 billion rubles>.
        The subsidy is <100 billion Russian roubles>.
        The subsidy is <RUB 100 billion>.
    """,
    "money 500000000 CNY": """
        The loan is <500 million yuan>.
        The loan is <RMB 500 million>.
        The loan is <500 million Chinese yuan>.
    """,
    "money 2000000 CHF": "The gift is <2 million Swiss francs>.",
    "money 2000000 EEK": "The gift is <2 million kroons>.",
    "money 2000000 DEM": "The gift is <2 million German marks>.",
    "money 2000000 FRF": "The gift is <2 million French francs>.",
    "money 2000000 SEK": "The gift is <2 million Swedish kronor>.",
    "money 2000000 KZT": "The gift is <2 million tenge>.",
    "money 2000000 AUD": "The gift is <2 million Australian dollars>.",
    "money 2500 USD": "It costs <$2,500>.",
    "money 500000000 500000000..600000000 USD": """
        They may lend <$500-600 million>.
        They may lend <$500 million to $600 million>.
        They may lend <between $500 million and $600 million>.
        They may lend <500 to 600 million dollars>.
    """,
    "money 10000000000 USD moreThan": """
        They traded <more than $10 billion>.
        They traded <over 10 billion USD>.
        Trade exceeded <$10 billion>.
        They traded <in excess of $10 billion>.
    """,
    "money 2000000000 USD almost": """
        They sent <almost $2 billion>.
        They sent <nearly $2 billion>.
        They sent <close to $2 billion>.
    """,
    "money 115000000 USD per=P1Y": """
        The rent is <$115 million a year>.
        The rent is <$115 million per year>.
        The rent is <$115 million annually>.
        The rent is <$115 million per annum>.
        The rent is <$115 million/year>.
        They pay <$115 million> in rent a year.
    """,
    "percent 12": """
        Exports fell by <12 percent>.
        Exports fell by <12 per cent>.
        Exports fell by <12%>.
        Exports fell by <twelve percent>.
        It was a <12-percent> fall.
    """,
    "percent 9 approximately": """
        It rose <about 9 percent>.
        It rose <roughly 9%>.
        It rose by <some 9 percent>.
    """,
    "percent 32 31..32": "The share is <32 or 31 percent>.",
    "percent 5 5..7": """
        It will grow <5-7 percent>.
        It will grow <5 to 7 percent>.
        It will grow <between 5 and 7 percent>.
        It will grow <5% to 7%>.
    """,
    "percent 33.33": """
        It holds <one-third> of the shares.
        It holds <a third> of the shares.
        It holds <one third> of them.
        It rose by <a third>.
    """,
    "percent 33.33 moreThan": "They buy <more than a third> of it.",
    "percent 66.67": "It holds <two-thirds> of the shares.",
    "percent 20": "They did <one-fifth> of the work.",
    "percent 25": "They did <a quarter> of the work.",
    "percent 50": """
        They buy <half> of the gas.
        Output fell by <half>.
    """,
    "percent 50 moreThan": "They buy <more than half> of the gas.",
    "number 28668": """
        There came <28,668> settlers.
        There came <28668> settlers.
        There came <28\u00a0668> settlers.
    """,
    "number 3500000": """
        There live <3.5 million> Finns.
        There live <3.5m> people.
    """,
    "number 70000 moreThan": """
        <More than 70,000> pupils left.
        <Over 70,000> pupils left.
        <Over seventy thousand> pupils left.
    """,
    "number 1000 moreThan": "<Over a thousand> were taught.",
    "number 2000 approximately": """
        <Around 2000> firms trade there.
        <About 2,000> firms trade there.
        <Some 2000> firms trade there.
        <An estimated 2,000> firms trade there.
        <~2000> firms trade there.
    """,
    "number 2000 moreThan": "There are <more than 2000> if all are taken.",
    "number 2000": """
        He brought <2000> people.
        It has grown to <2000> students.
        Some said that in <2000> people the fever broke out.
    """,
    "number 24": """
        They bought <two dozen> ships.
        They bought <24> ships.
        They bought <twenty-four> ships.
    """,
    "number 5 5..6": """
        They own <five or six> ships.
        They own <5-6> ships.
        They own <5 to 6> ships.
    """,
    "number 256": "They own <two hundred and fifty-six> ships.",
    "number 500000": "They own <half a million> sheep.",
    "number 8": """
        An <eight>-member group came.
        <Eight> ministers came.
    """,
    "number 40 atLeast": """
        <At least 40> came.
        <No less than 40> came.
        <No fewer than 40> came.
        <40 or more> came.
        <40+> came.
    """,
    "number 40 atMost": """
        <Up to 40> came.
        <At most 40> came.
        <No more than 40> came.
    """,
    "number 40 lessThan": """
        <Fewer than 40> came.
        <Under 40> came.
    """,
    "number 9000 moreThan per=P1Y": """
        <Annually more than 9,000> settle there.
        <Every year more than 9,000> settle there.
        <More than 9,000 a year> settle there.
    """,
    "ordinal 5": """
        The <fifth> forum closed.
        The <5th> forum closed.
    """,
    "ordinal 2": "It is the <second> largest buyer.",
    "ordinal 25": """
        They mark the <25th> anniversary.
        They mark the <twenty-fifth> anniversary.
    """,
    "ordinal 1": "The <1st> session closed.",
    "quantity 110000000 tons": """
        It imports <110m tons>.
        It imports <110 million tons>.
    """,
    "quantity 120000 barrels per=P1M": """
        They ship <120,000 barrels> of heavy oil a month.
        They ship <120,000 barrels a month>.
    """,
    "quantity 300000 barrels per=P1D": """
        They ship <300,000 bpd>.
        They ship <300,000 barrels per day>.
        They ship <300,000 barrels daily>.
    """,
    "quantity 60000000000 60000000000..70000000000 cubic metres": """
        It buys <60–70 billion cubic metres> of gas.
        It buys <60-70 bcm> of gas.
    """,
    "quantity 480 megawatts": """
        It yields <480 megawatts>.
        It yields <480 megawatt>.
        It yields <480 MW>.
        It has brought the yield up to <480 MW>.
    """,
    "quantity 350 kilometres": "The pipe is <350 km> long.",
    "quantity 9000 square kilometres": "The bay is <9,000 sq km>.",
    "quantity 2 hectares": "The plot is <two hectares>.",
}

DURATIONS = {
    "duration P25Y": """
        It is signed for <25 years>.
        It is a <25-year> pact.
        It is a <twenty-five-year> pact.
    """,
    "duration P50Y atMost": "It may be let for <up to 50 years>.",
    "duration P2D": "It was a <two-day> visit.",
    "duration P5Y": """
        It is a <five-year> plan.
        In <five years> trade doubled.
    """,
    "duration P6M": "They worked <six months>.",
    "duration P14D": "They worked <two weeks>.",
    "duration P18M": "They worked <1.5 years>.",
    "duration per=P1Y": """
        The talks are held <annually>.
        It improves <every year>.
        It is held <once a year>.
        It is renewed <each year>.
    """,
    "duration per=P4Y": "It is renewed <every four years>.",
    "duration per=P2Y": """
        It is held <every other year>.
        It is held <once every two years>.
    """,
    "duration per=P6M": "It is held <twice a year>.",
    "duration per=P4M": "It is held <three times a year>.",
    "duration per=P1D": "They talk <daily>.",
}

NOTHING = """
    The plan of EXPO 2017 was praised.
    They cite Resolution 1701 and Article 5.
    It sold Su-30 jets, H145 craft and A320 planes.
    It started at 2.15pm sharp.
    It started at 10:55 or 3 p.m. there.
    World War II ended.
    See page 12, section 4, No. 17.
    Call +7 495 123-45-67 now.
    Tel. 020 7946 0018
    The G20 and the C5+1 met, as did the Group of 77.
    Vision 2030 is their plan.
    It holds 24/7 and is split 50-50.
    20. Total trade
    1.2 Trade and industry
    Volume: 2 Issue: 3
    Thousands of troops and hundreds of tanks came.
    Several billion dollars were lost.
    A few hundred came; several years passed.
    It rose 3 percentage points.
    A 25-year-old man spoke.
    He wrote to office17@example.org.
    May I ask them to march?
    For the first time they met, and at first in third countries.
    No one of them spoke to one another.
    The First Channel showed it.
    They wrote http://example.org/2015/06 down.
    It is 5 transferable roubles worth.
    The forces of 300 BC won.
    They won COP26 and the 9/11 case.
    The ratio is 3-1 there.
    The last few years were hard, and so are the coming years.
    The past decades were hard.
    In the wake of Black Monday they sold.
"""

# What a document's date must be to resolve, and what then comes of it.
RESOLVED = (
    ("2016-08", "It closed <last year>.", "date 2015"),
    ("2016-08", "It closed <last month>.", "date 2016-07"),
    ("2016-08", "It closed in <February>.", "date 2016-02"),
    ("2016-08", "It closed <yesterday>.", ""),
    ("2016-08", "It closed on <Monday>.", ""),
    ("2016", "It closed <last year>.", "date 2015"),
    ("2016", "It closed on <Aug. 12>.", "date 2016-08-12"),
    ("2016", "It closed in <February>.", "date 2016-02"),
    ("2016", "It closed <last October>.", ""),
    ("2016", "It closed <last month>.", ""),
    ("2016", "It closed <yesterday>.", ""),
    ("2016", "It closed <two weeks ago>.", ""),
    ("2016", "It closed <27 years ago>.", "date 1989"),
    ("", "It closed <last year>.", ""),
    ("", "It closed on <Aug. 12>.", ""),
    ("", "It closed in <September>.", ""),
    ("", "It closed <27 years ago>.", ""),
    ("", "In <five years> it will close.", ""),
    ("", "It closed on <May 25, 1992>.", "date 1992-05-25"),
    ("2015-02-28", "It closed on <29 February>.", "date 2012-02-29"),
    ("2016-08-17", "It closed on <31 February 2016>.", ""),
    ("2016-08-17", "It closed on <05/06/2016>.", ""),
)
ANCHORED = (
    ("1975-07-09", "The <next day> they met.", "date 1975-07-10"),
    ("1975-07-09", "<Two days later> they met.", "date 1975-07-11"),
    ("1975-07-09", "<One month later> they met.", "date 1975-08"),
    ("1975-07-09", "<Three years earlier> they met.", "date 1972"),
    ("1975-07-09", "The <same year> they met.", "date 1975"),
    ("1975-07-09", "The <following year> they met.", "date 1976"),
    ("1975-07-09", "They had met the <year before>.", "date 1974"),
    ("1975-07-09", "The <following March> they met.", "date 1976-03"),
    ("1975", "The <following July> they met.", "date 1976-07"),
    ("1975", "They met in <March of the following year>.", "date 1976-03"),
    ("1975", "They met in <July of that year>.", "date 1975-07"),
    ("1975", "Trade was up 5 times on the year before.", "number 5"),
    ("1975-07", "The <next day> they met.", ""),
    ("", "The <next day> they met.", ""),
    ("1975-07-09", "It rose 5 times on the previous year.", "number 5"),
)
TOGETHER = {
    "Peru gives 1.5 billion roubles, and Chile, 824 million.": ("money 1500000000 RUB", "money 824000000 RUB"),
    "The rent is $90 million (about €80 million) a year.": (
        "money 90000000 USD per=P1Y", "money 80000000 EUR approximately per=P1Y"),
    "It rose from 10 to 15 percent.": ("percent 10", "percent 15"),
    "It rose from $2 to $3 billion.": ("money 2000000000 USD", "money 3000000000 USD"),
    "In 2003 28,668 Finns came.": ("date 2003", "number 28668"),
    "In 2014 $5 million came.": ("date 2014", "money 5000000 USD"),
    "He was king (1990, 1997).": ("date 1990", "date 1997"),
    "Gas came in 2007 and 70 ships in 2008–2010.": ("date 2007", "number 70", "period 2008/2010"),
    "It fell by 12 percent this year.": ("percent 12", "date 2016"),
    "On 5 May 1991 they met and the next day they left.": ("date 1991-05-05", "date 1991-05-06"),
    "Signed on January 24, it runs from 2016 through 2021.": ("date 2016-01-24", "period 2016/2021"),
    "2014\t54,191\t75,566": ("date 2014", "number 54191", "number 75566"),
    "The Plan for 2019-2021, signed by both on June 9, works.": ("period 2019/2021", "date 2016-06-09"),
}


def shown(value: Value) -> str:
    """A value in one line: what the tables above hold."""
    low, high = value.number_min, value.number_max
    said = (
        value.kind,
        value.date or (f"{value.start_date}/{value.end_date}" if value.kind == "period" else ""),
        "" if value.number is None else str(value.number),
        "" if low is None else f"{low}..{high}",
        value.currency, value.unit, value.duration, value.qualifier, value.per and f"per={value.per}",
        f"{value.earliest}..{value.latest}" if (value.earliest, value.latest) not in (("", ""), bounds(value)) else "",
    )
    return " ".join(filter(None, said))


def bounds(value: Value) -> tuple[str, str]:
    """What `date_bounds` and `period_bounds` say of a value's dates."""
    return date_bounds(value.date) if value.date else period_bounds(value.start_date, value.end_date)


def marked(sentence: str) -> tuple[str, int, int]:
    """The sentence without its marks, and the span that they stood around (0, 0 where none)."""
    sentence = sentence.strip()
    start, end = sentence.find("<"), sentence.find(">") - 1
    return sentence.replace("<", "").replace(">", ""), max(start, 0), max(end, 0)


def lines(block: str) -> list[str]:
    return [line.strip() for line in block.strip().splitlines()]


TABLES = {**DATES, **PERIODS, **AMOUNTS, **DURATIONS}


@pytest.mark.parametrize(
    ("sentence", "expected"), [(line, expected) for expected, block in TABLES.items() for line in lines(block)])
def test_finds_exactly_this_value(sentence: str, expected: str) -> None:
    text, start, end = marked(sentence)
    found = find_values(text, 0, len(text), ISSUED)
    assert [(shown(value), text[value.start:value.end]) for value in found] == [(expected, text[start:end])]


@pytest.mark.parametrize("sentence", lines(NOTHING))
def test_finds_nothing(sentence: str) -> None:
    assert [shown(value) for value in find_values(sentence, 0, len(sentence), ISSUED)] == []


@pytest.mark.parametrize(("issued", "sentence", "expected"), RESOLVED)
def test_resolves_no_further_than_the_date_allows(issued: str, sentence: str, expected: str) -> None:
    text, start, end = marked(sentence)
    found = find_values(text, 0, len(text), issued)
    assert [(shown(value), value.start, value.end) for value in found] == ([(expected, start, end)] if expected else [])


@pytest.mark.parametrize(("anchor", "sentence", "expected"), ANCHORED)
def test_counts_on_from_the_date_named_before(anchor: str, sentence: str, expected: str) -> None:
    text, _, _ = marked(sentence)
    found = find_values(text, 0, len(text), "2016-08-17", anchor=anchor)
    assert [shown(value) for value in found] == ([expected] if expected else [])


@pytest.mark.parametrize("sentence", TOGETHER)
def test_reads_neighbours_together(sentence: str) -> None:
    assert tuple(shown(value) for value in find_values(sentence, 0, len(sentence), ISSUED)) == TOGETHER[sentence]


def test_offsets_are_those_of_the_document() -> None:
    text = "It was 1990. Trade was $5 million in 1991. Then came 1992."
    start, end = text.index("Trade"), text.index(" Then")
    assert [text[value.start:value.end] for value in find_values(text, start, end, "")] == ["$5 million", "1991"]


def test_values_do_not_overlap() -> None:
    for block in TABLES.values():
        text = " ".join(marked(line)[0] for line in lines(block))
        found = find_values(text, 0, len(text), ISSUED)
        assert all(one.end <= two.start for one, two in pairwise(found)), text


@pytest.mark.parametrize(("date", "expected"), [
    ("2018", ("2018-01-01", "2018-12-31")), ("2016-02", ("2016-02-01", "2016-02-29")),
    ("2018-05-25", ("2018-05-25", "2018-05-25")), ("", ("", "")), ("2018-13", ("", "")),
])
def test_bounds_of_a_date(date: str, expected: tuple[str, str]) -> None:
    assert date_bounds(date) == expected
    assert valid_date(date) == bool(expected[0])


def test_bounds_of_a_period_are_open_where_it_is() -> None:
    assert period_bounds("2013", "") == ("2013-01-01", "")
    assert period_bounds("", "2018-06") == ("", "2018-06-30")
    value, = find_values("since 2013", 0, 10, "")
    assert (value.earliest, value.latest) == ("2013-01-01", "")


@pytest.mark.parametrize("module", [module.name for module in pkgutil.iter_modules(kg.values.__path__)])
def test_examples_of_docstrings(module: str) -> None:
    assert doctest.testmod(importlib.import_module(f"kg.values.{module}")).failed == 0
