"""A reply when the model is not there: the crisis check needs none, nor does a phone number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from bot.dialogue.guards import by_rules, crisis_card
from bot.dialogue.reading import read_turn
from bot.dialogue.respond import trouble
from bot.dialogue.state import State
from bot.dialogue.turn import Reply
from bot.knowledge.loader import load_knowledge
from bot.understanding.language import detect


def without_model(text: str, metadata: Mapping[str, Any]) -> Reply:
    """The crisis card when the rules see danger, else an apology and a way to a person."""
    state = State()
    language = detect(text, hint=metadata.get("language")) if text.strip() else None
    message = {"text": text, "metadata": metadata, "language": language}
    turn = read_turn(message, state, dt.datetime.now(dt.timezone.utc))
    return crisis_card(turn, state, load_knowledge(), by_rules(turn)) or trouble(turn, state)
