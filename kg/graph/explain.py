"""Why a fact stands in the graph: its words in their sentence, the rule, what it captured, how the rest came about."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Store

from kg import terms
from kg.errors import KgError
from kg.graph.nodes import DERIVED_FROM, FACT_CLASSES, GENERATED_BY, HAS_SOURCE, IDENTIFIER, RDF_TYPE, RDFS_LABEL, bkg
from kg.graph.store import document_text, open_store
from kg.text import find_sentences

TITLE = NamedNode(terms.DCTERMS + "title")
SHORTEST = 4
"""How many characters are taken for the beginning of a fact's name, at least."""


def explain_fact(directory: Path, name: str) -> str:
    """The explanation of one fact, named by its IRI, ``fact:...`` or the first digits of it.

    Raises `KgError` where it names no fact, or several.
    """
    store = open_store(directory)
    fact = find_fact(store, name)
    lines = [_value(store, fact, RDFS_LABEL) or fact.value, f"  {fact.value}"]
    lines += [f"  {role} = {value}" for role, value in _roles(store, fact)]
    for evidence in _nodes(store, fact, DERIVED_FROM):
        lines += ["", *_sentence(directory, store, evidence)]
    for activity in _nodes(store, fact, GENERATED_BY):
        rule = _value(store, activity, bkg("rule"))
        if rule:
            lines += ["", f"rule {rule}, version {_value(store, activity, bkg('ruleVersion'))}"]
        else:
            who = _value(store, activity, NamedNode(terms.DCTERMS + "creator"))
            when = _value(store, activity, NamedNode(terms.DCTERMS + "created"))
            lines += ["", f"contributed by {who}, {when}" if who else "made by", f"  {activity.value}"]
            lines += [f"  {text}" for text in _texts(store, activity, NamedNode(terms.RDFS + "comment"))]
        lines += [f"  captured {text}" for text in _texts(store, activity, bkg("captured"))]
        lines += [f"  {text}" for text in _texts(store, activity, bkg("note"))]
    return "\n".join(lines) + "\n"


def find_fact(store: Store, name: str) -> NamedNode:
    """The fact of this name. Raises `KgError` where there is none, or several begin so."""
    found = facts_called(facts_in(store), name)
    if not found and len(_key(name)) < SHORTEST:
        raise KgError(f"{name!r} is too short to name a fact", remedy=f"write at least {SHORTEST} characters of it")
    if not found:
        raise KgError(f"no fact {name!r} in the graph", remedy="kg query writes facts as fact:...; copy one")
    return NamedNode(found[0])


def facts_in(store: Store) -> set[str]:
    """The IRIs of all facts of the store."""
    quads = (quad for node in FACT_CLASSES for quad in store.quads_for_pattern(None, RDF_TYPE, node, None))
    return {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}


def facts_called(facts: Iterable[str], name: str) -> list[str]:
    """The fact of this name among these, named by its IRI, ``fact:...`` or the first characters behind it; none where there is none.

    Raises `KgError` where several begin so.
    """
    key = _key(name)
    begun = sorted(fact for fact in set(facts) if fact == key or fact.removeprefix(terms.FACT).startswith(key))
    exact = [fact for fact in begun if fact.removeprefix(terms.FACT) == key]
    if exact or len(key) < SHORTEST:
        return exact
    if len(begun) > 1:
        shown = ", ".join(f"fact:{fact.removeprefix(terms.FACT)}" if fact.startswith(terms.FACT) else fact for fact in begun[:5])
        raise KgError(f"{len(begun)} facts begin with {key}", remedy=f"write more of it: {shown}{', ...' if begun[5:] else ''}")
    return begun


def _key(name: str) -> str:
    return name.strip("<>").removeprefix(terms.FACT).removeprefix("fact:")


def _roles(store: Store, fact: NamedNode) -> list[tuple[str, str]]:
    found = []
    for quad in store.quads_for_pattern(fact, None, None, None):
        if quad.predicate.value.startswith(terms.BKG) and quad.predicate != bkg("claim"):
            value = quad.object.value if isinstance(quad.object, Literal) else _label(store, quad.object)
            found.append((quad.predicate.value.removeprefix(terms.BKG), value))
    return sorted(found)


def _label(store: Store, node: object) -> str:
    if not isinstance(node, NamedNode):
        return str(node)
    label = _value(store, node, NamedNode(terms.SKOS + "prefLabel"))
    return label or node.value.removeprefix(terms.BKG)


def _sentence(directory: Path, store: Store, evidence: NamedNode) -> list[str]:
    """The sentence or sentences that the evidence stands in, with the evidence marked, under the document's name."""
    document = next(iter(_nodes(store, evidence, HAS_SOURCE)), None)
    if document is None:
        return [evidence.value]
    start = end = 0
    for selector in _nodes(store, evidence, NamedNode(terms.OA + "hasSelector")):
        start = int(_value(store, selector, NamedNode(terms.OA + "start")) or start)
        end = int(_value(store, selector, NamedNode(terms.OA + "end")) or end)
    if end <= start:  # a source that the graph has no text of
        return [f"source: {_value(store, document, TITLE) or document.value}"]
    text = document_text(directory, document.value.removeprefix(terms.DOC))
    around = [s for s in find_sentences(text) if s.start < end and start < s.end]
    first = min([start, *(sentence.start for sentence in around)])
    last = max([end, *(sentence.end for sentence in around)])
    marked = f"{text[first:start]}>>{text[start:end]}<<{text[end:last]}"
    return [f"{_value(store, document, IDENTIFIER)}, {start}-{end}:", f"  {' '.join(marked.split())}"]


def _nodes(store: Store, subject: NamedNode, predicate: NamedNode) -> list[NamedNode]:
    found = {q.object for q in store.quads_for_pattern(subject, predicate, None, None)}
    return sorted((node for node in found if isinstance(node, NamedNode)), key=str)


def _texts(store: Store, subject: NamedNode, predicate: NamedNode) -> list[str]:
    found = {q.object for q in store.quads_for_pattern(subject, predicate, None, None)}
    return sorted(node.value for node in found if isinstance(node, Literal))


def _value(store: Store, subject: NamedNode, predicate: NamedNode) -> str:
    return next(iter(_texts(store, subject, predicate)), "")
