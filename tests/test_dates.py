"""Which date a fact gets: fronted, in brackets, compared with, counted from one before, from the visit told of. Sentences are invented."""

from __future__ import annotations

import pytest

from kg.extract import Extractor
from kg.extract.reading import read
from kg.model import Document, Fact
from kg.terms import ENT

EXTRACTOR = Extractor()
CHILE, PERU = (EXTRACTOR.gazetteer.entity(ENT + name) for name in ("chile", "peru"))


def facts(text: str) -> list[Fact]:
    """The facts of a text of 21 June 2018 about Chile and Peru."""
    document = Document("test", text, "0" * 64, issued="2018-06-21")
    return list(EXTRACTOR.extract_reading(read(document, EXTRACTOR.gazetteer, pair=(CHILE, PERU))))


def date(fact: Fact) -> str:
    return fact.date or "/".join(filter(None, (fact.start_date, fact.end_date)))


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        # in front, behind, within
        ("On 4 May 1991 Chile and Peru signed a treaty on rivers.", "AgreementAction", "1991-05-04"),
        ("I recall it gladly: on 4 May 1991 Chile and Peru signed a treaty on rivers.", "AgreementAction", "1991-05-04"),
        ("I recall it today, for on 4 May 1991 Chile and Peru signed a treaty on rivers.", "AgreementAction", "1991-05-04"),
        ("Chile and Peru signed a treaty on rivers in Arica in 1991.", "AgreementAction", "1991"),
        ("Next year's manoeuvres will be hosted by Peru.", "ArmedAction", "2019"),
        ("Chile and Peru became strategic partners in April 2009.", "Relationship", "2009-04"),
        ("Chile and Peru have just signed a treaty on rivers.", "AgreementAction", "2018-06-21"),
        # in brackets
        ("The links rest on the Treaty of Amity (1966; revised in 2011).", "AgreementAction", "1966"),
        # not that with which something is compared, nor that of another agreement
        ("Trade reached $5 billion, eighteen percent more than in 2016.", "TradeFigure", ""),
        ("Today they signed a protocol to the 1999 treaty on rivers.", "AgreementAction", "2018-06-21"),
        # counted from the date before
        ("Chile and Peru signed a treaty in 1991. Two years later, Peru opened a consulate in Arica.", "DiplomaticRelations", "1993"),
        ("Peru opened an embassy in Santiago in 1972. Chile had opened a consulate in Tacna the year before.", "DiplomaticRelations", "1971"),
        # from the visit or the figure told of before
        ("President Michelle Bachelet visited Lima on 4 May 2016. During the visit, the ministers signed a treaty on rivers.", "AgreementAction", "2016-05-04"),
        ("The ministers met in Lima on 4 May 2016. At the end of the meeting, they signed a treaty on rivers.", "AgreementAction", "2016-05-04"),
        ("During her 2015 visit President Michelle Bachelet met President Ollanta Humala in Lima.", "Meeting", "2015"),
        ("Trade between Chile and Peru was $3 billion in 2015. Peruvian exports grew by 4 percent.", "TradeFigure", "2015"),
        # the day with which the paragraph opens
        ("12 June 2004. Peru and Chile signed a treaty on rivers.", "AgreementAction", "2004-06-12"),
        ("12 June 2004: Peru closed its mission in Arica. The ministers met in Lima.", "Meeting", "2004-06-12"),
        ("4 May. Peru opened a consulate in Arica.", "DiplomaticRelations", "2018-05-04"),
        ("Diary of 2004\n\n5 June: Peru and Chile signed a treaty on rivers.", "AgreementAction", "2004-06-05"),
        ("2004\n\n5-7 June. The Peruvian president visited Chile.", "Meeting", "2004-06-05/2004-06-07"),
        ("5 June 2004. Chile praised the plan.\n\n9 July. Peru opens a consulate in Arica.", "DiplomaticRelations", "2004-07-09"),
        ("4 May 2004\n\nPeru and Chile signed a treaty on rivers.\n\n6 May 2004\n\nThe ministers met in Lima.", "Meeting", "2004-05-06"),
        ("4 May 2004\n\nPeru and Chile signed a treaty on rivers.\n\nThe ministers met in Lima.", "Meeting", ""),
        ("12 June 2004. Chile praised the plan. In 2001 Peru had left. Peru opened a consulate in Arica.", "DiplomaticRelations", ""),
        ("12 June 2004. Chile praised the plan. Earlier Peru opened a consulate in Arica.", "DiplomaticRelations", ""),
        ("Lima, 12 June 2004. Peru opened a consulate in Arica.", "DiplomaticRelations", ""),
        ("12 June 2004. Chile praised the plan.\n\nPeru opened a consulate in Arica.", "DiplomaticRelations", ""),
        ("They hailed the success of EXPO 2017.", "EventFact", "2017"),
    ],
)
def test_date(text: str, kind: str, expected: str) -> None:
    made = [fact for fact in facts(text) if fact.type == kind]
    assert made, [fact.type for fact in facts(text)]
    assert expected in [date(fact) for fact in made]


def test_a_figure_takes_no_date_from_another_paragraph() -> None:
    text = "Trade between Chile and Peru was $3 billion in 2015.\n\nPeruvian exports to Chile grew by 4 percent."
    assert [date(fact) for fact in facts(text) if fact.type == "TradeFigure"] == ["2015", ""]


def test_since_when_somebody_holds_an_office_is_no_date_of_a_visit() -> None:
    text = "President Michelle Bachelet, Chile's head of state since 2014, visited Lima."
    assert [date(fact) for fact in facts(text) if fact.type == "Meeting"] == [""]


def test_since_when_somebody_is_the_first_is_no_date_of_what_he_does() -> None:
    text = "President Michelle Bachelet came to Lima, the first Chilean leader to do so since 2010, and promised $3 million for Peru's ports."
    assert [date(fact) for fact in facts(text) if fact.type == "InvestmentFigure"] == [""]
