"""A page as it is now, held against the one that the answers rest on. Plain functions.

Evidence counts as lost when its words no longer follow each other on the page; only punctuation,
white space and list marks may differ, since two ways to copy a page differ in those.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from typing import Final, Literal

from bot.knowledge.records import Evidence, Municipality, Page
from bot.knowledge.validator_text import sentences, squeeze, stands_in

SAME_PAGE: Final = 0.25
"""Share of the old lines that a page has to keep to be taken for the same page."""

_NEAR: Final = 0.55
_STRETCH: Final = 4
_MARKS: Final = re.compile(r"^[\s•·*–-]+", re.MULTILINE)
_INVISIBLE: Final = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))

Change = Literal["same", "gone", "new"]


@dataclass(frozen=True, slots=True)
class DiffLine:
    """A line of the page, and whether it is still there, gone or new."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class LostQuote:
    """A passage that is gone, and the new one that comes nearest, when one does."""

    quote: str
    near: str | None


@dataclass(frozen=True, slots=True)
class Lost:
    """An answer or a contact that rested on a passage that is gone.

    ``subject`` names it as the database does: an answer's id, or ``contact:<id>``.
    """

    subject: str
    quotes: tuple[LostQuote, ...]

    @property
    def is_contact(self) -> bool:
        """Whether it is where a person answers, and not an answer."""
        return self.subject.startswith(CONTACT)


CONTACT: Final = "contact:"
PAGE: Final = "page:"


@dataclass(frozen=True, slots=True)
class Compared:
    """What has changed on a page, and what it costs."""

    lines: tuple[DiffLine, ...]
    lost: tuple[Lost, ...]
    kept: float

    @property
    def gone(self) -> tuple[str, ...]:
        """The lines that the page has no longer."""
        return tuple(line.text for line in self.lines if line.change == "gone")

    @property
    def new(self) -> tuple[str, ...]:
        """The lines that it did not have."""
        return tuple(line.text for line in self.lines if line.change == "new")

    @property
    def is_changed(self) -> bool:
        """Whether anything differs."""
        return bool(self.gone or self.new)

    @property
    def is_another_page(self) -> bool:
        """Whether so little is left that it is hardly the same page."""
        return self.kept < SAME_PAGE


def compare(municipality: Municipality, page: Page, text: str) -> Compared:
    """The page as content has it against its text now."""
    before, after = _lines(page.text), _lines(text)
    lines = tuple(_diff(before, after))
    same = sum(line.change == "same" for line in lines)
    lost = _lost(municipality, page, tidy(text), _passages(after, lines))
    return Compared(lines, tuple(lost), same / max(len(before), 1))


def tidy(text: str) -> str:
    """The text without what differs from one way of copying to another."""
    plain = unicodedata.normalize("NFC", text).translate(_INVISIBLE)
    return squeeze(_MARKS.sub("", plain))


def still_stands(quote: str, text: str) -> bool:
    """Whether a passage still stands on a page; ``text`` is tidy."""
    return stands_in(tidy(quote), text)


def _lines(text: str) -> list[str]:
    return [line for line in map(squeeze, text.splitlines()) if line]


def _diff(before: Sequence[str], after: Sequence[str]) -> Iterable[DiffLine]:
    old, new = [tidy(line) for line in before], [tidy(line) for line in after]
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (DiffLine("same", line) for line in before[a:b])
            continue
        # A line that only moved is neither gone nor new.
        yield from (DiffLine("same" if tidy(line) in new else "gone", line) for line in before[a:b])
        yield from (DiffLine("new", line) for line in after[c:d] if tidy(line) not in old)


def _passages(after: Sequence[str], lines: Sequence[DiffLine]) -> list[str]:
    """What new evidence may be found among: new sentences, and stretches with a new line in."""
    new = {line.text for line in lines if line.change == "new"}
    found = [sentence for line in after if line in new for sentence in sentences(line)]
    for count in range(1, _STRETCH + 1):
        for at in range(len(after) - count + 1):
            stretch = after[at : at + count]
            if new.intersection(stretch):
                found.append(" ".join(stretch))
    return list(dict.fromkeys(found))


def _lost(municipality: Municipality, page: Page, now: str, new: Sequence[str]) -> Iterable[Lost]:
    holders: list[tuple[str, Sequence[Evidence]]] = [
        (answer.id, answer.evidence) for answer in municipality.answers
    ]
    holders += [(f"{CONTACT}{c.id}", c.evidence) for c in municipality.contacts.values()]
    known: dict[str, LostQuote | None] = {}
    for subject, evidence in holders:
        quotes = []
        for entry in (e for e in evidence if e.page == page.id):
            if entry.quote not in known:
                stands = still_stands(entry.quote, now)
                known[entry.quote] = None if stands else LostQuote(entry.quote, _near(entry, new))
            lost = known[entry.quote]
            if lost is not None:
                quotes.append(lost)
        if quotes:
            yield Lost(subject, tuple(quotes))


def _near(entry: Evidence, new: Sequence[str]) -> str | None:
    """The new passage that is most like one that is gone."""
    found = get_close_matches(squeeze(entry.quote), new, n=1, cutoff=_NEAR)
    return found[0] if found else None
