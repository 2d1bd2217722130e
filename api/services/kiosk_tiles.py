"""The questions that a kiosk shows as large tiles, with a drawing each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from api.schemas_kiosk import Sign, TileView
from bot.knowledge.loader import load_knowledge
from bot.knowledge.records import Municipality, Topic, TopicId, topic_name

TILES: Final = 8

SIGNS: Final[dict[str, Sign]] = {
    "kostnad": "money",
    "ersattning": "money",
    "vem": "people",
    "malgrupp": "people",
    "krav": "people",
    "grupper": "people",
    "natverk": "people",
    "ansok": "apply",
    "bli": "apply",
    "beslut": "apply",
    "saknar": "apply",
    "start": "calendar",
    "nar": "calendar",
    "tidplan": "calendar",
    "aktualitet": "calendar",
    "tid": "clock",
    "omfattning": "clock",
    "tillfallen": "clock",
    "var": "place",
    "motesplatser": "place",
    "lag": "law",
    "lss": "law",
    "skillnad": "difference",
    "undantag": "difference",
    "exempel": "list",
    "utan_bistand": "list",
    "med_bistand": "list",
    "stodformer": "list",
}
"""By aspect. What is not listed gets the sign for help, so new content needs nothing here."""


def tiles(municipality: Municipality, language: str) -> list[TileView]:
    """The eight commonest needs: those that content lists, or else those that are suggested."""
    return [
        _tile(topic, topic.question_en if language == "en" else None)
        for topic in _chosen(municipality)
    ]


def _tile(topic: Topic, english: str | None) -> TileView:
    """The question as the dialogue recognises it word for word."""
    return TileView(
        id=topic_name((topic.service, topic.aspect)),
        title=english or topic.question,
        lang="en" if english else "sv",
        sign=SIGNS.get(topic.aspect, "help"),
    )


def _chosen(municipality: Municipality) -> list[Topic]:
    listed = municipality.assistant.kiosk
    names = dict.fromkeys(listed or _by_itself(municipality))
    found = (load_knowledge().topic(name) for name in names)
    return [topic for topic in found if topic is not None][:TILES]


def _by_itself(municipality: Municipality) -> Iterator[TopicId]:
    """Those that are suggested, then of every service in turn what else is answered."""
    yield from municipality.suggested
    queues: dict[str, list[TopicId]] = {}
    for answer in municipality.answers:
        queues.setdefault(answer.service, []).append(answer.topic)
    first = [service for service, _ in municipality.suggested]
    order = sorted(queues, key=lambda s: first.index(s) if s in first else len(first))
    for at in range(max(map(len, queues.values()), default=0)):
        yield from (queues[service][at] for service in order if at < len(queues[service]))
