"""What a text only names, whom an office speaks for, who speaks by a headline, lists of unknown places, items with notes, stray facts."""

from __future__ import annotations

import gc
import hashlib
from functools import cache

import pytest

from kg.context.dyad import Dyad
from kg.context.headed import speaker_of_headline
from kg.extract import Extractor, load_extractor, read
from kg.extract.layout.listed import AGREEMENT_RULE, PROJECT_RULE
from kg.extract.relevance import SHORT, kept_of_stray
from kg.extract.untold import is_refuted, only_named
from kg.model import Activity, Concept, Document, Entity, Evidence, Fact, Mention, Span
from kg.terms import ENT
from kg.words.voices import acting_entities


@cache
def extractor() -> Extractor:
    return Extractor()


def state(slug: str) -> Entity:
    return extractor().gazetteer.entity(ENT + slug)


def reading_of(text: str, title: str = "", pair: tuple[str, ...] = ("peru", "chile"), issued: str = "2019-05-04") -> object:
    document = Document("text", text, hashlib.sha256(text.encode()).hexdigest(), title=title, issued=issued)
    return read(document, extractor().gazetteer, pair=tuple(map(state, pair)))


def facts_of(text: str, **known: str) -> list[Fact]:
    return list(extractor().extract_reading(reading_of(text, **known)))  # type: ignore[arg-type]


def told(text: str, kind: str) -> list[str]:
    """The statuses of the facts of a type."""
    return [fact.status for fact in facts_of(text) if fact.type == kind]


# named, not told ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind", "plain"),
    [
        ("Had Peru closed its embassy in Santiago, Chile would have answered in kind.", "DiplomaticRelations", "Peru closed its embassy in Santiago."),
        ("Chile accused Peru of joining the Pacific Alliance too late.", "Membership", "Peru joined the Pacific Alliance too late."),
        ("Reports that Peru had sold its copper mine to Chile were denied in Lima.", "Ownership", "Peru had sold its copper mine to Chile."),
        ("Some say that Peru annexed Arica. That is simply untrue.", "ArmedAction", "Peru annexed Arica."),
    ],
)
def test_what_is_only_named_is_not_asserted(text: str, kind: str, plain: str) -> None:
    assert "Asserted" not in told(text, kind)
    assert told(plain, kind) == ["Asserted"]


def _first_match(text: str, word: str) -> tuple[object, object]:
    """The view of the first sentence, and the first match of a rule whose words begin at or behind a word."""
    view = reading_of(text).views[0]  # type: ignore[attr-defined]
    place = view.words.index(word)
    return view, next(m for m in extractor().index.find(view) if m.anchor[0] >= place - 2)


def test_an_inverted_condition_tells_what_was_not_so() -> None:
    view, match = _first_match("Had Peru and Chile signed the treaty in 1999, trade would have grown.", "signed")
    assert only_named(view, match)  # type: ignore[arg-type]
    view, match = _first_match("Peru and Chile signed the treaty in 1999, and trade grew.", "signed")
    assert not only_named(view, match)  # type: ignore[arg-type]


@pytest.mark.parametrize(("behind", "refuted"), [(" That is simply false.", True), (" It did not.", True), (" That is true.", False), ("", False)])
def test_the_next_sentence_calls_a_claim_false(behind: str, refuted: bool) -> None:
    text = "Critics claim that Peru and Chile signed a secret treaty." + behind
    view, match = _first_match(text, "signed")
    assert is_refuted(text, view, match) is refuted  # type: ignore[arg-type]


# voices -------------------------------------------------------------------------------------------------------------


def _office(text: str, head: str, *entities: Entity) -> Mention:
    return Mention(0, len(text), 0, 1, "office", text, entities=entities, head=head)


def test_a_minister_acts_for_a_state_a_former_one_or_a_senator_does_not() -> None:
    peru, lima = state("peru"), extractor().gazetteer.entity(ENT + "lima")
    assert acting_entities(_office("the Peruvian consul in Lima", "consul", peru, lima)) == (peru,)
    assert acting_entities(_office("the Peruvian foreign minister", "minister", peru)) == (peru,)
    assert acting_entities(_office("a former Peruvian minister", "minister", peru)) == ()
    assert acting_entities(_office("a Peruvian senator", "senator", peru)) == ()
    assert acting_entities(Mention(0, 4, 0, 1, "state", "Peru", entities=(peru,))) == (peru,)


@pytest.mark.parametrize(("text", "office"), [
    ("Ana Villar, Chairman of Kazakhstan's Senate, spoke.", "speaker-of-parliament"),
    ("Ana Villar, chairman of Nokia, spoke.", "chairman"),
])
def test_who_chairs_a_parliament_is_its_speaker(text: str, office: str) -> None:
    told = [fact.values("office")[0] for fact in facts_of(text) if fact.type == "OfficeHolding"]
    assert [term.word for term in told if isinstance(term, Concept)] == [office]


# headlines ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "issued", "speaker"),
    [
        ("Statement by the President of Chile", "2019-05-04", "Sebastián Piñera"),
        ("Address by the President of Chile at a dinner in Lima", "2015-05-04", "Michelle Bachelet"),
        ("Remarks of the Foreign Minister of Atlantis", "2019-05-04", ""),
        ("Chile's president speaks in Lima", "2019-05-04", ""),
    ],
)
def test_the_headline_tells_who_speaks(title: str, issued: str, speaker: str) -> None:
    document = Document("speech", "Dear friends, thank you.", "0" * 64, title=title, issued=issued)
    assert "".join(e.label for e in speaker_of_headline(document, extractor().gazetteer, Dyad((), None))) == speaker


# unknown places -----------------------------------------------------------------------------------------------------


def _places(text: str) -> list[str]:
    reading = reading_of(text)
    return [m.text for m in reading.views[0].mentions if m.kind == "place" and not any(e.known for e in m.entities)]  # type: ignore[attr-defined]


def test_unknown_places_stand_in_a_list_of_places() -> None:
    assert _places("Chile has honorary consulates in Querecotillo, Zumbaquira and San Tadeo.") == ["Querecotillo", "Zumbaquira", "San Tadeo"]
    assert "Brandox" not in _places("Chile invested in Melkor, Brandox and Quimsa.")


def test_a_great_deal_is_no_agreement() -> None:
    assert [f for f in facts_of("Peru did a great deal to harm the image of Chile.") if f.type == "AgreementAction"] == []


# items with notes -----------------------------------------------------------------------------------------------------


def _items(text: str, rule: str) -> list[tuple[str, str, str]]:
    """Action or stage, date, status of the facts of a built-in rule."""
    found = [f for f in facts_of(text) if f.activity.rule == rule]
    word = {AGREEMENT_RULE: "action", PROJECT_RULE: "stage"}[rule]
    return [(term.word if isinstance(term := f.values(word)[0], Concept) else "", f.date, f.status) for f in found]


def test_an_agreement_with_its_notes() -> None:
    text = "Agreements of Peru and Chile:\n\n- Trade Agreement (Lima, 3 May 2001, in force)\n- Air Services Agreement (signed 2015, not yet ratified)\n- Agreement on whatever the two like\n"
    assert _items(text, AGREEMENT_RULE) == [
        ("inForce", "", "Asserted"), ("signed", "2001-05-03", "Asserted"), ("ratified", "", "Denied"), ("signed", "2015", "Asserted")]


def test_a_project_with_its_notes() -> None:
    text = "Projects of Chile in Peru:\n\n- Quilca sugar plant, US$ 35 mn (commissioned in May 2016)\n- Ilo desalination plant (planned)\n- Some plant that nobody knows\n"
    assert [(stage, date) for stage, date, _ in _items(text, PROJECT_RULE)] == [("operating", "2016-05"), ("planned", "")]


# stray facts ----------------------------------------------------------------------------------------------------------


def _fact(*entities: Entity) -> Fact:
    return Fact("Cooperation", tuple(("participant", e) for e in entities), "Asserted", (Evidence(0, 4),), Activity("a-rule", "1"))


def test_a_long_text_with_hardly_a_fact_has_none() -> None:
    nobody = Entity(ENT + "nobody", "Nobody", "person", known=False)
    long = "word " * (10 * SHORT)
    spans = (Span(0, len(long)),)
    one, other = _fact(state("peru"), state("chile")), _fact(nobody)
    assert kept_of_stray(long, spans, (one,)) == ()
    assert kept_of_stray("word " * SHORT, (Span(0, 5 * SHORT),), (one,)) == (one,)
    assert kept_of_stray(long, spans, (one, one, other)) == (one, one, other)
    assert kept_of_stray(long, spans, (one, other, other, other)) == (one,)


# loading --------------------------------------------------------------------------------------------------------------


def test_a_loaded_extractor_knows_the_names_given_and_leaves_the_collector_on() -> None:
    assert gc.isenabled()
    tool = load_extractor({ENT + "peru": ["Land of the Incas"]})
    assert gc.isenabled()
    assert [e.label for e in tool.gazetteer.by_label("Land of the Incas")] == ["Peru"]


@pytest.mark.parametrize(("text", "wanted"), [
    ("Three protocols were signed in Lima, namely on olives, on visas and on the fight against smuggling.",
     {"protocol on olives", "protocol on visas", "protocol on fight against smuggling"}),
    ("Two accords, one on tea and one on wool, were signed.", {"accord on tea", "accord on wool"}),
    ("The two sides signed two memoranda of understanding, on tea and on wool.", {"memorandum of understanding on tea", "memorandum of understanding on wool"}),
    ("Two documents were signed: a treaty on extradition and a memorandum on sport.", {"treaty on extradition", "memorandum on sport"}),
    ("Agreements were signed on fisheries, mining and customs.", {"agreement on fisheries", "agreement on mining", "agreement on customs"}),
    ("The agreements were signed on board the frigate, in Callao.", {"agreements"}),
])
def test_those_counted_are_told_one_by_one(text: str, wanted: set[str]) -> None:
    signed = [fact for fact in facts_of(text) if fact.type == "AgreementAction"]
    named = [term for fact in signed for term in fact.values("agreement") if isinstance(term, Entity)]
    assert {term.label.lower() for term in named} == wanted
