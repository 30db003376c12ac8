"""Decisions about facts and contributions: retracted, judged. Each is a contribution itself, so each can be retracted in turn."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from pyoxigraph import NamedNode, Store, Triple

from kg import terms
from kg.contribute.ledger import Ledger, facts_of, open_ledger, told
from kg.errors import KgError
from kg.gazetteer.names import fold, spellings
from kg.graph import Contribution, changing, document_text, make_contribution, read_manifest
from kg.graph.build import rebuild
from kg.graph.change import Derive
from kg.graph.conform import Validate
from kg.graph.contributions import THIS
from kg.graph.decisions import (
    ACCEPTED,
    DECIDES_ON,
    JUDGEMENT,
    JUDGES,
    REJECTED,
    RETRACTS,
    name_of,
    read_decisions,
    target_of,
    target_triples,
)
from kg.graph.enter import enter_contribution, next_sequence
from kg.graph.nodes import PREF_LABEL, RDF_TYPE, short
from kg.graph.stated import Stated

_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?")
_LONGEST = 2000  # characters of a name or a reason
_DECISIONS = {"retracted": "retracted", "corrected": "corrected", "rejected": "rejected", "accepted": "accepted"}


@dataclass(frozen=True, slots=True)
class Author:
    """Who decides, when ("" for now: an ISO date, or a moment in UTC), why, and how many seconds to wait for another writer."""

    who: str
    why: str = ""
    when: str = ""
    wait: float = 0.0


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision did: its contribution, one line that says so, and how many facts more (or fewer) now stand."""

    contribution: Contribution
    what: str
    facts: int


@dataclass(frozen=True, slots=True)
class Makers:
    """What the rooms beside this one do for it: the derived layer, and the check of what is read anew."""

    derive: Derive
    validate: Validate = lambda quads: ()
    ontology: Path | None = None


Statements = tuple[str, list[Triple], str]
"""The kind of a contribution, its statements, and one line that says what it decides."""


def decide(directory: Path, author: Author, makers: Makers, make: Callable[[Ledger], Statements]) -> Decided:
    """What came of a decision that `make` words, given the graph as it is; it is safe on the disk when this returns.

    Where it changes how texts are read (a name more, or fewer), and a kept text holds such a name, the kept texts are read anew.
    Raises `KgError` where it cannot be: then nothing has changed.
    """
    who, why, when = check_text("--by", author.who), author.why and check_text("--why", author.why), check_moment(author.when)

    def worded(ledger: Ledger) -> tuple[Contribution, str, str]:
        kind, triples, what = make(ledger)
        return *make_contribution(kind, who, when, triples, sequence=next_sequence(ledger.contributions), note=why), what

    read_manifest(directory)  # where there is no graph, say so
    try:
        with changing(directory, author.wait) as fresh:
            ledger = open_ledger(directory)
            contribution, text, what = worded(ledger)
            names = _names_changed(ledger, contribution)
            if names and any(_holds(directory, entry.sha256, names) for entry in ledger.manifest.documents):
                raise _TextsToRead(text, ledger.contributions, ledger.manifest.facts)
            del ledger
            entry = enter_contribution(directory, fresh, contribution, text, makers.derive, makers.ontology)
            facts = entry.facts
    except _TextsToRead as stop:
        facts = _read_anew(directory, stop, contribution, author, makers)
    return Decided(contribution, what, facts)


@dataclass
class _TextsToRead(Exception):
    """Ends a change in place: the contribution of this text changes what the kept texts say."""

    text: str
    contributions: tuple[Contribution, ...]
    facts: int


def _read_anew(directory: Path, stop: _TextsToRead, contribution: Contribution, author: Author, makers: Makers) -> int:
    """How many facts more there are in the graph made anew from its kept texts, with the contribution."""
    from kg.contribute.reading import make_extractor  # the rules take a second to load

    extractor = make_extractor([*stop.contributions, contribution])
    rebuild(
        directory, extractor=extractor, gazetteer=extractor.gazetteer, validate=makers.validate, derive=makers.derive,
        ontology=makers.ontology, entering=stop.text, wait=author.wait,
    )  # fmt: skip
    return read_manifest(directory).facts - stop.facts


def _names_changed(ledger: Ledger, contribution: Contribution) -> list[str]:
    """The names that entities of the gazetteer get or lose by this contribution."""
    before = ledger.decisions.aliases
    after = read_decisions([*ledger.contributions, contribution]).aliases
    return sorted({name for iri in {*before, *after} for name in {*before.get(iri, ())} ^ {*after.get(iri, ())}})


def _holds(directory: Path, sha256: str, names: Sequence[str]) -> bool:
    text = fold(document_text(directory, sha256)).casefold()
    return any(spelling.casefold() in text for name in names for spelling in spellings(fold(name)))


def retract(directory: Path, names: Sequence[str], author: Author, makers: Makers) -> Decided:
    """What came of taking facts, or contributions, out of the current view. Raises `KgError` with the reason where it cannot be."""
    if not author.why:
        raise KgError("a retraction needs a reason", remedy="add --why 'the source has withdrawn the figure'")
    return decide(directory, author, makers, lambda ledger: _retraction(ledger, names))


def review(directory: Path, names: Sequence[str], accepted: bool, author: Author, makers: Makers) -> Decided:
    """What came of judging extracted facts: accepted, or rejected with a reason. Raises `KgError` where it cannot be."""
    if not accepted and not author.why:
        raise KgError("a rejection needs a reason", remedy="add --why 'the text says so of another year'")
    return decide(directory, author, makers, lambda ledger: _review(ledger, names, accepted))


def check_text(what: str, text: str) -> str:
    """The text without blanks around it. Raises `KgError` where it is empty, too long, or holds what cannot be seen."""
    text = text.strip()
    if not text:
        raise KgError(f"{what} is empty", remedy=f"say {'who contributes' if what == '--by' else 'it in a few words'}")
    if len(text) > _LONGEST:
        raise KgError(f"{what} has {len(text):,} characters", remedy=f"keep it below {_LONGEST:,}")
    hidden = sorted({f"U+{ord(c):04X}" for c in text if unicodedata.category(c) in ("Cc", "Cf", "Co", "Cs") and c not in "\n\t"})
    if hidden:
        raise KgError(f"{what} holds invisible characters ({', '.join(hidden)})", remedy="take them out")
    return text


def check_moment(when: str) -> str:
    """The moment as written; now, in UTC, for "". Raises `KgError` where it is none."""
    if not when:
        return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    try:
        if not _MOMENT.fullmatch(when):
            raise ValueError
        (datetime.fromisoformat if "T" in when else date.fromisoformat)(when)
    except ValueError:
        raise KgError(f"--date {when!r} is no date", remedy="write 2026-11-22, or 2026-11-22T07:00:00Z") from None
    return when


def _retraction(ledger: Ledger, names: Sequence[str]) -> Statements:
    triples: list[Triple] = []
    lines = []
    for name in dict.fromkeys(names):
        contribution = _contribution_meant(ledger, name)
        if contribution is None:
            fact = ledger.find_fact(name)
            check_stands(ledger, fact)
            triples += [Triple(THIS, RETRACTS, NamedNode(fact.iri)), *targeting(fact)]
            lines.append(f"retracted {short(fact.iri)}: {fact.label}")
        else:
            _check_withdrawable(ledger, contribution)
            triples.append(Triple(THIS, RETRACTS, NamedNode(name_of(contribution))))
            lines.append(f"retracted {short(name_of(contribution))}, {told(contribution)}")
    return "retraction", triples, "\n".join(lines)


def _contribution_meant(ledger: Ledger, name: str) -> Contribution | None:
    """The contribution, where the name is one's; digits alone may name a fact as well, and then must be written out."""
    if name.strip("<>").startswith(("fact:", terms.FACT)):
        return None
    found = ledger.find_contribution(name)
    if found is not None and re.fullmatch(r"[0-9a-f]+", name):
        try:
            fact = ledger.find_fact(name)
        except KgError:
            return found
        raise KgError(f"{name} names a fact and a contribution", remedy=f"write {short(fact.iri)} or {short(name_of(found))}")
    if found is None and name.strip("<>").startswith(("contribution:", terms.CONTRIBUTION)):
        raise KgError(f"no contribution {name!r} in the graph", remedy="kg log lists them; copy one")
    return found


def _review(ledger: Ledger, names: Sequence[str], accepted: bool) -> Statements:
    word, concept = ("accepted", ACCEPTED) if accepted else ("rejected", REJECTED)
    triples = [Triple(THIS, JUDGEMENT, concept)]
    lines = []
    for name in dict.fromkeys(names):
        fact = ledger.find_fact(name)
        if not fact.graph.startswith(terms.GRAPH + "document-"):
            raise KgError(f"{short(fact.iri)} was contributed, not extracted", remedy="take it out with kg retract, or leave it")
        earlier = ledger.decided(fact)
        same = next((each for each in earlier if each.kind == word), None)
        if same is not None:
            raise KgError(f"{short(fact.iri)} was {word} already, {told(same.contribution)}", remedy="nothing to do")
        gone = next((each for each in earlier if each.kind in ("retracted", "corrected")), None)
        if gone is not None:
            raise KgError(
                f"{short(fact.iri)} was {gone.kind} {told(gone.contribution)}",
                remedy=f"bring it back first: kg retract {short(name_of(gone.contribution))} --by … --why …",
            )
        triples += [Triple(THIS, JUDGES, NamedNode(fact.iri)), *targeting(fact)]
        lines.append(f"{word} {short(fact.iri)}: {fact.label}")
    return "review", triples, "\n".join(lines)


def targeting(fact: Stated) -> list[Triple]:
    """The statements that name the fact, as one that the contribution decides on."""
    triples = target_triples(target_of(fact))
    return [*triples, Triple(THIS, DECIDES_ON, triples[0].subject)]


def check_stands(ledger: Ledger, fact: Stated) -> None:
    """Raises `KgError` that says by whose decision, where the fact no longer stands."""
    by = ledger.hidden_by(fact)
    if by is not None:
        kind = next((each.kind for each in ledger.decided(fact) if each.hides), "retracted")
        raise KgError(
            f"{short(fact.iri)} no longer stands: {_DECISIONS[kind]} {told(by)}",
            remedy=f"nothing to do; to bring it back: kg retract {short(name_of(by))} --by … --why …",
        )


def _check_withdrawable(ledger: Ledger, contribution: Contribution) -> None:
    """Refuses to take out what others stand on."""
    name = name_of(contribution)
    if name in ledger.decisions.withdrawn:
        raise KgError(f"{short(name)} was retracted already, {told(ledger.decisions.withdrawn[name])}", remedy="nothing to do")
    facts = {fact.iri for fact in facts_of(contribution)}
    for decision in ledger.decisions.facts:
        if decision.kind == "corrected" and decision.target.fact in facts and contribution.graph.value in decision.target.contributions:
            raise KgError(
                f"{short(name)} cannot be retracted: {short(decision.target.fact)}, which it states, was corrected {told(decision.contribution)}",
                remedy=f"retract the correction first: kg retract {short(name_of(decision.contribution))} --by … --why …",
            )
    for entity in sorted(_described(contribution)):
        others = [each for each in ledger.decisions.standing if each is not contribution]
        user = next((each for each in others if _names(each, entity)), None)
        if user is not None and not any(entity in _described(each) for each in others) and not _known_elsewhere(ledger.store, entity, contribution):
            raise KgError(
                f"{short(name)} cannot be retracted: {short(entity)}, which it describes, is named by {short(name_of(user))}",
                remedy="retract that one first",
            )


def _described(contribution: Contribution) -> set[str]:
    return {
        quad.subject.value for quad in contribution.quads
        if quad.predicate == PREF_LABEL and isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(terms.ENT)
    }  # fmt: skip


def _names(contribution: Contribution, entity: str) -> bool:
    return any(isinstance(q.object, NamedNode) and q.object.value == entity for q in contribution.quads)


def _known_elsewhere(store: Store, entity: str, contribution: Contribution) -> bool:
    quads: Iterable[object] = (
        quad for quad in store.quads_for_pattern(NamedNode(entity), RDF_TYPE, None, None) if quad.graph_name != contribution.graph
    )
    return next(iter(quads), None) is not None
