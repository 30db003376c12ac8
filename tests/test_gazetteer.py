"""The gazetteer's data is complete and unambiguous where it says so, and its names are found where texts write them."""

from __future__ import annotations

import importlib.util
import re
from collections import defaultdict
from pathlib import Path

import pyoxigraph
import pytest

from kg.errors import KgError
from kg.gazetteer import Candidate, Gazetteer, Name, load_gazetteer
from kg.gazetteer.names import NameIndex, fold, spellings
from kg.gazetteer.read import read_tables
from kg.resources import folder
from kg.terms import BKG, ENT, SKOS

ONTOLOGY = folder("ontology")

# Names that two states share in earnest: the index gives both readings. A new clash must be entered here or mended.
SHARED = {
    "Congo": {"republic-of-the-congo", "democratic-republic-of-the-congo"},
    "Congolese": {"republic-of-the-congo", "democratic-republic-of-the-congo"},
    "Dominican": {"dominica", "dominican-republic"},
    "Dominicans": {"dominica", "dominican-republic"},
    "Korean": {"south-korea", "north-korea"},
}


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.fixture(scope="module")
def properties() -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for file in sorted((ONTOLOGY / "gazetteer").glob("*.ttl")):
        for quad in pyoxigraph.parse(path=str(file), format=pyoxigraph.RdfFormat.TURTLE):
            found[quad.subject.value][quad.predicate.value].append(quad.object.value)
    return found


def slugs(names: list[Name], *kinds: str) -> list[str]:
    return [n.iri.removeprefix(ENT) for n in names if n.kind in (kinds or (n.kind,)) and n.iri.startswith(ENT)]


def of_class(properties: dict[str, dict[str, list[str]]], cls: str) -> list[str]:
    return [iri for iri, node in properties.items() if BKG + cls in node[RDF_TYPE]]


RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


class TestData:
    @pytest.mark.parametrize("wanted", ["demonym", "people", "iso3166", "iso3166alpha3", "capital"])
    def test_every_present_state_has(self, properties: dict[str, dict[str, list[str]]], wanted: str) -> None:
        states = of_class(properties, "State")
        assert len(states) >= 197
        assert [iri for iri in states if not properties[iri][BKG + wanted]] == []

    def test_every_present_state_has_one_code_and_wikidata(self, properties: dict[str, dict[str, list[str]]]) -> None:
        for iri in of_class(properties, "State"):
            node = properties[iri]
            assert len(node[BKG + "iso3166"]) == len(node[BKG + "iso3166alpha3"]) == 1, iri
            (item,) = node["http://www.w3.org/2002/07/owl#sameAs"]
            assert re.fullmatch(r"http://www\.wikidata\.org/entity/Q\d+", item)

    def test_no_two_entities_share_a_wikidata_item(self, properties: dict[str, dict[str, list[str]]]) -> None:
        items: dict[str, list[str]] = defaultdict(list)
        for iri, node in properties.items():
            for item in node["http://www.w3.org/2002/07/owl#sameAs"]:
                items[item].append(iri)
        assert {item: iris for item, iris in items.items() if len(iris) > 1} == {}

    def test_states_share_no_name_but_the_listed(self, properties: dict[str, dict[str, list[str]]]) -> None:
        owners: dict[str, set[str]] = defaultdict(set)
        kinds = (SKOS + "prefLabel", SKOS + "altLabel", BKG + "demonym", BKG + "people")
        for iri in of_class(properties, "State"):
            for name in (name for kind in kinds for name in properties[iri][kind]):
                owners[name].add(iri.removeprefix(ENT))
        assert {name: found for name, found in owners.items() if len(found) > 1} == SHARED

    def test_every_reference_is_known(self, properties: dict[str, dict[str, list[str]]]) -> None:
        known = set(properties)
        lost = {
            value for node in properties.values() for values in node.values() for value in values
            if value.startswith(ENT) and value not in known
        }
        assert lost == set()

    def test_metonyms_and_adjectives_are_no_aliases_of_a_capital_state(self, gazetteer: Gazetteer) -> None:
        names = gazetteer.entity(ENT + "russia").names
        assert "Moscow" not in names and "Kremlin" not in names and "Russian" not in names

    def test_no_name_swallows_the_article(self, gazetteer: Gazetteer) -> None:
        # "the Commonwealth" would hide "the Commonwealth of Independent States".
        assert [e.iri for e in gazetteer.entities.values() for n in (e.label, *e.names) if n.startswith("the ")] == []

    def test_terms_of_office_do_not_run_backwards(self) -> None:
        tenures = read_tables(ONTOLOGY).tenures
        assert len(tenures) > 700
        assert [t for t in tenures if t.period.end and t.period.start > t.period.end] == []

    def test_no_office_had_two_holders_at_once(self, gazetteer: Gazetteer) -> None:
        # Two people in one office at once is a mistyped date, but for handovers in a month known by its name only.
        by_office: dict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
        for tenure in read_tables(ONTOLOGY).tenures:
            if tenure.office in {"president", "prime-minister", "foreign-minister", "king", "chancellor"}:
                period = tenure.period
                by_office[tenure.office, tenure.of].append((period.start, period.end or "9999", tenure.person))
        clashes = [
            (office, first[2], second[2])
            for office, found in by_office.items()
            for first, second in zip(sorted(found), sorted(found)[1:], strict=False)
            if second[0][: len(first[1])] < first[1][: len(second[0])]
        ]
        assert clashes == []

    def test_concepts_of_offices_exist(self, gazetteer: Gazetteer) -> None:
        offices = set(gazetteer.concept_words("office").values())
        if not offices:
            pytest.skip("ontology/concepts.ttl is not there")
        assert {t.office for t in read_tables(ONTOLOGY).tenures} - offices == set()

    def test_files_are_what_the_script_makes(self) -> None:
        for library in ("rigour", "pycountry", "babel"):
            if importlib.util.find_spec(library) is None:
                pytest.skip(f"{library} is missing: pip install 'bilateral-kg[gazetteer]'")
        script = ONTOLOGY / "make_gazetteer.py"
        spec = importlib.util.spec_from_file_location("make_gazetteer", script)
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        made = module.make_files()
        there = {file.name: file.read_text(encoding="utf-8") for file in (ONTOLOGY / "gazetteer").glob("*.ttl")}
        assert sorted(made) == sorted(there)
        assert [name for name in made if made[name] != there[name]] == [], "run ontology/make_gazetteer.py"
        assert module.make_files() == made


class TestFindNames:
    @pytest.mark.parametrize(("text", "expected"), [
        ("Kazakhstan's president", ["kazakhstan"]),
        ("Kazakhstan’s president", ["kazakhstan"]),
        ("RUSSIA AND FRANCE", ["russia", "france"]),
        ("UNITED STATES, NORTH KOREA", ["united-states", "north-korea"]),
        ("The U.S. and the UK", ["united-states", "united-kingdom"]),
        ("the U.S.-led talks", ["united-states"]),
        ("Türkiye, Turkiye", ["turkey", "turkey"]),
        ("Côte d’Ivoire and Cote d'Ivoire", ["ivory-coast", "ivory-coast"]),
        ("the Republic of\nKazakhstan", ["kazakhstan"]),
        ("the Republic of the Congo", ["republic-of-the-congo"]),
        ("Guinea-Bissau and Papua New Guinea", ["guinea-bissau", "papua-new-guinea"]),
        ("the former Soviet Union", ["soviet-union"]),
        ("the Kyrgyz Republic", ["kyrgyzstan"]),
    ])
    def test_states(self, gazetteer: Gazetteer, text: str, expected: list[str]) -> None:
        assert slugs(gazetteer.find_names(text), "state") == expected

    @pytest.mark.parametrize(("text", "expected"), [
        ("Russian-Kazakh trade", ["russia", "kazakhstan"]),
        ("the Russia-Georgia war", ["russo-georgian-war"]),
        ("the Norway-Sweden border", ["norway", "sweden"]),
        ("the Kazan-Orenburg-Akbulak road", ["kazan", "orenburg", "akbulak"]),
        ("the Kazan–Orenburg–Akbulak road", ["kazan", "orenburg", "akbulak"]),
        ("Turkish-Armenian talks", ["turkey", "armenia"]),
    ])
    def test_each_part_of_a_hyphened_word(self, gazetteer: Gazetteer, text: str, expected: list[str]) -> None:
        assert slugs(gazetteer.find_names(text)) == expected

    @pytest.mark.parametrize("text", [
        "a chad in a turkey", "he will polish it", "us and them", "they may go", "Russianness", "Chinatown", "Omantel",
        "malice",
    ])
    def test_no_state_here(self, gazetteer: Gazetteer, text: str) -> None:
        assert slugs(gazetteer.find_names(text), "state") == []

    @pytest.mark.parametrize(("text", "form"), [
        ("Kazakhstan", "name"), ("Kazakhstani", "adjective"), ("Kazakhs", "people"), ("Kremlin", "metonym"),
    ])
    def test_form(self, gazetteer: Gazetteer, text: str, form: str) -> None:
        (name,) = gazetteer.find_names(text)
        assert (name.start, name.end, name.form) == (0, len(text), form)

    def test_offsets_are_those_of_the_text(self, gazetteer: Gazetteer) -> None:
        text = "Ärger — «Élysée Treaty», São Tomé and Príncipe’s minister"
        found = [text[n.start : n.end] for n in gazetteer.find_names(text) if n.iri.startswith(ENT)]
        assert found == ["Élysée Treaty", "São Tomé and Príncipe"]

    def test_capital_is_city_and_state(self, gazetteer: Gazetteer) -> None:
        (name,) = gazetteer.find_names("Astana")
        assert name.candidates == (
            Candidate(ENT + "astana", "place"), Candidate(ENT + "kazakhstan", "state", "metonym"),
        )
        assert name.of_kind("state") == Candidate(ENT + "kazakhstan", "state", "metonym")
        assert name.of_kind("person") is None

    @pytest.mark.parametrize(("text", "state"), [
        ("Kiev", "ukraine"), ("Washington", "united-states"), ("Nur-Sultan", "kazakhstan"), ("Almaty", "kazakhstan"),
        ("Peking", "china"), ("The Hague", "netherlands"), ("Downing Street", "united-kingdom"),
    ])
    def test_metonyms(self, gazetteer: Gazetteer, text: str, state: str) -> None:
        readings = [c for n in gazetteer.find_names(text) for c in n.candidates]
        assert Candidate(ENT + state, "state", "metonym") in readings

    def test_shared_adjective_gives_both_states(self, gazetteer: Gazetteer) -> None:
        (name,) = gazetteer.find_names("Congolese")
        assert {c.iri.removeprefix(ENT) for c in name.candidates} == SHARED["Congolese"]

    @pytest.mark.parametrize(("text", "person", "surname"), [
        ("Vladimir Putin", "vladimir-putin", False), ("Mr Putin", "vladimir-putin", True),
        ("Nazarbaev", "nursultan-nazarbayev", True), ("Hugo Chavez", "hugo-chavez", False),
        ("Peña Nieto", "enrique-pena-nieto", True), ("Xi Jinping", "xi-jinping", False),
    ])
    def test_people(self, gazetteer: Gazetteer, text: str, person: str, surname: bool) -> None:
        (name,) = [n for n in gazetteer.find_names(text) if n.kind == "person"]
        assert (name.iri, name.surname, name.weak) == (ENT + person, surname, False)

    @pytest.mark.parametrize("text", ["Brown", "May", "King", "Rice"])
    def test_common_words_are_weak_surnames(self, gazetteer: Gazetteer, text: str) -> None:
        assert all(n.weak for n in gazetteer.find_names(text) if n.kind == "person")
        assert [n for n in gazetteer.find_names(text.lower()) if n.kind == "person"] == []

    def test_monarchs_have_no_surname(self, gazetteer: Gazetteer) -> None:
        assert [c.iri for n in gazetteer.find_names("Jordan") for c in n.candidates] == [ENT + "jordan"]

    @pytest.mark.parametrize(("text", "expected"), [
        ("the Commonwealth of Independent States", ["commonwealth-of-independent-states"]),
        ("World Trade Organisation", ["world-trade-organization"]),
        ("World Trade Organization (WTO)", ["world-trade-organization", "world-trade-organization"]),
        ("the EAEU and the EU", ["eurasian-economic-union", "european-union"]),
        ("Baikonur cosmodrome", ["baikonur-cosmodrome"]),
        ("Western Europe-Western China corridor", ["western-europe-western-china-expressway"]),
    ])
    def test_organisations_and_things(self, gazetteer: Gazetteer, text: str, expected: list[str]) -> None:
        assert slugs(gazetteer.find_names(text)) == expected

    def test_longest_name_wins(self, gazetteer: Gazetteer) -> None:
        (name,) = gazetteer.find_names("Bank of China")
        assert name.iri == ENT + "bank-of-china"


class TestIndex:
    """The finder alone, on names of its own."""

    @pytest.fixture
    def index(self) -> NameIndex:
        index = NameIndex()
        index.add("Ruritania", Candidate("x:r", "state"))
        index.add("Union of Ruritania", Candidate("x:u", "organisation"))
        index.add("Rudolf Rassendyll", Candidate("x:p", "person"))
        index.add_words("nuclear energy", Candidate("x:n", "sector"))
        index.add_words("IT", Candidate("x:i", "sector"))
        index.add_words("company", Candidate("x:c", "indicator"))
        index.close()
        return index

    @pytest.mark.parametrize(("text", "expected"), [
        ("Ruritania", ["x:r"]), ("ruritania", []), ("RURITANIA", ["x:r"]), ("Ruritanian", []), ("Ruritania2", []),
        ("Union of Ruritania", ["x:u"]), ("union of Ruritania", ["x:r"]), ("UNION OF RURITANIA", ["x:u"]),
        ("Union of ruritania", ["x:u"]), ("Union of Rurit", []), ("Union of Ruritania and Ruritania", ["x:u", "x:r"]),
        ("Rudolf Rassendyll", ["x:p"]), ("Rudolf rassendyll", []),
        ("Nuclear Energy and nuclear energies", ["x:n", "x:n"]), ("it is IT", ["x:i"]), ("Companies", ["x:c"]),
        ("", []),
    ])
    def test_find(self, index: NameIndex, text: str, expected: list[str]) -> None:
        assert [n.iri for n in index.find(text)] == expected

    def test_folding_keeps_the_length(self) -> None:
        text = "".join(map(chr, range(0x20, 0x2600)))
        assert len(fold(text)) == len(text)

    def test_spellings(self) -> None:
        assert spellings("Centre for Defence") == {
            "Centre for Defence", "Center for Defence", "Centre for Defense", "Center for Defense",
        }
        assert spellings("Centrewards") == {"Centrewards"}


class TestKnowledge:
    @pytest.mark.parametrize(("date", "city"), [
        ("1996", "almaty"), ("1996-05-01", "almaty"), ("2005", "astana"), ("2020-06", "astana"), ("", "astana"),
    ])
    def test_capital_by_date(self, gazetteer: Gazetteer, date: str, city: str) -> None:
        assert gazetteer.capital(ENT + "kazakhstan", date) == ENT + city

    def test_no_capital_of_a_year_with_two(self, gazetteer: Gazetteer) -> None:
        assert gazetteer.capital(ENT + "kazakhstan", "1997") == ""

    @pytest.mark.parametrize(("office", "state", "date", "person"), [
        ("president", "russia", "2003-05-01", "vladimir-putin"),
        ("president", "russia", "2010", "dmitry-medvedev"),
        ("president", "russia", "2012", None),  # two in one year
        ("president", "russia", "2012-05-07", "vladimir-putin"),  # the day of the handover
        ("prime-minister", "kazakhstan", "2004-12-22", "daniyal-akhmetov"),
        ("president", "kazakhstan", "2020", "kassym-jomart-tokayev"),
        ("foreign-minister", "finland", "2022-02", "pekka-haavisto"),
        ("chancellor", "germany", "2015", "angela-merkel"),
        ("president", "kazakhstan", "1950", None),
        ("president", "kazakhstan", "", None),
        ("astronaut", "kazakhstan", "2020", None),
    ])
    def test_holder(self, gazetteer: Gazetteer, office: str, state: str, date: str, person: str | None) -> None:
        found = gazetteer.holder(office, ENT + state, date)
        assert (found.iri if found else None) == (ENT + person if person else None)

    def test_offices_of(self, gazetteer: Gazetteer) -> None:
        offices = gazetteer.offices_of(ENT + "vladimir-putin", "2010-06-01")
        assert [(t.office, t.of) for t in offices] == [("prime-minister", ENT + "russia")]
        assert gazetteer.offices_of(ENT + "nobody") == ()

    @pytest.mark.parametrize(("text", "first"), [
        ("kazakhstan", "kazakhstan"), ("KZ", "kazakhstan"), ("KAZ", "kazakhstan"), ("Georgia", "georgia"),
        ("nato", "nato"), ("Hugo Chavez", "hugo-chavez"), ("Elysee Treaty", "elysee-treaty"),
    ])
    def test_by_label(self, gazetteer: Gazetteer, text: str, first: str) -> None:
        assert [e.iri for e in gazetteer.by_label(text)][:1] == [ENT + first]

    def test_by_label_of_nothing(self, gazetteer: Gazetteer) -> None:
        assert gazetteer.by_label("Ruritania") == []

    @pytest.mark.parametrize(("iri", "state"), [
        ("gazprom", "russia"), ("vladimir-putin", "russia"), ("kazakhstan", "kazakhstan"), ("astana", "kazakhstan"),
    ])
    def test_state_of(self, gazetteer: Gazetteer, iri: str, state: str) -> None:
        assert gazetteer.state_of(ENT + iri) == ENT + state

    def test_state_of_nothing(self, gazetteer: Gazetteer) -> None:
        assert gazetteer.state_of(ENT + "united-nations") == gazetteer.state_of("x:y") == ""

    def test_state_of_what_belongs_to_two(self, gazetteer: Gazetteer) -> None:
        assert gazetteer.state_of(ENT + "elysee-treaty") == ""

    def test_members_by_date(self, gazetteer: Gazetteer) -> None:
        then = {m.member for m in gazetteer.members(ENT + "collective-security-treaty-organization", "2010")}
        now = {m.member for m in gazetteer.members(ENT + "collective-security-treaty-organization", "2020")}
        assert then - now == {ENT + "uzbekistan"}
        assert ENT + "kazakhstan" in now

    def test_membership_of_a_state(self, gazetteer: Gazetteer) -> None:
        found = {m.organisation.removeprefix(ENT) for m in gazetteer.memberships_of(ENT + "france", "1999")}
        assert {"nato", "european-union", "eurozone"} <= found

    def test_unknown_entity(self, gazetteer: Gazetteer) -> None:
        with pytest.raises(KeyError):
            gazetteer.entity(ENT + "ruritania")


class TestLoading:
    def test_loads_once(self) -> None:
        assert load_gazetteer() is load_gazetteer(ONTOLOGY)

    def test_no_files(self, tmp_path: Path) -> None:
        with pytest.raises(KgError, match="there is no gazetteer"):
            load_gazetteer(tmp_path)

    def test_broken_file_names_its_line(self, tmp_path: Path) -> None:
        (tmp_path / "gazetteer").mkdir()
        (tmp_path / "gazetteer" / "x.ttl").write_text("@prefix a: <x:> .\na:b a a:c\na:d", encoding="utf-8")
        with pytest.raises(KgError) as caught:
            load_gazetteer(tmp_path)
        assert caught.value.line in (2, 3) and caught.value.file is not None

    def test_concepts_may_be_absent(self, tmp_path: Path) -> None:
        (tmp_path / "gazetteer").mkdir()
        (tmp_path / "gazetteer" / "x.ttl").write_text(
            f'<{ENT}ruritania> a <{BKG}State> ; <{SKOS}prefLabel> "Ruritania"@en .', encoding="utf-8"
        )
        assert [n.iri for n in load_gazetteer(tmp_path).find_names("Ruritania trades")] == [ENT + "ruritania"]
