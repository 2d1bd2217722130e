"""Read a turn out of what Rasa keeps of a message: text, parse data and metadata."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from bot.dialogue import trace
from bot.dialogue.state import State
from bot.dialogue.turn import Clause, Turn, in_stockholm
from bot.understanding.analyse import CLAUSES, Analysis

FEW_WORDS = 3
"""Up to so many words the conversation's language decides: names and numbers have none."""


def read_turn(message: Mapping[str, Any], state: State, now: dt.datetime) -> Turn:
    """The turn in Rasa's ``latest_message``. ``now`` is the moment unless metadata sets one.

    Metadata's ``now`` gets here in test mode only: the channel drops it otherwise.
    """
    metadata = message.get("metadata") or {}
    text = str(message.get("text") or "")
    whole, parts = _clauses(message, text)
    moment = metadata.get("now")
    language, told_by = _language(message, metadata, text, state)
    turn = Turn(
        text=text,
        whole=whole,
        clauses=parts or (whole,),
        language=language,
        now=in_stockholm(dt.datetime.fromisoformat(moment) if moment else now),
        municipality=metadata.get("municipality"),
        channel=str(metadata.get("channel") or "web"),
        easy=bool(metadata.get("easy")),
        masked=tuple(metadata.get("masked") or ()),
        health=bool(metadata.get("health")),
        person=metadata.get("person") or {},
        callback=metadata.get("callback"),
    )
    trace.read(turn, told_by)
    return turn


def _clauses(message: Mapping[str, Any], text: str) -> tuple[Clause, tuple[Clause, ...]]:
    """The whole and its parts; a payload (``/greet``) has an intent and no clauses.

    What was understood in this process is an `Analysis`; from Rasa's tracker it is plain data.
    """
    analysis = message.get(CLAUSES)
    if isinstance(analysis, Analysis):
        whole = Clause.of(analysis.whole)
        several = len(analysis.clauses) > 1
        return whole, tuple(Clause.of(c) for c in analysis.clauses) if several else ()
    if analysis:
        parts = tuple(Clause.from_parse(p) for p in analysis["parts"])
        return Clause.from_parse(analysis["whole"]), parts
    intent = (message.get("intent") or {}).get("name") or "out_of_scope"
    return Clause.from_parse(
        {"text": text, "is_question": False, "guesses": [[intent, 1.0]], "names": {}}
    ), ()


def _language(
    message: Mapping[str, Any], metadata: Mapping[str, Any], text: str, state: State
) -> tuple[str, str]:
    """The language, and what told it: the ``page``, the ``talk`` so far or the ``words``."""
    chosen = metadata.get("language") or state.language
    found = str(message.get("language") or "sv")
    if chosen and len(text.split()) < FEW_WORDS:
        return str(chosen), "page" if metadata.get("language") else "talk"
    return found, "words"
