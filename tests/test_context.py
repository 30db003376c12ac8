"""Context: pairs, references, speech, status. All sentences are invented."""

from __future__ import annotations

import pytest

from kg.context import Reader, Reading, is_inclusive, judge_status, saying_verbs
from kg.context.reader import author_of
from kg.gazetteer import load_gazetteer
from kg.mentions import Memory, find_mentions
from kg.model import Document, Entity
from kg.text import find_sentences
from kg.words import find_verb_groups

GAZETTEER = load_gazetteer()


def read(text: str, **known: str) -> tuple[Reader, Reading]:
    document = Document("test", text, "0" * 64, **known)
    reader = Reader(document, GAZETTEER)
    sentences = find_sentences(text)
    names = GAZETTEER.find_names(text)
    memory = Memory(GAZETTEER, document.issued, reader.dyad)
    return reader, reader.read_all(sentences, [find_mentions(s, text, names, (), memory) for s in sentences])


def labels(entities: tuple[Entity, ...]) -> list[str]:
    return [e.label for e in entities]


def meant(text: str, words: str, place: int = 0, **known: str) -> list[str]:
    """What the reference `words` means at its ``place``-th occurrence."""
    _, reading = read(text, **known)
    found = [m for ms in reading.mentions for m in ms if m.form == "reference" and m.text.lower() == words.lower()]
    assert found, f"no reference {words!r}"
    return labels(found[place].entities)


def said_by(text: str, words: str, **known: str) -> list[str]:
    _, reading = read(text, **known)
    start = text.index(words)
    return labels(reading.speakers_at(start, start + len(words)))


def status(text: str, word: str, **options: bool) -> str:
    sentence = find_sentences(text)[0]
    at = text.index(word)
    tokens = [i for i, t in enumerate(sentence.tokens) if at <= t.start < at + len(word)]
    groups = find_verb_groups(sentence.tokens)
    return judge_status(sentence, groups, (), tokens[0], tokens[-1] + 1, **options).word


# the pair -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("known", "text", "pair", "side"),
    [
        ({"title": "Brazil–Portugal relations"}, "Angola is mentioned.", ["Brazil", "Portugal"], ""),
        ({"title": "Chilean-Peruvian talks"}, "They met.", ["Chile", "Peru"], ""),
        ({"title": "PERU AND ECUADOR MEET AGAIN"}, "They met.", ["Peru", "Ecuador"], ""),
        (
            {"title": "Annual report"},
            "Kenya and Uganda trade. Kenya sells tea. Uganda sells maize. Chad is far.",
            ["Kenya", "Uganda"],
            "",
        ),
        (
            {"title": "Our work in Norway", "publisher": "Embassy of Canada in Oslo"},
            "Norway is near.",
            ["Norway", "Canada"],
            "Canada",
        ),
        (
            {"title": "Spain and Morocco"},
            "Our trade with Morocco grows. We buy phosphate from Morocco.",
            ["Spain", "Morocco"],
            "Spain",
        ),
        ({"title": "Spain and Morocco"}, "Trade with Morocco grows.", ["Spain", "Morocco"], ""),
        ({"title": "Kenya and Peru", "publisher": "Kenyan Ministry of Foreign Affairs"}, "Trade grows.", ["Kenya", "Peru"], "Kenya"),
        ({"title": "Kenya and Peru", "publisher": "Office of the President, Republic of Peru"}, "Trade grows.", ["Kenya", "Peru"], "Peru"),
        ({"title": "Kenya and Peru", "publisher": "Kenyan Daily"}, "Trade grows.", ["Kenya", "Peru"], ""),
        ({"title": "Kenya and Peru", "publisher": "Office of the Prime Minister, Nairobi"}, "Trade grows.", ["Kenya", "Peru"], "Kenya"),
        ({"title": "Kenya and Peru", "publisher": "University Institute of Government, Nairobi"}, "Trade grows.", ["Kenya", "Peru"], ""),
        ({"title": "Remarks by Peruvian Minister Ana Soto at the Kenya Forum"}, "Trade grows.", ["Peru", "Kenya"], "Peru"),
        ({"title": "Kenya's Prime Minister's speech on Peru"}, "Trade grows.", ["Kenya", "Peru"], "Kenya"),
        ({"title": "Premier Otieno's speech at the Kenyan-Peruvian dinner in Lima"}, "Thank you for your warm welcome.", ["Kenya", "Peru"], "Kenya"),
        ({"title": "Premier Soto's speech at the Kenyan-Peruvian dinner in Lima"}, "I welcome you and our guests.", ["Kenya", "Peru"], "Peru"),
        ({"title": "Premier Soto's speech at the Kenyan-Peruvian dinner in Lima"}, "Trade grows.", ["Kenya", "Peru"], ""),
    ],
)
def test_dyad(known: dict[str, str], text: str, pair: list[str], side: str) -> None:
    reader, _ = read(text, **known)
    assert labels(reader.dyad) == pair
    assert (reader.side.label if reader.side else "") == side


@pytest.mark.parametrize(
    ("title", "speaker", "state"),
    [
        ("Address by the Prime Minister of Kenya, Mr. Otis Kariba, in Lima", "Otis Kariba", "Kenya"),
        ("Remarks by the President of Peru in Nairobi", "Peru", ""),
    ],
)
def test_who_speaks_is_named_behind_the_office_of_the_headline(title: str, speaker: str, state: str) -> None:
    _, reading = read("Our trade with you grows.", title=title)
    found = reading.speakers_at(0, 5)
    assert labels(found) == [speaker]
    assert not state or found[0].state.endswith(state.lower())


def test_a_label_with_a_part_of_the_name_is_the_same_speaker() -> None:
    text = "President of Peru Luis Salas Quispe: Our trade with Kenya grows.\n\nLuis Salas: We sell tin, we buy your tea."
    _, reading = read(text, title="Kenya and Peru")
    assert labels(reading.speakers_at(len(text) - 10, len(text))) == ["Luis Salas Quispe"]


def test_two_speakers_without_states_are_told_apart_by_who_is_guest() -> None:
    text = "President Ana Salas: I welcome you, Mr President. Our trade with you grows.\n\nPresident Otis Kariba: Thank you for your welcome. We have sold you tea."
    _, reading = read(text, title="Statements by the Presidents of Kenya and Peru, Lima")
    speakers = [reading.speakers_at(text.index(said), text.index(said) + 4)[0] for said in ("I welcome", "We have")]
    assert [(s.label, s.state.rsplit("/", 1)[-1]) for s in speakers] == [("Ana Salas", "peru"), ("Otis Kariba", "kenya")]


# references ---------------------------------------------------------------------------------------------------------

NORDIC = {"title": "Finland–Estonia relations", "issued": "2019-05-01"}


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("The two countries signed a protocol.", "The two countries", ["Finland", "Estonia"]),
        (
            "Chile and Peru share a border. Trade between the two countries grew.",
            "the two countries",
            ["Chile", "Peru"],
        ),
        (
            "Chile left the bloc and Peru was admitted. Both countries belong to the union.",
            "Both countries",
            ["Finland", "Estonia"],
        ),
        ("Finland and Estonia respect each other.", "each other", ["Finland", "Estonia"]),
        ("Tarvo came to Estonia in 2004. Since then it has grown.", "it", []),
        ("Nokia has an office in the country.", "the country", ["Estonia"]),
        ("Finland is a large market. It buys timber.", "It", ["Finland"]),
        ("It is clear that trade grows.", "It", []),
        ("Finland and Latvia met. They signed a protocol.", "They", ["Finland", "Latvia"]),
        ("Estonia opened its embassy in Lima.", "its", ["Estonia"]),
        ("Peru borders Chile, and Bolivia exports its gas.", "its", ["Bolivia"]),
        ("The minister visited Estonia and began talks with the country.", "the country", ["Estonia"]),
        ("Estonia lies on the sea. The country exports software.", "The country", ["Estonia"]),
        ("Peru and Chile share a desert. The country exports copper.", "The country", []),
        ("The Saimaa Canal was leased in 1963. Ships use the canal daily.", "the canal", ["Saimaa Canal"]),
        ("Trade grows. Ships use the canal daily.", "the canal", []),
    ],
)
def test_references(text: str, words: str, expected: list[str]) -> None:
    assert meant(text, words, **NORDIC) == expected


PEOPLE = {"title": "Germany–France relations", "issued": "2019-05-01"}


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Angela Merkel visited Paris. She praised the talks.", "She", ["Angela Merkel"]),
        ("Angela Merkel met Emmanuel Macron. He praised the talks.", "He", []),
        ("Emmanuel Macron arrived in Berlin. He praised the talks.", "He", ["Emmanuel Macron"]),
        ("During his visit to Berlin, Emmanuel Macron opened a museum.", "his", ["Emmanuel Macron"]),
        ("Emmanuel Macron said his country wants peace.", "his country", ["France"]),
        (
            "Emmanuel Macron met Angela Merkel. The two leaders opened a museum.",
            "The two leaders",
            ["Emmanuel Macron", "Angela Merkel"],
        ),
        ("The French president opened a museum.", "The French president", ["Emmanuel Macron"]),
        (
            "French Vice-President Ivo Noir met German Chancellor Ana Graf. The two leaders opened a museum.",
            "The two leaders",
            ["Ivo Noir", "Ana Graf"],
        ),
        (
            "At the invitation of the Chancellor of Germany, Ana Graf, the President of France, His Excellency Mr. Ivo Noir, paid a visit."
            " He opened a museum.",
            "He",
            ["Ivo Noir"],
        ),
        ("His Excellency the French ambassador Rene Noir met Grace Weiss. She praised the talks.", "She", ["Grace Weiss"]),
        ("The two sides met in Bonn.\n\nThe weather was fine.\n\nThey condemned the attack.", "They", ["Germany", "France"]),
    ],
)
def test_people(text: str, words: str, expected: list[str]) -> None:
    found = meant(text, words, **PEOPLE)
    if words == "He" and "Merkel" in text:
        assert found in ([], ["Emmanuel Macron"])  # never the chancellor, where her gender is known
    else:
        assert sorted(found) == sorted(expected)


def test_the_minister_is_no_prime_minister() -> None:
    text = "Health Minister Ana Lima met Prime Minister Emmanuel Valls. The minister then left for Lyon."
    assert meant(text, "The minister", **PEOPLE) == ["Ana Lima"]


def test_each_of_two_ministers_keeps_his_state() -> None:
    text = (
        "At the invitation of Mr. Jean Lebrun, Minister of Trade of France, Mr. Karl Brandt, Minister of Trade of Germany, "
        "came to Paris. The German Trade Minister was received at once."
    )
    assert meant(text, "The German Trade Minister", **PEOPLE) == ["Karl Brandt"]


def test_an_unknown_date_gives_no_holder() -> None:
    _, reading = read("The French president opened a museum.", title="Germany–France relations")
    assert not [m for m in reading.mentions[0] if m.kind == "person"]


@pytest.mark.parametrize(
    ("following", "word", "expected"),
    [
        (["trade", "grew"], "our", True),
        (["bilateral", "relations"], "our", True),
        (["two", "peoples"], "our", True),
        (["country", "needs"], "our", False),
        (["exports", "to"], "our", False),
        (["own", "views"], "our", None),
        (["signed", "a", "protocol"], "we", True),
        (["believe", "in", "peace"], "we", None),
    ],
)
def test_inclusive(following: list[str], word: str, expected: bool | None) -> None:
    assert is_inclusive(following, word) is expected


def test_we_is_the_speaker_or_both() -> None:
    opening = "President of France Emmanuel Macron: Dear friends, welcome."
    text = opening + "\n\nOur trade has grown. Our country is proud. We will build a ship.\n"
    _, reading = read(text, title="Press statements on Franco-German talks between France and Germany")
    found = {
        m.text: labels(m.entities) for ms in reading.mentions for m in ms if m.text in ("Our", "Our country", "We")
    }
    assert found["We"] == ["France"]
    assert found["Our country"] == ["France"]


def test_of_two_speakers_the_title_tells_whose_state_one_serves() -> None:
    text = "PRESIDENT OKORO: Good morning.\n\nWe like the pact very much today.\n\nPRIME MINISTER VIRTANEN: Thank you.\n\nI say that we sold a ship to somebody.\n"
    _, reading = read(text, title="Remarks by President Okoro and Prime Minister Virtanen of Germany after talks between France and Germany")
    assert [labels(m.entities) for ms in reading.mentions for m in ms if m.text in ("We", "we")] == [["France"], ["Germany"]]


# speech -------------------------------------------------------------------------------------------------------------

MACRON, MERKEL = ["Emmanuel Macron"], ["Angela Merkel"]


@pytest.mark.parametrize(
    ("text", "words", "speakers"),
    [
        # that-clauses and bare clauses
        ("Angela Merkel said that trade had doubled.", "trade had doubled", MERKEL),
        ("Angela Merkel said trade had doubled.", "trade had doubled", MERKEL),
        ("Angela Merkel announced in Berlin that a port would open.", "a port would open", MERKEL),
        ("Angela Merkel, who was visiting Paris, said trade had doubled.", "trade had doubled", MERKEL),
        ("Angela Merkel and Emmanuel Macron agreed that trade should grow.", "trade should grow", MERKEL + MACRON),
        ("Angela Merkel stressed the importance of the gas trade.", "the gas trade", MERKEL),
        ("Angela Merkel made it clear that the port stays.", "the port stays", MERKEL),
        # parentheses and tails
        ("In addition, Angela Merkel noted, the port was widened.", "the port was widened", MERKEL),
        ("The port, Angela Merkel said, was widened in May.", "was widened in May", MERKEL),
        ("The port was widened in May, Angela Merkel said.", "The port was widened", MERKEL),
        # another speaker takes over
        ("Angela Merkel said trade fell, but Emmanuel Macron said exports grew.", "trade fell", MERKEL),
        ("Angela Merkel said trade fell, but Emmanuel Macron said exports grew.", "exports grew", MACRON),
        ("Angela Merkel praised the port, adding that trade had doubled.", "trade had doubled", MERKEL),
        ("Angela Merkel, for her part, thanked France and said trade had doubled.", "trade had doubled", MERKEL),
        ("Both states agree on this. Unless the parties agree, the port closes.", "the port closes", []),
        # sources
        ("According to Angela Merkel, trade has doubled.", "trade has doubled", MERKEL),
        ("In Angela Merkel’s view, trade has doubled.", "trade has doubled", MERKEL),
        ("Trade has doubled (Handelsblatt, May 12).", "Trade has doubled", ["Handelsblatt"]),
        # quotations
        ("“Trade has doubled in two good years,” Angela Merkel said.", "has doubled", MERKEL),
        ('Angela Merkel said: "Trade has doubled in two years. The port was widened."', "The port was widened", MERKEL),
        (
            "“Trade has doubled in two good years,” said Angela Merkel. “The port was widened last year in May.”",
            "The port was",
            MERKEL,
        ),
        (
            "Angela Merkel spoke of trade.\n\nShe said: “Trade has doubled in two years.\n\n“The port was widened.”",
            "The port was",
            MERKEL,
        ),
        # free indirect speech
        ("Angela Merkel said a port was planned. It would open in May.", "It would open", MERKEL),
        # nobody
        ("Angela Merkel said nothing. Trade has doubled.", "Trade has doubled", []),
        ("Some analysts say trade has doubled.", "trade has doubled", []),
        ("The treaty says nothing. Angela Merkel visited the “old port” in May.", "in May", []),
        ("Angela Merkel visited a port that was widened.", "was widened", []),
        ("The port (Hamburg, Germany) was widened.", "was widened", []),
        ("He read the book “A Short History of All the Ports” at home.", "Short History of All", []),
    ],
)
def test_speakers(text: str, words: str, speakers: list[str]) -> None:
    assert said_by(text, words, **PEOPLE) == speakers


def test_turns() -> None:
    text = "\n\n".join(
        (
            "The leaders spoke to the press.",
            "President of France Emmanuel Macron: Good morning.",
            "Trade has doubled.",
            "Federal Chancellor Angela Merkel: Thank you.",
            "The port was widened.",
            "Question: Will it stay open?",
            "<…>",
            "The end was near.",
        )
    )
    assert said_by(text, "Trade has doubled", **PEOPLE) == MACRON
    assert said_by(text, "The port was widened", **PEOPLE) == MERKEL
    for words in ("The leaders spoke", "Will it stay open", "The end was near"):
        assert said_by(text, words, **PEOPLE) == []


def test_answers_are_turns_too() -> None:
    text = (
        "Q: What of trade?\n\nEmmanuel Macron: It has grown well.\n\nQ: And ports?\n\nA: They were widened last year."
    )
    assert said_by(text, "widened last year", **PEOPLE) == MACRON
    assert said_by(text, "And ports", **PEOPLE) == []


def test_verbs_of_saying_are_grouped() -> None:
    assert "say" in saying_verbs("say") and "deny" in saying_verbs("deny") and "sign" not in saying_verbs()


# status -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expected", "text", "word"),
    [
        ("Asserted", "Peru and Chile signed a treaty in 1999.", "signed"),
        ("Asserted", "The treaty signed in May will enter into force.", "signed"),
        ("Asserted", "Trade not only grew but doubled.", "grew"),
        ("Asserted", "No doubt Peru signed the treaty.", "signed"),
        ("Asserted", "Peru continues to export copper.", "export"),
        ("Asserted", "Peru managed to sell its copper.", "sell"),
        ("Asserted", "I would like to stress that Peru sold copper.", "sold"),
        ("Asserted", "Peru did not wait, but Chile signed the treaty.", "signed"),
        ("Asserted", "The envoy travelled to Lima to attend the forum.", "attend"),
        ("Asserted", "Peru seeks to join the bloc.", "seeks"),
        ("Asserted", "It has been a great pleasure to receive the envoy.", "receive"),
        ("Asserted", "I had the honour of presenting my letters in May.", "presenting"),
        ("Asserted", "It is no secret that Peru sold copper.", "sold"),
        ("Asserted", "When the port was opened, trade grew.", "opened"),
        ("Asserted", "Peru confirmed reports that Chile had sold copper.", "sold"),
        ("Asserted", "It was the largest delegation ever to come to Lima.", "come"),
        ("Asserted", "I would urge both teams to sign.", "urge"),
        ("Hypothetical", "I would urge both teams to sign if it rained.", "urge"),
        ("Planned", "Once the treaty is in force, trade will grow.", "is"),
        ("Planned", "When the port opens, trade will grow.", "opens"),
        ("Planned", "Peru and Chile will sign a treaty.", "sign"),
        ("Planned", "A treaty is to be signed in May.", "signed"),
        ("Planned", "A treaty is expected to be ratified.", "ratified"),
        ("Planned", "Peru agreed to sell copper.", "sell"),
        ("Planned", "The ministers pledged to boost trade.", "boost"),
        ("Planned", "The minister announced that a port would open in June.", "open"),
        ("Planned", "Next year Peru hosts the games.", "hosts"),
        ("Planned", "The planned construction of a port cost millions.", "construction"),
        ("Planned", "They have plans for the construction of a port.", "construction"),
        ("Planned", "The launch of the ferry is just around the corner.", "launch"),
        ("Planned", "A summit is planned for May.", "summit"),
        ("Planned", "Peru signed an agreement to build a port.", "build"),
        ("Planned", "Moves by Peru and Chile to join the bloc caused concern.", "join"),
        ("Hypothetical", "Peru could sell copper.", "sell"),
        ("Hypothetical", "If Peru leaves the bloc, Chile will follow.", "leaves"),
        ("Hypothetical", "If Peru leaves the bloc, Chile will follow.", "follow"),
        ("Hypothetical", "Chile would prefer to sell copper.", "sell"),
        ("Hypothetical", "Peru hopes to sell copper.", "sell"),
        ("Hypothetical", "Should the talks fail, Peru would sell copper.", "sell"),
        ("Hypothetical", "We need to build a port.", "build"),
        ("Hypothetical", "They considered the possibility of building a port.", "building"),
        ("Hypothetical", "Peru is looking at building a port.", "building"),
        ("Hypothetical", "Peru has looked into opening a consulate.", "opening"),
        ("Asserted", "Looking at the figures, Peru sold copper.", "sold"),
        ("Hypothetical", "They discussed the construction of a port.", "construction"),
        ("Hypothetical", "The minister hopes that a port will open.", "open"),
        ("Hypothetical", "It is necessary to build a port.", "build"),
        ("Hypothetical", "The proposed construction of a port is dear.", "construction"),
        ("Denied", "Peru did not sign the treaty.", "sign"),
        ("Denied", "The treaty has yet to be ratified.", "ratified"),
        ("Denied", "Peru never signed the treaty.", "signed"),
        ("Denied", "Peru refused to sign the treaty.", "sign"),
        ("Denied", "No treaty was signed.", "signed"),
        ("Denied", "Peru has no intention of selling copper.", "selling"),
        ("Denied", "The minister denied that Peru had sold copper.", "sold"),
        ("Denied", "The minister denied on Friday that Peru had sold copper.", "sold"),
        ("Denied", "There is no secret treaty with Chile.", "is"),
        ("Denied", "Peru dismissed as false the report that Chile had sold copper.", "sold"),
        ("Denied", "Peru rejected claims that Chile owned the mine.", "owned"),
        ("Denied", "Reports that Chile had sold copper were denied by the ministry.", "sold"),
        ("Denied", "It is untrue that Chile has closed the port.", "closed"),
        ("Denied", "The ministry called the claim that Chile had sold copper baseless.", "sold"),
        ("Denied", "Neither Peru nor Chile signed the treaty.", "signed"),
        ("Denied", "They parted without signing a treaty.", "signing"),
        # doubts before "that"
        ("Asserted", "It is no exaggeration to say that Peru closed the port.", "closed"),
        ("Asserted", "There is little doubt that Peru closed the port.", "closed"),
        ("Asserted", "There was evidence that Peru had closed the port.", "closed"),
        ("Asserted", "That is no myth: Peru closed the port.", "closed"),
        ("Hypothetical", "There is no evidence that Peru closed the port.", "closed"),
        ("Hypothetical", "It is doubtful that Peru has closed the port.", "closed"),
        ("Hypothetical", "It is hard to imagine that Peru closed the port.", "closed"),
        ("Hypothetical", "Suppose Peru closed the port.", "closed"),
        ("Hypothetical", "Suppose that Peru and Chile closed the port.", "closed"),
        ("Denied", "It would be wrong to say that Peru closed the port.", "closed"),
        ("Denied", "It is a mistake to believe that Peru and Chile closed the port.", "closed"),
        ("Denied", "It is a widespread misconception that Peru and Chile closed the port.", "closed"),
        ("Denied", "Contrary to reports that Peru had closed the port, ships were loaded there.", "closed"),
    ],
)
def test_status(expected: str, text: str, word: str) -> None:
    assert status(text, word) == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        # the cue stays in its clause
        ("Peru will not join, but Chile signed.", "signed", "Asserted"),
        ("Peru signed the treaty, which Chile may reject.", "signed", "Asserted"),
        ("Peru signed the treaty, which Chile may reject.", "reject", "Hypothetical"),
        ("Peru, which could leave, signed the treaty.", "signed", "Asserted"),
        ("Trade grew; it may fall.", "grew", "Asserted"),
        # what stands between commas behind the subject does not end it
        ("If the port, built in 1990, was closed, trade would fall.", "closed", "Hypothetical"),
        ("It is not true that the port, built in 1990, was closed.", "closed", "Denied"),
        ("It is untrue that Peru, which borders Chile, closed the port.", "closed", "Denied"),
        ("It is untrue that Peru, which borders Chile, closed the port.", "borders", "Asserted"),
        ("Peru, when it closed the port, was poor.", "was", "Asserted"),
        ("Peru expects growth in the bloc that has begun.", "begun", "Asserted"),
    ],
)
def test_scope(text: str, word: str, expected: str) -> None:
    assert status(text, word) == expected


def test_a_noun_that_is_no_event_stays() -> None:
    assert status("Peru will visit its main partner.", "partner") == "Asserted"
    assert status("Peru will host the forum.", "forum", event=True) == "Planned"


def test_an_author_and_the_same_person_named_in_the_text_are_one() -> None:
    text = "Minister Lars Løkkegaard arrived in Oslo on Monday. The minister met students."
    _, reading = read(text, creator="Lars Løkkegaard")
    author, = author_of("Lars Løkkegaard", GAZETTEER, None)
    named = {e.iri for ms in reading.mentions for m in ms for e in m.entities if e.kind == "person"}
    assert author.iri in named and author.iri.endswith("person-lars-lokkegaard")


@pytest.mark.parametrize("other", ["China", "Bangladesh"])
def test_the_peoples_republic_is_the_one_spoken_of(other: str) -> None:
    assert meant(f"{other} and Namibia are old friends. The People's Republic has sent rice.", "The People's Republic") == [other]
