"""What a kiosk says of itself: its start, how a person is reached, and whether anybody is there.

All of it is shown on the screen as well; no word comes from who asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple

from api.schemas_kiosk import KioskRecord
from api.speech.texts import in_sentences
from bot.dialogue.aloud import MOST_ITEMS, counted
from bot.knowledge.interface import load_interface
from bot.speech.segments import Segment

Line = tuple[str, str]
"""A text and the language that it is in: an English screen shows some Swedish ones."""


class Said(NamedTuple):
    """A sentence and the language that it is said in."""

    segment: Segment
    language: str


def sentences(key: str, record: KioskRecord, *, slow: bool = False) -> list[Said]:
    """What is heard under one of the keys, in order."""
    return [
        Said(segment, language)
        for language, group in groupby(KEYS[key](record), itemgetter(1))
        for segment in in_sentences([text for text, _ in group], language, slow=slow)
    ]


def _idle(record: KioskRecord) -> Iterator[Line]:
    words, language = record.words, record.language
    yield words["idle_title"], language
    yield words["idle_text"].format(number=record.countdown_seconds), language
    yield words["idle_aloud"].format(title=words["idle_stay"]), language


def _start(record: KioskRecord) -> Iterator[Line]:
    """As the screen reads from its top; the questions in fours, since no more is kept in mind."""
    words, language = record.words, record.language
    if record.open:
        yield words["what_aloud"].format(title=record.municipality.name), language
        yield words["start"], language
    else:
        yield words["closed"], language
    yield words["machine"], language
    yield words["privacy"], language
    for notice in record.notices:
        yield notice.text, language
    yield from (_tiles if record.open else _closed)(record)


def _tiles(record: KioskRecord) -> Iterator[Line]:
    words, language = record.words, record.language
    yield words["start_aloud"], language
    for at, tile in enumerate(record.tiles):
        if at and at % MOST_ITEMS == 0:
            yield words["more_aloud"], language
        yield counted([tile.title], tile.lang, at), tile.lang
    yield words["write_aloud"].format(title=words["write"]), language


def _closed(record: KioskRecord) -> Iterator[Line]:
    number = partial(load_interface().label, "speech_number", record.language)
    if record.closed_message:
        yield record.closed_message, record.language
    for contact in record.contacts:
        if contact.phone:
            yield number(title=contact.name, number=contact.phone), record.language


def _person(record: KioskRecord) -> Iterator[Line]:
    words, language = record.words, record.language
    ways = record.person.lines
    yield words["person_lead"], language
    for at, way in enumerate(ways):
        # All others say in their text what one does.
        text = f"{way.title}. {way.text}" if way.id == "visit" else way.text
        yield (counted([text], way.lang, at) if len(ways) > 1 else text), way.lang
    yield words["person_staff"], language
    yield record.emergency, language


KEYS: Final[dict[str, Callable[[KioskRecord], Iterator[Line]]]] = {
    "idle": _idle,
    "start": _start,
    "person": _person,
}
