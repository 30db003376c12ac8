"""The words that pages use for the model's terms."""

from __future__ import annotations

import re

from kg.graph.labels import concept_words
from kg.plots.periods import read_period

TYPE_TITLES = {
    "TradeFigure": "Trade figures", "InvestmentFigure": "Investment, loans, grants", "Indicator": "Other figures",
    "AgreementAction": "Agreements", "ProjectStatus": "Projects", "Meeting": "Meetings and visits",
    "DiplomaticRelations": "Diplomatic relations", "Relationship": "Relationships", "Membership": "Memberships",
    "JointBody": "Joint bodies", "Cooperation": "Fields of cooperation", "Lease": "Leases", "Ownership": "Ownership",
    "Presence": "Presence in a country", "OfficeHolding": "Offices", "OrganisationEvent": "Organisations founded or changed",
    "EventFact": "Events", "ArmedAction": "Armed and coercive actions", "Position": "Positions taken", "Remark": "Remarks",
}
"""Each fact type as the heading of a list, in the order in which pages list them."""

_ROLE_TITLES = {
    "changePercent": "change (%)", "sharePercent": "share (%)", "statedBy": "stated by", "valueMin": "at least",
    "valueMax": "at most", "by": "done by", "of": "office of", "in": "in", "per": "per",
}
_COLUMN_TITLES = {
    "fact": "evidence", "other": "other side", "by": "stated by", "change": "change (%)", "share": "share (%)", "aWhen": "first, when",
    "bWhen": "second, when", "says": "what is said", "otherSays": "against it",
}


_PARAMETER_TITLES = {"a": "one state", "b": "the other", "from": "from", "until": "until", "on": "on the day", "of": "state or organisation",
                     "topicWords": "words of the topic"}
_BLANKS = {"a": "one state", "b": "another", "from": "one day", "until": "another", "on": "a given day", "of": "a state or organisation",
           "topicWords": "a topic", "status": "a given status"}


def parameter_title(name: str) -> str:
    """The label of a parameter's field."""
    return _PARAMETER_TITLES.get(name, concept_words(name))


def open_question(question: str) -> str:
    """The question with words for what is asked in the place of each parameter: "{actor}" is "an actor"."""
    def blank(match: re.Match[str]) -> str:
        word = concept_words(match[1])
        return _BLANKS.get(match[1], f"{'an' if word[:1] in 'aeio' else 'a'} {word}")

    return re.sub(r"\{(\w+)\}", blank, question)


def type_title(name: str) -> str:
    """The heading of a fact type: "TradeFigure" is "Trade figures"."""
    return TYPE_TITLES.get(name, concept_words(name).capitalize())


def type_word(name: str) -> str:
    """A fact type as a word: "TradeFigure" is "trade figure"."""
    return concept_words(name[:1].lower() + name[1:])


def role_title(name: str) -> str:
    """A role as a reader reads it: "accreditedTo" is "accredited to"."""
    return _ROLE_TITLES.get(name, concept_words(name))


def column_title(name: str) -> str:
    """The heading of a query's column."""
    return _COLUMN_TITLES.get(name, concept_words(name))


def when_words(when: str) -> str:
    """A date or period in words: "2018-05-25" is "25 May 2018", "2012/.." is "since 2012"; what is none stays as it is."""
    try:
        period = read_period(when)
    except (ValueError, IndexError, KeyError):
        return when
    return period.words if period else when


_IRI_IN_SHORT = re.compile(r" \((?:ent|con|doc|bkg|fact):[^()\s]+\)")
_EMPTIED = re.compile(r"^\w+ = (.+?) leaves none of \d+ rows(?:; there are rows for (.+))?\.$")


def reason_words(reason: str) -> str:
    """Why an answer is empty, as a page says it: without IRIs, names of parameters and options of the command line."""
    lines = []
    for line in _IRI_IN_SHORT.sub("", reason).splitlines():
        if "--param" in line:
            continue
        emptied = _EMPTIED.match(line)
        there = f"; there is something for {emptied[2]}" if emptied and emptied[2] else ""
        lines.append(f"Nothing for {emptied[1]}{there}." if emptied else line)
    return " ".join(lines)


def number_words(text: str) -> str:
    """A number with its thousands parted: "19000000000" is "19,000,000,000"; what is no number stays as it is."""
    whole, point, rest = text.partition(".")
    sign, digits = (whole[0], whole[1:]) if whole[:1] in "+-" and whole else ("", whole)
    if not digits.isdigit() or (point and not rest.isdigit()):
        return text
    return f"{'−' if sign == '-' else ''}{int(digits):,}{point}{rest}"
