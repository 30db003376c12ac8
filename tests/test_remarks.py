"""Remarks from speech, and what holds for all Positions."""

from __future__ import annotations

import hashlib
from functools import cache

from kg.extract import Extractor, read
from kg.model import Document, Fact
from kg.terms import ENT


@cache
def extractor() -> Extractor:
    return Extractor()


def facts(text: str, kind: str) -> list[Fact]:
    """The facts of one type that a text between Chile and Peru gives."""
    gazetteer = extractor().gazetteer
    document = Document("example", text, hashlib.sha256(text.encode()).hexdigest(), title="Chile and Peru", issued="2012-05-06")
    reading = read(document, gazetteer, pair=(gazetteer.entity(f"{ENT}chile"), gazetteer.entity(f"{ENT}peru")))
    return [fact for fact in extractor().extract_reading(reading) if fact.type == kind]


def contents(text: str) -> list[str]:
    return [str(term) for fact in facts(text, "Remark") for role, term in fact.roles if role == "content"]


def test_words_around_the_verb_of_saying_are_one_remark() -> None:
    assert contents("The desert, President Sebastián Piñera said, was a garden.") == ["The desert was a garden"]


def test_what_another_fact_captures_is_no_remark() -> None:
    text = "President Sebastián Piñera said that Chile supports the candidacy of Peru."
    assert contents(text) == []
    assert [e.label for fact in facts(text, "Position") for e in fact.stated_by] == ["Sebastián Piñera"]


def test_amounts_and_unnamed_groups_make_no_remark() -> None:
    assert contents("President Sebastián Piñera said that the party had cost 3 million dollars.") == []
    assert contents("Chilean analysts believe that the desert is a garden.") == []
    assert contents("President Sebastián Piñera recalled his ambassador from Peru.") == []
    assert contents("President Sebastián Piñera recalled that the desert was a garden.") == ["the desert was a garden"]


def test_each_sentence_of_a_quotation_is_a_remark() -> None:
    text = "\"The desert is a garden. It feeds all of us,\" President Sebastián Piñera said."
    assert contents(text) == ["The desert is a garden", "It feeds all of us"]


def test_a_turn_of_a_press_statement_is_no_remark() -> None:
    assert contents("President of Chile Sebastián Piñera: The desert is a garden. It will feed all of our peoples for ever.") == []


def stances(text: str) -> list[tuple[str, str]]:
    return [(term.word, fact.status) for fact in facts(text, "Position") for role, term in fact.roles if role == "stance"]  # type: ignore[union-attr]


def test_a_denied_stance_is_the_contrary_one() -> None:
    assert stances("Chile does not support the motion.") == [("opposes", "Asserted")]
    assert stances("Neither Chile nor Peru is interested in leaving the pact.") == [("rejects", "Asserted")]
    assert stances("Chile did not reject the motion.") == [("rejects", "Denied")]


def test_a_purpose_is_no_stance() -> None:
    assert stances("Chile spent a fortune to support the theatre.") == []


def test_of_nested_stances_the_outer_one_stays() -> None:
    assert stances("Chile is ready to consider leaving the pact.") == [("offers", "Asserted")]
