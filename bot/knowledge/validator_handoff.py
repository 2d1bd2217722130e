"""Check how a municipality hands over to a person, and the words of the staff desk.

What an operator opens has to be possible: a unit that exists, hours to be there, an address to
mail to. The words name no municipality, and both languages fill in the same names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from bot.knowledge.assistant import LANGUAGES
from bot.knowledge.files import HANDOFF_FILE
from bot.knowledge.validator_facts import digits, facts
from bot.knowledge.validator_hours import readable
from bot.knowledge.validator_named import Names
from bot.knowledge.validator_report import Report
from bot.knowledge.validator_source import COMMON, Content, Entry, Folder, entries, mapping, text

_DESK: Final = f"{COMMON}/desk.yml"
_NAME: Final = re.compile(r"\{(\w+)\}")
_REACH: Final = ("phone number", "e-mail address")
_FACTS: Final = (*_REACH, "web address", "address", "postcode", "date", "time", "weekday")
"""What only a municipality can say. Numbers are left out: a wait is ``en minut``."""


def check(content: Content, report: Report) -> None:
    """Every handoff.yml, and common/desk.yml."""
    desk = content.common("desk.yml")
    for folder in content.folders.values():
        file = f"{folder.id}/{HANDOFF_FILE}"
        if file in content.files:
            _check_ways(folder, file, report)
            _check_canned(file, folder.handoff, report)
            _check_shared_ids(folder, file, desk, report)
            _check_reach(folder, file, report)
    _check_canned(_DESK, desk, report)
    _check_words(content, desk, report)


def _check_ways(folder: Folder, file: str, report: Report) -> None:
    """A way that is open leads somewhere."""
    plan = folder.handoff
    unit = text(plan, "unit") or text(folder.record, "reception")
    contact = folder.contacts.get(unit)
    if contact is None:
        report.error(file, "unit", f"there is no contact {unit!r} in municipality.yml")
        return
    own = text(plan, "hours")
    if own and not readable(own):
        report.error(file, "hours", f"{own!r} cannot be read: write it like 'Mo-Fr 09:00-12:00'")
    if not own and not mapping(contact, "phone_hours"):
        for way in ("chat", "callback"):
            if plan.get(way) is True:
                message = f"{unit!r} has no phone hours: write the desk's own in hours, or false"
                report.error(file, way, message)
    if plan.get("mail") is True and not text(contact, "email"):
        message = f"{unit!r} has no e-mail address in municipality.yml: write false"
        report.error(file, "mail", message)


def _check_canned(file: str, data: object, report: Report) -> None:
    replies = entries(data, "canned")
    for name, count in Counter(text(r, "id") for r in replies).items():
        if count > 1:
            report.error(file, f"canned[{name}].id", "an id stands twice: rename one")
    for reply in replies:
        _check_names(file, f"canned[{text(reply, 'id')}]", reply, report)


def _check_shared_ids(folder: Folder, file: str, desk: object, report: Report) -> None:
    """The desk lists a municipality's own replies together with those of all."""
    shared = {text(r, "id") for r in entries(desk, "canned")}
    for reply in entries(folder.handoff, "canned"):
        if (name := text(reply, "id")) in shared:
            report.error(file, f"canned[{name}].id", f"{_DESK} has a reply of that id: rename it")


def _check_reach(folder: Folder, file: str, report: Report) -> None:
    """Numbers and addresses in a municipality's own replies are those of its contacts."""
    own: set[Any] = {digits(text(c, "phone")) for c in folder.contacts.values()}
    own |= {text(c, "email").casefold() for c in folder.contacts.values()}
    for where, written in _said(entries(folder.handoff, "canned")):
        for fact in facts(written):
            if fact.kind in _REACH and fact.value not in own:
                message = f"{fact.written!r} is no contact's in municipality.yml: remove it"
                report.error(file, where, message)


def _check_words(content: Content, desk: object, report: Report) -> None:
    """What is said in every municipality tells nothing of one."""
    for key, words in mapping(desk, "words").items():
        _check_names(_DESK, f"words.{key}", words, report)
    names = Names(
        name
        for folder in content.folders.values()
        for name in (text(folder.record, "name"), text(folder.record, "short"))
        if name
    )
    for where, written in _all_said(desk):
        for name in names.within(written):
            report.error(_DESK, where, f"names {name!r}: remove it, every municipality says it")
        for fact in facts(_NAME.sub("", written)):
            if fact.kind in _FACTS:
                message = f"remove {fact.written!r}: no fact stands in wording"
                report.error(_DESK, where, message)


def _all_said(desk: object) -> Iterator[tuple[str, str]]:
    yield from _said(entries(desk, "canned"))
    for key, words in mapping(desk, "words").items():
        for language in LANGUAGES:
            yield f"words.{key}.{language}", text(words, language)
    for key, mail in mapping(desk, "mails").items():
        for part in ("subject", "body"):
            yield f"mails.{key}.{part}", text(mail, part)


def _said(replies: list[Entry]) -> Iterator[tuple[str, str]]:
    for reply in replies:
        for language in LANGUAGES:
            yield f"canned[{text(reply, 'id')}].{language}", text(reply, language)


def _check_names(file: str, where: str, entry: object, report: Report) -> None:
    """What is filled in in one language is filled in in the other."""
    sv, en = (set(_NAME.findall(text(entry, language))) for language in LANGUAGES)
    if sv != en:
        differing = ", ".join(sorted(sv ^ en))
        report.error(file, where, f"only one language has {{{differing}}}: write it in both")
