"""How many facts a second both engines validate, on the same facts in the same run, and whether they say the same.

    python tests/bench/validation.py [FACTS] [SHARE AT FAULT]

The time is of the whole check of the shapes: context, engine, report with messages. pySHACL is measured on a tenth of
the facts first; with --whole on all of them (minutes).
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pyoxigraph as ox

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from kg import terms
from kg.graph.contributions import THIS
from kg.graph.nodes import CREATED, CREATOR, RDF_TYPE, bkg
from kg.validate import Report, load_context, load_shapes, validate_graph
from kg.validate.convert import Triple
from tests.bench.many_facts import document_quads, make_facts


def statements(count: int, faults: float) -> list[Triple]:
    """The triples of so many facts, complete, with their contribution."""
    graph = terms.GRAPH + "contribution-bench"
    found = [quad.triple for quad in document_quads(make_facts(count, faults=faults), "https://example.org/fact/", graph)]
    head: list[Triple] = [
        (THIS, RDF_TYPE, ox.NamedNode(terms.PROV + "Activity")), (THIS, RDF_TYPE, bkg("Contribution")),
        (THIS, CREATOR, ox.Literal("-")), (THIS, CREATED, ox.Literal("2026-11-22", datatype=ox.NamedNode(terms.XSD + "date"))),
    ]  # fmt: skip
    return [*((t.subject, t.predicate, t.object) for t in found), *head]


def measure(count: int, faults: float, engine: str) -> tuple[float, float, Report]:
    """Facts a second by the clock and by the processor, and the report."""
    triples = statements(count, faults)
    start, used = time.perf_counter(), time.process_time()
    report = validate_graph(triples, engine=engine)
    return count / (time.perf_counter() - start), count / (time.process_time() - used), report


def main() -> None:
    """Prints one line for each engine and size, and the ratio."""
    words = [word for word in sys.argv[1:] if not word.startswith("-")]
    count = int(words[0]) if words else 10_000
    faults = float(words[1]) if len(words) > 1 else 0.1
    load_shapes(), load_context()
    measure(100, faults, "fast")
    print(f"{'engine':<8} {'facts':>7} {'facts/s':>9} {'by CPU':>9} {'violations':>11}")
    whole = count if "--whole" in sys.argv else count // 10
    rates = {}
    for engine, size in (("pyshacl", whole), ("fast", whole), ("fast", count)):
        found = rates[engine, size] = measure(size, faults, engine)
        print(f"{engine:<8} {size:>7,} {found[0]:>9,.0f} {found[1]:>9,.0f} {len(found[2].violations):>11,}", flush=True)
    reference, fast = rates["pyshacl", whole][2], rates["fast", whole][2]
    print(f"same report on {whole:,} facts: {'yes' if reference == fast else 'NO'}")
    by_clock, by_processor = (rates["fast", count][way] / rates["pyshacl", whole][way] for way in (0, 1))
    print(f"fast / pyshacl: {by_clock:.0f} x by the clock, {by_processor:.0f} x by the processor's time")


if __name__ == "__main__":
    main()
