"""Ways in: the statements of a file, each with its place. Bounded: size, nesting, length of texts, kinds of IRIs."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.contribute.handed import Handed, Node, Place, Statement
from kg.contribute.places import ANONYMOUS, DEEPEST, find_places
from kg.errors import KgError

MOST_BYTES = 64 * 1024 * 1024
"""The largest file that is read."""

LONGEST = 100_000
"""The longest text, in characters."""

SUFFIXES = {
    ".ttl": ox.RdfFormat.TURTLE, ".trig": ox.RdfFormat.TRIG, ".nt": ox.RdfFormat.N_TRIPLES, ".nq": ox.RdfFormat.N_QUADS,
    ".jsonld": ox.RdfFormat.JSON_LD, ".json": ox.RdfFormat.JSON_LD,
}  # fmt: skip
TABLES = (".csv", ".tsv", ".xlsx")

_IRI_SCHEMES = ("http", "https", "urn", "mailto", "doi", "info", "tag")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
"""Control characters and those that turn the direction of writing: they show a reader other words than the data hold."""


def read_bytes(path: Path) -> bytes:
    """The content of a file that is handed in. Raises `KgError` where it is missing, too large or no ordinary file."""
    try:
        if path.exists() and not path.is_file():
            raise KgError("is no ordinary file", file=path, remedy="give a file")
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise KgError(
                f"is too large ({size // 1_000_000:,} MB; at most {MOST_BYTES // 1_000_000} MB)", file=path,
                remedy="split it into smaller files",
            )  # fmt: skip
        return path.read_bytes()
    except OSError as error:
        raise KgError(f"cannot be read ({error.strerror})", file=path, remedy="check the path and its permissions") from None


def read_rdf(path: Path) -> Handed:
    """The statements of an RDF file; named graphs are merged. Raises `KgError` with line and column where it is broken."""
    form = SUFFIXES.get(path.suffix.lower())
    if form is None:
        raise KgError(f"no way in for a file that ends in {path.suffix!r}", file=path, remedy=_remedy(path.suffix.lower()))
    data = read_bytes(path)
    return read_rdf_text(data, form, str(path))


def read_rdf_text(data: bytes, form: ox.RdfFormat, file: str) -> Handed:
    """The statements of RDF data in one of the formats of `SUFFIXES`; `file` is only told in messages."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise KgError("is no UTF-8", file=file, line=line, remedy="save it as UTF-8") from None
    properties: dict[tuple[Node, ox.NamedNode], Place] = {}
    if form == ox.RdfFormat.JSON_LD:
        subjects = _places_of_json(text, file)
    else:
        subjects, properties = find_places(text, file)
    statements = _named_as_found(_parse(text, form, file), subjects)
    for subject, predicate, value in statements:
        place = properties.get((subject, predicate)) or subjects.get(subject) or Place(file)
        for term in (subject, predicate, value):
            _check_term(term, place)
    return Handed(file, hashlib.sha256(data).hexdigest(), statements, subjects, properties)


def _parse(text: str, form: ox.RdfFormat, file: str) -> tuple[Statement, ...]:
    try:
        found = []
        for quad in ox.parse(text.encode(), format=form):
            if isinstance(quad.subject, ox.Triple) or isinstance(quad.object, ox.Triple):
                raise KgError("a statement about a statement (RDF 1.2)", file=file, remedy="give it a node of its own")
            found.append((quad.subject, quad.predicate, quad.object))
        return tuple(dict.fromkeys(found))
    except SyntaxError as error:
        column = f" at column {error.offset}" if error.offset else ""
        raise KgError(f"{error.msg}{column}", file=file, line=error.lineno, remedy="mend the line") from None
    except ValueError as error:
        raise KgError(str(error), file=file, remedy="mend the file") from None


def _named_as_found(statements: tuple[Statement, ...], subjects: dict[Node, Place]) -> tuple[Statement, ...]:
    """The statements with the parser's own blank nodes named as `find_places` does, where the two can be matched."""
    wanted = [node for node in subjects if isinstance(node, ox.BlankNode) and node.value.startswith(ANONYMOUS)]
    blank = (part for statement in statements for part in (statement[0], statement[2]) if isinstance(part, ox.BlankNode))
    found = [node for node in dict.fromkeys(blank) if node not in subjects]
    if len(wanted) != len(found):  # lists make blank nodes too
        return statements
    names: dict[Node | ox.Literal, Node] = dict(zip(found, wanted, strict=True))
    return tuple((names.get(s, s), p, names.get(o, o)) for s, p, o in statements)


def _check_term(term: Node | ox.Literal, place: Place) -> None:
    where = {"file": place.file, "line": place.line or None}
    if isinstance(term, ox.Literal):
        if len(term.value) > LONGEST:
            raise KgError(
                f"a text of {len(term.value):,} characters (at most {LONGEST:,})", **where, remedy="shorten it"  # type: ignore[arg-type]
            )
        if bad := _CONTROL.search(term.value):
            raise KgError(
                f"a text with the invisible character U+{ord(bad[0]):04X}: {shown(term.value)!r}", **where,  # type: ignore[arg-type]
                remedy="take the character out",
            )  # fmt: skip
    elif isinstance(term, ox.NamedNode):
        scheme = term.value.partition(":")[0].lower()
        if scheme not in _IRI_SCHEMES:
            raise KgError(
                f"the IRI {shown(term.value)} begins with {scheme}:", **where,  # type: ignore[arg-type]
                remedy=f"use one of {', '.join(s + ':' for s in _IRI_SCHEMES)}",
            )  # fmt: skip
        if _CONTROL.search(term.value) or "/../" in term.value or len(term.value) > 2000:
            raise KgError(f"the IRI {shown(term.value)} is none to keep", **where, remedy="give a plain one")  # type: ignore[arg-type]


def control_in(text: str) -> str:
    """The first character of the text that nobody sees, "" where there is none."""
    bad = _CONTROL.search(text)
    return bad[0] if bad else ""


def shown(text: str, most: int = 80) -> str:
    """The beginning of a text that a message can quote: one line, nothing invisible."""
    plain = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", " ".join(text.split()))
    return plain if len(plain) <= most else plain[: most - 1] + "…"


def _remedy(suffix: str) -> str:
    if suffix in (".rdf", ".xml", ".owl"):
        return "RDF/XML is no way in (it can name files and expand without end): convert it to Turtle"
    return f"give one of {', '.join((*SUFFIXES, *TABLES))}"


def _places_of_json(text: str, file: str) -> dict[Node, Place]:
    """The lines of all "@id"; the context checked: it must stand in the file itself."""
    deepest = depth = 0
    for match in re.finditer(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', text):
        if match[0] in "[{":
            depth += 1
            deepest = max(deepest, depth)
            if deepest > DEEPEST:
                line = text.count("\n", 0, match.start()) + 1
                raise KgError(f"brackets nest deeper than {DEEPEST}", file=file, line=line, remedy="flatten it")
        elif match[0] in "]}":
            depth -= 1
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        raise KgError(f"{error.msg} at column {error.colno}", file=file, line=error.lineno, remedy="mend the line") from None
    _check_contexts(content, text, file)
    prefixes = _json_prefixes(content)
    found: dict[Node, Place] = {}
    for match in re.finditer(r'"@id"\s*:\s*"((?:[^"\\]|\\.)*)"', text):
        iri = json.loads(f'"{match[1]}"')
        prefix, _, local = iri.partition(":")
        line = text.count("\n", 0, match.start()) + 1
        try:
            node: Node = ox.BlankNode(local) if prefix == "_" else ox.NamedNode(prefixes.get(prefix, prefix + ":") + local)
        except ValueError:
            continue
        found.setdefault(node, Place(file, line))
    return found


def _check_contexts(content: Any, text: str, file: str) -> None:
    if isinstance(content, list):
        for each in content:
            _check_contexts(each, text, file)
    elif isinstance(content, dict):
        for key, value in content.items():
            contexts = value if isinstance(value, list) else [value]
            remote = [each for each in contexts if isinstance(each, str)] if key == "@context" else []
            remote += [value] if key == "@import" else []
            if remote:
                line = text.count("\n", 0, max(text.find(json.dumps(remote[0])), 0)) + 1
                raise KgError(
                    f"the context {shown(str(remote[0]))} lies elsewhere", file=file, line=line,
                    remedy="write the context into the file: nothing is fetched",
                )  # fmt: skip
            _check_contexts(value, text, file)


def _json_prefixes(content: Any) -> dict[str, str]:
    """The prefixes of the file's first context."""
    first = content[0] if isinstance(content, list) and content else content
    contexts = first.get("@context", {}) if isinstance(first, dict) else {}
    found: dict[str, str] = {}
    for context in contexts if isinstance(contexts, list) else [contexts]:
        if isinstance(context, dict):
            found |= {key: value for key, value in context.items() if isinstance(value, str) and not key.startswith("@")}
    return found
