"""What the bench of extraction runs on: texts of a given share of relevant sentences, rule sets and gazetteers of a given size."""

from __future__ import annotations

import copy
import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from kg.cards import Choice, ClassRef, Element, Optional_, Pattern, Rule, Verb, Word
from kg.gazetteer import Gazetteer, load_gazetteer
from kg.gazetteer.read import Table, read_tables
from kg.model import Document, Entity
from kg.resources import folder
from kg.terms import ENT
from kg.text import find_files, find_sentences, read_document

ROOT = Path(__file__).resolve().parent.parent.parent
_NOUNS = "kettle garden letter lamp window bicycle recipe violin jacket puzzle carpet candle teacup ladder blanket sparrow orchard notebook".split()
_VERBS = "mended painted borrowed admired carried cleaned forgot described collected repaired wrapped dropped".split()
_ADJECTIVES = "old narrow bright heavy quiet wooden broken gentle yellow dusty crooked warm".split()
_PLACES = "kitchen attic stairs shed porch cellar corner hallway meadow pond".split()


def dense_documents() -> list[Document]:
    """The seeds and the accuracy documents: nearly every sentence of them tells of states."""
    return [read_document(path) for path in find_files([ROOT / "seeds", ROOT / "tests" / "bench" / "accuracy" / "documents"])]


def with_foreign(documents: Sequence[Document], share: float) -> list[Document]:
    """The documents among foreign ones, such that about `share` of all sentences is theirs."""
    if share >= 1:
        return list(documents)
    own = sum(len(find_sentences(document.text)) for document in documents)
    sentences = _everyday(random.Random(6))
    wanted = round(own / share) - own
    foreign = [" ".join(islice(sentences, 80)) for _ in range(wanted // 80)]
    return [*documents, *(Document(f"foreign-{n}", text, hashlib.sha256(text.encode()).hexdigest()) for n, text in enumerate(foreign))]


def _everyday(rng: random.Random) -> Iterator[str]:
    """Sentences about a household, without end; no state, person or organisation in them."""
    while True:
        a, b = rng.sample(_NOUNS, 2)
        yield (f"On a {rng.choice(_ADJECTIVES)} morning my aunt {rng.choice(_VERBS)} the {rng.choice(_ADJECTIVES)} {a} in the {rng.choice(_PLACES)}, "
               f"and her neighbour {rng.choice(_VERBS)} a {rng.choice(_ADJECTIVES)} {b} near the {rng.choice(_PLACES)}.")


def more_rules(rules: Sequence[Rule], number: int, documents: Sequence[Document]) -> tuple[Rule, ...]:
    """The rules and, up to `number`, copies of them in which every word that a pattern asks for is another word of the documents."""
    words = sorted({token.lower for document in documents for sentence in find_sentences(document.text) for token in sentence.tokens
                    if token.lower.isalpha() and len(token.lower) > 4})
    rng = random.Random(7)
    out = list(rules)
    while len(out) < number:
        rule = rules[len(out) % len(rules)]
        out.append(replace(
            rule, name=f"{rule.name}-{len(out)}", unless=(), scenes=(), headings=(), whens=tuple(_reworded(p, words, rng) for p in rule.whens),
            frames=tuple(_reworded(p, words, rng) for p in rule.frames)))
    return tuple(out)


def _reworded(pattern: Pattern, words: Sequence[str], rng: random.Random) -> Pattern:
    def other(item: Element) -> Element:
        if isinstance(item, (Word, ClassRef)):
            return Word(rng.choice(words))
        if isinstance(item, Verb):
            return Verb((rng.choice(words),), (), item.voice)
        if isinstance(item, Optional_):
            return Optional_(_reworded(item.items, words, rng))
        return Choice(tuple(_reworded(option, words, rng) for option in item.options)) if isinstance(item, Choice) else item

    return tuple(other(item) for item in pattern)


def gazetteer_of(names: int) -> Gazetteer:
    """The gazetteer with about so many names: the countries and the first of all others, or all of it and invented companies."""
    table = read_tables(folder("ontology"))
    known = sum(1 + len(entity.names) for entity in table.entities.values())
    if names >= known:
        invented = islice(_firms(random.Random(8)), names - known)
        entities = {f"{ENT}company-{n}": Entity(f"{ENT}company-{n}", name, "company") for n, name in enumerate(invented)}
        return Gazetteer(_with_entities(table, {**table.entities, **entities}))
    kept: dict[str, Entity] = {}
    total = 0
    for iri, entity in sorted(table.entities.items(), key=lambda pair: (pair[1].kind != "state", pair[0])):
        total += 1 + len(entity.names)
        kept[iri] = entity if total <= names else replace(entity, label=f"No{len(kept)}name", names=())  # known, but by no name a text holds
    return Gazetteer(_with_entities(table, kept))


def _with_entities(table: Table, entities: dict[str, Entity]) -> Table:
    changed = copy.copy(table)
    changed.entities = entities
    return changed


def _firms(rng: random.Random) -> Iterator[str]:
    syllables = "ba ke li mo nu ra se ti vo za dor fel gan hir jon kam lin mar nor pel".split()
    while True:
        first, second = ("".join(rng.choices(syllables, k=3)).capitalize() for _ in range(2))
        yield f"{first} {second} Works"


def all_names() -> list[str]:
    """Every name of the gazetteer."""
    entities = load_gazetteer().entities.values()
    return sorted({name for entity in entities for name in (entity.label, *entity.names)})
