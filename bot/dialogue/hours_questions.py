"""Questions about opening hours: which unit, phone or visit, and when."""

from __future__ import annotations

import re

from bot.dialogue import contacts as contact_lines
from bot.dialogue.hours_reply import hours_text
from bot.dialogue.person import contact_for, named_contact
from bot.dialogue.state import State
from bot.dialogue.turn import Clause, Reply, Turn
from bot.dialogue.wording import say, source_data, source_line, text_language
from bot.knowledge.hours_records import Hours
from bot.knowledge.records import Contact, Knowledge, Municipality
from bot.understanding.dates import DateQuestion, find_dates
from bot.understanding.text import fold

_VISIT = re.compile(
    r"\b(besok\w*|komma (?:dit|in|forbi|ner|till er)|kommer (?:dit|in|forbi|ner)|"
    r"titta (?:in|forbi)|"
    r"ga dit|aka dit|dyka upp|hos er|tar (?:ni )?emot|dorren|lokal\w*|drop ?in|knacka|pa plats|"
    r"personligen|kontoret|visit\w*|kliva in|svanga forbi)\b"
)
_PHONE = re.compile(
    r"\b(ring\w*|telefon\w*|samtal\w*|svara[rt]?|vaxel\w*|lur\w*|nummer|numret|slar|sla en signal|"
    r"nar jag|na er|nabar\w*|call|phone)\b"
)


def hours_answer(
    aspect: str,
    clause: Clause,
    turn: Turn,
    state: State,
    municipality: Municipality,
    knowledge: Knowledge,
) -> Reply:
    """Answer a question about opening hours from the contact's hours and the calendar."""
    kinds = _kinds(aspect, clause, turn, state)
    contact = _contact_with_hours(clause, state, municipality, knowledge, kinds)
    asked = _when(clause, turn)
    lines: list[str] = []
    missing = 0
    for kind in kinds:
        hours = contact.phone_hours if kind == "phone" else contact.visit_hours
        if hours is None:
            missing += 1
            lines.append(_no_hours(kind, contact, municipality, turn))
        else:
            lines.append(_hours_sentences(contact, hours, asked, turn))
    if missing == len(kinds):
        lines.append(contact_lines.contact_line(contact, turn.now, turn.language))
    elif "phone" in kinds and contact.phone:
        lines.append(
            say("contact_phone", turn.language, name=contact.definite, phone=contact.phone)
        )
    if "visit" in kinds and contact.visit_address:
        where = {"name": contact.definite, "address": contact.visit_address}
        lines.append(say("visit_address", turn.language, **where))
    page = municipality.pages[contact.evidence[0].page]
    source = source_line(municipality, page, turn.language)
    state.unit, state.page = contact.id, page.id
    return Reply(
        "\n".join([*lines, source]),
        "not_defined" if missing == len(kinds) else "answer",
        answer=f"{municipality.id}.{contact.id}.{aspect}",
        source=source_data(municipality, page, contact.evidence[0].quote, turn.language),
        contacts=[contact_lines.as_data(contact, turn.now, turn.language)],
        told=[source],
    )


def _when(clause: Clause, turn: Turn) -> DateQuestion | None:
    """The time asked about: of the whole message when it is short, else of its question."""
    texts = (turn.text, clause.text) if len(turn.clauses) <= 3 else (clause.text, turn.text)
    found = (find_dates(text, turn.now) for text in texts)
    return next((f for f in found if f), None)


def _hours_sentences(contact: Contact, hours: Hours, asked: DateQuestion | None, turn: Turn) -> str:
    exceptions = contact_lines.exceptions_of(contact)
    language = text_language(turn.language)
    return hours_text(contact.definite, hours, asked, turn.now, exceptions, language).text


def speaks_of_visit(text: str) -> bool:
    """Whether a text speaks of coming in person and not of calling."""
    folded = fold(text)
    return bool(_VISIT.search(folded)) and not _PHONE.search(folded)


def speaks_of_calling(text: str) -> bool:
    """Whether a text speaks of calling."""
    return bool(_PHONE.search(fold(text)))


def _kinds(aspect: str, clause: Clause, turn: Turn, state: State) -> list[str]:
    """Phone or visit, from the clause's words, else from the message's, else from the intent."""
    for text in (fold(clause.text), fold(turn.text)):
        visit, phone = bool(_VISIT.search(text)), bool(_PHONE.search(text))
        if visit and not phone:
            return ["visit"]
        if phone and not visit:
            return ["phone"]
        if visit and phone:
            return ["phone", "visit"]
    if aspect == "besokstider":
        return ["visit"]
    if state.aspect == "besokstider" and aspect == "followup":
        return ["visit"]
    return ["phone"]


def _contact_with_hours(
    clause: Clause,
    state: State,
    municipality: Municipality,
    knowledge: Knowledge,
    kinds: list[str],
) -> Contact:
    """The contact meant; when none was named, one that has such hours."""
    if named := named_contact(clause, municipality):
        return named
    meant = contact_for(clause, state, municipality, knowledge)
    if _has_hours(meant, kinds):
        return meant
    others = [municipality.reception_unit, *municipality.contacts.values()]
    return next((c for c in others if _has_hours(c, kinds)), meant)


def _has_hours(contact: Contact, kinds: list[str]) -> bool:
    return any((contact.phone_hours if k == "phone" else contact.visit_hours) for k in kinds)


def _no_hours(kind: str, contact: Contact, municipality: Municipality, turn: Turn) -> str:
    key = "no_hours" if kind == "phone" else "no_visit_hours"
    return say(
        key,
        turn.language,
        name=contact.definite,
        genitive=municipality.genitive,
        municipality=municipality.name,
    )
