"""Where the bars of a chart stand. The template draws them, and a table beside tells the figures.

Lengths are those of the picture's own grid; it scrolls within itself where the screen is narrow.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 760, 240
LEFT, RIGHT, TOP, BOTTOM = 48, 8, 16, 34
_LINES = 4
_MOST_LABELS = 12
_STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a bar; ``look`` is the name of its style."""

    x: float
    y: float
    width: float
    height: float
    look: str


@dataclass(frozen=True, slots=True)
class Label:
    """A text beside an axis, and for the upright one its line."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of upright bars."""

    boxes: Sequence[Box]
    below: Sequence[Label]
    beside: Sequence[Label]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT


Part = tuple[int, str]
"""A value, and the name of its style."""


def columns(bars: Sequence[tuple[str, Sequence[Part]]]) -> Chart:
    """Bars with titles, each of parts that stand on one another."""
    step = scale_step(max((sum(v for v, _ in parts) for _, parts in bars), default=0))
    top = step * _LINES
    room = HEIGHT - TOP - BOTTOM
    each = (WIDTH - LEFT - RIGHT) / max(1, len(bars))
    every = math.ceil(len(bars) / _MOST_LABELS)
    boxes: list[Box] = []
    below: list[Label] = []
    for number, (title, parts) in enumerate(bars):
        x, floor = LEFT + number * each, float(HEIGHT - BOTTOM)
        for value, look in parts:
            if value <= 0:
                continue
            height = room * value / top
            floor -= height
            boxes.append(_box(x + each * 0.12, floor, each * 0.76, height, look))
        if number % every == 0:
            below.append(Label(round(x + each / 2, 1), HEIGHT - BOTTOM + 20, title))
    beside = [
        Label(LEFT, round(HEIGHT - BOTTOM - room * line / _LINES, 1), _number(step * line))
        for line in range(_LINES + 1)
    ]
    return Chart(boxes, below, beside)


def scale_step(most: int) -> int:
    """A round distance between the lines of a scale that reaches ``most``; whole numbers only."""
    wanted = max(1.0, most / _LINES)
    size = 10 ** math.floor(math.log10(wanted))
    return next(int(s * size) for s in _STEPS if s * size >= wanted and s * size % 1 == 0)


def shares(values: Sequence[int]) -> list[float]:
    """How long a bar is for each value, in hundredths of the longest."""
    longest = max(values, default=0)
    return [round(100 * value / longest, 1) if longest else 0.0 for value in values]


def _box(x: float, y: float, width: float, height: float, look: str) -> Box:
    return Box(round(x, 1), round(y, 1), round(width, 1), round(height, 1), look)


def _number(value: int) -> str:
    return f"{value:,}".replace(",", "\N{NO-BREAK SPACE}")
