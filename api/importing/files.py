"""Accepted drafts as files of content, written as an editor would write them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, Final

from api.changes import edits
from api.importing.files_answers import answer_files
from api.importing.files_contacts import contacts_in
from api.importing.records import (
    ACCEPTED,
    SKIPPED,
    Batch,
    ImportingError,
    NewMunicipality,
    decided,
)
from api.importing.yaml_values import shaped
from api.storage.imports import ImportRow
from bot.knowledge.records import Knowledge
from bot.knowledge.validator_common import REVIEW_AFTER
from bot.knowledge.validator_schema import comment_for
from bot.knowledge.validator_text import find_quote, squeeze

Read = Callable[[str], "str | None"]
"""A file of the project as it is now, by its path."""

_MOST_SUGGESTED: Final = 6
NEW_CONTACT: Final = "En ny kontakt"
"""What a problem is about that a contact of one's own solves."""

_NO_CONTACT: Final = (
    "Godkänn minst en kontakt, eller lägg till en själv. Någon måste kunna ta emot frågor."
)
_NO_ANSWER: Final = (
    "Godkänn minst ett svar, eller gör ett av meningarna som är kvar. "
    "En ny kommun behöver ett att börja med."
)


def files_of(batch: Batch, knowledge: Knowledge, read: Read, today: dt.date) -> dict[str, str]:
    """New texts by path for all that was accepted; raise ImportingError."""
    folder = f"content/{batch.municipality}"
    files = {f"{folder}/pages/{row.page}.txt": row.text for row in batch.rows}
    files[f"{folder}/pages.yml"] = _pages(batch, read(f"{folder}/pages.yml"), today)
    record = _record(batch, knowledge, read(f"{folder}/municipality.yml"))
    answers, topics = answer_files(batch, knowledge, read, record)
    if batch.new and not topics:
        raise ImportingError(_NO_ANSWER)
    if batch.new:
        record["suggested"] = topics[:_MOST_SUGGESTED]
    if batch.new or any(_accepted(batch, kind) for kind in ("contacts", "hours")):
        name = f"{batch.municipality}/municipality.yml"
        files[f"content/{name}"] = _file(record, name)
    return {**files, **answers}


def _accepted(batch: Batch, kind: str) -> bool:
    return any(decided(r, d).get("state") == ACCEPTED for r, d in batch.drafts(kind))


def _file(data: Any, name: str) -> str:
    """A file's text; a new one begins with the line by which editors' programs find its schema."""
    text = edits.dump(data)
    if text.startswith("#"):
        return text
    schema = {"municipality.yml": "municipality", "pages.yml": "pages"}.get(
        name.rpartition("/")[2], "answers"
    )
    return f"{comment_for(name, schema)}\n{text}"


def _pages(batch: Batch, text: str | None, today: dt.date) -> str:
    data = edits.load(text) if text else edits.load("[]")
    if not text:
        data = edits.load("- id: x\n")
        data.clear()
    for row in batch.rows:
        data.append(shaped(_page(row, today)))
    return _file(data, f"{batch.municipality}/pages.yml")


def _page(row: ImportRow, today: dt.date) -> dict[str, Any]:
    """The page's entry in pages.yml."""
    about, drafts = row.found["page"], row.found["drafts"]
    dates = {key: _day(about[key]) for key in ("published", "updated")}
    source = squeeze(row.text)
    lines = [n for n in drafts["not_stated"] if n.get("kept", True)]
    lines += [
        {"line": u["text"], "reason": "hör inte till det som assistenten ska svara på"}
        for u in drafts["unplaced"]
        if u.get("decided") == SKIPPED
    ]
    entry: dict[str, Any] = {
        "id": row.page,
        "title": row.title,
        **dates,
        # A date of its own each: one that stood twice would be written as a reference.
        "read": dt.date.fromordinal(today.toordinal()),
        "review_by": today + REVIEW_AFTER,
        "cites_social_services_act": drafts["cites_social_services_act"],
        "kind": row.found.get("kind") or drafts["kind"],
    }
    if about["url"]:
        entry["url"] = about["url"]
    if not any(dates.values()):
        entry["note"] = "Sidan anger inget datum."
    entry["not_stated"] = [
        {"line": n["line"], "reason": n["reason"]}
        for n in lines
        if find_quote(squeeze(n["line"]), source)
    ]
    return entry


def _day(written: str | None) -> dt.date | None:
    return dt.date.fromisoformat(written) if written else None


def _record(batch: Batch, knowledge: Knowledge, text: str | None) -> Any:
    """The municipality's record with the contacts and hours that were accepted."""
    if batch.new:
        data = edits.load(edits.dump(shaped(_new_record(batch.new, batch))))
    elif text is None:
        raise ImportingError("Kommunens uppgifter gick inte att läsa.")
    else:
        data = edits.load(text)
    contacts = contacts_in(batch, data)
    if batch.new:
        if not contacts:
            raise ImportingError(_NO_CONTACT, NEW_CONTACT)
        chosen = str(batch.rows[0].found.get("reception") or "")
        data["reception"] = contacts.get(chosen) or next(iter(contacts.values()))
    return data


def _new_record(new: NewMunicipality, batch: Batch) -> dict[str, Any]:
    given = batch.rows[0].found.get("names", {})
    names = [new.short, f"{new.short}s" if new.short[-1] != "s" else new.short, new.name]
    return {
        "id": new.id,
        "name": new.name,
        "short": new.short,
        "genitive": new.genitive,
        "names": list(dict.fromkeys([*names, *given.get("names", [])])),
        "places": list(dict.fromkeys(given.get("places", []))),
        "reception": "",
        "contacts": [],
        "suggested": [],
    }
