"""The public face: all mentions of a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.gazetteer import Name
from kg.mentions.agents import add_agents
from kg.mentions.firms import add_firms
from kg.mentions.groups import add_groups, add_ministries
from kg.mentions.incorporated import add_incorporated
from kg.mentions.known import add_names, add_values
from kg.mentions.line import Line, make_line
from kg.mentions.listed_firms import add_listed_firms
from kg.mentions.memory import Memory
from kg.mentions.nationality import add_nationality
from kg.mentions.offices import add_firms_of_offices
from kg.mentions.organisations import add_companies, add_organisations, add_places
from kg.mentions.people import add_people
from kg.mentions.place_lists import add_place_lists
from kg.mentions.references import add_references
from kg.mentions.settlements import add_settlements
from kg.mentions.shared import add_shared_heads
from kg.mentions.things import add_things
from kg.mentions.words import lists
from kg.model import Mention, Sentence, Value
from kg.text import find_cells
from kg.words.closed import PREPOSITIONS

__all__ = ["find_mentions"]


def find_mentions(
    sentence: Sentence,
    text: str,
    names: Iterable[Name],
    values: Iterable[Value],
    memory: Memory,
) -> tuple[Mention, ...]:
    """The mentions of a sentence, sorted by first token, longer before shorter; nested ones included.

    ``names`` and ``values`` are those of the sentence (others are left out); ``memory`` is the document's and grows:
    read its sentences in order.
    """
    if not sentence.tokens:
        return ()
    found: list[Mention] = []
    names, values = list(names), list(values)
    for first, part in _parts(sentence, text):
        for m in _of_part(part, text, names, values, memory):
            found.append(replace(m, first=m.first + first, last=m.last + first) if first else m)
    return tuple(found)


def _parts(sentence: Sentence, text: str) -> Iterator[tuple[int, Sentence]]:
    """The cells of a table row, each as a sentence of its own behind the number of its first token; else the sentence whole."""
    if sentence.kind != "row":
        yield 0, sentence
        return
    for cell in find_cells(text, sentence):
        within = [i for i, token in enumerate(sentence.tokens) if cell.start <= token.start and token.end <= cell.end]
        if within:
            tokens = sentence.tokens[within[0] : within[-1] + 1]
            yield within[0], replace(sentence, start=tokens[0].start, end=tokens[-1].end, tokens=tokens)


def _of_part(sentence: Sentence, text: str, names: Sequence[Name], values: Sequence[Value], memory: Memory) -> Sequence[Mention]:
    line = make_line(sentence, text)
    here = [n for n in names if sentence.start <= n.start < sentence.end]
    add_values(line, (v for v in values if sentence.start <= v.start < sentence.end))
    offices = {}
    for name in here:
        if name.of_kind("office") is not None:
            span = line.span(name.start, name.end)
            if span:
                offices[span[0]] = (span[1], name)
    add_names(line, here, memory)
    add_incorporated(line, memory)
    add_ministries(line, memory)
    add_things(line, memory)
    add_organisations(line, memory)
    add_place_lists(line, memory)
    add_people(line, memory, offices)
    add_companies(line, memory)
    add_places(line, memory)
    add_listed_firms(line, memory)
    add_firms(line, memory)
    add_agents(line, memory)
    add_firms_of_offices(line)
    add_groups(line, memory)
    add_nationality(line, memory)
    add_shared_heads(line, memory)
    add_settlements(line)
    add_references(line)
    _leave_out_homes(line, memory)
    _leave_out_parts(line.mentions, sentence)
    line.mentions.sort(key=lambda m: (m.first, -m.last, m.kind, m.form))
    return line.mentions


_OF_PLACE = lists("find")["of-place"]
_FIRM_NOUNS = lists("find")["firm-nouns"]


def _leave_out_homes(line: Line, memory: Memory) -> None:
    """Tells the firm from where it is from: "the Point Lisas firm Carib Nitrogen", "the Mongolian Altan Khishig LLC"."""
    unknown = [m for m in line.mentions if m.kind in ("organisation", "company") and m.entities and not m.entities[0].known]
    for m in unknown:
        if line.word(m.first - 1) in ("the", "a") and line.word(m.last) in _FIRM_NOUNS and line.here(m.last + 1, ("company", "organisation")) is not None:
            line.drop(m)
            line.add(m.first, m.last, "place", "name", (memory.make("place", m.text),))
        elif (land := line.here(m.first, ("state",))) is not None and land.form == "adjective" and any(
                o.first == land.last and o.last == m.last for o in unknown):
            line.drop(m)


def _leave_out_parts(mentions: list[Mention], sentence: Sentence) -> None:
    """Leaves out, in place, known names that are only a part of a longer one that nobody knows: Santiago in "Santiago de Cuba", the
    World Cup in "Rugby World Cup", India in "India Cements exported".
    """
    if sentence.kind not in ("prose", "item"):
        return
    tokens = sentence.tokens

    def is_name(i: int) -> bool:
        return 0 <= i < len(tokens) and tokens[i].text[:1].isupper() and tokens[i].text[1:].islower() and len(tokens[i].text) > 3

    def is_mentioned(i: int, beside: Mention) -> bool:
        return any(m.first <= i < m.last and m is not beside for m in mentions)

    def is_part(m: Mention) -> bool:
        if m.kind == "place":
            return (
                m.last + 1 < len(tokens)
                and tokens[m.last].text in _OF_PLACE
                and is_name(m.last + 1)
                and not is_mentioned(m.last, m)
                and not is_mentioned(m.last + 1, m)
            )
        if m.form != "name" or any(o is not m and o.first <= m.first and m.last <= o.last and o.last - o.first > m.last - m.first for o in mentions):
            return False
        if m.kind == "place":
            return m.last + 1 < len(tokens) and tokens[m.last].text in _OF_PLACE and is_name(m.last + 1) and not is_mentioned(m.last + 1, m)
        if m.kind == "event":
            return (
                m.first > 1
                and tokens[m.last - 1].lower in ("cup", "games", "championship", "championships")
                and is_name(m.first - 1)
                and not is_mentioned(m.first - 1, m)
            )
        if m.kind == "state" and m.first + 1 == m.last and is_name(m.last) and not is_mentioned(m.last, m) and tokens[m.last].text.endswith("s"):
            after = tokens[m.last + 1].text if m.last + 1 < len(tokens) else "."
            return after.islower() and (m.first == 0 or tokens[m.first - 1].lower not in PREPOSITIONS)
        return False

    parts = [m for m in mentions if is_part(m)]
    mentions[:] = [m for m in mentions if not any(p.first == m.first and p.last == m.last for p in parts)]
