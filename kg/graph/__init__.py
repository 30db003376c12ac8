"""Facts as RDF: named graphs with evidence, the store on disk, exports."""

from kg.graph.export import export
from kg.graph.facts import document_quads, fact_iri
from kg.graph.labels import make_label

__all__ = ["document_quads", "export", "fact_iri", "make_label"]
