"""Accepted answers, each in the file of its service."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from api.changes import edits
from api.importing.records import ACCEPTED, Batch, decided
from api.importing.yaml_values import shaped
from api.storage.imports import ImportRow
from bot.importing.drafts_records import ENGLISH
from bot.knowledge.records import Knowledge, TopicId, parse_topic, topic_name
from bot.knowledge.validator_schema import comment_for

_NEXT = 3
_MOSTLY = 0.5


@dataclass(slots=True)
class Accepted:
    """An answer as a person left it, with its evidence by page."""

    topic: TopicId
    audience: str
    text: str
    easy: str
    en: str
    items: list[str]
    items_en: list[str]
    evidence: list[tuple[str, str]] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from the other answers of its file."""
        return self.topic[1], self.audience


def answer_files(
    batch: Batch, knowledge: Knowledge, read: Callable[[str], str | None], record: Any
) -> tuple[dict[str, str], list[str]]:
    """New texts by path, and the topics that are answered in them."""
    by_service: dict[str, list[Accepted]] = defaultdict(list)
    for answer in accepted(batch):
        by_service[answer.topic[0]].append(answer)
    answered = {topic_name(a.topic) for group in by_service.values() for a in group}
    known = knowledge.municipalities.get(batch.municipality)
    answered |= {topic_name(a.topic) for a in (known.answers if known else ())}
    files: dict[str, str] = {}
    for service, group in by_service.items():
        name = f"{batch.municipality}/{service}.yml"
        text = read(f"content/{name}")
        data = edits.load(text) if text else edits.load(f"service: {service}\nanswers: []\n")
        for answer in group:
            _put(data, _entry(answer, knowledge, answered, record))
        written = edits.dump(data)
        if not text:
            written = f"{comment_for(name, 'answers')}\n{written}"
        files[f"content/{name}"] = written
    order = [topic_name(a.topic) for group in by_service.values() for a in group]
    return files, list(dict.fromkeys(order))


def accepted(batch: Batch) -> Iterator[Accepted]:
    """The answers of all pages, those to the same question put together."""
    found: dict[tuple[TopicId, str], Accepted] = {}
    for row, draft in batch.drafts("answers"):
        choice = decided(row, draft)
        if choice.get("state") != ACCEPTED:
            continue
        values = {**draft, **choice.get("fields", {})}
        topic = _topic(values["topic"])
        _join(found, row, topic, values)
    return iter(found.values())


def _topic(value: str | Sequence[str]) -> TopicId:
    return parse_topic(value) if isinstance(value, str) else (value[0], value[1])


def _join(
    found: dict[tuple[TopicId, str], Accepted], row: ImportRow, topic: TopicId, values: Any
) -> None:
    audience = str(values.get("audience") or "alla")
    text = str(values["text"]).strip()
    evidence = [(row.page, quote) for quote in values["evidence"]]
    items = [str(item) for item in values.get("items") or ()]
    there = found.get((topic, audience))
    if there is None:
        found[topic, audience] = Accepted(
            topic,
            audience,
            text,
            easy=str(values.get("easy") or "").strip() or text,
            en=str(values.get("en") or "").strip() or f"{ENGLISH}{text}",
            items=items,
            items_en=[str(item) for item in values.get("items_en") or ()] or list(items),
            evidence=evidence,
        )
        return
    there.text, there.easy = f"{there.text} {text}", f"{there.easy} {text}"
    there.en = f"{there.en} {text}"
    there.items += items
    there.items_en += items
    there.evidence += [e for e in evidence if e not in there.evidence]


def _entry(
    answer: Accepted, knowledge: Knowledge, answered: set[str], record: Any
) -> dict[str, Any]:
    lists = {"items": answer.items, "items_en": answer.items_en} if answer.items else {}
    return {
        "aspect": answer.topic[1],
        "audience": answer.audience,
        "text": answer.text,
        "easy": answer.easy,
        "en": answer.en,
        **lists,
        "evidence": [{"page": page, "quote": quote} for page, quote in answer.evidence],
        "contacts": _contacts(answer.topic[1], knowledge, record),
        "next": _next(answer.topic, knowledge, answered),
    }


def _contacts(aspect: str, knowledge: Knowledge, record: Any) -> list[str]:
    """The reception, where other answers to such a question mostly show a contact."""
    shown = [
        bool(a.contacts)
        for m in knowledge.municipalities.values()
        for a in m.answers
        if a.aspect == aspect
    ]
    mostly = bool(shown) and sum(shown) >= _MOSTLY * len(shown)
    return [str(record["reception"])] if mostly and record["reception"] else []


def _next(topic: TopicId, knowledge: Knowledge, answered: set[str]) -> list[str]:
    """Other questions about the service that are answered here, in the order content has them."""
    service = knowledge.services.get(topic[0])
    names = [topic_name((topic[0], aspect)) for aspect in (service.topics if service else ())]
    return [name for name in names if name in answered and name != topic_name(topic)][:_NEXT]


def _put(data: Any, entry: dict[str, Any]) -> None:
    """Add the answer, or let it stand in for the one to the same question."""
    answers = data["answers"]
    key = (entry["aspect"], entry["audience"])
    for at, known in enumerate(answers):
        if (known["aspect"], known["audience"]) == key:
            answers[at] = shaped(entry)
            return
    answers.append(shaped(entry))
