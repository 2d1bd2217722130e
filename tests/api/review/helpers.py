"""Questions as they lie in the database after a conversation."""

from __future__ import annotations

import datetime as dt
from typing import Any

from api.storage.store import Store
from tests.api.staff.helpers import NOW


def asked(
    store: Store,
    text: str,
    kind: str = "not_defined",
    *,
    at: dt.datetime = NOW,
    municipality: str = "umea",
    topic: str | None = None,
    confidence: float = 0.9,
    answer: str | None = None,
    helped: bool | None = None,
    words: str | None = None,
    language: str | None = None,
    form: bool = False,
    times: int = 1,
) -> str:
    """Somebody asked this and got a reply of this kind, as often as told; the last conversation."""
    understood = {"topic": topic or "none.vad", "confidence": confidence}
    custom: dict[str, Any] = {"kind": kind, "answer": answer, "understood": understood}
    conversation = ""
    for _ in range(times):
        made, _secret = store.create(municipality, "web", language, False, at)
        conversation = made.id
        body = {"form": True} if form else None
        question = store.add(conversation, "citizen", text, at, body=body)
        number, reply = question.number, {"custom": custom}
        told = store.add(
            conversation, "assistant", "Svar.", at, body=reply, in_reply_to=number
        ).number
        store.add(conversation, "assistant", "Mer.", at, body=reply, in_reply_to=number)
        if helped is not None:
            store.give_feedback(conversation, told, helped, words, at)
    return conversation
