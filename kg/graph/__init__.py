"""Facts as RDF: named graphs with evidence, the store on disk, exports."""

from kg.graph.build import build, build_extracted
from kg.graph.change import change_store
from kg.graph.claims import claim_quads
from kg.graph.conform import NothingBuiltError, Quads
from kg.graph.contributions import Contribution, Header, make_contribution, read_contribution, read_contributions
from kg.graph.explain import explain_fact
from kg.graph.export import export
from kg.graph.facts import document_quads, fact_iri
from kg.graph.labels import make_label
from kg.graph.lock import locked
from kg.graph.manifest import Manifest, read_manifest
from kg.graph.report import BuildReport, Rejected, Violation
from kg.graph.store import changing, document_text, open_store, said_quads
from kg.graph.void import void_quads

__all__ = [
    "BuildReport", "Contribution", "Header", "Manifest", "NothingBuiltError", "Quads", "Rejected", "Violation", "build", "build_extracted",
    "change_store", "changing", "claim_quads", "document_quads", "document_text", "explain_fact", "export", "fact_iri", "locked", "make_contribution",
    "make_label", "open_store", "read_contribution", "read_contributions", "read_manifest", "said_quads", "void_quads",
]
