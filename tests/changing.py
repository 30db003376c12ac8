"""A small invented graph that contributions change, for the tests of the rooms that change it."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path

import pyoxigraph as ox

from kg import terms
from kg.contribute.decide import Author, Decided, Makers, decide, retract, review
from kg.contribute.decide import targeting as targeting
from kg.contribute.entity_decisions import Split, alias, merge, split
from kg.contribute.ledger import Ledger, open_ledger
from kg.graph import build, open_store, read_manifest
from kg.graph.build import rebuild
from kg.graph.contributions import THIS
from kg.graph.decisions import CORRECTS
from kg.graph.nodes import FACT_CLASSES, RDF_TYPE, bkg, digest, english, number
from kg.queries import derive
from tests.invented import LineExtractor

FILLER = "The two states have been neighbours for a long time, and the people of both of them know each other well.\n"
TEXTS = {
    "letter.md": f"---\ntitle: A letter\nissued: 2019-02\n---\n\n{FILLER}Trade of France with Spain was 19 dollars.\n"
    "It was signed by Ana Ruiz.\nTrade of France with Spain was 25 dollars.\n",
    "bulletin.txt": f"{FILLER}The trade of Spain and France came to 18 dollars.\nThat was said by Ana Ruiz.\nOr by Anna Ruiz.\n",
    "digest.txt": f"{FILLER}France sold to Spain 7 things, said by Luc Bel.\nTrade of France and Spain: 19.\n",
}
MAKERS_FOR = Callable[[Path], Makers]


def make_ontology(folder: Path) -> Path:
    """An ontology of a few terms: these tests must not fail with every change of the real one."""
    (folder / "gazetteer").mkdir(parents=True)
    prefixes = "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in terms.PREFIXES.items())
    (folder / "terms.ttl").write_text(f"{prefixes} bkg:Actor a owl:Class .\n")
    (folder / "concepts.ttl").write_text(f'{prefixes} con:flow-total a skos:Concept ; skos:prefLabel "total"@en .\n')
    (folder / "gazetteer" / "states.ttl").write_text(
        f'{prefixes} ent:france a bkg:State ; skos:prefLabel "France"@en ; bkg:iso3166 "FR" .\n'
        'ent:spain a bkg:State ; skos:prefLabel "Spain"@en ; bkg:iso3166 "ES" .\n'
        'ent:paris a bkg:City ; skos:prefLabel "Paris"@en ; bkg:country ent:france .\n'
        'ent:lutetia a bkg:City ; skos:prefLabel "Lutetia"@en ; bkg:country ent:france .\n'
    )
    return folder


def make_graph(folder: Path) -> tuple[Path, Makers]:
    """A graph directory of three documents, and what changes need."""
    texts = folder / "texts"
    texts.mkdir(parents=True)
    for name, text in TEXTS.items():
        (texts / name).write_text(text)
    ontology = make_ontology(folder / "ontology")
    build([texts], folder / "graph", extractor=LineExtractor(), derive=derive, ontology=ontology)
    return folder / "graph", Makers(derive, ontology=ontology)


def make_anew(graph: Path, makers: Makers) -> None:
    """Builds the graph anew from its kept texts and contributions."""
    rebuild(graph, extractor=LineExtractor(), derive=makers.derive, validate=makers.validate, ontology=makers.ontology, jobs=1)


def content(graph: Path) -> str:
    """Everything that the graph holds: store, manifest, and what documents stated where the view differs."""
    parts = [*sorted(f"{quad}\n" for quad in open_store(graph)), read_manifest(graph).text()]
    parts += [f"{path.name}\n{path.read_text()}" for path in sorted((graph / "originals").glob("*"))]
    return "".join(parts)


def facts(graph: Path, kind: str = "") -> list[str]:
    """The facts that stand, of one type or of all, by IRI."""
    store = open_store(graph)
    classes = [bkg(kind)] if kind else list(FACT_CLASSES)
    return sorted({q.subject.value for c in classes for q in store.quads_for_pattern(None, RDF_TYPE, c, None)})  # type: ignore[union-attr]


def author(seed: int = 0, why: str = "a reason") -> Author:
    return Author("Ada Reader", why, f"2026-11-{seed % 28 + 1:02}")


def add_trade(graph: Path, makers: Makers, amount: int, by: Author) -> Decided:
    """A contributed trade figure of this amount."""
    return decide(graph, by, makers, lambda ledger: ("addition", _trade(amount), f"added {amount}"))


def correct(graph: Path, makers: Makers, fact: str, amount: int, by: Author) -> Decided:
    """A trade figure of this amount in the place of a fact."""

    def make(ledger: Ledger) -> tuple[str, list[ox.Triple], str]:
        stated = ledger.find_fact(fact)
        from kg.contribute.decide import check_stands

        check_stands(ledger, stated)
        return "correction", [*_trade(amount), ox.Triple(THIS, CORRECTS, ox.NamedNode(fact)), *targeting(stated)], "corrected"

    return decide(graph, by, makers, make)


def _trade(amount: int) -> list[ox.Triple]:
    from decimal import Decimal

    node = ox.NamedNode(terms.FACT + digest(["contributed", str(amount)]))
    said = {
        "status": bkg("Asserted"), "flow": ox.NamedNode(terms.CON + "flow-total"), "amount": number(Decimal(amount)),
        "reporter": ox.NamedNode(terms.ENT + "france"), "partner": ox.NamedNode(terms.ENT + "spain"), "currency": ox.Literal("USD"),
    }  # fmt: skip
    triples = [ox.Triple(node, bkg(name), value) for name, value in said.items()]
    return [
        *triples, ox.Triple(node, RDF_TYPE, bkg("TradeFigure")), ox.Triple(node, ox.NamedNode(terms.RDFS + "label"), english(f"Trade {amount}")),
        ox.Triple(node, ox.NamedNode(terms.PROV + "wasGeneratedBy"), THIS),
    ]  # fmt: skip


def random_change(graph: Path, makers: Makers, rng: random.Random, number_: int) -> Decided:
    """One change of any kind, chosen by `rng`; it may be refused (`KgError`)."""
    by = author(rng.randrange(28))
    ledger = open_ledger(graph)
    standing, ever = facts(graph), sorted({*facts(graph), *ledger.history})
    contributions = [each.header.iri for each in ledger.contributions if each.header]
    people = sorted({q.subject.value for q in ledger.store.quads_for_pattern(None, RDF_TYPE, bkg("Person"), None)})  # type: ignore[union-attr]
    del ledger

    def one(items: Sequence[str]) -> str:
        return rng.choice(items) if items else "fact:none"

    changes: list[Callable[[], Decided]] = [
        lambda: add_trade(graph, makers, rng.randrange(5, 30), by),
        lambda: retract(graph, [one(standing)], by, makers),
        lambda: retract(graph, [one(contributions)], by, makers),
        lambda: retract(graph, [one(contributions)], by, makers),
        lambda: correct(graph, makers, one(standing), rng.randrange(5, 30), by),
        lambda: review(graph, [one(ever)], rng.random() < 0.4, by, makers),
        lambda: review(graph, [one(ever)], False, by, makers),
        lambda: merge(graph, one(people), one(people), by, makers),
        lambda: merge(graph, terms.ENT + "lutetia", terms.ENT + "paris", by, makers),
        lambda: split(graph, one(people), Split(label=f"Person {number_}", facts=(one(standing),)), by, makers),
        lambda: split(graph, one(people), Split(into=one(people), document="letter"), by, makers),
        lambda: alias(graph, one(people), f"Name {number_}", by, makers),
    ]
    return rng.choice(changes)()
