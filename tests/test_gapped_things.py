"""What goes on without its verb, each thing with its own time; things in lists; firms known by the words beside their names."""

from __future__ import annotations

from functools import cache

import pytest

from kg.extract import Extractor, read, write_fact
from kg.model import Document


@cache
def _extractor() -> Extractor:
    return Extractor()


def _facts(text: str, fact_type: str, pair: tuple[str, str] = ("Kenya", "Ethiopia")) -> set[str]:
    extractor = _extractor()
    states = tuple(extractor.gazetteer.by_label(name)[0] for name in pair)
    document = Document("invented", text, "0" * 64, issued="2019-03-01")
    reading = read(document, extractor.gazetteer, pair=states)
    return {write_fact(f) for f in extractor.extract_reading(reading) if f.type == fact_type}


@pytest.mark.parametrize(("text", "wanted"), [
    ("Kenya built the Omo dam in 2009 and a clinic in 2012.", ("project=clinic stage=completed date=2012", "project=omo-dam stage=completed date=2009")),
    ("The Omo dam was completed in 2009, a school in Juba in 2012 and the Lamu port in 2014.", ("date=2009", "date=2012", "date=2014")),
    ("Kenya built the Omo dam, three schools and a clinic in 2009.", ("project=omo-dam", "project=clinic")),
    ("Kenya built the Omo dam, six frigates and a clinic in 2009.", ("project=omo-dam", "project=six-frigates", "project=clinic")),
    ("A clinic and two bridges were built by Kenya.", ("project=clinic", "project=two-bridges")),
])  # fmt: skip
def test_each_thing_is_told(text: str, wanted: tuple[str, ...]) -> None:
    made = _facts(text, "ProjectStatus")
    assert len(made) == len(wanted)
    for one in wanted:
        assert any(one in fact for fact in made), made


@pytest.mark.parametrize("text", [
    "Kenya is building the Omo dam, the largest plant of the region.",
    "Kenya is building the Omo dam, and two bridges were admired.",
    "Kenya built the Omo dam in 2009 and left the region in 2012.",
])  # fmt: skip
def test_one_thing_is_told(text: str) -> None:
    assert len(_facts(text, "ProjectStatus")) == 1


@pytest.mark.parametrize(("text", "wanted"), [
    ("Kenya built the Omo dam, three schools and a clinic in 2009.", {"=> indicator=schools subject=kenya value=3 date=2009"}),
    ("A clinic and two schools were built by Kenya.", {"=> indicator=schools subject=kenya value=2"}),
])  # fmt: skip
def test_what_is_only_counted_is_the_builders(text: str, wanted: set[str]) -> None:
    assert _facts(text, "Indicator") == wanted


@pytest.mark.parametrize(("text", "owner"), [
    ("The Lamu port was bought by the Nairobi-based retailer Zukazi.", "owner=zukazi"),
    ("Zukazi, a Kenyan retailer, bought the Lamu port.", "owner=zukazi"),
    ("Kenya's sovereign wealth fund bought the Lamu port.", "owner=sovereign-wealth-fund-kenya"),
])  # fmt: skip
def test_words_beside_a_name_tell_the_firm(text: str, owner: str) -> None:
    assert any(owner in fact for fact in _facts(text, "Ownership"))


@pytest.mark.parametrize(("text", "fact_type", "wanted"), [
    ("Kenya opened a consulate in Adama in 1979 and did so again in Gondar in 1990.", "DiplomaticRelations", ("place=adama", "place=gondar")),
    ("Kenya and Ethiopia signed a trade pact in 1962 and a cultural one in 1965.", "AgreementAction", ("agreement=trade-pact", "agreement=cultural-pact")),
    ("Kenya built a power plant in 2006; a second one was completed in 2015.", "ProjectStatus", ("project=power-plant", "project=second-power-plant")),
    ("Kenya opened a consulate in Adama in 1979. The consulate closed in 1990 and reopened in 2004.", "DiplomaticRelations", ("1979", "1990", "2004")),
    ("Kenya built a mill in 2006, and a good one was hard to find.", "ProjectStatus", ("project=mill",)),
])  # fmt: skip
def test_what_is_done_again_is_told(text: str, fact_type: str, wanted: tuple[str, ...]) -> None:
    made = _facts(text, fact_type)
    assert len(made) == len(wanted)
    for one in wanted:
        assert any(one in fact for fact in made), made
