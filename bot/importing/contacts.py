"""Contacts and their hours, as pages write them: a name, then numbers, addresses and times.

A fact belongs to the last name before it. Where the page names nobody, the draft says so
instead of making a name up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.importing.hours import names_period, tells_hours
from bot.importing.sections import Line
from bot.knowledge.hours_records import HoursKind
from bot.knowledge.validator_facts import Fact, facts

_LABELS: Final = {
    "phone_hours": r"telefontid(?:er|erna|en)?|öppettid(?:er)? (?:i )?telefon(?:en)?|ring oss",
    "visit_hours": r"besökstid(?:er|erna|en)?|öppettid(?:er)? (?:för )?besök|drop-?in",
    "open_hours": r"öppettid(?:er|erna|en)?|öppet",
    "visit": r"besöksadress(?:en)?|besök oss|besökare|adress",
    "postal": r"postadress(?:en)?",
    "phone": r"telefon(?:nummer|växel)?|tel\.?|mobil(?:telefon|nummer)?",
    "email": r"e-?post(?:adress)?|e-?mail|mejl(?:adress)?|mail",
    "fax": r"fax(?:nummer)?|organisationsnummer|org\.? ?nr\.?|bankgiro|plusgiro",
}
_LABEL: Final = re.compile(
    "^(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _LABELS.items())
    + r")\s*(?::|$)\s*",
    re.IGNORECASE,
)
_SPACED_LABEL: Final = re.compile(
    rf"^(?:{_LABELS['phone']}|{_LABELS['email']})\s+(?=[+0(]|\S+@)", re.IGNORECASE
)
GENERIC: Final = re.compile(
    r"(?i)^(?:kontakt(?:a oss|uppgifter|information|er)?|mer information|frågor\??|har du frågor\??"
    r"|öppettider|telefon|hitta hit|relaterad information|information|besök|in english)[:.]?$"
)
_ASKING: Final = re.compile(r"(?i)^(?:kontakta|ring(?: till)?|mejla|besök)\s+(?:med\s+)?(?=\w)")
_JOB: Final = re.compile(r"(?i)\b(?:för|om)\s+((?:\w|[ ,-]){8,90}?)[.:]?$")
_WORDS_OF_JOB: Final = re.compile(r"(?i)\b(?:kontakta|ring|fråg\w*|vänd dig)\b")
_SAID_FIRST: Final = re.compile(r"(?i)^(?:kontakta oss|kontakt|frågor|välkommen)\s*[:–-]\s*")
_LINK: Final = re.compile(r"(?i)^(?:skicka|visa|hitta|karta|öppna|läs mer|mejla)\b")
_UNIT_AT_END: Final = re.compile(
    r"(?i)((?:(?:kommunens|vår|socialtjänstens|stadens)\s+)?"
    r"\w*(?:växel|kundtjänst|kontaktcenter|kontaktcentrum|mottagningsenhet|mottagning|enheten))$"
)
_PARTY: Final = re.compile(r"\((?:S|M|C|L|KD|MP|V|SD)\)")
_LONGEST_NAME: Final = 70
_FAR: Final = 8
_POSTCODE_LINE: Final = re.compile(r"(?:^|\s)\d{3} ?\d{2}\s+[A-ZÅÄÖ]")
_MOST_ADDRESS_LINES: Final = 6

Field = str


@dataclass(slots=True)
class Entry:
    """A contact as it is found, with the lines that tell each of its fields."""

    name: str = ""
    name_at: Line | None = None
    job: str | None = None
    job_at: Line | None = None
    phone: Fact | None = None
    email: Fact | None = None
    visit: list[Line] = field(default_factory=list)
    postal: list[Line] = field(default_factory=list)
    hours: dict[HoursKind, list[Line]] = field(default_factory=dict)
    lines: dict[Field, list[Line]] = field(default_factory=dict)
    more: list[str] = field(default_factory=list)

    @property
    def reached(self) -> bool:
        """Whether there is a number or an e-mail address."""
        return self.phone is not None or self.email is not None


def find_contacts(lines: Sequence[Line], title: str = "") -> list[Entry]:
    """The contacts of a page, in order. Its title names what it is about, and nobody."""
    reader = _Reader(title)
    for line in lines:
        reader.read(line)
    return [entry for entry in reader.entries if entry.reached]


class _Reader:
    """Goes through a page's lines; remembers the last name, and which label waits for a value."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.entries: list[Entry] = []
        self.name: Line | None = None
        self.told: Line | None = None
        self.waiting: Field = ""
        self.label: Line | None = None
        self.about: HoursKind = "phone"
        self.far = 0

    def read(self, line: Line) -> None:
        """Take in the next line."""
        self.far += 1
        label = _LABEL.match(line.text)
        rest = line.text[label.end() :] if label else line.text
        if label:
            self.waiting, self.label = str(label.lastgroup), line
            if self.waiting.endswith("_hours"):
                self.about = self._hours_of(self.waiting)
            if not rest:
                return
        if self._ways(line, rest) or self._times(line) or self._address(line, rest):
            return
        self.waiting, self.label = "", None
        self._name(line)

    def _hours_of(self, label: Field) -> HoursKind:
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
        own = _name_on_line(rest, found)
        last = self.entries[-1] if self.entries else None
        named = Line(line.at, own, False, False) if own else self.name
        kinds = {f.kind for f in found}
        full = last is not None and (
            ("phone number" in kinds and last.phone is not None)
            or ("e-mail address" in kinds and last.email is not None)
        )
        new_name = named is not None and (last is None or last.name_at is not named)
        if last is not None and not new_name and (not full or self.far <= 2):
            return last
        entry = Entry(name=named.text if named else "", name_at=named)
        if own:
            entry.name_at = line
        elif self.told is not None and named is not None and self.told.at > named.at:
            found_job = _JOB.search(self.told.text)
            entry.job, entry.job_at = (found_job[1].strip() if found_job else None), self.told
        if self.far > _FAR and not own and not line.heading:
            entry.name, entry.name_at = "", None
        self.entries.append(entry)
        self.name = entry.name_at if not own else None
        if own:
            self.name = None
        return entry

    def _times(self, line: Line) -> bool:
        """Opening hours of the last contact, or of the one whose name has just been read."""
        if not self.entries:
            return False
        known_hours = self.entries[-1].hours.get(self.about)
        if not tells_hours(line.text) and not (known_hours and names_period(line.text)):
            return False
        if self.far > _FAR and not self.waiting.endswith("_hours"):
            return False
        entry = self.entries[-1]
        if entry.phone is None and self.about == "phone" and not self.waiting.endswith("_hours"):
            self.about = "visit"
        known = entry.hours.setdefault(self.about, [])
        if not known and self.label is not None and self.waiting.endswith("_hours"):
            entry.lines[f"{self.about}_hours"] = [self.label]
        known.append(line)
        self.far = 0
        return True

    def _address(self, line: Line, rest: str) -> bool:
        """The lines of an address after its label."""
        if self.waiting not in ("visit", "postal") or not self.entries:
            return False
        entry = self.entries[-1]
        known = entry.visit if self.waiting == "visit" else entry.postal
        follows = not known or line.at - known[-1].at == 1
        done = known and _POSTCODE_LINE.search(known[-1].text)
        ended = line.text.endswith(".") or len(known) >= _MOST_ADDRESS_LINES
        ended = ended or bool(_LINK.match(line.text))
        if ended or done or not follows:
            return False
        if not known and self.label is not None:
            entry.lines[self.waiting] = [self.label] if self.label.at != line.at else []
        known.append(Line(line.at, rest, line.point, False))
        self.far = 0
        return True

    def _name(self, line: Line) -> None:
        text = line.text
        short = len(text) <= _LONGEST_NAME and not re.search(r"[.!?:,]$", text)
        names = text != self.title and not GENERIC.match(text)
        if short and text[:1].isupper() and names:
            self.name, self.told, self.far = line, None, 0
        elif GENERIC.match(text):
            self.name, self.told, self.far = None, None, 0
        elif _WORDS_OF_JOB.search(text):
            self.told = line

    def _with_label(self, line: Line) -> list[Line]:
        label = self.label
        waits = self.waiting in ("phone", "email")
        near = waits and label is not None and 0 < line.at - label.at <= 2
        return [label, line] if near and label is not None else [line]


def _name_on_line(rest: str, found: Sequence[Fact]) -> str:
    """The name that stands before the first number of a line: ``Anhörigkonsulent 0240-863 91``."""
    starts = [rest.find(fact.written.strip()) for fact in found]
    before = rest[: min(at for at in starts if at >= 0)] if any(s >= 0 for s in starts) else ""
    if _SPACED_LABEL.match(rest):
        return ""
    before = re.sub(
        r"(?i)(?:^|[\s,:(–-]+)(?:på\s+)?(?:telefon(?:nummer)?|tel\.?|ring)?[\s,:(–-]*$", "", before
    )
    before = _SAID_FIRST.sub("", before)
    before = _ASKING.sub("", before).strip(" ,:;–-")
    unit = _UNIT_AT_END.search(before)
    if unit and len(before) > len(unit[1]):
        return unit[1]
    sentence = re.search(r"[.!?]\s|\b(?:du|oss|vi|kan|via|eller|och kontakta)\b", before)
    fits = 2 < len(before) <= _LONGEST_NAME and not sentence and not _LABEL.match(before)
    return before if fits and not GENERIC.match(before) else ""
