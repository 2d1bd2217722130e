"""The sentences of a page that no draft states, and what a person may make of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from api.importing.form_added import KEEP
from api.importing.records import OPEN, SKIPPED, USED, Draft
from api.storage.imports import ImportRow
from bot.importing.placing import services_in
from bot.knowledge.loader import load_knowledge
from bot.knowledge.records import TopicId, topic_name

_MOST_CHOICES: Final = 8


@dataclass(frozen=True, slots=True)
class LeftView:
    """A sentence that no draft states."""

    key: str
    text: str
    skipped: bool
    ticked: bool


def left_views(number: str, unplaced: list[Draft]) -> Iterator[LeftView]:
    """Those that nobody has made an answer of."""
    for at, left in enumerate(unplaced):
        state = left.get("decided", "")
        if state != USED:
            ticked = bool(left.get("ticked"))
            yield LeftView(f"{number}-u{at}", left["text"], state == SKIPPED, ticked)


def left_choices(row: ImportRow) -> list[tuple[str, str]]:
    """What sentences left over may be: the questions about services that they name themselves."""
    count: Counter[str] = Counter()
    for left in row.found["drafts"]["unplaced"]:
        named = services_in(f"{left['heading']} {left['text']}")
        count.update(topic_name((t[0], t[1])) for t in left["choices"] if t[0] in named)
    return [
        (OPEN, "Välj"),
        (SKIPPED, "Behövs inte"),
        (KEEP, "Ska stå kvar på sidan"),
        *(
            (name, f"Svarar på: {question_of(name)}")
            for name, _ in count.most_common(_MOST_CHOICES)
        ),
    ]


def question_of(name: str) -> str:
    """A topic's question, by its id."""
    service, _, aspect = name.partition(".")
    topic: TopicId = (service, aspect)
    found = load_knowledge().topic(topic)
    return found.question if found else name
