"""What is to be said of a hand-in before it is accepted: errors keep facts out, warnings and notes do not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import BlankNode, Literal, NamedNode

from kg import terms
from kg.contribute.compare import find_alike, stands_already
from kg.contribute.complete import Completed, complete
from kg.contribute.handed import ERROR, NOTE, WARNING, Finding, Handed, Node, Place, Statement, Term
from kg.contribute.known import Known, needed_beside
from kg.contribute.naming import Naming, short
from kg.contribute.plausible import find_doubts
from kg.graph.contributions import THIS
from kg.graph.nodes import CREATED, CREATOR, FACT_CLASSES, PREF_LABEL, RDF_TYPE, RDFS_LABEL, bkg
from kg.validate import Violation, load_context, validate_graph

_PROV_ACTIVITY = NamedNode(terms.PROV + "Activity")
_PROVENANCE = {bkg("Document"), bkg("Claim"), bkg("Extraction"), bkg("Contribution"), bkg("PlainStatement"), _PROV_ACTIVITY}
_DESCRIPTION = {  # of an export: what `kg.graph.void` writes
    *(NamedNode(terms.VOID + name) for name in ("Dataset", "DatasetDescription")), *(NamedNode(terms.DCAT + name) for name in ("Dataset", "Distribution", "DataService")),
}
_OF_EVIDENCE = {bkg("Citation"), bkg("Source"), bkg("Evidence"), *(
    NamedNode(terms.OA + name) for name in ("SpecificResource", "TextPositionSelector", "TextQuoteSelector"))}

_DATES = ("fact-date", "fact-startDate", "fact-endDate")
_DATED = ("DatedFact", "StartedFact", "EndedFact", "UndatedFact")
_SPOKEN = {
    **{(name, "or"): f"bkg:{name[5:]} {{value}} is no date, or no such day exists" for name in _DATES},
    ("currency", "in"): "bkg:currency {value} is no currency",
    ("fact-earliest", "lessThanOrEquals"): "the end lies before the start ({value})",
    ("amount", "or"): "bkg:amount {value} is no plain number",
}


@dataclass(frozen=True, slots=True)
class Judged:
    """A hand-in, complete, and what was found. ``good`` and ``bad`` are its new facts; ``standing`` those that the graph has.

    ``keep`` are the statements that would be accepted: of good facts, and of new entities that are in order.
    """

    handed: Handed
    completed: Completed
    findings: tuple[Finding, ...]
    good: frozenset[NamedNode]
    bad: frozenset[NamedNode]
    standing: frozenset[NamedNode]
    keep: tuple[Statement, ...]

    @property
    def errors(self) -> int:
        """How many errors there are."""
        return sum(finding.severity == ERROR for finding in self.findings)


def join(handed: Sequence[Handed]) -> Handed:
    """Several files as one; blank nodes of different files stay apart."""
    if len(handed) == 1:
        return handed[0]
    statements: list[Statement] = []
    places: dict[Node, Place] = {}
    properties: dict[tuple[Node, NamedNode], Place] = {}
    findings: list[tuple[Node, Finding]] = []
    for number, each in enumerate(handed):
        def own(term: Term, number: int = number) -> Term:
            return BlankNode(f"file{number}-{term.value}") if isinstance(term, BlankNode) else term

        statements += [(own(s), p, own(o)) for s, p, o in each.statements]  # type: ignore[misc]
        for node, place in each.places.items():
            places.setdefault(own(node), place)  # type: ignore[arg-type]
        for (node, path), place in each.property_places.items():
            properties.setdefault((own(node), path), place)  # type: ignore[arg-type]
        findings += [(own(node), finding) for node, finding in each.findings]  # type: ignore[misc]
    names = ", ".join(each.file for each in handed)
    return Handed(names, "", tuple(dict.fromkeys(statements)), places, properties, tuple(findings))


def judge(handed: Handed, known: Known, *, source: str = "", engine: str = "auto", today: str = "9999-12-31", accepting: bool = False) -> Judged:
    """The verdict on a hand-in. `today` is the day of handing in (ISO); `accepting` is stricter with provenance of elsewhere."""
    return _Judge(handed, known, source, engine, today, accepting).run()


class _Judge:
    def __init__(self, handed: Handed, known: Known, source: str, engine: str, today: str, accepting: bool) -> None:
        self.handed, self.known, self.engine, self.today, self.accepting = handed, known, engine, today, accepting
        self.naming = Naming(known)
        self.completed = complete(self._without_known(handed.statements), known, source)
        self.of: dict[NamedNode, list[Statement]] = {}
        for statement in self.completed.statements:
            self.of.setdefault(statement[0], []).append(statement)  # type: ignore[arg-type]
        self.findings: list[Finding] = []
        self.faulty: set[NamedNode] = set()
        self.standing: set[NamedNode] = set()

    def run(self) -> Judged:
        self._tell_file_faults()
        self._tell_subjects()
        self._tell_evidence()
        self._tell_violations()
        facts = self.completed.facts - self.standing
        bad = {fact for fact in facts if self._reaches(fact) & self.faulty}
        good = facts - bad
        self._tell_doubts(facts)
        keep = self._keep(good)
        return Judged(
            self.handed, self.completed, tuple(sorted(set(self.findings))), frozenset(good), frozenset(bad),
            frozenset(self.standing), keep,
        )  # fmt: skip

    def _without_known(self, statements: Iterable[Statement]) -> list[Statement]:
        """The statements that are new, but for facts, which are looked at whole."""
        facts = {s for s, p, o in statements if p == RDF_TYPE and o in FACT_CLASSES}
        kept, described = [], {}
        for statement in statements:
            subject = statement[0]
            if isinstance(subject, NamedNode) and subject not in facts:
                if subject not in described:
                    described[subject] = self.known.describes(subject)
                if described[subject] and self.known.says(statement):
                    continue
            kept.append(statement)
        return kept

    def _add(self, severity: str, code: str, node: NamedNode, message: str, remedy: str, *, path: NamedNode | None = None,
             label: str = "", beside: tuple[str, ...] = ()) -> None:  # fmt: skip
        origin = self.completed.names.get(node, node)
        place = self.handed.place(origin, path)
        self.findings.append(Finding(place, severity, code, node.value, label or self._label(node), message, remedy, beside))
        if severity == ERROR:
            self.faulty.add(node)

    def _label(self, node: NamedNode) -> str:
        return next((o.value for _, p, o in self.of.get(node, ()) if p in (RDFS_LABEL, PREF_LABEL)), "")

    def _tell_file_faults(self) -> None:
        final = {origin: name for name, origin in self.completed.names.items()}
        for node, finding in self.handed.findings:
            name = final.get(node)
            self.findings.append(finding if name is None else Finding(
                finding.place, finding.severity, finding.code, name.value, self._label(name), finding.message, finding.remedy, finding.beside))
            if name is not None and finding.severity == ERROR:
                self.faulty.add(name)
        for node, message, remedy in self.completed.faults:
            self.findings.append(Finding(self.handed.place(node), ERROR, "no-iri", "", "", message, remedy))
            if name := final.get(node):
                self.faulty.add(name)

    def _tell_subjects(self) -> None:
        """Each subject is a new fact, a new entity or evidence; nothing that stands is changed."""
        context = load_context()
        made = set(self.completed.names)
        exported = not self.accepting and any((p, o) == (RDF_TYPE, bkg("PlainStatement")) for _, p, o in self.completed.statements)
        for node in sorted(made & self.of.keys(), key=str):
            classes = {o for _, p, o in self.of[node] if p == RDF_TYPE}
            if node in self.completed.facts:
                stands = stands_already(node, self.of[node], self.known)
                if stands:
                    self.standing.add(node)
                    self._add(NOTE, "stands", node, "stands in the graph already", "nothing is to do")
                elif stands is False:
                    self._add(ERROR, "other-fact", node, f"{short(node)} says something else in the graph",
                              "give the new fact an IRI of its own, or correct the old one: kg correct", beside=self._as_it_stands(node))
            elif node.value.startswith((terms.BKG, terms.CON)):
                self._add(ERROR, "ontology", node, f"{short(node)} belongs to the ontology", "hand in facts and entities only")
            elif exported and self.known.describes(node):  # what a graph derived, looked at elsewhere
                continue
            elif self.known.describes(node) and not classes & _OF_EVIDENCE and not self._from_elsewhere(classes):
                self._add(ERROR, "known-entity", node, f"{short(node)} is described in the graph otherwise: {self._shortened(node)}",
                          "leave these statements out: plain triples follow from facts, and names are added with kg entity alias")
            elif self._from_elsewhere(classes):
                if self.accepting:
                    self._add(ERROR, "provenance", node, f"{short(node)} describes a document, a rule's work or a claim that the graph lacks",
                              "build the graph with the document (kg build), or hand in the facts without it and give --source")
            elif not any(isinstance(c, NamedNode) and c.value in context.classes for c in classes):
                self._add(ERROR, "no-class", node, f"{short(node)} is of no class of the model",
                          "give it one: a fact type, or the class of an entity (docs/model.md)")

    def _from_elsewhere(self, classes: set[Term]) -> bool:
        return bool(classes & (_PROVENANCE | _DESCRIPTION))

    def _as_it_stands(self, node: NamedNode) -> tuple[str, ...]:
        return (f"{self.known.label(node)} [{short(node)}]",)

    def _shortened(self, node: NamedNode) -> str:
        said = sorted(f"{short(p)} {o.value if isinstance(o, Literal) else short(o)}" for _, p, o in self.of[node])  # type: ignore[arg-type]
        return "; ".join(said[:3]) + (" …" if len(said) > 3 else "")

    def _tell_evidence(self) -> None:
        for fact in sorted(self.completed.without_evidence - self.standing, key=str):
            self._add(ERROR if self.accepting else NOTE, "no-source", fact, "nothing vouches for the fact",
                      "say where it stands: --source for the whole file, dcterms:source (in a table: source) for one fact")

    def _tell_violations(self) -> None:
        if not self.of:
            return
        head: list[Statement] = [
            (THIS, RDF_TYPE, _PROV_ACTIVITY), (THIS, RDF_TYPE, bkg("Contribution")), (THIS, CREATOR, Literal("-")),
            (THIS, CREATED, Literal("2000-01-01", datatype=NamedNode(terms.XSD + "date"))),
        ]  # fmt: skip
        statements = [each for each in self.completed.statements if each[0] not in self.standing]
        context = load_context()
        beside = needed_beside(statements, self.known, {node.value for node in context.by_subject})
        report = validate_graph(statements, beside=[*head, *beside], context=context, engine=self.engine)
        bare = {node.value for node in self.completed.without_evidence}
        undated = {each.focus for each in report.violations if each.source in _DATES}
        no_number = {(each.focus, each.path, each.value) for each in report.violations if each.constraint in ("or", "datatype")}
        for violation in report.violations:
            told = violation.focus in bare and violation.source == "fact-evidence"
            follows = violation.focus in undated and violation.shape in _DATED  # no days can be made of a date that is none
            node = NamedNode(violation.focus) if ":" in violation.focus else None
            follows = follows or (node is not None and self._follows(node, violation))
            bounds = violation.constraint in ("minInclusive", "maxInclusive")  # of what is no number, nothing is too small
            follows = follows or (bounds and (violation.focus, violation.path, violation.value) in no_number)
            if node is not None and node in self.of and not told and not follows:
                self._tell_violation(node, violation)

    def _follows(self, node: NamedNode, violation: Violation) -> bool:
        """Whether a role is missing only because its cell could not be read."""
        columns = self._unread.get(node, set())
        return bool(columns) and (not violation.path or violation.path.partition(":")[2] in columns)

    @cached_property
    def _unread(self) -> dict[NamedNode, set[str]]:
        final = {origin: name for name, origin in self.completed.names.items()}
        found: dict[NamedNode, set[str]] = {}
        for node, finding in self.handed.findings:
            if finding.severity == ERROR and node in final:
                found.setdefault(final[node], set()).add(finding.place.column)
        return found

    def _tell_violation(self, node: NamedNode, violation: Violation) -> None:
        prefix, _, name = violation.path.partition(":")
        path = NamedNode(terms.PREFIXES.get(prefix, "") + name) if prefix in terms.PREFIXES else None
        message, remedy = violation.message, violation.remedy
        unknown = self._unknown(violation.value)
        code = f"{violation.shape}/{violation.source}"
        if unknown is not None and violation.constraint in ("class", "or", "node", "in"):
            message = f"{violation.path} names {violation.value}, which the graph does not know"
            scheme = unknown.value.removeprefix(terms.CON).partition("-")[0] if unknown.value.startswith(terms.CON) else ""
            word = unknown.value.removeprefix(f"{terms.CON}{scheme}-") if scheme else unknown.value
            guess = self.naming.did_you_mean(word, scheme)
            remedy = guess or (violation.remedy if scheme else "correct it, or describe it in the file: its class and its skos:prefLabel")
            code = "unknown-name"
        elif not violation.path and violation.constraint == "or":
            message = f"{violation.shape} lacks something, or has something too many"
        elif (violation.source, violation.constraint) in _SPOKEN:
            message = _SPOKEN[violation.source, violation.constraint].format(value=violation.value.split("^^")[0].strip('"'))
        if violation.source in _DATES and self.handed.place(self.completed.names.get(node, node)).row:
            remedy = "write 2019, 2019-05 or 2019-05-03"
        self._add(ERROR, code, node, message, remedy, path=path, label=violation.label)

    def _unknown(self, value: str) -> NamedNode | None:
        """The node of this short form, where neither file nor graph says anything of it."""
        prefix, _, name = value.partition(":")
        if prefix not in ("ent", "con") and not value.startswith("http"):
            return None
        node = NamedNode(terms.PREFIXES[prefix] + name if prefix in ("ent", "con") else value)
        return None if node in self.of or self.known.describes(node) else node

    def _tell_doubts(self, facts: Iterable[NamedNode]) -> None:
        sound = [fact for fact in facts if fact not in self.faulty]
        for doubt in find_doubts(sound, self.completed.statements, self.known, self.today):
            self._add(WARNING, doubt.code, doubt.fact, doubt.message, doubt.remedy, path=bkg(doubt.role), beside=doubt.beside)
        for each in find_alike(sound, self.completed.statements, self.known):
            if each.kind == "same":
                self._add(NOTE, "said-too", each.fact, "the graph has a fact that says the same", "both stand, as one claim", beside=each.lines)
            else:
                self._add(WARNING, "conflict", each.fact, "the graph says otherwise", "both stand, as claims in conflict; check which is right",
                          beside=each.lines)

    def _reaches(self, fact: NamedNode) -> set[NamedNode]:
        seen: set[NamedNode] = set()
        waiting = [fact]
        while waiting:
            node = waiting.pop()
            if node not in seen:
                seen.add(node)
                waiting += [o for _, _, o in self.of.get(node, ()) if isinstance(o, NamedNode) and o in self.of]
        return seen

    def _keep(self, good: Iterable[NamedNode]) -> tuple[Statement, ...]:
        kept: set[NamedNode] = set()
        for fact in good:
            kept |= self._reaches(fact)
        entities = [n for n in self.completed.names if n in self.of and n not in self.completed.facts and self._is_entity(n)]
        kept |= {node for entity in entities if not self._reaches(entity) & self.faulty for node in self._reaches(entity)}
        return tuple(each for each in self.completed.statements if each[0] in kept and each[0] not in self.standing)

    def _is_entity(self, node: NamedNode) -> bool:
        return any(p == PREF_LABEL for _, p, _ in self.of[node])


def places_of(judged: Judged) -> Mapping[NamedNode, Place]:
    """Where each fact stands in the file."""
    return {fact: judged.handed.place(judged.completed.names.get(fact, fact)) for fact in judged.completed.facts}
