"""Where the nodes of a network stand: linked ones near each other, no label on another.

Vega's own force layout places points without their labels, and its label transform needs a browser's canvas, which the
renderer of files lacks; so that page and file show the same, both are done here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_ROUNDS, _PUSHES = 260, 240
_UNIT = 62.0  # pixels between two nodes, about
_STRETCH = 1.3
# cosine and sine of the golden angle, written out: the same spiral on every machine
_COS, _SIN = -0.7373688780783197, 0.6754902942615238


@dataclass(frozen=True, slots=True)
class Box:
    """The room of one node with its label, in pixels."""

    width: float
    height: float


def place_nodes(boxes: Sequence[Box], links: Sequence[tuple[int, int, float]]) -> tuple[list[tuple[float, float]], float, float]:
    """The centre of each box, and width and height of the whole. Links: two indices and a strength.

    Fruchterman and Reingold's springs from a spiral in the order given, then boxes that overlap are pushed apart.
    """
    number = len(boxes)
    spots = _spiral(number, _UNIT)
    degrees = [0] * number
    for i, j, _ in links:
        degrees[i] += 1
        degrees[j] += 1
    links = [(i, j, strength / min(degrees[i], degrees[j]) ** 0.5) for i, j, strength in links]  # else the dense part falls into one
    for turn in range(_ROUNDS):
        spots = _spring(spots, links, _UNIT, heat=_UNIT * (1 - turn / _ROUNDS) * 0.35)
    spots = [(x * _STRETCH, y) for x, y in spots]  # labels are wide
    for _ in range(_PUSHES):
        if not _push_apart(spots, boxes):
            break
    left = min(x - b.width / 2 for (x, _), b in zip(spots, boxes, strict=True))
    top = min(y - b.height / 2 for (_, y), b in zip(spots, boxes, strict=True))
    placed = [(round(x - left, 1), round(y - top, 1)) for x, y in spots]
    width = max(x + b.width / 2 for (x, _), b in zip(placed, boxes, strict=True))
    height = max(y + b.height / 2 for (_, y), b in zip(placed, boxes, strict=True))
    return placed, width, height


def _spiral(number: int, unit: float) -> list[tuple[float, float]]:
    spots, x, y = [], 1.0, 0.0
    for index in range(number):
        radius = unit * 0.6 * index**0.5
        spots.append((radius * x, radius * y))
        x, y = x * _COS - y * _SIN, x * _SIN + y * _COS
    return spots


def _spring(
    spots: list[tuple[float, float]], links: Sequence[tuple[int, int, float]], unit: float, heat: float
) -> list[tuple[float, float]]:
    """One round: all push each other away, links pull, the middle pulls a little; nobody moves further than `heat`."""
    force = [[-1.1 * x, -1.2 * y] for x, y in spots]
    for i, (x, y) in enumerate(spots):
        for j in range(i):
            dx, dy = x - spots[j][0], y - spots[j][1]
            push = unit * unit / max(dx * dx + dy * dy, 1.0)
            for k, sign in ((i, 1), (j, -1)):
                force[k][0] += sign * dx * push
                force[k][1] += sign * dy * push
    for i, j, strength in links:
        dx, dy = spots[i][0] - spots[j][0], spots[i][1] - spots[j][1]
        pull = (dx * dx + dy * dy) ** 0.5 / unit * strength
        for k, sign in ((i, -1), (j, 1)):
            force[k][0] += sign * dx * pull
            force[k][1] += sign * dy * pull
    moved = []
    for (x, y), (fx, fy) in zip(spots, force, strict=True):
        far = max((fx * fx + fy * fy) ** 0.5, 1e-9)
        step = min(far, heat) / far
        moved.append((x + fx * step, y + fy * step))
    return moved


def _push_apart(spots: list[tuple[float, float]], boxes: Sequence[Box]) -> bool:
    """Moves boxes that overlap away from each other, along the shorter way; whether any did."""
    any_moved = False
    for i in range(len(spots)):
        for j in range(i):
            dx, dy = spots[i][0] - spots[j][0], spots[i][1] - spots[j][1]
            over_x = (boxes[i].width + boxes[j].width) / 2 - abs(dx)
            over_y = (boxes[i].height + boxes[j].height) / 2 - abs(dy)
            if over_x <= 0 or over_y <= 0:
                continue
            any_moved = True
            if over_x < over_y:
                shift = (over_x / 2 + 0.5) * (1 if dx >= 0 else -1)
                spots[i], spots[j] = (spots[i][0] + shift, spots[i][1]), (spots[j][0] - shift, spots[j][1])
            else:
                shift = (over_y / 2 + 0.5) * (1 if dy >= 0 else -1)
                spots[i], spots[j] = (spots[i][0], spots[i][1] + shift), (spots[j][0], spots[j][1] - shift)
    return any_moved
