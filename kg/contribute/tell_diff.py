"""A difference between two graphs for people (text) and programs (JSON)."""

from __future__ import annotations

import json
import re

from kg.contribute.diff import Difference, FactChange, RoleChange, by_reason
from kg.graph.nodes import short
from kg.graph.stated import Stated

_SIGNS = {"added": "+", "changed": "~", "gone": "-"}
_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"(?:@[\w-]+|\^\^<[^>]*>)?')


def tell_difference(difference: Difference) -> str:
    """The changes as text, grouped by their reasons."""
    lines = [
        f"{difference.count('added')} added, {difference.count('changed')} changed, {difference.count('gone')} gone, "
        f"{difference.same} the same"
    ]
    for reason, changes in by_reason(difference.changes).items():
        lines += ["", str(reason)]
        for change in changes:
            lines += _lines(change)
    return "\n".join(lines) + "\n"


def difference_as_json(difference: Difference) -> str:
    """The changes as a JSON object: ``added``, ``changed`` and ``gone`` are lists, ``same`` a number."""
    content: dict[str, object] = {
        kind: [_record(change) for change in difference.changes if change.kind == kind] for kind in ("added", "changed", "gone")
    }
    return json.dumps({**content, "same": difference.same}, ensure_ascii=False, indent=1) + "\n"


def plain(term: str) -> str:
    """A term in N-Triples form as people read it: an IRI with its prefix, a literal without quotes and datatype."""
    literal = _LITERAL.fullmatch(term)
    if literal:
        return literal[1].replace('\\"', '"').replace("\\n", " ").replace("\\\\", "\\")
    return short(term.strip("<>"))


def _lines(change: FactChange) -> list[str]:
    fact = change.fact
    name = short(fact.iri)
    if change.before and change.after and change.before.iri != change.after.iri:
        name = f"{short(change.before.iri)} -> {short(change.after.iri)}"
    lines = [f"  {_SIGNS[change.kind]} {fact.type}: {fact.label}", f"    {name}"]
    return lines + [f"    {each.role}: {_values(each.before)} -> {_values(each.after)}" for each in change.roles]


def _values(terms: tuple[str, ...]) -> str:
    return ", ".join(plain(term) for term in terms) or "nothing"


def _record(change: FactChange) -> dict[str, object]:
    record: dict[str, object] = {"why": {"kind": change.why.kind, "text": change.why.text}}
    if change.before and change.after:
        return {
            "before": _fact(change.before), "after": _fact(change.after), "roles": [_role(each) for each in change.roles], **record,
        }  # fmt: skip
    return {**_fact(change.fact), **record}


def _fact(fact: Stated) -> dict[str, object]:
    return {
        "fact": fact.iri, "type": fact.type, "label": fact.label, "documents": list(fact.identifiers), "words": list(fact.quotes),
    }  # fmt: skip


def _role(change: RoleChange) -> dict[str, object]:
    return {"role": change.role, "before": list(change.before), "after": list(change.after)}
