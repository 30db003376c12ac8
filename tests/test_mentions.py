"""Mentions: tables of invented sentences, each with what must and what must not be found."""

from __future__ import annotations

import pytest

from kg.gazetteer import load_gazetteer
from kg.mentions import Memory, find_mentions
from kg.model import Mention
from kg.text import find_sentences
from kg.values import find_values

GAZETTEER = load_gazetteer()


def read(text: str, issued: str = "2019-05-10", memory: Memory | None = None) -> list[Mention]:
    """All mentions of a text, read as one document."""
    memory = memory or Memory(GAZETTEER, issued)
    names = GAZETTEER.find_names(text)
    found: list[Mention] = []
    for sentence in find_sentences(text):
        here = [n for n in names if sentence.start <= n.start < sentence.end]
        values = find_values(text, sentence.start, sentence.end, issued)
        found.extend(find_mentions(sentence, text, here, values, memory))
    return found


def plain(mention: Mention) -> str:
    """A mention as "kind/form text = labels"."""
    labels = " + ".join(e.label for e in mention.entities)
    return f"{mention.kind}/{mention.form} {mention.text}" + (f" = {labels}" if labels else "")


# Each row: the text, then the mentions that must be there.
FOUND = [
    # known names, adjectives, peoples
    ("Kenya and Uganda share a border.", ["state/name Kenya = Kenya", "state/name Uganda = Uganda"]),
    ("Slovak exports rose.", ["state/adjective Slovak = Slovakia"]),
    ("Many Norwegians live there.", ["state/people Norwegians = Norway"]),
    # more behind a known name, and what tells an office from a name
    ("Sultan Haitham bin Tarik Al Said arrived.", ["person/name Sultan Haitham bin Tarik Al Said = Haitham bin Tariq"]),
    ("Samsung SDI runs a plant.", ["company/name Samsung SDI = Samsung SDI"]),
    ("Ali Saleh, Minister Responsible for Foreign Affairs of Oman, spoke.", ["name/name Ali Saleh = Ali Saleh"]),
    # metonym or place
    ("Relations between Hanoi and Beijing improved.",
     ["state/metonym Hanoi = Vietnam", "state/metonym Beijing = China"]),
    ("Flights between Hanoi and Beijing resumed.", ["place/name Hanoi = Hanoi", "place/name Beijing = Beijing"]),
    ("Tokyo's policy toward Seoul is changing.", ["state/metonym Tokyo = Japan", "state/metonym Seoul = South Korea"]),
    ("The envoys met in Warsaw.", ["place/name Warsaw = Warsaw"]),
    ("The minister arrived in Lima from Quito.", ["place/name Lima = Lima", "place/name Quito = Quito"]),
    ("Berlin supports the reform.", ["state/metonym Berlin = Germany"]),
    # people
    (
        "Zambian Trade Minister Chipo Mwale spoke.",
        ["person/name Zambian Trade Minister Chipo Mwale = Chipo Mwale", "name/name Chipo Mwale = Chipo Mwale",
         "state/adjective Zambian = Zambia", "office/office Trade Minister = Zambia"],
    ),
    (
        "Ana Lindqvist, the Swedish ambassador to Chile, opened it.",
        ["person/name Ana Lindqvist, the Swedish ambassador to Chile, = Ana Lindqvist",
         "office/office the Swedish ambassador to Chile = Sweden + Chile"],
    ),
    (
        "Then-Prime Minister of Tonga, Sione Vave, resigned. Vave left.",
        ["person/name Then-Prime Minister of Tonga, Sione Vave = Sione Vave", "person/name Vave = Sione Vave"],
    ),
    ("\"No,\" said Khalid Mansoori, an analyst.", ["person/name Khalid Mansoori = Khalid Mansoori"]),
    ("Queen Amira of Jordan came.", ["person/name Queen Amira of Jordan = Queen Amira of Jordan"]),
    ("He met his Danish counterpart, Jens Holm, twice.",
     ["person/name his Danish counterpart, Jens Holm = Jens Holm", "person/reference his Danish counterpart"]),
    ("It was signed by Pavo Ilic and Angela Merkel.", ["person/name Pavo Ilic = Pavo Ilic"]),
    # offices
    ("The Slovak prime minister left.", ["office/office The Slovak prime minister = Slovakia"]),
    ("Talks with the president of Malta ended.", ["office/office the president of Malta = Malta"]),
    (
        "Defence ministers of Greece and Cyprus met.",
        ["state/description Defence ministers of Greece and Cyprus = Greece + Cyprus"],
    ),
    ("Rosa Diaz, head of the Institute for African Studies, agreed.",
     ["office/office head of the Institute for African Studies = Institute for African Studies"]),
    # groups
    ("Chadian officials agreed.", ["state/description Chadian officials = Chad"]),
    ("The governments of Angola and Zambia agreed.",
     ["state/description governments of Angola and Zambia = Angola + Zambia"]),
    ("German and Polish diplomats met.", ["state/description German and Polish diplomats = Germany + Poland"]),
    ("French firms and Nigerian students came.",
     ["group/description French firms = France", "group/description Nigerian students = Nigeria"]),
    # institutions
    ("The Gabonese Defence Ministry denied it.",
     ["organisation/name Gabonese Defence Ministry = Ministry of Defence (Gabon)"]),
    (
        "The Ministry of Mines of the Republic of Malawi agreed.",
        ["organisation/name Ministry of Mines of the Republic of Malawi = Ministry of Mines (Malawi)"],
    ),
    ("It owes Suriname's Central Bank money.", ["organisation/name Central Bank = Central Bank of Suriname"]),
    # organisations and companies
    ("Kisumu Ports Authority (KIPA) agreed. KIPA paid.",
     ["organisation/name Kisumu Ports Authority (KIPA) = Kisumu Ports Authority",
      "organisation/name KIPA = Kisumu Ports Authority"]),
    ("Students of Mzimba University went home.", ["organisation/name Mzimba University = Mzimba University"]),
    ("Companies such as Tarvo, Belm and Osk Hydro work there.",
     ["company/name Tarvo = Tarvo", "company/name Belm = Belm", "company/name Osk Hydro = Osk Hydro"]),
    ("Tarvo, Belm, Oskal and many other large firms work there.",
     ["company/name Belm = Belm", "company/name Oskal = Oskal"]),
    ("The Peruvian company Tarvo paid.", ["company/name Tarvo = Tarvo"]),
    ("It belongs to the Gasalko state corporation.", ["company/name Gasalko = Gasalko"]),
    ("Nordic Open Learning Network (NOLN) agreed.",
     ["organisation/name Nordic Open Learning Network = Nordic Open Learning Network"]),
    # one head for a list
    ("They signed agreements on customs (1992), double taxation (1996) and health (2001).",
     ["agreement/description agreements on customs = agreement on customs", "agreement/description double taxation = agreement on double taxation",
      "agreement/description health = agreement on health"]),
    ("Protocols on rail transport, fisheries and sport were signed.",
     ["agreement/description Protocols on rail transport = protocol on rail transport", "agreement/description sport = protocol on sport"]),
    ("The two countries signed agreements on customs and tolls.", ["agreement/description agreements on customs and tolls = agreements on customs and tolls"]),
    # people by their forms of address and by family names in front
    ("It is led by Hon. Dr. Owino Wako and by Smt. Lata Kaul.", ["person/name Hon. Dr. Owino Wako = Owino Wako", "person/name Smt. Lata Kaul = Lata Kaul"]),
    ("Chen Xiaolong met Park Min-su and Nguyen Van Hoa.",
     ["person/name Chen Xiaolong = Chen Xiaolong", "person/name Park Min-su = Park Min-su", "person/name Nguyen Van Hoa = Nguyen Van Hoa"]),
    # organisations that only the grammar tells
    ("TOVRA funds two schools, which BELKIM and others run.", ["organisation/name TOVRA = TOVRA"]),
    ("The grid, rebuilt by OSKAM, works again.", ["organisation/name OSKAM = OSKAM"]),
    ("The stake was taken by the Japanese Tarvo Denki in a consortium.", ["organisation/name Tarvo Denki = Tarvo Denki"]),
    ("A deal on ships with Belmar and Oskalo was signed.", ["organisation/name Belmar = Belmar", "organisation/name Oskalo = Oskalo"]),
    ("The licence was awarded to Tarvonia and to others.", ["organisation/name Tarvonia = Tarvonia"]),
    ("Nestlé, Unilever and the local Oskalo invested.", ["company/name Oskalo = Oskalo"]),
    # agreements
    (
        "The Treaty of Amity, Commerce and Peace between Oman and the Kingdom of Nepal of 3 May 1956 holds.",
        ["agreement/name Treaty of Amity, Commerce and Peace between Oman and the Kingdom of Nepal = "
         "Treaty of Amity, Commerce and Peace between Oman and the Kingdom of Nepal", "state/name Oman = Oman"],
    ),
    ("They signed a memorandum on rail transport in Lima.",
     ["agreement/description memorandum on rail transport = memorandum on rail transport"]),
    ("The 2021-2025 Programme on Youth Exchange was agreed.",
     ["agreement/name 2021-2025 Programme on Youth Exchange = 2021-2025 Programme on Youth Exchange"]),
    ("An agreement on fish quotas exists. The fish quotas agreement is old. The agreement works.",
     ["agreement/description agreement on fish quotas = agreement on fish quotas",
      "agreement/description fish quotas agreement = agreement on fish quotas", "agreement/reference The agreement"]),
    ("They discussed a package of agreements.",
     ["agreement/description package of agreements = package of agreements"]),
    ("Fiji and Tonga signed cooperation agreements.",
     ["agreement/description cooperation agreements = cooperation agreements"]),
    # names of many shapes, forms of address, long offices, headlines
    ("Kim Sun-woo, the South Korean trade minister, spoke.", ["person/name Kim Sun-woo = Kim Sun-woo"]),
    ("H.E. Mr. Bekele Wolde-Tsadik arrived.", ["person/name H.E. Mr. Bekele Wolde-Tsadik = Bekele Wolde-Tsadik"]),
    ("Mr Do Quang Vinh spoke.", ["person/name Mr Do Quang Vinh = Do Quang Vinh"]),
    ("Premier Dato' Ismail bin Osman spoke.", ["name/name Ismail bin Osman = Ismail bin Osman"]),
    ("Dutch Premier Pieter van der Laan met Irish Minister Sean O'Rourke Jr. in Bonn.",
     ["name/name Pieter van der Laan = Pieter van der Laan", "name/name Sean O'Rourke Jr. = Sean O'Rourke Jr."]),
    ("Minister for Innovation and Technology Petra Novotná-Malá spoke.",
     ["office/office Minister for Innovation and Technology", "name/name Petra Novotná-Malá = Petra Novotná-Malá"]),
    ("Deputy Minister of Agriculture and Forestry Chipo Mwale spoke.",
     ["office/office Deputy Minister of Agriculture and Forestry", "name/name Chipo Mwale = Chipo Mwale"]),
    ("Minister of Energy and Infrastructure Hamad bin Saif spoke.",
     ["office/office Minister of Energy and Infrastructure", "name/name Hamad bin Saif = Hamad bin Saif"]),
    ("Zambian Ambassador Chipo Mwale Flies to Quito", ["name/name Chipo Mwale = Chipo Mwale"]),
    # projects and facilities
    ("The Rovuma-Mtwara gas pipeline was closed.",
     ["facility/name Rovuma-Mtwara gas pipeline = Rovuma-Mtwara gas pipeline", "place/name Rovuma = Rovuma"]),
    ("A new bridge linking Palma and Mtwara opened.",
     ["facility/description new bridge linking Palma and Mtwara = new bridge linking Palma and Mtwara"]),
    ("They launched a joint venture to assemble tractors.",
     ["project/description joint venture to assemble tractors = joint venture to assemble tractors"]),
    ("An Omani-Maltese university opens.", ["project/description Omani-Maltese university = Omani-Maltese university"]),
    ("Mongolia's Tavan Uul copper mine supplies Chinese smelters.",
     ["facility/name Tavan Uul copper mine = Tavan Uul copper mine"]),
    ("The $2 billion Tavan Uul copper mine opened.", ["facility/name Tavan Uul copper mine = Tavan Uul copper mine"]),
    ("The dock is owned by Angola's Marotti.", ["company/name Marotti = Marotti"]),
    # agreements to their end
    ("They signed the Convention for the Avoidance of Double Taxation and the Prevention of Fiscal Evasion in Suva.",
     ["agreement/name Convention for the Avoidance of Double Taxation and the Prevention of Fiscal Evasion"
      " = Convention for the Avoidance of Double Taxation and the Prevention of Fiscal Evasion"]),
    # bodies and events
    ("The Fiji – Nepal Cooperation Committee met.",
     ["body/name Fiji – Nepal Cooperation Committee = Fiji – Nepal Cooperation Committee"]),
    ("The Fiji-Nepal Intergovernmental Commission on Trade met.",
     ["body/name Fiji-Nepal Intergovernmental Commission on Trade = Fiji-Nepal Intergovernmental Commission on Trade"]),
    ("They set up a working group of lawyers.",
     ["body/description working group of lawyers = working group of lawyers"]),
    ("The Year of Italy in Ecuador began.", ["event/name Year of Italy in Ecuador = Year of Italy in Ecuador"]),
    ("They marked 40 years of diplomatic relations.",
     ["event/description 40 years of diplomatic relations = 40 years of diplomatic relations"]),
    ("The Days of Omani Culture in Quito began.",
     ["event/name Days of Omani Culture in Quito = Days of Omani Culture in Quito"]),
    ("The 7th Fiji-Nepal Tea Forum opened.", ["event/name 7th Fiji-Nepal Tea Forum = 7th Fiji-Nepal Tea Forum"]),
    # places
    ("A camp near Valgu closed.", ["place/name Valgu = Valgu"]),
    ("Farmers of the Tembo region agreed.", ["place/name Tembo region = Tembo Region"]),
    # references
    ("The two countries agreed.", ["pair/reference The two countries"]),
    ("They trust each other.", ["pronoun/reference They", "pair/reference each other"]),
    ("Our countries are close; the sides agreed.", ["pair/reference Our countries", "pair/reference the sides"]),
    ("The facility is leased.", ["facility/reference The facility"]),
    ("The minister denied it.", ["person/reference The minister"]),
]


@pytest.mark.parametrize(("text", "wanted"), FOUND, ids=[row[0][:40] for row in FOUND])
def test_finds(text: str, wanted: list[str]) -> None:
    found = [plain(m) for m in read(text)]
    assert [w for w in wanted if w not in found] == [], "\n".join(found)


# Each row: the text, then beginnings of what must not be there.
ABSENT = [
    ("Trade rose. However, exports fell.", ["person", "place", "organisation", "company", "agreement"]),
    ("Oil Exports Fall As Prices Drop", ["person", "place", "organisation", "company"]),
    ("The country profile was published.", ["state/reference"]),
    ("Free trade agreement texts were published.", ["agreement"]),
    ("He paid US$ 5 million.", ["state"]),
    ("In May they met on Monday.", ["person", "place"]),
    ("The official opening was late.", ["person"]),
    ("It joined the bloc known as the Cairns Group.", ["organisation/reference the bloc", "organisation/reference"]),
    ("It sold the plant called Sur.", ["facility/reference the plant"]),
    ("He is confident that summit talks will help.", ["event/reference that"]),
    ("Some analysts doubt it.", ["office", "person"]),
    ("The space programme was costly.", ["agreement/description"]),
    ("Imports come from the Ministry of Commerce, China's biggest.", ["organisation/name Ministry of Commerce, China"]),
    ("The GDP grew and an LNG terminal opened; FTAs are negotiated by MEPs.", ["organisation", "company"]),
    ("ALL TRAINS STOP AT NOON", ["organisation", "company"]),
    ("The letter was written by Ana in May and delivered by Train.", ["organisation/name Ana"]),
    ("The Moon Landing was shown at Park Hotel and in Sun Tower.", ["person"]),
    ("The leaders of Peru shook hands with the people.", ["agreement", "facility", "project"]),
]


@pytest.mark.parametrize(("text", "unwanted"), ABSENT, ids=[row[0][:40] for row in ABSENT])
def test_leaves_out(text: str, unwanted: list[str]) -> None:
    found = [plain(m) for m in read(text)]
    assert [f for f in found for u in unwanted if f.startswith(u)] == []


def test_spans_fit_text_and_tokens() -> None:
    text = "\n\n".join(row[0] for row in FOUND)
    names = GAZETTEER.find_names(text)
    memory = Memory(GAZETTEER, "2019-05-10")
    for sentence in find_sentences(text):
        here = [n for n in names if sentence.start <= n.start < sentence.end]
        mentions = find_mentions(sentence, text, here, find_values(text, sentence.start, sentence.end, ""), memory)
        assert list(mentions) == sorted(mentions, key=lambda m: (m.first, -m.last, m.kind, m.form))
        for m in mentions:
            assert text[m.start : m.end] == m.text
            assert sentence.tokens[m.first].start == m.start
            assert sentence.tokens[m.last - 1].end == m.end


def test_same_label_same_entity_in_every_document() -> None:
    one = [m for m in read("Peru and Chile signed an agreement on fish quotas.") if m.kind == "agreement"]
    two = [m for m in read("In Chile the agreement on fish quotas helps Peru.") if m.kind == "agreement"]
    assert one[0].entities[0].iri == two[0].entities[0].iri


def test_full_name_renames_the_family_name() -> None:
    memory = Memory(GAZETTEER, "2019-05-10")
    found = read("Mr Vave spoke. The Tongan envoy Sione Vave nodded.", memory=memory)
    people = [m.entities[0] for m in found if m.kind == "person"]
    assert {memory.latest(p).label for p in people} == {"Sione Vave"}


def test_reads_without_gazetteer() -> None:
    text = "Mr Vave signed a treaty on fish."
    (sentence,) = find_sentences(text)
    found = [plain(m) for m in find_mentions(sentence, text, (), (), Memory())]
    assert "person/name Mr Vave = Vave" in found
    assert "agreement/description treaty on fish = treaty on fish" in found


def test_office_holder_by_date() -> None:
    found = [plain(m) for m in read("President Macron of France spoke in Paris.", "2019-05-10")]
    assert any(f.startswith("person/name President Macron") and f.endswith("= Emmanuel Macron") for f in found), found
