"""Results as text: tables for people, CSV, TSV, JSON and XML for programs, Turtle and N-Triples for graphs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

from kg.errors import QueryError
from kg.queries.engine import MODEL_PREFIXES, Result, compact
from kg.queries.names import find_facts, find_labels
from kg.terms import XSD

if TYPE_CHECKING:
    from kg.queries.engine import Row, Store, Term

_NUMBERS = {XSD + name for name in ("integer", "decimal", "double", "float")}


def render(result: Result, format: str = "table", store: Store | None = None) -> str:
    """The result as text, ending in a line break; the same result gives the same text.

    ``table`` and ``markdown`` are for people: with a store, IRIs stand by their labels, but facts by their short IRI,
    which `kg explain` takes. ``csv``, ``tsv``, ``json``, ``xml`` are the W3C's SPARQL result formats, ``jsonl`` one
    plain object per row. ``turtle`` and ``ntriples`` are for triples (CONSTRUCT, DESCRIBE) only.

    Raises `QueryError` for an unknown format, or one that does not fit the result.
    """
    if format not in FORMATS:
        raise QueryError(f"no format is called {format!r}", remedy=f"use one of {', '.join(FORMATS)}")
    if format in {"turtle", "ntriples"} and result.form != "construct":
        raise QueryError(f"{format} is for triples and this query gives rows",
                         remedy="use CONSTRUCT, or the format table, csv, tsv, json, jsonl, xml or markdown")
    return FORMATS[format](result, store)


def _cells(result: Result, store: Store | None) -> list[list[str]]:
    """Every row as people read it: labels, short IRIs, plain text on one line."""
    if store is None:
        return [[_cell(term, {}) for term in row] for row in result.rows]
    nodes = {t for row in result.rows for t in row if isinstance(t, ox.NamedNode)}
    labels = find_labels(store, nodes - find_facts(store, nodes))
    return [[_cell(term, labels) for term in row] for row in result.rows]


def _cell(term: Term | None, labels: dict[ox.NamedNode, str]) -> str:
    text = labels.get(term) if isinstance(term, ox.NamedNode) else None
    return " ".join((compact(term) if text is None else text).split())


def _is_number(result: Result, column: int) -> bool:
    terms = [row[column] for row in result.rows if row[column] is not None]
    return bool(terms) and all(isinstance(t, ox.Literal) and t.datatype.value in _NUMBERS for t in terms)


def _table(result: Result, store: Store | None) -> str:
    if result.form == "ask":
        return "yes\n" if result.answer else "no\n"
    cells = _cells(result, store)
    widths = [max([len(name)] + [len(row[i]) for row in cells]) for i, name in enumerate(result.columns)]
    right = [_is_number(result, i) for i in range(len(widths))]

    def line(texts: list[str] | tuple[str, ...]) -> str:
        padded = (t.rjust(w) if r else t.ljust(w) for t, w, r in zip(texts, widths, right, strict=True))
        return "  ".join(padded).rstrip() + "\n"

    return line(result.columns) + line(["-" * w for w in widths]) + "".join(line(row) for row in cells)


def _markdown(result: Result, store: Store | None) -> str:
    if result.form == "ask":
        return _table(result, store)
    rules = ["---:" if _is_number(result, i) else "---" for i in range(len(result.columns))]
    rows = [[cell.replace("\\", "\\\\").replace("|", "\\|") for cell in row] for row in _cells(result, store)]
    return "".join("| " + " | ".join(row) + " |\n" for row in [list(result.columns), rules, *rows])


def _csv(result: Result, store: Store | None) -> str:
    if result.form == "ask":
        return f"{str(result.answer).lower()}\n"
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(result.columns)
    writer.writerows([_csv_cell(term) for term in row] for row in result.rows)
    return out.getvalue()


def _csv_cell(term: Term | None) -> str:
    if isinstance(term, ox.BlankNode):
        return f"_:{term.value}"
    return "" if term is None else term.value


def _tsv(result: Result, store: Store | None) -> str:
    if result.form == "ask":
        return f"{str(result.answer).lower()}\n"
    rows = ["\t".join("" if t is None else str(t).replace("\t", "\\t") for t in row) for row in result.rows]
    return "\n".join(["\t".join(f"?{name}" for name in result.columns), *rows]) + "\n"


def _json(result: Result, store: Store | None) -> str:
    if result.form == "ask":
        return json.dumps({"head": {}, "boolean": result.answer}) + "\n"
    bindings = [_binding(result.columns, row) for row in result.rows]
    document = {"head": {"vars": list(result.columns)}, "results": {"bindings": bindings}}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _binding(columns: tuple[str, ...], row: Row) -> dict[str, dict[str, str]]:
    return {name: _json_term(term) for name, term in zip(columns, row, strict=True) if term is not None}


def _json_term(term: Term) -> dict[str, str]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    if term.datatype.value == XSD + "string":
        return {"type": "literal", "value": term.value}
    return {"type": "literal", "value": term.value, "datatype": term.datatype.value}


def _jsonl(result: Result, store: Store | None) -> str:
    if result.form == "ask":
        return json.dumps(result.answer) + "\n"
    rows = ({n: _value(t) for n, t in zip(result.columns, row, strict=True)} for row in result.rows)
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _value(term: Term | None) -> str | int | None:
    """A plain JSON value. Integers are numbers; decimals stay text, as a float would change their digits."""
    if isinstance(term, ox.Literal) and term.datatype.value == XSD + "integer":
        return int(term.value)
    return None if term is None else _csv_cell(term)


def _xml(result: Result, store: Store | None) -> str:
    start = '<?xml version="1.0"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n'
    if result.form == "ask":
        return f"{start}<head/>\n<boolean>{str(result.answer).lower()}</boolean>\n</sparql>\n"
    head = "".join(f"<variable name={quoteattr(name)}/>" for name in result.columns)
    rows = "".join(f"<result>{_xml_row(result.columns, row)}</result>\n" for row in result.rows)
    return f"{start}<head>{head}</head>\n<results>\n{rows}</results>\n</sparql>\n"


def _xml_row(columns: tuple[str, ...], row: Row) -> str:
    pairs = zip(columns, row, strict=True)
    return "".join(f"<binding name={quoteattr(n)}>{_xml_term(t)}</binding>" for n, t in pairs if t is not None)


def _xml_term(term: Term) -> str:
    tag = {"uri": "uri", "bnode": "bnode"}.get(_json_term(term)["type"], "literal")
    mark = ""
    if isinstance(term, ox.Literal) and term.language:
        mark = f" xml:lang={quoteattr(term.language)}"
    elif isinstance(term, ox.Literal) and term.datatype.value != XSD + "string":
        mark = f" datatype={quoteattr(term.datatype.value)}"
    return f"<{tag}{mark}>{escape(term.value)}</{tag}>"


def _graph(result: Result, format: ox.RdfFormat) -> str:
    triples = [ox.Triple(s, p, o) for s, p, o in result.rows
               if isinstance(s, (ox.NamedNode, ox.BlankNode)) and isinstance(p, ox.NamedNode) and o is not None]
    used = {term.value for row in result.rows for term in row if isinstance(term, ox.NamedNode)}
    used |= {term.datatype.value for row in result.rows for term in row if isinstance(term, ox.Literal)}
    prefixes = {name: iri for name, iri in sorted(MODEL_PREFIXES.items()) if any(u.startswith(iri) for u in used)}
    data = ox.serialize(triples, format=format, prefixes=prefixes if format == ox.RdfFormat.TURTLE else None)
    return data.decode("utf-8") if data else ""


FORMATS: dict[str, Callable[[Result, Store | None], str]] = {
    "table": _table, "csv": _csv, "tsv": _tsv, "json": _json, "jsonl": _jsonl, "xml": _xml, "markdown": _markdown,
    "turtle": lambda result, store: _graph(result, ox.RdfFormat.TURTLE),
    "ntriples": lambda result, store: _graph(result, ox.RdfFormat.N_TRIPLES),
}
"""Every format that `render` knows."""
