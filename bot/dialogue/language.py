"""Replies for people who write another language than Swedish.

English has its own answers. For the others a sentence in the writer's language frames the
Swedish answer, so that the facts stay the page's own.
"""

from __future__ import annotations

from typing import Any

from bot.dialogue.turn import Reply, Turn
from bot.dialogue.wording import say
from bot.knowledge.records import Knowledge

_SENTENCES = {
    "answer": ("intro",),
    "not_defined": ("not_found",),
    "passage": ("intro",),
    "handoff": ("handoff",),
    "clarify": ("clarify",),
    "out_of_scope": ("out_of_scope",),
    "smalltalk": ("greeting", "machine"),
}


def localised(reply: Reply, turn: Turn, knowledge: Knowledge) -> Reply:
    """Frame a reply in the language of the message; Swedish and English need no frame."""
    if turn.language in {"sv", "en"} or turn.language not in knowledge.languages:
        return reply
    entry: Any = knowledge.languages[turn.language]
    sentences = entry["sentences"]
    frame = [sentences[k] for k in _SENTENCES.get(reply.kind, ("intro",)) if sentences.get(k)]
    if reply.kind == "smalltalk":
        frame.append(say("reads_language", name=entry["in_swedish"]))
    lines = [" ".join(frame), reply.text]
    for contact in reply.contacts[:1]:
        if contact["phone"] and sentences.get("contact_line"):
            lines.append(
                sentences["contact_line"].format(name=contact["name"], phone=contact["phone"])
            )
    # The voice is Swedish: another language would not be understood from it.
    reply.heard += [(line, "") for line in (lines[0], *lines[2:]) if line]
    reply.text = "\n".join(line for line in lines if line)
    return reply
