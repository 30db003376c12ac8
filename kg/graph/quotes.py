"""An export without the publishers' words: offsets and hashes in their place, from which whoever has the text finds them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kg import terms
from kg.graph.nodes import FACT_CLASSES, RDF_TYPE, RDFS_LABEL, bkg

QUOTE_SHA256 = bkg("quoteSha256")
WITHHELD = "sha256:"
"""What a withheld text of a role begins with; the SHA-256 of the text in UTF-8 follows."""

_MOST_WORDS = 5  # longer texts of a role are the document's own sentence, not a name for a thing
_EXACT = NamedNode(terms.OA + "exact")
_LEFT_OUT = {NamedNode(terms.OA + "prefix"), NamedNode(terms.OA + "suffix"), bkg("captured"), bkg("note")}
_TEXT_ROLES = {
    bkg(role.name) for roles in terms.FACT_TYPES.values() for role in roles if role.kind == "text" or role.open
}
_ALWAYS = bkg("content")
_END = re.compile(r" \([^()]*\)$")


def without_quotes(quads: Iterable[Quad]) -> list[Quad]:
    """The quads without quotes, their surroundings and the rules' notes on them.

    A quote leaves `bkg:quoteSha256`. What a Remark says, and any text of a role that is longer than a name, becomes
    "sha256:…"; in labels, and in the labels of claims, "[…]" stands for it.
    """
    quads = list(quads)
    withheld = _withheld_texts(quads)
    labels = _shortened_labels(quads, withheld)
    return [kept for quad in quads for kept in _without(quad, withheld, labels)]


def text_sha256(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def _withheld_texts(quads: list[Quad]) -> dict[NamedNode, set[str]]:
    """The texts that each fact has to withhold."""
    facts = {quad.subject for quad in quads if quad.predicate == RDF_TYPE and quad.object in FACT_CLASSES}
    found: dict[NamedNode, set[str]] = {}
    for quad in quads:
        if quad.subject in facts and _is_withheld(quad) and isinstance(quad.subject, NamedNode):
            found.setdefault(quad.subject, set()).add(quad.object.value)  # type: ignore[union-attr]
    return found


def _is_withheld(quad: Quad) -> bool:
    text = quad.object
    if quad.predicate not in _TEXT_ROLES or not isinstance(text, Literal):
        return False
    return quad.predicate == _ALWAYS or len(text.value.split()) > _MOST_WORDS


def _shortened_labels(quads: list[Quad], withheld: dict[NamedNode, set[str]]) -> dict[str, str]:
    """The labels that hold a withheld text, each with its shorter form."""
    return {
        quad.object.value: _shorten(quad.object.value, withheld[quad.subject])
        for quad in quads
        if quad.predicate == RDFS_LABEL and quad.subject in withheld and isinstance(quad.object, Literal)
        and isinstance(quad.subject, NamedNode)
    }  # fmt: skip


def _shorten(label: str, texts: set[str]) -> str:
    for text in sorted(texts, key=lambda text: (-len(text), text)):
        words = " ".join(text.split())
        at = label.casefold().find(words.casefold())
        if at >= 0:
            label = label[:at] + "[…]" + label[at + len(words) :]
            continue
        start = " ".join(words.split()[:3]).casefold()  # a long label was cut: all from there on is the text, but for the end
        at = label.casefold().find(start)
        if at >= 0:
            end = _END.search(label, at)
            label = label[:at] + "[…]" + (end[0] if end else "")
    return label


def _without(quad: Quad, withheld: dict[NamedNode, set[str]], labels: dict[str, str]) -> Iterator[Quad]:
    value = quad.object
    if quad.predicate in _LEFT_OUT:
        return
    if not isinstance(value, Literal):
        yield quad
    elif quad.predicate == _EXACT:
        yield Quad(quad.subject, QUOTE_SHA256, Literal(text_sha256(value.value)), quad.graph_name)
    elif quad.predicate == RDFS_LABEL and value.value in labels:
        yield Quad(quad.subject, RDFS_LABEL, Literal(labels[value.value], language=value.language), quad.graph_name)
    elif quad.subject in withheld and _is_withheld(quad):
        yield Quad(quad.subject, quad.predicate, Literal(WITHHELD + text_sha256(value.value)), quad.graph_name)
    else:
        yield quad
