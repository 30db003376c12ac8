"""The two validation engines judge alike: on every constraint of the shapes, and on facts broken at random."""

from __future__ import annotations

import random
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import BNode

from kg import terms
from kg.errors import KgError
from kg.validate import Report, load_context, load_shapes, validate_graph
from kg.validate.convert import Triple, make_graph, quiet_rdflib
from kg.validate.files import read_triples
from tests.shapes.breaking import Breaker

pytest.importorskip("shacl", reason="the fast engine (extra 'fast') is not installed")

VALID = Path(__file__).parent / "graphs" / "valid-facts.ttl"


def both(triples: list[Triple]) -> tuple[Report, Report]:
    return validate_graph(triples, engine="pyshacl"), validate_graph(triples, engine="fast")


def test_the_whole_mutation_suite_gets_the_same_report() -> None:
    known = make_graph(load_context().needed_by(read_triples(VALID)))
    with quiet_rdflib():
        breaker = Breaker(load_shapes(), make_graph(read_triples(VALID)) + known)
    named = {case.focus for case in breaker.cases if not isinstance(case.focus, BNode)}
    assert len(named) > 600
    text = breaker.data.serialize(format="nt", encoding="utf-8")
    quads = ox.parse(text, format=ox.RdfFormat.N_TRIPLES)
    triples = [(q.subject, q.predicate, q.object) for q in quads if not isinstance(q.subject, ox.BlankNode)]
    reference, fast = both(triples)
    assert fast == reference
    assert len(reference.violations) > 1000
    caught = {(v.focus, v.source, v.constraint) for v in fast.violations}
    missed = [case.name for case in breaker.cases if case.focus in named and (str(case.focus), case.source, case.constraint) not in caught]
    assert missed == []


def broken_at_random(seed: int) -> list[Triple]:
    """The valid facts with a third of their statements removed, moved, retyped or given values of others."""
    choice = random.Random(seed)
    triples = read_triples(VALID)
    values = sorted({t[2] for t in triples}, key=str)
    odd = [
        ox.Literal(""), ox.Literal("x", language="de"), ox.Literal("2024-02-30", datatype=ox.NamedNode(terms.XSD + "date")),
        ox.Literal("-5", datatype=ox.NamedNode(terms.XSD + "integer")), ox.Literal("1.5", datatype=ox.NamedNode(terms.XSD + "double")),
        ox.Literal("many", datatype=ox.NamedNode(terms.XSD + "integer")), ox.NamedNode(terms.ENT + "nobody"), ox.Literal("\\\"\n\té€\U0001f600"),
        ox.Literal("2010", datatype=ox.NamedNode(terms.XSD + "gYear")), ox.Literal("P1Y", datatype=ox.NamedNode(terms.XSD + "duration")),
    ]  # fmt: skip
    found: list[Triple] = []
    for subject, predicate, value in triples:
        match choice.randrange(12):
            case 0:
                continue
            case 1:
                found.append((subject, predicate, choice.choice(odd)))
            case 2:
                found += [(subject, predicate, value), (subject, predicate, choice.choice(values))]
            case 3:
                found.append((subject, choice.choice(triples)[1], value))
            case _:
                found.append((subject, predicate, value))
    return found


@pytest.mark.parametrize("seed", range(8))
def test_facts_broken_at_random_get_the_same_report(seed: int) -> None:
    reference, fast = both(broken_at_random(seed))
    assert fast == reference
    assert reference.violations


def test_blank_nodes_are_told_by_their_labels_whatever_the_engine() -> None:
    triples = [*read_triples(VALID), (ox.BlankNode("mine"), ox.NamedNode(terms.RDF + "type"), ox.NamedNode(terms.BKG + "Lease"))]
    reference, fast = both(triples)
    assert fast == reference
    assert "mine" in {violation.focus for violation in fast.violations}


def test_what_is_beside_is_believed_not_judged() -> None:
    lease = ox.NamedNode(terms.FACT + "lame")
    beside = [(lease, ox.NamedNode(terms.RDF + "type"), ox.NamedNode(terms.BKG + "Lease"))]
    for engine in ("pyshacl", "fast"):
        report = validate_graph(read_triples(VALID), beside=beside, engine=engine)
        assert report.conforms, engine
    assert not validate_graph(beside).conforms


def test_an_unknown_engine_is_named() -> None:
    with pytest.raises(KgError, match="no engine 'quick'"):
        validate_graph([], engine="quick")
