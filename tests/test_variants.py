"""What a sentence also tells, said plainly: each construction with several types of facts."""

from __future__ import annotations

import hashlib

import pytest

from kg.extract import Extractor, read, write_fact
from kg.model import Document

_EXTRACTOR = Extractor()

CASES = [
    ("hungary", "peru", "Hungary opened an embassy in Lima in 1960 and a consulate in Arequipa in 1971.", ("step=embassyOpened", "place=arequipa", "date=1971")),
    ("poland", "mongolia", "Poland bought in Mongolia a hotel and in 1999 sold it to a Dutch group.", ("owner=poland", "asset=hotel")),
    ("togo", "benin", "In 1978 Benin helped Togo with fuel and in 1981 lent it 3 million dollars.", ("kind=loan", "recipient=togo", "date=1981")),
    ("togo", "benin", "The gas pipeline, in which Togo and Benin each hold 2 percent, was completed in 2010.", ("owner=togo", "sharePercent=2")),
    ("peru", "norway", "Signed in 1994 and never ratified, the fisheries agreement between Peru and Norway was dropped in 2007.", ("action=ratified", "status=Denied")),
    ("mongolia", "poland", "Mongolia's embassy in Warsaw, opened in 1953 and headed since 2015 by Ambassador Narmandakh Damdin, is small.", ("step=embassyOpened", "date=1953")),
    ("kazakhstan", "hungary", "János Balla was ambassador to Kazakhstan from 2003 to 2007 and state secretary from 2008 to 2010.", ("person=janos-balla", "startDate=2008")),
    ("peru", "norway", "Norway opened an embassy in Lima in 1961. It was closed in 1975 and reopened ten years later.", ("step=embassyOpened", "place=lima", "date=1985")),
    ("peru", "norway", "Peru's consulate in Bergen opened in 1960. In 2004 the mission was shut for good.", ("step=downgraded", "place=bergen", "date=2004")),
    ("peru", "norway", "Peru and Norway signed a tax treaty and a pact on olives. The latter was ratified in 2007.", ("action=ratified", "agreement=pact-olives", "date=2007")),
    ("peru", "norway", "Peru and Norway signed a tax treaty and a pact on olives. Both were ratified in 2007.", ("action=ratified", "agreement=tax-treaty", "date=2007")),
    ("peru", "norway", "Norway built a road to Cusco and a dam at Puno. The latter was finished in 1999.", ("project=dam", "stage=completed", "date=1999")),
    ("peru", "norway", "Equinor holds 27.5 percent of the Sechura block. It acquired the stake in 2004.", ("owner=equinor", "asset=sechura-block", "date=2004")),
    ("kenya", "chile", "The fisheries pact, initialled in March 2004 and signed in Nairobi in July, took effect in 2005.", ("action=inForce", "date=2005")),
    ("kenya", "chile", "The joint commission, set up in 1995, met in Santiago in 1998 and in Nairobi in 2001.", ("kind=session", "place=nairobi", "date=2001")),
    ("kenya", "chile", "Kenya is a member of the Commonwealth, whose summit it hosted in 2012.", ("kind=summit", "host=kenya", "date=2012")),
    ("kenya", "chile", "The two sides agreed to: (a) open a Chilean consulate in Mombasa; (b) cooperate in the field of energy.", ("sector=energy", "status=Planned")),
    ("kenya", "chile", "The ministers agreed to:\n- establish a joint working group on ports;\n- meet again.", ("body=joint-working-group-ports", "status=Planned")),
    ("kenya", "chile", "In this regard, both sides:\n- expressed concern about the situation in Yemen;\n- took note of it.", ("stance=concerned", "target=\"the situation in Yemen\"")),
    ("kenya", "chile", "They signed a memorandum of understanding between the Kenyan Chamber of Commerce and Industry (KCCI) and the Chilean Chamber of Commerce.",
     ("party=kenyan-chamber-commerce-industry", "party=chilean-chamber-commerce")),
    ("kenya", "chile", "Agreements signed\n\nNo. | Agreement | Place and date of signature\n1 | Trade Agreement | Nairobi, 24 June 1993\n2 | Tax Treaty | Santiago, 3 May 1999",
     ("agreement=trade-agreement", "place=nairobi", "date=1993-06-24")),
    ("kenya", "chile", "Bilateral trade (USD million)\n- 2015: 39.6 (exports 28.4)\n- 2016: 42.1 (exports 30.1)", ("flow=total", "amount=42100000", "date=2016")),
    ("kenya", "chile", "2. Trade with Chile (2018)\nExports to Chile: USD 6 million (tea, wax)\nImports from Chile: USD 9 million (wine)", ("flow=imports", "date=2018")),
    ("kenya", "chile", "Siemens has built two sugar mills. A third, in Nakuru, will open in 2018.", ("project=third-sugar-mill", "stage=planned", "date=2018")),
    ("kenya", "chile", "Energy\n- Omo-Lamu gas pipeline: 182 km; project frozen since 2014", ("stage=suspended", "startDate=2014")),
    ("kenya", "chile", "Energy\n- Omo dam: 60% complete; commissioning expected 2021", ("stage=underway", "project=omo-dam")),
    ("kenya", "chile", "2013: new terminal at Mombasa airport renovated; field hospital set up in Juba.", ("project=terminal", "stage=completed", "date=2013")),
    ("kenya", "chile", "2013: new terminal at Mombasa airport renovated; field hospital set up in Juba.", ("project=field-hospital", "place=juba", "date=2013")),
    ("kenya", "chile", "Soraz, a refinery in Mombasa, came on stream in 2011.", ("project=soraz", "stage=operating", "date=2011")),
    ("kenya", "chile", "Energy\n- Expansion of the Omo refinery, USD 1.5 bn: on hold owing to sanctions", ("project=omo-refinery", "stage=suspended")),
    ("kenya", "chile", "Aid\n- Police laboratory - equipped and handed over in 2010", ("project=police-laboratory", "stage=completed", "date=2010")),
    ("kenya", "chile", "They founded a Joint Working Group on Ports, whose first meeting was held in Santiago in 2010.", ("participant=joint-working-group-ports ", "date=2010")),
    ("kenya", "chile", "Imports from Chile: USD 9 billion\n\nTrend of trade (USD million)\n\nYear | Exports from Kenya | Imports to Kenya\n2015 | 28 | 11\n2016 | 20 | 8",
     ("amount=28000000", "reporter=kenya", "date=2015")),
    ("kenya", "chile", "CHILE\nCountry fact sheet\n\n1. BASIC DATA\nArea: 756,000 km²\nInflation (2019): 3%\n\n2. RELATIONS WITH KENYA", ("indicator=inflation", "subject=chile")),
    ("kenya", "chile", "Kenyan personalities who have visited Chile\n22-11-2007 Amina Mohamed, Minister of Foreign Affairs\n26-05-2009 Uhuru Kenyatta, President of the Republic",
     ("participant=amina-mohamed", "host=chile", "date=2007-11-22")),
    ("kenya", "chile", "Contact\n\nEmbassy of Kenya in Santiago\n\nAmbassador: Jane Waiyaki (since 2018)\n\nEmbassy of Chile in Nairobi\n\nAmbassador: Ana Lagos Soto",
     ("person=ana-lagos-soto", "of=chile")),
    ("kenya", "chile", "Two-way trade stood at USD 28 million in the year ending December 2017.", ("amount=28000000", "reporter=kenya date=2017")),
    ("kenya", "chile", "They witnessed the exchange of the following documents: (i) the Arrangement on Ports; (ii) the Agreement between Eni and Total.", ("agreement=arrangement-ports", )),
    ("kenya", "chile", "A Memorandum of Understanding on Sport and Protocol on Fisheries were signed in 2010.", ("agreement=protocol-fisheries", "date=2010")),
    ("kenya", "chile", "Kenya signed a pact on tea with Chile and one on fish with Peru. The latter was ratified in 2007.", ("action=ratified", "agreement=pact-fish")),
]


@pytest.mark.parametrize(("one", "other", "text", "wanted"), CASES)
def test_variants_tell_what_the_sentence_holds(one: str, other: str, text: str, wanted: tuple[str, ...]) -> None:
    gazetteer = _EXTRACTOR.gazetteer
    pair = tuple(gazetteer.by_label(name.capitalize())[0] for name in (one, other))
    document = Document("one", text, hashlib.sha256(text.encode()).hexdigest(), issued="2019-06-03")
    facts = _EXTRACTOR.extract_reading(read(document, gazetteer, pair=pair))
    told = [write_fact(fact) for fact in facts]
    assert any(all(part in line for part in wanted) for line in told), told
    assert all(0 <= e.start < e.end <= len(text) for fact in facts for e in fact.evidence)
