"""A conversation as plain text, to keep or to print."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from api.services.views import agent_of
from api.storage.records import Conversation, Message
from bot.dialogue.turn import in_stockholm
from bot.dialogue.wording import text_language
from bot.knowledge.loader import load_knowledge

WORDS = {
    "sv": {
        "title": "Samtal med {assistant}",
        "day": "{day}. Assistenten är en dator.",
        "citizen": "Du skrev",
        "assistant": "Assistenten svarade",
        "agent": "{agent}, en människa på kommunen, skrev",
        "notice": "Meddelande",
        "empty": "Inget är skrivet än.",
    },
    "en": {
        "title": "Conversation with {assistant}",
        "day": "{day}. The assistant is a machine.",
        "citizen": "You wrote",
        "assistant": "The assistant answered",
        "agent": "{agent}, a person at the municipality, wrote",
        "notice": "Notice",
        "empty": "Nothing is written yet.",
    },
}


def transcript(conversation: Conversation, messages: Iterable[Message]) -> str:
    """The whole conversation; sources stand in the answers themselves."""
    words = WORDS[text_language(conversation.language or "sv")]
    municipality = load_knowledge().municipalities.get(conversation.municipality)
    assistant = municipality.assistant.name if municipality else conversation.municipality
    day = in_stockholm(conversation.created_at).date().isoformat()
    head = [words["title"].format(assistant=assistant), words["day"].format(day=day)]
    said = [
        f"{words[m.sender].format(agent=agent_of(m))}, {_moment(m.created_at, day)}:\n{m.text}"
        for m in messages
    ]
    return "\n\n".join(["\n".join(head), *(said or [words["empty"]])]) + "\n"


def file_name(conversation: Conversation) -> str:
    """``chatt-umea-2026-11-18.txt``."""
    day = in_stockholm(conversation.created_at).date().isoformat()
    return f"chatt-{conversation.municipality}-{day}.txt"


def _moment(moment: dt.datetime, first_day: str) -> str:
    """The time, with its day when that is not the first."""
    local = in_stockholm(moment)
    same_day = local.date().isoformat() == first_day
    return f"{local:%H.%M}" if same_day else f"{local:%Y-%m-%d %H.%M}"
