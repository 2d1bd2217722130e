"""What a person has chosen and typed on the page of drafts, read into the batch."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from api.importing.records import ACCEPTED, OPEN, REJECTED, Batch, Draft, ImportingError
from api.storage.imports import ImportRow
from bot.guard.intake import admit_from_staff
from bot.knowledge.loader import load_knowledge
from bot.knowledge.records import TopicId, parse_topic, topic_name

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

Values = Mapping[str, str]


def read_form(batch: Batch, values: Values) -> Batch:
    """The batch as the form has it; raise ImportingError for what may not be kept."""
    typed = " \n".join(values.values())
    if admit_from_staff(typed).masked:
        raise ImportingError("Här står något som liknar ett personnummer. Ta bort det.")
    if any(len(value) > _LONGEST for value in values.values()):
        raise ImportingError("En av texterna är för lång.")
    return Batch(tuple(_row(row, values, first=at == 0) for at, row in enumerate(batch.rows)))


def key_of(row: ImportRow, draft: Draft) -> str:
    """What a draft's fields are called in the form."""
    return f"{row.id.rpartition('-')[2]}-{draft['id']}"


def _row(row: ImportRow, values: Values, *, first: bool) -> ImportRow:
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
    drafts["unplaced"] = [
        {**left, "decided": _wanted(values.get(f"{number}-u{at}", ""))}
        for at, left in enumerate(drafts["unplaced"])
    ]
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


def _wanted(value: str) -> str:
    """What is to become of a sentence that no draft states."""
    return value if value == "skip" or _topic(value) else ""


def _answer(values: Values, key: str, draft: Draft) -> dict[str, Any]:
    topic = _chosen_topic(values, key) or tuple(draft["topic"])
    audience = values.get(f"{key}-audience", "alla")
    fields: dict[str, Any] = {
        "topic": topic_name((topic[0], topic[1])),
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


def _chosen_topic(values: Values, key: str) -> TopicId | None:
    """Another question, by its title, outranks the choice among the nearest."""
    title = " ".join(values.get(f"{key}-other", "").split()).casefold()
    if title:
        for service in load_knowledge().services.values():
            for topic in service.topics.values():
                if topic.question.casefold() == title:
                    return topic.service, topic.aspect
        raise ImportingError(f"Det finns ingen fråga som heter ”{title}”. Välj en ur listan.")
    return _topic(values.get(f"{key}-topic", ""))


def _topic(name: str) -> TopicId | None:
    try:
        topic = parse_topic(name)
    except ValueError:
        return None
    return topic if load_knowledge().topic(topic) else None


def _contact(values: Values, key: str, draft: Draft) -> dict[str, Any]:
    role = values.get(f"{key}-role", draft["role"])
    fields: dict[str, Any] = {
        name: _one_line(values, f"{key}-{name}")
        for name in ("name", "definite", "job", "phone", "email", "visit_address")
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
