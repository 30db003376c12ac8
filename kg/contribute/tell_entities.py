"""Entities for people, as text."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from kg.contribute.entities import Known, entity_names, tell_apart
from kg.contribute.ledger import Ledger
from kg.graph.nodes import short


def tell_known(ledger: Ledger, known: Sequence[Known], name: str) -> str:
    """The entities with their further names and what was merged into them; where there is none, near names."""
    if not known:
        near = difflib.get_close_matches(name, entity_names(ledger.store), 3, 0.6)
        return f"nobody is called {name!r}" + (f"; did you mean {' or '.join(map(repr, near))}?" if near else "") + "\n"
    lines = []
    for each in known:
        lines.append(tell_apart(each))
        lines += [f"  also called {', '.join(each.names)}"] if each.names else []
        merged = sorted(short(old) for old, new in ledger.decisions.merged.items() if new == each.iri)
        lines += [f"  merged into it: {', '.join(merged)}"] if merged else []
        lines += [f"  {link}" for link in each.links]
    return "".join(f"{line}\n" for line in lines)
