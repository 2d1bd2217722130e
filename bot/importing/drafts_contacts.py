"""Contacts and hours that were found on a page, as drafts with their evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from bot.importing.contacts import Entry
from bot.importing.drafts_records import ContactDraft, HoursFound
from bot.importing.hours import read_hours, tells_hours
from bot.importing.sections import Line
from bot.knowledge.hours_records import HoursKind
from bot.knowledge.records import Municipality
from bot.knowledge.validator_facts import digits, facts
from bot.knowledge.validator_text import sentences
from bot.understanding.text import fold

_ROLES: Final = (
    ("switchboard", r"växel"),
    (
        "customer_service",
        r"kundtjänst|kundcenter|kundservice|kontaktcent|servicecent|medborgar(?:service|kontor|cent)",
    ),
    ("service_phone", r"servicetelefon"),
    ("carer_consultant", r"anhörig(?:konsulent|stödj|samordnare|cent)"),
)
_PERSON: Final = re.compile(
    r"^([A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?"
    r" [A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?)(?:,.*)?$"
)
_UNIT: Final = re.compile(
    r"(?i)kommun|tjänst|enhet|växel|telefon|cent|kontor|förvaltning|personal|mottagning|stöd|grupp"
)
_PHONE: Final = re.compile(r"0\d{1,3}-\d[\d ]*\d")
# The Swedish numbering plan: 08 has two digits, these three, all others four.
_THREE_DIGITS: Final = frozenset(
    "010 011 013 016 018 019 020 021 023 026 031 033 035 036 040 042 044 046 054 060 063 070 "
    "072 073 076 079 090".split()
)
_NO_NAME: Final = "Sidan namnger inte vem som svarar. Skriv ett namn."


def contact_drafts(
    entries: Iterable[Entry], lines: Sequence[Line], municipality: Municipality | None
) -> tuple[list[ContactDraft], list[HoursFound]]:
    """The drafts of what was found, one contact for each number."""
    contacts: list[ContactDraft] = []
    hours: list[HoursFound] = []
    seen: set[str] = set()
    for entry in entries:
        phone = plan_phone(entry.phone.written) if entry.phone else None
        email = entry.email.written.strip() if entry.email else None
        reach = digits(phone or "") or email or ""
        if reach in seen:
            continue
        seen.add(reach)
        known = _known(municipality, phone, email)
        contact_id = known or _id(entry.name or "kontakt", {c.id for c in contacts}, municipality)
        contacts.append(_contact(entry, contact_id, phone, known, lines))
        hours += _hours(entry, contact_id, lines, len(hours))
    return contacts, hours


def lines_taken(entries: Iterable[Entry]) -> set[int]:
    """The lines that the contacts are made of; one with several sentences tells more than that."""
    taken: set[int] = set()
    for entry in entries:
        for found in (*entry.lines.values(), *entry.hours.values(), entry.visit, entry.postal):
            taken |= {line.at for line in found if len(sentences(line.text)) == 1}
        taken |= {
            line.at
            for line in (entry.name_at, entry.job_at)
            if line and len(sentences(line.text)) == 1
        }
    return taken


def plan_phone(written: str) -> str | None:
    """A number as content writes it, ``0240-860 00``; None when it can't be written so."""
    plain = re.sub(r"^\+46\s?(?:\(0\))?\s?", "0", written.strip())
    if _PHONE.fullmatch(plain):
        return plain
    bare = digits(plain)
    if not bare.startswith("0") or len(bare) < 7:
        return None
    cut = 2 if bare.startswith("08") else 3 if bare[:3] in _THREE_DIGITS else 4
    rest = re.sub(r"^\D*", "", _after_digits(plain, cut))
    return f"{bare[:cut]}-{re.sub(r'[^0-9]+', ' ', rest).strip()}"


def role_of(name: str) -> str:
    """What a contact is, by its name."""
    if is_person(name):
        return "staff"
    lowered = name.lower()
    return next((role for role, words in _ROLES if re.search(words, lowered)), "reception")


def is_person(name: str) -> bool:
    """Whether a name is one person's."""
    return bool(_PERSON.match(name)) and not _UNIT.search(name)


def _contact(
    entry: Entry, contact_id: str, phone: str | None, known: str | None, lines: Sequence[Line]
) -> ContactDraft:
    name = _name(entry.name)
    remarks = [] if name else [_NO_NAME]
    if entry.more:
        remarks.append(f"Sidan ger fler sätt att nå samma kontakt: {', '.join(entry.more)}.")
    if entry.phone and phone is None:
        remarks.append(f"Numret {entry.phone.written.strip()} gick inte att läsa.")
    return ContactDraft(
        id=contact_id,
        name=name,
        role=role_of(name),
        job=entry.job,
        phone=phone,
        email=entry.email.written.strip() if entry.email else None,
        visit_address=", ".join(line.text.rstrip(",") for line in entry.visit) or None,
        postal_address=tuple(line.text for line in entry.postal),
        evidence=_evidence(entry, lines),
        known=known,
        remarks=tuple(remarks),
    )


def _name(written: str) -> str:
    name = re.sub(r"(?i)^(?:kontakta|ring|kontakt(?=\s+[A-ZÅÄÖ]))\s+", "", written.strip(" :"))
    person = _PERSON.match(name)
    if person and is_person(name):
        name = person[1]
    return name[:1].upper() + name[1:]


def _evidence(entry: Entry, lines: Sequence[Line]) -> tuple[str, ...]:
    """The passages that state the contact: its name's line, then each fact with its label."""
    parts: list[list[Line]] = [[line] for line in (entry.name_at, entry.job_at) if line]
    parts += [entry.lines.get(key, []) for key in ("phone", "email")]
    parts += [
        [*entry.lines.get(key, []), *found]
        for key, found in (("visit", entry.visit), ("postal", entry.postal))
        if found
    ]
    return tuple(dict.fromkeys(quote(part, lines) for part in parts if part))


def quote(part: Sequence[Line], lines: Sequence[Line]) -> str:
    """The page's words from the first to the last of some lines."""
    first, last = min(line.at for line in part), max(line.at for line in part)
    told = [line for line in lines if first <= line.at <= last]
    rest = (f"• {line.text}" if line.point else line.text for line in told[1:])
    return " ".join([told[0].text, *rest])


def _hours(
    entry: Entry, contact_id: str, lines: Sequence[Line], count: int
) -> Iterable[HoursFound]:
    for number, (kind, found) in enumerate(entry.hours.items(), start=count + 1):
        kept: HoursKind = "visit" if kind == "phone" and entry.phone is None else kind
        hours, problems = read_hours([_bare(line.text) for line in found])
        label = entry.lines.get(f"{kind}_hours", [])
        yield HoursFound(
            id=f"t{number}",
            contact=contact_id,
            kind=kept,
            hours=hours,
            evidence=(quote([*label, *found], lines),),
            remarks=(*problems, *(hours.remarks if hours else ())),
        )


def _bare(line: str) -> str:
    """A line of hours without the label or the number before them."""
    ends = [
        line.find(fact.written.strip()) + len(fact.written.strip())
        for fact in facts(line)
        if fact.kind in ("phone number", "e-mail address")
    ]
    if ends and tells_hours(line[max(ends) :]):
        return line[max(ends) :].lstrip(" ,:;.–-")
    return re.sub(r"^(?:\w+[\s-]?){1,3}:\s*(?=\S)", "", line) if not _names_day(line) else line


def _names_day(line: str) -> bool:
    return bool(re.match(r"(?i)(?:mån|tis|ons|tor|fre|lör|sön|vardag|helgfri|alla|dagligen)", line))


def _known(municipality: Municipality | None, phone: str | None, email: str | None) -> str | None:
    """The municipality's contact that has the same number or address."""
    for contact in municipality.contacts.values() if municipality else ():
        same_mail = bool(email and contact.email and email.casefold() == contact.email.casefold())
        same_phone = bool(phone) and digits(phone or "") == digits(contact.phone or "")
        if same_phone or (same_mail and not (phone and contact.phone)):
            return contact.id
    return None


def _id(name: str, taken: set[str], municipality: Municipality | None) -> str:
    """``mottagningsenheten``: a name as content's ids are written, and no other contact's."""
    stem = re.sub(r"[^a-z0-9]+", "_", fold(_name(name))).strip("_")
    stem = stem if stem[:1].isalpha() else f"kontakt_{stem}".rstrip("_")
    used = taken | set(municipality.contacts if municipality else ())
    found, number = stem[:40].rstrip("_"), 1
    while found in used:
        number += 1
        found = f"{stem[:40].rstrip('_')}_{number}"
    return found


def _after_digits(written: str, count: int) -> str:
    """What follows the first ``count`` digits."""
    for at, letter in enumerate(written):
        count -= letter.isdigit()
        if count == 0:
            return written[at + 1 :]
    return ""
