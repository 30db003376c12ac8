"""Tables of trade: header words, scales, sides; and the numbers that are left alone."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from functools import cache

import pytest

from kg.extract import Extractor, read
from kg.extract.layout.counts import RULE as COUNTS
from kg.extract.layout.listed import AGREEMENT_RULE, PROJECT_RULE
from kg.extract.layout.registers import AGREEMENTS, PROJECTS, VISITS
from kg.extract.layout.tables import RULE
from kg.model import Concept, Document, Entity, Fact
from kg.terms import ENT


@cache
def extractor() -> Extractor:
    return Extractor()


def facts_of(text: str, pair: tuple[str, str] = ("india", "kenya"), side: str = "india", rule: str = RULE) -> list[Fact]:
    tool = extractor()
    document = Document("table", text, hashlib.sha256(text.encode()).hexdigest(), issued="2020-05-01")
    states = tuple(tool.gazetteer.entity(ENT + slug) for slug in pair)
    home = tool.gazetteer.entity(ENT + side) if side else None
    found = tool.extract_reading(read(document, tool.gazetteer, pair=states, side=home))
    return [fact for fact in found if fact.activity.rule == rule]


def told(fact: Fact) -> tuple[str, str, str, int, str]:
    """(reporter, flow, partner, amount, date) of a trade figure."""
    def one(role: str) -> str:
        term = fact.values(role)[0]
        return term.label if isinstance(term, Entity) else term.word if isinstance(term, Concept) else str(term)

    amount = fact.values("amount")[0]
    assert isinstance(amount, Decimal)
    return one("reporter"), one("flow"), one("partner"), int(amount), fact.date


def test_years_in_rows_scale_in_the_caption() -> None:
    found = facts_of("Trade of India with Kenya (US$ million):\n\nYear\tExports\tImports\tTotal\n2015\t3,000\t100\t3,100\n2016\t2,900\t120\t3,020\n")
    assert [told(f) for f in found][:3] == [
        ("India", "imports", "Kenya", 100_000_000, "2015"), ("India", "exports", "Kenya", 3_000_000_000, "2015"),
        ("India", "total", "Kenya", 3_100_000_000, "2015")]
    assert len(found) == 6
    assert {f.values("currency") for f in found} == {("USD",)}


def test_years_across_and_a_balance() -> None:
    found = facts_of("Trade, in thousand USD:\n\nItem\t2015\t2016\nExports\t12,000\t13,000\nImports\t14,000\t12,000\nBalance\t(2,000)\t(+) 1,000\n")
    balances = {f.date: f.values("value")[0] for f in found if f.type == "Indicator"}
    assert balances == {"2015": -2_000_000, "2016": 1_000_000}
    assert len([f for f in found if f.type == "TradeFigure"]) == 4


def test_growth_belongs_to_the_column_before() -> None:
    found = facts_of("Year\tTotal trade (USD bn)\tGrowth, %\n2015\t3.1\t-14.3\n2016\t3.4\t9.7\n")
    assert [f.values("changePercent") for f in found] == [(Decimal("-14.3"),), (Decimal("9.7"),)]


def test_partners_in_rows() -> None:
    found = facts_of("Trade by partner in 2018 (USD bn):\n\nCountry\tExports\tImports\nJapan\t4.9\t12.8\nOman\t2.2\t2.8\n")
    assert {told(f)[2] for f in found} == {"Japan", "Oman"}
    assert {f.date for f in found} == {"2018"}


def test_a_header_names_the_sides() -> None:
    text = "Year\tExports to India (USD million)\tExports to Kenya (USD million)\n2015\t100\t3000\n2016\t120\t2900\n"
    found = facts_of(text, side="")
    assert {told(f)[:3] for f in found} == {("Kenya", "exports", "India"), ("India", "exports", "Kenya")}


def test_scale_from_the_text_for_rows_of_the_same_size_only() -> None:
    text = ("India's exports to Kenya were US$ 58.4 million in 2018. Trade is as under:\n\n"
            "Year\tExports\tImports\n2016\t54,191\t75,566\n2017\t71.2\t48.4\n2018\t58.4\t41.5\n")
    found = [told(f) for f in facts_of(text)]
    assert ("India", "exports", "Kenya", 71_200_000, "2017") in found
    assert not any(date == "2016" for *_, date in found)


@pytest.mark.parametrize("text", [
    "Trade is as under:\n\nYear\tExports\tImports\n2015\t12,000\t13,000\n2016\t12,500\t13,100\n",  # no scale
    "Name\tOffice\tPhone\nA. Smith\tTrade\t123456\nB. Jones\tVisa\t2015\n",  # no figures
    "Trade (USD million):\n\nYear\tExports\tImports\n2015\t36,47\t\n2016\tn/a\t-\n",  # "36,47" may be two numbers
])
def test_what_is_not_clear_makes_no_fact(text: str) -> None:
    assert facts_of(text) == []


def test_whose_exports_is_not_said() -> None:
    found = facts_of("Trade between India and Kenya (USD million):\n\nYear\tExports\tTotal\n2015\t10\t30\n2016\t12\t33\n", side="")
    assert {told(f)[1] for f in found} == {"total"}


def test_other_dollars_and_singular_headers() -> None:
    found = facts_of("The position (in FJ$ million) is:\n\nYear\tKenya's export\tKenya's import\tTotal\n2016\t11.6\t187.2\t198.8\n2017\t14.9\t201.4\t216.3\n")
    assert len(found) == 6
    assert {f.values("currency") for f in found} == {("FJD",)}


def test_visits_row_by_row() -> None:
    text = ("Visits exchanged\n\nS.No\tDignitary\tPlace\tDates\n1.\tPrime Minister Ana Lima\tNairobi\tAugust 2012\n"
            "2.\tPresident Uhuru Kenyatta\tNew Delhi, Mumbai\t24-29 April 2017\n3.\tA delegation of farmers\tNairobi\t2018\n")
    found = facts_of(text, rule=VISITS)
    told_of = [(f.values("participant")[0].label, f.values("host")[0].label, f.date or f.start_date, len(f.values("place"))) for f in found]  # type: ignore[union-attr]
    assert told_of == [("Ana Lima", "Kenya", "2012-08", 1), ("Uhuru Kenyatta", "India", "2017-04-24", 1)]


def test_a_table_of_people_is_no_table_of_visits() -> None:
    assert facts_of("Ambassadors\n\nName\tPlace\tPeriod\nAna Lima\tNairobi\t2012\nJomo Otieno\tDelhi\t2015\n", rule=VISITS) == []


def test_agreements_row_by_row() -> None:
    text = ("Agreements in force\n\nTitle\tSigned\tEntry into force\nAgreement on Air Services\t3 May 1994\t1 June 1995\n"
            "Memorandum of Understanding on Fisheries\t2016\t\nNote\t\t\n")
    found = facts_of(text, rule=AGREEMENTS)
    actions = [(f.values("agreement")[0].label, f.values("action")[0].word, f.date) for f in found]  # type: ignore[union-attr]
    assert sorted(actions) == [("Agreement on Air Services", "inForce", "1995-06-01"), ("Agreement on Air Services", "signed", "1994-05-03"),
                       ("Memorandum of Understanding on Fisheries", "signed", "2016")]


def counted(fact: Fact) -> tuple[str, str, str, int, str]:
    """(what, whose, where, value, date) of a count."""
    what = fact.values("indicator")[0]
    whose, where = fact.values("subject")[0], fact.values("counterpart")[0]
    value = fact.values("value")[0]
    assert isinstance(what, Concept) and isinstance(whose, Entity) and isinstance(where, Entity) and isinstance(value, Decimal)
    return what.word, whose.label, where.label, int(value), fact.date


def test_counts_by_year_are_of_those_whom_the_caption_names() -> None:
    found = facts_of("Kenyan students in India\n\nYear\tNumber\n2015\t1,200\n2016\t1,350\n", rule=COUNTS)
    assert [counted(f) for f in found] == [("students", "Kenya", "India", 1200, "2015"), ("students", "Kenya", "India", 1350, "2016")]


def test_counts_with_the_years_across() -> None:
    found = facts_of("People between the two countries\n\n|  | 2015 | 2016 |\n|---|---|---|\n| Indian tourists in Kenya | 9,000 | 9,500 |\n", rule=COUNTS)
    assert sorted(counted(f) for f in found) == [("tourists", "India", "Kenya", 9000, "2015"), ("tourists", "India", "Kenya", 9500, "2016")]


def test_investment_by_year_has_the_currency_of_the_caption() -> None:
    found = facts_of("Indian investment in Kenya (US$ million)\n\nYear\tInvestment\n2015\t12\n2016\t15\n", rule=COUNTS)
    assert [(f.type, f.values("amount")[0], f.values("currency")[0], f.date) for f in found] == [
        ("InvestmentFigure", 12_000_000, "USD", "2015"), ("InvestmentFigure", 15_000_000, "USD", "2016")]


@pytest.mark.parametrize("text", [
    "Indian investment in Kenya\n\nYear\tInvestment\n2015\t12\n2016\t15\n",  # no currency
    "Students\n\nYear\tNumber\n2015\t1,200\n2016\t1,350\n",  # nobody's
    "Chilean students in Peru\n\nYear\tNumber\n2015\t1,200\n2016\t1,350\n",  # of others than the pair
    "Kenyan students in India\n\nTown\tNumber\nPune\t1,200\nAgra\t1,350\n",  # no years
])
def test_counts_that_are_left_alone(text: str) -> None:
    assert facts_of(text, rule=COUNTS) == []


def words_of(fact: Fact, role: str) -> list[str]:
    return [term.label if isinstance(term, Entity) else term.word if isinstance(term, Concept) else str(term) for term in fact.values(role)]


def test_projects_with_cost_and_status() -> None:
    found = facts_of(
        "Projects in Kenya\n\nNo\tName of project\tAmount (US$ million)\tStatus\n1\tOmo solar park\t25.5\tUnder implementation\n2\tLamu water supply\t40\tCompleted in 2015\n",
        rule=PROJECTS)
    assert [(words_of(f, "project"), words_of(f, "stage"), words_of(f, "amount"), f.date) for f in found] == [
        (["Omo solar park"], ["underway"], ["25500000.0"], ""), (["Lamu water supply"], ["completed"], ["40000000"], "2015")]


def test_agreements_in_a_list_with_place_date_and_status() -> None:
    found = facts_of(
        "Legal basis\n\n- Agreement on Olives (Nairobi, 20.10.1983, in force)\n- Treaty on Ferries (Delhi, 3 May 1998; not in force)\n- Agreement on Trade was read\n",
        rule=AGREEMENT_RULE)
    assert {(words_of(f, "agreement")[0], words_of(f, "action")[0], f.status, f.date) for f in found} == {
        ("Agreement on Olives", "signed", "Asserted", "1983-10-20"), ("Agreement on Olives", "inForce", "Asserted", ""),
        ("Treaty on Ferries", "signed", "Asserted", "1998-05-03"), ("Treaty on Ferries", "inForce", "Denied", "")}


def test_projects_in_a_list_and_no_list_of_goods() -> None:
    found = facts_of("Major projects:\n\n- Lamu sugar plant, US$ 35 mn (commissioned in May 2016)\n- Omo railway line (under study)\n", rule=PROJECT_RULE)
    assert [(words_of(f, "project")[0], words_of(f, "stage")[0], f.status, f.date) for f in found] == [
        ("Lamu sugar plant", "operating", "Asserted", "2016-05"), ("Omo railway line", "proposed", "Hypothetical", "")]
    assert not facts_of("Major exports:\n\n- Sugar, US$ 35 mn (completed)\n", rule=PROJECT_RULE)
