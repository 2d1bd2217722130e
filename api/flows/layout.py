"""Where the boxes and arrows of a drawing stand: layers from left to right, few crossings.

Within a layer the boxes are put beside those that they are joined to. The template draws what is
decided here.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

BOX, GAP, BETWEEN, EDGE = 200, 18, 96, 12
ABOVE = 44
"""Room for arrows that go back over the boxes."""

LINE, PADDING = 17, 9
LETTER = 9
"""So much room a bold letter needs; fonts differ."""

_ROUNDS = 4


@dataclass(frozen=True, slots=True)
class Node:
    """A box: its text, a smaller one below, its look, and perhaps its layer."""

    id: str
    title: str
    note: str = ""
    look: str = "plain"
    layer: int | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """An arrow, with words where they tell something; each title stands on a line of its own."""

    start: str
    end: str
    titles: tuple[str, ...] = ()
    look: str = "plain"


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text at its place."""

    x: float
    y: float
    text: str
    look: str = "title"


@dataclass(frozen=True, slots=True)
class Box:
    """A box at its place."""

    x: float
    y: float
    width: float
    height: float
    look: str
    lines: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow's path, and its words, each on a line."""

    path: str
    look: str
    labels: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that is drawn, within these lengths."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


def draw(
    nodes: Sequence[Node],
    edges: Sequence[Edge],
    between: int = BETWEEN,
    gap: int = GAP,
    box: int = BOX,
) -> Drawing:
    """Put the boxes into layers and join them. The first node is where it all begins."""
    boxes = _places(_ordered(_layers(nodes, edges), edges), between, gap, box)
    if any(_goes_back(boxes[e.start], boxes[e.end]) for e in edges):
        boxes = {name: _lowered(box, ABOVE) for name, box in boxes.items()}
    arrows = [_arrow(edge, boxes[edge.start], boxes[edge.end]) for edge in edges]
    width = max(b.x + b.width for b in boxes.values()) + EDGE
    lowest = [b.y + b.height for b in boxes.values()]
    lowest += [boxes[e.start].y + boxes[e.start].height + ABOVE for e in edges if e.start == e.end]
    return Drawing(round(width), round(max(lowest) + EDGE), tuple(boxes.values()), tuple(arrows))


def _layers(nodes: Sequence[Node], edges: Sequence[Edge]) -> list[list[Node]]:
    """By how many arrows lead there from the first, where a node does not name its layer."""
    far, newest = {nodes[0].id: 0}, {nodes[0].id}
    while newest:
        newest = {e.end for e in edges if e.start in newest} - far.keys()
        far.update(dict.fromkeys(newest, max(far.values()) + 1))
    found: dict[int, list[Node]] = {}
    for node in nodes:
        layer = node.layer if node.layer is not None else far.get(node.id, 0)
        found.setdefault(layer, []).append(node)
    return [found[layer] for layer in sorted(found)]


def _ordered(layers: list[list[Node]], edges: Sequence[Edge]) -> list[list[Node]]:
    """Each layer in the order of what its boxes are joined to in the layer before."""
    for _ in range(_ROUNDS):
        for left, layer in pairwise(layers):
            place = {node.id: number for number, node in enumerate(left)}
            heights = {n.id: _middle(n, place, edges, i) for i, n in enumerate(layer)}
            layer.sort(key=lambda n: heights[n.id])
    return layers


def _middle(node: Node, place: Mapping[str, int], edges: Sequence[Edge], own: int) -> float:
    joined = [place[e.start] for e in edges if e.end == node.id and e.start in place]
    # Its own place decides between equals, so that the order that was given is kept.
    return sum(joined) / len(joined) + own / 1000 if joined else own


def _places(layers: Sequence[Sequence[Node]], between: int, gap: int, width: int) -> dict[str, Box]:
    heights = [[height_of(n, width) for n in layer] for layer in layers]
    tallest = max(sum(h) + gap * (len(h) - 1) for h in heights)
    boxes: dict[str, Box] = {}
    for number, (layer, own) in enumerate(zip(layers, heights, strict=True)):
        x = EDGE + number * (width + between)
        y = EDGE + (tallest - sum(own) - gap * (len(own) - 1)) / 2
        for node, height in zip(layer, own, strict=True):
            boxes[node.id] = placed(node, float(x), round(y, 1), width, height)
            y += height + gap
    return boxes


def _lines(node: Node, width: int) -> list[tuple[str, str]]:
    letters = width // LETTER
    titles = [(line, "title") for line in textwrap.wrap(node.title, letters) or [""]]
    return [*titles, *((line, "note") for line in textwrap.wrap(node.note, letters))]


def height_of(node: Node, width: int) -> int:
    """How tall the box of a node is when it is so wide."""
    return len(_lines(node, width)) * LINE + 2 * PADDING


def placed(node: Node, x: float, y: float, width: int, height: int) -> Box:
    """The box of a node at a place, with its lines of text."""
    lines = tuple(
        Text(x + width / 2, round(y + PADDING + LINE * (number + 0.76), 1), text, look)
        for number, (text, look) in enumerate(_lines(node, width))
    )
    return Box(x, y, width, height, node.look, lines)


def _lowered(box: Box, by: float) -> Box:
    lines = tuple(replace(line, y=line.y + by) for line in box.lines)
    return replace(box, y=box.y + by, lines=lines)


def _goes_back(start: Box, end: Box) -> bool:
    return end.x < start.x


def _arrow(edge: Edge, start: Box, end: Box) -> Arrow:
    path, x, y = _way(start, end)
    first = y - LINE * (len(edge.titles) - 1) / 2
    labels = tuple(
        Text(round(x, 1), round(first + number * LINE, 1), title, "edge")
        for number, title in enumerate(edge.titles)
    )
    return Arrow(path, edge.look, labels)


Way = tuple[str, float, float]
"""A path, and the middle of its words."""


def _way(start: Box, end: Box) -> Way:
    if start is end:
        return _loop(start)
    if start.x == end.x:
        return _upright(start, end)
    return _back(start, end) if _goes_back(start, end) else _forth(start, end)


def _forth(start: Box, end: Box) -> Way:
    x1, y1 = start.x + start.width, start.y + start.height / 2
    x2, y2 = end.x, end.y + end.height / 2
    bend = (x2 - x1) / 2
    return _curve((x1, y1), (x1 + bend, y1), (x2 - bend, y2), (x2, y2)), x1 + bend, (y1 + y2) / 2


def _back(start: Box, end: Box) -> Way:
    """Above the boxes, to the left."""
    x1, x2 = start.x + start.width / 2, end.x + end.width / 2
    high = min(start.y, end.y) - ABOVE
    path = _curve((x1, start.y), (x1, high), (x2, high), (x2, end.y))
    return path, (x1 + x2) / 2, high + LINE


def _upright(start: Box, end: Box) -> Way:
    """Between boxes of one layer."""
    x = start.x + start.width / 2
    down = end.y > start.y
    y1, y2 = (start.y + start.height, end.y) if down else (start.y, end.y + end.height)
    return f"M{x:.1f} {y1:.1f}V{y2:.1f}", x, (y1 + y2) / 2


def _loop(box: Box) -> Way:
    """Out of the bottom of a box and into it again."""
    x, y = box.x + box.width / 2, box.y + box.height
    path = _curve((x + 30, y), (x + 30, y + ABOVE), (x - 30, y + ABOVE), (x - 30, y))
    return path, x, y + ABOVE


def _curve(*points: tuple[float, float]) -> str:
    start, *rest = (f"{x:.1f} {y:.1f}" for x, y in points)
    return f"M{start}C{' '.join(rest)}"
