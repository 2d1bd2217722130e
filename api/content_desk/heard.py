"""What citizens asked and said: which questions reach an answer, and what no answer is there for.

Read anew from the conversations each time, masked as they are; nothing is kept here.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final

from api.clock import utc
from api.storage.asked import Asked, asked_since
from api.storage.store import Store
from bot.dialogue.topics import read_label
from bot.knowledge.records import TopicId

DAYS: Final = 90
"""How far back questions and figures are looked at."""

MOST: Final = 5000
_NEWEST: Final = 8


@dataclass(slots=True)
class Heard:
    """The newest questions and words about each answer, and how often a gap was asked for."""

    questions: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    words: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    undefined: Counter[TopicId] = field(default_factory=Counter)
    asked_for: dict[TopicId, list[str]] = field(default_factory=lambda: defaultdict(list))


def heard(
    store: Store, municipality: str, answered: Collection[TopicId], now: dt.datetime
) -> Heard:
    """What was heard on the municipality's pages. It blocks: call it in a thread."""
    since = utc(now) - dt.timedelta(days=DAYS)
    with store.desk.connect_texts() as connection:
        rows = asked_since(connection, municipality, since, MOST)
    found = Heard()
    for row in rows:
        _sort_in(row, found, answered)
    return found


def _sort_in(row: Asked, found: Heard, answered: Collection[TopicId]) -> None:
    if row.answer:
        _add(found.questions[row.answer], row.question)
        if row.helped is False and row.words:
            _add(found.words[row.answer], row.words)
    elif row.kind == "not_defined" and row.topic:
        service, aspect = read_label(row.topic)
        if service and (service, aspect) not in answered:
            found.undefined[service, aspect] += 1
            _add(found.asked_for[service, aspect], row.question)


def _add(texts: list[str], text: str) -> None:
    """Each text once, and no more than a few."""
    if len(texts) < _NEWEST and text not in texts:
        texts.append(text)
