"""The extracted facts that wait for a judgement, and the decisions that wait for a fact."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import NamedNode

from kg import terms
from kg.contribute.ledger import Ledger
from kg.graph.decisions import Decision
from kg.graph.idle import idle_notes
from kg.graph.names import check_type, find_document
from kg.graph.nodes import short
from kg.graph.stated import Stated, read_stated


def find_unjudged(ledger: Ledger, *, document: str = "", type: str = "") -> list[Stated]:
    """The standing extracted facts that nobody has judged, in the order of their documents and of their places there.

    Raises `KgError` where the document or the type is unknown.
    """
    graphs = [NamedNode(f"{terms.GRAPH}document-{entry.sha256}") for entry in ledger.manifest.documents]
    if document:
        wanted = {terms.GRAPH + "document-" + node.value.removeprefix(terms.DOC) for node in find_document(ledger.store, document)}
        graphs = [graph for graph in graphs if graph.value in wanted]
    kind = check_type(type) if type else ""
    found = []
    for graph in graphs:
        view = ledger.viewer.view(ledger.base(graph))
        judged = {iri for decision, iri in view.effective if decision.judges}
        facts = read_stated(view.quads).values()
        found += [fact for fact in facts if fact.iri not in judged and (not kind or fact.type == kind)]
    return sorted(found, key=lambda fact: (fact.identifiers, min((w.start for w in fact.words), default=0), fact.iri))


def tell_unjudged(facts: Sequence[Stated], most: int | None) -> str:
    """The facts with their words, as text; how many there are in all."""
    lines = []
    for fact in facts[:most]:
        words = " … ".join(" ".join(quote.split()) for quote in fact.quotes)
        lines += [f"{short(fact.iri)}  {fact.type}: {fact.label}", f"  {', '.join(fact.identifiers)}: «{words}»"]
    left = f" ({len(facts) - len(facts[:most])} more: --most 0)" if most and len(facts) > most else ""
    return "".join(f"{line}\n" for line in [*lines, f"{len(facts)} fact{'s wait' if len(facts) != 1 else ' waits'} for a judgement{left}"])


def find_idle(ledger: Ledger) -> list[str]:
    """One line for each decision about a fact that no document or contribution gives any more as it was."""
    applied: list[tuple[Decision, str]] = []
    base = []
    graphs = {quad for quad in ledger.store.named_graphs() if isinstance(quad, NamedNode)}
    sources = {g for g in graphs if g.value.startswith((terms.GRAPH + "document-", terms.GRAPH + "contribution-"))}
    for graph in sorted({*sources, *ledger.changed()}, key=str):
        quads = ledger.base(graph)
        base += quads
        applied += ledger.viewer.view(quads).applied
    idle = ledger.decisions.idle(applied)
    return idle_notes(idle, base) if idle else []
