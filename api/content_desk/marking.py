"""A page with its evidence marked, line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.knowledge.records import Page
from bot.knowledge.validator_text import Span, find_quote, squeeze


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line, marked or not."""

    text: str
    marked: bool


def marked_lines(page: Page, quotes: Iterable[str]) -> list[list[Piece]]:
    """The lines of a page, with what the quotes say in marked pieces."""
    lines = [line for line in map(squeeze, page.text.splitlines()) if line]
    source = " ".join(lines)
    spans = [span for quote in quotes for span in find_quote(squeeze(quote), source)]
    found, start = [], 0
    for line in lines:
        found.append(list(_pieces(line, start, spans)))
        start += len(line) + 1
    return found


def near_marked(lines: Sequence[list[Piece]]) -> list[list[Piece] | None]:
    """The lines with something marked and those beside them; None where others are left out."""
    marked = [at for at, line in enumerate(lines) if any(p.marked for p in line)]
    wanted = sorted({n for at in marked for n in (at - 1, at, at + 1) if 0 <= n < len(lines)})
    found: list[list[Piece] | None] = []
    for at in wanted:
        if at and at - 1 not in wanted:
            found.append(None)
        found.append(lines[at])
    if wanted and wanted[-1] < len(lines) - 1:
        found.append(None)
    return found


def _pieces(line: str, start: int, spans: Iterable[Span]) -> Iterator[Piece]:
    inside = [False] * len(line)
    for first, last in spans:
        for at in range(max(0, first - start), min(len(line), last - start)):
            inside[at] = True
    begun = 0
    for at in range(1, len(line) + 1):
        if at == len(line) or inside[at] != inside[begun]:
            yield Piece(line[begun:at], inside[begun])
            begun = at
