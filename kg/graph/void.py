"""The graph described for machines, in VoID and DCAT: what it holds, how much of it, where it is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Quad, Store

import kg
from kg import terms
from kg.graph.nodes import CREATED, RDF_TYPE, digest, english, number

DATASET = "https://w3id.org/bilateral-kg/dataset"
DESCRIPTION = NamedNode(terms.GRAPH + "description")
"""The named graph of the description in exports."""

_SPACE = "https://w3id.org/bilateral-kg/"
_LICENCE = "https://spdx.org/licenses/MIT"
_FOAF_TOPIC = "http://xmlns.com/foaf/0.1/primaryTopic"
_VOCABULARIES = (terms.BKG, terms.PROV, terms.OA, terms.DCTERMS, terms.SKOS, terms.SCHEMA, terms.ORG)
_ABOUT = (
    "What documents say about relations between states: agreements, meetings, trade, projects, offices, stances; each "
    "fact with its status, speaker, date and evidence."
)
_RIGHTS = "The quotes belong to the publishers of the documents; an export without quotes holds their offsets and hashes."


def void_quads(store: Store, base_url: str = "", *, dumps: Sequence[tuple[str, str]] = ()) -> list[Quad]:
    """The description of the graph in `DESCRIPTION`, sorted; the same graph gives the same quads.

    With `base_url` it names the SPARQL endpoint below it; `dumps` are (address, media type) of whole exports. There is
    no date of making: what the graph was made from gives its version (`owl:versionInfo`), whenever that was. `dcterms:modified` is
    when the last contribution was made, and absent where there is none.
    """
    return describe_quads(store.quads_for_pattern(None, None, None, None), base_url, dumps=dumps)


def describe_quads(quads: Iterable[Quad], base_url: str = "", *, dumps: Sequence[tuple[str, str]] = ()) -> list[Quad]:
    """The description of these quads alone, as `void_quads` gives it of a whole store."""
    return sorted({Quad(*triple, DESCRIPTION) for triple in _triples(quads, base_url.rstrip("/"), dumps)}, key=str)


Said = tuple[NamedNode, NamedNode, NamedNode | Literal]


def _void(name: str) -> NamedNode:
    return NamedNode(terms.VOID + name)


def _dc(name: str) -> NamedNode:
    return NamedNode(terms.DCTERMS + name)


def _count(value: int) -> Literal:
    return number(Decimal(value))


def _triples(quads: Iterable[Quad], base_url: str, dumps: Sequence[tuple[str, str]]) -> Iterator[Said]:
    node = NamedNode(DATASET)
    yield node, RDF_TYPE, _void("Dataset")
    yield node, RDF_TYPE, NamedNode(terms.DCAT + "Dataset")
    yield node, _dc("title"), english("Facts about relations between states")
    yield node, _dc("description"), english(_ABOUT)
    yield node, _dc("license"), NamedNode(_LICENCE)
    yield node, _dc("rights"), english(_RIGHTS)
    yield node, _dc("conformsTo"), NamedNode("https://w3id.org/bilateral-kg/ontology")
    yield node, _void("uriSpace"), Literal(_SPACE)
    for space in _VOCABULARIES:
        yield node, _void("vocabulary"), NamedNode(space)
    yield from _access(node, base_url, dumps)
    yield from _contents(quads, node)


def _access(node: NamedNode, base_url: str, dumps: Sequence[tuple[str, str]]) -> Iterator[Said]:
    if base_url:
        page = NamedNode(f"{base_url}/.well-known/void")
        yield page, RDF_TYPE, _void("DatasetDescription")
        yield page, NamedNode(_FOAF_TOPIC), node
        yield node, _void("sparqlEndpoint"), NamedNode(f"{base_url}/sparql")
        yield node, NamedNode(terms.DCAT + "landingPage"), NamedNode(f"{base_url}/")
    for address, media_type in dumps:
        way = NamedNode(address)
        yield node, _void("dataDump"), way
        yield node, NamedNode(terms.DCAT + "distribution"), way
        yield way, RDF_TYPE, NamedNode(terms.DCAT + "Distribution")
        yield way, NamedNode(terms.DCAT + "downloadURL"), way
        yield way, NamedNode(terms.DCAT + "mediaType"), NamedNode(f"https://www.iana.org/assignments/media-types/{media_type}")


def _contents(quads: Iterable[Quad], node: NamedNode) -> Iterator[Said]:
    """Counts of the whole, of each class, property and named graph; the documents are its sources."""
    graphs: Counter[str] = Counter()
    properties: Counter[NamedNode] = Counter()
    classes: dict[NamedNode, set[object]] = {}
    subjects: set[object] = set()
    documents: set[str] = set()
    contributed: dict[object, str] = {}
    for quad in quads:
        graph = quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
        graphs[graph] += 1
        properties[quad.predicate] += 1
        subjects.add(quad.subject)
        if quad.predicate == CREATED and isinstance(quad.object, Literal):
            contributed[quad.subject] = quad.object.value
        if quad.predicate == RDF_TYPE and isinstance(quad.object, NamedNode):
            classes.setdefault(quad.object, set()).add(quad.subject)
            if quad.object.value == terms.BKG + "Document" and isinstance(quad.subject, NamedNode):
                documents.add(quad.subject.value)
    yield node, _void("triples"), _count(sum(graphs.values()))
    yield node, _void("distinctSubjects"), _count(len(subjects))
    yield node, _void("entities"), _count(sum(_is_ours(each) for each in subjects))
    yield node, _void("classes"), _count(len(classes))
    yield node, _void("properties"), _count(len(properties))
    yield node, _void("documents"), _count(len(documents))
    yield node, NamedNode(terms.OWL + "versionInfo"), Literal(f"{kg.__version__}-{_version(graphs, properties, documents)}")
    contributions = classes.get(NamedNode(terms.BKG + "Contribution"), set())
    if moments := [when for made, when in contributed.items() if made in contributions]:
        last = max(moments)
        yield node, _dc("modified"), Literal(last, datatype=NamedNode(terms.XSD + ("dateTime" if "T" in last else "date")))
    for document in documents:
        yield node, _dc("source"), NamedNode(document)
    for name, members in classes.items():
        yield from _part(node, "class", name, "class", [("entities", len(members))])
    for name, number_ in properties.items():
        yield from _part(node, "property", name, "property", [("triples", number_)])
    for graph, number_ in graphs.items():
        if graph:
            yield node, _void("subset"), NamedNode(graph)
            yield NamedNode(graph), RDF_TYPE, _void("Dataset")
            yield NamedNode(graph), _void("triples"), _count(number_)


def _part(node: NamedNode, kind: str, of: NamedNode, link: str, counts: list[tuple[str, int]]) -> Iterator[Said]:
    part = NamedNode(f"{DATASET}/{kind}/{_name(of.value)}")
    yield node, _void(f"{kind}Partition"), part
    yield part, RDF_TYPE, _void("Dataset")
    yield part, _void(link), of
    for name, value in counts:
        yield part, _void(name), _count(value)


def _is_ours(node: object) -> bool:
    return isinstance(node, NamedNode) and node.value.startswith(_SPACE)


def _name(iri: str) -> str:
    """ "bkg-TradeFigure", or a digest where no prefix of the model covers the IRI."""
    for prefix, space in terms.PREFIXES.items():
        local = iri.removeprefix(space)
        if local != iri and local.isalnum():
            return f"{prefix}-{local}"
    return digest([iri], 12)


def _version(graphs: Counter[str], properties: Counter[NamedNode], documents: set[str]) -> str:
    """A digest of what the graph holds: two graphs of one version hold the same documents and the same numbers of statements."""
    counted = [f"{name} {value}" for name, value in sorted(graphs.items())]
    counted += [f"{name.value} {value}" for name, value in sorted(properties.items(), key=lambda item: item[0].value)]
    return digest([*sorted(documents), *counted], 12)
