"""Contacts and opening hours as the content desk shows them, with what they rest on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from api.content_desk.findings import Finding, of_block
from api.content_desk.marking import Piece, marked_lines
from api.content_desk.shelf import Shelf, problems_of
from api.services.desk_views import by_name
from bot.dialogue.contacts import clock, exceptions_of
from bot.dialogue.hours_phrases import MONTHS
from bot.dialogue.turn import in_stockholm
from bot.knowledge.hours import status
from bot.knowledge.hours_records import Hours
from bot.knowledge.records import Contact, Page


@dataclass(frozen=True, slots=True)
class HoursView:
    """Opening hours in the page's words, and what the clock makes of them now."""

    title: str
    as_written: str
    seasons: Sequence[str]
    now: str


@dataclass(frozen=True, slots=True)
class ContactView:
    """A contact, the lines of the pages that prove it, and what is to be done."""

    contact: Contact
    reception: bool
    flagged: bool
    hours: Sequence[HoursView]
    evidence: Sequence[tuple[Page, Sequence[Sequence[Piece]]]]
    findings: Sequence[Finding]


def contact_views(
    shelf: Shelf, now: dt.datetime, flagged: Collection[str] = ()
) -> list[ContactView]:
    """All contacts of a municipality: what lost its evidence, then where a person answers."""
    moment = in_stockholm(now)
    problems = problems_of(shelf, moment.date())
    own = shelf.municipality
    file = f"{own.id}/municipality.yml"
    found = [
        ContactView(
            contact=contact,
            reception=contact.id == own.reception,
            flagged=contact.id in flagged,
            hours=_hours(contact, moment),
            evidence=_evidence(shelf, contact),
            findings=of_block(problems, file, f"contacts[{contact.id}]"),
        )
        for contact in own.contacts.values()
    ]
    return sorted(found, key=lambda view: (not view.flagged, not view.reception))


def _hours(contact: Contact, now: dt.datetime) -> list[HoursView]:
    kinds = (("Telefontider", contact.phone_hours), ("Besökstider", contact.visit_hours))
    return [_hours_view(title, hours, contact, now) for title, hours in kinds if hours]


def _hours_view(title: str, hours: Hours, contact: Contact, now: dt.datetime) -> HoursView:
    state = status(hours, now, exceptions_of(contact))
    if state.is_open and state.closes_at:
        told = f"Öppet nu, till {clock(state.closes_at, 'sv')}."
    elif state.next_open:
        told = f"Stängt nu. Öppnar {by_name(state.next_open, now)}."
    else:
        told = "Stängt. Det går inte att säga när det öppnar."
    seasons = [f"{_day(s.first)}–{_day(s.last)}: {s.as_written}" for s in hours.seasons]
    return HoursView(title, hours.as_written, seasons, told)


def _day(month_day: str) -> str:
    """``05-01`` as ``1 maj``."""
    month, _, day = month_day.partition("-")
    return f"{int(day)} {MONTHS[int(month) - 1]}"


def _evidence(shelf: Shelf, contact: Contact) -> list[tuple[Page, list[list[Piece]]]]:
    """Only the lines with something marked: a contact is a few lines of a long page."""
    found = []
    for page_id in dict.fromkeys(e.page for e in contact.evidence):
        page = shelf.municipality.pages[page_id]
        lines = marked_lines(page, (e.quote for e in contact.evidence if e.page == page_id))
        found.append((page, [line for line in lines if any(p.marked for p in line)]))
    return found
