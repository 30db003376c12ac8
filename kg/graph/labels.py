"""One English sentence for each fact, made from its roles.

A template names roles in braces; a part in square brackets falls away where one of its roles is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from kg.model import Concept, Entity, Fact, Term, Value
from kg.terms import FACT_TYPES, Role

TEMPLATES: dict[str, str] = {
    "DiplomaticRelations": "Diplomatic relations[ between {between}]:[ {step}][ in {place}]",
    "AgreementAction": "{agreement}:[ {action}][ by {by}][ by {party}][ in {place}][ for {duration}]",
    "Membership": "{member} is a member of {organisation}[ as {role}]",
    "OrganisationEvent": "{organisation}:[ {action}][ by {by}][ in {place}]",
    "Meeting": "{kind}[ of {participant}][ called {name}][ hosted by {host}][ in {place}][ on {topic}][, {count} times]"
    "[, every {frequency}]",
    "ProjectStatus": "Project {project}:[ {stage}][ with {participant}][ in {place}][ from {origin}][ to {destination}]"
    "[ in {sector}][,[ {qualifier}] {amount}[ {currency}]]",
    "Cooperation": "{participant} cooperate[ in {sector}][ on {topic}]",
    "TradeFigure": "Trade of {reporter} with {partner}:[ {flow}][ of {commodity}][ {qualifier}][ {amount}[ {currency}]]"
    "[ ({valueMin} to {valueMax})][ a share of {sharePercent} %][ a change of {changePercent} %][ at rank {rank}]"
    "[ {trend}][ per {per}]",
    "InvestmentFigure": "{kind} of {investor} to {recipient}:[ {qualifier}][ {amount}[ {currency}]]"
    "[ ({valueMin} to {valueMax})][ a change of {changePercent} %][ {trend}][ per {per}][ in {sector}]",
    "Lease": "{lessor} leases {property} to {lessee}[ for[ {qualifier}] {rent}[ {currency}][ per {rentPeriod}]]"
    "[ for {duration}]",
    "Ownership": "{owner} owns[ {sharePercent} % of] {asset}[, formerly of {from}]",
    "Indicator": "{indicator} of {subject}[ and {counterpart}]:[ {qualifier}][ {value}][ ({valueMin} to {valueMax})]"
    "[ {unit}][ a change of {changePercent} %][ at rank {rank}][ {trend}][ per {per}]",
    "OfficeHolding": "{person} holds the office of {office}[ of {of}][ accredited to {accreditedTo}]",
    "Remark": "{speaker} says[ to {addressee}][ in {place}]: {content}",
    "Position": "{actor}:[ {stance}] {target}",
    "Relationship": "{subject} is {kind} of {object}[ in {sector}]",
    "Presence": "{organisation} is present in {in}[ in {sector}]",
    "JointBody": "Joint body {body}[ of {between}][, part of {partOf}][ for {sector}][, {memberCount} members]",
    "EventFact": "Event {event}[ hosted by {host}][ in {place}][ with {participant}]",
    "ArmedAction": "{kind} by {actor}[ against {target}][ in {place}]",
}

LONGEST = 300
"""No label is longer than this many characters."""


def make_label(fact: Fact) -> str:
    """One English sentence that says the fact, with date, status and speaker in brackets where there is need."""
    words = {role.name: _words(role, fact.values(role.name)) for role in FACT_TYPES[fact.type]}
    said = _fill(TEMPLATES[fact.type], words)
    said = re.sub(r"\s+", " ", said).replace(" ,", ",").strip().removesuffix(":").removesuffix(",")
    notes = [_period(fact)]
    if fact.status != "Asserted":
        notes.append(fact.status.lower())
    if fact.stated_by:
        notes.append("according to " + _list(entity.label for entity in fact.stated_by))
    end = ", ".join(note for note in notes if note)
    end = f" ({end})" if end else ""
    return _shorten(said[:1].upper() + said[1:], LONGEST - len(end)) + end


def concept_words(word: str) -> str:
    """The word of a concept as it is read: ``inForce`` is "in force", ``nuclear-energy`` "nuclear energy"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", word).replace("-", " ").lower()


def _fill(template: str, words: dict[str, str]) -> str:
    """The template with its roles filled in, innermost brackets first; a role missing outside of them is unknown."""
    innermost = re.compile(r"\[([^\[\]]*)\]")

    def optional(match: re.Match[str]) -> str:
        roles = re.findall(r"\{(\w+)\}", match[1])
        return match[1] if all(words[role] for role in roles) else ""

    while innermost.search(template):
        template = innermost.sub(optional, template)
    return re.sub(r"\{(\w+)\}", lambda match: words[match[1]] or "unknown", template)


def _words(role: Role, values: tuple[Term, ...]) -> str:
    words = [_word(value) for value in values]
    if role.kind == "duration":
        words = [duration_words(word, plain=role.name in ("per", "rentPeriod", "frequency")) for word in words]
    return _list(words)


def duration_words(duration: str, *, plain: bool = False) -> str:
    """An xsd:duration as it is read: ``P49Y`` is "49 years"; if `plain`, ``P1Y`` is "year" rather than "1 year"."""
    date, _, time = duration.removeprefix("P").partition("T")
    units = {"Y": "year", "M": "month", "D": "day"}, {"H": "hour", "M": "minute", "S": "second"}
    found = [
        (count, names[letter])
        for part, names in zip((date, time), units, strict=True)
        for count, letter in re.findall(r"([\d.]+)([YMDHS])", part)
    ]
    if plain and len(found) == 1 and found[0][0] == "1":
        return found[0][1]
    return " and ".join(f"{count} {name}" + ("" if count == "1" else "s") for count, name in found) or duration


def _word(term: Term) -> str:
    match term:
        case Entity():
            return term.label
        case Concept():
            return concept_words(term.word)
        case Decimal():
            return f"{int(term)}" if term == term.to_integral_value() else format(term.normalize(), "f")
        case Value():
            return _word(term.number) if term.number is not None else term.date or term.duration or term.currency
        case str():
            return re.sub(r"\s+", " ", term)


def _list(words: Iterable[str]) -> str:
    """A, B and C: in alphabetical order, so that the order of mention makes no difference."""
    *first, last = sorted(set(words)) or [""]
    return f"{', '.join(first)} and {last}" if first else last


def _period(fact: Fact) -> str:
    if fact.date:
        return fact.date
    if fact.start_date and fact.end_date:
        return f"{fact.start_date} to {fact.end_date}"
    if fact.start_date:
        return f"since {fact.start_date}"
    return f"until {fact.end_date}" if fact.end_date else ""


def _shorten(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"
