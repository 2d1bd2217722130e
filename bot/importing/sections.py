"""A page's text as headings, sentences and points, as the drafts are made of."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from bot.importing.dates import has_date_line
from bot.importing.hours import tells_hours
from bot.importing.page import ImportedPage
from bot.knowledge.validator_facts import facts
from bot.knowledge.validator_text import sentences, squeeze

_POINT: Final = re.compile(r"^\s*•\s+")
_ENDS: Final = re.compile(r"[.!,;]$")
_LONGEST_HEADING: Final = 90
_AROUND: Final = re.compile(
    r"(?i)\bcookies\b|\bkakor\b|^du är här|^skriv ut|^lyssna$|^dela |^hoppa till|^till toppen"
    r"|hjälpte? (?:den här )?(?:informationen|sidan)|^läs mer$|^visa mer"
)
_NOT_SAID: Final = re.compile(
    r"(?i)^(?:fax(?:nummer)?|org(?:anisations|\.? ?)n(?:umme)?r|bankgiro|plusgiro)\b"
)
_WAYS: Final = frozenset({"phone number", "e-mail address", "postcode"})


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page as it stands there, without the mark of a point."""

    at: int
    text: str
    point: bool
    heading: bool


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence or a point, under its heading; ``lead`` is the line that a list hangs on."""

    at: int
    text: str
    heading: str
    point: bool
    lead: str


def lines_of(page: ImportedPage) -> list[Line]:
    """The lines that have text. Pasted text marks no headings: short lines that stand alone are."""
    raw = page.text.splitlines()
    known = {squeeze(line) for heading in page.headings for line in heading.splitlines()}
    found: list[Line] = []
    for at, line in enumerate(raw):
        point = bool(_POINT.match(line))
        text = squeeze(_POINT.sub("", line))
        if text:
            heading = not point and (text in known if known else _stands_alone(raw, at, text))
            found.append(Line(at, text, point, heading))
    return found


def around(line: Line) -> str | None:
    """Why a line belongs to the site and not to what the page tells; None when it does not."""
    if has_date_line(line.text):
        return "sidans datum, sägs som källans datum med varje svar"
    if _NOT_SAID.search(line.text):
        return "uppgift som assistenten inte säger"
    if _AROUND.search(line.text):
        return "hör till webbplatsen och inte till det som sidan berättar"
    return None


def reaches(text: str) -> bool:
    """Whether a line tells how to reach somebody."""
    return any(fact.kind in _WAYS for fact in facts(text))


def units_of(lines: Sequence[Line], taken: Collection[int]) -> list[Unit]:
    """The sentences and points of a page, but for the lines that are ``taken`` already."""
    found: list[Unit] = []
    heading = lead = ""
    for line in lines:
        if line.heading:
            heading, lead = line.text, ""
            continue
        if line.at in taken or around(line):
            continue
        if line.point:
            found.append(Unit(line.at, line.text, heading, True, lead))
            continue
        parts = sentences(line.text)
        found += [Unit(line.at, part, heading, False, "") for part in parts]
        lead = parts[-1] if parts and parts[-1].endswith(":") else ""
    return found


def _stands_alone(raw: Sequence[str], at: int, text: str) -> bool:
    alone = not raw[at - 1].strip() if at else True
    alone = alone and (at + 1 == len(raw) or not raw[at + 1].strip())
    short = len(text) <= _LONGEST_HEADING and not _ENDS.search(text)
    return alone and short and not reaches(text) and not tells_hours(text)
