"""Decisions about entities: two nodes are one thing, one node is two things, a thing has one more name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Triple

from kg import terms
from kg.contribute.decide import Author, Decided, Makers, Statements, check_stands, check_text, decide, targeting
from kg.contribute.entities import Known, describe, entity_names, facts_naming, find_entity, tell_apart
from kg.contribute.ledger import Ledger
from kg.errors import KgError
from kg.gazetteer.names import fold
from kg.graph.contributions import THIS
from kg.graph.decisions import INTO, MERGES, REPLACED_BY, SAME_AS, SPLITS
from kg.graph.facts import CLASSES
from kg.graph.names import find_document
from kg.graph.nodes import ALT_LABEL, GAZETTEER, PREF_LABEL, RDF_TYPE, bkg, english, short
from kg.graph.stated import Stated, read_stated

_PLACES = frozenset({"Place", "City", "Region", "Facility"})
_BODIES = frozenset({"Organisation", "Institution", "Body", "Company", "Group"})
_THINGS = frozenset({"Project", "Agreement", "Event", "Facility"})
_ALIKE = (_PLACES, _BODIES, _THINGS)
"""Classes between which a text does not always tell; entities of others are merged within their class only."""


@dataclass(frozen=True, slots=True)
class Split:
    """What a split needs: the new entity's label (or an entity that there is), and the facts that mean it."""

    label: str = ""
    into: str = ""
    kind: str = ""
    facts: tuple[str, ...] = ()
    document: str = ""


def merge(directory: Path, old: str, new: str, author: Author, makers: Makers) -> Decided:
    """What came of letting `new` stand for `old` everywhere. Raises `KgError` with the reason where they are not one thing."""
    return decide(directory, author, makers, lambda ledger: _merge(ledger, old, new))


def split(directory: Path, name: str, split: Split, author: Author, makers: Makers) -> Decided:
    """What came of giving some facts of an entity to another. Raises `KgError` where they do not name it."""
    return decide(directory, author, makers, lambda ledger: _split(ledger, name, split))


def alias(directory: Path, name: str, further: str, author: Author, makers: Makers) -> Decided:
    """What came of giving an entity one more name. Raises `KgError` where the name is another's."""
    return decide(directory, author, makers, lambda ledger: _alias(ledger, name, further))


def _merge(ledger: Ledger, old: str, new: str) -> Statements:
    gone = _merged_before(ledger, old)
    if gone:
        raise KgError(f"{old} was merged into {short(gone)} already", remedy=f"merge {short(gone)}, or retract that decision: kg log")
    one, other = describe(ledger.store, find_entity(ledger, old)), describe(ledger.store, find_entity(ledger, new))
    back = _merged_before(ledger, new)
    if one.iri == other.iri:
        loop = f"{new} was merged into {short(one.iri)}: this would make a loop" if back else f"{old} and {new} are one node already"
        raise KgError(loop, remedy="nothing to merge; kg entity find shows who bears a name")
    _check_alike(ledger, one, other)
    a, b = NamedNode(one.iri), NamedNode(other.iri)
    triples = [Triple(THIS, MERGES, a), Triple(THIS, INTO, b), Triple(a, REPLACED_BY, b), Triple(a, SAME_AS, b)]
    return "entityDecision", triples, f"merged {tell_apart(one)} into {tell_apart(other)}"


def _check_alike(ledger: Ledger, one: Known, other: Known) -> None:
    """Raises `KgError` with what says that two nodes are not one thing."""
    pair = f"{tell_apart(one)} cannot be merged into {tell_apart(other)}"
    single = "if some facts name the wrong one of the two, give these to the other: kg entity split"
    if one.codes and other.codes and set(one.codes) != set(other.codes):
        raise KgError(f"{pair}: their codes differ ({', '.join(one.codes)}; {', '.join(other.codes)})", remedy=single)
    hosts = {link.split("/")[2]: link for link in other.links if "//" in link}
    for link in one.links:
        there = hosts.get(link.split("/")[2] if "//" in link else "")
        if there and there != link:
            raise KgError(f"{pair}: another data set tells them apart ({link}; {there})", remedy=single)
    if one.kind != other.kind and not any({one.kind, other.kind} <= alike for alike in _ALIKE):
        raise KgError(f"{pair}: a {one.kind} is no {other.kind}", remedy=single)
    if _in_gazetteer(ledger, one.iri) and not _in_gazetteer(ledger, other.iri):
        raise KgError(
            f"{pair}: the gazetteer knows the first and not the second",
            remedy=f"merge them the other way round: kg entity merge {short(other.iri)} {short(one.iri)} --by …",
        )
    both = sorted({*facts_naming(ledger.store, NamedNode(one.iri))} & {*facts_naming(ledger.store, NamedNode(other.iri))}, key=str)
    if both:
        shown = ", ".join(short(fact.value) for fact in both[:3])
        raise KgError(
            f"{pair}: {len(both)} fact{' names' if len(both) == 1 else 's name'} both, as two parties ({shown})",
            remedy="reject or correct these first, if they are wrong; else the two are not one",
        )


def _in_gazetteer(ledger: Ledger, iri: str) -> bool:
    return next(ledger.store.quads_for_pattern(NamedNode(iri), RDF_TYPE, None, GAZETTEER), None) is not None


def _merged_before(ledger: Ledger, text: str) -> str:
    """What the entity of this IRI was merged into, "" where it was not."""
    iri = terms.ENT + text.removeprefix("ent:") if text.startswith("ent:") else text.strip("<>")
    return ledger.decisions.merged.get(iri, "")


def _split(ledger: Ledger, name: str, wanted: Split) -> Statements:
    node = find_entity(ledger, name)
    entity = describe(ledger.store, node)
    facts = _facts_meant(ledger, entity, wanted)
    triples: list[Triple] = []
    if wanted.into:
        new = find_entity(ledger, wanted.into)
        if new == node:
            raise KgError(f"{wanted.into} is {short(node.value)} itself", remedy="name another entity, or a new one with --label")
        label = describe(ledger.store, new).label
    else:
        label = check_text("--label", wanted.label)
        new, triples = _new_entity(ledger, entity, label, wanted.kind)
    triples += [Triple(THIS, SPLITS, node), Triple(THIS, INTO, new)]
    for fact in facts:
        triples += targeting(fact)
    return "entityDecision", triples, f"split {short(node.value)}: {len(facts)} of its facts now name {short(new.value)} ({label})"


def _facts_meant(ledger: Ledger, entity: Known, wanted: Split) -> list[Stated]:
    node = NamedNode(entity.iri)
    if not wanted.facts and not wanted.document:
        raise KgError("which facts mean the other is not said", remedy="name them with --fact FACT (repeat it), or all of a document with --document D")
    naming = {fact.value for fact in facts_naming(ledger.store, node)}
    chosen = []
    for name in dict.fromkeys(wanted.facts):
        fact = ledger.find_fact(name)
        check_stands(ledger, fact)
        if fact.iri not in naming:
            raise KgError(f"{short(fact.iri)} does not name {short(entity.iri)}", remedy=f"see which do: kg query facts-about-an-actor --param actor={short(entity.iri)}")
        chosen.append(fact)
    if wanted.document:
        graphs = [NamedNode(terms.GRAPH + "document-" + d.value.removeprefix(terms.DOC)) for d in find_document(ledger.store, wanted.document)]
        for graph in graphs:
            chosen += [fact for fact in read_stated(ledger.base(graph)).values() if fact.iri in naming and fact not in chosen]
    if not chosen:
        where = f" in {wanted.document}" if wanted.document else ""
        raise KgError(f"no fact{where} names {short(entity.iri)}", remedy=f"see which do: kg query facts-about-an-actor --param actor={short(entity.iri)}")
    return chosen


def _new_entity(ledger: Ledger, entity: Known, label: str, kind: str) -> tuple[NamedNode, list[Triple]]:
    cls = kind or entity.kind
    if cls not in CLASSES.values():
        raise KgError(f"{cls!r} is no class of entities", remedy=f"one of {', '.join(sorted(CLASSES.values()))}")
    folded = fold(label).casefold()
    same = next((n for name, nodes in entity_names(ledger.store).items() if fold(name).casefold() == folded for n in sorted(nodes, key=str)), None)
    if same is not None:
        raise KgError(
            f"{label!r} already names {tell_apart(describe(ledger.store, same))}",
            remedy=f"give those facts to it with --into {short(same.value)}, or a label that tells the two apart, such as "
            f"--label '{label} (minister of finance)'",
        )
    slug = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")
    if not slug:
        raise KgError(f"{label!r} has no letters for a name of its node", remedy="give an English label")
    node = NamedNode(f"{terms.ENT}{cls.lower()}-{slug}")
    if next(ledger.store.quads_for_pattern(node, None, None, None), None) is not None:
        raise KgError(f"there is {short(node.value)} already", remedy=f"use it with --into {short(node.value)}, or choose another label")
    said = [Triple(node, RDF_TYPE, bkg(cls)), Triple(node, PREF_LABEL, english(label))]
    return node, said


def _alias(ledger: Ledger, name: str, further: str) -> Statements:
    node = find_entity(ledger, name)
    further = " ".join(check_text("the name", further).split())
    folded = fold(further).casefold()
    bearers = {n for text, nodes in entity_names(ledger.store).items() if fold(text).casefold() == folded for n in nodes}
    if node in bearers:
        raise KgError(f"{short(node.value)} is called {further!r} already", remedy="nothing to do")
    if bearers:
        each = "; ".join(tell_apart(describe(ledger.store, bearer)) for bearer in sorted(bearers, key=str))
        raise KgError(
            f"{further!r} is the name of {each}", remedy="merge the two if they are one thing: kg entity merge; else choose a name "
            "that only one of them bears: texts would be read as either",
        )  # fmt: skip
    if not re.search(r"\w", further) or len(further) > 200:
        raise KgError(f"{further!r} is no name", remedy="give a name of letters, below 200 characters")
    return "entityDecision", [Triple(node, ALT_LABEL, english(further))], f"named {short(node.value)} {further!r} too"

