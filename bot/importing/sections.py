"""A page's text as headings, sentences and points, as the drafts are made of."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.importing.dates import has_date_line
from bot.importing.hours import tells_hours
from bot.importing.page import ImportedPage
from bot.knowledge.validator_facts import facts
from bot.knowledge.validator_text import sentences, squeeze

BETWEEN_POINTS: Final = "; "
"""What stands between the points of a list that is placed as one."""

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
_DATE_LABEL: Final = re.compile(
    r"(?i)^(?:senast\s+)?(?:uppdatera|publicera|granska|ändra|redigera)\w*\s*:?$"
)
_POSTCODE_LINE: Final = re.compile(r"^\d{3} ?\d{2}\s+[A-ZÅÄÖ]")
_SENTENCE: Final = re.compile(r"^[A-ZÅÄÖ].*[.!?]$")
_FEWEST_WRAPPED: Final = 3
_FEWEST_IN_SENTENCE: Final = 4
_LONGEST_ADDRESS: Final = 5
_WAYS: Final = frozenset({"phone number", "e-mail address", "postcode"})


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page as it stands there, without the mark of a point."""

    at: int
    text: str
    point: bool
    heading: bool
    nth: int = 0
    """Which sentence of its line, where a line has been cut in sentences."""

    @property
    def key(self) -> tuple[int, int]:
        """Where it stands: the line, and the sentence in it."""
        return self.at, self.nth


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence or a point, under its heading; ``lead`` is the line that a list hangs on."""

    at: int
    text: str
    heading: str
    point: bool
    lead: str


def lines_of(page: ImportedPage) -> list[Line]:
    """The lines that have text. Pasted text marks no headings: short lines that stand alone are.

    A line that somebody broke in the middle of a sentence is put together again.
    """
    raw = page.text.splitlines()
    known = {squeeze(line) for heading in page.headings for line in heading.splitlines()}
    found: list[Line] = []
    for at, line in enumerate(raw):
        point = bool(_POINT.match(line))
        text = squeeze(_POINT.sub("", line))
        if not text:
            continue
        heading = not point and (text in known if known else _stands_alone(raw, at, text))
        now = Line(at, text, point, heading)
        if found and not heading and not point and _goes_on(found[-1], now, raw):
            found[-1] = replace(found[-1], text=f"{found[-1].text} {text}")
        else:
            found.append(now)
    return found


def _goes_on(before: Line, now: Line, raw: Sequence[str]) -> bool:
    """Whether a line is the rest of the one before it."""
    if _DATE_LABEL.match(before.text) and has_date_line(f"{before.text} {now.text}"):
        return True
    if before.heading or not all(line.strip() for line in raw[before.at : now.at]):
        return False
    short = len(before.text.split()) < _FEWEST_WRAPPED
    if short or not now.text[0].islower() or before.text[-1] in ".!?:":
        return False
    ends = (sentences(before.text)[-1], now.text)
    return not any(reaches(text) or tells_hours(text) for text in ends)


def cut(lines: Sequence[Line]) -> list[Line]:
    """The sentences of the lines, each as a line of its own."""
    return [
        replace(line, text=part, nth=nth)
        for line in lines
        for nth, part in enumerate(sentences(line.text))
    ]


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


def units_of(lines: Sequence[Line], taken: Collection[tuple[int, int]]) -> list[Unit]:
    """The sentences and points of a page, but for those that are ``taken`` already."""
    found: list[Unit] = []
    heading = lead = ""
    until = -1
    for at, line in enumerate(lines):
        if line.heading:
            heading, lead = line.text, ""
            continue
        if around(line) or at <= until:
            continue
        parts = [part for part in cut([line]) if part.key not in taken]
        if line.point:
            found += _points(line, parts, heading, lead)
            continue
        texts = [part.text for part in parts]
        until = _address_after(lines, at)
        if texts and until > at:
            texts[-1] = " ".join([texts[-1], *(rest.text for rest in lines[at + 1 : until + 1])])
        found += [Unit(line.at, text, heading, False, "") for text in texts]
        lead = texts[-1] if texts and texts[-1].endswith(":") else ""
    return [unit for unit in found if not is_scrap(unit.text)]


def _points(line: Line, parts: Sequence[Line], heading: str, lead: str) -> Iterator[Unit]:
    """A point; one that is a sentence, or several, is no part of a list."""
    whole = len(sentences(line.text)) > 1
    if whole or (_SENTENCE.match(line.text) and len(line.text.split()) >= _FEWEST_IN_SENTENCE):
        yield from (Unit(line.at, part.text, heading, False, "") for part in parts)
    elif parts:
        yield Unit(line.at, line.text, heading, True, lead)


def _address_after(lines: Sequence[Line], at: int) -> int:
    """The last line of the address that a line ends with a colon before; -1 when there is none."""
    if not lines[at].text.endswith(":") or len(lines[at].text.split()) < _FEWEST_WRAPPED:
        return -1
    for last in range(at + 1, min(at + 1 + _LONGEST_ADDRESS, len(lines))):
        if lines[last].heading or lines[last].point or lines[last].text[-1] in ".:":
            return -1
        if _POSTCODE_LINE.match(lines[last].text):
            return last
    return -1


def is_scrap(text: str) -> bool:
    """Whether a text is no sentence to place: a postcode, an abbreviation, a label alone."""
    return bool(_POSTCODE_LINE.match(text)) or not re.search(r"[a-zåäö]{3}", text)


def _stands_alone(raw: Sequence[str], at: int, text: str) -> bool:
    alone = not raw[at - 1].strip() if at else True
    asks = text.endswith("?") and len(sentences(text)) == 1
    alone = alone and (asks or at + 1 == len(raw) or not raw[at + 1].strip())
    short = len(text) <= _LONGEST_HEADING and not _ENDS.search(text)
    return alone and short and not reaches(text) and not tells_hours(text)
