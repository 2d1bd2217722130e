"""Check what a municipality's web editor sets: colours, logo, greeting, notices, switch-off.

These are the municipality's own words, so no page has to prove them; but a number in them is
one of its contacts', and a notice that a phone is closed has to be known to the clock as well.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.knowledge.assistant import ASSISTANT_FILE, LANGUAGES, merged_colours
from bot.knowledge.contrast import NEUTRAL, NEUTRAL_DARK, WARNING, WARNING_DARK, problems
from bot.knowledge.validator_answers import next_problem
from bot.knowledge.validator_common import REVIEW_AFTER
from bot.knowledge.validator_facts import digits, facts
from bot.knowledge.validator_named import Names
from bot.knowledge.validator_report import Report
from bot.knowledge.validator_source import (
    Content,
    Entry,
    Folder,
    date,
    entries,
    mapping,
    strings,
    text,
)

_EMERGENCY: Final = "112"
_CLOSED: Final = re.compile(r"(?i)\bstäng|\bclosed\b|\bcloses\b")


@dataclass(frozen=True, slots=True)
class _Others:
    """What belongs to which municipality, gathered once for all of them."""

    names: Names
    named: Mapping[str, Sequence[str]]
    reach: Mapping[Any, str]
    mailed: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, content: Content) -> _Others:
        """The names, numbers and mail domains of a content folder."""
        named: dict[str, list[str]] = {}
        mailed: dict[str, list[str]] = {}
        for folder in content.folders.values():
            for name in (text(folder.record, "name"), text(folder.record, "short")):
                if name:
                    named.setdefault(name, []).append(folder.id)
            addresses = (text(c, "email").casefold() for c in folder.contacts.values())
            for domain in dict.fromkeys(address.rpartition("@")[2] for address in addresses):
                mailed.setdefault(domain, []).append(folder.id)
        reach = {value: f.id for f in content.folders.values() for value in _reach(f)}
        return cls(Names(named), named, reach, mailed)


def check(content: Content, today: dt.date, report: Report) -> None:
    """Every municipality's assistant.yml; a municipality may do without one."""
    others = _Others.of(content)
    for folder in content.folders.values():
        if folder.assistant:
            file = f"{folder.id}/{ASSISTANT_FILE}"
            _check_colours(folder, file, report)
            _check_logo(content, folder, file, report)
            _check_contacts(folder, file, report)
            _check_kiosk(content, folder, file, report)
            _check_notices(content, folder, file, today, report)
            _check_words(folder, others, file, report)
            _check_review_email(folder, others, file, report)
            _check_dates(folder, file, today, report)


def _check_colours(folder: Folder, file: str, report: Report) -> None:
    for key, base, warning in (
        ("colours", NEUTRAL, WARNING),
        ("colours_dark", NEUTRAL_DARK, WARNING_DARK),
    ):
        for name, message in problems(merged_colours(folder.assistant.get(key), base), warning):
            report.error(file, f"{key}.{name}", message)


def _check_logo(content: Content, folder: Folder, file: str, report: Report) -> None:
    logo = text(folder.assistant, "logo")
    if logo and not (content.root / folder.id / logo).is_file():
        report.error(file, "logo", f"there is no file {logo!r} in the folder: add it or write null")


def _check_contacts(folder: Folder, file: str, report: Report) -> None:
    data = folder.assistant
    named = [("contact_order", contact) for contact in strings(data, "contact_order")]
    named.append(("accessibility.contact", text(mapping(data, "accessibility"), "contact")))
    named += [(f"notices[{text(n, 'id')}].contact", text(n, "contact")) for n in _notices(folder)]
    for where, contact in named:
        if contact and contact not in folder.contacts:
            report.error(file, where, f"there is no contact {contact!r} in municipality.yml")


def _check_kiosk(content: Content, folder: Folder, file: str, report: Report) -> None:
    """Every tile leads to an answer."""
    topics, answered = content.topics, folder.answered
    for topic in strings(folder.assistant, "kiosk"):
        if message := next_problem(topic, topics, answered):
            report.error(file, "kiosk", message)


def _check_notices(
    content: Content, folder: Folder, file: str, today: dt.date, report: Report
) -> None:
    seen: set[str] = set()
    for notice in _notices(folder):
        name = text(notice, "id")
        where = f"notices[{name}]"
        if name in seen:
            report.error(file, f"{where}.id", "an id stands twice: rename one")
        seen.add(name)
        first, last = date(notice, "from"), date(notice, "to")
        if first is None or last is None:
            continue
        if last < first:
            report.error(file, f"{where}.to", f"{last} is before from, {first}")
        elif last < today:
            report.warning(file, where, f"it was last shown on {last}: remove it")
        elif _says_closed(notice) and not _clock_knows(content, folder, notice, first):
            report.warning(
                file,
                where,
                "it says that something is closed: add the day to common/hours_exceptions.yml, "
                "or the assistant goes on saying that the phone is open",
            )


def _says_closed(notice: Entry) -> bool:
    """Only of a contact: that a bathhouse is closed is nothing that our clock tells."""
    return bool(text(notice, "contact")) and any(
        _CLOSED.search(text(notice, language)) for language in LANGUAGES
    )


def _clock_knows(content: Content, folder: Folder, notice: Entry, first: dt.date) -> bool:
    """Whether other hours are set for the contact on or after the day the notice appears."""
    for entry in entries({"": content.common("hours_exceptions.yml")}, ""):
        of_contact = (text(entry, "municipality"), text(entry, "unit")) == (
            folder.id,
            text(notice, "contact"),
        )
        last = date(entry, "until") or date(entry, "date")
        if of_contact and last is not None and last >= first:
            return True
    return False


def _check_words(folder: Folder, others: _Others, file: str, report: Report) -> None:
    own = set(_reach(folder))
    for where, written in _written(folder):
        for name in others.names.within(written):
            for owner in [f for f in others.named[name] if f != folder.id][-1:]:
                report.error(file, where, f"names {name!r}, of {owner}: remove it")
        for fact in facts(written):
            value = fact.value
            if fact.kind not in ("phone number", "e-mail address") or value in own:
                continue
            if isinstance(value, str) and value in others.reach:
                owner = others.reach[value]
                report.error(file, where, f"{fact.written!r} belongs to {owner}: remove it")
            elif fact.written.strip() != _EMERGENCY:
                report.warning(
                    file, where, f"{fact.written!r} is no contact's in municipality.yml: check it"
                )


def _check_review_email(folder: Folder, others: _Others, file: str, report: Report) -> None:
    """What one municipality's citizens ask is never mailed to another's."""
    address = text(folder.assistant, "review_email").casefold()
    domain = address.rpartition("@")[2]
    for other in others.mailed.get(domain, ()):
        if other != folder.id and domain:
            report.error(file, "review_email", f"{address!r} belongs to {other}: change it")


def _written(folder: Folder) -> Iterator[tuple[str, str]]:
    """All that is said in the municipality's own words, with where it stands."""
    data = folder.assistant
    for key in ("name", "responsible"):
        yield key, text(data, key)
    for key in ("greeting", "switched_off"):
        for language in LANGUAGES:
            yield f"{key}.{language}", text(mapping(data, key), language)
    for notice in _notices(folder):
        for language in LANGUAGES:
            yield f"notices[{text(notice, 'id')}].{language}", text(notice, language)


def _check_dates(folder: Folder, file: str, today: dt.date, report: Report) -> None:
    """What a person once checked is checked again in time."""
    officer = mapping(folder.assistant, "data_protection_officer")
    assessment = mapping(mapping(folder.assistant, "accessibility"), "assessment")
    for where, day in (
        ("data_protection_officer.reviewed", date(officer, "reviewed")),
        ("accessibility.assessment.day", date(assessment, "day")),
    ):
        if day is not None and day + REVIEW_AFTER < today:
            due = day + REVIEW_AFTER
            report.warning(file, where, f"its review was due on {due}: check it, then its date")


def _reach(folder: Folder) -> Iterator[Any]:
    for contact in folder.contacts.values():
        if phone := text(contact, "phone"):
            yield digits(phone)
        if email := text(contact, "email"):
            yield email.casefold()


def _notices(folder: Folder) -> list[Entry]:
    return entries(folder.assistant, "notices")
