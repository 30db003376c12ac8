"""The graph as GraphML for Gephi, networkx, yEd: entities and facts as nodes, roles as edges; or facts as edges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations
from typing import TypeAlias
from xml.sax.saxutils import escape, quoteattr

from kg import terms
from kg.exports.nodes import Nodes

Data: TypeAlias = dict[str, str | int | Decimal]
Edge: TypeAlias = tuple[str, str, str, Data]  # id, source, target, data

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_NUMBERS = ("amount", "value", "changePercent", "sharePercent", "rank", "rent", "count", "memberCount", "valueMin", "valueMax")


def write_graphml(nodes: Nodes, *, facts_as: str = "nodes") -> str:
    """A GraphML document, directed.

    "nodes": each fact is a node, and an edge leads from it to each entity in its roles, so that nothing is lost. "edges":
    a fact is one edge for each two entities that it names, from the role that the model names first; facts with one
    entity are not in it. Characters that XML cannot hold become U+FFFD.
    """
    entities = [(node, _entity(nodes, node)) for node in nodes.entities()]
    facts = [(fact, _fact(nodes, fact)) for fact in nodes.facts()]
    if facts_as == "edges":
        edges = [edge for fact, data in facts for edge in _edges_of(nodes, fact, data)]
        drawn = entities
    else:
        edges = [edge for fact, _ in facts for edge in _roles_of(nodes, fact)]
        drawn = entities + facts
    keys = _keys("node", [data for _, data in drawn]) | _keys("edge", [data for *_, data in edges])
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">']
    lines += [
        f'<key id="{key}" for="{kind}" attr.name={quoteattr(name)} attr.type="{type_}"/>' for (kind, name), (key, type_) in keys.items()
    ]
    lines.append('<graph id="bilateral-kg" edgedefault="directed">')
    for node, data in drawn:
        lines.append(f"<node id={_attribute(_id(nodes, node))}>{_data(keys, 'node', data)}</node>")
    for edge, source, target, data in edges:
        lines.append(
            f"<edge id={_attribute(edge)} source={_attribute(_id(nodes, source))} target={_attribute(_id(nodes, target))}>"
            f"{_data(keys, 'edge', data)}</edge>"
        )
    return "\n".join([*lines, "</graph>", "</graphml>", ""])


def _entity(nodes: Nodes, node: str) -> Data:
    data = {
        "label": nodes.label(node), "kind": nodes.kind_of(node), "iri": node, "iso3166": nodes.value(node, terms.BKG + "iso3166"),
        "wikidata": next((nodes.short(v) for v in nodes.values(node, terms.OWL + "sameAs") if "wikidata.org/entity/" in v), None),
    }  # fmt: skip
    return {name: value for name, value in data.items() if value}


def _fact(nodes: Nodes, fact: str) -> Data:
    data: Data = {"label": nodes.value(fact, terms.RDFS + "label") or "", "kind": "Fact", "type": nodes.type_of(fact), "iri": fact}
    data["status"] = nodes.short(nodes.value(fact, terms.BKG + "status") or "")
    for name in ("date", "startDate", "endDate", "earliest", "latest"):
        data[name] = nodes.value(fact, terms.BKG + name) or ""
    data["provenance"] = nodes.provenance(fact)
    data["statedBy"] = ", ".join(nodes.label(each) for each in nodes.values(fact, terms.BKG + "statedBy"))
    data["document"] = ", ".join(sorted({nodes.document_title(each.document) for each in nodes.evidence(fact)}))
    for role, values in nodes.roles(fact).items():
        words = [nodes.words(value) for value in values if not nodes.is_entity(value)]
        if not words:
            continue
        if role in _NUMBERS and re.fullmatch(r"[+-]?\d+(\.\d+)?", words[0]):
            data[role] = Decimal(words[0])
        elif role not in _NUMBERS:
            data["roleKind" if role == "kind" else role] = ", ".join(words)
    return {name: value for name, value in data.items() if value != ""}


def _roles_of(nodes: Nodes, fact: str) -> Iterator[Edge]:
    for role, values in nodes.roles(fact).items():
        for value in values:
            if nodes.is_entity(value):
                yield f"{nodes.short(fact)}-{role}-{nodes.short(value)}", fact, value, {"role": role, "label": role}


def _edges_of(nodes: Nodes, fact: str, data: Data) -> Iterator[Edge]:
    ends = [(role, value) for role, values in nodes.roles(fact).items() for value in values if nodes.is_entity(value)]
    for (role, source), (other, target) in combinations(ends, 2):
        if source != target:
            own: Data = {name: value for name, value in data.items() if name != "kind"}
            yield (
                f"{nodes.short(fact)}-{role}-{nodes.short(source)}-{other}-{nodes.short(target)}", source, target,
                own | {"sourceRole": role, "targetRole": other},
            )  # fmt: skip


def _keys(kind: str, rows: list[Data]) -> dict[tuple[str, str], tuple[str, str]]:
    """The attributes of nodes or edges by name: the id of each, and its type. Gephi takes "label" for the label itself."""
    types: dict[str, str] = {}
    for row in rows:
        for name, value in row.items():
            types[name] = "double" if isinstance(value, Decimal) else "string"
    return {(kind, name): (f"{kind[0]}-{name}", types[name]) for name in sorted(types)}


def _data(keys: dict[tuple[str, str], tuple[str, str]], kind: str, data: Data) -> str:
    return "".join(f'<data key="{keys[kind, name][0]}">{escape(_legal(format(value, "f") if isinstance(value, Decimal) else str(value)))}</data>' for name, value in sorted(data.items()))


def _id(nodes: Nodes, node: str) -> str:
    prefix = "fact" if node.startswith(terms.FACT) else "ent" if node.startswith(terms.ENT) else ""
    return f"{prefix}:{nodes.short(node)}" if prefix else node


def _attribute(text: str) -> str:
    return quoteattr(_legal(text))


def _legal(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)
