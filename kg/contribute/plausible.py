"""Checks that need the graph and that a person must judge: each gives a warning, none keeps a fact out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from pyoxigraph import Literal, NamedNode

from kg import terms
from kg.contribute.handed import Statement, Term
from kg.contribute.known import Known
from kg.contribute.naming import short
from kg.graph.nodes import FACT_CLASSES, RDF_TYPE, RDFS_LABEL, bkg
from kg.graph.subjects import SubjectFinder
from kg.values import date_bounds

_UNIQUE_OFFICES = {
    terms.CON + "office-" + name
    for name in ("president", "prime-minister", "foreign-minister", "chancellor", "king", "defence-minister", "finance-minister")
}
_SERIES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "TradeFigure": (("reporter", "partner", "flow", "currency"), ("amount",)),
    "InvestmentFigure": (("investor", "recipient", "kind", "currency"), ("amount",)),
    "Indicator": (("indicator", "subject"), ("value",)),
}
_SAME = ("per", "commodity", "counterpart", "unit", "sector")  # a figure of another measure is of another series
_MAGNITUDE = Decimal(10)
_TYPE_NAMES = {kind: name for kind, name in FACT_CLASSES.items()}

Said = dict[str, list[Term]]


@dataclass(frozen=True, slots=True)
class Doubt:
    """What does not look right: the fact, the role that it hangs on, and what the graph has."""

    fact: NamedNode
    role: str
    code: str
    message: str
    remedy: str
    beside: tuple[str, ...] = ()


def find_doubts(facts: Iterable[NamedNode], statements: Iterable[Statement], known: Known, today: str) -> list[Doubt]:
    """What is doubtful about these facts, given the graph and the day on which they are handed in (ISO)."""
    said: dict[NamedNode, Said] = {fact: {} for fact in facts}
    for subject, path, value in statements:
        if subject in said:
            said[subject].setdefault(path.value.removeprefix(terms.BKG), []).append(value)  # type: ignore[index]
    found: list[Doubt] = []
    for fact, content in said.items():
        kind = next((_TYPE_NAMES[k] for k in content.get(RDF_TYPE.value, ()) if k in _TYPE_NAMES), "")  # type: ignore[index]
        found += _out_of_time(fact, kind, content, known)
        found += _in_the_future(fact, content, today)
        if kind == "OfficeHolding":
            found += _two_holders(fact, content, known)
        if kind == "Membership":
            found += _admitted_twice(fact, content, known)
        if kind in _SERIES:
            found += _off_the_series(fact, kind, content, known)
    return found


def _text(content: Said, name: str) -> str:
    return min((value.value for value in content.get(name, ())), default="")


def _days(content: Said) -> tuple[str, str]:
    return _text(content, "earliest"), _text(content, "latest")


def _out_of_time(fact: NamedNode, kind: str, content: Said, known: Known) -> Iterator[Doubt]:
    """Actors that did not exist yet, or no longer, on any day that the fact can mean."""
    earliest, latest = _days(content)
    roles = [role.name for role in terms.FACT_TYPES.get(kind, ()) if role.kind == "entity" and role.name != "from"]
    for role in roles if earliest or latest else ():
        for value in content.get(role, ()):
            if not isinstance(value, NamedNode):
                continue
            start, end = _life(value, known)
            if start and latest and latest < date_bounds(start)[0]:
                yield Doubt(fact, role, "not-yet", f"{known.label(value)} did not exist before {start}", "check the date, or name its forerunner")
            elif end and earliest and earliest > date_bounds(end)[1]:
                yield Doubt(fact, role, "no-longer", f"{known.label(value)} ended in {end}", "check the date, or name its successor")


def _life(node: NamedNode, known: Known) -> tuple[str, str]:
    return tuple(  # type: ignore[return-value]
        min((q.object.value for q in known.store.quads_for_pattern(node, bkg(name), None, None) if isinstance(q.object, Literal)), default="")
        for name in ("startDate", "endDate")
    )


def _in_the_future(fact: NamedNode, content: Said, today: str) -> Iterator[Doubt]:
    earliest = _days(content)[0]
    if earliest > today and _text(content, "status") == terms.BKG + "Asserted":
        yield Doubt(fact, "date", "future", f"is given as having happened, but lies ahead ({earliest})", "is it bkg:Planned?")


def _facts_naming(known: Known, values: Sequence[Term | None], but: NamedNode) -> Iterator[tuple[NamedNode, Said]]:
    if any(value is None for value in values):
        return
    for node in SubjectFinder(known.store).find([(None, value) for value in values if isinstance(value, NamedNode | Literal)]):
        if node == but:
            continue
        content: Said = {}
        for quad in known.said_of(node):
            content.setdefault(quad.predicate.value.removeprefix(terms.BKG), []).append(quad.object)  # type: ignore[arg-type]
        yield node, content


def _one(content: Said, name: str) -> Term | None:
    values = content.get(name, ())
    return values[0] if len(values) == 1 else None


def _line(node: NamedNode, content: Said, known: Known) -> str:
    label = _text(content, RDFS_LABEL.value) or known.label(node)
    person = content.get("person", ())
    label = label or " ".join(known.label(each) for each in person)
    days = "/".join(_text(content, name) for name in ("startDate", "endDate") if _text(content, name))
    return f"{label or short(node)}{f' ({days})' if days and days not in label else ''} [{short(node)}]"


def _two_holders(fact: NamedNode, content: Said, known: Known) -> Iterator[Doubt]:
    office, of, person = (_one(content, name) for name in ("office", "of", "person"))
    earliest, latest = _days(content)
    if office is None or office.value not in _UNIQUE_OFFICES or not (earliest and latest) or _text(content, "status") != terms.BKG + "Asserted":
        return
    beside = []
    for node, other in _facts_naming(known, (office, of), fact):
        start = _text(other, "earliest") or date_bounds(_text(other, "startDate"))[0]
        end = _text(other, "latest") or date_bounds(_text(other, "endDate"))[1] or ("9999" if start else "")
        asserted = _text(other, "status") in ("", terms.BKG + "Asserted")
        if asserted and start and end and other.get("person") and _one(other, "person") != person and start < latest and earliest < end:
            beside.append(_line(node, other, known))
    if beside:
        yield Doubt(fact, "person", "two-holders", "somebody else held this office on some of these days", "check person and dates", tuple(beside[:5]))


def _admitted_twice(fact: NamedNode, content: Said, known: Known) -> Iterator[Doubt]:
    member, organisation = _one(content, "member"), _one(content, "organisation")
    earliest, latest = _days(content)
    beside = []
    for node, other in _facts_naming(known, (member, organisation), fact):
        start, end = _text(other, "earliest"), _text(other, "latest")
        dated = other.get("member") and (start or end) and (earliest or latest) and (start, end) != (earliest, latest)
        if dated and _text(other, "status") == _text(content, "status") and not (latest and start and latest < start and end):
            beside.append(_line(node, other, known))
    if beside:
        yield Doubt(fact, "date", "admitted-twice", "the graph has this membership with another date", "check the dates", tuple(beside[:5]))


def _off_the_series(fact: NamedNode, kind: str, content: Said, known: Known) -> Iterator[Doubt]:
    keys, values = _SERIES[kind]
    about = [_one(content, key) for key in keys]
    figure = _figure(content, values)
    if figure is None or not figure or any(each is None for each in about):
        return
    others = []
    for node, other in _facts_naming(known, about, fact):
        same = all(sorted(map(str, other.get(name, ()))) == sorted(map(str, content.get(name, ()))) for name in _SAME)
        number = _figure(other, values)
        if same and number and _text(other, "status") != terms.BKG + "Denied":
            others.append((number, _line(node, other, known)))
    if not others:
        return
    middle = Decimal(median(number for number, _ in others))
    if middle and not (1 / _MAGNITUDE < abs(figure / middle) < _MAGNITUDE):
        beside = tuple(line for _, line in sorted(others)[:5])
        yield Doubt(fact, values[0], "magnitude", f"{figure:,f} is ten times or more off its series (middle {middle:,f})",
                    "check the unit: amounts are plain numbers in the currency's own unit", beside)  # fmt: skip


def _figure(content: Said, names: Sequence[str]) -> Decimal | None:
    for name in names:
        value = _one(content, name)
        if isinstance(value, Literal):
            try:
                return Decimal(value.value)
            except ArithmeticError:
                return None
    return None
