"""A correction: facts that stand in the place of another from now on; the old one is kept in the history."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import NamedNode, Triple

from kg.contribute.decide import check_stands, targeting
from kg.contribute.ledger import Ledger
from kg.errors import KgError
from kg.graph.contributions import THIS
from kg.graph.decisions import CORRECTS
from kg.graph.nodes import FACT_CLASSES, RDF_TYPE, short


def correction(ledger: Ledger, name: str, statements: Sequence[Triple]) -> list[Triple]:
    """What a contribution says besides its facts to put these in the place of the fact of this name.

    Raises `KgError` where that fact does not stand, or is among the new ones.
    """
    fact = ledger.find_fact(name)
    check_stands(ledger, fact)
    node = NamedNode(fact.iri)
    new = {each.subject for each in statements if each.predicate == RDF_TYPE and each.object in FACT_CLASSES}
    if node in new:
        raise KgError(
            f"the file states {short(fact.iri)} itself", remedy="leave the IRI out, or give the corrected fact another: facts never change"
        )
    kinds = {FACT_CLASSES[c] for each in statements if each.subject in new and isinstance(c := each.object, NamedNode) and c in FACT_CLASSES}
    if fact.type not in kinds:
        raise KgError(
            f"{short(fact.iri)} is a {fact.type}, the file states {' and '.join(sorted(kinds)) or 'no fact'}",
            remedy=f"give a {fact.type}; to take the fact out, retract it and add the other",
        )
    return [Triple(THIS, CORRECTS, node), *targeting(fact)]
