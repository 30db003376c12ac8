"""The service description: what the endpoint can do and which graphs it has.

Source: https://www.w3.org/TR/sparql11-service-description/
"""

from __future__ import annotations

import io

import pyoxigraph as ox

from kg.serve.answer import write_triples
from kg.serve.formats import GRAPHS, ROWS, Format
from kg.serve.worker import Graph
from kg.terms import RDF

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_FORMAT_NAMES = {
    "json": "SPARQL_Results_JSON", "xml": "SPARQL_Results_XML", "csv": "SPARQL_Results_CSV", "tsv": "SPARQL_Results_TSV",
    "ttl": "Turtle", "nt": "N-Triples", "rdf": "RDF_XML", "jsonld": "JSON-LD", "n3": "N3", "trig": "TriG", "nq": "N-Quads",
}  # fmt: skip


def describe_service(graph: Graph, endpoint: str, format: Format) -> bytes:
    """The description of the endpoint at this address, without blank nodes."""
    service, dataset = ox.NamedNode(endpoint), ox.NamedNode(f"{endpoint}#dataset")
    default = ox.NamedNode(f"{endpoint}#default-graph")
    triples = {
        _type(service, "Service"), _link(service, "endpoint", service), _link(service, "defaultDataset", dataset),
        _link(service, "supportedLanguage", ox.NamedNode(_SD + "SPARQL11Query")),
        _link(service, "feature", ox.NamedNode(_SD + "UnionDefaultGraph")),
        _type(dataset, "Dataset"), _link(dataset, "defaultGraph", default), _type(default, "Graph"),
        *(_link(service, "resultFormat", ox.NamedNode(_FORMATS + _FORMAT_NAMES[each.name])) for each in (*ROWS, *GRAPHS)),
    }
    for name in graph.store.named_graphs():
        if isinstance(name, ox.NamedNode):
            node = ox.NamedNode(f"{endpoint}#{name.value.rpartition('/')[2]}")
            triples |= {_link(dataset, "namedGraph", node), _type(node, "NamedGraph"), _link(node, "name", name)}
    output = io.BytesIO()
    write_triples(triples, format, output)
    return output.getvalue()


def _type(subject: ox.NamedNode, name: str) -> ox.Triple:
    return ox.Triple(subject, ox.NamedNode(RDF + "type"), ox.NamedNode(_SD + name))


def _link(subject: ox.NamedNode, name: str, value: ox.NamedNode) -> ox.Triple:
    return ox.Triple(subject, ox.NamedNode(_SD + name), value)
