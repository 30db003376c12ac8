"""The rules tried on one text, for ``kg explain --sentence``."""

from __future__ import annotations

import datetime
import hashlib
import re

from kg.errors import KgError
from kg.extract import load_extractor, read, write_fact
from kg.gazetteer import Gazetteer
from kg.graph import make_label
from kg.model import Document, Entity


def explain_sentence(text: str, date: str, between: tuple[str, ...]) -> str:
    """The facts of the text with their rules, then the rules that were tried and how far they got."""
    _check_date(date)
    if not text.strip():
        raise KgError("the sentence is empty", remedy="write --sentence 'A sentence.'")
    extractor = load_extractor()
    states = tuple(_state(extractor.gazetteer, name) for name in between)
    title = f"{states[0].label} and {states[1].label} relations" if states else ""
    document = Document("sentence", text, hashlib.sha256(text.encode()).hexdigest(), title=title, issued=date)
    facts = extractor.extract_reading(read(document, extractor.gazetteer, pair=states))
    lines = [] if facts else ["no fact"]
    for fact in facts:
        lines += [f"{fact.type}: {make_label(fact)}", f"  {write_fact(fact)}"]
        lines += [f"  words: {text[span.start : span.end]}" for span in fact.evidence]
        lines.append(f"  rule {fact.activity.rule}, version {fact.activity.version}")
        lines += [f"  captured {role} = {words}" for role, words in fact.activity.captured]
        lines += [f"  {note}" for note in fact.activity.notes]
    trials = extractor.try_sentence(document)
    if trials:
        lines += ["", "rules tried:"]
    for trial in sorted(trials, key=lambda trial: (not trial.matched, trial.rule, trial.pattern)):
        end = "matches" if trial.matched else f"stops after {trial.reached!r}" if trial.reached else "does not begin"
        lines.append(f"  {trial.rule}: {end}\n    {trial.pattern}")
    return "\n".join(lines) + "\n"


def _check_date(text: str) -> None:
    """Raises `KgError` for what is no date, or names a day that does not exist."""
    found = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", text)
    try:
        if text and not found:
            raise ValueError
        if found:
            datetime.date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        raise KgError(f"{text!r} is no date", remedy="write it like 2018-05-25, 2018-05 or 2018") from None


def _state(gazetteer: Gazetteer, name: str) -> Entity:
    found = [entity for entity in gazetteer.by_label(name.removeprefix("ent:")) if entity.kind == "state"]
    if not found:
        raise KgError(f"no state is called {name!r}", remedy="write its English name or its ISO 3166 code")
    return found[0]
