"""Contact lines and questions about contacts: number, e-mail, addresses, whom to ask."""

from __future__ import annotations

import datetime as dt
from typing import Any

from bot.dialogue.turn import Reply
from bot.dialogue.wording import (
    WEEKDAYS,
    capitalised,
    join,
    say,
    source_data,
    source_line,
    text_language,
)
from bot.knowledge.hours import Status, status
from bot.knowledge.hours_records import HoursException, exceptions_for
from bot.knowledge.loader import load_knowledge
from bot.knowledge.records import Contact, Municipality


def contact_status(contact: Contact, now: dt.datetime) -> Status | None:
    """Whether the contact's phone is open; None when the page gives no phone hours."""
    if contact.phone_hours is None or contact.phone is None:
        return None
    return status(contact.phone_hours, now, exceptions_of(contact))


def exceptions_of(contact: Contact) -> tuple[HoursException, ...]:
    """What an operator has set for single days of this contact."""
    known = load_knowledge().hours_exceptions
    return exceptions_for(known, contact.municipality, contact.id)


def open_line(contact: Contact, now: dt.datetime, language: str) -> str | None:
    """``Telefonen är stängd nu. Den öppnar på måndag klockan 08.30.``"""
    state = contact_status(contact, now)
    if state is None:
        return None
    if state.is_open and state.closes_at:
        return say("open_now", language, until=clock(state.closes_at, language))
    if state.next_open is None:
        return None
    time = clock(state.next_open, language)
    if state.next_open.date() == now.date():
        return say("opens_today", language, time=time)
    return say("opens_later", language, day=day_name(state.next_open, now, language), time=time)


def clock(moment: dt.datetime, language: str) -> str:
    """``klockan 08.30`` or ``08:30``."""
    return f"{moment:%H:%M}" if language == "en" else f"klockan {moment:%H.%M}"


def day_name(moment: dt.datetime, now: dt.datetime, language: str) -> str:
    """``i morgon``, ``på måndag`` within a week, else the date."""
    language = text_language(language)
    weekday = WEEKDAYS[language][moment.weekday()]
    days = (moment.date() - now.date()).days
    if language == "en":
        return weekday if days < 7 else f"{weekday} {moment:%Y-%m-%d}"
    if days == 1:
        return f"i morgon, {weekday},"
    return f"på {weekday}" if days < 7 else f"{weekday} {moment:%Y-%m-%d}"


def contact_line(contact: Contact, now: dt.datetime, language: str) -> str:
    """How to reach a contact, and whether it is open now: one to three short sentences."""
    if contact.phone is None:
        return capitalised(contact.how or contact.name)
    parts = [say("contact_phone", language, name=contact.definite, phone=contact.phone)]
    if contact.email:
        parts.append(say("contact_email", language, email=contact.email))
    opening = open_line(contact, now, language)
    return " ".join([*parts, opening] if opening else parts)


def short_line(contact: Contact, language: str) -> str:
    """A way to a person in one short sentence, for answers that do not turn on the contact."""
    if contact.phone is None:
        return capitalised(contact.how or contact.name)
    return say("contact_short", language, name=contact.definite, phone=contact.phone)


def of_municipality(municipality: Municipality, line: str, before: str) -> str:
    """A contact line that says whose contact it is, unless it or the text before does so."""
    return line if municipality.short in f"{before} {line}" else f"{municipality.name}. {line}"


def as_data(contact: Contact, now: dt.datetime, language: str = "sv") -> dict[str, Any]:
    """The contact for ``custom.contacts``."""
    state = contact_status(contact, now)
    return {
        "id": contact.id,
        "name": contact.name,
        "job": contact.job,
        "how": contact.how,
        "phone": contact.phone,
        "email": contact.email,
        "visit_address": contact.visit_address,
        "open_now": None if state is None else state.is_open,
        "status": open_line(contact, now, language),
    }


def contact_reply(
    aspect: str, contact: Contact, municipality: Municipality, now: dt.datetime, language: str
) -> Reply:
    """Answer a question about a contact's number, e-mail, address or who it is."""
    lines = [_asked(aspect, contact, municipality, language)]
    if aspect in {"telefonnummer", "kontakt"}:
        lines += _around_phone(aspect, contact, municipality, now, language)
    elif _missing(aspect, contact):
        lines.append(contact_line(contact, now, language))
    page = municipality.pages[contact.evidence[0].page]
    told = [*lines[1:], source_line(municipality, page, language)]
    known = not _missing(aspect, contact)
    return Reply(
        text="\n".join(line for line in [lines[0], *told] if line),
        kind="answer" if known else "not_defined",
        answer=f"{municipality.id}.{contact.id}.{aspect}" if known else None,
        source=source_data(municipality, page, contact.evidence[0].quote, language),
        told=_shown_apart(told, contact, now, language) if lines[0] else [],
        contacts=[as_data(contact, now, language)],
    )


def _shown_apart(lines: list[str], contact: Contact, now: dt.datetime, language: str) -> list[str]:
    """Those of the lines that the source and the contact's card say again."""
    card = {contact_line(contact, now, language), open_line(contact, now, language)}
    return [line for line in lines if line in card or line == lines[-1]]


def _missing(aspect: str, contact: Contact) -> bool:
    field = {
        "telefonnummer": contact.phone,
        "epost": contact.email,
        "besoksadress": contact.visit_address,
        "postadress": contact.postal_address,
    }
    return not field.get(aspect, True)


def _asked(aspect: str, contact: Contact, municipality: Municipality, language: str) -> str:
    """The sentence that answers, or that says the page does not tell."""
    names = {
        "name": contact.definite,
        "Name": capitalised(contact.definite),
        "genitive": municipality.genitive,
        "municipality": municipality.name,
    }
    if aspect == "telefonnummer":
        key = "no_phone" if not contact.phone else "phone_job" if contact.job else "phone"
        return say(key, language, phone=contact.phone, job=contact.job, **names)
    if aspect == "epost":
        return say("email" if contact.email else "no_email", language, email=contact.email, **names)
    if aspect == "besoksadress":
        key = "visit_address" if contact.visit_address else "no_visit_address"
        return say(key, language, address=contact.visit_address, **names)
    if aspect == "postadress":
        key = "postal_address" if contact.postal_address else "no_postal_address"
        address = ", ".join(contact.postal_address)
        return say(key, language, address=address, **names)
    if contact.phone is None:
        return ""
    return say("contact_job" if contact.job else "contact", language, job=contact.job, **names)


def _around_phone(
    aspect: str, contact: Contact, municipality: Municipality, now: dt.datetime, language: str
) -> list[str]:
    """What somebody who wants to call needs besides the number."""
    if contact.phone is None:
        return [
            contact_line(contact, now, language),
            *_reception_of_staff(contact, municipality, language),
        ]
    lines = []
    if aspect == "kontakt":
        lines.append(contact_line(contact, now, language))
    else:
        lines.append(open_line(contact, now, language) or "")
    others = [
        f"{c.definite} {c.phone}"
        for c in municipality.contacts.values()
        if c.phone and c.phone != contact.phone
    ]
    if others:
        lines.append(say("other_numbers", language, numbers=join(others, language)))
    return lines


def _reception_of_staff(contact: Contact, municipality: Municipality, language: str) -> list[str]:
    """For a person without a number of their own: the unit's number, when it has one."""
    reception = municipality.reception_unit
    if contact.id == reception.id or reception.phone is None:
        return []
    return [say("contact_phone", language, name=reception.definite, phone=reception.phone)]
