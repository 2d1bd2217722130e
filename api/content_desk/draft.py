"""An answer in an editor's hands: what the form shows, what came back, and what that changes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from api.content_desk.shelf import Shelf
from bot.guard.intake import admit_from_staff
from bot.knowledge.coverage import page_units
from bot.knowledge.loader_municipality import answer_record
from bot.knowledge.records import Answer, Page, topic_name
from bot.knowledge.standing import fingerprint
from bot.knowledge.validator_text import squeeze

TEXTS: Final = ("text", "easy", "en", "speech", "reviewer")
LISTS: Final = ("items", "items_en")
DAYS: Final = ("reviewed", "review_by")
MOST_EVIDENCE: Final = 30
NEXT: Final = 3
_EMPTY_GOES: Final = frozenset({"speech", "items", "items_en", "reviewer", *DAYS})
"""Fields that an answer may be without: left empty they are taken away."""

PRIVATE: Final = "Här står något som liknar ett personnummer. Ta bort det."
_NO_DAY: Final = "Skriv dagen som 2027-05-22, eller lämna fältet tomt."

_LINE: Final = re.compile(r"[0-9]{1,6}")

Quote = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything of an answer that an editor may change; ``base`` tells what it was made of."""

    values: Mapping[str, str]
    evidence: tuple[Quote, ...]
    contacts: tuple[str, ...]
    next: tuple[str, ...]
    base: str = ""

    def list_of(self, key: str) -> list[str]:
        """A list that is written one entry a line."""
        return [squeeze(line) for line in self.values[key].splitlines() if line.strip()]

    def with_lines(self, chosen: Iterable[Quote]) -> Draft:
        """With more evidence; what an earlier quote holds already is not added."""
        kept = list(self.evidence)
        for page, quote in chosen:
            if not any(p == page and squeeze(quote) in squeeze(q) for p, q in kept):
                kept.append((page, quote))
        return replace(self, evidence=tuple(kept))


def draft_of(answer: Answer) -> Draft:
    """The answer as the form shows it first."""
    values = {key: getattr(answer, key) or "" for key in TEXTS}
    values |= {key: "\n".join(getattr(answer, key)) for key in LISTS}
    values |= {key: _day(getattr(answer, key)) for key in DAYS}
    return Draft(
        values=values,
        evidence=tuple((e.page, e.quote) for e in answer.evidence),
        contacts=answer.contacts,
        next=tuple(topic_name(t) for t in answer.next),
        base=fingerprint(answer),
    )


def read_form(form: Mapping[str, str], lists: Mapping[str, list[str]]) -> Draft:
    """What came back. ``lists`` are the fields that may stand there several times."""
    values = {key: _typed(form.get(key, "")) for key in (*TEXTS, *LISTS, *DAYS)}
    numbers = range(1, MOST_EVIDENCE + 1)
    evidence = [(form.get(f"page_{n}", ""), squeeze(form.get(f"quote_{n}", ""))) for n in numbers]
    followed = [form.get(f"next_{n}", "") for n in range(1, NEXT + 1)]
    return Draft(
        values=values,
        evidence=tuple((page, quote) for page, quote in evidence if page and quote),
        contacts=tuple(lists.get("contacts", ())),
        next=tuple(dict.fromkeys(topic for topic in followed if topic)),
        base=form.get("base", ""),
    )


def chosen_lines(shelf: Shelf, chosen: Iterable[str]) -> list[Quote]:
    """Lines that were ticked (``ledsagning:12``) as quotes; neighbours become one quote."""
    ticked: dict[str, set[int]] = {}
    for name in chosen:
        page, _, number = name.partition(":")
        if page in shelf.municipality.pages and _LINE.fullmatch(number):
            ticked.setdefault(page, set()).add(int(number))
    return [
        (page, quote)
        for page, numbers in ticked.items()
        for quote in _quotes(shelf.municipality.pages[page], numbers)
    ]


def changed_fields(answer: Answer, draft: Draft) -> dict[str, Any]:
    """The fields that differ, as content/ has them; None for one that is to go."""
    before = draft_of(answer)
    fields: dict[str, Any] = {
        key: _value(key, draft)
        for key in (*TEXTS, *LISTS, *DAYS)
        if draft.values[key].strip() != before.values[key].strip()
    }
    if [(p, squeeze(q)) for p, q in before.evidence] != list(draft.evidence):
        fields["evidence"] = [{"page": page, "quote": quote} for page, quote in draft.evidence]
    if before.contacts != draft.contacts:
        fields["contacts"] = list(draft.contacts)
    if before.next != draft.next:
        fields["next"] = list(draft.next)
    return fields


def refused(draft: Draft) -> dict[str, str]:
    """What can be told without the validator, by field: personal data, and days that are none."""
    found = {key: PRIVATE for key in (*TEXTS, *LISTS) if admit_from_staff(draft.values[key]).masked}
    for key in DAYS:
        typed = draft.values[key].strip()
        if typed and _read_day(typed) is None:
            found[key] = _NO_DAY
    return found


def as_answer(answer: Answer, draft: Draft) -> Answer | None:
    """The answer as the draft has it, to be looked at; None while something needed is missing."""
    if not (draft.evidence and all(draft.values[k].strip() for k in ("text", "easy", "en"))):
        return None
    data: dict[str, Any] = {key: _value(key, draft) for key in (*TEXTS, *LISTS)}
    data |= {
        "aspect": answer.aspect,
        "audience": answer.audience,
        "evidence": [{"page": page, "quote": quote} for page, quote in draft.evidence],
        "contacts": draft.contacts,
        "next": draft.next,
    }
    return answer_record(answer.municipality, answer.service, data)


def _value(key: str, draft: Draft) -> Any:
    if key in LISTS:
        return draft.list_of(key) or None
    typed = squeeze(draft.values[key])
    if not typed and key in _EMPTY_GOES:
        return None
    return _read_day(typed) or typed if key in DAYS else typed


def _quotes(page: Page, numbers: Iterable[int]) -> list[str]:
    text, spans = page_units(page.text)
    runs: list[list[int]] = []
    for number in sorted(n for n in numbers if n < len(spans)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [text[spans[run[0]][0] : spans[run[-1]][1]] for run in runs]


def _typed(text: str) -> str:
    """As browsers send it, but with the line breaks of content."""
    return text.replace("\r\n", "\n").strip()


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _read_day(typed: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(typed)
    except ValueError:
        return None
