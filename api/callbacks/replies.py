"""Replies of the assistant about a callback, as they are stored and as they are told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.callbacks import texts
from api.callbacks.records import Asked
from api.callbacks.tokens import FILL, has_placeholders, with_tokens
from api.errors import ApiError
from bot.dialogue.wording import text_language
from bot.knowledge.handoff import load_desk_words
from bot.speech.segments import segments


def as_stored(reply: dict[str, Any], known: Mapping[str, str]) -> dict[str, Any]:
    """The reply with tokens where the assistant left room for what was written."""
    if not has_placeholders(reply):
        return reply
    told: dict[str, Any] = with_tokens(reply, known)
    return {**told, "custom": {**(told.get("custom") or {}), FILL: True}}


def not_sent(reply: dict[str, Any], refused: ApiError, language: str) -> dict[str, Any]:
    """In place of the receipt: that it was not sent, and why. Nothing is promised."""
    why = refused.text(text_language(language))
    text = load_desk_words().say("callback_not_sent", language, why=why)
    custom = {**(reply.get("custom") or {}), **_heard(text, language), "body": None, "items": []}
    return {**reply, "text": text, "buttons": [], "custom": custom}


def in_place_of(reply: dict[str, Any], told: str | None) -> dict[str, Any]:
    """What the desk knows of a booking, in place of the assistant's that there is none."""
    if told is None:
        return reply
    custom = dict(reply.get("custom") or {})
    heard = _heard(told, str(custom.get("language") or "sv"))
    custom |= {**heard, "body": None, "items": [], "contacts": []}
    return {**reply, "text": told, "buttons": [], "custom": custom}


def with_way_back(reply: dict[str, Any], asked: Asked) -> dict[str, Any]:
    """How to cancel what was booked here, also after this conversation is gone."""
    phone = texts.unit_of(asked.callback.municipality, asked.callback.unit).phone
    if phone is None:
        return reply
    key = "callback_cancel_here" if asked.callback.conversation_id else "callback_cancel_by_phone"
    line = load_desk_words().say(key, asked.callback.language, phone=phone)
    custom = dict(reply.get("custom") or {})
    if custom.get("body"):
        custom["body"] = f"{custom['body']} {line}"
    said = "\n".join([*(custom.get("aloud") or [reply["text"]]), line])
    custom |= _heard(said, asked.callback.language)
    return {**reply, "text": f"{reply['text']}\n{line}", "custom": custom}


def _heard(text: str, language: str | None) -> dict[str, Any]:
    """What is heard of a text, in words too."""
    said = segments(text, text_language(language or "sv"))
    return {"aloud": [s.written for s in said], "spoken": " ".join(s.spoken for s in said)}


def is_to_fill(holder: Mapping[str, Any] | None) -> bool:
    """Whether tokens in it stand for what is in a draft."""
    return bool(((holder or {}).get("custom") or {}).get(FILL))


def unmarked(reply: dict[str, Any]) -> dict[str, Any]:
    """The reply without the mark that it was filled."""
    return {**reply, "custom": {k: v for k, v in reply["custom"].items() if k != FILL}}
