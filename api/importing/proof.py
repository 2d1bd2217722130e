"""Where the page says what a person typed: the page's own words are the evidence of it.

Blanks, dashes, capitals and the grouping of digits may differ; nothing else may.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from api.storage.imports import ImportRow
from bot.knowledge.validator_facts import digits, facts
from bot.knowledge.validator_text import Span, squeeze, stands_in

LONGEST_LINE: Final = 240
"""A longer line is no label with its fact: of it only the words themselves are quoted."""

_ENDING: Final = 4
"""Letters by which a name may go on: ``Kundtjänst`` stands in "kundtjänstens"."""


@dataclass(frozen=True, slots=True)
class Proof:
    """The words of a page that say it, and the passage to quote."""

    page: str
    words: str
    quote: str


class PageText:
    """A page's text on one line, and where each of its lines begins."""

    def __init__(self, text: str) -> None:
        self.lines = [line for line in map(squeeze, text.splitlines()) if line]
        self.text = " ".join(self.lines)
        self.starts: list[int] = []
        at = 0
        for line in self.lines:
            self.starts.append(at)
            at += len(line) + 1

    def find(self, value: str, ending: int = 0) -> Span | None:
        """Where a value stands, by its letters and digits alone, and never inside a word."""
        wanted = "".join(_core(value))
        kept = [(at, letter) for at, letter in enumerate(self.text) if letter.isalnum()]
        bare = "".join(letter.casefold()[:1] for _, letter in kept)
        at = bare.find(wanted) if wanted else -1
        while at >= 0:
            start, end = kept[at][0], kept[at + len(wanted) - 1][0] + 1
            while ending and self._inside(end) and end - kept[at + len(wanted) - 1][0] <= ending:
                end += 1
            if not self._inside(start - 1) and not self._inside(end):
                return start, end
            at = bare.find(wanted, at + 1)
        return None

    def passage(self, span: Span) -> str:
        """The whole lines around a stretch, or the stretch itself where they are long."""
        whole = self.between(self.line_at(span[0]), self.line_at(span[1] - 1))
        return whole if len(whole) <= LONGEST_LINE else self.text[slice(*span)]

    def line_at(self, at: int) -> int:
        """The number of the line on which a place in the text is."""
        return bisect(self.starts, at) - 1

    def between(self, first: int, last: int) -> str:
        """The words from the first to the last of some lines."""
        return " ".join(self.lines[first : last + 1]).removeprefix("• ")

    def number(self, phone: str) -> Span | None:
        """Where a phone number stands, however its digits are grouped."""
        for fact in facts(self.text):
            if fact.kind == "phone number" and fact.value == digits(phone):
                start = self.text.find(fact.written)
                return (start, start + len(fact.written)) if start >= 0 else None
        return None

    def _inside(self, at: int) -> bool:
        return 0 <= at < len(self.text) and self.text[at].isalnum()


def prove(key: str, value: str, rows: Iterable[ImportRow]) -> Proof | None:
    """What the first of some pages says of it; None where it stands on none."""
    for row in rows:
        page = PageText(row.text)
        span = page.number(value) if key == "phone" else None
        span = span or page.find(value, _ENDING if key == "name" else 0)
        if span:
            said = page.text[slice(*span)]
            words = value if key in ("phone", "name") or stands_in(value, said) else said
            return Proof(row.page, words, page.passage(span))
    return None


def _core(value: str) -> Iterable[str]:
    return (letter.casefold()[:1] for letter in value if letter.isalnum())
