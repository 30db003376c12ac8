"""Graphs of any number of triples: invented facts of every type, as an extraction writes them, with claims and plain triples.

    python -m tests.bench.graphs DIR TRIPLES

A base of some thousand facts is made by the code that makes every graph, then written again and again with other documents, facts and
actors: a twelfth of the copies tell of the same twelve states, the others of all states by turns. Nothing in it is true.
"""

from __future__ import annotations

import hashlib
import random
import re
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from kg import resources, terms
from kg.gazetteer import load_gazetteer
from kg.graph import claim_quads, document_quads
from kg.graph.export import write_whole
from kg.graph.manifest import NAME, STORE, Manifest
from kg.graph.store import DOCUMENTS, replacing
from kg.graph.vocabulary import vocabulary_quads
from kg.graph.write import write_nquads
from kg.model import Activity, Concept, Document, Entity, Evidence, Fact, Term
from kg.queries import derive
from kg.terms import Role

BASE_FACTS, FACTS_A_DOCUMENT = 4000, 10
OFTEN = [f"{terms.ENT}{slug}" for slug in "france germany poland norway kenya brazil peru japan india russia kazakhstan chile".split()]
# The things that the saved queries ask for where nothing else is said, and what else there is of their kind.
NAMED = {"person": ("rosa-quispe", "anna-keller"), "project": ("baltic-cable",), "agreement": ("elysee-treaty",),
         "organisation": ("group-of-eleven",), "body": (), "event": (), "company": (), "place": ()}  # fmt: skip
KIND_OF_ROLE = {
    "agreement": "agreement", "project": "project", "person": "person", "body": "body", "event": "event", "organisation": "organisation",
    "asset": "company", "property": "place", "place": "place", "partOf": "body",
}  # fmt: skip
_IRI = re.compile(r"(/(?:fact|claim|statement|evidence|activity|document|graph)/)([^>]+)>|(/entity/)([^>]+)>")


def make_base(count: int = BASE_FACTS, seed: int = 1) -> list[ox.Quad]:
    """The quads of so many invented facts in documents of ten, with claims and plain triples."""
    choice = random.Random(seed)
    states = sorted(iri for iri, e in load_gazetteer().entities.items() if e.kind == "state")
    things = _things()
    said: list[ox.Quad] = []
    types = list(terms.FACT_TYPES)
    for number in range(count // FACTS_A_DOCUMENT):
        document = _document(number)
        facts = [_fact(choice, types[(number * FACTS_A_DOCUMENT + k) % len(types)], k, states, things) for k in range(FACTS_A_DOCUMENT)]
        said += document_quads(document, facts)
    store = ox.Store()
    store.bulk_extend(vocabulary_quads(resources.folder("ontology")))
    store.bulk_extend(said)
    return [*said, *sorted(set(derive(store)), key=str), *claim_quads(said)]


def _document(number: int) -> Document:
    sha256 = hashlib.sha256(str(number).encode()).hexdigest()
    year = 1995 + number % 28
    return Document(f"note-{number}", "".join(f"Sentence {k} of note {number} tells something. " for k in range(40)), sha256, title=f"Note {number}",
                    publisher="Bench", issued=f"{year}-{1 + number % 12:02}-{1 + number % 28:02}")  # fmt: skip


def _things() -> dict[str, list[Entity]]:
    return {
        kind: [Entity(f"{terms.ENT}{slug}", slug.replace("-", " ").title(), kind, False) for slug in (*named, *(f"{kind}-number-{n}" for n in range(60)))]
        for kind, named in NAMED.items()
    }


def _fact(choice: random.Random, kind: str, place: int, states: list[str], things: dict[str, list[Entity]]) -> Fact:
    """A fact with its key roles and every other of the rest."""
    used: set[str] = set()
    roles: list[tuple[str, Term]] = []
    for role in terms.FACT_TYPES[kind]:
        if role.name in terms.DATE_ROLES or not (role.key or choice.random() < 0.5):
            continue
        for _ in range(2 if role.many and (role.key or role.name == "party") else 1):
            roles.append((role.name, _term(choice, kind, role, states, things, used)))
    status = choice.choices(("Asserted", "Planned", "Hypothetical", "Denied"), (80, 12, 5, 3))[0]
    said_by = (choice.choice(things["person"]),) if choice.random() < 0.3 else ()
    start, year = 40 * place, 1995 + choice.randrange(28)
    month = choice.randrange(1, 13)
    date, first, last = choice.choice(
        [(f"{year}", f"{year}-01-01", f"{year}-12-31"), (f"{year}-{month:02}-15", f"{year}-{month:02}-15", f"{year}-{month:02}-15"), ("", "", "")]
    )
    made = Activity(f"rule-{kind.lower()}", "1", (), ("way: active",))
    return Fact(kind, tuple(sorted(roles, key=lambda pair: pair[0])), status, (Evidence(start, start + 38),), made, "", said_by, date,
                earliest=first, latest=last)  # fmt: skip


def _term(choice: random.Random, kind: str, role: Role, states: list[str], things: dict[str, list[Entity]], used: set[str]) -> Term:
    if role.kind == "entity":
        name = KIND_OF_ROLE.get(role.name, "")
        if name:
            pool = things[name]
            return pool[0] if choice.random() < 0.02 else choice.choice(pool)
        state = choice.choice([s for s in (OFTEN if choice.random() < 0.4 else states) if s not in used])
        used.add(state)
        return Entity(state, state.removeprefix(terms.ENT).replace("-", " ").title(), "state")
    if role.kind == "concept":
        words = terms.words_of(kind, role.name)
        return Concept(role.scheme, choice.choice(words or ("energy", "transport") if role.scheme == "sector" else words or ("president",)))
    if role.kind == "number":
        return Decimal(choice.randrange(1, 100)) if role.name != "amount" else Decimal(choice.randrange(1, 10_000)) * 1_000_000
    return {"currency": "USD", "duration": "P1Y", "date": "2018"}.get(role.kind, f"words number {choice.randrange(1000)}")


def copies(base: list[ox.Quad], triples: int, seed: int = 1) -> Iterator[bytes]:
    """N-Quads of so many triples: the base again and again, each time with other documents, facts and actors."""
    text = write_nquads(base)
    states = sorted(iri.removeprefix(terms.ENT) for iri, e in load_gazetteer().entities.items() if e.kind == "state")
    fixed = {slug for named in NAMED.values() for slug in named}
    for number in range(max(1, round(triples / len(base)))):
        choice = random.Random(seed * 1_000_003 + number)
        turned = dict(zip(states, choice.sample(states, len(states)), strict=True)) if number % 12 else {}

        def other(match: re.Match[str], number: int = number, turned: dict[str, str] = turned) -> str:
            if match[1]:
                inner = match[2]
                return match[0] if match[1] == "/graph/" and not inner.startswith("document-") else f"{match[1]}{inner}-{number:x}>"
            slug = match[4]
            if slug in turned:
                return f"{match[3]}{turned[slug]}>"
            return f"{match[3]}{slug}-{number % 97}>" if "-number-" in slug and slug not in fixed else match[0]

        yield (_IRI.sub(other, text) if number else text).encode()


def make_graph(directory: Path, triples: int) -> int:
    """The number of quads of a new graph of about so many triples."""
    with replacing(directory) as fresh:
        store = ox.Store(str(fresh / STORE))
        store.bulk_extend(vocabulary_quads(resources.folder("ontology")))
        for part in copies(make_base(), triples):
            store.bulk_load(part, format=ox.RdfFormat.N_QUADS)
        store.flush()
        total = len(store)
        (fresh / DOCUMENTS).mkdir()
        write_whole(fresh / NAME, Manifest("bench", "bench", (), (), 0, total).text())
    return total


if __name__ == "__main__":
    print(f"{make_graph(Path(sys.argv[1]), int(sys.argv[2])):,} quads")
