"""Items of a list that name a thing and add what is known of it: agreements ("Trade Agreement (Lima, 3 May 2001, in force)") and
projects ("- Komenda sugar plant, US$ 35 mn (commissioned in May 2016)").

The built-in rules `item-agreement` and `item-project`. Behind the name stand notes, parted by commas, brackets and dashes; each names
nothing but dates, places, amounts and a status (`listed-...` in the word classes of the rules). What has another note is left to the rules.
The cells of a table are read as notes too (`kg.extract.layout.registers`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.reading import Reading
from kg.extract.roles import Draft, make_entity
from kg.extract.titles import parties_of
from kg.extract.words import words
from kg.match import SentenceView
from kg.match.linear.things import heads, names_undertaking
from kg.model import Concept, Entity, Evidence, Mention, Span
from kg.words import WordClasses

AGREEMENT_RULE, PROJECT_RULE = "item-agreement", "item-project"
VERSION = "1"

PACT_STATES = ("unforced", "unratified", "unsigned", "undrafted", "negotiated", "force", "ratified", "extended", "ended", "signed")
_HEADED = ("unforced", "unratified", "unsigned", "undrafted", "negotiated")  # states that a heading may tell
STAGES = ("cancelled", "suspended", "planned", "underway", "operating", "completed", "proposed")
_ACTIONS = {"unforced": "inForce", "unratified": "ratified", "unsigned": "signed", "undrafted": "negotiated", "force": "inForce", "ended": "terminated"}
_OVER = frozenset({"completed", "operating"})  # which may stand side by side: "equipped and handed over"
_STATUSES = {"unforced": "Denied", "unratified": "Denied", "unsigned": "Planned", "undrafted": "Planned"}
_PARTING = re.compile(r"[,;()\[\]]|(?<=\s)[-–—](?=\s)|:(?=\s)|[–—](?=\s)")
_MOST_WORDS = 30  # of an item; longer ones are sentences
_FILLER = words("listed", "filler")
_SMALL, _PROJECTS, _OCCASION = words("listed", "small"), words("listed", "projects"), sorted(words("listed", "occasion"), key=len, reverse=True)
_TALKS = words("listed", "talks")
_SIGNED = words("listed", "signed")
_KEPT = ("date", "period", "money", "place", "state")


@dataclass(frozen=True, slots=True)
class Note:
    """What one note of an item, or one cell of a row, tells: a status, dates, places or states, amounts."""

    status: str
    found: tuple[Mention, ...]

    def of(self, *kinds: str) -> tuple[Mention, ...]:
        """What the note names of these kinds."""
        return tuple(m for m in self.found if m.kind in kinds)


@dataclass(frozen=True, slots=True)
class Entry:
    """A draft made of one item or row, by the built-in rule named."""

    rule: str
    draft: Draft
    evidence: Evidence
    status: str = "Asserted"


def read_listed(reading: Reading, view: SentenceView, classes: WordClasses) -> list[Entry]:
    """The entries of an item of a list of agreements or projects; none of any other."""
    item = view.sentence.kind == "item"
    if not (item or (view.sentence.kind == "prose" and _has_sign(reading, view))) or len(reading.pair) != 2 or len(view.words) > _MOST_WORDS * 2:
        return []
    parts = _parts(reading, view)
    ahead: list[Note] = []  # "12 May 2011 – Trade Agreement (Lima)"
    if item and len(parts) > 1 and (first := note_of(reading, view, parts[0], (), classes)) is not None and first.of("date", "period"):
        ahead.append(first)
        del parts[0]
    pact = _names_pact(view, parts[0], classes)
    if not pact and not (item and _PROJECTS & set(re.findall(r"\w+", view.sentence.heading.lower()))):
        return list(_works_entries(reading, view, parts, classes))
    kinds = PACT_STATES if pact else STAGES
    notes: list[Note] = []
    while len(parts) > 1 and (note := note_of(reading, view, parts[-1], kinds, classes)) is not None:
        notes.insert(0, note)
        parts.pop()
    notes += ahead
    told = _told_above(view, classes) if pact and item and not any(note.status for note in notes) else ""
    if not (notes or told) or not (item or (len(parts) == 1 and all(note.status for note in notes))):
        return []
    notes = [Note(told, ()), *(Note(told, note.found) for note in notes)][-1:] if told else notes
    name = Span(parts[0].start, parts[-1].end)
    if _TALKS & set(re.findall(r"\w+", reading.document.text[name.start : name.end].lower())):
        return []  # "Trade agreement negotiations: Lima (2017)"
    if any(g.form == "finite" and name.start <= view.tokens[g.first].start < name.end for g in view.groups):
        return []  # a sentence
    if reading.document.text[name.end : name.end + 1] == ")" and "(" in reading.document.text[name.start : name.end]:
        name = Span(name.start, name.end + 1)
    return list(pact_entries(reading, view, name, notes) if pact else project_entries(reading, view, name, notes))


def _works_entries(reading: Reading, view: SentenceView, parts: Sequence[Span], classes: WordClasses) -> Iterator[Entry]:
    """What stands behind the name of a thing built that opens a line: "Omo dam: 50 MW; cancelled 2012", a fact for each note with a stage."""
    first = next((k for k, t in enumerate(view.tokens) if t.start >= parts[0].start), 0)
    name = parts[0]
    if view.word(first + 1) == "of" and heads(view, classes, "making", first):  # "Expansion of the refinery: on hold"
        first += 2 + (view.word(first + 2) == "the")
        name = Span(view.tokens[min(first, len(view) - 1)].start, name.end)
    last = next((k for k, t in enumerate(view.tokens) if t.start >= parts[0].end), len(view.tokens))
    if len(parts) < 2 or any(g.form == "finite" for g in view.groups if g.first < last) or not _is_works(view, classes, first, last):
        return
    told = [note for part in parts[1:] if (note := note_of(reading, view, part, STAGES, classes)) is not None]
    beside = [note for note in told if not note.status]
    for note in told:
        if note.status:
            paid = note.status in ("planned", "underway", "completed")
            yield from project_entries(reading, view, name, (note, *(other for other in beside if paid or not other.of("money"))))


def _is_works(view: SentenceView, classes: WordClasses, first: int, last: int) -> bool:
    """Whether the words at the head of a line name something built: "Omo dam", "Biomass plant at Lamu", "Lamu-Omo gas pipeline (LOP)"."""
    named = next((m for m in view.mentions if m.kind in ("facility", "project") and m.form != "reference" and m.first <= first + 1 and m.last == last), None)
    phrase = next((p for p in view.phrases if p.first <= first < p.last), None)
    if phrase is None or phrase.last > last:
        return named is not None
    behind = view.word(phrase.last) if phrase.last < last else "in"
    return named is not None or (behind in _TELLING_PLACE and names_undertaking(view, classes, phrase.first, phrase.last))


_TELLING_PLACE = frozenset({"at", "for", "from", "in", "near", "of", "on", "to", "between", "with"})


def _told_above(view: SentenceView, classes: WordClasses) -> str:
    """What the heading of a list says of agreements that are not signed yet: "Pending agreements", "Agreements awaiting ratification"."""
    heading = " ".join(re.findall(r"\w+", view.sentence.heading.lower()))
    found = [(len(p), p, k) for k in _HEADED for p in _phrases(k, classes) if re.search(rf"\b{re.escape(p)}\b", heading)]
    if not found:
        return ""
    _, phrase, kind = max(found)
    return kind if not _SIGNED & set(heading.replace(phrase, " ").split()) else ""


def _has_sign(reading: Reading, view: SentenceView) -> bool:
    """Whether a colon or dash stands behind what a sentence begins with: "Tax Treaty: talks over, signature pending"."""
    text = reading.document.text[view.sentence.start : view.sentence.end]
    return bool(re.match(r"[^,;:()]{3,120}?(?::|\s[-–—])\s", text))


def _parts(reading: Reading, view: SentenceView) -> list[Span]:
    """An item cut at its commas, brackets and dashes, not inside of dates and amounts."""
    held = [m for m in view.mentions if m.kind in _KEPT or m.kind == "number"]
    start, end = view.sentence.start, view.sentence.end
    marks = [m for m in _PARTING.finditer(reading.document.text, start, end) if not any(h.start < m.start() < h.end for h in held)]
    cuts = [start, *(at for m in marks for at in (m.start(), m.end())), end]
    parts = [_stripped(reading.document.text, *cuts[i : i + 2]) for i in range(0, len(cuts), 2)]
    return [p for p in parts if any(c.isalnum() for c in reading.document.text[p.start : p.end])] or [Span(start, end)]


def _stripped(text: str, start: int, end: int) -> Span:
    inner = text[start:end]
    first = start + len(inner) - len(inner.lstrip(" \t*•.\"“”"))
    return Span(first, max(first, start + len(inner.rstrip(" \t*.¹²³"))))


def _names_pact(view: SentenceView, name: Span, classes: WordClasses) -> bool:
    """Whether an item begins with the name of an agreement."""
    if any(m.kind == "agreement" and m.start == name.start for m in view.mentions):
        return True
    papers = {" ".join(p.words) for p in classes.phrases("papers")} - {"text", "deal", "document", "instrument", "paper"}
    return any(t.lower in papers for t in view.tokens if name.start <= t.start < name.end and t.text[0].isupper())


def note_of(reading: Reading, view: SentenceView, span: Span, kinds: Sequence[str], classes: WordClasses) -> Note | None:
    """What a stretch tells, None where it holds anything but dates, places, amounts and a status of these kinds."""
    found = [m for m in view.mentions if m.kind in _KEPT and span.start <= m.start and m.end <= span.end and (m.value or m.entities)]
    found = [m for m in found if not any(o is not m and o.start <= m.start and m.end <= o.end and o.end - o.start > m.end - m.start for o in found)]
    left = list(reading.document.text[span.start : span.end])
    shares = [m for m in view.mentions if m.kind == "percent" and span.start <= m.start and m.end <= span.end] if kinds is STAGES else []
    for m in (*found, *shares):
        left[m.start - span.start : m.end - span.start] = " " * (m.end - m.start)
    rest = " ".join(re.findall(r"[^\W\d_]+", "".join(left).lower()))
    status = ""
    rest = _without_occasion(rest, kinds, classes)
    for phrase, kind in sorted(((p, k) for k in kinds for p in _phrases(k, classes)), key=lambda x: (-len(x[0]), kinds.index(x[1]))):
        if re.search(rf"\b{re.escape(phrase)}\b", rest):
            if status and not {status, kind} <= _OVER:
                break
            status, rest = kind, re.sub(rf"\b{re.escape(phrase)}\b", " ", rest, count=1)
            if kind not in _OVER:
                break
    if any(word.isalpha() and word not in _SMALL and not (status and kinds is STAGES and word in _FILLER) for word in rest.split()) or not (status or found):
        return None
    if shares and status == "completed":
        status = "underway"  # "60% complete"
    return Note(status, tuple(found))


def _without_occasion(rest: str, kinds: Sequence[str], classes: WordClasses) -> str:
    """A note without what stands behind its status for the occasion: "to be signed | during the next visit"."""
    cut = re.search(rf"\s(?:{'|'.join(_OCCASION)})\s", rest)
    if cut is None:
        return rest
    before = set(rest[: cut.start()].split()) - _SMALL
    return rest[: cut.start()] if any(before == set(phrase.split()) - _SMALL for kind in kinds for phrase in _phrases(kind, classes)) else rest


def _phrases(kind: str, classes: WordClasses) -> list[str]:
    return [" ".join(re.findall(r"\w+", " ".join(p.words))) for p in classes.phrases(f"listed-{kind}")]


def pact_entries(reading: Reading, view: SentenceView, name: Span, notes: Sequence[Note]) -> Iterator[Entry]:
    """What was done with an agreement: one fact for each status; a date with none is that of the signing."""
    entity = next((m.entities[0] for m in view.mentions if m.kind == "agreement" and m.entities and m.start == name.start and m.end == name.end), None)
    entity = entity or make_entity(reading.document.text[name.start : name.end].strip(), "agreement", reading.document.sha256)
    places = [m for note in notes for m in note.of("place")]
    told = False
    for number, note in enumerate(notes):
        dates = [m.value for m in note.of("date", "period") if m.value]
        if not note.status and (not dates or told):
            continue
        status = note.status or "signed"
        if not dates and status == "signed" and number + 1 < len(notes) and not notes[number + 1].status:
            continue  # "(signed, Lima, 2004)": the date follows
        draft = _pact(_parties(reading, view, name), entity, _ACTIONS.get(status, status), note)
        if dates:
            draft.dates.append(dates[0])
        if status == "signed":
            told = True
            for place in places[:1]:
                draft.add("place", place.entities[0])
        yield Entry(AGREEMENT_RULE, draft, Evidence(view.sentence.start, view.sentence.end), _STATUSES.get(status, "Asserted"))


def _parties(reading: Reading, view: SentenceView, name: Span) -> tuple[Entity, ...]:
    """The parties that the agreement's name tells, else the pair of the document."""
    mention = next((m for m in view.mentions if m.kind == "agreement" and m.start == name.start), None)
    return (parties_of(view, mention) if mention is not None else ()) or tuple(reading.pair)


def _pact(parties: Sequence[Entity], agreement: Entity, action: str, note: Note) -> Draft:
    draft = Draft("AgreementAction")
    draft.add("agreement", agreement)
    draft.add("action", Concept("action", action))
    for party in parties:
        draft.add("party", party)
    if action == "ratified":
        for m in note.of("state"):
            draft.add("by", m.entities[0])
    return draft


def project_entries(
    reading: Reading, view: SentenceView, name: Span, notes: Sequence[Note], firms: Sequence[Entity] = (), place: Entity | None = None
) -> Iterator[Entry]:
    """How far a project is, what it costs and where it stands: one fact, none where no note tells how far."""
    stage = next((note.status for note in notes if note.status), "")
    if not stage:
        return
    known = next(
        (
            m.entities[0]
            for m in view.mentions
            if m.kind in ("project", "facility") and m.entities and m.start == name.start and m.end == name.end
        ),
        None,
    )
    draft = Draft("ProjectStatus")
    draft.add("project", known or make_entity(reading.document.text[name.start : name.end], "project", reading.document.sha256))
    draft.add("stage", Concept("stage", stage))
    for firm in firms:
        draft.add("participant", firm)
    amounts = [m.value for note in notes for m in note.of("money") if m.value and m.value.number is not None]
    if len(amounts) == 1 and amounts[0].number is not None:
        draft.add("amount", amounts[0].number)
        draft.add("currency", amounts[0].currency)
    place = place or next((m.entities[0] for note in notes for m in note.of("place")), None)
    if place is not None:
        draft.add("place", place)
    dates = [m.value for note in notes if note.status for m in note.of("date", "period") if m.value]
    dates = dates or [m.value for note in notes if not note.of("money") for m in note.of("date", "period") if m.value]
    draft.dates.extend(dates[:1])
    status = "Planned" if stage == "planned" else "Hypothetical" if stage == "proposed" else "Asserted"
    yield Entry(PROJECT_RULE, draft, Evidence(view.sentence.start, view.sentence.end), status)
