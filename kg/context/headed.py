"""Who speaks a whole text, from a headline that names only the office: "Statement by the President of Chad"."""

from __future__ import annotations

import re

from kg.context.dyad import Dyad
from kg.context.words import words
from kg.gazetteer import Gazetteer
from kg.model import Document, Entity, replace
from kg.terms import ENT
from kg.words import slug_of

__all__ = ["speaker_of_headline"]

_LONGEST = 240  # code points of a headline
_ABOUT = rf"(?!(?:{'|'.join(sorted(words('speech', 'about')))})\b)"  # "statement on the meeting of the ministers of Chad and Togo" is by nobody named
_BY = re.compile(
    rf"(?i)\b(?:{'|'.join(sorted(words('speech', 'addresses')))})\b(?:(?:\s[\w’'-]+){{0,3}}?\sby|(?:\s{_ABOUT}[\w’'-]+){{0,3}}?\sof)\s"
    r"(?:the\s|his\sexcellency\s|her\sexcellency\s|h\.e\.\s)*")
_OF = re.compile(r"(?i)\s+(?:of|for)\s+(?:the\s)?")


def speaker_of_headline(document: Document, gazetteer: Gazetteer, dyad: Dyad) -> tuple[Entity, ...]:
    """The one who held the office then, else the state whose it is; nobody where the headline names no office first."""
    for line in (document.title, document.text.lstrip()[:_LONGEST].split("\n", 1)[0]):
        found = _BY.search(line)
        if found and (office := _office_at(line, found.end(), gazetteer)):
            word, end = office
            state = _state_behind(line, end, gazetteer) or _own_state(line[end:], gazetteer, dyad)
            if state is None:
                return ()
            holder = gazetteer.holder(word, state.iri, document.issued)
            if (name := _name_behind(line, end)) and (holder is None or holder.label.split()[-1].lower() != name.split()[-1].lower()):
                holder = _person(name, state, gazetteer)  # not the one known to hold the office
            return (holder or state,)
    return ()


_NAMED = re.compile(
    r"(?:\s(?:of|for)\s(?:the\s)?[A-Z][\w’'-]+(?:\s(?:of\s)?[A-Z][\w’'-]+){0,4})?,?\s+(?:(?:H\.?E\.?|[Hh]is|[Hh]er|[Tt]he|Excellency,?|Hon(?:ourable|\.)|Right|Rt\.?|Mr|Mrs|Ms|Dr|Prof)\.?\s+)*"
    r"(?P<name>[A-ZÀ-ÞŁŚŻĆĐŠŽČİ][\w’'.-]+(?:\s[A-ZÀ-ÞŁŚŻĆĐŠŽČİ][\w’'.-]*){0,3})"
)


def _name_behind(line: str, end: int) -> str:
    """The capitalised name that stands behind an office or behind the state whose it is: "by Foreign Minister Ana Lima", "by the President of Peru, Mr. Luis Soto"."""
    found = _NAMED.match(line, end)
    return found["name"].removesuffix("'s").removesuffix("’s") if found else ""


def _person(name: str, state: Entity, gazetteer: Gazetteer) -> Entity | None:
    """A person of this name, known or new; nobody where it is a surname alone or no person's."""
    known = gazetteer.by_label(name)
    if known or " " not in name:
        return next((replace(e, state=e.state or state.iri) for e in known if e.kind == "person"), None)
    return Entity(f"{ENT}person-{slug_of(name)}", name, "person", False, state.iri)


def _office_at(line: str, start: int, gazetteer: Gazetteer) -> tuple[str, int] | None:
    """The office whose words begin here, the longest that is known, and where they end."""
    spelt = gazetteer.concept_words("office")
    low = line.lower()
    ends = [m.start() for m in re.finditer(r"\W|$", low) if start < m.start() <= start + 60]
    return next(((spelt[low[start:end]], end) for end in reversed(ends) if low[start:end] in spelt), None)


def _state_behind(line: str, end: int, gazetteer: Gazetteer) -> Entity | None:
    of = _OF.match(line, end)
    if not of:
        return None
    name = next((n for n in gazetteer.find_names(line) if n.start == of.end() and n.kind == "state" and n.form != "adjective"), None)
    return gazetteer.entity(name.iri) if name is not None else None


def _own_state(rest: str, gazetteer: Gazetteer, dyad: Dyad) -> Entity | None:
    """The side for which the text speaks; else the state of the pair that a visit or talks in the headline do not name as the guest's."""
    if dyad.side is not None or len(dyad.states) < 2:
        return dyad.side
    named = {n.iri for n in gazetteer.find_names(rest) if n.kind == "state"}
    others = [e for e in dyad.states[:2] if e.iri not in named]
    return others[0] if len(others) == 1 else None
