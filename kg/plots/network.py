"""The network of actors: who stands in facts with whom, and how often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.plots import canvas
from kg.plots.drawing import Drawing
from kg.plots.layout import Box, place_nodes
from kg.plots.links import fact_link
from kg.plots.readings import ask
from kg.plots.theme import COLOURS, INK, MUTED, Json, key, page
from kg.plots.words import question_of, title_of, why_empty
from kg.queries.names import find_labels

if TYPE_CHECKING:
    from kg.queries.engine import Store

QUERY = "network-of-actors"
MOST = 60  # actors drawn; more cannot be read
_KINDS = (
    ("state", "circle", {"State", "FormerState"}), ("organisation or body", "square", {"Organisation", "Body", "Institution"}),
    ("company", "diamond", {"Company"}), ("person", "triangle-up", {"Person"}), ("group", "cross", {"Group"}),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Tie:
    """Two actors and the number of claims that name both."""

    one: str
    other: str
    claims: int


def draw_network(store: Store, params: Mapping[str, str], base_url: str) -> Drawing:
    """The ties of `network-of-actors`; the actors with most claims where there are more than `MOST`."""
    result = ask(store, QUERY, params)
    question = question_of(store, QUERY, params)
    about = " around {actor}" if "actor" in params else ""
    title = title_of(store, f"Network of actors{about}", QUERY, params)
    if not result.rows:
        why = why_empty(store, QUERY, params, [], "")
        return Drawing("network", title, question, "vega-lite", {}, result, why_empty=why)
    kinds: dict[str, str] = {}
    ties: list[_Tie] = []
    for one, kind, other, other_kind, claims in result.rows:
        if one is None or other is None or kind is None or other_kind is None or claims is None:
            continue
        kinds |= {one.value: kind.value.rpartition("#")[2], other.value: other_kind.value.rpartition("#")[2]}
        ties.append(_Tie(one.value, other.value, int(claims.value)))
    weights: Counter[str] = Counter()
    for tie in ties:
        weights.update({tie.one: tie.claims, tie.other: tie.claims})
    drawn = [iri for iri, _ in sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:MOST]]
    labels = find_labels(store, [ox.NamedNode(iri) for iri in drawn])
    nodes = [_node(iri, labels.get(ox.NamedNode(iri), iri), kinds[iri], weights[iri], base_url) for iri in drawn]
    links = [tie for tie in ties if tie.one in drawn and tie.other in drawn]
    notes = ["A line: facts that name both, thicker for more of them; what several documents say alike counts once."]
    if len(weights) > MOST:
        notes.append(f"Drawn: the {MOST} of {len(weights)} actors with most facts.")
    return Drawing("network", title, question, "vega-lite", _specification(title, question, nodes, links, notes), result, tuple(notes))


def _node(iri: str, label: str, kind: str, claims: int, base_url: str) -> Json:
    name, shape, colour = next(
        ((words, shape, COLOURS[i]) for i, (words, shape, classes) in enumerate(_KINDS) if kind in classes), ("", "circle", MUTED)
    )
    return {
        "text": label if len(label) <= 34 else label[:32].rstrip() + " …", "what": label, "kind": name, "shape": shape,
        "colour": colour, "status": "Asserted", "claims": claims, "size": 60 + 26 * min(claims, 40), "fact": iri,
        "link": fact_link(iri, base_url),
    }  # fmt: skip


def _specification(title: str, question: str, nodes: list[Json], ties: list[_Tie], notes: list[str]) -> Json:
    boxes = [Box(max(node["size"] ** 0.5, 5.9 * len(node["text"])) + 8, node["size"] ** 0.5 + 20) for node in nodes]
    index = {node["fact"]: place for place, node in enumerate(nodes)}
    links = [(index[tie.one], index[tie.other], 1 + 0.15 * min(tie.claims, 12)) for tie in ties]
    spots, width, height = place_nodes(boxes, links)
    marks = [{**node, "x": x, "y": round(y - 7, 1)} for node, (x, y) in zip(nodes, spots, strict=True)]
    names = [{**mark, "colour": INK, "y": round(mark["y"] + mark["size"] ** 0.5 / 2 + 9, 1)} for mark in marks]
    lines = [
        {
            "x": marks[index[tie.one]]["x"], "y": marks[index[tie.one]]["y"], "x2": marks[index[tie.other]]["x"],
            "y2": marks[index[tie.other]]["y"], "colour": "#c4c4c4", "thick": round(0.6 + 0.9 * min(tie.claims, 24) ** 0.5, 2),
        }
        for tie in ties
    ]  # fmt: skip
    view = canvas.view(
        width, height,
        [canvas.lines(lines), canvas.halo(names, align="center"), canvas.symbols(marks), canvas.texts(names, align="center")],
    )  # fmt: skip
    width = max(int(width), 420)
    return page(title, question, [view, canvas.view(width, 18 * len(_KINDS), _legend(marks)), key([], [], notes, width)], width)


def _legend(marks: list[Json]) -> list[Json]:
    shown = [kind for kind in _KINDS if any(mark["kind"] == kind[0] for mark in marks)]
    rows = [
        {"x": 7, "y": 10 + 18 * place, "text": words, "shape": shape, "colour": COLOURS[_KINDS.index((words, shape, classes))], "status": "Asserted"}
        for place, (words, shape, classes) in enumerate(shown)
    ]  # fmt: skip
    return [canvas.symbols(rows), canvas.texts([{"x": 20, "y": row["y"], "text": row["text"]} for row in rows])]
