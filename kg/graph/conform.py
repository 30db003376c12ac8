"""What goes into the graph and what stays out: facts, documents and contributions that break a shape are left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Quad

from kg import terms
from kg.errors import DocumentError, KgError
from kg.graph.contributions import Contribution
from kg.graph.facts import KnownEntities, document_quads, fact_iri
from kg.graph.labels import make_label
from kg.graph.nodes import document_node
from kg.graph.report import Rejected, Violation
from kg.model import Document, Fact

Quads = Sequence[Quad]

Validate = Callable[[Quads], Iterable[Violation]]
"""Says what breaks a shape in the quads of documents and contributions; it knows ontology and gazetteer itself."""

_ROUNDS = 5  # leaving facts out can make others break a shape, but hardly in a chain


class NothingBuiltError(KgError):
    """No document could be used; ``failures`` says why for each. The graph that stood before still stands."""

    def __init__(self, what: str, failures: Sequence[KgError], remedy: str) -> None:
        self.failures = tuple(failures)
        super().__init__(what, remedy=remedy)


@dataclass(slots=True)
class Plan:
    """The documents and facts of the graph in the making, what is left out of it, and why."""

    facts: dict[str, tuple[Fact, ...]]
    documents: dict[str, Document]
    contributions: list[Contribution]
    gazetteer: KnownEntities | None
    failures: list[KgError]
    rejected: list[tuple[str, Rejected]] = field(default_factory=list)
    """Facts kept out, with the SHA-256 of their documents."""

    def document_quads(self) -> dict[str, list[Quad]]:
        """The quads of each document's graph, by SHA-256."""
        return {sha: document_quads(self.documents[sha], self.facts[sha], self.gazetteer) for sha in sorted(self.facts)}


def keep_what_conforms(plan: Plan, validate: Validate) -> list[Quad]:
    """The quads of documents and contributions, without documents and facts that cannot be said, and without the facts that break a
    shape: these go to `plan.failures` and `plan.rejected`."""
    by_document = _writable_quads(plan)
    for _ in range(_ROUNDS):
        if not plan.facts:
            return []
        quads = [quad for members in by_document.values() for quad in members]
        quads += [quad for contribution in plan.contributions for quad in contribution.quads]
        violations = sorted(set(validate(quads)), key=lambda each: (each.focus, each.shape, each.message))
        if not violations:
            return quads
        if not _leave_out(plan, by_document, violations):
            first = violations[0]
            raise KgError(
                f"{first.focus} breaks {first.shape}: {first.message}", remedy="no fact can be left out to mend it: "
                "mend the ontology, the gazetteer or the shapes",
            )  # fmt: skip
        by_document = plan.document_quads()
    raise KgError("leaving facts out does not make the graph conform", remedy="please report it")


def _writable_quads(plan: Plan) -> dict[str, list[Quad]]:
    """The quads of each document, without documents that hold a fact that cannot be said: an unknown role, an impossible IRI, a span off
    the text."""
    found: dict[str, list[Quad]] = {}
    for sha256 in sorted(plan.facts):
        document = plan.documents[sha256]
        try:
            found[sha256] = document_quads(document, plan.facts[sha256], plan.gazetteer)
        except (ValueError, KeyError) as error:
            del plan.facts[sha256]
            what = f"breaks the graph ({type(error).__name__}: {error})"
            plan.failures.append(DocumentError(what, file=document.path, remedy="please report it"))
    return found


def _leave_out(plan: Plan, by_document: Mapping[str, list[Quad]], violations: Sequence[Violation]) -> bool:
    """Whether something was left out: facts that rest on a node at fault, a document or a contribution that is one."""
    at_fault: dict[str, Violation] = {}
    for violation in violations:
        at_fault.setdefault(violation.focus, violation)
    changed = False
    for sha256, quads in by_document.items():
        document = plan.documents[sha256]
        fault = at_fault.get(document_node(sha256).value)
        if fault is not None:
            del plan.facts[sha256]
            plan.failures.append(
                DocumentError(f"its description breaks {fault.shape}: {fault.message}", file=document.path,
                              remedy="mend its front matter")
            )  # fmt: skip
            changed = True
            continue
        reasons = _facts_at_fault(quads, at_fault)
        kept = []
        for fact in plan.facts[sha256]:
            iri = fact_iri(document, fact)
            if iri in reasons:
                plan.rejected.append((sha256, _rejected(document, fact, iri, reasons[iri])))
            else:
                kept.append(fact)
        changed = changed or bool(reasons)
        plan.facts[sha256] = tuple(kept)
    for contribution in list(plan.contributions):
        faults = [at_fault[s] for s in sorted({_iri(quad.subject) for quad in contribution.quads} & at_fault.keys())]
        if faults:
            plan.contributions.remove(contribution)
            plan.failures.append(
                KgError(
                    f"breaks {faults[0].shape}: {faults[0].message}", file=contribution.file,
                    remedy="hand in its facts anew, corrected, and take this file out of the folder",
                )
            )
            changed = True
    return changed


def _facts_at_fault(quads: Sequence[Quad], at_fault: Mapping[str, Violation]) -> dict[str, Violation]:
    """The facts of a document that are at fault or name, by whatever steps, a node that is; with the violation."""
    links: dict[str, set[str]] = defaultdict(set)
    for quad in quads:
        if isinstance(quad.object, NamedNode):
            links[_iri(quad.subject)].add(quad.object.value)
    found: dict[str, Violation] = {}
    for fact in sorted(node for node in links if node.startswith(terms.FACT)):
        seen: set[str] = set()
        waiting = [fact]
        while waiting:
            node = waiting.pop()
            if node not in seen:
                seen.add(node)
                waiting += links.get(node, ())
        faults = sorted(seen & at_fault.keys(), key=lambda node: (node != fact, node))
        if faults:
            found[fact] = at_fault[faults[0]]
    return found


def _rejected(document: Document, fact: Fact, iri: str, violation: Violation) -> Rejected:
    quote = " … ".join(document.text[span.start : span.end] for span in fact.evidence)
    return Rejected(
        document.identifier, iri, fact.type, fact.label or make_label(fact), fact.activity.rule, quote,
        violation.focus, violation.shape, violation.message,
    )  # fmt: skip


def _iri(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else ""
