"""A contact in an editor's hands: numbers and hours in the page's words, proven by its lines.

Hours are written as the page writes them and read as an import reads them; what cannot be read
for certain is refused. All of it blocks.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from api.changes.edits import dump, folded, load
from api.changes.records import ChangeError, ChangeSet, Proposal
from api.changes.service import Changes
from api.content_desk.draft import MOST_EVIDENCE, PRIVATE, Quote
from api.content_desk.findings import of_block
from api.content_desk.saving import Checked, by_field, by_number, new_elsewhere
from api.content_desk.shelf import Shelf
from api.staff.records import Staff
from bot.guard.intake import admit_from_staff
from bot.importing.hours import HoursDraft, read_hours
from bot.knowledge.hours_records import Hours
from bot.knowledge.records import Contact
from bot.knowledge.validator_draft import check_draft
from bot.knowledge.validator_text import squeeze

REACH: Final = ("phone", "email")
HOURS: Final = ("phone_hours", "visit_hours")
_CHANGED: Final = "Kontakten har ändrats sedan du öppnade den. Öppna den igen och gör om ändringen."
_NOTHING: Final = "Du har inte ändrat något."
_UNREAD: Final = "gick inte att läsa"
_TOO_LONG: Final = "Texten är för lång. Skriv bara numret eller tiderna."
_LONGEST: Final = 1000
"""Characters of a field: reading hours out of megabytes takes minutes."""

_BY_ONESELF: Final = re.compile(r"Skriv in \w+ själv\.")


@dataclass(frozen=True, slots=True)
class ContactDraft:
    """What of a contact can be changed here; ``base`` tells what it was made of."""

    values: Mapping[str, str]
    evidence: tuple[Quote, ...]
    base: str


def draft_of(contact: Contact) -> ContactDraft:
    """The contact as the form shows it first."""
    values = {key: getattr(contact, key) or "" for key in REACH}
    values |= {key: _written(getattr(contact, key)) for key in HOURS}
    base = hashlib.sha256(repr(contact).encode()).hexdigest()[:16]
    return ContactDraft(values, tuple((e.page, e.quote) for e in contact.evidence), base)


def read_form(form: Mapping[str, str]) -> ContactDraft:
    """What came back."""
    quotes = [
        (form.get(f"page_{n}", ""), squeeze(form.get(f"quote_{n}", "")))
        for n in range(1, MOST_EVIDENCE + 1)
    ]
    values = {key: squeeze(form.get(key, "")) for key in REACH}
    values |= {key: _lines(form.get(key, "")) for key in HOURS}
    kept = tuple((page, quote) for page, quote in quotes if page and quote)
    return ContactDraft(values, kept, form.get("base", ""))


def check(
    shelf: Shelf, changes: Changes, contact: Contact, draft: ContactDraft, day: dt.date
) -> Checked:
    """Hold a draft against the validator, in the municipality's record as it would be."""
    before = draft_of(contact)
    if draft.base != before.base:
        return Checked(above=(_CHANGED,))
    long = {k: (_TOO_LONG,) for k, v in draft.values.items() if len(v) > _LONGEST}
    if long:
        return Checked(fields=long)
    private = {k: (PRIVATE,) for k, v in draft.values.items() if admit_from_staff(v).masked}
    if private:
        return Checked(fields=private)
    fields, unread = _changed(contact, before, draft)
    if unread:
        return Checked(fields=unread)
    if not fields:
        return Checked(above=(_NOTHING,))
    file, block = _file(contact), f"contacts[{contact.id}]"
    text = _changed_text(changes, contact, fields)
    problems = check_draft(shelf.root, contact.municipality, {file: text}, day)
    errors = [f for f in of_block(problems, file, block) if f.level == "error"]
    own = (*REACH, *HOURS)
    return Checked(
        fields=by_field(f for f in errors if f.field in own or not f.number),
        quotes=by_number(f for f in errors if f.field == "evidence" and f.number),
        above=new_elsewhere(shelf, problems, (file, block), day),
        text=text,
    )


def save(
    changes: Changes, contact: Contact, text: str, staff: Staff, now: dt.datetime
) -> ChangeSet:
    """Keep a draft that was checked as a change set; raise ChangeError."""
    proposal = Proposal(
        municipality=contact.municipality,
        kind="content",
        title=f"Kontakten {contact.name}",
        files={f"content/{_file(contact)}": text},
        about={"contact": contact.id},
    )
    return changes.propose(proposal, staff, now)


def with_lines(draft: ContactDraft, chosen: list[Quote]) -> ContactDraft:
    """With more evidence."""
    more = tuple(quote for quote in chosen if quote not in draft.evidence)
    return replace(draft, evidence=draft.evidence + more)


def _changed(
    contact: Contact, before: ContactDraft, draft: ContactDraft
) -> tuple[dict[str, Any], dict[str, tuple[str, ...]]]:
    """The fields that differ, as content/ has them, and hours that cannot be read."""
    fields: dict[str, Any] = {
        key: draft.values[key] or None for key in REACH if draft.values[key] != before.values[key]
    }
    unread: dict[str, tuple[str, ...]] = {}
    for key in HOURS:
        typed = draft.values[key]
        if typed == before.values[key]:
            continue
        read, problems = _read(typed, getattr(contact, key)) if typed else (None, ())
        lost = [r for r in read.remarks if _UNREAD in r] if read else list(problems)
        if typed and lost:
            unread[key] = tuple(_BY_ONESELF.sub("Skriv dem som i exemplet.", t) for t in lost)
        fields[key] = read and {
            "osm": read.osm,
            "as_written": read.as_written,
            "weekdays_named": read.weekdays_named,
            "seasons": [
                {"from": s.first, "to": s.last, "osm": s.osm, "as_written": s.as_written}
                for s in read.seasons
            ],
        }
    if [(p, squeeze(q)) for p, q in before.evidence] != list(draft.evidence):
        fields["evidence"] = [{"page": p, "quote": folded(q)} for p, q in draft.evidence]
    return fields, unread


def _read(typed: str, known: Hours | None) -> tuple[HoursDraft | None, tuple[str, ...]]:
    """The hours that were typed. A page that names no days goes on meaning those it meant."""
    read, problems = read_hours(typed.splitlines())
    if read or known is None or known.weekdays_named or not known.osm.startswith("Mo-Fr "):
        return read, problems
    read, problems = read_hours(f"Måndag–fredag {typed}".splitlines())
    return read and replace(read, as_written=typed, weekdays_named=False), problems


def _changed_text(changes: Changes, contact: Contact, fields: Mapping[str, Any]) -> str:
    text = changes.read(f"content/{_file(contact)}")
    data = load(text or "{}")
    found = next((c for c in data.get("contacts", ()) if c["id"] == contact.id), None)
    if found is None:
        raise ChangeError("Kontakten finns inte längre i filen.")
    for key, value in fields.items():
        found[key] = value
    return dump(data)


def _lines(typed: str) -> str:
    return "\n".join(map(squeeze, typed.splitlines())).strip()


def _file(contact: Contact) -> str:
    return f"{contact.municipality}/municipality.yml"


def _written(hours: Hours | None) -> str:
    """The hours as a page writes them, the parts of the year that differ last."""
    if hours is None:
        return ""
    seasons = [f"{_day(s.first)}-{_day(s.last)} {s.as_written}" for s in hours.seasons]
    return "\n".join([hours.as_written, *seasons])


def _day(month_day: str) -> str:
    month, _, day = month_day.partition("-")
    return f"{int(day)}/{int(month)}"
