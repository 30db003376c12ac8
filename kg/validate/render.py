"""A report for people (text), programs (JSON) and SHACL tools (Turtle)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict

import pyoxigraph as ox

from kg import terms
from kg.validate.report import Report, Violation
from kg.validate.shapes import SHAPE

_REPORT = "https://w3id.org/bilateral-kg/report/"


def render(report: Report, form: str = "text") -> str:
    """The report as "text", "json" or "turtle"; the same report gives the same characters.

    Raises: `KeyError` for another format (`FORMATS` names them).
    """
    return FORMATS[form](report)


def _text(report: Report) -> str:
    lines = []
    for violation in report.violations:
        lines += [f"{violation.shape}: {violation.message}"]
        lines += [f"  {name:<9} {text}" for name, text in _details(violation) if text]
        lines.append("")
    width = max((len(count.shape) for count in report.shapes), default=5)
    lines.append(f"{'shape':<{width}}  focus nodes  violations")
    lines += [f"{c.shape:<{width}}  {c.focus_nodes:>11}  {c.violations:>10}" for c in report.shapes]
    lines.append("")
    if report.idle_shapes:
        lines.append(f"nothing to look at for: {', '.join(report.idle_shapes)}")
    if len(report.idle_shapes) == len(report.shapes):
        lines.append("nothing here is of the model: check the prefixes and the types against docs/model.md")
    count = len(report.violations)
    lines.append("conforms" if report.conforms else f"does not conform: {count} violation{'s' * (count != 1)}")
    return "\n".join(lines) + "\n"


def _details(violation: Violation) -> tuple[tuple[str, str], ...]:
    return (
        ("node", violation.focus),
        ("label", violation.label),
        ("sentence", f"«{violation.sentence}»" if violation.sentence else ""),
        ("to do", violation.remedy),
    )


def _json(report: Report) -> str:
    return json.dumps({**asdict(report), "idle": report.idle_shapes}, ensure_ascii=False, indent=2) + "\n"


def _turtle(report: Report) -> str:
    """A sh:ValidationReport whose results have IRIs; SHACL's own terms, so that any SHACL tool reads it."""

    def sh(name: str) -> ox.NamedNode:
        return ox.NamedNode(terms.SH + name)

    a = ox.NamedNode(terms.RDF + "type")
    results: list[ox.Triple] = []
    names = []
    for violation in report.violations:
        digest = hashlib.sha256("\x1f".join(map(str, asdict(violation).values())).encode()).hexdigest()[:32]
        node = ox.NamedNode(_REPORT + "result-" + digest)
        names.append(node)
        component = violation.constraint[:1].upper() + violation.constraint[1:] + "ConstraintComponent"
        results += [
            ox.Triple(node, a, sh("ValidationResult")),
            ox.Triple(node, sh("focusNode"), _node(violation.focus)),
            ox.Triple(node, sh("sourceShape"), ox.NamedNode(SHAPE + violation.source)),
            ox.Triple(node, sh("sourceConstraintComponent"), sh(component)),
            ox.Triple(node, sh("resultSeverity"), sh(violation.severity)),
            ox.Triple(node, sh("resultMessage"), ox.Literal(f"{violation.message}. {violation.remedy}", language="en")),
        ]
        if violation.path:
            results.append(ox.Triple(node, sh("resultPath"), ox.NamedNode(_long(violation.path))))
    whole = hashlib.sha256("\n".join(sorted(name.value for name in names)).encode()).hexdigest()[:32]
    report_node = ox.NamedNode(_REPORT + whole)
    conforms = ox.Literal("true" if report.conforms else "false", datatype=ox.NamedNode(terms.XSD + "boolean"))
    triples = [ox.Triple(report_node, a, sh("ValidationReport")), ox.Triple(report_node, sh("conforms"), conforms)]
    triples += [ox.Triple(report_node, sh("result"), name) for name in names]
    written = ox.serialize(
        sorted({*triples, *results}, key=str), format=ox.RdfFormat.TURTLE, prefixes={**terms.PREFIXES, "sh": terms.SH}
    )
    return (written or b"").decode()


def _node(name: str) -> ox.NamedNode | ox.BlankNode:
    return ox.NamedNode(name) if ":" in name else ox.BlankNode(name)


def _long(short: str) -> str:
    prefix, _, name = short.partition(":")
    return terms.PREFIXES[prefix] + name if prefix in terms.PREFIXES else short


FORMATS: dict[str, Callable[[Report], str]] = {"text": _text, "json": _json, "turtle": _turtle}
"""The formats of `render`."""
