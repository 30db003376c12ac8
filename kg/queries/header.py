"""The saved queries: the `#+` header of a `.rq` file is its documentation, read here and held to its query."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import pyoxigraph as ox
import yaml

from kg.errors import QueryError
from kg.queries.tokens import SparqlToken, find_places, refuse_forbidden
from kg.resources import folder as package_folder

KINDS = ("question", "check", "derive")
TYPES = ("entity", "state", "document", "fact", "concept", "status", "type", "date", "text", "number")

_KEYS = ("title", "question", "tags", "kind", "params", "sample", "rows", "note")
_NEEDED = ("title", "question", "sample", "rows")
_PARAMETER_KEYS = ("type", "default", "scheme", "edge", "note")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a saved query.

    ``default`` is the term as the query writes it, "" where the query leaves it open (``UNDEF``: any value will do).
    ``scheme`` narrows a concept to one scheme ("sector"). ``edge`` says which day of a coarser date is meant: "2018" is
    2018-01-01 with "start", 2018-12-31 with "end".
    """

    name: str
    type: str
    default: str = ""
    scheme: str = ""
    edge: str = "start"
    note: str = ""


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """One file of `queries/`: what it asks, its parameters, the rows it gives on its sample, and the SPARQL text."""

    name: str
    title: str
    question: str
    kind: str
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    sample: str
    rows: tuple[str, ...]
    text: str
    file: str
    note: str = ""

    def parameter(self, name: str) -> Parameter | None:
        """The parameter of that name, None where the query has no such parameter."""
        return next((p for p in self.parameters if p.name == name), None)


def load_queries(folder: Path | None = None) -> tuple[SavedQuery, ...]:
    """All saved queries of a folder (default: those that come with the package), by name.

    Raises `QueryError` with file and line for a broken header or query.
    """
    return _package_queries() if folder is None else _read_folder(folder)


@lru_cache(maxsize=1)  # they do not change while the program runs, and reading them takes half a second
def _package_queries() -> tuple[SavedQuery, ...]:
    return _read_folder(package_folder("queries"))


def _read_folder(folder: Path) -> tuple[SavedQuery, ...]:
    return tuple(read_query(path) for path in sorted(folder.glob("*.rq")))


def find_query(name: str, queries: Iterable[SavedQuery]) -> SavedQuery:
    """The saved query of that name. Raises `QueryError` with the nearest names."""
    known = {query.name: query for query in queries}
    if name in known:
        return known[name]
    near = get_close_matches(name, known, 3, 0.5)
    near += [other for other in known if name.lower() in other and other not in near][:5]
    raise QueryError(f"no saved query is called {name!r}",
                     remedy=f"did you mean {', '.join(near)}?" if near else "list them with: kg queries")


def has_header(text: str) -> bool:
    """Whether the text of a query begins with the header of a saved query."""
    return text.lstrip("\ufeff \t\r\n").startswith("#+")


def read_query(path: Path) -> SavedQuery:
    """The saved query of one file. Raises `QueryError` with file and line where the header or the query is broken."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise QueryError(f"cannot be read: {reason}", file=path, remedy="give a readable UTF-8 file") from error
    return make_query(path.stem, text, str(path))


def make_query(name: str, text: str, file: str) -> SavedQuery:
    """The saved query that this text is. Raises `QueryError` as `read_query` does."""
    header = _Header(text, file)
    query = SavedQuery(
        name, header.text("title"), header.text("question"), header.text("kind") or "question", header.list("tags"),
        header.parameters(), header.text("sample"), header.list("rows"), text, file, header.text("note"),
    )
    if query.kind not in KINDS:
        raise header.error(f"kind {query.kind!r} is unknown", "kind", f"write one of {', '.join(KINDS)}")
    _check_text(query, header)
    return query


class _Header:
    """The YAML of the leading `#+` lines, with the file line of every key."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        lines = text.split("\n")
        count = next((i for i, line in enumerate(lines) if not line.startswith("#+")), len(lines))
        if not count:
            raise QueryError("the header is missing", file=file, line=1, remedy="begin the file with '#+ title: ...'")
        source = "\n".join(line[2:].removeprefix(" ").rstrip("\r") for line in lines[:count])
        self.lines: dict[str, int] = {}
        try:
            node = yaml.compose(source, Loader=yaml.BaseLoader)
            data = yaml.load(source, Loader=yaml.BaseLoader)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            raise QueryError(f"the header is no valid YAML: {error.problem}", file=file, line=line,
                             remedy="quote a value that holds ': ' or begins with a bracket") from error
        if not isinstance(data, dict) or not isinstance(node, yaml.MappingNode):
            raise QueryError("the header is no list of 'key: value'", file=file, line=1, remedy="write '#+ title: ...'")
        self.data = data
        self._note_lines(node, "")
        for key in data:
            if key not in _KEYS:
                raise self.error(f"unknown key {key!r}", key, f"use one of {', '.join(_KEYS)}")
        for key in _NEEDED:
            if key not in data or (key != "rows" and not data[key]):
                raise QueryError(f"the header has no {key!r}", file=file, line=1, remedy=f"add '#+ {key}: ...'")

    def _note_lines(self, node: yaml.MappingNode, path: str) -> None:
        for key, value in node.value:
            self.lines[path + key.value] = key.start_mark.line + 1
            if isinstance(value, yaml.MappingNode):
                self._note_lines(value, f"{path}{key.value}/")

    def error(self, what: str, key: str, remedy: str) -> QueryError:
        """The error that points at the line of this key ("params/a")."""
        return QueryError(what, file=self.file, line=self.lines.get(key, 1), remedy=remedy)

    def text(self, key: str) -> str:
        """The text of a key, "" where it is absent."""
        value = self.data.get(key, "")
        if not isinstance(value, str):
            raise self.error(f"{key!r} is no text", key, "write one line of text, quoted if it holds a bracket")
        return value

    def list(self, key: str) -> tuple[str, ...]:
        """The texts of a list, in order."""
        value = self.data.get(key) or []
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.error(f"{key!r} is no list of texts", key, f"write '{key}: [\"...\", \"...\"]'")
        return tuple(value)

    def parameters(self) -> tuple[Parameter, ...]:
        """The parameters in the order of the header."""
        value = self.data.get("params") or {}
        if not isinstance(value, dict):
            raise self.error("'params' names no parameters", "params", "write 'a: {type: state, default: ent:france}'")
        return tuple(self._parameter(name, spec) for name, spec in value.items())

    def _parameter(self, name: str, spec: object) -> Parameter:
        key = f"params/{name}"
        if not isinstance(spec, dict) or not all(isinstance(item, str) for item in spec.values()):
            raise self.error(f"parameter {name!r} has no type", key, "write '{type: state, default: ent:france}'")
        for word in spec:
            if word not in _PARAMETER_KEYS:
                raise self.error(f"parameter {name!r}: unknown key {word!r}", key,
                                 f"use one of {', '.join(_PARAMETER_KEYS)}")
        if spec.get("type") not in TYPES:
            raise self.error(f"parameter {name!r}: unknown type {spec.get('type')!r}", key,
                             f"use one of {', '.join(TYPES)}")
        if spec.get("edge", "start") not in {"start", "end"}:
            raise self.error(f"parameter {name!r}: edge is start or end", key, "write 'edge: end'")
        return Parameter(name, spec["type"], spec.get("default", ""), spec.get("scheme", ""),
                         spec.get("edge", "start"), spec.get("note", ""))


def _check_text(query: SavedQuery, header: _Header) -> None:
    """Hold the SPARQL to its header: own prefixes, parameters in their places, the right form, a total order."""
    tokens = refuse_forbidden(query.text, {}, query.file)
    _check_places(query, tokens, header)
    form = next((t for t in tokens if t.word in {"SELECT", "CONSTRUCT", "ASK", "DESCRIBE"}), None)
    wanted = "CONSTRUCT" if query.kind == "derive" else "SELECT"
    if form is None or form.word != wanted:
        raise QueryError(f"a query of kind {query.kind} is a {wanted}", file=query.file, line=form.line if form else 1,
                         remedy=f"write {wanted}, or another kind")
    if wanted == "SELECT" and not _is_ordered(tokens):
        raise QueryError("the rows have no order", file=query.file, line=tokens[-1].line,
                         remedy="end the query with ORDER BY, so that the same graph gives the same answer")
    try:
        ox.Store().query(query.text)
    except SyntaxError as error:
        raise syntax_error(error, query.text, query.file) from error


def _check_places(query: SavedQuery, tokens: tuple[SparqlToken, ...], header: _Header) -> None:
    places = find_places(tokens)
    for parameter in query.parameters:
        mine = [place for place in places if place.name == parameter.name]
        if not mine:
            raise header.error(f"parameter {parameter.name!r} has no place in the query", f"params/{parameter.name}",
                               f"write VALUES ?{parameter.name} {{ {parameter.default or 'UNDEF'} }} in the query")
        for place in mine:
            if not _same_term(place.term, parameter.default or "UNDEF"):
                raise QueryError(
                    f"?{place.name} stands for {place.term} here and for {parameter.default or 'UNDEF'} in the header",
                    file=query.file, line=place.line, remedy="write the same default in both")


def _same_term(written: str, default: str) -> bool:
    """Whether the query writes this default: the term itself, or a literal of that text."""
    return default in (written, written.rpartition("^^")[0].strip("\"'"), written.strip("\"'"))


def _is_ordered(tokens: tuple[SparqlToken, ...]) -> bool:
    """Whether an ORDER BY stands outside every brace."""
    depth = 0
    for token, after in pairwise(tokens):
        depth += (token.text == "{") - (token.text == "}")
        if depth == 0 and token.word == "ORDER" and after.word == "BY":
            return True
    return False


def _around(line: str, column: int) -> str:
    """The words around a column (from 1), none of them cut at its beginning."""
    start = max(0, column - 12)
    while start and start < column - 1 and not line[start - 1].isspace():
        start += 1
    return line[start:column + 12].strip()


def syntax_error(error: SyntaxError, text: str, file: str) -> QueryError:
    """The engine's complaint as a `QueryError` with line, column and what stands there."""
    _, _, rest = str(error).partition("error at ")
    place, _, expected = rest.partition(": ")
    line, column = (int(n) for n in place.split(":")) if place.replace(":", "").isdigit() else (1, 1)
    lines = text.split("\n")
    near = _around(lines[line - 1], column) if line <= len(lines) else ""
    wanted = expected.removeprefix("expected ").removeprefix("one of ")
    short = wanted if 0 < len(wanted) <= 60 and "[" not in wanted else ""
    return QueryError(
        f"column {column}: this is no valid SPARQL" + (f" near {near!r}" if near else ": it ends too early"),
        file=file, line=line,
        remedy=f"expected {short}" if short else "look for a missing dot, brace or variable before it",
    )
