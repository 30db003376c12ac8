"""The log, the history of a fact and the outcome of a decision, for people (text) and programs (JSON)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict

from kg.contribute.decide import Decided
from kg.contribute.log import Entry, Story
from kg.graph.decisions import name_of
from kg.graph.nodes import short


def tell_entries(entries: Iterable[Entry]) -> str:
    """The contributions as text, each with what it does."""
    lines = [line for entry in entries for line in _lines(entry)]
    return "".join(f"{line}\n" for line in lines) or "nothing was contributed yet\n"


def tell_story(story: Story) -> str:
    """The history of a fact as text."""
    stands = "stands" if story.stands else "does not stand"
    head = f"{story.type}: {story.label}\n{short(story.fact)}, {story.origin}; it {stands}\n"
    return head + (tell_entries(story.entries) if story.entries else "nobody decided anything about it\n")


def tell_decided(decided: Decided) -> str:
    """What a decision did, as text."""
    more = abs(decided.facts)
    facts = f"{more} fact{'s' * (more != 1)} {'more' if decided.facts > 0 else 'fewer'} in the current view" if more else "no fact more or fewer"
    return f"{decided.what}\naccepted as {short(name_of(decided.contribution))}: {facts}\n"


def as_json(content: Story | Iterable[Entry]) -> str:
    """The history of a fact, or the log, as JSON."""
    plain = asdict(content) if isinstance(content, Story) else [asdict(entry) for entry in content]
    return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


def _lines(entry: Entry) -> list[str]:
    who = f" by {entry.who} on {entry.when}" if entry.who else f" by a file that somebody put there ({entry.file})"
    state = f", retracted by {entry.withdrawn}" if entry.withdrawn else ""
    lines = [f"{entry.number} {entry.kind} {short(entry.name)}{who}{state}"]
    lines += [f"  why: {entry.why}"] if entry.why else []
    lines += [f"  source: {entry.source}"] if entry.source else []
    return lines + [f"  {line}" for line in entry.does]
