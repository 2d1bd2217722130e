"""Contacts and their hours, as pages write them: a name, then numbers, addresses and times.

A fact belongs to the last name before it. Where the page names nobody, the draft says so
instead of making a name up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.importing.contact_entry import (
    BY_PHONE,
    MOST_ADDRESS_LINES,
    Entry,
    address_up_to,
    is_about_reaching,
    is_after,
    little_but_times,
)
from bot.importing.contact_names import (
    GENERIC,
    JOB,
    LABEL,
    LINK,
    WORDS_OF_JOB,
    job_in,
    may_name,
    name_on_line,
)
from bot.importing.hours import names_period, tells_hours
from bot.importing.sections import Line, cut
from bot.knowledge.hours_records import HoursKind
from bot.knowledge.validator_facts import Fact, facts

_PARTY: Final = re.compile(r"\((?:S|M|C|L|KD|MP|V|SD)\)")
_FAR: Final = 8
_NEAR: Final = 2
_NEAR_LINES: Final = 4
_POSTCODE_LINE: Final = re.compile(r"(?:^|\s)\d{3} ?\d{2}\s+[A-ZÅÄÖ]")


def find_contacts(lines: Sequence[Line], title: str = "") -> list[Entry]:
    """The contacts of a page, in order. Its title names what it is about, and nobody."""
    reader = _Reader(title)
    for line in cut(lines):
        reader.read(line)
    return [e for e in reader.entries if e.reached or (e.name and (e.postal or e.visit or e.hours))]


class _Reader:
    """Goes through a page's sentences; remembers the last name, and which label waits."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.entries: list[Entry] = []
        self.seen: list[Line] = []
        self.name: Line | None = None
        self.unit: Line | None = None
        self.told: Line | None = None
        self.waiting: str = ""
        self.label: Line | None = None
        self.about: HoursKind = "phone"
        self.far = 0

    def read(self, line: Line) -> None:
        """Take in the next sentence."""
        self.far += 1
        label = LABEL.match(line.text)
        rest = line.text[label.end() :] if label else line.text
        if label:
            self.waiting, self.label = str(label.lastgroup), line
            if self.waiting.endswith("_hours"):
                self.about = self._hours_of(self.waiting)
        taken = bool(label and not rest) or self._ways(line, rest) or self._times(line, rest)
        if not (taken or self._address(line, rest) or self._unlabelled(line)):
            self.waiting, self.label = "", None
            self._name(line)
        self.seen.append(line)

    def _hours_of(self, label: str) -> HoursKind:
        """What hours are for: ``Öppettider`` after a number and no address are the phone's."""
        entry = self.entries[-1] if self.entries else None
        by_phone = entry is not None and entry.phone is not None and not entry.visit
        return (
            "phone" if label == "phone_hours" or (label == "open_hours" and by_phone) else "visit"
        )

    def _ways(self, line: Line, rest: str) -> bool:
        """Phone numbers and e-mail addresses."""
        if self.waiting == "fax":
            self.waiting = ""
            return True
        found = [f for f in facts(rest) if f.kind in ("phone number", "e-mail address")]
        if not found:
            return False
        if _PARTY.search(line.text):
            return True
        entry = self._owner(line, rest, found)
        for fact in sorted(found, key=lambda f: rest.find(f.written.strip())):
            key = "phone" if fact.kind == "phone number" else "email"
            if getattr(entry, key) is None:
                setattr(entry, key, fact)
                entry.lines[key] = self._with_label(line)
            elif getattr(entry, key).value != fact.value:
                entry.more.append(fact.written.strip())
        self.about = "phone" if entry.phone else self.about
        self.waiting, self.far = "", 0
        if tells_hours(rest):
            entry.hours.setdefault("phone", []).append(line)
        return True

    def _owner(self, line: Line, rest: str, found: Sequence[Fact]) -> Entry:
        """The contact that a number belongs to: named on its own line, or before it."""
        own = name_on_line(rest, found)
        last = self.entries[-1] if self.entries else None
        kinds = {f.kind for f in found}
        full = last is not None and (
            ("phone number" in kinds and last.phone is not None)
            or ("e-mail address" in kinds and last.email is not None)
        )
        new_name = own or (self.name and (last is None or last.name_at is not self.name))
        if last is not None and not new_name and (not full or self.far <= _NEAR):
            return last
        entry = Entry(name=own, name_at=line)
        if not own:
            entry = self._named(line) if self.far <= _FAR or line.heading else Entry()
            if self.told is not None and self.name is not None and self.told.key > self.name.key:
                found_job = JOB.search(self.told.text)
                entry.job, entry.job_at = (found_job[1].strip() if found_job else None), self.told
        return self._begin(entry, line)

    def _named(self, line: Line) -> Entry:
        """A new contact by the last name, else by who a sentence just before says that it is."""
        if self.name is not None:
            return Entry(name=self.name.text, name_at=self.name)
        for told in (line, *reversed(self.seen[-_NEAR:])):
            if job := job_in(told.text):
                return Entry(name=job, name_at=told)
        return Entry()

    def _begin(self, entry: Entry, line: Line) -> Entry:
        last = self.entries[-1] if self.entries else None
        if last is not None and last.only_address:
            at = (last.visit or last.postal)[-1].at
            if line.at - at <= _NEAR_LINES:
                entry.visit, entry.postal, entry.address_first = last.visit, last.postal, True
                entry.lines |= last.lines
                self.entries.pop()
        self.entries.append(entry)
        self.name = entry.name_at if entry.name_at is self.name else None
        return entry

    def _times(self, line: Line, rest: str) -> bool:
        """Opening hours of the last contact, or of the one whose name has just been read."""
        labelled = self.waiting.endswith("_hours")
        last = self.entries[-1] if self.entries else None
        known_hours = last is not None and last.hours.get(self.about)
        if not tells_hours(line.text) and not (known_hours and names_period(line.text)):
            return False
        if not (labelled or known_hours or is_about_reaching(line.text) or little_but_times(rest)):
            return False
        entry = self._opened(line, labelled=labelled)
        if entry is None:
            return False
        if BY_PHONE.search(line.text) and not labelled:
            self.about = "phone"
        elif entry.phone is None and self.about == "phone" and not labelled:
            self.about = "visit"
        known = entry.hours.setdefault(self.about, [])
        if not known and self.label is not None and labelled:
            entry.lines[f"{self.about}_hours"] = [self.label]
        known.append(line)
        self.far = 0
        return True

    def _opened(self, line: Line, *, labelled: bool) -> Entry | None:
        """Whose hours a line tells; a contact without a number when a name or work is there."""
        last = self.entries[-1] if self.entries else None
        section = self.name or self.unit
        newer = section is not None and (last is None or not last.reached) and labelled
        # Hours under a heading of their own are not those of the contact above it.
        other = labelled and section is not None and last is not None and is_after(section, last)
        near = labelled or self.far <= _FAR
        if last is not None and near and not other and not (newer and not last.name):
            return last
        job = job_in(line.text)
        if job:
            return self._begin(Entry(name=job, name_at=line), line)
        if section is None or not labelled:
            return None
        return self._begin(Entry(name=section.text, name_at=section), line)

    def _address(self, line: Line, rest: str) -> bool:
        """The lines of an address after its label."""
        if self.waiting not in ("visit", "postal"):
            return False
        ended = line.text.endswith(".") or bool(LINK.match(line.text))
        ended = ended or (line.heading and line.at - self.seen[-1].at > 1)
        section = self.unit or self.name
        last = self.entries[-1] if self.entries else None
        fresh = section is not None and (last is None or last.name_at is None)
        fresh = fresh or (section is not None and last is not None and is_after(section, last))
        if ended or (last is None and section is None):
            return False
        if last is None or fresh:
            last = Entry(name=section.text if section else "", name_at=section)
            self.entries.append(last)
            self.name = section
        known = last.visit if self.waiting == "visit" else last.postal
        follows = not known or line.at - known[-1].at == 1
        done = known and _POSTCODE_LINE.search(known[-1].text)
        if done or not follows or len(known) >= MOST_ADDRESS_LINES:
            return False
        if not known and self.label is not None:
            last.lines[self.waiting] = [self.label] if self.label.key != line.key else []
        known.append(Line(line.at, rest, line.point, False, line.nth))
        self.far = 0
        return True

    def _unlabelled(self, line: Line) -> bool:
        """An address without a label: short lines that end with a postcode and its place."""
        address = address_up_to(line, self.seen)
        if not address:
            return False
        last = self.entries[-1] if self.entries else None
        if last is not None and not last.postal and self.far - len(address) <= _NEAR:
            last.postal = address
            return True
        name = next((told for told in address[:-1] if may_name(told)), None)
        if name is None:
            return False
        self.entries.append(Entry(name=name.text, name_at=name, postal=address))
        self.name = None
        return True

    def _name(self, line: Line) -> None:
        text = line.text
        if text != self.title and not GENERIC.match(text) and may_name(line):
            self.name, self.told, self.far = line, None, 0
            self.unit = line if line.heading else self.unit
        elif GENERIC.match(text) or line.heading:
            self.name, self.unit, self.told, self.far = None, None, None, 0
        elif WORDS_OF_JOB.search(text):
            self.told = line

    def _with_label(self, line: Line) -> list[Line]:
        label = self.label
        waits = self.waiting in ("phone", "email")
        near = waits and label is not None and 0 < line.at - label.at <= _NEAR
        return [label, line] if near and label is not None else [line]
