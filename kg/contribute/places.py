"""Where subjects and properties stand in a Turtle, TriG, N-Triples or N-Quads text, and how deep it nests.

A parser tells the line of an error only. This reads tokens, not grammar: good text is assumed, for `read` has parsed it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg import terms
from kg.contribute.handed import Node, Place
from kg.errors import KgError

ANONYMOUS = "anonymous-"
"""What the label of a node begins with that stands in square brackets; their number follows, in the order of the text."""

DEEPEST = 50
"""How many brackets may stand open at once."""

_TOKEN = re.compile(
    r'''(?P<skip>[ \t\r]+|\#[^\n]*)
    |(?P<newline>\n)
    |(?P<long>"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^'\\]|\\.|'(?!''))*\'\'\')
    |(?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    |(?P<iri><[^<>"\s]*>)
    |(?P<directive>@prefix\b|@base\b|\b(?i:PREFIX|BASE)(?=\s))
    |(?P<tail>@[A-Za-z0-9-]+|\^\^)
    |(?P<mark>[.;,\[\](){}](?![0-9]))
    |(?P<name>(?:[^\s<>"'{}\[\](),;#.]|\.(?=[^\s<>"'{}\[\](),;#]))+)
    |(?P<other>.)''',
    re.X | re.S,
)


@dataclass(slots=True)
class _Open:
    """A bracket that stands open, and the subject whose properties go on behind it."""

    mark: str
    subject: Node | None
    awaiting: str
    node: Node | None = None


def find_places(text: str, file: str) -> tuple[dict[Node, Place], dict[tuple[Node, ox.NamedNode], Place]]:
    """The places of subjects and of their properties; each the first in the text. Nodes in brackets are `ANONYMOUS`.

    Raises `KgError` where brackets nest deeper than `DEEPEST`.
    """
    subjects: dict[Node, Place] = {}
    properties: dict[tuple[Node, ox.NamedNode], Place] = {}
    prefixes: dict[str, str] = {}
    base = ""
    stack: list[_Open] = []
    anonymous: list[Node] = []
    subject: Node | None = None
    awaiting, wanted, prefix = "subject", "", ""
    for kind, token, line in _tokens(text):
        if wanted:  # @prefix name: <iri>
            if kind == "iri":
                if wanted == "prefix":
                    prefixes[prefix] = token[1:-1]
                else:
                    base = token[1:-1]
                wanted = ""
            else:
                prefix = token.removesuffix(":")
            continue
        if kind == "directive":
            wanted = token.strip("@").lower()
        elif kind == "mark" and token in "[({":
            stack.append(_Open(token, subject, awaiting))
            if len(stack) > DEEPEST:
                raise KgError(f"brackets nest deeper than {DEEPEST}", file=file, line=line, remedy="give nodes IRIs of their own")
            if token == "[":
                stack[-1].node = subject = ox.BlankNode(f"{ANONYMOUS}{len(anonymous)}")
                anonymous.append(subject)
                subjects[subject], awaiting = Place(file, line), "predicate"
            elif token == "{":
                subject, awaiting = None, "subject"
            else:
                awaiting = "object"
        elif kind == "mark" and token in "])}":
            if stack:
                opened = stack.pop()
                first = opened.awaiting == "subject"
                subject = opened.node if first else opened.subject
                awaiting = "subject" if token == "}" else "predicate" if first else opened.awaiting
        elif token == "." and kind == "mark":
            subject, awaiting = None, "subject"
        elif token == ";" and kind == "mark":
            awaiting = "predicate"
        elif kind in ("iri", "name"):
            node = _node(kind, token, prefixes, base)
            if awaiting == "subject":
                subject, awaiting = node, "predicate"
                if node is not None:
                    subjects.setdefault(node, Place(file, line))
            elif awaiting == "predicate":
                path = ox.NamedNode(terms.RDF + "type") if token == "a" else node
                if subject is not None and isinstance(path, ox.NamedNode):
                    properties.setdefault((subject, path), Place(file, line))
                awaiting = "object"
    return subjects, properties


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    line = 1
    for match in _TOKEN.finditer(text):
        kind, token = match.lastgroup or "", match[0]
        if kind == "newline":
            line += 1
        elif kind != "skip":
            yield kind, token, line
            line += token.count("\n") if kind == "long" else 0


def _node(kind: str, token: str, prefixes: dict[str, str], base: str) -> Node | None:
    """The node that a token names, None where it names none."""
    try:
        if kind == "iri":
            iri = token[1:-1]
            return ox.NamedNode(iri if ":" in iri else base + iri)
        if token.startswith("_:"):
            return ox.BlankNode(token[2:])
        prefix, colon, local = token.partition(":")
        if colon and prefix in prefixes:
            return ox.NamedNode(prefixes[prefix] + re.sub(r"\\(.)", r"\1", local))
    except ValueError:
        pass
    return None
