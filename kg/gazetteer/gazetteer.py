"""The gazetteer: what is known before a text is read."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path

from kg import resources, terms
from kg.gazetteer.names import NameIndex, fold
from kg.gazetteer.read import CONCEPT_KINDS, Table, read_tables
from kg.gazetteer.records import Candidate, Membership, Name, Tenure, is_actor
from kg.gazetteer.scan import NameScan
from kg.model import Entity, replace

__all__ = ["Gazetteer", "load_gazetteer"]


class Gazetteer:
    """Entities, their names, offices, memberships and capitals. Unchanging once made; share it."""

    def __init__(self, table: Table, version: str = "") -> None:
        self._table = table
        self.version = version
        """Digits made from its files and further names; "" where it was made of neither."""
        self._index = NameIndex()
        self._labels: dict[str, list[str]] = defaultdict(list)
        self._tenures_of: dict[str, list[Tenure]] = defaultdict(list)
        self._tenures_in: dict[tuple[str, str], list[Tenure]] = defaultdict(list)
        self._members: dict[str, list[Membership]] = defaultdict(list)
        self._organisations: dict[str, list[Membership]] = defaultdict(list)
        self._adjectives: dict[str, tuple[str, ...]] = {}
        for word, iri in table.adjectives:
            self._adjectives[iri] = (*self._adjectives.get(iri, ()), word.lower())
        self._add_names()
        for tenure in table.tenures:
            self._tenures_of[tenure.person].append(tenure)
            self._tenures_in[tenure.office, tenure.of].append(tenure)
        for membership in table.memberships:
            self._members[membership.organisation].append(membership)
            self._organisations[membership.member].append(membership)

    def _add_names(self) -> None:
        table, add = self._table, self._index.add
        for iri, entity in table.entities.items():
            whole = Candidate(iri, entity.kind)
            for name in (entity.label, *entity.names):
                add(name, whole)
                self._labels[_key(name)].append(iri)
        for form, words in (("adjective", table.adjectives), ("people", table.people), ("metonym", table.metonyms)):
            for word, iri in words:
                add(word, Candidate(iri, table.entities[iri].kind, form))
        for word, iri, weak in table.surnames:
            add(word, Candidate(iri, "person", surname=True, weak=weak))
        for code, iri in table.codes:
            self._labels[_key(code)].append(iri)
        for iri, words_of in table.concepts.items():
            scheme = _scheme(iri)
            if scheme in CONCEPT_KINDS:
                for word in words_of:
                    self._index.add_words(word, Candidate(iri, scheme))
        self._index.close()

    def adjectives(self, iri: str) -> tuple[str, ...]:
        """The adjectives of a state, in lower case: "kenyan"."""
        return self._adjectives.get(iri, ())

    def find_names(self, text: str) -> list[Name]:
        """All longest known names of the text, in text order, none inside another. Offsets: code points.

        Names are matched by case, whole words, without regard to accents; words of concepts in any case.
        """
        return self._index.find(text)

    @cached_property
    def _actors(self) -> NameScan:
        return NameScan(self._index.having(is_actor))

    def find_actors(self, text: str) -> list[Name]:
        """At least all names of states, organisations and people that `find_names` finds, and some that lie in longer names: a quick look."""
        return [name for name in self._actors.names(text) if any(map(is_actor, name.candidates))]

    def entity(self, iri: str) -> Entity:
        """The entity of this IRI. Raises: `KeyError` where the gazetteer has none."""
        return self._table.entities[iri]

    @property
    def entities(self) -> Mapping[str, Entity]:
        """Every entity by its IRI."""
        return self._table.entities

    def by_label(self, text: str) -> list[Entity]:
        """The entities with this label, alias or ISO 3166 code, in any case; states first, then by IRI."""
        found = dict.fromkeys(self._labels.get(_key(text), ()))
        return sorted((self._table.entities[iri] for iri in found), key=lambda e: (e.kind != "state", e.iri))

    def holder(self, office_word: str, state_iri: str, date: str) -> Entity | None:
        """Who held ``con:office-<office_word>`` of the state on a full or partial ISO date.

        None where nobody is known or several held it within the date, and where the date is "". On the very day of a
        handover the successor.
        """
        if not date:
            return None
        met = [t for t in self._tenures_in.get((office_word, state_iri), ()) if t.period.meets(date)]
        if len({t.person for t in met}) > 1 and len(date) == 10:
            met = [t for t in met if t.period.end != date]
        people = {t.person for t in met}
        return self._table.entities.get(people.pop()) if len(people) == 1 else None

    def offices_of(self, person_iri: str, date: str = "") -> tuple[Tenure, ...]:
        """The offices that the person held within a full or partial ISO date; "" = all that are known."""
        return tuple(t for t in self._tenures_of.get(person_iri, ()) if not date or t.period.meets(date))

    def tenures(self, office_word: str, state_iri: str) -> tuple[Tenure, ...]:
        """All known holders of an office of a state, with their periods, by start."""
        found = self._tenures_in.get((office_word, state_iri), ())
        return tuple(sorted(found, key=lambda t: (t.period.start, t.person)))

    def state_of(self, iri: str) -> str:
        """The IRI of the state that an entity belongs to, a state's own IRI, "" where none is known."""
        entity = self._table.entities.get(iri)
        return entity.state if entity else ""

    def parties_of(self, agreement_iri: str) -> tuple[Entity, ...]:
        """The states that a known agreement binds, where they are few enough to be kept."""
        return tuple(self.entity(iri) for iri in self._table.parties.get(agreement_iri, ()))

    def shared_by(self, states: Iterable[str]) -> tuple[Entity, ...]:
        """The known agreements and joint bodies of just these states, by IRI."""
        wanted = set(states)
        return tuple(self.entity(iri) for iri in sorted(self._table.parties) if set(self._table.parties[iri]) == wanted)

    def capital(self, state_iri: str, date: str = "") -> str:
        """The IRI of the state's capital on a full or partial ISO date ("" = today's), "" where unknown."""
        if date:
            places = {place for place, period in self._table.capitals.get(state_iri, ()) if period.meets(date)}
            if len(places) == 1:
                return places.pop()
            if places:
                return ""
        return self._table.capital_now.get(state_iri, "")

    def members(self, organisation_iri: str, date: str = "") -> tuple[Membership, ...]:
        """The known memberships of an organisation, by member; only those within the date where one is given."""
        found = self._members.get(organisation_iri, ())
        return tuple(sorted((m for m in found if not date or m.period.meets(date)), key=lambda m: m.member))

    def memberships_of(self, member_iri: str, date: str = "") -> tuple[Membership, ...]:
        """The known memberships of a state, by organisation; only those within the date where one is given."""
        found = self._organisations.get(member_iri, ())
        return tuple(sorted((m for m in found if not date or m.period.meets(date)), key=lambda m: m.organisation))

    def concept_words(self, scheme: str) -> dict[str, str]:
        """Each wording (lower case) of a concept scheme with the concept's slug, the part after ``con:scheme-``."""
        start = f"{terms.CON}{scheme}-"
        return {
            word.lower(): iri.removeprefix(start)
            for iri, words in self._table.concepts.items() if iri.startswith(start) for word in words
        }


def load_gazetteer(folder: Path | None = None, aliases: Mapping[str, Sequence[str]] | None = None) -> Gazetteer:
    """The gazetteer of an ontology folder (with gazetteer/*.ttl and concepts.ttl), by default the package's own.

    `aliases` are further names of its entities, by IRI; those of others are left out. Takes a good part of a second; made once per
    folder and process where there are none.
    """
    folder = (folder or resources.folder("ontology")).resolve()
    return _with_aliases(folder, aliases) if aliases else _load(folder)


@cache
def _load(folder: Path) -> Gazetteer:
    return Gazetteer(read_tables(folder), _version(folder, {}))


def _with_aliases(folder: Path, aliases: Mapping[str, Sequence[str]]) -> Gazetteer:
    table = read_tables(folder)
    for iri, names in aliases.items():
        entity = table.entities.get(iri)
        if entity is not None:
            table.entities[iri] = replace(entity, names=(*entity.names, *(name for name in names if name not in entity.names)))
    return Gazetteer(table, _version(folder, aliases))


def _version(folder: Path, aliases: Mapping[str, Sequence[str]]) -> str:
    whole = hashlib.sha256()
    for file in [*sorted((folder / "gazetteer").glob("*.ttl")), folder / "concepts.ttl"]:
        whole.update(file.name.encode() + b"\0" + (file.read_bytes() if file.exists() else b"") + b"\0")
    whole.update(json.dumps({iri: list(names) for iri, names in aliases.items()}, sort_keys=True).encode())
    return whole.hexdigest()[:32]


def _key(text: str) -> str:
    return fold(text).casefold()


def _scheme(iri: str) -> str:
    return iri.removeprefix(terms.CON).partition("-")[0]
