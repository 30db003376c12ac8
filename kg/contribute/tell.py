"""What came of a hand-in, for people (text) and for programs: JSON, SARIF 2.1.0, JUnit XML, a SHACL report in Turtle."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from xml.sax.saxutils import escape, quoteattr

from pyoxigraph import Literal, NamedNode, Quad

import kg
from kg import terms
from kg.contribute.accept import HandIn
from kg.contribute.handed import ERROR, NOTE, WARNING, Finding
from kg.contribute.judge import places_of
from kg.graph.nodes import RDF_TYPE
from kg.graph.write import write_turtle

_ORDER = {ERROR: 0, WARNING: 1, NOTE: 2}
_MOST_NOTES = 10  # of one kind; the other formats give all
_REPORT = "https://w3id.org/bilateral-kg/report/"
_SARIF = {ERROR: "error", WARNING: "warning", NOTE: "note"}
_SHACL = {ERROR: "Violation", WARNING: "Warning", NOTE: "Info"}


def tell(outcome: HandIn, form: str = "text", *, accepting: bool = False) -> str:
    """The outcome in one of `FORMATS`; the same outcome gives the same characters. Raises: `KeyError` for another format."""
    return FORMATS[form](outcome, accepting)


def _sorted(outcome: HandIn) -> list[Finding]:
    return sorted(outcome.judged.findings, key=lambda each: (_ORDER[each.severity], each))


def _text(outcome: HandIn, accepting: bool) -> str:
    lines: list[str] = []
    seen: Counter[str] = Counter()
    for each in _sorted(outcome):
        seen[each.code] += each.severity == NOTE
        if seen[each.code] > _MOST_NOTES:
            continue
        lines.append(f"{each.severity}: {each.place}: {each.message}")
        lines += [f"  {name:<8} {text}" for name, text in (("fact", each.label), ("to do", each.remedy)) if text]
        lines += [f"  graph    {line}" for line in each.beside]
    lines += [f"note: {count - _MOST_NOTES:,} more of {code}" for code, count in sorted(seen.items()) if count > _MOST_NOTES]
    return "\n".join([*lines, *([""] if lines else []), *_closing(outcome, accepting)]) + "\n"


def _closing(outcome: HandIn, accepting: bool) -> list[str]:
    judged = outcome.judged
    good, bad = len(judged.good), len(judged.bad)
    count = {kind: sum(each.severity == kind for each in judged.findings) for kind in _ORDER}
    said = ", ".join(f"{n} {kind}{'s' * (n != 1)}" for kind, n in count.items() if n)
    total = f"{_facts(good + bad)} new" + (f", {len(judged.standing)} in the graph already" if judged.standing else "")
    lines = [f"{total}: {good} good, {bad} at fault" + (f" ({said})" if said else "")]
    if outcome.contribution is not None and outcome.contribution.header is not None:
        header = outcome.contribution.header
        lines.append(f"accepted: contribution:{header.iri.removeprefix(terms.CONTRIBUTION)} ({_facts(good)}, by {header.who})")
    elif accepting and judged.errors:
        lines.append("nothing was accepted" + ("; --partial takes the good facts" if good else ""))
    elif accepting and not judged.keep:
        lines.append("nothing new: nothing was written")
    elif accepting:
        lines.append("would be accepted (--dry-run)")
    if outcome.rest is not None:
        lines.append(f"what was not accepted is in {outcome.rest}: correct it and hand it in again")
    return lines


def _facts(count: int) -> str:
    return f"{count:,} fact{'s' * (count != 1)}"


def _json(outcome: HandIn, accepting: bool) -> str:
    judged = outcome.judged
    header = outcome.contribution.header if outcome.contribution is not None else None
    content = {
        "accepted": header is not None,
        "contribution": header.iri if header else None,
        "conforms": not judged.errors,
        "good": sorted(node.value for node in judged.good),
        "bad": sorted(node.value for node in judged.bad),
        "standing": sorted(node.value for node in judged.standing),
        "rest": str(outcome.rest) if outcome.rest else None,
        "findings": [asdict(each) for each in _sorted(outcome)],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _sarif(outcome: HandIn, accepting: bool) -> str:
    """One result for each finding; a row of a table counts as a line, so that code hosts show it beside the file."""
    found = _sorted(outcome)
    rules = [{"id": code, "shortDescription": {"text": code}} for code in sorted({each.code for each in found})]
    results = [{
        "ruleId": each.code, "level": _SARIF[each.severity],
        "message": {"text": " ".join(part for part in (f"{each.label}:" if each.label else "", each.message + ".", each.remedy, *each.beside) if part)},
        "locations": [{"physicalLocation": {
            "artifactLocation": {"uri": each.place.file.replace("\\", "/")},
            "region": {"startLine": max(each.place.line, each.place.row, 1)},
        }}],
        "partialFingerprints": {"finding/v1": _digest(each)},
    } for each in found]  # fmt: skip
    driver = {"name": "bilateral-kg", "semanticVersion": kg.__version__, "rules": rules}
    content = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": results}],
    }  # fmt: skip
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _junit(outcome: HandIn, accepting: bool) -> str:
    """One test case for each fact, failed by its errors; errors that are no fact's make a case of their own."""
    judged = outcome.judged
    places = places_of(judged)
    labels = {s: o.value for s, p, o in judged.completed.statements if p.value == terms.RDFS + "label"}
    by_fact: dict[str, list[Finding]] = {}
    for each in _sorted(outcome):
        by_fact.setdefault(each.subject, []).append(each)
    facts = {fact.value for fact in places}
    cases = [(f"{labels.get(fact, fact.value)}", str(places[fact]), by_fact.get(fact.value, [])) for fact in sorted(places, key=lambda f: (places[f], f.value))]
    cases += [(each.code, str(each.place), [each]) for each in _sorted(outcome) if each.subject not in facts and each.severity == ERROR]
    failed = sum(any(each.severity == ERROR for each in found) for _, _, found in cases)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<testsuite name="kg validate" tests="{len(cases)}" failures="{failed}" errors="0">']
    for name, place, found in cases:
        lines.append(f"  <testcase name={quoteattr(name)} classname={quoteattr(place)}>")
        for each in found:
            text = "\n".join([f"{each.place}: {each.message}", each.remedy, *each.beside])
            tag = "failure" if each.severity == ERROR else "system-out"
            head = f"<failure type={quoteattr(each.code)} message={quoteattr(each.message)}>" if tag == "failure" else "<system-out>"
            lines.append(f"    {head}{escape(text)}</{tag}>")
        lines.append("  </testcase>")
    return "\n".join([*lines, "</testsuite>"]) + "\n"


def _turtle(outcome: HandIn, accepting: bool) -> str:
    def sh(name: str) -> NamedNode:
        return NamedNode(terms.SH + name)

    report = NamedNode(_REPORT + hashlib.sha256("".join(map(_digest, _sorted(outcome))).encode()).hexdigest()[:32])
    conforms = Literal("false" if outcome.judged.errors else "true", datatype=NamedNode(terms.XSD + "boolean"))
    quads = [Quad(report, RDF_TYPE, sh("ValidationReport")), Quad(report, sh("conforms"), conforms)]
    for each in _sorted(outcome):
        node = NamedNode(f"{_REPORT}result-{_digest(each)}")
        said = f"{each.place}: {each.message}. {each.remedy}"
        quads += [
            Quad(report, sh("result"), node),
            Quad(node, RDF_TYPE, sh("ValidationResult")),
            Quad(node, sh("resultSeverity"), sh(_SHACL[each.severity])),
            Quad(node, sh("resultMessage"), Literal(said, language="en")),
            Quad(node, NamedNode(terms.DCTERMS + "identifier"), Literal(each.code)),
        ]
        quads += [Quad(node, sh("focusNode"), NamedNode(each.subject))] if ":" in each.subject else []
    return write_turtle(quads)


def _digest(finding: Finding) -> str:
    return hashlib.sha256("\x1f".join(map(str, asdict(finding).values())).encode()).hexdigest()[:32]


FORMATS: dict[str, Callable[[HandIn, bool], str]] = {
    "text": _text, "json": _json, "sarif": _sarif, "junit": _junit, "turtle": _turtle,
}  # fmt: skip
"""The formats of `tell`."""
