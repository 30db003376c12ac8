"""Where the projects of two states stand: a row for each project, a column for each stage, a mark for each fact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kg.plots import canvas
from kg.plots.drawing import Drawing
from kg.plots.links import fact_link
from kg.plots.readings import Reading, ask, read_facts
from kg.plots.sources import Sources, sources_of
from kg.plots.theme import GRID, MUTED, STATUS_DASHES, Json, key, page, wrap
from kg.plots.words import question_of, title_of, why_empty
from kg.terms import words_of

if TYPE_CHECKING:
    from kg.queries.engine import Store

QUERY = "projects-of-a-pair"
_STAGES = words_of("ProjectStatus", "stage")
_NAME, _COLUMN, _LINE = 250, 116, 17  # pixels: the width of a project's name and of a stage, the height of a mark


def draw_projects(store: Store, params: Mapping[str, str], base_url: str) -> Drawing:
    """The facts of `projects-of-a-pair`, dated or not: what several sources say of a project stands side by side."""
    result = ask(store, QUERY, params)
    readings = [reading for reading in read_facts(store, result) if reading.local("stage") in _STAGES]
    question, title = question_of(store, QUERY, params), title_of(store, "Where the projects of {a} and {b} stand", QUERY, params)
    if not readings:
        why = why_empty(store, QUERY, params, readings, "")
        return Drawing("projects", title, question, "vega-lite", {}, result, why_empty=why)
    sources = sources_of(reading.source for reading in readings)
    width = _NAME + _COLUMN * len(_STAGES)
    statuses = [status for status in STATUS_DASHES if any(r.local("status") == status for r in readings)]
    foot = key(sources.key(), statuses if statuses != ["Asserted"] else [], ["Each mark is one fact, with its date where it has one."], width)
    return Drawing("projects", title, question, "vega-lite", page(title, question, [_table(readings, sources, width, base_url), foot], width), result)


def _table(readings: Sequence[Reading], sources: Sources, width: int, base_url: str) -> Json:
    projects: dict[str, list[Reading]] = {}
    for reading in sorted(readings, key=lambda r: (r.text("project"), r.period is None, r.text("when"), r.source, r.fact)):
        projects.setdefault(reading.text("project"), []).append(reading)
    heads = [{"x": _NAME + _COLUMN * i + 8, "y": 8, "text": stage, "colour": MUTED} for i, stage in enumerate(_STAGES)]
    names, rules, marks, dates, y = [], [], [], [], 24.0
    for project, facts in projects.items():
        rules.append({"x": 0, "x2": width, "y": y, "y2": y, "colour": GRID})
        lines = wrap(project, _NAME - 12)
        names += [{"x": 0, "y": y + 12 + _LINE * i, "text": line} for i, line in enumerate(lines)]
        filled = dict.fromkeys(_STAGES, 0)
        for fact in facts:
            stage = fact.local("stage")
            place = {"x": _NAME + _COLUMN * _STAGES.index(stage) + 14, "y": y + 12 + _LINE * filled[stage]}
            filled[stage] += 1
            told = _told(fact, base_url)
            marks.append({**place, "shape": "circle", "colour": sources.colour(fact.source), **told})
            dates.append({**place, "x": place["x"] + 12, "text": _beside(fact, sources), **told})
        y += _LINE * max(len(lines), *filled.values()) + 8
    layers = [
        canvas.lines(rules), canvas.texts(heads), canvas.texts(names), canvas.symbols(marks), canvas.texts(dates, size=10),
    ]  # fmt: skip
    return canvas.view(width, y, layers)


def _beside(fact: Reading, sources: Sources) -> str:
    letter = sources.letter(fact.source)
    return " ".join(part for part in (fact.period.words if fact.period else "", f"[{letter}]" if letter else "") if part)


def _told(fact: Reading, base_url: str) -> Json:
    return {
        "what": f"{fact.text('project')}: {fact.text('stage')}", "when": fact.period.words if fact.period else "no date",
        "status": fact.local("status"), "source": fact.source, "fact": fact.fact, "link": fact_link(fact.fact, base_url),
    }  # fmt: skip
