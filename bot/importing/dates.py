"""The dates that a page gives of itself: when it was published, and when it was last changed."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from bot.knowledge.validator_dates import Day
from bot.knowledge.validator_facts import facts

_UPDATED: Final = re.compile(
    r"(?i)\b(?:uppdatera\w*|ändra(?:d|t|des)|granska(?:d|t|des)|redigera\w*|reviderad\w*)\b"
)
_PUBLISHED: Final = re.compile(r"(?i)\bpublicera\w*\b|^\s*publ\b")
_LONGEST: Final = 120
_NEAR_TOP: Final = 6


@dataclass(frozen=True, slots=True)
class PageDates:
    """The dates that the text shows."""

    published: dt.date | None
    updated: dt.date | None

    @property
    def newest(self) -> dt.date | None:
        """The newer one."""
        return self.updated or self.published


def page_dates(text: str) -> PageDates:
    """The dates of a page by its text. A date alone on one of the first lines is a news item's."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    published = updated = None
    for at, line in enumerate(lines):
        if len(line) > _LONGEST:
            continue
        if _UPDATED.search(line):
            updated = updated or _last(line, _UPDATED) or _alone(lines, at + 1)
        if _PUBLISHED.search(line):
            published = published or _last(line, _PUBLISHED) or _alone(lines, at + 1)
    if published is None and updated is None:
        published = next(
            (d for d in (_alone(lines, at) for at in range(min(_NEAR_TOP, len(lines)))) if d), None
        )
    if published and updated and published > updated:
        updated = None
    return PageDates(published, updated)


def has_date_line(text: str) -> bool:
    """Whether a short text tells when its page was changed or published."""
    short = len(text) <= _LONGEST
    return short and bool(_UPDATED.search(text) or _PUBLISHED.search(text)) and _days(text) != []


def _last(line: str, word: re.Pattern[str]) -> dt.date | None:
    """The first whole date after a word; ``Publicerad … Uppdaterad …`` may share a line."""
    found = word.search(line)
    days = _days(line[found.end() :]) if found else []
    return days[0] if days else None


def _alone(lines: list[str], at: int) -> dt.date | None:
    """The date of a line that holds little else: ``13 november 2019 klockan 12.04``."""
    if at >= len(lines) or len(lines[at].split()) > 6:
        return None
    days = _days(lines[at])
    return days[0] if len(days) == 1 else None


def _days(text: str) -> list[dt.date]:
    """The whole dates of a text in order."""
    found: list[tuple[int, dt.date]] = []
    for fact in facts(text):
        day = fact.value
        if isinstance(day, Day) and day.year and isinstance(day.part, int) and day.day:
            try:
                found.append((text.find(fact.written), dt.date(day.year, day.part, day.day)))
            except ValueError:
                continue
    return [day for _, day in sorted(found)]
