"""Whose officials those are whom a guest meets where they are at home. Sentences are invented."""

from __future__ import annotations

from kg.extract import Extractor
from kg.extract.reading import read
from kg.model import Document, Entity
from kg.terms import ENT

EXTRACTOR = Extractor()
CHILE, PERU = (EXTRACTOR.gazetteer.entity(ENT + name) for name in ("chile", "peru"))
ARRIVAL = "Chile's Transport Minister Ana Ruiz went to Lima. "


def homes(text: str) -> dict[str, str]:
    """The state of each official of a text about Chile and Peru."""
    document = Document("test", text, "0" * 64, issued="2018-06-21")
    offices = [f for f in EXTRACTOR.extract_reading(read(document, EXTRACTOR.gazetteer, pair=(CHILE, PERU))) if f.type == "OfficeHolding"]
    served = [(f.values("person")[0], [e.label for e in f.values("of") if isinstance(e, Entity)]) for f in offices]
    return {person.label: " ".join(states) for person, states in served if isinstance(person, Entity)}


def test_those_whom_a_guest_meets_in_their_capital_serve_there() -> None:
    text = ARRIVAL + "In Lima she held talks with Energy Minister Ivo Paz, Trade Minister Eva Gil and the press."
    assert homes(text) == {"Ana Ruiz": "Chile", "Ivo Paz": "Peru", "Eva Gil": "Peru"}


def test_nobody_s_home_is_told_where_an_envoy_comes_along() -> None:
    text = ARRIVAL + "In Lima she and Ambassador Ugo Rey held talks with Energy Minister Ivo Paz and Trade Minister Eva Gil."
    assert homes(text) == {"Ana Ruiz": "Chile", "Ugo Rey": "", "Ivo Paz": "", "Eva Gil": ""}


def test_an_envoy_to_a_place_of_no_known_state_is_accredited_nowhere() -> None:
    document = Document("test", "Peru posted Ana Ruiz to Jerusalem as ambassador.", "0" * 64, issued="2018-06-21")
    facts = EXTRACTOR.extract_reading(read(document, EXTRACTOR.gazetteer, pair=(CHILE, PERU)))
    (office,) = [f for f in facts if f.type == "OfficeHolding"]
    assert not office.values("accreditedTo")
