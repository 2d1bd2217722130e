"""A page as drafts of answers, contacts and opening hours, each with its evidence.

Nothing is written that the page does not say: answers are its own sentences, and what can't be
placed or read for certain is listed for a person. Nothing here counts before a person accepts it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal

from bot.importing.contact_names import GENERIC, LABEL
from bot.importing.contacts import find_contacts
from bot.importing.dates import page_dates
from bot.importing.drafts_answers import answer_drafts, pieces_of
from bot.importing.drafts_contacts import contact_drafts, is_person, keys_taken
from bot.importing.drafts_records import (
    AnswerDraft,
    ContactDraft,
    Drafts,
    HoursFound,
    NotStated,
    Unplaced,
)
from bot.importing.page import ImportedPage
from bot.importing.placing import Placing, by_meaning, services_in
from bot.importing.sections import Line, around, is_scrap, lines_of, units_of
from bot.knowledge.records import Knowledge
from bot.knowledge.validator_pages import cites_the_act
from bot.knowledge.validator_text import sentences, squeeze

__all__ = [
    "AnswerDraft",
    "ContactDraft",
    "Drafts",
    "HoursFound",
    "NotStated",
    "Unplaced",
    "draft",
]

_NEWS: Final = re.compile(r"(?i)/(?:nyhet\w*|aktuellt|press\w*)(?:/|$)")
_NEWS_TEXT: Final = re.compile(r"(?i)nyhetstext|pressmeddelande")


def draft(
    page: ImportedPage,
    knowledge: Knowledge,
    municipality: str,
    placing: Placing | None = None,
) -> Drafts:
    """What a page gives a municipality, which may be one that content does not have yet."""
    lines = lines_of(page)
    entries = find_contacts(lines, page.title)
    contacts, hours = contact_drafts(entries, lines, knowledge.municipalities.get(municipality))
    around_all = {line.key for line in lines if _is_label(line)}
    taken = keys_taken(entries) | around_all
    pieces = pieces_of(units_of(lines, taken), services_in)
    placed = (placing or by_meaning()).place(page.title, lines, [piece.unit for piece in pieces])
    answers, unplaced = answer_drafts(pieces, placed, knowledge, municipality)
    return Drafts(
        answers=tuple(answers),
        contacts=tuple(contacts),
        hours=tuple(hours),
        unplaced=(*unplaced, *_people(lines, taken)),
        not_stated=tuple(_not_stated(page, lines, taken, answers)),
        kind=_kind(page),
        cites_social_services_act=cites_the_act(squeeze(page.text)),
    )


def _not_stated(
    page: ImportedPage,
    lines: Sequence[Line],
    taken: set[tuple[int, int]],
    answers: Sequence[AnswerDraft],
) -> list[NotStated]:
    """The lines that need no answer: the title, headings, questions, and the site's own words."""
    stated = {text for answer in answers for text in answer.evidence}
    found: dict[str, str] = {}
    for line in lines:
        reason = around(line)
        if _is_label(line):
            reason = reason or "rubrik utan egen uppgift"
        if line.text in stated or (line.key in taken and not reason):
            continue
        reason = reason or _reason(page, line)
        if reason:
            found.setdefault(line.text, reason)
    return [NotStated(line, reason) for line, reason in found.items()]


def _is_label(line: Line) -> bool:
    """A label or title of contacts that says nothing itself."""
    label = LABEL.match(line.text)
    return bool(GENERIC.match(line.text) or (label and label.end() == len(line.text)))


def _reason(page: ImportedPage, line: Line) -> str | None:
    if line.text == page.title:
        return "sidans titel, sägs som källa"
    days = page_dates(line.text)
    if line.heading and days.newest in (page.published, page.updated) and days.newest:
        return "sidans datum, sägs som källans datum med varje svar"
    if is_scrap(line.text):
        return "del av en adress eller förkortning"
    if line.heading and not is_person(line.text):
        return "rubrik utan egen uppgift"
    if not line.point and line.text.endswith("?") and len(sentences(line.text)) == 1:
        return "fråga som texten efter svarar på"
    return None


def _people(lines: Sequence[Line], taken: set[tuple[int, int]]) -> list[Unplaced]:
    """Names that stand alone, with no way to reach them: a person may be somebody to ask for."""
    return [
        Unplaced(line.text, "")
        for line in lines
        if line.heading and line.key not in taken and is_person(line.text)
    ]


def _kind(page: ImportedPage) -> Literal["page", "news"]:
    news = _NEWS.search(page.url or "") or _NEWS_TEXT.search(page.text)
    return "news" if news else "page"
