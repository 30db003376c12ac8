"""What a document has named so far."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from kg.gazetteer import Gazetteer
from kg.mentions.words import lists
from kg.model import Entity
from kg.terms import ENT
from kg.words import SMALL_WORDS, fold_name, slug_of

__all__ = ["Memory"]

_WORD = re.compile(r"[a-z0-9]+")


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def key_of(text: str) -> frozenset[str]:
    """The telling words of a name, in no order and number: "agreement on gas" and "gas agreement" are one."""
    return frozenset(_stem(w) for w in _WORD.findall(fold_name(text).replace("'s", "")) if w not in SMALL_WORDS)


def _key_in(kind: str, label: str) -> frozenset[str]:
    """The telling words of a name, of an event also where it is: "Year of Chad in Togo" is no "Year of Togo in Chad"."""
    what, _, where = label.partition(" in ")
    return key_of(label) | ({f"in {word}" for word in key_of(where)} if kind == "event" and what else frozenset())


_TITLE_NOUNS = lists("memory")["title-nouns"]
_STATE_NOUNS = lists("memory")["state-nouns"]


def _title_key(text: str, pair: tuple[Entity, ...]) -> frozenset[str]:
    """The telling words of an agreement's title by their first letters, without its parties and without the noun for a treaty."""
    parties = {word for state in pair for name in (state.label, *state.names) for word in fold_name(name).split()}
    words = [w.replace("our", "or") for w in _WORD.findall(fold_name(text).replace("-", " "))]
    return frozenset(w[:6] for w in words if w not in SMALL_WORDS | _TITLE_NOUNS | _STATE_NOUNS and w not in parties)


class Memory:
    """People, abbreviations and made entities of one document; grows as its sentences are read in order.

    ``issued`` is the document's date (office holders are found by it), ``states`` the states that it is about, where
    known beforehand.
    """

    def __init__(self, gazetteer: Gazetteer | None = None, issued: str = "", states: tuple[Entity, ...] = ()) -> None:
        self.gazetteer = gazetteer
        self.issued = issued
        self.given = states
        self.seen: Counter[str] = Counter()
        self._states: dict[str, Entity] = {s.iri: s for s in states}
        self._people: dict[str, Entity] = {}
        self._named: dict[str, Entity] = {}
        self._made: dict[str, Entity] = {}
        self._renamed: dict[str, str] = {}
        self._keys: dict[str, dict[frozenset[str], Entity]] = {}

    # states -------------------------------------------------------------------------------------------------

    def see_state(self, state: Entity) -> None:
        """Counts a mention of a state."""
        self.seen[state.iri] += 1
        self._states.setdefault(state.iri, state)

    @property
    def pair(self) -> tuple[Entity, ...]:
        """The states that the document is about: those given, else the two named most often so far."""
        if self.given:
            return self.given
        return tuple(self._states[iri] for iri, _ in self.seen.most_common(2))

    # people -------------------------------------------------------------------------------------------------

    def know(self, person: Entity, *names: str) -> Entity:
        """Remembers a person by surname and by further names; hands the person back with all spellings.

        A person met by the family name only ("Mr Sato") is renamed when the full name turns up: see `latest`.
        """
        person = self.latest(person)
        longest = max(names, key=len, default="")
        if not person.known and " " not in person.label and " " in longest:
            old, person = person, self.make("person", longest, person.state, (person.label, *person.names))
            self._renamed[old.iri] = person.iri
            self._people = {name: person if p.iri == old.iri else p for name, p in self._people.items()}
        person = self._merged(person, names)
        words = person.label.split()
        for name in dict.fromkeys((person.label, *names, words[-1] if words else "")):
            if name:
                self._people[fold_name(name)] = person
                words = name.split()
                last = words[-1]
                if len(words) > 1 and last.isupper() and set(last) <= set("IVX"):
                    self._people.setdefault(fold_name(" ".join(words[:-1])), person)
                if len(last) > 2:
                    self._people.setdefault(fold_name(last), person)
        return person

    def person(self, name: str) -> Entity | None:
        """The person of this full name or surname named so far."""
        return self._people.get(fold_name(name))

    def namesakes(self, surname: str) -> tuple[Entity, ...]:
        """The people of this family name, as they were first named."""
        word = fold_name(surname)
        return tuple({p.iri: p for full, p in self._people.items() if full.endswith(" " + word)}.values())

    def first_named(self, name: str) -> Entity | None:
        """The only person named so far whose full name begins with this one: "Prime Minister Tesfaye" for Tesfaye Bekele."""
        word = fold_name(name)
        found = {p.iri: p for full, p in self._people.items() if full.startswith(word + " ")} if " " not in word else {}
        return next(iter(found.values())) if len(found) == 1 else None

    def latest(self, entity: Entity) -> Entity:
        """The entity as the document knows it by now: with all its spellings and, for a person, the full name.

        Call it for the entities of earlier mentions when all sentences are read.
        """
        iri = self._renamed.get(entity.iri, entity.iri)
        return self._made.get(iri, entity)

    # all the rest -------------------------------------------------------------------------------------------

    def named(self, name: str) -> Entity | None:
        """What the document introduced by this name or abbreviation."""
        return self._named.get(fold_name(name))

    def call(self, entity: Entity, name: str) -> Entity:
        """Remembers a further name (an abbreviation, a quoted name) of an entity."""
        entity = self._merged(entity, (name,))
        self._named[fold_name(name)] = entity
        return entity

    def belong(self, entity: Entity, state: str) -> Entity:
        """The entity as one of a state, wherever it is named from here on."""
        told = replace(entity, state=state)
        self._made[entity.iri] = told
        self._named.update({name: told for name, one in self._named.items() if one.iri == entity.iri})
        for keys in self._keys.values():
            keys.update({key: told for key, one in keys.items() if one.iri == entity.iri})
        return told

    def known_by_words(self, kind: str, label: str) -> Entity | None:
        """The known agreement or joint body of the pair whose title has the same telling words: "Agreement on Good Neighborliness and Alliance"
        for the "Treaty of Good Neighbourly Relations and Alliance". None where several have, or where only two words tell.
        """
        if self.gazetteer is None or len(self.pair) != 2:
            return None
        key = _title_key(label, self.pair)
        found = {e.iri: e for e in self.gazetteer.shared_by(s.iri for s in self.pair) if e.kind == kind and len(key) > 2 - (kind == "body") and any(
            key == _title_key(name, self.pair) for name in (e.label, *e.names))}
        return next(iter(found.values())) if len(found) == 1 else None

    def find_like(self, kind: str, label: str, head: str = "", *, wider: bool = False) -> Entity | None:
        """The entity of a kind and head noun made so far with the same telling words in any order.

        ``wider``: else the only one that has all of these words and more.
        """
        keys = self._keys.get(f"{kind} {head}", {})
        key = _key_in(kind, label)
        if key in keys:
            return self._made.get(keys[key].iri, keys[key])
        more = [entity for other, entity in keys.items() if wider and len(key) > 1 and key < other]
        return self._made.get(more[0].iri, more[0]) if len(more) == 1 else None

    def make(
        self, kind: str, label: str, state: str = "", names: tuple[str, ...] = (), *, marker: str = "", head: str = ""
    ) -> Entity:
        """The entity of this kind and label, made on its first mention. ``marker`` goes into the IRI only."""
        slug = slug_of(f"{label} {marker}" if marker else label)
        iri = f"{ENT}{kind}-{slug}"
        entity = self._made.get(iri) or Entity(iri, label, kind, False, state)
        entity = self._merged(entity, names)
        self._made[iri] = entity
        self._keys.setdefault(f"{kind} {head}", {}).setdefault(_key_in(kind, label), entity)
        if kind != "person":
            self._named.setdefault(fold_name(label), entity)
        return entity

    def _merged(self, entity: Entity, names: tuple[str, ...]) -> Entity:
        entity = self._made.get(entity.iri, entity)
        have = {entity.label, *entity.names}
        new = tuple(name for name in dict.fromkeys(names) if name and name not in have)
        if not new or entity.known:
            return entity
        entity = replace(entity, names=entity.names + new)
        self._made[entity.iri] = entity
        return entity
