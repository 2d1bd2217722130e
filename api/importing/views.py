"""A batch as its page shows it: each draft with its fields, its place on the page and its state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from api.importing.contact_values import passages, unproven
from api.importing.excerpts import Piece, excerpt
from api.importing.files import NEW_CONTACT
from api.importing.hours_proof import hours_given
from api.importing.records import (
    Batch,
    Draft,
    decided,
    key_of,
    slug,
)
from api.importing.views_left import LeftView, left_choices, left_views, question_of
from api.storage.imports import ImportRow
from bot.dialogue.hours_phrases import MONTHS
from bot.importing.drafts_contacts import role_of
from bot.knowledge.loader import load_knowledge
from bot.knowledge.records import parse_topic, topic_name
from bot.knowledge.validator_hours import osm_week

DAYS: Final = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
KIND_TITLES: Final = {"page": "vanlig sida", "news": "nyhet", "project": "projekt"}
HOURS_TITLES: Final = {"phone": "telefontider", "visit": "besökstider"}


@dataclass(frozen=True, slots=True)
class DraftView:
    """One draft. ``values`` are its fields as they stand in the form."""

    key: str
    kind: str
    title: str
    state: str
    values: dict[str, Any]
    excerpt: list[list[Piece]]
    remarks: list[str]
    choices: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PageView:
    """One page of the batch."""

    number: str
    row: ImportRow
    kind: str
    warnings: list[str]
    answers: list[DraftView]
    contacts: list[DraftView]
    hours: list[DraftView]
    left: list[LeftView]
    left_choices: list[tuple[str, str]]
    not_stated: list[tuple[str, str, str, bool]]


def pages_of(batch: Batch) -> list[PageView]:
    """The pages with all their drafts."""
    return [_page(batch, row) for row in batch.rows]


def anchors(pages: list[PageView]) -> dict[str, tuple[str, str]]:
    """Where each draft stands on the page, and its title, by what the check calls it."""
    found = {d.title: (f"d{d.key}", d.title) for page in pages for d in page.answers}
    found[NEW_CONTACT] = ("ny", NEW_CONTACT)
    for page in pages:
        for draft in [*page.contacts, *page.hours]:
            found[draft.key] = (f"d{draft.key}", draft.title)
        for draft in page.contacts:
            name = f"Kontakten {slug(draft.title)}"
            found[name] = (f"d{draft.key}", f"Kontakten {draft.title}")
    return found


def topic_titles() -> list[str]:
    """Every question that can be answered, for who looks for another one."""
    services = load_knowledge().services.values()
    return sorted({t.question for s in services for t in s.topics.values()})


def contact_choices(batch: Batch) -> list[tuple[str, str]]:
    """The contacts that hours may belong to, and that may be the reception."""
    known = load_knowledge().municipalities.get(batch.municipality)
    found = {c.id: c.name for c in known.contacts.values()} if known else {}
    for row, draft in batch.drafts("contacts"):
        name = decided(row, draft).get("fields", {}).get("name") or draft["name"]
        found.setdefault(
            str(draft["id"]), str(name or draft["phone"] or draft["email"] or NEW_CONTACT)
        )
    return list(found.items())


def _page(batch: Batch, row: ImportRow) -> PageView:
    drafts, number = row.found["drafts"], row.id.rpartition("-")[2]
    return PageView(
        number=number,
        row=row,
        kind=row.found.get("kind") or drafts["kind"],
        warnings=row.found["page"]["warnings"],
        answers=[_answer(row, draft) for draft in drafts["answers"]],
        contacts=[_contact(batch, row, draft) for draft in drafts["contacts"]],
        hours=[_hours(batch, row, draft) for draft in drafts["hours"]],
        left=list(left_views(number, drafts["unplaced"])),
        left_choices=left_choices(row),
        not_stated=[
            (f"{number}-n{at}", n["line"], n["reason"], n.get("kept", True))
            for at, n in enumerate(drafts["not_stated"])
        ],
    )


def _answer(row: ImportRow, draft: Draft) -> DraftView:
    choice = decided(row, draft)
    given = choice.get("fields", {})
    topic = str(given.get("topic") or topic_name(tuple(draft["topic"])))
    near = list(dict.fromkeys([topic, *(topic_name((t[0], t[1])) for t in draft["others"])]))
    text = given.get("text") or draft["text"]
    values = {
        "topic": topic,
        "other": given.get("other", ""),
        "audience": given.get("audience", "alla"),
        "text": text,
        "easy": given.get("easy", ""),
        "en": given.get("en", ""),
        "evidence": given.get("evidence") or draft["evidence"],
        "items": given.get("items") or draft["items"],
        "items_en": given.get("items_en", []),
    }
    return DraftView(
        key_of(row, draft),
        "svar",
        question_of(topic),
        choice.get("state", ""),
        values,
        excerpt(row.text, values["evidence"]),
        list(_replaced(row, topic, values["audience"])),
        [(name, question_of(name)) for name in near],
    )


def _replaced(row: ImportRow, topic: str, audience: str) -> Iterator[str]:
    """The answer that would go, word for word."""
    for answer in load_knowledge().answers(row.municipality, parse_topic(topic)):
        if answer.audience == audience:
            yield f"Godkänner du ersätts svaret som finns: ”{answer.text}”"


def _contact(batch: Batch, row: ImportRow, draft: Draft) -> DraftView:
    choice = decided(row, draft)
    keys = ("name", "job", "phone", "email", "visit_address", "postal_address", "role")
    values = {key: draft[key] or "" for key in keys}
    values |= {"definite": "", "how": "", "how_said": ""}
    values |= {"role": draft["role"] or role_of(draft["name"])}
    values |= choice.get("fields", {})
    remarks = [*draft["remarks"], *unproven(batch, row, draft, values)]
    if draft["known"]:
        remarks.append("Kontakten finns redan. Godkänner du får den sidans uppgifter.")
    return DraftView(
        key_of(row, draft),
        "kontakt",
        str(values["name"] or draft["phone"] or draft["email"] or NEW_CONTACT),
        choice.get("state", ""),
        values,
        excerpt(row.text, passages(batch, row, draft, values)),
        remarks,
    )


def _hours(batch: Batch, row: ImportRow, draft: Draft) -> DraftView:
    choice = decided(row, draft)
    given = hours_given(batch, row, draft, choice.get("fields", {}))
    hours = given.hours
    values = {
        "contact": draft["contact"],
        "kind": draft["kind"],
        "written": "",
        "week": list(_week(hours["osm"])) if hours else [],
        "seasons": [
            (f"{_day(s['first'])} till {_day(s['last'])}", list(_week(s["osm"])))
            for s in (hours["seasons"] if hours else ())
        ],
        **choice.get("fields", {}),
    }
    names = dict(contact_choices(batch))
    owner = names.get(values["contact"], values["contact"])
    said = draft["evidence"]
    # What was said of the hours that the reader found is not about those that were typed.
    remarks = [] if values["written"] else list(dict.fromkeys(draft["remarks"]))
    return DraftView(
        key_of(row, draft),
        "tider",
        f"{owner}: {HOURS_TITLES[values['kind']]}",
        choice.get("state", ""),
        values,
        excerpt(row.text, [q for page, q in given.evidence if page == row.page] or said),
        [given.problem] if given.problem and values["written"] else remarks,
    )


def _week(osm: str) -> Iterator[tuple[str, str]]:
    """Each weekday with its times, as people read them."""
    week = osm_week(osm)
    for day, name in enumerate(DAYS):
        times = sorted(week.get(day, ()))
        pairs = zip(times[::2], times[1::2], strict=False)
        told = " och ".join(f"{a.replace(':', '.')}–{b.replace(':', '.')}" for a, b in pairs)
        yield name, told or "stängt"


def _day(month_day: str) -> str:
    """``05-01`` as people write it."""
    month, _, day = month_day.partition("-")
    return f"{int(day)} {MONTHS[int(month) - 1]}"
