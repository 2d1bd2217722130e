"""Where the boxes of a tree stand: the trunk on top, a column for each branch, its leaves below."""

from __future__ import annotations

from collections.abc import Sequence

from api.flows.layout import EDGE, Arrow, Box, Drawing, Node, height_of, placed

WIDTH, INDENT, GAP, BETWEEN, STEM = 310, 34, 10, 44, 34

Branch = tuple[Node, Sequence[Node]]
"""A box and those that hang on it."""


def draw_tree(trunk: Sequence[Node], branches: Sequence[Branch]) -> Drawing:
    """Boxes under one another; the branches beside one another."""
    boxes: list[Box] = []
    arrows: list[Arrow] = []
    x, y = float(EDGE), float(EDGE)
    for node in trunk:
        if boxes:
            arrows.append(_straight(boxes[-1], y + STEM))
            y += STEM
        boxes.append(_put(node, x, y))
        y += boxes[-1].height
    foot = boxes[-1]
    lowest = y
    for number, (node, leaves) in enumerate(branches):
        column = x + number * (WIDTH + INDENT + BETWEEN)
        head = _put(node, column, foot.y + foot.height + STEM)
        arrows.append(_to_branch(foot, head))
        hung = _hang(head, leaves)
        boxes += [head, *hung]
        arrows += [_to_leaf(head, leaf) for leaf in hung]
        lowest = max(lowest, *(box.y + box.height for box in (head, *hung)))
    width = max(box.x + box.width for box in boxes) + EDGE
    return Drawing(round(width), round(lowest + EDGE), tuple(boxes), tuple(arrows))


def _hang(head: Box, leaves: Sequence[Node]) -> list[Box]:
    hung: list[Box] = []
    y = head.y + head.height + GAP
    for leaf in leaves:
        hung.append(_put(leaf, head.x + INDENT, y))
        y += hung[-1].height + GAP
    return hung


def _put(node: Node, x: float, y: float) -> Box:
    return placed(node, x, y, WIDTH, height_of(node, WIDTH))


def _straight(start: Box, end: float) -> Arrow:
    x = start.x + start.width / 2
    return Arrow(f"M{x:.1f} {start.y + start.height:.1f}V{end:.1f}", "plain", ())


def _to_branch(foot: Box, head: Box) -> Arrow:
    """Down, across, and down again."""
    x, y = foot.x + foot.width / 2, foot.y + foot.height
    across = head.x + head.width / 2
    path = f"M{x:.1f} {y:.1f}V{y + STEM / 2:.1f}H{across:.1f}V{head.y:.1f}"
    return Arrow(path, "plain", ())


def _to_leaf(head: Box, leaf: Box) -> Arrow:
    """Down along the edge, and in."""
    x, middle = head.x + INDENT / 2, leaf.y + leaf.height / 2
    path = f"M{x:.1f} {head.y + head.height:.1f}V{middle:.1f}H{leaf.x:.1f}"
    return Arrow(path, "plain", ())
