"""Contacts and hours that were found on a page, as drafts with their evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from bot.importing.contact_entry import Entry
from bot.importing.contact_names import is_person, plain_name
from bot.importing.drafts_records import ContactDraft, HoursFound
from bot.importing.hours import read_hours, tells_hours
from bot.importing.placing_cues import ITSELF
from bot.importing.sections import Line, cut
from bot.knowledge.records import Municipality
from bot.knowledge.validator_facts import digits, facts
from bot.knowledge.validator_text import squeeze
from bot.understanding.text import fold

__all__ = ["contact_drafts", "is_person", "keys_taken", "plan_phone", "role_of"]

_ROLES: Final = (
    ("switchboard", r"växel"),
    (
        "customer_service",
        r"kundtjänst|kundcenter|kundservice|kontaktcent|servicecent|medborgar(?:service|kontor|cent)",
    ),
    ("service_phone", r"servicetelefon"),
    ("carer_consultant", r"anhörig(?:konsulent|stödj|samordnare|cent)"),
)
_PHONE: Final = re.compile(r"0\d{1,3}-\d[\d ]*\d")
# The Swedish numbering plan: 08 has two digits, these three, all others four.
_THREE_DIGITS: Final = frozenset(
    "010 011 013 016 018 019 020 021 023 026 031 033 035 036 040 042 044 046 054 060 063 070 "
    "072 073 076 079 090".split()
)
_NO_NAME: Final = "Sidan namnger inte vem som svarar. Skriv ett namn."
_NO_WAY: Final = "Sidan säger inget nummer och ingen e-postadress. Skriv dit ett, eller hoppa över."
_ADDRESS_FIRST: Final = "Adressen står före numret på sidan. Kontrollera att den hör hit."
_GAP: Final = 2
_ONLY_REACHING: Final = 6
"""A sentence with a number and so few other words tells nothing else."""


def contact_drafts(
    entries: Iterable[Entry], lines: Sequence[Line], municipality: Municipality | None
) -> tuple[list[ContactDraft], list[HoursFound]]:
    """The drafts of what was found, one contact for each number."""
    contacts: list[ContactDraft] = []
    hours: list[HoursFound] = []
    parts = cut(lines)
    for entry in _one_each(entries):
        phone = plan_phone(entry.phone.written) if entry.phone else None
        email = entry.email.written.strip() if entry.email else None
        known = _known(municipality, phone, email)
        contact_id = known or _id(entry.name or "kontakt", {c.id for c in contacts}, municipality)
        contacts.append(_contact(entry, contact_id, phone, known, parts))
        hours += _hours(entry, contact_id, parts, len(hours))
    return contacts, hours


def _one_each(entries: Iterable[Entry]) -> list[Entry]:
    """The entries, those with the same number or address put together."""
    kept: dict[str, Entry] = {}
    for number, entry in enumerate(entries):
        email = str(entry.email.value) if entry.email else ""
        reach = digits(entry.phone.written) if entry.phone else email or f"#{number}"
        first = kept.setdefault(reach, entry)
        if first is entry:
            continue
        first.name_at, first.name = (
            (first.name_at, first.name) if first.name else (entry.name_at, entry.name)
        )
        first.visit, first.postal = first.visit or entry.visit, first.postal or entry.postal
        if first.email is None:
            first.email = entry.email
        first.lines = {**entry.lines, **first.lines}
        first.hours = {**entry.hours, **first.hours}
    return list(kept.values())


def keys_taken(entries: Iterable[Entry]) -> set[tuple[int, int]]:
    """The sentences that the contacts are made of, but for those that tell more than that."""
    taken: set[tuple[int, int]] = set()
    for entry in entries:
        labels = [line for found in entry.lines.values() for line in found]
        named = [line for line in (entry.name_at, entry.job_at) if line]
        taken |= {line.key for line in (*labels, *named) if not _tells_more(line.text)}
        taken |= {line.key for line in (*entry.visit, *entry.postal)}
        taken |= {line.key for found in entry.hours.values() for line in found}
        taken |= {entry.job_at.key} if entry.job_at else set()
    return taken


def _tells_more(text: str) -> bool:
    for fact in facts(text):
        text = text.replace(fact.written.strip(), " ")
    return len(re.findall(r"[^\W\d]{2,}", text)) > _ONLY_REACHING


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


def _contact(
    entry: Entry, contact_id: str, phone: str | None, known: str | None, lines: Sequence[Line]
) -> ContactDraft:
    name = plain_name(entry.name)
    remarks = [] if name else [_NO_NAME]
    if not entry.reached:
        remarks.append(_NO_WAY)
    if entry.address_first:
        remarks.append(_ADDRESS_FIRST)
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


def _evidence(entry: Entry, lines: Sequence[Line]) -> tuple[str, ...]:
    """The passages that state the contact: its name's line, then each fact with its label."""
    parts: list[list[Line]] = [[line] for line in (entry.name_at, entry.job_at) if line]
    parts += [entry.lines.get(key, []) for key in ("phone", "email")]
    parts += [
        [*entry.lines.get(key, []), *found]
        for key, found in (("visit", entry.visit), ("postal", entry.postal))
        if found
    ]
    return tuple(dict.fromkeys(told for part in parts for told in quotes(part, lines)))


def quotes(part: Sequence[Line], lines: Sequence[Line]) -> list[str]:
    """The page's own words of some sentences; those that follow each other are one quote."""
    keys = {line.key for line in part}
    found: list[str] = []
    before = -_GAP
    for at, line in enumerate(lines):
        if line.key not in keys:
            continue
        if at - before < _GAP and found:
            found[-1] += f" • {line.text}" if line.point and not line.nth else f" {line.text}"
        else:
            found.append(line.text)
        before = at
    return found


def _hours(
    entry: Entry, contact_id: str, lines: Sequence[Line], count: int
) -> Iterable[HoursFound]:
    for number, (kind, found) in enumerate(entry.hours.items(), start=count + 1):
        bare = [_bare(line.text) for line in found]
        hours, problems = read_hours(bare)
        label = entry.lines.get(f"{kind}_hours", [])
        yield HoursFound(
            id=f"t{number}",
            contact=contact_id,
            kind=kind,
            hours=hours,
            evidence=tuple(quotes([*label, *found], lines)),
            remarks=(*problems, *(hours.remarks if hours else ()), *_beside(found, lines)),
            as_written=hours.as_written if hours else squeeze(" ".join(bare)),
        )


_LABEL: Final = re.compile(r"^(?:[^\W\d]\w*[\s-]?){1,3}:\s*(?=\S)")


def _beside(found: Sequence[Line], lines: Sequence[Line]) -> Iterable[str]:
    """What somebody says of themselves beside their hours."""
    there = {line.at for line in found}
    for line in lines:
        if line.at in there and line not in found and ITSELF.search(line.text):
            yield f"Sidan säger också: ”{line.text}”"


def _bare(line: str) -> str:
    """A line of hours without the label or the number before them."""
    ends = [
        line.find(fact.written.strip()) + len(fact.written.strip())
        for fact in facts(line)
        if fact.kind in ("phone number", "e-mail address")
    ]
    if ends and tells_hours(line[max(ends) :]):
        return line[max(ends) :].lstrip(" ,:;.–-")
    # A label is words: the colon within 08:30 ends none.
    return _LABEL.sub("", line) if not _names_day(line) else line


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
    stem = re.sub(r"[^a-z0-9]+", "_", fold(plain_name(name))).strip("_")
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
