"""The place on a page that a draft rests on, with its evidence marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.knowledge.validator_text import find_quote, squeeze

_AROUND = 1
"""Lines shown before and after those that are marked."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line, marked or not."""

    text: str
    marked: bool


def excerpt(text: str, quotes: Sequence[str]) -> list[list[Piece]]:
    """The lines around the quotes; an empty line stands where lines are left out."""
    lines = [line for line in map(squeeze, text.splitlines()) if line]
    source = " ".join(lines)
    spans = [places[0] for q in quotes if (places := find_quote(squeeze(q), source))]
    marked: list[list[Piece]] = []
    start = 0
    for line in lines:
        marked.append(_pieces(line, start, spans))
        start += len(line) + 1
    hit = [at for at, pieces in enumerate(marked) if any(p.marked for p in pieces)]
    shown = sorted({at + step for at in hit for step in range(-_AROUND, _AROUND + 1)})
    found: list[list[Piece]] = []
    before = None
    for at in shown:
        if not 0 <= at < len(marked):
            continue
        if before is not None and at - before > 1:
            found.append([])
        found.append(marked[at])
        before = at
    return found


def _pieces(line: str, start: int, spans: Sequence[tuple[int, int]]) -> list[Piece]:
    inside = [any(a - start <= at < b - start for a, b in spans) for at in range(len(line))]
    pieces, begun = [], 0
    for at in range(1, len(line) + 1):
        if at == len(line) or inside[at] != inside[begun]:
            pieces.append(Piece(line[begun:at], inside[begun]))
            begun = at
    return pieces
