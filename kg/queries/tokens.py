"""The tokens of a SPARQL query: enough to find a parameter's place and to refuse what a query here must not do.

A word inside a string, an IRI or a comment is no keyword, so nothing is ever searched for as plain text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.errors import QueryError
from kg.terms import DOC, GRAPH

_ECHAR = r"\\[tbnrf\"'\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_LOCAL_ESCAPE = r"\\[_~.\-!$&'()*+,;=/?#@%]"
_KINDS: tuple[tuple[str, str], ...] = (
    ("space", r"\s+"),
    ("comment", r"#[^\r\n]*"),
    ("iri", r"<[^<>\"{}|^`\\\x00-\x20]*>"),
    ("string", rf'"""(?:(?:"|"")?(?:[^"\\]|{_ECHAR}))*"""'),
    ("string", rf"'''(?:(?:'|'')?(?:[^'\\]|{_ECHAR}))*'''"),
    ("string", rf'"(?:[^"\\\r\n]|{_ECHAR})*"'),
    ("string", rf"'(?:[^'\\\r\n]|{_ECHAR})*'"),
    ("language", r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*"),
    ("blank", r"_:\w(?:[\w.\-]*[\w\-])?"),
    ("name", rf"(?:[^\W\d_](?:[\w.\-]*[\w\-])?)?:(?:(?:[\w:]|%[0-9A-Fa-f]{{2}}|{_LOCAL_ESCAPE})"
             rf"(?:(?:[\w:.\-]|%[0-9A-Fa-f]{{2}}|{_LOCAL_ESCAPE})*(?:[\w:\-]|%[0-9A-Fa-f]{{2}}|{_LOCAL_ESCAPE}))?)?"),
    ("variable", r"[?$]\w+"),
    ("number", r"(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"),
    ("word", r"[^\W\d]\w*"),
    ("sign", r"\^\^|&&|\|\||!=|<=|>=|[-{}()\[\].,;*/|^+?!=<>]"),
)
_TOKEN = re.compile("|".join(f"(?P<{kind}_{i}>{pattern})" for i, (kind, pattern) in enumerate(_KINDS)))
_ESCAPED = re.compile(r"\\[uU]")
# "?a<?b)SERVICE:x#>" is an IRI to a tokenizer and a comparison to a parser: a SERVICE must not hide in it.
_HIDDEN = re.compile(r"\).*\b(?:SERVICE|FROM|LOAD)\b", re.IGNORECASE)
_UPDATES = frozenset({"LOAD", "INSERT", "DELETE", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD", "WITH", "USING"})


@dataclass(frozen=True, slots=True)
class SparqlToken:
    """One token. ``kind``: iri, string, language, blank, name (prefixed), variable, number, word, sign.

    Offsets: 0-based code points, end exclusive. ``line`` and ``column`` are 1-based.
    """

    kind: str
    text: str
    start: int
    end: int
    line: int
    column: int

    @property
    def word(self) -> str:
        """The keyword in upper case, "" where the token is no bare word."""
        return self.text.upper() if self.kind == "word" else ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a parameter stands: the one term inside ``VALUES ?name { term }``. Offsets as in `SparqlToken`."""

    name: str
    term: str
    start: int
    end: int
    line: int


@lru_cache(maxsize=512)  # saved queries are asked again and again
def find_tokens(text: str, file: str = "the query") -> tuple[SparqlToken, ...]:
    """The tokens of a query in text order, without spaces and comments.

    Raises `QueryError` where no token can start (an unclosed string, a stray character).
    """
    return tuple(_scan(text, file))


def _scan(text: str, file: str) -> Iterator[SparqlToken]:
    position, line, line_start = 0, 1, 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise QueryError(
                f"column {position - line_start + 1}: no SPARQL token begins with {text[position:position + 12]!r}",
                file=file, line=line, remedy="close the string or IRI that begins here, or take the character out",
            )
        kind = str(match.lastgroup).partition("_")[0]
        if kind not in {"space", "comment"}:
            yield SparqlToken(kind, match.group(), position, match.end(), line, position - line_start + 1)
        breaks = match.group().count("\n")
        if breaks:
            line += breaks
            line_start = text.rindex("\n", 0, match.end()) + 1
        position = match.end()


def declared_prefixes(tokens: Iterable[SparqlToken]) -> dict[str, str]:
    """The prefixes that the query declares itself: prefix (without colon) -> IRI."""
    items = list(tokens)
    return {
        name.text[:-1]: iri.text[1:-1]
        for keyword, name, iri in zip(items, items[1:], items[2:], strict=False)
        if keyword.word == "PREFIX" and name.kind == "name" and iri.kind == "iri"
    }


def used_prefixes(tokens: Iterable[SparqlToken]) -> dict[str, SparqlToken]:
    """The prefixes that the query uses (without colon), each with the first token that uses it."""
    found: dict[str, SparqlToken] = {}
    before = ""
    for token in tokens:
        if token.kind == "name" and before != "PREFIX":
            found.setdefault(token.text.partition(":")[0], token)
        before = token.word
    return found


def find_places(tokens: Iterable[SparqlToken]) -> tuple[Place, ...]:
    """The places of all parameters: every ``VALUES ?name { term }`` with exactly one term, in text order."""
    items = list(tokens)
    places = []
    for i, token in enumerate(items[:-3]):
        if token.word != "VALUES" or items[i + 1].kind != "variable" or items[i + 2].text != "{":
            continue
        last = _end_of_term(items, i + 3)
        if last is not None and last + 1 < len(items) and items[last + 1].text == "}":
            inside = items[i + 3:last + 1]
            places.append(Place(
                items[i + 1].text[1:], "".join(t.text for t in inside), inside[0].start, inside[-1].end, token.line))
    return tuple(places)


def _end_of_term(items: list[SparqlToken], first: int) -> int | None:
    """The index of the last token of the term that begins at `first`, None where no term does."""
    token = items[first] if first < len(items) else None
    if token is None:
        return None
    if token.kind in {"iri", "name", "number"} or token.word in {"UNDEF", "TRUE", "FALSE"}:
        return first
    if token.text in {"+", "-"}:
        return first + 1 if first + 1 < len(items) and items[first + 1].kind == "number" else None
    if token.kind != "string":
        return None
    if first + 1 < len(items) and items[first + 1].kind == "language":
        return first + 1
    if first + 2 < len(items) and items[first + 1].text == "^^" and items[first + 2].kind in {"iri", "name"}:
        return first + 2
    return first


def is_own_graph(iri: str) -> bool:
    """Whether the IRI looks like one of a named graph of this program's stores."""
    return iri.startswith((GRAPH, DOC))


def refuse_forbidden(
    text: str, prefixes: dict[str, str], file: str = "the query", is_graph: Callable[[str], bool] = is_own_graph
) -> tuple[SparqlToken, ...]:
    """The tokens of a query that only reads this graph; `prefixes` are those known without declaration.

    Raises `QueryError` for SERVICE, updates, FROM of anything but the graph's own named graphs, undeclared prefixes,
    and escapes outside strings, which some engines would turn into keywords.
    """
    tokens = find_tokens(text, file)
    known = prefixes | declared_prefixes(tokens)
    for prefix, token in used_prefixes(tokens).items():
        if prefix not in known:
            raise QueryError(
                f"column {token.column}: the prefix {prefix!r}: is not declared", file=file, line=token.line,
                remedy=f"add PREFIX {prefix}: <...>, or use one of {', '.join(sorted(prefixes))}",
            )
    for i, token in enumerate(tokens):
        _refuse(token, file)
        if token.word == "FROM":
            at = i + 2 if i + 1 < len(tokens) and tokens[i + 1].word == "NAMED" else i + 1
            _refuse_foreign(tokens[at] if at < len(tokens) else token, known, file, is_graph)
    return tokens


def _refuse(token: SparqlToken, file: str) -> None:
    hidden = token.kind == "iri" and _HIDDEN.search(token.text)
    if token.word == "SERVICE" or hidden:
        raise QueryError(f"column {token.column}: SERVICE would ask another server", file=file, line=token.line,
                         remedy="ask only this graph")
    if token.word in _UPDATES:
        raise QueryError(f"column {token.column}: {token.word} would change the graph", file=file, line=token.line,
                         remedy="a query only reads: use SELECT, ASK, CONSTRUCT or DESCRIBE")


def _refuse_foreign(token: SparqlToken, prefixes: dict[str, str], file: str, is_graph: Callable[[str], bool]) -> None:
    iri = token.text[1:-1] if token.kind == "iri" else ""
    if token.kind == "name":
        prefix, _, local = token.text.partition(":")
        iri = prefixes.get(prefix, "") + local
    if not iri or not is_graph(iri):
        raise QueryError(f"column {token.column}: FROM names no graph of this store", file=file, line=token.line,
                         remedy="leave FROM out: a query asks all graphs of the store together")


def has_unicode_escapes(text: str) -> bool:
    r"""Whether the text holds ``\u`` or ``\U``, which rdflib expands before it reads the query."""
    return bool(_ESCAPED.search(text))
