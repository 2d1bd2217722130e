"""A conversation held with the assistant, and what it said against what was expected.

Texts are compared without regard to case, to the kind of dash and to blanks; they are plain
texts, not patterns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.testing.dialogues import KINDS, WAYS, WHERE, Conversation, listed
from bot.testing.heard import Heard

Say = Callable[[str, str, Mapping[str, Any]], Heard]
"""Says a text as a sender, with metadata, and hears the reply."""

_UNSAYABLE = re.compile(r"[\d§@/•*”“\"«»()\[\]{}%&+=<>|#_–—\n]|https?|www")
"""What no spoken form may hold: an engine leaves it out or reads it wrongly."""

_LEFT_OVER = re.compile(r"[{}]|\bNone\b|\bnull\b")


@dataclass(frozen=True, slots=True)
class Exchange:
    """One turn as it went: what was said, what came back, and what was not as expected."""

    turn: Mapping[str, Any]
    heard: Heard
    wrong: tuple[str, ...]


def hold(conversation: Conversation, say: Say) -> Iterator[Exchange]:
    """Hold the conversation, turn by turn; it ends after the first that is not as expected."""
    where = dict(conversation.where)
    for turn in conversation.turns:
        where.update({k: str(turn[k]) for k in WHERE if k in turn})
        person = {way: way in conversation.open for way in WAYS} | {"waiting": 0}
        metadata = {**where, "person": person} if conversation.open else where
        heard = say(f"test {conversation.id}", turn["user"], metadata)
        wrong = tuple(differences(turn, heard))
        yield Exchange(turn, heard, wrong)
        if wrong:
            return


def play(conversation: Conversation, say: Say) -> list[str]:
    """Hold the conversation with the assistant; tell what was not as expected."""
    for number, exchange in enumerate(hold(conversation, say), start=1):
        if exchange.wrong:
            heard = exchange.heard
            said = f"replik {number}, {exchange.turn['user']!r} fick svaret"
            return [f"{said} [{heard.kind}, {heard.answer}]:", heard.text, *exchange.wrong]
    return []


def differences(turn: Mapping[str, Any], heard: Heard) -> Iterator[str]:
    """What a turn expects and the reply does not hold."""
    text = plain(heard.text)
    if not text or _LEFT_OVER.search(heard.text):
        yield "svaret är tomt eller har luckor som inte fyllts i"
    if heard.kind not in KINDS:
        yield f"svarets kind är {heard.kind!r}"
    yield from (f"saknas: {s!r}" for s in listed(turn, "says") if plain(s) not in text)
    any_of = listed(turn, "says_any")
    if any_of and not any(plain(s) in text for s in any_of):
        yield f"inget av detta finns: {any_of}"
    yield from (f"får inte stå: {s!r}" for s in listed(turn, "not") if plain(s) in text)
    spoken = plain(heard.spoken)
    yield from (f"sägs inte: {s!r}" for s in listed(turn, "spoken") if plain(s) not in spoken)
    yield from (f"får inte sägas: {s!r}" for s in listed(turn, "spoken_not") if plain(s) in spoken)
    unsayable = sorted(set(_UNSAYABLE.findall(heard.spoken)))
    if unsayable or not spoken:
        yield f"en röst läser fel på {unsayable} i {heard.spoken!r}"
    if not _stand_in_order(listed(turn, "in_order"), text):
        yield f"står inte i den ordningen: {turn['in_order']}"
    yield from _differences_in_data(turn, heard)
    yield from _differences_in_ways(turn, heard)


def _differences_in_ways(turn: Mapping[str, Any], heard: Heard) -> Iterator[str]:
    """What is offered to choose, what is to be done then, and why a person is offered."""
    yield from (f"knapp saknas: {b!r}" for b in listed(turn, "buttons") if b not in heard.buttons)
    if "action" in turn and heard.action != turn["action"]:
        yield f"action är {heard.action!r}, skulle vara {turn['action']!r}"
    if "reason" in turn and heard.reason != turn["reason"]:
        yield f"reason är {heard.reason!r}, skulle vara {turn['reason']!r}"


def _differences_in_data(turn: Mapping[str, Any], heard: Heard) -> Iterator[str]:
    if "kind" in turn and heard.kind not in listed(turn, "kind"):
        yield f"kind är {heard.kind!r}, skulle vara {turn['kind']!r}"
    if "answer" in turn and heard.answer not in listed(turn, "answer"):
        yield f"answer är {heard.answer!r}, skulle vara {turn['answer']!r}"
    if "source" in turn:
        title = (heard.source or {}).get("title")
        if title != turn["source"] or plain(turn["source"]) not in plain(heard.text):
            yield f"källan är {title!r}, skulle vara {turn['source']!r}"
    words = len(heard.text.split())
    if words > turn.get("at_most_words", words):
        yield f"svaret har {words} ord, skulle ha högst {turn['at_most_words']}"


def plain(text: str) -> str:
    """Text as it is compared: lower case, one kind of dash, single blanks."""
    return " ".join(re.sub(r"[‐‑‒–—−]", "-", text).casefold().split())


def _stand_in_order(texts: list[str], text: str) -> bool:
    start = 0
    for wanted in map(plain, texts):
        start = text.find(wanted, start)
        if start < 0:
            return False
        start += len(wanted)
    return True
