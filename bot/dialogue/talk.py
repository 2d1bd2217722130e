"""Greeting, thanks, help and the like: short, honest, and with a way on."""

from __future__ import annotations

from bot.dialogue.turn import Reply, Turn
from bot.dialogue.wording import law_note, say, subjects, text_language
from bot.knowledge.records import Knowledge, Municipality


def talk_reply(
    intent: str, turn: Turn, knowledge: Knowledge, municipality: Municipality | None
) -> Reply:
    """The reply to an intent that asks nothing about the pages."""
    text = say(
        intent,
        turn.language,
        subjects=subjects(knowledge, municipality, turn.language),
        law=law_note()[text_language(turn.language)],
    )
    buttons: list[str] = []
    if intent in {"greet", "help", "deny", "affirm"} and municipality:
        topics = (knowledge.topic(t) for t in municipality.suggested)
        buttons = [t.question for t in topics if t][:3]
    kind = "out_of_scope" if intent == "injection" else "smalltalk"
    return Reply(text, kind, buttons=buttons)


def out_of_scope(turn: Turn, knowledge: Knowledge, municipality: Municipality | None) -> Reply:
    """Not our subject: say what we can help with, answer nothing."""
    listed = subjects(knowledge, municipality, turn.language)
    return Reply(say("out_of_scope", turn.language, subjects=listed), "out_of_scope")
