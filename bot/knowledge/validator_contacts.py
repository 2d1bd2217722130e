"""Check municipality records: contacts, their facts and hours, and what they refer to."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from bot.knowledge import validator_hours
from bot.knowledge.validator_answers import next_problem
from bot.knowledge.validator_dates import Day
from bot.knowledge.validator_evidence import Grounds, check_facts, check_quotes, quotes
from bot.knowledge.validator_facts import Fact, digits, facts
from bot.knowledge.validator_report import Report
from bot.knowledge.validator_source import Content, Entry, Folder, entries, mapping, strings, text
from bot.knowledge.validator_text import find_quote, squeeze, stands_in
from bot.understanding.text import folded_words

_ONE_PERSON: Final = re.compile(r"[A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäöé]+)? [A-ZÅÄÖ][a-zåäöé]+")
_PARTY: Final = r"\s+\((?:S|M|C|L|KD|MP|V|SD|[A-ZÅÄÖ]{1,4})\)"
_UNIT_WORDS: Final = re.compile(
    r"(?:kommun|tjänst|enhet|växel|telefon|center|kontor|förvaltning|personal)", re.IGNORECASE
)


def check(content: Content, folder: Folder, report: Report) -> None:
    """A municipality's record."""
    file = folder.record_file
    if file not in content.raw:
        report.error(folder.id, "", "the folder has no municipality.yml: add it")
        return
    if text(folder.record, "id") != folder.id:
        report.error(file, "id", f"write {folder.id!r}, as the folder is named")
    reception = text(folder.record, "reception")
    if reception not in folder.contacts:
        report.error(file, "reception", f"there is no contact {reception!r}: correct it")
    for topic in strings(folder.record, "suggested"):
        if message := next_problem(topic, content.topics, folder.answered):
            report.error(file, "suggested", message)
    _check_same_words(folder, report)
    for contact in entries(folder.record, "contacts"):
        _check_contact(folder, contact, report)


def _check_contact(folder: Folder, contact: Entry, report: Report) -> None:
    file, where = folder.record_file, f"contacts[{text(contact, 'id')}]"
    check_quotes(folder, file, where, contact, report)
    grounds = Grounds.of_quotes(contact)
    for key in ("name", "definite", "job", "how"):
        check_facts(file, f"{where}.{key}", text(contact, key), grounds, report)
    _check_own_facts(file, where, contact, report)
    _check_person(folder, where, contact, report)
    if not (text(contact, "phone") or text(contact, "email") or text(contact, "how")):
        report.error(
            file, f"{where}.how", "no phone and no e-mail: tell how to reach it, as the page does"
        )
    for kind in ("phone_hours", "visit_hours"):
        hours = mapping(contact, kind)
        validator_hours.check(file, f"{where}.{kind}", hours, report)
        for at, season in enumerate(entries(hours, "seasons"), start=1):
            _check_season(file, f"{where}.{kind}.seasons[{at}]", season, grounds, report)
    if mapping(contact, "phone_hours") and not text(contact, "phone"):
        report.error(file, f"{where}.phone_hours", "hours without a phone number: remove them")


def _check_own_facts(file: str, where: str, contact: Entry, report: Report) -> None:
    """What the record states stands in its own quotes, word by word."""
    cited = quotes(contact)
    stated = [(key, text(contact, key)) for key in ("email", "visit_address")]
    stated.append(("postal_address", ", ".join(strings(contact, "postal_address"))))
    for kind in ("phone_hours", "visit_hours"):
        hours = mapping(contact, kind)
        stated.append((f"{kind}.as_written", text(hours, "as_written")))
        for at, season in enumerate(entries(hours, "seasons"), start=1):
            stated.append((f"{kind}.seasons[{at}].as_written", text(season, "as_written")))
    for key, written in stated:
        if written and not any(stands_in(squeeze(written), quote) for quote in cited):
            report.error(
                file,
                f"{where}.{key}",
                f"{squeeze(written)!r} stands in none of its quotes: quote it",
            )
    phone = text(contact, "phone")
    if phone and not any(_gives_number(phone, squeeze(quote)) for quote in cited):
        report.error(file, f"{where}.phone", f"{phone!r} stands in none of its quotes: quote it")


def _gives_number(phone: str, quote: str) -> bool:
    """Whether a quote gives a number, with blanks and hyphens where the page has them."""
    same = any(f.kind == "phone number" and f.value == digits(phone) for f in facts(quote))
    return same or bool(find_quote(phone, quote))


def _check_season(file: str, where: str, season: Entry, grounds: Grounds, report: Report) -> None:
    for key in ("from", "to"):
        month, dash, day = text(season, key).partition("-")
        if not (dash and month.isdigit() and day.isdigit()):
            continue
        fact = Fact("date", Day(None, int(month), int(day)), text(season, key))
        if not fact.proven_by(grounds.facts):
            report.error(file, f"{where}.{key}", f"{fact.written!r} stands in none of its quotes")


def _check_person(folder: Folder, where: str, contact: Entry, report: Report) -> None:
    """A named person is staff and stands on the page; a politician is no contact."""
    name, role = text(contact, "name"), text(contact, "role")
    if not _ONE_PERSON.fullmatch(name) or _UNIT_WORDS.search(name):
        return
    if role != "staff":
        report.error(
            folder.record_file, f"{where}.role", f"{name} is a person: write 'staff', not {role!r}"
        )
    if not any(name in page for page in folder.squeezed.values()):
        report.error(folder.record_file, f"{where}.name", f"no page names {name}: correct it")
    surname = name.split()[-1]
    for page_id, page in folder.squeezed.items():
        if re.search(rf"(?<!\w){re.escape(surname)}s?{_PARTY}", page):
            report.error(
                folder.record_file,
                where,
                f"pages/{page_id}.txt quotes {name} as a politician: a politician is no contact",
            )


def _check_same_words(folder: Folder, report: Report) -> None:
    """No word means two contacts, and no number is given to two."""
    file, listed = folder.record_file, entries(folder.record, "contacts")
    ids = Counter(text(c, "id") for c in listed)
    phones = Counter(digits(text(c, "phone")) for c in listed if text(c, "phone"))
    owners: dict[str, str] = {}
    for contact in listed:
        own = text(contact, "id")
        if ids[own] > 1:
            report.error(file, f"contacts[{own}]", "the id stands twice: rename or remove one")
        if phones[digits(text(contact, "phone"))] > 1:
            report.warning(file, f"contacts[{own}].phone", "another contact has the same number")
        for word in strings(contact, "synonyms"):
            other = owners.setdefault("".join(folded_words(word)), own)
            if other != own:
                report.error(
                    file, f"contacts[{own}].synonyms", f"{word!r} also means {other!r}: keep one"
                )
