"""Which stretches of a text are about states at all: a first look at the names, long before any rule.

Package documentation, licences, novels name a state now and then; a text on relations between states names them all the time. Rules
run only where a window of the text holds enough names of states, so that foreign text costs little and gives no facts.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from kg.gazetteer import Gazetteer, Name, is_actor
from kg.model import Document, Entity, Fact, Span

WINDOW = 6_000  # characters
LEAST_PER_THOUSAND = 4.0  # names of states in a thousand words
LEAST_STATES = 2  # names of states themselves in a window of more than SHORT words
SHORT = 150  # words: a text as short as this needs one name only
LEAST_FACTS = 1  # in a thousand words that looked as if they were about states
NAMELESS = 2  # facts of nobody known, for each that names somebody known


_FIRST_PERSON = re.compile(r"\b(?:[Ww]e|[Oo]ur|I)\b(?=[^.]{0,400}\b(?:[Yy]ou|[Yy]our|[Oo]ur|us)\b)")


def relevant_spans(text: str, names: Sequence[Name]) -> tuple[Span, ...]:
    """The windows of a text in which states (or international organisations) are named often enough, joined where they touch."""
    places = [name.start for name in names if _tells(name)]
    states = [name.start for name in names if _names_state(name)]
    windows: list[tuple[Span, bool]] = []
    for start in range(0, max(len(text), 1), WINDOW):
        end = min(start + WINDOW, len(text))
        found, named = _count(places, start, end), _count(states, start, end)
        words = len(text[start:end].split()) if found else 0
        if words <= SHORT:
            told = found > 0
        else:
            told = named >= LEAST_STATES and found * 1000 >= LEAST_PER_THOUSAND * words
        windows.append((Span(start, end), told))
    if 2 * sum(told for _, told in windows) > len(windows):
        return (Span(0, len(text)),)  # a text on states does not stop being one where it says "our countries"
    out: list[Span] = []
    for span, told in windows:
        if not told:
            continue
        if out and out[-1].end == span.start:
            out[-1] = Span(out[-1].start, span.end)
        else:
            out.append(span)
    return tuple(out)


def is_headed(document: Document, gazetteer: Gazetteer) -> bool:
    """Whether title, author and publisher name two states and the text speaks of one of them as "we": a speech hardly names them again."""
    names = gazetteer.find_names(f"{document.title}\n{document.creator}\n{document.publisher}") if document.title else []
    return len(
        {name.iri for name in names if _names_state(name)}
        | {gazetteer.state_of(name.iri) for name in names if name.form == "metonym"} - {""}
    ) > 1 and bool(_FIRST_PERSON.search(document.text))


def is_foreign(text: str, gazetteer: Gazetteer) -> bool:
    """Whether a quick look at a text finds too few states for any stretch to be about them; `relevant_spans` finds none in it."""
    return not relevant_spans(text, gazetteer.find_actors(text))


def kept_of_stray(text: str, spans: Sequence[Span], facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """The facts of a text, without those that a text on something else gives by chance: hardly any at all, or few that name anybody known."""
    words = sum(len(text[s.start:s.end].split()) for s in spans)
    if words <= SHORT:
        return facts
    if len(facts) * 1000 < LEAST_FACTS * words:
        return ()
    known = tuple(fact for fact in facts if _names_known(fact))
    return known if len(facts) - len(known) > NAMELESS * len(known) else facts


def _names_known(fact: Fact) -> bool:
    """Whether the fact names, or is stated by, anybody whom the gazetteer knows or whose state is known."""
    return any(isinstance(term, Entity) and (term.known or term.state) for term in (*(term for _, term in fact.roles), *fact.stated_by))


def _names_state(name: Name) -> bool:
    """Whether a state itself is named: by its name, its adjective or its people, not by a city that may stand for it."""
    return any(c.kind == "state" and c.form != "metonym" and not c.weak for c in name.candidates)


def _tells(name: Name) -> bool:
    """Whether a name says that the text is about states; words of concepts and doubtful surnames do not."""
    return any(map(is_actor, name.candidates))


def _count(places: list[int], start: int, end: int) -> int:
    return bisect_left(places, end) - bisect_left(places, start)


def inside(spans: Iterable[Span], place: int) -> bool:
    """Whether a place of the text lies in one of the spans."""
    return any(span.start <= place < span.end for span in spans)
