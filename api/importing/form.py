"""What a person has chosen and typed on the page of drafts, read into the batch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from api.importing.form_added import (
    NEW,
    Values,
    added_contact,
    adds_contact,
    sort_left,
    ticked_left,
    titled,
    topic_called,
)
from api.importing.records import (
    ACCEPTED,
    OPEN,
    REJECTED,
    Batch,
    Draft,
    ImportingError,
    key_of,
)
from api.storage.imports import ImportRow
from bot.guard.intake import admit_from_staff
from bot.knowledge.records import topic_name

KINDS: Final = ("page", "news", "project")
ROLES: Final = {
    "reception": "mottagning",
    "switchboard": "växel",
    "service_phone": "servicetelefon",
    "carer_consultant": "anhörigkonsulent",
    "customer_service": "kundtjänst",
    "staff": "en person",
}
AUDIENCES: Final = {"alla": "alla", "barn": "barn och unga", "vuxen": "vuxna"}
_STATES: Final = (ACCEPTED, REJECTED, OPEN)
_LONGEST: Final = 4000
_MOST: Final = 300_000


def read_form(batch: Batch, values: Values) -> Batch:
    """The batch as the form has it; raise ImportingError for what may not be kept."""
    # Before anything looks for numbers in it: that takes a while for each thousand characters.
    if any(len(value) > _LONGEST for value in values.values()):
        raise ImportingError("En av texterna är för lång.")
    typed = " \n".join(values.values())
    if len(typed) > _MOST:
        raise ImportingError("Det är för mycket text på en gång. Spara några utkast i taget.")
    if admit_from_staff(typed).masked:
        raise ImportingError("Här står något som liknar ett personnummer. Ta bort det.")
    for name, value in values.items():
        if name.endswith("-other") and value.strip() and not titled(value):
            raise ImportingError(
                f"Det finns ingen fråga som heter ”{value.strip()}”. Välj en ur listan."
            )
    return _read(batch, values, adding=True)


def as_typed(batch: Batch, values: Values) -> Batch:
    """The batch with all that was typed, also what may not be kept: to be shown again."""
    return _read(batch, values, adding=False)


def _read(batch: Batch, values: Values, *, adding: bool) -> Batch:
    rows = [_row(row, values, first=at == 0, adding=adding) for at, row in enumerate(batch.rows)]
    return Batch(tuple(rows))


def _row(row: ImportRow, values: Values, *, first: bool, adding: bool) -> ImportRow:
    found: dict[str, Any] = {**row.found, "decided": {}}
    drafts = dict(found["drafts"])
    readers: dict[str, Callable[[Values, str, Draft], dict[str, Any]]] = {
        "answers": _answer,
        "contacts": _contact,
        "hours": _hours,
    }
    for kind, reader in readers.items():
        for draft in drafts[kind]:
            key = key_of(row, draft)
            state = values.get(key, OPEN)
            found["decided"][draft["id"]] = {
                "state": state if state in _STATES else OPEN,
                "fields": reader(values, key, draft),
            }
    number = row.id.rpartition("-")[2]
    drafts["unplaced"] = ticked_left(number, values, drafts["unplaced"])
    if adding:
        _add(number, values, drafts, found["decided"], first=first)
    drafts["not_stated"] = [
        {**line, "kept": values.get(f"{number}-n{at}") == ACCEPTED}
        for at, line in enumerate(drafts["not_stated"])
    ]
    found["drafts"] = drafts
    kind = values.get(f"{number}-kind", "")
    found["kind"] = kind if kind in KINDS else drafts["kind"]
    if first:
        found["reception"] = values.get("reception", "")
        found["names"] = {key: _list(values.get(key, ""), ",") for key in ("names", "places")}
    title = " ".join(values.get(f"{number}-title", "").split())[:200]
    return replace(row, found=found, title=title or row.title)


def _add(
    number: str,
    values: Values,
    drafts: dict[str, Any],
    states: dict[str, Any],
    *,
    first: bool,
) -> None:
    """What a person adds: an answer of sentences left over, a contact."""
    made = sort_left(number, values, drafts)
    if made:
        drafts["answers"] = [*drafts["answers"], made]
        states[made["id"]] = {"state": ACCEPTED, "fields": {}}
    if first and adds_contact(values):
        own = added_contact(drafts["contacts"])
        drafts["contacts"] = [*drafts["contacts"], own]
        states[own["id"]] = {"state": ACCEPTED, "fields": _contact(values, NEW, own)}


def _answer(values: Values, key: str, draft: Draft) -> dict[str, Any]:
    # Another question, by its title, outranks the choice among the nearest.
    other = values.get(f"{key}-other", "")
    topic = titled(other) or topic_called(values.get(f"{key}-topic", "")) or tuple(draft["topic"])
    audience = values.get(f"{key}-audience", "alla")
    fields: dict[str, Any] = {
        "topic": topic_name((topic[0], topic[1])),
        "other": "" if titled(other) else other,
        "audience": audience if audience in AUDIENCES else "alla",
        "text": _one_line(values, f"{key}-text") or draft["text"],
        "easy": _one_line(values, f"{key}-easy"),
        "en": _one_line(values, f"{key}-en"),
        "evidence": _list(values.get(f"{key}-evidence", "")) or list(draft["evidence"]),
    }
    if draft["items"]:
        fields["items"] = _list(values.get(f"{key}-items", "")) or list(draft["items"])
        fields["items_en"] = _list(values.get(f"{key}-items_en", ""))
    return fields


def _contact(values: Values, key: str, draft: Draft) -> dict[str, Any]:
    role = values.get(f"{key}-role", draft["role"])
    fields: dict[str, Any] = {
        name: _one_line(values, f"{key}-{name}")
        for name in (
            *("name", "definite", "job", "phone", "email", "visit_address"),
            *("how", "how_said"),
        )
    }
    fields["postal_address"] = _list(values.get(f"{key}-postal_address", ""))
    fields["role"] = role if role in ROLES else draft["role"]
    return fields


def _hours(values: Values, key: str, draft: Draft) -> dict[str, Any]:
    kind = values.get(f"{key}-kind", draft["kind"])
    return {
        "contact": values.get(f"{key}-contact") or draft["contact"],
        "kind": kind if kind in ("phone", "visit") else draft["kind"],
        "written": values.get(f"{key}-written", "").strip(),
    }


def _one_line(values: Values, name: str) -> str:
    return " ".join(values.get(name, "").split())


def _list(value: str, mark: str = "\n") -> list[str]:
    return [part for part in (" ".join(p.split()) for p in value.split(mark)) if part]
