"""Where the facts of an answer come from: read in a document by a rule, or contributed by a person."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.queries.engine import Result, ask, written

if TYPE_CHECKING:
    from kg.queries.engine import Store

EXTRACTED, CONTRIBUTED = "extracted", "contributed"


def with_origin(store: Store, result: Result) -> Result:
    """The answer with a column ``origin`` ("extracted" or "contributed") where it has a column ``fact``, else as it is."""
    if result.form != "select" or "fact" not in result.columns or "origin" in result.columns:
        return result
    place = result.columns.index("fact")
    facts = sorted({written(fact) for row in result.rows if isinstance(fact := row[place], ox.NamedNode)})
    found: set[object] = set()
    for first in range(0, len(facts), 500):
        found |= {row[0] for row in ask(store, f"""SELECT DISTINCT ?fact WHERE {{
            VALUES ?fact {{ {' '.join(facts[first:first + 500])} }}
            ?fact prov:wasGeneratedBy ?made . ?made a bkg:Contribution }}""").rows}
    rows = tuple((*row, ox.Literal(CONTRIBUTED if row[place] in found else EXTRACTED)) for row in result.rows)
    return replace(result, columns=(*result.columns, "origin"), rows=rows)


def contributed(result: Result) -> bool:
    """Whether an answer of `with_origin` holds a contributed fact."""
    return "origin" in result.columns and any(row[-1] == ox.Literal(CONTRIBUTED) for row in result.rows)
