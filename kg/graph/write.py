"""Quads as text: six formats, each sorted and with its prefixes, the same bytes for the same quads.

Written here, not by a library: rdflib's N-Triples, XML, JSON-LD and TriG change with the hash seed, and the order
of prefixes in pyoxigraph's output with its release.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg import terms
from kg.errors import KgError

Node = NamedNode | Literal
Statements = Mapping[NamedNode, list[tuple[NamedNode, Node]]]

_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?")
_NUMBERS = {terms.XSD + "integer": re.compile(r"[+-]?\d+"), terms.XSD + "decimal": re.compile(r"[+-]?\d*\.\d+")}
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TYPE = NamedNode(terms.RDF + "type")
# Longest first, so that an IRI gets the prefix that covers most of it.
_SPACES = sorted(terms.PREFIXES.items(), key=lambda item: (-len(item[1]), item[0]))


def write_turtle(quads: Iterable[Quad]) -> str:
    """One Turtle document of all triples, whatever their graph."""
    quads = list(quads)
    return _prefixes(quads, graphs=False) + "".join(_turtle_blocks(_by_subject(quads), ""))


def write_trig(quads: Iterable[Quad]) -> str:
    """A TriG document: one block for each named graph."""
    quads = list(quads)
    parts = [_prefixes(quads, graphs=True)]
    for graph, members in _by_graph(quads):
        blocks = "".join(_turtle_blocks(_by_subject(members), "" if graph is None else "  "))
        parts.append(f"\n{blocks}" if graph is None else f"\n{_turtle(graph)} {{\n{blocks}}}\n")
    return "".join(parts)


def write_ntriples(quads: Iterable[Quad]) -> str:
    """N-Triples, one line a triple, whatever its graph."""
    return "".join(sorted({f"{quad.triple} .\n" for quad in quads}))


def write_nquads(quads: Iterable[Quad]) -> str:
    """N-Quads, one line a quad."""
    return "".join(sorted({f"{quad} .\n" for quad in quads}))


def write_jsonld(quads: Iterable[Quad]) -> str:
    """Flattened JSON-LD 1.1 with a context of prefixes; one object for each named graph."""
    quads = list(quads)
    graphs: list[object] = []
    for graph, members in _by_graph(quads):
        nodes = [_json_node(subject, said) for subject, said in _by_subject(members).items()]
        graphs += nodes if graph is None else [{"@id": _compact(graph.value), "@graph": nodes}]
    content = {"@context": _used_prefixes(quads, graphs=True), "@graph": graphs}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def write_rdfxml(quads: Iterable[Quad]) -> str:
    """RDF/XML of all triples, whatever their graph."""
    quads = list(quads)
    spaces = {"rdf": terms.RDF} | _used_prefixes([q for q in quads], graphs=False)
    parts = ['<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF']
    parts += [f"\n  xmlns:{prefix}={quoteattr(space)}" for prefix, space in sorted(spaces.items())]
    parts.append(">\n")
    for subject, said in _by_subject(quads).items():
        parts.append(f"  <rdf:Description rdf:about={quoteattr(subject.value)}>\n")
        parts += [f"    {_xml_property(predicate, value)}\n" for predicate, value in said]
        parts.append("  </rdf:Description>\n")
    return "".join([*parts, "</rdf:RDF>\n"])


WRITERS: dict[str, Callable[[Iterable[Quad]], str]] = {
    "turtle": write_turtle, "trig": write_trig, "nquads": write_nquads, "ntriples": write_ntriples,
    "jsonld": write_jsonld, "rdfxml": write_rdfxml,
}  # fmt: skip
"""The formats by name."""

SUFFIXES: dict[str, str] = {
    ".ttl": "turtle", ".trig": "trig", ".nq": "nquads", ".nt": "ntriples", ".jsonld": "jsonld", ".json": "jsonld",
    ".rdf": "rdfxml", ".xml": "rdfxml",
}  # fmt: skip
"""The format that a file name's ending asks for."""


def _by_graph(quads: Iterable[Quad]) -> list[tuple[NamedNode | None, list[Quad]]]:
    graphs: dict[str, tuple[NamedNode | None, list[Quad]]] = {}
    for quad in quads:
        name = None if isinstance(quad.graph_name, DefaultGraph) else _node(quad.graph_name)
        graphs.setdefault(name.value if name else "", (name, []))[1].append(quad)
    return [graphs[key] for key in sorted(graphs)]


def _by_subject(quads: Iterable[Quad]) -> Statements:
    """What is said of each subject, each statement once: subjects by IRI, class first, then by property and value."""
    found: dict[str, tuple[NamedNode, set[tuple[NamedNode, Node]]]] = {}
    for quad in quads:
        subject = _node(quad.subject)
        value = quad.object if isinstance(quad.object, Literal) else _node(quad.object)
        found.setdefault(subject.value, (subject, set()))[1].add((quad.predicate, value))

    def order(statement: tuple[NamedNode, Node]) -> tuple[bool, str, str]:
        predicate, value = statement
        return predicate != _TYPE, predicate.value, str(value)

    return {subject: sorted(said, key=order) for _, (subject, said) in sorted(found.items())}


def _node(term: object) -> NamedNode:
    if not isinstance(term, NamedNode):
        raise KgError(f"the graph holds {term}, which has no IRI", remedy="build the graph anew: kg build")
    return term


def _short(iri: str) -> tuple[str, str] | None:
    """Prefix and local name, where a prefix of the model covers the IRI and the rest needs no escape."""
    for prefix, space in _SPACES:
        if iri.startswith(space) and _LOCAL.fullmatch(iri, len(space)):
            return prefix, iri[len(space) :]
    return None


def _used_prefixes(quads: Iterable[Quad], *, graphs: bool) -> dict[str, str]:
    iris: set[str] = set()
    for quad in quads:
        parts = [quad.subject, quad.predicate, quad.object, *([quad.graph_name] if graphs else [])]
        iris.update(part.value for part in parts if isinstance(part, NamedNode))
        if isinstance(quad.object, Literal):
            iris.add(quad.object.datatype.value)
    used = {short[0] for iri in iris if (short := _short(iri))}
    return {prefix: terms.PREFIXES[prefix] for prefix in sorted(used)}


def _prefixes(quads: list[Quad], *, graphs: bool) -> str:
    return "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in _used_prefixes(quads, graphs=graphs).items())


def _turtle(term: Node) -> str:
    if isinstance(term, NamedNode):
        short = _short(term.value)
        return ":".join(short) if short else str(term)
    kind = term.datatype
    if term.language is not None or kind.value == terms.XSD + "string":
        return str(term)
    form = _NUMBERS.get(kind.value)
    if form and form.fullmatch(term.value):
        return term.value
    return f"{Literal(term.value)}^^{_turtle(kind)}"


def _turtle_blocks(statements: Statements, indent: str) -> Iterator[str]:
    """One block a subject, one line a property."""
    for subject, said in statements.items():
        lines: dict[str, list[str]] = {}
        for predicate, value in said:
            lines.setdefault("a" if predicate == _TYPE else _turtle(predicate), []).append(_turtle(value))
        body = f" ;\n{indent}  ".join(f"{predicate} {', '.join(values)}" for predicate, values in lines.items())
        yield f"\n{indent}{_turtle(subject)} {body} .\n"


def _compact(iri: str) -> str:
    short = _short(iri)
    return ":".join(short) if short else iri


def _json_node(subject: NamedNode, said: list[tuple[NamedNode, Node]]) -> dict[str, object]:
    node: dict[str, object] = {"@id": _compact(subject.value)}
    for predicate, value in said:
        if predicate == _TYPE and isinstance(value, NamedNode):
            key, item = "@type", _compact(value.value)
        else:
            key, item = _compact(predicate.value), _json_value(value)  # type: ignore[assignment]
        values = node.setdefault(key, [])
        assert isinstance(values, list)
        values.append(item)
    return node


def _json_value(value: Node) -> object:
    if isinstance(value, NamedNode):
        return {"@id": _compact(value.value)}
    if value.language is not None:
        return {"@value": value.value, "@language": value.language}
    if value.datatype.value == terms.XSD + "string":
        return {"@value": value.value}
    return {"@value": value.value, "@type": _compact(value.datatype.value)}


def _xml_property(predicate: NamedNode, value: Node) -> str:
    short = _short(predicate.value)
    if short is None or not re.match(r"[A-Za-z_]", short[1]):
        raise KgError(f"RDF/XML has no name for the property {predicate}", remedy="choose another format")
    name = ":".join(short)
    if isinstance(value, NamedNode):
        return f"<{name} rdf:resource={quoteattr(value.value)}/>"
    if _NO_XML.search(value.value):
        raise KgError("a text of the graph holds a control character, which XML cannot", remedy="choose another format")
    text = escape(value.value, {"\r": "&#13;"})
    if value.language is not None:
        return f'<{name} xml:lang="{value.language}">{text}</{name}>'
    if value.datatype.value == terms.XSD + "string":
        return f"<{name}>{text}</{name}>"
    return f"<{name} rdf:datatype={quoteattr(value.datatype.value)}>{text}</{name}>"
