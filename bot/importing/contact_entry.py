"""A contact while a page's lines are read, and what tells that a line is about reaching it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.importing.contact_names import LABEL
from bot.importing.sections import Line
from bot.knowledge.hours_records import HoursKind
from bot.knowledge.validator_facts import Fact
from bot.knowledge.written_hours import days_in

BY_PHONE: Final = re.compile(r"(?i)telefon(?:tid|er)|(?<!\w)(?:nås|ring\w*|telefon)(?!\w)")
_OPEN: Final = re.compile(r"(?i)öppettid|besökstid|öppet|drop-?in")
_MOST_WORDS: Final = 3
MOST_ADDRESS_LINES: Final = 6


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
    lines: dict[str, list[Line]] = field(default_factory=dict)
    more: list[str] = field(default_factory=list)
    address_first: bool = False
    """Whether the address stood before the number, perhaps under another name."""

    @property
    def reached(self) -> bool:
        """Whether there is a number or an e-mail address."""
        return self.phone is not None or self.email is not None

    @property
    def only_address(self) -> bool:
        """Whether nothing but an address is known."""
        return not self.reached and not self.hours


def is_about_reaching(text: str) -> bool:
    """Whether a sentence that states times tells when somebody can be reached."""
    return bool(BY_PHONE.search(text) or _OPEN.search(text))


def is_after(section: Line, last: Entry) -> bool:
    """Whether a heading came after all that is known of a contact."""
    lines = [line for found in (*last.lines.values(), *last.hours.values()) for line in found]
    lines += [*last.visit, *last.postal, *([last.name_at] if last.name_at else [])]
    return all(section.key > line.key for line in lines)


def little_but_times(text: str) -> bool:
    """Whether a line holds little but days and times."""
    days = sum(end - start for start, end, _ in days_in(text))
    letters = re.sub(r"(?i)(?<!\w)(?:kl|klockan|och|samt|till|lunch\w*|stängt)(?!\w)", "", text)
    words = re.findall(r"[^\W\d]{2,}", letters)
    return len(words) - (1 if days else 0) <= _MOST_WORDS + 2 * bool(days)


def address_up_to(line: Line, seen: Sequence[Line]) -> list[Line]:
    """An address without a label: short lines that end with a postcode and its place."""
    if not re.match(r"\d{3} ?\d{2}\s+[A-ZÅÄÖ]", line.text):
        return []
    address = [line]
    for before in reversed(seen[-MOST_ADDRESS_LINES + 1 :]):
        joined = address[0].at - before.at == 1 and not before.point and not before.heading
        if not joined or before.text[-1] in ".:!?;" or LABEL.match(before.text):
            break
        address.insert(0, before)
    return address
