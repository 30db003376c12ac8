"""The public face: all mentions of a sentence."""

from __future__ import annotations

from collections.abc import Iterable

from kg.gazetteer import Name
from kg.mentions.firms import add_firms
from kg.mentions.groups import add_groups, add_ministries
from kg.mentions.known import add_names, add_values
from kg.mentions.line import make_line
from kg.mentions.memory import Memory
from kg.mentions.organisations import add_companies, add_organisations, add_places
from kg.mentions.people import add_people
from kg.mentions.references import add_references
from kg.mentions.things import add_things
from kg.model import Mention, Sentence, Value

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
    add_ministries(line, memory)
    add_things(line, memory)
    add_organisations(line, memory)
    add_people(line, memory, offices)
    add_companies(line, memory)
    add_places(line, memory)
    add_firms(line, memory)
    add_groups(line, memory)
    add_references(line)
    line.mentions.sort(key=lambda m: (m.first, -m.last, m.kind, m.form))
    return tuple(line.mentions)
